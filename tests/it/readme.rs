//! The README does what it says: every `sh` block runs, every output that it shows is the real one, and the commands that
//! install and test are those that CI calls.

use std::fs;
use std::io::ErrorKind;
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
];

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
            "yaml" => ["pre-commit", "pre-commit, local", "lefthook"].map(Some).contains(&block.comment),
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
