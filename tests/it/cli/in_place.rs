//! `-w`, `--check` and `--diff`: what is written, named and shown, and how it ends.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;

use super::{copydesk, folder, is_one_line, refused, run, tree};

const FAULTY: &[u8] = b"Owl set free\n\nIt flew to the USA.\n";
const CLEAN: &[u8] = b"Owl set free\n\nIt flew to the U.S.\n";

/// What is written, and what is not, when these arguments are refused with one line that holds `part`.
fn fails(folder: &Path, args: &[&str], part: &str) {
    let before = tree(folder);
    let (status, out, err) = run(folder, args);
    assert_eq!((status, &*out), (2, ""), "{args:?}: {err}");
    assert!(is_one_line(&err) && err.contains(part), "{args:?}: {err}");
    assert!(tree(folder) == before, "{args:?} wrote something");
}

#[test]
fn write_rewrites_what_is_not_clean() {
    let folder = folder(&[("a.txt", FAULTY), ("b.txt", CLEAN), ("more/it's a \"c\".txt", FAULTY)]);
    let files = ["a.txt", "b.txt", "more/it's a \"c\".txt"];
    assert_eq!(run(folder.path(), &[&["-qw"], &files[..]].concat()), (0, String::new(), String::new()));
    assert!(tree(folder.path()).values().all(|bytes| bytes == CLEAN));
    assert_eq!(tree(folder.path()).len(), 3);
    assert_eq!(run(folder.path(), &[&["--check"], &files[..]].concat()), (0, String::new(), String::new()));
}

/// So a hook that fails shows what it did.
#[test]
fn write_names_what_it_rewrites() {
    let folder = folder(&[("a.txt", FAULTY), ("b.txt", CLEAN), ("more/c.txt", b"USA or USA?\n")]);
    let (status, out, err) = run(folder.path(), &["-w", "a.txt", "b.txt", "more/c.txt"]);
    assert_eq!((status, &*out), (0, ""));
    assert_snapshot!(err, @r"
    copydesk: rewrote a.txt: 1 edit
    copydesk: rewrote more/c.txt: 2 edits
    ");
    assert_eq!(run(folder.path(), &["-w", "a.txt", "b.txt", "more/c.txt"]), (0, String::new(), String::new()));
}

#[test]
fn a_file_that_is_clean_is_not_touched() {
    let folder = folder(&[("a.txt", CLEAN)]);
    let path = folder.path().join("a.txt");
    let earlier = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    fs::File::options().write(true).open(&path).and_then(|f| f.set_modified(earlier)).expect("it is ours");
    #[cfg(unix)]
    let before = fs::metadata(&path).expect("it is there");
    assert_eq!(run(folder.path(), &["-w", "a.txt"]).0, 0);
    assert_eq!(run(folder.path(), &["-r", "-q", "-w", "."]).0, 0);
    let after = fs::metadata(&path).expect("it is there");
    assert_eq!(after.modified().expect("there is a clock"), earlier);
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        assert_eq!((after.ino(), after.ctime_nsec()), (before.ino(), before.ctime_nsec()));
    }
}

#[test]
fn check_names_what_would_change() {
    let folder = folder(&[("a.txt", FAULTY), ("b.txt", CLEAN), ("c.txt", FAULTY)]);
    let before = tree(folder.path());
    let reported = run(folder.path(), &["--check", "c.txt", "b.txt", "a.txt"]);
    let advice = "copydesk: 2 files would change: -w in place of --check rewrites them, --diff shows how\n";
    assert_eq!(reported, (1, "c.txt\na.txt\n".to_owned(), advice.to_owned()));
    let reported = run(folder.path(), &["--check", "-", "a.txt"]);
    let advice = "copydesk: stdin is empty: nothing was checked\n\
                  copydesk: 1 file would change: -w in place of --check rewrites it, --diff shows how\n";
    assert_eq!(reported, (1, "a.txt\n".to_owned(), advice.to_owned()));
    assert_eq!(run(folder.path(), &["-q", "--check", "a.txt"]), (1, "a.txt\n".to_owned(), String::new()));
    assert_eq!(run(folder.path(), &["--check", "b.txt"]), (0, String::new(), String::new()));
    assert!(tree(folder.path()) == before);
}

