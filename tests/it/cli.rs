//! The program end to end: what goes in and out, what it says, how it ends.

mod arguments;
mod batch;
mod choice;
mod config;
mod edits;
mod failures;
mod files;
mod formats;
mod habits;
mod in_place;
mod interactive;
#[cfg(unix)]
mod killed;
mod manual;
#[cfg(target_os = "linux")]
mod memory;
mod out_dir;
mod records;
mod refused;
mod reports;
mod review;
mod stop;
mod streams;
mod structured;
mod terminal;
mod undo;

use std::collections::BTreeMap;
use std::path::Path;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_copydesk");

/// The program, in an environment that changes nothing of what it prints.
fn copydesk(args: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(args).env_remove("COLUMNS").env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

/// A new folder with these files, in which the program runs.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("the folder can be made");
        std::fs::write(path, bytes).expect("the file can be written");
    }
    folder
}

/// Every file below a folder, with its bytes; of a link what it says.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, into: &mut BTreeMap<String, Vec<u8>>) {
        for entry in folder.read_dir().expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            let name = path.strip_prefix(root).expect("it stands below").to_string_lossy().into_owned();
            if path.is_symlink() {
                let link = path.read_link().expect("it is a link");
                into.insert(name, format!("-> {}", link.display()).into_bytes());
            } else if path.is_dir() {
                walk(root, &path, into);
            } else {
                into.insert(name, std::fs::read(&path).expect("the file can be read"));
            }
        }
    }
    let mut into = BTreeMap::new();
    walk(folder, folder, &mut into);
    into
}

/// Runs in a folder; the exit status, stdout and stderr.
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = copydesk(args).current_dir(folder).output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("what is told is UTF-8");
    (output.status.code().expect("it ends by itself"), text(output.stdout), text(output.stderr))
}

fn stderr(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).expect("messages are UTF-8")
}

/// One line without control characters, whatever an argument holds.
fn is_one_line(message: &str) -> bool {
    message.strip_suffix('\n').is_some_and(|line| line.starts_with("copydesk: ") && !line.contains(char::is_control))
}

/// The arguments are refused: exit status 2, nothing on stdout, one line on stderr. Gives the line.
fn refused(args: &[&str]) -> String {
    let assert = copydesk(args).write_stdin("In the USA.\n").assert().code(2).stdout("");
    let message = stderr(&assert);
    assert!(is_one_line(&message), "{args:?}: {message:?}");
    message
}

/// Text through stdin and stdout, without an error.
fn cleans(args: &[&str], text: &[u8], want: &[u8]) {
    copydesk(args).write_stdin(text).assert().code(0).stderr("").stdout(want.to_vec());
}
