//! The command line around the library. A run goes from the arguments as typed ([`args`]) to what they come to
//! ([`settings`], [`cleaners`]), and from there to stdout ([`print`]) or to files ([`files`]). An input ([`input`]) is cleaned
//! in one place ([`clean`]); what there is to say of it is in [`report`].

mod args;
mod clean;
mod cleaners;
mod files;
mod input;
mod interrupt;
mod print;
mod report;
mod settings;
mod status;

use anyhow::{Context, Result};

use args::Args;
use cleaners::Cleaners;
use settings::{Mode, Settings};
pub(crate) use status::Status;

pub(crate) fn main() -> Status {
    let args = match args::parse() {
        Ok(args) => args,
        Err(status) => return status,
    };
    match run(&args) {
        Ok(status) => status,
        Err(error) if is_closed_pipe(&error) => Status::Done,
        Err(error) => {
            report::error(&format!("{error:#}"));
            Status::Error
        }
    }
}

fn run(args: &Args) -> Result<Status> {
    if args.list_rules {
        report::list_rules(&mut print::stdout()?).context("cannot write to stdout")?;
        return Ok(Status::Done);
    }
    let settings = Settings::new(args)?;
    let cleaners = Cleaners::new(args)?;
    match settings.mode {
        Mode::Print => print::run(&settings, &cleaners),
        _ => files::run(&settings, cleaners),
    }
}

/// Whether whoever read our output has gone, as `head` does: nothing is wrong then.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|e| e.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}
