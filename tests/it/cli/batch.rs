//! `-r`: which files are taken, what is reported of them and in which order.

use std::fs;

use insta::assert_snapshot;

use super::{copydesk, folder, refused, run, tree};

const FAULTY: &[u8] = b"Owl set free\n\nIt flew to the USA.\n";
const CLEAN: &[u8] = b"Owl set free\n\nIt flew to the U.S.\n";

#[test]
fn a_batch_says_what_becomes_of_the_files() {
    assert_snapshot!(refused(&["-r", "."]), @"copydesk: -r does not say what becomes of the files: add -w (rewrite them), --out-dir DIR, --check or --diff");
    assert_snapshot!(refused(&["-r", "--check"]), @"copydesk: -r needs a PATH: name a directory ('.' is this one)");
    let folder = folder(&[("in/a.txt", FAULTY)]);
    for args in [&["in"][..], &["-w", "in"], &["--check", "in"]] {
        let reported = "copydesk: in is a directory: add -r (with -w, --out-dir DIR, --check or --diff), or name the files in it\n";
        assert_eq!(run(folder.path(), args), (2, String::new(), reported.to_owned()));
    }
}

#[test]
fn a_directory_is_rewritten() {
    let folder = folder(&[("in/a.txt", FAULTY), ("in/b.txt", CLEAN), ("in/more/c.md", FAULTY), ("other.txt", FAULTY)]);
    for flag in ["-r", "--batch", "--recursive"] {
        let (status, out, _) = run(folder.path(), &[flag, "--check", "in"]);
        assert_eq!((status, &*out), (1, "in/a.txt\nin/more/c.md\n"), "{flag}");
    }
    let (status, out, err) = run(folder.path(), &["-r", "-w", "in"]);
    assert_eq!((status, &*out), (0, ""));
    assert_snapshot!(err, @r"
    copydesk: rewrote in/a.txt: 1 edit
    copydesk: rewrote in/more/c.md: 1 edit
    copydesk: 3 files, 2 changed, 2 edits (markers 0, titles 0, truncation 0, usa 2), 0 errors
    ");
    let tree = tree(folder.path());
    assert_eq!([&*tree["in/a.txt"], &*tree["in/more/c.md"], &*tree["other.txt"]], [CLEAN, CLEAN, FAULTY]);
    assert_eq!(tree.len(), 4);
    assert_eq!(run(folder.path(), &["-rqw", "in"]), (0, String::new(), String::new()));
}

#[test]
fn hidden_and_ignored_files_are_left_out() {
    let files: &[(&str, &[u8])] = &[
        (".git/HEAD", b"ref: refs/heads/main\n"),
        (".gitignore", b"*.log\nbuild/\n"),
        (".ignore", b"raw.txt\n"),
        (".hidden.txt", FAULTY),
        ("a.txt", FAULTY),
        ("b.log", FAULTY),
        ("build/c.txt", FAULTY),
        ("raw.txt", FAULTY),
        ("x.md", FAULTY),
    ];
    let folder = folder(files);
    let takes = |args: &[&str], want: &[&str]| {
        let (_, out, err) = run(folder.path(), &[&["-r", "--check", "-q"], args].concat());
        assert_eq!((out.lines().collect::<Vec<_>>(), &*err), (want.to_vec(), ""), "{args:?}");
    };
    takes(&["."], &["a.txt", "x.md"]);
    takes(&[".", "-g", "*.txt"], &[".hidden.txt", "a.txt", "raw.txt"]);
    takes(&[".", "-g", "*.log"], &["b.log"]);
    takes(&[".", "-g", "!*.md"], &["a.txt"]);
    takes(&[".", "--glob", "*.{txt,md}", "--glob", "!a.*", "--glob", "!.*"], &["raw.txt", "x.md"]);
    // What is named is taken.
    takes(&["b.log", ".hidden.txt"], &["b.log", ".hidden.txt"]);
    takes(&["build"], &["build/c.txt"]);
    let (status, out, err) = run(folder.path(), &["-r", "--check", ".", "-g", "a["]);
    assert_eq!((status, &*out), (2, ""));
    assert!(super::is_one_line(&err) && err.contains("the glob 'a[' is wrong"), "{err}");
}

/// What is no article by its name stays as it is: code, data, and the texts that every repository holds.
#[test]
fn texts_are_taken_by_their_names() {
    let names = [
        "CMakeLists.txt",
        "COPYING",
        "LICENSE",
        "LICENSE-MIT.txt",
        "README.MD",
        "a.markdown",
        "a.rst",
        "a.text",
        "deep/COPYING.md",
        "deep/module.py",
        "notes",
        "requirements-dev.txt",
    ];
    let all: Vec<(&str, &[u8])> = names.iter().map(|&name| (name, FAULTY)).collect();
    let folder = folder(&all);
    let takes = |args: &[&str], want: &[&str]| {
        let (_, out, err) = run(folder.path(), &[&["-r", "--check", "-q", "."], args].concat());
        assert_eq!((out.lines().collect::<Vec<_>>(), &*err), (want.to_vec(), ""), "{args:?}");
    };
    takes(&[], &["README.MD", "a.markdown", "a.text"]);
    takes(&["-g", "*.rst"], &["a.rst"]);
    takes(
        &["-g", "*", "--input-format", "text"],
        &["README.MD", "a.markdown", "a.rst", "a.text", "deep/module.py", "notes"],
    );
    takes(
        &["-g", "*", "-g", "LICENSE*"],
        &["LICENSE", "LICENSE-MIT.txt", "README.MD", "a.markdown", "a.rst", "a.text", "notes"],
    );
    takes(&["-g", "requirements*.txt", "-g", "deep/COPYING*"], &["deep/COPYING.md", "requirements-dev.txt"]);
    // What is named is taken.
    takes(&["LICENSE", "-g", "*.rst"], &["a.rst", "LICENSE"]);
    fs::write(folder.path().join("copydesk.toml"), "include = ['*.rst', 'COPYING', '!a.text']\n")
        .expect("there is room");
    takes(&[], &["COPYING", "a.rst"]);
    takes(&["-g", "*.text"], &["a.text"]);
    fs::remove_file(folder.path().join("copydesk.toml")).expect("it is ours");
    let (_, _, err) = run(folder.path(), &["-r", "-w", "."]);
    assert!(
        err.ends_with(
            "copydesk: 3 files, 3 changed, 3 edits (markers 0, titles 0, truncation 0, usa 3), 9 left out, 0 errors\n"
        ),
        "{err}"
    );
}

#[test]
fn a_folder_without_texts_is_reported() {
    let folder = folder(&[("in/a.py", FAULTY), ("in/LICENSE", FAULTY), ("in/deep/b", FAULTY)]);
    let reported = "copydesk: found no file to clean (3 left out): -r takes *.txt, *.text, *.md, *.markdown, or what --glob and 'include' say\n";
    for args in [&["-rw", "in"][..], &["-rqw", "in"], &["-rq", "--check", "in", "in/deep"]] {
        let want = if args.len() > 3 { reported.replace("3 left", "4 left") } else { reported.to_owned() };
        assert_eq!(run(folder.path(), args), (0, String::new(), want), "{args:?}");
    }
    let (status, _, err) = run(folder.path(), &["-rqw", "in", "--glob", "*.txt"]);
    assert_eq!((status, &*err), (0, &*reported.replace(" (3 left out)", "")));
}

#[test]
fn what_is_no_text_is_skipped() {
    let folder = folder(&[("in/a.txt", FAULTY), ("in/b.txt", b"In the USA.\0\n"), ("in/c.txt", b"\xFE\xFF\0U\0S\0A")]);
    let before = tree(folder.path());
    let (status, _, err) = run(folder.path(), &["-rw", "--out-dir", "out", "in"]);
    assert_eq!((status, err.contains("exclude each other")), (2, true));
    let (status, _, err) = run(folder.path(), &["-r", "--out-dir", "out", "in"]);
    let counted =
        "copydesk: 1 file, 1 changed, 1 edit (markers 0, titles 0, truncation 0, usa 1), 2 skipped, 0 errors\n";
    assert_eq!((status, err.as_str()), (0, counted));
    let (status, _, err) = run(folder.path(), &["-rwv", "in"]);
    assert_eq!(status, 0);
    assert_snapshot!(err, @r"
    copydesk: rewrote in/a.txt: 1 edit
    copydesk: skipped: in/b.txt is binary (there is a NUL byte among its first 8000): leave it out
    copydesk: skipped: in/c.txt is UTF-16, not UTF-8: convert it first (iconv -f UTF-16BE -t UTF-8)
    copydesk: 1 file, 1 changed, 1 edit (markers 0, titles 0, truncation 0, usa 1), 2 skipped, 0 errors
    ");
    let after = tree(folder.path());
    assert!(after["in/b.txt"] == before["in/b.txt"] && after["in/c.txt"] == before["in/c.txt"]);
    assert_eq!(run(folder.path(), &["-r", "-w", "in", "--quiet"]), (0, String::new(), String::new()));
}

/// Whatever thread is faster: names, diffs, explanations and errors come in the order of the files.
#[test]
fn what_is_emitted_has_an_order() {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for i in 0..300 {
        let (folder, name) = (i % 7, i % 10);
        // Some take longer than all others.
        let text = if i % 50 == 0 { FAULTY.repeat(300) } else { FAULTY.to_vec() };
        files.push((format!("in/{folder}/{name}-{i}.txt"), text));
    }
    files.push(("in/3/5-bin.txt".to_owned(), b"\0".to_vec()));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, t)| (n.as_str(), t.as_slice())).collect();
    let folder = folder(&files);
    for mode in ["--check", "--diff"] {
        let reported = |threads: &str| {
            run(folder.path(), &["-r", mode, "in", "--explain", "--stats", "missing", "--threads", threads])
        };
        let one = reported("1");
        assert_eq!(one.0, 2);
        for threads in ["2", "8"] {
            assert!(reported(threads) == one, "{mode} {threads}");
        }
        if mode == "--check" {
            assert_eq!(one.1.lines().count(), 300);
            assert!(one.1.lines().is_sorted());
        }
    }
}

