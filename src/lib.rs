//! Cleans scraped news text, and records every edit so that it can be undone byte for byte.
//!
//! A [`Cleaner`] is made once from [`Options`] and can be shared by threads. It cleans a text at once, or makes a
//! [`Session`] that cleans a stream in bounded memory. Four stages run in order: SSI error markers are stripped, repeated
//! title lines removed, truncated sentences joined or marked, and the country's short name gets one style. The table of
//! what they do is [`rules::Rule::ALL`].
//!
//! ```
//! use copydesk::{Cleaner, Options, UsaStyle, restore};
//!
//! let cleaner = Options::default().usa_style(UsaStyle::Plain).build()?;
//! let input = "Ferry strike enters third week\n\nFerry strike enters third week\n\nNo boat has left for the U.S.A. since Monday.\n";
//! let cleaned = cleaner.clean(input);
//! assert_eq!(cleaned.text, "Ferry strike enters third week\n\nNo boat has left for the US since Monday.\n");
//! assert_eq!(cleaned.edits.len(), 2);
//! assert_eq!(restore(cleaned.text.as_bytes(), &cleaned.edits)?, input.as_bytes());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The library knows no files, no clock and no environment. All offsets are bytes of the input.

#![forbid(unsafe_code)]
// What these forbid stands in clippy.toml. Tests may read files.
#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::disallowed_types, clippy::disallowed_macros))]

mod change;
mod cleaner;
mod data;
mod document;
mod english;
mod names;
mod options;
mod pipeline;
pub mod reasons;
#[cfg(feature = "records")]
pub mod records;
pub mod rules;
mod scope;
mod script;
mod session;
mod stages;

pub use cleaner::Cleaner;
pub use names::UnknownName;
pub use options::{Lang, Options, OptionsError};
pub use reasons::{Reason, ReasonInfo, Worth};
pub use rules::{Rule, RuleInfo, Stage};
pub use scope::Scope;
pub use script::{Cleaned, Edit, EditSink, Note, RestoreError, WriteSink, restore, restore_from};
pub use session::Session;
pub use stages::markers::{MarkerPattern, PatternError};
pub use stages::truncation::Truncated;
pub use stages::usa::{ProtectError, UsaStyle};

/// The examples of the README are run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
