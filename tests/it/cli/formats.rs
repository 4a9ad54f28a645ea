//! `--output-format`, `--color` and `--explain-rule`; a diff that other programs apply.

use std::path::Path;
use std::process::Command;

use insta::assert_snapshot;
use serde_json::Value;

use super::{copydesk, folder, run};

const FERRY: &[u8] = "Die Fähre\n\nShips sail from the USA – says the crew – to the\n\n".as_bytes();

fn files() -> tempfile::TempDir {
    folder(&[("in/a, b%.txt", FERRY), ("in/c.txt", b"Rain.\n"), ("in/d.txt", b"In the USA.\n")])
}

#[test]
fn edits_are_reported_as_text() {
    let (status, out, err) = run(files().path(), &["-r", "in", "--check", "--output-format", "text", "-q"]);
    assert_eq!((status, err.as_str()), (1, ""));
    assert_snapshot!(out, @r"
    in/a, b%.txt:3:21: #1 country-name (country-form): Ships sail from the [USA → U.S.] – says the crew – to the
    in/a, b%.txt:3:49: #2 cut-sentence (after-article): … USA – says the crew – to the[→ ␣…]
    in/d.txt:1:8: #1 country-name (country-form): In the [USA. → U.S.]
    ");
}

#[test]
fn edits_are_reported_as_json() {
    let folder = files();
    let (status, out, err) =
        run(folder.path(), &["-r", "in", "--check", "--output-format", "json", "--stats", "--edits", "log"]);
    assert_eq!(status, 1);
    let list: Vec<Value> = serde_json::from_str(&out).expect("it is JSON");
    let log = std::fs::read_to_string(folder.path().join("log")).expect("there is a log");
    let logged: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect();
    let edits: Vec<Value> = logged.into_iter().filter(|record| record.get("number").is_some()).collect();
    assert_eq!((list.len(), &list), (3, &edits));
    let counts: Value = serde_json::from_str(&err).expect("stderr is JSON and nothing else");
    assert_eq!(counts["edits"], 3);
    assert_eq!(counts["stages"]["usa"]["rules"]["country-name"]["reasons"]["country-form"], 2);
    let (status, out, _) = run(folder.path(), &["in/c.txt", "--check", "--output-format", "json"]);
    assert_eq!((status, serde_json::from_str(&out).ok()), (0, Some(serde_json::json!([]))));
}

#[test]
fn edits_are_reported_to_github() {
    let (status, out, err) = run(files().path(), &["-r", "in", "--check", "--output-format", "github", "--stats"]);
    assert_eq!(status, 1);
    assert_snapshot!(out + &err, @r#"
    ::error file=in/a%2C b%25.txt,line=3,col=21,endLine=3,endColumn=24,title=country-name (country-form)::"USA" → "U.S."
    ::error file=in/a%2C b%25.txt,line=3,col=49,endLine=3,endColumn=49,title=cut-sentence (after-article)::"" → " …"
    ::error file=in/d.txt,line=1,col=8,endLine=1,endColumn=12,title=country-name (country-form)::"USA." → "U.S."
    ::notice title=copydesk::3 edits: cut-sentence 1, country-name 2
    "#);
}

#[test]
fn edits_are_reported_in_sarif() {
    let folder = files();
    let sarif = |args: &[&str]| {
        let (status, out, _) = run(folder.path(), &[args, &["--check", "--output-format", "sarif"]].concat());
        let log: Value = serde_json::from_str(&out).expect("it is JSON");
        let faults = faults(&log, &schema(), "");
        assert!(faults.is_empty(), "{faults:#?}");
        (status, log["runs"][0].clone())
    };
    let (status, run) = sarif(&["-r", "in", "--stats"]);
    assert_eq!(
        (status, &run["columnKind"], &run["properties"]["stats"]["edits"]),
        (1, &"unicodeCodePoints".into(), &3.into())
    );
    let results = run["results"].as_array().expect("there are results");
    assert_eq!(results.len(), 3);
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "in/a%2C%20b%25.txt");
    assert_eq!(
        place["region"],
        serde_json::json!({ "startLine": 3, "startColumn": 21, "endLine": 3, "endColumn": 24 })
    );
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("it is a number")).expect("it is small");
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
    let (status, run) = sarif(&["missing.txt", "in/d.txt"]);
    assert_eq!((status, &run["invocations"][0]["executionSuccessful"]), (2, &false.into()));
    assert_eq!(sarif(&["in/c.txt"]).0, 0);
}

