//! Types of the intermediate representation as Rust types, and the values that fields start with.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::members::Member;
use super::scope::{Scope, ident};
use crate::ir::{Format, Presence, TypeKind, TypeRef};

/// One unit of a generated file: a type with its impls, or an operation with its own.
pub(crate) struct Unit<'a> {
    /// The API.
    pub(crate) context: &'a Context<'a>,
    /// The names from outside.
    pub(crate) scope: Scope<'a>,
    /// Whether the unit stands in `types.rs`, where schemas have no path.
    pub(crate) among_types: bool,
}

impl Unit<'_> {
    /// A type of the document by its name.
    pub(crate) fn named(&self, name: &str) -> TokenStream {
        let name = ident(name);
        if self.among_types {
            return quote!(#name);
        }
        let types = self.scope.import("crate::types");
        quote!(#types::#name)
    }

    /// The Rust type of a present, non-null value.
    pub(crate) fn rust_type(&self, ty: &TypeRef) -> TokenStream {
        match ty {
            TypeRef::Named(id) => self.named(self.context.definition(*id).map_or("", |def| &def.name)),
            TypeRef::String => self.scope.prelude("String"),
            TypeRef::Formatted(format) => self.scope.import(format_path(*format)),
            TypeRef::Bool => quote!(bool),
            TypeRef::I32 => quote!(i32),
            TypeRef::I64 => quote!(i64),
            TypeRef::U32 => quote!(u32),
            TypeRef::U64 => quote!(u64),
            TypeRef::F32 => quote!(f32),
            TypeRef::F64 => quote!(f64),
            TypeRef::Decimal => self.scope.import("specie_runtime::Decimal"),
            TypeRef::QuotedDecimal => {
                let (quoted, decimal) =
                    (self.scope.import("specie_runtime::Quoted"), self.scope.import("specie_runtime::Decimal"));
                quote!(#quoted<#decimal>)
            }
            TypeRef::UnixTime => self.scope.import("specie_runtime::UnixTime"),
            TypeRef::Base64 => self.scope.import("specie_runtime::Base64"),
            TypeRef::Json => self.scope.import("specie_runtime::Json"),
            TypeRef::JsonObject => self.scope.import("specie_runtime::JsonObject"),
            TypeRef::List(item) => wrapped(&self.scope.prelude("Vec"), &self.rust_type(item)),
            TypeRef::Map(value) => self.map_of(value),
            TypeRef::Nullable(inner) => wrapped(&self.scope.prelude("Option"), &self.rust_type(inner)),
            TypeRef::Secret(inner) => wrapped(&self.scope.import("specie_runtime::Secret"), &self.rust_type(inner)),
        }
    }

    /// A map with values of one type.
    pub(crate) fn map_of(&self, value: &TypeRef) -> TokenStream {
        let (map, string) = (self.scope.import("std::collections::BTreeMap"), self.scope.prelude("String"));
        let value = self.rust_type(value);
        quote!(#map<#string, #value>)
    }

    /// The type of a field.
    pub(crate) fn field_type(&self, member: &Member<'_>) -> TokenStream {
        let value = self.rust_type(member.ty);
        let value = if member.boxed { wrapped(&self.scope.prelude("Box"), &value) } else { value };
        self.with_presence(member.presence, &value)
    }

    /// The type that a caller gives for a member: never boxed.
    pub(crate) fn given_type(&self, member: &Member<'_>) -> TokenStream {
        self.with_presence(member.presence, &self.rust_type(member.ty))
    }

    fn with_presence(&self, presence: Presence, value: &TokenStream) -> TokenStream {
        match presence {
            Presence::Required => value.clone(),
            Presence::RequiredNullable | Presence::Optional => wrapped(&self.scope.prelude("Option"), value),
            Presence::Patch => wrapped(&self.scope.import("specie_runtime::Patch"), value),
            Presence::Maybe => wrapped(&self.scope.import("specie_runtime::Maybe"), value),
        }
    }

    /// What an optional member holds before anybody sets it.
    pub(crate) fn absent(&self, presence: Presence) -> TokenStream {
        match presence {
            Presence::Required | Presence::RequiredNullable | Presence::Optional => quote!(None),
            Presence::Patch => {
                let patch = self.scope.import("specie_runtime::Patch");
                quote!(#patch::Keep)
            }
            Presence::Maybe => {
                let maybe = self.scope.import("specie_runtime::Maybe");
                quote!(#maybe::Absent)
            }
        }
    }

    /// Whether values are copied rather than moved.
    pub(crate) fn is_copy(&self, ty: &TypeRef) -> bool {
        match self.context.resolved(ty) {
            TypeRef::Decimal | TypeRef::QuotedDecimal | TypeRef::UnixTime => true,
            TypeRef::Nullable(inner) => self.is_copy(inner),
            TypeRef::Named(id) => match self.context.definition(*id).map(|def| &def.kind) {
                Some(TypeKind::Enum(values)) => !values.open,
                _ => false,
            },
            plain => is_plain(plain),
        }
    }

    /// `Box::new(value)` where a member is boxed.
    pub(crate) fn boxed(&self, member: &Member<'_>, value: TokenStream) -> TokenStream {
        if !member.boxed {
            return value;
        }
        let boxes = self.scope.prelude("Box");
        match member.presence {
            Presence::Required | Presence::Optional => quote!(#boxes::new(#value)),
            Presence::RequiredNullable | Presence::Patch | Presence::Maybe => quote!(#value.map(#boxes::new)),
        }
    }
}

/// `Outer<Inner>`
pub(crate) fn wrapped(outer: &TokenStream, inner: &TokenStream) -> TokenStream {
    quote!(#outer<#inner>)
}

/// Whether a literal of the type reads best without a conversion: `.custom(true)`, `.page(2)`.
pub(crate) fn is_plain(ty: &TypeRef) -> bool {
    matches!(
        ty,
        TypeRef::Bool | TypeRef::I32 | TypeRef::I64 | TypeRef::U32 | TypeRef::U64 | TypeRef::F32 | TypeRef::F64
    )
}

fn format_path(format: Format) -> &'static str {
    match format {
        Format::Date => "specie_runtime::Date",
        Format::DateTime => "specie_runtime::DateTime",
        Format::Time => "specie_runtime::Time",
        Format::Duration => "specie_runtime::Duration",
        Format::Uuid => "specie_runtime::Uuid",
        Format::Uri => "specie_runtime::Uri",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::emit::fixtures;

    #[test]
    fn every_type_has_a_spelling() {
        let api = fixtures::api();
        let context = Context::new(&api);
        let taken = BTreeSet::new();
        let unit = Unit { context: &context, scope: Scope::new(&taken), among_types: true };
        for (ty, spelling) in [
            (TypeRef::Secret(Box::new(TypeRef::String)), "Secret < String >"),
            (TypeRef::Map(Box::new(TypeRef::Nullable(Box::new(TypeRef::I64)))), "BTreeMap < String , Option < i64 > >"),
            (TypeRef::QuotedDecimal, "Quoted < Decimal >"),
            (TypeRef::List(Box::new(TypeRef::Formatted(Format::Uuid))), "Vec < Uuid >"),
        ] {
            assert_eq!(unit.rust_type(&ty).to_string(), spelling);
        }
    }
}
