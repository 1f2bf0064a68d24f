//! Operations: the request struct, the responses, and what the runtime has to know.

mod examples;
pub(super) mod pagination;
pub(super) mod parameter_formats;
pub(super) mod reconciliation;
pub(super) mod rejections;
mod request_bodies;
pub(super) mod response_headers;
mod responses;
mod samples;

use super::docs::namesakes::Namesakes;
use super::docs::operation_docs::{self, Destinations};
use super::items::structs;
use super::members::OperationMembers;
use crate::api::{self, Outcome};
use crate::http;
use crate::plan::operation_signatures::operation_names::NamedOperation;
use crate::plan::servers_and_security::security::Schemes;
use crate::plan::servers_and_security::servers::Bases;
use crate::plan::types::analysis::TypeAnalysis;
use crate::rust::{
    ClientMethod, Constructor, Derive, Derives, Docs, ExampleRoot, Item, MethodArgument, Operation, PagedList,
    Paragraph, Reconcile, RejectionTableId, Safety, StatedOutcome, Status, Struct, Text,
};

/// What else a call of an operation with pages has.
const PAGES: &str = "The list comes in pages: `.pages()` gives one at a time, `.items()` the items of all.";

/// What the passes before this one have made, which operations and callbacks are put together from.
pub(in crate::plan) struct Finished<'a> {
    /// Where the paths of examples begin.
    pub(in crate::plan) examples: &'a ExampleRoot,
    /// What is known of its types.
    pub(in crate::plan) analysis: &'a TypeAnalysis<'a>,
    /// Its types.
    pub(in crate::plan) types: &'a [Item],
    /// Which names several types have.
    pub(in crate::plan) namesakes: &'a Namesakes<'a>,
    /// Its base URLs.
    pub(in crate::plan) bases: &'a Bases,
    /// Its security schemes.
    pub(in crate::plan) schemes: &'a Schemes,
}

/// How an operation relates to others, as was found by looking at them. A callback has none of it.
#[derive(Default)]
pub(in crate::plan) struct OperationRelations {
    /// How its list is returned page by page.
    pub(in crate::plan) pages: Option<PagedList>,
    /// How to ask whether it happened, and what its documentation says of that.
    pub(in crate::plan) reconcile: Option<(Reconcile, Text)>,
    /// What it documents for rejections.
    pub(in crate::plan) rejections: Option<RejectionTableId>,
    /// What its documentation says of its links.
    pub(in crate::plan) links: Vec<Text>,
}

/// The operation as the crate has it: request, responses, security and documentation.
pub(super) fn operation(finished: &Finished<'_>, of: &OperationMembers<'_>, found: OperationRelations) -> Operation {
    let (analysis, namesakes, selected) = (finished.analysis, finished.namesakes, of.signature);
    let (stated, names) = (selected.named.stated, &selected.named);
    // What the API sends is proven to its receiver.
    let security = if stated.is_sent_by_api() { Vec::new() } else { finished.schemes.of(stated) };
    let base = finished.bases.of(stated);
    let derives = Derives::of(&[Derive::Clone, Derive::Debug]);
    let structure =
        structs::structure(analysis, (&names.request, &names.required), Docs::default(), &derives, &of.members);
    let (reconcile, asking) = found.reconcile.unzip();
    let example = if stated.is_sent_by_api() { None } else { examples::of_request(finished, &structure) };
    let destinations = Destinations { bases: &finished.bases.groups, base, security: &security };
    let docs = operation_docs::of_request(analysis, of, &destinations, (asking, found.links, example));
    let server_docs = operation_docs::of_method(selected, &of.stated_docs);
    let client_methods =
        if stated.is_sent_by_api() { Vec::new() } else { client_methods(names, &structure, &server_docs) };
    Operation {
        id: names.id.clone(),
        method_name: names.method.clone(),
        client_methods,
        http_method: stated.method.as_str().to_owned(),
        has_method_constant: http::is_standard(stated.method.as_str()),
        path: operation_docs::address(stated).to_owned(),
        tags: stated.tags.clone(),
        deprecated: of.stated_docs.deprecated,
        base,
        security,
        idempotency_is_implied: stated.idempotency == stated.method.implied_idempotency(),
        idempotency: stated.idempotency.clone(),
        safety: safety(stated),
        outcomes: outcomes(stated),
        request: namesakes.beside_struct(Struct { docs, ..structure }),
        body: selected.body.as_ref().map(|body| request_bodies::body((analysis, namesakes), of, body)),
        success: responses::success((analysis, namesakes), selected, &of.successes),
        errors: responses::errors((analysis, namesakes), selected, &of.errors),
        response_headers: response_headers::structures((analysis, namesakes), of),
        sample: samples::of_operation(analysis.schemas, selected),
        rejections: found.rejections,
        reconcile,
        pages: found.pages,
        server_docs,
    }
}

/// The methods of the client for an operation with a request.
fn client_methods(names: &NamedOperation<'_>, request: &Struct, docs: &Docs) -> Vec<ClientMethod> {
    let mut docs = docs.clone();
    docs.paragraphs.extend(names.stated.pagination.as_ref().map(|_| Paragraph::Text(PAGES.into())));
    let argument = match &request.constructor {
        Constructor::Empty => MethodArgument::None,
        Constructor::One { .. } => MethodArgument::Into,
        Constructor::Several(_) => MethodArgument::Request,
    };
    let has_other = argument == MethodArgument::None && !request.fields.is_empty();
    let other = has_other.then(|| ClientMethod {
        name: names.method_with.clone(),
        argument: MethodArgument::Request,
        docs: operation_docs::of_method_with(&names.method),
    });
    [ClientMethod { name: names.method.clone(), argument, docs }].into_iter().chain(other).collect()
}

fn safety(stated: &api::Operation) -> Safety {
    match (stated.safe, stated.method.is_safe()) {
        (false, _) => Safety::Unsafe,
        (true, true) => Safety::Implied,
        (true, false) => Safety::Stated,
    }
}

/// What the responses say about the operation, ordered by status.
fn outcomes(stated: &api::Operation) -> Vec<(Status, StatedOutcome)> {
    let final_ones = stated.responses.iter().filter(|response| !response.status.is_interim());
    let mut rules: Vec<(Status, StatedOutcome)> =
        final_ones.filter_map(|response| Some((response.status, outcome(response.outcome?)?))).collect();
    rules.sort_by_key(|(status, _)| *status);
    rules
}

/// What a response says of the operation; nothing where nothing was to happen.
const fn outcome(stated: Outcome) -> Option<StatedOutcome> {
    match stated {
        Outcome::Done => Some(StatedOutcome::Done),
        Outcome::Refused => Some(StatedOutcome::Refused),
        Outcome::Unknown => Some(StatedOutcome::Unknown),
        Outcome::Duplicate => Some(StatedOutcome::Duplicate),
        Outcome::None => None,
    }
}
