//! How generated types are read from JSON and written to it: [`Decode`], [`Encode`], and the tables that implement them.
//!
//! The code of a type is compiled once, not once per format: it reads from an indexed text ([`Value`]) and writes to a [`Writer`].
//! [`object!`](crate::object!) and [`union!`](crate::union!) implement serde's traits on top, so that the types also work with
//! `serde_json` and, where they hold no exact numbers, in other formats that describe themselves, in `flatten` and in `untagged`.

mod constant;
mod containers;
mod face;
mod gaps;
mod index;
mod leaves;
mod object;
mod tables;
mod transcode;
mod value;
mod variants;
mod walk;
mod writer;

pub use constant::Constant;
pub use face::{deserialize, serialize};
pub(crate) use leaves::listed;
pub use object::{Further, Object};
pub use value::Value;
pub use variants::{Tagged, Tries};
pub use writer::{Member, Writer};

#[doc(hidden)]
pub use serde;

use crate::decode::DecodeFault;

/// Why a value was not read, and where in it.
pub type Fault = Box<DecodeFault>;

/// A type that is read from JSON.
pub trait Decode: Sized {
    /// The names of its properties on the wire, where the type is an object.
    const NAMES: &'static [&'static str] = &[];
    /// What becomes of other properties.
    const FURTHER: Further = Further::Kept;

    /// Reads the value. The place in the fault is relative to it.
    fn decode(value: Value<'_>) -> Result<Self, Fault>;
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
