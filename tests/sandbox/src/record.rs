//! The records of the store, and how their keys are written.

use std::fmt;
use std::ops::Bound;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::error::SandboxError;
use crate::faults::CallbackFault;
use crate::moment::Moment;
use crate::scenario::Plan;
use crate::store::{Direction, Rows, Table};

/// An object of an API: a payout, a pay-in, a payment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Object {
    /// The API.
    pub api: String,
    /// The kind of object within the API.
    pub kind: String,
    /// Its id, unique within the kind.
    pub id: String,
    /// The merchant that it belongs to.
    pub merchant: String,
    /// Its number: later ones are greater.
    pub number: u64,
    /// The merchant's own reference.
    pub reference: Option<String>,
    /// Where it stands.
    pub state: String,
    /// When it was created.
    pub created: Moment,
    /// When it last changed; later by a second at least with each change.
    pub updated: Moment,
    /// What will happen to it by itself.
    pub timers: Vec<Armed>,
    /// What the merchant asked to happen to it.
    pub plan: Plan,
    /// Its fields, in the form that its API keeps. No card number and no secret is in them.
    pub data: Box<RawValue>,
}

impl Object {
    /// Its fields, in the form that its API keeps.
    pub fn fields<T: DeserializeOwned>(&self) -> Result<T, SandboxError> {
        Ok(serde_json::from_str(self.data.get())?)
    }

    /// Sets its fields.
    pub fn set_fields<T: Serialize>(&mut self, fields: &T) -> Result<(), SandboxError> {
        self.data = serde_json::value::to_raw_value(fields)?;
        Ok(())
    }
}

/// A timer of an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Armed {
    /// When it is due.
    pub due: Moment,
    /// Its number: of two that are due at once, the lesser comes first.
    pub number: u64,
    /// Its name, as in the table of the kind.
    pub timer: String,
}

/// Something that happened to an object.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Event {
    /// Its number: later ones are greater.
    pub number: u64,
    /// When it happened.
    pub at: Moment,
    /// The API.
    pub api: String,
    /// The merchant.
    pub merchant: String,
    /// The kind of object.
    pub kind: String,
    /// The object.
    pub id: String,
    /// Where it stood; `None` for a new one.
    pub from: Option<String>,
    /// What moved it.
    pub cause: String,
    /// Where it stands since.
    pub to: String,
    /// The callback that tells of it.
    pub delivery: Option<u64>,
}

/// A callback.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Delivery {
    /// Its number: later ones are greater.
    pub number: u64,
    /// The API.
    pub api: String,
    /// The merchant.
    pub merchant: String,
    /// The kind of object.
    pub kind: String,
    /// The object.
    pub id: String,
    /// The state that it tells of.
    pub state: String,
    /// Where it goes; empty if the merchant gave no address and collects callbacks instead.
    pub url: String,
    /// What it says.
    pub body: Box<RawValue>,
    /// When it was written.
    pub created: Moment,
    /// When it is tried next; `None` once it has been answered with 200, or given up.
    pub due: Option<Moment>,
    /// How often it was tried, and what came of it.
    pub attempts: Vec<Attempt>,
    /// Whether it was answered with 200.
    pub delivered: bool,
    /// Whether it waits until its merchant takes callbacks again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub held: bool,
    /// What happens to its first try.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<CallbackFault>,
}

/// A try to deliver a callback.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// When.
    pub at: Moment,
    /// The status of the response, if there was one.
    pub status: Option<u16>,
    /// What went wrong, or what a fault did to it.
    pub note: Option<String>,
}

/// What is due at a time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Due {
    /// A timer of an object.
    Timer {
        /// The API.
        api: String,
        /// The kind of object.
        kind: String,
        /// The object.
        id: String,
        /// The timer.
        timer: String,
    },
    /// A callback, by its number.
    Delivery(u64),
    /// A row that nobody can read: of a damaged file, or of another version.
    Unreadable,
}

/// What it is about, for people.
impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timer { api, kind, id, timer } => write!(f, "timer {timer} of {api} {kind} {id}"),
            Self::Delivery(number) => write!(f, "callback {number}"),
            Self::Unreadable => f.write_str("something that cannot be read"),
        }
    }
}

