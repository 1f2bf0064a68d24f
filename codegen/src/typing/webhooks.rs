//! Webhooks: requests that the API sends.

use super::context::{Hint, Typing};
use super::{docs, schemas};
use crate::api::{self, Address, Media, SchemaId, Shape};
use crate::ir::{TypeRef, Webhook};
use crate::names::{Scope, type_name, value_name};

/// The webhooks that are sent by `POST`, ordered by name.
pub fn webhooks(typing: &mut Typing<'_>) -> Vec<Webhook> {
    let api = typing.api;
    let name = |stated: &'_ api::Operation| match &stated.address {
        Address::Webhook(name) => name.clone(),
        Address::Path(_) | Address::Callback { .. } => String::new(),
    };
    let mut found: Vec<&api::Operation> = api.webhooks.iter().filter(|one| one.method.as_str() == "POST").collect();
    found.sort_by_cached_key(|stated| name(stated));
    let mut methods = Scope::reserving(&["clone"]);
    found.into_iter().map(|stated| webhook(typing, stated, &mut methods)).collect()
}

fn webhook(typing: &mut Typing<'_>, stated: &api::Operation, methods: &mut Scope) -> Webhook {
    let id = stated.label();
    let given = stated.given_name.as_ref();
    typing.named.extend(given.map(|name| name.span));
    let name = given.map_or(id.as_str(), |name| &name.text);
    let hint = Hint::root(&type_name(name)).part("Webhook", "payload");
    Webhook {
        method_name: methods.claim(&value_name(name)).name,
        payload: payload(typing, stated, &hint),
        signature: stated.signature.clone(),
        docs: docs::docs(&stated.docs),
        id,
    }
}

/// A payload has to be a component.
fn payload(typing: &mut Typing<'_>, stated: &api::Operation, hint: &Hint) -> TypeRef {
    let content = stated.request_body.iter().flat_map(|body| &body.content);
    let schema = content.filter(|one| one.kind() == Media::Json).find_map(|one| one.schema);
    match schema {
        Some(schema) if is_component(typing, schema) => schemas::schema(typing, schema, hint).ty,
        _ => {
            let span = schema.map_or(stated.span, |schema| typing.span(schema));
            typing.report.webhook_payload(typing.strictness, span);
            typing.untyped(hint, "the webhook's payload is not a component schema");
            TypeRef::Json
        }
    }
}

fn is_component(typing: &Typing<'_>, id: SchemaId) -> bool {
    match typing.schema(id).map(|schema| &schema.shape) {
        Some(Shape::Reference(target)) => typing.component_name(*target).is_some(),
        _ => false,
    }
}
