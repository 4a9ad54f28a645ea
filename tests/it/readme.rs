//! The README does what it says: every `sh` block runs, every output that it shows is the real one, and the commands that
//! install and test are those that CI calls.

use std::fs;
use std::io::ErrorKind;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use copydesk::{Cleaner, EditSink};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const PROGRAM: &str = env!("CARGO_BIN_EXE_copydesk");

/// A stand-in for the network.
const PRELUDE: &str = "curl() { cat scraped.txt; }\n";

/// What makes the folder a repository, whatever the user's own settings are.
const REPOSITORY: &str = "\
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=T GIT_AUTHOR_EMAIL=t@news.example GIT_COMMITTER_NAME=T GIT_COMMITTER_EMAIL=t@news.example
git init --quiet
";

/// What a recipe finds beside the files that the README shows.
const FILES: &[(&str, &str)] = &[
    (
        "articles/pier.txt",
        "The pier has been closed since Sunday. It will be sold to the\n\n[an error occurred while processing the directive]\n",
    ),
    ("articles/the owl's night.txt", "An owl was set free in the USA.\n"),
    (
        "stories.jsonl",
        r#"{"id": 7, "title": "Ferry strike ends", "text": "Ferry strike ends\n\nShips sail to the USA \u201cagain\u201d."}
{"id": 8, "title": "Gates open at six", "text": "Gates open at six on Sundays."}
"#,
    ),
    ("stories.csv", "id,lead,body\n1,\"Owls, in short\",\"An owl was set free in the USA.\"\n"),
];

/// A file of records that a recipe finds compressed.
const WIRE: (&str, &str) = ("wire.jsonl.gz", "{\"id\": 9, \"text\": \"Owls fly to the USA at dawn.\"}\n");

/// A fenced block of the README.
#[derive(Debug, PartialEq, Eq)]
struct Block<'a> {
    /// What follows the fence.
    info: &'a str,
    text: String,
    /// A comment alone on the line before the block.
    comment: Option<&'a str>,
    /// Another block stands before it with only blank lines between.
    follows: bool,
    line: usize,
}

impl Block<'_> {
    /// The file that the block shows.
    fn file(&self) -> Option<&str> {
        self.comment?.strip_prefix("file: ")
    }
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let (mut comment, mut follows, mut open) = (None, false, false);
    for (i, line) in page.lines().enumerate() {
        match (line.strip_prefix("```"), open) {
            (Some(info), false) => {
                blocks.push(Block { info, text: String::new(), comment, follows, line: i + 1 });
                open = true;
            }
            (Some(_), true) => (open, comment, follows) = (false, None, true),
            (None, true) => {
                let text = &mut blocks.last_mut().expect("a block is open").text;
                text.push_str(line);
                text.push('\n');
            }
            (None, false) if line.is_empty() => {}
            (None, false) => {
                comment = line.strip_prefix("<!-- ").and_then(|l| l.strip_suffix(" -->"));
                follows = false;
            }
        }
    }
    assert!(!open, "the last block of the README is not closed");
    blocks
}

fn readme() -> String {
    fs::read_to_string(Path::new(ROOT).join("README.md")).expect("the README can be read")
}

/// Runs a script in a new folder that holds the files. `None`: there is no `sh`.
fn run(script: &str, shown: &[(&str, &str)]) -> Option<Output> {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for (name, text) in shown.iter().chain(FILES) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }
    let wire = fs::File::create(folder.path().join(WIRE.0)).expect("the file can be written");
    let mut encoder = flate2::write::GzEncoder::new(wire, flate2::Compression::default());
    encoder.write_all(WIRE.1.as_bytes()).and_then(|()| encoder.finish()).expect("the file can be written");
    let bin = Path::new(PROGRAM).parent().expect("the program stands in a folder").to_owned();
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths([bin].into_iter().chain(std::env::split_paths(&rest))).expect("PATH can be joined");
    let script = format!("{PRELUDE}{script}");
    match Command::new("sh").args(["-eu", "-c", &script]).env("PATH", path).current_dir(folder.path()).output() {
        Ok(output) => Some(output),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => panic!("sh does not start: {error}"),
    }
}

