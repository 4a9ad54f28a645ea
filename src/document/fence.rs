//! Code fences, as Markdown has them: lines of three backticks or tildes.

/// A code fence that is open at a paragraph's start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fence(Option<(u8, usize)>);

/// A longer row of tildes is a rule across the page.
const MAX_TILDES: usize = 6;

impl Fence {
    /// Whether a text may begin with a fence: cheap.
    pub(crate) fn may_be_at(text: &[u8]) -> bool {
        let start = text.iter().position(|b| *b != b' ').unwrap_or(text.len());
        text[start..].starts_with(b"```") || text[start..].starts_with(b"~~~")
    }

    pub(crate) fn is_open(self) -> bool {
        self.0.is_some()
    }

    /// Reads a line; says whether it is code or a fence.
    pub(crate) fn read(&mut self, line: &str) -> bool {
        let trimmed = line.trim_start_matches(' ');
        let first = trimmed.as_bytes().first().copied().filter(|b| matches!(b, b'`' | b'~'));
        if self.0.is_none() && first.is_none() {
            return false;
        }
        let run = first.map_or(0, |f| trimmed.bytes().take_while(|b| *b == f).count());
        let rest = trimmed[run..].trim();
        let can_fence = run >= 3 && line.len() - trimmed.len() < 4;
        match (self.0, first) {
            (Some((byte, len)), _) => {
                if can_fence && first == Some(byte) && run >= len && rest.is_empty() {
                    self.0 = None;
                }
                true
            }
            (None, Some(b'`')) if can_fence && !rest.contains('`') => {
                self.0 = Some((b'`', run));
                true
            }
            (None, Some(b'~')) if can_fence && run <= MAX_TILDES => {
                self.0 = Some((b'~', run));
                true
            }
            _ => false,
        }
    }
}
