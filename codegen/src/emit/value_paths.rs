//! The way to a value of a request or a response, as an expression.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::scope::ident;
use crate::rust::{Type, ValuePath, ValueStep};

/// A reference to the value of `request` or `response`. Where it is not there, the function around it ends with `None`.
pub(super) fn reference(path: &ValuePath) -> TokenStream {
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
    match (&path.value, is_reference) {
        // `expose` gives a reference already, which is to be written itself.
        (Type::Secret(_), _) => quote!(&#way.expose()),
        (_, true) => way,
        (_, false) => quote!(&#way),
    }
}
