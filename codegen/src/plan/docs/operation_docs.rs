//! What the documentation of an operation says: purpose, method and path, credentials, responses, an example.

use std::collections::HashSet;

use super::paragraphs::{remarks, summary};
use super::provenance;
use crate::api::{self, Outcome};
use crate::plan::members::OperationMembers;
use crate::plan::operation_signatures::operations::OperationSignature;
use crate::plan::operation_signatures::response_variants::ResponseVariant;
use crate::plan::stated_docs::{self, StatedDocs};
use crate::plan::types::analysis::TypeAnalysis;
use crate::plan::types::body_types::body_type;
use crate::rust::{Base, BaseId, Docs, Example, Paragraph, Requirement, Status, Text, Type, fixed_modules};

/// What there is to send a request with.
pub(in crate::plan) struct Destinations<'a> {
    /// The base URLs of the API.
    pub(in crate::plan) bases: &'a [Base],
    /// The base URL of the operation, if it has one.
    pub(in crate::plan) base: Option<BaseId>,
    /// The alternatives of its `security`.
    pub(in crate::plan) security: &'a [Requirement],
}

/// The documentation of a request struct.
pub(in crate::plan) fn of_request(
    analysis: &TypeAnalysis<'_>,
    of: &OperationMembers<'_>,
    destinations: &Destinations<'_>,
    (asking, links, example): (Option<Text>, Vec<Text>, Option<Example>),
) -> Docs {
    let (operation, stated_docs) = (of.signature, &of.stated_docs);
    let docs = Docs::default()
        .document(stated_docs.summary.as_deref())
        .document(stated_docs.description.as_deref())
        .text(route(operation).words(". ").and(destination(operation, destinations)));
    let mut docs = remarks(docs, stated_docs);
    if operation.responses().next().is_some() {
        docs = docs.with(responses(analysis, of));
    }
    // The only success is no item of its own, at which it could be said.
    if let ([success], [stated_docs]) = (operation.successes.as_slice(), of.successes.as_slice()) {
        let sentence = |entry| provenance::sentence_of_response(success.stated.status, entry);
        docs.paragraphs.extend(stated_docs.provenance.iter().map(sentence));
    }
    let headers = headers(operation);
    if !headers.is_empty() {
        docs = docs.with(Paragraph::List(headers));
    }
    docs.paragraphs.extend(asking.map(Paragraph::Text));
    docs.paragraphs.extend((!links.is_empty()).then_some(Paragraph::List(links)));
    docs.paragraphs.extend(example.map(Paragraph::Request));
    docs
}

/// The documentation of a method of the client or the server: the first lines only, the rest is at the request struct.
pub(in crate::plan) fn of_method(operation: &OperationSignature<'_>, stated_docs: &StatedDocs) -> Docs {
    let id = Text::of_code(&operation.named.id).words(".");
    Docs::default().text(summary(stated_docs, id)).text(route(operation))
}

/// The documentation of the client's method beside one that needs no request.
pub(in crate::plan) fn of_method_with(method_name: &str) -> Docs {
    Docs::line(format!("[`{method_name}`](Self::{method_name}) with a request; each of its fields may be left out."))
}

/// `POST /v1/payouts`
fn route(operation: &OperationSignature<'_>) -> Text {
    let stated = operation.named.stated;
    Text::of_code(&format!("{} {}", stated.method.as_str(), address(stated)))
}

/// The path of an operation, the runtime expression of a callback's address, or the name of a webhook.
pub(in crate::plan) fn address(stated: &api::Operation) -> &str {
    match &stated.address {
        api::Address::Callback { expression, .. } => expression,
        api::Address::Webhook(name) => name,
        api::Address::Path(path) => path,
    }
}

