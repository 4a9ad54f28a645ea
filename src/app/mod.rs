//! The command line around the library. A run goes from the arguments as typed ([`args`]) and the configuration ([`config`])
//! to what they come to ([`settings`], [`cleaners`]), and from there to stdout ([`print`]) or to files ([`files`]). An input
//! ([`input`]) is cleaned in one place ([`clean`]); what there is to say of it is in [`report`], and the log of its edits in
//! [`edits`]. Completions and the man page are made in [`manual`]; what a terminal is shown of a text, in [`screen`]; what an input is by its first bytes
//! or its name, in [`sniff`].

mod args;
mod clean;
mod cleaners;
mod config;
mod edits;
mod files;
mod input;
mod interrupt;
mod manual;
mod print;
mod report;
mod screen;
mod separator;
mod settings;
mod sniff;
mod status;
mod stdio;

use std::ffi::OsStr;
use std::io::Write;

use anyhow::{Context, Result};

use args::Args;
use cleaners::Cleaners;
use config::Configuration;
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
        return tell(report::list_rules().as_bytes());
    }
    if let Some(shell) = args.completions {
        return tell(&manual::completions(shell));
    }
    if args.man {
        return tell(&manual::page()?);
    }
    let configuration = Configuration::new(args)?;
    if args.show_config {
        return tell(&show_config(args, &configuration)?);
    }
    let settings = Settings::new(args)?;
    interrupt::outlive_file_limits().context("cannot catch signals")?;
    let cleaners = Cleaners::new(configuration);
    match settings.mode {
        Mode::Print => print::run(&settings, &cleaners),
        _ => files::run(&settings, cleaners),
    }
}

/// What only prints.
fn tell(text: &[u8]) -> Result<Status> {
    let mut out = stdio::stdout()?;
    out.write_all(text).and_then(|()| out.flush()).context("cannot write to stdout")?;
    Ok(Status::Done)
}

fn show_config(args: &Args, configuration: &Configuration) -> Result<Vec<u8>> {
    let names = args.files.iter().map(|name| &**name);
    let stdin = args.files.is_empty().then_some(OsStr::new(cleaners::STDIN));
    let shown = names.chain(stdin).map(|name| config::show(configuration, cleaners::file(name.as_ref())));
    Ok(shown.collect::<Result<Vec<_>>>()?.join("\n").into_bytes())
}

/// Whether the reader of our output has gone, as `head` does: nothing is wrong then.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|e| e.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}
