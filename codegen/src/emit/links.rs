//! Links (`links.rs` and the files below it): functions that make one request of another one and its response.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::imports::ident;
use super::rust_types::Unit;
use super::source_file::{File, FormattedItems};
use super::{docs, operations, value_paths};
use crate::rust::{
    self, Crate, Link, LinkField, LinkId, LinkSource, LinkValue, Prelude, Type, ValueConversion, ValuePath,
};

/// The file with the links, or with some of them.
pub(super) fn file<'a>(
    mut file: File<'a>,
    krate: &'a Crate,
    taken: &'a BTreeSet<&'a str>,
    part: &rust::FileShare<LinkId>,
) -> String {
    let of: Vec<&Link> = part.here().iter().filter_map(|id| krate.link(*id)).collect();
    let requests: BTreeSet<&str> =
        of.iter().flat_map(|link| link.request.iter().chain([&link.target])).map(String::as_str).collect();
    file.uses(&operations::uses(krate, [], requests));
    file.parts(FormattedItems::each(krate, taken, false, &of, |unit, link| function(unit, link)));
    file.finish()
}

fn function(unit: &Unit<'_>, link: &Link) -> TokenStream {
    let (doc, name, target) = (docs::tokens(&link.docs), ident(&link.function), ident(&link.target));
    let request = link.request.as_ref().map(|request| {
        let request = ident(request);
        quote!(request: &#request,)
    });
    let response = link.response.as_ref().map(|response| {
        let response = value_paths::borrowed(unit, response);
        quote!(response: #response,)
    });
    let optional = link.fields.iter().filter_map(|field| closure(unit, field));
    let fields = link.fields.iter().map(|field| {
        let (name, value) = (ident(&field.name), value(unit, field));
        quote!(#name: #value)
    });
    let (option, some) = (unit.scope.prelude(Prelude::Option), unit.scope.prelude(Prelude::Some));
    let made = quote!(#target { #(#fields),* });
    let (gives, made) =
        if link.is_optional { (quote!(#option<#target>), quote!(#some(#made))) } else { (quote!(#target), made) };
    quote! {
        #doc
        #[must_use]
        pub fn #name(#request #response) -> #gives {
            #(#optional)*
            #made
        }
    }
}

/// The closure for an optional field whose value may be absent.
fn closure(unit: &Unit<'_>, field: &LinkField) -> Option<TokenStream> {
    match (&field.value, &field.closure) {
        (LinkValue::Optional(source), Some(name)) => {
            let (name, value) = (ident(name), optional(unit, source));
            Some(quote!(let #name = || #value;))
        }
        _ => None,
    }
}

fn value(unit: &Unit<'_>, field: &LinkField) -> TokenStream {
    if let Some(closure) = &field.closure {
        let closure = ident(closure);
        return quote!(#closure());
    }
    match &field.value {
        LinkValue::Absent => {
            let default = unit.scope.prelude(Prelude::Default);
            quote!(#default::default())
        }
        LinkValue::Required(source) if source.conversion().is_fallible() => {
            let value = of_source(source);
            quote!(#value?)
        }
        LinkValue::Required(source) => of_source(source),
        LinkValue::Optional(source) => optional(unit, source),
    }
}

/// A value as an `Option`.
fn optional(unit: &Unit<'_>, source: &LinkSource) -> TokenStream {
    let value = of_source(source);
    if source.conversion().is_fallible() {
        return value;
    }
    let some = unit.scope.prelude(Prelude::Some);
    quote!(#some(#value))
}

/// A value, as an `Option` where it may not convert.
fn of_source(source: &LinkSource) -> TokenStream {
    match source {
        LinkSource::Constant(text, conversion) => of_constant(text, *conversion),
        LinkSource::Value(path, conversion) => of_value(path, *conversion),
    }
}

fn of_constant(text: &str, conversion: ValueConversion) -> TokenStream {
    let literal = Literal::string(text);
    match conversion {
        ValueConversion::Literal => text.parse().unwrap_or_default(),
        ValueConversion::Converted => quote!(#literal.into()),
        ValueConversion::Parsed => quote!(#literal.parse().ok()),
        ValueConversion::Copied | ValueConversion::Cloned | ValueConversion::Text | ValueConversion::Integer => {
            quote!(#literal.to_owned())
        }
    }
}

fn of_value(path: &ValuePath, conversion: ValueConversion) -> TokenStream {
    let (way, is_reference) = value_paths::way(path);
    match conversion {
        ValueConversion::Copied | ValueConversion::Literal if is_reference => quote!(*#way),
        ValueConversion::Copied | ValueConversion::Literal => way,
        ValueConversion::Cloned if path.steps.is_empty() && matches!(path.value, Type::List(_)) => {
            quote!(#way.to_vec())
        }
        ValueConversion::Cloned if path.steps.is_empty() && path.value == Type::String => quote!(#way.to_owned()),
        ValueConversion::Cloned => quote!(#way.clone()),
        ValueConversion::Text => quote!(#way.to_string()),
        ValueConversion::Converted if path.value.is_integer() && is_reference => quote!((*#way).into()),
        ValueConversion::Converted if path.value.is_integer() => quote!(#way.into()),
        ValueConversion::Converted => quote!(#way.clone().into()),
        ValueConversion::Integer if is_reference => quote!((*#way).try_into().ok()),
        ValueConversion::Integer => quote!(#way.try_into().ok()),
        ValueConversion::Parsed => quote!(#way.parse().ok()),
    }
}
