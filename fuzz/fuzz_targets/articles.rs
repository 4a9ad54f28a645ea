//! Articles with faults, every option: all invariants, also that cleaning twice is cleaning once.

#![no_main]

use copydesk_fuzz::{Article, Settings, check};

libfuzzer_sys::fuzz_target!(|input: (Settings, Article)| check(&input.0.options(), input.1.0.as_bytes()));
