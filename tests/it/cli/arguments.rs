//! Arguments: what they switch, how a wrong one is reported, help.

use insta::assert_snapshot;

use super::{cleans, copydesk, folder, refused};

/// Something to do for each stage.
const ALL: &str = "Owl set free\n\nOwl set free\n\nIt flew to the USA.\n\n[an error occurred while processing this directive]\n\n\
                   The crew said that the\n";

#[test]
fn stages_are_switched_on_and_off() {
    let all = "Owl set free\n\nIt flew to the U.S.\n\nThe crew said that the …\n";
    cleans(&[], ALL.as_bytes(), all.as_bytes());
    let titles = ALL.replacen("Owl set free\n\n", "", 1);
    cleans(&["--only", "titles"], ALL.as_bytes(), titles.as_bytes());
    cleans(&["--only", "usa,titles"], ALL.as_bytes(), titles.replace("USA.", "U.S.").as_bytes());
    cleans(&["--skip", "markers", "--skip=truncation"], ALL.as_bytes(), titles.replace("USA.", "U.S.").as_bytes());
    cleans(&["--only", "titles,usa", "--skip", "usa"], ALL.as_bytes(), titles.as_bytes());
    cleans(&["--skip", "markers,titles,truncation,usa"], ALL.as_bytes(), ALL.as_bytes());
}

#[test]
fn settings_reach_their_stages() {
    let cut = b"An owl was set free. The crew said that the\n";
    cleans(&["--truncated", "drop"], cut, b"An owl was set free.\n");
    cleans(&["--truncated", "keep"], cut, cut);
    cleans(&["--usa-style", "US"], b"Ships sail to the USA every week.\n", b"Ships sail to the US every week.\n");
    let news = b"Storm heads for USA\n\nThe storm left the USA on Monday, and nobody was hurt.\n";
    let mixed = b"Storm heads for US\n\nThe storm left the U.S. on Monday, and nobody was hurt.\n";
    cleans(&["--usa-headlines", "US"], news, mixed);
    let shop = b"He has sold the USA lamp since May.\n";
    cleans(&["--protect", "USA lamp"], shop, shop);
    cleans(&["--protect", "Pier USA"], shop, b"He has sold the U.S. lamp since May.\n");
    let two = ["--marker", r"\{ad\}", "--marker", r"\(ad\)", "--marker", "--ad--"];
    cleans(&two, b"Rain {ad} is due (ad) at --ad-- noon.\n", b"Rain is due at noon.\n");
    cleans(&["--isolated"], b"In the USA.\n", b"In the U.S.\n");
}

#[test]
fn a_separator_parts_documents() {
    let one = "Owl set free\n\nIt flew off.\n";
    for (line, written) in [(r"\f", "\u{c}"), (r"=\x1E\t\\", "=\u{1e}\t\\"), ("%%", "%%"), ("---", "---"), ("-w", "-w")]
    {
        let text = format!("{one}{written}\n{one}");
        cleans(&["--separator", line], text.as_bytes(), text.as_bytes());
    }
}

