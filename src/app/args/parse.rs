//! Reads a command line by the table of options.

use std::ffi::{OsStr, OsString};
use std::fmt::Display;
use std::path::PathBuf;
use std::str::FromStr;

use copydesk::Scope;
use lexopt::{Arg, Parser};

use super::hints::hint;
use super::table::{self, Id, Kind, Opt};
use super::{Args, InputFormat, Print, When};
use crate::app::edits::numbers;
use crate::app::formats::Format;
use crate::app::separator;

/// # Errors
/// One line that says what is wrong with the arguments.
pub(super) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Args, String> {
    let mut parser = Parser::from_args(args);
    let mut parsed = Args::default();
    let mut seen = Vec::new();
    while let Some(arg) = next(&mut parser)? {
        match arg {
            Found::File(file) => parsed.files.push(file),
            Found::ShortHelp => parsed.print(Print::ShortHelp),
            Found::Option(opt, value) => {
                seen.push(opt);
                parsed.set(opt, value).map_err(|message| format!("--{}: {message}", opt.long))?;
            }
        }
        // Help and the like need nothing else to be right.
        if parsed.print.is_some_and(|print| print != Print::ShowConfig) {
            return Ok(parsed);
        }
    }
    check(&seen, &parsed)?;
    Ok(parsed)
}

