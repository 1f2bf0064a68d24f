//! Objects in the control API: lists, one with its history, and what may be done with it.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use specie_runtime::Decimal;

use super::answers::{json, limit};
use super::{Asked, Page, Wrong};
use crate::engine::Engine;
use crate::error::SandboxError;
use crate::export;
use crate::machine::Cause;
use crate::record::{self, Event, Object};
use crate::scenario::Plan;
use crate::store::Table;

/// How many events are looked through at a time.
const WINDOW: usize = 1000;

/// An object with everything around it.
#[derive(Serialize)]
struct Shown {
    object: Box<RawValue>,
    /// Where it can be pushed to: the ways of its table whose cause is the control API.
    next: Vec<&'static str>,
    events: Vec<Event>,
    callbacks: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
struct Push {
    to: String,
    amount: Option<Decimal>,
}

pub(super) async fn answer(engine: &Engine, asked: &Asked<'_>, rest: &[&str]) -> Page {
    match (asked.method.as_str(), rest) {
        ("GET", []) => json(&list(engine, limit(asked.query))?),
        ("GET", [api, kind, id @ ..]) => json(&shown(engine, (api, kind, &id.join("/")))?),
        ("POST", [api, kind, id @ .., "push"]) => {
            let push: Push = asked.json()?;
            let id = id.join("/");
            engine.push((api, kind, &id), Cause::Control, &push.to, push.amount).await?;
            json(&shown(engine, (api, kind, &id))?)
        }
        ("POST", [api, kind, id @ .., "plan"]) => {
            let plan: Plan = asked.json()?;
            let id = id.join("/");
            engine.plan((api, kind, &id), plan).await?;
            json(&shown(engine, (api, kind, &id))?)
        }
        _ => Err(Wrong::NoPage),
    }
}

/// The latest objects, newest first: found by the events of their creation.
fn list(engine: &Engine, limit: usize) -> Result<Vec<Box<RawValue>>, SandboxError> {
    engine.read(|rows| {
        let mut found: Vec<Object> = Vec::new();
        let mut before = u64::MAX;
        while found.len() < limit {
            let events: Vec<Event> = record::latest_before(rows, Table::Events, before, WINDOW)?;
            let Some(oldest) = events.last() else { break };
            before = oldest.number;
            for event in events.iter().filter(|event| event.from.is_none()).take(limit - found.len()) {
                found.extend(record::object(rows, &event.api, &event.kind, &event.id)?);
            }
        }
        found.iter().map(export::masked).collect()
    })
}

fn shown(engine: &Engine, (api, kind, id): (&str, &str, &str)) -> Result<Shown, Wrong> {
    let known = engine.kind(api, kind).ok_or(Wrong::NoPage)?;
    let (object, events, callbacks) = engine.read(|rows| {
        let Some(object) = record::object(rows, api, kind, id)? else { return Ok((None, Vec::new(), Vec::new())) };
        let (events, callbacks) = (record::events_of(rows, &object)?, record::deliveries_of(rows, &object)?);
        Ok((Some(object), events, callbacks))
    })?;
    let object = object.ok_or(Wrong::NoPage)?;
    Ok(Shown {
        next: known.machine().next(&object.state, Cause::Control).collect(),
        object: export::masked(&object)?,
        events,
        callbacks: callbacks.iter().map(export::masked).collect::<Result<_, _>>()?,
    })
}
