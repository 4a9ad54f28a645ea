//! What is no article: structured files are recognised by their names and by how they begin, and are left alone unless the user
//! says otherwise.

use insta::{allow_duplicates, assert_snapshot};

use super::{copydesk, folder, is_one_line, run, stderr, tree};

const TEXT: &[u8] = b"Ships sail to the USA.\n";
const JSON: &[u8] = b"{\"text\": \"Ships sail to the USA.\"}\n";
const CSV: &[u8] = b"id,title,text\n1,Ships,They sail to the USA.\n2,Owls,\"They fly,\nthey say, to the USA.\"\n";

/// Inputs that say by their first bytes that they are no article.
const STREAMS: [(&[u8], &str); 6] = [
    (JSON, "JSON"),
    (b"\xEF\xBB\xBF\n[\n  {\"text\": \"to the USA\"}]\n", "JSON"),
    (b"<?xml version=\"1.0\"?><p>To the USA.</p>\n", "XML"),
    (b"<!DOCTYPE html>\n<p>To the USA.</p>\n", "HTML"),
    (CSV, "CSV"),
    (b"id\ttitle\ttext\n1\tShips\tTo the USA.\n2\tOwls\tTo the USA.", "TSV"),
];

#[test]
fn a_structured_stream_is_refused() {
    for (text, what) in STREAMS {
        let fields = match what {
            "JSON" => "--input-format jsonl cleans a field of each record, ",
            "CSV" => "--input-format csv cleans a column, ",
            "TSV" => "--input-format tsv cleans a column, ",
            _ => "",
        };
        let text_too = "--input-format text cleans it all the same";
        let want = format!("copydesk: <stdin> is {what}, no article: {fields}{text_too}\n");
        copydesk(&[]).write_stdin(text).assert().code(2).stdout("").stderr(want);
        let folder = folder(&[("a.txt", TEXT), ("feed.txt", text)]);
        let (status, out, err) = run(folder.path(), &["a.txt", "feed.txt", "a.txt"]);
        assert_eq!((status, &*out), (2, "Ships sail to the U.S.\nShips sail to the U.S.\n"));
        assert!(is_one_line(&err) && err.contains(&format!("feed.txt is {what}, no article")), "{err}");
    }
}

