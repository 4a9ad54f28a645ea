//! Stage `usa`: one style for the country's short name. Here: the options, and what is decided about one text. What a form
//! is says `form`; where one stays, `names`, `token`, `place` and `slogan`; what its period is, `period` with `left` and `institution`.

mod heading;
mod institution;
mod left;
mod names;
mod period;
mod place;
mod pronoun;
mod scan;
mod slogan;
pub(crate) mod stage;
mod token;

use std::borrow::Cow;
use std::str::FromStr;

pub(crate) use heading::looks_like_heading;

use self::names::UserName;
use self::period::Period;
use self::token::CodeSpans;
use crate::change::Change;
use crate::english::country::Form;
use crate::reasons::Reason;
use crate::rules::Switches;

/// How the country's short name is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UsaStyle {
    /// `U.S.`
    #[default]
    Dotted,
    /// `US`
    Plain,
    /// `USA`
    Long,
}

impl UsaStyle {
    /// Every style, in the order in which help names them.
    pub const ALL: [Self; 3] = [Self::Dotted, Self::Plain, Self::Long];

    /// The style as it is typed, which is also what it writes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dotted => "U.S.",
            Self::Plain => "US",
            Self::Long => "USA",
        }
    }
}

impl FromStr for UsaStyle {
    type Err = StyleError;

    fn from_str(text: &str) -> Result<Self, StyleError> {
        Self::ALL.into_iter().find(|style| style.as_str() == text).ok_or_else(|| StyleError(text.into()))
    }
}

/// A style that there is not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such style: '{0}' (one of 'U.S.', 'US', 'USA')")]
pub struct StyleError(Box<str>);

/// A protected name that holds no form of the country's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the protected name '{0}' holds none of 'U.S.', 'US', 'USA', 'U.S.A.' as a word of its own")]
pub(crate) struct NameError(Box<str>);

/// The stage's options, made once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Usa {
    switches: Switches,
    style: UsaStyle,
    headlines: UsaStyle,
    protected: Vec<UserName>,
}

/// What the caller knows of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Context {
    /// A title or heading: no sentence ends inside, no period is added.
    pub(crate) heading: bool,
    /// The text's start is a paragraph's start (false for the later pieces of an over-long line).
    pub(crate) starts: bool,
    /// The text's end is a paragraph's end.
    pub(crate) ends: bool,
    /// The lines above in the block look like a postal address.
    pub(crate) address_above: bool,
}

impl Usa {
    /// Takes the styles of prose and of headings, and the user's protected names.
    ///
    /// # Errors
    /// A protected name that holds no form of the country's name.
    pub(crate) fn new<S: AsRef<str>>(
        style: UsaStyle,
        headlines: UsaStyle,
        protected: &[S],
        switches: Switches,
    ) -> Result<Self, NameError> {
        let protected = protected
            .iter()
            .map(|name| UserName::new(name.as_ref()).ok_or_else(|| NameError(name.as_ref().into())))
            .collect::<Result<_, _>>()?;
        Ok(Self { switches, style, headlines, protected })
    }

    /// Adds the changes that the text needs to `out`, in order: those whose range starts in `from..to`. The text outside is
    /// context only.
    pub(crate) fn changes(&self, text: &str, from: usize, to: usize, context: &Context, out: &mut Vec<Change>) {
        let mut spans: Option<CodeSpans> = None;
        let to = to.min(text.len());
        let mut at = from;
        while let Some(i) = text.as_bytes().get(at..to).and_then(|rest| memchr::memchr(b'U', rest)) {
            let Some(form) = Form::at(text, at + i) else {
                at += i + 1;
                continue;
            };
            at = form.end;
            if spans.get_or_insert_with(|| CodeSpans::new(text)).hold(form.start) {
                continue;
            }
            out.extend(self.change(text, &form, context).filter(|change| self.switches.has(change.reason)));
        }
    }

    fn change(&self, text: &str, form: &Form, context: &Context) -> Option<Change> {
        let style = if context.heading { self.headlines } else { self.style };
        let old = &text[form.start..form.tail()];
        if form.dots > 2 || text[form.tail()..].starts_with('…') || old == style.as_str() && style != UsaStyle::Dotted
        {
            return None;
        }
        // The one kind of change to a form of the right style is a period too many.
        let new = match style {
            UsaStyle::Dotted => Cow::Borrowed("U.S."),
            UsaStyle::Plain | UsaStyle::Long => with_period(style, ending(text, form, context)?),
        };
        if old == new || self.keeps(text, form, context) {
            return None;
        }
        if old.strip_suffix('.') == Some(&*new) {
            return Some(Change {
                range: form.tail() - 1..form.tail(),
                new: Cow::Borrowed(""),
                reason: Reason::TwoPeriods,
            });
        }
        Some(Change { range: form.start..form.tail(), new, reason: Reason::CountryForm })
    }

    /// Whether the form stays as it is, whatever the style.
    fn keeps(&self, text: &str, form: &Form, context: &Context) -> bool {
        token::is_code(text, form)
            || names::is_name(text, form, &self.protected)
            || place::is_road(text, form)
            || place::is_law(text, form)
            || place::is_result(text, form)
            || place::is_address(text, form, context.address_above)
            || slogan::is_chant(text, form)
            || slogan::is_title(text, form)
            || pronoun::is_pronoun(text, form)
    }
}

/// The sentence's periods behind a form in a style without its own; none where that is open.
fn ending(text: &str, form: &Form, context: &Context) -> Option<&'static str> {
    match (form.dotted, form.dots) {
        (_, 0) => Some(""),
        (true, 1) if context.heading => Some(""),
        (true, 1) => match period::judge(text, form, context) {
            Period::Sentence => Some("."),
            Period::Abbreviation => Some(""),
            Period::Open => None,
        },
        (false, 2) => Some(".."),
        _ => Some("."),
    }
}

fn with_period(style: UsaStyle, periods: &'static str) -> Cow<'static, str> {
    match (style, periods) {
        (UsaStyle::Plain, "") => Cow::Borrowed("US"),
        (UsaStyle::Plain, ".") => Cow::Borrowed("US."),
        (UsaStyle::Long, "") => Cow::Borrowed("USA"),
        (UsaStyle::Long, ".") => Cow::Borrowed("USA."),
        _ => Cow::Owned(format!("{}{periods}", style.as_str())),
    }
}

/// Where a form may begin, first: two bytes that each has.
pub(crate) fn find_candidate(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'U', bytes).find(|i| matches!(bytes.get(i + 1), Some(b'S' | b'.')))
}

#[cfg(test)]
mod tests;
