//! Whether all values that some assertions allow are allowed by others, as far as one keyword says so of itself.

use specie_codegen::api::{Assertion, Value, ValueType, order};
use specie_codegen::instance;

use crate::{Answer, json_value};

/// Whether each value that fulfils all of `inner` fulfils all of `outer`.
pub(super) fn within(inner: &[Assertion], outer: &[Assertion]) -> Answer {
    if inner.contains(&Assertion::Never) {
        return Answer::Yes;
    }
    let implied = |wanted: &Assertion| inner.iter().map(|one| implies(one, wanted)).min().unwrap_or(Answer::No);
    outer.iter().map(implied).max().unwrap_or(Answer::Yes)
}

/// Whether each value that fulfils one assertion fulfils another one.
pub(super) fn implies(one: &Assertion, other: &Assertion) -> Answer {
    if one == other {
        return Answer::Yes;
    }
    let found = limits(one, other).or_else(|| names(one, other)).or_else(|| lists(one, other));
    found.or_else(|| conditions(one, other)).unwrap_or_else(|| combined(one, other))
}

/// The same of two limits of one keyword; `None` where they are none.
fn limits(one: &Assertion, other: &Assertion) -> Option<Answer> {
    use Assertion as A;
    Some(match (one, other) {
        (A::Minimum(one), A::Minimum(other)) | (A::ExclusiveMinimum(one), A::ExclusiveMinimum(other)) => {
            of(order(one, other).is_ge())
        }
        (A::Maximum(one), A::Maximum(other)) | (A::ExclusiveMaximum(one), A::ExclusiveMaximum(other)) => {
            of(order(one, other).is_le())
        }
        (A::MinLength(one), A::MinLength(other))
        | (A::MinItems(one), A::MinItems(other))
        | (A::MinProperties(one), A::MinProperties(other)) => of(one >= other),
        (A::MaxLength(one), A::MaxLength(other))
        | (A::MaxItems(one), A::MaxItems(other))
        | (A::MaxProperties(one), A::MaxProperties(other)) => of(one <= other),
        _ => return None,
    })
}

/// The same of two keywords that speak of properties; `None` where they do not.
fn names(one: &Assertion, other: &Assertion) -> Option<Answer> {
    use Assertion as A;
    Some(match (one, other) {
        (A::Required(one), A::Required(other)) => of(other.iter().all(|name| one.contains(name))),
        (A::PropertyNames(one), A::PropertyNames(other)) => within(one, other),
        (A::DependentRequired(one), A::DependentRequired(other)) => of(other.iter().all(|entry| demanded(one, entry))),
        (A::DependentSchemas(one), A::DependentSchemas(other)) => {
            let holds = |(name, schema): &(String, Vec<A>)| {
                let stated = one.iter().filter(|(trigger, _)| trigger == name);
                stated.map(|(_, stated)| within(stated, schema)).min().unwrap_or(Answer::No)
            };
            other.iter().map(holds).max().unwrap_or(Answer::Yes)
        }
        (A::Properties { .. }, A::Properties { .. }) => properties(one, other),
        _ => return None,
    })
}

/// The same of two keywords that speak of items; `None` where they do not.
fn lists(one: &Assertion, other: &Assertion) -> Option<Answer> {
    use Assertion as A;
    Some(match (one, other) {
        (A::Contains(one, least, most), A::Contains(other, other_least, other_most)) if one == other => {
            let in_most = most.unwrap_or(u64::MAX) <= other_most.unwrap_or(u64::MAX);
            of(least >= other_least && in_most)
        }
        (A::Contains(one, least, _), A::Contains(other, other_least, None)) => match within(one, other) {
            Answer::Yes => of(least >= other_least),
            found => found,
        },
        (A::Items(places, others), A::Items(other_places, other_others)) => {
            let at = |places: &'_ [Vec<A>], others: &[A], index: usize| {
                places.get(index).map_or(others.to_vec(), Vec::clone)
            };
            let first = (0..places.len().max(other_places.len()))
                .map(|index| within(&at(places, others, index), &at(other_places, other_others, index)));
            first.chain([within(others, other_others)]).max().unwrap_or(Answer::Yes)
        }
        _ => return None,
    })
}

/// The same of two conditions of which at least one is stated by `if`; `None` where they are none.
fn conditions(one: &Assertion, other: &Assertion) -> Option<Answer> {
    use Assertion as A;
    let is_if = |assertion: &Assertion| matches!(assertion, A::If(..));
    let may_be =
        |assertion: &Assertion| matches!(assertion, A::If(..) | A::DependentRequired(_) | A::DependentSchemas(_));
    if !may_be(one) || !may_be(other) || !(is_if(one) || is_if(other)) {
        return None;
    }
    Some(match (condition(one), condition(other)) {
        (Some((one, then, otherwise)), Some((other, other_then, other_otherwise))) if one == other => {
            // What fulfils `then` fulfils the condition as well.
            within(&[one, then].concat(), &other_then).max(within(&otherwise, &other_otherwise))
        }
        _ => Answer::Unknown,
    })
}