#[test]
fn every_recipe_runs_and_prints_what_is_shown() {
    let page = readme();
    let blocks = blocks(&page);
    let shown: Vec<_> = blocks.iter().filter_map(|b| Some((b.file()?, b.text.as_str()))).collect();
    let recipes = || blocks.iter().enumerate().filter(|(_, b)| b.info == "sh");
    assert!(recipes().count() >= 12, "the README has lost its recipes");
    let has_git = Command::new("git").arg("--version").output().is_ok_and(|o| o.status.success());
    for (i, recipe) in recipes() {
        let in_repository = recipe.comment == Some("in a repository");
        if in_repository && !has_git {
            eprintln!("skipped: there is no git here");
            continue;
        }
        let script = if in_repository { REPOSITORY.to_owned() + &recipe.text } else { recipe.text.clone() };
        let Some(output) = run(&script, &shown) else {
            eprintln!("skipped: there is no sh here");
            return;
        };
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let at = format!("README.md:{}: {}", recipe.line, recipe.text);
        assert!(output.status.success() && err.is_empty(), "{at}{}\n{err}", output.status);
        if let Some(want) = blocks.get(i + 1).filter(|b| b.info == "text" && b.follows && b.comment.is_none()) {
            assert_eq!(out, want.text, "{at}");
        }
    }
}

/// A `text` block is a file, a picture, or the output of the recipe before it: nothing is shown that nobody checks.
#[test]
fn nothing_is_shown_unchecked() {
    let page = readme();
    let blocks = blocks(&page);
    for (i, block) in blocks.iter().enumerate() {
        let checked = match block.info {
            "sh" | "rust" | "sh ignore" | "toml" => true,
            // The package's own tests run dialogues.
            "python" => block.text.starts_with(">>> "),
            "yaml" => ["pre-commit", "pre-commit, local", "lefthook", "workflow"].map(Some).contains(&block.comment),
            "text" => {
                let output = block.comment.is_none() && block.follows && blocks[i - 1].info == "sh";
                output || block.file().is_some() || block.comment == Some("picture")
            }
            _ => false,
        };
        assert!(checked, "README.md:{}: a block that no test looks at", block.line);
    }
}

#[test]
fn the_commands_are_those_that_ci_calls() {
    let path = Path::new(ROOT).join(".ci/run");
    let Ok(ci) = fs::read_to_string(&path) else {
        eprintln!("skipped: a package comes without {}", path.display());
        return;
    };
    let page = readme();
    let commands: Vec<String> =
        blocks(&page).into_iter().filter(|b| b.info == "sh ignore").flat_map(|b| lines(&b.text)).collect();
    for word in ["run", "install", "test"] {
        assert!(commands.iter().any(|c| c.starts_with(&format!("cargo {word}"))), "no command that does: {word}");
    }
    for command in commands {
        assert!(lines(&ci).contains(&format!("step {command}")), ".ci/run does not call: {command}");
    }
}

#[test]
fn configurations_are_valid() {
    let page = readme();
    let configurations: Vec<_> = blocks(&page).into_iter().filter(|b| b.info == "toml").collect();
    assert!(!configurations.is_empty(), "the README shows no configuration");
    for block in configurations {
        let Some(output) = run("copydesk --show-config", &[("copydesk.toml", &block.text)]) else { return };
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && out.contains("# copydesk.toml:1"), "README.md:{}: {err}{out}", block.line);
    }
}

/// What follows `key:` in the lines of a YAML text.
fn values<'t>(text: &'t str, key: &'t str) -> Vec<&'t str> {
    let value = |line: &'t str| line.trim_start().trim_start_matches("- ").strip_prefix(key)?.strip_prefix(": ");
    text.lines().filter_map(value).collect()
}

#[test]
fn the_hooks_of_pre_commit_are_those_that_there_are() {
    let page = readme();
    let blocks = blocks(&page);
    let block = blocks.iter().find(|b| b.comment == Some("pre-commit")).expect("the README shows a hook");
    let hooks = fs::read_to_string(Path::new(ROOT).join(".pre-commit-hooks.yaml")).expect("the hooks can be read");
    let (used, known) = (values(&block.text, "id"), values(&hooks, "id"));
    assert!(!used.is_empty() && used.iter().all(|id| known.contains(id)), "{used:?} {known:?}");
    for id in known {
        assert!(page.contains(&format!("`{id}`")), "the README does not name the hook {id}");
    }
    assert_eq!(values(&block.text, "rev"), [concat!("v", env!("CARGO_PKG_VERSION"))]);
}

