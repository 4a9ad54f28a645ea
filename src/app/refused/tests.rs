//! A refused edit is known again, whatever other edits were made before.

use std::cell::RefCell;
use std::io;
use std::sync::Arc;

use copydesk::Cleaner;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::*;
use crate::app::clean::{Report, Reporter};
use crate::app::place::Located;

#[path = "../../../tests/it/pieces.rs"]
#[allow(dead_code, reason = "these are shared")]
mod pieces;

use pieces::{PARAGRAPHS, TITLES};

/// The keys of the edits that are made.
struct Keys<'a>(&'a RefCell<Vec<Key>>);

impl Report for Keys<'_> {
    fn edit(&mut self, located: &Located<'_>) -> io::Result<()> {
        self.0.borrow_mut().push(located.key.expect("a filter gives it"));
        Ok(())
    }
}

/// What comes out, and the keys of the edits that were made.
fn clean(cleaner: &Cleaner, text: &[u8], refused: &[Key]) -> (Vec<u8>, Vec<Key>) {
    clean_in(cleaner, text, usize::MAX, refused)
}

/// The same of a text that is read in pieces of a length.
fn clean_in(cleaner: &Cleaner, text: &[u8], length: usize, refused: &[Key]) -> (Vec<u8>, Vec<Key>) {
    let (mut out, made) = (Vec::new(), RefCell::default());
    let refused = Arc::new(refused.iter().copied().collect());
    let report: Box<dyn Report> = Box::new(Keys(&made));
    let mut reporter = Reporter::new(&mut out, [report], None).filter(Some(Filter::new(Some(refused))));
    let mut session = cleaner.session();
    let pushed = text.chunks(length).try_for_each(|piece| session.push(piece, &mut reporter));
    pushed.and_then(|()| session.finish(&mut reporter)).expect("memory takes everything");
    assert!(reporter.end().is_ok());
    drop(reporter);
    (out, made.into_inner())
}

/// Faults that are parted by whole paragraphs, so that no edit hangs on another one.
const FAULTS: &[&str] = &[
    "Ships sail to the USA and from the USA to Oslo, and in the USA they are met by a US pilot and a US judge.",
    "Flour is sold by the spoon [an error occurred while processing this directive] in the shops of the USA.",
    "[an error occurred while processing this directive]",
    "<!--#include virtual=\"/inc/foot.html\" -->",
    "The letter was signed by Capt.\n\nIngrid Marsh of the USA and by her two mates from the USA.",
    "Salt is brought by the barge of a\n\nfirm in the USA that nobody on the pier had heard of before.",
    "A deckhand, who asked not to be named, said that the engines were... Read more \u{bb}",
    "The owners warned that fares would rise by half if the U.S.",
];

fn whole(i: usize) -> String {
    format!("Boat {i} has left the harbour since Monday, when its crew voted to go.")
}

/// An article of such faults.
fn faulty(gaps: &'static [&str]) -> impl Strategy<Value = String> {
    let title = select(&["", "Night ferry to return\n\nNight ferry to return\n\n"][..]);
    (title, subsequence(FAULTS, 0..=FAULTS.len()).prop_shuffle(), select(gaps)).prop_map(|(title, faults, gap)| {
        let body = faults.iter().enumerate().map(|(i, fault)| format!("{fault}{gap}{}{gap}", whole(i)));
        format!("{title}{}{gap}{}", whole(99), body.collect::<String>())
    })
}

/// Any article.
fn article() -> impl Strategy<Value = String> {
    let titles = prop::collection::vec(select(TITLES), 0..4);
    (titles, subsequence(PARAGRAPHS, 0..12).prop_shuffle(), select(&["\n", "\n\n", "\n\n\n"][..]))
        .prop_map(|(titles, body, gap)| titles.into_iter().chain(body).collect::<Vec<_>>().join(gap) + gap)
}

/// The keys of those that are chosen: a bit for each edit.
fn chosen(all: &[Key], choice: u64) -> Vec<Key> {
    all.iter().enumerate().filter(|(i, _)| choice >> (i % 64) & 1 == 1).map(|(_, key)| *key).collect()
}

proptest! {
    /// What is refused is not made, the rest is; then there is nothing left to be done.
    #[test]
    fn a_second_run_makes_no_edit(text in faulty(&["\n", "\n\n", "\r\n\r\n"]), choice: u64) {
        let cleaner = Cleaner::default();
        let (_, all) = clean(&cleaner, text.as_bytes(), &[]);
        let refused = chosen(&all, choice);
        let (once, made) = clean(&cleaner, text.as_bytes(), &refused);
        let rest: Vec<Key> = all.into_iter().filter(|key| !refused.contains(key)).collect();
        prop_assert_eq!(made, rest);
        let (twice, made) = clean(&cleaner, &once, &refused);
        prop_assert_eq!(made, []);
        prop_assert_eq!(String::from_utf8_lossy(&twice), String::from_utf8_lossy(&once));
    }

    #[test]
    fn moved_text_keeps_its_keys(text in faulty(&["\n\n", "\r\n\r\n"]), more in select(&["It rained.\n\n", "Snow fell.\n\nA gull slept.\n\n"][..])) {
        let keys = |text: &str| clean(&Cleaner::default(), text.as_bytes(), &[]).1;
        // A title is one only at the top.
        let text = text.strip_prefix("Night ferry to return\n\n").unwrap_or(&text);
        prop_assert_eq!(keys(&format!("{more}{text}{more}")), keys(text));
    }

    /// How much comes at once changes nothing, with any edits refused.
    #[test]
    fn any_article_is_read_in_any_pieces(text in article(), choice: u64, length in 1..99_usize) {
        let cleaner = Cleaner::default();
        let refused = chosen(&clean(&cleaner, text.as_bytes(), &[]).1, choice);
        let (out, made) = clean(&cleaner, text.as_bytes(), &refused);
        prop_assert!(made.iter().all(|key| !refused.contains(key)));
        prop_assert_eq!(clean_in(&cleaner, text.as_bytes(), length, &refused), (out, made));
    }
}

/// Where a refused edit leaves text that another stage would have changed as well, that is an edit of its own: so it is in at most 3
/// of 100 articles of nothing but faults.
#[test]
fn a_second_run_rarely_finds_what_a_refused_edit_has_left() {
    let (mut runner, cleaner, mut found) = (TestRunner::deterministic(), Cleaner::default(), 0);
    for i in 0..1000_u64 {
        let text = article().new_tree(&mut runner).expect("there is one").current();
        let refused = chosen(&clean(&cleaner, text.as_bytes(), &[]).1, i.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let (once, _) = clean(&cleaner, text.as_bytes(), &refused);
        found += usize::from(!clean(&cleaner, &once, &refused).1.is_empty());
    }
    assert!((1..=30).contains(&found), "{found}");
}
