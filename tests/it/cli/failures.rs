//! Streams that fail on the way: readers that go at any point, disks that fill up, devices that break, streams that are closed.
//! What was written before the failure is what would have been written without it.

use std::io::{ErrorKind, Read};
use std::process::{Command, Output, Stdio};

use super::{PROGRAM, folder, is_one_line};

/// More than every buffer and pipe together, with the country's name in every line.
fn lines(name: &str) -> String {
    (0..20_000).map(|n| format!("Ship {n} left the {name} on Monday, and it rained.\n")).collect()
}

/// Runs a program in a folder that holds `long.txt`. `None`, reported on stderr: there is no such program.
fn run(program: &str, args: &[&str]) -> Option<Output> {
    let folder = folder(&[("long.txt", lines("USA").as_bytes())]);
    match Command::new(program).args(args).current_dir(folder.path()).stdin(Stdio::null()).output() {
        Ok(output) => Some(output),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            eprintln!("skipped: there is no {program} here");
            None
        }
        Err(error) => panic!("{program} does not start: {error}"),
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("the bytes are UTF-8")
}

/// Whether stderr is one line of the program's that says this.
fn says(output: &Output, message: &str) -> bool {
    let reported = text(&output.stderr);
    is_one_line(reported) && reported.contains(message)
}

#[test]
fn a_reader_may_go_at_any_point() {
    let folder = folder(&[("long.txt", lines("USA").as_bytes())]);
    let whole = lines("U.S.");
    for taken in [0, 1, 65_535, 65_536, 65_537, 300_000, whole.len() - 1] {
        let mut command = Command::new(PROGRAM);
        command.arg("long.txt").current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut got = vec![0; taken];
        child.stdout.take().expect("a pipe").read_exact(&mut got).expect("so much comes");
        assert!(whole.as_bytes().starts_with(&got), "{taken} bytes");
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""), "{taken} bytes");
    }
}

/// A file system of 64 KiB, seen by this test alone: root may mount it.
#[test]
#[cfg(target_os = "linux")]
fn a_disk_that_fills_up_is_an_error() {
    let script = r#"mkdir full && mount -t tmpfs -o size=64k none full || exit 77
        "$0" long.txt > full/out; status=$?; cat full/out; exit $status"#;
    let Some(output) = run("unshare", &["--mount", "sh", "-c", script, PROGRAM]) else { return };
    // 77 is the script's own, 1 that of `unshare`; the program knows neither.
    if matches!(output.status.code(), Some(1 | 77)) {
        eprintln!("skipped: no file system may be mounted here");
        return;
    }
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(says(&output, "cannot write to stdout: No space left on device"), "{:?}", text(&output.stderr));
    assert_eq!(output.stdout.len(), 64 * 1024, "the disk is used to its end");
    assert!(lines("U.S.").as_bytes().starts_with(&output.stdout));
}

/// The far end of a terminal gives what was typed and then breaks.
#[test]
#[cfg(target_os = "linux")]
fn a_device_that_breaks_is_an_error_and_what_it_gave_comes_out() {
    let script = "import os, pty, subprocess, sys, tty\n\
        near, far = pty.openpty()\n\
        tty.setraw(far)\n\
        os.write(far, sys.argv[2].encode())\n\
        child = subprocess.Popen([sys.argv[1]], stdin=near)\n\
        os.close(near)\n\
        os.close(far)\n\
        sys.exit(child.wait())\n";
    let Some(output) = run("python3", &["-c", script, PROGRAM, "They left the USA.\n"]) else { return };
    let reported = text(&output.stderr);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), "They left the U.S.\n"), "{reported}");
    assert!(
        reported.ends_with("copydesk: cannot read all of <stdin>: Input/output error (os error 5)\n"),
        "{reported:?}"
    );
}

