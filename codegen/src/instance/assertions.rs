//! Keywords that no shape carries, such as `not` and `if`.

use super::scalars::{is_integer, is_multiple};
use super::{Check, member};
use crate::api::{Assertion, Value, ValueType, order};
use crate::patterns::Pattern;
use crate::source::{FileId, Source};
use crate::{lower, syntax};

impl Check<'_> {
    pub(super) fn asserted(&mut self, stated: &[crate::api::Asserted], value: &Value) {
        // A pattern is a constraint of texts as well, which names it.
        let others = stated.iter().filter(|one| one.keyword != "pattern");
        for one in others.filter(|one| !holds(&one.assertion, value)) {
            self.fault(format!("is not as `{}` says", one.keyword));
        }
    }
}

/// Whether a value is valid under a schema, which is a list of assertions.
fn all(schema: &[Assertion], value: &Value) -> bool {
    schema.iter().all(|one| holds(one, value))
}

/// Whether what a keyword asserts is true of a value. Keywords of one type say nothing of values of another.
fn holds(assertion: &Assertion, value: &Value) -> bool {
    match value {
        Value::Number(number) if is_of_numbers(assertion) => of_number(assertion, number),
        Value::String(text) if is_of_texts(assertion) => of_text(assertion, text),
        Value::List(items) if is_of_lists(assertion) => of_list(assertion, items),
        Value::Object(entries) if is_of_objects(assertion) => of_object(assertion, entries, value),
        _ => of_any(assertion, value),
    }
}

/// What is asserted of values of every type; the keywords of one type hold for all others.
fn of_any(assertion: &Assertion, value: &Value) -> bool {
    match assertion {
        Assertion::Never => false,
        Assertion::Type(types) => types.iter().any(|one| is_of_type(*one, value)),
        Assertion::Enum(listed) => {
            let value = value.canonical();
            listed.iter().any(|one| parsed(one).is_none_or(|one| one.canonical() == value))
        }
        Assertion::AnyOf(schemas) => schemas.iter().any(|schema| all(schema, value)),
        Assertion::OneOf(schemas) => schemas.iter().filter(|schema| all(schema, value)).count() == 1,
        Assertion::Not(schema) => !all(schema, value),
        Assertion::If(condition, then, otherwise) => {
            if all(condition, value) {
                all(then, value)
            } else {
                all(otherwise, value)
            }
        }
        _ => true,
    }
}

const fn is_of_numbers(assertion: &Assertion) -> bool {
    use Assertion::{ExclusiveMaximum, ExclusiveMinimum, Maximum, Minimum, MultipleOf};
    matches!(assertion, Minimum(_) | ExclusiveMinimum(_) | Maximum(_) | ExclusiveMaximum(_) | MultipleOf(_))
}

fn of_number(assertion: &Assertion, number: &str) -> bool {
    match assertion {
        Assertion::Minimum(least) => order(number, least).is_ge(),
        Assertion::ExclusiveMinimum(least) => order(number, least).is_gt(),
        Assertion::Maximum(most) => order(number, most).is_le(),
        Assertion::ExclusiveMaximum(most) => order(number, most).is_lt(),
        Assertion::MultipleOf(step) => is_multiple(number, step) != Some(false),
        _ => true,
    }
}

const fn is_of_texts(assertion: &Assertion) -> bool {
    matches!(assertion, Assertion::MinLength(_) | Assertion::MaxLength(_) | Assertion::Pattern(_))
}

fn of_text(assertion: &Assertion, text: &str) -> bool {
    match assertion {
        Assertion::MinLength(least) => size(text.chars().count()) >= *least,
        Assertion::MaxLength(most) => size(text.chars().count()) <= *most,
        Assertion::Pattern(pattern) => matches(pattern, text),
        _ => true,
    }
}

const fn is_of_lists(assertion: &Assertion) -> bool {
    use Assertion::{Contains, Items, MaxItems, MinItems, UniqueItems};
    matches!(assertion, Items(..) | MinItems(_) | MaxItems(_) | UniqueItems | Contains(..))
}

fn of_list(assertion: &Assertion, items: &[Value]) -> bool {
    match assertion {
        Assertion::Items(places, others) => {
            let schemas = places.iter().chain(std::iter::repeat(others));
            items.iter().zip(schemas).all(|(item, schema)| all(schema, item))
        }
        Assertion::MinItems(least) => size(items.len()) >= *least,
        Assertion::MaxItems(most) => size(items.len()) <= *most,
        Assertion::UniqueItems => !Check::repeats(items),
        Assertion::Contains(schema, least, most) => {
            let found = size(items.iter().filter(|item| all(schema, item)).count());
            found >= *least && most.is_none_or(|most| found <= most)
        }
        _ => true,
    }
}

const fn is_of_objects(assertion: &Assertion) -> bool {
    use Assertion::{
        DependentRequired, DependentSchemas, MaxProperties, MinProperties, Properties, PropertyNames, Required,
    };
    matches!(
        assertion,
        Properties { .. }
            | PropertyNames(_)
            | Required(_)
            | MinProperties(_)
            | MaxProperties(_)
            | DependentRequired(_)
            | DependentSchemas(_)
    )
}

fn of_object(assertion: &Assertion, entries: &[(String, Value)], value: &Value) -> bool {
    let has = |name: &String| member(value, name).is_some();
    match assertion {
        Assertion::Properties { named, patterns, others } => entries.iter().all(|(name, value)| {
            let by_name = named.iter().filter(|(key, _)| key == name);
            let by_pattern = patterns.iter().filter(|(pattern, _)| matches(pattern, name));
            let mut schemas = by_name.chain(by_pattern).peekable();
            if schemas.peek().is_none() { all(others, value) } else { schemas.all(|(_, schema)| all(schema, value)) }
        }),
        Assertion::PropertyNames(schema) => entries.iter().all(|(name, _)| all(schema, &Value::String(name.clone()))),
        Assertion::Required(names) => names.iter().all(has),
        Assertion::MinProperties(least) => size(entries.len()) >= *least,
        Assertion::MaxProperties(most) => size(entries.len()) <= *most,
        Assertion::DependentRequired(dependent) => {
            dependent.iter().filter(|(name, _)| has(name)).all(|(_, names)| names.iter().all(has))
        }
        Assertion::DependentSchemas(dependent) => {
            dependent.iter().filter(|(name, _)| has(name)).all(|(_, schema)| all(schema, value))
        }
        _ => true,
    }
}

fn is_of_type(stated: ValueType, value: &Value) -> bool {
    match (stated, value) {
        (ValueType::Null, Value::Null)
        | (ValueType::Boolean, Value::Bool(_))
        | (ValueType::Object, Value::Object(_))
        | (ValueType::Array, Value::List(_))
        | (ValueType::Number, Value::Number(_))
        | (ValueType::String, Value::String(_)) => true,
        (ValueType::Integer, Value::Number(number)) => is_integer(number),
        _ => false,
    }
}

/// Whether some part of a text matches; a pattern that cannot be read matches everything.
fn matches(pattern: &str, text: &str) -> bool {
    Pattern::read(pattern).is_none_or(|pattern| pattern.matches(text))
}

fn size(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// A listed value, which stands in an assertion as JSON.
fn parsed(json: &str) -> Option<Value> {
    syntax::tree(&Source::new("listed.json", json), FileId::ROOT).as_ref().map(lower::value)
}
