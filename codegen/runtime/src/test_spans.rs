//! Records the spans and events of the current thread, for tests.
//!
//! The subscriber is the whole process's: one that is set for a thread only decides about call sites that other threads meet first,
//! and tests run side by side.

use std::cell::RefCell;
use std::fmt::{Debug, Write};
use std::sync::OnceLock;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

thread_local! {
    static WRITTEN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Writes every field of every span and event into the text of the thread, if it records.
struct PerThread;

impl Visit for PerThread {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        WRITTEN.with_borrow_mut(|written| {
            if let Some(text) = written {
                let _ = write!(text, "{}={value:?} ", field.name());
            }
        });
    }
}

impl Subscriber for PerThread {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Self);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Self);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Self);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Records what this thread writes from now on.
pub(crate) fn start() {
    static SET: OnceLock<()> = OnceLock::new();
    SET.get_or_init(|| tracing::subscriber::set_global_default(PerThread).expect("nobody else sets one"));
    WRITTEN.set(Some(String::new()));
}

/// Gives what this thread has written, and stops recording.
pub(crate) fn finish() -> String {
    WRITTEN.take().unwrap_or_default()
}
