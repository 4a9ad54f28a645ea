//! stdin and stdout: bytes that pass, ends of inputs, readers that go, disks that are full.

use std::io::Read;
use std::process::{Command, Stdio};

use super::{PROGRAM, cleans, copydesk, folder, is_one_line, stderr};

#[test]
fn bytes_that_no_rule_names_pass() {
    for text in [
        &b""[..],
        b"x",
        b"\n",
        b"\r",
        b"\0",
        b"\xFF",
        b"\n\n \t\n\r\n\n",
        b"One.\rTwo.\r",
        b"caf\xE9 \x80\xFF\xC3\n",
        b"A\0B.\n\0\n",
        b"\xEF\xBB\xBF",
        b"\xEF\xBB",
    ] {
        cleans(&[], text, text);
    }
}

#[test]
fn text_between_odd_bytes_is_cleaned() {
    cleans(&[], b"Caf\xE9 owners left the USA.\n", b"Caf\xE9 owners left the U.S.\n");
    cleans(&[], b"A\0B. They left the USA.\n", b"A\0B. They left the U.S.\n");
    cleans(&[], b"\xEF\xBB\xBFThey left the USA.\n", b"\xEF\xBB\xBFThey left the U.S.\n");
    cleans(&[], b"They left the USA.\r", b"They left the U.S.\r");
}

#[test]
fn line_ends_stay() {
    let marker = "[an error occurred while processing this directive]";
    let text = format!("To the USA.\r\n\r\n{marker}\r\n\r\nIt rained.");
    cleans(&[], text.as_bytes(), b"To the U.S.\r\n\r\nIt rained.");
    cleans(&[], b"To the USA.\r\nIt rained.\nIn the USA.", b"To the U.S.\r\nIt rained.\nIn the U.S.");
}

#[test]
fn a_mark_stays_when_nothing_else_does() {
    cleans(&[], b"\xEF\xBB\xBF<!--#include virtual=\"/x\" -->\n", b"\xEF\xBB\xBF");
    cleans(&[], b"<!--#include virtual=\"/x\" -->\n", b"");
}

#[test]
fn utf_16_and_utf_32_are_refused_and_nothing_is_written() {
    for (bytes, from) in [
        (&b"\xFF\xFEU\0S\0A\0\n\0"[..], "UTF-16LE"),
        (b"\xFF\xFE", "UTF-16LE"),
        (b"\xFE\xFF\0U\0S\0A\0\n", "UTF-16BE"),
        (b"\xFF\xFE\0\0U\0\0\0", "UTF-32LE"),
        (b"\0\0\xFE\xFF\0\0\0U", "UTF-32BE"),
    ] {
        let assert = copydesk(&[]).write_stdin(bytes).assert().code(2).stdout("");
        let message = stderr(&assert);
        assert!(
            is_one_line(&message)
                && message.contains(&format!("is {}, not UTF-8: convert it first (iconv -f {from} -t", &from[..6])),
            "{message}"
        );
    }
}

/// A megabyte, of which a reader takes a line.
fn many_lines() -> Vec<u8> {
    (0..30_000).flat_map(|n| format!("They left {n} boats in the USA on Monday.\n").into_bytes()).collect()
}

#[test]
fn a_reader_that_goes_is_no_error() {
    let folder = folder(&[("long.txt", &many_lines())]);
    for args in [&["long.txt"][..], &["--stats", "long.txt"], &["long.txt", "missing.txt"]] {
        let mut command = Command::new(PROGRAM);
        command.args(args).current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut line = [0; 10];
        child.stdout.take().expect("a pipe").read_exact(&mut line).expect("a line comes");
        assert_eq!(&line, b"They left ");
        let output = child.wait_with_output().expect("the program ends");
        let reported = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {reported}");
        assert!(!reported.lines().any(|l| l.starts_with("copydesk: ")), "{args:?}: {reported}");
    }
}

/// Runs with a stdout that takes nothing; every byte of the output is small enough to wait for the last write.
#[test]
fn a_full_disk_is_an_error() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        eprintln!("skipped: there is no /dev/full here");
        return;
    };
    let folder = folder(&[("a.txt", b"In the USA.\n"), ("long.txt", &many_lines())]);
    for args in [&["a.txt"][..], &["long.txt"], &["--stats", "a.txt"], &["--list-rules"], &["--help"], &["--version"]] {
        let stdout = full.try_clone().expect("the file can be shared");
        let output = Command::new(PROGRAM).args(args).current_dir(folder.path()).stdout(stdout).output();
        let output = output.expect("the program starts");
        let reported = String::from_utf8(output.stderr).expect("messages are UTF-8");
        assert_eq!(output.status.code(), Some(2), "{args:?}: {reported}");
        assert!(is_one_line(&reported) && reported.contains("cannot write to stdout: "), "{args:?}: {reported:?}");
    }
}

/// Runs a line of shell that finds the program by `$0`. `None`: there is no `sh`.
fn shell(script: &str) -> Option<std::process::Output> {
    match Command::new("sh").args(["-c", script, PROGRAM]).stdin(Stdio::null()).output() {
        Ok(output) => Some(output),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => panic!("sh does not start: {error}"),
    }
}

#[test]
fn a_stdin_that_is_closed_or_a_folder_ends_at_once() {
    let Some(closed) = shell(r#""$0" <&-"#) else {
        eprintln!("skipped: there is no sh here");
        return;
    };
    assert_eq!((closed.status.code(), closed.stdout.len()), (Some(0), 0), "{closed:?}");
    let folder = shell(r#""$0" < /"#).expect("sh was there before");
    let reported = String::from_utf8(folder.stderr).expect("messages are UTF-8");
    assert_eq!((folder.status.code(), folder.stdout.len()), (Some(2), 0), "{reported}");
    assert!(is_one_line(&reported) && reported.contains("cannot read <stdin>: "), "{reported:?}");
}

/// `script` of util-linux gives the program a terminal.
#[test]
fn a_terminal_on_stdin_is_reported() {
    let version = shell("script --version").filter(|o| String::from_utf8_lossy(&o.stdout).contains("util-linux"));
    if version.is_none() {
        eprintln!("skipped: there is no `script` of util-linux here");
        return;
    }
    let run = |args: &str| {
        let script = format!(r#"printf 'In the USA.\n' | COPYDESK="$0" script -qec '"$COPYDESK" {args}' /dev/null"#);
        String::from_utf8(shell(&script).expect("sh was there before").stdout).expect("messages are UTF-8")
    };
    let reported = "copydesk: reading from the terminal; end with Ctrl-D, or name a FILE";
    let output = run("");
    assert!(output.contains(reported) && output.contains("In the U.S."), "{output}");
    let output = run("--version");
    assert!(!output.contains(reported) && output.contains(env!("CARGO_PKG_VERSION")), "{output}");
}
