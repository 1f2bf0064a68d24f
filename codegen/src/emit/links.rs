//! Links (`links.rs` and the files below it): functions that make one request of another one and its response.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::imports::ident;
use super::rust_types::Unit;
use super::source_file::{File, FormattedItems};
use super::{docs, operations, value_expressions};
use crate::rust::{self, Crate, Link, LinkField, LinkId, LinkOrigin, LinkSource, LinkValue, Prelude};

/// The file with the links, or with some of them.
pub(super) fn file<'a>(
    mut file: File<'a>,
    krate: &'a Crate,
    taken: &'a BTreeSet<&'a str>,
    part: &rust::FileShare<LinkId>,
) -> String {
    let of: Vec<&Link> = part.here().iter().filter_map(|id| krate.link(*id)).collect();
    let requests: BTreeSet<&str> = of
        .iter()
        .flat_map(|link| link.request.into_iter().chain([link.target]))
        .map(|id| krate.request_name(id))
        .collect();
    file.uses(&operations::uses(krate, [], requests));
    file.parts(FormattedItems::each(krate, taken, false, &of, |unit, link| function(unit, link)));
    file.finish()
}

fn function(unit: &Unit<'_>, link: &Link) -> TokenStream {
    let (doc, name) = (docs::tokens(&link.docs), ident(&link.function));
    let target = ident(unit.krate.request_name(link.target));
    let request = link.request.map(|id| {
        let request = ident(unit.krate.request_name(id));
        quote!(request: &#request,)
    });
    let response = link.response.as_ref().map(|response| {
        let response = value_expressions::borrowed(unit, response);
        quote!(response: #response,)
    });
    let closures = link.fields.iter().filter_map(|field| closure(unit, field));
    let fields = link.fields.iter().map(|field| {
        let name = ident(&field.name);
        let value = field.closure.as_deref().map(ident).map_or_else(|| value(unit, &field.value), |of| quote!(#of()));
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
            #(#closures)*
            #made
        }
    }
}

/// The closure for a field whose value may be absent.
fn closure(unit: &Unit<'_>, field: &LinkField) -> Option<TokenStream> {
    let (name, value) = (ident(field.closure.as_ref()?), value(unit, &field.value));
    Some(quote!(let #name = || #value;))
}

fn value(unit: &Unit<'_>, stated: &LinkValue) -> TokenStream {
    match stated {
        LinkValue::Absent => {
            let default = unit.scope.prelude(Prelude::Default);
            quote!(#default::default())
        }
        LinkValue::Plain(source) => expression(source),
        LinkValue::InSome(source) => {
            let (some, value) = (unit.scope.prelude(Prelude::Some), expression(source));
            quote!(#some(#value))
        }
        LinkValue::Tried(source) => {
            let value = expression(source);
            quote!(#value?)
        }
    }
}

fn expression(source: &LinkSource) -> TokenStream {
    let value = match &source.origin {
        LinkOrigin::Bool(flag) => flag.to_token_stream(),
        LinkOrigin::Integer(number) => Literal::i128_unsuffixed(*number).to_token_stream(),
        LinkOrigin::Text(text) => Literal::string(text).to_token_stream(),
        LinkOrigin::Value(path) => value_expressions::path(path),
    };
    value_expressions::converted(&value, source.access, source.conversion)
}
