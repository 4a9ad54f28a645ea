//! Tokens that hold a form but are no text: addresses on the net, file names, identifiers, codes, code in backticks.

use super::scan::{after, before, first_token, is_word, last_token, starts_digit};
use crate::data::list;
use crate::english::country::{Form, Letters};

list!(
    /// Language codes that take a country.
    LANGUAGES,
    "usa/languages.txt"
);
list!(
    /// Exchanges and words before a ticker or a code.
    EXCHANGES,
    "usa/exchanges.txt"
);
list!(
    /// Postal codes of the states.
    STATES,
    "usa/states.txt"
);

/// Whether the token around the form is one that keeps it.
pub(super) fn is_code(text: &str, form: &Form) -> bool {
    let left = before(text, form.start);
    let right = after(text, form.whole_end());
    let head = if left.ends_with(char::is_whitespace) { "" } else { last_token(left) };
    let tail = if right.starts_with(char::is_whitespace) { "" } else { first_token(right) };
    // Of a link `[text](target)` the text is text.
    let tail = &tail[..tail.find("](").unwrap_or(tail.len())];
    (!head.is_empty() || !tail.is_empty())
        && (is_address(head, tail) || is_identifier(head, tail) || is_slug(head, tail) || is_path(tail))
        || head.is_empty() && goes_on_from_address(left)
        || is_ticker(left, right, head, form)
        || is_currency(left, right, form)
        || is_patent(left, right)
}

/// A wire's slug: `AP-US--Harbour-Inquiry`, `BC-US-Harbour`.
fn is_slug(head: &str, tail: &str) -> bool {
    let agency = head.strip_suffix('-').is_some_and(|h| h.len() >= 2 && h.bytes().all(|b| b.is_ascii_uppercase()));
    let topic = tail.strip_prefix("--").or(tail.strip_prefix('-').filter(|_| matches!(head, "AP-" | "BC-")));
    agency && topic.is_some_and(|topic| topic.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// A path after the form: `/app/box/5183`, two steps or more, one of them no name.
fn is_path(tail: &str) -> bool {
    let mut steps = tail.split('/');
    steps.next() == Some("")
        && tail.matches('/').count() >= 2
        && steps.any(|step| step.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit()))
}

/// An address that was broken over two lines at its last mark: `https://a.example/en-` and `US/` on the next line.
fn goes_on_from_address(left: &str) -> bool {
    let head = left.trim_end();
    left[head.len()..].contains('\n')
        && head.ends_with(['-', '/', '_', '=', '&', '?', '.'])
        && (last_token(head).contains("://") || last_token(head).contains("www."))
}

/// A patent's number: `US 7,123,456`, `US 2012/0179503`.
fn is_patent(left: &str, right: &str) -> bool {
    let number = first_token(right).trim_end_matches(|c: char| !c.is_ascii_digit());
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'/'));
    let (grouped, filed) = (number.matches(',').count() == 2, number.find('/') == Some(4) && number.len() >= 11);
    right.starts_with([' ', '\u{a0}'])
        && digits(number)
        && (grouped || filed)
        && !matches!(last_token(left), "the" | "The")
}

/// URL, e-mail, handle, hashtag, path, markup, file name.
fn is_address(head: &str, tail: &str) -> bool {
    let any = |s: &str| head.contains(s) || tail.contains(s);
    any("@")
        || any("://")
        || head.contains("](")
        || head.ends_with('<') && tail.starts_with('>')
        || any("\\")
        || any("=\"")
        || head.starts_with("www.")
        || head.starts_with('/')
        || head.starts_with("~/")
        || head.starts_with("./")
        || matches!(head, "r/" | "u/" | "/r/")
        || is_hashtag(head)
        || head.contains('/') && has_domain(head)
        || is_file_name(tail)
}

fn is_hashtag(head: &str) -> bool {
    head.rsplit_once('#').is_some_and(|(_, rest)| rest.chars().all(|c| is_word(c) || c == '-'))
}

/// `example.org/…`: a period between word characters before the first slash.
fn has_domain(head: &str) -> bool {
    let host = head.split('/').next().unwrap_or("");
    host.rsplit_once('.').is_some_and(|(name, zone)| {
        name.ends_with(is_word) && zone.len() >= 2 && zone.bytes().all(|b| b.is_ascii_lowercase())
    })
}

/// `-report.pdf` after the form, or nothing between it and the suffix; the suffix has a lowercase letter or digits.
fn is_file_name(tail: &str) -> bool {
    let tail = tail.trim_end_matches(|c: char| !is_word(c));
    let Some((stem, suffix)) = tail.rsplit_once('.') else {
        return false;
    };
    (2..=5).contains(&suffix.len())
        && suffix.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        && suffix.bytes().any(|b| b.is_ascii_lowercase())
        && stem.starts_with(['-', '/'])
        && stem.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b))
}

