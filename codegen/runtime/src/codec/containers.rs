//! [`Decode`] and [`Encode`] for what holds other values.

use std::collections::BTreeMap;

use zeroize::Zeroize;

use super::{Decode, Encode, Fault, Further, Value, Writer};
use crate::decode::TWICE;
use crate::json::Kind;
use crate::presence::{Maybe, Patch};
use crate::secret::Secret;

/// `None` is null.
impl<T: Decode> Decode for Option<T> {
    fn decode(value: Value<'_>) -> Result<Self, Fault> {
        if value.kind() == Kind::Null { Ok(None) } else { T::decode(value).map(Some) }
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
    const FURTHER: Further = T::FURTHER;

    fn decode(value: Value<'_>) -> Result<Self, Fault> {
        T::decode(value).map(Self::new)
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
        self.expose().encode(writer);
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(value: Value<'_>) -> Result<Self, Fault> {
        value.items()
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, writer: &mut Writer) {
        writer.list(self.iter().map(|item| item as &dyn Encode));
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(value: Value<'_>) -> Result<Self, Fault> {
        if value.kind() != Kind::Object {
            return Err(value.mistyped("a map"));
        }
        let mut map = Self::new();
        for (key, value) in value.entries() {
            let key = String::decode(key)?;
            let value = T::decode(value).map_err(|fault| fault.under(&key))?;
            if map.contains_key(&key) {
                return Err(Fault::new(TWICE).under(&key));
            }
            map.insert(key, value);
        }
        Ok(map)
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, writer: &mut Writer) {
        writer.map(self.iter().map(|(key, value)| (key.as_str(), value as &dyn Encode)));
    }
}
