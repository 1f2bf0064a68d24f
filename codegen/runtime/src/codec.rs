//! How generated types are read from JSON and written to it: [`Decode`], [`Encode`], and the tables that implement them. Programs call
//! [`decode::from_slice`] and `serde_json`, which lead here.
//!
//! The code of a type is compiled once, not once per format: it reads from a JSON text ([`Value`]) and writes to a [`Writer`].
//! [`object!`](crate::object!) and [`union!`](crate::union!) implement serde's traits on top, so that the types also work with
//! `serde_json` and, where they hold no exact numbers, in other formats that describe themselves, in `flatten` and in `untagged`.

mod constant;
mod containers;
mod defaults;
mod from_serde;
mod macros;
mod object;
mod object_macro;
mod properties;
mod scalars;
mod serde_impls;
mod to_serde;
mod tuple;
mod union_macro;
mod untyped_count;
mod value;
mod variants;
mod writer;

pub use constant::Constant;
pub use defaults::{Optional, unless_sent};
#[doc(hidden)]
pub use object::debug_object;
pub use object::{ObjectFields, OnlyValue, Rest, Slot, missing, object, optional_object};
pub use properties::{Properties, UnknownProperties};
pub use serde_impls::{deserialize, serialize};
pub use tuple::{Place, Places};
pub(crate) use untyped_count::unlisted;
pub use value::Value;
pub use variants::{Tagged, Tries};
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) use writer::USUAL_LENGTH;
pub use writer::{Member, Writer};

#[doc(hidden)]
pub use serde;

use crate::decode::{self, DecodeFault};

/// Why a value was not read, and where in it. It takes the room of a pointer, as every result of reading has room for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(Box<Faults>);

/// What is wrong with a value: one thing, unless every fault is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Faults {
    first: DecodeFault,
    further: Vec<DecodeFault>,
}

impl Fault {
    /// A fault of the value that is being read. The message must not contain the value.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        DecodeFault { pointer: String::new(), message: message.into(), malformed: false }.into()
    }

    /// The same fault, seen from the object or list around the value.
    fn under(self, key: &str) -> Self {
        let Faults { first, further } = *self.0;
        let further = further.into_iter().map(|fault| fault.under(key)).collect();
        Self(Box::new(Faults { first: first.under(key), further }))
    }

    /// Notes a fault of a part of a value. It ends the reading, unless every fault is asked for and there may be more.
    #[cold]
    fn note(self, found: &mut Option<Self>) -> Result<(), Self> {
        if !decode::is_collecting() || self.0.first.malformed {
            return Err(self);
        }
        let Some(known) = found else {
            *found = Some(self);
            return Ok(());
        };
        let Faults { first, further } = *self.0;
        known.0.further.push(first);
        known.0.further.extend(further);
        if known.0.further.len() < decode::LIMIT { Ok(()) } else { found.take().map_or(Ok(()), Err) }
    }
}

impl From<DecodeFault> for Fault {
    fn from(fault: DecodeFault) -> Self {
        Self(Box::new(Faults { first: fault, further: Vec::new() }))
    }
}

impl From<Fault> for DecodeFault {
    fn from(fault: Fault) -> Self {
        fault.0.first
    }
}

/// What was read, or why it was not.
pub type Decoded<T> = Result<T, Fault>;

/// A type that is read from JSON.
pub trait Decode: Sized {
    /// Its properties, where the type is an object.
    const PROPERTIES: Properties = Properties::NONE;

    /// Reads the value. The place in the fault is relative to it. What is left unread is checked to be JSON and ignored.
    fn decode(value: Value<'_>) -> Result<Self, Fault>;

    /// The same value, with each [`Json`](crate::Json) in it printed by `Debug` as its kind alone: for what stands where the document
    /// describes nothing, so that nobody knows what is secret in it.
    #[must_use]
    fn undescribed(self) -> Self {
        self
    }
}

/// A type that is written as JSON.
pub trait Encode {
    /// Writes the value. What cannot be written is noted in the writer.
    fn encode(&self, writer: &mut Writer);

    /// Whether nothing is written for it, as a property of an object that may be left out.
    fn is_left_out(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests;
