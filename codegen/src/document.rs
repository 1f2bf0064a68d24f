//! What a document holds: its objects in `openapiv3`'s types, its schemas in ours, and where each of them stands.
//!
//! It turns a resolved tree into a [`Document`] in one walk.

mod beyond_openapiv3;
mod component_references;
mod objects_by_kind;
mod operations;
mod reading;
pub mod schema;
pub mod source_map;
pub mod step;

pub use beyond_openapiv3::{ReferenceSite, Supplement};
pub use objects_by_kind::Parts;
pub use operations::{OperationAt, Side};
pub(crate) use reading::status;

use indexmap::IndexMap;
use openapiv3::ReferenceOr;
use serde_json::Value;

use schema::{SchemaId, Schemas};
use source_map::{ID, ObjectId, Objects};

use crate::grammar::Version;
use crate::source::Span;
use crate::syntax::Node;

/// A resolved document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Paths, operations, parameters, bodies, responses, security and servers. Where a schema is expected there is a reference into
    /// [`schemas`](Self::schemas), which [`Self::schema`] reads; among the `extensions` of an object there is its number in
    /// [`objects`](Self::objects), which [`Self::id`] reads, and nothing else. Examples stand in the [`supplement`](Self::supplement).
    pub api: openapiv3::OpenAPI,
    /// Every schema.
    pub schemas: Schemas,
    /// Where every other object stands, with its extensions.
    pub objects: Objects,
    /// What `openapiv3` has no room for.
    pub supplement: Supplement,
}

/// An object that `openapiv3` does not accept although the grammar does.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) span: Span,
    pub(crate) reason: String,
}

impl Document {
    /// Reads a tree that the grammar has accepted, and whose references all name components.
    pub(crate) fn read(root: &Node, version: Version) -> Result<Self, Refused> {
        reading::read(root, version)
    }

    /// The schema that a schema of [`api`](Self::api) stands for.
    #[must_use]
    pub fn schema(&self, at: &ReferenceOr<openapiv3::Schema>) -> Option<SchemaId> {
        let ReferenceOr::Reference { reference } = at else { return None };
        let id = SchemaId::from_reference(reference)?;
        self.schemas.get(id).map(|_| id)
    }

    /// The number of an object of [`api`](Self::api), by its extensions.
    #[must_use]
    pub fn id(&self, extensions: &IndexMap<String, Value>) -> Option<ObjectId> {
        let number = extensions.get(ID).and_then(Value::as_u64)?;
        self.objects.at(usize::try_from(number).ok()?)
    }

    /// An object of [`api`](Self::api) and its number, by its extensions. Each object that the document was read with has a number; any
    /// other extensions lead to the document itself.
    #[must_use]
    pub fn object(&self, extensions: &IndexMap<String, Value>) -> (ObjectId, &source_map::Object) {
        let id = self.id(extensions).unwrap_or(ObjectId::ROOT);
        (id, &self.objects[id])
    }
}

#[cfg(test)]
mod tests;
