//! Text as it comes, from a corpus of real inputs; its last byte says the settings and its first ones the reads.

#![no_main]

use copydesk_fuzz::{Settings, check_once};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Some((&settings, text)) = data.split_last() {
        check_once(&Settings::of(settings).options(), text, &text[..text.len().min(32)]);
    }
});
