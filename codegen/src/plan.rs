//! Decides what the crate of an API looks like: which items there are, their names, types, derives, constructors,
//! methods and documentation, and in which file each stands.
//!
//! The passes, in this order, each over what those before it have finished:
//!
//! 1. `schemas`: schemas adapted to requests and to responses, and texts for parameters that no style can carry; `callbacks`: the same
//!    callback of several operations, gathered as one;
//! 2. `servers_and_security` and `operation_signatures`: names of security schemes, base URLs, operations, callbacks and webhooks, and what
//!    of each operation is generated; `bodies` are part of it;
//! 3. `types`: names of the types that schemas become, and of their members; the Rust type of every schema where it stands; who sends the
//!    values of each type, what they hold, boxes, hashing, sizes;
//! 4. `operations`: how parameters and the headers of responses are written, and pages;
//! 5. `members` of requests, types that share a name, the types as items (`items`); from these, tables of what operations have of each
//!    other: `links`, addresses of callbacks, forms of errors, and how to ask whether an operation happened;
//! 6. `operations`, `callbacks` and `webhooks`, each put together once, with its documentation (`docs`) and examples;
//! 7. the crate: documentation that many parameters share, and how deep its types are;
//! 8. `layout`: in which file each item stands.
//!
//! A module names only those above it in the list below. What Rust cannot have as the document has it is reported by the pass that
//! finds it, as its second result. An API with an error is not planned beyond the fourth.

mod diagnostics;
mod member_names;
mod part_limit;
mod runtime_versions;
mod settings;
mod stated_docs;

mod schemas;

mod bodies;

mod operation_signatures;

mod types;

mod members;

mod docs;

mod items;

mod servers_and_security;

mod operations;

mod value_paths;

mod webhooks;

mod callbacks;
mod links;

pub mod layout;

use std::collections::HashSet;

use rayon::prelude::*;

use crate::api::{self, Api};
use crate::diagnostic::Diagnostics;
use crate::names::type_name;
use crate::rust::{Callback, Crate, FixedTypes, Item, Layout, Link, Operation, PagedList, RejectionForms, Webhook};
use crate::source::Span;
use callbacks::Gathered;
use docs::namesakes::Namesakes;
use members::{Formats, OperationMembers};
use operation_signatures::operations::OperationSignature;
use operation_signatures::webhook_names::NamedWebhook;
use operations::{Finished, OperationRelations};
use part_limit::PartCount;
use schemas::adapted::AdaptedSchemas;
use servers_and_security::receiver_credentials;
use servers_and_security::security::Schemes;
use servers_and_security::servers::Bases;
use types::analysis::TypeAnalysis;
use types::directions::BodySchemas;
use types::names::TypeNames;
use types::schema_types::Types;

pub use settings::Settings;

/// Plans the crate of an API; `None` where Rust cannot have it, which the diagnostics say.
#[must_use]
pub fn krate(api: &Api, settings: &Settings<'_>) -> (Option<Crate>, Diagnostics) {
    let (made, mut diagnostics) = analysed(api, settings, |named, analysis, of_operations| {
        finished((api, settings), named, analysis, of_operations)
    });
    let krate = made.map(|(krate, found)| {
        diagnostics.extend(found);
        krate
    });
    (krate, diagnostics)
}

/// Says what Rust cannot have of an API as the document has it.
#[must_use]
pub fn check(api: &Api, settings: &Settings<'_>) -> Diagnostics {
    let has_addresses = |operation: &api::Operation| {
        !operation.callbacks.is_empty() || operation.responses.iter().any(|response| !response.links.is_empty())
    };
    // What the types do not hold of addresses and links is only known of finished types.
    if api.operations.iter().any(has_addresses) {
        krate(api, settings).1
    } else {
        analysed(api, settings, |_, _, _| ()).1
    }
}

