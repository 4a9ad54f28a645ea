//! `--show-config`: what holds for a file, and where each value comes from. The text is a configuration itself: one that
//! gives the same settings.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;
use copydesk::{Options, Scope, UsaStyle};

use super::keys::{KEYS, Key, Setting, list, string};
use super::{Configuration, FileSettings, Origin, Source};
use crate::app::{report, separator};

/// The settings for a file, in TOML with comments; `None` is stdin.
///
/// # Errors
/// As [`Configuration::settings`], and the command line has a value that can't be used.
pub(crate) fn show(configuration: &Configuration, path: Option<&Path>) -> Result<String> {
    let settings = configuration.settings(path)?;
    settings.options().build()?;
    let mut text = format!("# {}\n", path.map_or("stdin".to_owned(), |p| report::printable(&p.to_string_lossy())));
    let _ = writeln!(text, "# configuration: {}", from(configuration, &settings));
    for origin in overrides(&settings) {
        let _ = writeln!(text, "# an override holds: {}", report::printable(&origin.to_string()));
    }
    if let Some(origin) = path.map(|path| configuration.excludes(path)).transpose()?.flatten() {
        let _ = writeln!(text, "# excluded, it is left alone: {}", report::printable(&origin));
    }
    for row in &KEYS {
        let value = value(configuration, &settings, row.key, row.name);
        if !value.is_empty() {
            let _ = write!(text, "\n# {}\n{value}", row.help);
        }
    }
    Ok(text)
}

fn from(configuration: &Configuration, settings: &FileSettings<'_>) -> String {
    match (&settings.file, &configuration.source) {
        (Some(file), _) => report::printable(&file.path.to_string_lossy()),
        (None, Source::Nothing) => "none (--isolated)".to_owned(),
        (None, _) => "none found".to_owned(),
    }
}

fn overrides<'a>(settings: &'a FileSettings<'_>) -> impl Iterator<Item = Origin<'a>> {
    let file = settings.file.as_deref();
    let lines = file.map(|file| settings.overrides.iter().map(|&i| Origin::File(&file.name, file.overrides[i].line)));
    lines.into_iter().flatten()
}

/// The key's lines.
fn value(configuration: &Configuration, settings: &FileSettings<'_>, key: Key, name: &str) -> String {
    match key {
        Key::Only => scopes(settings, name),
        Key::Truncated => one(settings, name, |s| matches!(s, Setting::Truncated(_))),
        Key::UsaStyle => one(settings, name, |s| matches!(s, Setting::UsaStyle(_))),
        Key::UsaHeadlines => headlines(settings, name),
        Key::Mark => one(settings, name, |s| matches!(s, Setting::Mark(_))),
        Key::IgnoreRegex => many(name, settings.each().filter(|(s, _)| matches!(s, Setting::Ignore(_))).map(written)),
        Key::Lang => one(settings, name, |s| matches!(s, Setting::Lang(_))),
        Key::Separator => one(settings, name, |s| matches!(s, Setting::Separator(_))),
        Key::Marker => many(name, settings.each().filter(|(s, _)| matches!(s, Setting::Marker(_))).map(written)),
        Key::Protect => many(name, settings.each().filter(|(s, _)| matches!(s, Setting::Protect(_))).map(written)),
        Key::Include => include(settings, name),
        Key::Exclude => many(name, exclude(settings).chain(typed(configuration))),
        Key::Refused => refused(configuration, settings, name),
        // `only` shows what is left; overrides that hold are among the settings.
        Key::Skip | Key::Enable | Key::Files | Key::Overrides => String::new(),
    }
}

