//! Which assertions the values of types are not held to: those whose type does not keep what they speak of, such as properties that are
//! not declared, and those that the runtime cannot check.

mod lossless_types;
mod portable_patterns;

use std::collections::HashSet;

use crate::api::{Additional, Asserted, Assertion, Object, Schema, SchemaId, SchemaRole, Schemas, Shape};
use crate::plan::schemas::elements::sees_all_properties;
use crate::source::Span;

use lossless_types::keeps_text;

/// What nothing enforces of what schemas state.
pub(super) struct Unenforced {
    /// What is asserted of the values of schemas and cannot be checked, or is not shown by their types.
    pub(super) assertions: Vec<(SchemaId, Vec<Asserted>)>,
    /// The lists whose items are to differ, and may differ in what no type keeps.
    pub(super) incomparable: HashSet<SchemaId>,
    /// The keywords, each with where it stands, once.
    pub(super) keywords: Vec<(&'static str, Span)>,
}

/// What nothing enforces.
pub(super) fn unenforced(schemas: &Schemas) -> Unenforced {
    let omitted = schemas.iter().flat_map(|(_, schema)| schema.omitted.iter().copied());
    let mut keywords: Vec<(&'static str, Span)> = omitted.collect();
    let (hidden, incomparable) = (hidden(schemas), incomparable(schemas));
    let mut found: Vec<(SchemaId, &'static str, Span)> = Vec::new();
    for (id, unseen) in &hidden {
        // Listed structures are reported by their types.
        let reported = unseen.iter().filter(|one| !matches!(one.keyword, "enum" | "const"));
        found.extend(reported.map(|one| (*id, one.keyword, one.span)));
    }
    found.extend(incomparable.iter().flat_map(|id| places(schemas, *id, &["uniqueItems"])));
    let uncounted = schemas.iter().filter(|(_, schema)| is_uncounted(schema));
    found.extend(uncounted.flat_map(|(id, _)| places(schemas, id, &["minProperties", "maxProperties"])));
    let mut told: HashSet<Span> = HashSet::new();
    // Of a part the schema that it belongs to reports.
    let of_wholes = found.into_iter().filter(|(id, ..)| schemas[*id].role == SchemaRole::Whole);
    keywords.extend(of_wholes.filter(|(.., span)| told.insert(*span)).map(|(_, keyword, span)| (keyword, span)));
    Unenforced { assertions: hidden, incomparable: incomparable.into_iter().collect(), keywords }
}

/// Where some keywords stand that limit the values of a schema.
fn places<'s>(
    schemas: &'s Schemas,
    id: SchemaId,
    keywords: &'s [&'static str],
) -> impl Iterator<Item = (SchemaId, &'static str, Span)> {
    let stated = schemas[id].keyword_spans.iter().filter(|(name, _)| keywords.contains(name));
    stated.map(move |(name, span)| (id, *name, span.key))
}

/// The schemas of which something is asserted that cannot be checked, or that their types do not show, with that.
fn hidden(schemas: &Schemas) -> Vec<(SchemaId, Vec<Asserted>)> {
    let unseen = |(id, schema): (SchemaId, &Schema)| {
        if schema.constraints.asserted.is_empty() {
            return None;
        }
        // The check of an enum is its list, where that has all values.
        let is_listed = schemas.get(schemas.resolve(id)).is_none_or(|end| is_closed_enum(&end.shape));
        let is_unseen = |one: &&Asserted| {
            is_listed || !has_portable_patterns(&one.assertion) || !is_visible(schemas, schema, &one.assertion)
        };
        let unseen: Vec<Asserted> = schema.constraints.asserted.iter().filter(is_unseen).cloned().collect();
        (!unseen.is_empty()).then_some((id, unseen))
    };
    schemas.iter().filter_map(unseen).collect()
}

/// Whether the runtime has all regular expressions in an assertion.
fn has_portable_patterns(assertion: &Assertion) -> bool {
    let are_portable = match assertion {
        Assertion::Pattern(pattern) => portable_patterns::is_portable(pattern),
        Assertion::Properties { patterns, .. } => {
            patterns.iter().all(|(pattern, _)| portable_patterns::is_portable(pattern))
        }
        _ => true,
    };
    are_portable && assertion.schemas().into_iter().flatten().all(has_portable_patterns)
}

/// Whether a schema limits how many properties an object has, and its type passes over some of them, so that nothing is counted.
fn is_uncounted(schema: &Schema) -> bool {
    let is_counted = schema.constraints.min_properties.is_some() || schema.constraints.max_properties.is_some();
    is_counted && matches!(&schema.shape, Shape::Object(object) if !sees_all_properties(object))
}

/// Whether all values of a shape are those of a list, and no structures.
fn is_closed_enum(shape: &Shape) -> bool {
    matches!(shape, Shape::Enumeration(listed) if !listed.open && !listed.has_structures())
}

/// The lists of items that are to differ, and may differ in what no type keeps.
fn incomparable(schemas: &Schemas) -> Vec<SchemaId> {
    let is_hidden = |id: SchemaId| match schemas.get(schemas.resolve(id)).map(|end| &end.shape) {
        Some(Shape::List(list)) => list.items.is_some_and(|items| !lossless_types::shows_all(schemas, items)),
        _ => false,
    };
    let stating = schemas.iter().filter(|(_, schema)| schema.constraints.unique_items);
    stating.map(|(id, _)| id).filter(|id| is_hidden(*id)).collect()
}

/// Whether a value of a schema has all that an assertion speaks of.
fn is_visible(schemas: &Schemas, schema: &Schema, assertion: &Assertion) -> bool {
    let each = |schema: &Schema, of: &[&[Assertion]]| {
        of.iter().flat_map(|one| one.iter()).all(|one| is_visible(schemas, schema, one))
    };
    match schema.shape.base() {
        Shape::Reference(target) => {
            let target = schemas.get(schemas.resolve(*target));
            target.is_some_and(|target| !target.is_reference() && is_visible(schemas, target, assertion))
        }
        Shape::Object(_) | Shape::List(_) if matches!(assertion, Assertion::Enum(_)) => {
            lossless_types::shows_all_of(schemas, schema)
        }
        Shape::Any(_) => true,
        Shape::Object(object) => {
            of_object(schemas, object, assertion)
                && match assertion {
                    Assertion::Properties { named, patterns, others } => {
                        named.iter().all(|(name, of)| {
                            property(schemas, object, name).is_none_or(|schema| each(schema, &[of.as_slice()]))
                        }) && additional(schemas, object).is_none_or(|schema| {
                            patterns.iter().all(|(_, of)| each(schema, &[of.as_slice()]))
                                && each(schema, &[others.as_slice()])
                        })
                    }
                    Assertion::PropertyNames(_) => true,
                    other => each(schema, &other.schemas()),
                }
        }
        Shape::List(list) => match assertion {
            Assertion::Items(..) | Assertion::Contains(..) => {
                let mut held = list.prefix.iter().chain(&list.items).filter_map(|id| schemas.get(*id));
                held.all(|item| each(item, &assertion.schemas()))
            }
            Assertion::UniqueItems => {
                list.prefix.iter().chain(&list.items).all(|id| lossless_types::shows_all(schemas, *id))
            }
            other => each(schema, &other.schemas()),
        },
        // Whichever branch a value is, it has to show what is spoken of.
        Shape::Union(union) => {
            let mut branches = union.branches.iter().filter_map(|branch| schemas.get(branch.schema));
            branches.all(|branch| is_visible(schemas, branch, assertion))
        }
        Shape::String { format, encoding, .. } => {
            (keeps_text(format.as_deref(), encoding.as_deref()) || !is_of_text(assertion))
                && each(schema, &assertion.schemas())
        }
        _ => each(schema, &assertion.schemas()),
    }
}

/// Whether an assertion looks at the characters of a text, which bytes and decimals do not keep.
const fn is_of_text(assertion: &Assertion) -> bool {
    matches!(assertion, Assertion::Pattern(_) | Assertion::MinLength(_) | Assertion::MaxLength(_) | Assertion::Enum(_))
}

/// Whether an object shows the properties that an assertion speaks of by itself. The request lacks those that are read only.
fn of_object(schemas: &Schemas, object: &Object, assertion: &Assertion) -> bool {
    let has = |name: &String| {
        let stated = object.properties.iter().find(|property| property.name == *name);
        let is_constant = object.constants.iter().any(|constant| constant.name == *name);
        match stated {
            Some(property) => !schemas.chain(property.schema).any(|schema| schema.read_only),
            None => is_constant || object.states_additional(),
        }
    };
    match assertion {
        Assertion::Properties { named, patterns, others } => {
            named.iter().all(|(name, schema)| schema.is_empty() || has(name))
                && (patterns.is_empty() && others.is_empty() || sees_all_properties(object))
        }
        Assertion::Required(names) => names.iter().all(has),
        Assertion::DependentRequired(entries) => entries.iter().all(|(name, names)| has(name) && names.iter().all(has)),
        Assertion::DependentSchemas(entries) => entries.iter().all(|(name, _)| has(name)),
        Assertion::PropertyNames(_) | Assertion::MinProperties(_) | Assertion::MaxProperties(_) => {
            sees_all_properties(object)
        }
        _ => true,
    }
}

fn property<'s>(schemas: &'s Schemas, object: &Object, name: &str) -> Option<&'s Schema> {
    object.properties.iter().find(|property| property.name == name).and_then(|property| schemas.get(property.schema))
}

/// The schema of properties that are not listed.
fn additional<'s>(schemas: &'s Schemas, object: &Object) -> Option<&'s Schema> {
    match object.additional {
        Additional::Schema(id) => schemas.get(id),
        _ => None,
    }
}