/// However the bytes come in.
#[cfg(unix)]
#[test]
fn reads_make_no_difference() {
    use std::io::Write;
    use std::process::{Command, Stdio};
    for size in [1, 3, 20] {
        let mut child =
            Command::new(super::PROGRAM).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let child = child.as_mut().expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        for piece in CSV.chunks(size) {
            // It ends as soon as it knows.
            let _ = stdin.write_all(piece);
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        drop(stdin);
        assert_eq!(child.wait().expect("it is ours").code(), Some(2), "{size}");
    }
}

#[test]
fn named_files_are_skipped_and_change_no_status() {
    let names = ["feed.json", "feed.txt", "module.py", "page.html", "table.tab", "notes.yaml", "CMakeLists.txt"];
    let texts = [JSON, JSON, TEXT, TEXT, CSV, TEXT, TEXT];
    let files: Vec<(&str, &[u8])> = names.into_iter().zip(texts).collect();
    let folder = folder(&files);
    let before = tree(folder.path());
    for mode in ["-w", "--check", "--diff", "--out-dir=out"] {
        let counted = run(folder.path(), &[&[mode], &names[..]].concat());
        assert_eq!(counted, (0, String::new(), "copydesk: skipped 7 files: -v names them\n".to_owned()));
        let (status, out, err) = run(folder.path(), &[&["-v", mode], &names[..]].concat());
        assert_eq!((status, &*out), (0, ""), "{mode}");
        allow_duplicates!(assert_snapshot!(err, @r"
        copydesk: skipped: feed.json is JSON, no article: --input-format jsonl cleans a field of each record, --input-format text cleans it all the same
        copydesk: skipped: feed.txt is JSON, no article: --input-format jsonl cleans a field of each record, --input-format text cleans it all the same
        copydesk: skipped: module.py is source code, no article: --input-format text cleans it all the same
        copydesk: skipped: page.html is HTML, no article: --input-format text cleans it all the same
        copydesk: skipped: table.tab is TSV, no article: --input-format tsv cleans a column, --input-format text cleans it all the same
        copydesk: skipped: notes.yaml is YAML, no article: --input-format text cleans it all the same
        copydesk: skipped: CMakeLists.txt is source code, no article: --input-format text cleans it all the same
        "));
        assert_eq!(run(folder.path(), &[&["-q", mode], &names[..]].concat()), (0, String::new(), String::new()));
        assert!(tree(folder.path()) == before, "{mode}");
    }
    for name in names {
        let (status, out, err) = run(folder.path(), &[name]);
        assert_eq!((status, &*out), (2, ""), "{name}");
        assert!(is_one_line(&err), "{err}");
    }
    copydesk(&["--check"]).write_stdin(JSON).assert().code(0).stdout("");
}

#[test]
fn found_files_are_left_out_and_counted() {
    let folder = folder(&[("in/a.txt", TEXT), ("in/feed.txt", JSON), ("in/table.md", CSV), ("in/b.csv", CSV)]);
    let (_, _, err) = run(folder.path(), &["-r", "--check", "-v", "in", "--glob", "!feed.txt"]);
    assert!(err.contains("left out: in/b.csv: its name is not that of a text\n"), "{err}");
    assert!(err.contains("left out: in/table.md is CSV, no article"), "{err}");
    let (status, out, err) = run(folder.path(), &["-r", "--check", "in", "--glob", "*"]);
    assert_eq!((status, &*out), (1, "in/a.txt\n"));
    assert_snapshot!(err, @r"
    copydesk: 1 file, 1 would change, 1 edit (markers 0, titles 0, truncation 0, usa 1), 3 left out, 0 errors
    copydesk: 1 file would change: -w in place of --check rewrites it, --diff shows how
    ");
}

#[test]
fn the_format_can_be_said() {
    let folder = folder(&[("feed.json", JSON), ("in/table.txt", CSV)]);
    for (text, what) in STREAMS {
        let assert =
            copydesk(&["--input-format", "text", "--only", "usa"]).write_stdin(text).assert().code(0).stderr("");
        let out = String::from_utf8_lossy(&assert.get_output().stdout).into_owned();
        // A line of markup is another matter.
        assert!(["XML", "HTML"].contains(&what) || out.contains("U.S.") && !out.contains("USA"), "{out}");
    }
    assert_eq!(run(folder.path(), &["--input-format", "text", "-qw", "feed.json"]), (0, String::new(), String::new()));
    assert_eq!(tree(folder.path())["feed.json"], b"{\"text\": \"Ships sail to the U.S.\"}\n");
    assert_eq!(run(folder.path(), &["--input-format", "text", "-rq", "--check", "in"]).1, "in/table.txt\n");
    let message = super::refused(&["--input-format", "yaml"]);
    assert!(message.contains("--input-format: 'yaml' is none of its values: use text, jsonl, csv, tsv"), "{message}");
}

#[test]
fn markers_are_stripped_of_everything() {
    let text = b"{\"text\": \"Rain [an error occurred while processing this directive] fell in the USA.\"}\n";
    let want = b"{\"text\": \"Rain fell in the USA.\"}\n";
    let folder = folder(&[
        ("feed.json", text),
        ("in/a.txt", text),
        ("two/copydesk.toml", b"only = 'markers'\n"),
        ("two/feed.json", text),
    ]);
    for args in
        [&["--only", "markers", "feed.json"][..], &["--skip", "titles,usa,truncation", "feed.json"], &["two/feed.json"]]
    {
        assert_eq!(
            run(folder.path(), args),
            (0, String::from_utf8_lossy(want).into_owned(), String::new()),
            "{args:?}"
        );
    }
    copydesk(&["--only", "markers"]).write_stdin(&text[..]).assert().code(0).stdout(&want[..]).stderr("");
    assert_eq!(run(folder.path(), &["-rqw", "in", "--only", "markers"]).0, 0);
    assert_eq!(tree(folder.path())["in/a.txt"], want);
    let assert = copydesk(&["--only", "markers,usa"]).write_stdin(&text[..]).assert().code(2);
    assert!(is_one_line(&stderr(&assert)));
}

/// What would be an article if it were unpacked, and can't be.
#[test]
fn other_compressed_input_is_refused() {
    for (bytes, with) in [(&b"\xFD7zXZ\0\0"[..], "xz"), (b"BZh91AY&SY", "bzip2")] {
        let advice = format!("is compressed: decompress it first ({with} -dc)\n");
        copydesk(&[]).write_stdin(bytes).assert().code(2).stdout("").stderr(format!("copydesk: <stdin> {advice}"));
        let folder = folder(&[("a.txt", bytes)]);
        for args in [&["a.txt"][..], &["-w", "a.txt"], &["--only", "markers", "--input-format", "text", "a.txt"]] {
            assert_eq!(run(folder.path(), args), (2, String::new(), format!("copydesk: a.txt {advice}")), "{args:?}");
        }
    }
}
