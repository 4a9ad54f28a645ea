//! The articles of `fixtures/STAGE/NAME`: what that stage alone (`all`: every stage, default options) makes of `input.txt`
//! stands in `output.snap` beside it. The texts of `genres` and `languages` come out untouched, whatever the options.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use copydesk::{Cleaned, Lang, Options, Stage, Truncated, UsaStyle};

use crate::support::check;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");

/// Fixtures in which something is known to come out wrong: what the output must hold once it is mended, and what is wrong.
const KNOWN_FAILURES: &[(&str, &str, &str)] = &[];

/// Texts of other genres that are known to be changed, and what is wrong.
const KNOWN_HARM: &[(&str, &str)] = &[];

struct Fixture {
    /// `STAGE/NAME`.
    id: String,
    group: String,
    folder: PathBuf,
}

impl Fixture {
    fn read(&self, file: &str) -> Vec<u8> {
        fs::read(self.folder.join(file)).unwrap_or_else(|e| panic!("{}/{file}: {e}", self.id))
    }

    /// Whether it is to come out as it is.
    fn is_untouched(&self) -> bool {
        matches!(self.group.as_str(), "genres" | "languages")
    }

    fn about(&self) -> String {
        String::from_utf8(self.read("about.txt")).expect("it is text").trim_end().to_owned()
    }

    fn options(&self) -> Options {
        match self.group.as_str() {
            "all" => Options::default(),
            stage => Options::default().only([stage.parse::<Stage>().expect("a stage")]),
        }
    }
}

/// What stands in a folder, sorted.
fn entries(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    entries.map(|e| e.expect("it can be read").file_name().into_string().expect("the name is text")).collect()
}

/// The groups of fixtures, except those of records, which are the program's (`cli/records.rs`).
fn groups_of_texts() -> BTreeSet<String> {
    let mut groups = entries(Path::new(ROOT));
    groups.remove("records");
    groups
}

fn fixtures() -> Vec<Fixture> {
    let mut fixtures = Vec::new();
    for group in groups_of_texts() {
        for name in entries(&Path::new(ROOT).join(&group)) {
            let folder = Path::new(ROOT).join(&group).join(&name);
            fixtures.push(Fixture { id: format!("{group}/{name}"), group: group.clone(), folder });
        }
    }
    fixtures
}

/// The bytes as a person can read them: carriage returns, other control characters and bytes that are no text are shown.
fn readable(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\r' => out.push('␍'),
                '\n' => out.push(c),
                c if c.is_control() || c == '\u{FEFF}' => out.extend(c.escape_unicode()),
                c => out.push(c),
            }
        }
        for byte in chunk.invalid() {
            write!(out, "\\x{byte:02X}").expect("a string takes everything");
        }
    }
    out
}

/// The output, and under it every edit: line of the input, reasons, before → after.
fn review(input: &[u8], cleaned: &Cleaned<Vec<u8>>) -> String {
    let mut out = readable(&cleaned.text);
    if !out.ends_with('\n') {
        out.push_str("⊣\n");
    }
    out.push_str(if cleaned.edits.is_empty() { "==== no edits\n" } else { "==== edits\n" });
    for edit in &cleaned.edits {
        let start = usize::try_from(edit.start).expect("it is an offset of the input");
        let line = 1 + input[..start].iter().filter(|&&b| b == b'\n').count();
        let reasons: Vec<_> = edit.reasons.iter().map(|r| r.as_str()).collect();
        let [before, after] = [&edit.before, &edit.after].map(|text| readable(text).replace('\n', "⏎"));
        writeln!(out, "{line}: {}: \"{before}\" → \"{after}\"", reasons.join(", ")).expect("a string takes everything");
    }
    out
}

#[test]
fn every_article_comes_out_as_its_snapshot_shows() {
    for fixture in fixtures().iter().filter(|f| !f.is_untouched()) {
        let input = fixture.read("input.txt");
        let cleaned = check(&fixture.options(), &input);
        let mut about = fixture.about();
        for (_, right, wrong) in KNOWN_FAILURES.iter().filter(|k| k.0 == fixture.id) {
            let output = readable(&cleaned.text);
            assert!(!output.contains(right), "{} is right: take it off the list", fixture.id);
            write!(about, " KNOWN FAILURE: {wrong}").expect("a string takes everything");
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&fixture.folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_description(about);
        settings.bind(|| insta::assert_snapshot!("output", review(&input, &cleaned)));
    }
}

#[test]
fn other_genres_and_languages_come_out_untouched() {
    let stages = Stage::ALL.iter().map(|&s| vec![s]).chain([Stage::ALL.to_vec()]);
    let options: Vec<_> = stages
        .map(|stages| Options::default().only(stages))
        .flat_map(|options| UsaStyle::ALL.iter().map(move |&style| options.clone().usa_style(style)))
        .flat_map(|options| Truncated::ALL.iter().map(move |&truncated| options.clone().truncated(truncated)))
        .collect();
    for fixture in fixtures().iter().filter(|f| f.is_untouched()) {
        let input = fixture.read("input.txt");
        let results: Vec<_> = options.iter().map(|options| (options, check(options, &input))).collect();
        let changed = results.iter().find(|(_, got)| got.text != input);
        match (changed, KNOWN_HARM.iter().any(|k| k.0 == fixture.id)) {
            (None, false) | (Some(_), true) => {}
            (None, true) => panic!("{} is untouched: take it off the list", fixture.id),
            (Some((options, got)), false) => panic!("{}: {options:?}\n{}", fixture.id, review(&input, got)),
        }
    }
}

/// Each of them would be changed by a stage that knows English.
#[test]
fn other_languages_are_kept_by_their_language() {
    let languages: Vec<_> = fixtures().into_iter().filter(|f| f.group == "languages").collect();
    assert!(languages.len() >= 15, "only {} languages", languages.len());
    for fixture in languages {
        let cleaner = Options::default().lang(Lang::English).build().expect("the options are valid");
        let edits = cleaner.clean_bytes(&fixture.read("input.txt")).edits;
        let english = |stage: Stage| matches!(stage, Stage::Truncation | Stage::Usa);
        let acts = edits.iter().any(|e| e.reasons.iter().any(|r| english(r.rule().info().stage)));
        assert!(acts, "{}: nothing would be done", fixture.id);
    }
}

#[test]
fn a_fixture_is_an_input_a_line_about_it_and_a_snapshot() {
    let groups: BTreeSet<_> =
        Stage::ALL.iter().map(|s| s.as_str()).chain(["all", "genres", "languages"]).map(String::from).collect();
    assert_eq!(groups_of_texts(), groups);
    let fixtures = fixtures();
    assert!(fixtures.len() >= 40, "only {} fixtures", fixtures.len());
    for fixture in &fixtures {
        let snapshot = (!fixture.is_untouched()).then_some("output.snap");
        let files = ["about.txt", "input.txt"].into_iter().chain(snapshot).map(String::from).collect();
        assert_eq!(entries(&fixture.folder), files, "{}", fixture.id);
        let about = fixture.about();
        assert!(about.ends_with('.') && !about.contains('\n'), "{}: about.txt is no line: {about}", fixture.id);
    }
    for id in KNOWN_FAILURES.iter().map(|k| k.0).chain(KNOWN_HARM.iter().map(|k| k.0)) {
        assert!(fixtures.iter().any(|f| f.id == id), "there is no fixture {id}");
    }
}
