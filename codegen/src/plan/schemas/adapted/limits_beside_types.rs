//! Limits of unions and of lists of values, such as `maxLength` beside `oneOf`: their Rust types carry none, so that they are asserted.

use std::collections::HashSet;

use crate::api::{
    Asserted, Assertion, Bound, Constraints, EntrySpan, Enumeration, Schema, SchemaId, Schemas, Shape, Value, order,
};

/// The limits that each schema states that is a union or a list of values, or refers to one, where its values may go beyond them.
pub(super) fn limits(schemas: &Schemas) -> Vec<(SchemaId, Vec<Asserted>)> {
    schemas.iter().filter_map(|(id, schema)| of(schemas, id, schema)).collect()
}

fn of(schemas: &Schemas, id: SchemaId, schema: &Schema) -> Option<(SchemaId, Vec<Asserted>)> {
    let end = schemas.get(schemas.resolve(id)).filter(|end| has_no_limits(&end.shape))?;
    let is_new = |limit: &Asserted| !schema.constraints.asserted.iter().any(|one| one.assertion == limit.assertion);
    let may_be_beyond = |limit: &Asserted| !is_kept(schemas, end, &limit.assertion, &mut HashSet::new());
    let limits: Vec<Asserted> =
        stated(schema).into_iter().filter(|limit| is_new(limit) && may_be_beyond(limit)).collect();
    (!limits.is_empty()).then_some((id, limits))
}

/// Whether the type of a shape has no place for limits.
fn has_no_limits(shape: &Shape) -> bool {
    match shape {
        Shape::Union(_) => true,
        Shape::Enumeration(listed) => matches!(*listed.base, Shape::String { .. } | Shape::Integer { .. }),
        _ => false,
    }
}

/// The limits that a schema states.
fn stated(schema: &Schema) -> Vec<Asserted> {
    let Constraints { minimum, maximum, multiple_of, min_length, max_length, .. } = &schema.constraints;
    let Constraints { min_items, max_items, unique_items, min_properties, max_properties, .. } = &schema.constraints;
    let bound = |stated: &Option<Bound>, plain: fn(String) -> Assertion, exclusive: fn(String) -> Assertion| {
        let make = |stated: &Bound| if stated.exclusive { exclusive } else { plain }(stated.value.clone());
        stated.as_ref().map(make)
    };
    let found = [
        ("minimum", bound(minimum, Assertion::Minimum, Assertion::ExclusiveMinimum)),
        ("maximum", bound(maximum, Assertion::Maximum, Assertion::ExclusiveMaximum)),
        ("multipleOf", multiple_of.clone().map(Assertion::MultipleOf)),
        ("minLength", min_length.map(Assertion::MinLength)),
        ("maxLength", max_length.map(Assertion::MaxLength)),
        ("minItems", min_items.map(Assertion::MinItems)),
        ("maxItems", max_items.map(Assertion::MaxItems)),
        ("uniqueItems", unique_items.then_some(Assertion::UniqueItems)),
        ("minProperties", min_properties.map(Assertion::MinProperties)),
        ("maxProperties", max_properties.map(Assertion::MaxProperties)),
    ];
    let asserted = found.into_iter().filter_map(|(keyword, assertion)| {
        let (keyword, span) = place(schema, keyword)?;
        Some(Asserted { keyword, span: span.key, assertion: assertion? })
    });
    asserted.collect()
}

/// The keyword as it is stated, and where: a bound may be stated as an exclusive one.
fn place(schema: &Schema, keyword: &str) -> Option<(&'static str, EntrySpan)> {
    let exclusive = match keyword {
        "minimum" => "exclusiveMinimum",
        "maximum" => "exclusiveMaximum",
        other => other,
    };
    schema.keyword_spans.iter().rev().find(|(stated, _)| *stated == keyword || *stated == exclusive).copied()
}

