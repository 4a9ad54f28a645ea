//! What can be asked for beside the stages: a mark of one's own, text that nobody may touch, rules for some files.

use super::{cleans, folder, refused, run};

#[test]
fn the_mark_of_a_cut_can_be_chosen() {
    let cut = "An owl was set free. The crew said that the\n";
    for mark in [" [...]", "...", " [cut]", " – cut"] {
        let marked = format!("An owl was set free. The crew said that the{mark}\n");
        cleans(&["--mark", mark], cut.as_bytes(), marked.as_bytes());
        cleans(&["--mark", mark], marked.as_bytes(), marked.as_bytes());
    }
    for mark in ["", " ", "a\nb", "x ", "\u{1b}", &"x".repeat(65)] {
        let message = refused(&["--mark", mark]);
        assert!(message.contains("can't mark a cut: use up to 64 bytes"), "{message}");
    }
}

#[test]
fn ignored_text_is_touched_by_no_stage() {
    for (pattern, text, want) in [
        (r"\bUSA-\w+\b", "The USA-led talks of the USA ended.\n", "The USA-led talks of the U.S. ended.\n"),
        (r"\[an error .*\]", "Rain.\n\n[an error occurred while processing this directive]\n", ""),
        ("^Owl", "Owl set free at dawn\n\nOwl set free at dawn\n\nIt flew.\n", ""),
        ("to the$", "The ferry will be sold to the\n", ""),
        (
            "over the",
            "The pier is old. It was painted by\n\nvolunteers over the winter.\n",
            "The pier is old. It was painted by volunteers over the winter.\n",
        ),
        ("^volun", "The pier is old. It was painted by\n\nvolunteers over the winter.\n", ""),
    ] {
        let want = if want.is_empty() { text } else { want };
        cleans(&["--ignore-regex", pattern], text.as_bytes(), want.as_bytes());
        cleans(&["--ignore-regex", pattern], want.as_bytes(), want.as_bytes());
    }
    let kept = "The USA-led talks of the USA ended on a pier.\n";
    cleans(&["--ignore-regex", "USA-led", "--ignore-regex=the USA"], kept.as_bytes(), kept.as_bytes());
    assert!(refused(&["--ignore-regex", "(a"]).contains("pattern `(a`: unclosed group"));
    assert!(refused(&["--ignore-regex", "a*"]).contains("can match nothing"));
}

#[test]
fn rules_and_reasons_are_switched_for_some_files() {
    let config = "mark = ' [...]'\n[[overrides]]\nfiles = 'wire/**'\nskip = ['country-name', 'after-article']\nenable = 'likely-cut'\n\
                  ignore-regex = 'pier'\n";
    let text: &[u8] = b"Ships sail to the USA every week. The crew said that the\n";
    let likely: &[u8] = b"It rained all day. The harbour bought the tug (which was built in Leith\n";
    let folder = folder(&[
        ("copydesk.toml", config.as_bytes()),
        ("wire/a.txt", text),
        ("wire/b.txt", likely),
        ("a.txt", text),
        ("b.txt", likely),
    ]);
    let (_, out, _) = run(folder.path(), &["a.txt", "b.txt", "wire/a.txt", "wire/b.txt"]);
    let texts = String::from_utf8_lossy(text) + String::from_utf8_lossy(likely);
    let changed = texts.replace("USA", "U.S.").replace("the\n", "the [...]\n");
    assert_eq!(out, format!("{changed}{}", texts.replace("Leith", "Leith [...]")));
    let (_, shown, _) = run(folder.path(), &["--show-config", "wire/a.txt"]);
    for line in ["mark = \" [...]\"  # copydesk.toml:1", "    \"pier\",  # copydesk.toml:6"] {
        assert!(shown.lines().any(|l| l == line), "{shown}");
    }
}
