//! The hooks for pre-commit, run by the real one as a user runs it: it clones this repository, cargo builds the program from
//! the clone, and nothing else is at hand. They are installed as HEAD has them, so commit first.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

const TEXT: &str = "Ships sail to the USA every week.\n";
const CLEAN: &str = "Ships sail to the U.S. every week.\n";
/// Texts to clean, with names that a shell or a list of files could trip over.
const CLEANED: [&str; 6] =
    ["fixed.txt", "notes.md", "the owl's \"night\" out.txt", "-w.txt", "deep/er/müde  Möwe.markdown", "licensed.md"];
/// What is no article, or is left alone by its name.
const LEFT: [(&str, &str); 10] = [
    ("left.txt", TEXT),
    ("refused.txt", TEXT),
    ("ships.py", "COUNTRY = 'the USA'  # ships sail to the USA\n"),
    ("ships.yaml", "country: the USA\n"),
    ("feed.txt", "{\"text\": \"Ships sail to the USA every week.\"}\n"),
    ("LICENSE", TEXT),
    ("deep/LICENSE-SHIPS.txt", TEXT),
    ("COPYING.md", TEXT),
    ("CMakeLists.txt", "# Ships sail to the USA.\nproject(ships)\n"),
    ("requirements-dev.txt", "# Ships sail to the USA.\nships\n"),
];

/// pre-commit, if it is there. In CI it has to be.
fn pre_commit() -> Option<PathBuf> {
    let program = std::env::var_os("COPYDESK_PRE_COMMIT").map_or("pre-commit".into(), PathBuf::from);
    let works = |program: &Path, arg| Command::new(program).arg(arg).output().is_ok_and(|o| o.status.success());
    if works(&program, "--version") && works(Path::new("git"), "--version") {
        return Some(program);
    }
    assert!(std::env::var_os("CI").is_none(), "CI has no git, or no pre-commit as COPYDESK_PRE_COMMIT");
    eprintln!("skipped: pre-commit and git are not both here (pip install pre-commit)");
    None
}

/// A command in the repository, untouched by git settings of the user and by a hook that this test may run in.
fn command(program: &Path, repo: &Path) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        command.env_remove(name);
    }
    command.current_dir(repo).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "Test").env(format!("GIT_{role}_EMAIL"), "test@news.example");
    }
    command
}

/// What git prints. `None`: it fails.
fn git(repo: &Path, args: &[&str]) -> Option<String> {
    let output = command(Path::new("git"), repo).args(args).output().expect("git starts");
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A repository that uses hooks by this configuration.
fn repository(configuration: &str) -> TempDir {
    let repo = tempfile::tempdir().expect("there is room for a folder");
    let write = |name: &str, text: &str| {
        let path = repo.path().join(name);
        fs::create_dir_all(path.parent().expect("it stands in a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    };
    CLEANED.iter().for_each(|name| write(name, TEXT));
    LEFT.iter().for_each(|(name, text)| write(name, text));
    write("clean.txt", CLEAN);
    write("binary.dat", "\0\u{1}USA\0");
    write("copydesk.toml", "exclude = \"left.txt\"\nrefused = \"copydesk.refused\"\n");
    write("copydesk.refused", "ee874793bfed4fb3 country-name country-form refused.txt\n");
    write(".pre-commit-config.yaml", configuration);
    for args in [&["init", "--quiet"][..], &["add", "."], &["commit", "--quiet", "--message", "texts"]] {
        git(repo.path(), args).expect("git makes a repository");
    }
    repo
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn hold(repo: &Path, text: &str) {
    for name in CLEANED {
        assert_eq!(fs::read_to_string(repo.join(name)).expect("it is there"), text, "{name}");
    }
    for (name, text) in LEFT {
        assert_eq!(fs::read_to_string(repo.join(name)).expect("it is there"), text, "{name}");
    }
}

/// Runs a hook over every file.
fn run(mut command: Command, home: &Path, hook: &str) -> Output {
    let args = ["run", hook, "--all-files", "--color", "never"];
    command.env("PRE_COMMIT_HOME", home).args(args).output().expect("pre-commit starts")
}

/// One test, since the program is built once: both hooks have one environment.
#[test]
fn the_hooks_install_from_a_clone_and_fail_until_the_texts_are_clean() {
    let Some(pre_commit) = pre_commit() else { return };
    let Some(head) = git(Path::new(ROOT), &["rev-parse", "HEAD"]) else {
        eprintln!("skipped: this is no clone");
        return;
    };
    let hooks = "hooks: [{id: copydesk}, {id: copydesk-check}]";
    let repo = repository(&format!("repos: [{{repo: '{ROOT}', rev: {head}, {hooks}}}]\n"));
    let home = tempfile::tempdir().expect("there is room for a folder");
    let run = |hook: &str| run(command(&pre_commit, repo.path()), home.path(), hook);

    let check = run("copydesk-check");
    assert_eq!(check.status.code(), Some(1), "{}", told(&check));
    for name in CLEANED {
        assert!(told(&check).contains(name), "{name} is not named: {}", told(&check));
    }
    assert!(told(&check).contains("6 files would change") && !told(&check).contains("modified"), "{}", told(&check));
    hold(repo.path(), TEXT);

    let fix = run("copydesk");
    assert_eq!(fix.status.code(), Some(1), "{}", told(&fix));
    assert!(told(&fix).contains("files were modified by this hook"), "{}", told(&fix));
    for name in CLEANED {
        assert!(told(&fix).contains(&format!("{name}: 1 edit")), "{name} is not named: {}", told(&fix));
    }
    hold(repo.path(), CLEAN);

    for hook in ["copydesk", "copydesk-check"] {
        let again = run(hook);
        assert!(again.status.success(), "{}", told(&again));
    }
    hold(repo.path(), CLEAN);
}

/// The one of the README that runs the program which is installed.
#[test]
fn the_local_hook_runs_what_is_installed() {
    let Some(pre_commit) = pre_commit() else { return };
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).expect("the README can be read");
    let (_, rest) = readme.split_once("<!-- pre-commit, local -->\n```yaml\n").expect("the README shows it");
    let (configuration, _) = rest.split_once("```").expect("the block has an end");
    let repo = repository(&configuration.replace("        files: ^articles/\n", ""));
    let home = tempfile::tempdir().expect("there is room for a folder");
    let run = || {
        let mut command = command(&pre_commit, repo.path());
        let bin = Path::new(env!("CARGO_BIN_EXE_copydesk")).parent().expect("it stands in a folder").to_owned();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = [bin].into_iter().chain(std::env::split_paths(&path));
        command.env("PATH", std::env::join_paths(path).expect("PATH can be joined"));
        self::run(command, home.path(), "copydesk")
    };
    let first = run();
    assert_eq!(first.status.code(), Some(1), "{}", told(&first));
    hold(repo.path(), CLEAN);
    let second = run();
    assert!(second.status.success(), "{}", told(&second));
}
