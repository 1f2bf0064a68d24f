//! What a schema looks like in short, to find the branch of another document that is most like it without a full comparison.

use std::fmt::Write as _;

use specie_codegen::api::{Additional, Key, SchemaId, Schemas, Shape};

use super::super::view::type_name;

/// How deep a schema is looked into.
const DEPTH: usize = 4;

/// The types, names and listed values of a schema; components by their names.
pub(super) fn likeness(schemas: &Schemas, id: SchemaId) -> String {
    let mut out = String::new();
    describe(schemas, id, DEPTH, &mut out);
    out
}

// Writing to a `String` cannot fail, so what `write!` says is dropped below.
fn describe(schemas: &Schemas, id: SchemaId, depth: usize, out: &mut String) {
    let component = schemas.chain(id).find_map(|schema| match &schema.key {
        Key::Component(name) => Some(name),
        Key::Pointer(_) => None,
    });
    let shape = schemas.chain(id).last().map(|schema| &schema.shape);
    match (component, shape) {
        (Some(name), _) => {
            let _ = write!(out, "#{name};");
        }
        (None, Some(shape)) => of_shape(schemas, shape, depth, out),
        (None, None) => {}
    }
}

fn of_shape(schemas: &Schemas, shape: &Shape, depth: usize, out: &mut String) {
    let _ = write!(out, "{}(", type_name(shape));
    let part = |id: SchemaId, out: &mut String| {
        if depth > 0 {
            describe(schemas, id, depth - 1, out);
        }
    };
    match shape {
        Shape::Enumeration(listed) => {
            listed.values.iter().for_each(|one| out.push_str(&one.value.to_string()));
        }
        Shape::List(list) => list.prefix.iter().chain(&list.items).for_each(|id| part(*id, out)),
        Shape::Union(union) => union.branches.iter().for_each(|branch| part(branch.schema, out)),
        Shape::Object(object) => {
            for property in &object.properties {
                let _ = write!(out, "{}:", property.name);
                part(property.schema, out);
            }
            for constant in &object.constants {
                let _ = write!(out, "{}={};", constant.name, constant.value);
            }
            if let Additional::Schema(id) = object.additional {
                part(id, out);
            }
        }
        Shape::String { format, .. } | Shape::Integer { format } | Shape::Number { format } => {
            out.push_str(format.as_deref().unwrap_or_default());
        }
        _ => {}
    }
    out.push_str(");");
}
