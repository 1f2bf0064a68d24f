//! The table of an operation (`specie_runtime::operation!`): its specification, and how client and server write and read it.

mod responses;
mod specification;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use self::responses::{headers, rejections, row};
use self::specification::specification;
use super::macro_tokens::sides;
use super::parameters::parameters;
use super::request_body;
use super::responses::{error_type, output_type};
use crate::emit::imports::{braced, ident};
use crate::emit::rust_types::Unit;
use crate::rust::{Operation, Success, by_status};

/// The table of an operation.
pub(super) fn operation(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let (name, id, path) =
        (ident(&operation.request.name), Literal::string(&operation.id), Literal::string(&operation.path));
    let method = if operation.has_method_constant {
        let method = ident(&operation.http_method);
        quote!(#method)
    } else {
        let method = Literal::string(&operation.http_method);
        quote!(#method)
    };
    let sides = unit.krate.module.as_ref().map(sides);
    let specification = specification(unit.krate, operation);
    let parameters = parameters(unit, operation);
    let body = operation.body.as_ref().map(|body| {
        let body = request_body::body(unit, operation, body);
        quote!(body: #body,)
    });
    let headers = headers(operation);
    let rejections = rejections(unit, operation);
    let (output, error) = (output_type(unit, &operation.success), error_type(unit, operation));
    let is_enum = matches!(operation.success, Success::Several(_));
    let success = by_status(operation.success.responses()).into_iter().map(|group| row(group, is_enum));
    let errors = by_status(operation.error_responses()).into_iter().map(|group| row(group, true));
    let (success, errors) = (braced(success), braced(errors));
    quote! {
        specie_runtime::operation!(#sides #name {
            id: #id, #method: #path, #specification #parameters #body #headers #rejections
            success: #output #success,
            errors: #error #errors
        });
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;

    use super::operation;
    use crate::emit::test_fixtures::{self, items};
    use crate::render;
    use crate::rust::Crate;

    /// The tables of a document's operations, as they are printed.
    fn tables(krate: &Crate) -> Vec<String> {
        let found = items(krate, |unit| unit.krate.operations.iter().map(|of| operation(unit, of)).collect());
        found.iter().map(|item| render::items(quote::ToTokens::to_token_stream(item))).collect()
    }

    fn table(document: &str) -> String {
        tables(&test_fixtures::krate(document)).concat()
    }

    fn lines(table: &str) -> Vec<&str> {
        table.lines().map(str::trim).collect()
    }

    #[test]
    fn every_part_of_a_request_and_every_response_has_its_entry() {
        let json = "{description: '', content: {application/json: {schema: {}}}}";
        let found = table(&format!(
            "paths:\n  /pay/{{uid}}:\n    post:\n      operationId: Pay\n      parameters:\n\
             \x20       - {{name: uid, in: path, required: true, schema: {{type: string}}}}\n\
             \x20       - {{name: 'page[size]', in: query, schema: {{type: integer, maximum: 100}}}}\n\
             \x20       - {{name: ids, in: query, required: true, explode: false, schema: {{type: array, items: {{type: string}}}}}}\n\
             \x20     requestBody: {{required: true, content: {{application/json: {{x-specie-envelope: data, schema: {{\
             type: object, properties: {{data: {{type: object, required: [type], properties: {{\
             type: {{type: string}}, note: {{type: string, nullable: true, maxLength: 3}}}}}}}}}}}}}}}}\n\
             \x20     responses:\n        '201': {json}\n        '409': {json}\n        '429': {{description: ''}}\n\
             \x20       '503': {{description: '', content: {{application/problem+json: {{schema: {{}}}}}}}}\n\
             \x20       4XX: {json}\n        default: {{description: ''}}\n"
        ));
        assert_eq!(
            lines(&found),
            [
                "specie_runtime::operation!(Pay {",
                "id: \"Pay\", POST: \"/pay/{uid}\",",
                "parameters: {",
                "uid: path, page_size: query(\"page[size]\") where { maximum(\"100\") },",
                "ids: query.list().style(Style::Form, false).required(),",
                "},",
                "body: json in PAY_ENVELOPE { r#type: required(\"type\"), note: patch where { max_length(3) } },",
                "rejections: crate::server::rejections::REJECTIONS, success: Json { 201: json },",
                "errors: PayError {",
                "409: json Conflict, 429: empty TooManyRequests,",
                "503: json(\"application/problem+json\") ServiceUnavailable, 4XX: json ClientError,",
                "default: empty Default,",
                "},",
                "});",
            ]
        );
    }

    #[test]
    fn only_what_is_not_assumed_is_written() {
        let found = table(
            "servers: [{url: 'https://a.example'}]\n\
             paths:\n  /x:\n    get: {operationId: Get, responses: {}}\n\
             \x20   post:\n      operationId: Pay\n      servers: [{url: 'https://b.example'}]\n\
             \x20     security: [{basicAuth: []}, {}]\n\
             \x20     x-specie-idempotency: {field: /id, duplicate: 409}\n      x-specie-outcome: none\n\
             \x20     responses:\n        4XX: {description: '', x-specie-outcome: refused}\n\
             \x20       '404': {description: '', x-specie-outcome: none}\n\
             components: {securitySchemes: {basicAuth: {type: http, scheme: basic}}}\n",
        );
        assert_eq!(
            lines(&found),
            [
                "specie_runtime::operation!(Get { id: \"Get\", GET: \"/x\", success: () {}, errors: NoError {} });",
                "specie_runtime::operation!(Pay {",
                "id: \"Pay\", POST: \"/x\", base: 1, security: [[\"basicAuth\"], []],",
                "idempotency: Field { pointer: \"/id\", duplicate: 409 }, outcomes: { 4XX: Refused }, safe: true,",
                "rejections: crate::server::rejections::REJECTIONS, success: () {},",
                "errors: PayError { 404: empty NotFound, 4XX: empty ClientError },",
                "});",
            ]
        );
    }

    /// Where no success is declared, `default` says what one looks like, beside what other errors look like.
    #[test]
    fn all_other_statuses_are_errors_unless_they_are_successes_and_none_is_declared() {
        let found = |responses: &str| {
            table(&format!("paths: {{/x: {{get: {{operationId: Get, responses: {{{responses}}}}}}}}}\n"))
        };
        let error = "'404': {description: ''}, default: {description: ''}";
        let beside = found(error);
        assert!(beside.contains("success: () { default: empty }"), "{beside}");
        assert!(beside.contains("errors: GetError { 404: empty NotFound, default: empty Default }"), "{beside}");
        let both = found(&format!("'204': {{description: ''}}, {error}"));
        assert!(both.contains("success: () { 204: empty }") && both.contains("default: empty Default"), "{both}");
        let only = found("default: {description: ''}");
        assert!(only.contains("success: () { default: empty }"), "{only}");
    }

    #[test]
    fn bodies_and_responses_of_several_media_types_name_them() {
        let text = "text/csv: {schema: {type: string}}";
        let found = table(&format!(
            "paths: {{/x: {{put: {{operationId: Put, requestBody: {{content: {{application/json: {{schema: {{type: integer, minimum: 1}}}}, {text}}}}}, \
             responses: {{'200': {{description: '', content: {{application/json: {{schema: {{}}}}, {text}}}}}}}}}}}}}\n"
        ));
        for expected in [
            "body: optional PutBody body of {",
            "Json: json(\"application/json\") where { minimum(\"1\") }",
            "200: json(\"application/json\") Json | ",
        ] {
            assert!(found.contains(expected), "{expected} in {found}");
        }
    }

    fn text_in_a_line(document: &str) -> String {
        lines(&table(document)).join(" ")
    }

    #[test]
    fn a_server_fills_in_the_defaults_of_optional_parameters() {
        let found = text_in_a_line(
            "paths:\n  '/{id}':\n    get:\n      operationId: Get\n      parameters:\n\
             \x20       - {name: page, in: query, schema: {type: integer, default: 1.0}}\n\
             \x20       - {name: state, in: query, schema: {type: string, minLength: 2, default: ab}}\n\
             \x20       - {name: id, in: path, required: true, schema: {type: string, default: a}}\n      responses: {}\n",
        );
        let expected = "parameters: { page: query default \"1\", state: query default \"\\\"ab\\\"\" where { min_length(2) }, id: path, },";
        assert!(found.contains(expected), "{found}");
    }

    #[test]
    fn the_items_of_a_stream_have_demands_with_their_type() {
        let object = "{type: object, required: [a], properties: {a: {type: string, maxLength: 2}}}";
        for (item, expected) in [
            (object, "body: json_lines(\"application/x-ndjson\") body where { items(PutBodyItem) { valid } },"),
            (
                "{type: string, maxLength: 2}",
                "body: json_lines(\"application/x-ndjson\") body where { items(String) { max_length(2) } },",
            ),
            ("{type: string}", "body: json_lines(\"application/x-ndjson\") body,"),
        ] {
            let found = text_in_a_line(&format!(
                "paths:\n  /a: {{put: {{operationId: Put, requestBody: {{required: true, content: {{application/x-ndjson: \
                 {{schema: {{type: array, items: {item}}}}}}}}}, responses: {{}}}}}}\n"
            ));
            let found = found.replace("types::", "");
            assert!(found.contains(expected), "{found}");
        }
    }

    #[test]
    fn headers_and_rejections_name_what_describes_them() {
        let error = "{description: '', content: {application/json: {schema: {type: object, properties: {detail: {type: string}}}}}}";
        let found = text_in_a_line(&format!(
            "paths:\n  /x:\n    get:\n      operationId: Get\n      responses:\n        \
             '200': {{description: '', headers: {{X-Total: {{schema: {{type: integer}}}}}}}}\n        '400': {error}\n"
        ));
        let expected = "headers: [GetOkHeaders], rejections: crate::server::rejections::REJECTIONS,";
        assert!(found.contains(expected), "{found}");
    }

    #[test]
    fn a_method_that_is_no_standard_one_is_text() {
        let tables = tables(&test_fixtures::whole(
            "openapi: 3.2.0\ninfo: {title: T, version: '1'}\npaths:\n  /x:\n    additionalOperations:\n      \
             COPY: {operationId: Copy, responses: {}}\n",
        ));
        assert!(tables.concat().contains("\"COPY\": \"/x\""), "{tables:?}");
    }

    /// The runtime knows which methods are safe, so only another method says so, where the document states it.
    #[test]
    fn safety_is_printed_only_where_the_method_does_not_imply_it() {
        let methods = ["get", "head", "options", "trace", "query", "put", "post", "patch", "delete"];
        let stated =
            methods.map(|method| format!("    {method}: {{x-specie-outcome: none, responses: {{}}}}\n")).concat();
        let document = format!("openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /x:\n{stated}");
        let tables = tables(&test_fixtures::whole(&document));
        assert_eq!(tables.len(), methods.len());
        let is_printed = |method: &&str| {
            let named = format!("{}: \"/x\"", method.to_uppercase());
            tables.iter().any(|table| table.contains(&named) && table.contains("safe: true"))
        };
        assert_eq!(methods.iter().copied().filter(is_printed).collect::<Vec<_>>(), ["put", "post", "patch", "delete"]);
    }

    /// An operation that says how it is asked for, and the one that asks with some parameters.
    fn asking(parameters: &str) -> String {
        let json = "content: {application/json: {schema: {type: string}}}";
        table(&format!(
            "paths:\n  /payouts:\n    get: {{operationId: ListPayouts, parameters: [{parameters}], responses: {{}}}}\n\
             \x20   post:\n      operationId: Pay\n\
             \x20     x-specie-reconcile: {{operation: ListPayouts, parameter: 'filter[reference]', value: /reference, \
             find: {{items: /data, match: /reference}}, agree: [{{request: /amount, answer: /sum}}], resource: /data, identity: /id, settling: 60}}\n\
             \x20     responses: {{'201': {{description: '', {json}}}}}\n"
        ))
    }

    #[test]
    fn how_to_ask_whether_it_happened_is_part_of_the_table() {
        let found = asking("{name: 'filter[reference]', in: query, schema: {type: string}}");
        let found: String = lines(&found).join(" ");
        assert!(
            found.contains(
                "reconcile: of ListPayouts { parameter: 0, value: \"/reference\", items: \"/data\", matches: \"/reference\", \
                 agree: { \"/amount\" = \"/sum\" }, resource: 201 \"/data\", identity: \"/id\", settling: 60, },"
            ),
            "{found}"
        );
        assert!(!asking("").contains("reconcile"));
    }

    #[test]
    fn nothing_of_a_table_is_left_to_the_formatter() {
        let long: TokenStream = (0..40)
            .map(|place| {
                let name = crate::emit::imports::ident(&format!("variant_{place}"));
                quote::quote!(#name: json("application/json"),)
            })
            .collect();
        let text = render::items(quote::quote!(specie_runtime::operation!(A { errors: B { #long }, });));
        assert!(text.lines().all(|line| line.len() <= 100), "{text}");
    }
}
