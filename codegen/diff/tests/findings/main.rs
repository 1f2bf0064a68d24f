//! Whom changes of documents break, in pairs of documents of a few lines.

mod addresses;
mod bodies;
mod credentials;
mod documents;
mod every_rule;
mod operation_ids;
mod parameters;
mod paths;
mod printed;
mod statuses;
#[path = "../support/mod.rs"]
mod support;
mod tried;
mod verdicts;
mod witnesses;
