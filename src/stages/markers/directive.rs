//! Directives that no server expanded: `<!--#include virtual="/foot.html" -->`. Values may hold `>`, `-->` and line ends, so
//! the end is looked for outside quotes, by the grammar of attributes.

use super::lex::{char_at, eat, eat_closer, eat_dashes, entity, few_spaces, symbol};
use super::strings::ELEMENTS;

/// A directive is not longer than this.
pub(super) const MAX_LEN: usize = 4096;
/// Elements that have no attributes.
const EMPTY: [&str; 4] = ["else", "endif", "endblock", "printenv"];

/// The start of a directive, up to its element's name.
#[derive(Clone, Copy, Debug)]
struct Opener {
    after: usize,
    /// Written as servers read it: `<!--#name`.
    tight: bool,
    /// The element stands without attributes.
    empty: bool,
}

/// What was read of a directive.
#[derive(Clone, Debug)]
pub(super) enum Directive {
    /// The directive ends here.
    To(usize),
    /// The text ends before the directive does.
    Open(Tail),
    /// No directive.
    No,
}

/// Reads a directive at `at`, where `<` or its escape stands.
pub(super) fn directive(text: &str, at: usize) -> Directive {
    let Some(opener) = opener(text, at) else {
        return Directive::No;
    };
    let mut tail = Tail::new(opener, opener.after - at);
    match tail.feed(text, opener.after) {
        Step::Closed(end) => Directive::To(end),
        Step::Open => Directive::Open(tail),
        Step::Broken => first_closer(text, at).map_or(Directive::No, Directive::To),
    }
}

/// The directive at `at` read loosely, quotes or not: its end in the same line. For what has an odd quotation mark.
pub(super) fn first_closer(text: &str, at: usize) -> Option<usize> {
    let opener = opener(text, at).filter(|o| o.tight)?;
    let end = text.len().min(at + MAX_LEN);
    let end =
        memchr::memchr(b'\n', &text.as_bytes()[opener.after..end.max(opener.after)]).map_or(end, |n| opener.after + n);
    let line = text.as_bytes().get(..end)?;
    let mut from = opener.after;
    loop {
        // `-` in any coat, or the start of another comment.
        let n = line[from..].iter().position(|b| matches!(b, b'-' | b'<' | b'&' | b'\\' | 0xe2))?;
        let i = from + n;
        if let Some(to) = eat_closer(text, i) {
            return Some(to);
        }
        if eat(text, i, '<').and_then(|n| eat(text, n, '!')).is_some() {
            return None;
        }
        from = i + 1;
    }
}

fn opener(text: &str, at: usize) -> Option<Opener> {
    let angle = eat(text, at, '<')?;
    let bang = few_spaces(text, angle, 1);
    let dashes = eat(text, bang, '!')?;
    let gap = eat_dashes(text, dashes)?;
    let hash = few_spaces(text, gap, 2);
    let gap_two = eat(text, hash, '#')?;
    let name = few_spaces(text, gap_two, 2);
    let len = text.as_bytes()[name..].iter().take(10).take_while(|b| b.is_ascii_alphabetic()).count();
    let after = name + len;
    let element = ELEMENTS.iter().find(|e| e.eq_ignore_ascii_case(&text[name..after]))?;
    let ends = char_at(text, after).is_none_or(char::is_whitespace) || eat_closer(text, after).is_some();
    ends.then_some(Opener {
        after,
        tight: bang == angle && hash == gap && name == gap_two,
        empty: EMPTY.contains(element),
    })
}

/// How far the reading of a directive came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Closed(usize),
    Open,
    Broken,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Name,
    Equals,
    Value,
    /// In quotes that this character closes; written as an entity or not.
    Quoted(char, bool),
}

/// Reads attributes, a line at a time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tail {
    place: Place,
    /// No closer before an attribute was read: the opener is a sloppy one, and might be a writer's comment.
    wants_attribute: bool,
    used: usize,
}

impl Tail {
    fn new(opener: Opener, used: usize) -> Self {
        Self { place: Place::Name, wants_attribute: !opener.tight && !opener.empty, used }
    }

    /// Reads on from `from`, up to the end of the directive or of the text.
    pub(super) fn feed(&mut self, text: &str, from: usize) -> Step {
        let end = text.len().min(from + (MAX_LEN - self.used.min(MAX_LEN)));
        let cut = end < text.len();
        let mut at = from;
        loop {
            if !matches!(self.place, Place::Quoted(..)) {
                at += text[at..].bytes().take_while(u8::is_ascii_whitespace).count();
            }
            if at >= end {
                self.used += text.len() - from + 1;
                return if cut || self.used > MAX_LEN { Step::Broken } else { Step::Open };
            }
            match self.step(text, at, end) {
                Ok(next) => at = next,
                Err(step) => return step,
            }
        }
    }

