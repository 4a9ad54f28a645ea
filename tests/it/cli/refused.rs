//! `--refused` and the configuration's key: what was refused is not proposed again, until its line is stale.

use std::fs;
use std::path::Path;

use super::edits::{FAULTY, MARKED, feed, read, records};
use super::{folder, refused, run, tree};

/// The lines that the page of a run saves for the edits with a reason.
fn lines(folder: &Path, args: &[&str], reason: &str) -> String {
    assert_eq!(run(folder, &[&["-q", "--check", "--review", "page.html"], args].concat()).0, 1);
    let page = read(folder, "page.html");
    fs::remove_file(folder.join("page.html")).expect("it is ours");
    let attribute = |part: &str, name: &str| {
        let value = part.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
        value.unwrap_or_else(|| panic!("{part} has no {name}")).0.to_owned()
    };
    let articles = page.split("<article ").skip(1);
    let of_article = |article: &str| {
        let file = attribute(article, "data-file");
        let edits = article.split("class=\"edit ").skip(1).filter(|edit| attribute(edit, "data-reasons") == reason);
        edits.map(|edit| format!("{} - {reason} {file}\n", attribute(edit, "data-key"))).collect::<String>()
    };
    articles.map(of_article).collect()
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("there is room");
}

/// As the hooks call it: the files by their names, with the configuration of their folder.
#[test]
fn what_a_configuration_refuses_is_not_proposed_again() {
    let folder = folder(&[("in/a.txt", FAULTY), ("in/b.txt", MARKED), ("in/deep/c.txt", FAULTY)]);
    let files = ["in/a.txt", "in/b.txt", "in/deep/c.txt"];
    let list = lines(folder.path(), &files, "country-form").replace(" in/", " ").replace("deep/c.txt", "a.txt");
    write(folder.path(), "in/copydesk.toml", "refused = \"the list\"\n");
    write(folder.path(), "in/the list", &format!("# Ours.\n{list}"));
    let all = |args: &[&str]| run(folder.path(), &[args, &["--"], &files].concat());
    let (status, _, told) = all(&["--write", "--edits", "log"]);
    let rewrote =
        ["a.txt: 1 edit", "b.txt: 1 edit", "deep/c.txt: 2 edits"].map(|end| format!("copydesk: rewrote in/{end}\n"));
    assert_eq!((status, told), (0, rewrote.concat()));
    let now = tree(folder.path());
    assert!(now["in/a.txt"] == b"Owl set free\n\nIt flew to the USA.\n" && now["in/deep/c.txt"].ends_with(b" U.S.\n"));
    assert_eq!(records(&read(folder.path(), "log")).iter().filter(|r| r["number"].is_u64()).count(), 4);
    // Then nothing is left to be done, whatever is asked, from wherever.
    for args in [&["--check"][..], &["--diff"], &["--write"]] {
        assert_eq!(all(args), (0, String::new(), String::new()));
    }
    assert_eq!(run(&folder.path().join("in/deep"), &["--check", "../a.txt"]), (0, String::new(), String::new()));
    assert_eq!(all(&["--check", "--isolated"]).0, 1);
    assert_eq!(run(folder.path(), &["-w", "--undo", "log", "-q", "in/a.txt"]), (0, String::new(), String::new()));
    assert!(tree(folder.path())["in/a.txt"] == FAULTY);
}

/// A page names files as the list in force does.
#[test]
fn a_page_goes_on_with_a_list() {
    let folder = folder(&[("in/a.txt", FAULTY), ("copydesk.toml", b"refused = 'list'\n"), ("list", b"")]);
    let inner = folder.path().join("in");
    let list = lines(&inner, &["a.txt"], "adjacent-copy");
    assert!(list.ends_with(" in/a.txt\n"), "{list}");
    write(folder.path(), "list", &list);
    // What is refused is on no page.
    assert_eq!(lines(&inner, &["a.txt"], "adjacent-copy"), "");
    assert_eq!(lines(&inner, &["a.txt"], "country-form").lines().count(), 1);
}

#[test]
fn moved_text_keeps_its_refusals_and_a_stale_line_is_reported() {
    let folder = folder(&[("a.txt", FAULTY)]);
    let list = lines(folder.path(), &["a.txt"], "country-form");
    write(folder.path(), "list", &format!("{list}00000000000000ff usa country-form a.txt\n"));
    let more = ["Night falls\n\nThe pier was empty at noon.\n\n", "It flew to the USA. A gull had seen it.\n"].concat();
    write(folder.path(), "a.txt", &more.replace("It flew", "It flew to the USA.\n\nIt flew"));
    let stale = "copydesk: list:2: a.txt has no such edit any more: remove the line\n";
    let check = |args: &[&str]| run(folder.path(), &[&["-q", "--check", "--refused", "list", "a.txt"], args].concat());
    // One of the two has other words after it.
    let explained = check(&["--output-format", "json"]);
    assert_eq!((explained.0, &*explained.2), (1, stale));
    assert_eq!(explained.1.matches("\"before\"").count(), 1, "{}", explained.1);
    assert!(explained.1.contains("\"line\":7"), "{}", explained.1);
    // A reason that is not looked for is no proof that the edit is gone; nor is a file that is not read.
    assert_eq!(check(&["--only", "titles"]), (0, String::new(), String::new()));
    write(folder.path(), "b.txt", "Rain.\n");
    assert_eq!(run(folder.path(), &["--check", "--refused", "list", "b.txt"]), (0, String::new(), String::new()));
}

