//! The command line around the library. A run goes from the arguments as typed ([`args`]) and the configuration ([`config`])
//! to what they come to ([`settings`], [`cleaners`]), and from there to stdout ([`print`]) or to files ([`files`]). An input
//! ([`input`]) is cleaned in one place ([`clean`]). Its edits are shown by [`explain`], by [`formats`] and in [`stats`]; their log is in [`edits`],
//! what keeps some from being made in [`refused`],
//! and what asks about them in [`ask`].
//! Records, and texts between separators, are cleaned part by part in [`stream`]; what is compressed goes through [`compress`].
//! Messages are in [`report`], what there is to say of rules in [`rules`]. Completions are made in [`completions`], the man page in [`manual`]; what a terminal is shown of a text, in [`screen`];
//! what an input is by its first bytes or its name, in [`sniff`].

mod args;
mod ask;
mod clean;
mod cleaners;
mod completions;
mod compress;
mod config;
mod edits;
mod explain;
mod files;
mod formats;
mod input;
mod interrupt;
mod manual;
mod names;
mod nearest;
mod place;
mod print;
mod refused;
mod report;
mod review;
mod rules;
mod screen;
mod separator;
mod settings;
mod sniff;
mod stats;
mod status;
mod stdio;
mod stream;
mod worth;

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};

use args::{Args, Print};
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
    if let Some(what) = args.print {
        return tell(&printed(what, args)?);
    }
    let configuration = Configuration::new(args)?;
    let settings = Settings::new(args)?;
    interrupt::outlive_file_limits().context("cannot catch signals")?;
    let cleaners = Cleaners::new(configuration, args.stdin_filename.clone());
    match settings.mode {
        Mode::Print => print::run(&settings, &cleaners),
        _ => files::run(&settings, cleaners),
    }
}

/// What is printed instead of a text.
fn printed(what: Print, args: &Args) -> Result<Vec<u8>> {
    Ok(match what {
        Print::ShortHelp => args::help::SHORT.into(),
        Print::Help => args::help::long().into(),
        Print::Version => concat!("copydesk ", env!("CARGO_PKG_VERSION"), "\n").into(),
        Print::ListRules => rules::list().into(),
        Print::ExplainRule(scope) => rules::explain(scope).into(),
        Print::ShowConfig => show_config(args, &Configuration::new(args)?)?,
        Print::Completions(shell) => completions::script(shell)?,
        Print::Man => manual::page().into(),
    })
}

fn tell(text: &[u8]) -> Result<Status> {
    let mut out = stdio::stdout()?;
    out.write_all(text).and_then(|()| out.flush()).context("cannot write to stdout")?;
    Ok(Status::Done)
}

fn show_config(args: &Args, configuration: &Configuration) -> Result<Vec<u8>> {
    let names = args.files.iter().map(|name| &**name);
    let stdin = args.files.is_empty().then_some(OsStr::new(cleaners::STDIN));
    let file = |name| cleaners::file(Path::new(name)).or(args.stdin_filename.as_deref());
    let shown = names.chain(stdin).map(|name| config::show(configuration, file(name)));
    Ok(shown.collect::<Result<Vec<_>>>()?.join("\n").into_bytes())
}

/// Whether the reader of our output has gone, as `head` does: nothing is wrong then.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|e| e.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}
