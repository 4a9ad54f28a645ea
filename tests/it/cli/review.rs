//! `--review`: the page in a real browser, and what is refused in it.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::edits::{FAULTY, MARKED, read};
use super::{PROGRAM, folder, refused, run, tree};

/// The page is used in Chromium: by keyboard, with hostile texts, with 10 000 edits, on a phone.
#[test]
fn the_page_works_in_a_browser() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/review.py");
    let Ok(output) = Command::new("python3").arg(script).args(["--bin", PROGRAM]).output() else {
        return eprintln!("skipped: there is no python3");
    };
    let said = String::from_utf8_lossy(&output.stdout);
    match output.status.code() {
        Some(77) => eprintln!("{said}"),
        code => assert_eq!(code, Some(0), "{said}{}", String::from_utf8_lossy(&output.stderr)),
    }
}

#[test]
fn a_page_has_the_articles_in_their_order() {
    let folder = folder(&[("b.txt", FAULTY), ("a.txt", MARKED), ("c.txt", b"Fine.\n")]);
    let args = ["-q", "--check", "-j2", "--review", "page.html", "b.txt", "a.txt", "c.txt"];
    assert_eq!(run(folder.path(), &args).0, 1);
    let page = read(folder.path(), "page.html");
    let names: Vec<&str> = page.split("<article id=").skip(1).filter_map(|part| part.split('"').nth(3)).collect();
    assert_eq!((names, page.matches("class=\"edit ").count()), (vec!["b.txt", "a.txt"], 3));
    // Once more: a page is replaced, another file is not.
    assert_eq!(run(folder.path(), &args).0, 1);
    assert_eq!(read(folder.path(), "page.html"), page);
    for other in ["b.txt", "c.txt"] {
        let (status, _, told) = run(folder.path(), &["--check", "--review", other, "a.txt", "b.txt"]);
        assert!(status == 2 && told.contains("name another"), "{told}");
    }
    assert!(tree(folder.path())["c.txt"] == b"Fine.\n");
}

/// The text may come from anywhere that an undo takes it from.
#[test]
fn the_edits_of_an_earlier_run_are_shown() {
    let folder = folder(&[("a.txt", FAULTY)]);
    let page = |name: &str| read(folder.path(), name);
    assert_eq!(run(folder.path(), &["-qw", "--edits", "log", "--review", "one.html", "a.txt"]).0, 0);
    let clean = tree(folder.path());
    let shows = ["--from-log", "log", "--review", "two.html", "a.txt"];
    assert_eq!(run(folder.path(), &shows), (0, String::new(), String::new()));
    assert_eq!(page("one.html"), page("two.html"));
    assert!(tree(folder.path())["a.txt"] == clean["a.txt"]);
    fs::write(folder.path().join("a.txt"), "Other.\n").expect("it is ours");
    let (status, _, told) = run(folder.path(), &shows);
    assert!(status == 2 && told.starts_with("copydesk: cannot undo a.txt: it is not the text"), "{told}");
}

#[test]
fn a_refused_edit_that_is_not_there_is_reported() {
    let folder = folder(&[("a.txt", FAULTY), ("refused", b"00000000000000ff country-name country-form a.txt\n")]);
    assert_eq!(run(folder.path(), &["-qw", "--edits", "log", "a.txt"]).0, 0);
    let (status, _, told) = run(folder.path(), &["-qw", "--undo", "log", "--refused", "refused", "a.txt"]);
    assert_eq!((status, &*told), (0, "copydesk: a.txt: 1 edit was refused that the log does not have, or no longer\n"));
    fs::write(folder.path().join("refused"), "It rained.\n").expect("it is ours");
    let (status, _, told) = run(folder.path(), &["-qw", "--undo", "log", "--refused", "refused", "a.txt"]);
    assert!(status == 2 && told.starts_with("copydesk: refused:1 can't be used: "), "{told}");
}

#[test]
fn what_goes_not_together_is_refused() {
    assert!(refused(&["--review", "page.html"]).contains("--review does not say what becomes of the files"));
    assert!(refused(&["--from-log", "log"]).contains("--from-log is of use only with --review: add that"));
    assert!(refused(&["--from-log", "log", "--review", "p", "-w", "a"]).contains("exclude each other"));
    assert!(refused(&["--undo", "log", "--review", "p"]).contains("exclude each other"));
}
