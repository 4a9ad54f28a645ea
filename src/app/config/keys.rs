//! The one declaration of the keys of copydesk.toml. Parsing, the nearest key in an error, `--show-config`, the schema and
//! the table in docs/configuration.md derive from it.

use std::fmt::Display;
use std::str::FromStr;

use copydesk::{Lang, MarkerPattern, Options, Scope, Truncated, UsaStyle};

use super::compiled::Compiled;
use crate::app::files::ENDINGS;
use crate::app::nearest;
use crate::app::separator::{self, Line};

/// A setting with its value, as the library's options take it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    Only(Vec<Scope>),
    Skip(Vec<Scope>),
    Enable(Vec<Scope>),
    Marker(MarkerPattern),
    Truncated(Truncated),
    Mark(String),
    Ignore(MarkerPattern),
    UsaStyle(UsaStyle),
    UsaHeadlines(UsaStyle),
    Protect(String),
    Lang(Lang),
    Separator(Line),
}

impl Setting {
    /// Sets it on top of what holds: a later value replaces an earlier one, markers and names are added. `Only` has to come
    /// before the `Skip` beside it, and that before `Enable`.
    pub(crate) fn apply(&self, options: Options) -> Options {
        match self {
            Self::Only(scopes) => options.only(scopes.iter().copied()),
            Self::Skip(scopes) => options.skip(scopes.iter().copied()),
            Self::Enable(scopes) => options.enable(scopes.iter().copied()),
            Self::Marker(pattern) => options.marker_pattern(pattern.clone()),
            Self::Mark(mark) => options.mark(mark),
            Self::Ignore(pattern) => options.ignore_pattern(pattern.clone()),
            Self::Truncated(way) => options.truncated(*way),
            Self::UsaStyle(style) => options.usa_style(*style),
            Self::UsaHeadlines(style) => options.usa_headlines(*style),
            Self::Protect(name) => options.protect(name),
            Self::Lang(lang) => options.lang(*lang),
            Self::Separator(line) => options.separator(line.clone()),
        }
    }

    /// Whether the library takes it.
    fn checked(self) -> Result<Self, String> {
        self.apply(Options::default()).build().map_err(|e| e.to_string())?;
        Ok(self)
    }
}

/// A key of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Only,
    Skip,
    Enable,
    Marker,
    Truncated,
    Mark,
    UsaStyle,
    UsaHeadlines,
    Protect,
    IgnoreRegex,
    Lang,
    Separator,
    Include,
    Exclude,
    Refused,
    Files,
    Overrides,
}

/// Where a key may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// At the top of the file.
    Top,
    /// In a table of `[[overrides]]`.
    Override,
    /// In both.
    Both,
}

impl Place {
    pub(crate) fn holds(self, other: Place) -> bool {
        self == Place::Both || self == other
    }
}

/// What a key takes: a string of this kind, or one kind of table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    Scope,
    Truncated,
    Style,
    Lang,
    Regex,
    Name,
    Text,
    Line,
    Pattern,
    File,
    Tables,
}

impl Takes {
    /// Every string that is taken, where they are few.
    pub(crate) fn choices(self) -> Option<Vec<&'static str>> {
        match self {
            Self::Scope => Some(Scope::all().map(Scope::as_str).collect()),
            Self::Truncated => Some(Truncated::ALL.iter().map(|t| t.as_str()).collect()),
            Self::Style => Some(UsaStyle::ALL.iter().map(|s| s.as_str()).collect()),
            Self::Lang => Some(Lang::ALL.iter().map(|l| l.as_str()).collect()),
            Self::Regex | Self::Name | Self::Text | Self::Line | Self::Pattern | Self::File | Self::Tables => None,
        }
    }
}

/// A row of the table of keys.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeyInfo {
    pub(crate) key: Key,
    /// Where there is a flag for it, the flag's name.
    pub(crate) name: &'static str,
    pub(crate) takes: Takes,
    /// It takes a list as well as one string.
    pub(crate) many: bool,
    pub(crate) place: Place,
    /// The value that holds where no level gives one, in TOML. `None`: nothing.
    pub(crate) default: Option<fn() -> String>,
    /// One line of help.
    pub(crate) help: &'static str,
}

impl KeyInfo {
    const fn new(key: Key, name: &'static str, takes: Takes, many: bool, place: Place, help: &'static str) -> Self {
        Self { key, name, takes, many, place, default: None, help }
    }

    const fn default(mut self, default: fn() -> String) -> Self {
        self.default = Some(default);
        self
    }
}