/// The command that lefthook runs, with the name of a file where lefthook puts the names.
#[test]
fn the_command_of_lefthook_runs() {
    let page = readme();
    let blocks = blocks(&page);
    let block = blocks.iter().find(|b| b.comment == Some("lefthook")).expect("the README shows a hook");
    let commands = values(&block.text, "run");
    assert_eq!(commands.len(), 1, "{}", block.text);
    let command = commands[0].replace("{staged_files}", "articles/pier.txt");
    let script = format!("{command}\ncat articles/pier.txt");
    let Some(output) = run(&script, &[]) else { return };
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(out, "The pier has been closed since Sunday. It will be sold to the …\n");
    assert_eq!(err, "copydesk: rewrote articles/pier.txt: 2 edits\n");
}

#[test]
fn the_commands_of_workflows_run() {
    let page = readme();
    let blocks = blocks(&page);
    let steps = blocks.iter().filter(|b| b.comment == Some("workflow"));
    let commands: Vec<&str> = steps.flat_map(|step| values(&step.text, "run")).collect();
    assert_eq!(commands.len(), 2);
    for command in commands {
        let Some(output) = run(&format!("{command} || test $? = 1"), &[]) else { return };
        assert!(output.status.success() && output.stderr.is_empty(), "{command}: {output:?}");
    }
}

/// The words of a picture, without what says where they are.
fn words_of_picture(name: &str) -> String {
    let picture = fs::read_to_string(Path::new(ROOT).join("docs/pictures").join(name)).expect("the picture is there");
    let texts = picture.split("<text ").skip(1).filter_map(|rest| rest.split_once('>')?.1.split_once("</text>"));
    let words: String = texts.map(|(text, _)| text).collect();
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The terminal shows what the program prints today: if not, docs/pictures/make.py draws it anew.
#[test]
fn the_picture_of_a_terminal_is_real() {
    let page = readme();
    let blocks = blocks(&page);
    let shown: Vec<_> = blocks.iter().filter_map(|b| Some((b.file()?, b.text.as_str()))).collect();
    let script = "copydesk --diff scraped.txt || test $? = 1; copydesk --explain scraped.txt 2>&1 > clean.txt";
    let Some(output) = run(script, &shown) else { return };
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let (diff, explained) = printed.split_at(printed.find("scraped.txt:1:1").expect("it is explained"));
    let want =
        format!("$ copydesk --diff scraped.txt\n{diff}$ copydesk --explain scraped.txt > clean.txt\n{explained}");
    assert_eq!(words_of_picture("terminal.svg"), want.replace('\n', ""), "run docs/pictures/make.py");
}

/// The rows of the first table after a heading, each with its cells.
fn table(page: &str, heading: &str) -> Vec<Vec<String>> {
    let (_, rest) = page.split_once(heading).unwrap_or_else(|| panic!("there is no {heading}"));
    let rows = rest.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|')).skip(2);
    let cells =
        |row: &str| row.replace("\\|", "/").trim_matches('|').split('|').map(|c| c.trim().replace('`', "")).collect();
    rows.map(cells).collect()
}

/// The figures of the picture are those of the pages, and those of the README are those of the data.
#[test]
fn figures_are_those_that_were_measured() {
    let page = readme();
    let read = |name: &str| fs::read_to_string(Path::new(ROOT).join(name)).expect("the page is there");
    let picture = words_of_picture("figures.svg");
    let real = table(&page, "**In real text**");
    assert_eq!(real, judged(&read("data/program/worth.tsv")));
    for row in &real {
        let label = format!("{} + {} + {} of {}", row[2], row[3], row[4], row[1]);
        assert!(picture.contains(&format!("{}{label}", row[0])), "{label}: run docs/pictures/make.py");
    }
    for row in table(&read("docs/accuracy.md"), "## The stages on labelled cases") {
        assert!(picture.contains(&row[2]), "{row:?}: run docs/pictures/make.py");
    }
    for row in table(&read("docs/performance.md"), "## Figures").iter().filter(|row| row[0].starts_with("stage")) {
        assert!(picture.contains(&format!("{}{}", row[0], row[1])), "{row:?}: run docs/pictures/make.py");
    }
}

/// Judged edits in real text of the rules that are on by default: stage, all, right, harmless, wrong.
fn judged(worth: &str) -> Vec<Vec<String>> {
    let sums = copydesk::Stage::ALL.iter().map(|&stage| {
        let mut sums = [0; 3];
        for row in worth.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            let rule = cells[0].parse::<copydesk::Reason>().expect("it is a reason").rule().info();
            if rule.stage == stage && rule.on {
                sums.iter_mut().zip(&cells[3..6]).for_each(|(sum, n)| *sum += n.parse::<u32>().expect("a number"));
            }
        }
        (stage, sums)
    });
    let judged = sums.filter(|(_, sums)| sums.iter().sum::<u32>() > 0);
    let row = |(stage, [right, harmless, wrong]): (copydesk::Stage, [u32; 3])| {
        let all = right + harmless + wrong;
        [stage.to_string()].into_iter().chain([all, right, harmless, wrong].map(|n| n.to_string())).collect()
    };
    judged.map(row).collect()
}

