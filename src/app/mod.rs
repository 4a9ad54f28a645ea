//! The command line around the library: arguments as typed ([`args`]), the run ([`run`]), what goes to stderr ([`report`]).

mod args;
mod cleaners;
mod input;
mod report;
mod run;

use std::process::ExitCode;

/// How the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// Everything was done.
    Done,
    /// Something could not be done; a line on stderr says what.
    Error,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        ExitCode::from(match status {
            Status::Done => 0,
            Status::Error => 2,
        })
    }
}

pub(crate) fn main() -> Status {
    let args = match args::parse() {
        Ok(args) => args,
        Err(status) => return status,
    };
    match run::run(&args) {
        Ok(status) => status,
        Err(error) if is_closed_pipe(&error) => Status::Done,
        Err(error) => {
            report::error(&format!("{error:#}"));
            Status::Error
        }
    }
}

/// Whether whoever read our output has gone, as `head` does: nothing is wrong then.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|e| e.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}
