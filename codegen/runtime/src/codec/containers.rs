//! [`Decode`] and [`Encode`] for what holds other values.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use zeroize::Zeroize;

use super::{Decode, Encode, Fault, UnknownProperties, Value, Writer, untyped_count};
use crate::decode::TWICE;
use crate::json_syntax::Kind;
use crate::presence::{Maybe, Patch};
use crate::secret::Secret;

/// `None` is null.
impl<T: Decode> Decode for Option<T> {
    fn decode(value: Value<'_>) -> Result<Self, Fault> {
        if value.kind() == Kind::Null { Ok(None) } else { T::decode(value).map(Some) }
    }

    fn undescribed(self) -> Self {
        self.map(T::undescribed)
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.encode(writer),
            None => writer.null(),
        }
    }

    fn is_left_out(&self) -> bool {
        self.is_none()
    }
}

macro_rules! presence {
    ($name:ident, $absent:ident, $null:ident, $value:ident) => {
        impl<T: Decode> Decode for $name<T> {
            fn decode(value: Value<'_>) -> Result<Self, Fault> {
                if value.kind() == Kind::Null { Ok(Self::$null) } else { T::decode(value).map(Self::$value) }
            }
        }

        impl<T: Encode> Encode for $name<T> {
            fn encode(&self, writer: &mut Writer) {
                match self {
                    Self::$absent => writer.fail("an absent value cannot be written"),
                    Self::$null => writer.null(),
                    Self::$value(value) => value.encode(writer),
                }
            }

            fn is_left_out(&self) -> bool {
                matches!(self, Self::$absent)
            }
        }
    };
}

presence!(Maybe, Absent, Null, Value);
presence!(Patch, Keep, Clear, Set);

impl<T: Decode> Decode for Box<T> {
    const NAMES: &'static [&'static str] = T::NAMES;
    const UNKNOWN_PROPERTIES: UnknownProperties = T::UNKNOWN_PROPERTIES;

    fn decode(value: Value<'_>) -> Result<Self, Fault> {
        T::decode(value).map(Self::new)
    }

    fn undescribed(self) -> Self {
        Self::new(T::undescribed(*self))
    }
}

impl<T: Encode> Encode for Box<T> {
    fn encode(&self, writer: &mut Writer) {
        (**self).encode(writer);
    }
}

/// The fault says that the value is wrong, never what it is or where in it.
impl<T: Zeroize + Decode> Decode for Secret<T> {
    fn decode(value: Value<'_>) -> Result<Self, Fault> {
        T::decode(value).map(Self::new).map_err(|_| Fault::new("a secret value is not of its type"))
    }
}

impl<T: Zeroize + Encode> Encode for Secret<T> {
    fn encode(&self, writer: &mut Writer) {
        writer.secret(self.expose());
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(value: Value<'_>) -> Result<Self, Fault> {
        let mut values = value.items()?;
        let (mut items, mut found, mut place) = (Self::new(), None, 0_usize);
        while let Some(value) = values.next()? {
            match T::decode(value) {
                Ok(item) => items.push(item),
                Err(fault) => fault.under(&place.to_string()).note(&mut found)?,
            }
            place += 1;
        }
        found.map_or(Ok(items), Err)
    }

    fn undescribed(self) -> Self {
        self.into_iter().map(T::undescribed).collect()
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, writer: &mut Writer) {
        writer.list(self.iter().map(|item| item as &dyn Encode));
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(value: Value<'_>) -> Result<Self, Fault> {
        let mut entries = value.entries("a map")?;
        let (mut map, mut found) = (Self::new(), None);
        while let Some((key, value)) = entries.next()? {
            untyped_count::untyped(1);
            let value = match T::decode(value) {
                Ok(value) => value,
                Err(fault) => {
                    fault.under(&key).note(&mut found)?;
                    continue;
                }
            };
            match map.entry(key.into_owned()) {
                Entry::Vacant(vacant) => vacant.insert(value),
                Entry::Occupied(occupied) => return Err(Fault::new(TWICE).under(occupied.key())),
            };
        }
        found.map_or(Ok(map), Err)
    }

    fn undescribed(self) -> Self {
        self.into_iter().map(|(key, value)| (key, value.undescribed())).collect()
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, writer: &mut Writer) {
        writer.map(self.iter().map(|(key, value)| (key.as_str(), value as &dyn Encode)));
    }
}