/// Joins the parts of a key. No part holds a zero byte, since JSON texts and names do not; where one did, it would only be its own key.
pub(crate) fn key(parts: &[&str]) -> Vec<u8> {
    let escaped = parts.iter().map(|part| part.replace('\0', "\u{fffd}"));
    escaped.collect::<Vec<_>>().join("\0").into_bytes()
}

/// The key of a numbered row below some parts.
pub(crate) fn numbered(parts: &[&str], number: u64) -> Vec<u8> {
    let mut key = key(parts);
    key.push(0);
    key.extend(number.to_be_bytes());
    key
}

/// The key of what is due.
pub(crate) fn due_key(due: Moment, number: u64) -> Vec<u8> {
    [due.0.to_be_bytes(), number.to_be_bytes()].concat()
}

/// The moment and the number in such a key.
pub(crate) fn due_parts(key: &[u8]) -> Option<(Moment, u64)> {
    let (due, number) = key.split_first_chunk::<8>()?;
    let number = number.first_chunk::<8>()?;
    Some((Moment(u64::from_be_bytes(*due)), u64::from_be_bytes(*number)))
}

fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, SandboxError> {
    Ok(serde_json::from_slice(bytes)?)
}

/// The object of this id.
pub(crate) fn object(rows: &dyn Rows, api: &str, kind: &str, id: &str) -> Result<Option<Object>, SandboxError> {
    let found = rows.get(Table::Objects, &key(&[api, kind, id]))?;
    found.map(|bytes| decode(&bytes)).transpose()
}

/// The merchant's object under a reference.
pub(crate) fn object_by_reference(
    rows: &dyn Rows,
    (api, merchant, kind): (&str, &str, &str),
    reference: &str,
) -> Result<Option<Object>, SandboxError> {
    let Some(id) = rows.get(Table::Unique, &key(&[api, merchant, kind, reference]))? else { return Ok(None) };
    object(rows, api, kind, &String::from_utf8_lossy(&id))
}

/// The merchant's objects below or above a number, at most so many.
pub(crate) fn objects(
    rows: &dyn Rows,
    (api, merchant, kind): (&str, &str, &str),
    (above, below): (Option<u64>, Option<u64>),
    direction: Direction,
    limit: usize,
) -> Result<Vec<Object>, SandboxError> {
    let names = [api, merchant, kind];
    let from = above.map_or_else(|| numbered(&names, 0), |above| numbered(&names, above));
    let to = numbered(&names, below.unwrap_or(u64::MAX));
    let bounds = (Bound::Excluded(from.as_slice()), Bound::Excluded(to.as_slice()));
    let mut found = Vec::new();
    for (_, id) in rows.range(Table::Order, bounds, direction, limit)? {
        found.extend(object(rows, api, kind, &String::from_utf8_lossy(&id))?);
    }
    Ok(found)
}

/// Every record of a table of JSON, in the order of the keys.
pub(crate) fn all<T: DeserializeOwned>(rows: &dyn Rows, table: Table) -> Result<Vec<T>, SandboxError> {
    let rows = rows.range(table, (Bound::Unbounded, Bound::Unbounded), Direction::Up, usize::MAX)?;
    rows.iter().map(|(_, value)| decode(value)).collect()
}

/// The latest records of a table by number, newest first.
pub(crate) fn latest<T: DeserializeOwned>(rows: &dyn Rows, table: Table, limit: usize) -> Result<Vec<T>, SandboxError> {
    latest_before(rows, table, u64::MAX, limit)
}

/// The latest records before a number, newest first.
pub(crate) fn latest_before<T: DeserializeOwned>(
    rows: &dyn Rows,
    table: Table,
    before: u64,
    limit: usize,
) -> Result<Vec<T>, SandboxError> {
    let before = before.to_be_bytes();
    let bounds = (Bound::Unbounded, Bound::Excluded(before.as_slice()));
    let rows = rows.range(table, bounds, Direction::Down, limit)?;
    rows.iter().map(|(_, value)| decode(value)).collect()
}

