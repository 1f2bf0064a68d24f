//! What a document holds: its objects in `openapiv3`'s types, its schemas in ours, and where each of them stands.
//!
//! It turns a resolved tree into a [`Document`] in one walk.

mod beyond_openapiv3;
mod component_references;
mod defaults_and_examples;
mod object_ids;
mod objects_by_kind;
pub mod operation_extensions;
mod operations;
pub mod path_step;
mod reading;
mod resolved;
pub mod schema;
pub mod source_map;

pub use beyond_openapiv3::{ReferenceSite, Supplement};
pub(crate) use defaults_and_examples::{StatedAs, StatedValue};
pub use object_ids::{Extensible, Located};
pub use objects_by_kind::ObjectsByKind;
pub use operations::{Implementer, OperationAt};
pub(crate) use reading::status;
pub use resolved::{Resolved, of, resolved};

use openapiv3::ReferenceOr;

use schema::{SchemaId, Schemas};
use source_map::Objects;

use crate::grammar::Version;
use crate::source::Span;
use crate::syntax::Node;

/// A resolved document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Paths, operations, parameters, bodies, responses, security and servers. Where a schema is expected there is a reference into
    /// [`schemas`](Self::schemas), which [`Self::schema`] reads; among the `extensions` of an object there is its number in
    /// [`objects`](Self::objects), which [`Self::located`] reads, and nothing else. Examples stand in the [`supplement`](Self::supplement).
    pub skeleton: openapiv3::OpenAPI,
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

    /// The schema that a schema of [`skeleton`](Self::skeleton) stands for.
    #[must_use]
    pub fn schema(&self, at: &ReferenceOr<openapiv3::Schema>) -> Option<SchemaId> {
        let ReferenceOr::Reference { reference } = at else { return None };
        let id = SchemaId::from_reference(reference)?;
        self.schemas.get(id).map(|_| id)
    }
}

#[cfg(test)]
mod tests;
