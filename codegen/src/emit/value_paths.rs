//! The way to a value of a request or a response, as an expression.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::imports::ident;
use super::rust_types::Unit;
use crate::rust::{Type, ValuePath, ValueStep};

/// A reference to the value of `request` or `response`. Where it is not there, the function around it ends with `None`.
pub(super) fn reference(path: &ValuePath) -> TokenStream {
    match (&path.value, way(path)) {
        // `expose` gives a reference already, which is to be written itself.
        (Type::Secret(_), (way, _)) => quote!(&#way.expose()),
        // Where the value is the whole body, it may be a `str`, which is no value of its own.
        (_, (way, true)) if path.steps.is_empty() => quote!(&#way),
        (_, (way, true)) => way,
        (_, (way, false)) => quote!(&#way),
    }
}

/// A reference to a value of a type, as a parameter of a function.
pub(super) fn borrowed(unit: &Unit<'_>, ty: &Type) -> TokenStream {
    match ty {
        Type::String => quote!(&str),
        Type::List(item) => {
            let item = unit.rust_type(item);
            quote!(&[#item])
        }
        other => {
            let other = unit.rust_type(other);
            quote!(&#other)
        }
    }
}

/// The value of `request` or `response`, and whether it is a reference to it. Where it is not there, the function around it ends with
/// `None`.
pub(super) fn way(path: &ValuePath) -> (TokenStream, bool) {
    let root = if path.is_of_response { quote!(response) } else { quote!(request) };
    // Whether what is written so far is a reference already.
    let (mut way, mut is_reference) = (root, true);
    for step in &path.steps {
        (way, is_reference) = match step {
            ValueStep::Field(name) => {
                let name = ident(name);
                (quote!(#way.#name), false)
            }
            ValueStep::OptionalField(name) => {
                let name = ident(name);
                (quote!(#way.#name.as_ref()?), true)
            }
            ValueStep::NullableField(name) => {
                let name = ident(name);
                (quote!(#way.#name.get()?), true)
            }
            ValueStep::Item(0) => (quote!(#way.first()?), true),
            ValueStep::Item(index) => {
                let index = Literal::usize_unsuffixed(*index);
                (quote!(#way.get(#index)?), true)
            }
            ValueStep::Key(key) => {
                let key = Literal::string(key);
                (quote!(#way.get(#key)?), true)
            }
        };
    }
    (way, is_reference)
}
