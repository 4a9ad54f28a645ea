//! Tokens that hold a form but are no text: web addresses, file names, identifiers, codes, code in backticks.

use super::around::Around;
use super::scan::{is_word, starts_digit};
use crate::data::list;
use crate::english::country::Letters;

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
pub(super) fn is_code(form: &Around<'_>) -> bool {
    let head = if form.touches_left() { form.previous } else { "" };
    let tail = if form.touches_right() { form.next } else { "" };
    // Most tokens are a form alone, or with the commonest endings.
    let is_plain = head.is_empty() && matches!(tail, "" | "," | "." | "'s" | "’s");
    !is_plain && (is_marked(head, tail) || is_value(head, tail, form.left))
        || is_ticker(form)
        || is_currency(form)
        || is_patent(form)
}

/// Whether what touches the form makes it part of an address, an identifier, a slug or a path.
fn is_marked(head: &str, tail: &str) -> bool {
    // Of a link `[text](target)` the text is text.
    let tail = if tail.contains('(') { tail.split("](").next().unwrap_or("") } else { tail };
    (has_mark(head) || has_mark(tail)) && (is_address(head, tail) || is_path(tail))
        || is_identifier(head, tail)
        || is_slug(head, tail)
}

/// Whether a token has a mark that an address or a path has.
fn has_mark(token: &str) -> bool {
    token.bytes().any(|b| matches!(b, b'@' | b':' | b'\\' | b'=' | b'(' | b'<' | b'#' | b'/' | b'.'))
}

/// A wire's slug: `AP-US--Harbour-Inquiry`, `BC-US-Harbour`.
fn is_slug(head: &str, tail: &str) -> bool {
    let topic = tail.trim_start_matches('-');
    matches!(head, "AP-" | "BC-") && topic.len() < tail.len() && topic.starts_with(|c: char| c.is_ascii_uppercase())
}

/// A path after the form: `/app/box/5183`, two steps or more, one of them no name.
fn is_path(tail: &str) -> bool {
    let is_step = |step: &str| step.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    tail.starts_with('/') && tail.matches('/').count() >= 2 && tail.split('/').any(is_step)
}

/// A patent's number: `US 7,123,456`, `US 2012/0179503`.
fn is_patent(form: &Around<'_>) -> bool {
    if !starts_digit(form.next) {
        return false;
    }
    let number = form.next.trim_end_matches(|c: char| !c.is_ascii_digit());
    let is_filed = || number.find('/') == Some(4) && number.len() >= 11;
    number.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'/'))
        && (number.matches(',').count() == 2 || is_filed())
        && !form.previous.eq_ignore_ascii_case("the")
}

/// URL, e-mail, handle, hashtag, path, markup, file name.
fn is_address(head: &str, tail: &str) -> bool {
    ["@", "://", "\\", "=\""].iter().any(|mark| head.contains(mark) || tail.contains(mark))
        || head.contains("](")
        || head.ends_with('<') && tail.starts_with('>')
        || head.starts_with('#')
        || head.trim_start_matches(['~', '.']).starts_with('/')
        || matches!(head, "r/" | "u/")
        || has_domain(head)
        || is_file_name(tail)
}

/// `example.org/…`: a period between word characters before the first slash.
fn has_domain(head: &str) -> bool {
    let zone = head.split_once('/').and_then(|(host, _)| host.rsplit_once('.'));
    zone.is_some_and(|(_, zone)| zone.len() >= 2 && zone.bytes().all(|b| b.is_ascii_lowercase()))
}

