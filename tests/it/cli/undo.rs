//! `--undo`: what comes back, over all runs that a log has records of, and what can't.

use std::fs;

use insta::assert_snapshot;

use super::edits::{CLEAN, FAULTY, MARKED, fails, feed, files, read};
use super::{copydesk, folder, is_one_line, refused, run, tree};

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
    assert_eq!(run(folder.path(), &["--undo", "log", "-qw", "all.txt"]), (0, String::new(), String::new()));
    assert!(tree(folder.path())["all.txt"] == whole);
    // What is put back already stays.
    assert!(feed(folder.path(), &["--undo", "log"], &whole) == (0, whole, String::new()));
    for other in [&out[1..], &out[..out.len() - 1], &[&out[..], b"\n"].concat()] {
        fails(folder.path(), &["--undo", "log"], other, "cannot undo <stdin>: it is not the text that log belongs to");
    }
}

#[test]
fn undo_goes_where_cleaning_goes() {
    let folder = folder(&[("a.txt", FAULTY), ("b.txt", CLEAN), ("c.txt", MARKED)]);
    let before = tree(folder.path());
    let all = ["a.txt", "./b.txt", "c.txt"];
    assert_eq!(run(folder.path(), &[&["-w", "--edits", "log"], &all[..]].concat()).0, 0);
    let undo = |args: &[&str]| run(folder.path(), &[args, &["-q", "--undo", "log"], &all[..]].concat());
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
            let (status, out, told) = run(folder.path(), &[mode, "-q", "--undo", "log", "a.txt", "c.txt"]);
            assert!(status == 2 && is_one_line(&told) && !out.contains("a.txt"), "{mode}: {told}{out}");
            assert!(told.starts_with("copydesk: cannot undo a.txt: it is not the text that log belongs to"), "{told}");
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
    fs::write(folder.path().join("in/new.txt"), "New.\n").expect("there is room");
    let (status, _, told) = run(folder.path(), &["-rw", "in", "--undo", "in/log"]);
    assert_eq!(status, 0);
    assert_snapshot!(told, @r"
    copydesk: restored in/a.txt: 2 edits
    copydesk: restored in/more/b.txt: 1 edit
    copydesk: 2 files, 2 changed, 3 edits (markers 1, titles 1, truncation 0, usa 1), 2 left out, 0 errors
    ");
    let now = tree(folder.path());
    assert!(before.iter().all(|(name, text)| now[name] == *text) && now["in/new.txt"] == b"New.\n");
}

#[test]
fn what_goes_not_together_is_refused() {
    for args in [
        &["--only", "usa"][..],
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
        assert!(message.contains("exclude each other"), "{message}");
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
            "{\"file\":\"a\",\"start\":1,\"before\":\"\",\"after\":\"x\",\"rules\":[],\"reasons\":[]}\n{\"file\":\"b\",\"input_bytes\":0,\"input_crc32\":0,\"output_bytes\":0,\"output_crc32\":0}\n",
            "bad:2 can't be used: the records before it are not all",
        ),
    ] {
        fs::write(folder.path().join("bad"), log).expect("there is room");
        fails(folder.path(), &["--undo", "bad", "-w", "a.txt"], b"", part);
        fails(folder.path(), &["--undo", "bad"], CLEAN, part);
    }
    fails(folder.path(), &["--undo", "missing"], CLEAN, "cannot open missing: ");
    fails(folder.path(), &["--undo", "more"], CLEAN, "more is no regular file: write the log to one first");
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
        let breaks_off = match length - first {
            0 => "",
            1 => "copydesk: part breaks off in its last line\n",
            _ => "copydesk: part breaks off in the records of b.txt\n",
        };
        assert_eq!(told, format!("{breaks_off}copydesk: restored a.txt: 1 edit\n"));
        assert!(tree(folder.path())["a.txt"] == before["a.txt"]);
        // What was written and can't be put back is an error; what was not written is as it was.
        let (status, _, told) = run(folder.path(), &["-w", "--undo", "part", "b.txt"]);
        assert_eq!(status, 2);
        let why = if length - first > 1 { "part breaks off in its records" } else { "it is not in part" };
        assert!(told.contains(&format!("copydesk: cannot undo b.txt: {why}")), "{told}");
        assert!(tree(folder.path())["b.txt"] == after["b.txt"]);
        fs::write(folder.path().join("b.txt"), &before["b.txt"]).expect("it is ours");
        let (status, _, _) = run(folder.path(), &["-w", "--undo", "part", "b.txt"]);
        let has_an_edit = length > log.len() - 100;
        assert_eq!(status, if has_an_edit { 0 } else { 2 }, "{length}");
        fs::write(folder.path().join("b.txt"), &after["b.txt"]).expect("it is ours");
        fs::write(folder.path().join("a.txt"), &after["a.txt"]).expect("it is ours");
    }
}

