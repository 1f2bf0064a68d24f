//! The table of an operation (`specie_runtime::operation!`): its specification, and how client and server write and read it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::responses::{error_type, output_type};
use super::{demands, request_body};
use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::{
    BodyKind, Check, Field, Find, Idempotency, Media, MediaNaming, Operation, Outcome, Parameter, ParameterKind,
    ParameterPlace, Presence, Reconcile, Response, Safety, Status, Style, Success, Within, by_status,
};

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
    let facts = facts(unit, operation);
    let parameters = parameters(unit, operation);
    let body = operation.body.as_ref().map(|body| {
        let body = request_body::body(unit, operation, body);
        quote!(body: #body,)
    });
    let headers = headers(operation);
    let rejections = rejections(unit, operation);
    let (output, error) = (output_type(unit, &operation.success), error_type(unit, operation));
    let is_enum = matches!(operation.success, Success::Several(_));
    let success = by_status(operation.success.responses()).into_iter().map(|group| row(group, is_enum, "default"));
    // Where no success is declared, `default` stands for all statuses.
    let default = if operation.success.responses().is_empty() { "any" } else { "default" };
    let errors = by_status(operation.error_responses()).into_iter().map(|group| row(group, true, default));
    quote! {
        specie_runtime::operation!(#name {
            id: #id, #method: #path, #facts #parameters #body #headers #rejections
            success: #output { #(#success),* },
            errors: #error { #(#errors),* }
        });
    }
}

