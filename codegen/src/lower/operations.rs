//! Operations: one request struct, its replies, and what is declared about repeating it.

use std::collections::HashMap;

use super::context::{Hint, Lowering};
use super::found::{Found, find};
use super::{behaviour, bodies, parameters, replies, security, servers, texts};
use crate::document::PARTS_OF_ONE;
use crate::ir::{Argument, Docs, Operation, Payload};
use crate::names::{Scope, casing_rank, companion_name, type_name, value_name};

/// Names at the crate's root that no operation may take.
const RESERVED_TYPES: &[&str] = &["Client", "ClientBuilder", "Server"];
/// Methods of the client that no operation may take.
const RESERVED_METHODS: &[&str] = &["builder", "over", "authenticate", "reject", "clone"];

/// Every operation, ordered by name.
pub fn operations(
    lowering: &mut Lowering<'_>,
    servers: &servers::Bases,
    schemes: &security::Schemes,
) -> Vec<Operation> {
    let mut found = find(lowering);
    found.sort_by_cached_key(|found| {
        let name = type_name(&found.id);
        (name.clone(), casing_rank(&found.id, &name), found.id.clone(), found.path, found.http_method)
    });
    let mut types = Scope::reserving(RESERVED_TYPES);
    let mut methods = Scope::reserving(RESERVED_METHODS);
    let mut numbers = HashMap::new();
    let mut operations = Vec::new();
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for operation in &found {
        *uses.entry(&operation.id).or_default() += 1;
    }
    for operation in &found {
        if !lowering.affords(parts(lowering, operation), PARTS_OF_ONE, operation.at.node) {
            continue;
        }
        let alone = uses.get(operation.id.as_str()) == Some(&1);
        let names = Names::claim(lowering, (&mut types, &mut methods, &mut numbers), (operation, alone));
        operations.push(lower(lowering, operation, names, servers, schemes));
    }
    behaviour::link(&mut operations);
    operations
}

/// How many parts an operation has, but for what its schemas have: what it only refers to counts as well, for it is written out.
fn parts(lowering: &Lowering<'_>, found: &Found<'_>) -> usize {
    let security = found.at.value.security.as_deref().or(lowering.document.api.security.as_deref());
    let alternatives = security.unwrap_or_default().iter().map(|all| 1 + all.len()).sum::<usize>();
    ITSELF + alternatives + parameters::parts(lowering, found) + replies::parts(lowering, found)
}

/// What an operation without anything takes: a request, a client's method, a server's, and the way between them.
const ITSELF: usize = 4;

/// An operation's names.
struct Names {
    type_name: String,
    method_name: String,
}

impl Names {
    fn claim(
        lowering: &mut Lowering<'_>,
        (types, methods, numbers): (&mut Scope, &mut Scope, &mut HashMap<String, u32>),
        (found, alone): (&Found<'_>, bool),
    ) -> Self {
        const COMPANIONS: &[&str] = &["Required", "Error", "Output"];
        let wish = type_name(&found.id);
        let family = |name: &str| {
            let companions = COMPANIONS.iter().map(|suffix| companion_name(name, suffix));
            std::iter::once(name.to_owned()).chain(companions).collect::<Vec<_>>()
        };
        // The companions' names must be free as well, or `GetError` would meet the error of `Get`.
        let free = |types: &Scope, name: &str| family(name).iter().all(|name| types.is_free(name));
        // What an operation has of its own is where it is sent.
        let own = format!("{wish}{}", type_name(&format!("{} {}", found.http_method.to_lowercase(), found.path)));
        let number = numbers.entry(wish.clone()).or_insert(2);
        let mut name = if free(types, &wish) { wish.clone() } else { own };
        while !free(types, &name) {
            name = format!("{wish}{number}");
            *number = number.saturating_add(1);
        }
        let holder = family(&wish).iter().find_map(|name| types.holder(name));
        let place = found.at.node.get("operationId").unwrap_or(found.at.node);
        for name in family(&name) {
            types.claim_for(&name, Some(place.place));
        }
        // Two operations with one id were reported as that.
        if name != wish && alone {
            lowering.report.name_collision(&wish, &name, holder, place);
        }
        let method = if name == wish { value_name(&found.id) } else { value_name(&name) };
        let method_name = methods.claim(&method).name;
        Self { type_name: name, method_name }
    }
}

fn lower<'a>(
    lowering: &mut Lowering<'a>,
    found: &Found<'a>,
    names: Names,
    bases: &servers::Bases,
    schemes: &security::Schemes,
) -> Operation {
    let hint = Hint::root(&names.type_name);
    if let Some((key, _)) = found.at.node.entry("callbacks") {
        lowering.report.not_generated("callbacks", key.place, "write those that matter under `x-webhooks`");
    }
    let mut scope = Scope::reserving(super::objects::METHODS);
    let parameters = parameters::parameters(lowering, found, &hint, &mut scope);
    let body = bodies::body(lowering, found, &hint, &mut scope);
    let mut arguments: Vec<Argument> = (0..parameters.len()).map(Argument::Parameter).collect();
    match body.as_ref().map(|body| &body.payload) {
        Some(Payload::Fields { fields, .. }) => arguments.extend((0..fields.len()).map(Argument::BodyField)),
        Some(Payload::Whole(_)) => arguments.push(Argument::Body),
        None => {}
    }
    let replies = replies::replies(lowering, found, &hint);
    let mut docs = texts::docs(found.at.node);
    docs.provenance.extend(texts::provenance(found.item.node));
    let mut operation = Operation {
        id: found.id.clone(),
        method_name: names.method_name,
        type_name: names.type_name,
        http_method: found.http_method.to_owned(),
        path: found.path.to_owned(),
        docs,
        tags: found.at.value.tags.clone(),
        base: bases.of(found),
        security: security::of(lowering, found, schemes),
        parameters,
        body,
        arguments,
        successes: replies.successes,
        errors: replies.errors,
        outcomes: replies.outcomes,
        harmless: behaviour::is_harmless(found),
        idempotency: behaviour::idempotency(found),
        reconcile: behaviour::reconcile(found.at.node),
        pagination: behaviour::pagination(found.at.node),
    };
    hand_out_provenance(&mut operation);
    operation
}

/// Provenance that names a parameter, a field or a status goes there.
fn hand_out_provenance(operation: &mut Operation) {
    let Operation { docs, parameters, body, successes, errors, .. } = operation;
    let fields = match body.as_mut().map(|body| &mut body.payload) {
        Some(Payload::Fields { fields, .. }) => fields.as_mut_slice(),
        _ => &mut [],
    };
    let keys: Vec<String> = successes.iter().chain(errors.iter()).map(|reply| reply.status.to_string()).collect();
    let statuses =
        keys.iter().map(String::as_str).zip(successes.iter_mut().chain(errors.iter_mut()).map(|reply| &mut reply.docs));
    let parts: Vec<(&str, &mut Docs)> = parameters
        .iter_mut()
        .map(|parameter| (parameter.wire.as_str(), &mut parameter.docs))
        .chain(fields.iter_mut().map(|field| (field.wire.as_str(), &mut field.docs)))
        .chain(statuses)
        .collect();
    texts::distribute(docs, parts.into_iter());
}
