//! Operations: which of both documents belong together, and what differs in each pair.

mod pairing;

use std::collections::HashMap;

use specie_codegen::ApiAndCrate;
use specie_codegen::api::{Address, Api, Direction, Operation};

use crate::code;
use crate::collect::Collector;
use crate::document_location::{Documents, Site, label};
use crate::findings::{Causes, ComparedDocuments, with_code};
use crate::schemas::{Comparer, Pair};
use crate::{Edit, Finding, Relation, Rule, content, extensions, parameters, responses, security, servers, witness};
use pairing::{MatchedOperations, matched};
use witness::Judges;

/// Compares two documents; the findings stand in the order of the new one, what is gone comes first.
///
/// `compare(api, api)` finds nothing. Where the documents are swapped, what breaks old clients breaks old servers, and the reverse.
#[must_use]
pub fn compare(old: &Api, new: &Api) -> Vec<Finding> {
    found(old, new, |_, _| ()).findings
}

/// Compares two documents and, where both make one, the crates that are planned for them; each break of the wire has its [`Witness`].
///
/// What changes in code stands with the change of the document that is its cause. Where there is none, such as for another `operationId`,
/// it makes a finding of [`Rule::CodeChanged`] for each schema or operation.
///
/// [`Witness`]: crate::Witness
#[must_use]
pub fn report(old: &ApiAndCrate, new: &ApiAndCrate) -> Vec<Finding> {
    let (mut old_items, mut new_items) = (None, None);
    // What the crates hold is read while the documents are compared.
    let found = rayon::in_place_scope(|scope| {
        if let (Some(one), Some(other)) = (&old.krate, &new.krate) {
            scope.spawn(|_| old_items = Some(code::items(&old.api, one, Some(other))));
            scope.spawn(|_| new_items = Some(code::items(&new.api, other, Some(one))));
        }
        judged(old, new)
    });
    let (Some(one), Some(other)) = (old_items, new_items) else { return found.findings };
    let labels = labels(&Documents { old: &old.api, new: &new.api });
    let causes = Causes::new(&found, &labels);
    let changes = code::compared(&one, &other, &|one, other| causes.same(one, other));
    let mut of = causes.of_all(&changes);
    causes.follow_operations((&old.api, &new.api), &changes, &mut of);
    causes.follow_places(&changes, &mut of);
    with_code(found.findings, (&old.api, &new.api), changes, of)
}

/// What is found of two documents, with what their texts say of values.
fn judged<'a>(old: &'a ApiAndCrate, new: &'a ApiAndCrate) -> ComparedDocuments<'a> {
    let texts = rayon::join(|| witness::read(&old.document), || witness::read(&new.document));
    let (Some((one, mut rounded)), Some((other, others))) = texts else {
        let mut found = found(&old.api, &new.api, |_, _| ());
        witness::prove(&mut found, None);
        return found;
    };
    rounded.extend(others);
    let mut judges = Judges::new((&one, &old.api.schemas), (&other, &new.api.schemas), &rounded);
    let mut found = found(&old.api, &new.api, |comparer, pairs| witness::amend(comparer, pairs, &mut judges));
    witness::prove(&mut found, Some(&mut judges));
    found
}

/// What is found of two documents; `amend` looks at all pairs of schemas before their places are.
fn found<'a>(old: &'a Api, new: &'a Api, amend: impl FnOnce(&mut Comparer<'a>, &[Pair])) -> ComparedDocuments<'a> {
    let documents = Documents { old, new };
    let mut found = Collector::new(&old.schemas, &new.schemas);
    list(&documents, &old.operations, &new.operations, Direction::Request, &mut found);
    list(&documents, &old.webhooks, &new.webhooks, Direction::Response, &mut found);
    found.found(amend)
}

/// What findings call each operation of the old document that has a partner in the new one.
fn labels(documents: &Documents<'_>) -> HashMap<String, String> {
    let Documents { old, new } = documents;
    let mut found = HashMap::new();
    for (old, new) in [(&old.operations, &new.operations), (&old.webhooks, &new.webhooks)] {
        for (one, other) in matched(documents, old, new).pairs {
            found.insert(label(one), label(other));
            let callbacks = matched(documents, &one.callbacks, &other.callbacks).pairs;
            found.extend(callbacks.into_iter().map(|(one, other)| (label(one), label(other))));
        }
    }
    found
}