/// The callback of this number.
pub(crate) fn delivery(rows: &dyn Rows, number: u64) -> Result<Option<Delivery>, SandboxError> {
    let found = rows.get(Table::Deliveries, &number.to_be_bytes())?;
    found.map(|bytes| decode(&bytes)).transpose()
}

/// What is due first, up to a moment.
pub(crate) fn first_due(rows: &dyn Rows, until: Moment, limit: usize) -> Result<Vec<(Moment, u64, Due)>, SandboxError> {
    let to = due_key(until, u64::MAX);
    let rows = rows.range(Table::Due, (Bound::Unbounded, Bound::Included(to.as_slice())), Direction::Up, limit)?;
    let mut found = Vec::with_capacity(rows.len());
    for (key, value) in rows {
        let (due, number) = due_parts(&key).ok_or_else(|| SandboxError::store("a key is damaged"))?;
        found.push((due, number, decode(&value).unwrap_or(Due::Unreadable)));
    }
    Ok(found)
}

/// The events of an object, oldest first.
pub(crate) fn events_of(rows: &dyn Rows, object: &Object) -> Result<Vec<Event>, SandboxError> {
    let mut found = Vec::new();
    for number in numbers_of(rows, Table::EventsOf, object)? {
        let event = rows.get(Table::Events, &number.to_be_bytes())?;
        found.extend(event.map(|bytes| decode(&bytes)).transpose()?);
    }
    Ok(found)
}

/// The numbers of an object's events or callbacks, by the table that lists them.
fn numbers_of(rows: &dyn Rows, table: Table, object: &Object) -> Result<Vec<u64>, SandboxError> {
    let from = key(&[&object.api, &object.kind, &object.id, ""]);
    let mut to = from.clone();
    to.push(u8::MAX);
    let bounds = (Bound::Included(from.as_slice()), Bound::Excluded(to.as_slice()));
    let numbers = rows.range(table, bounds, Direction::Up, usize::MAX)?;
    Ok(numbers.into_iter().map(|(_, number)| number.first_chunk().copied().map_or(0, u64::from_be_bytes)).collect())
}

/// The callbacks that were on their way when the last process ended.
pub(crate) fn under_way(rows: &dyn Rows) -> Result<Vec<Delivery>, SandboxError> {
    let mut found = Vec::new();
    for (number, _) in rows.range(Table::UnderWay, (Bound::Unbounded, Bound::Unbounded), Direction::Up, usize::MAX)? {
        found.extend(delivery(rows, number.first_chunk().copied().map_or(0, u64::from_be_bytes))?);
    }
    Ok(found)
}

/// The callbacks of an object, oldest first.
pub(crate) fn deliveries_of(rows: &dyn Rows, object: &Object) -> Result<Vec<Delivery>, SandboxError> {
    let mut found = Vec::new();
    for number in numbers_of(rows, Table::DeliveriesOf, object)? {
        found.extend(delivery(rows, number)?);
    }
    Ok(found)
}

/// How many objects a merchant has.
pub(crate) fn count(rows: &dyn Rows, (api, merchant, kind): (&str, &str, &str)) -> Result<u64, SandboxError> {
    let count = rows.get(Table::Meta, &key(&["count", api, merchant, kind]))?;
    Ok(count.and_then(|bytes| bytes.first_chunk().copied()).map_or(0, u64::from_be_bytes))
}

/// The objects that were joined under a name, oldest first.
pub(crate) fn members(rows: &dyn Rows, place: &[&str], (api, kind): (&str, &str)) -> Result<Vec<Object>, SandboxError> {
    let (from, to) = (numbered(place, 0), numbered(place, u64::MAX));
    let bounds = (Bound::Included(from.as_slice()), Bound::Included(to.as_slice()));
    let mut found = Vec::new();
    for (_, id) in rows.range(Table::Order, bounds, Direction::Up, usize::MAX)? {
        found.extend(object(rows, api, kind, &String::from_utf8_lossy(&id))?);
    }
    Ok(found)
}
