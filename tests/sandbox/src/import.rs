//! The import: an export put back into an empty sandbox.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::caps::Caps;
use crate::engine::Engine;
use crate::error::SandboxError;
use crate::moment::Moment;
use crate::record::{Delivery, Event, Object};
use crate::store::{Direction, EVERYTHING, Rows, Table};

#[derive(Deserialize)]
struct Line {
    record: String,
    value: Box<RawValue>,
}

/// What an export holds beside requests.
#[derive(Debug, Default)]
struct Records {
    objects: Vec<Object>,
    events: Vec<Event>,
    callbacks: Vec<Delivery>,
}

/// The records of an export. Requests are passed over: they happened elsewhere.
fn read(text: &str) -> Result<Records, SandboxError> {
    let mut records = Records::default();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |error: serde_json::Error| {
            SandboxError::usage(format!("line {} of the export is no record: column {}", number + 1, error.column()))
        };
        let line: Line = serde_json::from_str(line).map_err(wrong)?;
        let value = line.value.get();
        match line.record.as_str() {
            "request" => {}
            "object" => records.objects.push(serde_json::from_str(value).map_err(wrong)?),
            "event" => records.events.push(serde_json::from_str(value).map_err(wrong)?),
            "callback" => records.callbacks.push(serde_json::from_str(value).map_err(wrong)?),
            _ => {
                return Err(SandboxError::usage(format!("line {} of the export is of an unknown kind", number + 1)));
            }
        }
    }
    // Of two objects under one reference, the later is found by it.
    records.objects.sort_by_key(|object| object.number);
    Ok(records)
}

impl Records {
    /// The latest moment at which something happened.
    fn latest(&self) -> Moment {
        let events = self.events.iter().map(|event| event.at);
        let attempts = self.callbacks.iter().flat_map(|callback| callback.attempts.iter().map(|attempt| attempt.at));
        events.chain(attempts).max().unwrap_or_default()
    }

    /// Refuses more than a sandbox keeps.
    fn fit(&self, caps: Caps) -> Result<(), SandboxError> {
        let count = |records: usize| u64::try_from(records).unwrap_or(u64::MAX).saturating_sub(1);
        caps.admit_object(count(self.objects.len()))?;
        caps.admit_event(count(self.events.len()))
    }

    /// The greatest number.
    fn last(&self) -> u64 {
        let objects = self.objects.iter().flat_map(|object| object.timers.iter().map(|timer| timer.number));
        let numbers = objects.chain(self.objects.iter().map(|object| object.number));
        let numbers = numbers.chain(self.events.iter().map(|event| event.number));
        numbers.chain(self.callbacks.iter().map(|callback| callback.number)).max().unwrap_or_default()
    }
}

fn refuse_unless_empty(rows: &dyn Rows) -> Result<(), SandboxError> {
    if rows.range(Table::Objects, EVERYTHING, Direction::Up, 1)?.is_empty() {
        Ok(())
    } else {
        Err(SandboxError::usage("an export is put into an empty sandbox; reset it first"))
    }
}

impl Engine {
    /// Puts the objects, events and callbacks of an export into an empty sandbox, and moves its clock to where they end. What the export masks
    /// stays masked.
    pub(crate) async fn import(self: &std::sync::Arc<Self>, text: &str) -> Result<(), SandboxError> {
        let records = read(text)?;
        let _driving = self.driving.lock().await;
        // Before anything is changed.
        self.read(refuse_unless_empty)?;
        records.fit(self.caps)?;
        let mut kinds = Vec::new();
        for object in &records.objects {
            let unknown =
                || SandboxError::usage(format!("the export has a {} of {}, which is unknown", object.kind, object.api));
            kinds.push(std::sync::Arc::clone(self.kind(&object.api, &object.kind).ok_or_else(unknown)?));
        }
        for object in &records.objects {
            self.merchant(&object.merchant);
        }
        // A callback that is held waits until its merchant takes callbacks again, so that merchant is paused here too.
        for callback in records.callbacks.iter().filter(|callback| callback.held) {
            self.hold_callbacks(&callback.merchant);
        }
        self.clock.set(records.latest());
        self.decide(move |draft| {
            refuse_unless_empty(draft.rows())?;
            draft.set_last_number(records.last());
            for (object, kind) in records.objects.iter().zip(&kinds) {
                draft.list(&**kind, object)?;
                draft.save(object)?;
                for armed in &object.timers {
                    draft.arm(object, armed)?;
                }
            }
            records.events.iter().try_for_each(|event| draft.keep_event(event))?;
            records.callbacks.iter().try_for_each(|callback| draft.keep_callback(callback))
        })
        .await
    }
}
