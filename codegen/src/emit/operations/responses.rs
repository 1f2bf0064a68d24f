//! Responses: an enum of several successes, and one of the documented errors; and a struct with a table for each response with headers.

use proc_macro2::TokenStream;
use quote::quote;

use super::macro_tokens::status;
use super::parameters::parameter;
use super::requests::structure;
use crate::emit::attributes::{derives, lints, non_exhaustive};
use crate::emit::docs;
use crate::emit::imports::ident;
use crate::emit::rust_types::Unit;
use crate::emit::types::conversion_from;
use crate::rust::{Conversion, Operation, Prelude, Response, ResponseEnum, ResponseHeaders, Success};

/// The enum of several successes; nothing for one or none.
pub(super) fn output(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let Success::Several(several) = &operation.success else { return None };
    let (doc, name) = (docs::tokens(&several.docs), ident(&several.name));
    let (derives, lints) = (derives(&several.derives), lints(&several.lints));
    let variants = several.responses.iter().map(|response| variant(unit, response));
    let open = non_exhaustive(ResponseEnum::IS_NON_EXHAUSTIVE);
    let conversions = several.responses.iter().map(|response| conversion(unit, several, response));
    Some(quote! {
        #doc
        #derives
        #lints
        #open
        pub enum #name { #(#variants),* }
        #(#conversions)*
    })
}

/// The error enum; nothing where the document has no errors.
pub(super) fn errors(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let errors = operation.errors.as_ref()?;
    let (doc, derives, name) = (docs::tokens(&errors.docs), derives(&errors.derives), ident(&errors.name));
    let variants = errors.responses.iter().map(|response| variant(unit, response));
    let open = non_exhaustive(ResponseEnum::IS_NON_EXHAUSTIVE);
    Some(quote! {
        #doc
        #derives
        #open
        pub enum #name { #(#variants),* }
    })
}

/// A variant: the status where it is not fixed, and the body.
fn variant(unit: &Unit<'_>, response: &Response) -> TokenStream {
    let (doc, name) = (docs::tokens(&response.docs), ident(&response.variant));
    let status = response.holds_status().then(|| unit.scope.import("specie_runtime::Status"));
    let body = response.body.as_ref().map(|body| {
        let value = unit.rust_type(&body.value);
        if !body.boxed {
            return value;
        }
        let boxes = unit.scope.prelude(Prelude::Box);
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

/// The structs of an operation's response headers.
pub(super) fn headers(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let all = operation.response_headers.iter().map(|headers| {
        let structure = structure(unit, &headers.structure);
        let table = header_table(unit, operation, headers);
        quote!(#structure #table)
    });
    quote!(#(#all)*)
}

fn header_table(unit: &Unit<'_>, operation: &Operation, headers: &ResponseHeaders) -> TokenStream {
    let (name, of) = (ident(&headers.structure.name), ident(&operation.request.name));
    let status = status(headers.status);
    let rows = headers.headers().map(|(field, stated)| parameter(unit, field, stated));
    quote!(specie_runtime::response_headers!(#name of #of, #status => { #(#rows),* });)
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

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::{errors, headers};
    use crate::emit::test_fixtures::{self, items, printed};

    fn emitted(responses: &str) -> Vec<syn::Item> {
        let krate = test_fixtures::krate(&format!(
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

    fn emitted_headers(responses: &str) -> Vec<String> {
        let krate = test_fixtures::krate(&format!(
            "paths: {{/payouts: {{get: {{operationId: ListPayouts, responses: {{{responses}}}}}}}}}\n"
        ));
        items(&krate, |unit| headers(unit, &unit.krate.operations[0])).iter().map(printed).collect()
    }

    #[test]
    fn each_response_with_headers_has_a_struct_and_a_table() {
        let found = emitted_headers(
            "'200': {description: '', headers: {\
             X-Total: {required: true, description: How many., schema: {type: integer}}, \
             X-Ids: {schema: {type: array, items: {type: string}}}}}, \
             4XX: {description: '', headers: {Retry-After: {schema: {type: integer}}}}, '503': {description: ''}",
        );
        let names: Vec<&str> = found.iter().filter_map(|text| text.split("pub struct ").nth(1)).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        assert!(
            found[0].contains("/// How many.\n    ///\n    /// In the header `X-Total`.\n    pub x_total: i64,\n"),
            "{}",
            found[0]
        );
        assert!(
            found.iter().any(|text| text
                == "specie_runtime::response_headers!(ListPayoutsOkHeaders of ListPayouts, 200 => {\n    \
                x_total: header(\"X-Total\").required(), x_ids: header(\"X-Ids\").list(),\n});\n"),
            "{found:?}"
        );
        assert!(found.iter().any(|text| text.contains("of ListPayouts, 4XX => {")), "{found:?}");
    }

    #[test]
    fn what_http_has_its_own_use_for_and_what_has_no_type_is_no_field() {
        let found = emitted_headers(
            "'200': {description: '', headers: {content-type: {schema: {type: string}}, \
             Set-Cookie: {schema: {type: string}}, X-Any: {schema: {}}}}",
        );
        assert!(found.is_empty(), "{found:?}");
    }
}
