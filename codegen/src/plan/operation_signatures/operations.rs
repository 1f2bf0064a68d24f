//! What of each operation is generated: its parameters with their names, the body, and the responses.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::Parameter;
use super::header_sets::{self, HeaderSet};
use super::operation_names::NamedOperation;
use super::response_variants::{self, ResponseVariant};
use super::sent_operations;
use crate::api::{self, Content, ParameterLocation, SchemaId};
use crate::diagnostic::Diagnostics;
use crate::names::{Scope, parameter_names, value_name};
use crate::plan::bodies::media_types::BodyMedia;
use crate::plan::bodies::payloads::{self, Body, BodyVariant, Fields, Payload};
use crate::plan::diagnostics::Report;
use crate::plan::member_names::METHODS;
use crate::plan::schemas::adapted::AdaptedSchemas;

/// The places of parameters; of several with one name, the first of these has it.
const PLACES: &[&str] = &["path", "query", "header", "cookie"];

/// An operation with what is generated of it.
pub(in crate::plan) struct OperationSignature<'a> {
    /// The operation and its names.
    pub(in crate::plan) named: NamedOperation<'a>,
    /// Its parameters in the document's order.
    pub(in crate::plan) parameters: Vec<Parameter<'a>>,
    /// Its body, if it has one.
    pub(in crate::plan) body: Option<Body<'a>>,
    /// Documented successes (2xx), ordered by status.
    pub(in crate::plan) successes: Vec<ResponseVariant<'a>>,
    /// Documented errors, ordered by status; ranges and `default` last.
    pub(in crate::plan) errors: Vec<ResponseVariant<'a>>,
    /// The headers of the responses that have some.
    pub(in crate::plan) headers: Vec<HeaderSet<'a>>,
}

impl<'a> OperationSignature<'a> {
    /// Whether what its body leaves out stays as it is (RFC 5789, RFC 7396).
    pub(in crate::plan) fn is_patch(&self) -> bool {
        self.named.stated.method.as_str().eq_ignore_ascii_case("patch")
    }

    /// Every documented response.
    pub(in crate::plan) fn responses(&self) -> impl Iterator<Item = &ResponseVariant<'a>> {
        self.successes.iter().chain(&self.errors)
    }

    /// All that it holds: parameters, the body, bodies of responses, headers of responses.
    pub(in crate::plan) fn parts(&self) -> impl Iterator<Item = SignaturePart<'_>> {
        let parameters = self.parameters.iter().map(SignaturePart::Parameter);
        let body: Vec<SignaturePart<'_>> = match self.body.as_ref().map(|body| &body.payload) {
            Some(Payload::Fields(_, fields)) => vec![SignaturePart::Fields(fields)],
            Some(Payload::Whole(medium)) => vec![SignaturePart::Body(medium)],
            Some(Payload::Choice(several)) => several.iter().map(SignaturePart::of_variant).collect(),
            None => Vec::new(),
        };
        let responses =
            self.responses().filter_map(|variant| Some(SignaturePart::Response(variant, variant.body.as_ref()?)));
        let headers =
            self.headers.iter().flat_map(|set| set.headers.iter().map(|header| SignaturePart::Header(set, header)));
        parameters.chain(body).chain(responses).chain(headers)
    }
}

/// What an operation holds at one position.
pub(in crate::plan) enum SignaturePart<'a> {
    /// A parameter.
    Parameter(&'a Parameter<'a>),
    /// The properties of the body, as fields of the request or of a struct of its parts.
    Fields(&'a Fields<'a>),
    /// The body as a whole.
    Body(&'a BodyMedia<'a>),
    /// One of the ways to write the body.
    BodyVariant(&'a BodyMedia<'a>),
    /// The body of a response.
    Response(&'a ResponseVariant<'a>, &'a BodyMedia<'a>),
    /// A header of a response.
    Header(&'a HeaderSet<'a>, &'a Parameter<'a>),
}

impl<'a> SignaturePart<'a> {
    const fn of_variant(variant: &'a BodyVariant<'a>) -> Self {
        match &variant.parts {
            Some(parts) => Self::Fields(parts),
            None => Self::BodyVariant(&variant.medium),
        }
    }

