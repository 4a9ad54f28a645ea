//! Heaps that are longer than what is held: parts repeated, cut into reads anywhere.

#![no_main]

use copydesk_fuzz::{Heap, LONG, Settings, check_once};

libfuzzer_sys::fuzz_target!(|input: (Settings, &[u8], Heap<'_>)| {
    let (settings, cuts, heap) = input;
    check_once(&settings.options(), &heap.bytes(LONG), cuts);
});
