//! Decides what the crate of an API looks like: which items there are, their names, types, derives, constructors,
//! methods and documentation, and in which file each stands.
//!
//! The passes, in this order, each over what those before it have finished:
//!
//! 1. `schemas`: parameters that no style can carry, as texts; what of each schema travels in requests, and what in responses;
//! 2. `operation_signatures`: names of operations and webhooks, and what of each operation is generated; `bodies` are part of it;
//! 3. `types`: names of the types that schemas become, and of their members; the Rust type of every schema where it stands; what the
//!    values of each type hold; boxes, sizes, hashing; who sends them;
//! 4. `operations`: how parameters are written, pages, and how to ask whether an operation happened;
//! 5. `items`, `operations`, `webhooks`, `callbacks` and `links`: the items, with their `members`, documentation (`docs`) and examples;
//! 6. `layout`: in which file each stands.
//!
//! A module names only those above it in the list below. What Rust cannot have as the document has it is reported by the pass that
//! finds it, as its second result. An API with an error is not planned beyond the fourth.

mod diagnostics;
mod member_names;
mod size_budget;
mod stated_docs;

mod schemas;

mod bodies;

mod operation_signatures;

mod types;

mod members;

mod docs;

mod items;

mod destinations;

mod operations;

mod value_paths;

mod webhooks;

mod callbacks;
mod links;

pub mod layout;

use std::collections::HashSet;

use rayon::prelude::*;

use crate::Program;
use crate::api::{self, Api};
use crate::diagnostic::Diagnostics;
use crate::grammar::Strictness;
use crate::names::type_name;
use crate::rust::{
    Callback, Crate, Docs, EmbeddedModule, ExampleRoot, Item, Layout, Link, Operation, Pages, ParameterFormat, Side,
    TypeId,
};
use crate::source::Span;
use callbacks::Gathered;
use destinations::security::Schemes;
use destinations::servers::Bases;
use operation_signatures::operations::OperationSignature;
use operation_signatures::webhook_names::NamedWebhook;
use operations::response_headers::HeaderFormats;
use operations::{Finished, Planned};
use size_budget::Budget;
use types::names::TypeNames;
use types::schema_types::Types;
use types::tables::Tables;

/// What is known beside an API.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// The crate's name.
    pub crate_name: &'a str,
    /// Where the code stands, if it is no crate but a module in one.
    pub module: Option<&'a EmbeddedModule>,
    /// The document's path as the user knows it.
    pub spec_path: &'a str,
    /// The program that writes the crate.
    pub program: Program,
    /// How strictly the document was read.
    pub strictness: Strictness,
    /// Where the document names something itself (`x-specie-name`).
    pub stated_names: &'a [Span],
}

impl Settings<'_> {
    /// Where the paths of links begin.
    fn root(&self) -> &str {
        self.module.map_or("crate", EmbeddedModule::path)
    }

    /// Where the paths of examples begin.
    fn example_root(&self) -> ExampleRoot {
        match self.module {
            Some(module) => ExampleRoot::Module(module.path().to_owned()),
            None => ExampleRoot::Crate(self.crate_name.to_owned()),
        }
    }

    /// Whether there is a client.
    fn has_client(&self) -> bool {
        self.module.is_none_or(|module| module.has(Side::Client))
    }
}

