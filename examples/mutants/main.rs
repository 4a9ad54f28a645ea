//! Counts the texts for which cleaning twice is not cleaning once: as they are, and broken at random.
//!
//! ```text
//! cargo run --release --example mutants -- FOLDER… [--each N] [--seed N] [--show N]
//! ```
//!
//! docs/invariants.md says what they have in common.

mod mutate;
mod twice;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use copydesk::Options;

use mutate::{Rng, mutate};
use twice::{differs, options, read, shrink};

/// Counts the texts for which cleaning twice is not cleaning once
#[derive(Parser)]
#[command(name = "mutants", max_term_width = 100)]
struct Args {
    /// Folders of texts (*.txt at any depth; where a folder has an input.txt, that one)
    #[arg(required = true)]
    folder: Vec<PathBuf>,

    /// Break each text in N ways
    #[arg(long, value_name = "N", default_value_t = 8)]
    each: u64,

    /// Break them in other ways
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// Show N of them, made as short as they can be
    #[arg(long, value_name = "N", default_value_t = 0)]
    show: usize,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let mut texts = Vec::new();
    for folder in &args.folder {
        match read(folder) {
            Ok(read) => texts.extend(read),
            Err(error) => {
                eprintln!("{}: {error}", folder.display());
                return ExitCode::from(2);
            }
        }
    }
    let mut shown = args.show;
    let (mut whole, mut broken) = (0, 0);
    for (n, text) in texts.iter().enumerate() {
        for way in 0..=args.each {
            let mut rng = Rng::new(args.seed.wrapping_mul(1 << 40) + ((n as u64) << 16) + way);
            let options = options(&mut rng);
            let text = if way == 0 { text.clone() } else { mutate(text, &mut rng) };
            if let Some((once, twice)) = differs(&options, &text) {
                *(if way == 0 { &mut whole } else { &mut broken }) += 1;
                if shown > 0 {
                    shown -= 1;
                    show(&options, &text, &once, &twice);
                }
            }
        }
    }
    let runs = texts.len() as u64 * args.each;
    println!("as they are    {whole} of {}", texts.len());
    println!("broken         {broken} of {runs}, {:.1} in 10 000", broken as f64 * 10_000.0 / runs.max(1) as f64);
    ExitCode::SUCCESS
}

fn show(options: &Options, text: &str, once: &str, twice: &str) {
    let short = shrink(options, text);
    let (once, twice) = differs(options, &short).unwrap_or_else(|| (once.to_owned(), twice.to_owned()));
    println!("{options:?}\n  in    {short:?}\n  once  {once:?}\n  twice {twice:?}\n");
}
