//! Articles with faults, every option: all invariants, also that cleaning twice is cleaning once.

#![no_main]

use copydesk_fuzz::{Article, Settings, check_article};

libfuzzer_sys::fuzz_target!(|input: (Settings, Article)| check_article(input.0, &input.1));
