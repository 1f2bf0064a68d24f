//! Types of one name in several modules of a crate: the documentation of each names the other one.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::bodies::payloads::Payload;
use crate::plan::members::{self, OperationMembers};
use crate::plan::operation_signatures::sent_operations;
use crate::plan::operation_signatures::webhook_names::NamedWebhook;
use crate::plan::types::analysis::TypeAnalysis;
use crate::plan::types::body_types::value_type;
use crate::rust::fixed_modules::{CLIENT, OPERATIONS, TYPES, WEBHOOKS};
use crate::rust::{Companion, Constructor, Docs, FixedTypes, Struct, Text, Type};

/// Which names several types of a crate have.
pub(in crate::plan) struct Namesakes<'a> {
    root: &'a str,
    /// The names of the types that are made of schemas.
    of_schemas: BTreeSet<&'a str>,
    /// The modules of the other types that have one of these names, by name.
    others: BTreeMap<&'a str, Vec<&'static str>>,
}

impl<'a> Namesakes<'a> {
    /// The namesakes among the types of schemas, operations, callbacks, webhooks and the client.
    pub(in crate::plan) fn of(
        analysis: &'a TypeAnalysis<'_>,
        operations: &[OperationMembers<'_>],
        callbacks: &[OperationMembers<'_>],
        webhooks: &[NamedWebhook<'_>],
        fixed_types: &FixedTypes,
    ) -> Self {
        let kept = analysis.names.types.iter().take(analysis.names.kept);
        let of_schemas: BTreeSet<&str> = kept.map(|named| named.name.as_str()).collect();
        let mut others: BTreeMap<&str, Vec<&'static str>> = BTreeMap::new();
        let mut is_there = |module: &'static str, name: &str| {
            if let Some(known) = of_schemas.get(name) {
                others.entry(known).or_default().push(module);
            }
        };
        operations.iter().flat_map(of_operation).for_each(|name| is_there(OPERATIONS.name(), name));
        for callback in callbacks {
            let module = sent_operations::kind(callback.signature.named.stated).module().name();
            for name in of_operation(callback) {
                is_there(module, name);
            }
        }
        for webhook in webhooks.iter().filter(|webhook| !is_schema_of_its_name(analysis, webhook)) {
            is_there(WEBHOOKS.name(), &webhook.type_name());
        }
        fixed_types.client.iter().for_each(|of| is_there(CLIENT.name(), of.name));
        Self { root: analysis.root, of_schemas, others }
    }

    /// The documentation of a type that is made of a schema, with what else is called like it.
    pub(in crate::plan) fn of_schema(&self, name: &str, docs: Docs) -> Docs {
        let modules = self.others.get(name).into_iter().flatten();
        let names: Vec<Text> = modules.map(|module| Text::of_code(&format!("{module}::{name}"))).collect();
        match names.len() {
            0 => docs,
            1 => docs.text(Text::joined(names, "").words(" is another type.")),
            _ => docs.text(Text::joined(names, " and ").words(" are other types.")),
        }
    }

    /// The documentation of another type, with the schema that is called like it.
    pub(in crate::plan) fn beside_schema(&self, name: &str, docs: Docs) -> Docs {
        if !self.of_schemas.contains(name) {
            return docs;
        }
        let types = TYPES.below(self.root);
        docs.text(format!("The [schema of this name]({types}::{name}) is another type."))
    }

    /// A struct that is made of no schema, and its companion, with the schemas that are called like them.
    pub(in crate::plan) fn beside_struct(&self, structure: Struct) -> Struct {
        let constructor = match structure.constructor {
            Constructor::Several(of) => {
                Constructor::Several(Companion { docs: self.beside_schema(&of.name, of.docs), ..of })
            }
            other @ (Constructor::Empty | Constructor::One { .. }) => other,
        };
        Struct { docs: self.beside_schema(&structure.name, structure.docs), constructor, ..structure }
    }

    /// The documentation of a webhook's payload. Its name may stand for the very type.
    pub(in crate::plan) fn beside_payload(
        &self,
        analysis: &TypeAnalysis<'_>,
        webhook: &NamedWebhook<'_>,
        docs: Docs,
    ) -> Docs {
        if is_schema_of_its_name(analysis, webhook) { docs } else { self.beside_schema(&webhook.type_name(), docs) }
    }
}

/// Whether the name of a webhook's payload is that of the type itself.
fn is_schema_of_its_name(analysis: &TypeAnalysis<'_>, webhook: &NamedWebhook<'_>) -> bool {
    match value_type(analysis.types, webhook.payload).ty {
        Type::Named(id) => analysis.names.name(id) == webhook.type_name(),
        _ => false,
    }
}

/// The types of an operation.
fn of_operation<'a>(operation: &'a OperationMembers<'a>) -> Vec<&'a str> {
    let (signature, mut found) = (operation.signature, Vec::<&str>::new());
    let names = &signature.named;
    let headers = signature.headers.iter().zip(&operation.headers).filter(|(_, members)| !members.is_empty());
    let headers = headers.map(|(set, members)| (&set.name, &set.required, members));
    let parts = (!operation.parts.is_empty()).then_some((&names.parts, &names.required_parts, &operation.parts));
    let structs = headers.chain(parts).chain([(&names.request, &names.required, &operation.members)]);
    for (name, required, members) in structs {
        found.push(name);
        found.extend((members::required(members).len() > 1).then_some(required.as_str()));
    }
    found.extend((!signature.errors.is_empty()).then_some(names.error.as_str()));
    found.extend((signature.successes.len() > 1).then_some(names.output.as_str()));
    let is_choice = signature.body.as_ref().is_some_and(|body| matches!(body.payload, Payload::Choice(_)));
    found.extend(is_choice.then_some(names.body.as_str()));
    found
}
