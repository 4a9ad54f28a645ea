//! The words of comments, documents and names: the field's English, not words that only a translator would pick.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// What is not said, and what is said instead.
const BANNED: [(&str, &str); 9] = [
    ("behind", "after, following"),
    ("tells?|told", "reports, emits, detects, decides, shows"),
    ("blanks?", "space"),
    ("low lines?", "underscore"),
    ("small letters?", "lowercase"),
    ("capitals", "uppercase, title case"),
    ("but for", "except"),
    ("so (?:much|many)", "this many, how many"),
    ("whoever|way back", "name it"),
];

/// Those that are no part of a name, either: the first ones.
const IN_NAMES: usize = 2;

/// The files below a folder of the repository, or the one that it names.
fn files(of: &str, found: &mut Vec<PathBuf>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(of);
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("the folder can be read") {
            files(&entry.expect("the entry can be read").path().to_string_lossy(), found);
        }
    } else {
        found.push(path);
    }
}

/// What a file says in its own words: comments in code, headers of lists, prose in documents. Quoted text is left out, and so are blank lines.
fn prose(path: &Path, text: &str) -> Vec<(usize, String)> {
    let mut in_fence = false;
    let mut prose = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let start = line.trim_start();
        let said = match path.extension().and_then(|e| e.to_str()) {
            Some("rs") => start.starts_with("//"),
            Some("txt") => start.starts_with('#'),
            _ => {
                in_fence ^= start.starts_with("```");
                !in_fence && !line.starts_with("    ")
            }
        };
        if said {
            prose.push((n + 1, line.to_owned()));
        }
    }
    // A blank line is one that is empty or holds white space only.
    let quoted = Regex::new("`[^`]*`|\"[^\"]*\"|“[^”]*”|(?i:blank lines?)").expect("it is a pattern");
    prose.into_iter().map(|(n, line)| (n, quoted.replace_all(&line, "").into_owned())).collect()
}

/// The banned words of a text, each with its line.
fn faults(path: &Path, text: &str) -> Vec<String> {
    let prose = prose(path, text);
    let mut faults = Vec::new();
    for (banned, instead) in BANNED {
        let word = Regex::new(&format!(r"(?i)\b(?:{banned})\b")).expect("it is a pattern");
        let hits = prose.iter().filter(|(_, line)| word.is_match(line));
        faults.extend(hits.map(|(n, line)| format!("{}:{n}: say {instead}: {}", path.display(), line.trim())));
    }
    faults
}

/// The lines of code in which a name is made of banned words.
fn names(path: &Path, text: &str) -> Vec<String> {
    let quoted = Regex::new(r#""(?:[^"\\]|\\.)*""#).expect("it is a pattern");
    let banned = BANNED[..IN_NAMES].iter().map(|(word, _)| *word).collect::<Vec<_>>().join("|");
    let banned = Regex::new(&format!(r"(?i)(?:\b|_)(?:{banned})(?:\b|_)")).expect("it is a pattern");
    let code = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    let hits = code.filter(|(_, line)| banned.is_match(&quoted.replace_all(line, "")));
    hits.map(|(n, line)| format!("{}:{}: {}", path.display(), n + 1, line.trim())).collect()
}

#[test]
fn names_are_in_the_fields_english() {
    let mut found = Vec::new();
    ["src", "python/src", "tests/it", "fuzz/src", "benches"].into_iter().for_each(|of| files(of, &mut found));
    found.retain(|path| path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests/it/wording.rs"));
    let text = |path: &PathBuf| fs::read_to_string(path).expect("the file is UTF-8");
    let faults: Vec<_> = found.iter().flat_map(|path| names(path, &text(path))).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let count = |text: &str| names(Path::new("a.rs"), text).len();
    assert_eq!(count("let told = 1;\nfn what_is_told() {}\n // told\nlet foretold = \"told\";\n"), 2);
}

#[test]
fn comments_and_documents_are_in_the_fields_english() {
    let mut found = Vec::new();
    for of in [
        "src",
        "python/src",
        "python/README.md",
        "data",
        "docs",
        "README.md",
        "CONTRIBUTING.md",
        "tests/it",
        "examples",
        "benches/engine.rs",
    ] {
        files(of, &mut found);
    }
    let spoken = |path: &PathBuf| {
        let is_text = path.extension().is_some_and(|e| ["rs", "txt", "md"].iter().any(|known| e == *known));
        // The one shows texts of others, the other these words.
        is_text && !path.ends_with("docs/rules.md") && !path.ends_with("tests/it/wording.rs")
    };
    found.retain(spoken);
    assert!(found.len() > 200, "only {} files were found", found.len());
    let text = |path: &PathBuf| fs::read_to_string(path).expect("the file is UTF-8");
    let faults: Vec<_> = found.iter().flat_map(|path| faults(path, &text(path))).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn banned_words_are_found() {
    let count = |name: &str, text: &str| faults(Path::new(name), text).len();
    for text in
        ["/// What stands behind it.", "// So many blanks.", "//! Two blank spaces", "    // It TOLD us; a low line."]
    {
        assert!(count("a.rs", text) > 0, "{text}");
    }
    for text in ["let low_line = 1;", "// A blank line, `behind` and \"told\"", "// It foretold a whoop."] {
        assert_eq!(count("a.rs", text), 0, "{text}");
    }
    assert_eq!(count("a.md", "So it tells.\n\n```text\nHe told them\n```\n\n    behind\n"), 1);
    assert_eq!(count("a.txt", "# Words in capitals.\nbehind\n"), 1);
}
