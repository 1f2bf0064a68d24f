//! Response headers: a struct for each response that documents some, and the table by which it is read and written.

use proc_macro2::TokenStream;
use quote::quote;

use super::parameters::parameter;
use super::requests::structure;
use super::response_rows::status;
use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::{Operation, ResponseHeaders};

/// The structs of an operation's response headers.
pub(super) fn structs(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let all = operation.response_headers.iter().map(|headers| {
        let structure = structure(unit, &headers.structure);
        let table = table(unit, operation, headers);
        quote!(#structure #table)
    });
    quote!(#(#all)*)
}

fn table(unit: &Unit<'_>, operation: &Operation, headers: &ResponseHeaders) -> TokenStream {
    let (name, of) = (ident(&headers.structure.name), ident(&operation.request.name));
    let status = status(headers.status);
    let rows = headers.headers().map(|(field, stated)| parameter(unit, field, stated));
    quote!(specie_runtime::response_headers!(#name of #of, #status => { #(#rows),* });)
}

#[cfg(test)]
mod tests {
    use super::structs;
    use crate::emit::fixtures::{self, items, printed};

    fn emitted(responses: &str) -> Vec<String> {
        let krate = fixtures::krate(&format!(
            "paths: {{/payouts: {{get: {{operationId: ListPayouts, responses: {{{responses}}}}}}}}}\n"
        ));
        items(&krate, |unit| structs(unit, &unit.krate.operations[0])).iter().map(printed).collect()
    }

    #[test]
    fn each_response_with_headers_has_a_struct_and_a_table() {
        let found = emitted(
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
        let found = emitted(
            "'200': {description: '', headers: {content-type: {schema: {type: string}}, \
             Set-Cookie: {schema: {type: string}}, X-Any: {schema: {}}}}",
        );
        assert!(found.is_empty(), "{found:?}");
    }
}
