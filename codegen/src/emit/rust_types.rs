//! Rust types as tokens.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::{ImportScope, ident};
use crate::rust::{Crate, Type, TypeId, fixed_modules};

/// One unit of a generated file: a type with its impls, or an operation with its own.
pub(super) struct Unit<'a> {
    /// The crate.
    pub(super) krate: &'a Crate,
    /// The names from outside.
    pub(super) scope: ImportScope<'a>,
    /// Whether the unit stands among the types, where schemas have no path.
    pub(super) among_types: bool,
}

/// How a place in the code names the types that a path consists of.
pub(super) trait Naming {
    /// A type of the document.
    fn named(&self, id: TypeId) -> TokenStream;
    /// An enum that stands beside a request.
    fn beside_request(&self, name: &str) -> TokenStream;
    /// A type of the runtime or the standard library by its path: `specie_runtime::Decimal`.
    fn path(&self, path: &'static str) -> TokenStream;
    /// A type of the prelude: `String`.
    fn prelude(&self, name: &'static str) -> TokenStream;
}

/// A type as a place in the code writes it.
pub(super) fn written(place: &impl Naming, ty: &Type) -> TokenStream {
    let of = |outer: TokenStream, inner: &Type| wrapped(&outer, &written(place, inner));
    match ty {
        Type::Named(id) => place.named(*id),
        Type::String => place.prelude("String"),
        Type::Bool => quote!(bool),
        Type::I32 => quote!(i32),
        Type::I64 => quote!(i64),
        Type::U32 => quote!(u32),
        Type::U64 => quote!(u64),
        Type::F64 => quote!(f64),
        Type::QuotedDecimal => of(place.path("specie_runtime::Quoted"), &Type::Decimal),
        Type::List(item) => of(place.prelude("Vec"), item),
        Type::Map(value) => {
            let (map, key) = (place.path("std::collections::BTreeMap"), place.prelude("String"));
            let value = written(place, value);
            quote!(#map<#key, #value>)
        }
        Type::Option(inner) => of(place.prelude("Option"), inner),
        Type::Boxed(inner) => of(place.prelude("Box"), inner),
        Type::Secret(inner) => of(place.path("specie_runtime::Secret"), inner),
        Type::Patch(inner) => of(place.path("specie_runtime::Patch"), inner),
        Type::Maybe(inner) => of(place.path("specie_runtime::Maybe"), inner),
        Type::Decimal => place.path("specie_runtime::Decimal"),
        Type::LongDecimal => place.path("specie_runtime::LongDecimal"),
        Type::Date => place.path("specie_runtime::Date"),
        Type::DateTime => place.path("specie_runtime::DateTime"),
        Type::Time => place.path("specie_runtime::Time"),
        Type::Duration => place.path("specie_runtime::Duration"),
        Type::Uuid => place.path("specie_runtime::Uuid"),
        Type::Uri => place.path("specie_runtime::Uri"),
        Type::UnixTime => place.path("specie_runtime::UnixTime"),
        Type::Base64Url => place.path("specie_runtime::Base64Url"),
        Type::Base64 => place.path("specie_runtime::Base64"),
        Type::Bytes => wrapped(&place.prelude("Vec"), &quote!(u8)),
        Type::Body => place.path("specie_runtime::Body"),
        Type::File => place.path("specie_runtime::FilePart"),
        Type::Items(item) => of(place.path("specie_runtime::ItemStream"), item),
        Type::Events(data) => {
            let event = wrapped(&place.path("specie_runtime::Event"), &written(place, data));
            wrapped(&place.path("specie_runtime::ItemStream"), &event)
        }
        Type::MediaEnum(of) => place.beside_request(&of.name),
        Type::Never => place.path("specie_runtime::Never"),
        Type::Json => place.path("specie_runtime::Json"),
        Type::JsonObject => place.path("specie_runtime::JsonObject"),
    }
}

/// Names are imported where they can be.
impl<'a> Naming for Unit<'a> {
    fn named(&self, id: TypeId) -> TokenStream {
        let krate: &'a Crate = self.krate;
        let name = krate.name_of(id);
        if self.among_types {
            return self.scope.sibling(name);
        }
        let name = ident(name);
        let types = self.scope.import(fixed_modules::TYPES.path());
        quote!(#types::#name)
    }

    fn beside_request(&self, name: &str) -> TokenStream {
        let name = ident(name);
        quote!(#name)
    }

    fn path(&self, path: &'static str) -> TokenStream {
        self.scope.import(path)
    }

    fn prelude(&self, name: &'static str) -> TokenStream {
        self.scope.prelude(name)
    }
}

impl Unit<'_> {
    /// A type.
    pub(super) fn rust_type(&self, ty: &Type) -> TokenStream {
        written(self, ty)
    }

    /// A map with values of one type.
    pub(super) fn map_of(&self, value: &Type) -> TokenStream {
        written(self, &Type::Map(Box::new(value.clone())))
    }
}

/// `Outer<Inner>`
fn wrapped(outer: &TokenStream, inner: &TokenStream) -> TokenStream {
    quote!(#outer<#inner>)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::emit::test_fixtures;

    #[test]
    fn every_type_has_a_spelling() {
        let krate = test_fixtures::krate("paths: {}\n");
        let taken = BTreeSet::new();
        let unit = Unit { krate: &krate, scope: ImportScope::new(krate.root(), &taken), among_types: true };
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
