//! `--edits` and `--undo`: every edit is in the log, and by it the input comes back, byte for byte, or nothing is written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{copydesk, folder, is_one_line, refused, run, tree};

const FAULTY: &[u8] = b"Owl set free\n\nOwl set free\n\nIt flew to the USA.\n";
const CLEAN: &[u8] = b"Owl set free\n\nIt flew to the U.S.\n";
/// Only removals, so that what is left reads as what was there.
const MARKED: &[u8] = b"Rain.\n\n[an error occurred while processing the directive]\n\nWind.\n";

/// Runs in a folder with a text on stdin; the exit status, stdout and stderr.
fn feed(folder: &Path, args: &[&str], text: &[u8]) -> (i32, Vec<u8>, String) {
    let mut command = copydesk(args);
    let output = command.current_dir(folder).write_stdin(text).output().expect("the program starts");
    let told = String::from_utf8(output.stderr).expect("messages are UTF-8");
    (output.status.code().expect("it ends by itself"), output.stdout, told)
}

/// Cleans a text from stdin to stdout, and puts it back. Gives the log.
fn there_and_back(args: &[&str], text: &[u8]) -> String {
    let folder = folder(&[]);
    let (status, cleaned, told) = feed(folder.path(), &[args, &["--edits", "log"]].concat(), text);
    assert_eq!((status, &*told), (0, ""));
    assert!(feed(folder.path(), &["--undo", "log"], &cleaned) == (0, text.to_vec(), String::new()));
    read(folder.path(), "log")
}

fn read(folder: &Path, log: &str) -> String {
    fs::read_to_string(folder.join(log)).expect("a log is UTF-8")
}

fn records(log: &str) -> Vec<Value> {
    assert!(log.is_empty() || log.ends_with('\n'), "{log}");
    log.lines().map(|line| serde_json::from_str(line).expect("a record is JSON")).collect()
}