fn schema() -> Value {
    serde_json::from_str(include_str!("sarif-2.1.0.json")).expect("it is JSON")
}

/// What a schema finds wrong with a value: as much of JSON Schema as sarif-2.1.0.json has.
fn faults(value: &Value, schema: &Value, at: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/definitions/")) {
        return faults(value, &self::schema()["definitions"][name], at);
    }
    let is_of_type = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64(),
        Some("boolean") => value.is_boolean(),
        _ => true,
    };
    let is_in = schema["enum"].as_array().is_none_or(|values| values.contains(value));
    let is_enough = schema["minimum"].as_i64().is_none_or(|least| value.as_i64().is_some_and(|n| n >= least));
    let mut found = if is_of_type && is_in && is_enough { Vec::new() } else { vec![format!("{at}: {value}")] };
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            found.push(format!("{at}: no {name}"));
        }
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(schema) => found.extend(faults(inner, schema, &format!("{at}/{name}"))),
            None if schema["additionalProperties"] == false => found.push(format!("{at}: there is no {name}")),
            None => {}
        }
    }
    for (i, item) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(faults(item, &schema["items"], &format!("{at}/{i}")));
    }
    found
}

/// The check of the schema is one.
#[test]
fn the_schema_finds_faults() {
    for (log, fault) in [
        (serde_json::json!({ "version": "2.1.0" }), ": no runs"),
        (serde_json::json!({ "version": "2.0", "runs": [] }), "/version: \"2.0\""),
        (serde_json::json!({ "version": "2.1.0", "runs": [{}] }), "/runs/0: no tool"),
        (
            serde_json::json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": 1 } } }] }),
            "/runs/0/tool/driver/name: 1",
        ),
        (serde_json::json!({ "version": "2.1.0", "runs": [], "x": 1 }), ": there is no x"),
    ] {
        assert_eq!(faults(&log, &schema(), ""), [fault]);
    }
}

#[test]
fn a_format_needs_something_to_report() {
    assert_snapshot!(super::refused(&["--output-format", "json"]), @"copydesk: --output-format json is for --check and --stats: add that (try 'copydesk -h')");
    assert_snapshot!(super::refused(&["--output-format", "json", "--check", "--diff"]), @"copydesk: --output-format json is for --check and --stats: add that (try 'copydesk -h')");
    assert_snapshot!(super::refused(&["--output-format", "sarif", "--stats"]), @"copydesk: --output-format sarif is for --check: add that (try 'copydesk -h')");
    let output =
        copydesk(&["--stats", "--output-format", "json"]).write_stdin("To the USA.\n").output().expect("it starts");
    assert_eq!(output.stdout, b"To the U.S.\n");
    let (status, out, err) = run(files().path(), &["-w", "in/d.txt", "--stats", "--output-format", "json"]);
    assert_eq!((status, out.as_str(), err.starts_with("{\"edits\":1,")), (0, "", true));
    assert_eq!(serde_json::from_slice::<Value>(&output.stderr).expect("it is JSON")["edits"], 1);
}

