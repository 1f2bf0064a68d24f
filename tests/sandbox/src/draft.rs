//! A change that is being decided: what it reads, and what it will write in one commit if it is not refused.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::callback_targets::Targets;
use crate::caps::Caps;
use crate::chance::Chance;
use crate::error::SandboxError;
use crate::kind::{Change, Kind};
use crate::machine::Cause;
use crate::moment::Moment;
use crate::profile::Profile;
use crate::record::{self, Armed, Delivery, Due, Event, Object, due_key, key, numbered};
use crate::store::{Rows, Table, Write};

/// The key of the counter from which all numbers come.
const COUNTER: &[u8] = b"counter";

/// Why an object was not moved.
#[derive(Debug)]
pub enum MoveError {
    /// The table of states has no such way.
    Forbidden,
    /// The store failed.
    Store(SandboxError),
}

impl From<SandboxError> for MoveError {
    fn from(error: SandboxError) -> Self {
        Self::Store(error)
    }
}

/// A new object, before it has a number and an id.
#[derive(Clone, Debug)]
pub struct NewObject {
    /// The merchant that it belongs to.
    pub merchant: String,
    /// The merchant's own reference.
    pub reference: Option<String>,
    /// The state in which it begins.
    pub state: &'static str,
    /// The operation that makes it.
    pub cause: Cause,
    /// What is to become of it.
    pub plan: crate::scenario::Plan,
}

