//! Patterns, names and separators of any bytes: refused, or harmless.

#![no_main]

use copydesk::Options;
use copydesk_fuzz::{Heap, SHORT, Settings, check_settings};

/// Chars of a pattern or a name: longer ones only take longer.
const LONGEST: usize = 40;

libfuzzer_sys::fuzz_target!(|input: (Settings, Option<&str>, Option<&str>, Option<&[u8]>, Heap<'_>)| {
    let (settings, pattern, name, separator, heap) = input;
    let pattern = pattern.filter(|text| text.len() <= LONGEST);
    let name = name.filter(|text| text.len() <= LONGEST);
    let options = settings.options();
    let options = pattern.into_iter().fold(options, Options::marker);
    let options = name.into_iter().fold(options, Options::protect);
    let options = separator.into_iter().fold(options, Options::separator);
    let mut given: Vec<&str> = pattern.into_iter().chain(name).collect();
    // One may stand in the other.
    given.sort_by_key(|text| std::cmp::Reverse(text.len()));
    check_settings(options, &given, &heap.bytes(SHORT));
});
