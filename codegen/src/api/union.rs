//! Properties that tell the branches of a union apart.

use std::collections::HashSet;

use super::{SchemaId, Schemas, Shape, Union};

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
