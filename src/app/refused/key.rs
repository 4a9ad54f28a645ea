//! By what an edit is known again when the text around it has moved: a hash of its own words and of those beside it on its line, as
//! they are when every edit is made. So the key is the same before and after other edits are written.

use std::collections::VecDeque;
use std::fmt;
use std::str::FromStr;

/// Words on each side that count.
const WORDS: usize = 4;
/// Bytes on each side that are looked at.
const BYTES: usize = 256;

/// Edits of a file that read alike, with the same words beside them, have the same key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key(u64);

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Key {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let is_hex = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        u64::from_str_radix(text, 16).ok().filter(|_| is_hex).map(Self).ok_or(())
    }
}

/// Follows a text, and finds the key of each edit.
#[derive(Debug, Default)]
pub(crate) struct Around {
    /// The end of what there is of the current line.
    line: Vec<u8>,
    /// Edits of which the key was not given yet.
    waiting: VecDeque<Waiting>,
}

#[derive(Debug)]
struct Waiting {
    hash: Hash,
    /// The words after it are known so far.
    after: Vec<u8>,
    is_whole: bool,
}

impl Around {
    /// Text that stays.
    pub(crate) fn pass(&mut self, bytes: &[u8]) {
        for waiting in &mut self.waiting {
            waiting.take(bytes);
        }
        let line = memchr::memrchr(b'\n', bytes).map(|at| &bytes[at + 1..]);
        if line.is_some() {
            self.line.clear();
        }
        let line = line.unwrap_or(bytes);
        self.line.extend_from_slice(&line[line.len().saturating_sub(BYTES)..]);
        self.line.drain(..self.line.len().saturating_sub(BYTES));
    }

    pub(crate) fn edit(&mut self, before: &[u8], after: &[u8]) {
        let is_alone = removes_lines(before, after);
        let line: Vec<&[u8]> = if is_alone { Vec::new() } else { words(&self.line).collect() };
        let mut hash = Hash::default();
        hash.part(line[line.len().saturating_sub(WORDS)..].iter().copied());
        hash.part(words(before));
        hash.part(words(after));
        self.pass(after);
        let is_whole = is_alone || after.ends_with(b"\n");
        self.waiting.push_back(Waiting { hash, after: Vec::new(), is_whole });
    }

    /// The text has ended: every key is known.
    pub(crate) fn end(&mut self) {
        self.waiting.iter_mut().for_each(|waiting| waiting.is_whole = true);
    }

    /// The key of the next edit, as soon as it is known.
    pub(crate) fn next(&mut self) -> Option<Key> {
        self.waiting.front().filter(|waiting| waiting.is_whole)?;
        let Waiting { mut hash, after, .. } = self.waiting.pop_front()?;
        hash.part(words(&after).take(WORDS));
        Some(Key(hash.0))
    }
}

impl Waiting {
    fn take(&mut self, bytes: &[u8]) {
        if self.is_whole {
            return;
        }
        let room = BYTES - self.after.len();
        let line = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
        self.after.extend_from_slice(&bytes[..line.min(room)]);
        self.is_whole = line < bytes.len() || line >= room;
    }
}

/// Whether lines go with the end of one. Which end it is depends on the gaps around them, so nothing is beside them.
fn removes_lines(before: &[u8], after: &[u8]) -> bool {
    let is_end = |byte: Option<&u8>| matches!(byte, Some(b'\r' | b'\n'));
    after.is_empty() && (is_end(before.first()) || is_end(before.last())) && words(before).next().is_some()
}

/// What is between white space, also where that is escaped, as in JSON.
fn words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let is_escape = |at: usize| text[at] == b'\\' && text.get(at + 1).is_some_and(|letter| b"nrt".contains(letter));
    let is_space = move |at: usize| text[at].is_ascii_whitespace() || is_escape(at) || at > 0 && is_escape(at - 1);
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = (at..text.len()).find(|&at| !is_space(at))?;
        at = (start..text.len()).find(|&at| is_space(at)).unwrap_or(text.len());
        Some(&text[start..at])
    })
}

/// FNV-1a.
#[derive(Clone, Copy, Debug)]
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Hash {
    fn part<'w>(&mut self, words: impl Iterator<Item = &'w [u8]>) {
        for word in words {
            word.iter().chain(b" ").for_each(|&byte| self.byte(byte));
        }
        self.byte(b'\n');
    }

    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The keys of the edits of a text: what is in brackets becomes "U.S.", or what is after a bar. It is read in pieces of a length.
    fn keys(text: &str, length: usize) -> Vec<Key> {
        let mut around = Around::default();
        for (i, part) in text.split(['[', ']']).enumerate() {
            match i % 2 {
                0 => part.as_bytes().chunks(length.max(1)).for_each(|piece| around.pass(piece)),
                _ => {
                    let (before, after) = part.split_once('|').unwrap_or((part, "U.S."));
                    around.edit(before.as_bytes(), after.as_bytes());
                }
            }
        }
        around.end();
        std::iter::from_fn(|| around.next()).collect()
    }

    #[test]
    fn the_words_of_the_line_count_and_others_do_not() {
        let key = |text: &str| keys(text, 99)[0];
        let one = key("Rain.\n\nNow the envoy of the [USA] said that he would go.\nWind.\n");
        assert_eq!(one, key("It was the envoy of the  [USA] said that he would  stay.\n"));
        assert_ne!(one, key("Now the envoy to the [USA] said that he would go.\n"));
        assert_ne!(one, key("Now the envoy of the [USA] said that it would go.\n"));
        assert_ne!(one, key("Now the envoy of the [US] said that he would go.\n"));
        assert_eq!(one.to_string().parse(), Ok(one));
        for text in ["", "1", "00000000000000001", "000000000000000g"] {
            assert_eq!(text.parse::<Key>(), Err(()), "{text}");
        }
    }

    #[test]
    fn other_edits_may_be_written_or_not() {
        let all = keys("In the [USA] and the [US|U.S.] and in the\n[\n|] [U.S|U.S.]\n", 99);
        assert_eq!(all[1], keys("In the U.S. and the [US|U.S.] and in the\n U.S.\n", 99)[0]);
        assert_eq!(all[3], keys("In the U.S. and the U.S. and in the\n[\n|] [U.S|U.S.]\n", 99)[1]);
    }

    /// Which of the gaps around them goes depends on other lines.
    #[test]
    fn lines_that_go_have_no_words_beside_them() {
        let one = keys("Rain.\n\n[Wind.\n\n|]Snow.\n", 99);
        assert_eq!(one, keys("Hail.[\n\nWind.|]\n\nSnow.\n", 99));
        assert_ne!(one, keys("Hail. [Wind.|] Snow.\n", 99));
        assert_ne!(keys("the[\n\n| ]end\n", 99), keys("an[\n\n| ]end\n", 99));
        // In JSON ends of lines are escaped.
        assert_eq!(keys(r"a b c d\n[Wind.\n|]e f g h", 99), keys(r"a b c d[\nWind.|]\ne f g h", 99));
    }

    proptest! {
        #[test]
        fn how_a_text_is_read_changes_nothing(text in "([a-c \n]{0,20}\\[[a-c\n]{0,3}\\]){0,6}[a-c \n]{0,300}", length in 1..50_usize) {
            prop_assert_eq!(keys(&text, length), keys(&text, usize::MAX));
        }
    }
}
