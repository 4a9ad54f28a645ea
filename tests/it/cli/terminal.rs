//! What a terminal sees, by `script` of util-linux: colours and a progress bar, and no control character of a text or a name.

use std::path::Path;
use std::process::Command;

use super::{PROGRAM, folder};

const FAULTY: &[u8] = b"Owl {\x1b[2J\x07} set free\n\nIt flew to the USA.\n";

/// What a command prints on a terminal. `None`: there is no `script`.
fn on_a_terminal(folder: &Path, args: &str, no_color: &str) -> Option<String> {
    let version = Command::new("script").arg("--version").output().ok()?;
    if !String::from_utf8_lossy(&version.stdout).contains("util-linux") {
        return None;
    }
    let output = Command::new("script")
        .args(["-qec", &format!("'{PROGRAM}' {args}"), "/dev/null"])
        .current_dir(folder)
        .env("NO_COLOR", no_color)
        .env("TERM", "xterm")
        .output()
        .expect("the program starts");
    Some(String::from_utf8(output.stdout).expect("what is told is UTF-8").replace("\r\n", "\n"))
}

#[test]
fn a_diff_has_colours_and_no_other_control_characters() {
    let folder = folder(&[("a.txt", FAULTY)]);
    let Some(shown) = on_a_terminal(folder.path(), "--diff a.txt", "") else {
        eprintln!("skipped: there is no `script` of util-linux here");
        return;
    };
    assert!(shown.contains("\u{1b}[31m-It flew to the \u{1b}[7mUSA.\u{1b}[27m\u{1b}[0m\n"), "{shown:?}");
    assert!(shown.contains("\u{1b}[32m+It flew to the \u{1b}[7mU.S.\u{1b}[27m\u{1b}[0m\n"), "{shown:?}");
    assert!(shown.contains(r"Owl {\u{1b}[2J\u{7}} set free"), "{shown:?}");
    assert!(!shown.contains("\u{1b}[2J") && !shown.contains('\u{7}'), "{shown:?}");
    let plain = on_a_terminal(folder.path(), "--diff a.txt", "1").expect("it was there before");
    assert!(!plain.contains('\u{1b}') && plain.contains("\n+It flew"), "{plain:?}");
}

#[test]
fn a_batch_shows_its_progress() {
    let folder = folder(&[("in/a.txt", FAULTY), ("in/b.txt", FAULTY)]);
    let Some(shown) = on_a_terminal(folder.path(), "-r --check in", "") else {
        eprintln!("skipped: there is no `script` of util-linux here");
        return;
    };
    assert!(shown.contains("/2 files"), "{shown:?}");
    assert!(shown.contains("in/a.txt\n") && shown.contains("in/b.txt\n"), "{shown:?}");
    assert!(shown.contains("0 errors\n") && shown.ends_with("--diff shows how\n"), "{shown:?}");
    for args in ["-r --check in --quiet", "--check in/a.txt"] {
        let shown = on_a_terminal(folder.path(), args, "").expect("it was there before");
        assert!(!shown.contains(" files") && shown.contains("in/a.txt\n"), "{shown:?}");
    }
}

/// What goes elsewhere is byte for byte: the tests of streams and files see to that.
#[test]
fn a_text_does_not_steer_the_terminal() {
    let folder = folder(&[("a.txt", FAULTY), ("-\u{1b}[31m.txt", FAULTY)]);
    let Some(shown) = on_a_terminal(folder.path(), "a.txt -- -*", "") else {
        eprintln!("skipped: there is no `script` of util-linux here");
        return;
    };
    assert_eq!(shown, "Owl {\\u{1b}[2J\\u{7}} set free\n\nIt flew to the U.S.\n".repeat(2));
    let explained = on_a_terminal(folder.path(), "--explain --stats -- -*", "1").expect("it was there before");
    assert!(
        explained.contains("\\u{1b}[31m.txt:3:16: #1 country-name (country-form): It flew to the [USA. → U.S.]\n")
            && !explained.contains('\u{1b}'),
        "{explained:?}"
    );
}

#[test]
fn an_explanation_has_colours() {
    let folder = folder(&[("a.txt", FAULTY)]);
    let Some(shown) = on_a_terminal(folder.path(), "--explain --check a.txt", "") else {
        eprintln!("skipped: there is no `script` of util-linux here");
        return;
    };
    let place = "\u{1b}[1ma.txt:3:16:\u{1b}[0m #1 \u{1b}[36mcountry-name (country-form)\u{1b}[0m: ";
    let change = "It flew to the [\u{1b}[31mUSA.\u{1b}[0m → \u{1b}[32mU.S.\u{1b}[0m]\n";
    assert!(shown.contains(&format!("{place}{change}")), "{shown:?}");
    let plain = on_a_terminal(folder.path(), "--explain --color never --check a.txt", "").expect("it was there before");
    assert!(!plain.contains('\u{1b}') && plain.contains("a.txt:3:16: #1 country-name"), "{plain:?}");
}
