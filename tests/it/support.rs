//! What the tests share: one tester that takes a text through every set-up.

use copydesk::{Cleaned, Cleaner, Options, restore, restore_from};

/// What Apache, and others after it, write where an include failed.
pub(crate) const MARKER: &str = "[an error occurred while processing this directive]";

/// The output for a text that comes in reads of `size` bytes.
pub(crate) fn clean_in_reads(cleaner: &Cleaner, text: &[u8], size: usize) -> Cleaned<Vec<u8>> {
    let mut out = Cleaned::<Vec<u8>>::default();
    let mut session = cleaner.session();
    for piece in text.chunks(size) {
        session.push(piece, &mut out).expect("memory takes everything");
    }
    session.finish(&mut out).expect("memory takes everything");
    out
}

/// Texts one after the other in one session, each in reads of `size` bytes; offsets count from the beginning of each.
pub(crate) fn clean_one_by_one(cleaner: &Cleaner, texts: &[&[u8]], size: usize) -> Vec<Cleaned<Vec<u8>>> {
    let (mut session, mut start) = (cleaner.session(), 0);
    let clean = |text: &&[u8]| {
        let mut out = Cleaned::<Vec<u8>>::default();
        text.chunks(size).try_for_each(|piece| session.push(piece, &mut out)).expect("memory takes everything");
        session.end_input(&mut out).expect("memory takes everything");
        out.edits.iter_mut().for_each(|edit| edit.start -= start);
        out.notes.iter_mut().for_each(|note| note.at -= start);
        start += text.len() as u64;
        out
    };
    texts.iter().map(clean).collect()
}

/// Holds a text against every invariant: those of [`check_once`], and cleaning twice. Gives the output.
pub(crate) fn check(options: &Options, text: &[u8]) -> Cleaned<Vec<u8>> {
    let once = check_once(options, text);
    let twice = options.clone().build().expect("the options are valid").clean_bytes(&once.text);
    assert!(
        twice.text == once.text,
        "cleaned twice:\n  {options:?}\n  in    {}\n  once  {}\n  twice {}",
        shown(text),
        shown(&once.text),
        shown(&twice.text)
    );
    once
}

/// Reads of any size, candidates on and off, restore, ascending edits. Gives the output.
pub(crate) fn check_once(options: &Options, text: &[u8]) -> Cleaned<Vec<u8>> {
    let cleaner = options.clone().build().expect("the options are valid");
    let whole = cleaner.clean_bytes(text);
    let sizes: &[usize] = if text.len() > 100_000 { &[7001, 65_536] } else { &[1, 7, 64, 65_536] };
    for &size in sizes {
        same(&whole, &clean_in_reads(&cleaner, text, size), &format!("reads of {size} bytes"), text);
    }
    let one_by_one = clean_one_by_one(&cleaner, &[text, b"", text], 64);
    same(&whole, &one_by_one[0], "in a session with others", text);
    same(&whole, &one_by_one[2], "after another in its session", text);
    let slow = options.clone().all_candidates(true).build().expect("the options are valid").clean_bytes(text);
    same(&whole, &slow, "every paragraph a candidate", text);
    let restored = restore(&whole.text, &whole.edits).expect("the edits fit the output");
    assert!(restored == text, "not restored: {}", shown(text));
    let mut back = Cleaned::<Vec<u8>>::default();
    let edits = whole.edits.iter().cloned().map(Ok);
    restore_from(whole.text.as_slice(), edits, &mut back).expect("the edits fit the output");
    let again = restore(text, &back.edits).expect("the way back is one of edits, too");
    assert!(back.text == text && again == whole.text, "no way back: {}", shown(text));
    for pair in whole.edits.windows(2) {
        assert!(pair[0].range().end <= pair[1].start, "edits overlap in {}", shown(text));
    }
    for edit in &whole.edits {
        assert!(edit.before != edit.after && !edit.reasons.is_empty(), "an empty edit in {}", shown(text));
    }
    whole
}

fn same(want: &Cleaned<Vec<u8>>, got: &Cleaned<Vec<u8>>, how: &str, text: &[u8]) {
    assert!(want.text == got.text, "{how}: {}\n  want {}\n  got  {}", shown(text), shown(&want.text), shown(&got.text));
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
