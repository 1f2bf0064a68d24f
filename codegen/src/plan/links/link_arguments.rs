//! A value of a link, and how it becomes one of the type that the operation takes.

use crate::api::Value;
use crate::plan::members::OperationMembers;
use crate::plan::value_paths::{self, TypesAndItems, Unreachable};
use crate::runtime_expression::{self, Part};
use crate::rust::{LinkOrigin, LinkSource, Type, ValueAccess, ValueConversion, ValuePath};

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
                let (access, conversion) = self.conversion(&path, field)?;
                Ok(LinkSource { origin: LinkOrigin::Value(path), access, conversion })
            }
            [Part::Text(text)] => constant(self.types, text, field, true),
            [] => constant(self.types, "", field, true),
            _ => Err("a value of it is made of several"),
        }
    }

    /// How the value at the end of a path is taken, and how it becomes one of another type.
    fn conversion(&self, path: &ValuePath, field: &Type) -> Result<(ValueAccess, ValueConversion), Unreachable> {
        let is_text = |ty: &Type| value_paths::is_text(self.types, ty);
        let (value, field) = (&self.types.0.canonical(&path.value), &self.types.0.canonical(field));
        Ok(match (value, field) {
            (one, other) if one == other && self.types.0.is_copy(one) => (copied(path), ValueConversion::None),
            (one, other) if one == other => (cloned(path), ValueConversion::None),
            (Type::Secret(_), _) => return Err("it gives a secret where the operation takes none"),
            (one, Type::String) if is_text(one) => (ValueAccess::Direct, ValueConversion::Text),
            (Type::String, Type::Secret(inner)) if **inner == Type::String => {
                (ValueAccess::Cloned, ValueConversion::Into)
            }
            (Type::String, other) if other.is_formatted() => (ValueAccess::Cloned, ValueConversion::Into),
            (Type::String, other) if is_text(other) => (ValueAccess::Direct, ValueConversion::Parse),
            (one, other) if one.is_integer() && other.is_integer() => (copied(path), widening(one, other)),
            _ => return Err("the types of a value and of its parameter differ"),
        })
    }
}

/// How a value is copied.
fn copied(path: &ValuePath) -> ValueAccess {
    if path.is_reference() { ValueAccess::Dereferenced } else { ValueAccess::Direct }
}

/// How a value is cloned. A body that is a text or a list as a whole is a slice of it.
fn cloned(path: &ValuePath) -> ValueAccess {
    match &path.value {
        Type::List(_) if path.steps.is_empty() => ValueAccess::ToVec,
        Type::String if path.steps.is_empty() => ValueAccess::ToOwned,
        _ => ValueAccess::Cloned,
    }
}

/// How an integer becomes one of another type.
const fn widening(value: &Type, field: &Type) -> ValueConversion {
    match (value, field) {
        (Type::I32 | Type::U32, Type::I64) | (Type::U32, Type::U64) => ValueConversion::Into,
        _ => ValueConversion::TryInto,
    }
}

/// A constant of the document, for a field of a type.
fn constant(types: TypesAndItems<'_>, text: &str, field: &Type, is_text: bool) -> Result<LinkSource, Unreachable> {
    let differs = "the types of a constant and of its parameter differ";
    let of_text = |access, conversion| LinkSource { origin: LinkOrigin::Text(text.to_owned()), access, conversion };
    Ok(match field {
        Type::Bool | Type::I32 | Type::I64 | Type::U32 | Type::U64 => LinkSource {
            origin: literal(text, field).ok_or(differs)?,
            access: ValueAccess::Direct,
            conversion: ValueConversion::None,
        },
        Type::String if is_text => of_text(ValueAccess::ToOwned, ValueConversion::None),
        Type::Secret(_) => return Err("a secret does not stand in a document"),
        other if other.is_formatted() && is_text => of_text(ValueAccess::Direct, ValueConversion::Into),
        other if value_paths::is_text(types, other) => of_text(ValueAccess::Direct, ValueConversion::Parse),
        _ => return Err(differs),
    })
}

/// A flag or an integer of a type, if the text is one.
fn literal(text: &str, ty: &Type) -> Option<LinkOrigin> {
    let integer = |number: Option<i128>| number.map(LinkOrigin::Integer);
    match ty {
        Type::Bool => text.parse().ok().map(LinkOrigin::Bool),
        Type::I32 => integer(text.parse::<i32>().ok().map(i128::from)),
        Type::I64 => integer(text.parse::<i64>().ok().map(i128::from)),
        Type::U32 => integer(text.parse::<u32>().ok().map(i128::from)),
        Type::U64 => integer(text.parse::<u64>().ok().map(i128::from)),
        _ => None,
    }
}
