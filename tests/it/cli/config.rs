//! Configuration: found for each file, weaker than the command line, shown with its origins; errors with their place.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use insta::assert_snapshot;
use tempfile::TempDir;

use super::{copydesk, is_one_line, stderr};

const TEXT: &str = "Ships sail to the USA every week.\n";

/// A new folder with these files in folders, the root of a repository.
fn tree(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().expect("there is room for a folder");
    fs::create_dir(root.path().join(".git")).expect("the folder can be made");
    for (name, text) in files {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }
    root
}

fn within(folder: &Path, args: &[&str]) -> Command {
    let mut command = copydesk(args);
    command.current_dir(folder).write_stdin(TEXT);
    command
}

/// What comes out, without an error.
fn cleaned(folder: &Path, args: &[&str]) -> String {
    let assert = within(folder, args).assert().code(0).stderr("");
    String::from_utf8(assert.get_output().stdout.clone()).expect("the text is UTF-8")
}

#[test]
fn each_file_has_the_settings_of_its_folder() {
    let root = tree(&[
        ("copydesk.toml", "usa-style = 'US'\n[[overrides]]\nfiles = 'wire/**'\nskip = 'usa'\n"),
        ("a.txt", TEXT),
        ("wire/a.txt", TEXT),
        ("uk/copydesk.toml", "usa-style = 'U.S.'\n"),
        ("uk/a.txt", TEXT),
    ]);
    let (us, dotted) = (TEXT.replace("USA", "US"), TEXT.replace("USA", "U.S."));
    let out = cleaned(root.path(), &["a.txt", "wire/a.txt", "uk/a.txt", "-"]);
    assert_eq!(out, format!("{us}{TEXT}{dotted}{us}"));
    assert_eq!(cleaned(root.path(), &[]), us);
    assert_eq!(cleaned(&root.path().join("uk"), &[]), dotted);
    assert_eq!(cleaned(&root.path().join("uk"), &["../a.txt"]), us);
    assert_eq!(cleaned(root.path(), &["--isolated", "a.txt", "wire/a.txt"]), dotted.repeat(2));
}

#[test]
fn the_command_line_beats_the_file() {
    let root = tree(&[
        ("copydesk.toml", "usa-style = 'US'\nonly = 'usa'\nmarker = '<a>'\ntruncated = 'drop'\nprotect = 'Quay USA'\n"),
        ("a.txt", "Rain <a> and <b> fell on Quay USA in the USA. The crew said that the\n"),
    ]);
    let all = "--only=markers,truncation,usa";
    let run = |args: &[&str]| cleaned(root.path(), &[args, &["a.txt"]].concat());
    assert_eq!(run(&[]), "Rain <a> and <b> fell on Quay USA in the US. The crew said that the\n");
    assert_eq!(run(&["--skip", "usa"]), fs::read_to_string(root.path().join("a.txt")).expect("it is there"));
    assert_eq!(run(&[all]), "Rain and <b> fell on Quay USA in the US.\n");
    let more = [all, "--marker", "<b>", "--usa-style", "U.S.", "--truncated", "keep"];
    assert_eq!(run(&more), "Rain and fell on Quay USA in the U.S. The crew said that the\n");
}

#[test]
fn a_named_configuration_holds_alone() {
    let root = tree(&[
        ("copydesk.toml", "usa-style = 'US'\n"),
        ("deep/other.toml", "exclude = 'wire/'\n"),
        ("a.txt", TEXT),
        ("wire/a.txt", TEXT),
    ]);
    let dotted = TEXT.replace("USA", "U.S.");
    assert_eq!(cleaned(root.path(), &["--config", "deep/other.toml", "a.txt"]), dotted);
    assert_eq!(cleaned(root.path(), &["--config", "deep/other.toml"]), dotted);
    // Its patterns are relative to the current folder.
    assert_eq!(cleaned(root.path(), &["--config", "deep/other.toml", "wire/a.txt"]), TEXT);
}

