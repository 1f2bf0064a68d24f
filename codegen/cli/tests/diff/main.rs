//! `diff` as it is called: what it prints, and the exit codes.

mod compared;
mod let_pass;
mod revisions;
mod support;
