//! Functions that make the addresses of callbacks.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::docs;
use crate::emit::field_paths;
use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::{AddressPart, CallbackAddress};

/// The function for one operation.
pub(super) fn function(unit: &Unit<'_>, address: &CallbackAddress) -> TokenStream {
    let (doc, name) = (docs::tokens(&address.docs), ident(&address.function));
    let request = address.has_request.then(|| {
        let request = ident(&address.request);
        quote!(request: &crate::#request,)
    });
    let response = address.response.as_ref().map(|response| {
        let response = field_paths::borrowed(unit, response);
        quote!(response: #response,)
    });
    let (option, string) = (unit.scope.prelude("Option"), unit.scope.prelude("String"));
    let make = unit.scope.import("specie_runtime::server::webhook::callback_url");
    let part = unit.scope.import("specie_runtime::server::webhook::UrlPart");
    let parts = address.parts.iter().map(|stated| match stated {
        AddressPart::Text(text) => {
            let text = Literal::string(text);
            quote!(#part::Text(#text))
        }
        AddressPart::Value(path) => {
            let value = field_paths::reference(path);
            quote!(#part::Value(#value))
        }
    });
    quote! {
        #doc
        #[must_use]
        pub fn #name(#request #response) -> #option<#string> {
            #make(&[#(#parts),*])
        }
    }
}