/// Runs passes 1 to 4, then `finish` unless there was an error.
fn analysed<T>(
    api: &Api,
    settings: &Settings<'_>,
    finish: impl FnOnce(&Named<'_>, &TypeAnalysis<'_>, OfOperations) -> T,
) -> (Option<T>, Diagnostics) {
    let (adapted, found) = schemas::adapted::adapt(api);
    let (gathered, of_callbacks) = callbacks::gather(api);
    let (named, mut diagnostics) = named(api, &adapted, &gathered, settings);
    diagnostics.extend(found);
    diagnostics.extend(of_callbacks);
    let analysis = analysis(&adapted, &named, settings);
    let (of_operations, found) = of_operations(&analysis, &named, (api, settings), diagnostics.has_errors());
    diagnostics.extend(found);
    let made = (!diagnostics.has_errors()).then(|| finish(&named, &analysis, of_operations));
    (made, diagnostics)
}

impl<'a> Named<'a> {
    /// Everything that is called: operations, then callbacks.
    fn called(&self) -> Vec<&OperationSignature<'a>> {
        self.operations.iter().chain(&self.callbacks).collect()
    }
}

/// Everything with its name, and the type of every schema.
struct Named<'a> {
    schemes: Schemes,
    bases: Bases,
    operations: Vec<OperationSignature<'a>>,
    webhooks: Vec<NamedWebhook<'a>>,
    callbacks: Vec<OperationSignature<'a>>,
    gathered: &'a [Gathered],
    names: TypeNames<'a>,
    types: Types,
    /// Where the names stand that the document gave to something.
    stated: HashSet<Span>,
}

fn named<'a>(
    api: &'a Api,
    adapted: &'a AdaptedSchemas<'_>,
    gathered: &'a [Gathered],
    settings: &Settings<'_>,
) -> (Named<'a>, Diagnostics) {
    let (schemes, mut diagnostics) = servers_and_security::security::schemes(api);
    let (of_operations, found) =
        operation_signatures::operation_names::names(adapted, api.operations.iter(), PartCount::default());
    diagnostics.extend(found);
    let callbacks = gathered.iter().map(|one| &one.operation);
    let (of_callbacks, found) =
        operation_signatures::operation_names::names(adapted, callbacks, of_operations.part_count);
    diagnostics.extend(found);
    let requests = of_operations.operations.iter().map(|operation| operation.request.as_str());
    let (bases, found) = servers_and_security::servers::bases(api, &schemes.list, requests);
    diagnostics.extend(found);
    let (operations, found) = operation_signatures::operations::select(adapted, of_operations.operations);
    diagnostics.extend(found);
    let (webhooks, of_webhooks, found) =
        operation_signatures::webhook_names::names(&api.webhooks, adapted, settings.strictness);
    diagnostics.extend(found);
    let (callbacks, found) = operation_signatures::operations::select(adapted, of_callbacks.operations);
    diagnostics.extend(found);
    let sent = webhooks.iter().map(|one| one.stated).chain(callbacks.iter().map(|one| one.named.stated));
    diagnostics.extend(receiver_credentials::diagnostics(api, sent));
    let called: Vec<&OperationSignature<'_>> = operations.iter().chain(&callbacks).collect();
    let (names, found) = types::names::names(&adapted.schemas, &called, &webhooks, of_callbacks.part_count);
    diagnostics.extend(found);
    let (types, found) = types::schema_types::types(adapted, &names);
    diagnostics.extend(found);
    let stated = [&of_operations.stated, &of_webhooks, &of_callbacks.stated, &names.stated]
        .into_iter()
        .flatten()
        .copied()
        .collect();
    (Named { schemes, bases, operations, webhooks, callbacks, gathered, names, types, stated }, diagnostics)
}

fn analysis<'a>(adapted: &'a AdaptedSchemas<'_>, named: &'a Named<'_>, settings: &'a Settings<'_>) -> TypeAnalysis<'a> {
    let called = named.called();
    let directions = types::directions::directions(&adapted.schemas, &called, &named.webhooks);
    let of_bodies = BodySchemas::of(&adapted.schemas, &called);
    TypeAnalysis::new(adapted, settings.root(), (&named.names, &named.types), (&directions, of_bodies))
}

