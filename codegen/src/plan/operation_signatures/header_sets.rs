//! Which documented headers of responses are generated, and what the structs that hold them are called.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::Parameter;
use super::operation_names::{NamedOperation, free};
use super::response_variants::status_name;
use crate::api::{Direction, Response, SchemaId, Schemas, Shape};
use crate::names::{companion_name, parameter_names, value_name};
use crate::plan::diagnostics::Report;
use crate::plan::member_names::METHODS;
use crate::plan::schemas::adapted::AdaptedSchemas;

/// Headers that frame a message, name its media type or set cookies: client and server read and write them themselves.
const OF_HTTP: &[&str] =
    &["connection", "content-length", "content-type", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade"];

/// The headers of one response that are generated.
pub(in crate::plan) struct HeaderSet<'a> {
    /// The response.
    pub(in crate::plan) response: &'a Response,
    /// The struct: `ListPayoutsOkHeaders`.
    pub(in crate::plan) name: String,
    /// The struct of its required fields: `ListPayoutsOkHeadersRequired`.
    pub(in crate::plan) required: String,
    /// What stands behind the operation's name in the names of types that the headers hold: `Ok`.
    pub(in crate::plan) suffix: String,
    /// The headers, in the document's order.
    pub(in crate::plan) headers: Vec<Parameter<'a>>,
}

/// Selects the headers of each response of an operation. `requests` has the names of all request structs.
pub(super) fn select<'a>(
    adapted: &AdaptedSchemas<'_>,
    named: &NamedOperation<'a>,
    variants: impl Iterator<Item = &'a Response>,
    requests: &BTreeSet<String>,
    report: &mut Report,
) -> Vec<HeaderSet<'a>> {
    let mut statuses = HashSet::new();
    let mut sets = Vec::new();
    // A response of several media types has a variant for each, and its headers once.
    for response in variants.filter(|response| statuses.insert(response.status)) {
        let headers = headers(adapted, (response, named.stated.sender().reverse()), report);
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

/// The headers of a response, which `sender` sends.
fn headers<'a>(
    adapted: &AdaptedSchemas<'_>,
    (response, sender): (&'a Response, Direction),
    report: &mut Report,
) -> Vec<Parameter<'a>> {
    let mut first: HashMap<String, &str> = HashMap::new();
    let mut stated = Vec::new();
    for header in &response.headers {
        // Names of headers have no case (RFC 9110 section 5.1).
        match first.entry(header.name.to_ascii_lowercase()) {
            Entry::Occupied(same) => report.repeated_header(&header.name, same.get(), header.span),
            Entry::Vacant(place) => {
                place.insert(&header.name);
                stated.push(header);
            }
        }
    }
    let known: Vec<(&str, &str)> = stated.iter().map(|header| (header.name.as_str(), "header")).collect();
    let names = parameter_names(&known, &["header"], METHODS);
    let mut found = Vec::new();
    for (&header, name) in stated.iter().zip(names) {
        let is_of_http = OF_HTTP.contains(&header.name.to_ascii_lowercase().as_str());
        if let Some(holder) = name.holder {
            let holder = stated.get(holder).map(|holder| holder.name_span);
            report.name_collision(&value_name(&header.name), &name.name, holder, header.name_span);
        }
        let schema = header.content.schema().map(|schema| adapted.at(schema, sender));
        match schema.filter(|schema| is_typed(&adapted.schemas, *schema) && !is_of_http) {
            Some(schema) => {
                found.push(Parameter { stated: header, name: name.name, schema, examples: &header.examples });
            }
            None if is_of_http => report.header_of_http(&header.name, header.span),
            None => report.untyped_header(&header.name, header.span),
        }
    }
    found
}

/// Whether a schema gives a header a type: its values may not be anything.
fn is_typed(schemas: &Schemas, id: SchemaId) -> bool {
    let shape = schemas.get(schemas.resolve(id)).map(|schema| &schema.shape);
    shape.is_some_and(|shape| !matches!(shape, Shape::Any(_) | Shape::Null))
}
