//! Arguments: what they switch, how a wrong one is reported, help.

use insta::assert_snapshot;

use super::{cleans, copydesk, folder, refused, run};

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

/// As files are that were put together.
#[test]
fn each_document_may_begin_with_a_byte_order_mark() {
    let twice = "\u{feff}Owl set free\n\nOwl set free\n\nIt flew off to the woods.\n";
    let once = "\u{feff}Owl set free\n\nIt flew off to the woods.\n";
    let stream = |text: &str| format!("{text}\u{c}\n{text}");
    for threads in ["1", "2"] {
        cleans(&["--separator", r"\f", "--threads", threads], stream(twice).as_bytes(), stream(once).as_bytes());
    }
}

#[test]
fn wrong_values_are_reported_with_the_right_ones() {
    for option in ["--only", "--skip"] {
        let message = refused(&[option, "usa,tittles"]);
        assert!(message.contains("'tittles'") && message.contains("markers, titles, truncation or usa"), "{message}");
    }
    assert_snapshot!(refused(&["--only", ""]), @"copydesk: --only: no stage, rule or reason is named '': use markers, titles, truncation or usa, or a name of --list-rules (try 'copydesk -h')");
    assert_snapshot!(refused(&["--only"]), @"copydesk: --only needs a value: --only NAMES (try 'copydesk -h')");
    assert_snapshot!(refused(&["--truncated", "cut"]), @"copydesk: --truncated: no way to treat cut sentences is named 'cut': use ellipsis, drop or keep (try 'copydesk -h')");
    assert_snapshot!(refused(&["--usa-style", "Usa"]), @"copydesk: --usa-style: no style of the country's name is named 'Usa': use U.S., US or USA (try 'copydesk -h')");
    assert_snapshot!(refused(&["--protect", "Quay Ltd"]), @"copydesk: the protected name 'Quay Ltd' holds none of 'U.S.', 'US', 'USA', 'U.S.A.' as a word of its own: other names are never changed");
}

#[test]
fn an_unknown_option_comes_with_a_suggestion() {
    assert_snapshot!(refused(&["--onyl", "usa"]), @"copydesk: there is no option '--onyl': did you mean '--only'? (try 'copydesk -h')");
    assert_snapshot!(refused(&["-n"]), @"copydesk: there is no option '-n': use --diff (shows what would change) or --check (names the files) (try 'copydesk -h')");
    for (option, advice) in [
        ("--dry-run", "--diff"),
        ("--fix", "-w"),
        ("-i", "-w"),
        ("--encoding=latin1", "iconv"),
        ("--hidden", "--glob"),
        ("-o", "--out-dir"),
        ("--no-color", "--color never"),
        ("--jobs", "-j"),
    ] {
        let message = refused(&[option]);
        assert!(message.contains(advice) && !message.contains("tip:"), "{option}: {message}");
    }
}

#[test]
fn patterns_that_cannot_be_used_are_refused() {
    assert_snapshot!(refused(&["--marker", "(ad"]), @"copydesk: pattern `(ad`: unclosed group");
    assert_snapshot!(refused(&["--marker", "a*"]), @"copydesk: pattern `a*` can match nothing: let it match one character at least");
    assert_snapshot!(refused(&["--marker", "ad", "--marker", "^$"]), @"copydesk: pattern `^$` can match nothing: let it match one character at least");
}

#[test]
fn separators_that_cannot_be_used_are_refused() {
    for line in [r"\n", r"\q", r"\x1", r"\xZZ", "\\"] {
        let message = refused(&["--separator", line]);
        assert!(message.contains(" --separator: ") && message.contains(r"\x"), "{message}");
    }
    for line in ["a\nb", "", "\r", r"---\x0D"] {
        let message = refused(&["--separator", line]);
        assert_eq!(message.trim_end(), "copydesk: the separator is one line that is not empty, without its line's end");
    }
}

/// A terminal is not to be steered by an argument that another program made.
#[test]
fn arguments_are_shown_without_control_characters() {
    let bad = "(\u{1b}[31m\r\nx\u{7}\u{202e}";
    for option in ["--only", "--marker", "--protect", "--usa-style", "--truncated", "--separator", "--color"] {
        let value = if option == "--separator" { format!("\\q{bad}") } else { bad.to_owned() };
        let message = refused(&[option, &value]);
        assert!(!message.contains('\u{202e}'), "{option}: {message:?}");
    }
    refused(&["--\u{1b}[31m\nx"]);
    refused(&["\u{1b}[31m\nx"]);
}

fn page(arg: &str) -> String {
    let assert = copydesk(&[arg]).assert().code(0).stderr("");
    String::from_utf8(assert.get_output().stdout.clone()).expect("help is UTF-8")
}

#[test]
fn the_short_help_is_one_screen() {
    let page = page("-h");
    assert!(page.lines().count() <= 45 && page.lines().all(|line| line.chars().count() <= 80), "{page}");
    for part in ["copydesk -w FILE...", "-r, --recursive", "markers, titles, truncation, usa", "--help", "--list-rules"]
    {
        assert!(page.contains(part), "-h does not hold: {part}");
    }
}