/// Where the request goes, where there is a choice, and what it is signed with.
fn destination(operation: &OperationSignature<'_>, to: &Destinations<'_>) -> Text {
    match operation.named.stated.address {
        api::Address::Callback { .. } => return "The API sends it, to the address that this gives.".into(),
        api::Address::Webhook(_) => return "The API sends it, to an address that was agreed on.".into(),
        api::Address::Path(_) => {}
    }
    let base = to.base.and_then(|base| to.bases.get(base.0)).filter(|_| to.bases.len() > 1);
    let text = base.map_or_else(Text::default, |base| Text::from("Base URL: ").code(&base.method_name).words(". "));
    if to.security.is_empty() {
        return text.words("No credential is sent.");
    }
    let alternatives = to.security.iter().map(|requirement| {
        let schemes = requirement.schemes.iter().map(|(key, scopes)| {
            let scheme = Text::of_code(key);
            let scopes = Text::joined(scopes.iter().map(|scope| Text::of_code(scope)), ", ");
            if scopes.0.is_empty() { scheme } else { scheme.words(" (").and(scopes).words(")") }
        });
        let schemes = Text::joined(schemes, " and ");
        if schemes.0.is_empty() { "none".into() } else { schemes }
    });
    text.words("Credentials: ").and(Text::joined(alternatives, ", or ")).words(".")
}

/// The table of documented responses.
fn responses(analysis: &TypeAnalysis<'_>, of: &OperationMembers<'_>) -> Paragraph {
    let operation = of.signature;
    let several = operation.successes.len() > 1;
    let names = &operation.named;
    let successes = operation.successes.iter().zip(&of.successes).map(|(variant, stated_docs)| {
        let gives = if several { format!("[`{}::{}`]", names.output, variant.name) } else { body(analysis, variant) };
        (variant, stated_docs, gives)
    });
    let errors = operation.errors.iter().zip(&of.errors);
    let errors =
        errors.map(|(variant, stated_docs)| (variant, stated_docs, format!("[`{}::{}`]", names.error, variant.name)));
    let rows = successes.chain(errors).map(|(variant, stated_docs, gives)| {
        let summary = summary(stated_docs, Text::default());
        let outcome = outcome(variant).map(Text::from);
        let meaning = Text::joined([summary].into_iter().filter(|text| !text.0.is_empty()).chain(outcome), " ");
        let status = variant.stated.status.to_string();
        let status = if variant.is_default_success { format!("{status}, 200 to 299") } else { status };
        vec![status.into(), gives.into(), meaning]
    });
    Paragraph::Table(&["status", "response", "meaning"], rows.collect())
}

/// What a single success holds.
fn body(analysis: &TypeAnalysis<'_>, variant: &ResponseVariant<'_>) -> String {
    match body_type(analysis.types, variant) {
        Some(Type::Named(id)) => {
            let (types, name) = (fixed_modules::TYPES.below(analysis.root), analysis.names.name(id));
            format!("[`{name}`]({types}::{name})")
        }
        Some(_) => "a body".to_owned(),
        None => "no body".to_owned(),
    }
}

/// What the document says that a response means for the operation.
fn outcome(variant: &ResponseVariant<'_>) -> Option<&'static str> {
    Some(match variant.stated.outcome? {
        Outcome::Done => "The operation was carried out.",
        Outcome::Refused if variant.stated.status == Status::Default => {
            "The operation was not carried out, unless the status leaves that open."
        }
        Outcome::Refused => "The operation was not carried out.",
        Outcome::Unknown => "The operation may have been carried out.",
        Outcome::Duplicate => "The operation was carried out before.",
        Outcome::None => return None,
    })
}

/// Response headers that the document names.
fn headers(operation: &OperationSignature<'_>) -> Vec<Text> {
    let headers =
        operation.responses().flat_map(|variant| variant.stated.headers.iter().map(move |header| (variant, header)));
    // A response of several media types, and one of successes and errors, has a variant for each, and its headers once.
    let mut seen = HashSet::new();
    headers
        .filter(|(variant, header)| seen.insert((variant.stated.status, &header.name)))
        .map(|(variant, header)| {
            let meaning = summary(&stated_docs::of(&header.docs), Text::default());
            let text = Text::from("header ").code(&header.name).words(format!(" of {}", variant.stated.status));
            if meaning.0.is_empty() { text } else { text.words(": ").and(meaning) }
        })
        .collect()
}
