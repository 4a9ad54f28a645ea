//! `--undo` with `--rule`, `--edit` and `--file`: what is chosen comes back, and the log is good for the rest.

use std::fs;

use super::edits::{CLEAN, FAULTY, MARKED, feed, read, records};
use super::{folder, refused, run, tree};

/// The country's name alone, and the title alone, come back from FAULTY.
const OLD_NAME: &[u8] = b"Owl set free\n\nIt flew to the USA.\n";
const OLD_TITLE: &[u8] = b"Owl set free\n\nOwl set free\n\nIt flew to the U.S.\n";

#[test]
fn a_log_goes_on_with_what_stays() {
    let folder = folder(&[("a.txt", FAULTY), ("in/b.txt", FAULTY), ("in/c.txt", MARKED)]);
    let before = tree(folder.path());
    let is =
        |name: &str, text: &[u8]| assert!(fs::read(folder.path().join(name)).expect("it is there") == text, "{name}");
    let all = ["-r", "-w", "a.txt", "in"];
    assert_eq!(run(folder.path(), &[&["-q", "--edits", "log"], &all[..]].concat()).0, 0);
    let undo = |args: &[&str]| run(folder.path(), &[&["--undo", "log"], args, &all[..]].concat());
    let (status, _, reported) = undo(&["--rule", "usa", "--file", "in/"]);
    assert!(status == 0 && reported.starts_with("copydesk: restored in/b.txt: 1 edit\n"), "{reported}");
    is("a.txt", CLEAN);
    is("in/b.txt", OLD_NAME);
    // What is done already is not done again, and the log says nothing new.
    let log = read(folder.path(), "log");
    assert!(undo(&["--reason", "country-form", "--file", "b.txt"]).2.contains(" 0 changed"));
    assert_eq!(read(folder.path(), "log"), log);
    assert_eq!(undo(&["-q", "--edit", "2"]), (0, String::new(), String::new()));
    is("a.txt", OLD_NAME);
    is("in/b.txt", OLD_NAME);
    // Cleaned again, all runs are undone, and the log of these runs takes part of that back as well.
    assert_eq!(run(folder.path(), &[&["-q", "--edits", "log"], &all[..]].concat()).0, 0);
    is("a.txt", CLEAN);
    assert_eq!(undo(&["-q", "--rule", "titles"]), (0, String::new(), String::new()));
    is("a.txt", OLD_TITLE);
    assert_eq!(undo(&["-q"]), (0, String::new(), String::new()));
    let now = tree(folder.path());
    assert!(before.iter().all(|(name, text)| now[name] == *text));
}

#[test]
fn on_stdout_another_log_has_what_stays() {
    let folder = folder(&[]);
    let text = [FAULTY, MARKED].concat();
    let (_, clean, _) = feed(folder.path(), &["--edits", "log"], &text);
    let (status, out, reported) = feed(folder.path(), &["--undo", "log", "--edit", "1", "--edits", "rest"], &clean);
    assert_eq!((status, &*reported), (0, ""));
    let titled = [OLD_TITLE, &clean[CLEAN.len()..]].concat();
    assert_eq!(String::from_utf8_lossy(&out), String::from_utf8_lossy(&titled));
    // The records of the edits that stay are what they were.
    let (log, rest) = (read(folder.path(), "log"), read(folder.path(), "rest"));
    let stay = |log: &str| records(log).into_iter().filter(|r| r["number"].as_u64() > Some(1)).collect::<Vec<_>>();
    assert!(stay(&log) == stay(&rest) && rest.lines().count() == log.lines().count() - 1, "{rest}");
    assert!(feed(folder.path(), &["--undo", "rest"], &out) == (0, text, String::new()));
    // What fails leaves nothing of itself.
    let (status, out, _) = feed(folder.path(), &["--undo", "log", "--edit", "1", "--edits", "none"], b"Other.\n");
    assert_eq!((status, out.len(), read(folder.path(), "none").len()), (2, 0, 0));
}