/// Compares two lists of operations; `sender` sends the requests.
///
/// That there is an operation is an offer of the API, whoever sends its requests: a webhook that is not sent any more is missed by those who
/// wait for it, and one that is new goes to those who ask for it. This is where webhooks and callbacks are not judged as values are.
fn list(documents: &Documents<'_>, old: &[Operation], new: &[Operation], sender: Direction, found: &mut Collector<'_>) {
    let MatchedOperations { pairs, removed, added } = matched(documents, old, new);
    for gone in removed {
        let edit = Edit::new(Rule::OperationRemoved, Relation::NARROWS, Some(gone.span), None);
        let deprecated = gone.docs.deprecated.then(|| "deprecated".to_owned());
        found.edit(&site(gone, Direction::Request), edit.values(deprecated, None));
    }
    for (one, other) in pairs {
        reassigned(old, (one, other), sender, found);
        both(documents, one, other, sender, found);
    }
    for added in added {
        let edit = Edit::new(Rule::OperationAdded, Relation::WIDENS, None, Some(added.span));
        found.edit(&site(added, Direction::Request), edit);
    }
}

/// Says where an operation has the id that another one had.
fn reassigned(all: &[Operation], (old, new): (&Operation, &Operation), sender: Direction, found: &mut Collector<'_>) {
    let is_taken = new.id.is_some() && old.id != new.id && all.iter().any(|one| one.id == new.id);
    if is_taken {
        let edit = Edit::new(Rule::OperationIdReassigned, Relation::SAME, Some(old.name_span), Some(new.name_span));
        found.edit(&site(new, sender), edit.values(old.id.clone(), new.id.clone()));
    }
}

fn site(operation: &Operation, sender: Direction) -> Site {
    Site { operation: label(operation), place: String::new(), sender }
}

/// How the addresses of an operation stand to each other; `None` where requests are sent to the same ones.
fn moved(documents: &Documents<'_>, old: &Operation, new: &Operation) -> Option<Relation> {
    if pairing::address(old) == pairing::address(new) {
        return None;
    }
    let is_same_method = old.method == new.method;
    match (&old.address, &new.address) {
        // What a webhook is called is agreed outside of the document, as its address is.
        (Address::Webhook(_), Address::Webhook(_)) if is_same_method => Some(Relation::UNKNOWN),
        (Address::Path(_), Address::Path(_)) if is_same_method && servers::are_same(documents, old, new) => None,
        _ => Some(Relation::INCOMPARABLE),
    }
}

/// The method of an operation, and where it is sent.
fn place(operation: &Operation) -> String {
    match &operation.address {
        Address::Path(_) => label(operation),
        Address::Webhook(_) | Address::Callback { .. } => format!("{} {}", operation.method.as_str(), label(operation)),
    }
}

/// Whether what the documents say of all operations is said of webhooks: no operation that clients call takes it.
fn is_of_webhooks_alone(documents: &Documents<'_>, operation: &Operation) -> bool {
    let is_own = |api: &Api| api.operations.iter().all(|one| one.has_own_security);
    matches!(operation.address, Address::Webhook(_)) && is_own(documents.old) && is_own(documents.new)
}

/// Compares an operation of both documents.
fn both(documents: &Documents<'_>, old: &Operation, new: &Operation, sender: Direction, found: &mut Collector<'_>) {
    let site = site(new, sender);
    let edit = |rule, relation| Edit::new(rule, relation, Some(old.span), Some(new.span));
    if let Some(relation) = moved(documents, old, new) {
        let moved = edit(Rule::OperationMoved, relation).values(Some(place(old)), Some(place(new)));
        found.edit(&site, moved);
    }
    match (old.docs.deprecated, new.docs.deprecated) {
        (false, true) => found.edit(&site, edit(Rule::OperationDeprecated, Relation::SAME)),
        (true, false) => found.edit(&site, edit(Rule::OperationReactivated, Relation::SAME)),
        _ => {}
    }
    // Credentials of a webhook are agreed outside of the document unless they are stated for it; its address always is.
    let is_path = matches!(new.address, Address::Path(_));
    let is_secured = is_path || old.has_own_security || new.has_own_security || is_of_webhooks_alone(documents, new);
    let keys = |api, operation| if is_secured { security::api_keys(api, operation) } else { Vec::new() };
    let (old_keys, new_keys) = (keys(documents.old, old), keys(documents.new, new));
    parameters::compare((old, &old_keys), (new, &new_keys), &site, found);
    content::requests(old, new, &site, found);
    responses::compare(documents, old, new, &site.reverse(), found);
    if is_secured {
        security::compare(documents, (old, &old_keys), (new, &new_keys), &site, found);
    }
    if is_path {
        servers::compare(documents, old, new, &site, found);
    }
    extensions::compare(documents, old, new, &site, found);
    list(documents, &old.callbacks, &new.callbacks, sender.reverse(), found);
}