enum Found {
    File(OsString),
    /// `-h`, which is shorter than `--help`.
    ShortHelp,
    Option(&'static Opt, OsString),
}

fn next(parser: &mut Parser) -> Result<Option<Found>, String> {
    let (opt, typed) = match parser.next().map_err(message)? {
        None => return Ok(None),
        Some(Arg::Value(file)) => return Ok(Some(Found::File(file))),
        Some(Arg::Short('h')) => return Ok(Some(Found::ShortHelp)),
        Some(Arg::Long(name)) => (table::long(name), name.to_owned()),
        Some(Arg::Short(letter)) => (table::short(letter), letter.to_string()),
    };
    let Some(opt) = opt else { return Err(unknown(&typed)) };
    let value = opt.value.map_or(Ok(OsString::new()), |(name, _)| value(parser, opt, name))?;
    Ok(Some(Found::Option(opt, value)))
}

/// The option's value, in the same argument or in the next one. An option in the place of a value is hardly meant for one.
fn value(parser: &mut Parser, opt: &Opt, name: &str) -> Result<OsString, String> {
    let missing = || format!("--{} needs a value: --{0} {name}", opt.long);
    let names_a_file = matches!(opt.value, Some((_, Kind::File | Kind::Folder)));
    let is_missing = |value: &OsString| value.is_empty() && names_a_file;
    if let Some(value) = parser.optional_value() {
        return if is_missing(&value) { Err(missing()) } else { Ok(value) };
    }
    let value = parser.value().ok().filter(|value| !is_missing(value)).ok_or_else(missing)?;
    let is_option = value.to_str().and_then(|text| table::long(text.strip_prefix("--")?)).is_some();
    if is_option && !opt.hyphens {
        let value = value.to_string_lossy();
        return Err(format!("--{0} needs a value: --{0} {name} (or --{0}={value}, if that is meant)", opt.long));
    }
    Ok(value)
}

/// What is wrong with an option that there is none.
fn unknown(typed: &str) -> String {
    let hyphens = if typed.chars().nth(1).is_some() { "--" } else { "-" };
    let hint = hint(typed).map_or(String::new(), |hint| format!(": {hint}"));
    format!("there is no option '{hyphens}{typed}'{hint}")
}

fn message(error: lexopt::Error) -> String {
    match error {
        lexopt::Error::UnexpectedValue { option, value } => {
            format!("{option} takes no value, and '{}' is one", value.to_string_lossy())
        }
        error => error.to_string(),
    }
}

impl Args {
    fn set(&mut self, opt: &Opt, value: OsString) -> Result<(), String> {
        match opt.id {
            Id::Write => self.write = true,
            Id::Interactive => self.interactive = true,
            Id::Check => self.check = true,
            Id::Diff => self.diff = true,
            Id::OutDir => self.out_dir = Some(value.into()),
            Id::Force => self.force = true,
            Id::Undo => self.undo.push(value.into()),
            Id::Rule => self.rule.extend(scopes(value)?),
            Id::Edit => self.edit.extend(numbers(&text(value)?)?),
            Id::File => self.file.push(text(value)?),
            Id::Refused => self.refused = Some(value.into()),
            Id::Recursive => self.recursive = true,
            Id::Glob => self.glob.push(text(value)?),
            Id::Exclude => self.exclude.push(text(value)?),
            Id::FilesFrom => self.files_from = Some(PathBuf::from(value)),
            Id::Null => self.null = true,
            Id::StdinFilename => self.stdin_filename = Some(PathBuf::from(value)),
            Id::InputFormat => self.input_format = Some(one_of(opt, &value, INPUT_FORMATS)?),
            Id::Field => self.field.push(some(value)?),
            Id::TitleField => self.title_field = Some(some(value)?),
            Id::Lenient => self.lenient = true,
            Id::Decompress => self.decompress = true,
            Id::Separator => self.separator = Some(separator::parse(&text(value)?)?),
            Id::Threads => self.threads = Some(text(value)?.parse().map_err(|_| "use a number from 1 on".to_owned())?),
            Id::Only => self.only.get_or_insert_default().extend(scopes(value)?),
            Id::Skip => self.skip.extend(scopes(value)?),
            Id::Enable => self.enable.extend(scopes(value)?),
            Id::Truncated => self.truncated = Some(parsed(&text(value)?)?),
            Id::Mark => self.mark = Some(text(value)?),
            Id::IgnoreRegex => self.ignore_regex.push(text(value)?),
            Id::UsaStyle => self.usa_style = Some(parsed(&text(value)?)?),
            Id::UsaHeadlines => self.usa_headlines = Some(parsed(&text(value)?)?),
            Id::Protect => self.protect.push(text(value)?),
            Id::Marker => self.marker.push(text(value)?),
            Id::Lang => self.lang = Some(parsed(&text(value)?)?),
            Id::Explain => self.explain = true,
            Id::Stats => self.stats = true,
            Id::OutputFormat => self.output_format = Some(one_of(opt, &value, FORMATS)?),
            Id::Edits => self.edits = Some(value.into()),
            Id::Review => self.review = Some(value.into()),
            Id::FromLog => self.from_log.push(value.into()),
            Id::Color => self.color = one_of(opt, &value, &[When::Auto, When::Always, When::Never])?,
            Id::Quiet => self.quiet = true,
            Id::Verbose => self.verbose = true,
            Id::Config => self.config = Some(value.into()),
            Id::Isolated => self.isolated = true,
            Id::ShowConfig => self.print(Print::ShowConfig),
            Id::ListRules => self.print(Print::ListRules),
            Id::ExplainRule => self.print(Print::ExplainRule(parsed(&text(value)?)?)),
            Id::Completions => self.print(Print::Completions(named(opt, &value)?)),
            Id::Man => self.print(Print::Man),
            Id::Help => self.print(Print::Help),
            Id::Version => self.print(Print::Version),
        }
        Ok(())
    }

    fn print(&mut self, what: Print) {
        self.print.get_or_insert(what);
    }
}

fn text(value: OsString) -> Result<String, String> {
    value.into_string().map_err(|value| format!("'{}' is not UTF-8", value.to_string_lossy()))
}

fn parsed<T: FromStr<Err: Display>>(text: &str) -> Result<T, String> {
    crate::app::config::keys::value(text)
}

fn scopes(value: OsString) -> Result<Vec<Scope>, String> {
    text(value)?.split(',').map(parsed).collect()
}

/// The name among those of the option's values.
fn named(opt: &Opt, value: &OsStr) -> Result<&'static str, String> {
    let choices = opt.value.map(|(_, kind)| kind.choices()).unwrap_or_default();
    let found = choices.iter().copied().find(|choice| *choice == value);
    found.ok_or_else(|| format!("'{}' is none of its values: use {}", value.to_string_lossy(), choices.join(", ")))
}

