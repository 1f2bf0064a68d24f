//! What other tools list as changes that break old clients, and as changes that do not, in pairs of our own.

mod both_ways;
mod documents;
mod pairs;
#[path = "../support/mod.rs"]
mod support;
