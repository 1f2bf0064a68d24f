//! Objects and lists of which keywords say more and no property or item is described, and schemas that state no type.

use specie_codegen::api::{Additional, Assertion, Constraints, SchemaId, Shape, Value, ValueType};

use super::super::super::{View, assertions, constraints};
use super::{Mark, Part, PartKind, numbers, texts};

/// What is asserted of objects or lists; `None` where properties or items are described as well.
pub(super) fn assertions(view: &View<'_>, shape: &Shape, demanded: &Constraints) -> Option<Vec<Assertion>> {
    let is_free = |id: &SchemaId| View::of(view.schemas, *id).is_free();
    match shape {
        Shape::Object(object) => {
            let is_open = match &object.additional {
                Additional::Unstated | Additional::Any => true,
                Additional::Schema(id) => is_free(id),
                Additional::None => false,
            };
            let is_silent = object.properties.is_empty() && object.constants.is_empty() && object.patterns.is_empty();
            let required = object.required_beside.iter().map(|(name, _)| name.clone());
            (is_open && is_silent && view.unchecked.is_empty()).then(|| {
                let mut found = of_type(demanded, ValueType::Object);
                found.extend((!object.required_beside.is_empty()).then(|| sorted(required.collect())));
                found
            })
        }
        Shape::List(list) => {
            let is_silent = list.prefix.is_empty() && list.items.as_ref().is_none_or(is_free);
            (is_silent && view.unchecked.is_empty()).then(|| of_type(demanded, ValueType::Array))
        }
        _ => None,
    }
}

fn sorted(mut names: Vec<String>) -> Assertion {
    names.sort();
    names.dedup();
    Assertion::Required(names)
}

/// What is asserted of the values of one type, sizes among it.
fn of_type(demanded: &Constraints, kind: ValueType) -> Vec<Assertion> {
    let mut found = assertions::of_type(demanded, kind);
    let stated = match kind {
        ValueType::Object => vec![
            demanded.min_properties.filter(|size| *size > 0).map(Assertion::MinProperties),
            demanded.max_properties.map(Assertion::MaxProperties),
        ],
        ValueType::Array => vec![
            demanded.min_items.filter(|size| *size > 0).map(Assertion::MinItems),
            demanded.max_items.map(Assertion::MaxItems),
            demanded.unique_items.then_some(Assertion::UniqueItems),
        ],
        ValueType::String => vec![demanded.pattern.clone().map(Assertion::Pattern)],
        _ => Vec::new(),
    };
    for one in stated.into_iter().flatten() {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

/// The parts of a schema that states no type, null aside; `None` where its numbers have more digits than are computed with.
pub(super) fn of_any(id: SchemaId, demanded: &Constraints, takes: impl Fn(&Value) -> bool) -> Option<Vec<Part>> {
    let flags = [true, false].map(Value::Bool).into_iter().filter(takes);
    let mut found = vec![Part::new(id, PartKind::Listed(flags.collect()), Vec::new())];
    let number = Shape::Number { format: None };
    for (kind, of_kind) in [(ValueType::String, texts(demanded)), (ValueType::Number, numbers(&number, demanded)?)] {
        let asserted = of_type(demanded, kind);
        if !asserted.contains(&Assertion::Never) {
            let marks = asserted.into_iter().filter(|one| !is_of_range(one)).filter_map(mark);
            found.push(Part::new(id, of_kind, marks.collect()));
        }
    }
    for (kind, name) in [(ValueType::Object, "object"), (ValueType::Array, "array")] {
        let asserted = of_type(demanded, kind);
        if !asserted.contains(&Assertion::Never) {
            found.push(Part::new(id, PartKind::Loose(name, asserted), Vec::new()));
        }
    }
    Some(found)
}

fn mark(asserted: Assertion) -> Option<Mark> {
    match asserted {
        Assertion::Pattern(text) => constraints::restricting(Some(&text)).map(|text| Mark::Pattern(text.to_owned())),
        other => Some(Mark::Asserted(other)),
    }
}

/// What is known to hold of all objects or lists of a schema.
pub(in super::super) fn known(view: &View<'_>) -> Vec<Assertion> {
    let Shape::Object(object) = view.shape else { return of_type(&view.constraints, ValueType::Array) };
    let mut found = of_type(&view.constraints, ValueType::Object);
    let is_there = |id| view.schemas.chain(id).all(|one| !one.read_only && !one.write_only);
    let required = object.properties.iter().filter(|property| property.required && is_there(property.schema));
    let names = required.map(|property| property.name.clone());
    let names = names.chain(object.constants.iter().map(|constant| constant.name.clone()));
    found.push(sorted(names.chain(object.required_beside.iter().map(|(name, _)| name.clone())).collect()));
    found
}

/// Whether the range of texts or numbers says it.
const fn is_of_range(assertion: &Assertion) -> bool {
    use Assertion as A;
    matches!(
        assertion,
        A::MinLength(_)
            | A::MaxLength(_)
            | A::Minimum(_)
            | A::Maximum(_)
            | A::ExclusiveMinimum(_)
            | A::ExclusiveMaximum(_)
            | A::MultipleOf(_)
    )
}
