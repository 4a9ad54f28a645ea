//! Reads the words of a text that say something of its language.

use super::super::lowercase_letters;
use super::list::{ENGLISH, FOREIGN, PARTICLE, WEAK, kind, look_up, packed};

/// The most words of a name's particles: "van de la".
const PARTICLES: usize = 3;

/// Reads the words of a text, reports the kind of each that says something of its language until that is enough, and gives their
/// number.
pub(super) fn read(text: &[u8], is_enough: impl FnMut(u32) -> bool) -> u32 {
    let uppercase =
        !text.iter().any(u8::is_ascii_lowercase) && !String::from_utf8_lossy(text).contains(char::is_lowercase);
    let held = Vec::new();
    let mut reader = Reader { uppercase, words: 0, begins: true, in_name: false, held, is_enough, done: false };
    let mut at = 0;
    while at < text.len() && !(reader.done && reader.words >= super::WORDS) {
        if let Some(word) = Plain::at_start(&text[at..]) {
            at += word.len + usize::from(word.mark.is_some()) + 1;
            reader.plain(&word);
        } else if text[at].is_ascii_whitespace() {
            at += 1;
        } else {
            let len = text[at..].iter().position(u8::is_ascii_whitespace).unwrap_or(text.len() - at);
            // "U. S." is one word, as "U.S." is.
            if !(text[at] == b'S' && text[..at].trim_ascii_end().ends_with(b"U.")) {
                reader.piece(&String::from_utf8_lossy(&text[at..at + len]));
            }
            at += len;
        }
    }
    reader.release();
    reader.words
}

/// A word of ASCII letters with at most one mark and a space after it: most are so.
struct Plain {
    len: usize,
    first: u8,
    /// Its letters, the first one lowest; 0 where they are more than eight.
    letters: u64,
    /// The same in lowercase.
    lower: u64,
    mark: Option<u8>,
}

impl Plain {
    #[inline]
    fn at_start(text: &[u8]) -> Option<Self> {
        const CASE: u64 = u64::from_le_bytes([b'a' - b'A'; 8]);
        let eight = u64::from_le_bytes(*text.first_chunk()?);
        let (lower, first) = (eight | CASE, text[0]);
        let mut len = letters_at_start(lower);
        // It may be the end of "U. S.".
        if len == 0 || first == b'S' {
            return None;
        }
        let mut mask = u64::MAX >> (64 - 8 * len);
        if len == 8 {
            len += text[8..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
            mask = if len > 8 { 0 } else { mask };
        }
        let mark = match text[len..] {
            [b' ', ..] => None,
            [mark @ (b',' | b'.' | b';' | b':' | b'!' | b'?'), b' ', ..] => Some(mark),
            _ => return None,
        };
        Some(Self { len, first, letters: eight & mask, lower: lower & mask, mark })
    }

    /// Whether a sentence may end with it; as [`ends_sentence`].
    #[inline]
    fn ends_sentence(&self) -> bool {
        const FORMS: [u64; 3] = [packed(b"US"), packed(b"USA"), packed(b"U")];
        matches!(self.mark, Some(b'.' | b'!' | b'?')) && !FORMS.contains(&self.letters)
    }
}

/// How many of eight bytes, the first one lowest, are lowercase letters before the first that is not.
#[inline]
fn letters_at_start(eight: u64) -> usize {
    ((!lowercase_letters(eight) & u64::from_le_bytes([0x80; 8])).trailing_zeros() / 8) as usize
}

struct Reader<F> {
    /// The text has no lowercase letter, so a capital says nothing.
    uppercase: bool,
    words: u32,
    /// A sentence begins here.
    begins: bool,
    /// The word before is capitalised, or it is held.
    in_name: bool,
    /// Words after a capitalised one that are a name's particles where another one follows: "Ursula von der Leyen".
    held: Vec<u32>,
    is_enough: F,
    done: bool,
}

impl<F: FnMut(u32) -> bool> Reader<F> {
    #[inline]
    fn plain(&mut self, word: &Plain) {
        self.words += 1;
        let begins = std::mem::replace(&mut self.begins, word.ends_sentence());
        let kind = if word.letters == const { packed(b"US") } { 0 } else { look_up(word.lower) };
        if !self.uppercase && word.first.is_ascii_uppercase() {
            self.capital(word.len, kind, begins);
        } else if self.in_name || kind != 0 {
            let says_nothing = self.uppercase && word.len == 1 || self.in_name && word.letters != word.lower;
            self.lowercase(if says_nothing { 0 } else { kind });
        }
    }

