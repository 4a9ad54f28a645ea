//! The hooks for pre-commit, run by the real one on a new repository.
//!
//! Where the environment variable COPYDESK_WHEELS names a folder with the wheel and what it needs, as .ci/run does, the hooks
//! are installed from this repository as a user's are. Otherwise they run the program that was just built.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const PROGRAM: &str = env!("CARGO_BIN_EXE_copydesk");
const HOOKS: &str = ".pre-commit-hooks.yaml";

const FIXED: &str = "fixed.txt";
const ODD: &str = "the owl's \"night\" out.txt";

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

/// A command in the repository, untouched by the user's own settings and by a hook that this test may run in.
fn command(program: &Path, repo: &Path) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        command.env_remove(name);
    }
    let path = std::env::join_paths(path()).expect("PATH can be joined");
    command.current_dir(repo).env("PATH", path).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "Test").env(format!("GIT_{role}_EMAIL"), "test@news.example");
    }
    command
}

/// Where programs are looked for: the one that was built, or, with the wheel, no toolchain that could build one.
fn path() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path);
    if std::env::var_os("COPYDESK_WHEELS").is_some() {
        return folders.filter(|folder| !folder.join("cargo").exists() || folder.join("git").exists()).collect();
    }
    let bin = Path::new(PROGRAM).parent().expect("the program stands in a folder").to_owned();
    [bin].into_iter().chain(folders).collect()
}

fn git(repo: &Path, args: &[&str]) {
    let output = command(Path::new("git"), repo).args(args).output().expect("git starts");
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A repository with two texts to clean, one that is clean, and a file that is no text.
fn repository() -> TempDir {
    let repo = tempfile::tempdir().expect("there is room for a folder");
    let write = |name: &str, bytes: &[u8]| fs::write(repo.path().join(name), bytes).expect("the file can be written");
    write(FIXED, b"Ships sail to the USA every week.\n");
    write(ODD, b"Owl set free\n\nOwl set free\n\nIt flew off in May.\n");
    write("clean.txt", b"Ships sail to the U.S. every week.\n");
    write("left.txt", b"Ships sail to the USA every week.\n");
    write("binary.dat", b"\0\x01USA\0");
    write("copydesk.toml", b"exclude = \"left.txt\"\n");
    git(repo.path(), &["init", "--quiet"]);
    git(repo.path(), &["add", "."]);
    git(repo.path(), &["commit", "--quiet", "--message", "texts"]);
    repo
}

/// The hooks of this repository, but for how they are installed: they run the program that is found.
fn hooks_that_run_what_is_found() -> TempDir {
    let hooks = tempfile::tempdir().expect("there is room for a folder");
    let text = fs::read_to_string(Path::new(ROOT).join(HOOKS)).expect("the hooks can be read");
    assert!(text.contains("language: python"), "{text}");
    fs::write(hooks.path().join(HOOKS), text.replace("language: python", "language: system"))
        .expect("it can be written");
    git(hooks.path(), &["init", "--quiet"]);
    git(hooks.path(), &["add", "."]);
    git(hooks.path(), &["commit", "--quiet", "--message", "hooks"]);
    hooks
}

/// Runs a hook over every file of the repository.
fn run(pre_commit: &Path, repo: &Path, hook: &str) -> Output {
    let home = tempfile::tempdir().expect("there is room for a folder");
    let mut command = command(pre_commit, repo);
    command.env("PRE_COMMIT_HOME", home.path()).arg("try-repo");
    let found = match std::env::var_os("COPYDESK_WHEELS") {
        Some(wheels) => {
            command.env("PIP_NO_INDEX", "1").env("PIP_FIND_LINKS", wheels).arg(ROOT);
            None
        }
        None => Some(hooks_that_run_what_is_found()),
    };
    command.args(found.as_ref().map(TempDir::path)).args([hook, "--all-files", "--verbose"]);
    command.output().expect("pre-commit starts")
}

fn read(repo: &Path, name: &str) -> String {
    fs::read_to_string(repo.join(name)).expect("the file is there")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn the_fixing_hook_fixes_and_fails_and_then_passes() {
    let Some(pre_commit) = pre_commit() else { return };
    let repo = repository();
    let first = run(&pre_commit, repo.path(), "copydesk");
    assert_eq!(first.status.code(), Some(1), "{}", told(&first));
    assert!(told(&first).contains("files were modified by this hook"), "{}", told(&first));
    assert_eq!(read(repo.path(), FIXED), "Ships sail to the U.S. every week.\n");
    assert_eq!(read(repo.path(), ODD), "Owl set free\n\nIt flew off in May.\n");
    assert_eq!(read(repo.path(), "left.txt"), "Ships sail to the USA every week.\n");
    let second = run(&pre_commit, repo.path(), "copydesk");
    assert!(second.status.success(), "{}", told(&second));
}

#[test]
fn the_checking_hook_fails_and_names_the_files() {
    let Some(pre_commit) = pre_commit() else { return };
    let repo = repository();
    let first = run(&pre_commit, repo.path(), "copydesk-check");
    assert_eq!(first.status.code(), Some(1), "{}", told(&first));
    for name in [FIXED, ODD] {
        assert!(told(&first).contains(name), "{name} is not named: {}", told(&first));
    }
    for name in ["clean.txt", "left.txt", "binary.dat"] {
        assert!(!told(&first).contains(name), "{name} is named: {}", told(&first));
    }
    assert!(!told(&first).contains("files were modified"), "{}", told(&first));
    assert_eq!(read(repo.path(), FIXED), "Ships sail to the USA every week.\n");
    for name in [FIXED, ODD] {
        fs::write(repo.path().join(name), "Clean.\n").expect("the file can be written");
    }
    let second = run(&pre_commit, repo.path(), "copydesk-check");
    assert!(second.status.success(), "{}", told(&second));
}

/// What is installed for the hooks is the wheel of this version.
#[test]
fn the_hooks_install_this_version() {
    let Ok(project) = fs::read_to_string(Path::new(ROOT).join("pyproject.toml")) else {
        eprintln!("skipped: a package comes without pyproject.toml");
        return;
    };
    let version = env!("CARGO_PKG_VERSION");
    for line in [format!("version = \"{version}\""), format!("dependencies = [\"copydesk=={version}\"]")] {
        assert!(project.lines().any(|l| l == line), "pyproject.toml does not say: {line}");
    }
}
