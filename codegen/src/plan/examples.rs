//! Values for the examples of the documentation, taken from the document's own where they are short.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::context::{Context, OperationNames, is_plain, required};
use super::members::{self, Member};
use crate::api::Value;
use crate::ir::{Docs, Format, Note, Operation, TypeId, TypeKind, TypeRef};
use crate::rust::{Example, Expression, Fields, Presence, Type};

/// How deep objects are written out in an example; what lies deeper is given.
const DEEPEST: usize = 1;

/// How to make a request; `None` where there is nothing to show.
pub(super) fn of_request(context: &Context<'_>, operation: &Operation, names: &OperationNames) -> Option<Example> {
    let writer = Writer { context, given: RefCell::default() };
    let members = members::of_operation(operation);
    let fields = writer.fields(&members, &names.required, 0)?;
    let mut uses = vec![operation.type_name.clone()];
    if required(&members).len() > 1 {
        uses.push(names.required.clone());
    }
    let given = writer.given.into_inner();
    Some(Example {
        krate: context.api.crate_name.clone(),
        uses,
        request: Expression::New { name: operation.type_name.clone(), among_types: false, fields },
        types: named_types(context, &given),
        given,
    })
}

/// The names of the items that some types name.
fn named_types(context: &Context<'_>, given: &[(String, Type)]) -> BTreeMap<usize, String> {
    let mut names = BTreeMap::new();
    for (_, ty) in given {
        let mut ty = ty;
        while let Some(inner) = ty.inner() {
            ty = inner;
        }
        if let Type::Named(id) = ty {
            let def = context.order.get(id.0).and_then(|id| context.definition(*id));
            names.extend(def.map(|def| (id.0, def.name.clone())));
        }
    }
    names
}

/// Collects what an example needs from outside.
struct Writer<'a> {
    context: &'a Context<'a>,
    /// Values that are too large to write out: name and type.
    given: RefCell<Vec<(String, Type)>>,
}

impl Writer<'_> {
    /// What `new` is given; `None` where the one required field has no literal.
    fn fields(&self, members: &[Member<'_>], companion: &str, depth: usize) -> Option<Fields> {
        match required(members).as_slice() {
            [] => Some(Fields::None),
            [only] => Some(Fields::One(Box::new(self.argument(only, depth)?))),
            several => {
                let fields = several.iter().map(|member| (member.name.to_owned(), self.field(member, depth)));
                Some(Fields::Companion(companion.to_owned(), fields.collect()))
            }
        }
    }

    /// The value of a field of a companion struct.
    fn field(&self, member: &Member<'_>, depth: usize) -> Expression {
        if member.presence == Presence::RequiredNullable {
            return Expression::None;
        }
        self.value(member.ty, member.name, member.docs, depth).unwrap_or_else(|| self.give(member))
    }

    /// The value of an argument, which whoever takes it converts.
    fn argument(&self, member: &Member<'_>, depth: usize) -> Option<Expression> {
        if member.presence == Presence::RequiredNullable {
            return None;
        }
        let simple = match self.context.resolved(member.ty) {
            TypeRef::Secret(inner) => **inner == TypeRef::String,
            TypeRef::Named(_) | TypeRef::String | TypeRef::Formatted(_) | TypeRef::Decimal => true,
            other => is_plain(other),
        };
        let value = if simple { self.value(member.ty, member.name, member.docs, depth) } else { None };
        Some(match value {
            Some(Expression::Into(value)) => *value,
            Some(value) => value,
            None => self.give(member),
        })
    }

    /// A hidden parameter in place of a value.
    fn give(&self, member: &Member<'_>) -> Expression {
        self.given.borrow_mut().push((member.name.to_owned(), self.context.rust_type(member.ty)));
        Expression::Given(member.name.to_owned())
    }

    fn value(&self, ty: &TypeRef, name: &str, docs: &Docs, depth: usize) -> Option<Expression> {
        let into = |value: Expression| Some(Expression::Into(Box::new(value)));
        let text = |fallback: &str| into(Expression::Text(example_text(docs).unwrap_or_else(|| fallback.to_owned())));
        match ty {
            TypeRef::Named(id) => self.named(*id, name, docs, depth),
            TypeRef::String => text(&name.replace('_', "-")),
            TypeRef::Formatted(format) => text(formatted(*format)),
            TypeRef::Secret(inner) if **inner == TypeRef::String => text(&name.replace('_', "-")),
            TypeRef::Bool => Some(Expression::Bool(true)),
            TypeRef::F64 => Some(Expression::Number("1.0".to_owned())),
            plain if is_plain(plain) => Some(Expression::Number("1".to_owned())),
            TypeRef::Decimal => Some(decimal(docs)),
            TypeRef::QuotedDecimal => into(decimal(docs)),
            TypeRef::JsonObject => into(Expression::Pairs),
            TypeRef::List(item) => Some(Expression::List(Box::new(self.value(item, name, &Docs::default(), depth)?))),
            _ => None,
        }
    }

    fn named(&self, id: TypeId, name: &str, docs: &Docs, depth: usize) -> Option<Expression> {
        let def = self.context.definition(id)?;
        match &def.kind {
            TypeKind::Alias(target) => self.value(target, name, docs, depth),
            TypeKind::Enum(values) => {
                Some(Expression::Variant { name: def.name.clone(), variant: values.variants.first()?.name.clone() })
            }
            TypeKind::Struct(object) if depth < DEEPEST => {
                let members: Vec<Member<'_>> = members::of_type(self.context, id, object);
                let fields = self.fields(&members, self.context.required_name(id), depth + 1)?;
                Some(Expression::New { name: def.name.clone(), among_types: true, fields })
            }
            TypeKind::Struct(_) | TypeKind::Union(_) => None,
        }
    }
}

fn decimal(docs: &Docs) -> Expression {
    Expression::Decimal(example_text(docs).filter(|text| is_amount(text)).unwrap_or_else(|| "10.00".to_owned()))
}

/// The document's own example, if it is a short text or a number.
fn example_text(docs: &Docs) -> Option<String> {
    let example = docs.notes.iter().find_map(|note| match note {
        Note::Example(value) => Some(value),
        _ => None,
    })?;
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

fn formatted(format: Format) -> &'static str {
    match format {
        Format::Date => "2026-02-28",
        Format::DateTime => "2026-02-28T12:30:00Z",
        Format::Time => "12:30:00Z",
        Format::Duration => "P1D",
        Format::Uuid => "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        Format::Uri => "https://shop.example.com",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_s_own_example_is_taken_whatever_its_signs() {
        let text = |example: &str| {
            example_text(&Docs { notes: vec![Note::Example(Value::String(example.into()))], ..Docs::default() })
        };
        for example in ["plain", "a`b", "#1", "\"quoted\"", "C:\\x"] {
            assert_eq!(text(example).as_deref(), Some(example));
        }
        for unfit in ["", "two\nlines", "\u{202e}"] {
            assert_eq!(text(unfit), None, "{unfit:?}");
        }
    }
}
