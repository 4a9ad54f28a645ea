//! What each reason was worth when it was last measured (docs/accuracy.md).

use copydesk::Reason;

/// The figures; their columns are explained at the top.
const FIGURES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/program/worth.tsv"));

/// The figures of a reason, in a sentence.
pub(crate) fn of(reason: Reason) -> String {
    match figures(reason) {
        Some([right, wrong, real, harmless, real_wrong, ..]) => format!(
            "in labelled cases {right} edits right and {wrong} wrong; \
             in real text {real} right, {harmless} harmless and {real_wrong} wrong (docs/accuracy.md)"
        ),
        None => "not yet".to_owned(),
    }
}

fn figures(reason: Reason) -> Option<[&'static str; 9]> {
    let row = FIGURES.lines().find_map(|line| line.strip_prefix(reason.as_str())?.strip_prefix('\t'))?;
    row.split('\t').collect::<Vec<_>>().try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_figures() {
        for &reason in Reason::ALL {
            assert!(figures(reason).is_some(), "{reason}");
        }
    }
}
