//! By what an edit is known again when the text around it has moved: a hash of its own words and of those beside it on its line.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::str::FromStr;

/// Words on each side that count.
const WORDS: usize = 4;
/// Bytes on each side that are looked at.
const BYTES: usize = 256;

/// The hash, and which of the edits with it in its file it is, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    hash: u64,
    number: u32,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.hash)?;
        if self.number > 1 { write!(f, ":{}", self.number) } else { Ok(()) }
    }
}

impl FromStr for Key {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (hash, number) = text.split_once(':').unwrap_or((text, "1"));
        let is_hex = hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        let hash = u64::from_str_radix(hash, 16).ok().filter(|_| is_hex).ok_or(())?;
        Ok(Self { hash, number: number.parse().ok().filter(|&n| n > 0).ok_or(())? })
    }
}

/// Follows a text as it was, and finds the key of each edit.
#[derive(Debug, Default)]
pub(crate) struct Around {
    /// The end of what there is of the current line.
    line: Vec<u8>,
    waiting: VecDeque<Waiting>,
    /// How often there was a hash.
    seen: HashMap<u64, u32>,
    keys: Vec<Key>,
}

/// An edit of which not all that comes after it is known.
#[derive(Debug)]
struct Waiting {
    hash: Hash,
    after: Vec<u8>,
    is_whole: bool,
}

impl Around {
    /// The text's next bytes.
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
        while self.waiting.front().is_some_and(|waiting| waiting.is_whole) {
            self.settle();
        }
    }

    /// The next bytes are replaced.
    pub(crate) fn edit(&mut self, before: &[u8], after: &[u8]) {
        let mut hash = Hash::default();
        let line: Vec<&[u8]> = words(&self.line).collect();
        hash.part(line[line.len().saturating_sub(WORDS)..].iter().copied());
        hash.part(words(before));
        hash.part(words(after));
        self.pass(before);
        self.waiting.push_back(Waiting { hash, after: Vec::new(), is_whole: before.ends_with(b"\n") });
    }

    /// The keys of all edits, in their order: the text has ended.
    pub(crate) fn finish(mut self) -> Vec<Key> {
        while !self.waiting.is_empty() {
            self.settle();
        }
        self.keys
    }

    fn settle(&mut self) {
        let Some(mut waiting) = self.waiting.pop_front() else { return };
        waiting.hash.part(words(&waiting.after).take(WORDS));
        let hash = waiting.hash.0;
        let number = self.seen.entry(hash).or_default();
        *number += 1;
        self.keys.push(Key { hash, number: *number });
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

fn words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty())
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

    /// The keys of the edits of a text: what is in brackets becomes "U.S.". It is read in pieces of a length.
    fn keys(text: &str, length: usize) -> Vec<Key> {
        let mut around = Around::default();
        for (i, part) in text.split(['[', ']']).enumerate() {
            match i % 2 {
                0 => part.as_bytes().chunks(length.max(1)).for_each(|piece| around.pass(piece)),
                _ => around.edit(part.as_bytes(), b"U.S."),
            }
        }
        around.finish()
    }

    #[test]
    fn the_words_of_the_line_count_and_others_do_not() {
        let key = |text: &str| keys(text, 99)[0];
        let one = key("Rain.\n\nNow the envoy of the [USA] said that he would go.\nWind.\n");
        assert_eq!(one, key("It was the envoy of the  [USA] said that he would  stay.\n"));
        assert_ne!(one, key("Now the envoy to the [USA] said that he would go.\n"));
        assert_ne!(one, key("Now the envoy of the [USA] said that it would go.\n"));
        assert_ne!(one, key("Now the envoy of the [US] said that he would go.\n"));
        assert_eq!(key("[Rain.\n]Wind."), key("[Rain.\n]Snow."));
    }

    #[test]
    fn the_same_words_are_counted() {
        let all = keys("in the [USA]\nin the [USA]\nto the [USA]\n", 3);
        assert_eq!(all.iter().map(|key| key.number).collect::<Vec<_>>(), [1, 2, 1]);
        for key in all {
            assert_eq!(key.to_string().parse(), Ok(key));
        }
        for text in ["", "1", "00000000000000001", "0000000000000001:0", "000000000000000g"] {
            assert_eq!(text.parse::<Key>(), Err(()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn how_a_text_is_read_changes_nothing(text in "([a-c \n]{0,20}\\[[a-c\n]{0,3}\\]){0,6}[a-c \n]{0,300}", length in 1..50_usize) {
            prop_assert_eq!(keys(&text, length), keys(&text, usize::MAX));
        }
    }
}
