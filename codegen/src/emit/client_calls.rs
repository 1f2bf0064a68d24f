//! `impl Invoke`: a request struct as an HTTP request, and the answer by its status.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::{Context, OperationNames};
use super::files::operation_uses;
use super::members::{self, Member, Source};
use super::open_objects::method;
use super::rust_types::Unit;
use super::scope::ident;
use super::{envelopes, reconcile};
use crate::ir::{
    Body, MediaKind, Operation, Parameter, ParameterPlace, ParameterStyle, Payload, Presence, Reply, Status,
};

/// `impl Invoke` of an operation.
pub(crate) fn invoke(unit: &Unit<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let name = ident(&operation.type_name);
    let invoke = unit.scope.import("specie_runtime::client::Invoke");
    let (error, result) = (unit.scope.import("specie_runtime::client::BuildError"), unit.scope.prelude("Result"));
    let (writer, answer) = (
        unit.scope.import("specie_runtime::client::RequestWriter"),
        unit.scope.import("specie_runtime::client::Answer"),
    );
    let decoded = unit.scope.import("specie_runtime::client::Decoded");
    let calls = encode(unit, operation);
    let request = if calls.is_empty() { quote!(_) } else { quote!(request) };
    let body = chained(&calls);
    let decode = decode(operation, names);
    let (lookup, reconcilable) = (reconcile::lookup(unit, operation), reconcile::marker(unit, operation));
    quote! {
        impl #invoke for #name {
            #lookup
            fn encode(&self, #request: &mut #writer) -> #result<(), #error> { #body }
            fn decode(answer: &#answer) -> #decoded<Self> { #decode }
        }
        #reconcilable
    }
}

/// The names that the file needs of the operations.
pub(crate) fn uses(context: &Context<'_>) -> Vec<TokenStream> {
    let mut constants: Vec<String> = Vec::new();
    let mut types: BTreeSet<&str> = BTreeSet::new();
    for (operation, names) in context.operations() {
        constants.extend(envelopes::name(operation));
        types.insert(&operation.type_name);
        if !operation.errors.is_empty() {
            types.insert(&names.error);
        }
        if operation.successes.len() > 1 {
            types.insert(&names.output);
        }
    }
    let constants: Vec<&str> = constants.iter().map(String::as_str).collect();
    operation_uses(&constants, &types.into_iter().collect::<Vec<_>>())
}

/// Fallible calls one after the other; the last one's result is the function's.
fn chained(calls: &[TokenStream]) -> TokenStream {
    match calls.split_last() {
        None => quote!(Ok(())),
        Some((last, before)) => quote!(#(#before?;)* #last),
    }
}

fn encode(unit: &Unit<'_>, operation: &Operation) -> Vec<TokenStream> {
    let members = members::of_operation(operation);
    let mut calls: Vec<TokenStream> = members
        .iter()
        .filter_map(|member| match member.source {
            Some(Source::Parameter(parameter)) => Some(parameter_call(unit, member, parameter)),
            _ => None,
        })
        .collect();
    if let Some(body) = &operation.body {
        calls.push(match &body.payload {
            Payload::Fields { .. } => fields_call(operation, body, &members),
            Payload::Whole(_) => whole_call(body, &members),
        });
        if let Some(media_type) = own_media_type(body.kind, &body.media_type) {
            let media_type = Literal::string(media_type);
            calls.push(quote!(request.media_type(#media_type)));
        }
    }
    calls
}

/// The media type of JSON or a form, where it is not the usual one.
pub(crate) fn own_media_type(kind: MediaKind, media_type: &str) -> Option<&str> {
    let usual = match kind {
        MediaKind::Json => "application/json",
        MediaKind::Form => "application/x-www-form-urlencoded",
        MediaKind::Text | MediaKind::Bytes => return None,
    };
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    (!essence.eq_ignore_ascii_case(usual) && !media_type.contains('*')).then_some(media_type)
}

fn parameter_call(unit: &Unit<'_>, member: &Member<'_>, parameter: &Parameter) -> TokenStream {
    let optional = member.presence == Presence::Optional;
    let place = match parameter.place {
        ParameterPlace::Path => "path",
        ParameterPlace::Query => "query",
        ParameterPlace::Header => "header",
        ParameterPlace::Cookie => "cookie",
    };
    let style = list_style(unit, parameter.style);
    let method = [place, if style.is_some() { "_list" } else { "" }, if optional { "_optional" } else { "" }].concat();
    let (method, wire, name) = (ident(&method), Literal::string(&parameter.wire), ident(member.name));
    let style = style.map(|style| quote!(#style,));
    let value = if optional { quote!(self.#name.as_ref()) } else { quote!(&self.#name) };
    quote!(request.#method(#wire, #style #value))
}

/// How a list is written; `None` for a single value.
pub(crate) fn list_style(unit: &Unit<'_>, style: ParameterStyle) -> Option<TokenStream> {
    let variant = match style {
        ParameterStyle::Scalar => return None,
        ParameterStyle::Commas => quote!(Commas),
        ParameterStyle::Spaces => quote!(Spaces),
        ParameterStyle::Pipes => quote!(Pipes),
        ParameterStyle::Repeated => quote!(Repeated),
    };
    let list_style = unit.scope.import("specie_runtime::ListStyle");
    Some(quote!(#list_style::#variant))
}

fn fields_call(operation: &Operation, body: &Body, members: &[Member<'_>]) -> TokenStream {
    let fields = members.iter().filter(|member| matches!(member.source, Some(Source::BodyField)));
    let calls: Vec<TokenStream> = fields
        .map(|member| {
            let (method, wire, name) =
                (ident(method(member.presence)), Literal::string(member.wire), ident(member.name));
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
    if body.kind == MediaKind::Form {
        return quote!(request.form_object(#closure));
    }
    let envelope = envelopes::reference(operation);
    quote!(request.json_object(#envelope, #closure))
}

fn whole_call(body: &Body, members: &[Member<'_>]) -> TokenStream {
    let member = members.iter().find(|member| matches!(member.source, Some(Source::Body)));
    let (kind, media_type) = match body.kind {
        MediaKind::Json => ("json", None),
        MediaKind::Form => ("form", None),
        MediaKind::Text => ("text", Some(Literal::string(&body.media_type))),
        MediaKind::Bytes => ("bytes", Some(Literal::string(&body.media_type))),
    };
    let media_type = media_type.map(|media_type| quote!(#media_type,));
    let name = ident(member.map_or("body", |member| member.name));
    if body.required {
        let method = ident(kind);
        return quote!(request.#method(#media_type &self.#name));
    }
    let method = ident(&format!("{kind}_optional"));
    quote!(request.#method(#media_type self.#name.as_ref()))
}

/// The answer by its status: documented ones by their types, everything else as it came.
fn decode(operation: &Operation, names: &OperationNames) -> TokenStream {
    let several = operation.successes.len() > 1;
    let mut arms: Vec<(Status, TokenStream)> = Vec::new();
    for reply in &operation.successes {
        let variant = several.then(|| variant(&names.output, reply));
        // Where only `default` is documented it describes the success; an error status is not one.
        let status = if reply.status == Status::Default { Status::Range(2) } else { reply.status };
        arms.push((status, read(reply, variant.as_ref(), &quote!(Ok))));
    }
    for reply in &operation.errors {
        arms.push((reply.status, read(reply, Some(&variant(&names.error, reply)), &quote!(Err))));
    }
    let has_default = operation.errors.iter().any(|reply| reply.status == Status::Default);
    let declares_success = !operation.successes.is_empty();
    if has_default && declares_success && arms.iter().all(|(status, _)| *status != Status::Range(2)) {
        // A success that is not declared is no error, although `default` stands for all other statuses.
        arms.push((Status::Range(2), quote!(Err(answer.undocumented()))));
    }
    // The most specific status comes first.
    arms.sort_by_key(|(status, _)| *status);
    let default = match arms.last() {
        Some((Status::Default, _)) => arms.pop().map(|(_, read)| read),
        _ => None,
    };
    let default = default.unwrap_or_else(|| quote!(Err(answer.undocumented())));
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
    quote!(match answer.status() { #(#arms)* _ => #default, })
}

fn variant(of: &str, reply: &Reply) -> TokenStream {
    let (of, variant) = (ident(of), ident(&reply.variant));
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

/// Reads one documented answer into its variant, or into the output itself.
fn read(reply: &Reply, variant: Option<&TokenStream>, wrap: &TokenStream) -> TokenStream {
    let carries_status = variant.is_some() && !matches!(reply.status, Status::Code(_));
    let Some((kind, media_type, _)) = &reply.body else {
        return match variant {
            None => quote!(answer.empty().map(#wrap)),
            Some(variant) if carries_status => {
                quote!(answer.empty().map(|()| #wrap(#variant(answer.status_code()))))
            }
            Some(variant) => quote!(answer.empty().map(|()| #wrap(#variant))),
        };
    };
    let body = read_body(*kind, media_type);
    match variant {
        None => quote!(#body.map(#wrap)),
        Some(variant) if carries_status => {
            quote!(#body.map(|body| #wrap(#variant(answer.status_code(), body))))
        }
        Some(variant) => quote!(#body.map(#variant).map(#wrap)),
    }
}

/// Reads a body of the documented media type.
fn read_body(kind: MediaKind, media_type: &str) -> TokenStream {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let documented = Literal::string(media_type);
    match kind {
        MediaKind::Json if essence.eq_ignore_ascii_case("application/json") => quote!(answer.json()),
        MediaKind::Json | MediaKind::Form => quote!(answer.json_of(#documented)),
        MediaKind::Text => quote!(answer.text(#documented)),
        MediaKind::Bytes => quote!(answer.bytes(#documented)),
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;
    use crate::emit::fixtures::{self, body, field, items, parameter, printed, reply};
    use crate::ir::{Argument, TypeRef};

    #[test]
    fn every_part_of_a_request_and_every_answer_has_its_line() {
        let mut api = fixtures::api();
        let json = |ty: TypeRef| Some((MediaKind::Json, "application/json".to_owned(), ty));
        api.operations.push(Operation {
            parameters: vec![
                parameter("uid", ParameterPlace::Path, TypeRef::String, true),
                parameter("page[size]", ParameterPlace::Query, TypeRef::I64, false),
                parameter("ids", ParameterPlace::Query, TypeRef::List(Box::new(TypeRef::String)), true),
            ],
            body: Some(body(vec![
                field("type", TypeRef::String, Presence::Required),
                field("note", TypeRef::String, Presence::Patch),
            ])),
            arguments: vec![
                Argument::Parameter(0),
                Argument::Parameter(1),
                Argument::Parameter(2),
                Argument::BodyField(0),
                Argument::BodyField(1),
            ],
            successes: vec![Reply { body: json(TypeRef::Json), ..reply(Status::Code(201), "Created") }],
            errors: vec![
                Reply { body: json(TypeRef::Json), ..reply(Status::Code(409), "Conflict") },
                reply(Status::Code(429), "TooManyRequests"),
                Reply {
                    body: Some((MediaKind::Json, "application/problem+json".to_owned(), TypeRef::Json)),
                    ..reply(Status::Code(503), "ServiceUnavailable")
                },
                Reply { body: json(TypeRef::Json), ..reply(Status::Range(4), "ClientError") },
                reply(Status::Default, "Default"),
            ],
            ..fixtures::operation("Pay", "POST", "/pay/{uid}")
        });
        let found =
            items(&api, |unit, _| unit.context.operations().map(|(of, names)| invoke(unit, of, names)).collect());
        let expected: syn::Item = parse_quote! {
            impl Invoke for Pay {
                fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
                    request.path("uid", &self.uid)?;
                    request.query_optional("page[size]", self.page_size.as_ref())?;
                    request.query_list("ids", ListStyle::Commas, &self.ids)?;
                    request.json_object(PAY_ENVELOPE, |body| {
                        body.required("type", &self.r#type)?;
                        body.patch("note", &self.note)
                    })
                }
                fn decode(answer: &Answer) -> Decoded<Self> {
                    match answer.status() {
                        201 => answer.json().map(Ok),
                        409 => answer.json().map(PayError::Conflict).map(Err),
                        429 => answer.empty().map(|()| Err(PayError::TooManyRequests)),
                        503 => answer.json_of("application/problem+json").map(PayError::ServiceUnavailable).map(Err),
                        status if (200..=299).contains(&status) => Err(answer.undocumented()),
                        status if (400..=499).contains(&status) => {
                            answer.json().map(|body| Err(PayError::ClientError(answer.status_code(), body)))
                        }
                        _ => answer.empty().map(|()| Err(PayError::Default(answer.status_code()))),
                    }
                }
            }
        };
        assert_eq!(printed(&found[0]), printed(&expected));
    }

    #[test]
    fn nothing_documented_is_nothing_read() {
        let mut api = fixtures::api();
        api.operations.push(fixtures::operation("Ping", "GET", "/ping"));
        let found =
            items(&api, |unit, _| unit.context.operations().map(|(of, names)| invoke(unit, of, names)).collect());
        let expected: syn::Item = parse_quote! {
            impl Invoke for Ping {
                fn encode(&self, _: &mut RequestWriter) -> Result<(), BuildError> {
                    Ok(())
                }
                fn decode(answer: &Answer) -> Decoded<Self> {
                    Err(answer.undocumented())
                }
            }
        };
        assert_eq!(printed(&found[0]), printed(&expected));
    }

    #[test]
    fn only_media_types_that_can_be_sent_are_named() {
        assert_eq!(own_media_type(MediaKind::Json, "application/json; charset=utf-8"), None);
        assert_eq!(own_media_type(MediaKind::Json, "application/vnd.api+json"), Some("application/vnd.api+json"));
        assert_eq!(own_media_type(MediaKind::Json, "*/*"), None);
    }
}
