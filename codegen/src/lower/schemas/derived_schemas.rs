//! Schemas that lowering creates beside those of the document, such as what two parts of an `allOf` say of one property together.

use super::analysis::AnalyzedSchemas;
use super::intersection::Part;
use crate::api::{Key, Sensitivity};
use crate::document::schema::{SchemaId, Type};
use crate::source::Span;

/// The source of a schema that the document does not write out as one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Origin {
    /// What a value of it has to satisfy, in the order of the parts of an `allOf`.
    pub(super) parts: Vec<Part>,
    /// The one type of its values, where it is a branch of a schema with several types.
    pub(super) one: Option<Type>,
    /// The values that it is narrowed to: those of a discriminator that lead to the object. Empty where it is not narrowed.
    pub(super) tags: Vec<String>,
}

impl Origin {
    /// The origin of all values that satisfy these parts.
    pub(super) const fn of(parts: Vec<Part>) -> Self {
        Self { parts, one: None, tags: Vec::new() }
    }

    /// The parts that are meant with all that they refer to.
    pub(super) fn wholes(&self) -> Vec<SchemaId> {
        self.parts.iter().filter_map(Part::whole).collect()
    }

    /// Where one of the parts says that its values are secrets.
    pub(super) fn secret(&self, schemas: &AnalyzedSchemas<'_>) -> Option<Span> {
        self.wholes().into_iter().find_map(|id| schemas[id].secret)
    }

    /// Where one of the parts says that its values are no secrets.
    pub(super) fn stated_plain(&self, schemas: &AnalyzedSchemas<'_>) -> Option<Span> {
        self.wholes().into_iter().find_map(|id| match schemas[id].sensitivity {
            Sensitivity::Plain(span) => Some(span),
            Sensitivity::Secret(_) | Sensitivity::Unstated => None,
        })
    }
}

/// A schema that the document does not write out as one.
#[derive(Clone, Debug)]
pub(super) struct DerivedSchema {
    pub(super) origin: Origin,
    pub(super) key: Key,
    /// The place in the document that diagnostics of it point to.
    pub(super) span: Span,
}

/// The schema of a value that has to satisfy several.
pub(super) enum SchemaOfSeveral {
    /// One of them, which includes the others.
    Stated(SchemaId),
    /// All of them together.
    Derived(DerivedSchema),
}