#[test]
fn wrong_values_are_told_with_the_right_ones() {
    for option in ["--only", "--skip"] {
        let message = refused(&[option, "usa,tittles"]);
        assert!(message.contains("'tittles'") && message.contains("markers, titles, truncation or usa"), "{message}");
    }
    assert_snapshot!(refused(&["--only", ""]), @"copydesk: invalid value '' for '--only <NAMES>': no stage, rule or reason is named '': use markers, titles, truncation or usa, or a name of --list-rules (try 'copydesk --help')");
    assert_snapshot!(refused(&["--only"]), @"copydesk: a value is required for '--only <NAMES>' but none was supplied; [possible values: markers, titles, truncation, usa, error-string, directive, custom-marker, section-heading, repeated-title, cleaner-title, split-sentence, split-word, cut-sentence, teaser-link, likely-cut, country-name, doubled-period, processing-error, other-server-error, bare-error, plain-directive, escaped-directive, user-pattern, headed-markers, adjacent-copy, head-copy, named-copy, cut-copy, body-copy, title-site, title-label, cut-title, rest-after-word, rest-lowercase, rest-after-cut, rest-after-abbreviation, rest-name, rest-number, rest-institution, rest-piece, rest-link, rest-after-mark, broken-word, split-compound, suspended-hyphen, after-article, after-preposition, after-conjunction, after-auxiliary, after-pronoun, half-word, after-comma, after-title, after-month, after-number-sign, after-place-prefix, after-latin, country-subject, before-link, link-after-ellipsis, likely-word, likely-comma, likely-half-word, likely-abbreviation, likely-bracket, likely-clause, likely-verb, likely-object, country-form, country-adjective, country-office, country-before-name, country-compound, country-headline, uneven-form, two-periods] (try 'copydesk --help')");
    assert_snapshot!(refused(&["--truncated", "cut"]), @"copydesk: invalid value 'cut' for '--truncated <WAY>': no way to treat cut sentences is named 'cut': use ellipsis, drop or keep (try 'copydesk --help')");
    assert_snapshot!(refused(&["--usa-style", "Usa"]), @"copydesk: invalid value 'Usa' for '--usa-style <STYLE>': no style of the country's name is named 'Usa': use U.S., US or USA (try 'copydesk --help')");
    assert_snapshot!(refused(&["--protect", "Quay Ltd"]), @"copydesk: the protected name 'Quay Ltd' holds none of 'U.S.', 'US', 'USA', 'U.S.A.' as a word of its own");
}

#[test]
fn an_unknown_flag_comes_with_a_suggestion() {
    assert_snapshot!(refused(&["--onyl", "usa"]), @"copydesk: unexpected argument '--onyl' found; tip: a similar argument exists: '--only' (try 'copydesk --help')");
}

#[test]
fn patterns_that_cannot_be_used_are_refused() {
    assert_snapshot!(refused(&["--marker", "(ad"]), @"copydesk: marker pattern `(ad`: unclosed group");
    assert_snapshot!(refused(&["--marker", "a*"]), @"copydesk: marker pattern `a*` can match nothing: let it match one character at least");
    assert_snapshot!(refused(&["--marker", "ad", "--marker", "^$"]), @"copydesk: marker pattern `^$` can match nothing: let it match one character at least");
}

#[test]
fn separators_that_cannot_be_used_are_refused() {
    for line in [r"\n", r"\q", r"\x1", r"\xZZ", "\\"] {
        let message = refused(&["--separator", line]);
        assert!(message.contains("'--separator <LINE>'") && message.contains(r"\x"), "{message}");
    }
    for line in ["a\nb", "", "\r", r"---\x0D"] {
        let message = refused(&["--separator", line]);
        assert_eq!(message.trim_end(), "copydesk: the separator is one line that is not empty, without its line's end");
    }
}

/// A terminal is not to be steered by an argument that another program made.
#[test]
fn arguments_are_told_without_control_characters() {
    let bad = "(\u{1b}[31m\r\nx\u{7}\u{202e}";
    for option in ["--only", "--marker", "--protect", "--usa-style", "--truncated", "--separator"] {
        let value = if option == "--separator" { format!("\\q{bad}") } else { bad.to_owned() };
        let message = refused(&[option, &value]);
        assert!(!message.contains('\u{202e}'), "{option}: {message:?}");
    }
    refused(&["--\u{1b}[31m\nx"]);
    refused(&["\u{1b}[31m\nx"]);
}

