//! The patterns of all configuration files of a run: each is compiled once, and together they have a budget. A tree of somebody
//! else's may bring any number of such files.

use std::collections::HashMap;

use copydesk::MarkerPattern;

/// Bytes of memory that the patterns may take together. An ordinary one takes 64 KiB at most.
const BUDGET: usize = 16 * 1024 * 1024;

#[derive(Debug, Default)]
pub(crate) struct Compiled {
    patterns: HashMap<String, MarkerPattern>,
    bytes: usize,
}

impl Compiled {
    /// # Errors
    /// The pattern can't be used, or there is no room for it.
    pub(crate) fn pattern(&mut self, text: &str) -> Result<MarkerPattern, String> {
        if let Some(pattern) = self.patterns.get(text) {
            return Ok(pattern.clone());
        }
        let pattern = MarkerPattern::new(text).map_err(|e| e.to_string())?;
        self.bytes += pattern.size();
        if self.bytes > BUDGET {
            return Err(format!(
                "the patterns of all files take more than {} MiB: use fewer or simpler ones",
                BUDGET >> 20
            ));
        }
        self.patterns.insert(text.to_owned(), pattern.clone());
        Ok(pattern)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_that_is_known_takes_nothing() {
        let mut compiled = Compiled::default();
        for _ in 0..1000 {
            compiled.pattern(r"\w{16}").expect("there is room for one");
        }
        assert_eq!(compiled.bytes, 1 << 20);
        let more = (0..BUDGET >> 16).map(|i| compiled.pattern(&format!("ad-{i}")).err());
        assert!(more.flatten().next().is_some_and(|message| message.contains("more than 16 MiB")));
    }
}
