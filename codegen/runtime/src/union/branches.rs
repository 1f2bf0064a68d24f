//! Unions without a discriminator: [`Branches`].

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeOwned, Error};

use crate::decode::{self, DecodeFault};
use crate::json::{Kind, raw};

/// Finds the branch of a union by the JSON kind of the value, or by trying.
///
/// Branches are given in the document's order and the first one that fits wins. One that is the only branch of its JSON kind
/// is given by that kind: once the kind fits, the branch is settled, and an error inside is reported as it is.
///
/// ```
/// use serde::{Deserialize, Deserializer};
/// use specie_runtime::{Json, JsonObject, union::Branches};
///
/// #[derive(Debug)]
/// enum Metadata {
///     Object(JsonObject),
///     Array(Vec<Json>),
/// }
///
/// impl<'de> Deserialize<'de> for Metadata {
///     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
///         Branches::read("Metadata", deserializer)?
///             .object("object", Self::Object)
///             .array("array", Self::Array)
///             .finish()
///     }
/// }
///
/// let fault = specie_runtime::decode::from_slice::<Metadata>(b"5").unwrap_err();
/// assert_eq!(
///     fault.message,
///     "no variant of Metadata fits: object: expected an object, found a number; array: expected an array, found a number",
/// );
/// ```
#[must_use = "`finish` hands the value out"]
pub struct Branches<'de, T> {
    name: &'static str,
    text: Cow<'de, str>,
    state: State<T>,
}

enum State<T> {
    /// No branch has fitted so far.
    Open(Vec<(&'static str, Reason)>),
    Found(T),
    /// The branch is known, and its value is wrong.
    Failed(DecodeFault),
}

/// Why a branch does not fit.
enum Reason {
    /// It is of this kind, and the value is not.
    Kind(Kind),
    Content(DecodeFault),
    /// The unions inside took too many attempts to find out.
    Effort,
}

impl<'de, T> Branches<'de, T> {
    /// Reads the value's text; `name` is the union's, for errors.
    pub fn read<D: Deserializer<'de>>(name: &'static str, deserializer: D) -> Result<Self, D::Error> {
        let text = raw::shallow_text(deserializer)?;
        let state = State::Open(Vec::new());
        Ok(Self { name, text, state })
    }

    /// The only branch whose values are objects.
    pub fn object<B: DeserializeOwned>(self, branch: &'static str, wrap: impl FnOnce(B) -> T) -> Self {
        self.kind(Kind::Object, branch, wrap)
    }

    /// The only branch whose values are arrays.
    pub fn array<B: DeserializeOwned>(self, branch: &'static str, wrap: impl FnOnce(B) -> T) -> Self {
        self.kind(Kind::Array, branch, wrap)
    }

    /// The only branch whose values are strings.
    pub fn string<B: DeserializeOwned>(self, branch: &'static str, wrap: impl FnOnce(B) -> T) -> Self {
        self.kind(Kind::String, branch, wrap)
    }

    /// The only branch whose values are numbers.
    pub fn number<B: DeserializeOwned>(self, branch: &'static str, wrap: impl FnOnce(B) -> T) -> Self {
        self.kind(Kind::Number, branch, wrap)
    }

    /// The only branch whose values are booleans.
    pub fn boolean<B: DeserializeOwned>(self, branch: &'static str, wrap: impl FnOnce(B) -> T) -> Self {
        self.kind(Kind::Boolean, branch, wrap)
    }

    /// A branch that is found by trying. Where several fit, the first one given wins.
    pub fn attempt<B: DeserializeOwned>(mut self, branch: &'static str, wrap: impl FnOnce(B) -> T) -> Self {
        if let State::Open(reasons) = &mut self.state {
            match decode::attempt(self.text.len(), || decode::part(&self.text)) {
                Some(Ok(value)) => self.state = State::Found(wrap(value)),
                Some(Err(fault)) => reasons.push((branch, Reason::Content(fault))),
                None => reasons.push((branch, Reason::Effort)),
            }
        }
        self
    }

    fn kind<B: DeserializeOwned>(mut self, kind: Kind, branch: &'static str, wrap: impl FnOnce(B) -> T) -> Self {
        if let State::Open(reasons) = &mut self.state {
            if raw::kind(&self.text) == kind {
                self.state = match decode::part(&self.text) {
                    Ok(value) => State::Found(wrap(value)),
                    Err(fault) => State::Failed(fault),
                };
            } else {
                reasons.push((branch, Reason::Kind(kind)));
            }
        }
        self
    }

    /// The branch that fits, or why none does.
    pub fn finish<E: Error>(self) -> Result<T, E> {
        match self.state {
            State::Found(value) => Ok(value),
            State::Failed(fault) => Err(E::custom(fault.to_message())),
            State::Open(reasons) => {
                Err(E::custom(NoFit { name: self.name, found: raw::kind(&self.text), reasons: &reasons }))
            }
        }
    }
}

/// The message when no branch fits.
struct NoFit<'a> {
    name: &'static str,
    found: Kind,
    reasons: &'a [(&'static str, Reason)],
}

impl fmt::Display for NoFit<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "no variant of {} fits", self.name)?;
        let mut separator = ": ";
        for (branch, reason) in self.reasons {
            write!(formatter, "{separator}{branch}: ")?;
            separator = "; ";
            match reason {
                Reason::Kind(kind) => {
                    write!(formatter, "expected {}, found {}", kind.with_article(), self.found.with_article())?;
                }
                Reason::Content(fault) => write!(formatter, "{fault}")?,
                Reason::Effort => formatter.write_str("there are too many ways to read it")?,
            }
        }
        Ok(())
    }
}
