//! Finding the branch of a union: [`Tagged`] by its discriminator, [`Tries`] by its shape.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::untyped_count::{self, UntypedCount};
use super::value::Value;
use super::{Decode, Fault, Slot};
use crate::decimal::Decimal;
use crate::decode::{self, DecodeFault};
use crate::json::Json;
use crate::json_syntax::Kind;

/// An object whose discriminator has been looked at.
#[derive(Debug)]
pub struct Tagged<'a> {
    name: &'static str,
    property: &'static str,
    value: Value<'a>,
    tag: Cow<'a, str>,
    is_text: bool,
}

impl<'a> Tagged<'a> {
    /// Reads the discriminator; `name` is the union's, for errors.
    ///
    /// A number or a flag is taken by its text: `2` is named by the tag `"2"`, as mappings are always texts (OpenAPI 3.2.0, 4.25.1).
    /// A discriminator that is absent, of another kind, or there twice is an error.
    pub fn read(name: &'static str, property: &'static str, value: Value<'a>) -> Result<Self, Fault> {
        let why = |why: &str| Fault::new(format!("{name}: {why}"));
        if value.kind() != Kind::Object {
            return Err(why(&format!("expected an object, found {}", value.kind().with_article())));
        }
        match Self::only(name, property, value)? {
            Some(found) => tag(found)?.map_or_else(
                || Err(why(&not_a_text(property))),
                |tag| Ok(Self { name, property, value, tag, is_text: found.kind() == Kind::String }),
            ),
            None => Err(why(&decode::missing_field(property))),
        }
    }

    /// The same for a union with a default branch: `None` where the value has no discriminator that could name a branch. One that is there
    /// twice is an error here as well: of two readers, each may take another one.
    pub fn read_or_default(
        name: &'static str,
        property: &'static str,
        value: Value<'a>,
    ) -> Result<Option<Self>, Fault> {
        if value.kind() != Kind::Object {
            return Ok(None);
        }
        let Some(found) = Self::only(name, property, value)? else { return Ok(None) };
        let is_text = found.kind() == Kind::String;
        Ok(tag(found)?.map(|tag| Self { name, property, value, tag, is_text }))
    }

