//! The schemas of a document, each with what it says itself and with the schemas that its values have to satisfy. The passes that compare
//! several schemas read this table.

use std::ops::Index;

use super::AnalyzedSchema;
use crate::document::schema::{SchemaId, Schemas};

/// An entry for each schema of a document, in its order.
pub(super) struct SchemaTable<'a> {
    pub(super) document: &'a Schemas,
    pub(super) list: Vec<AnalyzedSchema<'a>>,
}

impl<'a> Index<SchemaId> for SchemaTable<'a> {
    type Output = AnalyzedSchema<'a>;

    fn index(&self, id: SchemaId) -> &AnalyzedSchema<'a> {
        &self.list[id.index()]
    }
}

impl<'a> SchemaTable<'a> {
    /// All entries with the ids of their schemas.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = (SchemaId, &AnalyzedSchema<'a>)> {
        self.document.iter().zip(&self.list).map(|((id, _), schema)| (id, schema))
    }

    /// The components with their names, in the order of the document.
    pub(super) fn components(&self) -> impl Iterator<Item = (&'a str, SchemaId)> {
        self.document.components().iter().map(|(name, id)| (&**name, *id))
    }
}