/// Nothing of a text may be lost in silence: a closed stdout is an error, unlike `/dev/null`, however that was opened.
#[test]
#[cfg(unix)]
fn a_closed_stdout_is_an_error() {
    for args in ["long.txt", "--check long.txt", "--diff long.txt", "--list-rules", "--help"] {
        let Some(output) = run("sh", &["-c", &format!(r#""$0" {args} >&-"#), PROGRAM]) else { return };
        assert_eq!(
            (output.status.code(), text(&output.stderr)),
            (Some(2), "copydesk: cannot write to stdout: it is closed\n"),
            "{args}"
        );
    }
    for open in [">/dev/null", "1<>/dev/null", "</dev/null >/dev/null", "<&- >/dev/null"] {
        let output = run("sh", &["-c", &format!(r#""$0" long.txt {open}"#), PROGRAM]).expect("it was there before");
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""), "{open}");
    }
    // Nothing goes there.
    let output = run("sh", &["-c", r#""$0" -qw long.txt >&-"#, PROGRAM]).expect("it was there before");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
}

/// What was asked for and can't be printed is an error; the text comes out all the same. What nobody asked for is no loss.
#[test]
#[cfg(target_os = "linux")]
fn a_stderr_that_fails_is_an_error_where_something_was_asked_for() {
    for (args, code) in [("--explain", "2"), ("--stats", "2"), ("--explain --stats", "2"), ("", "0")] {
        for stderr in ["2>&-", "2>/dev/full"] {
            let script = format!(r#""$0" {args} long.txt {stderr} > out; echo $?; wc -c < out"#);
            let output = run("sh", &["-c", &script, PROGRAM]).expect("there is an sh");
            let words: Vec<&str> = text(&output.stdout).split_whitespace().collect();
            assert_eq!(words, [code, &lines("U.S.").len().to_string()], "{args} {stderr}");
        }
    }
    for (args, code) in
        [("-w --explain", "2"), ("-w", "0"), ("--check --explain", "2"), ("missing.txt", "2"), ("--onyl", "2")]
    {
        let script = format!(r#""$0" {args} long.txt 2>/dev/full > out; echo $?"#);
        let output = run("sh", &["-c", &script, PROGRAM]).expect("there is an sh");
        assert_eq!(text(&output.stdout).trim(), code, "{args}");
    }
    // A reader that has gone has seen enough.
    let script = r#"{ "$0" --explain long.txt 2>&1 > out; echo $? > code; } | true; cat code; wc -c < out"#;
    let output = run("sh", &["-c", script, PROGRAM]).expect("there is an sh");
    let words: Vec<&str> = text(&output.stdout).split_whitespace().collect();
    assert_eq!(words, ["0", &lines("U.S.").len().to_string()]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_device_that_gives_nothing_is_an_error() {
    let output = run(PROGRAM, &["/proc/self/mem"]).expect("the program is there");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(says(&output, "cannot read /proc/self/mem: Input/output error"), "{:?}", text(&output.stderr));
}

/// Runs a script on `long.txt`, and gives its exit status and its messages; the file must be as it was, and alone.
#[cfg(unix)]
fn leaves_the_file(script: &str) -> (Option<i32>, String) {
    let folder = folder(&[("long.txt", lines("USA").as_bytes())]);
    let mut command = Command::new("sh");
    let output = command.args(["-c", script, PROGRAM]).current_dir(folder.path()).stdin(Stdio::null()).output();
    let output = output.expect("there is an sh");
    let tree = super::tree(folder.path());
    assert!(tree.len() == 1 && tree["long.txt"] == lines("USA").as_bytes(), "{:?}", tree.keys());
    (output.status.code(), text(&output.stderr).to_owned())
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_may_not_grow_is_an_error() {
    let (code, reported) = leaves_the_file(r#"ulimit -f 64; exec "$0" -w long.txt"#);
    assert_eq!(code, Some(2), "{reported}");
    assert!(is_one_line(&reported) && reported.contains("cannot write long.txt: File too large"), "{reported}");
}

/// What is written would be read again, without end.
#[test]
#[cfg(unix)]
fn a_file_is_not_appended_to_itself() {
    for (args, name) in [
        ("long.txt >> long.txt", "long.txt"),
        ("< long.txt >> long.txt", "<stdin>"),
        ("long.txt 1<> long.txt", "long.txt"),
    ] {
        let (code, reported) = leaves_the_file(&format!(r#""$0" {args}"#));
        assert_eq!(code, Some(2), "{args}: {reported}");
        assert_eq!(
            reported,
            format!("copydesk: {name} is the output, too: write to another file, or rewrite it with -w\n")
        );
    }
}

/// A long diff or explanation waits in a temporary file until it is its turn.
#[test]
#[cfg(target_os = "linux")]
fn a_folder_for_temporary_files_that_is_missing_is_reported() {
    for (args, reported) in [("--diff", "show"), ("--check --explain", "show"), ("-w --explain", "write")] {
        let (code, message) = leaves_the_file(&format!(r#"TMPDIR=/missing exec "$0" {args} long.txt"#));
        assert_eq!(code, Some(2), "{args}: {message}");
        let reported =
            format!("copydesk: cannot {reported} long.txt: what there is to say of it can't be held in /missing: ");
        assert!(is_one_line(&message) && message.starts_with(&reported) && message.contains("set TMPDIR"), "{message}");
    }
}

/// A user who may have one process and no more has one thread. Root may have any number, so root runs it as somebody else.
#[test]
#[cfg(target_os = "linux")]
fn threads_that_cannot_be_started_are_done_without() {
    use std::os::unix::fs::PermissionsExt;
    let names: Vec<String> = (0..50).map(|n| format!("in/{n}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (&**name, &b"They left the USA.\n"[..])).collect();
    let folder = folder(&files);
    std::fs::copy(PROGRAM, folder.path().join("copydesk")).expect("there is room");
    std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).expect("it is ours");
    let script = r#"test "$(id -u)" != 0 || other='setpriv --reuid 54321 --clear-groups'
        $other prlimit --nproc=1 true || exit 77
        exec $other prlimit --nproc=1 ./copydesk -rq in --check --threads 8"#;
    let output = Command::new("sh").args(["-c", script]).current_dir(folder.path()).output().expect("there is an sh");
    if output.status.code() == Some(77) {
        eprintln!("skipped: there is no setpriv or prlimit of util-linux here");
        return;
    }
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(1), ""));
    assert_eq!(text(&output.stdout).lines().count(), 50);
}
