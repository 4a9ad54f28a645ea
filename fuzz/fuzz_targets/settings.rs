//! Patterns, names and separators of any bytes: refused, or harmless.

#![no_main]

use copydesk::Options;
use copydesk_fuzz::{Heap, SHORT, Settings, check_settings};

/// Chars of a pattern or a name: longer ones only take longer.
const LONGEST: usize = 40;

libfuzzer_sys::fuzz_target!(|input: (Settings, Option<&str>, Option<&str>, Option<&[u8]>, Heap<'_>)| {
    let (settings, pattern, name, separator, heap) = input;
    let short = |text: &&str| text.len() <= LONGEST;
    let options = settings.options();
    let options = pattern.filter(short).into_iter().fold(options, Options::marker);
    let options = name.filter(short).into_iter().fold(options, Options::protect);
    let options = separator.into_iter().fold(options, Options::separator);
    check_settings(options, &heap.bytes(SHORT));
});
