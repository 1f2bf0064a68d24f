//! Reading an object with known properties: [`object`].

use std::collections::BTreeMap;
use std::fmt;

use super::properties::Properties;
use super::value::Value;
use super::{Constant, Decode, Fault, untyped_count};
use crate::decode::{self, TWICE};
use crate::json::{Json, UndescribedMap};

/// A slot for the value of a property: `None` until it is read.
pub trait Slot {
    /// Reads the value; `false` where there is one already.
    fn fill(&mut self, value: Value<'_>) -> Result<bool, Fault>;
}

/// A property that has only this value, and whether it has been read.
#[derive(Debug)]
pub struct OnlyValue(Constant, bool);

impl OnlyValue {
    /// One that has not been read.
    #[must_use]
    pub fn new(value: impl Into<Constant>) -> Self {
        Self(value.into(), false)
    }

    /// Whether it has been read.
    const fn is_there(&self) -> bool {
        self.1
    }
}

impl Slot for OnlyValue {
    fn fill(&mut self, value: Value<'_>) -> Result<bool, Fault> {
        if self.1 {
            return Ok(false);
        }
        self.0.check(value)?;
        self.1 = true;
        Ok(true)
    }
}

impl<T: Decode> Slot for Option<T> {
    fn fill(&mut self, value: Value<'_>) -> Result<bool, Fault> {
        // Compiled for every type: `?` would take more.
        match self {
            Some(_) => Ok(false),
            None => match T::decode(value) {
                Ok(found) => {
                    *self = Some(found);
                    Ok(true)
                }
                Err(fault) => Err(fault),
            },
        }
    }
}

/// The slot for the properties that the document does not name.
pub trait Rest {
    /// Reads the value of a property.
    fn put(&mut self, key: &str, value: Value<'_>) -> Result<(), Fault>;
}

impl<T: Decode> Rest for BTreeMap<String, T> {
    fn put(&mut self, key: &str, value: Value<'_>) -> Result<(), Fault> {
        untyped_count::untyped(1);
        let value = T::decode(value).map_err(|fault| fault.under(key))?;
        match self.insert(key.to_owned(), value.undescribed()) {
            Some(_) => Err(Fault::new(TWICE)),
            None => Ok(()),
        }
    }
}

/// The slots for what is read of an object, in the order of the names.
#[derive(Debug)]
pub struct ObjectFields<'a> {
    /// The properties that have one value. They come first.
    pub only: &'a mut [OnlyValue],
    /// The other properties that the document names.
    pub slots: &'a mut [&'a mut dyn Slot],
    /// Further properties, where they are kept.
    pub rest: Option<&'a mut dyn Rest>,
}

impl ObjectFields<'_> {
    /// The slot of the property at this place among the names.
    fn slot(&mut self, place: usize) -> Option<&mut dyn Slot> {
        match place.checked_sub(self.only.len()) {
            Some(place) => self.slots.get_mut(place).map(|slot| &mut **slot as _),
            None => self.only.get_mut(place).map(|only| only as _),
        }
    }
}

/// Reads the properties of an object into their slots, which stand in the order of the names, and further ones into the rest where there
/// is one. The name is the type's, for errors. A property that stands twice is an error, and so is one of a single value that is not there.
/// `presences` has the words of the table for those with slots, from which follows which ones must be there.
pub fn object(
    name: &'static str,
    properties: Properties,
    presences: &'static str,
    value: Value<'_>,
    mut room: ObjectFields<'_>,
) -> Result<(), Fault> {
    let mut found = None;
    fill(name, properties, value, &mut room, &mut found)?;
    if decode::is_collecting() {
        note_missing(properties.names, presences, value, &mut found)?;
    }
    if let Some(found) = found {
        return Err(found);
    }
    match properties.names.iter().zip(room.only).find(|(_, only)| !only.is_there()) {
        Some((name, _)) => Err(missing(name)),
        None => Ok(()),
    }
}

