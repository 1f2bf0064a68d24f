//! Operations: one request struct, its responses, and what is declared about repeating it.

use std::collections::HashMap;

use super::context::{Hint, Typing};
use super::{bodies, docs, objects, parameters, responses, security, servers};
use crate::api;
use crate::ir::{Argument, Docs, Operation, OutcomeRule, Pagination, Payload, Reconcile};
use crate::names::{Scope, casing_rank, companion_name, type_name, value_name};
use crate::syntax::PARTS_OF_ONE;

/// Names at the crate's root that no operation may take.
const RESERVED_TYPES: &[&str] = &["Client", "ClientBuilder", "Server"];
/// Methods of the client that no operation may take.
const RESERVED_METHODS: &[&str] = &["builder", "over", "authenticate", "reject", "clone"];

/// An operation, by what it is known by and what it is called in code.
struct Known<'a> {
    stated: &'a api::Operation,
    id: String,
    name: String,
}

/// Every operation, ordered by name.
pub fn operations(typing: &mut Typing<'_>, bases: &servers::Bases, schemes: &security::Schemes) -> Vec<Operation> {
    let mut known = known(typing);
    known.sort_by_cached_key(|known| {
        let name = type_name(&known.name);
        let address = (known.stated.path().to_owned(), known.stated.method.clone());
        (name.clone(), casing_rank(&known.name, &name), known.id.clone(), address)
    });
    let mut names = Names::default();
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for operation in &known {
        *uses.entry(&operation.id).or_default() += 1;
    }
    let mut operations = Vec::new();
    for operation in &known {
        if !typing.affords(parts(typing, operation.stated), PARTS_OF_ONE, operation.stated.span) {
            continue;
        }
        let is_alone = uses.get(operation.id.as_str()) == Some(&1);
        let (type_name, method_name) = names.claim(typing, operation, is_alone);
        operations.push(self::operation(typing, operation, (type_name, method_name), bases, schemes));
    }
    link(&mut operations);
    operations
}

fn known<'a>(typing: &mut Typing<'a>) -> Vec<Known<'a>> {
    let api = typing.api;
    let mut found = Vec::new();
    for stated in &api.operations {
        let id = stated.label();
        let name = typing.stated(stated.given_name.as_ref()).map_or_else(|| id.clone(), str::to_owned);
        found.push(Known { stated, id, name });
    }
    found
}

/// How many parts an operation has, but for what its schemas have: what it only refers to counts as well, for it is written out.
fn parts(typing: &Typing<'_>, stated: &api::Operation) -> usize {
    ITSELF + stated.size() + parameters::texts_of_schemas(typing, stated)
}

/// The parts that every operation counts: a method of the client, one of the server, and the dispatch.
const ITSELF: usize = 3;

/// The names of operations that are taken.
struct Names {
    types: Scope,
    methods: Scope,
    numbers: HashMap<String, u32>,
}

impl Default for Names {
    fn default() -> Self {
        let (types, methods) = (Scope::reserving(RESERVED_TYPES), Scope::reserving(RESERVED_METHODS));
        Self { types, methods, numbers: HashMap::new() }
    }
}

impl Names {
    /// The type's name and the method's.
    fn claim(&mut self, typing: &mut Typing<'_>, known: &Known<'_>, is_alone: bool) -> (String, String) {
        const COMPANIONS: &[&str] = &["Required", "Error", "Output"];
        let wish = type_name(&known.name);
        let family = |name: &str| {
            let companions = COMPANIONS.iter().map(|suffix| companion_name(name, suffix));
            std::iter::once(name.to_owned()).chain(companions).collect::<Vec<_>>()
        };
        // The companions' names must be free as well, or `GetError` would meet the error of `Get`.
        let is_free = |types: &Scope, name: &str| family(name).iter().all(|name| types.is_free(name));
        // What an operation has of its own is where it is sent.
        let address = format!("{} {}", known.stated.method.as_str().to_lowercase(), known.stated.path());
        let own = format!("{wish}{}", type_name(&address));
        let number = self.numbers.entry(wish.clone()).or_insert(2);
        let mut name = if is_free(&self.types, &wish) { wish.clone() } else { own };
        while !is_free(&self.types, &name) {
            name = format!("{wish}{number}");
            *number = number.saturating_add(1);
        }
        let holder = family(&wish).iter().find_map(|name| self.types.holder(name));
        let given = known.stated.given_name.as_ref();
        let span = given.map_or(known.stated.name_span, |name| name.span);
        for name in family(&name) {
            self.types.claim_for(&name, Some(span));
        }
        // Two operations with one id were reported as that.
        if name != wish && is_alone {
            typing.report.name_collision(&wish, &name, holder, span);
        }
        let method_wish = if name == wish { value_name(&known.name) } else { value_name(&name) };
        let method = self.methods.claim(&method_wish);
        if method.collided && name == wish && given.is_some() {
            typing.report.name_collision(&method_wish, &method.name, method.holder, span);
        }
        (name, method.name)
    }
}