    fn step(&mut self, text: &str, at: usize, end: usize) -> Result<usize, Step> {
        match self.place {
            Place::Name => match eat_closer(text, at) {
                Some(_) if self.wants_attribute => Err(Step::Broken),
                Some(to) => Err(Step::Closed(to)),
                None => self.name(text, at),
            },
            Place::Equals => {
                let next = eat(text, at, '=').ok_or(Step::Broken)?;
                self.place = Place::Value;
                Ok(next)
            }
            Place::Value => self.value(text, at, end),
            Place::Quoted(quote, is_entity) => Ok(match quote_end(text, at, end, quote, is_entity) {
                Some(next) => {
                    self.place = Place::Name;
                    self.wants_attribute = false;
                    next
                }
                None => end,
            }),
        }
    }

    fn name(&mut self, text: &str, at: usize) -> Result<usize, Step> {
        let bytes = &text.as_bytes()[at..];
        let len = bytes.iter().take(64).take_while(|b| b.is_ascii_alphanumeric() || b"_.:".contains(b)).count();
        if len == 0 {
            return Err(Step::Broken);
        }
        self.place = Place::Equals;
        Ok(at + len)
    }

    fn value(&mut self, text: &str, at: usize, end: usize) -> Result<usize, Step> {
        let (c, after) = symbol(text, at).ok_or(Step::Broken)?;
        let close = match c {
            '"' | '\'' | '`' => Some(c),
            '“' | '”' => Some('”'),
            '‘' | '’' => Some('’'),
            _ => None,
        };
        if let Some(close) = close {
            self.place = Place::Quoted(close, text[at..after].contains('&'));
            return Ok(after);
        }
        let len = bare_value(&text[at..], end.saturating_sub(at));
        if len == 0 {
            return Err(Step::Broken);
        }
        self.place = Place::Name;
        self.wants_attribute = false;
        Ok(at + len)
    }
}

/// A value without quotes ends at white space, at the closer, or at the start of another comment.
fn bare_value(text: &str, end: usize) -> usize {
    let ends = |(i, c): &(usize, char)| {
        *i >= end
            || c.is_whitespace()
            || *c == '<'
            || matches!(c, '-' | '–' | '—' | '\\' | '&') && eat_closer(text, *i).is_some()
    };
    text.char_indices().find(ends).map_or(text.len(), |(i, _)| i)
}

/// After the closing quotation mark.
fn quote_end(text: &str, from: usize, end: usize, quote: char, is_entity: bool) -> Option<usize> {
    let mut at = from;
    while at < end {
        let c = char_at(text, at)?;
        let next = at + c.len_utf8();
        if is_entity && c == '&' {
            match entity(text, at) {
                Some((c, to)) if c == quote || quote == '”' && c == '“' => return Some(to),
                _ => {}
            }
        } else if !is_entity && c == quote {
            return Some(next);
        }
        at = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn len(text: &str) -> Option<usize> {
        match directive(text, 0) {
            Directive::To(end) => Some(end),
            Directive::Open(_) => first_closer(text, 0),
            Directive::No => None,
        }
    }

    #[test]
    fn whole_directives() {
        for text in [
            r#"<!--#include virtual="/foot.html" -->"#,
            "<!--#INCLUDE FILE='a.inc'-->",
            "<!--# include virtual=\"/a?b=1\" wait=\"yes\" -->",
            "<!-- #echo var=DATE_LOCAL -->",
            "< !--#exec cmd=`uptime` -->",
            "<!--#else-->",
            "<!-- # endif -->",
            "<!--#if expr=\"$a --> $b\" -->",
            "<!--#set var = \"x\"\n  value = \"two\nlines\" -->",
            "&lt;!--#include virtual=&quot;/x&quot; --&gt;",
            "<!--#if $x = 1 -->",
            "<!--#include virtual=\"/odd -->",
            "<!–#include virtual=“/x” –>",
        ] {
            assert_eq!(len(text), Some(text.len()), "{text}");
        }
    }

    #[test]
    fn comments_are_none() {
        for text in [
            "<!-- # set the table -->",
            "<!-- # of readers -->",
            "<!--#region-->",
            "<!--#includes-->",
            "<!-- include -->",
            "<!--[if lt IE 9]> x <![endif]-->",
            "<!--#if expr=",
            "#include <math.h>",
        ] {
            assert_eq!(len(text), None, "{text}");
        }
    }

    #[test]
    fn an_odd_quote_takes_no_text() {
        let text = "<!--#include virtual=\"/a.html -->\nOne.\n<!--#include virtual=\"/b.html\" -->";
        assert_eq!(len(text), Some(33));
    }
}
