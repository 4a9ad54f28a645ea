//! `--edits` and `--undo`: every edit is in the log, and by it the input comes back, byte for byte, or nothing is written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{copydesk, folder, is_one_line, run, tree};

pub(super) const FAULTY: &[u8] = b"Owl set free\n\nOwl set free\n\nIt flew to the USA.\n";
pub(super) const CLEAN: &[u8] = b"Owl set free\n\nIt flew to the U.S.\n";
/// Only removals, so that what is left reads as what was there.
pub(super) const MARKED: &[u8] = b"Rain.\n\n[an error occurred while processing the directive]\n\nWind.\n";

/// Runs in a folder with a text on stdin; the exit status, stdout and stderr.
pub(super) fn feed(folder: &Path, args: &[&str], text: &[u8]) -> (i32, Vec<u8>, String) {
    let mut command = copydesk(args);
    let output = command.current_dir(folder).write_stdin(text).output().expect("the program starts");
    let reported = String::from_utf8(output.stderr).expect("messages are UTF-8");
    (output.status.code().expect("it ends by itself"), output.stdout, reported)
}

/// Cleans a text from stdin to stdout, and puts it back. Gives the log.
fn there_and_back(args: &[&str], text: &[u8]) -> String {
    let folder = folder(&[]);
    let (status, cleaned, reported) = feed(folder.path(), &[args, &["--edits", "log"]].concat(), text);
    assert_eq!((status, &*reported), (0, ""));
    assert!(feed(folder.path(), &["--undo", "log"], &cleaned) == (0, text.to_vec(), String::new()));
    read(folder.path(), "log")
}

pub(super) fn read(folder: &Path, log: &str) -> String {
    fs::read_to_string(folder.join(log)).expect("a log is UTF-8")
}

pub(super) fn records(log: &str) -> Vec<Value> {
    assert!(log.is_empty() || log.ends_with('\n'), "{log}");
    log.lines().map(|line| serde_json::from_str(line).expect("a record is JSON")).collect()
}

/// The files that a log has records of, in its order.
pub(super) fn files(log: &str) -> Vec<String> {
    let mut files: Vec<String> = records(log).iter().map(|r| r["file"].as_str().expect("a name").to_owned()).collect();
    files.dedup();
    files
}

/// The texts of all fixtures.
fn fixtures() -> TempDir {
    let texts = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"));
    let texts: Vec<_> = texts.iter().filter(|(name, _)| name.ends_with("input.txt")).collect();
    let named: Vec<(String, &[u8])> =
        texts.iter().map(|(name, text)| (format!("in/{name}"), text.as_slice())).collect();
    folder(&named.iter().map(|(name, text)| (&**name, *text)).collect::<Vec<_>>())
}

/// One line, exit status 2, and nothing is written.
pub(super) fn fails(folder: &Path, args: &[&str], text: &[u8], part: &str) {
    let before = tree(folder);
    let (status, out, reported) = feed(folder, args, text);
    assert_eq!((status, &*out), (2, &b""[..]), "{args:?}: {reported}");
    assert!(is_one_line(&reported) && reported.contains(part), "{args:?}: {reported}");
    assert!(tree(folder) == before, "{args:?} wrote something");
}