/// Named or found, written or only looked at.
#[test]
fn what_is_excluded_is_left_alone() {
    let configuration = "usa-style = \"US\"\nexclude = [\"drafts/\", \"*.md\", \"!keep.md\"]\n# USA\n";
    let left = ["drafts/a.txt", "b.md", "sub/drafts/deep/a.txt", "copydesk.toml"];
    let taken = ["a.txt", "sub/keep.md", "sub/drafts.txt"];
    let files: Vec<_> = left.iter().chain(&taken).map(|&name| (name, TEXT)).collect();
    let root = tree(&files);
    fs::write(root.path().join("copydesk.toml"), configuration).expect("the file can be written");
    let read = |name: &str| fs::read_to_string(root.path().join(name)).expect("the file is there");

    // To stdout it passes: nothing of it is lost.
    assert_eq!(cleaned(root.path(), &["b.md", "a.txt"]), TEXT.to_owned() + &TEXT.replace("USA", "US"));
    within(root.path(), &[&["--check"][..], &left].concat()).assert().code(0).stdout("").stderr("");
    within(root.path(), &[&["--write"][..], &left].concat()).assert().code(0).stdout("").stderr("");
    let assert = within(root.path(), &["--check", "--quiet", "-r", "."]).assert().code(1);
    let told = String::from_utf8_lossy(&assert.get_output().stdout).into_owned();
    assert_eq!(told.lines().collect::<Vec<_>>(), ["a.txt", "sub/drafts.txt", "sub/keep.md"]);
    within(root.path(), &["--write", "--quiet", "-r", "."]).assert().code(0).stdout("").stderr("");
    for name in taken {
        assert_eq!(read(name), TEXT.replace("USA", "US"), "{name}");
    }
    for name in &left[..3] {
        assert_eq!(read(name), TEXT, "{name}");
    }
    assert_eq!(read("copydesk.toml"), configuration);
}

/// Found in the batch, far from the first file: nothing is written before it is reported.
#[test]
fn a_batch_is_refused_before_it_begins() {
    let root = tree(&[("a.txt", TEXT), ("deep/er/a.txt", TEXT), ("deep/er/copydesk.toml", "usa_style = 'US'\n")]);
    for args in [&["-w", "-r", "."][..], &["--out-dir", "out", "-r", "."], &["-w", "a.txt", "deep/er/a.txt"]] {
        let assert = within(root.path(), args).assert().code(2).stdout("");
        let message = stderr(&assert);
        assert!(is_one_line(&message) && message.contains("deep/er/copydesk.toml:1:1: unknown key"), "{message:?}");
        assert_eq!(fs::read_to_string(root.path().join("a.txt")).expect("it is there"), TEXT);
        assert!(!root.path().join("out").exists());
    }
}

#[test]
fn separators_come_from_the_file_too() {
    let root = tree(&[("copydesk.toml", "separator = '\\f'\n")]);
    let text = "Owl set free\n\nIt flew off.\n\u{c}\nOwl set free\n\nIt flew off.\n";
    within(root.path(), &[]).write_stdin(text).assert().code(0).stdout(text);
}