/// The same for an object of which nothing must be there, and of which nothing is kept but the properties with slots.
pub fn optional_object<'a>(
    name: &'static str,
    properties: Properties,
    value: Value<'_>,
    slots: &'a mut [&'a mut dyn Slot],
) -> Result<(), Fault> {
    let mut found = None;
    fill(name, properties, value, &mut ObjectFields { only: &mut [], slots, rest: None }, &mut found)?;
    found.map_or(Ok(()), Err)
}

/// Reads the properties of an object into their slots.
fn fill(
    name: &'static str,
    Properties { names, further }: Properties,
    value: Value<'_>,
    room: &mut ObjectFields<'_>,
    found: &mut Option<Fault>,
) -> Result<(), Fault> {
    let mut entries = value.entries(format_args!("struct {name}"))?;
    let mut expected = 0;
    while let Some((key, value)) = entries.next()? {
        let Some(place) = place(names, &key, expected) else {
            match &mut room.rest {
                Some(rest) => rest.put(&key, value).or_else(|fault| fault.note(found))?,
                None if further.refuses() => unknown(&key, names).under(&key).note(found)?,
                None if untyped_count::are_counted() => untyped_count::dropped(value.size()?),
                None => {}
            }
            continue;
        };
        expected = place + 1;
        let filled = room.slot(place).map_or(Ok(true), |slot| slot.fill(value));
        match filled {
            Ok(true) => {}
            Ok(false) => return Err(Fault::new(format!("duplicate field `{key}`"))),
            Err(fault) => fault.under(&key).note(found)?,
        }
    }
    Ok(())
}

/// Notes each property that must be there and is not. Those without slots, which come first, must be.
#[cold]
fn note_missing(
    names: &'static [&'static str],
    presences: &'static str,
    value: Value<'_>,
    found: &mut Option<Fault>,
) -> Result<(), Fault> {
    let mut there = Vec::new();
    let mut entries = value.entries("an object")?;
    while let Some((key, _)) = entries.next()? {
        there.extend(place(names, &key, 0));
    }
    let presences: Vec<&str> = presences.split_whitespace().collect();
    let only = names.len().saturating_sub(presences.len());
    for (at, name) in names.iter().enumerate() {
        let presence = at.checked_sub(only).and_then(|at| presences.get(at));
        if presence.is_none_or(|word| matches!(*word, "required" | "nullable")) && !there.contains(&at) {
            missing(name).note(found)?;
        }
    }
    Ok(())
}

/// The fault of an object without a property that must be there.
#[must_use]
pub fn missing(name: &'static str) -> Fault {
    Fault::new(decode::missing_field(name))
}

/// The place of a name. Senders mostly keep to the document's order, so the search begins behind the last one found.
fn place(names: &[&str], key: &str, expected: usize) -> Option<usize> {
    if names.get(expected) == Some(&key) {
        return Some(expected);
    }
    let (before, behind) = names.split_at_checked(expected)?;
    let found = behind.iter().position(|name| *name == key).map(|place| expected + place);
    found.or_else(|| before.iter().position(|name| *name == key))
}

/// As serde words it.
fn unknown(key: &str, names: &[&str]) -> Fault {
    if names.is_empty() {
        return Fault::new(format!("unknown field `{key}`, there are no fields"));
    }
    Fault::new(format!("unknown field `{key}`, expected {}", decode::one_of(names)))
}

/// The `Debug` form of an object with a map of properties that the document does not describe: of those, names and kinds.
#[doc(hidden)]
pub fn debug_object(
    formatter: &mut fmt::Formatter<'_>,
    name: &str,
    fields: &[(&str, &dyn fmt::Debug)],
    (rest, undescribed): (&str, &BTreeMap<String, Json>),
) -> fmt::Result {
    let mut object = formatter.debug_struct(name);
    for (field, value) in fields {
        object.field(field.trim_start_matches("r#"), value);
    }
    object.field(rest.trim_start_matches("r#"), &UndescribedMap(undescribed)).finish()
}

impl fmt::Debug for dyn Slot + '_ {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Slot")
    }
}

impl fmt::Debug for dyn Rest + '_ {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Rest")
    }
}