/// The same of types, listed values and combinations of schemas, and of keywords that speak of different things.
fn combined(one: &Assertion, other: &Assertion) -> Answer {
    use Assertion as A;
    match (one, other) {
        (A::Not(one), A::Not(other)) => within(other, one),
        (A::Type(one), A::Type(other)) => of(one.iter().all(|kind| has_type(other, *kind))),
        (A::Enum(one), A::Enum(other)) => of(one.iter().all(|value| other.contains(value))),
        (A::Enum(one), A::Pattern(_) | A::MinLength(_) | A::MaxLength(_)) => fit(one, other),
        (A::OneOf(one), A::OneOf(other)) => {
            let has = |all: &[Vec<A>], branch| all.contains(branch);
            let is_same = one.len() == other.len() && one.iter().all(|branch| has(other, branch));
            if is_same && other.iter().all(|branch| has(one, branch)) { Answer::Yes } else { Answer::Unknown }
        }
        // What fits one branch fits at least one.
        (A::AnyOf(one) | A::OneOf(one), A::AnyOf(other)) => {
            let fits = |branch: &Vec<A>| other.iter().map(|wider| within(branch, wider)).min().unwrap_or(Answer::No);
            one.iter().map(fits).max().unwrap_or(Answer::Yes)
        }
        (A::AnyOf(branches), other) => {
            let branches = branches.iter().map(|branch| within(branch, std::slice::from_ref(other)));
            branches.max().unwrap_or(Answer::Yes)
        }
        (one, A::AnyOf(branches)) => {
            let mut branches = branches.iter().map(|branch| within(std::slice::from_ref(one), branch));
            if branches.any(|answer| answer == Answer::Yes) { Answer::Yes } else { Answer::Unknown }
        }
        (A::Type(types), _) => match subject(other) {
            Some(subject) => of(!types.iter().any(|kind| subject.contains(kind))),
            None => Answer::Unknown,
        },
        _ => apart(one, other),
    }
}

/// Whether texts among listed values fulfil an assertion of texts.
fn fit(listed: &[String], wanted: &Assertion) -> Answer {
    let fits = |text: &String| {
        let Some(Value::String(text)) = json_value::of_json(text) else { return Answer::Yes };
        let size = text.chars().count() as u64;
        match wanted {
            Assertion::MinLength(least) => of(size >= *least),
            Assertion::MaxLength(most) => of(size <= *most),
            Assertion::Pattern(pattern) => instance::matches(pattern, &text).map_or(Answer::Unknown, of),
            _ => Answer::Unknown,
        }
    };
    listed.iter().map(fits).max().unwrap_or(Answer::Yes)
}

/// An assertion as a condition with what holds where it is fulfilled and where it is not.
fn condition(assertion: &Assertion) -> Option<(Vec<Assertion>, Vec<Assertion>, Vec<Assertion>)> {
    let present = |name: &String| vec![Assertion::Required(vec![name.clone()])];
    match assertion {
        Assertion::If(condition, then, otherwise) => Some((condition.clone(), then.clone(), otherwise.clone())),
        Assertion::DependentRequired(entries) => match entries.as_slice() {
            [(name, names)] => Some((present(name), vec![Assertion::Required(names.clone())], Vec::new())),
            _ => None,
        },
        Assertion::DependentSchemas(entries) => match entries.as_slice() {
            [(name, schema)] => Some((present(name), schema.clone(), Vec::new())),
            _ => None,
        },
        _ => None,
    }
}

/// The types that a keyword speaks of; `None` where it speaks of all.
pub(super) fn subject(assertion: &Assertion) -> Option<&'static [ValueType]> {
    use Assertion as A;
    match assertion {
        A::Required(_)
        | A::Properties { .. }
        | A::PropertyNames(_)
        | A::DependentRequired(_)
        | A::DependentSchemas(_)
        | A::MinProperties(_)
        | A::MaxProperties(_) => Some(&[ValueType::Object]),
        A::MinItems(_) | A::MaxItems(_) | A::UniqueItems | A::Items(..) | A::Contains(..) => Some(&[ValueType::Array]),
        A::MinLength(_) | A::MaxLength(_) | A::Pattern(_) => Some(&[ValueType::String]),
        A::Minimum(_) | A::ExclusiveMinimum(_) | A::Maximum(_) | A::ExclusiveMaximum(_) | A::MultipleOf(_) => {
            Some(&[ValueType::Integer, ValueType::Number])
        }
        _ => None,
    }
}