/// Whether no value of a schema is beyond a limit, or the schema is held to it elsewhere.
fn is_kept(schemas: &Schemas, schema: &Schema, limit: &Assertion, seen: &mut HashSet<SchemaId>) -> bool {
    match &schema.shape {
        Shape::Reference(target) => {
            let is_stated = stated(schema).iter().any(|own| own.assertion == *limit);
            is_stated || schemas.get(*target).is_some_and(|target| is_kept(schemas, target, limit, seen))
        }
        Shape::Union(union) => union.branches.iter().all(|branch| {
            !seen.insert(branch.schema)
                || schemas.get(branch.schema).is_some_and(|branch| is_kept(schemas, branch, limit, seen))
        }),
        Shape::Enumeration(listed) => !speaks_of(limit, &listed.base) || !listed.open && are_within(listed, limit),
        Shape::Any(_) => false,
        shape => !speaks_of(limit, shape) || stated(schema).iter().any(|own| own.assertion == *limit),
    }
}

/// Whether a limit says something of values of a shape.
fn speaks_of(limit: &Assertion, shape: &Shape) -> bool {
    match limit {
        Assertion::MinLength(_) | Assertion::MaxLength(_) => matches!(shape, Shape::String { .. }),
        Assertion::MinItems(_) | Assertion::MaxItems(_) | Assertion::UniqueItems => matches!(shape, Shape::List(_)),
        Assertion::MinProperties(_) | Assertion::MaxProperties(_) => matches!(shape, Shape::Object(_)),
        _ => matches!(shape, Shape::Integer { .. } | Shape::Number { .. }),
    }
}

/// Whether all listed values are within a limit.
fn are_within(listed: &Enumeration, limit: &Assertion) -> bool {
    listed.values.iter().all(|one| match (&one.value, limit) {
        (Value::String(text), Assertion::MinLength(least)) => length(text) >= *least,
        (Value::String(text), Assertion::MaxLength(most)) => length(text) <= *most,
        (Value::Number(number), Assertion::Minimum(least)) => order(number, least).is_ge(),
        (Value::Number(number), Assertion::ExclusiveMinimum(least)) => order(number, least).is_gt(),
        (Value::Number(number), Assertion::Maximum(most)) => order(number, most).is_le(),
        (Value::Number(number), Assertion::ExclusiveMaximum(most)) => order(number, most).is_lt(),
        _ => false,
    })
}

fn length(text: &str) -> u64 {
    u64::try_from(text.chars().count()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::limits;
    use crate::api::{Assertion, Key, SchemaId, Schemas, Shape};
    use crate::instance::tests::api;

    fn asserted(schemas: &Schemas, id: SchemaId) -> Vec<Assertion> {
        let of_schema = limits(schemas).into_iter().filter(|(of, _)| *of == id);
        of_schema.flat_map(|(_, limits)| limits.into_iter().map(|one| one.assertion)).collect()
    }

    #[test]
    fn limits_that_a_type_has_no_place_for_are_asserted() {
        let api = api("    Open: {type: string, x-extensible-enum: [a, bb], minLength: 1, maxLength: 5}\n\
             \x20   Listed: {type: string, enum: [a, bb], maxLength: 5}\n\
             \x20   Beyond: {type: integer, enum: [1, 9], maximum: 5}\n\
             \x20   Either: {oneOf: [{type: string}, {type: number}], maxLength: 5, exclusiveMinimum: 2, minItems: 1}\n\
             \x20   Kept: {type: [string, integer], maxLength: 5}\n\
             \x20   Holder: {type: object, properties: {beside: {allOf: [{$ref: '#/components/schemas/Either'}], maxLength: 3}}}\n");
        let id = |name: &str| api.schemas.find(&Key::Component(name.into())).expect("the component");
        let of = |name: &str| asserted(&api.schemas, id(name));
        assert_eq!(of("Open"), [Assertion::MinLength(1), Assertion::MaxLength(5)]);
        assert_eq!((of("Listed"), of("Kept")), (vec![], vec![]));
        assert_eq!(of("Beyond"), [Assertion::Maximum("5".into())]);
        assert_eq!(of("Either"), [Assertion::ExclusiveMinimum("2".into()), Assertion::MaxLength(5)]);
        let Shape::Object(holder) = &api.schemas[id("Holder")].shape else { panic!("an object") };
        assert_eq!(asserted(&api.schemas, holder.properties[0].schema), [Assertion::MaxLength(3)]);
    }
}
