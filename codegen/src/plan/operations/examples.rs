//! Values for the examples of the documentation, taken from the document's own where they are short.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::Finished;
use crate::rust::{
    Example, Expression, Field, FieldSource, Fields, Item, ItemKind, Presence, Struct, Type, TypeId, Value,
    fixed_modules,
};

/// How deep objects are written out in an example; what lies deeper is given.
const DEEPEST: usize = 1;

/// How to make a request of a crate; `None` where there is nothing to show.
pub(super) fn of_request(finished: &Finished<'_>, request: &Struct) -> Option<Example> {
    let writer = Writer { finished, given: RefCell::default() };
    let made = Expression::New { name: request.name.clone(), among_types: false, fields: writer.fields(request, 0)? };
    let made = writer.with_body(made, request);
    let mut uses = vec![request.name.clone()];
    uses.extend(request.companion().map(|companion| companion.name.clone()));
    uses.extend(made.any(&is_in_types).then(|| fixed_modules::TYPES.name().to_owned()));
    let has_decimals = made.any(&|value| matches!(value, Expression::Decimal(_)));
    let given = writer.given.into_inner();
    Some(Example {
        root: finished.examples.clone(),
        uses,
        runtime_uses: if has_decimals { vec!["dec"] } else { Vec::new() },
        request: made,
        types: named_types(finished.types, &given),
        given,
    })
}

/// Whether an expression names the module `types`.
const fn is_in_types(value: &Expression) -> bool {
    matches!(value, Expression::Variant { .. } | Expression::New { among_types: true, .. })
}

/// The names of the items that some types name.
fn named_types(types: &[Item], given: &[(String, Type)]) -> BTreeMap<TypeId, String> {
    let mut names = BTreeMap::new();
    for (_, ty) in given {
        let mut ty = ty;
        while let Some(inner) = ty.inner() {
            ty = inner;
        }
        if let Type::Named(id) = ty {
            names.extend(types.get(id.0).map(|item| (*id, item.name.clone())));
        }
    }
    names
}

/// Collects what an example needs from outside.
struct Writer<'a> {
    finished: &'a Finished<'a>,
    /// Values that are too large to write out: name and type.
    given: RefCell<Vec<(String, Type)>>,
}