#[test]
fn diff_shows_what_would_change() {
    let folder = folder(&[("a.txt", FAULTY), ("b.txt", CLEAN), ("c.txt", b"\x1b[1mIn the USA\r\n\xFF\r\nat dawn")]);
    let before = tree(folder.path());
    let mut command = super::copydesk(&["--diff", "a.txt", "b.txt", "c.txt"]);
    let output = command.current_dir(folder.path()).output().expect("the program starts");
    assert_eq!((output.status.code(), &*output.stderr), (Some(1), &b""[..]));
    // Nothing is shown on a terminal, so every byte is there.
    assert_snapshot!(output.stdout.escape_ascii().to_string().replace("\\n", "\n"), @r"
    --- a.txt
    +++ a.txt
    @@ -1,3 +1,3 @@
     Owl set free
     
    -It flew to the USA.
    +It flew to the U.S.
    --- c.txt
    +++ c.txt
    @@ -1,3 +1,3 @@
    -\x1b[1mIn the USA\r
    +\x1b[1mIn the U.S.\r
     \xff\r
     at dawn
    \\ No newline at end of file
    ");
    assert_eq!(run(folder.path(), &["--diff", "b.txt"]), (0, String::new(), String::new()));
    assert!(tree(folder.path()) == before);
}

#[test]
fn check_and_diff_read_stdin() {
    let advice = "copydesk: the text would change: it is cleaned without --check, --diff shows how\n";
    copydesk(&["--check"]).write_stdin(FAULTY).assert().code(1).stdout("<stdin>\n").stderr(advice);
    copydesk(&["--check", "-"]).write_stdin(CLEAN).assert().code(0).stdout("").stderr("");
    let assert = copydesk(&["--check", "--diff"]).write_stdin(FAULTY).assert().code(1).stderr("");
    let diff = String::from_utf8_lossy(&assert.get_output().stdout).into_owned();
    assert!(diff.starts_with("--- <stdin>\n+++ <stdin>\n@@ -1,3 +1,3 @@\n"), "{diff}");
}

/// `patch` makes the new text of the old one and the diff.
#[test]
fn a_diff_can_be_applied() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/all");
    let mut applied = 0;
    for entry in fixtures.read_dir().expect("there are fixtures") {
        let text = fs::read(entry.expect("it can be read").path().join("input.txt")).expect("a fixture has a text");
        let folder = folder(&[("a.txt", &text)]);
        let (status, diff, _) = run(folder.path(), &["--diff", "a.txt"]);
        let want = copydesk(&["a.txt"]).current_dir(folder.path()).output().expect("the program starts").stdout;
        assert_eq!(status == 1, want != text);
        if status == 0 || diff.contains("\\u{") || diff.contains('␍') {
            continue;
        }
        fs::write(folder.path().join("a.patch"), &diff).expect("there is room");
        let mut patch = std::process::Command::new("patch");
        match patch.args(["-p0", "-s", "-i", "a.patch"]).current_dir(folder.path()).status() {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                eprintln!("skipped: there is no `patch` here");
                return;
            }
            status => assert!(status.expect("it starts").success(), "{diff}"),
        }
        assert!(fs::read(folder.path().join("a.txt")).expect("it is there") == want, "{diff}");
        applied += 1;
    }
    assert!(applied > 0, "no fixture could be used");
}

#[test]
fn one_bad_file_is_reported_and_the_rest_is_done() {
    let folder = folder(&[
        ("a.txt", FAULTY),
        ("bin.txt", b"In the USA.\0\n"),
        ("utf16.txt", b"\xFF\xFEU\0S\0A\0"),
        ("c.txt", FAULTY),
    ]);
    let args = ["a.txt", "bin.txt", "missing.txt", "utf16.txt", "c.txt"];
    let reported = "copydesk: bin.txt is binary (there is a NUL byte among its first 8000): leave it out\n\
                copydesk: cannot open missing.txt: No such file or directory (os error 2)\n\
                copydesk: utf16.txt is UTF-16, not UTF-8: convert it first (iconv -f UTF-16LE -t UTF-8)\n";
    // An error wins over a change.
    let check = run(folder.path(), &[&["-q", "--check"], &args[..]].concat());
    assert_eq!(check, (2, "a.txt\nc.txt\n".to_owned(), reported.to_owned()));
    assert_eq!(run(folder.path(), &[&["-qw"], &args[..]].concat()), (2, String::new(), reported.to_owned()));
    let tree = tree(folder.path());
    assert!(tree["a.txt"] == CLEAN && tree["c.txt"] == CLEAN && tree["bin.txt"].contains(&0), "{tree:?}");
}

#[test]
fn explain_and_stats_go_with_files() {
    let folder = folder(&[("a.txt", FAULTY), ("b.txt", b"One.\n\nTwo to the USA.\n")]);
    let (status, out, err) = run(folder.path(), &["-w", "--explain", "--stats", "a.txt", "b.txt"]);
    assert_eq!((status, &*out), (0, ""));
    assert_snapshot!(err, @r#"
    a.txt:3:16: #1 country-name (country-form): It flew to the [USA. → U.S.]
    copydesk: rewrote a.txt: 1 edit
    b.txt:3:12: #1 country-name (country-form): Two to the [USA. → U.S.]
    copydesk: rewrote b.txt: 1 edit
    markers                                0
    titles                                 0
    truncation                             0
    usa                                    2
      country-name                         2
        country-form                       2
    "#);
}

#[test]
fn what_goes_not_together_is_refused() {
    for args in [
        &["-w", "--check", "a"][..],
        &["-w", "--diff", "a"],
        &["-w", "--out-dir", "o", "a"],
        &["--check", "--out-dir", "o", "a"],
    ] {
        let message = refused(args);
        assert!(message.contains("exclude each other"), "{message}");
    }
    assert_snapshot!(refused(&["-w"]), @"copydesk: stdin has no file to write to: name FILEs with -w, or omit it to write to stdout");
    assert_snapshot!(refused(&["--out-dir", "o", "-"]), @"copydesk: stdin has no file to write to: name FILEs with --out-dir, or omit it to write to stdout");
    assert_snapshot!(refused(&["--threads", "0", "--check"]), @"copydesk: --threads: use a number from 1 on (try 'copydesk -h')");
    for args in [&["--force", "a"][..], &["--glob", "*", "--check", "a"]] {
        let message = refused(args);
        assert!(message.contains("is of use only with"), "{message}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_its_file_is_rewritten() {
    let folder = folder(&[("real/a.txt", FAULTY)]);
    std::os::unix::fs::symlink("real/a.txt", folder.path().join("link.txt")).expect("a link can be made");
    std::os::unix::fs::symlink("nowhere", folder.path().join("broken.txt")).expect("a link can be made");
    assert_eq!(run(folder.path(), &["-qw", "link.txt"]), (0, String::new(), String::new()));
    let tree = tree(folder.path());
    assert_eq!((&*tree["link.txt"], &*tree["real/a.txt"]), (&b"-> real/a.txt"[..], CLEAN));
    fails(folder.path(), &["-w", "broken.txt"], "cannot open broken.txt: ");
}

#[cfg(unix)]
#[test]
fn hard_links_and_read_only_files_need_force() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a.txt", FAULTY), ("shut.txt", FAULTY), ("clean.txt", CLEAN)]);
    let path = |name: &str| folder.path().join(name);
    fs::hard_link(path("a.txt"), path("b.txt")).expect("a link can be made");
    fs::hard_link(path("clean.txt"), path("d.txt")).expect("a link can be made");
    fs::set_permissions(path("shut.txt"), fs::Permissions::from_mode(0o444)).expect("it is ours");
    fails(
        folder.path(),
        &["-w", "a.txt"],
        "cannot write a.txt: it has 2 hard links, and the others would keep the old text",
    );
    fails(
        folder.path(),
        &["-w", "shut.txt"],
        "cannot write shut.txt: it is read-only: make it writable, or add --force",
    );
    // What need not be written is no error.
    assert_eq!(run(folder.path(), &["-w", "clean.txt"]), (0, String::new(), String::new()));
    assert_eq!(run(folder.path(), &["-qw", "--force", "a.txt", "shut.txt"]), (0, String::new(), String::new()));
    let tree = tree(folder.path());
    assert_eq!([&*tree["a.txt"], &*tree["b.txt"], &*tree["shut.txt"]], [CLEAN, FAULTY, CLEAN]);
    assert_eq!(fs::metadata(path("shut.txt")).expect("it is there").permissions().mode() & 0o777, 0o444);
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_not_rewritten() {
    let folder = folder(&[]);
    fails(folder.path(), &["-w", "/dev/null"], "/dev/null is no regular file: read it from stdin, and write to stdout");
    let (status, _, _) = run(folder.path(), &["--check", "/dev/null"]);
    assert_eq!(status, 0);
}

#[test]
fn a_file_that_is_named_twice_is_cleaned_once() {
    let folder = folder(&[("a.txt", FAULTY)]);
    let (status, out, err) = run(folder.path(), &["-q", "--check", "a.txt", "./a.txt", "a.txt"]);
    assert_eq!((status, &*out, &*err), (1, "a.txt\n", ""));
    assert_eq!(run(folder.path(), &["-qw", "a.txt", "./a.txt"]), (0, String::new(), String::new()));
}

/// More than any buffer holds, with the first edit far into the text, and a last line without an end.
#[test]
fn a_long_file_is_rewritten_whole() {
    let line = "The ferry sails at dawn, and the crew is on board.\n";
    let text = |country: &str| format!("{}In the {country} it rained.\n{}end", line.repeat(9000), line.repeat(9000));
    let folder = folder(&[("a.txt", text("USA").as_bytes())]);
    assert_eq!(run(folder.path(), &["-qw", "--only", "usa", "a.txt"]), (0, String::new(), String::new()));
    assert!(tree(folder.path())["a.txt"] == text("U.S.").as_bytes());
}
