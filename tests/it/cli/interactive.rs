//! `--interactive` on a terminal, by `script` of util-linux: each answer does what help says of it.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::edits::{CLEAN, FAULTY, MARKED, read, records};
use super::{PROGRAM, folder, refused, run, tree};

/// The title alone, and the country's name alone, are clean in FAULTY.
const TITLED: &[u8] = b"Owl set free\n\nIt flew to the USA.\n";
const NAMED: &[u8] = b"Owl set free\n\nOwl set free\n\nIt flew to the U.S.\n";

/// What makes the program hear Ctrl-C also where a shell has its background jobs ignore it, as far as `env` can do that.
fn hearing() -> &'static str {
    let known = Command::new("env").args(["--default-signal=INT", "true"]).stderr(Stdio::null()).status();
    if known.is_ok_and(|status| status.success()) { "env --default-signal=INT " } else { "" }
}

/// A run on a terminal, and what it has shown.
struct Terminal {
    child: Child,
    keys: Option<ChildStdin>,
    screen: ChildStdout,
    shown: String,
}

impl Terminal {
    /// `None`: there is no `script`.
    fn start(folder: &Path, args: &str) -> Option<Self> {
        let version = Command::new("script").arg("--version").output().ok();
        if !version.is_some_and(|version| String::from_utf8_lossy(&version.stdout).contains("util-linux")) {
            eprintln!("skipped: there is no `script` of util-linux here");
            return None;
        }
        let mut child = Command::new("script")
            .args(["-qec", &format!("{}'{PROGRAM}' --interactive --color never {args}", hearing()), "/dev/null"])
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let (keys, screen) = (child.stdin.take(), child.stdout.take().expect("it has a stdout"));
        Some(Self { child, keys, screen, shown: String::new() })
    }

    /// Types an answer when it is asked for.
    fn answer(&mut self, typed: &str) {
        let mut seen = Vec::new();
        while !seen.ends_with(b"]? ") {
            let mut byte = [0];
            let n = self.screen.read(&mut byte).expect("the terminal can be read");
            assert!(n > 0, "nothing is asked: {}", String::from_utf8_lossy(&seen));
            seen.extend_from_slice(&byte);
        }
        self.shown += &String::from_utf8(seen).expect("what is shown is UTF-8");
        self.keys.as_mut().expect("it is open").write_all(typed.as_bytes()).expect("the terminal takes it");
    }

    /// How it ends, and all that it has shown.
    fn end(mut self) -> (Option<i32>, String) {
        self.screen.read_to_string(&mut self.shown).expect("what is shown is UTF-8");
        drop(self.keys.take());
        let status = self.child.wait().expect("it is ours");
        (status.code(), self.shown.replace("\r\n", "\n"))
    }
}

/// Gives answers, and nothing else is asked. `None`: there is no terminal.
fn answered(folder: &Path, args: &str, answers: &str) -> Option<(Option<i32>, String)> {
    let mut terminal = Terminal::start(folder, args)?;
    answers.chars().for_each(|answer| terminal.answer(&format!("{answer}\n")));
    Some(terminal.end())
}

#[test]
fn each_edit_is_asked_about_and_shown() {
    let folder = folder(&[("a.txt", FAULTY), ("b.txt", b"Fine.\n")]);
    let Some((status, shown)) = answered(folder.path(), "--edits log a.txt b.txt", "ny") else { return };
    assert_eq!(status, Some(0), "{shown}");
    let first = "\na.txt:3:1: repeated-title (adjacent-copy): edit 1 of 2\n(The line right after a title repeats it)\n\
                 Owl set free\n\n[-Owl set free⏎⏎-]\nIt flew to the USA.\nMake this edit [y,n,a,d,A,D,q,?]? ";
    assert!(shown.contains(first), "{shown}");
    assert!(
        shown.contains("It flew to the [-USA.-]{+U.S.+}\n") && shown.ends_with("copydesk: rewrote a.txt: 1 edit\n")
    );
    assert!(fs::read(folder.path().join("a.txt")).expect("it is there") == NAMED);
    // The log has what was made.
    let log = records(&read(folder.path(), "log"));
    assert_eq!(log.iter().filter_map(|record| record["reasons"][0].as_str()).collect::<Vec<_>>(), ["country-form"]);
    assert_eq!(run(folder.path(), &["-qw", "--undo", "log", "a.txt"]), (0, String::new(), String::new()));
    assert!(tree(folder.path())["a.txt"] == FAULTY);
}

/// The answers that go for more than one edit.
#[test]
fn answers_go_for_a_file_or_for_a_reason() {
    let names = ["a.txt", "b.txt", "c.txt"];
    for (answers, want) in [
        ("adyy", [CLEAN, FAULTY, CLEAN]),
        ("Dyyy", [NAMED, NAMED, NAMED]),
        ("nAyn", [NAMED, CLEAN, NAMED]),
        ("AA", [CLEAN, CLEAN, CLEAN]),
        ("DnA", [FAULTY, NAMED, NAMED]),
        ("AD", [TITLED, TITLED, TITLED]),
    ] {
        let folder = folder(&names.map(|name| (name, FAULTY)));
        let Some((status, shown)) = answered(folder.path(), "-q a.txt b.txt c.txt", answers) else { return };
        assert_eq!(status, Some(0), "{shown}");
        let is = names.map(|name| fs::read(folder.path().join(name)).expect("it is there"));
        assert!(is == want.map(<[u8]>::to_vec), "{answers}: {shown}");
    }
}