impl Writer<'_> {
    /// What `new` is given; `None` where the one required field has no literal.
    fn fields(&self, structure: &Struct, depth: usize) -> Option<Fields> {
        let required: Vec<&Field> = structure.required().collect();
        match (required.as_slice(), structure.companion()) {
            ([only], _) => Some(Fields::One(Box::new(self.argument(only, depth)?))),
            (several, Some(companion)) => {
                let fields = several.iter().map(|field| (field.name.clone(), self.field(field, depth)));
                Some(Fields::Companion(companion.name.clone(), fields.collect()))
            }
            (_, None) => Some(Fields::None),
        }
    }

    /// The request with its body, which is shown also where it may be left out.
    fn with_body(&self, request: Expression, structure: &Struct) -> Expression {
        let mut fields = structure.fields.iter();
        let body = fields.find(|field| field.source == FieldSource::Body && field.presence == Presence::Optional);
        let setter = body.and_then(|field| Some((field.setter.as_ref()?, self.argument(field, 0)?)));
        let Some((setter, value)) = setter else { return request };
        Expression::Set { of: Box::new(request), method: setter.name.clone(), value: Box::new(value) }
    }

    /// The value of a field of a companion struct.
    fn field(&self, field: &Field, depth: usize) -> Expression {
        if field.presence == Presence::RequiredNullable {
            return Expression::None;
        }
        self.value(&field.value, field, depth).unwrap_or_else(|| self.give(field))
    }

    /// The value of an argument, which whoever takes it converts.
    fn argument(&self, field: &Field, depth: usize) -> Option<Expression> {
        if field.presence == Presence::RequiredNullable {
            return (field.source == FieldSource::Body).then(|| self.give(field));
        }
        let simple = match self.finished.analysis.resolved(&field.value) {
            Type::Secret(inner) => **inner == Type::String,
            Type::Named(_) | Type::String | Type::Decimal => true,
            other => other.is_formatted() || other.is_plain(),
        };
        let value = if simple { self.value(&field.value, field, depth) } else { None };
        Some(match value {
            Some(Expression::Into(value)) => *value,
            Some(value) => value,
            None => self.give(field),
        })
    }

    /// A hidden parameter in place of a value.
    fn give(&self, field: &Field) -> Expression {
        self.given.borrow_mut().push((field.name.clone(), field.value.clone()));
        Expression::Given(field.name.clone())
    }

    /// A value of a type for a field, as the document shows one.
    fn value(&self, ty: &Type, field: &Field, depth: usize) -> Option<Expression> {
        let shown = if *ty == field.value { field.example.as_ref().and_then(example_text) } else { None };
        let into = |value: Expression| Some(Expression::Into(Box::new(value)));
        let text = |fallback: &str| into(Expression::Text(shown.clone().unwrap_or_else(|| fallback.to_owned())));
        let named = || text(&field.name.replace('_', "-"));
        match ty {
            Type::Named(id) => self.named(*id, depth),
            Type::String => named(),
            Type::Secret(inner) if **inner == Type::String => named(),
            Type::Bool => Some(Expression::Bool(true)),
            Type::F64 => Some(Expression::Float),
            Type::Decimal => Some(decimal(shown)),
            Type::QuotedDecimal | Type::LongDecimal => into(decimal(shown)),
            Type::JsonObject => into(Expression::Pairs),
            Type::List(item) => Some(Expression::List(Box::new(self.value(item, field, depth)?))),
            plain if plain.is_plain() => Some(Expression::Integer(1)),
            other => text(formatted(other)?),
        }
    }

    fn named(&self, id: TypeId, depth: usize) -> Option<Expression> {
        let item = self.finished.types.get(id.0)?;
        match &item.kind {
            ItemKind::Enum(values) => {
                Some(Expression::Variant { name: item.name.clone(), variant: values.variants.first()?.name.clone() })
            }
            ItemKind::Object(object) if depth < DEEPEST => {
                let fields = self.fields(&object.structure, depth + 1)?;
                Some(Expression::New { name: item.name.clone(), among_types: true, fields })
            }
            ItemKind::Object(_)
            | ItemKind::Union(_)
            | ItemKind::Nested(_)
            | ItemKind::Tuple(_)
            | ItemKind::Alias { .. } => None,
        }
    }
}

fn decimal(shown: Option<String>) -> Expression {
    Expression::Decimal(shown.filter(|text| is_amount(text)).unwrap_or_else(|| "10.00".to_owned()))
}

/// The document's own example as text, if it is short.
fn example_text(example: &Value) -> Option<String> {
    let text = match example {
        Value::String(text) | Value::Number(text) => text.clone(),
        other => other.to_string(),
    };
    let plain = !text.is_empty() && text.len() <= 60 && text.bytes().all(|b| b.is_ascii_graphic());
    plain.then_some(text)
}

/// Whether a text is a number that every decimal type takes: not many digits, nothing but digits and a point.
fn is_amount(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.len() <= 9 && part.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(fraction) && (whole.len() == 1 || !whole.starts_with('0'))
}

fn formatted(ty: &Type) -> Option<&'static str> {
    Some(match ty {
        Type::Date => "2026-02-28",
        Type::DateTime => "2026-02-28T12:30:00Z",
        Type::Time => "12:30:00Z",
        Type::Duration => "P1D",
        Type::Uuid => "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        Type::Uri => "https://shop.example.com",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_s_own_example_is_taken_whatever_its_signs() {
        let text = |example: &str| example_text(&Value::String(example.into()));
        for example in ["plain", "a`b", "#1", "\"quoted\"", "C:\\x"] {
            assert_eq!(text(example).as_deref(), Some(example));
        }
        for unfit in ["", "two\nlines", "\u{202e}"] {
            assert_eq!(text(unfit), None, "{unfit:?}");
        }
    }
}