/// A change that is being decided.
pub struct Draft<'a> {
    rows: &'a dyn Rows,
    now: Moment,
    chance: Chance,
    targets: Targets,
    profile: Arc<Profile>,
    caps: Caps,
    counter: Option<u64>,
    /// How many objects this draft adds.
    added: u64,
    /// How many objects there are with those of this draft, by the keys of the counts.
    counts: BTreeMap<Vec<u8>, u64>,
    writes: Vec<Write>,
    events: Vec<Event>,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(
        rows: &'a dyn Rows,
        now: Moment,
        chance: Chance,
        (targets, profile, caps): (Targets, Arc<Profile>, Caps),
    ) -> Self {
        Self {
            rows,
            now,
            chance,
            targets,
            profile,
            caps,
            counter: None,
            added: 0,
            counts: BTreeMap::new(),
            writes: Vec::new(),
            events: Vec::new(),
        }
    }

    /// What looks random.
    #[must_use]
    pub const fn chance(&self) -> Chance {
        self.chance
    }

    /// The rows as they were before.
    #[must_use]
    pub fn rows(&self) -> &'a dyn Rows {
        self.rows
    }

    /// The next number.
    pub fn number(&mut self) -> Result<u64, SandboxError> {
        let last = match self.counter {
            Some(last) => last,
            None => match self.rows.get(Table::Meta, COUNTER)? {
                Some(bytes) => bytes.first_chunk().copied().map_or(0, u64::from_be_bytes),
                None => 0,
            },
        };
        self.counter = Some(last + 1);
        Ok(last + 1)
    }

    /// The merchant's object of this id.
    pub fn object(&self, kind: &dyn Kind, merchant: &str, id: &str) -> Result<Option<Object>, SandboxError> {
        let machine = kind.machine();
        let found = record::object(self.rows, machine.api, machine.kind, id)?;
        Ok(found.filter(|object| object.merchant == merchant))
    }

    /// The merchant's object under a reference.
    pub fn by_reference(
        &self,
        kind: &dyn Kind,
        merchant: &str,
        reference: &str,
    ) -> Result<Option<Object>, SandboxError> {
        let machine = kind.machine();
        record::object_by_reference(self.rows, (machine.api, merchant, machine.kind), reference)
    }

    /// Adds an object; `fill` makes its id and its fields of its number.
    pub fn insert<T: Serialize>(
        &mut self,
        kind: &dyn Kind,
        new: NewObject,
        fill: impl FnOnce(u64) -> Result<(String, T), SandboxError>,
    ) -> Result<Object, SandboxError> {
        self.caps.admit_object(self.rows.len(Table::Objects)? + self.added)?;
        self.added += 1;
        let machine = kind.machine();
        let number = self.number()?;
        let (id, fields) = fill(number)?;
        let mut object = Object {
            api: machine.api.to_owned(),
            kind: machine.kind.to_owned(),
            id,
            merchant: new.merchant,
            number,
            reference: new.reference,
            state: new.state.to_owned(),
            created: self.now,
            updated: self.now,
            timers: Vec::new(),
            plan: new.plan,
            data: serde_json::value::to_raw_value(&fields)?,
        };
        self.list(kind, &object)?;
        let profile = Arc::clone(&self.profile);
        let change = Change { cause: new.cause, from: None, now: self.now, amount: None, profile: &profile };
        self.enter(kind, &mut object, &change)?;
        Ok(object)
    }

    /// Lists a new object: by its merchant, its reference and its group.
    pub(crate) fn list(&mut self, kind: &dyn Kind, object: &Object) -> Result<(), SandboxError> {
        let id = || object.id.clone().into_bytes();
        let place = [object.api.as_str(), &object.merchant, &object.kind];
        self.put(Table::Order, numbered(&place, object.number), id());
        if let (true, Some(reference)) = (kind.is_found_by_reference(), &object.reference) {
            self.put(Table::Unique, key(&[place[0], place[1], place[2], reference]), id());
        }
        if let Some(group) = kind.group(object)? {
            self.put(Table::Order, numbered(&group.each_ref().map(String::as_str), object.number), id());
        }
        let counted = key(&["count", place[0], place[1], place[2]]);
        let before = match self.counts.get(&counted) {
            Some(count) => *count,
            None => record::count(self.rows, (place[0], place[1], place[2]))?,
        };
        self.put(Table::Meta, counted.clone(), (before + 1).to_be_bytes().to_vec());
        self.counts.insert(counted, before + 1);
        Ok(())
    }

    /// Moves an object along a way of its table.
    pub fn transition(
        &mut self,
        kind: &dyn Kind,
        object: &mut Object,
        cause: Cause,
        to: &'static str,
    ) -> Result<(), MoveError> {
        self.transition_by(kind, object, (cause, to), None)
    }

    /// The same with an amount.
    pub fn transition_by(
        &mut self,
        kind: &dyn Kind,
        object: &mut Object,
        (cause, to): (Cause, &'static str),
        amount: Option<specie_runtime::Decimal>,
    ) -> Result<(), MoveError> {
        let machine = kind.machine();
        let from = machine.state(&object.state).ok_or(MoveError::Forbidden)?;
        if !machine.allows(from, cause, to) {
            return Err(MoveError::Forbidden);
        }
        to.clone_into(&mut object.state);
        object.updated = self.now.max(object.updated.next_second());
        let profile = Arc::clone(&self.profile);
        let change = Change { cause, from: Some(from), now: self.now, amount, profile: &profile };
        Ok(self.enter(kind, object, &change)?)
    }

    /// Does what a timer does, if it leads out of the object's state; if not, the object is kept as it is.
    pub(crate) fn elapse(&mut self, kind: &dyn Kind, object: &mut Object, timer: &str) -> Result<(), SandboxError> {
        let cause = kind.machine().timer(&object.state, timer);
        let to = if cause.is_some() { kind.due(object, timer, self.chance)? } else { None };
        let (Some(cause), Some(to)) = (cause, to) else { return self.save(object) };
        match self.transition(kind, object, cause, to) {
            Ok(()) => Ok(()),
            Err(MoveError::Forbidden) => Err(SandboxError::store("a timer leads where no way leads")),
            Err(MoveError::Store(error)) => Err(error),
        }
    }

    /// Keeps changed fields of an object that stays in its state.
    pub fn save(&mut self, object: &Object) -> Result<(), SandboxError> {
        self.put_json(Table::Objects, key(&[&object.api, &object.kind, &object.id]), object)
    }

    /// What follows from a change: fields, timers, event and callback, all in this draft.
    fn enter(&mut self, kind: &dyn Kind, object: &mut Object, change: &Change<'_>) -> Result<(), SandboxError> {
        let events = u64::try_from(self.events.len()).unwrap_or(u64::MAX);
        self.caps.admit_event(self.rows.len(Table::Events)?.saturating_add(events))?;
        self.disarm(kind, object);
        for (timer, delay) in kind.entered(object, change)? {
            if kind.machine().timer(&object.state, timer).is_none() {
                return Err(SandboxError::store(format!("no timer {timer} leads out of {}", object.state)));
            }
            let armed = Armed { due: self.now.after(delay), number: self.number()?, timer: timer.to_owned() };
            self.arm(object, &armed)?;
            object.timers.push(armed);
        }
        self.save(object)?;
        let delivery = self.callback(kind, object)?;
        let event = Event {
            number: self.number()?,
            at: self.now,
            api: object.api.clone(),
            merchant: object.merchant.clone(),
            kind: object.kind.clone(),
            id: object.id.clone(),
            from: change.from.map(str::to_owned),
            cause: change.cause.to_string(),
            to: object.state.clone(),
            delivery,
        };
        self.keep_event(&event)?;
        self.events.push(event);
        Ok(())
    }

    /// Makes a timer of an object due.
    pub(crate) fn arm(&mut self, object: &Object, armed: &Armed) -> Result<(), SandboxError> {
        let what = Due::Timer {
            api: object.api.clone(),
            kind: object.kind.clone(),
            id: object.id.clone(),
            timer: armed.timer.clone(),
        };
        self.put_json(Table::Due, due_key(armed.due, armed.number), &what)
    }

    /// Keeps an event, and lists it by its object.
    pub(crate) fn keep_event(&mut self, event: &Event) -> Result<(), SandboxError> {
        let number = event.number.to_be_bytes().to_vec();
        self.put_json(Table::Events, number.clone(), event)?;
        self.put(Table::EventsOf, numbered(&[&event.api, &event.kind, &event.id, ""], event.number), number);
        Ok(())
    }

    /// Keeps a new callback, and lists it by its object.
    pub(crate) fn keep_callback(&mut self, callback: &Delivery) -> Result<(), SandboxError> {
        self.schedule(callback)?;
        let of_object = numbered(&[&callback.api, &callback.kind, &callback.id, ""], callback.number);
        self.put(Table::DeliveriesOf, of_object, callback.number.to_be_bytes().to_vec());
        Ok(())
    }

    /// Lets numbers go on after this one.
    pub(crate) const fn set_last_number(&mut self, last: u64) {
        self.counter = Some(last);
    }

    /// Stops the timers that do not lead out of the present state.
    fn disarm(&mut self, kind: &dyn Kind, object: &mut Object) {
        let machine = kind.machine();
        let (kept, stopped): (Vec<_>, Vec<_>) =
            object.timers.drain(..).partition(|armed| machine.timer(&object.state, &armed.timer).is_some());
        object.timers = kept;
        for armed in stopped {
            self.remove(Table::Due, due_key(armed.due, armed.number));
        }
    }

    fn callback(&mut self, kind: &dyn Kind, object: &Object) -> Result<Option<u64>, SandboxError> {
        let Some(callback) = kind.callback(object)? else { return Ok(None) };
        let Some(url) = self.targets.address(&object.api, &object.merchant, callback.url) else { return Ok(None) };
        let delivery = Delivery {
            number: self.number()?,
            api: object.api.clone(),
            merchant: object.merchant.clone(),
            kind: object.kind.clone(),
            id: object.id.clone(),
            state: object.state.clone(),
            url,
            body: callback.body,
            created: self.now,
            due: Some(self.now),
            attempts: Vec::new(),
            delivered: false,
            held: false,
            fault: object.plan.callback,
        };
        self.keep_callback(&delivery)?;
        Ok(Some(delivery.number))
    }

    /// Keeps a callback, and when it is due.
    pub(crate) fn schedule(&mut self, delivery: &Delivery) -> Result<(), SandboxError> {
        self.put_json(Table::Deliveries, delivery.number.to_be_bytes().to_vec(), delivery)?;
        if let Some(due) = delivery.due {
            self.put_json(Table::Due, due_key(due, delivery.number), &Due::Delivery(delivery.number))?;
        }
        Ok(())
    }

    /// Takes out what is due.
    pub(crate) fn take_due(&mut self, due: Moment, number: u64) {
        self.remove(Table::Due, due_key(due, number));
    }

    /// Notes that a callback is on its way, or no more: what was when the process ended is sent again.
    pub(crate) fn set_under_way(&mut self, number: u64, is_under_way: bool) {
        let value = is_under_way.then(Vec::new);
        self.writes.push(Write { table: Table::UnderWay, key: number.to_be_bytes().to_vec(), value });
    }

    /// Sets a row of bytes.
    pub(crate) fn put(&mut self, table: Table, key: Vec<u8>, value: Vec<u8>) {
        self.writes.push(Write { table, key, value: Some(value) });
    }

    fn put_json<T: Serialize>(&mut self, table: Table, key: Vec<u8>, value: &T) -> Result<(), SandboxError> {
        let bytes = serde_json::to_vec(value)?;
        self.put(table, key, bytes);
        Ok(())
    }

    fn remove(&mut self, table: Table, key: Vec<u8>) {
        self.writes.push(Write { table, key, value: None });
    }

    /// The writes, and what happened.
    pub(crate) fn finish(mut self) -> (Vec<Write>, Vec<Event>) {
        if let Some(counter) = self.counter {
            self.put(Table::Meta, COUNTER.to_vec(), counter.to_be_bytes().to_vec());
        }
        self.writes.push(crate::clock::keep(self.now));
        (self.writes, self.events)
    }
}
