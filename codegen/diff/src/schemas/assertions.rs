//! Keywords such as `not`, `if` and `contains`.

mod containment;
mod normal;

use specie_codegen::api::{Asserted, Assertion, Constraints, Shape};

use super::{Local, View};
use crate::{Edit, Relation, Rule};

/// Compares what further keywords assert: one that is in both documents says nothing, one that is in one restricts there.
pub(super) fn compare(old: &View<'_>, new: &View<'_>, local: &mut Local) {
    let (one, other) = (of(old, &old.constraints), of(new, &new.constraints));
    let mut gone = missing(&one, &other);
    for added in missing(&other, &one) {
        let changed = gone.iter().position(|before| before.keyword == added.keyword).map(|at| gone.remove(at));
        let edit = match changed {
            Some(before) => {
                let (one, other) = (&before.assertion, &added.assertion);
                let relation = Relation::new(containment::implies(one, other), containment::implies(other, one));
                Edit::new(Rule::AssertionChanged, relation, Some(before.span), Some(added.span))
            }
            None => Edit::new(Rule::AssertionAdded, Relation::NARROWS, Some(old.span), Some(added.span)),
        };
        local.push(edit.about(added.keyword));
    }
    for before in gone {
        let edit = Edit::new(Rule::AssertionRemoved, Relation::WIDENS, Some(before.span), Some(new.span));
        local.push(edit.about(before.keyword));
    }
}

/// What is asserted of the values of a schema and not compared as a constraint or a property as well.
pub(super) fn of(view: &View<'_>, demanded: &Constraints) -> Vec<Asserted> {
    let is_further = |asserted: &&Asserted| match &asserted.assertion {
        Assertion::Pattern(pattern) => demanded.pattern.as_ref() != Some(pattern),
        Assertion::UniqueItems => demanded.unique_items.is_none(),
        _ if asserted.keyword == "patternProperties" => {
            !matches!(view.shape, Shape::Object(object) if !object.patterns.is_empty())
        }
        _ => true,
    };
    let further = demanded.asserted.iter().filter(is_further);
    let normal = further.flat_map(|asserted| {
        let Asserted { keyword, span, ref assertion } = *asserted;
        normal::of(assertion, &normal::types(view)).into_iter().map(move |assertion| Asserted {
            keyword,
            span,
            assertion,
        })
    });
    normal.collect()
}

/// What one list asserts and the other one does not.
fn missing<'a>(one: &'a [Asserted], other: &[Asserted]) -> Vec<&'a Asserted> {
    one.iter().filter(|asserted| other.iter().all(|known| known.assertion != asserted.assertion)).collect()
}
