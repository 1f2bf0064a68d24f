//! A JSON value that is yet to be read: [`Value`].

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use super::Fault;
use crate::decode::DecodeFault;
use crate::json_syntax::{Kind, raw, scan};

/// A JSON text that is read from its begin to its end.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    text: &'a str,
    /// How far it has been read.
    progress: Cell<Progress>,
    /// Whether numbers are as the sender wrote them. They are not when the text was made of another format or of a buffer of serde.
    is_exact: bool,
}

/// How far a text has been read, in bytes.
#[derive(Clone, Copy, Debug)]
struct Progress {
    at: u32,
    /// Where the value begins that ends here.
    done: u32,
}

impl<'a> Reader<'a> {
    /// `None` where the text is longer than four gigabytes.
    pub(super) fn new(text: &'a str, is_exact: bool) -> Option<Self> {
        u32::try_from(text.len()).ok().filter(|length| *length < u32::MAX)?;
        Some(Self { text, progress: Cell::new(Progress { at: 0, done: u32::MAX }), is_exact })
    }

    /// Reads the whole text.
    pub(super) fn whole<T>(&self, decode: impl FnOnce(Value<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
        let value = self.root();
        let decoded = decode(value)?;
        value.finish()?;
        if scan::space(self.bytes(), self.at()) == self.text.len() {
            Ok(decoded)
        } else {
            Err(broken(scan::Broken::Syntax))
        }
    }

    /// The value that the text is.
    pub(super) fn root(&self) -> Value<'_> {
        Value { reader: self, start: short(scan::space(self.bytes(), 0)), depth: 0 }
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    fn at(&self) -> usize {
        self.progress.get().at as usize
    }

    fn go(&self, at: usize) {
        self.progress.set(Progress { at: short(at), done: u32::MAX });
    }
}

/// A JSON value that is yet to be read. Copying it is cheap, and it may be read more than once.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    reader: &'a Reader<'a>,
    /// Where its text begins, in bytes.
    start: u32,
    /// How many lists and objects it stands in.
    depth: u32,
}

impl<'a> Value<'a> {
    /// The JSON text. It is an error where it is not JSON.
    pub fn text(self) -> Result<&'a str, Fault> {
        let start = self.start();
        let end = scan::value(self.reader.bytes(), start, self.depth).map_err(broken)?;
        self.end_at(end);
        Ok(self.reader.text.get(start..end).unwrap_or_default())
    }

    /// What kind of value it is, as its first character tells.
    #[must_use]
    #[inline]
    pub fn kind(self) -> Kind {
        raw::kind_of(self.reader.bytes().get(self.start()))
    }

    /// Where its text begins in the whole.
    pub(super) fn start(self) -> usize {
        self.start as usize
    }

    /// How many values are in it, keys counted with them and itself as well.
    pub(super) fn size(self) -> Result<u32, Fault> {
        self.text().map(scan::count)
    }

    /// Whether numbers in it are as the sender wrote them.
    pub(super) fn is_exact(self) -> bool {
        self.reader.is_exact
    }

    /// The characters of a string, borrowed where none is escaped; `None` for another kind, and for half of a surrogate pair.
    #[inline]
    pub(crate) fn string(self) -> Option<Cow<'a, str>> {
        let quoted = scan::string(self.reader.bytes(), self.start()).ok()?;
        let characters = self.characters(self.start(), quoted)?;
        self.end_at(quoted.end);
        Some(characters)
    }

    #[inline]
    fn characters(self, start: usize, quoted: scan::Quoted) -> Option<Cow<'a, str>> {
        if quoted.is_escaped {
            return serde_json::from_str(self.reader.text.get(start..quoted.end)?).ok().map(Cow::Owned);
        }
        self.reader.text.get(start + 1..quoted.end - 1).map(Cow::Borrowed)
    }

    /// The items of a list.
    pub(super) fn items(self) -> Result<Items<'a>, Fault> {
        if self.kind() != Kind::Array {
            return Err(self.mistyped("a sequence"));
        }
        self.parts(b']').map(Items)
    }

    /// The entries of an object.
    pub(super) fn entries(self, expected: impl fmt::Display) -> Result<Entries<'a>, Fault> {
        if self.kind() != Kind::Object {
            return Err(self.mistyped(expected));
        }
        self.parts(b'}').map(Entries)
    }

    fn parts(self, closing: u8) -> Result<Parts<'a>, Fault> {
        if self.depth >= scan::MAX_DEPTH {
            return Err(broken(scan::Broken::Depth));
        }
        self.reader.go(self.start() + 1);
        Ok(Parts { whole: self, last: None, closing })
    }

    /// Reads a value with the `Deserialize` of its type.
    pub(super) fn with_serde<T: serde::de::DeserializeOwned>(self) -> Result<T, Fault> {
        serde_json::from_str(self.text()?).map_err(|error| DecodeFault::of_value(&error).into())
    }

    /// The fault of a value of another kind than the expected one.
    pub(crate) fn mistyped(self, expected: impl fmt::Display) -> Fault {
        let found = match self.kind() {
            Kind::Null => "null",
            Kind::Boolean => "boolean",
            Kind::Number if self.text().is_ok_and(|text| text.contains(['.', 'e', 'E'])) => "floating point",
            Kind::Number => "integer",
            Kind::String => "string",
            Kind::Array => "sequence",
            Kind::Object => "map",
        };
        Fault::new(format!("invalid type: {found}, expected {expected}"))
    }

    /// Goes behind it. Its text is this long, as has been found out before.
    pub(super) fn skip(self, length: usize) {
        self.end_at(self.start() + length);
    }

    fn end_at(self, end: usize) {
        self.reader.progress.set(Progress { at: short(end), done: self.start });
    }

    /// Goes over it, unless it has just been read to its end.
    fn finish(self) -> Result<(), Fault> {
        if self.reader.progress.get().done == self.start { Ok(()) } else { self.text().map(drop) }
    }
}

