//! `impl Invoke`: a request struct as an HTTP request, and the response by its status.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::operations::{self, envelope_reference, media_pattern};
use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::emit::types::presence_method;
use crate::rust::{
    Body, BodyKind, FormPart, Media, MediaEnum, MediaNaming, Operation, PartKind, Payload, Presence, Reconcile,
    Response, ResponseBody, Source, Status, Success, by_status,
};

/// `impl Invoke` of an operation.
pub(super) fn invoke(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let name = ident(&operation.request.name);
    let invoke = unit.scope.import("specie_runtime::client::Invoke");
    let (error, result) = (unit.scope.import("specie_runtime::client::BuildError"), unit.scope.prelude("Result"));
    let (writer, response) = (
        unit.scope.import("specie_runtime::client::RequestWriter"),
        unit.scope.import("specie_runtime::client::ClientResponse"),
    );
    let decoded = unit.scope.import("specie_runtime::client::Decoded");
    let calls = encode(operation);
    let request = if calls.is_empty() { quote!(_) } else { quote!(request) };
    let body = chained(&calls);
    let decode = decode(operation);
    let lookup = operation.reconcile.as_ref().map(|stated| lookup(unit, stated));
    let reconcilable = operation.reconcile.as_ref().map(|_| {
        let reconcilable = unit.scope.import("specie_runtime::client::Reconcilable");
        quote!(impl #reconcilable for #name {})
    });
    quote! {
        impl #invoke for #name {
            #lookup
            fn encode(&self, #request: &mut #writer) -> #result<(), #error> { #body }
            fn decode(response: &#response) -> #decoded<Self> { #decode }
        }
        #reconcilable
    }
}

/// The constant that names the lookup operation of `x-specie-reconcile`.
fn lookup(unit: &Unit<'_>, stated: &Reconcile) -> TokenStream {
    let (option, of) = (unit.scope.prelude("Option"), unit.scope.import("specie_runtime::client::LookupOperation"));
    let (how, lookup) = (ident(if stated.paged { "paged" } else { "of" }), ident(&stated.lookup));
    quote!(const LOOKUP: #option<#of> = Some(#of::#how::<#lookup>());)
}

/// The names that a file of calls needs of the operations, and others beside them.
pub(in crate::emit) fn uses<'a>(
    stated: &[&'a Operation],
    others: impl IntoIterator<Item = &'a str>,
) -> Vec<TokenStream> {
    let envelopes = stated.iter().filter_map(|operation| operation.envelope());
    let mut types = operations::types_of(stated.iter().copied());
    types.extend(operations::bodies_of(stated.iter().copied()));
    types.extend(others);
    let styles = stated.iter().filter_map(|operation| operation.body.as_ref()?.form_styles());
    let constants = envelopes.map(|envelope| &envelope.constant).chain(styles.map(|styles| &styles.constant));
    operations::uses(constants.map(String::as_str), types)
}

/// Fallible calls one after the other; the last one's result is the function's.
fn chained(calls: &[TokenStream]) -> TokenStream {
    match calls.split_last() {
        None => quote!(Ok(())),
        Some((last, before)) => quote!(#(#before?;)* #last),
    }
}

fn encode(operation: &Operation) -> Vec<TokenStream> {
    let parameters = operation.parameters().enumerate().map(|(index, (field, _))| {
        let (index, name) = (Literal::usize_unsuffixed(index), ident(&field.name));
        quote!(request.parameter(#index, &self.#name))
    });
    let mut calls: Vec<TokenStream> = parameters.collect();
    if let Some(body) = &operation.body {
        calls.extend(body_calls(operation, body));
    }
    calls
}

fn body_calls(operation: &Operation, body: &Body) -> Vec<TokenStream> {
    let media = match &body.payload {
        Payload::Choice(choice) => return vec![choice_call(operation, body, choice)],
        Payload::Fields { media, .. } | Payload::Whole(media) => media,
    };
    let written = match &body.payload {
        Payload::Fields { content_types, media, .. } if media.kind == BodyKind::Multipart => {
            return vec![parts_call(operation, content_types)];
        }
        Payload::Fields { media, .. } => fields_call(operation, media),
        Payload::Whole(_) | Payload::Choice(_) => whole_call(operation, body, media),
    };
    std::iter::once(written).chain(media_type_call(media)).collect()
}

/// Names the media type that is sent, where it is not the usual one.
fn media_type_call(media: &Media) -> Option<TokenStream> {
    (media.naming == MediaNaming::Named).then(|| {
        let media_type = Literal::string(&media.name);
        quote!(request.media_type(#media_type))
    })
}

/// One of several media types.
fn choice_call(operation: &Operation, body: &Body, choice: &MediaEnum) -> TokenStream {
    let (field, name) = (body_field(operation), ident(&choice.name));
    let arms = choice.variants.iter().map(|variant| {
        let variant_name = ident(&variant.name);
        let calls: Vec<TokenStream> =
            std::iter::once(written(&variant.media, &quote!(body))).chain(media_type_call(&variant.media)).collect();
        let written = chained(&calls);
        let written = if calls.len() > 1 { quote!({ #written }) } else { quote!(#written,) };
        let pattern = quote!(#name::#variant_name(body));
        if body.required { quote!(#pattern => #written) } else { quote!(Some(#pattern) => #written) }
    });
    let none = (!body.required).then(|| quote!(None => Ok(()),));
    quote!(match &self.#field { #(#arms)* #none })
}

/// The field of a body that is a whole.
fn body_field(operation: &Operation) -> proc_macro2::Ident {
    let field = operation.request.fields.iter().find(|field| field.source == Source::Body);
    ident(field.map_or("body", |field| &field.name))
}

/// Writes a value, given as a reference.
fn written(media: &Media, value: &TokenStream) -> TokenStream {
    let (method, media_type) = writer(media);
    let method = ident(method);
    quote!(request.#method(#media_type #value))
}

/// The constant of the styles of a form.
pub(in crate::emit) fn styles(media: &Media) -> Option<proc_macro2::Ident> {
    media.styles.as_ref().map(|styles| ident(&styles.constant))
}

/// Whether the runtime has no method of its own for such a body that may be left out.
pub(in crate::emit) fn is_left_out_by_hand(media: &Media) -> bool {
    matches!(media.kind, BodyKind::JsonLines | BodyKind::JsonSequence) || media.styles.is_some()
}

/// The method that writes a body, and what it takes before the body.
fn writer(media: &Media) -> (&'static str, Option<TokenStream>) {
    let name = Literal::string(&media.name);
    let named = Some(quote!(#name,));
    match media.kind {
        BodyKind::Json => ("json", None),
        BodyKind::Form => match styles(media) {
            Some(styles) => ("form_styled", Some(quote!(#styles,))),
            None => ("form", None),
        },
        BodyKind::Text => ("text", named),
        BodyKind::Bytes => ("bytes", named),
        // Events and parts are not written as one value; the plan gives no request such a whole body.
        BodyKind::Stream | BodyKind::Multipart | BodyKind::Events | BodyKind::TextEvents => ("stream", named),
        BodyKind::JsonLines => ("json_lines", named),
        BodyKind::JsonSequence => ("json_sequence", named),
    }
}

/// A form of parts.
fn parts_call(operation: &Operation, content_types: &[(String, String)]) -> TokenStream {
    let types = content_types.iter().map(|(name, media_type)| {
        let (name, media_type) = (Literal::string(name), Literal::string(media_type));
        quote!((#name, #media_type))
    });
    let types = (!content_types.is_empty()).then(|| quote!(form.content_types(&[#(#types),*])));
    let parts = operation.request.fields.iter().filter_map(|field| {
        let Source::Part(part) = &field.source else { return None };
        let is_optional = field.presence == Presence::Optional;
        let (method, wire, name) = (part_method(*part, is_optional), Literal::string(&field.wire), ident(&field.name));
        let value = if is_optional { quote!(self.#name.as_ref()) } else { quote!(&self.#name) };
        Some(quote!(form.#method(#wire, #value)))
    });
    let calls: Vec<TokenStream> = types.into_iter().chain(parts).collect();
    match calls.as_slice() {
        [only] => quote!(request.multipart(|form| #only)),
        several => {
            let several = chained(several);
            quote!(request.multipart(|form| { #several }))
        }
    }
}

/// The method of the runtime that writes or reads a part.
pub(in crate::emit) fn part_method(part: FormPart, optional: bool) -> proc_macro2::Ident {
    let method = match (part.kind, part.is_list) {
        (PartKind::Text, false) => "text",
        (PartKind::Text, true) => "text_list",
        (PartKind::Json, false) => "json",
        (PartKind::Json, true) => "json_list",
        (PartKind::File, false) => "file",
        (PartKind::File, true) => "files",
    };
    ident(&[method, if optional { "_optional" } else { "" }].concat())
}

fn fields_call(operation: &Operation, media: &Media) -> TokenStream {
    let fields = operation.request.fields.iter().filter(|field| field.source == Source::Property);
    let calls: Vec<TokenStream> = fields
        .map(|field| {
            let (method, wire, name) =
                (ident(presence_method(field.presence)), Literal::string(&field.wire), ident(&field.name));
            quote!(body.#method(#wire, &self.#name))
        })
        .collect();
    let closure = match calls.as_slice() {
        [] => quote!(|_| Ok(())),
        [only] => quote!(|body| #only),
        several => {
            let several = chained(several);
            quote!(|body| { #several })
        }
    };
    if media.kind == BodyKind::Form {
        let Some(styles) = styles(media) else { return quote!(request.form_object(#closure)) };
        return quote!(request.form_object_styled(#styles, #closure));
    }
    let envelope = envelope_reference(operation);
    quote!(request.json_object(#envelope, #closure))
}

fn whole_call(operation: &Operation, body: &Body, media: &Media) -> TokenStream {
    let name = body_field(operation);
    if body.required {
        return written(media, &quote!(&self.#name));
    }
    if is_left_out_by_hand(media) {
        let written = written(media, &quote!(body));
        return quote!(self.#name.as_ref().map_or(Ok(()), |body| #written));
    }
    let (method, media_type) = writer(media);
    let method = ident(&format!("{method}_optional"));
    quote!(request.#method(#media_type self.#name.as_ref()))
}

/// The response by its status: documented ones by their types, everything else as it came.
fn decode(operation: &Operation) -> TokenStream {
    let mut arms: Vec<(Status, TokenStream)> = Vec::new();
    for group in by_status(operation.success.responses()) {
        let of = match &operation.success {
            Success::Several(several) => Some(several.name.as_str()),
            Success::One(_) | Success::Undocumented => None,
        };
        let Some(first) = group.first() else { continue };
        // Where only `default` is documented it describes the success; an error status is not one.
        let status = if first.status == Status::Default { Status::Range(2) } else { first.status };
        arms.push((status, read_group(group, of, &quote!(Ok))));
    }
    if let Some(errors) = &operation.errors {
        for group in by_status(&errors.responses) {
            let Some(first) = group.first() else { continue };
            arms.push((first.status, read_group(group, Some(&errors.name), &quote!(Err))));
        }
    }
    let has_default = arms.iter().any(|(status, _)| *status == Status::Default);
    let declares_success = !operation.success.responses().is_empty();
    if has_default && declares_success && arms.iter().all(|(status, _)| *status != Status::Range(2)) {
        // A success that is not declared is no error, although `default` stands for all other statuses.
        arms.push((Status::Range(2), quote!(Err(response.undocumented()))));
    }
    // The most specific status comes first.
    arms.sort_by_key(|(status, _)| *status);
    let default = match arms.last() {
        Some((Status::Default, _)) => arms.pop().map(|(_, read)| read),
        _ => None,
    };
    let default = default.unwrap_or_else(|| quote!(Err(response.undocumented())));
    if arms.is_empty() {
        return default;
    }
    let codes: Vec<u16> = arms
        .iter()
        .filter_map(|(status, _)| if let Status::Code(code) = status { Some(*code) } else { None })
        .collect();
    let arms = arms.iter().map(|(status, read)| {
        let pattern = pattern(*status, &codes);
        quote!(#pattern => #read,)
    });
    quote!(match response.status() { #(#arms)* _ => #default, })
}

fn variant(of: &str, response: &Response) -> TokenStream {
    let (of, variant) = (ident(of), ident(&response.variant));
    quote!(#of::#variant)
}

fn pattern(status: Status, codes: &[u16]) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(digit) => {
            let (first, last) = (u16::from(digit) * 100, u16::from(digit) * 100 + 99);
            let overlaps = codes.iter().any(|code| (first..=last).contains(code));
            let (first, last) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(last));
            // A range over codes of their own is right, as they come first, but reads like a mistake.
            if overlaps { quote!(status if (#first..=#last).contains(&status)) } else { quote!(#first..=#last) }
        }
        Status::Default => quote!(_),
    }
}

/// Reads the response of a status, of each of its media types into its own variant.
fn read_group(group: &[Response], of: Option<&str>, wrap: &TokenStream) -> TokenStream {
    let read = |response: &Response| {
        let variant = of.map(|of| variant(of, response));
        read(response, variant.as_ref(), wrap)
    };
    if let [only] = group
        && only.body.as_ref().is_none_or(|body| body.media.others.is_empty())
    {
        return read(only);
    }
    let arms = group.iter().filter_map(|response| {
        let (pattern, read) = (media_pattern(&response.body.as_ref()?.media), read(response));
        Some(quote!(#pattern => #read,))
    });
    quote!(match response.media_type() { #(#arms)* _ => Err(response.undocumented_media_type()), })
}

/// Reads one documented response into its variant, or into the output itself.
fn read(response: &Response, variant: Option<&TokenStream>, wrap: &TokenStream) -> TokenStream {
    let carries_status = variant.is_some() && !matches!(response.status, Status::Code(_));
    let Some(body) = &response.body else {
        return match variant {
            None => quote!(response.empty().map(#wrap)),
            Some(variant) if carries_status => {
                quote!(response.empty().map(|()| #wrap(#variant(response.status_code()))))
            }
            Some(variant) => quote!(response.empty().map(|()| #wrap(#variant))),
        };
    };
    let body = read_body(body);
    match variant {
        None => quote!(#body.map(#wrap)),
        Some(variant) if carries_status => {
            quote!(#body.map(|body| #wrap(#variant(response.status_code(), body))))
        }
        Some(variant) => quote!(#body.map(#variant).map(#wrap)),
    }
}

/// Reads a body of the documented media type.
fn read_body(body: &ResponseBody) -> TokenStream {
    let (media, documented) = (&body.media, Literal::string(&body.media.name));
    match media.kind {
        BodyKind::Json if !media.others.is_empty() => quote!(response.json_of(response.media_type())),
        BodyKind::Json if media.naming == MediaNaming::Implied => quote!(response.json()),
        BodyKind::Json | BodyKind::Form => quote!(response.json_of(#documented)),
        BodyKind::Text => quote!(response.text(#documented)),
        BodyKind::Bytes => quote!(response.bytes(#documented)),
        BodyKind::Stream | BodyKind::Multipart => quote!(response.stream(#documented)),
        BodyKind::Events => quote!(response.events(#documented)),
        BodyKind::TextEvents => quote!(response.text_events(#documented)),
        BodyKind::JsonLines => quote!(response.json_lines(#documented)),
        BodyKind::JsonSequence => quote!(response.json_sequence(#documented)),
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::invoke;
    use crate::emit::fixtures::{self, items, printed};

    fn emitted(paths: &str) -> Vec<syn::Item> {
        let krate = fixtures::krate(&format!("paths:\n{paths}"));
        items(&krate, |unit| unit.krate.operations.iter().map(|of| invoke(unit, of)).collect())
    }

    #[test]
    fn every_part_of_a_request_and_every_response_has_its_line() {
        let json = "{description: '', content: {application/json: {schema: {}}}}";
        let found = emitted(&format!(
            "  /pay/{{uid}}:\n    post:\n      operationId: Pay\n      parameters:\n\
             \x20       - {{name: uid, in: path, required: true, schema: {{type: string}}}}\n\
             \x20       - {{name: 'page[size]', in: query, schema: {{type: integer}}}}\n\
             \x20       - {{name: ids, in: query, required: true, explode: false, schema: {{type: array, items: {{type: string}}}}}}\n\
             \x20     requestBody: {{required: true, content: {{application/json: {{x-specie-envelope: data, schema: {{\
             type: object, properties: {{data: {{type: object, required: [type], properties: {{\
             type: {{type: string}}, note: {{type: string, nullable: true}}}}}}}}}}}}}}}}\n\
             \x20     responses:\n        '201': {json}\n        '409': {json}\n        '429': {{description: ''}}\n\
             \x20       '503': {{description: '', content: {{application/problem+json: {{schema: {{}}}}}}}}\n\
             \x20       4XX: {json}\n        default: {{description: ''}}\n"
        ));
        let expected: syn::Item = parse_quote! {
            impl Invoke for Pay {
                fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
                    request.parameter(0, &self.uid)?;
                    request.parameter(1, &self.page_size)?;
                    request.parameter(2, &self.ids)?;
                    request.json_object(PAY_ENVELOPE, |body| {
                        body.required("type", &self.r#type)?;
                        body.patch("note", &self.note)
                    })
                }
                fn decode(response: &ClientResponse) -> Decoded<Self> {
                    match response.status() {
                        201 => response.json().map(Ok),
                        409 => response.json().map(PayError::Conflict).map(Err),
                        429 => response.empty().map(|()| Err(PayError::TooManyRequests)),
                        503 => response.json_of("application/problem+json").map(PayError::ServiceUnavailable).map(Err),
                        status if (200..=299).contains(&status) => Err(response.undocumented()),
                        status if (400..=499).contains(&status) => {
                            response.json().map(|body| Err(PayError::ClientError(response.status_code(), body)))
                        }
                        _ => response.empty().map(|()| Err(PayError::Default(response.status_code()))),
                    }
                }
            }
        };
        assert_eq!(printed(&found[0]), printed(&expected));
    }

    #[test]
    fn the_operation_that_asks_is_read_as_its_responses_come() {
        let ok = |schema: &str| format!("{{description: '', content: {{application/json: {{schema: {schema}}}}}}}");
        let (list, any) = (ok("{type: object, properties: {data: {type: array, items: {}}}}"), ok("{}"));
        let emitted = |pagination: &str| {
            let found = emitted(&format!(
                "  /pay:\n    get:\n      operationId: List\n      {pagination}\n\
                 \x20     parameters: [{{name: reference, in: query, schema: {{type: string}}}}]\n\
                 \x20     responses: {{'200': {list}}}\n\
                 \x20   post:\n      operationId: Pay\n\
                 \x20     x-specie-reconcile: {{operation: List, parameter: reference, value: /reference, \
                 find: {{items: /data, match: /reference}}, agree: []}}\n\
                 \x20     responses: {{'201': {any}}}\n"
            ));
            assert_eq!(
                fixtures::names(&found),
                ["impl Invoke for List", "impl Invoke for Pay", "impl Reconcilable for Pay"]
            );
            assert!(!printed(&found[0]).contains("LOOKUP"));
            printed(&found[1])
        };
        let whole = emitted("");
        assert!(
            whole.contains("const LOOKUP: Option<LookupOperation> = Some(LookupOperation::of::<List>());"),
            "{whole}"
        );
        let paged = emitted("x-specie-pagination: {style: link, next: /next, items: /data}");
        assert!(paged.contains("Some(LookupOperation::paged::<List>());"), "{paged}");
    }

    #[test]
    fn nothing_documented_is_nothing_read() {
        let found = emitted("  /ping: {get: {operationId: Ping, responses: {}}}\n");
        let expected: syn::Item = parse_quote! {
            impl Invoke for Ping {
                fn encode(&self, _: &mut RequestWriter) -> Result<(), BuildError> {
                    Ok(())
                }
                fn decode(response: &ClientResponse) -> Decoded<Self> {
                    Err(response.undocumented())
                }
            }
        };
        assert_eq!(printed(&found[0]), printed(&expected));
    }
}