/// Every key. The order is that in which the settings of a level are applied and shown.
#[rustfmt::skip]
pub(crate) const KEYS: [KeyInfo; 17] = [
    KeyInfo::new(Key::Only, "only", Takes::Scope, true, Place::Both,
        "Run these stages and rules and no other")
        .default(|| list(Options::default().scopes().into_iter().map(Scope::as_str))),
    KeyInfo::new(Key::Skip, "skip", Takes::Scope, true, Place::Both,
        "Switch these stages and rules off"),
    KeyInfo::new(Key::Enable, "enable", Takes::Scope, true, Place::Both,
        "Switch these rules on, also those that are off by default"),
    KeyInfo::new(Key::Marker, "marker", Takes::Regex, true, Place::Both,
        "Strip what these regular expressions match as well; the patterns of all levels hold"),
    KeyInfo::new(Key::Truncated, "truncated", Takes::Truncated, false, Place::Both,
        "What becomes of a sentence that was cut off: ellipsis marks it, drop removes it, keep leaves it")
        .default(|| string(Truncated::default().as_str())),
    KeyInfo::new(Key::Mark, "mark", Takes::Text, false, Place::Both,
        "What is put where the rest of a cut sentence is missing").default(|| string(Options::MARK)),
    KeyInfo::new(Key::UsaStyle, "usa-style", Takes::Style, false, Place::Both,
        "The style of the country's short name").default(|| string(UsaStyle::default().as_str())),
    KeyInfo::new(Key::UsaHeadlines, "usa-headlines", Takes::Style, false, Place::Both,
        "Its style in titles and headings; where it is not set, that of the text"),
    KeyInfo::new(Key::Protect, "protect", Takes::Name, true, Place::Both,
        "Leave these names as they are; the names of all levels hold"),
    KeyInfo::new(Key::IgnoreRegex, "ignore-regex", Takes::Regex, true, Place::Both,
        "Touch nothing that these regular expressions match; the patterns of all levels hold"),
    KeyInfo::new(Key::Lang, "lang", Takes::Lang, false, Place::Both,
        "What truncation and usa act on: auto (English paragraphs) or en (all)")
        .default(|| string(Lang::default().as_str())),
    KeyInfo::new(Key::Separator, "separator", Takes::Line, false, Place::Both,
        "The line between two documents of a stream, with the escapes \\f, \\t, \\0, \\\\ and \\xHH"),
    KeyInfo::new(Key::Include, "include", Takes::Pattern, true, Place::Top,
        "Take the files of a directory that these patterns match, and no others").default(|| list(ENDINGS.map(|ending| format!("*.{ending}")))),
    KeyInfo::new(Key::Exclude, "exclude", Takes::Pattern, true, Place::Top,
        "Leave the files alone that these patterns match, also those named on the command line"),
    KeyInfo::new(Key::Refused, "refused", Takes::File, false, Place::Top,
        "Make no edit that this list names, as a page of --review saves it"),
    KeyInfo::new(Key::Files, "files", Takes::Pattern, true, Place::Override,
        "The files for which the settings of the table hold"),
    KeyInfo::new(Key::Overrides, "overrides", Takes::Tables, false, Place::Top,
        "Tables of settings for some files; a later one beats an earlier one"),
];

/// The row of the key, if it may stand there.
///
/// # Errors
/// There is no such key in this place; the message names the nearest one.
pub(crate) fn find(name: &str, place: Place) -> Result<&'static KeyInfo, String> {
    match KEYS.iter().find(|row| row.name == name) {
        Some(row) if row.place.holds(place) => Ok(row),
        Some(_) if place == Place::Top => Err(format!("'{name}' belongs in a table of [[overrides]]")),
        Some(_) => Err(format!("'{name}' belongs at the top of the file, before every [[overrides]]")),
        None => Err(format!("unknown key '{name}': {}", nearest(name, place))),
    }
}

fn nearest(name: &str, place: Place) -> String {
    let names = || KEYS.iter().filter(|row| row.place.holds(place)).map(|row| row.name);
    match nearest::nearest(name, names()) {
        Some(nearest) => format!("did you mean '{nearest}'?"),
        None => format!("use one of {}", names().collect::<Vec<_>>().join(", ")),
    }
}

/// A string of a value, and its offset in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    pub(crate) text: &'a str,
    pub(crate) at: usize,
}

/// Something that is wrong, at an offset in the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) at: usize,
    pub(crate) message: String,
}

impl Fault {
    pub(crate) fn new(at: usize, message: impl Into<String>) -> Self {
        Self { at, message: message.into() }
    }
}