/// The values in a list or object, one after another.
struct Parts<'a> {
    whole: Value<'a>,
    /// The value before.
    last: Option<Value<'a>>,
    closing: u8,
}

impl<'a> Parts<'a> {
    /// Goes to where the next part begins; `None` at the end.
    #[inline]
    fn next(&mut self) -> Result<Option<usize>, Fault> {
        let reader = self.whole.reader;
        if let Some(last) = self.last {
            last.finish()?;
        }
        let at = scan::space(reader.bytes(), reader.at());
        match reader.bytes().get(at) {
            Some(byte) if *byte == self.closing => {
                self.whole.end_at(at + 1);
                Ok(None)
            }
            Some(b',') if self.last.is_some() => Ok(Some(scan::space(reader.bytes(), at + 1))),
            Some(_) if self.last.is_none() => Ok(Some(at)),
            _ => Err(broken(scan::Broken::Syntax)),
        }
    }

    fn value(&mut self, start: usize) -> Value<'a> {
        let value = Value { start: short(start), depth: self.whole.depth + 1, ..self.whole };
        self.last = Some(value);
        value
    }
}

/// The items of a list, one after another. An item that is not read is scanned.
pub(super) struct Items<'a>(Parts<'a>);

impl<'a> Items<'a> {
    #[inline]
    pub(super) fn next(&mut self) -> Result<Option<Value<'a>>, Fault> {
        let start = self.0.next()?;
        Ok(start.map(|start| self.0.value(start)))
    }
}

/// The entries of an object, one after another. A value that is not read is scanned.
pub(super) struct Entries<'a>(Parts<'a>);

impl<'a> Entries<'a> {
    #[inline]
    pub(super) fn next(&mut self) -> Result<Option<(Cow<'a, str>, Value<'a>)>, Fault> {
        let Some(at) = self.0.next()? else { return Ok(None) };
        let (quoted, start) = scan::key(self.0.whole.reader.bytes(), at).map_err(broken)?;
        let key = self.0.whole.characters(at, quoted).ok_or_else(|| Fault::new("a key is not a text"))?;
        Ok(Some((key, self.0.value(start))))
    }
}

/// The kind, never the value.
impl fmt::Debug for Value<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Value").field(&self.kind()).finish()
    }
}

/// The fault of a text that is not JSON. Where it comes from a sender, `serde_json` is asked for the place.
fn broken(why: scan::Broken) -> Fault {
    DecodeFault { pointer: String::new(), message: why.to_string(), malformed: why == scan::Broken::Syntax }.into()
}

/// A place in a text whose length is known to fit.
fn short(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