#[test]
fn colour_is_as_it_is_asked_for() {
    let folder = files();
    let has_colour = |args: &[&str], environment: &[(&str, &str)]| {
        let mut command = copydesk(args);
        command.envs(environment.iter().copied()).args(["--diff", "--explain", "in/d.txt"]).current_dir(folder.path());
        let output = command.output().expect("the program starts");
        (output.stdout.contains(&0x1B), output.stderr.contains(&0x1B))
    };
    assert_eq!(has_colour(&[], &[]), (false, false), "this is no terminal");
    assert_eq!(has_colour(&["--color", "always"], &[]), (true, true));
    assert_eq!(has_colour(&["--color=auto"], &[("CLICOLOR_FORCE", "1")]), (true, true));
    assert_eq!(has_colour(&[], &[("CLICOLOR_FORCE", "0")]), (false, false));
    assert_eq!(has_colour(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]), (false, false));
    assert_eq!(has_colour(&["--color=always"], &[("NO_COLOR", "1")]), (true, true));
    assert_eq!(has_colour(&["--color=never"], &[("CLICOLOR_FORCE", "1")]), (false, false));
}

/// What a diff says can be applied, to names and texts of every kind.
#[test]
fn patch_and_git_apply_a_diff() {
    let names = ["in/a b's.txt", "in/plain.txt", "in/\"quoted\\\".txt", "in/é – x.txt"];
    let text =
        b"Owl set free\r\n\r\nOwl set free\r\n\r\nTo the \x1b[1mUSA\x1b[0m on\xFF Monday.\n\nThe crew said that the";
    let texts: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, &text[..])).collect();
    for program in ["patch -p0 --binary --quiet", "git apply -p0"] {
        let [changed, wanted] = [folder(&texts), folder(&texts)];
        let (_, diff) = diff(changed.path(), &names);
        copydesk(&["-wq"]).args(names).current_dir(wanted.path()).assert().code(0);
        std::fs::write(changed.path().join("diff"), diff).expect("there is room");
        let mut words = program.split(' ');
        let mut command = Command::new(words.next().expect("it has a name"));
        command
            .args(words)
            .current_dir(changed.path())
            .stdin(std::fs::File::open(changed.path().join("diff")).expect("it is there"));
        let Ok(output) = command.output() else {
            eprintln!("skipped: there is no {program} here");
            continue;
        };
        assert!(
            output.status.success(),
            "{program}: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        for name in names {
            let read = |folder: &Path| std::fs::read(folder.join(name)).expect("it is there");
            assert!(read(changed.path()) == read(wanted.path()), "{program}: {name}");
        }
    }
}

fn diff(folder: &Path, names: &[&str]) -> (Option<i32>, Vec<u8>) {
    let output = copydesk(&["--diff"]).args(names).current_dir(folder).output().expect("the program starts");
    (output.status.code(), output.stdout)
}

#[test]
fn a_rule_is_explained() {
    let explained = |name: &str| run(Path::new("."), &["--explain-rule", name]).1;
    // Figures change whenever they are measured.
    let number = regex::Regex::new(r"\d+").expect("it is a pattern");
    assert_snapshot!(number.replace_all(&explained("bare-error"), "N"), @r"
    bare-error (reason of the rule error-string, stage markers)

    A line is a server's error string without brackets.

    Changed:
        Rain is due at noon.

        An error occurred while processing this directive

    Into:
        Rain is due at noon.

    Left alone:
        Rain is due at noon.

        An error occurred while processing this request

    Measured: in labelled cases N edits right and N wrong; in real text N right, N harmless and N wrong (docs/accuracy.md)

    Switched off by: --skip bare-error
    ");
    for scope in copydesk::Scope::all() {
        let text = explained(scope.as_str());
        assert!(text.starts_with(&format!("{scope} (")), "{text}");
    }
    for &rule in copydesk::Rule::ALL {
        assert!(rule.reasons().all(|reason| explained(rule.as_str()).contains(reason.info().help)), "{rule}");
    }
    assert_snapshot!(super::refused(&["--explain-rule", "usaa"]), @"copydesk: --explain-rule: no stage, rule or reason is named 'usaa': use markers, titles, truncation or usa, or a name of --list-rules (try 'copydesk -h')");
}