/// The settings that a value makes, each with its offset. `at` is the value's own.
///
/// # Errors
/// A string that the key does not take.
pub(crate) fn settings(
    row: &KeyInfo,
    at: usize,
    texts: &[Text<'_>],
    compiled: &mut Compiled,
) -> Result<Vec<(usize, Setting)>, Fault> {
    let each = |make: fn(&str) -> Result<Setting, String>| {
        texts.iter().map(|t| Ok((t.at, make(t.text).and_then(Setting::checked).map_err(fault(row, t))?))).collect()
    };
    match row.key {
        Key::Only => Ok(vec![(at, Setting::Only(scopes(row, texts)?))]),
        Key::Skip => Ok(vec![(at, Setting::Skip(scopes(row, texts)?))]),
        Key::Enable => Ok(vec![(at, Setting::Enable(scopes(row, texts)?))]),
        Key::Marker => {
            let mut marker = |t: &Text<'_>| compiled.pattern(t.text).map(Setting::Marker).map_err(fault(row, t));
            texts.iter().map(|t| Ok((t.at, marker(t)?))).collect()
        }
        Key::IgnoreRegex => {
            let mut ignored = |t: &Text<'_>| compiled.pattern(t.text).map(Setting::Ignore).map_err(fault(row, t));
            texts.iter().map(|t| Ok((t.at, ignored(t)?))).collect()
        }
        Key::Mark => each(|text| Ok(Setting::Mark(text.to_owned()))),
        Key::Truncated => each(|text| value(text).map(Setting::Truncated)),
        Key::UsaStyle => each(|text| value(text).map(Setting::UsaStyle)),
        Key::UsaHeadlines => each(|text| value(text).map(Setting::UsaHeadlines)),
        Key::Protect => each(|text| Ok(Setting::Protect(text.to_owned()))),
        Key::Lang => each(|text| value(text).map(Setting::Lang)),
        Key::Separator => each(|text| separator::parse(text).map(Setting::Separator)),
        Key::Include | Key::Exclude | Key::Refused | Key::Files | Key::Overrides => Ok(Vec::new()),
    }
}

fn scopes(row: &KeyInfo, texts: &[Text<'_>]) -> Result<Vec<Scope>, Fault> {
    texts.iter().map(|t| value(t.text).map_err(fault(row, t))).collect()
}

fn fault(row: &KeyInfo, text: &Text<'_>) -> impl Fn(String) -> Fault {
    move |message| Fault::new(text.at, format!("{}: {message}", row.name))
}

/// A value by its name, as flags and keys take it.
pub(crate) fn value<T: FromStr<Err: Display>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|e: T::Err| e.to_string())
}

/// A list of strings in TOML.
pub(crate) fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let texts: Vec<String> = texts.into_iter().map(|text| string(text.as_ref())).collect();
    format!("[{}]", texts.join(", "))
}

/// A string in TOML, in one line; what can't be seen is escaped.
pub(crate) fn string(text: &str) -> String {
    let hidden = |c: char| c.is_control() || crate::app::report::is_invisible(c);
    if text.contains('\\') && !text.contains('\'') && !text.contains(hidden) {
        return format!("'{text}'");
    }
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if hidden(c) && c > '\u{FFFF}' => out.push_str(&format!("\\U{:08X}", u32::from(c))),
            c if hidden(c) => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_each_key_once_and_in_order() {
        assert!(KEYS.windows(2).all(|pair| pair[0].key < pair[1].key));
        for (i, row) in KEYS.iter().enumerate() {
            assert!(KEYS[..i].iter().all(|other| other.name != row.name), "{} stands twice", row.name);
            assert!(!row.help.ends_with('.') && !row.help.contains('\n'), "{}: {}", row.name, row.help);
        }
    }

    #[test]
    fn an_unknown_key_comes_with_the_nearest_one() {
        for (name, nearest) in
            [("usa_style", "usa-style"), ("Markers", "marker"), ("exlude", "exclude"), ("onyl", "only")]
        {
            let message = find(name, Place::Top).expect_err("there is no such key");
            assert_eq!(message, format!("unknown key '{name}': did you mean '{nearest}'?"));
        }
        let message = find("zzz", Place::Override).expect_err("there is no such key");
        assert!(message.contains("use one of only, skip,") && !message.contains("exclude"), "{message}");
        assert!(find("files", Place::Top).expect_err("wrong place").contains("[[overrides]]"));
        assert!(find("exclude", Place::Override).expect_err("wrong place").contains("at the top"));
    }

    #[test]
    fn strings_in_toml_are_read_back() {
        for text in ["", "a b", r"\{ad\}", "it's", r"it's \d", "\"", "a\tb\n\u{1b}", "\u{202e}x", "\u{e0041}", "é\\"] {
            let written = format!("x = {}", string(text));
            let table = toml::de::DeTable::parse(&written).expect("it is TOML");
            assert_eq!(table.get_ref()["x"].get_ref().as_str(), Some(text), "{written}");
            assert!(!written.contains(|c: char| c.is_control() || "\u{202e}\u{e0041}".contains(c)), "{written}");
        }
    }
}
