//! Unions: one of several schemas, and what tells their branches apart.

use std::collections::HashSet;

use super::{SchemaId, Schemas, Shape, Span};

/// One of several shapes.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// Which of the branches may fit.
    pub combination: Combination,
    /// The branches in the document's order, null aside.
    pub branches: Vec<Branch>,
    /// Whether the first branch is all of the others at once: objects that a value may well satisfy together.
    pub together: bool,
    /// What says which branch a value is.
    pub discriminator: Option<Discriminator>,
    /// Where the list of branches stands.
    pub span: Span,
}

/// How many branches of a union may fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Combination {
    /// `oneOf`: exactly one.
    One,
    /// `anyOf`: at least one.
    Any,
}

/// One branch of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Its schema.
    pub schema: SchemaId,
    /// The values that name it: those of the discriminator's `mapping`, or else the component's name; without a discriminator the value
    /// of the property that tells the branches apart.
    pub tags: Vec<String>,
    /// The component that the document names as the branch, where the schema is that component with what stands beside the union.
    pub component: Option<SchemaId>,
}

/// What says which branch a value is (OpenAPI 3.2.0, Discriminator Object), or a property that every branch requires with a value of its
/// own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discriminator {
    /// The property whose value names the branch.
    pub property: String,
    /// The schema of a value that no branch is named by (`defaultMapping`).
    pub default: Option<SchemaId>,
    /// The values under `mapping`, each with where it stands.
    pub mapping: Vec<(String, Span)>,
    /// Where it stands.
    pub span: Span,
}

impl Schemas {
    /// Each schema that a discriminator chooses, with the name of the property that it reads there. References are followed, and so
    /// are unions that are branches themselves (OpenAPI 3.2.0, Discriminator Object).
    #[must_use]
    pub fn discriminated(&self) -> HashSet<(SchemaId, &str)> {
        let mut found = HashSet::new();
        let mut waiting: Vec<(SchemaId, &str)> = Vec::new();
        for (_, schema) in self.iter() {
            if let Shape::Union(union) = &schema.shape
                && let Some(stated) = &union.discriminator
            {
                waiting.extend(chosen(union).map(|branch| (branch, stated.property.as_str())));
            }
        }
        while let Some((branch, property)) = waiting.pop() {
            let branch = self.resolve(branch);
            if found.insert((branch, property))
                && let Some(Shape::Union(union)) = self.get(branch).map(|schema| &schema.shape)
            {
                waiting.extend(chosen(union).map(|inner| (inner, property)));
            }
        }
        found
    }
}

/// The branches of a union, and the schema of values that name none of them.
fn chosen(union: &Union) -> impl Iterator<Item = SchemaId> {
    let default = union.discriminator.iter().filter_map(|stated| stated.default);
    union.branches.iter().map(|branch| branch.schema).chain(default)
}
