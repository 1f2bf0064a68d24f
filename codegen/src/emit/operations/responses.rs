//! Responses: an enum of several successes, and one of the documented errors.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::attributes::{derives, lints};
use crate::emit::docs;
use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::emit::types::conversion_from;
use crate::rust::{Conversion, Operation, Response, ResponseEnum, Status, Success};

/// The enum of several successes; nothing for one or none.
pub(super) fn output(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let Success::Several(several) = &operation.success else { return None };
    let (doc, name) = (docs::tokens(&several.docs), ident(&several.name));
    let (derives, lints) = (derives(&several.derives), lints(&several.lints));
    let variants = several.responses.iter().map(|response| variant(unit, response));
    let conversions = several.responses.iter().map(|response| conversion(unit, several, response));
    Some(quote! {
        #doc
        #derives
        #lints
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
        #(#conversions)*
    })
}

/// The type of a success.
pub(in crate::emit) fn output_type(unit: &Unit<'_>, success: &Success) -> TokenStream {
    match success {
        Success::Undocumented => quote!(()),
        Success::One(only) => only.body.as_ref().map_or_else(|| quote!(()), |body| unit.rust_type(&body.value)),
        Success::Several(several) => {
            let name = ident(&several.name);
            quote!(#name)
        }
    }
}

/// The error enum; nothing where the document has no errors.
pub(super) fn errors(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let errors = operation.errors.as_ref()?;
    let (doc, derives, name) = (docs::tokens(&errors.docs), derives(&errors.derives), ident(&errors.name));
    let variants = errors.responses.iter().map(|response| variant(unit, response));
    Some(quote! {
        #doc
        #derives
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
    })
}

/// The error type of an operation.
pub(in crate::emit) fn error_type(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    operation.errors.as_ref().map_or_else(
        || unit.scope.import("specie_runtime::NoError"),
        |errors| {
            let name = ident(&errors.name);
            quote!(#name)
        },
    )
}

/// A variant: the status where it is not fixed, and the body.
fn variant(unit: &Unit<'_>, response: &Response) -> TokenStream {
    let (doc, name) = (docs::tokens(&response.docs), ident(&response.variant));
    let status = (!matches!(response.status, Status::Code(_))).then(|| unit.scope.import("specie_runtime::Status"));
    let body = response.body.as_ref().map(|body| {
        let value = unit.rust_type(&body.value);
        if !body.boxed {
            return value;
        }
        let boxes = unit.scope.prelude("Box");
        quote!(#boxes<#value>)
    });
    let parts: Vec<TokenStream> = status.into_iter().chain(body).collect();
    if parts.is_empty() { quote!(#doc #name) } else { quote!(#doc #name(#(#parts),*)) }
}

/// `From`, where a body says which variant is meant.
fn conversion(unit: &Unit<'_>, of: &ResponseEnum, response: &Response) -> Option<TokenStream> {
    let body = response.body.as_ref().filter(|_| response.conversion != Conversion::None)?;
    Some(conversion_from(unit, (&of.name, &response.variant), &body.value, &quote!(value), response.conversion))
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::errors;
    use crate::emit::fixtures::{self, items, printed};

    fn emitted(responses: &str) -> Vec<syn::Item> {
        let krate = fixtures::krate(&format!(
            "paths: {{/pay: {{post: {{operationId: Pay, responses: {{'204': {{description: Paid.}}{responses}}}}}}}}}\n\
             components: {{schemas: {{Problem: {{type: object, properties: {{code: {{type: string}}}}}}}}}}\n"
        ));
        items(&krate, |unit| errors(unit, &unit.krate.operations[0]).unwrap_or_default())
    }

    #[test]
    fn every_documented_error_is_a_variant() {
        let json = "{description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}";
        let found =
            emitted(&format!(", '400': {json}, '429': {{description: ''}}, 5XX: {json}, default: {{description: ''}}"));
        let declaration: syn::Item = parse_quote! {
            /// The documented error responses of [`Pay`].
            #[derive(Clone, PartialEq)]
            #[non_exhaustive]
            pub enum PayError {
                /// 400 Bad Request.
                BadRequest(Box<Problem>),
                /// 429 Too Many Requests.
                TooManyRequests,
                /// Any status from 500 to 599.
                ServerError(Status, Box<Problem>),
                /// Any other status.
                Default(Status),
            }
        };
        assert_eq!(printed(&found[0]), printed(&declaration));
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn without_errors_there_is_no_enum() {
        assert!(emitted("").is_empty());
    }
}
