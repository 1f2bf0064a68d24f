//! Names of operations: the request struct with the types beside it, and the method of client and server.

use std::borrow::Borrow;
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::api::{self, Content};
use crate::diagnostic::Diagnostics;
use crate::names::{Scope, casing_rank, companion_name, type_name, value_name, worded};
use crate::plan::diagnostics::Report;
use crate::plan::operation_signatures::constant_names::{self, ConstantNames};
use crate::plan::part_limit::PartCount;
use crate::plan::schemas::adapted::AdaptedSchemas;
use crate::rust::CLIENT_NAMES;
use crate::size_limits::PARTS_OF_ONE;
use crate::source::Span;

/// Methods of client, server and fake that no operation may take.
const RESERVED_METHODS: &[&str] =
    &["builder", "over", "authenticate", "reject", "clone", "new", "calls", "in_process", "in_order", "from_document"];
/// What stands behind the request's name in the names of the types beside it.
const COMPANIONS: &[&str] = &["Required", "Error", "Output"];

/// The operations of an API with their names.
pub(in crate::plan) struct OperationNames<'a> {
    /// Every operation, ordered by name.
    pub(in crate::plan) operations: Vec<NamedOperation<'a>>,
    /// Where the names stand that the document gave to operations.
    pub(in crate::plan) stated: HashSet<Span>,
    /// What the operations count toward the limits of an API.
    pub(in crate::plan) part_count: PartCount,
}

/// An operation with its names.
#[derive(Clone, Debug)]
pub(in crate::plan) struct NamedOperation<'a> {
    /// The operation.
    pub(in crate::plan) stated: &'a api::Operation,
    /// Its place among the operations that were named with it, by which others know it.
    pub(in crate::plan) place: usize,
    /// What the document calls it.
    pub(in crate::plan) id: String,
    /// The request struct: `CreatePayout`
    pub(in crate::plan) request: String,
    /// The struct of its required fields: `CreatePayoutRequired`
    pub(in crate::plan) required: String,
    /// The enum of its errors: `CreatePayoutError`
    pub(in crate::plan) error: String,
    /// The enum of its successes: `CreatePayoutOutput`
    pub(in crate::plan) output: String,
    /// The enum of the media types of its body: `CreatePayoutBody`
    pub(in crate::plan) body: String,
    /// The struct of the parts of its body, where a form is one of several media types: `CreatePayoutParts`
    pub(in crate::plan) parts: String,
    /// The struct of its required parts: `CreatePayoutPartsRequired`
    pub(in crate::plan) required_parts: String,
    /// The method: `create_payout`
    pub(in crate::plan) method: String,
    /// Its constants.
    pub(in crate::plan) constants: ConstantNames,
    /// The client's method that takes a request, where none is needed: `list_payouts_with`
    pub(in crate::plan) method_with: String,
}

/// An operation with its id and the name that is wanted for it; another operation may have taken that name.
struct NameWish<'a> {
    stated: &'a api::Operation,
    place: usize,
    id: String,
    name: String,
}

/// Names operations of an API. `part_count` counts the parts of other operations already.
pub(in crate::plan) fn names<'a>(
    adapted: &AdaptedSchemas<'_>,
    stated: impl Iterator<Item = &'a api::Operation> + Clone,
    mut part_count: PartCount,
) -> (OperationNames<'a>, Diagnostics) {
    let (mut report, mut taken) = (Report::default(), Taken::default());
    let known = known(stated.clone());
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for operation in &known {
        *uses.entry(&operation.id).or_default() += 1;
    }
    let mut operations = Vec::new();
    for operation in &known {
        if part_count.add(&mut report, parts(adapted, operation.stated), PARTS_OF_ONE, operation.stated.span) {
            let is_alone = uses.get(operation.id.as_str()) == Some(&1);
            let (request, method) = taken.claim(&mut report, operation, is_alone);
            operations.push((operation, request, method));
        }
    }
    let methods: BTreeSet<&str> =
        RESERVED_METHODS.iter().copied().chain(operations.iter().map(|(_, _, method)| method.as_str())).collect();
    let requests: BTreeSet<&str> = operations.iter().map(|(_, request, _)| request.as_str()).collect();
    let constants = constants(&operations);
    let named = operations.iter().zip(constants).map(|((known, request, method), constants)| {
        let beside = |suffix: &str| free(&requests, &companion_name(request, suffix));
        NamedOperation {
            stated: known.stated,
            place: known.place,
            id: known.id.clone(),
            required: beside("Required"),
            error: beside("Error"),
            output: beside("Output"),
            body: beside("Body"),
            parts: beside("Parts"),
            required_parts: beside("PartsRequired"),
            request: request.clone(),
            method_with: free(&methods, &format!("{}_with", method.trim_end_matches('_'))),
            method: method.clone(),
            constants,
        }
    });
    let given = stated.filter_map(|operation| Some(operation.given_name.as_ref()?.span));
    (OperationNames { operations: named.collect(), stated: given.collect(), part_count }, report.diagnostics)
}

