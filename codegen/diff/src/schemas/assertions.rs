//! Keywords such as `not`, `if` and `contains`.

mod containment;
mod normal;

use specie_codegen::api::{Asserted, Assertion, Constraints, Shape, ValueType};

use super::{Local, View};
use crate::{Answer, Edit, Relation, Rule};

/// Compares what further keywords assert: one that is in both documents says nothing, one that is in one restricts there.
pub(super) fn compare(old: &View<'_>, new: &View<'_>, local: &mut Local) {
    let (one, other) = (of(old, &old.constraints), of(new, &new.constraints));
    let mut gone = missing(&one, &other);
    for added in missing(&other, &one) {
        let is_other = |before: &&Asserted| {
            before.keyword == added.keyword || is_union(&before.assertion) && is_union(&added.assertion)
        };
        let changed = gone.iter().position(is_other).map(|at| gone.remove(at));
        let edit = match changed {
            Some(before) => {
                let (one, other) = (&before.assertion, &added.assertion);
                let relation = Relation::new(containment::implies(one, other), containment::implies(other, one));
                if relation == Relation::SAME {
                    continue;
                }
                Edit::new(Rule::AssertionChanged, relation, Some(before.span), Some(added.span))
            }
            None if is_implied(&added.assertion, &one) => continue,
            None => Edit::new(Rule::AssertionAdded, Relation::NARROWS, Some(old.span), Some(added.span)),
        };
        local.push(edit.about(added.keyword));
    }
    for before in gone {
        if is_implied(&before.assertion, &other) {
            continue;
        }
        let edit = Edit::new(Rule::AssertionRemoved, Relation::WIDENS, Some(before.span), Some(new.span));
        local.push(edit.about(before.keyword));
    }
}

/// Whether some other keyword says what an assertion says.
fn is_implied(assertion: &Assertion, all: &[Asserted]) -> bool {
    all.iter().any(|one| containment::implies(&one.assertion, assertion) == Answer::Yes)
}

const fn is_union(assertion: &Assertion) -> bool {
    matches!(assertion, Assertion::AnyOf(_) | Assertion::OneOf(_))
}

/// What is asserted of the values of a schema and not compared as a constraint or a property as well.
pub(super) fn of(view: &View<'_>, demanded: &Constraints) -> Vec<Asserted> {
    let is_further = |asserted: &&Asserted| match &asserted.assertion {
        Assertion::Pattern(pattern) => demanded.pattern.as_ref() != Some(pattern),
        Assertion::UniqueItems => !demanded.unique_items,
        Assertion::MinLength(size) => demanded.min_length != Some(*size),
        Assertion::MaxLength(size) => demanded.max_length != Some(*size),
        Assertion::MinItems(size) => demanded.min_items != Some(*size),
        Assertion::MaxItems(size) => demanded.max_items != Some(*size),
        Assertion::MinProperties(size) => demanded.min_properties != Some(*size),
        Assertion::MaxProperties(size) => demanded.max_properties != Some(*size),
        _ if asserted.keyword == "patternProperties" => {
            !matches!(view.shape, Shape::Object(object) if !object.patterns.is_empty())
        }
        _ => true,
    };
    normal_of(demanded.asserted.iter().filter(is_further), &normal::types(view))
}

/// What some assertions say of values of some types, in one form.
fn normal_of<'a>(all: impl Iterator<Item = &'a Asserted>, types: &[ValueType]) -> Vec<Asserted> {
    let normal = all.flat_map(|asserted| {
        let Asserted { keyword, span, ref assertion } = *asserted;
        normal::of(assertion, types).into_iter().map(move |assertion| Asserted { keyword, span, assertion })
    });
    normal.collect()
}

/// What is asserted of the values of one type, whether or not it is compared as a constraint as well.
pub(super) fn of_type(demanded: &Constraints, kind: ValueType) -> Vec<Assertion> {
    normal_of(demanded.asserted.iter(), &[kind]).into_iter().map(|one| one.assertion).collect()
}

/// Whether each value that fulfils all of some assertions fulfils all of others.
pub(super) fn within(inner: &[Assertion], outer: &[Assertion]) -> Answer {
    containment::within(inner, outer)
}

/// What one list asserts and the other one does not.
fn missing<'a>(one: &'a [Asserted], other: &[Asserted]) -> Vec<&'a Asserted> {
    one.iter().filter(|asserted| other.iter().all(|known| known.assertion != asserted.assertion)).collect()
}