#[test]
fn another_folder_and_other_modes_take_a_choice() {
    let folder = folder(&[("a.txt", FAULTY)]);
    assert_eq!(run(folder.path(), &["-qw", "--edits", "log", "a.txt"]).0, 0);
    let undo = |args: &[&str]| run(folder.path(), &[&["--undo", "log", "--rule", "usa", "a.txt", "-q"], args].concat());
    assert_eq!(undo(&["--check"]), (1, "a.txt\n".to_owned(), String::new()));
    let diff = undo(&["--diff"]).1;
    assert!(diff.contains("\n+It flew to the USA.\n") && !diff.contains("+Owl"), "{diff}");
    assert_eq!(undo(&[]).1.as_bytes(), OLD_NAME);
    assert_eq!(undo(&["--out-dir", "out", "--edits", "rest"]), (0, String::new(), String::new()));
    assert!(tree(folder.path())["out/a.txt"] == OLD_NAME);
    let (status, _, reported) = run(folder.path(), &["--undo", "log", "--edit", "9", "-w", "a.txt"]);
    assert!(status == 0 && reported.starts_with("copydesk: nothing was put back: "), "{reported}");
    let (_, out, _) = feed(&folder.path().join("out"), &["--undo", "../rest", "a.txt"], b"");
    assert!(out == FAULTY);
}

#[test]
fn records_and_compressed_files_take_a_choice() {
    let lines = "{\"text\":\"It flew to the USA.\"}\n{\"text\":\"It left the USA.\"}\n";
    let folder = folder(&[("a.jsonl", lines.as_bytes()), ("b.txt", FAULTY)]);
    let gzip = std::process::Command::new("gzip").arg(folder.path().join("b.txt")).status();
    let files: &[&str] =
        if gzip.is_ok_and(|status| status.success()) { &["a.jsonl", "b.txt.gz"] } else { &["a.jsonl"] };
    let copydesk = |args: &[&str]| run(folder.path(), &[args, files].concat());
    let before: Vec<u8> = copydesk(&["--only", "usa", "--skip", "usa", "--decompress"]).1.into();
    assert_eq!(copydesk(&["-qw", "--edits", "log"]).0, 0);
    assert_eq!(copydesk(&["-qw", "--undo", "log", "--edit", "2"]), (0, String::new(), String::new()));
    let is = fs::read_to_string(folder.path().join("a.jsonl")).expect("it is text");
    assert_eq!(is, lines.replacen("USA", "U.S", 1));
    let log = records(&read(folder.path(), "log"));
    assert!(log.iter().rev().any(|r| r["record"] == 1 && r["field"] == "text"));
    assert_eq!(copydesk(&["-qw", "--undo", "log"]), (0, String::new(), String::new()));
    assert!(copydesk(&["--only", "usa", "--skip", "usa", "--decompress"]).1.into_bytes() == before);
}

/// Two runs edit the same words: one edit then, for the reasons of both.
#[test]
fn what_cannot_be_parted_is_put_back_whole() {
    let text = b"It flew to the USA.\n";
    let folder = folder(&[("a.txt", text)]);
    let clean = |args: &[&str]| run(folder.path(), &[&["-qw", "--edits", "log", "a.txt"], args].concat()).0;
    assert_eq!(clean(&["--only", "usa", "--usa-style", "US"]), 0);
    assert_eq!(clean(&["--only", "markers", "--marker", "the US"]), 0);
    let (status, _, reported) = run(folder.path(), &["-w", "--undo", "log", "--rule", "usa", "a.txt"]);
    assert_eq!(status, 0, "{reported}");
    assert!(
        reported.contains("copydesk: a.txt: 1 edit was made for other reasons as well, and put back whole\n"),
        "{reported}"
    );
    assert!(tree(folder.path())["a.txt"] == text);
}

#[test]
fn a_choice_is_one_of_an_undo() {
    assert!(refused(&["--rule", "usa"]).contains("--rule is of use only with --undo: add that"));
    assert!(refused(&["--undo", "log", "--edits", "new"]).contains("add --rule, --edit, --file or --refused"));
    assert!(refused(&["--undo", "log", "--edit", "2-1"]).contains("'2-1' is no number of an edit"));
    assert!(refused(&["--undo", "log", "--file", ""]).contains("--file: the pattern '' matches nothing"));
}
