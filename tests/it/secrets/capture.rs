//! Everything that a program could write down of its `tracing` and `log` records, at the finest level.

use std::fmt::{Debug, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Once};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// A subscriber that writes down all spans and events with all of their fields.
#[derive(Clone, Default)]
pub struct Capture {
    text: Arc<Mutex<String>>,
    spans: Arc<AtomicU64>,
}

impl Capture {
    pub fn text(&self) -> String {
        self.text.lock().unwrap().clone()
    }

    fn write(&self, write: impl FnOnce(&mut String)) {
        write(&mut self.text.lock().unwrap());
    }
}

impl Subscriber for Capture {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.write(|text| {
            write!(text, "\nspan {} {}", span.metadata().target(), span.metadata().name()).unwrap();
            span.record(&mut Fields(text));
        });
        Id::from_u64(self.spans.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.write(|text| values.record(&mut Fields(text)));
    }

    fn event(&self, event: &Event<'_>) {
        self.write(|text| {
            write!(text, "\nevent {}", event.metadata().target()).unwrap();
            event.record(&mut Fields(text));
        });
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Fields<'t>(&'t mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

static LOGGED: Mutex<String> = Mutex::new(String::new());

/// Everything that the process has logged with `log` since this was first called.
pub fn logged() -> String {
    static SET: Once = Once::new();
    SET.call_once(|| {
        log::set_boxed_logger(Box::new(Logger)).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
    LOGGED.lock().unwrap().clone()
}

struct Logger;

impl log::Log for Logger {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        writeln!(LOGGED.lock().unwrap(), "{} {}", record.target(), record.args()).unwrap();
    }

    fn flush(&self) {}
}
