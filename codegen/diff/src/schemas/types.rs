//! Which type the values of a schema have.

use specie_codegen::api::{Combination, Shape, Union};

use super::{Local, View};
use crate::{Answer, Edit, Relation, Rule};

/// Reports a change of the type.
pub(super) fn report(old: &View<'_>, new: &View<'_>, relation: Relation, local: &mut Local) {
    let rule = match (relation.old_in_new, relation.new_in_old) {
        (Answer::Yes, Answer::Yes) => return,
        (Answer::Yes, _) => Rule::TypeWidened,
        (_, Answer::Yes) => Rule::TypeNarrowed,
        _ => Rule::TypeChanged,
    };
    let edit = Edit::new(rule, relation, Some(old.at(&["type"])), Some(new.at(&["type"])));
    local.push(edit.values(Some(old.type_name().to_owned()), Some(new.type_name().to_owned())));
}

/// Whether a shape is a text, a number or a flag.
pub(crate) const fn is_scalar(shape: &Shape) -> bool {
    matches!(shape, Shape::String { .. } | Shape::Integer { .. } | Shape::Number { .. } | Shape::Boolean)
}

/// Whether two shapes are numbers, of which whole ones are some.
pub(super) const fn are_numbers(one: &Shape, other: &Shape) -> bool {
    matches!(one, Shape::Integer { .. } | Shape::Number { .. })
        && matches!(other, Shape::Integer { .. } | Shape::Number { .. })
}

/// Whether a value has to fit exactly one branch, and no property says which.
pub(crate) fn is_exclusive(view: &View<'_>) -> bool {
    matches!(view.shape, Shape::Union(union) if is_exclusive_union(union))
}

/// Whether a value has to fit exactly one branch of a union, and no property says which.
pub(super) fn is_exclusive_union(union: &Union) -> bool {
    union.combination == Combination::One && union.discriminator.is_none()
}

/// Whether an object has just one value for a property.
pub(super) fn has_constant(view: &View<'_>, property: &str) -> bool {
    match view.shape {
        Shape::Object(object) => object.constants.iter().any(|constant| constant.name == property),
        _ => false,
    }
}
