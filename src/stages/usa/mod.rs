//! Stage `usa`: one style for the country's short name. Here: the options, and what is decided about one text. What a form
//! is says `english::country`; where one stays, `names`, `company`, `token`, `place`, `slogan` and `pronoun`; what its period is,
//! `period` with `left` and `institution`.

mod around;
mod company;
mod habit;
mod heading;
mod institution;
mod left;
mod names;
mod period;
mod place;
mod pronoun;
mod reason;
mod scan;
mod slogan;
pub(crate) mod stage;
mod token;

use std::borrow::Cow;

pub(crate) use heading::looks_like_heading;

use self::around::Around;
pub(crate) use self::habit::Habit;
use self::names::UserName;
use self::period::Period;
use self::scan::is_all_caps;
use self::token::CodeSpans;
use crate::change::Change;
use crate::english::country::Form;
use crate::names::names;
use crate::reasons::Reason;
use crate::scope::Switches;

/// How the country's short name is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
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
    pub const ALL: &'static [Self] = &[Self::Dotted, Self::Plain, Self::Long];

    /// The style as it is typed, which is also what it writes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dotted => "U.S.",
            Self::Plain => "US",
            Self::Long => "USA",
        }
    }
}

names!(UsaStyle, "style of the country's name", "U.S., US or USA");

/// A protected name that holds no form of the country's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the protected name '{0}' holds none of 'U.S.', 'US', 'USA', 'U.S.A.' as a word of its own: other names are never changed"
)]
pub struct ProtectError(Box<str>);

/// The stage's options, made once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Usa {
    switches: Switches,
    style: UsaStyle,
    headlines: UsaStyle,
    protected: Vec<UserName>,
}

/// What the caller knows of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Context {
    /// A title or heading: no sentence ends inside, no period is added.
    pub(crate) heading: bool,
    /// The text's start is a paragraph's start (false for the later pieces of an over-long line).
    pub(crate) starts: bool,
    /// The text's end is a paragraph's end.
    pub(crate) ends: bool,
    /// The lines above in the block look like a postal address.
    pub(crate) address_above: bool,
    /// The end of the line above in the block and the start of the one below, where a name may go over the line's end.
    pub(crate) above: String,
    pub(crate) below: String,
    /// The lines of the block break inside sentences.
    pub(crate) broken: bool,
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
    ) -> Result<Self, ProtectError> {
        let protected = protected
            .iter()
            .map(|name| UserName::new(name.as_ref()).ok_or_else(|| ProtectError(name.as_ref().into())))
            .collect::<Result<_, _>>()?;
        Ok(Self { switches, style, headlines, protected })
    }

    /// Adds the changes that the text needs to `out`, in order: those whose range starts in `from..to`. The text outside is
    /// context only.
    /// `habit` is what the document has shown before, and learns.
    pub(crate) fn changes(
        &self,
        text: &str,
        from: usize,
        to: usize,
        context: &Context,
        habit: &mut Habit,
        out: &mut Vec<Change>,
    ) {
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
            let change = self.change(&Around::new(text, form), context, habit);
            out.extend(change.filter(|change| self.switches.has(change.reason)));
        }
    }

    fn change(&self, form: &Around<'_>, context: &Context, habit: &mut Habit) -> Option<Change> {
        let new = self.wanted(form, context);
        if new.is_some() && self.keeps(form, context, habit) {
            return None;
        }
        self.learn(form, context, habit);
        let new = new?;
        let range = form.start..form.tail();
        if form.text[range.clone()].strip_suffix('.') == Some(&*new) {
            let range = form.tail() - 1..form.tail();
            return Some(Change { range, new: "".into(), reason: Reason::TwoPeriods });
        }
        Some(Change { range, new, reason: reason::of(form, context) })
    }

    /// What the style makes of a form, where that is another text.
    fn wanted(&self, form: &Around<'_>, context: &Context) -> Option<Cow<'static, str>> {
        let style = if context.heading { self.headlines } else { self.style };
        let old = &form.text[form.start..form.tail()];
        if form.dots > 2
            || form.text[form.tail()..].starts_with('…')
            || old == style.as_str() && style != UsaStyle::Dotted
        {
            return None;
        }
        // The one kind of change to a form of the right style is a period too many.
        let new = match style {
            UsaStyle::Dotted => Cow::Borrowed("U.S."),
            UsaStyle::Plain | UsaStyle::Long => with_period(style, ending(form, context)?),
        };
        (old != new).then_some(new)
    }

    /// The country was written so. Headings that have a style of their own say nothing of the text's.
    fn learn(&self, form: &Around<'_>, context: &Context, habit: &mut Habit) {
        if !context.heading || self.headlines == self.style {
            habit.write(form);
        }
    }

    /// Whether the form stays as it is, whatever the style.
    fn keeps(&self, form: &Around<'_>, context: &Context, habit: &mut Habit) -> bool {
        token::is_code(form)
            || place::is_road(form)
            || place::is_law(form)
            || place::is_result(form)
            || place::is_address(form, context.address_above)
            || slogan::is_chant(form)
            || slogan::is_title(form)
            || pronoun::is_pronoun(form, habit)
            || match with_lines_beside(form, context) {
                Some((text, form)) => self.is_named(&Around::new(&text, form), habit),
                None => self.is_named(form, habit),
            }
    }

    fn is_named(&self, form: &Around<'_>, habit: &mut Habit) -> bool {
        names::is_name(form, &self.protected) || company::is_company(form, habit)
    }

    /// Whether the text ends in a form that the style changes: a name may continue in the line below.
    pub(crate) fn awaits_line(&self, text: &str, context: &Context) -> bool {
        let text = text.trim_end();
        let form = || text.rfind('U').and_then(|at| Form::at(text, at)).filter(|form| form.tail() == text.len());
        ends_in_form_letter(text) && form().is_some_and(|form| self.wanted(&Around::new(text, form), context).is_some())
    }

    /// Whether a line in uppercase holds what may be a name that the text after it shows: "US SPRINT REPORTS LOSS".
    pub(crate) fn awaits_names(&self, text: &str, context: &Context) -> bool {
        let mut forms = text.match_indices('U').filter_map(|(at, _)| Form::at(text, at));
        let awaits = |form: &Around<'_>| self.wanted(form, context).is_some() && company::may_begin_name(form);
        is_all_caps(text) && forms.any(|form| awaits(&Around::new(text, form)))
    }
}

