//! Listed values (`enum`, `const`) that are objects or lists: they are asserted of the schema.

use crate::api::{Asserted, Assertion, Shape, Value};

/// What a schema with such values asserts. Null is one of them where the schema is `nullable`.
pub(super) fn asserted(shape: &Shape, nullable: bool) -> Option<Asserted> {
    let Shape::Enumeration(listed) = shape else { return None };
    listed.has_structures().then(|| {
        let null = nullable.then(|| Value::Null.to_string());
        Asserted {
            keyword: if listed.constant { "const" } else { "enum" },
            span: listed.span,
            assertion: Assertion::Enum(listed.values.iter().map(|one| one.value.to_string()).chain(null).collect()),
        }
    })
}
