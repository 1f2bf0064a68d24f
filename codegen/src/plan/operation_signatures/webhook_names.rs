//! Webhooks of which the payload is all that is generated, with their names and what they carry.

use std::collections::HashSet;

use super::{sent_operations, webhook_omissions};
use crate::api::{self, Address, Media, SchemaId, Schemas, Shape};
use crate::diagnostic::Diagnostics;
use crate::names::{Contender, Scope, constant_names, type_name, value_name};
use crate::plan::bodies::media_types::Value;
use crate::plan::diagnostics::Report;
use crate::plan::schemas::adapted::AdaptedSchemas;
use crate::plan::schemas::kinds::component_name;
use crate::source::Span;
use crate::strictness::Strictness;

/// A webhook with its names.
pub(in crate::plan) struct NamedWebhook<'a> {
    /// The webhook.
    pub(in crate::plan) stated: &'a api::Operation,
    /// What the document calls it.
    pub(in crate::plan) id: String,
    /// What it is called in code, before it is cased.
    pub(in crate::plan) name: String,
    /// The functions that make its receiver and send it, `snake_case`.
    pub(in crate::plan) function: String,
    /// The constant that describes it, `UPPER_CASE`.
    pub(in crate::plan) constant: String,
    /// What it carries.
    pub(in crate::plan) payload: Value,
}

impl NamedWebhook<'_> {
    /// The name of the payload's type among the webhooks.
    pub(in crate::plan) fn type_name(&self) -> String {
        type_name(&self.function)
    }
}

/// The webhooks that carry a payload alone, ordered by key and, under one key, with `POST` first; also gives where the names stand that the
/// document gave them.
pub(in crate::plan) fn names<'a>(
    webhooks: &'a [api::Operation],
    adapted: &AdaptedSchemas<'_>,
    strictness: Strictness,
) -> (Vec<NamedWebhook<'a>>, HashSet<Span>, Diagnostics) {
    let key = |stated: &api::Operation| match &stated.address {
        Address::Webhook(name) => name.clone(),
        Address::Path(_) | Address::Callback { .. } => String::new(),
    };
    let mut report = Report::default();
    let mut sent: Vec<&api::Operation> = Vec::new();
    for stated in webhooks.iter().filter(|webhook| !sent_operations::is_whole(webhook)) {
        if sent_operations::has_payload(stated) {
            sent.push(stated);
        } else {
            report.bodiless_webhook(&stated.label(), stated.method.as_str(), stated.span);
        }
    }
    sent.sort_by_cached_key(|stated| (key(stated), stated.method.as_str() != "POST", stated.method.clone()));
    let functions = report.told_apart(&sent.iter().map(|stated| contender(stated)).collect::<Vec<_>>(), &["clone"]);
    let constants = constant_names(&functions.iter().map(String::as_str).collect::<Vec<_>>(), &mut Scope::default());
    let mut found = Vec::new();
    for ((stated, function), constant) in sent.into_iter().zip(functions).zip(constants) {
        let (id, name) = (stated.label(), word(stated));
        let payload = payload(adapted, stated, strictness, &mut report);
        webhook_omissions::report(stated, &mut report);
        found.push(NamedWebhook { stated, id, name, function, constant, payload });
    }
    let given = found.iter().filter_map(|webhook| Some(webhook.stated.given_name.as_ref()?.span)).collect();
    (found, given, report.diagnostics)
}

/// What a webhook is called in code, before it is cased.
fn word(stated: &api::Operation) -> String {
    stated.given_name.as_ref().map_or_else(|| stated.label(), |name| name.text.clone())
}

/// The function of a webhook. One that the document names comes behind one that is called so, and adds what the document calls it. Of
/// several methods under one key, all but `POST` add their method.
fn contender(stated: &api::Operation) -> (Contender, Span) {
    let word = word(stated);
    let own = format!("{}_{}", value_name(&word).trim_end_matches('_'), value_name(&stated.label()));
    let contender = Contender::of(&word, value_name).or([own]);
    match &stated.given_name {
        Some(name) => (contender.behind(), name.span),
        None if stated.id.is_none() && stated.method.as_str() != "POST" => {
            let by_method =
                format!("{}_{}", value_name(&word).trim_end_matches('_'), value_name(stated.method.as_str()));
            (Contender::of(&word, value_name).or([by_method]).behind(), stated.name_span)
        }
        None => (contender, stated.name_span),
    }
}

/// A payload has to be a component in documents of our own; in those by others, its type is called after the webhook.
fn payload(
    adapted: &AdaptedSchemas<'_>,
    stated: &api::Operation,
    strictness: Strictness,
    report: &mut Report,
) -> Value {
    let content = stated.request_body.iter().flat_map(|body| &body.content);
    let schema = content.filter(|one| one.kind() == Media::Json).find_map(|one| one.schema);
    let (schema, schemas) = (schema.map(|schema| adapted.at(schema, stated.sender())), &adapted.schemas);
    match schema {
        Some(schema) if strictness == Strictness::Lenient || is_component(schemas, schema) => Value::Schema(schema),
        _ => {
            let span = schema.map_or(stated.span, |schema| schemas[schema].span);
            report.webhook_payload(strictness, span);
            Value::Json("the webhook has no JSON payload with a schema")
        }
    }
}

fn is_component(schemas: &Schemas, id: SchemaId) -> bool {
    match schemas.get(id).map(|schema| &schema.shape) {
        Some(Shape::Reference(target)) => schemas.get(*target).and_then(component_name).is_some(),
        _ => false,
    }
}