#[test]
fn what_holds_is_shown_with_its_origin() {
    let root = tree(&[(
        "copydesk.toml",
        "skip = 'titles'\nmarker = [\n  '\\{ad\\}',\n  \"it's \\u001B\",\n]\nexclude = 'wire/b*'\n\n\
         [[overrides]]\nfiles = 'wire/**'\nusa-style = 'US'\n",
    )]);
    let shown = cleaned(root.path(), &["--show-config", "--marker", "x", "--skip", "usa", "wire/b.txt"]);
    let real = root.path().canonicalize().expect("it is there");
    let shown = shown.replace(&*real.to_string_lossy(), "ROOT").replace(&*root.path().to_string_lossy(), "ROOT");
    let values: String = shown.lines().filter(|l| !l.is_empty()).map(|l| format!("{l}\n")).collect();
    assert_snapshot!(values, @r#"
    # wire/b.txt
    # configuration: ROOT/copydesk.toml
    # an override holds: copydesk.toml:8
    # excluded, it is left alone: copydesk.toml:6
    # Run these stages and rules and no other
    only = ["markers", "truncation"]  # copydesk.toml:1, command line
    # Strip what these regular expressions match as well; the patterns of all levels hold
    marker = [
        '\{ad\}',  # copydesk.toml:3
        "it's \u001B",  # copydesk.toml:4
        "x",  # command line
    ]
    # What becomes of a sentence that was cut off: ellipsis marks it, drop removes it, keep leaves it
    truncated = "ellipsis"  # default
    # What is put where the rest of a cut sentence is missing
    mark = " …"  # default
    # The style of the country's short name
    usa-style = "US"  # copydesk.toml:10
    # Its style in titles and headings; where it is not set, that of the text
    usa-headlines = "US"  # default: as usa-style
    # Leave these names as they are; the names of all levels hold
    protect = []  # default
    # Touch nothing that these regular expressions match; the patterns of all levels hold
    ignore-regex = []  # default
    # What truncation and usa act on: auto (English paragraphs) or en (all)
    lang = "auto"  # default
    # The line between two documents of a stream, with the escapes \f, \t, \0, \\ and \xHH
    # separator is not set
    # Take the files of a directory that these patterns match, and no others
    include = ["*.txt", "*.text", "*.md", "*.markdown"]  # default
    # Leave the files alone that these patterns match, also those named on the command line
    exclude = [
        "wire/b*",  # copydesk.toml:6
    ]
    # Make no edit that this list names, as a page of --review saves it
    # refused is not set
    "#);
}

/// What is shown is a configuration that gives what is shown.
#[test]
fn what_is_shown_is_a_configuration() {
    let root = tree(&[
        (
            "copydesk.toml",
            "only = ['usa', 'markers']\nusa-style = 'US'\nmarker = '\\{ad\\}'\nseparator = '\\x1E\\\\'\n",
        ),
        ("deep/b.txt", TEXT),
    ]);
    let args = ["--show-config", "--protect", "Quay \"USA\"", "--truncated", "drop"];
    let values = |text: &str| -> String {
        text.lines()
            .filter(|l| !l.starts_with('#'))
            .map(|l| l.split("  #").next().unwrap_or(l).to_owned() + "\n")
            .collect()
    };
    let shown = cleaned(root.path(), &args);
    fs::write(root.path().join("deep/copydesk.toml"), &shown).expect("the file can be written");
    let again = cleaned(root.path(), &["--show-config", "deep/b.txt"]);
    assert_eq!(values(&again), values(&shown));
    assert!(again.contains("truncated = \"drop\"  # deep/copydesk.toml:"), "{again}");
}

#[test]
fn without_a_configuration_the_defaults_are_shown() {
    let root = tree(&[]);
    let shown = cleaned(root.path(), &["--show-config"]);
    assert!(shown.starts_with("# stdin\n# configuration: none found\n"), "{shown}");
    for line in shown.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        assert!(line.contains("  # default"), "{line}");
    }
    let shown = cleaned(root.path(), &["--show-config", "--isolated", "a.txt", "b.txt"]);
    assert_eq!(shown.matches("# configuration: none (--isolated)\n").count(), 2, "{shown}");
    assert!(shown.contains("# a.txt\n") && shown.contains("# b.txt\n"), "{shown}");
}