/// `country=US`, `en-US`, `US-3000`, `US-CA`, `US:ROW`.
fn is_identifier(head: &str, tail: &str) -> bool {
    if head.ends_with('=') || tail.starts_with('=') {
        return true;
    }
    if let Some(rest) = head.strip_suffix('-') {
        let code = rest.rsplit(|c: char| !is_word(c)).next().unwrap_or("");
        if LANGUAGES.contains(code) || code.bytes().any(|b| b.is_ascii_digit()) {
            return true;
        }
    }
    if let Some(rest) = tail.strip_prefix('-') {
        let code = &rest[..rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())];
        return starts_digit(code)
            || STATES.contains(code)
            || code.bytes().any(|b| b.is_ascii_digit()) && code.starts_with(|c: char| c.is_ascii_uppercase());
    }
    tail.strip_prefix(':').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit()))
        || tail.starts_with(['$', '€', '£', '¢'])
}

/// `US $40` with a space, but "gave the US $40".
fn is_currency(left: &str, right: &str, form: &Form) -> bool {
    form.letters == Letters::Us && right.starts_with(" $") && !matches!(last_token(left), "the" | "The" | "THE")
}

/// `NYSE: USA`, `NYSE:USA`, `(ROWE US)`, `(ROWE US Equity)`.
fn is_ticker(left: &str, right: &str, head: &str, form: &Form) -> bool {
    if form.dotted {
        return false;
    }
    let after_colon = left
        .trim_end()
        .strip_suffix(':')
        .is_some_and(|l| EXCHANGES.contains(l.rsplit(|c: char| !is_word(c)).next().unwrap_or("")));
    if after_colon {
        return true;
    }
    let code = last_token(left);
    form.letters == Letters::Us
        && head.is_empty()
        && code
            .strip_prefix('(')
            .is_some_and(|c| (1..=5).contains(&c.len()) && c.bytes().all(|b| b.is_ascii_uppercase()))
        && (right.starts_with(')') || right.starts_with(" Equity"))
        && code != "(THE"
}

/// The stretches in backticks, a line's worth at most: pairs of equal runs of backticks.
pub(super) struct CodeSpans(Vec<(usize, usize)>);

impl CodeSpans {
    pub(super) fn new(text: &str) -> Self {
        let mut spans = Vec::new();
        let mut open: Option<(usize, usize)> = None;
        let mut at = 0;
        while let Some(i) = memchr::memchr(b'`', &text.as_bytes()[at..]) {
            let start = at + i;
            let width = text.as_bytes()[start..].iter().take_while(|&&b| b == b'`').count();
            at = start + width;
            match open {
                Some((from, w)) if w == width => {
                    spans.push((from, start));
                    open = None;
                }
                Some(_) => {}
                None => open = Some((at, width)),
            }
        }
        Self(spans)
    }

    pub(super) fn hold(&self, at: usize) -> bool {
        let next = self.0.partition_point(|&(start, _)| start <= at);
        next > 0 && at < self.0[next - 1].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> bool {
        // A token that is no form at all is as good as code.
        text.match_indices('U').find_map(|(i, _)| Form::at(text, i)).is_none_or(|form| is_code(text, &form))
    }

    #[test]
    fn codes_keep_the_form() {
        for text in [
            "see https://a.example/US/b",
            "a.example/US",
            "mail US@a.example",
            "#US",
            "set en-US now",
            "model US-3000",
            "ISO US-CA",
            "a=US",
            "US$5",
            "(NYSE: USA)",
            "NYSE:USA",
            "the file visa-USA.pdf.",
            "US-list.csv",
            "r/USA",
            "/srv/US/x",
            "(ROWE US)",
            "US:ROWE",
            "cost US $40",
            "* [News](/US/ \"x\")",
            "AP-US--Harbour-Inquiry, 4th Ld",
            "at https://a.example/en-\nUS/fox/ today",
            "US/app/box/5183",
            "covered by US 7,123,456 and",
            "in US 2012/0179503.",
            "FUND <USA> RISES",
        ] {
            assert!(code(text), "{text}");
        }
    }

    #[test]
    fn words_are_no_code() {
        for text in [
            "non-US",
            "pro-USA rally",
            "US-led",
            "US–China",
            "USA/Canada",
            "Canada/USA",
            "(US)",
            "the US: pay",
            "\"US\"",
            "Mexico-USA",
            "the UK,US and",
            "US-based.",
            "gave the US $5",
            "[US](/US/)",
            "the UK-US--and so",
            "USA/Canada/Mexico",
            "gave the US 7,123,456 tons",
            "U.S.-EU talks",
        ] {
            assert!(!code(text), "{text}");
        }
    }

    #[test]
    fn code_spans_pair_up() {
        let text = "a `US` b ``US` US`` US ` US";
        let spans = CodeSpans::new(text);
        let held: Vec<bool> = text.match_indices("US").map(|(i, _)| spans.hold(i)).collect();
        assert_eq!(held, [true, true, true, false, false]);
    }
}
