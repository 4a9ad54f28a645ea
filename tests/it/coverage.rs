//! Every rule acts in a fixture of its stage: a row without one is not done.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use copydesk::{Options, Rule, Stage};

#[test]
fn every_rule_acts_in_a_fixture() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut seen = BTreeSet::new();
    for &stage in Stage::ALL {
        let cleaner = Options::default().only([stage]).build().expect("the options are valid");
        for folder in fs::read_dir(fixtures.join(stage.as_str())).expect("each stage has fixtures") {
            let input = folder.expect("the folder can be read").path().join("input.txt");
            let input = fs::read(&input).unwrap_or_else(|e| panic!("{}: {e}", input.display()));
            seen.extend(cleaner.clean_bytes(&input).edits.iter().flat_map(|e| e.rules.to_vec()));
        }
    }
    // This one needs a pattern of the user's.
    let missing: Vec<_> = Rule::ALL.iter().filter(|r| !seen.contains(r) && **r != Rule::CustomMarker).collect();
    assert!(missing.is_empty(), "no fixture shows {missing:?}");
}
