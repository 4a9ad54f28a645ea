//! The one table of options. The parser, `-h`, `--help`, the man page and the completions derive from it.

use crate::app::config::keys::Takes;

/// An option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Id {
    Write,
    Interactive,
    Check,
    Diff,
    OutDir,
    Force,
    Decompress,
    Undo,
    Rule,
    Edit,
    File,
    Refused,
    Recursive,
    Glob,
    Exclude,
    FilesFrom,
    Null,
    StdinFilename,
    InputFormat,
    Field,
    TitleField,
    Lenient,
    Separator,
    Threads,
    Only,
    Skip,
    Enable,
    Truncated,
    Mark,
    UsaStyle,
    UsaHeadlines,
    Protect,
    IgnoreRegex,
    Marker,
    Lang,
    Explain,
    Stats,
    OutputFormat,
    Edits,
    Review,
    FromLog,
    Color,
    Quiet,
    Verbose,
    Config,
    Isolated,
    ShowConfig,
    ListRules,
    ExplainRule,
    Completions,
    Man,
    Help,
    Version,
}

/// A section of `--help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    Output,
    Input,
    Stages,
    Reports,
    Configuration,
    About,
}

impl Group {
    pub(crate) const ALL: [Self; 6] =
        [Self::Output, Self::Input, Self::Stages, Self::Reports, Self::Configuration, Self::About];

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Output => "Where the text goes",
            Self::Input => "What is cleaned",
            Self::Stages => "What is changed",
            Self::Reports => "What is reported",
            Self::Configuration => "Configuration",
            Self::About => "About the program",
        }
    }
}

/// What the value of an option is, for completions and for help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One of the values that a key of the configuration takes.
    Key(Takes),
    OneOf(&'static [&'static str]),
    File,
    Folder,
    Other,
}

impl Kind {
    /// Every value, where they are few.
    pub(crate) fn choices(self) -> Vec<&'static str> {
        match self {
            Self::Key(takes) => takes.choices().unwrap_or_default(),
            Self::OneOf(values) => values.to_vec(),
            Self::File | Self::Folder | Self::Other => Vec::new(),
        }
    }
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opt {
    pub(crate) id: Id,
    pub(crate) short: Option<char>,
    pub(crate) long: &'static str,
    /// Another name for it.
    pub(crate) alias: Option<&'static str>,
    /// Its value's name and kind.
    pub(crate) value: Option<(&'static str, Kind)>,
    /// The value may begin with two hyphens.
    pub(crate) hyphens: bool,
    pub(crate) group: Group,
    /// One line of help, without a period at its end.
    pub(crate) help: &'static str,
    /// Sentences that `--help` has after it.
    pub(crate) more: &'static str,
}

impl Opt {
    const fn new(id: Id, long: &'static str, group: Group, help: &'static str) -> Self {
        Self { id, short: None, long, alias: None, value: None, hyphens: false, group, help, more: "" }
    }

    const fn short(mut self, short: char) -> Self {
        self.short = Some(short);
        self
    }

    const fn alias(mut self, alias: &'static str) -> Self {
        self.alias = Some(alias);
        self
    }

    const fn value(mut self, name: &'static str, kind: Kind) -> Self {
        self.value = Some((name, kind));
        self
    }

    /// A value that may begin with hyphens.
    const fn text(mut self, name: &'static str) -> Self {
        self.value = Some((name, Kind::Other));
        self.hyphens = true;
        self
    }

    const fn more(mut self, more: &'static str) -> Self {
        self.more = more;
        self
    }

    /// All that is said of it.
    pub(crate) fn explained(&self) -> String {
        if self.more.is_empty() { self.help.to_owned() } else { format!("{}. {}", self.help, self.more) }
    }

    /// Both of its long names.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        std::iter::once(self.long).chain(self.alias)
    }
}

const SCOPES: Kind = Kind::Key(Takes::Scope);
const STYLES: Kind = Kind::Key(Takes::Style);