/// Whether a text without spaces at its end ends in a letter that a form may end in, periods after it apart.
fn ends_in_form_letter(text: &str) -> bool {
    text.trim_end_matches('.').ends_with(['S', 'A'])
}

/// The text with the lines beside it, and the form in it, where the form begins or ends the text.
fn with_lines_beside(form: &Around<'_>, context: &Context) -> Option<(String, Form)> {
    let begins = !context.above.is_empty() && form.left.trim().is_empty();
    let ends = !context.below.is_empty() && form.right.trim().is_empty();
    if !begins && !ends {
        return None;
    }
    let joined = format!("{}\n{}\n{}", context.above, form.text, context.below);
    let offset = context.above.len() + 1;
    let form = Form { start: form.start + offset, end: form.end + offset, ..**form };
    Some((joined, form))
}

/// The sentence's periods after a form in a style without its own; none where that is open.
fn ending(form: &Around<'_>, context: &Context) -> Option<&'static str> {
    match (form.dotted, form.dots) {
        (_, 0) => Some(""),
        (true, 1) if context.heading => Some(""),
        (true, 1) => match period::judge(form, context) {
            Period::Sentence => Some("."),
            Period::Abbreviation => Some(""),
            Period::Open => None,
        },
        (false, 2) => Some(".."),
        _ => Some("."),
    }
}

/// The style with the sentence's periods. A long line may have tens of thousands, so common ones take no memory.
fn with_period(style: UsaStyle, periods: &'static str) -> Cow<'static, str> {
    match (style, periods) {
        (UsaStyle::Plain, "") => Cow::Borrowed("US"),
        (UsaStyle::Plain, ".") => Cow::Borrowed("US."),
        (UsaStyle::Long, "") => Cow::Borrowed("USA"),
        (UsaStyle::Long, ".") => Cow::Borrowed("USA."),
        _ => Cow::Owned(format!("{style}{periods}")),
    }
}

/// Where a form may begin, first: by three bytes. After its first period comes the letter, or a space.
pub(crate) fn find_candidate(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'U', bytes).find(|at| match bytes[at + 1..] {
        [b'S', ..] => true,
        [b'.', next, ..] => matches!(next, b'S' | b'\t'..=b'\r' | b' ' | 0x80..),
        [b'.'] => true,
        _ => false,
    })
}

#[cfg(test)]
mod tests;