#[test]
fn the_short_help_fits_a_screen_and_names_the_stages() {
    let assert = copydesk(&["-h"]).assert().code(0).stderr("");
    let page = String::from_utf8(assert.get_output().stdout.clone()).expect("help is UTF-8");
    assert_snapshot!(page, @r#"
    Cleans scraped news text: reads stdin or FILEs, writes the cleaned text to stdout, or to files.

    Usage: copydesk [OPTIONS] [FILE]...

    Arguments:
      [FILE]...  Files to clean, each a document of its own; `-` is stdin [default: stdin]

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    Stages:
          --only <NAMES>           Run these stages or rules and no other, with commas between: markers,
                                   titles, truncation, usa
          --skip <NAMES>           Switch these stages or rules off, with commas between
          --enable <NAMES>         Switch these rules on that are off by default, with commas between:
                                   likely-cut
          --marker <REGEX>         Strip what this regular expression matches, too; may be repeated
          --truncated <WAY>        What becomes of a sentence that was cut off: ellipsis marks it, drop
                                   removes it, keep leaves it [default: ellipsis]
          --usa-style <STYLE>      The style of the country's short name: U.S., US or USA [default:
                                   U.S.]
          --usa-headlines <STYLE>  Its style in titles and headings [default: that of the text]
          --protect <NAME>         Leave this name as it is, for example 'US Weekly'; may be repeated
          --lang <LANG>            What truncation and usa act on: auto (English paragraphs) or en (all)
                                   [default: auto]

    Input:
          --separator <LINE>       The line between two documents of a stream
          --input-format <FORMAT>  What the input is, whatever it looks like: text

    Files:
      -w, --write          Rewrite each FILE in place [alias: --in-place]
          --check          Name the files that would change; exit status 1 if there are any
          --diff           Show what would change as a unified diff; exit status 1 if something would
      -r, --batch          Let FILE be a directory: take the texts below it (*.txt, *.text, *.md,
                           *.markdown) [alias: --recursive]
      -g, --glob <GLOB>    With -r: take the files that match, and no others; leave out those after '!'
          --out-dir <DIR>  Write the cleaned files below DIR, each under its own name
          --force          With -w: rewrite read-only files and those with several hard links, too
          --undo <LOG>     Put back, byte for byte, what was cleaned with --edits LOG; may be repeated
          --threads <N>    Clean this many files at once [default: one a core]
      -q, --quiet          No progress bar, no summary, no word about files that are rewritten or
                           skipped

    Reports:
          --stats        Count edits by stage, rule and reason, on stderr
          --explain      Show every edit on stderr: file and line, rule and reason, before and after
          --edits <LOG>  Record every edit in the file LOG, as lines of JSON
          --list-rules   Print the rules and their reasons, with examples, and exit

    Configuration:
          --config <FILE>  Take the settings of this file [default: the nearest copydesk.toml]
          --isolated       Ignore configuration files
          --show-config    Print the settings that hold for FILE, and where each comes from, and exit
    "#);
}

#[test]
fn the_long_help_says_more() {
    let page = |arg: &str| {
        let assert = copydesk(&[arg]).assert().code(0).stderr("");
        String::from_utf8(assert.get_output().stdout.clone()).expect("help is UTF-8")
    };
    let (short, long) = (page("-h"), page("--help"));
    assert!(short.lines().count() <= 58 && short.lines().count() < long.lines().count());
    for stage in copydesk::Stage::ALL {
        assert!(short.contains(stage.as_str()), "-h does not name {stage:?}");
        let row = format!("  {:<12}{}", stage.as_str(), stage.help());
        assert!(long.lines().any(|l| l == row), "--help does not hold: {row}");
    }
    for part in ["Exit status: 0 done, 1 a file would change", "Examples:", "Escapes are understood"] {
        assert!(long.contains(part), "--help does not hold: {part}");
        assert!(!short.contains(part), "-h is not short: {part}");
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    for arg in ["--version", "-V"] {
        copydesk(&[arg]).assert().code(0).stderr("").stdout(concat!("copydesk ", env!("CARGO_PKG_VERSION"), "\n"));
    }
}

/// Help and the table need no text: they don't wait for one.
#[test]
fn what_only_prints_reads_nothing() {
    let folder = folder(&[]);
    for arg in ["--help", "--list-rules", "--version"] {
        let out = copydesk(&[arg, "missing.txt"]).current_dir(folder.path()).assert().code(0).stderr("");
        assert!(!out.get_output().stdout.is_empty(), "{arg} prints nothing");
    }
}
