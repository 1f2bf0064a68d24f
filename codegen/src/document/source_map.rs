//! The table of all objects of a document beside its schemas: what holds each, and where it and its keys stand in the text.
//!
//! `openapiv3` knows no positions. Each object of its types that takes extensions carries its id in this list there, under [`ID`].

use std::borrow::Cow;
use std::ops::Index;

use indexmap::IndexMap;
use serde_json::Value;

use super::path_step::PathStep;
use crate::grammar::Kind;
use crate::source::{EntrySpan, Span};
use crate::syntax::{Key, Node};

/// The key among the `extensions` of an object under which its id stands. No document can write it: extensions start with `x-`.
pub const ID: &str = "#";

/// The id of an object in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectId(u32);

impl ObjectId {
    /// The document itself.
    pub const ROOT: Self = Self(0);

    /// The extensions of the object in `openapiv3`'s types: its id, and nothing else.
    pub(super) fn extensions(self) -> IndexMap<String, Value> {
        IndexMap::from_iter([(ID.to_owned(), Value::from(self.0))])
    }
}

/// One object.
#[derive(Clone, Debug)]
pub struct ObjectSpans {
    pub(crate) kind: Kind,
    /// The object that holds it, and the way from there; `None` for the document itself.
    pub parent: Option<(ObjectId, PathStep)>,
    /// What names it: the key that it stands under, or its own first key where it is an item of a list.
    pub name: Span,
    /// From its first to its last byte.
    pub span: Span,
    /// The keys that have a meaning, in the order of the document; those of a security requirement are the names of schemes.
    pub fields: Box<[Field]>,
    /// Our own extensions, which start with `x-specie-`, in the order of the document. Nothing follows from those of others.
    pub extensions: Box<[(Key, Node)]>,
}

/// A key of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The key's text.
    pub name: Cow<'static, str>,
    /// Where the key stands.
    pub key: Span,
    /// Where the value stands.
    pub span: Span,
}

impl ObjectSpans {
    /// Where what names the object stands, and the object itself.
    #[must_use]
    pub const fn entry(&self) -> EntrySpan {
        EntrySpan { key: self.name, value: self.span }
    }

    /// Where a key of the object and its value stand; `None` where the object does not have it.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Where the value of a key stands that says what the object is called, such as `operationId`; where the object does not have it,
    /// where the key or method stands that leads to the object.
    #[must_use]
    pub fn name_span(&self, key: &str) -> Span {
        self.field(key).map_or(self.name, |field| field.span)
    }

    /// The key and the value of an extension, such as `x-specie-idempotency`.
    #[must_use]
    pub fn extension(&self, name: &str) -> Option<(&Key, &Node)> {
        self.extensions.iter().find(|(key, _)| key.text() == name).map(|(key, value)| (key, value))
    }
}

/// All objects of a document, in its order: an object stands before those in it.
#[derive(Clone, Debug, Default)]
pub struct Objects {
    list: Vec<ObjectSpans>,
}

impl Index<ObjectId> for Objects {
    type Output = ObjectSpans;

    fn index(&self, id: ObjectId) -> &ObjectSpans {
        &self.list[id.0 as usize]
    }
}

impl Objects {
    pub(super) fn push(&mut self, object: ObjectSpans) -> ObjectId {
        // A file has fewer nodes than this, and copies are limited.
        let id = ObjectId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.list.push(object);
        id
    }

    /// The id of the object at a place in the list, from zero.
    pub(super) fn at(&self, index: usize) -> Option<ObjectId> {
        self.list.get(index).and_then(|_| u32::try_from(index).ok()).map(ObjectId)
    }

    /// All of them with their ids, in the order of the document.
    pub fn iter(&self) -> impl Iterator<Item = (ObjectId, &ObjectSpans)> {
        (0_u32..).map(ObjectId).zip(&self.list)
    }

    /// The JSON pointer to an object in the resolved document.
    #[must_use]
    pub fn pointer(&self, id: ObjectId) -> String {
        let mut steps = Vec::new();
        let mut inner = id;
        while let Some((outer, step)) = &self[inner].parent {
            steps.push(step);
            inner = *outer;
        }
        let mut pointer = String::new();
        steps.iter().rev().for_each(|step| step.write(&mut pointer));
        pointer
    }
}