fn operation(
    typing: &mut Typing<'_>,
    known: &Known<'_>,
    (type_name, method_name): (String, String),
    bases: &servers::Bases,
    schemes: &security::Schemes,
) -> Operation {
    let stated = known.stated;
    let hint = Hint::root(&type_name);
    if let Some(span) = stated.callbacks_span {
        typing.report.not_generated("callbacks", span, "write those that matter under `x-webhooks`");
    }
    let mut scope = Scope::reserving(objects::METHODS);
    let parameters = parameters::parameters(typing, stated, &hint, &mut scope);
    let body = bodies::body(typing, stated, &hint, &mut scope);
    let mut arguments: Vec<Argument> = (0..parameters.len()).map(Argument::Parameter).collect();
    match body.as_ref().map(|body| &body.payload) {
        Some(Payload::Fields { fields, .. }) => arguments.extend((0..fields.len()).map(Argument::BodyField)),
        Some(Payload::Whole(_)) => arguments.push(Argument::Body),
        None => {}
    }
    let (successes, errors) = responses::responses(typing, stated, &hint);
    let mut operation = Operation {
        id: known.id.clone(),
        method_name,
        type_name,
        http_method: stated.method.as_str().to_owned(),
        path: stated.path().to_owned(),
        docs: operation_docs(stated),
        tags: stated.tags.clone(),
        base: bases.place(stated.servers),
        security: schemes.of(stated),
        parameters,
        body,
        arguments,
        successes,
        errors,
        outcomes: outcomes(stated),
        harmless: stated.safe,
        idempotency: stated.idempotency.clone(),
        reconcile: stated.reconcile.as_ref().map(reconcile),
        pagination: stated.pagination.as_ref().map(pagination),
    };
    hand_out_provenance(&mut operation);
    operation
}

/// The texts of an operation; where its body comes from is said with it, for a body has no item of its own.
fn operation_docs(stated: &api::Operation) -> Docs {
    let mut docs = docs::docs(&stated.docs);
    docs.provenance.extend(stated.request_body.iter().flat_map(|body| body.docs.provenance.iter().cloned()));
    docs
}

/// What the responses say about the operation, ordered by status.
fn outcomes(stated: &api::Operation) -> Vec<OutcomeRule> {
    let final_ones = stated.responses.iter().filter(|response| !response.status.is_interim());
    let rule = |response: &api::Response| Some(OutcomeRule { status: response.status, outcome: response.outcome? });
    let mut rules: Vec<OutcomeRule> = final_ones.filter_map(rule).collect();
    rules.sort_by_key(|rule| rule.status);
    rules
}

/// The operation is named by its id until [`link`].
fn reconcile(stated: &api::Reconcile) -> Reconcile {
    let (items, matches) = match &stated.find {
        api::Find::Among { items, matches } => (Some(items.clone()), matches),
        api::Find::One { matches } => (None, matches),
    };
    Reconcile {
        operation: stated.operation.clone(),
        parameter: stated.parameter.clone(),
        value: stated.value.clone(),
        items,
        matches: matches.clone(),
        agree: stated.agree.clone(),
        resource: stated.resource.clone(),
        identity: stated.identity.clone(),
        settling: stated.settling,
    }
}

/// Replaces operation ids by the names that the operations were given.
fn link(operations: &mut [Operation]) {
    // Where an id stands twice, the first one counts.
    let names: HashMap<String, String> =
        operations.iter().rev().map(|operation| (operation.id.clone(), operation.type_name.clone())).collect();
    for reconcile in operations.iter_mut().filter_map(|operation| operation.reconcile.as_mut()) {
        if let Some(name) = names.get(&reconcile.operation) {
            reconcile.operation.clone_from(name);
        }
    }
}

fn pagination(stated: &api::Pagination) -> Pagination {
    let items = stated.items.clone();
    match stated.style.clone() {
        api::PaginationStyle::Page { number, size, total } => Pagination::Page { number, size, items, total },
        api::PaginationStyle::Link { next } => Pagination::Link { next, items },
        api::PaginationStyle::Cursor { parameter, next } => Pagination::Cursor { parameter, next, items },
    }
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
    docs::distribute(docs, parts.into_iter());
}
