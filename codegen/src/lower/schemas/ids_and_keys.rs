//! The id and the key that each schema has in the API.

use openapiv3::ReferenceOr;
use rayon::prelude::*;

use crate::api::{self, Key};
use crate::document::Document;
use crate::document::schema::SchemaId;
use crate::pointer;

/// The schema that a schema position of `openapiv3`'s types stands for.
pub(in crate::lower) fn schema_id(document: &Document, at: &ReferenceOr<openapiv3::Schema>) -> Option<api::SchemaId> {
    document.schema(at).map(same_id)
}

/// The id that a schema of the document has among those of the API.
pub(crate) const fn same_id(id: SchemaId) -> api::SchemaId {
    api::SchemaId(id.index())
}

/// The ids of derived schemas: those that follow the ids of the document's schemas.
#[derive(Clone, Copy)]
pub(super) struct DerivedIds {
    first: usize,
}

impl DerivedIds {
    /// Those of a document with so many schemas.
    pub(super) const fn after(document_schemas: usize) -> Self {
        Self { first: document_schemas }
    }

    /// The id of the derived schema at a position in the list of derived schemas.
    pub(super) const fn id(self, position: usize) -> api::SchemaId {
        api::SchemaId(self.first + position)
    }

    /// The position of a schema in the list of derived schemas; `None` for a schema of the document.
    pub(super) const fn position(self, id: api::SchemaId) -> Option<usize> {
        id.0.checked_sub(self.first)
    }
}

/// The keys of all schemas, in the order of the document.
pub(super) fn keys(document: &Document) -> Vec<Key> {
    document.schemas.par_iter().map(|(id, _)| key(document, id)).collect()
}

fn key(document: &Document, id: SchemaId) -> Key {
    match document.schemas[id].parent.component() {
        Some(name) => Key::Component(name.to_owned()),
        None => Key::Pointer(document.schemas.pointer(id, &document.objects)),
    }
}

/// The key of a schema that is derived from others: a pointer below the key of one that stands in the document.
pub(super) fn key_below(key: &Key, keyword: &str, name: &str) -> Key {
    let name = pointer::escape(name);
    match key {
        Key::Component(component) => {
            Key::Pointer(format!("/components/schemas/{}/{keyword}/{name}", pointer::escape(component)))
        }
        Key::Pointer(pointer) => Key::Pointer(format!("{pointer}/{keyword}/{name}")),
    }
}