/// A tree of somebody else's may have a link to a device there, and reading that has no end.
#[cfg(target_os = "linux")]
#[test]
fn what_says_what_is_ignored_must_be_a_file() {
    let long = b"a\n".repeat(200_000);
    let folder = folder(&[("a.txt", FAULTY), ("zero/b.txt", FAULTY), ("long/c.txt", FAULTY), ("long/.ignore", &long)]);
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("zero/.gitignore")).expect("a link can be made");
    let (status, out, err) = run(folder.path(), &["-rq", "--check", "."]);
    assert_eq!((status, &*out), (2, "a.txt\n"));
    assert_snapshot!(err, @r"
    copydesk: ./long/.ignore is larger than 256 KiB: make it shorter
    copydesk: ./zero/.gitignore is no regular file: remove it
    ");
    let (status, out, err) = run(folder.path(), &["-rq", "--check", "zero"]);
    assert_eq!((status, &*out), (2, ""));
    assert!(super::is_one_line(&err) && err.contains("zero/.gitignore is no regular file: remove it"), "{err}");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_unless_they_are_named() {
    let folder = folder(&[("in/a.txt", FAULTY), ("other/b.txt", FAULTY)]);
    std::os::unix::fs::symlink("../other", folder.path().join("in/dir")).expect("a link can be made");
    std::os::unix::fs::symlink("../other/b.txt", folder.path().join("in/b.txt")).expect("a link can be made");
    std::os::unix::fs::symlink("..", folder.path().join("in/loop")).expect("a link can be made");
    assert_eq!(run(folder.path(), &["-rq", "--check", "in"]).1, "in/a.txt\n");
    assert_eq!(run(folder.path(), &["-rq", "--check", "in/dir"]).1, "in/dir/b.txt\n");
    assert_eq!(run(folder.path(), &["-rqw", "in"]).0, 0);
    assert_eq!(tree(folder.path())["other/b.txt"], FAULTY);
}

#[test]
fn a_file_that_is_named_and_found_is_cleaned_once() {
    let folder = folder(&[("in/a.txt", FAULTY), ("in/more/b.txt", FAULTY)]);
    let (_, out, _) = run(folder.path(), &["-rq", "--check", "in/more", "in", "in/a.txt"]);
    assert_eq!(out, "in/more/b.txt\nin/a.txt\n");
}

/// A reader that goes ends the run; a full disk is an error.
#[test]
fn stdout_may_end() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        eprintln!("skipped: there is no /dev/full here");
        return;
    };
    let folder = folder(&[("a.txt", FAULTY), ("b.txt", FAULTY)]);
    let output = std::process::Command::new(super::PROGRAM)
        .args(["-r", "--diff", "."])
        .current_dir(folder.path())
        .stdout(full)
        .output()
        .expect("the program starts");
    let reported = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{reported}");
    assert!(super::is_one_line(&reported) && reported.contains("cannot write to stdout: "), "{reported}");
}

#[test]
fn names_and_texts_are_shown_without_control_characters() {
    if !cfg!(unix) {
        return;
    }
    let name = "a\u{1b}[2J\nb\u{202e}.txt";
    let folder = folder(&[(name, b"In the USA.\n"), ("\u{1b}bin.txt", b"\0")]);
    for mode in ["--check", "--diff"] {
        let assert = copydesk(&["-r", mode, ".", "--explain"]).current_dir(folder.path()).assert().code(1);
        let output = assert.get_output();
        for reported in [&output.stdout, &output.stderr] {
            let reported = String::from_utf8(reported.clone()).expect("what is told is UTF-8");
            assert!(!reported.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{202e}'), "{reported:?}");
            let quoted = r#"--- "a\033[2J\nb\342\200\256.txt""#;
            assert!(reported.contains(r"a\u{1b}[2J⏎b\u{202e}.txt") || reported.contains(quoted), "{reported}");
        }
    }
}