/// Plans the crate of an API; `None` where Rust cannot have it, which the diagnostics say.
#[must_use]
pub fn krate(api: &Api, settings: &Settings<'_>) -> (Option<Crate>, Diagnostics) {
    let (made, mut diagnostics) =
        analysed(api, settings, |named, tables, of_operations| finished(settings, named, tables, of_operations));
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

/// What is made of an API of which all is named and typed; `None` where Rust cannot have it.
fn analysed<T>(
    api: &Api,
    settings: &Settings<'_>,
    finish: impl FnOnce(&Named<'_>, &Tables<'_>, OfOperations) -> T,
) -> (Option<T>, Diagnostics) {
    let (texts, found) = schemas::nested_parameters::as_texts(api);
    let api = texts.as_ref().unwrap_or(api);
    let directed = schemas::read_write_only::directed(api);
    let api = directed.as_ref().unwrap_or(api);
    let (gathered, of_callbacks) = callbacks::gather(api);
    let (named, mut diagnostics) = named(api, &gathered, settings);
    diagnostics.extend(found);
    diagnostics.extend(of_callbacks);
    let tables = tables(api, &named, settings);
    let (of_operations, found) = of_operations(&tables, &named, settings, diagnostics.has_errors());
    diagnostics.extend(found);
    let made = (!diagnostics.has_errors()).then(|| finish(&named, &tables, of_operations));
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

fn named<'a>(api: &'a Api, gathered: &'a [Gathered], settings: &Settings<'_>) -> (Named<'a>, Diagnostics) {
    let (schemes, mut diagnostics) = destinations::security::schemes(api);
    let (of_operations, found) =
        operation_signatures::operation_names::names(api, api.operations.iter(), Budget::default());
    diagnostics.extend(found);
    let callbacks = gathered.iter().map(|one| &one.operation);
    let (of_callbacks, found) = operation_signatures::operation_names::names(api, callbacks, of_operations.budget);
    diagnostics.extend(found);
    let requests = of_operations.operations.iter().map(|operation| operation.request.as_str());
    let bases = destinations::servers::bases(api, &schemes.list, requests);
    let (operations, found) = operation_signatures::operations::select(api, of_operations.operations);
    diagnostics.extend(found);
    let (webhooks, of_webhooks, found) = operation_signatures::webhook_names::names(api, settings.strictness);
    diagnostics.extend(found);
    let (callbacks, found) = operation_signatures::operations::select(api, of_callbacks.operations);
    diagnostics.extend(found);
    let called: Vec<&OperationSignature<'_>> = operations.iter().chain(&callbacks).collect();
    let (names, found) = types::names::names(api, &called, &webhooks, of_callbacks.budget);
    diagnostics.extend(found);
    let (types, found) = types::schema_types::types(api, &names);
    diagnostics.extend(found);
    let stated = [&of_operations.stated, &of_webhooks, &of_callbacks.stated, &names.stated]
        .into_iter()
        .flatten()
        .copied()
        .collect();
    (Named { schemes, bases, operations, webhooks, callbacks, gathered, names, types, stated }, diagnostics)
}

fn tables<'a>(api: &'a Api, named: &'a Named<'_>, settings: &'a Settings<'_>) -> Tables<'a> {
    let directions = types::directions::directions(&api.schemas, &named.called(), &named.webhooks);
    Tables::new(api, settings.root(), (&named.names, &named.types), &directions)
}

/// What is found of operations once all types are known, each in their order.
struct OfOperations {
    formats: Vec<Vec<ParameterFormat>>,
    header_formats: Vec<HeaderFormats>,
    /// The formats of callbacks.
    of_callbacks: (Vec<Vec<ParameterFormat>>, Vec<HeaderFormats>),
    pages: Vec<Option<Pages>>,
}

fn of_operations(
    tables: &Tables<'_>,
    named: &Named<'_>,
    settings: &Settings<'_>,
    has_errors: bool,
) -> (OfOperations, Diagnostics) {
    let (formats, mut diagnostics) = operations::parameter_formats::formats(tables, &named.operations);
    // What has an error is not looked at to its end.
    if !has_errors && !diagnostics.has_errors() {
        let without = settings.stated_names.iter().copied().filter(|span| !named.stated.contains(span));
        diagnostics.extend(diagnostics::names_without_effect(settings.strictness, without));
    }
    diagnostics.extend(items::unreachable_branches::diagnostics(tables));
    let (header_formats, found) = operations::response_headers::formats(tables, &named.operations);
    diagnostics.extend(found);
    let (callback_formats, found) = operations::parameter_formats::formats(tables, &named.callbacks);
    diagnostics.extend(found);
    let (callback_headers, found) = operations::response_headers::formats(tables, &named.callbacks);
    diagnostics.extend(found);
    let (pages, found) = operations::pagination::pages(tables, &named.operations, &formats);
    diagnostics.extend(found);
    let of_callbacks = (callback_formats, callback_headers);
    (OfOperations { formats, header_formats, of_callbacks, pages }, diagnostics)
}

fn finished(
    settings: &Settings<'_>,
    named: &Named<'_>,
    tables: &Tables<'_>,
    of_operations: OfOperations,
) -> (Crate, Diagnostics) {
    let OfOperations { formats, header_formats, of_callbacks, pages } = of_operations;
    let types = type_items(named, tables);
    let (bases, schemes) = (&named.bases, &named.schemes);
    let examples = &settings.example_root();
    let before = Finished { examples, tables, types: &types, bases, schemes };
    let mut operations = operations(&before, named, formats.into_iter().zip(header_formats).collect(), pages);
    let stated: Vec<_> = named.operations.iter().map(|of| of.named.stated).zip(&operations).collect();
    let (callbacks, mut diagnostics) = callbacks(&before, named, &of_callbacks, &stated);
    let (links, documented, found) = links::links(tables, &types, &stated);
    diagnostics.extend(found);
    links::document(&mut operations, documented);
    let mut krate = assembled(settings, named, tables.api, Parts { types, operations, callbacks, links });
    docs::namesakes::tell_apart(&mut krate);
    layout::lay_out(&mut krate, layout::FILE_LINES);
    (krate, diagnostics)
}

