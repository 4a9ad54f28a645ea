//! Scores copydesk on a folder of labelled cases.
//!
//! ```text
//! cargo run --release --example accuracy -- DIR [STAGE…] [--set NAME] [--show N]
//! ```
//!
//! In DIR, for each STAGE (titles, markers, truncation, usa; `all`: every stage with default options):
//!
//! - `STAGE.jsonl` or `STAGE/SET.jsonl`: labelled cases (their fields: cases.rs), each cleaned by that stage alone
//! - `articles/SET/*.txt`: clean articles, which `titles`, `markers` and `truncation` together must leave as they are

mod cases;
mod score;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use copydesk::{Options, Stage};

use cases::{Case, Group, NAMES};
use score::Score;

const ARTICLES: &str = "articles";

/// Scores copydesk on labelled cases
///
/// Figures for each stage:
///
///   exact  cases whose output is exactly the expected text
///   harm   of the cases that must stay as they are, those that were changed
///   fixed  of the cases that must change, those that came out exactly as expected
///   seen   of the cases that must change, those that were changed at all
///
/// Below them, for each kind of case, how many are exact and how many there are; for articles the lines that changed, in
/// 1000 lines. The format of the cases is told in docs/accuracy.md.
#[derive(Parser)]
#[command(name = "accuracy", verbatim_doc_comment, max_term_width = 100)]
struct Args {
    /// The folder: DIR/STAGE.jsonl, DIR/STAGE/SET.jsonl, DIR/articles/SET/*.txt
    dir: PathBuf,

    /// Score these and no other: titles, markers, truncation, usa, articles, all
    #[arg(value_parser = stage)]
    stage: Vec<&'static str>,

    /// Take sets whose name begins with NAME and no other
    #[arg(long, value_name = "NAME", default_value = "")]
    set: String,

    /// Show N failures a stage: where input, expected and real output differ
    #[arg(long, value_name = "N", default_value_t = 0)]
    show: usize,
}

fn stage(name: &str) -> Result<&'static str, String> {
    let known = || NAMES.iter().copied().chain([ARTICLES]);
    known().find(|s| *s == name).ok_or_else(|| format!("use one of {}", known().collect::<Vec<_>>().join(", ")))
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("accuracy: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<(), String> {
    let mut found = false;
    let names = NAMES.iter().copied().chain([ARTICLES]);
    for name in names.filter(|name| args.stage.is_empty() || args.stage.contains(name)) {
        let groups = if name == ARTICLES { articles(args)? } else { labelled(args, name)? };
        let score = score(groups)?;
        if score.is_empty() {
            continue;
        }
        found = true;
        println!("{name:<11} {score}");
        if name == ARTICLES {
            println!("            changed lines per 1000: {:.2}", score.changed_per_1000());
        }
        score.failures.iter().take(args.show).for_each(|failure| println!("--- {name} {failure}"));
    }
    if found {
        Ok(())
    } else {
        Err(format!("no cases in {} (--help tells where they are looked for)", args.dir.display()))
    }
}

fn score(groups: Vec<Group>) -> Result<Score, String> {
    let mut score = Score::default();
    for group in groups {
        let cleaner = group.options.build().map_err(|e| e.to_string())?;
        group.cases.into_iter().for_each(|case| score.add(&cleaner, case));
    }
    Ok(score)
}

/// The labelled cases of a stage.
fn labelled(args: &Args, name: &str) -> Result<Vec<Group>, String> {
    let mut files = entries(&args.dir.join(name), "jsonl")?;
    files.retain(|file| stem(file).starts_with(&args.set));
    let single = args.dir.join(name).with_extension("jsonl");
    if args.set.is_empty() && single.is_file() {
        files.push(single);
    }
    let groups: Result<Vec<_>, _> = files.iter().map(|file| cases::read(file, name)).collect();
    Ok(groups?.into_iter().flatten().collect())
}

/// Clean articles.
fn articles(args: &Args) -> Result<Vec<Group>, String> {
    let mut cases = Vec::new();
    for set in entries(&args.dir.join(ARTICLES), "")?.iter().filter(|set| stem(set).starts_with(&args.set)) {
        for file in entries(set, "txt")? {
            let text = fs::read_to_string(&file).map_err(|e| format!("cannot read {}: {e}", file.display()))?;
            cases.push(Case { id: stem(&file), kind: "article".to_owned(), input: text.clone(), expected: text });
        }
    }
    let stages = [Stage::Titles, Stage::Markers, Stage::Truncation];
    Ok(vec![Group { options: Options::default().only(stages), cases }])
}

/// What a folder holds with this extension, sorted; nothing where there is no such folder.
fn entries(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let listed = fs::read_dir(folder).and_then(|entries| entries.map(|e| Ok(e?.path())).collect::<Result<Vec<_>, _>>());
    let mut paths = listed.map_err(|e| format!("cannot read {}: {e}", folder.display()))?;
    paths.retain(|path| path.extension().unwrap_or_default() == OsStr::new(extension));
    paths.sort();
    Ok(paths)
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
