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
    let method = ident(&operation.http_method);
    let facts = facts(unit, operation);
    let parameters = parameters(unit, operation);
    let body = operation.body.as_ref().map(|body| {
        let body = request_body::body(operation, body);
        quote!(body: #body,)
    });
    let (output, error) = (output_type(unit, &operation.success), error_type(unit, operation));
    let is_enum = matches!(operation.success, Success::Several(_));
    let success = by_status(operation.success.responses()).into_iter().map(|group| row(group, is_enum, "default"));
    // Where no success is declared, `default` stands for all statuses.
    let default = if operation.success.responses().is_empty() { "any" } else { "default" };
    let errors = by_status(operation.error_responses()).into_iter().map(|group| row(group, true, default));
    quote! {
        specie_runtime::operation!(#name {
            id: #id, #method: #path, #facts #parameters #body
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
                // Such a response is neither good nor bad news: nothing was to happen.
                Outcome::None => return None,
            };
            let status = self::status(*status, "default");
            Some(quote!(#status: #outcome))
        })
        .collect();
    (!rules.is_empty()).then(|| quote!(outcomes: { #(#rules),* },))
}

/// A status, a range of them (`4XX`), or a word for all others.
fn status(status: Status, default: &str) -> TokenStream {
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

/// The parameters, in the order of the fields.
fn parameters(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let rows: Vec<TokenStream> =
        operation.parameters().map(|(field, parameter)| self::parameter(unit, field, parameter)).collect();
    (!rows.is_empty()).then(|| quote!(parameters: { #(#rows),* },))
}

/// One parameter, with what is not as its place implies, and what a server demands of it.
fn parameter(unit: &Unit<'_>, field: &Field, stated: &Parameter) -> TokenStream {
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
    // Checks that look at what the value holds have to know its type.
    let looks_within = field.checks.own.contains(&Check::Unique) || matches!(field.checks.within, Within::Each(_));
    let ty = looks_within.then(|| unit.rust_type(&field.stored())).map(|ty| quote!(as #ty));
    let demands = demands::of(&field.checks);
    quote!(#name: #place #wire #kind #style #required #reserved #any_path #ty #demands)
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
