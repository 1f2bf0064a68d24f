//! Whom changes of documents break, in pairs of documents of a few lines.

mod documents;
mod printed;
#[path = "../support/mod.rs"]
mod support;
mod verdicts;
mod witnesses;