#[test]
fn records_say_what_was_done() {
    let log = there_and_back(&[], FAULTY);
    let want = [
        json!({"file": "-", "number": 1, "line": 3, "column": 1, "start": 14, "before": "Owl set free\n\n", "after": "", "stages": ["titles"], "rules": ["repeated-title"], "reasons": ["adjacent-copy"]}),
        json!({"file": "-", "number": 2, "line": 5, "column": 16, "start": 43, "before": "USA.", "after": "U.S.", "stages": ["usa"], "rules": ["country-name"], "reasons": ["country-form"]}),
        json!({"file": "-", "input_bytes": 48, "input_crc32": 3_886_048_703_u32,
               "output_bytes": 34, "output_crc32": 3_955_664_818_u32}),
    ];
    assert_eq!(records(&log), want);
    assert!(log.starts_with(r#"{"file":"-","number":1,"line":3,"column":1,"start":14,"before":"Owl set free\n\n","after":"","stages":["titles"],"rules":["#), "{log}");
    // What is dropped holds a byte that is no UTF-8.
    let log = there_and_back(
        &["--truncated", "drop"],
        b"Calm at sea.\r\n\r\nThe cr\xFFew slept. The m\xFFate said that the\r\n",
    );
    assert!(log.contains(r#","before_hex":"20546865206dff617465"#) && log.contains(r#","after":"","#), "{log}");
}

#[test]
fn what_was_only_noted_is_no_edit() {
    let log = there_and_back(&["--truncated", "keep"], b"The owl was set free. The crew said that the\n");
    assert_eq!(records(&log).len(), 1, "{log}");
}

#[test]
fn every_fixture_comes_back() {
    let fixtures = fixtures();
    let before = tree(fixtures.path());
    for text in before.values() {
        there_and_back(&["--usa-style", "US", "--truncated", "drop"], text);
    }
    // All at once: one after the other, and in place.
    let mut names: Vec<&str> = before.keys().map(|name| &**name).collect();
    names.sort_by(|a, b| Path::new(a).cmp(Path::new(b)));
    let (status, out, _) = feed(fixtures.path(), &[&["--edits", "log"], &names[..]].concat(), b"");
    assert_eq!(status, 0);
    let whole: Vec<u8> = names.iter().flat_map(|&name| &before[name]).copied().collect();
    assert!(out != whole && feed(fixtures.path(), &["--undo", "log"], &out) == (0, whole, String::new()));
    let args = ["-rqw", "in", "--threads", "2", "--edits", "new"];
    assert_eq!(run(fixtures.path(), &args), (0, String::new(), String::new()));
    let log = read(fixtures.path(), "new");
    assert!(log == read(fixtures.path(), "log") && files(&log) == names, "another order, or other edits");
    assert!(tree(&fixtures.path().join("in")).values().flatten().ne(before.values().flatten()));
    let args = ["-rqw", "in", "--threads", "2", "--undo", "new"];
    assert_eq!(run(fixtures.path(), &args), (0, String::new(), String::new()));
    assert!(tree(&fixtures.path().join("in")).values().eq(before.values()));
}

#[test]
fn any_bytes_come_back() {
    let all: Vec<u8> = (0..=255).cycle().take(3000).collect();
    for text in [
        &b""[..],
        b"\n",
        b"USA",
        b"\xEF\xBB\xBFIn the USA.\r\n\xFF\r\n",
        &all,
        &all[10..],
        &[FAULTY, &all, FAULTY].concat(),
    ] {
        there_and_back(&[], text);
    }
    let stream = [FAULTY, b"%%\n", MARKED, b"%%\r\n", b"In the USA"].concat();
    assert_eq!(records(&there_and_back(&["--separator", "%%"], &stream)).len(), 5);
    let long: String = (0..20_000).map(|n| format!("Ship {n} left the USA on Monday, and it rained.\n")).collect();
    assert_eq!(records(&there_and_back(&[], long.as_bytes())).len(), 20_001);
}

#[test]
fn an_excluded_file_is_in_the_log() {
    let folder = folder(&[("a.txt", FAULTY), ("b.txt", FAULTY), ("copydesk.toml", b"exclude = ['a.txt']\n")]);
    let (_, out, _) = feed(folder.path(), &["--edits", "log", "a.txt", "b.txt"], b"");
    assert!(out == [FAULTY, CLEAN].concat());
    // What is put back needs no configuration.
    fs::write(folder.path().join("copydesk.toml"), "exclude = 7").expect("there is room");
    assert!(feed(folder.path(), &["--undo", "log"], &out) == (0, [FAULTY, FAULTY].concat(), String::new()));
}

#[test]
fn every_mode_writes_the_same_log() {
    let folder = folder(&[("a.txt", FAULTY), ("b.txt", CLEAN), ("c.txt", MARKED), ("d.txt", b"\0USA")]);
    let files = ["a.txt", "b.txt", "c.txt"];
    let log = |args: &[&str], status| {
        let got = run(folder.path(), &[args, &files, &["--edits", "log", "--threads", "3", "-q"]].concat());
        assert_eq!((got.0, &*got.2), (status, ""));
        let log = read(folder.path(), "log");
        fs::remove_file(folder.path().join("log")).expect("it is ours");
        log
    };
    let want = log(&[], 0);
    assert_eq!(self::files(&want), files);
    for (args, status) in [(&["--check"][..], 1), (&["--diff"], 1), (&["--out-dir", "out"], 0), (&["-w"], 0)] {
        assert_eq!(log(args, status), want, "{args:?}");
    }
    // What can't be cleaned leaves no record.
    let args = ["--check", "d.txt", "a.txt", "missing.txt", "--edits", "log"];
    assert_eq!(run(folder.path(), &args).0, 2);
    assert_eq!(self::files(&read(folder.path(), "log")), ["a.txt"]);
}

#[test]
fn a_log_is_a_new_file_of_its_own() {
    let folder = folder(&[("a.txt", FAULTY), ("empty.txt", b""), ("log", b"x")]);
    for mode in ["-w", "--check", "--diff", "--out-dir=out", "--stats"] {
        let fails = |log: &str, files: &[&str], part: &str| {
            self::fails(folder.path(), &[&[mode, "--edits", log], files].concat(), b"", part);
        };
        fails("a.txt", &["a.txt"], "--edits a.txt is one of the files of the run: name another");
        fails("./empty.txt", &["a.txt", "empty.txt"], "--edits ./empty.txt is one of the files of the run");
        let writes = ["-w", "--out-dir=out"].contains(&mode);
        let no_log = if writes { "that is no log: name another" } else { "already, and only -w and --out-dir go on" };
        fails("log", &["a.txt"], &format!("--edits log holds something {no_log}"));
        fails("missing/log", &["a.txt"], "cannot write missing/log: ");
        fails("-", &["a.txt"], "a log of edits is a file of its own");
        fails("", &["a.txt"], "--edits needs a value: --edits LOG");
    }
    fails(folder.path(), &["--edits", "new", "new"], b"", "--edits new is one of the files of the run");
    fails(folder.path(), &["--out-dir=out", "--edits", "out/a.txt", "a.txt"], b"", "is one of the files of the run");
    if cfg!(unix) {
        let script = r#""$0" --edits same a.txt > same"#;
        let mut command = std::process::Command::new("sh");
        let output = command.args(["-c", script, super::PROGRAM]).current_dir(folder.path()).output();
        let reported = String::from_utf8(output.expect("there is an sh").stderr).expect("messages are UTF-8");
        assert_eq!(reported, "copydesk: --edits same is the output, too: name another\n");
    }
}

#[test]
fn records_come_in_the_order_of_the_files() {
    let text = |i: usize| {
        [FAULTY, &b"It flew over the USA again.\n".repeat(if i.is_multiple_of(7) { 9000 } else { i % 3 })].concat()
    };
    let texts: BTreeMap<String, Vec<u8>> = (0..150).map(|i| (format!("in/{}/{i}.txt", i % 4), text(i))).collect();
    let given: Vec<(&str, &[u8])> = texts.iter().map(|(name, text)| (&**name, &**text)).collect();
    let folder = folder(&given);
    for threads in ["1", "2", "5"] {
        let log = format!("log{threads}");
        let args = ["-rq", "--threads", threads, "in", "-w", "--edits", &log];
        assert_eq!(run(folder.path(), &args), (0, String::new(), String::new()));
        let written = read(folder.path(), &log);
        let named: Vec<&str> = texts.keys().map(|name| &**name).collect();
        assert_eq!(files(&written), named);
        let args = ["-rq", "--threads", threads, "in", "-w", "--undo", &log];
        assert_eq!(run(folder.path(), &args), (0, String::new(), String::new()));
        fs::remove_file(folder.path().join(&log)).expect("it is ours");
        assert!(tree(folder.path()) == texts);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_log_that_cannot_be_written_changes_no_file() {
    let folder = folder(&[("in/a.txt", FAULTY), ("in/b.txt", FAULTY), ("in/c.txt", MARKED)]);
    let before = tree(folder.path());
    for args in [
        &["-rqw", "in", "--threads", "2"][..],
        &["-w", "in/a.txt"],
        &["--check", "in/a.txt", "in/b.txt"],
        &["in/a.txt"],
    ] {
        let (status, _, reported) = run(folder.path(), &[args, &["--edits", "/dev/full"]].concat());
        assert!(
            status == 2 && reported.contains("cannot write /dev/full: No space left on device"),
            "{args:?}: {reported}"
        );
        assert!(tree(folder.path()) == before, "{args:?}");
    }
}

/// To open a named pipe would be to wait for the one that opens its other end.
#[cfg(unix)]
#[test]
fn a_log_is_no_pipe() {
    let folder = folder(&[("a.txt", FAULTY)]);
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("pipe")).status();
    assert!(made.expect("there is a mkfifo").success());
    let refuses = |args: &[&str], want: &str| {
        assert_eq!(run(folder.path(), args), (2, String::new(), format!("copydesk: {want}\n")));
    };
    refuses(&["--edits", "pipe", "a.txt"], "--edits pipe is a pipe: name a file");
    refuses(&["-w", "--edits", "pipe", "a.txt"], "--edits pipe is a pipe: name a file");
    refuses(&["--undo", "pipe", "a.txt"], "pipe is no regular file: write the log to one first");
    refuses(&["-w", "--undo", "pipe", "a.txt"], "pipe is no regular file: write the log to one first");
}

/// The log of a run that was stopped goes on with the next one, and undoes both.
#[test]
fn a_log_goes_on() {
    let folder = folder(&[("in/a.txt", FAULTY), ("in/b.txt", MARKED), ("in/c.txt", b"Fine.\n")]);
    let before = tree(&folder.path().join("in"));
    let clean = |args: &[&str]| assert_eq!(run(folder.path(), &[args, &["--edits", "log"]].concat()).0, 0);
    clean(&["-w", "in/a.txt"]);
    let first = read(folder.path(), "log");
    clean(&["-rw", "in"]);
    let log = read(folder.path(), "log");
    assert!(log.starts_with(&first) && files(&log) == ["in/a.txt", "in/b.txt", "in/c.txt"], "{log}");
    // A run that was killed while it wrote its records had not begun to write the file.
    fs::write(folder.path().join("in/b.txt"), &before["b.txt"]).expect("it is ours");
    let part = log.find("{\"file\":\"in/b").expect("it is there");
    let part = part + log[part..].find('\n').expect("a record is a line") + 9;
    fs::write(folder.path().join("log"), &log[..part]).expect("it is ours");
    clean(&["-rw", "in"]);
    clean(&["-rw", "in"]);
    assert!(read(folder.path(), "log").starts_with(&log[..log.find("{\"file\":\"in/b").expect("it is there")]));
    assert!(tree(&folder.path().join("in")) != before);
    let (status, _, reported) = run(folder.path(), &["-rw", "in", "--undo", "log"]);
    assert_eq!(status, 0, "{reported}");
    assert!(tree(&folder.path().join("in")) == before);
    // What was written all the same must not be lost.
    clean(&["-rw", "in"]);
    fs::write(folder.path().join("log"), &log[..part]).expect("it is ours");
    let why = "--edits log breaks off in the records of in/b.txt, which may be changed: name another";
    fails(folder.path(), &["-rqw", "in", "--edits", "log"], b"", why);
}