/// The list of contents has every section, and no other; what a page links to is there.
#[test]
fn links_lead_somewhere() {
    let page = readme();
    let anchor = |title: &str| title.to_lowercase().replace(' ', "-").replace(',', "");
    let titles: Vec<String> = page.lines().filter_map(|l| l.strip_prefix("## ").map(anchor)).collect();
    let contents =
        page.split_once("**Contents**").and_then(|(_, rest)| rest.split_once("\n## ")).expect("it is there").0;
    let listed: Vec<String> = links(contents).filter_map(|l| l.strip_prefix('#').map(str::to_owned)).collect();
    assert_eq!(listed, titles);
    for name in ["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md", "docs/configuration.md"] {
        let path = Path::new(ROOT).join(name);
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{name}: {e}"));
        for link in links(&text).filter(|link| !link.contains("://")) {
            let (file, place) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { path.clone() } else { path.with_file_name(file) };
            assert!(target.exists(), "{name}: {link}");
            let is_there = |text: String| {
                text.lines()
                    .any(|l| l.starts_with('#') && anchor(l.trim_start_matches(['#', ' ']).trim_matches('`')) == place)
            };
            assert!(place.is_empty() || fs::read_to_string(target).is_ok_and(is_there), "{name}: {link}");
        }
    }
}

/// Where the links of a page lead to.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(link, _)| link))
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).map(str::to_owned).collect()
}

#[test]
fn blocks_are_found_with_what_stands_before_them() {
    let page = "One\n\n<!-- file: a.txt -->\n```text\nx\n\ny\n```\n\n```sh\nz\n```\nTwo\n```rust\n```\n";
    let block =
        |info, text: &str, comment, follows, line| Block { info, text: text.to_owned(), comment, follows, line };
    let want = [
        block("text", "x\n\ny\n", Some("file: a.txt"), false, 4),
        block("sh", "z\n", None, true, 10),
        block("rust", "", None, false, 14),
    ];
    assert_eq!(blocks(page), want);
    assert_eq!(want[0].file(), Some("a.txt"));
}

/// As the library's section says: one cleaner for many threads, and a receiver of one's own.
#[test]
fn a_cleaner_is_shared_by_threads() {
    struct Count(u64);
    impl EditSink for Count {
        fn keep(&mut self, _: &[u8]) -> std::io::Result<()> {
            Ok(())
        }
        fn edit(&mut self, _: copydesk::Edit<'_>) -> std::io::Result<()> {
            self.0 += 1;
            Ok(())
        }
    }
    let cleaner = Cleaner::default();
    let count = || {
        let mut out = Count(0);
        let mut session = cleaner.session();
        session.push(b"Ships sail to the USA.\n", &mut out).expect("a count takes everything");
        session.finish(&mut out).expect("a count takes everything");
        out.0
    };
    let counts = std::thread::scope(|s| [s.spawn(count), s.spawn(count)].map(|t| t.join().expect("no panic")));
    assert_eq!(counts, [1, 1]);
}
