//! The text model: what a document is made of, and where its bytes are.

pub(crate) mod block;
