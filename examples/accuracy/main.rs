//! Scores copydesk on labelled cases and on real texts.
//!
//! ```text
//! cargo run --release --example accuracy -- DIR… [--stage STAGE]… [--set NAME] [--show N]
//! cargo run --release --example accuracy -- DIR… --reasons [--texts FOLDER]…
//! ```
//!
//! In each DIR, for each STAGE (markers, titles, truncation, usa; `likely-cut`: truncation with that rule on, which is off by
//! default; `all`: every stage with default options):
//!
//! - `STAGE.jsonl` or `STAGE/SET.jsonl`: labelled cases (their fields: cases.rs), each cleaned by that stage alone. Where there
//!   are none for `likely-cut`, those for `truncation` are taken, except for sets with `field` in their name: these say what
//!   stays by default
//! - `articles/SET/*.txt`: clean articles, which `titles`, `markers` and `truncation` together must leave as they are
//!
//! With `--reasons` the figures are those of each reason. Besides the cases, real texts count: FOLDER holds them, and where
//! a reader has labelled edits in them, `labels.jsonl` as well (its fields: labels.rs).

mod cases;
mod files;
mod labels;
mod reasons;
mod report;
mod score;
mod table;
mod texts;
mod worth;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use copydesk::{Options, Stage};

use cases::{Case, Group};
use files::{entries, stem};
use reasons::Counts;
use score::Score;
use texts::Texts;

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
/// 1000 lines. With --reasons, for each reason: in cases, the edits in those that are exact (right) and in the others
/// (wrong); in real text, the labelled edits that are made and those that nobody has labelled (new); and what that makes of
/// the reason.
///
/// docs/accuracy.md explains the figures, and the formats of cases and labels.
#[derive(Parser)]
#[command(name = "accuracy", verbatim_doc_comment, max_term_width = 100)]
struct Args {
    /// Folders of cases: DIR/STAGE.jsonl, DIR/STAGE/SET.jsonl, DIR/articles/SET/*.txt
    #[arg(required = true)]
    dir: Vec<PathBuf>,

    /// Score these and no other: markers, titles, truncation, usa, likely-cut, all, articles; may be repeated
    #[arg(long, value_parser = stage)]
    stage: Vec<&'static str>,

    /// Take sets whose name begins with NAME and no other
    #[arg(long, value_name = "NAME", default_value = "")]
    set: String,

    /// Figures by reason; rules that are off by default are switched on for their own reasons
    #[arg(long)]
    reasons: bool,

    /// With --reasons: print the rows of data/program/worth.tsv
    #[arg(long, requires = "reasons")]
    tsv: bool,

    /// With --reasons: count the edits in the texts (.txt) below FOLDER, too; may be repeated
    ///
    /// Where FOLDER/labels.jsonl says which edits are right, the texts are those below FOLDER/texts.
    #[arg(long, value_name = "FOLDER", requires = "reasons")]
    texts: Vec<PathBuf>,

    /// Show N failures a stage: where input, expected and real output differ; with --reasons, N wrong or new edits a reason
    #[arg(long, value_name = "N", default_value_t = 0)]
    show: usize,
}

fn stage(name: &str) -> Result<&'static str, String> {
    let known = || cases::names().chain([ARTICLES]);
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
    let names = cases::names().chain([ARTICLES]);
    let mut stages = Vec::new();
    for name in names.filter(|name| args.stage.is_empty() || args.stage.contains(name)) {
        let mut groups = Vec::new();
        for dir in &args.dir {
            groups.extend(if name == ARTICLES { articles(dir, &args.set)? } else { labelled(dir, name, &args.set)? });
        }
        groups.retain(|group| !group.cases.is_empty());
        stages.extend((!groups.is_empty()).then_some((name, groups)));
    }
    if stages.is_empty() {
        return Err("no cases (--help says where they are looked for)".to_owned());
    }
    if args.reasons { print_reasons(args, &stages) } else { print_scores(args, stages) }
}

fn print_scores(args: &Args, stages: Vec<(&str, Vec<Group>)>) -> Result<(), String> {
    for (name, groups) in stages {
        let score = score(groups)?;
        println!("{name:<11} {score}");
        if name == ARTICLES {
            println!("            changed lines per 1000: {:.2}", score.changed_per_1000());
        }
        score.failures.iter().take(args.show).for_each(|failure| println!("--- {name} {failure}"));
    }
    Ok(())
}

fn print_reasons(args: &Args, stages: &[(&str, Vec<Group>)]) -> Result<(), String> {
    let mut counts = Counts::default();
    stages.iter().flat_map(|(_, groups)| groups).try_for_each(|group| counts.add_cases(group))?;
    args.texts.iter().try_for_each(|folder| counts.add_texts(&Texts::open(folder)?))?;
    print!("{}", if args.tsv { counts.tsv() } else { counts.report(args.show) });
    Ok(())
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
fn labelled(dir: &Path, name: &str, set: &str) -> Result<Vec<Group>, String> {
    let groups: Result<Vec<_>, _> = cases::files(dir, name, set)?.iter().map(|file| cases::read(file, name)).collect();
    Ok(groups?.into_iter().flatten().collect())
}

/// Clean articles.
fn articles(dir: &Path, set: &str) -> Result<Vec<Group>, String> {
    let mut cases = Vec::new();
    for set in entries(&dir.join(ARTICLES), "")?.iter().filter(|folder| stem(folder).starts_with(set)) {
        for file in entries(set, "txt")? {
            cases.push(Case::stays(stem(&file), "article", files::read(&file)?));
        }
    }
    let stages = [Stage::Titles, Stage::Markers, Stage::Truncation];
    Ok(vec![Group { options: Options::default().only(stages), cases }])
}