/// The option with this long name.
pub(crate) fn long(name: &str) -> Option<&'static Opt> {
    OPTIONS.iter().find(|opt| opt.long == name || opt.alias == Some(name))
}

/// The option with this letter.
pub(crate) fn short(letter: char) -> Option<&'static Opt> {
    OPTIONS.iter().find(|opt| opt.short == Some(letter))
}

/// Every option, in the order of help.
#[rustfmt::skip]
pub(crate) const OPTIONS: &[Opt] = &[
    Opt::new(Id::Write, "write", Group::Output, "Rewrite each FILE in place").short('w').alias("in-place")
        .more("The new text replaces the old one in one step, or not at all. Mode, owner and extended attributes are kept. A symbolic \
link is followed: the file that it points to is rewritten. A clean file is not touched."),
    Opt::new(Id::Interactive, "interactive", Group::Output, "Ask about each edit, then rewrite the FILE as -w does")
        .more("The terminal shows an edit in its text, with its reason, and takes y (make it), n (do not), a or d (the same for the rest of the file), \
A or D (the same for this reason, in all files), q (quit) or ? (help); with --refused, r adds the edit to that list. A file is written when all its edits are \
answered: one that is left by q or Ctrl-C stays as it was, and so do those after it."),
    Opt::new(Id::Check, "check", Group::Output, "Name the files that would change; exit status 1 if there are any").short('l')
        .more("Nothing is written."),
    Opt::new(Id::Diff, "diff", Group::Output, "Show what would change as a unified diff; exit status 1 if anything would")
        .more("Nothing is written. `patch -p0` and `git apply -p0` apply it."),
    Opt::new(Id::OutDir, "out-dir", Group::Output, "Write the cleaned files below DIR, each under its own name").value("DIR", Kind::Folder)
        .more("Files found in a directory keep their place in it. DIR is created if it is missing; files of an earlier run in it are \
replaced. An input is never overwritten."),
    Opt::new(Id::Force, "force", Group::Output, "With -w: rewrite read-only files and those with several hard links as well")
        .more("The other names of such a file keep the old text. A file whose owner or extended attributes can't be kept is rewritten \
without them."),
    Opt::new(Id::Decompress, "decompress", Group::Output, "Write what was compressed without compressing it again")
        .more("Otherwise what comes as gzip or Zstandard goes to stdout so, except to a terminal."),
    Opt::new(Id::Undo, "undo", Group::Output, "Put back, byte for byte, what was cleaned with --edits LOG; may be repeated").value("LOG", Kind::File)
        .more("stdin or each FILE is a text as that run wrote it. The original goes where a cleaned text would go; with -w, into FILE's \
place. Name the FILEs as they were named then; one that no log names is taken for what went to stdout. Any other text is refused. If \
several runs have changed a file, all are undone, whatever the order of the LOGs. Configuration files are ignored."),
    Opt::new(Id::Rule, "rule", Group::Output, "With --undo: put back only what these stages, rules or reasons did").alias("reason").value("NAMES", SCOPES)
        .more("Separated by commas. --rule, --edit and --file narrow each other. The edits that stay can be undone later: with -w and --out-dir LOG goes \
on with them, or another log that --edits names; for stdout name one with --edits. An edit that was made for other reasons as well is put back whole."),
    Opt::new(Id::Edit, "edit", Group::Output, "With --undo: put back only the edits with these numbers, for example 3,5-8").value("NUMBERS", Kind::Other)
        .more("The numbers are those of LOG, and each file has its own; if several runs are undone, the edits are counted anew."),
    Opt::new(Id::File, "file", Group::Output, "With --undo: put back only edits of the files that match; may be repeated").value("GLOB", Kind::Other)
        .more("A pattern as in .gitignore, relative to the current folder, for the names in LOG."),
    Opt::new(Id::Refused, "refused", Group::Output, "Make none of the edits that FILE names, which a page of --review has saved").value("FILE", Kind::File)
        .more("It takes the place of the configuration's key 'refused'. An edit is known again by its words and those beside it on its line; one that \
there is no more is reported. With --undo: put back only these edits."),

    Opt::new(Id::Recursive, "recursive", Group::Input, "Take the texts below each FILE that is a directory").short('r').alias("batch")
        .more("These are *.txt, *.text, *.md and *.markdown; --glob and the configuration's key 'include' choose others. Needs one of -w, \
--out-dir, --check and --diff. LICENSE*, COPYING*, CMakeLists.txt and requirements*.txt are taken only where a pattern names them. Hidden \
files and those that .gitignore or .ignore name are left out, symbolic links are not followed, and binary and UTF-16 files are skipped."),
    Opt::new(Id::Glob, "glob", Group::Input, "With -r: take the files that match, and no others; '!GLOB' leaves files out").short('g').value("GLOB", Kind::Other)
        .more("May be repeated: --glob '*.txt' --glob '!drafts/'. As in .gitignore, and as ripgrep's -g: the last one that matches counts, \
and what is taken so may be hidden or ignored otherwise."),
    Opt::new(Id::Exclude, "exclude", Group::Input, "Leave the files alone that match, also those that are named; may be repeated").value("GLOB", Kind::Other)
        .more("A pattern as in .gitignore, relative to the current folder; it is added to the configuration's key 'exclude'."),
    Opt::new(Id::FilesFrom, "files-from", Group::Input, "Read the names of more FILEs from LIST, one per line; '-' is stdin").value("LIST", Kind::File),
    Opt::new(Id::Null, "null", Group::Input, "With --files-from: names end in a NUL byte, as `find -print0` and `git ls-files -z` print them").short('0'),
    Opt::new(Id::StdinFilename, "stdin-filename", Group::Input, "Treat stdin as the file PATH: its configuration holds, and its kind").value("PATH", Kind::File)
        .more("For editors. PATH need not exist; messages name it."),
    Opt::new(Id::InputFormat, "input-format", Group::Input, "Read the input as text, jsonl, csv or tsv, whatever it looks like").value("FORMAT", Kind::OneOf(&["text", "jsonl", "csv", "tsv"]))
        .more("Without it, files named *.jsonl, *.ndjson, *.csv and *.tsv are records: see --field. Other structured input (JSON, XML, HTML, YAML, source \
code; tables and JSON from stdin), which is recognised by its name or its first bytes, is refused where it would go to stdout, and left alone with -w, --check, \
--diff, --out-dir and -r. `--only markers` takes it in any case. What is compressed with gzip or Zstandard is read as what is in it."),
    Opt::new(Id::Field, "field", Group::Input, "Of records: clean this field; may be repeated [default: text]").value("NAME", Kind::Other)
        .more("NAME is a key, or a JSON Pointer such as /article/body; in CSV and TSV a column's name, or its number from 1. Each field is a document of \
its own. All other bytes of the file stay as they are. With -r, files of records are taken as well."),
    Opt::new(Id::TitleField, "title-field", Group::Input, "Of records: the field with the title, of which the text may hold a copy").value("NAME", Kind::Other),
    Opt::new(Id::Lenient, "lenient", Group::Input, "Of records: exit status 0, even if some could not be cleaned")
        .more("A record that can't be read, a missing field and one that is no string are left as they are and reported; by default the exit status is 2 then."),
    Opt::new(Id::Separator, "separator", Group::Input, "The line between two documents of a stream").text("LINE")
        .more("Escapes: \\f (form feed), \\t, \\0, \\\\ and \\xHH. The line itself is passed on."),
    Opt::new(Id::Threads, "threads", Group::Input, "Use N threads [default: one per core]").short('j').value("N", Kind::Other)
        .more("Files are cleaned at once, and so are the parts of a stream of records. Those of a stream with --separator are if N is given: each thread \
takes some MiB. The output is the same for every N."),

    Opt::new(Id::Only, "only", Group::Stages, "Run these stages or rules and no others: markers, titles, truncation, usa").value("NAMES", SCOPES)
        .more("Separated by commas. A stage brings its rules that are on by default. --list-rules shows the rules and their reasons; a \
reason's name is taken as well."),
    Opt::new(Id::Skip, "skip", Group::Stages, "Switch these stages, rules or reasons off").value("NAMES", SCOPES),
    Opt::new(Id::Enable, "enable", Group::Stages, "Switch these rules on that are off by default: likely-cut").value("NAMES", SCOPES),
    Opt::new(Id::Truncated, "truncated", Group::Stages, "A sentence that was cut off: ellipsis marks it, drop removes it, keep leaves it [default: ellipsis]").value("WAY", Kind::Key(Takes::Truncated)),
    Opt::new(Id::Mark, "mark", Group::Stages, "What marks a sentence that was cut off [default: ' …']").text("TEXT"),
    Opt::new(Id::UsaStyle, "usa-style", Group::Stages, "The style of the country's short name: U.S., US or USA [default: U.S.]").value("STYLE", STYLES),
    Opt::new(Id::UsaHeadlines, "usa-headlines", Group::Stages, "Its style in titles and headings: U.S., US or USA [default: that of the text]").value("STYLE", STYLES),
    Opt::new(Id::Protect, "protect", Group::Stages, "Leave this name as it is, for example 'US Weekly'; may be repeated").value("NAME", Kind::Other),
    Opt::new(Id::IgnoreRegex, "ignore-regex", Group::Stages, "Touch nothing that this regular expression matches; may be repeated").text("REGEX")
        .more("It is matched within one paragraph."),
    Opt::new(Id::Marker, "marker", Group::Stages, "Strip what this regular expression matches as well; may be repeated").text("REGEX")
        .more("It is matched within one paragraph: a line, or the lines of a wrapped one."),
    Opt::new(Id::Lang, "lang", Group::Stages, "What truncation and usa act on: auto (English paragraphs) or en (all) [default: auto]").value("LANG", Kind::Key(Takes::Lang))
        .more("A paragraph is not English if function words of another language outnumber the English ones. One of fewer than eight words goes \
with those before it. Use en for English that has few function words, such as telegrams."),

    Opt::new(Id::Explain, "explain", Group::Reports, "Show every edit on stderr, with its place, number, rule and reason")
        .more("As FILE:LINE:COLUMN: #NUMBER RULE (REASON): … some words [before → after] some words …; ⏎ is a line's end, ␣ a space at an end. \
The number is that of the log of --edits."),
    Opt::new(Id::Stats, "stats", Group::Reports, "Count edits by stage, rule and reason, on stderr"),
    Opt::new(Id::OutputFormat, "output-format", Group::Reports, "With --check, --stats: report as text, json, github (annotations) or sarif").value("FORMAT", Kind::OneOf(&["text", "json", "github", "sarif"]))
        .more("--check then reports each edit with its line and column (in characters) on stdout, instead of naming the files: text as \
--explain does, json as an array of records like those of --edits, github as workflow commands, sarif as SARIF 2.1.0. --stats writes its \
counts in the same format to stderr; in SARIF they are properties of the run."),
    Opt::new(Id::Edits, "edits", Group::Reports, "Record every edit in the file LOG, which --undo takes").value("LOG", Kind::File)
        .more("LOG has a line of JSON for each edit, with the fields file, number, line, column (in characters), start (an offset in the input, in \
bytes), before, after, stages, rules and reasons; what is not UTF-8 is given in hexadecimal digits, as before_hex. After a file's edits a line has the length and \
CRC-32 of its input and of what came out. With --check and --diff it is what would be done. With -w the edits are on the disk \
before the file is replaced. -w and --out-dir append to the log of an earlier run; otherwise a LOG that holds something is refused."),
    Opt::new(Id::Review, "review", Group::Reports, "Write a page for a browser with every edit in its article, to accept or refuse it").value("PAGE", Kind::File)
        .more("PAGE is one file that loads nothing. The edits that are refused there are saved to a file that --undo LOG --refused FILE takes. Needs one of \
-w, --out-dir, --check and --diff, or --from-log."),
    Opt::new(Id::FromLog, "from-log", Group::Reports, "With --review: show the edits of an earlier run with --edits LOG; may be repeated").value("LOG", Kind::File)
        .more("Each FILE is a text as that run wrote it, and nothing is written but the page."),
    Opt::new(Id::Color, "color", Group::Reports, "Colour: auto (on a terminal), always or never [default: auto]").value("WHEN", Kind::OneOf(&["auto", "always", "never"]))
        .more("With auto, NO_COLOR switches colour off, and CLICOLOR_FORCE on."),
    Opt::new(Id::Quiet, "quiet", Group::Reports, "Print no progress bar, no summary, nothing about files that are rewritten or skipped").short('q'),
    Opt::new(Id::Verbose, "verbose", Group::Reports, "Name each file that is skipped or left out, and why").short('v'),

    Opt::new(Id::Config, "config", Group::Configuration, "Take the settings from FILE [default: the nearest copydesk.toml]").value("FILE", Kind::File)
        .more("By default a file has the settings of the copydesk.toml in its folder or in the nearest folder above, up to the root of a \
repository or to the home folder; stdin has those of the current folder. The command line beats the file."),
    Opt::new(Id::Isolated, "isolated", Group::Configuration, "Ignore configuration files"),
    Opt::new(Id::ShowConfig, "show-config", Group::Configuration, "Print the settings that hold for FILE, and where each comes from"),

    Opt::new(Id::ListRules, "list-rules", Group::About, "Print the rules and their reasons, with examples"),
    Opt::new(Id::ExplainRule, "explain-rule", Group::About, "Explain a stage, a rule or a reason: what it does, examples, what it is worth").value("NAME", SCOPES),
    Opt::new(Id::Completions, "completions", Group::About, "Print completions for a shell: bash, elvish, fish, powershell or zsh")
        .value("SHELL", Kind::OneOf(&["bash", "elvish", "fish", "powershell", "zsh"]))
        .more("bash looks for the file copydesk in ~/.local/share/bash-completion/completions, fish for copydesk.fish in \
~/.config/fish/completions, zsh for _copydesk in the folders of $fpath. For elvish append it to ~/.config/elvish/rc.elv, for PowerShell to \
the file $PROFILE."),
    Opt::new(Id::Man, "man", Group::About, "Print the man page")
        .more("Read it with `copydesk --man | man -l -`, or write it to ~/.local/share/man/man1/copydesk.1, where man looks for it."),
    Opt::new(Id::Help, "help", Group::About, "Print this page; -h prints one screen").short('h'),
    Opt::new(Id::Version, "version", Group::About, "Print the version").short('V'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_help_is_a_line() {
        let mut names: Vec<String> = OPTIONS.iter().flat_map(Opt::names).map(str::to_owned).collect();
        names.extend(OPTIONS.iter().filter_map(|opt| opt.short).map(String::from));
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all);
        for (i, opt) in OPTIONS.iter().enumerate() {
            assert_eq!(opt.id as usize, i, "{}: the order of the rows is that of the ids", opt.long);
            assert!(!opt.help.ends_with('.') && opt.help.starts_with(char::is_uppercase), "{}: {}", opt.long, opt.help);
            assert!(
                opt.more.is_empty() || opt.more.ends_with('.') && !opt.more.contains('\n'),
                "{}: {}",
                opt.long,
                opt.more
            );
        }
    }

    /// Help names every value that it can name.
    #[test]
    fn help_names_the_values() {
        for opt in OPTIONS {
            let choices = opt.value.map(|(_, kind)| kind.choices()).unwrap_or_default();
            if choices.len() < 8 {
                assert!(choices.iter().all(|value| opt.help.contains(value)), "{}: {}", opt.long, opt.help);
            }
        }
    }
}