/// What is not as the runtime assumes.
fn facts(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let base = (operation.base != 0).then(|| {
        let base = Literal::usize_unsuffixed(operation.base);
        quote!(base: #base,)
    });
    let security = (!operation.security.is_empty()).then(|| security(unit, operation));
    let idempotency = (!operation.idempotency_is_implied).then(|| idempotency(&operation.idempotency));
    let outcomes = outcomes(operation);
    let safe = (operation.safety == Safety::Stated).then(|| quote!(safe: true,));
    let reconcile = operation.reconcile.as_ref().map(reconcile);
    quote!(#base #security #idempotency #outcomes #safe #reconcile)
}

fn security(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let alternatives = operation.security.iter().map(|requirement| {
        let schemes = requirement.schemes.iter().filter_map(|(index, _)| unit.krate.schemes.get(*index));
        let keys = schemes.map(|scheme| Literal::string(&scheme.key));
        quote!([#(#keys),*])
    });
    quote!(security: [#(#alternatives),*],)
}

/// What makes a repetition safe.
fn idempotency(stated: &Idempotency) -> TokenStream {
    let kind = match stated {
        Idempotency::Natural => quote!(Natural),
        Idempotency::None => quote!(None),
        Idempotency::Header(name) => {
            let name = Literal::string(name);
            quote!(Header(#name))
        }
        Idempotency::Field { pointer, duplicate } => {
            let (pointer, duplicate) = (Literal::string(pointer), Literal::u16_unsuffixed(*duplicate));
            quote!(Field { pointer: #pointer, duplicate: #duplicate })
        }
    };
    quote!(idempotency: #kind,)
}

/// What the document says that a status means for the operation.
fn outcomes(operation: &Operation) -> Option<TokenStream> {
    let rules: Vec<TokenStream> = operation
        .outcomes
        .iter()
        .filter_map(|(status, outcome)| {
            let outcome = match outcome {
                Outcome::Done => quote!(Done),
                Outcome::Refused => quote!(Refused),
                Outcome::Unknown => quote!(Unknown),
                Outcome::Duplicate => quote!(Duplicate),
                // Nothing was to happen, so there is no outcome.
                Outcome::None => return None,
            };
            let status = self::status(*status, "default");
            Some(quote!(#status: #outcome))
        })
        .collect();
    (!rules.is_empty()).then(|| quote!(outcomes: { #(#rules),* },))
}

/// A status, a range of them (`4XX`), or a word for all others.
pub(super) fn status(status: Status, default: &str) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(digit) => format!("{digit}XX").parse().unwrap_or_default(),
        Status::Default => {
            let default = ident(default);
            quote!(#default)
        }
    }
}

/// How to ask whether the operation happened.
fn reconcile(stated: &Reconcile) -> TokenStream {
    let how = ident(if stated.paged { "paged" } else { "of" });
    let (lookup, index, value) =
        (ident(&stated.lookup), Literal::usize_unsuffixed(stated.index), Literal::string(&stated.value));
    let find = match &stated.find {
        Find::One { matches } => {
            let matches = Literal::string(matches);
            quote!(matches: #matches)
        }
        Find::Among { items, matches } => {
            let (items, matches) = (Literal::string(items), Literal::string(matches));
            quote!(items: #items, matches: #matches)
        }
    };
    let agree = stated.agree.iter().map(|(request, found)| {
        let (request, found) = (Literal::string(request), Literal::string(found));
        quote!(#request = #found)
    });
    let (success, resource) = (Literal::u16_unsuffixed(stated.success), Literal::string(&stated.resource));
    let identity = stated.identity.as_ref().map(|identity| {
        let identity = Literal::string(identity);
        quote!(, identity: #identity)
    });
    let settling = stated.settling.map(|seconds| {
        let seconds = Literal::u64_unsuffixed(seconds);
        quote!(, settling: #seconds)
    });
    quote! {
        reconcile: #how #lookup {
            parameter: #index, value: #value, #find, agree: { #(#agree),* },
            resource: #success #resource #identity #settling
        },
    }
}

/// The structs of the headers of responses.
fn headers(operation: &Operation) -> Option<TokenStream> {
    let rows = operation.response_headers.iter().map(|headers| {
        let (status, name) = (status(headers.status, "default"), ident(&headers.structure.name));
        quote!(#status: #name)
    });
    (!operation.response_headers.is_empty()).then(|| quote!(headers: { #(#rows),* },))
}

/// What the operation documents for rejections.
fn rejections(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let name = ident(&unit.krate.error_forms.tables.get(operation.rejections?)?.name);
    Some(quote!(rejections: crate::server::rejections::#name,))
}

/// The parameters, in the order of the fields.
fn parameters(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let rows: Vec<TokenStream> =
        operation.parameters().map(|(field, parameter)| checked_parameter(unit, field, parameter)).collect();
    (!rows.is_empty()).then(|| quote!(parameters: { #(#rows),* },))
}

/// One parameter, with what a server fills in for it and demands of it.
fn checked_parameter(unit: &Unit<'_>, field: &Field, stated: &Parameter) -> TokenStream {
    let parameter = parameter(unit, field, stated);
    let default = stated.default.as_ref().map(|default| {
        let default = Literal::string(default);
        quote!(default #default)
    });
    // Checks that look at what the value holds have to know its type.
    let looks_within = field.checks.own.contains(&Check::Unique) || matches!(field.checks.within, Within::Each(_));
    let ty = looks_within.then(|| unit.rust_type(&field.stored())).map(|ty| quote!(as #ty));
    let demands = demands::of(&field.checks);
    quote!(#parameter #default #ty #demands)
}

/// One parameter or header, with what is not as its place implies.
pub(super) fn parameter(unit: &Unit<'_>, field: &Field, stated: &Parameter) -> TokenStream {
    let (name, format) = (ident(&field.name), &stated.format);
    let wire = wire(field);
    let place = ident(match stated.place {
        ParameterPlace::Path => "path",
        ParameterPlace::Query => "query",
        ParameterPlace::QueryString => "query_string",
        ParameterPlace::Header => "header",
        ParameterPlace::Cookie => "cookie",
    });
    let kind = kind(&format.kind);
    let style = ((format.style, format.explode) != stated.place.default_style()).then(|| {
        let (style, explode) = (style(unit, format.style), format.explode);
        quote!(.style(#style, #explode))
    });
    let is_required = field.presence == Presence::Required && stated.place != ParameterPlace::Path;
    let required = is_required.then(|| quote!(.required()));
    let reserved = format.allow_reserved.then(|| quote!(.allow_reserved()));
    let any_path = stated.any_path.then(|| quote!(.any_path()));
    quote!(#name: #place #wire #kind #style #required #reserved #any_path)
}

/// The name of a field on the wire in parentheses, where it is not the field's own.
pub(super) fn wire(field: &Field) -> Option<TokenStream> {
    (ident(&field.name) != field.wire).then(|| {
        let wire = Literal::string(&field.wire);
        quote!((#wire))
    })
}

fn kind(kind: &ParameterKind) -> TokenStream {
    match kind {
        ParameterKind::Scalar => TokenStream::new(),
        ParameterKind::List => quote!(.list()),
        ParameterKind::Object { properties, open } => {
            let properties = properties.iter().map(|name| Literal::string(name));
            let method = ident(if *open { "open_object" } else { "object" });
            quote!(.#method(&[#(#properties),*]))
        }
        ParameterKind::Any => quote!(.any()),
        ParameterKind::Json => quote!(.json()),
    }
}

fn style(unit: &Unit<'_>, style: Style) -> TokenStream {
    let of = unit.scope.import("specie_runtime::Style");
    let variant = match style {
        Style::Matrix => quote!(Matrix),
        Style::Label => quote!(Label),
        Style::Simple => quote!(Simple),
        Style::Form => quote!(Form),
        Style::SpaceDelimited => quote!(SpaceDelimited),
        Style::PipeDelimited => quote!(PipeDelimited),
        Style::DeepObject => quote!(DeepObject),
        Style::Cookie => quote!(Cookie),
    };
    quote!(#of::#variant)
}

/// A status with the forms of its body, and the variant that holds each.
fn row(group: &[Response], is_enum: bool, default: &str) -> TokenStream {
    let status = group.first().map(|response| self::status(response.status, default));
    let forms = group.iter().map(|response| {
        let variant = is_enum.then(|| ident(&response.variant));
        let Some(body) = &response.body else { return quote!(empty #variant) };
        let (kind, media) = (ident(form(body.media.kind)), media(&body.media, group.len() > 1));
        quote!(#kind #media #variant)
    });
    quote!(#status: #(#forms)|*)
}

/// The media types in parentheses, where they are several or not the usual one.
pub(super) fn media(media: &Media, is_one_of_several: bool) -> Option<TokenStream> {
    let is_usual = match media.kind {
        BodyKind::Json | BodyKind::Form => media.naming == MediaNaming::Implied,
        BodyKind::Multipart => media.name == "multipart/form-data",
        _ => false,
    };
    (!is_usual || !media.others.is_empty() || is_one_of_several).then(|| {
        let names = media.names().map(Literal::string);
        quote!((#(#names),*))
    })
}

/// How the runtime calls the form of a body.
pub(super) fn form(kind: BodyKind) -> &'static str {
    match kind {
        BodyKind::Json => "json",
        BodyKind::Form => "form",
        BodyKind::Text => "text",
        BodyKind::Bytes => "bytes",
        BodyKind::Stream => "stream",
        BodyKind::Multipart => "multipart",
        BodyKind::Events => "events",
        BodyKind::TextEvents => "text_events",
        BodyKind::JsonLines => "json_lines",
        BodyKind::JsonSequence => "json_sequence",
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;

    use super::operation;
    use crate::emit::fixtures::{self, items};
    use crate::render;
    use crate::rust::Crate;

    /// The tables of a document's operations, as they are printed.
    fn tables(krate: &Crate) -> Vec<String> {
        let found = items(krate, |unit| unit.krate.operations.iter().map(|of| operation(unit, of)).collect());
        found.iter().map(|item| render::items(quote::ToTokens::to_token_stream(item))).collect()
    }

    fn table(document: &str) -> String {
        tables(&fixtures::krate(document)).concat()
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

    /// Where no success is declared, `default` also stands for the statuses of successes.
    #[test]
    fn all_other_statuses_are_errors_unless_a_success_is_declared() {
        let found = |responses: &str| {
            table(&format!("paths: {{/x: {{get: {{operationId: Get, responses: {{{responses}}}}}}}}}\n"))
        };
        let error = "'404': {description: ''}, default: {description: ''}";
        assert!(found(error).contains("any: empty Default"), "{}", found(error));
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
             \x20       - {name: page, in: query, schema: {type: integer, default: 1}}\n\
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
        let expected = "headers: { 200: GetOkHeaders }, rejections: crate::server::rejections::REJECTIONS,";
        assert!(found.contains(expected), "{found}");
    }

    #[test]
    fn a_method_that_is_no_standard_one_is_text() {
        let tables = tables(&fixtures::whole(
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
        let tables = tables(&fixtures::whole(&document));
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
                let name = crate::emit::scope::ident(&format!("variant_{place}"));
                quote::quote!(#name: json("application/json"),)
            })
            .collect();
        let text = render::items(quote::quote!(specie_runtime::operation!(A { errors: B { #long }, });));
        assert!(text.lines().all(|line| line.len() <= 100), "{text}");
    }
}