/// `-report.pdf` or `/report.pdf` after the form.
fn is_file_name(tail: &str) -> bool {
    let suffix = tail.trim_end_matches(|c: char| !is_word(c)).rsplit_once('.').map_or("", |(_, suffix)| suffix);
    tail.starts_with(['-', '/'])
        && (2..=5).contains(&suffix.len())
        && suffix.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

/// `country=US`, `en-US`, `US-3000`, `US-CA`, `US:ROW`, `US&lc=1033`, in Finnish `USA:n`.
fn is_identifier(head: &str, tail: &str) -> bool {
    let has_digit = |code: &str| code.bytes().any(|b| b.is_ascii_digit());
    let before = head.strip_suffix('-').map_or("", |rest| rest.rsplit(|c: char| !is_word(c)).next().unwrap_or(""));
    let after = tail.strip_prefix('-').map_or("", |rest| rest.split(|c: char| !is_word(c)).next().unwrap_or(""));
    head.ends_with('=')
        || tail.starts_with(['=', '$', '€', '£', '¢'])
        || LANGUAGES.contains(before)
        || has_digit(before)
        || STATES.contains(after)
        || has_digit(after)
        || is_numbered(tail)
        || is_zone(tail)
        || tail.starts_with('&') && tail.contains('=')
        || tail.strip_prefix(':').is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

/// `US/Eastern`: a zone in the database of time zones.
fn is_zone(tail: &str) -> bool {
    let zone = tail.strip_prefix('/').map_or("", |zone| zone.trim_end_matches(|c: char| !c.is_alphanumeric()));
    ZONES.contains(&zone)
}

const ZONES: [&str; 9] =
    ["Alaska", "Arizona", "Central", "Eastern", "Hawaii", "Michigan", "Mountain", "Pacific", "Samoa"];

/// `US-East-1`
fn is_numbered(tail: &str) -> bool {
    let token = tail.split(|c: char| !is_word(c) && c != '-').next().unwrap_or("");
    let number = token.rsplit_once('-').map_or("", |(_, last)| last);
    !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
}

/// `"country": "US"`
fn is_value(head: &str, tail: &str, left: &str) -> bool {
    let key = left.strip_suffix('"').map_or("", str::trim_end);
    head == "\"" && tail.starts_with('"') && key.ends_with("\":")
}

/// `US $40`, but "gave the US $40".
fn is_currency(form: &Around<'_>) -> bool {
    form.letters == Letters::Us && form.right.starts_with(" $") && !form.previous.eq_ignore_ascii_case("the")
}

/// `NYSE: USA`, `NYSE:USA`, `(ROWE US)`, `(ROWE US Equity)`.
fn is_ticker(form: &Around<'_>) -> bool {
    let market = |left: &str| EXCHANGES.contains(left.rsplit(|c: char| !is_word(c)).next().unwrap_or(""));
    let symbol =
        |code: &str| (1..=5).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_uppercase()) && code != "THE";
    !form.dotted
        && (form.left.trim_end().strip_suffix(':').is_some_and(market)
            || form.letters == Letters::Us
                && !form.touches_left()
                && form.previous.strip_prefix('(').is_some_and(symbol)
                && (form.right.starts_with(')') || form.right.starts_with(" Equity")))
}

/// The byte ranges in backticks: between pairs of equal runs of them.
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
    use crate::english::country::Form;

    proptest::proptest! {
        #[test]
        fn an_address_has_a_mark(head in "[a-cA1@:\\\\=(<#/.\"\\]~-]{0,5}", tail in "[a-cA1@:\\\\=(>/.\"\\]-]{0,6}") {
            let found = is_address(&head, &tail) || is_path(&tail);
            proptest::prop_assert!(!found || has_mark(&head) || has_mark(&tail), "{head} {tail}");
        }
    }

    fn code(text: &str) -> bool {
        // A token that is no form at all is as good as code.
        let form = text.match_indices('U').find_map(|(i, _)| Form::at(text, i));
        form.is_none_or(|form| is_code(&Around::new(text, form)))
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
            "at 9 US/Eastern, said",
            "on en-\nUS&lc=1033&id=2",
            "lento USA:n yli",
            "cost US $40",
            "* [News](/US/ \"x\")",
            "AP-US--Harbour-Inquiry, 4th Ld",
            "at https://a.example/en-\nUS/fox/ today",
            "US/app/box/5183",
            "in US-East-1 today",
            "{\"country\": \"US\", \"zone\": 3}",
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
            "He said: \"US",
            "US-born 25-year-old",
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
