//! What users rely on, a file a contract.

mod pieces;
mod support;

mod api;
mod cases;
#[cfg(feature = "cli")]
mod cli;
mod coverage;
mod data;
mod faults;
mod fixtures;
mod invariants;
mod layers;
mod mutants;
mod no_article;
#[cfg(feature = "cli")]
mod pre_commit;
#[cfg(feature = "cli")]
mod readme;
mod rules;
mod wording;
