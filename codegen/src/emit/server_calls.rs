//! `impl Serve`: an HTTP request as a request struct, its check, and replies.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::OperationNames;
use super::members::{self, Member, Source};
use super::open_objects::method;
use super::rust_types::Unit;
use super::scope::ident;
use super::{checks, client_calls, envelopes, errors, facts, outputs};
use crate::ir::{Body, MediaKind, Operation, Parameter, ParameterPlace, Payload, Presence, Reply, Status};

/// `impl Serve` of an operation.
pub(crate) fn serve(unit: &Unit<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let name = ident(&operation.type_name);
    let serve = unit.scope.import("specie_runtime::server::Serve");
    let body = operation.body.as_ref().map(|body| body_spec(unit, body));
    let receive = receive(unit, operation);
    let check = check(unit, operation);
    let respond = respond(unit, operation, names);
    let refuse = refuse(unit, operation, names);
    quote! {
        impl #serve for #name { #body #receive #check #respond #refuse }
    }
}

/// Which body the operation takes.
fn body_spec(unit: &Unit<'_>, body: &Body) -> TokenStream {
    let spec = unit.scope.import("specie_runtime::server::BodySpec");
    let media_type = Literal::string(&body.media_type);
    let kind = match body.kind {
        MediaKind::Json => quote!(json()),
        MediaKind::Form => quote!(form()),
        MediaKind::Text => quote!(text(#media_type)),
        MediaKind::Bytes => quote!(bytes(#media_type)),
    };
    let optional = (!body.required).then(|| quote!(.optional()));
    quote!(const BODY: #spec = #spec::#kind #optional;)
}

/// Parameters are read and checked first, so that no body is waited for that comes with one that is wrong.
fn receive(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let (incoming, rejection) =
        (unit.scope.import("specie_runtime::server::Incoming"), unit.scope.import("specie_runtime::server::Rejection"));
    let result = unit.scope.prelude("Result");
    let members = members::of_operation(operation);
    let argument = if members.is_empty() && operation.body.is_none() { quote!(_) } else { quote!(incoming) };
    let checks = parameter_checks(unit, &members);
    let parameters = if operation.body.is_some() || !checks.is_empty() {
        members.iter().filter_map(|member| parameter_binding(unit, &members, member)).collect()
    } else {
        TokenStream::new()
    };
    let body = operation.body.as_ref().and_then(|body| match (&body.payload, body.kind) {
        (Payload::Whole(_), _) => None,
        (Payload::Fields { closed, .. }, MediaKind::Form) => {
            let deny = deny_unknown(*closed, &members);
            Some(quote!(let body = incoming.form_object().await?; #deny))
        }
        (Payload::Fields { closed, .. }, _) => {
            let (envelope, deny) = (envelopes::reference(operation), deny_unknown(*closed, &members));
            Some(quote!(let body = incoming.json_object(#envelope).await?; #deny))
        }
    });
    let bound = !parameters.is_empty();
    let fields = members.iter().map(|member| field(unit, operation, &members, member, bound));
    quote! {
        async fn receive(#argument: &mut #incoming) -> #result<Self, #rejection> {
            #parameters
            #checks
            #body
            Ok(Self { #(#fields),* })
        }
    }
}

/// A parameter in a variable of its own. Where methods of its value are called, its type is written.
fn parameter_binding(unit: &Unit<'_>, members: &[Member<'_>], member: &Member<'_>) -> Option<TokenStream> {
    let Some(Source::Parameter(parameter)) = member.source else { return None };
    let (local, value) = (local(members, member), parameter_value(unit, member, parameter));
    let ty = member.constraints.unique.then(|| unit.field_type(member)).map(|ty| quote!(: #ty));
    Some(quote!(let #local #ty = #value;))
}

/// The variable of a parameter: its own name, unless `receive` has that for something else.
fn local(members: &[Member<'_>], member: &Member<'_>) -> proc_macro2::Ident {
    let mut name = member.name.to_owned();
    while LOCALS.contains(&name.as_str()) || (name != member.name && members.iter().any(|other| other.name == name)) {
        name.push_str("_value");
    }
    ident(&name)
}

/// The variables that `receive` has of its own.
const LOCALS: &[&str] = &["incoming", "body", "checker"];

/// What is demanded of the parameters beyond their types.
fn parameter_checks(unit: &Unit<'_>, members: &[Member<'_>]) -> TokenStream {
    let checks: TokenStream = members
        .iter()
        .filter_map(|member| match member.source {
            Some(Source::Parameter(parameter)) => Some(parameter_check(unit, members, member, parameter)),
            _ => None,
        })
        .collect();
    if checks.is_empty() {
        return checks;
    }
    quote!(incoming.check(|checker| { #checks })?;)
}

fn parameter_check(unit: &Unit<'_>, members: &[Member<'_>], member: &Member<'_>, parameter: &Parameter) -> TokenStream {
    let subject = local(members, member);
    let mut statements = checks::constraints(unit, member, &quote!(#subject));
    if checks::demands(unit, member.ty) {
        let check = unit.scope.import("specie_runtime::Check");
        statements.push(quote!(#check::check(&#subject, checker)));
    }
    checks::at(&quote!(checker.parameter), &Literal::string(&parameter.wire), &statements)
}

/// Refuses what a closed object does not list.
fn deny_unknown(closed: bool, members: &[Member<'_>]) -> Option<TokenStream> {
    let in_body = members.iter().filter(|member| matches!(member.source, Some(Source::BodyField)));
    let names = in_body.map(|member| Literal::string(member.wire));
    closed.then(|| quote!(body.deny_unknown(&[#(#names),*])?;))
}

fn field(
    unit: &Unit<'_>,
    operation: &Operation,
    members: &[Member<'_>],
    member: &Member<'_>,
    bound: bool,
) -> TokenStream {
    let (name, wire) = (ident(member.name), Literal::string(member.wire));
    match member.source {
        Some(Source::Parameter(_)) if bound => {
            let local = local(members, member);
            if local == name { quote!(#name) } else { quote!(#name: #local) }
        }
        Some(Source::Parameter(parameter)) => {
            let value = parameter_value(unit, member, parameter);
            quote!(#name: #value)
        }
        Some(Source::Body) => {
            let value = whole(operation);
            quote!(#name: #value)
        }
        _ => {
            let method = ident(method(member.presence));
            quote!(#name: body.#method(#wire)?)
        }
    }
}

fn parameter_value(unit: &Unit<'_>, member: &Member<'_>, parameter: &Parameter) -> TokenStream {
    let place = match parameter.place {
        ParameterPlace::Path => "path",
        ParameterPlace::Query => "query",
        ParameterPlace::Header => "header",
        ParameterPlace::Cookie => "cookie",
    };
    let style = client_calls::list_style(unit, parameter.style);
    let list = if style.is_some() { "_list" } else { "" };
    let optional = if member.presence == Presence::Optional { "_optional" } else { "" };
    let any = if parameter.any_path { "_any" } else { "" };
    let method = ident(&[place, list, optional, any].concat());
    let wire = Literal::string(&parameter.wire);
    let style = style.map(|style| quote!(, #style));
    quote!(incoming.#method(#wire #style)?)
}

fn whole(operation: &Operation) -> TokenStream {
    let body = operation.body.as_ref();
    let kind = match body.map(|body| body.kind) {
        Some(MediaKind::Form) => "form",
        Some(MediaKind::Text) => "text",
        Some(MediaKind::Bytes) => "bytes",
        _ => "json",
    };
    let optional = if body.is_some_and(|body| body.required) { "" } else { "_optional" };
    let method = ident(&[kind, optional].concat());
    quote!(incoming.#method().await?)
}

/// Constraints of the body, and values that no enum lists; nothing where there are none.
fn check(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let mut checks = TokenStream::new();
    for member in &members::of_operation(operation) {
        match member.source {
            Some(Source::Body) if checks::demands(unit, member.ty) => {
                let (name, check) = (ident(member.name), unit.scope.import("specie_runtime::Check"));
                checks.extend(quote!(#check::check(&self.#name, checker);));
            }
            Some(Source::Body | Source::Parameter(_)) => {}
            _ => checks.extend(checks::field(unit, member)),
        }
    }
    if checks.is_empty() {
        return TokenStream::new();
    }
    let checks = envelopes::keys(operation).rev().fold(checks, |checks, key| inside(&checks, key));
    let checker = unit.scope.import("specie_runtime::Checker");
    quote! {
        fn check(&self, checker: &mut #checker<'_>) { #checks }
    }
}

/// The same checks under a key of the envelope.
fn inside(checks: &TokenStream, key: &str) -> TokenStream {
    let key = Literal::string(key);
    quote!(checker.at(#key, |checker| { #checks });)
}

fn respond(unit: &Unit<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let reply_type = unit.scope.import("specie_runtime::server::Reply");
    let output = outputs::output_type(unit, operation, names);
    match operation.successes.as_slice() {
        [] => quote! {
            fn respond((): ()) -> #reply_type { #reply_type::empty(204) }
        },
        [only] => {
            let status = match only.status {
                Status::Code(code) => code,
                Status::Range(digit) => u16::from(digit) * 100,
                Status::Default => 200,
            };
            let status = Literal::u16_unsuffixed(status);
            let pattern = if only.body.is_some() { quote!(output) } else { quote!(()) };
            let reply = body_reply(unit, only, &quote!(#status), &quote!(&output));
            quote! {
                fn respond(#pattern: #output) -> #reply_type { #reply }
            }
        }
        several => {
            let arms = several.iter().map(|reply| arm(unit, &names.output, reply));
            quote! {
                fn respond(output: #output) -> #reply_type {
                    match output { #(#arms)* }
                }
            }
        }
    }
}

fn refuse(unit: &Unit<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let reply_type = unit.scope.import("specie_runtime::server::Reply");
    let error = errors::error_type(unit, operation, names);
    let arms = operation.errors.iter().map(|reply| arm(unit, &names.error, reply));
    quote! {
        fn refuse(error: #error) -> #reply_type {
            match error { #(#arms)* }
        }
    }
}

/// One variant as a reply: its status is fixed, or carried and held to its range.
fn arm(unit: &Unit<'_>, of: &str, reply: &Reply) -> TokenStream {
    let (of, variant) = (ident(of), ident(&reply.variant));
    let body = reply.body.is_some().then(|| quote!(body));
    let body_pattern = body.iter();
    if let Status::Code(code) = reply.status {
        let code = Literal::u16_unsuffixed(code);
        let made = body_reply(unit, reply, &quote!(#code), &quote!(&body));
        let pattern = if body.is_some() { quote!((body)) } else { TokenStream::new() };
        return quote!(#of::#variant #pattern => #made,);
    }
    let made = body_reply(unit, reply, &quote!(status.as_u16()), &quote!(&body));
    let range = facts::status_range(unit, reply.status);
    quote!(#of::#variant(status #(, #body_pattern)*) => #made.within(#range),)
}

fn body_reply(unit: &Unit<'_>, reply: &Reply, status: &TokenStream, body: &TokenStream) -> TokenStream {
    let reply_type = unit.scope.import("specie_runtime::server::Reply");
    let Some((kind, media_type, _)) = &reply.body else {
        return quote!(#reply_type::empty(#status));
    };
    let literal = Literal::string(media_type);
    match kind {
        MediaKind::Text => quote!(#reply_type::text(#status, #literal, #body)),
        MediaKind::Bytes => quote!(#reply_type::bytes(#status, #literal, #body)),
        MediaKind::Json | MediaKind::Form => {
            let own =
                client_calls::own_media_type(MediaKind::Json, media_type).map(|_| quote!(.content_type(#literal)));
            quote!(#reply_type::json(#status, #body) #own)
        }
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;
    use crate::emit::fixtures::{self, body, items, parameter, printed, reply};
    use crate::ir::{Argument, Constraints, Field, Format, TypeRef};

    fn emitted(operation: Operation) -> String {
        let mut api = fixtures::api();
        api.operations.push(operation);
        let found =
            items(&api, |unit, _| unit.context.operations().map(|(of, names)| serve(unit, of, names)).collect());
        found.first().map(printed).unwrap_or_default()
    }

    #[test]
    fn a_request_is_read_checked_and_answered() {
        let bounded = Constraints { maximum: Some(("100".into(), false)), ..Constraints::default() };
        let found = emitted(Operation {
            parameters: vec![crate::ir::Parameter {
                constraints: bounded,
                ..parameter("page[size]", ParameterPlace::Query, TypeRef::I64, false)
            }],
            body: Some(body(vec![Field {
                ..fixtures::field("due", TypeRef::Formatted(Format::Date), Presence::Optional)
            }])),
            arguments: vec![Argument::Parameter(0), Argument::BodyField(0)],
            successes: vec![reply(Status::Code(204), "NoContent")],
            errors: vec![reply(Status::Code(409), "Conflict"), reply(Status::Range(5), "ServerError")],
            ..fixtures::operation("Pay", "POST", "/pay")
        });
        let expected: syn::Item = parse_quote! {
            impl Serve for Pay {
                const BODY: BodySpec = BodySpec::json();
                async fn receive(incoming: &mut Incoming) -> Result<Self, Rejection> {
                    let page_size = incoming.query_optional("page[size]")?;
                    incoming.check(|checker| {
                        checker.parameter("page[size]", |checker| checker.maximum(&page_size, "100"));
                    })?;
                    let body = incoming.json_object(PAY_ENVELOPE).await?;
                    Ok(Self { page_size, due: body.optional("due")? })
                }
                fn check(&self, checker: &mut Checker<'_>) {
                    checker.at("data", |checker| {
                        checker.field("due", &self.due);
                    });
                }
                fn respond((): ()) -> Reply {
                    Reply::empty(204)
                }
                fn refuse(error: PayError) -> Reply {
                    match error {
                        PayError::Conflict => Reply::empty(409),
                        PayError::ServerError(status) => Reply::empty(status.as_u16()).within(StatusRange::Range(5)),
                    }
                }
            }
        };
        assert_eq!(found, printed(&expected));
    }

    #[test]
    fn what_a_path_may_hold_and_what_a_variable_is_called_follow_the_document() {
        let any = |wire| Parameter { any_path: true, ..parameter(wire, ParameterPlace::Path, TypeRef::String, true) };
        let found = emitted(Operation {
            parameters: vec![any("key"), parameter("incoming", ParameterPlace::Path, TypeRef::String, true)],
            body: Some(body(vec![])),
            arguments: vec![Argument::Parameter(0), Argument::Parameter(1)],
            ..fixtures::operation("Put", "PUT", "/{key}/{incoming}")
        });
        let beginning = "        let key = incoming.path_any(\"key\")?;\n        let incoming_value = incoming.path(\"incoming\")?;\n";
        assert!(found.contains(beginning), "{found}");
        assert!(found.contains("            key,\n            incoming: incoming_value,\n"), "{found}");
    }

    #[test]
    fn without_errors_there_is_nothing_to_refuse() {
        let found = emitted(fixtures::operation("Ping", "GET", "/ping"));
        assert!(
            found.contains("async fn receive(_: &mut Incoming) -> Result<Self, Rejection> {\n        Ok(Self {})\n"),
            "{found}"
        );
        assert!(found.contains("fn refuse(error: NoError) -> Reply {\n        match error {}\n"), "{found}");
        assert!(!found.contains("fn check"), "{found}");
    }
}