    /// The value of the discriminator, which is there once or not at all.
    fn only(name: &'static str, property: &'static str, value: Value<'a>) -> Result<Option<Value<'a>>, Fault> {
        let (mut entries, mut found) = (value.entries("an object")?, None);
        while let Some((key, value)) = entries.next()? {
            if key == property && found.replace(value).is_some() {
                return Err(Fault::new(format!("{name}: duplicate field `{property}`")));
            }
        }
        Ok(found)
    }

    /// Whether the discriminator's value is one of these.
    #[must_use]
    pub fn is(&self, tags: &[&str]) -> bool {
        tags.contains(&&*self.tag)
    }

    /// Notes that the default branch is read for a discriminator that names no branch: another union may name it.
    pub fn is_of_default(&self) {
        untyped_count::untyped(1);
    }

    /// The whole object, for a discriminator that is none of those that the document lists. It is a number or a flag only where they are.
    pub fn json(&self, tags: &[&str]) -> Result<Json, Fault> {
        let is_other = |tag: &&str| matches!(*tag, "true" | "false") || tag.parse::<Decimal>().is_ok();
        if !self.is_text && !tags.iter().any(is_other) {
            return Err(Fault::new(format!("{}: {}", self.name, not_a_text(self.property))));
        }
        untyped_count::unlisted();
        <Json as Decode>::decode(self.value).map(Json::undescribed)
    }

    /// The fault of a closed union whose discriminator the document does not list.
    #[must_use]
    pub fn unlisted(&self, tags: &[&str]) -> Fault {
        Fault::new(format!("unknown value, {} expects {}", self.name, decode::one_of(tags))).under(self.property)
    }
}

/// What a discriminator says, where it is a text, a number or a flag.
fn tag(value: Value<'_>) -> Result<Option<Cow<'_, str>>, Fault> {
    match value.kind() {
        Kind::Number | Kind::Boolean => Ok(Some(Cow::Borrowed(value.text()?))),
        _ => Ok(value.string()),
    }
}

fn not_a_text(property: &str) -> String {
    format!("the field `{property}` must be a string")
}

/// The search for the branch of a value, by its JSON kind or by trying. Branches are asked in the document's order.
///
/// Where several fit, the one that explains most of the value wins: the one with the fewest unlisted values and texts without
/// their format, then with the fewest properties that it would drop, then with the fewest values that it keeps as free JSON or as
/// entries of a map. The first of equals wins.
#[derive(Debug)]
pub struct Tries<'a, T> {
    search: Search<'a>,
    best: Option<T>,
}

/// The part of the search that does not depend on the type of a branch, so that it is compiled once.
#[derive(Debug)]
struct Search<'a> {
    name: &'static str,
    value: Value<'a>,
    /// The length of its text, computed when it is first needed.
    length: Option<usize>,
    reasons: Vec<(&'static str, Reason)>,
    /// What the branch that fits best leaves open.
    best: Option<UntypedCount>,
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

impl<'a, T> Tries<'a, T> {
    /// Begins a search; `name` is the union's, for errors.
    #[must_use]
    pub const fn new(name: &'static str, value: Value<'a>) -> Self {
        let search = Search { name, value, length: None, reasons: Vec::new(), best: None };
        Self { search, best: None }
    }

    /// The only branch whose values are objects.
    pub fn object<B: Decode>(&mut self, branch: &'static str, wrap: fn(B) -> T) -> Result<(), Fault> {
        self.kind(Kind::Object, branch, wrap)
    }

    /// The only branch whose values are arrays.
    pub fn array<B: Decode>(&mut self, branch: &'static str, wrap: fn(B) -> T) -> Result<(), Fault> {
        self.kind(Kind::Array, branch, wrap)
    }

    /// The only branch whose values are strings.
    pub fn string<B: Decode>(&mut self, branch: &'static str, wrap: fn(B) -> T) -> Result<(), Fault> {
        self.kind(Kind::String, branch, wrap)
    }

    /// The only branch whose values are numbers.
    pub fn number<B: Decode>(&mut self, branch: &'static str, wrap: fn(B) -> T) -> Result<(), Fault> {
        self.kind(Kind::Number, branch, wrap)
    }

    /// The only branch whose values are booleans.
    pub fn boolean<B: Decode>(&mut self, branch: &'static str, wrap: fn(B) -> T) -> Result<(), Fault> {
        self.kind(Kind::Boolean, branch, wrap)
    }

    /// A branch that is found by trying. It fails only where the value is not JSON.
    pub fn attempt<B: Decode>(&mut self, branch: &'static str, wrap: fn(B) -> T) -> Result<(), Fault> {
        let mut found: Option<B> = None;
        match (self.search.attempt(branch, &mut found), found) {
            (Ok(true), Some(found)) => {
                self.best = Some(wrap(found));
                Ok(())
            }
            (Ok(_), _) => Ok(()),
            (Err(fault), _) => Err(fault),
        }
    }

    fn kind<B: Decode>(&mut self, kind: Kind, branch: &'static str, wrap: fn(B) -> T) -> Result<(), Fault> {
        if !self.search.is_of(kind, branch) {
            return Ok(());
        }
        // The branch is settled: what is wrong inside it is what is wrong.
        match B::decode(self.search.value) {
            Ok(found) => {
                self.best = Some(wrap(found));
                Ok(())
            }
            Err(fault) => Err(fault),
        }
    }

    /// The branch that fits best, or why none does.
    pub fn finish(self) -> Result<T, Fault> {
        match self.best {
            Some(found) => {
                self.search.end();
                Ok(found)
            }
            None => Err(self.search.fault()),
        }
    }
}

impl Search<'_> {
    /// Tries a branch; whether it fits better than those before it.
    fn attempt(&mut self, branch: &'static str, found: &mut dyn Slot) -> Result<bool, Fault> {
        if self.is_settled() {
            return Ok(false);
        }
        let value = self.value;
        let length = match self.length {
            Some(length) => length,
            None => *self.length.insert(value.text()?.len()),
        };
        match decode::attempt(length, || UntypedCount::of(|| found.fill(value))) {
            Some((Ok(_), gaps)) => {
                let is_better = self.best.is_none_or(|best| gaps < best);
                if is_better {
                    self.best = Some(gaps);
                }
                return Ok(is_better);
            }
            Some((Err(fault), _)) => self.reasons.push((branch, Reason::Content(DecodeFault::from(fault).shortened()))),
            None => self.reasons.push((branch, Reason::Effort)),
        }
        Ok(false)
    }

    /// Whether no other branch is asked: none can explain more of the value, or too many were asked for the values around it.
    fn is_settled(&self) -> bool {
        self.best.is_some_and(|gaps| gaps.is_empty() || decode::is_scarce())
    }

    /// Whether the value is of the only kind that a branch has.
    fn is_of(&mut self, kind: Kind, branch: &'static str) -> bool {
        let is_of_kind = self.value.kind() == kind;
        if is_of_kind {
            self.best = Some(UntypedCount::default());
        } else if self.best.is_none() {
            self.reasons.push((branch, Reason::Kind(kind)));
        }
        is_of_kind
    }

    /// Goes on behind the value.
    fn end(self) {
        if let Some(length) = self.length {
            // Another branch may have been read since, and not to the end.
            self.value.skip(length);
        }
        if let Some(gaps) = self.best {
            gaps.keep();
        }
    }

    /// Why no branch fits.
    fn fault(self) -> Fault {
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
