//! Types in plain lines.

use super::{line, list, plain, quoted};
use crate::rust::{
    BorrowedType, Branch, Crate, Decoding, Derive, Derives, EnumValues, Field, Item, ItemKind, Presence, Spelling,
    Struct, Type, TypeName,
};
use crate::rust_identifiers::last_segment;

/// One named type: a line, or one line per field, value or branch.
pub(super) fn item(text: &mut String, krate: &Crate, item: &Item) {
    let name = &item.name;
    match &item.kind {
        ItemKind::Object(object) => {
            let constants = object.constants.iter();
            let mut entries: Vec<String> =
                constants.map(|(name, value)| format!("{} = {}", quoted(name), plain(&value.to_string()))).collect();
            entries.extend(object.structure.fields.iter().map(|of| field(krate, of)));
            entries.extend(object.rest.as_ref().map(|rest| format!("further: {}", rust_type(krate, &rest.value))));
            let closed = if object.closed { ", closed" } else { "" };
            let derived = derived(&object.structure.derives);
            list(text, &format!("struct {}{closed}{derived}", structure(&object.structure)), &entries);
        }
        ItemKind::Enum(values) => {
            let entries: Vec<String> = values
                .variants
                .iter()
                .map(|variant| format!("{} = {}", variant.name, wire(values.values, &variant.wire)))
                .collect();
            let (openness, derived) = (openness(values.is_non_exhaustive()), derived(&values.derives));
            list(text, &format!("enum {name}{openness}{derived}"), &entries);
        }
        ItemKind::Union(union) => {
            let by = match &union.decoding {
                Decoding::Tag { property, otherwise, .. } => {
                    let otherwise = otherwise.and_then(|place| union.branches.get(place));
                    let otherwise = otherwise.map(|branch| format!(" else {}", branch.name)).unwrap_or_default();
                    format!(" by {}{otherwise}", quoted(property))
                }
                Decoding::Shape(_) => String::new(),
            };
            let entries: Vec<String> = union.branches.iter().map(|of| branch(krate, of)).collect();
            let (openness, derived) = (openness(union.is_non_exhaustive()), derived(&union.derives));
            list(text, &format!("union {name}{by}{openness}{derived}"), &entries);
        }
        ItemKind::Nested(nested) => {
            let derived = derived(&nested.derives);
            line(text, &format!("struct {name}({}){derived}", rust_type(krate, &nested.value)));
        }
        ItemKind::Tuple(tuple) => {
            let places = tuple.places.iter().map(|place| rust_type(krate, &place.stored()));
            let rest = tuple.rest.iter().map(|rest| format!("Vec<{}>", rust_type(krate, &rest.value)));
            let (places, derived) = (places.chain(rest).collect::<Vec<_>>().join(", "), derived(&tuple.derives));
            line(text, &format!("struct {name}({places}){derived}"));
        }
        ItemKind::Alias { target, .. } => line(text, &format!("type {name} = {}", rust_type(krate, target))),
    }
}

/// The name of a struct, with that of the struct of its required fields.
pub(super) fn structure(of: &Struct) -> String {
    match of.companion() {
        Some(companion) => format!("{} from {}", of.name, companion.name),
        None => of.name.clone(),
    }
}

fn wire(values: EnumValues, text: &str) -> String {
    match values {
        EnumValues::Strings => quoted(text),
        EnumValues::Integers => text.to_owned(),
    }
}

/// What a type derives beside what all types of schemas derive: `, Eq + Hash`.
fn derived(derives: &Derives) -> String {
    let is_usual = |derive: &Derive| matches!(derive, Derive::Clone | Derive::Debug | Derive::PartialEq);
    let further: Vec<&str> = derives.iter().filter(|derive| !is_usual(derive)).map(Derive::name).collect();
    if further.is_empty() { String::new() } else { format!(", {}", further.join(" + ")) }
}

const fn openness(is_non_exhaustive: bool) -> &'static str {
    if is_non_exhaustive { ", open" } else { "" }
}

fn branch(krate: &Crate, branch: &Branch) -> String {
    let tags: Vec<String> = branch.tags.iter().map(|tag| quoted(tag)).collect();
    let tags = if tags.is_empty() { String::new() } else { format!(" = {}", tags.join(" or ")) };
    format!("{}({}){tags}", branch.name, rust_type(krate, &branch.value))
}

/// `name: Type`, with the wire name where it differs.
pub(super) fn field(krate: &Crate, field: &Field) -> String {
    let ty = rust_type(krate, &field.given());
    let null = if field.presence == Presence::RequiredNullable { " or null" } else { "" };
    let name = &field.name;
    if *name == field.wire || field.wire.is_empty() {
        format!("{name}: {ty}{null}")
    } else {
        format!("{name}: {ty}{null} as {}", quoted(&field.wire))
    }
}

/// A type as Rust writes it, each name without its path.
pub(super) fn rust_type(krate: &Crate, ty: &Type) -> String {
    spelled(krate, &ty.spelling())
}

/// The type of a parameter that is taken by reference.
pub(super) fn borrowed(krate: &Crate, ty: &BorrowedType) -> String {
    match ty {
        BorrowedType::Str => "&str".to_owned(),
        BorrowedType::Slice(item) => format!("&[{}]", rust_type(krate, item)),
        BorrowedType::Reference(ty) => format!("&{}", rust_type(krate, ty)),
    }
}

/// A type by its spelling, each name without its path.
pub(super) fn spelled(krate: &Crate, spelling: &Spelling<'_>) -> String {
    let name = match spelling.name {
        TypeName::Document(id) => krate.name_of(id),
        TypeName::BesideRequest(name) | TypeName::Primitive(name) => name,
        TypeName::InPrelude(of) => of.name(),
        TypeName::Path(path) => last_segment(path),
    };
    let arguments: Vec<String> = spelling.arguments.iter().map(|argument| spelled(krate, argument)).collect();
    if arguments.is_empty() { name.to_owned() } else { format!("{name}<{}>", arguments.join(", ")) }
}