/// What is found of operations once all types are known, each in their order.
struct OfOperations {
    /// How the parameters of operations are written, and the headers of their responses.
    formats: Vec<Formats>,
    /// How the parameters of callbacks are written, and the headers of their responses.
    of_callbacks: Vec<Formats>,
    pages: Vec<Option<PagedList>>,
}

fn of_operations(
    analysis: &TypeAnalysis<'_>,
    named: &Named<'_>,
    (api, settings): (&Api, &Settings<'_>),
    has_errors: bool,
) -> (OfOperations, Diagnostics) {
    let (formats, mut diagnostics) = operations::parameter_formats::formats(analysis, &named.operations);
    // What has an error is not looked at to its end.
    if !has_errors && !diagnostics.has_errors() {
        let without = api.stated_names.iter().copied().filter(|span| !named.stated.contains(span));
        diagnostics.extend(diagnostics::names_without_effect(settings.strictness, without));
    }
    diagnostics.extend(items::unreachable_branches::diagnostics(analysis));
    diagnostics.extend(items::overlapping_branches::diagnostics(analysis));
    diagnostics.extend(members::defaults::diagnostics(analysis));
    let (headers, found) = operations::response_headers::formats(analysis, &named.operations);
    diagnostics.extend(found);
    let (of_callbacks, found) = operations::parameter_formats::formats(analysis, &named.callbacks);
    diagnostics.extend(found);
    let (headers_of_callbacks, found) = operations::response_headers::formats(analysis, &named.callbacks);
    diagnostics.extend(found);
    let (pages, found) = operations::pagination::pages(analysis, &named.operations, &formats);
    diagnostics.extend(found);
    let formats = formats.into_iter().zip(headers).collect();
    let of_callbacks = of_callbacks.into_iter().zip(headers_of_callbacks).collect();
    (OfOperations { formats, of_callbacks, pages }, diagnostics)
}

/// The crate. What depends on several operations is found first; then each is put together, once.
fn finished(
    (api, settings): (&Api, &Settings<'_>),
    named: &Named<'_>,
    analysis: &TypeAnalysis<'_>,
    OfOperations { formats, of_callbacks, pages }: OfOperations,
) -> (Crate, Diagnostics) {
    let of_operations = members(analysis, &named.operations, &formats);
    let of_callbacks = members(analysis, &named.callbacks, &of_callbacks);
    let (bases, schemes) = (&named.bases, &named.schemes);
    let fixed_types = FixedTypes::of(!named.operations.is_empty(), &bases.groups, &schemes.list);
    let namesakes = &Namesakes::of(analysis, &of_operations, &of_callbacks, &named.webhooks, &fixed_types);
    let mut in_parameters = operations::parameter_formats::in_parameters(analysis, &named.operations);
    in_parameters.extend(operations::parameter_formats::in_parameters(analysis, &named.callbacks));
    let types = items::of_types(analysis, namesakes, &in_parameters);
    let (links, mut diagnostics) = links::links(analysis, &types, &of_operations);
    let (addresses, found) = callbacks::addresses((analysis, &types), &named.callbacks, named.gathered, &of_operations);
    diagnostics.extend(found);
    let (rejection_forms, rejections) = operations::rejections::rejection_forms((analysis, &types), &named.operations);
    let reconciliations = operations::reconciliation::reconciliations(analysis.root, &named.operations, &pages);
    let found = pages.into_iter().zip(reconciliations).zip(rejections).zip(links.documented);
    let found = found.map(|(((pages, reconcile), rejections), links)| OperationRelations {
        pages,
        reconcile,
        rejections,
        links,
    });
    let examples = &settings.example_root();
    let before = Finished { examples, analysis, types: &types, namesakes, bases, schemes };
    let found: Vec<OperationRelations> = found.collect();
    let operations = of_operations.par_iter().zip(found).map(|(of, found)| operations::operation(&before, of, found));
    let operations: Vec<Operation> = operations.collect();
    let callbacks = of_callbacks.iter().zip(addresses);
    let credentials = |of: &OperationMembers<'_>| receiver_credentials::of(api, of.signature.named.stated);
    let callbacks: Vec<Callback> =
        callbacks.map(|(of, addresses)| callbacks::callback(&before, of, addresses, credentials(of))).collect();
    let webhooks = named.webhooks.iter().map(|one| (one, receiver_credentials::of(api, one.stated)));
    let webhooks = webhooks.map(|one| webhooks::webhook(examples, (analysis, namesakes), one)).collect();
    let links = links.functions;
    let parts = FinishedItems { types, operations, rejection_forms, callbacks, links, webhooks, fixed_types };
    let krate = assembled(settings, named, (api, analysis.schemas), parts);
    // The members are many small values, which are freed meanwhile.
    let (layout, ()) =
        rayon::join(|| layout::layout(&krate, layout::FILE_LINES), || drop((of_operations, of_callbacks)));
    (Crate { layout, ..krate }, diagnostics)
}

/// The members of some operations, each with its formats.
fn members<'a>(
    analysis: &TypeAnalysis<'_>,
    signatures: &'a [OperationSignature<'a>],
    formats: &[Formats],
) -> Vec<OperationMembers<'a>> {
    let all = signatures.par_iter().zip(formats);
    all.map(|(signature, formats)| members::of_operation(analysis, signature, formats)).collect()
}

