//! A value of a link, and how it becomes one of the type that the operation takes.

use crate::api::Value;
use crate::plan::members::OperationMembers;
use crate::plan::value_paths::{self, TypesAndItems, Unreachable};
use crate::runtime_expression::{self, Part};
use crate::rust::{LinkSource, Type, ValueConversion};

/// What links of one response are made of.
pub(super) struct Maker<'a> {
    pub(super) types: TypesAndItems<'a>,
    /// The operation that has the links.
    pub(super) operation: &'a OperationMembers<'a>,
    /// The body of the response.
    pub(super) response: Result<&'a Type, Unreachable>,
}

impl Maker<'_> {
    /// The value of a link, for a field of a type.
    pub(super) fn source(&self, value: &Value, field: &Type) -> Result<LinkSource, Unreachable> {
        let Some(text) = value.as_str() else { return constant(self.types, &value.to_string(), field, false) };
        let parts = runtime_expression::value(text).map_err(|_| "a value of it is no runtime expression")?;
        match parts.as_slice() {
            [Part::Value(runtime_expression::Expression::Method)] => {
                constant(self.types, self.operation.signature.named.stated.method.as_str(), field, true)
            }
            [Part::Value(expression)] => {
                let path = value_paths::of(self.types, self.operation, self.response, expression)?;
                let conversion = self.conversion(&path.value, field)?;
                Ok(LinkSource::Value(path, conversion))
            }
            [Part::Text(text)] => constant(self.types, text, field, true),
            [] => constant(self.types, "", field, true),
            _ => Err("a value of it is made of several"),
        }
    }

    /// How a value of a type becomes one of another.
    fn conversion(&self, value: &Type, field: &Type) -> Result<ValueConversion, Unreachable> {
        let is_text = |ty: &Type| value_paths::is_text(self.types, ty);
        let (value, field) = (&self.types.0.canonical(value), &self.types.0.canonical(field));
        Ok(match (value, field) {
            (one, other) if one == other && self.types.0.is_copy(one) => ValueConversion::Copied,
            (one, other) if one == other => ValueConversion::Cloned,
            (Type::Secret(_), _) => return Err("it gives a secret where the operation takes none"),
            (one, Type::String) if is_text(one) => ValueConversion::Text,
            (Type::String, Type::Secret(inner)) if **inner == Type::String => ValueConversion::Converted,
            (Type::String, other) if other.is_formatted() => ValueConversion::Converted,
            (Type::String, other) if is_text(other) => ValueConversion::Parsed,
            (one, other) if one.is_integer() && other.is_integer() => widening(one, other),
            _ => return Err("the types of a value and of its parameter differ"),
        })
    }
}

/// How an integer becomes one of another type.
const fn widening(value: &Type, field: &Type) -> ValueConversion {
    match (value, field) {
        (Type::I32 | Type::U32, Type::I64) | (Type::U32, Type::U64) => ValueConversion::Converted,
        _ => ValueConversion::Integer,
    }
}

/// A constant of the document, for a field of a type.
fn constant(types: TypesAndItems<'_>, text: &str, field: &Type, is_text: bool) -> Result<LinkSource, Unreachable> {
    let differs = "the types of a constant and of its parameter differ";
    let is_literal = match field {
        Type::Bool => matches!(text, "true" | "false"),
        Type::I32 => text.parse::<i32>().is_ok(),
        Type::I64 => text.parse::<i64>().is_ok(),
        Type::U32 => text.parse::<u32>().is_ok(),
        Type::U64 => text.parse::<u64>().is_ok(),
        _ => false,
    };
    let conversion = match field {
        _ if is_literal => ValueConversion::Literal,
        Type::String if is_text => ValueConversion::Text,
        Type::Bool | Type::I32 | Type::I64 | Type::U32 | Type::U64 => return Err(differs),
        Type::Secret(_) => return Err("a secret does not stand in a document"),
        other if other.is_formatted() && is_text => ValueConversion::Converted,
        other if value_paths::is_text(types, other) => ValueConversion::Parsed,
        _ => return Err(differs),
    };
    Ok(LinkSource::Constant(text.to_owned(), conversion))
}
