//! FILE arguments: each a document of its own; one that can't be cleaned does not stop the others.

use std::path::Path;

use super::{copydesk, folder, is_one_line, stderr};

const TITLE: &[u8] = b"Owl set free\n\nIt flew to the USA.\n";
const CLEAN: &str = "Owl set free\n\nIt flew to the U.S.\n";

#[test]
fn each_file_is_a_document_of_its_own() {
    let folder = folder(&[("a.txt", TITLE), ("b.txt", TITLE)]);
    let want = CLEAN.repeat(3);
    copydesk(&["a.txt", "b.txt", "a.txt"]).current_dir(folder.path()).assert().code(0).stderr("").stdout(want);
}

#[test]
fn a_file_without_a_final_newline_is_not_joined_to_the_next() {
    let folder = folder(&[("a.txt", b"In the USA"), ("b.txt", b"Owl set free\n"), ("c.txt", b"In the USA")]);
    let want = "In the U.S.Owl set free\nIn the U.S.";
    copydesk(&["a.txt", "b.txt", "c.txt"]).current_dir(folder.path()).assert().code(0).stderr("").stdout(want);
}

#[test]
fn a_hyphen_is_stdin() {
    let folder = folder(&[("a.txt", TITLE)]);
    let run = |args: &[&str], want: String| {
        let text = "To the USA.\n";
        copydesk(args).current_dir(folder.path()).write_stdin(text).assert().code(0).stderr("").stdout(want);
    };
    run(&["-"], "To the U.S.\n".to_owned());
    run(&["a.txt", "-", "a.txt"], format!("{CLEAN}To the U.S.\n{CLEAN}"));
    run(&["a.txt"], CLEAN.to_owned());
}

#[test]
fn a_file_without_a_name_is_reported() {
    let folder = folder(&[]);
    for args in [&[""][..], &["-w", ""], &["-rqw", ""], &["--out-dir", "out", ""], &["--check", ""]] {
        let reported = "copydesk: a FILE has no name: name one, or '-' for stdin\n";
        assert_eq!(super::run(folder.path(), args), (2, String::new(), reported.to_owned()), "{args:?}");
    }
}

#[test]
fn a_name_that_begins_with_a_hyphen_follows_two() {
    let folder = folder(&[("--stats", TITLE)]);
    copydesk(&["--", "--stats"]).current_dir(folder.path()).assert().code(0).stderr("").stdout(CLEAN);
}

/// One line on stderr that holds `part`; the files around the bad one are cleaned, and the status says that it is not all.
fn others_are_cleaned(folder: &Path, bad: &str, part: &str) {
    let assert = copydesk(&["a.txt", bad, "a.txt"]).current_dir(folder).assert().code(2).stdout(CLEAN.repeat(2));
    let message = stderr(&assert);
    assert!(is_one_line(&message) && message.contains(part), "{bad}: {message:?}");
}

#[test]
fn a_bad_file_does_not_stop_the_others() {
    let folder = folder(&[
        ("a.txt", TITLE),
        ("le.txt", b"\xFF\xFEI\0n\0 \0U\0S\0A\0"),
        ("be.txt", b"\xFE\xFF\0I\0n\0 \0U\0S\0A"),
    ]);
    std::fs::create_dir(folder.path().join("more")).expect("the folder can be made");
    others_are_cleaned(folder.path(), "missing.txt", "cannot open missing.txt: ");
    others_are_cleaned(folder.path(), "le.txt", "le.txt is UTF-16, not UTF-8: convert it first (iconv -f UTF-16LE");
    others_are_cleaned(folder.path(), "be.txt", "be.txt is UTF-16, not UTF-8: convert it first (iconv -f UTF-16BE");
    if cfg!(unix) {
        others_are_cleaned(folder.path(), "more", "more is a directory: add -r (");
    }
}

/// Linux has a file that opens and can't be read.
#[test]
fn a_read_that_fails_does_not_stop_the_others() {
    let bad = "/proc/self/mem";
    if !Path::new(bad).exists() {
        eprintln!("skipped: there is no {bad} here");
        return;
    }
    let folder = folder(&[("a.txt", TITLE)]);
    others_are_cleaned(folder.path(), bad, "cannot read /proc/self/mem: ");
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_reported() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a.txt", TITLE), ("shut.txt", TITLE)]);
    let shut = folder.path().join("shut.txt");
    std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o000)).expect("it is ours");
    if std::fs::read(&shut).is_ok() {
        eprintln!("skipped: this user may read every file");
        return;
    }
    others_are_cleaned(folder.path(), "shut.txt", "cannot open shut.txt: ");
}