/// The value at the place of its name among those of the option's values.
fn one_of<T: Copy>(opt: &Opt, value: &OsStr, values: &[T]) -> Result<T, String> {
    let name = named(opt, value)?;
    let Some((_, Kind::OneOf(names))) = opt.value else { unreachable!("the values of {} are listed", opt.long) };
    Ok(names.iter().zip(values).find(|(n, _)| **n == name).map(|(_, v)| *v).expect("there is a value for each name"))
}

/// A name that is not empty.
fn some(value: OsString) -> Result<String, String> {
    text(value).and_then(|text| if text.is_empty() { Err("it is empty: give a name".to_owned()) } else { Ok(text) })
}

/// In the order of their names in the table.
const INPUT_FORMATS: &[InputFormat] = &[InputFormat::Text, InputFormat::JsonLines, InputFormat::Csv, InputFormat::Tsv];
/// In the order of their names in the table.
const FORMATS: &[Format] = &[Format::Text, Format::Json, Format::Github, Format::Sarif];

/// Options that exclude each other.
const APART: &[(&[Id], &[Id])] = &[
    (&[Id::Write], &[Id::Check, Id::Diff, Id::OutDir]),
    (&[Id::OutDir], &[Id::Check, Id::Diff]),
    (&[Id::Interactive], &[Id::Check, Id::Diff, Id::OutDir, Id::Undo, Id::FromLog, Id::Decompress]),
    (
        &[Id::Undo, Id::FromLog],
        &[
            Id::Only,
            Id::Skip,
            Id::Enable,
            Id::Marker,
            Id::Truncated,
            Id::Mark,
            Id::IgnoreRegex,
            Id::UsaStyle,
            Id::UsaHeadlines,
            Id::Protect,
            Id::Lang,
            Id::Separator,
            Id::Config,
            Id::InputFormat,
            Id::Field,
            Id::TitleField,
        ],
    ),
    (&[Id::Undo], &[Id::Review]),
    (&[Id::FromLog], &[Id::Write, Id::OutDir, Id::Check, Id::Diff, Id::Edits, Id::Refused]),
    (&[Id::Decompress], &[Id::Write, Id::OutDir, Id::Check, Id::Diff]),
    (&[Id::Config], &[Id::Isolated]),
    (&[Id::Quiet], &[Id::Verbose]),
];

/// Options that need another one.
const NEEDS: &[(Id, Id)] = &[
    (Id::Glob, Id::Recursive),
    (Id::Force, Id::Write),
    (Id::Null, Id::FilesFrom),
    (Id::Rule, Id::Undo),
    (Id::Edit, Id::Undo),
    (Id::File, Id::Undo),
    (Id::FromLog, Id::Review),
];