/// Every run on a file is undone, whatever the order of their logs; so is a stream that went through several.
#[test]
fn several_runs_are_undone_in_any_order() {
    let folder = folder(&[("a.txt", FAULTY), ("b.txt", MARKED)]);
    let before = tree(folder.path());
    let runs = [("one", "US"), ("two", "USA"), ("two", "USA"), ("three", "U.S.")];
    for (log, style) in runs {
        assert_eq!(run(folder.path(), &["-w", "--usa-style", style, "--edits", log, "a.txt", "b.txt"]).0, 0);
    }
    let after = tree(folder.path());
    assert!(after["a.txt"] != before["a.txt"]);
    for logs in [["one", "two", "three"], ["three", "one", "two"], ["two", "three", "one"]] {
        let undo: Vec<&str> = logs.iter().flat_map(|log| ["--undo", log]).collect();
        let (status, diff, told) = run(folder.path(), &[&undo[..], &["--diff", "a.txt"]].concat());
        assert!(
            status == 1 && diff.contains("\n-It flew to the U.S.\n+Owl set free\n+\n+It flew to the USA.\n"),
            "{diff}{told}"
        );
        assert_eq!(run(folder.path(), &[&undo[..], &["-w", "a.txt", "b.txt"]].concat()).0, 0);
        let now = tree(folder.path());
        assert!(before.iter().all(|(name, text)| now[name] == *text), "{logs:?}");
        fs::write(folder.path().join("a.txt"), &after["a.txt"]).expect("it is ours");
        fs::write(folder.path().join("b.txt"), &after["b.txt"]).expect("it is ours");
    }
    // Without the one between nothing leads back.
    fails(
        folder.path(),
        &["--undo", "one", "-qw", "a.txt"],
        b"",
        "cannot undo a.txt: it is not the text that one belongs to",
    );
    let (_, once, _) = feed(folder.path(), &["--edits", "four", "--usa-style", "US"], FAULTY);
    let (_, twice, _) = feed(folder.path(), &["--edits", "five"], &once);
    for undo in [["--undo", "four", "--undo", "five"], ["--undo", "five", "--undo", "four"]] {
        assert!(feed(folder.path(), &undo, &twice) == (0, FAULTY.to_vec(), String::new()));
    }
}

#[test]
fn what_the_log_does_not_know_is_told_as_such() {
    let folder = folder(&[("in/owl.txt", FAULTY), ("in/fine.txt", b"Fine.\n"), ("new.txt", b"New.\n")]);
    assert_eq!(run(folder.path(), &["-rqw", "in", "--edits", "log"]).0, 0);
    fails(folder.path(), &["-w", "--undo", "log", "in/owls.txt"], b"", "cannot open in/owls.txt");
    fs::write(folder.path().join("in/owls.txt"), CLEAN).expect("there is room");
    let why = "cannot undo in/owls.txt: it is not in log (did you mean 'in/owl.txt'?), and not what went to stdout";
    fails(folder.path(), &["-w", "--undo", "log", "in/owls.txt"], b"", why);
    fails(folder.path(), &["-w", "--undo", "log", "new.txt"], b"", "cannot undo new.txt: it is not in log");
    // A file without edits has nothing to be undone, whatever became of it.
    fs::write(folder.path().join("in/fine.txt"), "Finer.\n").expect("it is ours");
    assert_eq!(run(folder.path(), &["-w", "--undo", "log", "in/fine.txt"]), (0, String::new(), String::new()));
    // What is gone can't be put back.
    fs::remove_file(folder.path().join("in/owl.txt")).expect("it is ours");
    for folders in [&["in"][..], &["."], &["./in/"]] {
        let (status, _, told) = run(folder.path(), &[&["-rqw", "--undo", "log"], folders].concat());
        let want = "copydesk: cannot undo in/owl.txt: log names it, and it is not there\n";
        assert_eq!((status, &*told), (2, want), "{folders:?}");
    }
    let (status, _, told) = run(&folder.path().join("in"), &["-rqw", "--undo", "../log", "../"]);
    assert_eq!(status, 0);
    assert!(told.starts_with("copydesk: found no file that the log names"), "{told}");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_utf_8_come_back() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = folder(&[]);
    let name = OsStr::from_bytes(b"owl\xFF.txt");
    fs::write(folder.path().join(name), FAULTY).expect("there is room");
    let mut command = copydesk(&["-qw", "--edits", "log"]);
    command.arg(name).current_dir(folder.path()).assert().code(0).stderr("");
    assert!(
        read(folder.path(), "log")
            .starts_with(r#"{"file_hex":"6f776cff2e747874","number":1,"line":3,"column":1,"start":14,"#)
    );
    let mut command = copydesk(&["-rqw", ".", "--undo", "log"]);
    command.current_dir(folder.path()).assert().code(0).stderr("");
    assert!(fs::read(folder.path().join(name)).expect("it is there") == FAULTY);
}
