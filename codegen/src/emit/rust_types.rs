//! Rust types as tokens.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::imports::{ImportScope, ident};
use crate::rust::{Crate, Prelude, Spelling, Type, TypeId, TypeName, fixed_modules};

/// One unit of a generated file: a type with its impls, or an operation with its own.
pub(super) struct Unit<'a> {
    /// The crate.
    pub(super) krate: &'a Crate,
    /// The names that it imports.
    pub(super) scope: ImportScope<'a>,
    /// Whether the unit stands in a file of types, which names other types without a path.
    pub(super) among_types: bool,
}

/// How a piece of code names types: generated code imports them, examples write whole paths.
pub(super) trait Naming {
    /// A type of the document.
    fn named(&self, id: TypeId) -> TokenStream;
    /// An enum that stands beside a request.
    fn beside_request(&self, name: &str) -> TokenStream;
    /// A type of the runtime or the standard library by its path: `specie_runtime::Decimal`.
    fn path(&self, path: &'static str) -> TokenStream;
    /// A type of the prelude: `String`.
    fn prelude(&self, of: Prelude) -> TokenStream;
}

/// A type in the spelling of a piece of code.
pub(super) fn written(place: &impl Naming, ty: &Type) -> TokenStream {
    spelled(place, &ty.spelling())
}

fn spelled(place: &impl Naming, spelling: &Spelling<'_>) -> TokenStream {
    let name = match spelling.name {
        TypeName::Document(id) => place.named(id),
        TypeName::BesideRequest(name) => place.beside_request(name),
        TypeName::Primitive(name) => ident(name).into_token_stream(),
        TypeName::InPrelude(of) => place.prelude(of),
        TypeName::Path(path) => place.path(path),
    };
    let arguments = spelling.arguments.iter().map(|argument| spelled(place, argument));
    if spelling.arguments.is_empty() { name } else { quote!(#name<#(#arguments),*>) }
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

    fn prelude(&self, of: Prelude) -> TokenStream {
        self.scope.prelude(of)
    }
}

impl Unit<'_> {
    /// The tokens of a type, with its imports noted.
    pub(super) fn rust_type(&self, ty: &Type) -> TokenStream {
        written(self, ty)
    }

    /// The tokens of a type by its spelling, with its imports noted.
    pub(super) fn spelled(&self, spelling: &Spelling<'_>) -> TokenStream {
        spelled(self, spelling)
    }

    /// A map with values of one type.
    pub(super) fn map_of(&self, value: &Type) -> TokenStream {
        written(self, &Type::Map(Box::new(value.clone())))
    }
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
