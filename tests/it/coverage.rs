//! Every reason acts in a fixture or a case of its stage: a row without one is not done.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use copydesk::{Cleaner, Options, Reason, Rule, Stage};
use serde_json::Value;

/// The inputs of the fixtures and cases of a stage.
fn inputs(stage: Stage) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = fs::read_dir(root.join("fixtures").join(stage.as_str())).expect("each stage has fixtures");
    let read = |path: &Path| fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let file = |name: &str| root.join("cases").join(name).with_extension("jsonl");
    let mut cases = read(&file(stage.as_str()));
    if stage == Stage::Truncation {
        cases.extend(read(&file("likely-cut")));
    }
    let case = |line: &[u8]| {
        let case: Value = serde_json::from_slice(line).expect("each line is an object");
        case["input"].as_str().expect("a case has an input").as_bytes().to_vec()
    };
    let fixtures = folders.map(|folder| read(&folder.expect("the folder can be read").path().join("input.txt")));
    fixtures.chain(cases.split(|&b| b == b'\n').filter(|line| !line.is_empty()).map(case)).collect()
}

/// The stage alone, with the rules that are off by default.
fn cleaner(stage: Stage) -> Cleaner {
    let rules = Rule::ALL.iter().copied().filter(|rule| rule.info().stage == stage);
    Options::default().only(rules).build().expect("the options are valid")
}

#[test]
fn every_reason_acts_in_a_fixture_or_a_case() {
    let mut seen = BTreeSet::new();
    for &stage in Stage::ALL {
        let cleaner = cleaner(stage);
        for input in inputs(stage) {
            seen.extend(cleaner.clean_bytes(&input).edits.iter().flat_map(|e| e.reasons.to_vec()));
        }
    }
    // A user's pattern is not among the options of cases.
    let missing: Vec<_> = Reason::ALL.iter().filter(|r| !seen.contains(r) && r.info().marker.is_none()).collect();
    assert!(missing.is_empty(), "no fixture and no case shows {missing:?}");
}
