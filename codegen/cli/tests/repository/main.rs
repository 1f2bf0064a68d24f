//! A repository of someone else's, with no path into this checkout but the program: from nothing to crates that are built, called and
//! held against their documents.

mod configuration;
mod crates;
mod documentation;
mod init;
#[cfg(unix)]
mod sandbox;
mod support;
mod unnamed;
mod unreadable;
#[cfg(unix)]
mod walk;
