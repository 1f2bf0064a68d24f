//! The fields of a form, each as the JSON that its texts may stand for.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use serde::de::DeserializeOwned;

use super::tree::{self, Branch, Node};
use super::{ESCAPE, delimiter};
#[cfg(feature = "client")]
use crate::body_kinds::json;
#[cfg(feature = "client")]
use crate::body_kinds::text::NOT_UTF8;
#[cfg(feature = "server")]
use crate::decode;
use crate::decode::DecodeFault;
use crate::param::{FieldStyle, FormStyle, style_of};
use crate::wire::query::{self, MalformedPair};
use crate::wire::style::joined;

/// A value out of a form that a server of the API sent. Fields that the document does not allow are passed over.
#[cfg(feature = "client")]
pub(crate) fn decode<T: DeserializeOwned>(form: &[u8]) -> Result<T, DecodeFault> {
    let malformed = |detail: &str| DecodeFault { pointer: String::new(), message: detail.to_owned(), malformed: true };
    let text = std::str::from_utf8(form).map_err(|_| malformed(NOT_UTF8))?;
    let fields =
        FormFields::read(text, &[]).map_err(|MalformedPair { name, detail }| malformed(detail).under(&name))?;
    fields.whole()?.decode(|json| json::decode(json.as_bytes()))
}

/// The fields of a form: decoded names, each with its decoded texts in their order.
pub(crate) struct FormFields<'f> {
    texts: BTreeMap<Cow<'f, str>, Vec<Cow<'f, str>>>,
    styles: &'static [FieldStyle],
}

impl<'f> FormFields<'f> {
    /// Reads a form. A list with a style of its own gives its items.
    pub(crate) fn read(form: &'f str, styles: &'static [FieldStyle]) -> Result<Self, MalformedPair> {
        query::check(form)?;
        let mut fields = Self { texts: BTreeMap::new(), styles };
        for query::Pair { name, raw } in query::pairs(form) {
            match texts(raw, style_of(styles, &name)) {
                Ok(texts) => fields.texts.entry(name).or_default().extend(texts),
                Err(detail) => return Err(MalformedPair { name: name.into_owned(), detail }),
            }
        }
        Ok(fields)
    }

    /// How many names it has.
    #[cfg(feature = "server")]
    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The properties that the names belong to, some of them more than once.
    pub(crate) fn properties(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(|name| self.property_of(name))
    }

    /// The value of a property that is not there: a list or, with keys in brackets, an object without content has no form of its own.
    #[cfg(feature = "server")]
    pub(crate) fn absent<T: DeserializeOwned>(&self, property: &str) -> Option<T> {
        let is_scalar = decode::from_slice::<T>(b"0").is_ok();
        let empty = || {
            let list = decode::from_slice(b"[]").ok();
            list.or_else(|| self.is_nested(property).then(|| decode::from_slice(b"{}").ok()).flatten())
        };
        if is_scalar { None } else { empty() }
    }

    /// Whether a property is written with its keys in brackets.
    fn is_nested(&self, property: &str) -> bool {
        style_of(self.styles, property) == Some(FormStyle::Brackets)
    }

    /// What a property may stand for; `None` where it is not there. The fault is seen from the property.
    pub(crate) fn value(&self, property: &str) -> Result<Option<Node>, DecodeFault> {
        if !self.is_nested(property) {
            return Ok(self.texts.get(property).map(|texts| Node::leaf(texts)));
        }
        let mut branch = None::<Branch<'_>>;
        for (name, texts) in &self.texts {
            let keys = if name == property {
                Some(Vec::new())
            } else {
                tree::keys(name).filter(|(field, _)| *field == property).map(|(_, keys)| keys)
            };
            if let Some(keys) = keys {
                branch.get_or_insert_default().insert(&keys, texts);
            }
        }
        let ambiguous = || DecodeFault {
            pointer: String::new(),
            message: "it is both a text and an object".to_owned(),
            malformed: false,
        };
        branch.map(|branch| branch.into_node().ok_or_else(ambiguous)).transpose()
    }

    /// What the whole form may stand for.
    pub(crate) fn whole(&self) -> Result<Node, DecodeFault> {
        let mut members: Vec<(String, Node)> = Vec::new();
        let mut known = HashSet::new();
        for property in self.properties().filter(|property| known.insert(*property)) {
            let value = self.value(property).map_err(|fault| fault.under(property))?;
            members.extend(value.map(|value| (property.to_owned(), value)));
        }
        Ok(Node::Object(members))
    }

    /// The property that a name belongs to.
    fn property_of<'n>(&self, name: &'n str) -> &'n str {
        let nested = tree::keys(name).map(|(property, _)| property);
        nested.filter(|property| self.is_nested(property)).unwrap_or(name)
    }
}

/// The texts of one value.
fn texts(raw: &str, style: Option<FormStyle>) -> Result<Vec<Cow<'_, str>>, &'static str> {
    let Some(FormStyle::List(style)) = style else { return Ok(vec![ESCAPE.decode(raw)?]) };
    match delimiter(style) {
        _ if raw.is_empty() => Ok(Vec::new()),
        Some(delimiter) => Ok(joined::split(raw, delimiter, ESCAPE)?.into_iter().map(Cow::Owned).collect()),
        None => Ok(vec![ESCAPE.decode(raw)?]),
    }
}
