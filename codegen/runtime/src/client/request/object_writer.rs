//! Writing a JSON object field by field, so that a request type needs no second type for its body.

use std::fmt;

use serde::Serialize;

use super::build_error::{BuildError, BuildSubject};
use crate::body_kinds::json;
use crate::operation::EnvelopeLevel;
use crate::presence::{Maybe, Patch};

/// Writes the fields of an object in the order in which they are given.
pub struct ObjectWriter {
    json: Vec<u8>,
    /// How many objects are open.
    depth: usize,
    /// Whether the innermost one already has a field.
    filled: bool,
}

impl ObjectWriter {
    /// Opens the objects of the envelope, with their constants, and the object inside them.
    pub(in crate::client) fn open(envelope: &[EnvelopeLevel]) -> Result<Self, BuildError> {
        let mut object = Self { json: vec![b'{'], depth: 1, filled: false };
        for level in envelope {
            object.key(level.key)?;
            object.json.push(b'{');
            object.depth += 1;
            object.filled = false;
            for (name, value) in level.constants {
                object.required(name, value)?;
            }
        }
        Ok(object)
    }

    /// Closes every object.
    pub(in crate::client) fn close(mut self) -> Vec<u8> {
        self.json.extend(std::iter::repeat_n(b'}', self.depth));
        self.json
    }

    /// Writes a field.
    pub fn required<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), BuildError> {
        self.key(name)?;
        write_json(&mut self.json, name, value)
    }

    /// Writes a field that may be null: `None` is null.
    pub fn nullable<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) -> Result<(), BuildError> {
        self.required(name, value)
    }

    /// Writes a field if it is there.
    pub fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) -> Result<(), BuildError> {
        match value {
            Some(value) => self.required(name, value),
            None => Ok(()),
        }
    }

    /// Writes a field as null, as a value or not at all.
    pub fn patch<T: Serialize>(&mut self, name: &'static str, value: &Patch<T>) -> Result<(), BuildError> {
        match value {
            Patch::Keep => Ok(()),
            Patch::Clear => self.required(name, &()),
            Patch::Set(value) => self.required(name, value),
        }
    }

    /// Writes a field as null, as a value or not at all.
    pub fn maybe<T: Serialize>(&mut self, name: &'static str, value: &Maybe<T>) -> Result<(), BuildError> {
        match value {
            Maybe::Absent => Ok(()),
            Maybe::Null => self.required(name, &()),
            Maybe::Value(value) => self.required(name, value),
        }
    }

    fn key(&mut self, name: &'static str) -> Result<(), BuildError> {
        if self.filled {
            self.json.push(b',');
        }
        self.filled = true;
        write_json(&mut self.json, name, name)?;
        self.json.push(b':');
        Ok(())
    }
}

impl fmt::Debug for ObjectWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ObjectWriter").field("bytes", &self.json.len()).finish_non_exhaustive()
    }
}

/// Writes a value; the error names its field.
fn write_json<T: Serialize + ?Sized>(target: &mut Vec<u8>, name: &str, value: &T) -> Result<(), BuildError> {
    json::append(value, target).map_err(|_| unwritable(name))
}

/// A whole body as JSON.
pub(in crate::client) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, BuildError> {
    json::encode(value).map_err(|_| unwritable(""))
}

fn unwritable(name: &str) -> BuildError {
    BuildError::new(BuildSubject::Body, name, "cannot be written as JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENVELOPE: &[EnvelopeLevel] =
        &[EnvelopeLevel::new("data", &[("type", "payout-invoice")]), EnvelopeLevel::new("attributes", &[])];

    fn text(object: ObjectWriter) -> String {
        String::from_utf8(object.close()).unwrap()
    }

    #[test]
    fn every_presence_has_its_form() {
        let mut body = ObjectWriter::open(&[]).unwrap();
        body.required("a", "x\"").unwrap();
        body.nullable("b", &None::<u8>).unwrap();
        body.nullable("c", &Some(1)).unwrap();
        body.optional("d", &None::<u8>).unwrap();
        body.optional("e", &Some(vec![1, 2])).unwrap();
        body.patch("f", &Patch::<u8>::Keep).unwrap();
        body.patch("g", &Patch::<u8>::Clear).unwrap();
        body.patch("h", &Patch::Set(1)).unwrap();
        body.maybe("i", &Maybe::<u8>::Absent).unwrap();
        body.maybe("j", &Maybe::<u8>::Null).unwrap();
        body.maybe("k", &Maybe::Value(1)).unwrap();
        assert_eq!(text(body), r#"{"a":"x\"","b":null,"c":1,"e":[1,2],"g":null,"h":1,"j":null,"k":1}"#);
    }

    #[test]
    fn envelopes_stand_around_the_fields_with_their_constants() {
        let mut body = ObjectWriter::open(ENVELOPE).unwrap();
        body.required("amount", &1).unwrap();
        assert_eq!(text(body), r#"{"data":{"type":"payout-invoice","attributes":{"amount":1}}}"#);
        assert_eq!(
            text(ObjectWriter::open(ENVELOPE).unwrap()),
            r#"{"data":{"type":"payout-invoice","attributes":{}}}"#
        );
        assert_eq!(text(ObjectWriter::open(&[]).unwrap()), "{}");
    }

    #[test]
    fn what_cannot_be_written_is_named_and_not_quoted() {
        let mut body = ObjectWriter::open(&[]).unwrap();
        let unwritable = std::collections::BTreeMap::from([(vec!["secret"], 1)]);
        let error = body.required("fields", &unwritable).unwrap_err();
        assert_eq!(error.to_string(), "body field `fields`: cannot be written as JSON");
        assert!(!format!("{error:?}").contains("secret"));
    }
}