/// The configuration is refused, before anything is written. Gives the line.
fn refused(text: impl AsRef<[u8]>) -> String {
    let root = tree(&[("a.txt", TEXT), ("sub/b.txt", TEXT)]);
    fs::write(root.path().join("sub/copydesk.toml"), text).expect("the file can be written");
    for args in [&["a.txt", "sub/b.txt"][..], &["--show-config", "sub/b.txt"], &["--config", "sub/copydesk.toml"]] {
        let assert = within(root.path(), args).assert().code(2).stdout("");
        assert!(is_one_line(&stderr(&assert)), "{:?}", stderr(&assert));
    }
    stderr(&within(root.path(), &["sub/b.txt"]).assert().code(2).stdout(""))
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    assert_snapshot!(refused("# x\n  usa_style = 'US'\n"), @"copydesk: sub/copydesk.toml:2:3: unknown key 'usa_style': did you mean 'usa-style'?");
    assert_snapshot!(refused("zzz = 1\n"), @"copydesk: sub/copydesk.toml:1:1: unknown key 'zzz': use one of only, skip, enable, marker, truncated, mark, usa-style, usa-headlines, protect, ignore-regex, lang, separator, include, exclude, refused, overrides");
    assert_snapshot!(refused("only = ['usa', 'tittles']\n"), @"copydesk: sub/copydesk.toml:1:16: only: no stage, rule or reason is named 'tittles': use markers, titles, truncation or usa, or a name of --list-rules");
    assert_snapshot!(refused("é = 1"), @"copydesk: sub/copydesk.toml:1:1: invalid unquoted key, expected letters, numbers, `-`, `_`");
    assert_snapshot!(refused("truncated = 'cut'\n"), @"copydesk: sub/copydesk.toml:1:13: truncated: no way to treat cut sentences is named 'cut': use ellipsis, drop or keep");
    assert_snapshot!(refused("usa-style = ['US']\n"), @"copydesk: sub/copydesk.toml:1:13: usa-style: expected a string, found array");
    assert_snapshot!(refused("marker = [\n  'a',\n  '(b',\n]\n"), @"copydesk: sub/copydesk.toml:3:3: marker: pattern `(b`: unclosed group");
    assert_snapshot!(refused("marker = 'a*'\n"), @"copydesk: sub/copydesk.toml:1:10: marker: pattern `a*` can match nothing: let it match one character at least");
    assert_snapshot!(refused("protect = 'Quay Ltd'\n"), @"copydesk: sub/copydesk.toml:1:11: protect: the protected name 'Quay Ltd' holds none of 'U.S.', 'US', 'USA', 'U.S.A.' as a word of its own: other names are never changed");
    assert_snapshot!(refused("separator = '\\q'\n"), @r"copydesk: sub/copydesk.toml:1:13: separator: use \f, \t, \0, \xHH or \\ after a backslash");
    assert_snapshot!(refused("exclude = ['a', '[']\n"), @"copydesk: sub/copydesk.toml:1:17: this is no pattern of file names: unclosed character class; missing ']'");
    assert_snapshot!(refused("[overrides]\nfiles = 'a'\n"), @"copydesk: sub/copydesk.toml:1:1: overrides are tables: write [[overrides]] before the settings of each");
    assert_snapshot!(refused("[[overrides]]\nonly = 'usa'\n"), @"copydesk: sub/copydesk.toml:1:1: this table has no 'files': say for which files it holds");
    assert_snapshot!(refused("[[overrides]]\nfiles = 'a'\nexclude = 'b'\n"), @"copydesk: sub/copydesk.toml:3:1: 'exclude' belongs at the top of the file, before every [[overrides]]");
    assert_snapshot!(refused("files = 'a'\n"), @"copydesk: sub/copydesk.toml:1:1: 'files' belongs in a table of [[overrides]]");
    assert_snapshot!(refused("only = 'usa'\nonly = 'usa'\n"), @"copydesk: sub/copydesk.toml:2:1: duplicate key");
    assert_snapshot!(refused("only = \"usa\n"), @r#"copydesk: sub/copydesk.toml:1:12: invalid basic string, expected `"`"#);
    assert_snapshot!(refused(b"only = 'usa'\nmarker = '\xFF'\n"), @"copydesk: sub/copydesk.toml:2:11: not valid UTF-8: save the file as UTF-8");
}

/// Line ends and a byte order mark of other systems are no part of the text.
#[test]
fn files_of_other_editors_are_read() {
    let root =
        tree(&[("copydesk.toml", "\u{feff}# style\r\nusa-style = 'US'\r\n[[overrides]]\r\nfiles = 'b.txt'\r\n")]);
    assert_eq!(cleaned(root.path(), &[]), TEXT.replace("USA", "US"));
    let shown = cleaned(root.path(), &["--show-config"]);
    assert!(shown.contains("usa-style = \"US\"  # copydesk.toml:2\n"), "{shown}");
}

/// A foreign file can neither fill the memory nor steer the terminal.
#[test]
fn hostile_files_are_refused() {
    let large = format!("# {}\n", "x".repeat(256 * 1024));
    assert!(refused(large).contains("is larger than 256 KiB"));
    let many: String =
        std::iter::once("marker = [\n".to_owned()).chain((0..257).map(|i| format!("'{i}',\n"))).collect();
    assert!(refused(many + "]\n").contains("copydesk.toml:258:1: more than 256 patterns"));
    assert!(refused("marker = '(?:\\w{1000}){1000}'\n").contains("larger than"));
    let many: String = (0..1025).map(|i| format!("[[overrides]]\nfiles = '{i}'\n")).collect();
    assert!(refused(many).contains("copydesk.toml:2050:9: more than 1024 patterns"));
    assert!(refused(format!("exclude = '{}'", "a".repeat(1025))).contains("longer than 1024 bytes"));
    let wide = format!("exclude = ['a', '{}']", "{a,".repeat(9) + &"?*".repeat(490));
    assert!(refused(wide).contains("copydesk.toml:1:17: this is no pattern"));
    assert!(refused(format!("marker = '({}'", "a".repeat(9000))).len() < 600);
    assert!(refused(format!("only = {}", "[".repeat(100_000))).contains("copydesk.toml:1:"));
    let message = refused("\"\\u001B[31m\\n\\u202E\" = 1\n");
    assert!(message.contains("unknown key '\\u{1b}[31m⏎\\u{202e}'"), "{message:?}");
}

/// Patterns are compiled once and shared: overrides multiply nothing, and there is a budget for all files of the run.
#[test]
fn patterns_of_a_hostile_tree_have_one_budget() {
    let marker =
        |n: usize| format!("marker = [\n{}]\n", (0..n).map(|i| format!("'\\w{{8}}x{i}',\n")).collect::<String>());
    let overrides: String = (0..30).map(|i| format!("[[overrides]]\nfiles = '{i}*'\nskip = 'usa'\n")).collect();
    let message = refused(marker(64) + &overrides);
    let place = message.strip_prefix("copydesk: sub/copydesk.toml:").and_then(|rest| rest.split_once(':'));
    let line: usize = place.and_then(|(line, _)| line.parse().ok()).expect("it has a line");
    assert!((10..=65).contains(&line) && message.contains("more than 16 MiB: use fewer or simpler ones"), "{message}");

    // What one file may have takes no more with overrides, and fewer files than there are folders may have it.
    let root = tree(&[("copydesk.toml", &(marker(10) + &overrides))]);
    for i in 0..30 {
        fs::create_dir(root.path().join(format!("{i}"))).expect("the folder can be made");
        fs::write(root.path().join(format!("{i}/{i}.txt")), TEXT).expect("there is room");
    }
    within(root.path(), &["-rq", "--check", "."]).assert().code(0).stderr("");
    #[cfg(target_os = "linux")]
    {
        let mut limited = Command::new("sh");
        let script = r#"ulimit -v 262144; exec "$0" -rq --check ."#;
        limited.args(["-c", script, super::PROGRAM]).current_dir(root.path()).assert().code(0).stderr("");
    }
    for i in 0..30 {
        let text = marker(10).replace('x', &format!("y{i}-"));
        fs::write(root.path().join(format!("{i}/copydesk.toml")), text).expect("there is room");
    }
    let message = stderr(&within(root.path(), &["-rq", "--check", "."]).assert().code(2).stdout(""));
    assert!(is_one_line(&message) && message.contains("/copydesk.toml:") && message.contains("16 MiB"), "{message}");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_opened() {
    let root = tree(&[("a.txt", TEXT)]);
    let path = root.path().join("copydesk.toml");
    let refused = |part: &str| {
        let assert = within(root.path(), &["a.txt"]).assert().code(2).stdout("");
        let message = stderr(&assert);
        assert!(is_one_line(&message) && message.contains(part), "{message:?}");
    };
    fs::create_dir(&path).expect("the folder can be made");
    refused("copydesk.toml is taken for a configuration and is no regular file");
    fs::remove_dir(&path).expect("it is empty");
    std::os::unix::fs::symlink("missing", &path).expect("a link can be made");
    refused("cannot read the configuration copydesk.toml: ");
    fs::remove_file(&path).expect("it is ours");
    // A named pipe: to open it would be to wait for ever.
    if !std::process::Command::new("mkfifo").arg(&path).status().is_ok_and(|status| status.success()) {
        eprintln!("skipped: there is no mkfifo here");
        return;
    }
    refused("copydesk.toml is taken for a configuration and is no regular file");
    within(root.path(), &["--isolated", "a.txt"]).assert().code(0).stderr("");
    for other in ["copydesk.toml", "/dev/zero"] {
        let message = stderr(&within(root.path(), &["--config", other, "a.txt"]).assert().code(2).stdout(""));
        assert!(is_one_line(&message) && message.contains("is no regular file: name another"), "{message:?}");
    }
}

/// Nobody can know then which configuration would hold.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_is_gone_is_told() {
    let run = |option: &str| {
        let root = tree(&[]);
        let script = r#"mkdir gone && cd gone && rmdir ../gone && exec "$0" $1"#;
        let mut command = Command::new("sh");
        command.args(["-c", script, super::PROGRAM, option]).current_dir(root.path()).write_stdin(TEXT).assert()
    };
    let message = stderr(&run("").code(2).stdout(""));
    assert!(is_one_line(&message) && message.contains("use --isolated"), "{message:?}");
    run("--isolated").code(0).stderr("").stdout(TEXT.replace("USA", "U.S."));
}

#[test]
fn a_named_configuration_has_to_be_there() {
    let root = tree(&[("b.toml", "")]);
    let refused = |args: &[&str]| stderr(&within(root.path(), args).assert().code(2).stdout(""));
    assert_snapshot!(refused(&["--config", "missing.toml"]), @"copydesk: cannot read the configuration missing.toml: No such file or directory (os error 2)");
    assert_snapshot!(refused(&["--config", "b.toml", "--isolated"]), @"copydesk: --config and --isolated exclude each other: leave one of them out (try 'copydesk -h')");
    assert!(refused(&["--config", "."]).starts_with("copydesk: . is taken for a configuration and is no regular file"));
}

/// Every example of the reference is a configuration.
#[test]
fn the_examples_of_the_reference_are_valid() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/configuration.md");
    let page = fs::read_to_string(page).expect("the reference can be read");
    let examples: Vec<&str> = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(examples.len() >= 6, "the reference has lost its examples");
    for example in examples {
        let root = tree(&[("copydesk.toml", example), ("copydesk.refused", "")]);
        let shown = cleaned(root.path(), &["--show-config"]);
        assert!(shown.contains("copydesk.toml:") || example.contains("[[overrides]]"), "{example}\n{shown}");
    }
    // The error that it shows.
    let root = tree(&[("copydesk.toml", "\n\nusa_style = 'US'\n")]);
    let message = stderr(&within(root.path(), &[]).assert().code(2).stdout(""));
    assert!(page.contains(&message), "docs/configuration.md does not show: {message}");
}
