//! Reading an object with known properties: [`Object`].

use std::collections::BTreeMap;

use super::value::Value;
use super::{Decode, Fault};
use crate::decode::TWICE;
use crate::json::Kind;
use crate::presence::{Maybe, Patch};

/// What becomes of properties that the document does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Further {
    /// They are passed over.
    Ignored,
    /// They are an error.
    Refused,
    /// They are read by [`Object::rest`].
    Kept,
}

/// How many properties are found without memory of their own.
const FEW: usize = 24;

/// An object whose properties are taken in the order of their names.
#[derive(Debug)]
pub struct Object<'a> {
    value: Value<'a>,
    names: &'static [&'static str],
    found: Found,
    /// How many have been taken.
    taken: usize,
}

/// The node of each property's value, by its place among the names; the first node, which is the whole, where it is not there.
#[derive(Debug)]
enum Found {
    Few([u32; FEW]),
    Many(Vec<u32>),
}

impl<'a> Object<'a> {
    /// Finds the properties of an object; `name` is the type's, for errors. A property that stands twice is an error.
    pub fn read(
        name: &'static str,
        names: &'static [&'static str],
        further: Further,
        value: Value<'a>,
    ) -> Result<Self, Fault> {
        if value.kind() != Kind::Object {
            return Err(value.mistyped(format_args!("struct {name}")));
        }
        let mut found = if names.len() > FEW { Found::Many(vec![0; names.len()]) } else { Found::Few([0; FEW]) };
        let slots = found.slots();
        let mut expected = 0;
        for (key, value) in value.entries() {
            let key = key.string().ok_or_else(|| Fault::new("a key is not a text"))?;
            match place(names, &key, expected) {
                Some(place) => {
                    expected = place + 1;
                    if let Some(slot) = slots.get_mut(place)
                        && std::mem::replace(slot, value.place()) != 0
                    {
                        return Err(Fault::new(format!("duplicate field `{key}`")));
                    }
                }
                None if further == Further::Refused => return Err(unknown(&key, names).under(&key)),
                None => {}
            }
        }
        Ok(Self { value, names, found, taken: 0 })
    }

    /// The next property, which must be there; whether it may be null is up to its type.
    pub fn required<T: Decode>(&mut self) -> Result<T, Fault> {
        match self.take() {
            (name, Some(value)) => T::decode(value).map_err(|fault| fault.under(name)),
            (name, None) => Err(Fault::new(format!("missing field `{name}`"))),
        }
    }

    /// The next property, which must be there and may be null.
    pub fn nullable<T: Decode>(&mut self) -> Result<Option<T>, Fault> {
        self.required()
    }

    /// The next property, which may be left out and is never null.
    pub fn optional<T: Decode>(&mut self) -> Result<Option<T>, Fault> {
        match self.take() {
            (name, Some(value)) => T::decode(value).map(Some).map_err(|fault| fault.under(name)),
            (_, None) => Ok(None),
        }
    }

    /// The next property, which may be left out or cleared with null.
    pub fn patch<T: Decode>(&mut self) -> Result<Patch<T>, Fault> {
        Ok(self.optional()?.unwrap_or_default())
    }

    /// The next property, which may be left out or null.
    pub fn maybe<T: Decode>(&mut self) -> Result<Maybe<T>, Fault> {
        Ok(self.optional()?.unwrap_or_default())
    }

    /// The properties beyond the named ones.
    pub fn rest<T: Decode>(&self) -> Result<BTreeMap<String, T>, Fault> {
        let mut rest = BTreeMap::new();
        for (key, value) in self.value.entries() {
            let key = key.string().ok_or_else(|| Fault::new("a key is not a text"))?;
            if self.names.contains(&&*key) {
                continue;
            }
            let value = T::decode(value).map_err(|fault| fault.under(&key))?;
            if rest.insert(key.into_owned(), value).is_some() {
                return Err(Fault::new(TWICE));
            }
        }
        Ok(rest)
    }

    fn take(&mut self) -> (&'static str, Option<Value<'a>>) {
        let place = self.taken;
        self.taken += 1;
        let found = self.found.slots().get(place).copied().unwrap_or_default();
        let value = if found == 0 { None } else { self.value.sibling(found) };
        (self.names.get(place).copied().unwrap_or_default(), value)
    }
}

impl Found {
    fn slots(&mut self) -> &mut [u32] {
        match self {
            Self::Few(slots) => slots,
            Self::Many(slots) => slots,
        }
    }
}

/// The place of a name. Senders mostly keep to the document's order, so the search begins behind the last one found.
fn place(names: &[&str], key: &str, expected: usize) -> Option<usize> {
    let (before, behind) = names.split_at_checked(expected)?;
    let found = behind.iter().position(|name| *name == key).map(|place| expected + place);
    found.or_else(|| before.iter().position(|name| *name == key))
}

/// As serde words it.
fn unknown(key: &str, names: &[&str]) -> Fault {
    if names.is_empty() {
        return Fault::new(format!("unknown field `{key}`, there are no fields"));
    }
    Fault::new(format!("unknown field `{key}`, expected {}", crate::string_enum::list(names)))
}
