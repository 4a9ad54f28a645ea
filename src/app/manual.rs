//! What is made of the definitions of the arguments: completions for shells, the man page.

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Args;

/// The script by which the shell completes arguments.
pub(crate) fn completions(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "copydesk", &mut script);
    script
}

/// The man page, in roff.
pub(crate) fn page() -> Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Args::command()).render(&mut page)?;
    Ok(page)
}
