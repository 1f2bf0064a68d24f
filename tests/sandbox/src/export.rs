//! The export: everything that a sandbox knows, as lines of JSON, masked.

use serde::Serialize;
use serde_json::value::RawValue;

use crate::engine::Engine;
use crate::error::SandboxError;
use crate::mask;
use crate::record::{self, Delivery, Event, Object};
use crate::store::Table;

#[derive(Serialize)]
struct Line<'a, T> {
    record: &'static str,
    value: &'a T,
}

/// A record as a line, masked.
pub(crate) fn masked<T: Serialize>(record: &T) -> Result<Box<RawValue>, SandboxError> {
    let text = mask::body(&serde_json::to_vec(record)?, None);
    Ok(RawValue::from_string(text)?)
}

/// All requests, objects, events and callbacks.
pub(crate) fn lines(engine: &Engine) -> Result<String, SandboxError> {
    let (objects, events, callbacks) = engine.read(|rows| {
        let objects: Vec<Object> = record::all(rows, Table::Objects)?;
        let events: Vec<Event> = record::all(rows, Table::Events)?;
        let callbacks: Vec<Delivery> = record::all(rows, Table::Deliveries)?;
        Ok((objects, events, callbacks))
    })?;
    let mut text = String::new();
    let requests = engine.journal.entries();
    add(&mut text, "request", &requests)?;
    add(&mut text, "object", &objects)?;
    add(&mut text, "event", &events)?;
    add(&mut text, "callback", &callbacks)?;
    Ok(text)
}

fn add<T: Serialize>(text: &mut String, record: &'static str, values: &[T]) -> Result<(), SandboxError> {
    for value in values {
        let masked = masked(value)?;
        text.push_str(&serde_json::to_string(&Line { record, value: &masked })?);
        text.push('\n');
    }
    Ok(())
}
