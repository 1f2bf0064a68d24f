//! How much a sandbox keeps. Beyond that it refuses what would add to it, and says so.

use crate::error::SandboxError;

/// The most objects that are kept where nothing else is set.
pub const MOST_OBJECTS: u64 = 1_000_000;
/// The most events that are kept where nothing else is set. Each may have one callback.
pub const MOST_EVENTS: u64 = 5_000_000;

/// The most of each that a sandbox keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Caps {
    pub(crate) objects: u64,
    pub(crate) events: u64,
}

impl Default for Caps {
    fn default() -> Self {
        Self { objects: MOST_OBJECTS, events: MOST_EVENTS }
    }
}

impl Caps {
    /// Whether there is a place for another object beside those that there are.
    pub(crate) fn admit_object(self, objects: u64) -> Result<(), SandboxError> {
        admit("objects", objects, self.objects)
    }

    /// Whether there is a place for another event beside those that there are.
    pub(crate) fn admit_event(self, events: u64) -> Result<(), SandboxError> {
        admit("events", events, self.events)
    }
}

fn admit(what: &str, there: u64, most: u64) -> Result<(), SandboxError> {
    if there < most {
        return Ok(());
    }
    Err(SandboxError::Full(format!(
        "the sandbox is full: it keeps at most {most} {what}; reset it, or start it with a higher limit of {what}"
    )))
}