/// The finished items of a crate.
struct FinishedItems {
    types: Vec<Item>,
    operations: Vec<Operation>,
    rejection_forms: RejectionForms,
    callbacks: Vec<Callback>,
    links: Vec<Link>,
    webhooks: Vec<Webhook>,
    fixed_types: FixedTypes,
}

/// The crate of the items, before they are spread over files.
fn assembled(
    settings: &Settings<'_>,
    named: &Named<'_>,
    (api, kept): (&Api, &api::Schemas),
    parts: FinishedItems,
) -> Crate {
    let FinishedItems { types, mut operations, rejection_forms, callbacks, links, webhooks, fixed_types } = parts;
    let shared_docs = docs::shared_parameter_docs::shared_docs(&mut operations, &callbacks);
    let (bases, schemes) = (&named.bases, &named.schemes);
    let recursion_limit = items::recursion_limit::recursion_limit(&types);
    let trait_name = type_name(settings.crate_name);
    Crate {
        name: settings.crate_name.to_owned(),
        module: settings.module.cloned(),
        spec_path: settings.spec_path.to_owned(),
        program: settings.program,
        title: api.info.title.clone(),
        version: api.info.version.clone(),
        server_name: format!("{trait_name}Server"),
        tag_docs: docs::module_docs::of_tags(&api.tags),
        rejection_forms,
        fake_name: fake_name(&trait_name),
        server_docs: docs::crate_root::of_server(&trait_name),
        trait_name,
        shared_docs,
        webhooks,
        callbacks,
        links,
        fixed_types,
        untyped: named.names.untyped.clone(),
        description: docs::crate_root::description(api, settings.crate_name),
        features: docs::crate_root::manifest_features(api),
        dependency_docs: docs::crate_root::dependency(settings, has_patterns(kept), recursion_limit),
        client_docs: docs::crate_root::of_client(api),
        docs: docs::crate_root::about(api, settings, &bases.groups, &schemes.list),
        example: if settings.has_client() {
            docs::crate_root::example(&operations, &bases.groups, &schemes.list)
        } else {
            None
        },
        runtime_versions: runtime_versions::of_generator(),
        has_patterns: has_patterns(kept),
        recursion_limit,
        layout: Layout::default(),
        bases: bases.groups.clone(),
        schemes: schemes.list.clone(),
        types,
        operations,
    }
}

/// Whether something is checked by a regular expression.
fn has_patterns(schemas: &api::Schemas) -> bool {
    schemas.iter().any(|(_, schema)| schema.constraints.asserted.iter().any(|one| one.assertion.has_pattern()))
}

/// The name of the fake: that of the server trait, unless the record of its calls is called so.
fn fake_name(trait_name: &str) -> String {
    if trait_name == "Calls" { format!("{trait_name}Fake") } else { trait_name.to_owned() }
}

#[cfg(test)]
mod tests;
