//! Files of records: fields, what stays as it is, what is reported, threads, compressed files.

use std::io::{Read, Write};

use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;

use super::{cleans, copydesk, folder, is_one_line, refused, run, stderr, tree};

const LINES: &str = r#"{"id": 7, "text": "Ships sail to the USA.", "title": "In the USA"}
{"id": 8, "title": "Ferry strike ends", "text": "Ferry strike ends\n\nThe port is \"open\" again\u2026"}
"#;
const CLEAN: &str = r#"{"id": 7, "text": "Ships sail to the U.S.", "title": "In the USA"}
{"id": 8, "title": "Ferry strike ends", "text": "The port is \"open\" again\u2026"}
"#;

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text).and_then(|()| encoder.finish()).expect("memory takes everything")
}

fn gunzip(bytes: &[u8]) -> String {
    let mut text = String::new();
    MultiGzDecoder::new(bytes).read_to_string(&mut text).expect("it is gzip");
    text
}

fn zstd(text: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn a_file_of_records_is_known_by_its_name() {
    let csv = b"id,text\n1,\"Owls, and bats, fly to the USA.\"\n";
    let folder = folder(&[("a.jsonl", LINES.as_bytes()), ("a.csv", csv), ("a.tsv", b"text\nIn the USA.\n")]);
    assert_eq!(run(folder.path(), &["--title-field", "title", "a.jsonl"]), (0, CLEAN.into(), String::new()));
    let (status, out, _) = run(folder.path(), &["a.csv", "a.tsv"]);
    assert_eq!((status, &*out), (0, "id,text\n1,\"Owls, and bats, fly to the U.S.\"\ntext\nIn the U.S.\n"));
    cleans(&["--input-format", "jsonl", "--title-field", "title"], LINES.as_bytes(), CLEAN.as_bytes());
    cleans(&["--stdin-filename", "x.ndjson", "--title-field", "title"], LINES.as_bytes(), CLEAN.as_bytes());
    // As text it is cleaned as a whole.
    let (_, out, _) = run(folder.path(), &["--input-format", "text", "--only", "usa", "a.jsonl"]);
    assert_eq!(out.matches("U.S.").count(), 2);
}

#[test]
fn fields_are_named_by_key_pointer_column_and_number() {
    let nested = r#"{"article":{"body":["x","In the USA."]},"text":"In the USA."}"#;
    let want = r#"{"article":{"body":["x","In the U.S."]},"text":"In the USA."}"#;
    cleans(&["--input-format", "jsonl", "--field", "/article/body/1"], nested.as_bytes(), want.as_bytes());
    let (table, want) = (b"7,In the USA.,In the USA.\n", b"7,In the U.S.,In the USA.\n");
    cleans(&["--input-format", "csv", "--field", "1", "--field", "2"], table, want);
    let csv = b"id;lead;body\n1;In the USA.;In the USA.\n";
    let want = b"id;lead;body\n1;In the U.S.;In the U.S.\n";
    cleans(&["--input-format", "csv", "--field", "body", "--field", "2", "--field", "lead"], csv, want);
}

#[test]
fn a_missing_column_is_an_error_before_any_output() {
    let folder = folder(&[("a.csv", b"id,body\n1,In the USA.\n")]);
    for args in [&["a.csv"][..], &["--field", "text", "-w", "a.csv"], &["--field", "text", "--check", "a.csv"]] {
        let (status, out, message) = run(folder.path(), args);
        assert_eq!((status, &*out), (2, ""));
        assert_eq!(
            message.lines().next().unwrap_or_default(),
            "copydesk: a.csv: there is no column 'text'; there are 'id', 'body': --field NAME says which to clean"
        );
    }
    // Hooks name files of which nobody said that they are articles.
    let (status, _, message) = run(folder.path(), &["--check", "a.csv"]);
    assert_eq!((status, &*message), (0, "copydesk: skipped 1 file: -v names it\n"));
    assert_eq!(
        run(folder.path(), &["--check", "-q", "--field", "body", "a.csv"]),
        (1, "a.csv\n".into(), String::new())
    );
}

#[test]
fn what_can_not_be_cleaned_is_reported_with_its_line() {
    let text = "{\"text\":1}\nno json\n{\"body\":\"In the USA.\"}\n{\"text\":\"In the USA.\"}\n";
    let want = text.replace("\"text\":\"In the USA.\"", "\"text\":\"In the U.S.\"");
    let folder = folder(&[("a.jsonl", text.as_bytes())]);
    let reported = "copydesk: a.jsonl:1: record 1 is left as it is: the field 'text' is no string\n\
                    copydesk: a.jsonl:2: record 2 is left as it is: expected ident, at byte 2\n\
                    copydesk: a.jsonl:3: record 3 is left as it is: there is no field 'text'\n";
    assert_eq!(run(folder.path(), &["a.jsonl"]), (2, want.clone(), reported.into()));
    assert_eq!(run(folder.path(), &["--lenient", "a.jsonl"]), (0, want.clone(), reported.into()));
    let (status, _, message) = run(folder.path(), &["-wq", "a.jsonl"]);
    assert_eq!((status, &*message), (2, reported));
    assert_eq!(tree(folder.path())["a.jsonl"], want.as_bytes());
    let many = "{}\n".repeat(12);
    let assert = copydesk(&["--input-format", "jsonl"]).write_stdin(&*many).assert().code(2).stdout(many.clone());
    let message = stderr(&assert);
    assert!(
        message.ends_with("copydesk: <stdin>: 12 records or fields are left as they are; 10 of them are named\n"),
        "{message}"
    );
    assert_eq!(message.lines().count(), 11);
}

#[test]
fn edits_of_records_are_logged_and_undone() {
    let folder = folder(&[("a.jsonl", LINES.as_bytes())]);
    let path = folder.path();
    assert_eq!(run(path, &["-wq", "--edits", "log", "--title-field", "title", "a.jsonl"]).0, 0);
    assert_eq!(tree(path)["a.jsonl"], CLEAN.as_bytes());
    let log = String::from_utf8(tree(path)["log"].clone()).expect("it is JSON");
    let places: Vec<String> = log
        .lines()
        .filter_map(|line| {
            let record: serde_json::Value = serde_json::from_str(line).expect("it is JSON");
            Some(format!("{} {} {} {}", record["record"].as_u64()?, record["field"], record["line"], record["start"]))
        })
        .collect();
    assert_eq!(places, ["1 \"text\" 1 37", "2 \"text\" 2 116"]);
    assert_eq!(run(path, &["-wq", "--undo", "log", "a.jsonl"]).0, 0);
    assert_eq!(tree(path)["a.jsonl"], LINES.as_bytes());
}

#[test]
fn directories_are_searched_for_records_where_a_field_is_named() {
    let folder = folder(&[("in/a.jsonl", LINES.as_bytes()), ("in/b.txt", b"In the USA.\n"), ("in/c.py", b"USA\n")]);
    assert_eq!(run(folder.path(), &["-rq", "--check", "in"]).1, "in/b.txt\n");
    assert_eq!(run(folder.path(), &["-rq", "--check", "in", "--field", "text"]).1, "in/a.jsonl\nin/b.txt\n");
}

#[test]
fn options_that_miss_records_are_refused() {
    for args in [&["--field", "text"][..], &["--title-field", "t"], &["--field", "x", "--input-format", "text"]] {
        let message = refused(args);
        assert!(message.contains("--input-format jsonl, csv or tsv"), "{message}");
    }
    assert!(refused(&["--field", ""]).contains("--field: it is empty"));
}

/// Streams in several parts, with records and documents that are longer than one.
fn streams() -> [(Vec<&'static str>, Vec<u8>); 3] {
    let sentence = format!("Ships sail to the USA. {}", "It rains in the port, and nobody minds. ".repeat(30));
    let mut lines = String::new();
    let mut table = "id,text\n".to_owned();
    let mut texts = String::new();
    for i in 0..600 {
        let text = if i % 100 == 50 { sentence.repeat(400) } else { sentence.clone() };
        lines += &format!("{{\"id\":{i},\"text\":\"{text}\\n\\nAn end.\"}}\n");
        lines += if i % 90 == 1 { "no json\n" } else { "" };
        table += &format!("{i},\"{text}\n\n\"\"An\"\" end.\"\n");
        texts += &format!("{text}\n\nAn end.\n%%\n");
    }
    [
        (vec!["--input-format", "jsonl"], lines.into_bytes()),
        (vec!["--input-format", "csv"], table.into_bytes()),
        (vec!["--separator", "%%"], texts.into_bytes()),
    ]
}

#[test]
fn threads_change_nothing() {
    for (args, text) in streams() {
        let folder = folder(&[("in", &text)]);
        let outputs: Vec<_> = ["1", "2", "5"]
            .iter()
            .map(|threads| {
                let mut all = args.clone();
                all.extend(["--threads", threads, "--explain", "--edits", "log", "in"]);
                let ran = run(folder.path(), &all);
                let log = std::fs::read(folder.path().join("log")).expect("it is there");
                std::fs::remove_file(folder.path().join("log")).expect("it is there");
                (ran, log)
            })
            .collect();
        assert!(outputs[0].0.1.matches("U.S.").count() > 2500, "little is cleaned");
        for other in &outputs[1..] {
            assert!(*other == outputs[0], "{args:?}: threads make a difference");
        }
    }
}

/// What is there comes out while the input goes on, and a reader that goes is seen.
#[cfg(unix)]
#[test]
fn a_stream_with_threads_is_prompt() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    let mut child = Command::new(super::PROGRAM)
        .args(["--threads", "3", "--input-format", "jsonl", "--lenient"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("it is a pipe");
    let mut lines = BufReader::new(child.stdout.take().expect("it is a pipe")).lines();
    // The first bytes may be a mark, which is a piece of its own.
    write!(stdin, "\u{FEFF}{{}}\n{{}}\n").expect("it reads");
    assert_eq!(lines.next().expect("there is more").expect("it is UTF-8"), "\u{FEFF}{}");
    assert_eq!(lines.next().expect("there is more").expect("it is UTF-8"), "{}");
    for i in 0..20 {
        writeln!(stdin, "{{\"n\":{i},\"text\":\"In the USA.\"}}").expect("it reads");
        let line = lines.next().expect("there is more").expect("it is UTF-8");
        assert_eq!(line, format!("{{\"n\":{i},\"text\":\"In the U.S.\"}}"));
    }
    drop(lines);
    // Nobody reads: the next records end it, though the input has not ended.
    let status = loop {
        let _ = writeln!(stdin, "{{\"text\":\"In the USA.\"}}");
        if let Some(status) = child.try_wait().expect("it can be asked") {
            break status;
        }
        std::thread::yield_now();
    };
    assert!(status.success());
}

#[test]
fn compressed_files_stay_compressed() {
    let (gz, zst) = (gzip(LINES.as_bytes()), zstd(LINES.as_bytes()));
    let folder = folder(&[
        ("a.jsonl.gz", &gz),
        ("b.jsonl.zst", &zst),
        ("c.txt.gz", &gzip(b"In the USA.\n")),
        ("d.txt.gz", &gzip(b"It rains.\n")),
    ]);
    let path = folder.path();
    let titled = ["--title-field", "title"];
    let output =
        |args: &[&str]| copydesk(args).args(titled).current_dir(path).assert().code(0).get_output().stdout.clone();
    assert_eq!(gunzip(&output(&["a.jsonl.gz"])), CLEAN);
    assert_eq!(gunzip(&output(&["a.jsonl.gz", "c.txt.gz"])), format!("{CLEAN}In the U.S.\n"));
    assert_eq!(output(&["--decompress", "a.jsonl.gz", "b.jsonl.zst"]), format!("{CLEAN}{CLEAN}").as_bytes());
    let assert = copydesk(&["a.jsonl.gz", "b.jsonl.zst"]).args(titled).current_dir(path).assert().code(2);
    assert!(stderr(&assert).contains("b.jsonl.zst is not compressed as the one before it: add --decompress"));
    let before = tree(path);
    assert_eq!(run(path, &["-rqw", ".", "--edits", "log", "--field", "text", "--title-field", "title"]).0, 0);
    let after = tree(path);
    assert_eq!(gunzip(&after["a.jsonl.gz"]), CLEAN);
    assert_eq!(gunzip(&after["c.txt.gz"]), "In the U.S.\n");
    assert_eq!(after["d.txt.gz"], before["d.txt.gz"], "a clean file is touched");
    assert_eq!(run(path, &["-rqw", ".", "--undo", "log"]).0, 0);
    assert_eq!(gunzip(&tree(path)["a.jsonl.gz"]), LINES);
    assert_eq!(output(&["--decompress", "--only", "markers", "b.jsonl.zst"]), LINES.as_bytes());
}

/// Long enough that threads and a rewrite that begins late are in play.
#[test]
fn a_long_compressed_file_is_rewritten() {
    let mut text: String = (0..20_000).map(|i| format!("It rained on day {i}, and nobody minded.\n")).collect();
    text += "Ships sail to the USA.\n";
    let folder = folder(&[("a.txt.gz", &gzip(text.as_bytes())), ("b.txt.zst", &zstd(text.as_bytes()))]);
    assert_eq!(run(folder.path(), &["-wq", "a.txt.gz", "b.txt.zst"]).0, 0);
    let want = text.replace("USA.", "U.S.");
    assert_eq!(gunzip(&tree(folder.path())["a.txt.gz"]), want);
    assert_eq!(run(folder.path(), &["--decompress", "--only", "markers", "b.txt.zst"]).1, want);
}

#[test]
fn compressed_files_that_break_off_are_an_error() {
    let text = LINES.repeat(3000);
    let whole = [gzip(text.as_bytes()), zstd(text.as_bytes())];
    for (bytes, name) in whole.iter().zip(["a.jsonl.gz", "a.jsonl.zst"]) {
        for cut in [4, bytes.len() / 2, bytes.len() - 1] {
            let bytes = &bytes[..cut];
            let folder = folder(&[(name, bytes)]);
            let (status, _, message) = run(folder.path(), &["-wq", name]);
            assert_eq!(status, 2, "{message}");
            assert!(message.contains("breaks off") && is_one_line(&message), "{message}");
            assert_eq!(tree(folder.path()), [(name.to_owned(), bytes.to_vec())].into(), "something is written");
            let assert = copydesk(&[name]).current_dir(folder.path()).assert().code(2);
            let out = &assert.get_output().stdout;
            assert!(
                MultiGzDecoder::new(&**out).read_to_end(&mut Vec::new()).is_err() || out.is_empty(),
                "it looks whole"
            );
        }
    }
    // An archive of files holds no text.
    let folder = folder(&[("a.tar.gz", &gzip(&[b"name", &[0; 600][..]].concat()))]);
    let (status, out, message) = run(folder.path(), &["a.tar.gz"]);
    assert_eq!(
        (status, &*out, &*message),
        (2, "", "copydesk: a.tar.gz holds no text: decompress it to see what it is\n")
    );
}

/// `fixtures/records/NAME`: what the program makes of `input.EXT` with the arguments of `args`, one a line, is `expected.EXT`.
#[test]
fn fixtures_come_out_as_expected() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/records");
    let mut formats = std::collections::BTreeSet::new();
    for fixture in root.read_dir().expect("there are fixtures") {
        let fixture = fixture.expect("it can be read").path();
        let args = std::fs::read_to_string(fixture.join("args")).unwrap_or_default();
        let names = fixture.read_dir().expect("it is a folder").map(|file| file.expect("it can be read").file_name());
        let names = names.map(|name| name.into_string().expect("names are ASCII"));
        let input = names.into_iter().find(|name| name.starts_with("input.")).expect("there is an input");
        let want = std::fs::read(fixture.join(input.replace("input", "expected"))).expect("it can be read");
        for name in [&*input, &input.replace("input", "expected")] {
            let assert = copydesk(&["--isolated", name]).args(args.lines()).current_dir(&fixture).assert().code(0);
            let out = String::from_utf8_lossy(&assert.get_output().stdout).into_owned();
            assert_eq!(out, String::from_utf8_lossy(&want), "{}/{name}", fixture.display());
        }
        formats.insert(input);
    }
    assert_eq!(formats.into_iter().collect::<Vec<_>>(), ["input.csv", "input.jsonl", "input.tsv"]);
}
