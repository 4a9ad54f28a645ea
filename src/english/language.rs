//! Whether a paragraph is English, by its function words: those of each language are counted against the English ones.

use crate::data::{List, list};

list!(FUNCTION_WORDS, "languages/function-words.txt");
static KINDS: [u32; FUNCTION_WORDS.spans.len()] = kinds(FUNCTION_WORDS);

/// The codes of the list, each a bit. Those of the languages begin at [`FIRST_LANGUAGE`].
const CODES: [&str; 29] = [
    "en", "x", "n", "ca", "cs", "da", "de", "es", "et", "fi", "fr", "hr", "hu", "id", "is", "it", "lt", "lv", "nb",
    "nl", "pl", "pt", "ro", "sk", "sq", "sv", "sw", "tl", "tr",
];
const FIRST_LANGUAGE: usize = 3;
const ENGLISH: u32 = 1;
/// It counts only beside a word that is not weak.
const WEAK: u32 = 1 << 1;
/// It stands in names as well.
const PARTICLE: u32 = 1 << 2;
/// A word of any language but English, also of one without a list.
const FOREIGN: u32 = !(ENGLISH | WEAK | PARTICLE);

/// A shorter paragraph can't be judged.
const WORDS: u32 = 8;
/// Function words that a language needs.
const LEAST: u32 = 2;
/// The most words of a name's particles: "van de la".
const PARTICLES: usize = 3;

/// What an entry's codes say, as bits.
const fn kinds<const N: usize>(list: List) -> [u32; N] {
    let (mut kinds, mut n) = ([0; N], 0);
    while n < N {
        let (text, mut at) = (list.text.as_bytes(), list.spans[n][1] as usize);
        while text[at] != b'\n' {
            let mut end = at + 1;
            while text[end] != b' ' && text[end] != b'\n' {
                end += 1;
            }
            kinds[n] |= code(text, at + 1, end);
            at = end;
        }
        n += 1;
    }
    kinds
}

const fn code(text: &[u8], start: usize, end: usize) -> u32 {
    let mut n = 0;
    while n < CODES.len() {
        let code = CODES[n].as_bytes();
        if code.len() == end - start && code[0] == text[start] && (code.len() == 1 || code[1] == text[start + 1]) {
            return 1 << n;
        }
        n += 1;
    }
    panic!("the list has a code that is not known")
}

/// Whether a paragraph is English. `None`: it can't be told, since the paragraph has less than eight words, or neither English
/// nor another language has two function words in it.
///
/// It is not English when at least two function words of another language outnumber the English ones, words that both
/// languages have left out. A word with letters beyond ASCII counts for every other language; in a script without spaces
/// each letter is such a word.
pub(crate) fn is_english(text: &str) -> Option<bool> {
    let (mut english, mut foreign) = (0, 0);
    let words = read(text, |kind| if kind & ENGLISH != 0 { english += 1 } else { foreign += 1 });
    if words < WORDS {
        None
    } else if foreign >= LEAST && is_foreign(text) {
        Some(false)
    } else {
        (english >= LEAST).then_some(true)
    }
}

/// Whether the words of one other language are enough.
fn is_foreign(text: &str) -> bool {
    let (mut english, mut shared, mut own, mut strong) = (0, [0; 32], [0; 32], [0; 32]);
    read(text, |kind| {
        if kind & ENGLISH != 0 {
            english += 1;
            count(kind, &mut shared);
        } else {
            count(kind, &mut own);
            count(if kind & WEAK == 0 { kind } else { 0 }, &mut strong);
        }
    });
    (FIRST_LANGUAGE..32).any(|l| own[l] >= LEAST && own[l] > english - shared[l] && strong[l] > 0)
}

fn count(kind: u32, counts: &mut [u32; 32]) {
    let mut left = kind & FOREIGN;
    while left != 0 {
        counts[left.trailing_zeros() as usize] += 1;
        left &= left - 1;
    }
}

/// Reads the words of a text, tells the kind of each that says something of its language, and gives their number.
fn read(text: &str, found: impl FnMut(u32)) -> u32 {
    let capitals = !text.bytes().any(|b| b.is_ascii_lowercase()) && !text.contains(char::is_lowercase);
    let mut reader = Reader { capitals, words: 0, begins: true, in_name: false, held: Vec::new(), found };
    let mut before = "";
    for piece in text.split_ascii_whitespace() {
        // "U. S." is one word, as "U.S." is.
        if !(before.ends_with("U.") && piece.starts_with('S')) {
            reader.piece(piece);
        }
        before = piece;
    }
    reader.release();
    reader.words
}

