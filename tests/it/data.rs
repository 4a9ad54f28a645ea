//! The word lists in `data/`: sorted, since entries are searched by how they begin, with a source, and each in use.

use std::fs;
use std::path::{Path, PathBuf};

/// Licence texts, no lists.
const LICENSES: &str = "english/LEXICON-LICENSES.txt";

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn below(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = Vec::new();
    files(&folder, &mut found);
    found.sort();
    let name = |path: &Path| {
        let parts = path.strip_prefix(&folder).expect("it stands in the folder").iter();
        parts.map(|p| p.to_string_lossy()).collect::<Vec<_>>().join("/")
    };
    found.iter().map(|path| (name(path), fs::read_to_string(path).expect("the file is UTF-8"))).collect()
}

fn lists() -> Vec<(String, String)> {
    let lists: Vec<_> = below("data").into_iter().filter(|(name, _)| name != LICENSES).collect();
    assert!(lists.len() >= 40, "only {} lists were found", lists.len());
    lists
}

/// What is wrong with the text of a list.
fn fault(text: &str) -> Option<String> {
    let Some(lines) = text.strip_suffix('\n') else {
        return Some("the last line has no end".to_owned());
    };
    let lines: Vec<&str> = lines.split('\n').collect();
    let (header, entries) = lines.split_at(lines.iter().take_while(|l| l.starts_with('#')).count());
    if !header.iter().any(|l| l.contains("Source: ")) {
        return Some("no line at the top says the source".to_owned());
    }
    if entries.is_empty() {
        return Some("no entries".to_owned());
    }
    if let Some(entry) = entries.iter().find(|e| e.is_empty() || e.trim() != **e || e.starts_with('#')) {
        return Some(format!("no entry: {entry:?}"));
    }
    entries.windows(2).find(|w| w[0] >= w[1]).map(|w| format!("{:?} stands before {:?}", w[0], w[1]))
}

#[test]
fn every_list_is_sorted_and_says_its_source() {
    let faults: Vec<_> = lists().into_iter().filter_map(|(name, text)| Some((name, fault(&text)?))).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn faults_of_lists_are_found() {
    for text in [
        "",
        "# Source: here.\na",
        "# Words.\na\n",
        "# Source: here.\n",
        "# Source: here.\nb\na\n",
        "# Source: here.\na\na\n",
        "# Source: here.\na\n\nb\n",
        "# Source: here.\na \nb\n",
        "# Source: here.\na\r\nb\r\n",
        "a\n# Source: here.\n",
    ] {
        assert!(fault(text).is_some(), "{text:?} was taken for a list");
    }
    assert_eq!(fault("# Words.\n# Source: here.\nB\na\na b\n"), None);
}

/// A list is compiled in by its name: `list!` takes it from `data/`, the lexicon's `table!` from `data/english/`.
#[test]
fn every_list_is_in_use() {
    let sources = below("src");
    let named = |name: &str| sources.iter().any(|(_, text)| text.contains(&format!("{name}\"")));
    for (name, _) in lists() {
        let table = name.strip_prefix("english/").is_some_and(named);
        assert!(named(&name) || table, "data/{name} is used nowhere");
    }
}
