//! The schema of copydesk.toml and the table in docs/configuration.md, made of the table of keys. Tests hold the files
//! against them; with UPDATE_DOCS=1 in the environment they write them.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::keys::{KEYS, KeyInfo, Place, Takes};

const SCHEMA: &str = "copydesk.schema.json";
const DOCS: &str = "docs/configuration.md";
const TABLE: [&str; 2] = ["<!-- keys -->\n", "<!-- end of keys -->\n"];

fn schema() -> Value {
    let mut schema = table(Place::Top);
    let head = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "copydesk.toml",
        "description": "The configuration of copydesk",
    });
    schema.as_object_mut().expect("it is an object").extend(head.as_object().expect("it is an object").clone());
    schema
}

fn table(place: Place) -> Value {
    let properties: Map<String, Value> =
        KEYS.iter().filter(|row| row.place.holds(place)).map(|row| (row.name.to_owned(), property(row))).collect();
    let required: Vec<&str> =
        KEYS.iter().filter(|row| row.place == place && place == Place::Override).map(|row| row.name).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties, "required": required })
}

fn property(row: &KeyInfo) -> Value {
    let mut property = match row.takes {
        Takes::Tables => json!({ "type": "array", "items": table(Place::Override) }),
        takes if row.many => {
            let least = usize::from(row.place == Place::Override);
            json!({ "anyOf": [item(takes), { "type": "array", "items": item(takes), "minItems": least }] })
        }
        takes => item(takes),
    };
    property["description"] = row.help.into();
    if let Some(default) = row.default {
        property["default"] = default_of(&default());
    }
    property
}

/// A string.
fn item(takes: Takes) -> Value {
    match takes.choices() {
        Some(choices) => json!({ "type": "string", "enum": choices }),
        None => json!({ "type": "string", "minLength": 1 }),
    }
}

/// A string or a list of strings in TOML, as JSON: the simple ones are written alike.
fn default_of(toml: &str) -> Value {
    serde_json::from_str(toml).expect("a default is a plain string or a list of such")
}

fn rows() -> String {
    let mut text = String::from("| key | takes | default | what it does |\n|---|---|---|---|\n");
    for row in &KEYS {
        let default = row.default.map_or("–".to_owned(), |default| format!("`{}`", default()));
        let name = if row.place == Place::Override {
            "`files` (in `[[overrides]]`)".to_owned()
        } else {
            format!("`{}`", row.name)
        };
        text.push_str(&format!("| {name} | {} | {default} | {} |\n", takes(row), row.help.replace('\\', "\\\\")));
    }
    text
}

fn takes(row: &KeyInfo) -> String {
    let item = match row.takes {
        Takes::Regex => "a regular expression".to_owned(),
        Takes::Name => "a name".to_owned(),
        Takes::Text => "a text".to_owned(),
        Takes::Line => "a line".to_owned(),
        Takes::Pattern => "a pattern".to_owned(),
        Takes::File => "a path".to_owned(),
        Takes::Tables => return "tables".to_owned(),
        Takes::Scope => "the name of a stage, a rule or a reason (`--list-rules`)".to_owned(),
        Takes::Truncated | Takes::Style | Takes::Lang => {
            let choices = row.takes.choices().expect("these are choices");
            choices.iter().map(|choice| format!("`\"{choice}\"`")).collect::<Vec<_>>().join(", ")
        }
    };
    if row.many { format!("{item}, or a list of these") } else { item }
}

/// The file of the project is `want`.
fn hold(name: &str, is: &str, want: &str) {
    if is == want {
        return;
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(root().join(name), want).expect("the file can be written");
    }
    panic!("{name} is not what src/app/config/keys.rs makes: run UPDATE_DOCS=1 cargo test config::schema");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_default()
}

#[test]
fn the_schema_is_that_of_the_keys() {
    let text = read(SCHEMA);
    // The order of the keys is of no meaning.
    if serde_json::from_str::<Value>(&text).ok() != Some(schema()) {
        hold(SCHEMA, &text, &(serde_json::to_string_pretty(&schema()).expect("it is JSON") + "\n"));
    }
}

#[test]
fn the_table_of_the_docs_is_that_of_the_keys() {
    let page = read(DOCS);
    let (before, rest) = page.split_once(TABLE[0]).expect("docs/configuration.md has a place for the table");
    let (_, after) = rest.split_once(TABLE[1]).expect("the table has an end");
    hold(DOCS, &page, &format!("{before}{}\n{}\n{}{after}", TABLE[0], rows(), TABLE[1]));
    for row in &KEYS {
        assert!(page.contains(&format!("### `{}`\n", row.name)), "{DOCS} does not explain {}", row.name);
    }
}

/// What the schema allows is what the parser takes: each key in each place, each choice, one string and lists.
#[test]
fn the_schema_and_the_parser_agree() {
    use super::file::parses;
    for place in [Place::Top, Place::Override] {
        let head = if place == Place::Override { "[[overrides]]\nfiles = \"a\"\n" } else { "" };
        let properties = table(place)["properties"].clone();
        for row in KEYS.iter().filter(|row| row.takes != Takes::Tables && row.name != "files") {
            let allowed = properties.get(row.name);
            let texts = row.takes.choices().unwrap_or_else(|| vec!["US Weekly"]);
            for text in texts {
                assert_eq!(
                    parses(&format!("{head}{} = '{text}'", row.name)),
                    allowed.is_some(),
                    "{place:?} {}",
                    row.name
                );
                let list = allowed.is_some_and(|property| property.get("anyOf").is_some());
                assert_eq!(parses(&format!("{head}{} = ['{text}']", row.name)), list, "{place:?} {}", row.name);
            }
            assert!(!parses(&format!("{head}{} = 1", row.name)));
            assert!(!parses(&format!("{head}{} = ''", row.name)), "{place:?} {} takes an empty string", row.name);
        }
    }
    assert!(!parses("[[overrides]]\nonly = 'usa'") && !parses("[[overrides]]\nfiles = []"));
    assert!(!parses("other = 'x'"));
}
