//! Finding the branch of a union: [`Tagged`] by its discriminator, [`Tries`] by its shape.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::value::Value;
use super::{Decode, Fault};
use crate::decode::{self, DecodeFault};
use crate::json::{Json, Kind};
use crate::string_enum::list;

/// An object whose discriminator has been looked at.
#[derive(Debug)]
pub struct Tagged<'a> {
    name: &'static str,
    property: &'static str,
    value: Value<'a>,
    tag: Cow<'a, str>,
}

impl<'a> Tagged<'a> {
    /// Reads the discriminator; `name` is the union's, for errors.
    ///
    /// A discriminator that is absent, not a string, or there twice is an error.
    pub fn read(name: &'static str, property: &'static str, value: Value<'a>) -> Result<Self, Fault> {
        let why = |why: &str| Fault::new(format!("{name}: {why}"));
        if value.kind() != Kind::Object {
            return Err(why(&format!("expected an object, found {}", value.kind().with_article())));
        }
        let (mut entries, mut tag) = (value.entries("an object")?, None);
        while let Some((key, value)) = entries.next()? {
            if key != property {
                continue;
            }
            let found = value.string().ok_or_else(|| why(&format!("the field `{property}` must be a string")))?;
            if tag.replace(found).is_some() {
                return Err(why(&format!("duplicate field `{property}`")));
            }
        }
        let tag = tag.ok_or_else(|| why(&format!("missing field `{property}`")))?;
        Ok(Self { name, property, value, tag })
    }

    /// Whether the discriminator's value is one of these.
    #[must_use]
    pub fn is(&self, tags: &[&str]) -> bool {
        tags.contains(&&*self.tag)
    }

    /// The whole object, for a discriminator that the document does not list.
    pub fn json(&self) -> Result<Json, Fault> {
        <Json as Decode>::decode(self.value)
    }

    /// The fault of a closed union whose discriminator the document does not list.
    #[must_use]
    pub fn unlisted(&self, tags: &[&str]) -> Fault {
        Fault::new(format!("unknown value, {} expects {}", self.name, list(tags))).under(self.property)
    }
}

/// The search for the branch of a value, by its JSON kind or by trying. Branches are asked in the document's order.
#[derive(Debug)]
pub struct Tries<'a> {
    name: &'static str,
    value: Value<'a>,
    /// How long its text is, once it had to be known.
    length: Option<usize>,
    reasons: Vec<(&'static str, Reason)>,
}

/// Why a branch does not fit.
#[derive(Debug)]
enum Reason {
    /// It is of this kind, and the value is not.
    Kind(Kind),
    Content(DecodeFault),
    /// The unions inside took too many attempts to find out.
    Effort,
}

impl<'a> Tries<'a> {
    /// Begins a search; `name` is the union's, for errors.
    #[must_use]
    pub const fn new(name: &'static str, value: Value<'a>) -> Self {
        Self { name, value, length: None, reasons: Vec::new() }
    }

    /// The only branch whose values are objects.
    pub fn object<T: Decode>(&mut self, branch: &'static str) -> Result<Option<T>, Fault> {
        self.kind(Kind::Object, branch)
    }

    /// The only branch whose values are arrays.
    pub fn array<T: Decode>(&mut self, branch: &'static str) -> Result<Option<T>, Fault> {
        self.kind(Kind::Array, branch)
    }

    /// The only branch whose values are strings.
    pub fn string<T: Decode>(&mut self, branch: &'static str) -> Result<Option<T>, Fault> {
        self.kind(Kind::String, branch)
    }

    /// The only branch whose values are numbers.
    pub fn number<T: Decode>(&mut self, branch: &'static str) -> Result<Option<T>, Fault> {
        self.kind(Kind::Number, branch)
    }

    /// The only branch whose values are booleans.
    pub fn boolean<T: Decode>(&mut self, branch: &'static str) -> Result<Option<T>, Fault> {
        self.kind(Kind::Boolean, branch)
    }

    /// A branch that is found by trying. Where several fit, the first one wins. It fails only where the value is not JSON.
    pub fn attempt<T: Decode>(&mut self, branch: &'static str) -> Result<Option<T>, Fault> {
        let length = match self.length {
            Some(length) => length,
            None => *self.length.insert(self.value.text()?.len()),
        };
        let reason = match decode::attempt(length, || T::decode(self.value)) {
            Some(Ok(value)) => return Ok(Some(value)),
            Some(Err(fault)) => Reason::Content(DecodeFault::from(fault).shortened()),
            None => Reason::Effort,
        };
        self.reasons.push((branch, reason));
        Ok(None)
    }

    fn kind<T: Decode>(&mut self, kind: Kind, branch: &'static str) -> Result<Option<T>, Fault> {
        if self.value.kind() == kind {
            // The branch is settled: what is wrong inside it is what is wrong.
            return T::decode(self.value).map(Some);
        }
        self.reasons.push((branch, Reason::Kind(kind)));
        Ok(None)
    }

    /// Why no branch fits.
    #[must_use]
    pub fn no_fit(self) -> Fault {
        let mut message = format!("no variant of {} fits", self.name);
        let found = self.value.kind().with_article();
        let mut separator = ": ";
        for (branch, reason) in &self.reasons {
            // Writing to a `String` does not fail.
            let _ = match reason {
                Reason::Kind(kind) => {
                    write!(message, "{separator}{branch}: expected {}, found {found}", kind.with_article())
                }
                Reason::Content(fault) => write!(message, "{separator}{branch}: {fault}"),
                Reason::Effort => write!(message, "{separator}{branch}: there are too many ways to read it"),
            };
            separator = "; ";
        }
        DecodeFault::from(Fault::new(message)).shortened().into()
    }
}
