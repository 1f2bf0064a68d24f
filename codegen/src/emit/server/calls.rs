//! `impl Serve`: an HTTP request as a request struct, its check, and responses.

use std::ops::RangeFrom;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::client::{is_left_out_by_hand, part_method, styles};
use crate::emit::operations::{
    envelope_reference, error_type, media_kind, media_pattern, media_specs, output_type, status_range,
};
use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::emit::types::{at, block, check_statements, field_check, presence_method, size_check};
use crate::rust::{
    Body, BodyKind, Check, Checks, Field, Media, MediaEnum, MediaNaming, Operation, Parameter, Payload, Presence,
    Response, Source, Status, Success, Type, Within,
};

/// `impl Serve` of an operation.
pub(super) fn serve(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let name = ident(&operation.request.name);
    let serve = unit.scope.import("specie_runtime::server::Serve");
    let body = operation.body.as_ref().map(|body| body_spec(unit, body));
    let rejections = rejections(unit, operation);
    let receive = receive(unit, operation);
    let check = check(unit, operation);
    let respond = respond(unit, operation);
    let refuse = refuse(unit, operation);
    quote! {
        impl #serve for #name { #body #rejections #receive #check #respond #refuse }
    }
}

/// Which body the operation takes.
fn body_spec(unit: &Unit<'_>, body: &Body) -> TokenStream {
    let spec = unit.scope.import("specie_runtime::server::BodySpec");
    let takes = match &body.payload {
        Payload::Fields { media, .. } | Payload::Whole(media) if media.others.is_empty() => one(unit, media),
        Payload::Fields { media, .. } | Payload::Whole(media) => {
            let specs = media_specs(unit, media);
            quote!(several(&[#specs]))
        }
        Payload::Choice(choice) => {
            let specs = choice.variants.iter().map(|variant| media_specs(unit, &variant.media));
            quote!(several(&[#(#specs),*]))
        }
    };
    let optional = (!body.required).then(|| quote!(.optional()));
    quote!(const BODY: #spec = #spec::#takes #optional;)
}

/// What the operation documents for rejections.
fn rejections(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let name = ident(&unit.krate.error_forms.tables.get(operation.rejections?)?.name);
    let row = unit.scope.import("specie_runtime::server::DocumentedRejection");
    Some(quote!(const REJECTIONS: &'static [#row] = crate::server::rejections::#name;))
}

/// A body of one media type.
fn one(unit: &Unit<'_>, media: &Media) -> TokenStream {
    let media_type = Literal::string(&media.name);
    match media.kind {
        BodyKind::Json => quote!(json()),
        BodyKind::Form => quote!(form()),
        BodyKind::Text => quote!(text(#media_type)),
        BodyKind::Bytes => quote!(bytes(#media_type)),
        _ => {
            let kind = media_kind(unit, media.kind);
            quote!(one(#media_type, #kind))
        }
    }
}

/// Parameters are read and checked first, so that no body is waited for that comes with one that is wrong.
fn receive(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let (incoming, rejection) =
        (unit.scope.import("specie_runtime::server::Incoming"), unit.scope.import("specie_runtime::server::Rejection"));
    let result = unit.scope.prelude("Result");
    let fields = &operation.request.fields;
    let argument = if fields.is_empty() && operation.body.is_none() { quote!(_) } else { quote!(incoming) };
    let checks = parameter_checks(unit, operation);
    let bound = operation.body.is_some() || !checks.is_empty();
    let parameters = operation.parameters().enumerate().filter(|_| bound);
    let parameters = parameters.map(|(index, (of, parameter))| binding(unit, index, of, parameter));
    let body = operation.body.as_ref().and_then(|body| body_binding(operation, body));
    let mut index = 0..;
    let values = fields.iter().map(|of| field(unit, operation, of, &mut index, bound));
    quote! {
        async fn receive(#argument: &mut #incoming) -> #result<Self, #rejection> {
            #(#parameters)*
            #checks
            #body
            Ok(Self { #(#values),* })
        }
    }
}

/// A parameter in a variable of its own. Where the checks look at what it holds, its type is written.
fn binding(unit: &Unit<'_>, index: usize, field: &Field, parameter: &Parameter) -> TokenStream {
    let (variable, value) = (ident(&parameter.variable), parameter_value(index));
    let looks_within = field.checks.own.contains(&Check::Unique) || matches!(field.checks.within, Within::Each(_));
    let ty = looks_within.then(|| unit.rust_type(&field.stored())).map(|ty| quote!(: #ty));
    quote!(let #variable #ty = #value;)
}

/// What is demanded of the parameters beyond their types.
fn parameter_checks(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let checks: TokenStream = operation
        .parameters()
        .enumerate()
        .map(|(index, (field, parameter))| {
            let variable = ident(&parameter.variable);
            let statements = check_statements(unit, &field.checks, &quote!(&#variable));
            at(&quote!(checker.parameter), &Literal::usize_unsuffixed(index), &statements)
        })
        .collect();
    if checks.is_empty() {
        return checks;
    }
    quote!(incoming.check(|checker| { #checks })?;)
}

/// The object whose properties are fields, in a variable of its own; nothing where the body is one field.
fn body_binding(operation: &Operation, body: &Body) -> Option<TokenStream> {
    let Payload::Fields { media, closed, .. } = &body.payload else { return None };
    let deny = deny_unknown(*closed, &operation.request.fields);
    if media.kind == BodyKind::Multipart {
        return Some(quote!(let body = incoming.multipart().await?; #deny));
    }
    if media.kind == BodyKind::Form {
        let read = styles(media).map_or_else(|| quote!(form_object()), |styles| quote!(form_object_styled(#styles)));
        return Some(quote!(let body = incoming.#read.await?; #deny));
    }
    let envelope = envelope_reference(operation);
    Some(quote!(let body = incoming.json_object(#envelope).await?; #deny))
}

/// Refuses what a closed object does not list.
fn deny_unknown(closed: bool, fields: &[Field]) -> Option<TokenStream> {
    let in_body = fields.iter().filter(|field| matches!(field.source, Source::Property | Source::Part(_)));
    let names = in_body.map(|field| Literal::string(&field.wire));
    closed.then(|| quote!(body.deny_unknown(&[#(#names),*])?;))
}

/// The value of a field; that of a parameter may stand in a variable already.
fn field(
    unit: &Unit<'_>,
    operation: &Operation,
    field: &Field,
    indices: &mut RangeFrom<usize>,
    bound: bool,
) -> TokenStream {
    let (name, wire) = (ident(&field.name), Literal::string(&field.wire));
    match &field.source {
        Source::Parameter(parameter) if bound => {
            let variable = ident(&parameter.variable);
            let value = or_default(parameter, quote!(#variable));
            if variable == name && parameter.default.is_none() { quote!(#name) } else { quote!(#name: #value) }
        }
        Source::Parameter(parameter) => {
            let value = or_default(parameter, parameter_value(indices.next().unwrap_or_default()));
            quote!(#name: #value)
        }
        Source::Body => {
            let value = operation.body.as_ref().map(|body| whole(unit, body, field));
            quote!(#name: #value)
        }
        Source::Part(part) => {
            let method = part_method(*part, field.presence == Presence::Optional);
            quote!(#name: body.#method(#wire)?)
        }
        Source::Property => {
            let method = ident(presence_method(field.presence));
            quote!(#name: body.#method(#wire)?)
        }
    }
}

/// A parameter, or its default: it is filled in behind the checks, because what they say is said to the caller.
fn or_default(parameter: &Parameter, value: TokenStream) -> TokenStream {
    let Some(default) = &parameter.default else { return value };
    let default = Literal::string(default);
    quote!(incoming.or_default(#value, #default))
}

fn parameter_value(index: usize) -> TokenStream {
    let index = Literal::usize_unsuffixed(index);
    quote!(incoming.parameter(#index)?)
}

/// The body as one value.
fn whole(unit: &Unit<'_>, body: &Body, field: &Field) -> TokenStream {
    let holds = (&field.value, &field.checks);
    match &body.payload {
        Payload::Fields { media, .. } | Payload::Whole(media) if body.required => read(unit, media, holds),
        Payload::Fields { media, .. } | Payload::Whole(media) if is_left_out_by_hand(media) => {
            let value = read(unit, media, holds);
            quote!(match incoming.media_type() { "" => None, _ => Some(#value) })
        }
        Payload::Fields { media, .. } | Payload::Whole(media) => {
            let (method, _, wait) = reader(media);
            let method = ident(&[method, "_optional"].concat());
            quote!(incoming.#method() #wait?)
        }
        Payload::Choice(choice) => chosen(unit, body, choice),
    }
}

/// A body that is there. The items of a stream are checked as they are read.
fn read(unit: &Unit<'_>, media: &Media, (ty, checks): (&Type, &Checks)) -> TokenStream {
    let (method, argument, wait) = reader(media);
    let method = ident(method);
    let (Some(checks), Type::Items(item)) = (checks.of_items(), ty) else {
        return quote!(incoming.#method(#argument) #wait?);
    };
    let item = unit.rust_type(item);
    let check = if checks.own.is_empty() && checks.within == Within::ByType {
        let check = unit.scope.import("specie_runtime::Check");
        quote!(#check::check)
    } else {
        let statements = block(&check_statements(unit, checks, &quote!(item)));
        quote!(|item, checker| #statements)
    };
    quote!(incoming.#method::<#item>()?.checked(#check))
}

/// The method that reads a body, what it takes, and whether it has to be waited for.
fn reader(media: &Media) -> (&'static str, Option<proc_macro2::Ident>, Option<TokenStream>) {
    let wait = Some(quote!(.await));
    match media.kind {
        BodyKind::Json => ("json", None, wait),
        BodyKind::Form if media.styles.is_some() => ("form_styled", styles(media), wait),
        BodyKind::Form => ("form", None, wait),
        BodyKind::Text => ("text", None, wait),
        BodyKind::Bytes => ("bytes", None, wait),
        BodyKind::Stream | BodyKind::Multipart | BodyKind::Events | BodyKind::TextEvents => ("stream", None, None),
        BodyKind::JsonLines => ("json_lines", None, None),
        BodyKind::JsonSequence => ("json_sequence", None, None),
    }
}

/// A body of one of several media types.
fn chosen(unit: &Unit<'_>, body: &Body, choice: &MediaEnum) -> TokenStream {
    let name = ident(&choice.name);
    let arms = choice.variants.iter().map(|variant| {
        let (pattern, variant_name, value) = (
            media_pattern(&variant.media),
            ident(&variant.name),
            read(unit, &variant.media, (&variant.value, &variant.checks)),
        );
        let value = quote!(#name::#variant_name(#value));
        if body.required { quote!(#pattern => #value,) } else { quote!(#pattern => Some(#value),) }
    });
    let other = if body.required { quote!(return Err(incoming.missing_body())) } else { quote!(None) };
    quote!(match incoming.media_type() { #(#arms)* _ => #other, })
}

/// Constraints of the body, and values that no enum lists; nothing where there are none.
fn check(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let mut checks = TokenStream::new();
    for field in &operation.request.fields {
        match &field.source {
            Source::Parameter(_) => {}
            Source::Body => {
                let name = ident(&field.name);
                let statements = check_statements(unit, &field.checks, &quote!(&self.#name));
                checks.extend(quote!(#(#statements;)*));
                checks.extend(choice_check(unit, operation, &name));
            }
            Source::Property | Source::Part(_) => checks.extend(field_check(unit, field)),
        }
    }
    if let Some(Body { payload: Payload::Fields { size, .. }, .. }) = &operation.body {
        let in_body = |field: &&Field| matches!(field.source, Source::Property | Source::Part(_));
        checks.extend(size_check(unit, size, operation.request.fields.iter().filter(in_body), (0, None)));
    }
    if checks.is_empty() {
        return TokenStream::new();
    }
    let levels = operation.envelope().into_iter().flat_map(|envelope| &envelope.levels);
    let checks = levels.rev().fold(checks, |checks, level| inside(&checks, &level.key));
    let checker = unit.scope.import("specie_runtime::Checker");
    quote! {
        fn check(&self, checker: &mut #checker<'_>) { #checks }
    }
}

/// What is demanded of a body of one of several media types.
fn choice_check(unit: &Unit<'_>, operation: &Operation, field: &proc_macro2::Ident) -> Option<TokenStream> {
    let body = operation.body.as_ref()?;
    let choice = body.choice()?;
    let name = ident(&choice.name);
    // Variants of which the same is demanded have one arm.
    let mut arms: Vec<(&Type, &Checks, Vec<TokenStream>)> = Vec::new();
    for variant in choice.variants.iter().filter(|variant| !variant.checks.is_empty()) {
        let variant_name = ident(&variant.name);
        let pattern = quote!(#name::#variant_name(body));
        match arms.iter_mut().find(|(ty, checks, _)| **ty == variant.value && **checks == variant.checks) {
            Some((.., patterns)) => patterns.push(pattern),
            None => arms.push((&variant.value, &variant.checks, vec![pattern])),
        }
    }
    let joined = |patterns: &[TokenStream]| {
        let any = quote!(#(#patterns)|*);
        if body.required { any } else { quote!(Some(#any)) }
    };
    let arms =
        arms.iter().map(|(_, checks, patterns)| (joined(patterns), check_statements(unit, checks, &quote!(body))));
    let arms: Vec<(TokenStream, Vec<TokenStream>)> = arms.collect();
    if arms.is_empty() {
        return None;
    }
    let is_whole = body.required && choice.variants.iter().all(|variant| !variant.checks.is_empty());
    Some(match arms.as_slice() {
        [(only, statements)] if is_whole => quote!(let (#only) = &self.#field; #(#statements;)*),
        [(only, statements)] => quote!(if let #only = &self.#field { #(#statements;)* }),
        several => {
            let arms = several.iter().map(|(pattern, statements)| {
                let body = block(statements);
                quote!(#pattern => #body,)
            });
            let other = (!is_whole).then(|| quote!(_ => {}));
            quote!(match &self.#field { #(#arms)* #other })
        }
    })
}

/// The same checks under a key of the envelope.
fn inside(checks: &TokenStream, key: &str) -> TokenStream {
    let key = Literal::string(key);
    quote!(checker.at(#key, |checker| { #checks });)
}

fn respond(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let response_type = unit.scope.import("specie_runtime::server::ServerResponse");
    let output = output_type(unit, &operation.success);
    match &operation.success {
        Success::Undocumented => quote! {
            fn respond((): ()) -> #response_type { #response_type::empty(204) }
        },
        Success::One(only) => {
            let status = match only.status {
                Status::Code(code) => code,
                Status::Range(digit) => u16::from(digit) * 100,
                Status::Default => 200,
            };
            let status = Literal::u16_unsuffixed(status);
            let pattern = if only.body.is_some() { quote!(output) } else { quote!(()) };
            let response = body_response(unit, only, &quote!(#status), &quote!(output));
            quote! {
                fn respond(#pattern: #output) -> #response_type { #response }
            }
        }
        Success::Several(several) => {
            let arms = several.responses.iter().map(|response| arm(unit, &several.name, response));
            quote! {
                fn respond(output: #output) -> #response_type {
                    match output { #(#arms)* }
                }
            }
        }
    }
}

fn refuse(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let response_type = unit.scope.import("specie_runtime::server::ServerResponse");
    let error = error_type(unit, operation);
    let arms = operation
        .errors
        .iter()
        .flat_map(|errors| errors.responses.iter().map(|response| arm(unit, &errors.name, response)));
    quote! {
        fn refuse(error: #error) -> #response_type {
            match error { #(#arms)* }
        }
    }
}

/// One variant as a response: its status is fixed, or carried and held to its range.
fn arm(unit: &Unit<'_>, of: &str, response: &Response) -> TokenStream {
    let (of, variant) = (ident(of), ident(&response.variant));
    let body = response.body.is_some().then(|| quote!(body));
    let body_pattern = body.iter();
    if let Status::Code(code) = response.status {
        let code = Literal::u16_unsuffixed(code);
        let made = body_response(unit, response, &quote!(#code), &quote!(body));
        let pattern = if body.is_some() { quote!((body)) } else { TokenStream::new() };
        return quote!(#of::#variant #pattern => #made,);
    }
    let made = body_response(unit, response, &quote!(status.as_u16()), &quote!(body));
    let range = status_range(unit, response.status);
    quote!(#of::#variant(status #(, #body_pattern)*) => #made.within(#range),)
}

fn body_response(unit: &Unit<'_>, response: &Response, status: &TokenStream, body: &TokenStream) -> TokenStream {
    let response_type = unit.scope.import("specie_runtime::server::ServerResponse");
    let Some(stated) = &response.body else {
        return quote!(#response_type::empty(#status));
    };
    let (media, literal) = (&stated.media, Literal::string(&stated.media.name));
    match media.kind {
        BodyKind::Text => quote!(#response_type::text(#status, #literal, &#body)),
        BodyKind::Bytes => quote!(#response_type::bytes(#status, #literal, &#body)),
        BodyKind::Stream | BodyKind::Multipart => quote!(#response_type::stream(#status, #literal, #body)),
        BodyKind::Events => quote!(#response_type::events(#status, #literal, &#body)),
        BodyKind::TextEvents => quote!(#response_type::text_events(#status, #literal, &#body)),
        BodyKind::JsonLines => quote!(#response_type::json_lines(#status, #literal, &#body)),
        BodyKind::JsonSequence => quote!(#response_type::json_sequence(#status, #literal, &#body)),
        BodyKind::Json | BodyKind::Form => {
            let own = (media.naming == MediaNaming::Named).then(|| quote!(.content_type(#literal)));
            quote!(#response_type::json(#status, &#body) #own)
        }
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::serve;
    use crate::emit::fixtures::{self, items, printed};

    fn emitted(paths: &str) -> String {
        let krate = fixtures::krate(&format!("paths:\n{paths}"));
        let found = items(&krate, |unit| unit.krate.operations.iter().map(|of| serve(unit, of)).collect());
        found.first().map(printed).unwrap_or_default()
    }

    #[test]
    fn a_request_is_read_checked_and_answered() {
        let found = emitted(
            "  /pay:\n    post:\n      operationId: Pay\n\
             \x20     parameters: [{name: 'page[size]', in: query, schema: {type: integer, maximum: 100}}]\n\
             \x20     requestBody: {required: true, content: {application/json: {x-specie-envelope: data, schema: {\
             type: object, properties: {data: {type: object, properties: {due: {type: string, format: date}}}}}}}}\n\
             \x20     responses: {'204': {description: Paid.}, '409': {description: Paid before.}, 5XX: {description: Failed.}}\n",
        );
        let expected: syn::Item = parse_quote! {
            impl Serve for Pay {
                const BODY: BodySpec = BodySpec::json();
                const REJECTIONS: &'static [DocumentedRejection] = crate::server::rejections::REJECTIONS;
                async fn receive(incoming: &mut Incoming) -> Result<Self, Rejection> {
                    let page_size = incoming.parameter(0)?;
                    incoming.check(|checker| {
                        checker.parameter(0, |checker| checker.maximum(&page_size, "100"));
                    })?;
                    let body = incoming.json_object(PAY_ENVELOPE).await?;
                    Ok(Self { page_size, due: body.optional("due")? })
                }
                fn check(&self, checker: &mut Checker<'_>) {
                    checker.at("data", |checker| {
                        checker.field("due", &self.due);
                    });
                }
                fn respond((): ()) -> ServerResponse {
                    ServerResponse::empty(204)
                }
                fn refuse(error: PayError) -> ServerResponse {
                    match error {
                        PayError::Conflict => ServerResponse::empty(409),
                        PayError::ServerError(status) => ServerResponse::empty(status.as_u16()).within(StatusRange::Range(5)),
                    }
                }
            }
        };
        assert_eq!(found, printed(&expected));
    }

    #[test]
    fn what_a_path_may_hold_and_what_a_variable_is_called_follow_the_document() {
        let found = emitted(
            "  /{key}/{incoming}:\n    put:\n      operationId: Put\n\
             \x20     parameters:\n\
             \x20       - {name: key, in: path, required: true, x-specie-path: any, schema: {type: string}}\n\
             \x20       - {name: incoming, in: path, required: true, schema: {type: string}}\n\
             \x20     requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {a: {}}}}}}\n\
             \x20     responses: {}\n",
        );
        let beginning =
            "        let key = incoming.parameter(0)?;\n        let incoming_value = incoming.parameter(1)?;\n";
        assert!(found.contains(beginning), "{found}");
        assert!(found.contains("            key,\n            incoming: incoming_value,\n"), "{found}");
    }

    #[test]
    fn the_items_of_a_stream_are_checked_as_they_are_read() {
        let item = "{type: object, required: [a], properties: {a: {type: string, maxLength: 2}}}";
        for (item, expected) in [
            (item, "body:incoming.json_lines::<PutBodyItem>()?.checked(Check::check),"),
            (
                "{type: string, maxLength: 2}",
                "body:incoming.json_lines::<String>()?.checked(|item,checker|checker.max_length(item,2)),",
            ),
            ("{type: string}", "body:incoming.json_lines()?,"),
        ] {
            let found = emitted(&format!(
                "  /a: {{put: {{operationId: Put, requestBody: {{required: true, content: {{application/x-ndjson: \
                 {{schema: {{type: array, items: {item}}}}}}}}}, responses: {{}}}}}}\n"
            ));
            let found: String = found.split_whitespace().collect();
            assert!(found.contains(expected) && !found.contains("fncheck("), "{found}");
        }
    }

    #[test]
    fn a_server_fills_in_the_defaults_of_parameters() {
        let page = "{name: page, in: query, schema: {type: integer, default: 1}}";
        let id = "{name: id, in: path, required: true, schema: {type: string, default: a}}";
        let found = emitted(&format!(
            "  '/{{id}}': {{get: {{operationId: Get, parameters: [{page}, {id}], responses: {{}}}}}}\n"
        ));
        assert!(found.contains("page: incoming.or_default(incoming.parameter(0)?, \"1\"),"), "{found}");
        assert!(found.contains("id: incoming.parameter(1)?,"), "{found}");
        let page = "{name: page, in: query, schema: {type: string, minLength: 2, default: ab}}";
        let found = emitted(&format!("  /a: {{get: {{operationId: Get, parameters: [{page}], responses: {{}}}}}}\n"));
        assert!(found.contains("page: incoming.or_default(page, \"\\\"ab\\\"\"),"), "{found}");
    }

    #[test]
    fn without_errors_there_is_nothing_to_refuse() {
        let found = emitted("  /ping: {get: {operationId: Ping, responses: {}}}\n");
        assert!(
            found.contains("async fn receive(_: &mut Incoming) -> Result<Self, Rejection> {\n        Ok(Self {})\n"),
            "{found}"
        );
        assert!(found.contains("fn refuse(error: NoError) -> ServerResponse {\n        match error {}\n"), "{found}");
        assert!(!found.contains("fn check"), "{found}");
    }
}
