//! The documented headers of responses: a struct for each response that has some.

use std::collections::{BTreeSet, HashSet};

use super::diagnostics::Report;
use super::member_names::METHODS;
use super::members::Member;
use super::operation_names::{NamedOperation, free};
use super::operation_signatures::{OperationSignature, Parameter};
use super::response_variants::status_name;
use super::type_analysis::Tables;
use super::{members, parameter_formats, structs};
use crate::api::{self, Content, ParameterFormat, Response, SchemaId, Schemas, Shape, Status};
use crate::diagnostic::Diagnostics;
use crate::names::{companion_name, parameter_names};
use crate::rust::{self, Derive, Derives, Docs, Text};

/// Headers that frame a message, name its media type or set cookies: client and server read and write them themselves.
const OF_HTTP: &[&str] =
    &["connection", "content-length", "content-type", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade"];

/// The headers of one response that are generated.
pub(super) struct HeaderSet<'a> {
    /// The response.
    pub(super) response: &'a Response,
    /// The struct: `ListPayoutsOkHeaders`.
    pub(super) name: String,
    /// The struct of its required fields: `ListPayoutsOkHeadersRequired`.
    required: String,
    /// What stands behind the operation's name in the names of types that the headers hold: `Ok`.
    pub(super) suffix: String,
    /// The headers, in the document's order.
    pub(super) headers: Vec<Parameter<'a>>,
}

/// Selects the headers of each response of an operation. `requests` has the names of all request structs.
pub(super) fn select<'a>(
    schemas: &Schemas,
    named: &NamedOperation<'a>,
    variants: impl Iterator<Item = &'a Response>,
    requests: &BTreeSet<String>,
    report: &mut Report,
) -> Vec<HeaderSet<'a>> {
    let mut statuses = HashSet::new();
    let mut sets = Vec::new();
    // A response of several media types has a variant for each, and its headers once.
    for response in variants.filter(|response| statuses.insert(response.status)) {
        let headers = headers(schemas, response, report);
        if headers.is_empty() {
            continue;
        }
        let suffix = status_name(response.status);
        let name = free(requests, &companion_name(&named.request, &format!("{suffix}Headers")));
        let required = free(requests, &companion_name(&name, "Required"));
        sets.push(HeaderSet { response, name, required, suffix, headers });
    }
    sets
}

fn headers<'a>(schemas: &Schemas, response: &'a Response, report: &mut Report) -> Vec<Parameter<'a>> {
    let mut seen = HashSet::new();
    let mut is_new = |header: &&api::Parameter| seen.insert(header.name.to_ascii_lowercase());
    let stated: Vec<_> = response.headers.iter().filter(&mut is_new).collect();
    let known: Vec<(&str, &str)> = stated.iter().map(|header| (header.name.as_str(), "header")).collect();
    let names = parameter_names(&known, &["header"], METHODS);
    let mut found = Vec::new();
    for (header, name) in stated.into_iter().zip(names) {
        let is_of_http = OF_HTTP.contains(&header.name.to_ascii_lowercase().as_str());
        match schema(schemas, &header.content).filter(|_| !is_of_http) {
            Some(schema) => found.push(Parameter { stated: header, name: name.name, schema }),
            None => report.untyped_header(&header.name, header.span),
        }
    }
    found
}

/// The schema of a header that has a type; `None` where it may be anything.
fn schema(schemas: &Schemas, content: &Content) -> Option<SchemaId> {
    let schema = match content {
        Content::Schema { schema, .. } => *schema,
        Content::Media { media_type, .. } => media_type.schema?,
    };
    let shape = &schemas.get(schemas.resolve(schema))?.shape;
    (!matches!(shape, Shape::Any(_) | Shape::Null)).then_some(schema)
}

/// How the headers of an operation's responses are written, for each response; `None` where no style carries one.
pub(super) type HeaderFormats = Vec<Vec<Option<ParameterFormat>>>;

/// How the headers of each operation's responses are written. What no style carries is reported.
pub(super) fn formats(tables: &Tables<'_>, operations: &[OperationSignature<'_>]) -> (Vec<HeaderFormats>, Diagnostics) {
    let mut report = Report::default();
    let mut format = |header: &Parameter<'_>| {
        let found = parameter_formats::carried(tables, header);
        if found.is_none() {
            report.untyped_header(&header.stated.name, header.stated.span);
        }
        found
    };
    let mut formats = Vec::new();
    for operation in operations {
        formats.push(operation.headers.iter().map(|set| set.headers.iter().map(&mut format).collect()).collect());
    }
    (formats, report.diagnostics)
}

/// The structs of the headers of an operation's responses.
pub(super) fn structures(
    tables: &Tables<'_>,
    operation: &OperationSignature<'_>,
    formats: &HeaderFormats,
) -> Vec<rust::ResponseHeaders> {
    let sets = operation.headers.iter().zip(formats).filter_map(|(set, formats)| {
        let headers = set.headers.iter().zip(formats);
        let members: Vec<Member> = headers
            .filter_map(|(header, format)| Some(members::of_parameter(tables, header, format.as_ref()?)))
            .collect();
        if members.is_empty() {
            return None;
        }
        let derives = Derives::of(&[Derive::Clone, Derive::Debug]);
        let docs = docs(&operation.named.request, set.response.status);
        let structure = structs::structure(tables, (&set.name, &set.required), docs, &derives, &members);
        Some(rust::ResponseHeaders { status: set.response.status, structure })
    });
    sets.collect()
}

fn docs(request: &str, status: Status) -> Docs {
    let of = match status {
        Status::Code(code) => format!("status {code}"),
        Status::Range(digit) => format!("statuses from {digit}00 to {digit}99"),
        Status::Default => "all other statuses".to_owned(),
    };
    let ways =
        Text::from("A client reads them with ").code("Meta::response_headers").words(", a server sends them with ");
    Docs::line(format!("The headers that the document gives {of} of [`{request}`]."))
        .text(ways.code("RequestContext::set_response_headers").words("."))
}
