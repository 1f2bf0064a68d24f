//! What users of Specie rely on, a module per promise.

mod support;

// The committed crates are what the specs say.
mod drift;
mod layering;
mod surface;

// One feature, one diagnostic at a time.
mod diagnostics;
mod emission;

// Values and wire.
mod examples;
mod rejections;
mod round_trips;
mod secrets;
mod wire;

// What comes page by page, and what comes by itself.
mod paging;
mod webhooks;

// What a network and a crash can do.
mod chaos;

// The programs of the command line.
mod command_line;