struct Reader<F> {
    /// The text has no lowercase letter, so a capital says nothing.
    capitals: bool,
    words: u32,
    /// A sentence begins here.
    begins: bool,
    /// The word before is capitalised, or it is held.
    in_name: bool,
    /// Words after a capitalised one that are a name's particles where another one follows: "Ursula von der Leyen".
    held: Vec<u32>,
    found: F,
}

impl<F: FnMut(u32)> Reader<F> {
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
            (0..letters).for_each(|_| (self.found)(FOREIGN));
        } else if !self.capitals && is_capital(word) {
            self.capital(word, begins);
        } else {
            self.lowercase(word);
        }
    }

    /// A capitalised word of another language may be a name; where it begins a sentence, it counts a little.
    fn capital(&mut self, word: &str, begins: bool) {
        let kind = kind(word);
        self.held.clear();
        self.in_name = kind & ENGLISH == 0;
        if !self.in_name {
            (self.found)(kind);
        } else if kind != 0 && begins && word.len() > 1 {
            (self.found)(kind | WEAK);
        }
    }

    fn lowercase(&mut self, word: &str) {
        let kind = match kind(word) {
            // In capitals "U. S." has two letters, and "US" none.
            _ if self.capitals && word.len() == 1 => 0,
            // "Giscard d'Estaing"
            _ if self.in_name && word.contains(char::is_uppercase) => 0,
            0 if has_foreign_letter(word) => FOREIGN,
            kind => kind,
        };
        let particle = kind & PARTICLE != 0 || !self.held.is_empty() && kind != 0 && kind & ENGLISH == 0;
        if self.in_name && particle && self.held.len() < PARTICLES {
            return self.held.push(kind);
        }
        self.release();
        if kind != 0 {
            (self.found)(kind);
        }
    }

    /// The words that are held belong to no name.
    fn release(&mut self) {
        self.in_name = false;
        self.held.drain(..).for_each(&mut self.found);
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

/// What the list says of a word, or of its part up to an apostrophe; 0 where it says nothing.
fn kind(word: &str) -> u32 {
    let found = |word: &str| FUNCTION_WORDS.find_lower(word).filter(|_| word != "US").map(|at| KINDS[at]);
    if let Some(kind) = found(word) {
        return kind;
    }
    let Some((at, mark)) = word.char_indices().find(|(_, c)| matches!(c, '\'' | '’')) else { return 0 };
    let (stem, rest) = (&word[..at], &word[at + mark.len_utf8()..]);
    // "all's" is no Italian.
    let joined = if rest == "s" { None } else { found(&format!("{stem}'")) };
    joined.or_else(|| found(stem)).unwrap_or(0)
}

/// Whether a sentence may end with a piece. The forms of the country's name are all alike: none ends one.
fn ends_sentence(piece: &str, word: &str) -> bool {
    let end = piece.trim_end_matches(['"', '\'', '”', '’', '»', ')']);
    end.ends_with(['.', '!', '?']) && !matches!(word, "US" | "USA" | "U" | "U.S" | "U.S.A")
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
    use crate::english::lexicon::{self, Classes};

    #[test]
    fn a_word_counts_for_another_language_only_if_it_is_no_english_one() {
        for word in FUNCTION_WORDS.iter() {
            let kind = KINDS[FUNCTION_WORDS.find_lower(word).expect("it is listed")];
            assert_eq!(word, word.to_lowercase());
            assert!(kind & (FOREIGN | ENGLISH) != 0, "{word} is of no language");
            let listed = lexicon::classes(word).any(Classes::LISTED) || !lexicon::closed(word).is_empty();
            let english = listed || word.len() == 1;
            assert!(!english || kind & (ENGLISH | WEAK) != 0, "{word} is an English word, too");
            assert!(kind & ENGLISH == 0 || kind & (WEAK | PARTICLE) == 0, "{word} is a function word of English");
        }
    }

    #[test]
    fn probe() {
        let Ok(list) = std::env::var("PROBE") else { return };
        for path in std::fs::read_to_string(list).unwrap().lines() {
            let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
            for line in text.lines().filter(|l| !l.trim().is_empty()) {
                println!("PROBE\t{:?}\t{path}\t{line}", is_english(line));
            }
        }
    }
}