/// What was written stays, the file at hand and the rest are as they were.
#[test]
fn a_run_that_is_left_loses_nothing() {
    for (typed, status) in [("q\n", 0), ("\x04", 0), ("\x03", 130)] {
        let folder = folder(&[("a.txt", FAULTY), ("b.txt", FAULTY), ("c.txt", FAULTY)]);
        let Some(mut terminal) = Terminal::start(folder.path(), "--edits log a.txt b.txt c.txt") else { return };
        ["y\n", "y\n", "y\n", typed].iter().for_each(|typed| terminal.answer(typed));
        let (code, shown) = terminal.end();
        assert_eq!(code, Some(status), "{shown}");
        let end = "\ncopydesk: stopped: this file and those after it are as they were; run it again for the rest\n";
        assert!(shown.ends_with(end), "{shown:?}");
        let is = tree(folder.path());
        assert!(is["a.txt"] == CLEAN && is["b.txt"] == FAULTY && is["c.txt"] == FAULTY && is.len() == 4, "{shown}");
        assert_eq!(super::edits::files(&read(folder.path(), "log")), ["a.txt"]);
    }
}

#[test]
fn what_is_no_answer_is_answered_with_help() {
    let folder = folder(&[("in/\u{1b}[2J.txt", b"It \x1b[2J flew to the USA.\n")]);
    let Some(mut terminal) = Terminal::start(folder.path(), "-r in") else { return };
    ["?\n", "\n", "yes\n", "r\n", " y \n"].iter().for_each(|typed| terminal.answer(typed));
    let (status, shown) = terminal.end();
    assert_eq!((status, shown.matches("y - make this edit\nn - do not").count()), (Some(0), 4), "{shown}");
    assert!(!shown.contains("\u{1b}[2J") && !shown.contains("--refused") && !shown.contains(" files, "), "{shown:?}");
    assert!(shown.contains("It \\u{1b}[2J flew") && shown.contains("1 file, 1 changed, 1 edit"), "{shown:?}");
}

#[test]
fn an_edit_may_be_refused_for_ever() {
    let twice = [MARKED, b"\n[an error occurred while processing the directive]\n"].concat();
    let folder = folder(&[("a.txt", FAULTY), ("b.txt", &twice), ("list", b"# Ours.")]);
    let Some((status, shown)) = answered(folder.path(), "--refused list a.txt b.txt", "yrr") else { return };
    assert_eq!(status, Some(0), "{shown}");
    assert!(shown.contains("Make this edit [y,n,a,d,A,D,r,q,?]? "), "{shown}");
    let list = read(folder.path(), "list");
    let lines: Vec<&str> = list.lines().collect();
    assert!(lines[1].ends_with(" country-name country-form a.txt") && lines[2].ends_with(" b.txt"), "{list}");
    // Edits that read alike are refused together, and nothing is asked again.
    assert_eq!(lines.len(), 3, "{list}");
    let all = ["--check", "--refused", "list", "a.txt", "b.txt"];
    assert_eq!(run(folder.path(), &all), (0, String::new(), String::new()));
    assert!(tree(folder.path())["a.txt"] == TITLED && tree(folder.path())["b.txt"] == twice);
    // What is left is not added.
    let Some((_, shown)) = answered(folder.path(), "--isolated --refused list --usa-style US a.txt", "q") else {
        return;
    };
    assert!(shown.contains("[-USA.-]{+US.+}") && read(folder.path(), "list") == list, "{shown}");
}

#[test]
fn records_and_compressed_files_are_asked_about() {
    let folder = folder(&[
        ("a.jsonl", b"{\"text\":\"It flew to the USA.\"}\n{\"text\":\"It left the USA.\"}\n"),
        ("b.txt", FAULTY),
    ]);
    let gzip = Command::new("gzip").arg(folder.path().join("b.txt")).status();
    let (files, answers) = match gzip {
        Ok(status) if status.success() => ("a.jsonl b.txt.gz", "nyny"),
        _ => ("a.jsonl", "ny"),
    };
    let Some((status, shown)) = answered(folder.path(), files, answers) else { return };
    assert_eq!(status, Some(0), "{shown}");
    assert_eq!(read(folder.path(), "a.jsonl"), "{\"text\":\"It flew to the USA.\"}\n{\"text\":\"It left the U.S.\"}\n");
    if answers.len() > 2 {
        assert_eq!(run(folder.path(), &["--decompress", "--only", "markers", "b.txt.gz"]).1.as_bytes(), NAMED);
    }
}

#[test]
fn a_terminal_and_files_are_needed() {
    assert!(
        refused(&["--interactive", "a.txt"]).contains("--interactive asks on a terminal, and stdin or stderr is none")
    );
    assert!(refused(&["--interactive", "--check", "a.txt"]).contains("exclude each other"));
    let folder = folder(&[]);
    let Some(terminal) = Terminal::start(folder.path(), "") else { return };
    let (status, shown) = terminal.end();
    assert!(status == Some(2) && shown.contains("name FILEs with --interactive"), "{shown}");
}
