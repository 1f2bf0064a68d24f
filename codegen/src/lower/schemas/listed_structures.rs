//! Listed values (`enum`, `const`) that are objects or lists: no Rust enum has them, so that they are asserted of the type of the schema.

use crate::api::{Asserted, Assertion, Enumeration, Shape, Value};

/// What a schema with such values asserts. Null is one of them where the schema is `nullable`.
pub(super) fn asserted(shape: &Shape, nullable: bool) -> Option<Asserted> {
    let Shape::Enumeration(listed) = shape else { return None };
    are_listed(listed).then(|| {
        let null = nullable.then(|| Value::Null.to_string());
        Asserted {
            keyword: if listed.constant { "const" } else { "enum" },
            span: listed.span,
            assertion: Assertion::Enum(listed.values.iter().map(|one| one.value.to_string()).chain(null).collect()),
        }
    })
}

/// Whether such values are listed, all of which the type has.
pub(super) fn are_listed(listed: &Enumeration) -> bool {
    let is_structure = |value: &Value| matches!(value, Value::Object(_) | Value::List(_));
    let is_of_type = |value: &Value| match &*listed.base {
        Shape::Object(_) => matches!(value, Value::Object(_)),
        Shape::List(_) => matches!(value, Value::List(_)),
        Shape::Any(_) => true,
        _ => false,
    };
    let mut values = listed.values.iter().map(|one| &one.value);
    !listed.open && values.clone().any(is_structure) && values.all(is_of_type)
}