/// The names of the constants of operations, each with its names. Callbacks are described by one.
fn constants(operations: &[(&NameWish<'_>, String, String)]) -> Vec<ConstantNames> {
    let methods: Vec<&str> = operations.iter().map(|(_, _, method)| method.as_str()).collect();
    constant_names::of(&methods, operations.iter().any(|(known, ..)| known.stated.is_sent_by_api()))
}

/// The operations in the order of their names, wherever they stand in the document.
fn known<'a>(stated: impl Iterator<Item = &'a api::Operation>) -> Vec<NameWish<'a>> {
    let known = |stated: &'_ api::Operation| {
        let id = stated.label();
        stated.given_name.as_ref().map_or_else(|| id.clone(), |name| name.text.clone())
    };
    let wish = |(place, stated)| NameWish { stated, place, id: api::Operation::label(stated), name: known(stated) };
    let mut all: Vec<NameWish<'_>> = stated.enumerate().map(wish).collect();
    all.sort_by_cached_key(|known| {
        let name = type_name(&known.name);
        let address = (known.stated.path().to_owned(), known.stated.method.clone());
        let rank = (casing_rank(&known.name, &name), !is_plain(known.stated));
        (name.clone(), rank, known.id.clone(), address)
    });
    all
}

/// Whether an operation's path has no sign that its name leaves out, but for what parts it and for braces.
fn is_plain(stated: &api::Operation) -> bool {
    stated.path().chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '{' | '}'))
}

/// How many parts an operation has, but for what its schemas have: what it only refers to counts as well, for it is written out.
fn parts(adapted: &AdaptedSchemas<'_>, stated: &api::Operation) -> usize {
    let sender = stated.sender();
    let schemas = stated.parameters.iter().filter_map(|stated| match stated.content {
        Content::Schema { schema, .. } => adapted.schemas.get(adapted.at(schema, sender)),
        Content::Media { .. } => None,
    });
    ITSELF + stated.part_count() + schemas.map(|schema| schema.docs.part_count()).sum::<usize>()
}

/// The parts that every operation counts: a method of the client, one of the server, and the dispatch.
const ITSELF: usize = 3;

/// A name that none of some types has.
pub(in crate::plan) fn free<T: Borrow<str> + Ord>(taken: &BTreeSet<T>, wish: &str) -> String {
    let mut name = wish.to_owned();
    while taken.contains(name.as_str()) {
        name.push('2');
    }
    name
}

/// The names that are taken.
struct Taken {
    types: Scope,
    methods: Scope,
    numbers: HashMap<String, u32>,
}

impl Default for Taken {
    fn default() -> Self {
        let (types, methods) = (Scope::reserving(CLIENT_NAMES), Scope::reserving(RESERVED_METHODS));
        Self { types, methods, numbers: HashMap::new() }
    }
}

impl Taken {
    /// The name of the request struct and that of the method.
    fn claim(&mut self, report: &mut Report, known: &NameWish<'_>, is_alone: bool) -> (String, String) {
        let wish = type_name(&known.name);
        let name = self.free_name(&wish, known.stated);
        let holder = family(&wish).iter().find_map(|name| self.types.holder(name));
        let given = known.stated.given_name.as_ref();
        let span = given.map_or(known.stated.name_span, |name| name.span);
        for name in family(&name) {
            self.types.claim_for(&name, Some(span));
        }
        // Two operations with one id were reported as that.
        if name != wish && is_alone {
            report.name_collision(&wish, &name, holder, span);
        }
        let method_wish = if name == wish { value_name(&known.name) } else { value_name(&name) };
        let method = self.methods.claim(&method_wish);
        if method.collided && name == wish && given.is_some() {
            report.name_collision(&method_wish, &method.name, method.holder, span);
        }
        (name, method.name)
    }

    /// The wished name, or else one with the address, or else one with a number.
    fn free_name(&mut self, wish: &str, stated: &api::Operation) -> String {
        // The companions' names must be free as well, or `GetError` would meet the error of `Get`.
        let is_free = |types: &Scope, name: &str| family(name).iter().all(|name| types.is_free(name));
        if is_free(&self.types, wish) {
            return wish.to_owned();
        }
        let number = self.numbers.entry(wish.to_owned()).or_insert(2);
        // Method and path are what no other operation has. A name that was made of that gets a word for each of its signs.
        let is_of_address = stated.id.is_none() && stated.given_name.is_none();
        let path = if is_of_address { worded(stated.path()) } else { stated.path().to_owned() };
        let address = type_name(&format!("{} {path}", stated.method.as_str().to_lowercase()));
        let mut name = if is_of_address { address } else { companion_name(wish, &address) };
        while !is_free(&self.types, &name) {
            name = companion_name(wish, &number.to_string());
            *number = number.saturating_add(1);
        }
        name
    }
}

/// A request struct's name and those of the types beside it.
fn family(name: &str) -> Vec<String> {
    let companions = COMPANIONS.iter().map(|suffix| companion_name(name, suffix));
    std::iter::once(name.to_owned()).chain(companions).collect()
}
