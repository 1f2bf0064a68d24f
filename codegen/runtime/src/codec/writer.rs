//! Writing JSON: [`Writer`].

use std::collections::BTreeMap;
use std::fmt;
use std::io;

use serde::Serialize;
use zeroize::Zeroize;

use super::Encode;
use crate::json_syntax::scan;

/// How many bytes a text has room for at first. Most values need no more, and each time that a text grows, it is copied.
pub(crate) const USUAL_LENGTH: usize = 1024;

/// A JSON text that is being written.
#[derive(Default)]
pub struct Writer {
    text: String,
    /// Whether there are secrets in the text, which is overwritten then.
    is_secret: bool,
    /// Where the values begin that keep the text of numbers, in order; `None` where nobody asks for it.
    exact: Option<Vec<usize>>,
    error: Option<String>,
}

/// The value of a property that the document names.
#[derive(Clone, Copy, Debug)]
pub enum Member<'a> {
    /// It is always written: `None` as null.
    Always(&'a dyn Encode),
    /// It is left out where there is no value.
    IfThere(&'a dyn Encode),
}

/// Properties beyond those that the document names.
pub trait AdditionalProperties {
    /// Hands out each with its name.
    fn each(&self, take: &mut dyn FnMut(&str, &dyn Encode));
}

impl<T: Encode> AdditionalProperties for BTreeMap<String, T> {
    fn each(&self, take: &mut dyn FnMut(&str, &dyn Encode)) {
        for (key, value) in self {
            take(key, value);
        }
    }
}

impl Writer {
    /// Writes a value; the error says why it cannot be.
    pub(super) fn write(value: &dyn Encode) -> Result<Self, String> {
        Self::default().written_with(value)
    }

    /// The same, and where the values begin that keep the text of numbers.
    pub(super) fn write_with_exact_places(value: &dyn Encode) -> Result<Self, String> {
        let mut writer = Self::default();
        writer.exact = Some(Vec::new());
        writer.written_with(value)
    }

    fn written_with(self, value: &dyn Encode) -> Result<Self, String> {
        let mut writer = self;
        writer.text.reserve(USUAL_LENGTH);
        value.encode(&mut writer);
        match writer.error.take() {
            Some(error) => Err(error),
            None => Ok(writer),
        }
    }

    /// The text that has been written.
    pub(super) fn written(&self) -> &str {
        &self.text
    }

    /// Where the values begin that keep the text of numbers, in order.
    pub(super) fn exact_places(&self) -> &[usize] {
        self.exact.as_deref().unwrap_or_default()
    }

    /// Writes an object with these properties, and with further ones where it keeps them. A further one that is called like a known one
    /// is an error: it would stand twice, or be read as that one.
    pub fn object(&mut self, names: &[&'static str], members: &[Member<'_>], rest: Option<&dyn AdditionalProperties>) {
        self.text.push('{');
        let mut is_first = true;
        for (name, member) in names.iter().zip(members) {
            match member {
                Member::IfThere(value) if value.is_left_out() => {}
                Member::Always(value) | Member::IfThere(value) => self.entry(&mut is_first, name, *value),
            }
        }
        if let Some(rest) = rest {
            rest.each(&mut |key, value| {
                if names.contains(&key) {
                    self.fail(format!("`{key}` is a property with a field of its own"));
                }
                self.entry(&mut is_first, key, value);
            });
        }
        self.text.push('}');
    }

    /// Writes an object of which each property is left out where it has no value.
    pub fn optional_object(&mut self, names: &[&'static str], values: &[&dyn Encode]) {
        self.text.push('{');
        let mut is_first = true;
        for (name, value) in names.iter().zip(values) {
            if !value.is_left_out() {
                self.entry(&mut is_first, name, *value);
            }
        }
        self.text.push('}');
    }

    fn entry(&mut self, is_first: &mut bool, key: &str, value: &dyn Encode) {
        if !std::mem::take(is_first) {
            self.text.push(',');
        }
        self.text(key);
        self.text.push(':');
        value.encode(self);
    }

    pub(super) fn map<'a>(&mut self, entries: impl Iterator<Item = (&'a str, &'a dyn Encode)>) {
        self.text.push('{');
        let mut is_first = true;
        for (key, value) in entries {
            self.entry(&mut is_first, key, value);
        }
        self.text.push('}');
    }

    pub(super) fn list<'a>(&mut self, items: impl Iterator<Item = &'a dyn Encode>) {
        self.text.push('[');
        for (place, item) in items.enumerate() {
            if place > 0 {
                self.text.push(',');
            }
            item.encode(self);
        }
        self.text.push(']');
    }

    /// Writes a text.
    pub fn text(&mut self, text: &str) {
        if scan::special(text.as_bytes()) < text.len() {
            self.with_serde(text);
            return;
        }
        self.text.reserve(text.len() + 2);
        self.text.push('"');
        self.raw(text);
        self.text.push('"');
    }

    pub(super) fn null(&mut self) {
        self.raw("null");
    }

    /// Writes a text that is JSON.
    pub(super) fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Writes a value of which no digit may change, whatever the format that it goes on to.
    pub(super) fn exact(&mut self, write: impl FnOnce(&mut Self)) {
        let place = self.text.len();
        if let Some(places) = &mut self.exact {
            places.push(place);
        }
        write(self);
    }

    /// Writes a secret.
    pub(super) fn secret(&mut self, value: &dyn Encode) {
        self.is_secret = true;
        value.encode(self);
    }

    /// Writes a value with the `Serialize` of its type.
    pub(super) fn with_serde<T: Serialize + ?Sized>(&mut self, value: &T) {
        if let Err(error) = serde_json::to_writer(Appending(&mut self.text), value) {
            self.fail(error.to_string());
        }
    }

    /// Notes why the value cannot be written; the first reason is kept.
    pub(super) fn fail(&mut self, reason: impl Into<String>) {
        self.error.get_or_insert_with(|| reason.into());
    }
}

/// Appends what `serde_json` writes, each piece of which is text.
struct Appending<'w>(&'w mut String);

impl io::Write for Appending<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(bytes).map_err(|_| io::ErrorKind::InvalidData)?;
        self.0.push_str(text);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Overwrites secrets.
impl Drop for Writer {
    fn drop(&mut self) {
        if self.is_secret {
            self.text.zeroize();
        }
    }
}

/// How much has been written, never what.
impl fmt::Debug for Writer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Writer").field("bytes", &self.text.len()).finish_non_exhaustive()
    }
}
