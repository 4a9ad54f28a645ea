//! An article of the page: its text with the edits in place. Of long stretches without an edit the ends are shown.

use std::io::{self, Write};

use copydesk::Edit;
use maud::{Markup, PreEscaped, html};

use super::words::{lossy, shown, shown_edit};
use crate::app::clean::Report;
use crate::app::files::Held;
use crate::app::place::Located;
use crate::app::refused::Key;

/// Bytes that are shown on each side of an edit.
const SHOWN: usize = 2000;
/// After as many bytes a piece of the page ends at the next line: the browser lays out those that are seen.
const PIECE: usize = 2000;
/// Bytes of one side of an edit that are shown.
const LONGEST: usize = 20_000;

/// Writes an article for the page.
pub(crate) struct Article<'a> {
    out: &'a mut Held,
    edits: &'a mut u64,
    /// What was kept since the last edit and may be left out, at most twice as long as what is shown.
    kept: Vec<u8>,
    omitted: u64,
    /// There was an edit before what was kept: its beginning is shown.
    follows: bool,
    /// Bytes of the piece that is open.
    piece: usize,
}

impl<'a> Article<'a> {
    pub(crate) fn new(out: &'a mut Held, edits: &'a mut u64) -> Self {
        Self { out, edits, kept: Vec::new(), omitted: 0, follows: true, piece: 0 }
    }

    fn write(&mut self, markup: &Markup) -> io::Result<()> {
        self.out.write_all(markup.0.as_bytes())
    }

    /// Text that stays; a long piece of the page ends at a line's end in it.
    fn text(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let open = PIECE.saturating_sub(self.piece).min(rest.len());
            let end = memchr::memchr(b'\n', &rest[open..]).map(|at| open + at + 1);
            let (part, next) = rest.split_at(end.unwrap_or(rest.len()));
            self.write(&shown(&lossy(part)))?;
            self.piece += part.len();
            if end.is_some() && self.piece >= PIECE {
                self.break_piece()?;
            }
            rest = next;
        }
        Ok(())
    }

    fn break_piece(&mut self) -> io::Result<()> {
        self.piece = 0;
        self.out.write_all(b"</div><div class=\"piece\">")
    }

    /// What was kept, without what is far from the edits on both sides. `ends`: no edit follows.
    fn flush(&mut self, ends: bool) -> io::Result<()> {
        let kept = std::mem::take(&mut self.kept);
        let head = if self.follows { boundary(&kept, SHOWN) } else { 0 };
        let tail = if ends { kept.len() } else { boundary(&kept, kept.len().saturating_sub(SHOWN)) };
        let omitted = std::mem::take(&mut self.omitted);
        if omitted == 0 && tail <= head {
            return self.text(&kept);
        }
        self.text(&kept[..head])?;
        let left_out = omitted + tail.saturating_sub(head) as u64;
        if left_out > 0 {
            self.write(&html! { p class="gap" { "⋯ " (left_out) " bytes without an edit ⋯" } })?;
        }
        self.text(&kept[tail.max(head)..])
    }
}

/// The next place, from here on, at which a character begins.
fn boundary(bytes: &[u8], at: usize) -> usize {
    let at = at.min(bytes.len());
    at + bytes[at..].iter().take(3).take_while(|&&byte| byte & 0xC0 == 0x80).count()
}

impl Report for Article<'_> {
    fn kept(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.kept.extend_from_slice(bytes);
        if self.kept.len() > 4 * SHOWN {
            let head = boundary(&self.kept, SHOWN);
            let tail = boundary(&self.kept, self.kept.len() - SHOWN);
            self.omitted += (tail - head) as u64;
            self.kept.drain(head..tail);
        }
        Ok(())
    }

    fn edit(&mut self, located: &Located<'_>) -> io::Result<()> {
        self.flush(false)?;
        self.follows = true;
        let Located { edit, start, within, key, .. } = located;
        *self.edits += 1;
        let place = match within {
            Some(within) => format!("record {}, {}, line {}", within.record, within.field, start.line),
            None => format!("line {}, column {}", start.line, start.column),
        };
        self.write(&edit_markup(edit, &place, *key))?;
        self.piece += edit.before.len() + edit.after.len();
        if edit.before.ends_with(b"\n") && self.piece >= PIECE {
            self.break_piece()?;
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.flush(true)
    }
}

fn edit_markup(edit: &Edit<'_>, place: &str, key: Option<Key>) -> Markup {
    let stage = edit.reasons.first().map_or("", |reason| reason.rule().info().stage.as_str());
    let reasons: Vec<&str> = edit.reasons.iter().map(|reason| reason.as_str()).collect();
    let (before, after) = (side(&edit.before), side(&edit.after));
    let key = key.map_or(String::new(), |key| key.to_string());
    let is_join = edit.before.contains(&b'\n') && !edit.after.contains(&b'\n') && !edit.after.is_empty();
    html! {
        span class={ "edit " (stage) } role="group" tabindex="-1" data-reasons=(reasons.join(" ")) data-place=(place) data-key=(key) {
            @if !before.0.is_empty() { del { (before) } }
            @if is_join { span class="join" aria-hidden="true" { "⤙" } }
            @if !after.0.is_empty() { ins { (after) } }
        }
    }
}

/// One side of an edit; of a long one the beginning and the end.
fn side(bytes: &[u8]) -> Markup {
    if bytes.len() <= LONGEST {
        return shown_edit(&lossy(bytes));
    }
    let (head, tail) = (boundary(bytes, LONGEST / 2), boundary(bytes, bytes.len() - LONGEST / 2));
    let omitted = format!(" ⋯ {} bytes ⋯ ", tail - head);
    PreEscaped(shown_edit(&lossy(&bytes[..head])).0 + &omitted + &shown_edit(&lossy(&bytes[tail..])).0)
}