/// A setting's value in TOML, and its origin.
fn written((setting, origin): (&Setting, Origin<'_>)) -> (String, String) {
    let value = match setting {
        Setting::Only(scopes) | Setting::Skip(scopes) | Setting::Enable(scopes) => {
            list(scopes.iter().map(|s| s.as_str()))
        }
        Setting::Marker(pattern) | Setting::Ignore(pattern) => string(pattern.as_str()),
        Setting::Protect(text) | Setting::Mark(text) => string(text),
        Setting::Truncated(way) => string(way.as_str()),
        Setting::UsaStyle(style) | Setting::UsaHeadlines(style) => string(style.as_str()),
        Setting::Lang(lang) => string(lang.as_str()),
        Setting::Separator(line) => string(&separator::escaped(line)),
    };
    (value, origin.to_string())
}

/// What holds is what the last level says.
fn one(settings: &FileSettings<'_>, name: &str, is: fn(&Setting) -> bool) -> String {
    match settings.each().filter(|(setting, _)| is(setting)).last().map(written) {
        Some((value, origin)) => line(name, &value, &origin),
        None => default(name),
    }
}

fn default(name: &str) -> String {
    match KEYS.iter().find(|row| row.name == name).and_then(|row| row.default) {
        Some(default) => line(name, &default(), "default"),
        None => format!("# {name} is not set\n"),
    }
}

fn headlines(settings: &FileSettings<'_>, name: &str) -> String {
    let own = one(settings, name, |s| matches!(s, Setting::UsaHeadlines(_)));
    if !own.starts_with('#') {
        return own;
    }
    let text = settings.each().fold(UsaStyle::default(), |style, (setting, _)| match setting {
        Setting::UsaStyle(new) => *new,
        _ => style,
    });
    line(name, &string(text.as_str()), "default: as usa-style")
}

/// The stages and rules that run, and every place that has a say in it.
fn scopes(settings: &FileSettings<'_>, name: &str) -> String {
    let mut options = Options::default();
    let mut origins: Vec<String> = Vec::new();
    for (setting, origin) in settings.each() {
        match setting {
            Setting::Only(_) => origins.clear(),
            Setting::Skip(_) | Setting::Enable(_) => {}
            _ => continue,
        }
        options = setting.apply(options);
        origins.push(origin.to_string());
    }
    origins.dedup();
    let origin = if origins.is_empty() { "default".to_owned() } else { origins.join(", ") };
    line(name, &list(options.scopes().into_iter().map(Scope::as_str)), &origin)
}

fn include(settings: &FileSettings<'_>, name: &str) -> String {
    let set = settings.file.as_ref().and_then(|file| Some((file, file.top.include.as_ref()?.all())));
    set.map_or_else(
        || default(name),
        |(file, patterns)| {
            let origin = patterns.first().map(|&(_, line)| Origin::File(&file.name, line).to_string());
            line(name, &list(patterns.iter().map(|(text, _)| text)), origin.as_ref().unwrap_or(&file.name))
        },
    )
}

fn exclude(settings: &FileSettings<'_>) -> impl Iterator<Item = (String, String)> {
    let file = settings.file.as_deref();
    let each = file.into_iter().flat_map(|file| file.top.patterns.all().iter().map(move |pattern| (file, pattern)));
    each.map(|(file, (text, line))| (string(text), Origin::File(&file.name, *line).to_string()))
}

fn refused(configuration: &Configuration, settings: &FileSettings<'_>, name: &str) -> String {
    if let Some(refused) = &configuration.refused {
        return line(name, &string(&refused.list), &Origin::CommandLine.to_string());
    }
    let set = settings.file.as_ref().and_then(|file| Some((file, file.top.refused.as_ref()?)));
    set.map_or_else(
        || default(name),
        |(file, (list, at))| line(name, &string(list), &Origin::File(&file.name, *at).to_string()),
    )
}

/// The patterns of `--exclude`.
fn typed(configuration: &Configuration) -> impl Iterator<Item = (String, String)> {
    configuration.excluded.all().iter().map(|(text, _)| (string(text), Origin::CommandLine.to_string()))
}

fn many(name: &str, values: impl Iterator<Item = (String, String)>) -> String {
    let mut values = values.peekable();
    if values.peek().is_none() {
        return line(name, "[]", "default");
    }
    let lines: String =
        values.map(|(value, origin)| format!("    {value},  # {}\n", report::printable(&origin))).collect();
    format!("{name} = [\n{lines}]\n")
}

fn line(name: &str, value: &str, origin: &str) -> String {
    format!("{name} = {value}  # {}\n", report::printable(origin))
}
