//! Cleans scraped news text.

#![forbid(unsafe_code)]
#![allow(dead_code, reason = "the pieces are put together in the next commits")]

mod change;
pub(crate) mod data;
mod document;
pub(crate) mod english;
pub mod rules;
mod stages;
