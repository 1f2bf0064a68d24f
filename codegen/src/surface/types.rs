//! Types in plain lines.

use super::{line, list, quoted};
use crate::ir::{Api, Branch, Format, Presence, TypeDef, TypeKind, TypeRef};

/// One named type: a line, or one line per field, value or branch.
pub(super) fn definition(text: &mut String, api: &Api, definition: &TypeDef) {
    let name = &definition.name;
    match &definition.kind {
        TypeKind::Struct(object) => {
            let mut entries: Vec<String> =
                object.fields.iter().map(|of| field(api, &of.name, &of.wire, &of.ty, of.presence)).collect();
            entries.extend(object.rest.as_ref().map(|rest| format!("further: {}", rust_type(api, rest))));
            let closed = if object.closed { ", closed" } else { "" };
            list(text, &format!("struct {name}{closed}"), &entries);
        }
        TypeKind::Enum(values) => {
            let entries: Vec<String> =
                values.variants.iter().map(|variant| format!("{} = {}", variant.name, quoted(&variant.wire))).collect();
            list(text, &format!("enum {name}{}", openness(values.open)), &entries);
        }
        TypeKind::Union(union) => {
            let by =
                union.discriminator.as_deref().map_or_else(String::new, |property| format!(" by {}", quoted(property)));
            let entries: Vec<String> = union.branches.iter().map(|of| branch(api, of)).collect();
            list(text, &format!("union {name}{by}{}", openness(union.open)), &entries);
        }
        TypeKind::Alias(target) => line(text, &format!("type {name} = {}", rust_type(api, target))),
    }
}

fn openness(open: bool) -> &'static str {
    if open { ", open" } else { "" }
}

fn branch(api: &Api, branch: &Branch) -> String {
    let tags: Vec<String> = branch.tags.iter().map(|tag| quoted(tag)).collect();
    let tags = if tags.is_empty() { String::new() } else { format!(" = {}", tags.join(" or ")) };
    format!("{}({}){tags}", branch.name, rust_type(api, &branch.ty))
}

/// `name: Type`, with the wire name where it differs.
pub(super) fn field(api: &Api, name: &str, wire: &str, ty: &TypeRef, presence: Presence) -> String {
    let ty = rust_type(api, ty);
    let ty = match presence {
        Presence::Required => ty,
        Presence::RequiredNullable => format!("Option<{ty}> or null"),
        Presence::Optional => format!("Option<{ty}>"),
        Presence::Patch => format!("Patch<{ty}>"),
        Presence::Maybe => format!("Maybe<{ty}>"),
    };
    if name == wire { format!("{name}: {ty}") } else { format!("{name}: {ty} as {}", quoted(wire)) }
}

/// A type as Rust writes it.
pub(super) fn rust_type(api: &Api, ty: &TypeRef) -> String {
    match ty {
        TypeRef::Named(id) => api.types.get(id.0).map_or_else(String::new, |def| def.name.clone()),
        TypeRef::List(item) => format!("Vec<{}>", rust_type(api, item)),
        TypeRef::Map(value) => format!("BTreeMap<String, {}>", rust_type(api, value)),
        TypeRef::Nullable(inner) => format!("Option<{}>", rust_type(api, inner)),
        TypeRef::Secret(inner) => format!("Secret<{}>", rust_type(api, inner)),
        scalar => of_scalar(scalar).to_owned(),
    }
}

fn of_scalar(ty: &TypeRef) -> &'static str {
    match ty {
        TypeRef::Bool => "bool",
        TypeRef::I32 => "i32",
        TypeRef::I64 => "i64",
        TypeRef::U32 => "u32",
        TypeRef::U64 => "u64",
        TypeRef::F32 => "f32",
        TypeRef::F64 => "f64",
        TypeRef::Decimal => "Decimal",
        TypeRef::QuotedDecimal => "Quoted<Decimal>",
        TypeRef::UnixTime => "UnixTime",
        TypeRef::Base64 => "Base64",
        TypeRef::Json => "Json",
        TypeRef::JsonObject => "JsonObject",
        TypeRef::Formatted(Format::Date) => "Date",
        TypeRef::Formatted(Format::DateTime) => "DateTime",
        TypeRef::Formatted(Format::Time) => "Time",
        TypeRef::Formatted(Format::Duration) => "Duration",
        TypeRef::Formatted(Format::Uuid) => "Uuid",
        TypeRef::Formatted(Format::Uri) => "Uri",
        _ => "String",
    }
}
