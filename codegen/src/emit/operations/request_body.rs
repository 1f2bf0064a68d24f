//! The body of a request in the table of its operation, and the constants that the table names for it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::macro_tokens::{form, media, sides};
use super::parameters::wire;
use crate::emit::assertions;
use crate::emit::constraints;
use crate::emit::imports::ident;
use crate::emit::rust_types::Unit;
use crate::emit::types::presence_method;
use crate::rust::{
    Body, BodyAssertions, Check, Envelope, Field, FieldSource, FormOfParts, FormStyle, FormStyles, Media, MediaEnum,
    Operation, PartKind, Payload, Presence,
};

/// The envelope, the styles and what is demanded of all properties, as constants beside the table.
pub(super) fn constants(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let envelope = operation.envelope().map(|envelope| envelope_constant(unit, envelope));
    let styles = operation.body.as_ref().and_then(|body| body.form_styles());
    let styles = styles.map(|styles| styles_constant(unit, styles));
    let asserted = operation.body.as_ref().and_then(|body| match &body.payload {
        Payload::Fields { assertions, .. } => assertions.as_ref(),
        Payload::Whole(_) | Payload::Choice(_) => None,
    });
    let asserted = asserted.map(|asserted| assertions_constant(unit, asserted));
    quote!(#envelope #styles #asserted)
}

/// `const CREATE_PAYOUT_ENVELOPE: …`
fn envelope_constant(unit: &Unit<'_>, envelope: &Envelope) -> TokenStream {
    let (name, level) = (ident(&envelope.constant), unit.scope.import("specie_runtime::EnvelopeLevel"));
    let levels = envelope.levels.iter().map(|stated| {
        let key = Literal::string(&stated.key);
        let constants = stated.constants.iter().map(|(name, value)| {
            let (name, value) = (Literal::string(name), Literal::string(value));
            quote!((#name, #value))
        });
        quote!(#level::new(#key, &[#(#constants),*]))
    });
    quote!(pub(crate) const #name: &[#level] = &[#(#levels),*];)
}

/// `const CREATE_ACCOUNT_STYLES: …`
fn styles_constant(unit: &Unit<'_>, styles: &FormStyles) -> TokenStream {
    let (name, of) = (ident(&styles.constant), unit.scope.import("specie_runtime::FieldStyle"));
    let rows = styles.properties.iter().map(|(property, style)| {
        let property = Literal::string(property);
        let list = |variant: &str| {
            let (list, variant) = (unit.scope.import("specie_runtime::ListStyle"), ident(variant));
            quote!(#of::list(#property, #list::#variant))
        };
        match style {
            FormStyle::Brackets => quote!(#of::brackets(#property)),
            FormStyle::Commas => list("Commas"),
            FormStyle::Spaces => list("Spaces"),
            FormStyle::Pipes => list("Pipes"),
        }
    });
    quote!(pub(crate) const #name: &[#of] = &[#(#rows),*];)
}

/// `const CREATE_PAYOUT_ASSERTIONS: …`
fn assertions_constant(unit: &Unit<'_>, asserted: &BodyAssertions) -> TokenStream {
    let (name, of) = (ident(&asserted.constant), unit.scope.import("specie_runtime::check::Assertion"));
    let schema = assertions::schema(unit, &asserted.assertions);
    quote!(pub(crate) const #name: &[#of] = #schema;)
}

/// The entry `body:` of the table: the kind of body, its fields and its constraints.
pub(super) fn body(unit: &Unit<'_>, operation: &Operation, body: &Body) -> TokenStream {
    let written = match &body.payload {
        Payload::Fields { .. } => fields(unit, operation, &body.payload),
        Payload::Whole(media) => whole(unit, operation, media),
        Payload::Choice(choice) => self::choice(unit, operation, choice),
    };
    let presence = body_field(operation).map_or(Presence::Optional, |field| field.presence);
    let optional = (!body.required).then(|| ident(presence_method(presence)));
    quote!(#optional #written)
}

/// The form, and its media types where they are named.
fn kind(of: &Media) -> TokenStream {
    let (form, media) = (ident(form(of.kind)), media(of));
    quote!(#form #media)
}

/// The styles of a form.
fn styles(media: &Media) -> Option<TokenStream> {
    let styles = ident(&media.styles.as_ref()?.constant);
    Some(quote!(by #styles))
}

/// The field that holds the body as a whole. Without it the table does not compile.
fn body_field(operation: &Operation) -> Option<&Field> {
    operation.request.fields.iter().find(|field| field.source == FieldSource::Body)
}

/// The body of an operation with one media type, which is one field of the request.
fn whole(unit: &Unit<'_>, operation: &Operation, media: &Media) -> TokenStream {
    let (kind, styles) = (kind(media), styles(media));
    let field = body_field(operation).map(|field| {
        let (name, demands) = (ident(&field.name), constraints::of_body(unit, &field.value, &field.checks));
        quote!(#name #demands)
    });
    quote!(#kind #styles #field)
}

/// One of several media types.
fn choice(unit: &Unit<'_>, operation: &Operation, choice: &MediaEnum) -> TokenStream {
    let (name, field) = (ident(&choice.name), body_field(operation).map(|field| ident(&field.name)));
    let variants = choice.variants.iter().map(|variant| {
        let (name, form) = (ident(&variant.name), ident(form(variant.media.kind)));
        let (media, styles) = (media(&variant.media), styles(&variant.media));
        let demands = constraints::of_body(unit, &variant.value, &variant.checks);
        quote!(#name: #form #media #styles #demands)
    });
    quote!(#name #field of { #(#variants),* })
}

/// The table of a struct of parts.
pub(super) fn parts(unit: &Unit<'_>, form: &FormOfParts) -> TokenStream {
    let (name, sides) = (ident(&form.structure.name), unit.krate.module.as_ref().map(sides));
    let rows = form.structure.fields.iter().filter_map(|field| row(unit, field));
    let (closed, counted) = (closed(form.closed), counted(unit, &form.size));
    let constants = constant_parts(&form.constants);
    quote!(specie_runtime::parts!(#sides #name { #(#rows),* } #constants #closed #counted);)
}

/// The parts that have one value.
fn constant_parts(of: &[(String, String)]) -> Option<TokenStream> {
    let rows = of.iter().map(|(name, text)| {
        let (name, text) = (Literal::string(name), Literal::string(text));
        quote!(#name = #text)
    });
    (!of.is_empty()).then(|| quote!(constants { #(#rows),* }))
}

fn closed(is_closed: bool) -> Option<TokenStream> {
    is_closed.then(|| quote!(closed))
}

/// `counted { … }`: the constraints on the number of properties or parts.
fn counted(unit: &Unit<'_>, size: &[Check]) -> Option<TokenStream> {
    (!size.is_empty()).then(|| {
        let size = constraints::own(unit, size);
        quote!(counted { #size })
    })
}

/// Fields that are properties or parts.
fn fields(unit: &Unit<'_>, operation: &Operation, payload: &Payload) -> TokenStream {
    let Payload::Fields { media, envelope, closed, size, assertions: asserted, constants } = payload else {
        return TokenStream::new();
    };
    let kind = kind(media);
    let around = match envelope {
        Some(envelope) => {
            let envelope = ident(&envelope.constant);
            Some(quote!(in #envelope))
        }
        None => styles(media),
    };
    let rows = operation.request.fields.iter().filter_map(|field| row(unit, field));
    let (closed, counted) = (self::closed(*closed), counted(unit, size));
    let satisfies = asserted.as_ref().map(|asserted| {
        let constant = ident(&asserted.constant);
        quote!(satisfies { #constant })
    });
    let constants = constant_parts(constants);
    quote!(#kind #around { #(#rows),* } #constants #closed #counted #satisfies)
}

/// A property or part with its name on the wire.
fn row(unit: &Unit<'_>, field: &Field) -> Option<TokenStream> {
    let word = match &field.source {
        FieldSource::Property => presence_method(field.presence),
        FieldSource::Part(part) => part_kind(part.kind),
        FieldSource::Parameter(_) | FieldSource::Body => return None,
    };
    let (word, steps) = (ident(word), steps(field));
    let (name, wire, demands) = (ident(&field.name), wire(field), constraints::of(unit, &field.checks));
    let content_type = content_type(field);
    let default = field.default.as_deref().map(Literal::string).map(|default| quote!(or #default));
    Some(quote!(#name: #word #wire #steps #default #content_type #demands))
}

/// The keyword of a kind of part in the macros of the runtime.
fn part_kind(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Text => "text",
        PartKind::Json => "json",
        PartKind::File => "file",
    }
}

/// The media type of a part.
fn content_type(field: &Field) -> Option<TokenStream> {
    let FieldSource::Part(part) = &field.source else { return None };
    let content_type = Literal::string(part.content_type.as_ref()?);
    Some(quote!(as #content_type))
}

/// Whether a part may occur several times, under any name, or not at all.
fn steps(field: &Field) -> Option<TokenStream> {
    let FieldSource::Part(part) = &field.source else { return None };
    let list = part.is_list.then(|| quote!(.list()));
    let others = part.listed.as_ref().map(|listed| {
        let listed = listed.iter().map(|name| Literal::string(name));
        quote!(.others(&[#(#listed),*]))
    });
    let optional = (field.presence == Presence::Optional).then(|| quote!(.optional()));
    Some(quote!(#list #others #optional))
}
