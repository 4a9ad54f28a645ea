//! Records of any bytes: what is kept is kept, undo gives the input back, and pieces make no difference.

#![no_main]

use copydesk_fuzz::{Settings, check_records};

libfuzzer_sys::fuzz_target!(|input: (Settings, u8, &[u8], Vec<u8>)| {
    let (settings, format, bytes, cuts) = input;
    check_records(settings.options(), format, bytes, &cuts);
});
