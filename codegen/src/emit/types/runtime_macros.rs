//! The tables by which the runtime reads, writes and sets what types hold.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::{Decoding, Enum, Field, JsonKind, Object, Presence, Struct, Type, Union};

/// How an object is read and written.
pub(super) fn object(object: &Object) -> TokenStream {
    let name = ident(&object.structure.name);
    let fields = object.structure.fields.iter().map(|field| {
        let (name, presence) = (ident(&field.name), ident(method(field.presence)));
        let wire = (name != field.wire).then(|| Literal::string(&field.wire));
        let wire = wire.map(|wire| quote!(= #wire));
        quote!(#name: #presence #wire,)
    });
    let rest = object.rest.as_ref().map(|rest| {
        let name = ident(&rest.name);
        quote!(..#name)
    });
    let refuses = object.denies_unknown.then(|| quote!(!));
    quote!(specie_runtime::object!(#name { #(#fields)* #rest } #refuses);)
}

/// How a union is read and written.
pub(super) fn union(name: &str, union: &Union) -> TokenStream {
    let name = ident(name);
    match &union.decoding {
        Decoding::Tag { property, .. } => {
            let property = Literal::string(property);
            let branches = union.branches.iter().map(|branch| {
                let (variant, tags) = (ident(&branch.name), branch.tags.iter().map(|tag| Literal::string(tag)));
                quote!(#variant: #(#tags)|*,)
            });
            let unknown = union.unknown.as_deref().map(ident).map(|unknown| quote!(..#unknown));
            quote!(specie_runtime::union!(#name by #property { #(#branches)* #unknown });)
        }
        Decoding::Shape(kinds) => {
            let branches = union.branches.iter().zip(kinds).map(|(branch, kind)| {
                let (variant, kind) = (ident(&branch.name), ident(kind.map_or("attempt", kind_name)));
                quote!(#variant: #kind,)
            });
            quote!(specie_runtime::union!(#name { #(#branches)* });)
        }
    }
}

/// The values of a list of strings.
pub(super) fn string_enum(name: &str, values: &Enum) -> TokenStream {
    let name = ident(name);
    let variants = values.variants.iter().map(|variant| {
        let (name, wire) = (ident(&variant.name), Literal::string(&variant.wire));
        quote!(#name = #wire,)
    });
    let unknown = values.unknown.as_deref().map(ident);
    let unknown = unknown.map(|unknown| if values.allows_others { quote!(..=#unknown) } else { quote!(..#unknown) });
    quote!(specie_runtime::string_enum!(#name { #(#variants)* #unknown });)
}

/// The methods that set the fields of a struct; nothing where there are none.
pub(super) fn setters(unit: &Unit<'_>, structure: &Struct) -> Option<TokenStream> {
    let name = ident(&structure.name);
    let setters: Vec<TokenStream> = structure.fields.iter().filter_map(|field| setter(unit, field)).collect();
    (!setters.is_empty()).then(|| quote!(specie_runtime::setters!(#name { #(#setters,)* });))
}

fn setter(unit: &Unit<'_>, field: &Field) -> Option<TokenStream> {
    let setter = field.setter.as_ref()?;
    let (method, name) = (ident(&setter.name), ident(&field.name));
    let target = (name != field.wire || name != method).then(|| {
        // It stands in backquotes in the documentation.
        let is_plain = !field.wire.is_empty() && field.wire.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'`');
        let wire = Literal::string(if is_plain { &field.wire } else { &field.name });
        quote!((#name, #wire))
    });
    let (kind, value) = match (&setter.argument.ty, field.presence) {
        (Type::Maybe(value), Presence::Maybe) => ("maybe", &**value),
        (Type::Patch(value), Presence::Patch) => ("patch", &**value),
        (value, _) if setter.argument.into => ("into", value),
        (value, _) => ("plain", value),
    };
    let kind = if field.boxed { ident(&format!("boxed_{kind}")) } else { ident(kind) };
    let value = unit.rust_type(value);
    Some(quote!(#method #target: #kind #value))
}

/// How the runtime calls a presence, in bodies as well as here.
pub(in crate::emit) fn method(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "required",
        Presence::RequiredNullable => "nullable",
        Presence::Optional => "optional",
        Presence::Patch => "patch",
        Presence::Maybe => "maybe",
    }
}

/// How the runtime calls a kind of JSON.
fn kind_name(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Object => "object",
        JsonKind::Array => "array",
        JsonKind::String => "string",
        JsonKind::Number => "number",
        JsonKind::Boolean => "boolean",
    }
}