#[test]
fn the_long_help_has_everything() {
    let long = page("--help");
    assert!(long.lines().all(|line| line.chars().count() <= 80), "{long}");
    for stage in copydesk::Stage::ALL {
        let row = format!("  {:<12}{}", stage.as_str(), stage.help());
        assert!(long.lines().any(|l| l == row), "--help does not hold: {row}");
    }
    for part in ["Exit status:", "Examples:", "-r, --recursive, --batch", "What is changed:", "CLICOLOR_FORCE"] {
        assert!(long.contains(part), "--help does not hold: {part}");
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

#[test]
fn names_come_from_a_list() {
    let files: [(&str, &[u8]); 4] = [
        ("a b.txt", b"To the USA.\n"),
        ("-", b"To the USA.\n"),
        ("list", b"a b.txt\r\n\n-\n"),
        ("nul", b"-\0a b.txt\0"),
    ];
    let folder = folder(&files);
    let (status, out, _) = run(folder.path(), &["--files-from", "list", "--check", "--quiet"]);
    assert_eq!((status, out.as_str()), (1, "a b.txt\n./-\n"));
    let (status, out, _) = run(folder.path(), &["-0", "--files-from", "nul", "-l", "-q"]);
    assert_eq!((status, out.as_str()), (1, "./-\na b.txt\n"));
    let mut piped = copydesk(&["--files-from", "-"]);
    piped.current_dir(folder.path()).write_stdin("a b.txt\n").assert().code(0).stderr("").stdout("To the U.S.\n");
    // No name is no reason to wait for a text.
    copydesk(&["--files-from", "-", "-w"]).write_stdin("").assert().code(0).stderr("").stdout("");
    let (status, _, reported) = run(folder.path(), &["--files-from", "missing"]);
    assert!(status == 2 && reported.contains("cannot read the list of names missing"), "{reported}");
}

/// As an editor runs it.
#[test]
fn stdin_is_treated_as_a_file() {
    let config = b"exclude = 'kept.txt'\n[[overrides]]\nfiles = 'wire/**'\nusa-style = 'US'\n";
    let folder = folder(&[("copydesk.toml", config)]);
    let cleaned = |name: &str, args: &[&str]| {
        let mut command = copydesk(args);
        command.args(["--stdin-filename", name]).current_dir(folder.path()).write_stdin("To the USA.\n");
        let output = command.output().expect("the program starts");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert_eq!(cleaned("wire/a.txt", &[]), (Some(0), "To the US.\n".to_owned()));
    assert_eq!(cleaned("a.txt", &[]), (Some(0), "To the U.S.\n".to_owned()));
    assert_eq!(cleaned("kept.txt", &[]), (Some(0), "To the USA.\n".to_owned()));
    assert_eq!(cleaned("a.csv", &[]), (Some(2), String::new()));
    assert_eq!(cleaned("a.txt", &["-l"]), (Some(1), "a.txt\n".to_owned()));
    let shown = cleaned("wire/a.txt", &["--show-config"]).1;
    assert!(shown.contains("usa-style = \"US\"  # copydesk.toml:4"), "{shown}");
}

#[test]
fn what_is_excluded_is_left_alone_named_or_found() {
    let text: &[u8] = b"To the USA.\n";
    let folder = folder(&[("in/a.txt", text), ("in/drafts/b.txt", text), ("c.txt", text)]);
    let check = |args: &[&str]| run(folder.path(), &[&["--check", "-q"], args].concat()).1;
    assert_eq!(check(&["-r", "in", "--exclude", "drafts/"]), "in/a.txt\n");
    assert_eq!(check(&["-r", "in", "c.txt", "--exclude", "*.txt", "--exclude", "!b.txt"]), "in/drafts/b.txt\n");
    assert_eq!(check(&["c.txt", "in/a.txt", "--exclude", "/c.txt"]), "in/a.txt\n");
    assert_eq!(run(folder.path(), &["c.txt", "--exclude", "c.txt"]).1, "To the USA.\n");
    let (_, _, reported) = run(folder.path(), &["--check", "-v", "c.txt", "--exclude", "c.txt"]);
    assert_eq!(reported, "copydesk: excluded: c.txt: --exclude or its configuration says so\n");
    let (status, _, reported) = run(folder.path(), &["--check", "c.txt", "--exclude", "[a"]);
    assert!(status == 2 && reported.starts_with("copydesk: --exclude: this is no pattern"), "{reported}");
}

#[test]
fn an_empty_stdin_is_not_checked() {
    copydesk(&["--check"])
        .write_stdin("")
        .assert()
        .code(0)
        .stdout("")
        .stderr("copydesk: stdin is empty: nothing was checked\n");
    copydesk(&["--check"]).write_stdin("Rain.\n").assert().code(0).stdout("").stderr("");
}