/// The files that a log has records of, in its order.
fn files(log: &str) -> Vec<String> {
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
fn fails(folder: &Path, args: &[&str], text: &[u8], part: &str) {
    let before = tree(folder);
    let (status, out, told) = feed(folder, args, text);
    assert_eq!((status, &*out), (2, &b""[..]), "{args:?}: {told}");
    assert!(is_one_line(&told) && told.contains(part), "{args:?}: {told}");
    assert!(tree(folder) == before, "{args:?} wrote something");
}

#[test]
fn records_say_what_was_done() {
    let log = there_and_back(&[], FAULTY);
    let want = [
        json!({"file": "-", "start": 14, "before": "Owl set free\n\n", "after": "", "rules": ["repeated-title"]}),
        json!({"file": "-", "start": 43, "before": "USA.", "after": "U.S.", "rules": ["country-name"]}),
        json!({"file": "-", "input_bytes": 48, "input_crc32": 3_886_048_703_u32}),
    ];
    assert_eq!(records(&log), want);
    assert!(log.starts_with(r#"{"file":"-","start":14,"before":"Owl set free\n\n","after":"","rules":["#), "{log}");
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
    // All at once: one behind the other, and in place.
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
fn texts_one_behind_the_other_come_back() {
    let folder = folder(&[("a.txt", FAULTY), ("b.txt", b"Fine.\n"), ("c.txt", b""), ("d.txt", b"In the USA")]);
    let args = ["--edits", "log", "a.txt", "b.txt", "c.txt", "-", "d.txt", "a.txt"];
    let (status, out, told) = feed(folder.path(), &args, MARKED);
    assert_eq!((status, &*told), (0, ""));
    assert_eq!(files(&read(folder.path(), "log")), ["a.txt", "b.txt", "c.txt", "-", "d.txt", "a.txt"]);
    let whole = [FAULTY, b"Fine.\n", MARKED, b"In the USA", FAULTY].concat();
    assert!(feed(folder.path(), &["--undo", "log"], &out) == (0, whole.clone(), String::new()));
    // In a file that the run did not know, too.
    fs::write(folder.path().join("all.txt"), &out).expect("there is room");
    assert_eq!(run(folder.path(), &["--undo", "log", "-w", "all.txt"]), (0, String::new(), String::new()));
    assert!(tree(folder.path())["all.txt"] == whole);
    for other in [&out[1..], &out[..out.len() - 1], &[&out[..], b"\n"].concat(), &whole] {
        fails(folder.path(), &["--undo", "log"], other, "cannot undo <stdin>: it is not the text that log belongs to");
    }
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
        let got = run(folder.path(), &[args, &files, &["--edits", "log", "--threads", "3"]].concat());
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
fn undo_goes_where_cleaning_goes() {
    let folder = folder(&[("a.txt", FAULTY), ("b.txt", CLEAN), ("c.txt", MARKED)]);
    let before = tree(folder.path());
    let all = ["a.txt", "./b.txt", "c.txt"];
    assert_eq!(run(folder.path(), &[&["-w", "--edits", "log"], &all[..]].concat()).0, 0);
    let undo = |args: &[&str]| run(folder.path(), &[args, &["--undo", "log"], &all[..]].concat());
    assert_eq!(undo(&["--check"]), (1, "a.txt\nc.txt\n".to_owned(), String::new()));
    let (status, out, told) = undo(&["--diff", "--stats"]);
    assert!(
        status == 1 && out.contains("\n-It flew to the U.S.\n") && out.contains("\n+It flew to the USA.\n"),
        "{out}"
    );
    assert!(told.contains("country-name"), "{told}");
    let whole: Vec<u8> = before.values().flatten().copied().collect();
    assert_eq!(undo(&[]), (0, String::from_utf8(whole).expect("it is text"), String::new()));
    assert_eq!(undo(&["--out-dir", "old"]).0, 0);
    assert!(tree(&folder.path().join("old")) == before);
    assert_eq!(undo(&["-w"]), (0, String::new(), String::new()));
    // Once more: what is put back already stays.
    assert_eq!(undo(&["-w"]), (0, String::new(), String::new()));
    assert_eq!(undo(&["--check"]), (0, String::new(), String::new()));
    let now = tree(folder.path());
    assert!(before.iter().all(|(name, text)| now[name] == *text));
    fails(folder.path(), &["--undo", "log"], MARKED, "it is not the text that log belongs to");
}

#[test]
fn another_text_is_not_undone() {
    let lost = b"Owl set lost\n\nIt flew to the U.S.\n";
    let folder = folder(&[("a.txt", FAULTY), ("c.txt", MARKED)]);
    assert_eq!(run(folder.path(), &["-w", "--edits", "log", "a.txt", "c.txt"]).0, 0);
    let clean = tree(folder.path());
    for text in [&lost[..], b"", &[CLEAN, b"More.\n"].concat(), &CLEAN[..CLEAN.len() - 1], b"USA"] {
        fs::write(folder.path().join("a.txt"), text).expect("it is ours");
        for mode in ["-w", "--out-dir=out", "--diff"] {
            let (status, out, told) = run(folder.path(), &[mode, "--undo", "log", "a.txt", "c.txt"]);
            assert!(status == 2 && is_one_line(&told) && !out.contains("a.txt"), "{mode}: {told}{out}");
            assert!(
                told.starts_with("copydesk: cannot undo a.txt: it is not the text that log belongs to ("),
                "{told}"
            );
        }
        let now = tree(folder.path());
        assert!(now["a.txt"] == text && now["c.txt"] == MARKED && !now.contains_key("out/a.txt"));
        fs::write(folder.path().join("c.txt"), &clean["c.txt"]).expect("it is ours");
    }
}

#[test]
fn a_directory_may_hold_its_log() {
    let folder = folder(&[("in/a.txt", FAULTY), ("in/more/b.txt", MARKED)]);
    let before = tree(folder.path());
    assert_eq!(run(folder.path(), &["-rqw", "in", "--edits", "in/log"]), (0, String::new(), String::new()));
    assert_eq!(files(&read(folder.path(), "in/log")), ["in/a.txt", "in/more/b.txt"]);
    fails(folder.path(), &["-rqw", "in", "--edits", "in/log"], b"", "--edits in/log is one of the files of the run");
    fs::write(folder.path().join("in/new.txt"), "New.\n").expect("there is room");
    let (status, _, told) = run(folder.path(), &["-rw", "in", "--undo", "in/log"]);
    let want = "copydesk: skipped: in/log is not in the log\ncopydesk: skipped: in/new.txt is not in the log\n";
    assert!(status == 0 && told.starts_with(want), "{told}");
    let now = tree(folder.path());
    assert!(before.iter().all(|(name, text)| now[name] == *text) && now["in/new.txt"] == b"New.\n");
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
        fails("log", &["a.txt"], "--edits log holds something already: name another, or remove it");
        fails("missing/log", &["a.txt"], "cannot write missing/log: ");
        fails("-", &["a.txt"], "a log of edits is a file of its own");
        fails("", &["a.txt"], "a value is required for '--edits <LOG>'");
    }
    fails(folder.path(), &["--edits", "new", "new"], b"", "--edits new is one of the files of the run");
    fails(folder.path(), &["--out-dir=out", "--edits", "out/a.txt", "a.txt"], b"", "is one of the files of the run");
    if cfg!(unix) {
        let script = r#""$0" --edits same a.txt > same"#;
        let mut command = std::process::Command::new("sh");
        let output = command.args(["-c", script, super::PROGRAM]).current_dir(folder.path()).output();
        let told = String::from_utf8(output.expect("there is an sh").stderr).expect("messages are UTF-8");
        assert_eq!(told, "copydesk: --edits same is the output, too: name another\n");
    }
}

#[test]
fn what_goes_not_together_is_refused() {
    for args in [
        &["--edits", "log"][..],
        &["--only", "usa"],
        &["--skip", "usa"],
        &["--marker", "x"],
        &["--truncated", "keep"],
        &["--usa-style", "US"],
        &["--usa-headlines", "US"],
        &["--protect", "Quay USA"],
        &["--separator", "%%"],
        &["--config", "x"],
    ] {
        let message = refused(&[args, &["--undo", "log"]].concat());
        assert!(message.contains("cannot be used with"), "{message}");
    }
    assert!(refused(&["--undo", "-"]).contains("a log of edits is a file of its own"));
    assert!(refused(&["--undo", "log", "-w"]).contains("name FILEs with -w"));
}

#[test]
fn what_is_no_log_is_refused() {
    let folder = folder(&[("a.txt", CLEAN), ("more/b.txt", b"")]);
    assert_eq!(run(folder.path(), &["--check", "--edits", "log", "a.txt"]).0, 0);
    let end = read(folder.path(), "log");
    for (log, part) in [
        ("It rained.\n", "bad:1 can't be used: "),
        (&*format!("{end}\n"), "bad:2 can't be used: "),
        (&*format!("{end}{{}}\n"), "bad:2 can't be used: it has no file"),
        (
            "{\"file\":\"a\",\"start\":1,\"before\":\"\",\"after\":\"x\",\"rules\":[]}\n{\"file\":\"b\",\"input_bytes\":0,\"input_crc32\":0}\n",
            "bad:2 can't be used: the records before it are not all",
        ),
    ] {
        fs::write(folder.path().join("bad"), log).expect("there is room");
        fails(folder.path(), &["--undo", "bad", "-w", "a.txt"], b"", part);
        fails(folder.path(), &["--undo", "bad"], CLEAN, part);
    }
    fails(folder.path(), &["--undo", "missing"], CLEAN, "cannot open missing: ");
    fails(folder.path(), &["--undo", "more"], CLEAN, "--undo more is no regular file");
}

/// A run that was killed, or a disk that was full, leaves the records of whole files, and perhaps a part.
#[test]
fn a_log_that_breaks_off_undoes_the_files_before() {
    let folder = folder(&[("a.txt", MARKED), ("b.txt", FAULTY)]);
    let before = tree(folder.path());
    assert_eq!(run(folder.path(), &["-w", "--edits", "log", "a.txt", "b.txt"]).0, 0);
    let (after, log) = (tree(folder.path()), read(folder.path(), "log"));
    let first = log.find("{\"file\":\"b").expect("both are in it");
    for length in [first, first + 1, first + 30, log.len() - 40, log.len() - 1] {
        fs::write(folder.path().join("part"), &log[..length]).expect("there is room");
        let (status, _, told) = run(folder.path(), &["-w", "--undo", "part", "a.txt"]);
        assert_eq!(status, 0, "{told}");
        assert_eq!(told.is_empty(), length == first, "{told}");
        assert!(told.is_empty() || told.starts_with("copydesk: part breaks off: "), "{told}");
        assert!(tree(folder.path())["a.txt"] == before["a.txt"]);
        let (status, _, _) = run(folder.path(), &["-w", "--undo", "part", "b.txt"]);
        assert_eq!(status, 2);
        assert!(tree(folder.path())["b.txt"] == after["b.txt"]);
        fs::write(folder.path().join("a.txt"), &after["a.txt"]).expect("it is ours");
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
        let (status, _, told) = run(folder.path(), &[args, &["--edits", "/dev/full"]].concat());
        assert!(status == 2 && told.contains("cannot write /dev/full: No space left on device"), "{args:?}: {told}");
        assert!(tree(folder.path()) == before, "{args:?}");
    }
}

/// A pipe may take the log; one whose reader has gone is an error, unlike a reader of the text.
#[cfg(unix)]
#[test]
fn a_log_may_go_to_a_pipe() {
    let folder = folder(&[("a.txt", FAULTY)]);
    let sh = |script: &str| {
        let mut command = std::process::Command::new("sh");
        let output = command.args(["-c", script, super::PROGRAM]).current_dir(folder.path()).output();
        let output = output.expect("there is an sh");
        let text = |bytes| String::from_utf8(bytes).expect("it is UTF-8");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (status, log, told) = sh(r#"{ "$0" a.txt --edits /dev/fd/3 3>&1 > out; } | cat"#);
    assert_eq!((status, records(&log).len(), &*told), (Some(0), 3, ""));
    let late = r#"mkfifo p; : < p & { sleep 0.3; printf 'In the USA'; } | { "$0" --edits p > out; echo $?; }"#;
    let (_, status, told) = sh(late);
    assert!(status == "2\n" && told == "copydesk: cannot write p: Broken pipe (os error 32)\n", "{status}{told}");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_utf_8_come_back() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = folder(&[]);
    let name = OsStr::from_bytes(b"owl\xFF.txt");
    fs::write(folder.path().join(name), FAULTY).expect("there is room");
    let mut command = copydesk(&["-w", "--edits", "log"]);
    command.arg(name).current_dir(folder.path()).assert().code(0).stderr("");
    assert!(read(folder.path(), "log").starts_with(r#"{"file_hex":"6f776cff2e747874","start":14,"#));
    let mut command = copydesk(&["-rqw", ".", "--undo", "log"]);
    command.current_dir(folder.path()).assert().code(0).stderr("");
    assert!(fs::read(folder.path().join(name)).expect("it is there") == FAULTY);
}
