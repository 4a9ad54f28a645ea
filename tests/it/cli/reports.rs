//! `--stats` and `--explain`: texts on stderr, the output unchanged.

use insta::assert_snapshot;

use super::{copydesk, folder, stderr};

const FAULTS: &str = "Owl set free\n\nOwl set free\n\nIt flew from the USA to the U.S.A. on Monday.\n\n\
                      [an error occurred while processing this directive]\n\nThe crew said that the\n";
const CLEAN: &str = "Owl set free\n\nIt flew from the U.S. to the U.S. on Monday.\n\nThe crew said that the …\n";

/// What stands on stderr when the faults are cleaned.
fn report(args: &[&str], want: &str) -> String {
    let folder = folder(&[("owl.txt", FAULTS.as_bytes())]);
    stderr(&copydesk(args).arg("owl.txt").current_dir(folder.path()).assert().code(0).stdout(want.to_owned()))
}

#[test]
fn stats_count_by_stage_and_rule() {
    assert_snapshot!(report(&["--stats"], CLEAN), @r#"
    markers                                1
      error-string                         1
        processing-error                   1
    titles                                 1
      repeated-title                       1
        adjacent-copy                      1
    truncation                             1
      cut-sentence                         1
        after-article                      1
    usa                                    2
      country-name                         2
        country-form                       2
    "#);
}

#[test]
fn stats_count_what_was_noted() {
    let kept = CLEAN.replace(" …", "");
    assert_snapshot!(report(&["--stats", "--truncated", "keep"], &kept), @r#"
    markers                                1
      error-string                         1
        processing-error                   1
    titles                                 1
      repeated-title                       1
        adjacent-copy                      1
    truncation                             0
    usa                                    2
      country-name                         2
        country-form                       2
    noted and kept                         1
    "#);
}

#[test]
fn stats_sum_up_all_files_and_leave_out_those_that_fail() {
    let folder = folder(&[("a.txt", b"To the USA.\n")]);
    let assert = copydesk(&["--stats", "a.txt", "missing.txt", "a.txt"]).current_dir(folder.path()).assert().code(2);
    let report = stderr(&assert);
    assert!(report.lines().any(|l| l.split_whitespace().eq(["country-name", "2"])), "{report}");
}

#[test]
fn explain_shows_every_edit() {
    assert_snapshot!(report(&["--explain"], CLEAN), @r#"
    owl.txt:3:1: #1 repeated-title (adjacent-copy): [Owl set free⏎⏎ →]
    owl.txt:5:18: #2 country-name (country-form): It flew from the [USA → U.S.] to the U.S.A. on Monday.
    owl.txt:5:29: #3 country-name (country-form): It flew from the USA to the [U.S.A. → U.S.] on Monday.
    owl.txt:7:1: #4 error-string (processing-error): [[an error occurred while processing this directive]⏎⏎ →]
    owl.txt:9:23: #5 cut-sentence (after-article): The crew said that the[→ ␣…]
    "#);
}

#[test]
fn explain_shows_what_was_noted() {
    let kept = CLEAN.replace(" …", "");
    let report = report(&["--explain", "--truncated", "keep"], &kept);
    assert!(report.ends_with("owl.txt:9:23: cut-sentence (after-article): seen and kept\n"), "{report}");
}

#[test]
fn explain_names_a_rule_once_that_acts_several_times_in_a_row() {
    let text = format!("{}\nIt rained.\n", "The owl was set free at dawn\n".repeat(4));
    let assert = copydesk(&["--explain"]).write_stdin(text).assert().code(0);
    assert_snapshot!(stderr(&assert), @"<stdin>:2:1: #1 repeated-title (adjacent-copy, 3 times): [The owl was set free at dawn⏎The owl was set free at dawn⏎The owl was set free at dawn⏎ →]");
}

#[test]
fn explain_counts_the_lines_of_each_file_anew() {
    let folder = folder(&[("a.txt", b"One.\r\n\r\nTo the USA.\r\n"), ("b.txt", b"To the USA.")]);
    let mut run = copydesk(&["--explain", "a.txt", "b.txt", "-"]);
    let assert = run.current_dir(folder.path()).write_stdin("\nThe USA won.\n").assert().code(0);
    assert_snapshot!(stderr(&assert), @r#"
    a.txt:3:8: #1 country-name (country-form): To the [USA. → U.S.]
    b.txt:1:8: #1 country-name (country-form): To the [USA. → U.S.]
    <stdin>:2:5: #1 country-name (country-form): The [USA → U.S.] won.
    "#);
}

#[test]
fn long_texts_are_shortened() {
    let text = format!("{{{}}} To the pier.\n", "x".repeat(300));
    let assert =
        copydesk(&["--explain", "--marker", r"\{x+\}"]).write_stdin(text).assert().code(0).stdout("To the pier.\n");
    let report = stderr(&assert);
    assert!(report.contains("[… ") && report.chars().count() < 220, "{report}");
}

/// Neither a text nor a file's name may steer the terminal, or hide what stands there.
#[test]
fn control_characters_are_written_out() {
    let text = "Rain {\u{1b}[2J\u{7}\t\u{202e}\u{9b}\u{2028}\u{ad}\u{e0041}} is due.\r\n";
    let assert = copydesk(&["--explain", "--marker", r"\{[^}]*\}"]).write_stdin(text).assert().code(0);
    let report = stderr(&assert);
    assert_snapshot!(report, @r"<stdin>:1:6: #1 custom-marker (user-pattern): Rain [{\u{1b}[2J\u{7}⇥\u{202e}\u{9b}\u{2028}\u{ad}\u{e0041}}␣ →]is due.");
    let raw = |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{2028}\u{ad}\u{e0041}".contains(c);
    assert!(!report.contains(raw), "{report:?}");
}

#[cfg(unix)]
#[test]
fn control_characters_in_names_are_written_out() {
    let name = "a\u{1b}[31m\nb.txt";
    let folder = folder(&[(name, b"To the USA.\n")]);
    let assert = copydesk(&["--explain", name]).current_dir(folder.path()).assert().code(0);
    assert_snapshot!(stderr(&assert), @r"a\u{1b}[31m⏎b.txt:1:8: #1 country-name (country-form): To the [USA. → U.S.]");
    let assert =
        copydesk(&["\u{1b}[31m"]).arg(name).current_dir(folder.path()).assert().code(2).stdout("To the U.S.\n");
    assert!(super::is_one_line(&stderr(&assert)));
}
