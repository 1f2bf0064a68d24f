//! Whom changes of documents break, in pairs of documents of a few lines.

mod documents;
mod printed;
mod verdicts;
mod witnesses;