fn check(seen: &[&Opt], args: &Args) -> Result<(), String> {
    let find = |id: Id| seen.iter().find(|opt| opt.id == id);
    for (these, those) in APART {
        let these = these.iter().find_map(|&id| find(id));
        if let (Some(one), Some(other)) = (these, those.iter().find_map(|&id| find(id))) {
            return Err(format!("--{} and --{} exclude each other: leave one of them out", one.long, other.long));
        }
    }
    for &(id, needed) in NEEDS {
        let implied = find(Id::Interactive).filter(|_| needed == Id::Write);
        if let (Some(opt), None) = (find(id), find(needed).or(implied)) {
            let needed = table::OPTIONS[needed as usize].long;
            return Err(format!("--{} is of use only with --{needed}: add that", opt.long));
        }
    }
    if let (Some(format), Some(opt)) = (args.output_format, find(Id::OutputFormat)) {
        let needed = if format == Format::Sarif { "--check" } else { "--check and --stats" };
        let lists = args.check && !args.diff;
        if !lists && (format == Format::Sarif || !args.stats) {
            return Err(format!("--{} {} is for {needed}: add that", opt.long, format.name()));
        }
    }
    let chooses = [Id::Rule, Id::Edit, Id::File, Id::Refused].into_iter().any(|id| find(id).is_some());
    if let (Some(_), Some(_), false) = (find(Id::Undo), find(Id::Edits), chooses) {
        return Err(
            "--edits with --undo is for the edits that stay: add --rule, --edit, --file or --refused".to_owned()
        );
    }
    let is_stdin = |file: &OsString| file == crate::app::cleaners::STDIN;
    if args.files_from.as_deref().is_some_and(|list| list.as_os_str() == crate::app::cleaners::STDIN)
        && args.files.iter().any(is_stdin)
    {
        return Err("--files-from -: stdin can't be a list of names and a text at once".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(args: &[&str]) -> Result<Args, String> {
        parse(args.iter().map(OsString::from))
    }

    /// Each option is taken, by each of its names, with a value of its own.
    #[test]
    fn every_option_is_taken() {
        for opt in table::OPTIONS {
            let letter = opt.short.filter(|&letter| letter != 'h');
            let value = opt.value.map(|(_, kind)| kind.choices().first().copied().unwrap_or("1"));
            let names = opt.names().map(|name| format!("--{name}")).chain(letter.map(|letter| format!("-{letter}")));
            for name in names {
                let mut parser = Parser::from_args([Some(name.as_str()), value].into_iter().flatten());
                let Ok(Some(Found::Option(found, given))) = next(&mut parser) else { panic!("{name} is not taken") };
                assert_eq!(found.id, opt.id);
                Args::default().set(opt, given).unwrap_or_else(|e| panic!("{name}: {e}"));
            }
        }
    }

    #[test]
    fn letters_go_together_and_values_may_touch() {
        let args = args(&["-rwj2", "--only=usa,titles", "--only", "markers", "a", "--", "-b"]).expect("they are valid");
        assert!(args.recursive && args.write && args.threads.is_some_and(|n| n.get() == 2));
        assert_eq!((args.only.map_or(0, |only| only.len()), args.files), (3, vec!["a".into(), "-b".into()]));
    }

    #[test]
    fn of_several_values_the_last_one_holds() {
        let args = args(&["--usa-style", "US", "--usa-style", "USA", "--color=never", "--color=always"])
            .expect("they are valid");
        assert_eq!((args.usa_style, args.color), (Some(copydesk::UsaStyle::Long), When::Always));
    }

    #[test]
    fn what_is_wrong_is_reported() {
        for (given, message) in [
            (&["--edits", "--diff"][..], "--edits needs a value: --edits LOG (or --edits=--diff, if that is meant)"),
            (&["--edits"], "--edits needs a value: --edits LOG"),
            (&["--write=x"], "--write takes no value, and 'x' is one"),
            (&["-j0"], "--threads: use a number from 1 on"),
            (&["--color", "red"], "--color: 'red' is none of its values: use auto, always, never"),
            (&["-w", "--diff"], "--write and --diff exclude each other: leave one of them out"),
            (&["--force"], "--force is of use only with --write: add that"),
            (&["-0"], "--null is of use only with --files-from: add that"),
            (&["--output-format", "json", "--diff"], "--output-format json is for --check and --stats: add that"),
            (&["--stats", "--output-format", "sarif"], "--output-format sarif is for --check: add that"),
            (&["--files-from", "-", "-"], "--files-from -: stdin can't be a list of names and a text at once"),
            (&["-n"], "there is no option '-n': use --diff (shows what would change) or --check (names the files)"),
            (&["-x"], "there is no option '-x'"),
            (&["--zzzz"], "there is no option '--zzzz'"),
        ] {
            assert_eq!(args(given).expect_err("it is wrong"), message, "{given:?}");
        }
    }
}
