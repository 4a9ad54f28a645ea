//! What the tests share: one tester that takes a text through every set-up.

use copydesk::{Cleaner, Collector, Options, restore, restore_from};

/// The output for a text that comes in reads of `size` bytes.
pub(crate) fn clean_in_reads(cleaner: &Cleaner, text: &[u8], size: usize) -> Collector {
    let mut out = Collector::default();
    let mut session = cleaner.session();
    for piece in text.chunks(size) {
        session.push(piece, &mut out).expect("a collector takes everything");
    }
    session.finish(&mut out).expect("a collector takes everything");
    out
}

/// Holds a text against every invariant: those of [`check_once`], and cleaning twice. Gives the output.
pub(crate) fn check(options: &Options, text: &[u8]) -> Collector {
    let once = check_once(options, text);
    let twice = options.clone().build().expect("the options are valid").clean_bytes(&once.output);
    assert!(
        twice.output == once.output,
        "cleaned twice:\n  {options:?}\n  in    {}\n  once  {}\n  twice {}",
        shown(text),
        shown(&once.output),
        shown(&twice.output)
    );
    once
}

/// Reads of any size, candidates on and off, restore, ascending edits. Gives the output.
pub(crate) fn check_once(options: &Options, text: &[u8]) -> Collector {
    let cleaner = options.clone().build().expect("the options are valid");
    let whole = cleaner.clean_bytes(text);
    let sizes: &[usize] = if text.len() > 100_000 { &[7001, 65_536] } else { &[1, 7, 64, 65_536] };
    for &size in sizes {
        same(&whole, &clean_in_reads(&cleaner, text, size), &format!("reads of {size} bytes"), text);
    }
    let slow = options.clone().all_candidates(true).build().expect("the options are valid").clean_bytes(text);
    same(&whole, &slow, "every paragraph a candidate", text);
    let restored = restore(&whole.output, &whole.edits).expect("the edits fit the output");
    assert!(restored == text, "not restored: {}", shown(text));
    let mut back = Collector::default();
    let edits = whole.edits.iter().cloned().map(Ok);
    restore_from(whole.output.as_slice(), edits, &mut back).expect("the edits fit the output");
    let again = restore(text, &back.edits).expect("the way back is one of edits, too");
    assert!(back.output == text && again == whole.output, "no way back: {}", shown(text));
    for pair in whole.edits.windows(2) {
        assert!(pair[0].range().end <= pair[1].start, "edits overlap in {}", shown(text));
    }
    for edit in &whole.edits {
        assert!(edit.before != edit.after && !edit.reasons.is_empty(), "an empty edit in {}", shown(text));
    }
    whole
}

fn same(want: &Collector, got: &Collector, how: &str, text: &[u8]) {
    assert!(
        want.output == got.output,
        "{how}: {}\n  want {}\n  got  {}",
        shown(text),
        shown(&want.output),
        shown(&got.output)
    );
    assert!(
        want.edits == got.edits,
        "{how}: the edits differ for {}\n  {:?}\n  {:?}",
        shown(text),
        want.edits,
        got.edits
    );
    assert!(want.notes == got.notes, "{how}: the notes differ for {}", shown(text));
}

/// The text, shortened in its middle.
pub(crate) fn shown(text: &[u8]) -> String {
    let text = format!("{:?}", String::from_utf8_lossy(text));
    let n = text.chars().count();
    if n <= 600 {
        return text;
    }
    let head: String = text.chars().take(300).collect();
    let tail: String = text.chars().skip(n - 300).collect();
    format!("{head} […] {tail}")
}
