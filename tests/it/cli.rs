//! The program end to end: what goes in and out, what it says, how it ends.

mod arguments;
mod config;
mod files;
mod manual;
mod reports;
mod streams;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_copydesk");

/// The program, in an environment that changes nothing of what it prints.
fn copydesk(args: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(args).env_remove("COLUMNS").env_remove("NO_COLOR");
    command
}

/// A new folder with these files, in which the program runs.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("the file can be written");
    }
    folder
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
