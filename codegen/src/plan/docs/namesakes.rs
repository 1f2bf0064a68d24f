//! Types of one name in several modules of a crate: the documentation of each names the other one.

use std::collections::{BTreeMap, BTreeSet};

use crate::rust::{
    CLIENT, CLIENT_BUILDER, CREDENTIALS, Crate, Docs, Item, ItemKind, Operation, Payload, Success, Text, Type, Webhook,
};

/// Adds to the documentation of types what else is called like them.
pub(in crate::plan) fn tell_apart(krate: &mut Crate) {
    let of_schemas: BTreeSet<String> = krate.types.iter().map(|item| item.name.clone()).collect();
    let mut others: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    let root = krate.root().to_owned();
    for (module, name, docs) in beside_schemas(krate) {
        if of_schemas.contains(name) {
            let linked = format!("The [schema of this name]({root}::types::{name}) is another type.");
            add(docs, linked.into());
            others.entry(name.to_owned()).or_default().push(module);
        }
    }
    for name in of_client(krate) {
        others.entry(name.to_owned()).or_default().push("client");
    }
    for item in &mut krate.types {
        let modules = others.get(&item.name).into_iter().flatten();
        let names: Vec<Text> = modules.map(|module| Text::of_code(&format!("{module}::{}", item.name))).collect();
        match names.len() {
            0 => {}
            1 => add(docs_of(item), Text::joined(names, "").words(" is another type.")),
            _ => add(docs_of(item), Text::joined(names, " and ").words(" are other types.")),
        }
    }
}

/// The types that are made of no schema, each with its module, its name and its documentation.
fn beside_schemas(krate: &mut Crate) -> Vec<(&'static str, &str, &mut Docs)> {
    let operations = krate.operations.iter_mut().flat_map(of_operation).map(|(name, docs)| ("operations", name, docs));
    let callbacks = krate.callbacks.iter_mut().flat_map(|callback| of_operation(&mut callback.operation));
    let callbacks = callbacks.map(|(name, docs)| ("callbacks", name, docs));
    // The name of a payload may stand for the very type.
    let is_other = |one: &&mut Webhook| !matches!(one.payload, Type::Named(id) if krate.types.get(id.0).is_some_and(|item| item.name == one.type_name));
    let webhooks = krate.webhooks.iter_mut().filter(is_other);
    let webhooks = webhooks.map(|one| ("webhooks", one.type_name.as_str(), &mut one.docs));
    operations.chain(callbacks).chain(webhooks).collect()
}

/// The types of the client that many documents have a schema of the same name for.
fn of_client(krate: &Crate) -> impl Iterator<Item = &'static str> {
    let client = [CLIENT, CLIENT_BUILDER].into_iter().filter(|_| !krate.operations.is_empty());
    let credentials = [CREDENTIALS].into_iter().filter(|_| !krate.schemes.is_empty());
    client.chain(credentials).map(|of| of.name)
}

/// The types of an operation.
fn of_operation(operation: &mut Operation) -> Vec<(&str, &mut Docs)> {
    let mut found: Vec<(&str, &mut Docs)> = Vec::new();
    let headers = operation.response_headers.iter_mut().map(|headers| &mut headers.structure);
    for structure in headers.chain([&mut operation.request]) {
        found.push((&structure.name, &mut structure.docs));
        found.extend(structure.companion.as_mut().map(|of| (of.name.as_str(), &mut of.docs)));
    }
    found.extend(operation.errors.as_mut().map(|errors| (errors.name.as_str(), &mut errors.docs)));
    if let Success::Several(several) = &mut operation.success {
        found.push((&several.name, &mut several.docs));
    }
    if let Some(Payload::Choice(choice)) = operation.body.as_mut().map(|body| &mut body.payload) {
        found.push((&choice.name, &mut choice.docs));
    }
    found
}

fn docs_of(item: &mut Item) -> &mut Docs {
    match &mut item.kind {
        ItemKind::Object(object) => &mut object.structure.docs,
        ItemKind::Enum(of) => &mut of.docs,
        ItemKind::Union(union) => &mut union.docs,
        ItemKind::Nested(nested) => &mut nested.docs,
        ItemKind::Tuple(tuple) => &mut tuple.docs,
        ItemKind::Alias { docs, .. } => docs,
    }
}

/// Adds a paragraph behind what is printed, of which the first line stays the summary.
fn add(docs: &mut Docs, text: Text) {
    let before = std::mem::take(docs);
    let fallback = before.fallback.clone().filter(|_| before.paragraphs.is_empty());
    *docs = match fallback {
        Some(fallback) => Docs::line(fallback).text(text),
        None => before.text(text),
    };
}
