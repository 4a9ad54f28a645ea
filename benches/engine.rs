//! The whole pipeline and each stage, on clean text and on news with faults. Figures are bytes of input a second; compare
//! them within one run.

use copydesk::{Cleaned, Cleaner, Options, Stage};
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// Paragraphs without any fault and without the country's name.
const CLEAN: &[&str] = &[
    "No boat has left the harbour since the crews voted on Monday to stay ashore until the owners answer.",
    "The mayor said she would meet both sides at noon. She has asked for bread and fuel to be flown in by Friday.",
    "\"We have flour for two days,\" said a baker on Quay Street. \"After that there will be cake, and then nothing.\"",
    "Fares rose twice in the past year. The owners blame the price of fuel and a quay that was built for smaller ships.",
    "The last strike, in the winter of 1987, went on for nine weeks and ended with a dance in the customs hall.",
];

/// Paragraphs with something to do.
const FAULTY: &[&str] = &[
    "Fuel for the island comes from the USA, and the last tanker was turned away on Friday.",
    "Flour is sold by the spoon [an error occurred while processing this directive] in the old town.",
    "The owners warned that fares would rise by half if the U.S.",
    "The crews want a rise of nine per cent and a stove on every",
    "deck, as their fathers had.",
];

const TITLE: &str = "Ferry strike enters third week";
const ARTICLES: usize = 200;

/// Articles of twelve paragraphs, a form feed between them; every `faulty`-th has faults (0: none).
fn news(faulty: usize) -> String {
    let mut text = String::new();
    for article in 0..ARTICLES {
        let has_faults = faulty > 0 && article % faulty == 0;
        for _ in 0..if has_faults { 3 } else { 1 } {
            text += &format!("{TITLE}, day {article}\n\n");
        }
        for i in 0..12 {
            let list = if has_faults && i % 3 == 2 { FAULTY } else { CLEAN };
            text += list[(article + i) % list.len()];
            text += "\n\n";
        }
        text += "\x0C\n";
    }
    text
}

fn run(bencher: Bencher<'_, '_>, options: Options, text: &str) {
    let cleaner: Cleaner = options.separator("\x0C").build().expect("the options are valid");
    bencher.counter(BytesCount::of_str(text)).bench(|| -> Cleaned<Vec<u8>> { cleaner.clean_bytes(text.as_bytes()) });
}

/// Every stage, on text of which no article, one in four, or every one has faults.
#[divan::bench(args = [0, 4, 1])]
fn all_stages(bencher: Bencher<'_, '_>, faulty: usize) {
    run(bencher, Options::default(), &news(faulty));
}

/// A stage alone, on the text of which one article in four has faults.
#[divan::bench(args = ["markers", "titles", "truncation", "usa"])]
fn stage(bencher: Bencher<'_, '_>, name: &str) {
    let stage: Stage = name.parse().expect("a stage");
    run(bencher, Options::default().only([stage]), &news(4));
}
