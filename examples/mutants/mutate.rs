//! Breaks a text the way scrapers, converters and editors do, at random but the same for the same seed.

#![allow(clippy::ptr_arg, reason = "every mutation has one signature: some add lines, some take them away")]

/// Numbers that look random: SplitMix64.
#[derive(Clone, Debug)]
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `n`, which is not 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }
}

/// A way to break a text of some lines at one of them.
type Mutation = fn(&mut Vec<String>, usize, &mut Rng);

const MUTATIONS: [Mutation; 16] = [
    split,
    split,
    repeat,
    repeat,
    repeat_changed,
    cut_word,
    cut_letter,
    wrap,
    teaser,
    marker,
    broken_marker,
    join,
    gap,
    country,
    swap,
    remove,
];

/// The text with one to six faults.
pub(crate) fn mutate(text: &str, rng: &mut Rng) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..1 + rng.below(6) {
        if lines.is_empty() {
            break;
        }
        // The start of a document is where most rules look.
        let among = if rng.below(2) == 0 { lines.len().min(12) } else { lines.len() };
        let at = rng.below(among);
        MUTATIONS[rng.below(MUTATIONS.len())](&mut lines, at, rng);
    }
    let ending = if rng.below(10) == 0 { "\r\n" } else { "\n" };
    let mut text = lines.join(ending);
    text.push_str(if rng.below(8) == 0 { "" } else { ending });
    text
}

/// Offsets before which a word begins, except for the first.
fn words(line: &str) -> Vec<usize> {
    line.match_indices(' ').map(|(at, _)| at + 1).filter(|&at| at < line.len()).collect()
}

fn any(of: &[usize], rng: &mut Rng) -> Option<usize> {
    (!of.is_empty()).then(|| of[rng.below(of.len())])
}

/// Puts `new` after a line, apart or right below it.
fn insert(lines: &mut Vec<String>, at: usize, new: String, rng: &mut Rng) {
    let apart = rng.below(2) == 0;
    lines.insert(at + 1, new);
    if apart {
        lines.insert(at + 1, String::new());
    }
}

fn split(lines: &mut Vec<String>, at: usize, rng: &mut Rng) {
    if let Some(word) = any(&words(&lines[at]), rng) {
        let rest = lines[at].split_off(word);
        lines[at].truncate(word - 1);
        insert(lines, at, rest, rng);
    }
}

fn repeat(lines: &mut Vec<String>, at: usize, rng: &mut Rng) {
    let (line, copies) = (lines[at].clone(), 1 + rng.below(3));
    for _ in 0..copies {
        let to = rng.below(lines.len());
        insert(lines, to, line.clone(), rng);
    }
}

fn repeat_changed(lines: &mut Vec<String>, at: usize, rng: &mut Rng) {
    let line = &lines[at];
    let half = any(&words(line), rng).unwrap_or(line.len());
    let copy = match rng.below(8) {
        0 => format!("{line} - The Quay Post"),
        1 => format!("{line} | Sky News"),
        2 => format!("WATCH: {line}"),
        3 => format!("Home > World > {line}"),
        4 => line.to_uppercase(),
        5 => format!("# {line}"),
        6 => format!("{}…", line[..half].trim_end()),
        _ => format!("{}...", line[..half].trim_end()),
    };
    let to = if rng.below(2) == 0 { at } else { rng.below(lines.len()) };
    insert(lines, to, copy, rng);
}

fn cut_word(lines: &mut Vec<String>, at: usize, rng: &mut Rng) {
    if let Some(word) = any(&words(&lines[at]), rng) {
        lines[at].truncate(word - 1);
    }
}

fn cut_letter(lines: &mut Vec<String>, at: usize, rng: &mut Rng) {
    let chars: Vec<usize> = lines[at].char_indices().map(|(at, _)| at).collect();
    if let Some(char) = any(&chars, rng) {
        lines[at].truncate(char);
    }
}

/// Breaks a line at a width.
fn wrap(lines: &mut Vec<String>, at: usize, rng: &mut Rng) {
    let width = 40 + rng.below(50);
    let mut wrapped = vec![String::new()];
    for word in lines[at].split(' ') {
        let last = wrapped.last_mut().expect("there is a line");
        if !last.is_empty() && last.chars().count() + 1 + word.chars().count() > width {
            wrapped.push(word.to_owned());
        } else {
            last.push_str(if last.is_empty() { "" } else { " " });
            last.push_str(word);
        }
    }
    lines.splice(at..=at, wrapped);
}

fn teaser(lines: &mut Vec<String>, at: usize, rng: &mut Rng) {
    cut_word(lines, at, rng);
    let links = ["… Read more »", " (more…)", "... Continue reading", " […]", "… [+2841 chars]", " Read more", "…"];
    lines[at].push_str(rng.pick(&links));
}

fn markers(rng: &mut Rng) -> &'static str {
    let markers = [
        "[an error occurred while processing this directive]",
        "<!--#include virtual=\"/foot.html\" -->",
        "&lt;!--#echo var=\"X\" --&gt;",
        "an error occurred while processing the directive",
        r"\[an error occurred while processing this directive\]",
    ];
    rng.pick(&markers)
}

fn marker(lines: &mut Vec<String>, at: usize, rng: &mut Rng) {
    let marker = markers(rng);
    match any(&words(&lines[at]), rng) {
        Some(word) if rng.below(2) == 0 => lines[at].insert_str(word, &format!("{marker} ")),
        _ => insert(lines, at, marker.to_owned(), rng),
    }
}

/// A marker that is broken over two lines, perhaps with another line between them.
fn broken_marker(lines: &mut Vec<String>, at: usize, rng: &mut Rng) {
    let marker = markers(rng);
    let word = any(&words(marker), rng).unwrap_or(0);
    let other = rng.below(lines.len());
    let other = lines[other].clone();
    lines.insert(at + 1, marker[word..].to_owned());
    if rng.below(2) == 0 {
        lines.insert(at + 1, other);
    }
    lines.insert(at + 1, marker[..word].trim_end().to_owned());
}

fn join(lines: &mut Vec<String>, at: usize, _: &mut Rng) {
    if at + 1 < lines.len() {
        let next = lines.remove(at + 1);
        lines[at].push_str(&next);
    }
}

/// Takes a blank line away or adds one.
fn gap(lines: &mut Vec<String>, at: usize, rng: &mut Rng) {
    match lines[at..].iter().position(String::is_empty) {
        Some(blank) if rng.below(3) > 0 => drop(lines.remove(at + blank)),
        _ => lines.insert(at, String::new()),
    }
}

fn country(lines: &mut Vec<String>, at: usize, rng: &mut Rng) {
    let form = rng.pick(&["U.S.", "USA", "US", "U. S.", "the U.S.", "if the U.S."]);
    match any(&words(&lines[at]), rng) {
        Some(word) => lines[at].insert_str(word, &format!("{form} ")),
        None => lines[at].push_str(form),
    }
}

fn swap(lines: &mut Vec<String>, at: usize, rng: &mut Rng) {
    let other = rng.below(lines.len());
    lines.swap(at, other);
}

fn remove(lines: &mut Vec<String>, at: usize, _: &mut Rng) {
    lines.remove(at);
}