    /// The schemas there.
    pub(in crate::plan) fn schemas(&self) -> Vec<SchemaId> {
        match self {
            Self::Parameter(parameter) | Self::Header(_, parameter) => vec![parameter.schema],
            Self::Fields(fields) => fields.object.properties.iter().map(|property| property.schema).collect(),
            Self::Body(medium) | Self::BodyVariant(medium) | Self::Response(_, medium) => {
                medium.value.schema().into_iter().collect()
            }
        }
    }

    /// Whether the body of the request has it.
    pub(in crate::plan) const fn is_of_body(&self) -> bool {
        matches!(self, Self::Fields(_) | Self::Body(_) | Self::BodyVariant(_))
    }

    /// Whether the response has it.
    pub(in crate::plan) const fn is_of_response(&self) -> bool {
        matches!(self, Self::Response(..) | Self::Header(..))
    }
}

/// Selects what is generated of each operation.
pub(in crate::plan) fn select<'a>(
    adapted: &'a AdaptedSchemas<'_>,
    named: Vec<NamedOperation<'a>>,
) -> (Vec<OperationSignature<'a>>, Diagnostics) {
    let requests = named.iter().map(|named| named.request.clone()).collect();
    let selected = named.into_par_iter().map(|named| {
        let mut report = Report::default();
        (operation(adapted, named, &requests, &mut report), report.diagnostics)
    });
    let (selected, found): (Vec<_>, Vec<_>) = selected.unzip();
    (selected, found.into_iter().collect())
}

fn operation<'a>(
    adapted: &'a AdaptedSchemas<'_>,
    named: NamedOperation<'a>,
    requests: &BTreeSet<String>,
    report: &mut Report,
) -> OperationSignature<'a> {
    if let Some(span) = named.stated.callbacks_span.filter(|_| named.stated.is_sent_by_api()) {
        let what = format!("callbacks of a {}", sent_operations::kind(named.stated).word());
        report.not_generated(&what, span, "write those that matter under `x-webhooks`");
    }
    let mut scope = Scope::reserving(METHODS);
    let parameters = parameters(adapted, named.stated, &mut scope, report);
    let body = payloads::body(adapted, named.stated, &mut scope, report);
    let (successes, errors) = response_variants::response_variants(adapted, named.stated, report);
    let stated = successes.iter().chain(&errors).map(|variant| variant.stated);
    let headers = header_sets::select(adapted, &named, stated, requests, report);
    OperationSignature { named, parameters, body, successes, errors, headers }
}

fn parameters<'a>(
    adapted: &AdaptedSchemas<'_>,
    operation: &'a api::Operation,
    scope: &mut Scope,
    report: &mut Report,
) -> Vec<Parameter<'a>> {
    let stated: Vec<&api::Parameter> = operation.parameters.iter().filter(|one| is_parameter(one, report)).collect();
    let known: Vec<(&str, &str)> = stated.iter().map(|one| (one.name.as_str(), word(one.place))).collect();
    let names = parameter_names(&known, PLACES, METHODS);
    let mut parameters = Vec::new();
    for (one, found) in stated.iter().zip(names) {
        if let Some(holder) = found.holder {
            let holder = stated.get(holder).map(|holder| holder.name_span);
            report.name_collision(&value_name(&one.name), &found.name, holder, one.name_span);
        }
        if let Some(schema) = schema(one, report) {
            scope.claim_for(&found.name, Some(one.name_span));
            let examples = if adapted.is_text(schema) { &[] } else { one.examples.as_slice() };
            let schema = adapted.at(schema, operation.sender());
            parameters.push(Parameter { stated: one, name: found.name, schema, examples });
        }
    }
    parameters
}

/// Whether it is read as a parameter; a header that is not is reported.
fn is_parameter(stated: &api::Parameter, report: &mut Report) -> bool {
    let is_described = stated.is_described();
    if !is_described {
        report.header_not_a_parameter(&stated.name, stated.span);
    }
    is_described
}

/// The word for a place in the names of parameters.
const fn word(place: ParameterLocation) -> &'static str {
    match place {
        ParameterLocation::QueryString => ParameterLocation::Query.as_str(),
        other => other.as_str(),
    }
}

/// The schema of the value, under `schema` or `content`.
fn schema(stated: &api::Parameter, report: &mut Report) -> Option<SchemaId> {
    match &stated.content {
        Content::Schema { schema, .. } => Some(*schema),
        Content::Media { media_type, span } => {
            if media_type.schema.is_none() {
                report.parameter_content(&stated.name, *span);
            }
            media_type.schema
        }
    }
}
