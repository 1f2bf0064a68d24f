//! What the documentation of an operation says: purpose, method and path, credentials, answers, an example.

use super::context::{Context, OperationNames};
use super::docs::{remarks, summary};
use super::{examples, reconcile};
use crate::ir::{Operation, Outcome, Reply, Status, TypeRef};
use crate::rust::{Docs, Paragraph, Reconcile, Text};

/// The documentation of a request struct.
pub(super) fn of_request(
    context: &Context<'_>,
    operation: &Operation,
    names: &OperationNames,
    asking: Option<&Reconcile>,
) -> Docs {
    let said = &operation.docs;
    let docs = Docs::default()
        .document(said.summary.as_deref())
        .document(said.description.as_deref())
        .text(route(operation))
        .text(destination(context, operation));
    let mut docs = remarks(docs, said);
    if !operation.successes.is_empty() || !operation.errors.is_empty() {
        docs = docs.with(answers(context, operation, names));
    }
    // The only success is no item of its own, at which it could be said.
    if let [success] = operation.successes.as_slice() {
        let entries = success.docs.provenance.iter().cloned();
        docs.paragraphs.extend(entries.map(|entry| Paragraph::ResponseProvenance(success.status, entry)));
    }
    let headers = headers(operation);
    if !headers.is_empty() {
        docs = docs.with(Paragraph::List(headers));
    }
    docs.paragraphs.extend(asking.map(|asking| Paragraph::Text(reconcile::docs(asking))));
    docs.paragraphs.extend(examples::of_request(context, operation, names).map(Paragraph::Request));
    docs
}

/// The documentation of a method of the client or the server: the first lines only, the rest is at the request struct.
pub(super) fn of_method(operation: &Operation) -> Docs {
    let id = Text::of_code(&operation.id).words(".");
    Docs::default().text(summary(&operation.docs, id)).text(route(operation))
}

/// `POST /v1/payouts`
fn route(operation: &Operation) -> Text {
    Text::of_code(&format!("{} {}", operation.http_method, operation.path))
}

/// Where the request goes, where there is a choice, and what it is signed with.
fn destination(context: &Context<'_>, operation: &Operation) -> Text {
    let api = context.api;
    let base = api.bases.get(operation.base).filter(|_| api.bases.len() > 1);
    let text = base.map_or_else(Text::default, |base| Text::from("Base URL: ").code(&base.method_name).words(". "));
    if operation.security.is_empty() {
        return text.words("No credential is sent.");
    }
    let alternatives = operation.security.iter().map(|requirement| {
        let schemes = requirement.schemes.iter().filter_map(|(index, scopes)| {
            let scheme = Text::of_code(&api.schemes.get(*index)?.key);
            let scopes = Text::joined(scopes.iter().map(|scope| Text::of_code(scope)), ", ");
            Some(if scopes.0.is_empty() { scheme } else { scheme.words(" (").and(scopes).words(")") })
        });
        let schemes = Text::joined(schemes, " and ");
        if schemes.0.is_empty() { "none".into() } else { schemes }
    });
    text.words("Credentials: ").and(Text::joined(alternatives, ", or ")).words(".")
}

/// The table of documented answers.
fn answers(context: &Context<'_>, operation: &Operation, names: &OperationNames) -> Paragraph {
    let several = operation.successes.len() > 1;
    let successes = operation.successes.iter().map(|reply| {
        let answer = if several { format!("[`{}::{}`]", names.output, reply.variant) } else { body(context, reply) };
        (reply, answer)
    });
    let errors = operation.errors.iter().map(|reply| (reply, format!("[`{}::{}`]", names.error, reply.variant)));
    let rows = successes.chain(errors).map(|(reply, answer)| {
        let said = summary(&reply.docs, Text::default());
        let outcome = outcome(operation, reply.status).map(Text::from);
        let meaning = Text::joined([said].into_iter().filter(|text| !text.0.is_empty()).chain(outcome), " ");
        vec![reply.status.to_string().into(), answer.into(), meaning]
    });
    Paragraph::Table(&["status", "answer", "meaning"], rows.collect())
}

/// What a single success holds.
fn body(context: &Context<'_>, reply: &Reply) -> String {
    match reply.body.as_ref().map(|(_, _, ty)| ty) {
        Some(TypeRef::Named(id)) => {
            let name = context.definition(*id).map_or("", |def| &def.name);
            format!("[`{name}`](crate::types::{name})")
        }
        Some(_) => "a body".to_owned(),
        None => "no body".to_owned(),
    }
}

/// What the document says that a status means for the operation.
fn outcome(operation: &Operation, status: Status) -> Option<&'static str> {
    let rule = operation.outcomes.iter().find(|rule| rule.status == status)?;
    Some(match rule.outcome {
        Outcome::Done => "It happened.",
        Outcome::Refused if status == Status::Default => "It did not happen, unless the status leaves that open.",
        Outcome::Refused => "It did not happen.",
        Outcome::Unknown => "It may have happened.",
        Outcome::Duplicate => "It happened before.",
        Outcome::None => return None,
    })
}

/// Response headers that the document names.
fn headers(operation: &Operation) -> Vec<Text> {
    let replies = operation.successes.iter().chain(&operation.errors);
    let headers = replies.flat_map(|reply| reply.headers.iter().map(move |(name, said)| (reply, name, said)));
    headers
        .map(|(reply, name, said)| {
            let meaning = summary(said, Text::default());
            let header = Text::from("header ").code(name).words(format!(" of {}", reply.status));
            if meaning.0.is_empty() { header } else { header.words(": ").and(meaning) }
        })
        .collect()
}
