//! Memory: bounded, whatever comes in. The program reports its own peak, as Linux counts it.

use std::io::{Read, Write};
use std::process::{Command, Stdio};

use super::PROGRAM;

/// Bytes that such a line may take beyond what other texts take: with it the release build stays below 8 MiB.
const MORE: u64 = 2500 * 1024;

/// The peak of a run that has cleaned the pieces of a text.
fn peak<'p>(args: &[&str], pieces: impl Iterator<Item = &'p [u8]> + Send) -> u64 {
    let mut command = Command::new(PROGRAM);
    let mut child =
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let (mut stdin, mut stdout) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
    let status = format!("/proc/{}/status", child.id());
    std::thread::scope(|scope| {
        // What comes out is taken, so that the program never waits.
        scope.spawn(move || std::io::copy(&mut stdout.by_ref(), &mut std::io::sink()).expect("it can be read"));
        pieces.for_each(|piece| stdin.write_all(piece).expect("the program reads"));
        let status = std::fs::read_to_string(status).expect("it still waits for more");
        let peak =
            status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.strip_suffix("kB")?.trim().parse::<u64>().ok());
        drop(stdin);
        assert!(child.wait().expect("it is ours").success());
        peak.expect("Linux tells the peak") * 1024
    })
}

#[test]
fn a_long_line_of_edits_takes_no_more_than_others() {
    let prose = b"The ferry sails at dawn, and nobody was hurt.\n".repeat(1500);
    let least = peak(&[], std::iter::repeat_n(&*prose, 5));
    let piece = b"US\t".repeat(20_000);
    for args in [&[][..], &["--only", "usa"], &["--usa-style", "USA"]] {
        let peak = peak(args, std::iter::repeat_n(&*piece, 5));
        assert!(peak < least + MORE, "{args:?}: {peak} bytes, {least} at least");
    }
}

/// As docs/corpora.md has it: 16 MiB for each thread, and three times the longest record.
#[test]
fn records_take_what_the_longest_needs() {
    let line = format!("{{\"text\":\"{}\"}}\n", "Ships sail to the USA, and it rains. ".repeat(80));
    let long = format!("{{\"text\":\"{}\"}}\n", "Ships sail on, and it rains in the port. ".repeat(200_000));
    let many = line.repeat(300);
    for threads in ["1", "2"] {
        let args = ["--input-format", "jsonl", "--threads", threads];
        let threads: u64 = threads.parse().expect("it is a number");
        let peak_of_short = peak(&args, std::iter::repeat_n(many.as_bytes(), 30));
        assert!(peak_of_short < threads * 16 * 1024 * 1024, "{peak_of_short} bytes, {threads} threads");
        let peak = peak(&args, [&many, &long, &many, &long].into_iter().map(String::as_bytes));
        let most = threads * 16 * 1024 * 1024 + 3 * long.len() as u64;
        assert!(peak < most, "{peak} bytes of {most}, {threads} threads");
    }
}
