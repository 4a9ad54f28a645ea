//! What goes to stderr (errors, counts, explanations), and the table of rules.

use std::fmt::Write as _;
use std::io::{self, Write};

use copydesk::{Edit, Note, Reason, Rule, Stage, Worth};

/// Chars of a text that an explanation shows at most.
const SHOWN: usize = 120;

/// Reports an error in one line, whatever a name or an argument in it holds. A stderr that is gone is no reason to fail.
pub(crate) fn error(message: &str) {
    let _ = writeln!(io::stderr(), "copydesk: {}", printable(message));
}

pub(crate) fn note(message: &str) {
    error(message);
}

/// A text that a terminal can be shown: control characters are written out.
pub(crate) fn printable(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '\n' => out.push('⏎'),
            '\r' => out.push('␍'),
            '\t' => out.push('⇥'),
            c if c.is_control() || is_invisible(c) => {
                let _ = write!(out, "{}", c.escape_unicode());
            }
            c => out.push(c),
        }
        out
    })
}

/// Bytes that a terminal can be shown. Tabs stay; what is no UTF-8 is written out.
pub(crate) fn visible(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        let mut parts = chunk.valid().split('\t');
        out.extend(parts.next().map(printable));
        parts.for_each(|part| out.extend(["\t", &printable(part)]));
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02X}");
        }
    }
    out
}

/// Marks that turn the direction of the text, end a line or can't be seen: they could hide what stands there.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}')
        || matches!(c, '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// How often each reason made an edit, and what was only noted.
#[derive(Debug)]
pub(crate) struct Stats {
    /// By reason: an edit that two reasons made counts for both.
    edits: [u64; Reason::ALL.len()],
    /// Of all reasons, each once.
    pub(crate) made: u64,
    notes: u64,
}

impl Default for Stats {
    fn default() -> Self {
        Self { edits: [0; Reason::ALL.len()], made: 0, notes: 0 }
    }
}

impl Stats {
    pub(crate) fn count(&mut self, edit: &Edit<'_>) {
        self.made += 1;
        for &reason in edit.reasons.iter() {
            self.edits[reason as usize] += 1;
        }
    }

    pub(crate) fn note(&mut self, _: Note) {
        self.notes += 1;
    }

    pub(crate) fn add(&mut self, other: &Stats) {
        for (sum, more) in self.edits.iter_mut().zip(other.edits) {
            *sum += more;
        }
        self.made += other.made;
        self.notes += other.notes;
    }

    /// The edits of a stage. One that two reasons made counts for both.
    pub(crate) fn edits(&self, stage: Stage) -> u64 {
        self.sum(|reason| reason.rule().info().stage == stage)
    }

    fn sum(&self, counts: impl Fn(Reason) -> bool) -> u64 {
        Reason::ALL.iter().filter(|&&reason| counts(reason)).map(|&reason| self.edits[reason as usize]).sum()
    }

    pub(crate) fn print(&self, out: &mut dyn Write) {
        let mut text = String::new();
        for &stage in Stage::ALL {
            let _ = writeln!(text, "{:<30}{:>10}", stage.as_str(), self.edits(stage));
            for rule in Rule::ALL.iter().copied().filter(|rule| rule.info().stage == stage) {
                self.print_rule(rule, &mut text);
            }
        }
        if self.notes > 0 {
            let _ = writeln!(text, "{:<30}{:>10}", "noted and kept", self.notes);
        }
        let _ = out.write_all(text.as_bytes());
    }

    fn print_rule(&self, rule: Rule, text: &mut String) {
        let edits = self.sum(|reason| reason.rule() == rule);
        if edits == 0 {
            return;
        }
        let _ = writeln!(text, "  {:<28}{edits:>10}", rule.as_str());
        for reason in rule.reasons().filter(|&reason| self.edits[reason as usize] > 0) {
            let _ = writeln!(text, "    {:<26}{:>10}", reason.as_str(), self.edits[reason as usize]);
        }
    }
}

/// Shows edits as they are made.
pub(crate) struct Explain<'a> {
    name: String,
    line: u64,
    colours: bool,
    out: &'a mut dyn Write,
}

impl<'a> Explain<'a> {
    pub(crate) fn new(name: &str, colours: bool, out: &'a mut dyn Write) -> Self {
        Self { name: printable(name), line: 1, colours, out }
    }

    pub(crate) fn kept(&mut self, bytes: &[u8]) {
        self.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
    }

    pub(crate) fn edit(&mut self, edit: &Edit<'_>) -> io::Result<()> {
        let (red, green, off) = if self.colours { ("\x1b[31m", "\x1b[32m", "\x1b[0m") } else { ("", "", "") };
        let message = format!(
            "{}:{}: {}: {red}\"{}\"{off} → {green}\"{}\"{off}\n",
            self.name,
            self.line,
            named(&edit.reasons),
            shortened(&edit.before),
            shortened(&edit.after)
        );
        self.kept(&edit.before);
        self.out.write_all(message.as_bytes())
    }

    pub(crate) fn note(&mut self, note: Note) -> io::Result<()> {
        let message = format!("{}:{}: {}: seen and kept\n", self.name, self.line, named(&[note.reason]));
        self.out.write_all(message.as_bytes())
    }
}

/// The rules of an edit with their reasons; one that acted several times in a row is named once.
fn named(reasons: &[Reason]) -> String {
    let runs = reasons.chunk_by(|a, b| a == b).map(|run| {
        let (rule, reason) = (run[0].rule(), run[0]);
        let times = if run.len() > 1 { format!(", {} times", run.len()) } else { String::new() };
        format!("{rule} ({reason}{times})")
    });
    runs.collect::<Vec<_>>().join(", ")
}

/// The text, printable, with its middle left out where it is long.
fn shortened(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let n = text.chars().count();
    if n <= SHOWN {
        return printable(&text);
    }
    let head: String = text.chars().take(SHOWN / 2).collect();
    let tail: String = text.chars().skip(n - SHOWN / 2).collect();
    format!("{} [… {} chars …] {}", printable(&head), n - 2 * (SHOWN / 2), printable(&tail))
}

/// The table of rules: each stage's, with their reasons, help and examples.
pub(crate) fn list_rules() -> String {
    let mut text = String::new();
    for (i, &stage) in Stage::ALL.iter().enumerate() {
        let _ = writeln!(text, "{}{}: {}", if i == 0 { "" } else { "\n" }, stage.as_str(), stage.help());
        for &rule in Rule::ALL.iter().filter(|rule| rule.info().stage == stage) {
            let off = if rule.info().on { "" } else { " (off by default)" };
            let _ = writeln!(text, "\n  {:<24}{}{off}", rule.as_str(), rule.info().help);
            rule.reasons().for_each(|reason| list_reason(reason, &mut text));
        }
    }
    text
}

fn list_reason(reason: Reason, text: &mut String) {
    let info = reason.info();
    let likely = if info.worth == Worth::Likely { " (likely)" } else { "" };
    let _ = writeln!(text, "    {:<22}{}{likely}", info.id, info.help);
    for (name, example) in [("before", info.before), ("after", info.after), ("stays", info.near)] {
        let _ = writeln!(text, "      {name:<8}{}", printable(example));
    }
    if let Some(pattern) = info.marker {
        let _ = writeln!(text, "      with    --marker '{}'", printable(pattern));
    }
}