/// Edits beside each other are put back one after the other, by the lists of one page: the log knows them by its keys.
#[test]
fn lists_of_one_page_are_undone_one_by_one() {
    let text = b"Rain fell\n\nRain fell\n\nBoats sail to the USA and the USA and the US and back.\n";
    let folder = folder(&[("a.txt", text)]);
    let list = lines(folder.path(), &["a.txt"], "country-form");
    let (log, page) = (["--edits", "log"], ["--review", "page.html"]);
    assert_eq!(run(folder.path(), &[&["-qw", "a.txt"], &log[..], &page].concat()).0, 0);
    assert_eq!(
        run(folder.path(), &["-qw", "--undo", "log", "--rule", "titles", "a.txt"]),
        (0, String::new(), String::new())
    );
    for (line, was) in list.lines().zip([
        "USA and the U.S. and the U.S.",
        "USA and the USA and the U.S.",
        "USA and the USA and the US",
    ]) {
        write(folder.path(), "list", line);
        let undone = run(folder.path(), &["-qw", "--undo", "log", "--refused", "list", "a.txt"]);
        assert_eq!(undone, (0, String::new(), String::new()));
        assert!(read(folder.path(), "a.txt").contains(&format!("to the {was} and back")), "{was}");
    }
    assert!(tree(folder.path())["a.txt"] == text);
}

/// Fields of records, and the texts of a stream, on one thread and on two.
#[test]
fn records_and_streams_are_refused_too() {
    let lines_of = |row: fn(usize) -> String| (0..9000).map(row).collect::<String>();
    let json = lines_of(|i| {
        format!("{{\"id\":{i},\"text\":\"Boat {i} left the USA.\\n\\nIt went to the USA, {i} said.\"}}\n")
    });
    let table = String::from("id,text\n") + &lines_of(|i| format!("{i},\"Boat {i} left the USA.\"\n"));
    let stream = lines_of(|i| format!("Boat {i}\n\nBoat {i} left the USA at {i}.\n====\n"));
    let folder = folder(&[("a.jsonl", json.as_bytes()), ("b.csv", table.as_bytes()), ("c.txt", stream.as_bytes())]);
    let files = ["--separator", "====", "a.jsonl", "b.csv", "c.txt"];
    let list = lines(folder.path(), &files, "country-form");
    let every_third: String = list.split_inclusive('\n').step_by(3).collect();
    write(folder.path(), "list", &every_third);
    let clean = |args: &[&str]| {
        let clean =
            |file: &str| run(folder.path(), &[&["--refused", "list", "--separator", "====", file], args].concat());
        ["a.jsonl", "b.csv", "c.txt"].map(clean)
    };
    let cleaned = clean(&["-j1"]);
    for (i, (status, text, told)) in cleaned.iter().enumerate() {
        let refused = if i == 0 { 6000 } else { 3000 };
        assert_eq!((*status, &**told, text.matches("USA").count()), (0, "", refused), "{i}");
    }
    assert!(clean(&["-j2"]) == cleaned);
    assert_eq!(run(folder.path(), &[&["-qw", "-j2", "--refused", "list"], &files[..]].concat()).0, 0);
    for ((_, text, _), name) in cleaned.iter().zip(["a.jsonl", "b.csv", "c.txt"]) {
        assert!(read(folder.path(), name) == *text, "{name}");
    }
    assert_eq!(run(folder.path(), &[&["--check", "--refused", "list"], &files[..]].concat()).0, 0);
}

/// Names and comments in a list are none of the texts.
#[test]
fn a_list_is_not_cleaned_itself() {
    let line = "# Names that the ships of the USA have, and of others: they sail every week.\n";
    let folder = folder(&[("in/list.txt", line.as_bytes()), ("in/other.txt", line.as_bytes())]);
    write(folder.path(), "in/copydesk.toml", "refused = 'list.txt'\n");
    let check = |args: &[&str]| run(folder.path(), &[&["-qr", "--check", "in"], args].concat()).1;
    assert_eq!(check(&[]), "in/other.txt\n");
    assert_eq!(check(&["--isolated", "--refused", "in/other.txt"]), "in/list.txt\n");
    assert_eq!(check(&["--refused", "in/other.txt"]), "");
}

#[test]
fn stdin_has_refusals_under_its_own_name() {
    let folder = folder(&[("a.txt", FAULTY)]);
    let list = lines(folder.path(), &["a.txt"], "adjacent-copy");
    write(folder.path(), "list", &list.replace("a.txt", "-"));
    let copies = feed(folder.path(), &["--refused", "list"], FAULTY);
    assert!(copies == (0, b"Owl set free\n\nOwl set free\n\nIt flew to the U.S.\n".to_vec(), String::new()));
    write(folder.path(), "list", &list);
    assert!(feed(folder.path(), &["--refused", "list", "--stdin-filename", "a.txt"], FAULTY) == copies);
    // A text that ends early ends so, with what waited.
    assert!(
        feed(folder.path(), &["--refused", "list", "--stdin-filename", "a.txt"], b"In the USA").1 == b"In the U.S."
    );
}

#[test]
fn a_list_that_cannot_be_read_is_an_error() {
    let folder = folder(&[("a.txt", FAULTY), ("copydesk.toml", b"\nrefused = 'list'\n"), ("in/b.txt", b"")]);
    let check = || run(folder.path(), &["--check", "a.txt"]);
    let (status, _, told) = check();
    assert!(status == 2 && told.starts_with("copydesk: copydesk.toml:2: refused: cannot read list: "), "{told}");
    write(folder.path(), "copydesk.toml", "refused = 'in'\n");
    assert!(check().2.contains("refused: in is no regular file: name another"));
    write(folder.path(), "copydesk.toml", "refused = ['a', 'b']\n");
    assert!(check().2.contains("refused: expected a string, found array"));
    assert!(refused(&["--refused", "none"]).contains("cannot read none"));
    assert!(refused(&["--from-log", "x", "--review", "p", "--refused", "y"]).contains("exclude each other"));
}