    fn piece(&mut self, piece: &str) {
        let word = trimmed(piece);
        if word.is_empty() {
            return;
        }
        let begins = std::mem::replace(&mut self.begins, ends_sentence(piece, word));
        let letters = if word.is_ascii() { 0 } else { unspaced_letters(word) };
        self.words += letters.max(1);
        if letters > 0 {
            self.release();
            (0..letters).for_each(|_| self.count(FOREIGN));
        } else if !self.uppercase && is_capital(word) {
            self.capital(word.len(), kind(word), begins);
        } else {
            self.lowercase(self.kind(word));
        }
    }

    /// A capitalised word of another language may be a name; where it begins a sentence, it counts a little.
    fn capital(&mut self, len: usize, kind: u32, begins: bool) {
        self.held.clear();
        self.in_name = kind & ENGLISH == 0;
        if !self.in_name {
            self.count(kind);
        } else if kind != 0 && begins && len > 1 {
            self.count(kind | WEAK);
        }
    }

    /// The kind of a word that is not capitalised.
    fn kind(&self, word: &str) -> u32 {
        match kind(word) {
            // In an uppercase text "U. S." would count as two one-letter words, and "US" as none.
            _ if self.uppercase && word.len() == 1 => 0,
            // "Giscard d'Estaing"
            _ if self.in_name && word.contains(char::is_uppercase) => 0,
            0 if has_foreign_letter(word) => FOREIGN,
            kind => kind,
        }
    }

    #[inline]
    fn lowercase(&mut self, kind: u32) {
        if !(self.in_name && self.continues_name(kind)) && kind != 0 {
            self.count(kind);
        }
    }

    /// Whether a word may be a particle of the name before it: then it is held. One that is none ends the name.
    fn continues_name(&mut self, kind: u32) -> bool {
        let particle = kind & PARTICLE != 0 || !self.held.is_empty() && kind != 0 && kind & ENGLISH == 0;
        let continues = particle && self.held.len() < PARTICLES;
        if continues {
            self.held.push(kind);
        } else {
            self.release();
        }
        continues
    }

    /// The words that are held belong to no name.
    fn release(&mut self) {
        self.in_name = false;
        for at in 0..self.held.len() {
            self.count(self.held[at]);
        }
        self.held.clear();
    }

    fn count(&mut self, kind: u32) {
        self.done |= (self.is_enough)(kind);
    }
}

/// A word without the marks around it.
fn trimmed(piece: &str) -> &str {
    match piece.as_bytes() {
        [first, .., last] if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() => piece,
        [first, .., last, mark]
            if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() && mark.is_ascii_punctuation() =>
        {
            &piece[..piece.len() - 1]
        }
        _ => piece.trim_matches(|c: char| !c.is_alphanumeric()),
    }
}

/// Whether a sentence may end with a piece. The forms of the country's name are all alike: none ends one.
fn ends_sentence(piece: &str, word: &str) -> bool {
    piece.len() > word.len() && {
        let end = piece.trim_end_matches(['"', '\'', '”', '’', '»', ')']);
        end.ends_with(['.', '!', '?']) && !matches!(word, "US" | "USA" | "U" | "U.S" | "U.S.A")
    }
}

fn is_capital(word: &str) -> bool {
    match word.as_bytes() {
        [first, ..] if first.is_ascii() => first.is_ascii_uppercase(),
        _ => word.starts_with(char::is_uppercase),
    }
}

/// How many letters it has of scripts that put no spaces between words.
fn unspaced_letters(word: &str) -> u32 {
    let is_unspaced = |c: char| {
        matches!(c, '\u{E00}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
            | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..)
    };
    word.chars().filter(|c| is_unspaced(*c)).count() as u32
}

/// Whether it is a word with a letter that English has not. Units and ordinals are none.
fn has_foreign_letter(word: &str) -> bool {
    let is_foreign = |c: char| !c.is_ascii() && c.is_alphabetic() && !matches!(c, 'µ' | 'μ' | 'º' | 'ª');
    !word.is_ascii() && word.starts_with(char::is_alphabetic) && word.contains(is_foreign) && word.chars().count() > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted_in_eight_bytes() {
        let count = |text: &[u8; 8]| letters_at_start(u64::from_le_bytes(*text));
        let texts =
            [b"abyz ab ", b"abcdefgh", b"Abcdefgh", b"a{aaaaaa", b"a`aaaaaa", b"ab\xE1\x80aaaa", b"\xFFaaaaaaa"];
        assert_eq!(texts.map(count), [4, 8, 0, 1, 1, 2, 0]);
    }
}
