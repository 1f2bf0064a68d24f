//! What users of Specie rely on, a module per promise.

// What the linter asks for in a library reads worse in a test.
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    clippy::cast_precision_loss,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::needless_for_each,
    clippy::needless_pass_by_value,
    clippy::similar_names,
    clippy::unused_async,
    clippy::unused_self,
    clippy::wrong_self_convention
)]

mod support;

// The committed crates are what the specs say.
mod drift;
mod layering;
mod surface;

// What the generator and the runtime each know.
mod shared_rules;

// One feature, one diagnostic at a time.
mod diagnostics;
mod documentation;
mod emission;

// Values and wire.
mod examples;
mod judged;
mod open_responses;
mod outcomes;
mod provenance;
mod rejections;
mod round_trips;
mod secrets;
mod services;
mod wire;

// What a test puts in the place of an API.
mod fakes;
mod mocks;

// What comes page by page, and what comes by itself.
mod paging;
mod webhooks;

// What other crates of a program are spared.
mod neighbours;

// What a network and a crash can do.
mod chaos;
mod faults;

// The programs of the command line.
mod command_line;

// What strangers send.
mod hostile;
