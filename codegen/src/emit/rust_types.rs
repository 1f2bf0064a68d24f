//! Rust types as tokens.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use crate::rust::{Crate, Presence, Type};

/// One unit of a generated file: a type with its impls, or an operation with its own.
pub(crate) struct Unit<'a> {
    /// The crate.
    pub(crate) krate: &'a Crate,
    /// The names from outside.
    pub(crate) scope: Scope<'a>,
    /// Whether the unit stands among the types, where schemas have no path.
    pub(crate) among_types: bool,
}

impl<'a> Unit<'a> {
    /// A type of the document by its name.
    fn named(&self, name: &'a str) -> TokenStream {
        if self.among_types {
            return self.scope.sibling(name);
        }
        let name = ident(name);
        let types = self.scope.import("crate::types");
        quote!(#types::#name)
    }

    /// A type.
    pub(crate) fn rust_type(&self, ty: &Type) -> TokenStream {
        let runtime = |path: &'static str| self.scope.import(path);
        match ty {
            Type::Named(id) => self.named(self.krate.name_of(*id)),
            Type::String => self.scope.prelude("String"),
            Type::Bool => quote!(bool),
            Type::I32 => quote!(i32),
            Type::I64 => quote!(i64),
            Type::U32 => quote!(u32),
            Type::U64 => quote!(u64),
            Type::F64 => quote!(f64),
            Type::QuotedDecimal => wrapped(&runtime("specie_runtime::Quoted"), &runtime("specie_runtime::Decimal")),
            Type::List(item) => wrapped(&self.scope.prelude("Vec"), &self.rust_type(item)),
            Type::Map(value) => self.map_of(value),
            Type::Option(inner) => wrapped(&self.scope.prelude("Option"), &self.rust_type(inner)),
            Type::Boxed(inner) => wrapped(&self.scope.prelude("Box"), &self.rust_type(inner)),
            Type::Secret(inner) => wrapped(&runtime("specie_runtime::Secret"), &self.rust_type(inner)),
            Type::Patch(inner) => wrapped(&runtime("specie_runtime::Patch"), &self.rust_type(inner)),
            Type::Maybe(inner) => wrapped(&runtime("specie_runtime::Maybe"), &self.rust_type(inner)),
            Type::Decimal
            | Type::Date
            | Type::DateTime
            | Type::Time
            | Type::Duration
            | Type::Uuid
            | Type::Uri
            | Type::UnixTime
            | Type::Base64
            | Type::Json
            | Type::JsonObject => runtime(runtime_path(ty)),
        }
    }

    /// A map with values of one type.
    pub(crate) fn map_of(&self, value: &Type) -> TokenStream {
        let (map, string) = (self.scope.import("std::collections::BTreeMap"), self.scope.prelude("String"));
        let value = self.rust_type(value);
        quote!(#map<#string, #value>)
    }

    /// What an optional field holds before anybody sets it.
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
}

/// `Outer<Inner>`
fn wrapped(outer: &TokenStream, inner: &TokenStream) -> TokenStream {
    quote!(#outer<#inner>)
}

/// Where the runtime has a type without parameters.
pub(crate) fn runtime_path(ty: &Type) -> &'static str {
    match ty {
        Type::Decimal => "specie_runtime::Decimal",
        Type::Date => "specie_runtime::Date",
        Type::DateTime => "specie_runtime::DateTime",
        Type::Time => "specie_runtime::Time",
        Type::Duration => "specie_runtime::Duration",
        Type::Uuid => "specie_runtime::Uuid",
        Type::Uri => "specie_runtime::Uri",
        Type::UnixTime => "specie_runtime::UnixTime",
        Type::Base64 => "specie_runtime::Base64",
        Type::JsonObject => "specie_runtime::JsonObject",
        _ => "specie_runtime::Json",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::emit::fixtures;

    #[test]
    fn every_type_has_a_spelling() {
        let krate = fixtures::krate("paths: {}\n");
        let taken = BTreeSet::new();
        let unit = Unit { krate: &krate, scope: Scope::new(&taken), among_types: true };
        for (ty, spelling) in [
            (Type::Secret(Box::new(Type::String)), "Secret < String >"),
            (Type::Map(Box::new(Type::Option(Box::new(Type::I64)))), "BTreeMap < String , Option < i64 > >"),
            (Type::QuotedDecimal, "Quoted < Decimal >"),
            (Type::List(Box::new(Type::Uuid)), "Vec < Uuid >"),
        ] {
            assert_eq!(unit.rust_type(&ty).to_string(), spelling);
        }
    }
}