/// Keywords that speak of different things imply nothing of each other; of others it is not computed. What is demanded beside a property is
/// implied by whatever demands it always, or keeps the property away.
fn apart(one: &Assertion, other: &Assertion) -> Answer {
    if [one, other].iter().any(|it| matches!(it, Assertion::DependentRequired(_) | Assertion::DependentSchemas(_))) {
        return Answer::Unknown;
    }
    let differ = std::mem::discriminant(one) != std::mem::discriminant(other);
    if differ && subject(one).is_some() && subject(other).is_some() { Answer::No } else { Answer::Unknown }
}

/// Whether what one assertion says of properties holds where another one does, name by name.
fn properties(one: &Assertion, other: &Assertion) -> Answer {
    let (
        Assertion::Properties { named, patterns, others },
        Assertion::Properties { named: other_named, patterns: other_patterns, others: other_others },
    ) = (one, other)
    else {
        return Answer::Unknown;
    };
    if patterns != other_patterns {
        return Answer::Unknown;
    }
    let of = |name: &str, all: &'_ [(String, Vec<Assertion>)]| all.iter().position(|(one, _)| one == name);
    let schema = |name: &str| of(name, named).and_then(|at| named.get(at)).map_or(others, |(_, schema)| schema);
    let wanted = other_named.iter().map(|(name, wanted)| within(schema(name), wanted));
    let unnamed = named.iter().filter(|(name, _)| of(name, other_named).is_none());
    let rest = unnamed.map(|(_, schema)| within(schema, other_others));
    wanted.chain(rest).max().unwrap_or(Answer::Yes).max(within(others, other_others))
}

const fn of(holds: bool) -> Answer {
    if holds { Answer::Yes } else { Answer::No }
}

fn has_type(types: &[ValueType], kind: ValueType) -> bool {
    types.contains(&kind) || kind == ValueType::Integer && types.contains(&ValueType::Number)
}

/// Whether the names that one property demands are demanded by an entry of another list.
fn demanded(entries: &[(String, Vec<String>)], (trigger, names): &(String, Vec<String>)) -> bool {
    let found = entries.iter().find(|(one, _)| one == trigger).map(|(_, found)| found);
    names.iter().all(|name| name == trigger || found.is_some_and(|found| found.contains(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_allowed_is_turned_around() {
        let not = |most: u64| vec![Assertion::Not(vec![Assertion::MaxLength(most)])];
        assert_eq!(within(&not(5), &not(3)), Answer::Yes);
        assert_eq!(within(&not(3), &not(5)), Answer::No);
    }

    #[test]
    fn conditions_are_compared_case_by_case() {
        let of = |then: &[&str], otherwise: &[&str]| {
            let names = |all: &[&str]| match all {
                [] => Vec::new(),
                all => vec![Assertion::Required(all.iter().map(ToString::to_string).collect())],
            };
            vec![Assertion::If(names(&["a"]), names(then), names(otherwise))]
        };
        assert_eq!(within(&of(&["b"], &["c"]), &of(&["b"], &[])), Answer::Yes);
        assert_eq!(within(&of(&["b"], &[]), &of(&["b"], &["c"])), Answer::No);
        assert_eq!(within(&of(&[], &[]), &of(&["a"], &[])), Answer::Yes);
    }

    #[test]
    fn contained_items_are_counted() {
        let contains = |least, most| vec![Assertion::Contains(vec![Assertion::MinLength(1)], least, most)];
        assert_eq!(within(&contains(2, Some(3)), &contains(1, None)), Answer::Yes);
        assert_eq!(within(&contains(1, None), &contains(2, Some(3))), Answer::No);
    }

    #[test]
    fn what_is_demanded_beside_a_property_may_be_demanded_always() {
        let required = [Assertion::Required(vec!["b".into()])];
        let dependent = [Assertion::DependentRequired(vec![("a".into(), vec!["b".into()])])];
        assert_ne!(within(&required, &dependent), Answer::No);
    }

    #[test]
    fn another_keyword_is_not_guessed_at() {
        assert_eq!(within(&[Assertion::Pattern("a".into())], &[Assertion::Pattern("b".into())]), Answer::Unknown);
        assert_eq!(within(&[], &[Assertion::MinLength(1)]), Answer::No);
        assert_eq!(within(&[Assertion::Never], &[Assertion::MinLength(1)]), Answer::Yes);
    }
}
