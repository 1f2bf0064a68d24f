//! `oneOf` and `anyOf`: one of several shapes.

use std::collections::HashMap;

use super::same_id;
use crate::api::{self, Branch, Combination, Discriminator, Shape};
use crate::document::schema::{self, Home, Keyword, Keywords, SchemaId, Schemas};

/// The branches that count: those of `oneOf`, or else of `anyOf`.
fn stated(keywords: &Keywords) -> Option<(&Keyword<Vec<SchemaId>>, Combination)> {
    let composition = &keywords.composition;
    let one = composition.one_of.as_ref().map(|list| (list, Combination::One));
    one.or_else(|| composition.any_of.as_ref().map(|list| (list, Combination::Any)))
}

/// The branches that are not null.
fn present<'a>(schemas: &'a Schemas, keywords: &'a Keywords) -> impl Iterator<Item = SchemaId> + 'a {
    let branches = stated(keywords).into_iter().flat_map(|(list, _)| &list.value);
    branches.copied().filter(|branch| !is_null(schemas, *branch))
}

fn is_null(schemas: &Schemas, branch: SchemaId) -> bool {
    let keywords = schemas[branch].keywords();
    keywords.reference.is_none() && keywords.is_only_null()
}

/// Whether there are branches at all, null among them.
pub fn has_branches(keywords: &Keywords) -> bool {
    stated(keywords).is_some()
}

/// Whether null is one of the branches.
pub fn has_null_branch(schemas: &Schemas, keywords: &Keywords) -> bool {
    stated(keywords).is_some_and(|(list, _)| list.value.iter().any(|branch| is_null(schemas, *branch)))
}

/// The one branch beside null, where there is just one and nothing beside it.
pub fn only_branch(schemas: &Schemas, keywords: &Keywords) -> Option<SchemaId> {
    let mut branches = present(schemas, keywords);
    let only = branches.next()?;
    (branches.next().is_none() && !super::shapes::has_properties(keywords)).then_some(only)
}

/// Whether a schema is one of several shapes, null aside.
pub fn is_union(schemas: &Schemas, keywords: &Keywords) -> bool {
    present(schemas, keywords).count() > 1 && !only_require(schemas, keywords)
}

/// Branches that only say which properties must be there describe one object, not several.
fn only_require(schemas: &Schemas, keywords: &Keywords) -> bool {
    super::shapes::has_properties(keywords)
        && present(schemas, keywords).all(|branch| schemas[branch].keywords().only_requires())
}

/// The branches in the document's order, with what tells them apart.
pub fn union(schemas: &Schemas, keywords: &Keywords) -> Shape {
    let Some((list, combination)) = stated(keywords) else { return Shape::Any(api::Untyped::NoType) };
    let discriminator = keywords.discriminator.as_deref();
    let mut tags = discriminator.map(|stated| Tags::of(&stated.value));
    let branch = |id: SchemaId| Branch {
        schema: same_id(id),
        tags: tags.as_mut().map(|tags| tags.take(schemas, id)).unwrap_or_default(),
    };
    Shape::Union(api::Union {
        combination,
        branches: present(schemas, keywords).map(branch).collect(),
        discriminator: discriminator.map(|stated| Discriminator {
            property: stated.value.property_name.text.to_string(),
            default: stated.value.default_mapping.as_ref().and_then(|entry| entry.target).map(same_id),
            span: stated.key,
        }),
        span: list.key,
    })
}

/// The values of a discriminator by the schemas that they lead to.
struct Tags(HashMap<SchemaId, Vec<String>>);

impl Tags {
    fn of(stated: &schema::Discriminator) -> Self {
        let mut tags: HashMap<SchemaId, Vec<String>> = HashMap::new();
        for (tag, entry) in &stated.mapping {
            if let Some(target) = entry.target {
                tags.entry(target).or_default().push(tag.to_string());
            }
        }
        Self(tags)
    }

    /// The values that lead to a branch, or else its component's name. Where a component is a branch twice, the values
    /// lead to the first one.
    fn take(&mut self, schemas: &Schemas, branch: SchemaId) -> Vec<String> {
        let reference = schemas[branch].keywords().reference.as_ref();
        let Some(target) = reference.and_then(|reference| reference.value.target) else { return Vec::new() };
        let name = || match &schemas[target].home {
            Home::Component(name) => vec![name.to_string()],
            Home::Object(..) | Home::Schema(..) => Vec::new(),
        };
        self.0.get_mut(&target).map_or_else(name, std::mem::take)
    }
}