/// The types that are made of schemas.
fn type_items(named: &Named<'_>, tables: &Tables<'_>) -> Vec<Item> {
    let mut in_parameters = operations::parameter_formats::in_parameters(tables, &named.operations);
    in_parameters.extend(operations::parameter_formats::in_parameters(tables, &named.callbacks));
    let ids = (0..named.names.kept).into_par_iter().map(TypeId);
    ids.filter_map(|id| items::schema_items::item(tables, id, in_parameters.contains(&id))).collect()
}

/// The operations of the API; `formats` and `pages` have their order.
fn operations(
    before: &Finished<'_>,
    named: &Named<'_>,
    formats: Vec<(Vec<ParameterFormat>, HeaderFormats)>,
    pages: Vec<Option<Pages>>,
) -> Vec<Operation> {
    let reconciliations = operations::reconciliation::reconciliations(&named.operations, &pages);
    let parts = named.operations.par_iter().zip(formats).zip(reconciliations).zip(pages);
    let operations = parts.map(|(((selected, (formats, of_headers)), reconciliation), pages)| {
        operations::operation(before, selected, (&formats, &of_headers), reconciliation, pages)
    });
    operations.collect()
}

/// The finished items of a crate.
struct Parts {
    types: Vec<Item>,
    operations: Vec<Operation>,
    callbacks: Vec<Callback>,
    links: Vec<Link>,
}

/// The crate of the items, before they are spread over files.
fn assembled(settings: &Settings<'_>, named: &Named<'_>, api: &Api, parts: Parts) -> Crate {
    let Parts { types, mut operations, callbacks, links } = parts;
    let (bases, schemes) = (&named.bases, &named.schemes);
    let error_forms = operations::error_forms::plan(&types, &mut operations);
    let webhooks = named.webhooks.iter();
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
        server_traits: Vec::new(),
        tag_traits: Vec::new(),
        tag_docs: docs::files::of_tags(&api.tags),
        error_forms,
        fake_name: fake_name(&trait_name),
        server_docs: docs::crate_root::of_server(&trait_name),
        trait_name,
        webhooks: webhooks.map(|one| webhooks::webhook(&settings.example_root(), &named.types, one)).collect(),
        shared_docs: docs::shared::shared_docs(&mut operations, &callbacks),
        callbacks,
        links,
        untyped: named.names.untyped.clone(),
        description: docs::crate_root::description(api, settings.crate_name),
        features: docs::crate_root::manifest_features(api),
        feature_docs: Docs::default(),
        dependency_docs: docs::crate_root::dependency(settings, has_patterns(api), recursion_limit),
        client_docs: docs::crate_root::of_client(api),
        trait_docs: Docs::default(),
        docs: docs::crate_root::about(api, settings, &bases.groups, &schemes.list),
        example: if settings.has_client() {
            docs::crate_root::example(&operations, &bases.groups, &schemes.list)
        } else {
            None
        },
        has_patterns: has_patterns(api),
        recursion_limit,
        layout: Layout::default(),
        bases: bases.groups.clone(),
        schemes: schemes.list.clone(),
        types,
        operations,
    }
}

/// The callbacks with their addresses, and what has no address in the types.
fn callbacks(
    before: &Finished<'_>,
    named: &Named<'_>,
    (formats, headers): &(Vec<Vec<ParameterFormat>>, Vec<HeaderFormats>),
    stated: &[Planned<'_>],
) -> (Vec<Callback>, Diagnostics) {
    let parts = named.callbacks.iter().zip(formats).zip(headers);
    let callbacks =
        parts.map(|((signature, formats), headers)| callbacks::callback(before, signature, (formats, headers)));
    let mut callbacks: Vec<Callback> = callbacks.collect();
    let api = (before.tables, stated);
    let found = callbacks::add_addresses(before.types, named.gathered, &named.callbacks, api, &mut callbacks);
    (callbacks, found)
}

/// Whether something is checked by a regular expression.
fn has_patterns(api: &Api) -> bool {
    api.schemas.iter().any(|(_, schema)| schema.constraints.asserted.iter().any(|one| one.assertion.has_pattern()))
}

/// The name of the fake: that of the server trait, unless the record of its calls is called so.
fn fake_name(trait_name: &str) -> String {
    if trait_name == "Calls" { format!("{trait_name}Fake") } else { trait_name.to_owned() }
}

#[cfg(test)]
mod tests;
