//! Completions for shells, made of the table of options. Only for them there is a command as clap knows it.

use anyhow::{Result, anyhow};
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, ValueHint};
use clap_complete::Shell;

use super::args::table::{Kind, OPTIONS, Opt};

/// The script by which a shell completes arguments.
pub(crate) fn script(shell: &str) -> Result<Vec<u8>> {
    let shell: Shell = shell.parse().map_err(|message| anyhow!("{message}"))?;
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), "copydesk", &mut script);
    Ok(script)
}

fn command() -> Command {
    let file = Arg::new("FILE").num_args(0..).value_hint(ValueHint::AnyPath).help("A text to clean");
    Command::new("copydesk").disable_help_flag(true).disable_version_flag(true).args(OPTIONS.iter().map(arg)).arg(file)
}

fn arg(opt: &'static Opt) -> Arg {
    let mut arg = Arg::new(opt.long).long(opt.long).help(opt.help).action(ArgAction::SetTrue);
    if let Some(letter) = opt.short {
        arg = arg.short(letter);
    }
    if let Some(alias) = opt.alias {
        arg = arg.visible_alias(alias);
    }
    let Some((name, kind)) = opt.value else { return arg };
    arg = arg.value_name(name).action(ArgAction::Append);
    match kind {
        Kind::File => arg.value_hint(ValueHint::FilePath),
        Kind::Folder => arg.value_hint(ValueHint::DirPath),
        Kind::Other => arg,
        Kind::Key(_) | Kind::OneOf(_) if kind.choices().is_empty() => arg,
        Kind::Key(_) | Kind::OneOf(_) => arg.value_parser(PossibleValuesParser::new(kind.choices())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_is_consistent() {
        command().debug_assert();
    }
}
