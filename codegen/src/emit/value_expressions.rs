//! Values of a request or a response, as the expressions that read them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::imports::ident;
use super::rust_types::Unit;
use crate::rust::{BorrowedType, ValueAccess, ValueConversion, ValuePath, ValueStep};

/// The type of a parameter that is taken by reference.
pub(super) fn borrowed(unit: &Unit<'_>, ty: &BorrowedType) -> TokenStream {
    match ty {
        BorrowedType::Str => quote!(&str),
        BorrowedType::Slice(item) => {
            let item = unit.rust_type(item);
            quote!(&[#item])
        }
        BorrowedType::Reference(ty) => {
            let ty = unit.rust_type(ty);
            quote!(&#ty)
        }
    }
}

/// The value of `request` or `response`. Where it is not there, the function around it ends with `None`.
pub(super) fn path(path: &ValuePath) -> TokenStream {
    let mut value = if path.is_of_response { quote!(response) } else { quote!(request) };
    for step in &path.steps {
        let step = self::step(step);
        value = quote!(#value.#step);
    }
    value
}

fn step(step: &ValueStep) -> TokenStream {
    match step {
        ValueStep::Field(name) => {
            let name = ident(name);
            quote!(#name)
        }
        ValueStep::OptionalField(name) => {
            let name = ident(name);
            quote!(#name.as_ref()?)
        }
        ValueStep::NullableField(name) => {
            let name = ident(name);
            quote!(#name.get()?)
        }
        ValueStep::FirstItem => quote!(first()?),
        ValueStep::Item(index) => {
            let index = Literal::usize_unsuffixed(*index);
            quote!(get(#index)?)
        }
        ValueStep::Key(key) => {
            let key = Literal::string(key);
            quote!(get(#key)?)
        }
    }
}

/// A value as it is taken.
pub(super) fn taken(value: &TokenStream, access: ValueAccess) -> TokenStream {
    match access {
        ValueAccess::Direct => value.clone(),
        ValueAccess::Borrowed => quote!(&#value),
        ValueAccess::Exposed => quote!(&#value.expose()),
        ValueAccess::Dereferenced => quote!(*#value),
        ValueAccess::Cloned => quote!(#value.clone()),
        ValueAccess::ToOwned => quote!(#value.to_owned()),
        ValueAccess::ToVec => quote!(#value.to_vec()),
    }
}

/// A value as it is taken and converted.
pub(super) fn converted(value: &TokenStream, access: ValueAccess, conversion: ValueConversion) -> TokenStream {
    let taken = taken(value, access);
    let call = match conversion {
        ValueConversion::None => return taken,
        ValueConversion::Text => quote!(to_string()),
        ValueConversion::Into => quote!(into()),
        ValueConversion::TryInto => quote!(try_into().ok()),
        ValueConversion::Parse => quote!(parse().ok()),
    };
    match access {
        // A method call binds closer than what stands before the value.
        ValueAccess::Borrowed | ValueAccess::Exposed | ValueAccess::Dereferenced => quote!((#taken).#call),
        ValueAccess::Direct | ValueAccess::Cloned | ValueAccess::ToOwned | ValueAccess::ToVec => quote!(#taken.#call),
    }
}
