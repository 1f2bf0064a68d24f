//! Webhooks: requests that the API sends.

use super::context::{Hint, Lowering};
use super::located::{Link, SchemaAt};
use super::texts::{self, text};
use super::{naming, schemas};
use crate::ir::{Signature, TypeRef, Webhook};
use crate::names::{Scope, type_name, value_name};
use crate::syntax::Node;

/// The webhooks of the document (`x-webhooks`), ordered by name.
pub fn webhooks(lowering: &mut Lowering<'_>) -> Vec<Webhook> {
    let mut found: Vec<(&str, &Node)> = Vec::new();
    if let Some(webhooks) = lowering.resolved.root.get("x-webhooks") {
        found.extend(webhooks.entries().filter_map(|(name, item)| Some((name.text(), item.get("post")?))));
    }
    found.sort_by_key(|(name, _)| *name);
    let mut methods = Scope::reserving(&["clone"]);
    found.into_iter().map(|(name, operation)| webhook(lowering, name, operation, &mut methods)).collect()
}

fn webhook(lowering: &mut Lowering<'_>, name: &str, operation: &Node, methods: &mut Scope) -> Webhook {
    let id = text(operation, "operationId").unwrap_or_else(|| name.to_owned());
    let name = naming::stated(lowering, operation).unwrap_or(&id);
    let hint = Hint::root(&type_name(name)).part("Webhook", "payload");
    let signature = operation
        .get("x-specie-signature")
        .and_then(|stated| Some(Signature { header: text(stated, "header")?, algorithm: text(stated, "algorithm")? }));
    Webhook {
        method_name: methods.claim(&value_name(name)).name,
        payload: payload(lowering, operation, &hint),
        signature,
        docs: texts::docs(operation),
        id,
    }
}

/// A payload has to be a component.
fn payload(lowering: &mut Lowering<'_>, operation: &Node, hint: &Hint) -> TypeRef {
    let schema = operation.at("/requestBody/content/application~1json/schema").unwrap_or(operation);
    let name =
        schema.get("$ref").and_then(Node::text).and_then(|reference| reference.strip_prefix("#/components/schemas/"));
    let components = lowering.resolved.document.schemas.components();
    let Some((name, _)) = name.and_then(|name| components.get_key_value(name)) else {
        lowering.report.webhook_payload(lowering.resolved.strictness, schema);
        lowering.untyped(hint, "the webhook's payload is not a component schema");
        return TypeRef::Json;
    };
    let root = &lowering.resolved.root;
    let node = root.at("/components/schemas").and_then(|schemas| schemas.get(name)).unwrap_or(root);
    schemas::schema(lowering, SchemaAt { link: Link::Component(name), node }, hint).ty
}
