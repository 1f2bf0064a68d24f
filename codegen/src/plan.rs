//! Decides what the crate of an API looks like: which items there are, their names, types, derives, constructors,
//! methods and documentation, and in which file each stands.
//!
//! The passes, in this order, each over what those before it have finished:
//!
//! 1. parameters that no style can carry, as texts; what of each schema travels in requests, and what in responses;
//! 2. names of operations and webhooks, and what of each operation is generated;
//! 3. names of the types that schemas become, and of their members;
//! 4. the Rust type of every schema where it stands;
//! 5. what the values of each type hold; boxes, sizes, hashing; who sends them;
//! 6. how parameters are written, pages, and how to ask whether an operation happened;
//! 7. the items: types, operations, webhooks, with their documentation and examples;
//! 8. in which file each stands.
//!
//! What Rust cannot have as the document has it is reported by the pass that finds it, as its second result. An API with an error
//! is not planned beyond the sixth.

mod diagnostics;
mod item_limits;

mod nested_parameters;
mod read_write_only;

mod integers;
mod scalars;
mod type_kinds;

mod branch_names;
mod element_schemas;
mod member_names;
mod type_resolution;

mod bodies;
mod encodings;
mod header_sets;
mod media_types;
mod operation_names;
mod operation_signatures;
mod parameters;
mod response_headers;
mod response_variants;
mod server_variables;
mod shared_docs;
mod webhook_names;

mod type_names;
mod types;

mod boxes;
mod directions;
mod field_types;
mod hashing;
mod type_analysis;
mod type_sizes;

mod pages;
mod parameter_formats;
mod reconciliation;

mod annotations;
mod body_types;

mod members;

mod checks;
mod docs;
mod structs;

mod schema_items;
mod tuples;
mod unions;
mod unreachable_branches;

mod error_forms;
mod examples;
mod finished;
mod multipart_parts;
mod operation_docs;
mod operations;
mod request_bodies;
mod responses;
mod samples;

mod crate_docs;
pub mod layout;
mod recursion_limit;
mod security;
mod servers;
mod value_constraints;
mod webhooks;

use std::collections::HashSet;

use rayon::prelude::*;

use crate::api::Api;
use crate::diagnostic::Diagnostics;
use crate::grammar::Strictness;
use crate::names::type_name;
use crate::rust::{Crate, Item, Layout, Operation, Pages, ParameterFormat, TypeId};
use crate::source::Span;
use finished::Finished;
use operation_signatures::OperationSignature;
use response_headers::HeaderFormats;
use security::Schemes;
use servers::Bases;
use type_analysis::Tables;
use type_names::TypeNames;
use types::Types;
use webhook_names::NamedWebhook;

/// What is known beside an API.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// The crate's name.
    pub crate_name: &'a str,
    /// The document's path as the user knows it.
    pub spec_path: &'a str,
    /// How strictly the document was read.
    pub strictness: Strictness,
    /// Where the document names something itself (`x-specie-name`).
    pub stated_names: &'a [Span],
}

/// Plans the crate of an API; `None` where Rust cannot have it, which the diagnostics say.
#[must_use]
pub fn krate(api: &Api, settings: &Settings<'_>) -> (Option<Crate>, Diagnostics) {
    analysed(api, settings, |named, tables, of_operations| finished(settings, named, tables, of_operations))
}

/// Says what Rust cannot have of an API as the document has it.
#[must_use]
pub fn check(api: &Api, settings: &Settings<'_>) -> Diagnostics {
    analysed(api, settings, |_, _, _| ()).1
}

/// What is made of an API of which all is named and typed; `None` where Rust cannot have it.
fn analysed<T>(
    api: &Api,
    settings: &Settings<'_>,
    finish: impl FnOnce(&Named<'_>, &Tables<'_>, OfOperations) -> T,
) -> (Option<T>, Diagnostics) {
    let (texts, found) = nested_parameters::as_texts(api);
    let api = texts.as_ref().unwrap_or(api);
    let directed = read_write_only::directed(api);
    let api = directed.as_ref().unwrap_or(api);
    let (named, mut diagnostics) = named(api, settings);
    diagnostics.extend(found);
    let tables = tables(api, &named);
    let (of_operations, found) = of_operations(&tables, &named, settings, diagnostics.has_errors());
    diagnostics.extend(found);
    let made = (!diagnostics.has_errors()).then(|| finish(&named, &tables, of_operations));
    (made, diagnostics)
}

/// Everything with its name, and the type of every schema.
struct Named<'a> {
    schemes: Schemes,
    bases: Bases,
    operations: Vec<OperationSignature<'a>>,
    webhooks: Vec<NamedWebhook<'a>>,
    names: TypeNames,
    types: Types,
    /// Where the names stand that the document gave to something.
    stated: HashSet<Span>,
}

fn named<'a>(api: &'a Api, settings: &Settings<'_>) -> (Named<'a>, Diagnostics) {
    let (schemes, mut diagnostics) = security::schemes(api);
    let (of_operations, found) = operation_names::names(api);
    diagnostics.extend(found);
    let requests = of_operations.operations.iter().map(|operation| operation.request.as_str());
    let bases = servers::bases(api, &schemes.list, requests);
    let (operations, found) = operation_signatures::select(api, of_operations.operations);
    diagnostics.extend(found);
    let (webhooks, of_webhooks, found) = webhook_names::names(api, settings.strictness);
    diagnostics.extend(found);
    let (names, found) = type_names::names(api, &operations, &webhooks, of_operations.budget);
    diagnostics.extend(found);
    let (types, found) = types::types(api, &names);
    diagnostics.extend(found);
    let stated = [&of_operations.stated, &of_webhooks, &names.stated].into_iter().flatten().copied().collect();
    (Named { schemes, bases, operations, webhooks, names, types, stated }, diagnostics)
}

fn tables<'a>(api: &'a Api, named: &'a Named<'_>) -> Tables<'a> {
    let directions = directions::directions(&api.schemas, &named.operations, &named.webhooks);
    Tables::new(api, &named.names, &named.types, &directions)
}

/// What is found of operations once all types are known, each in their order.
struct OfOperations {
    formats: Vec<Vec<ParameterFormat>>,
    header_formats: Vec<HeaderFormats>,
    pages: Vec<Option<Pages>>,
}

fn of_operations(
    tables: &Tables<'_>,
    named: &Named<'_>,
    settings: &Settings<'_>,
    has_errors: bool,
) -> (OfOperations, Diagnostics) {
    let (formats, mut diagnostics) = parameter_formats::formats(tables, &named.operations);
    // What has an error is not looked at to its end.
    if !has_errors && !diagnostics.has_errors() {
        let without = settings.stated_names.iter().copied().filter(|span| !named.stated.contains(span));
        diagnostics.extend(diagnostics::names_without_effect(settings.strictness, without));
    }
    diagnostics.extend(unreachable_branches::diagnostics(tables));
    let (header_formats, found) = response_headers::formats(tables, &named.operations);
    diagnostics.extend(found);
    let (pages, found) = pages::pages(tables, &named.operations, &formats);
    diagnostics.extend(found);
    (OfOperations { formats, header_formats, pages }, diagnostics)
}

fn finished(settings: &Settings<'_>, named: &Named<'_>, tables: &Tables<'_>, of_operations: OfOperations) -> Crate {
    let OfOperations { formats, header_formats, pages } = of_operations;
    let api = tables.api;
    let in_parameters = parameter_formats::in_parameters(tables, &named.operations);
    let ids = (0..named.names.kept).into_par_iter().map(TypeId);
    let types: Vec<Item> = ids.filter_map(|id| schema_items::item(tables, id, in_parameters.contains(&id))).collect();
    let reconciliations = reconciliation::reconciliations(&named.operations, &pages);
    let (bases, schemes) = (&named.bases, &named.schemes);
    let before = Finished { krate: settings.crate_name, tables, types: &types, bases, schemes };
    let formats = formats.into_par_iter().zip(header_formats);
    let parts = named.operations.par_iter().zip(formats).zip(reconciliations).zip(pages);
    let operations = parts.map(|(((selected, (formats, of_headers)), reconciliation), pages)| {
        operations::operation(&before, selected, (&formats, &of_headers), reconciliation, pages)
    });
    let mut operations: Vec<Operation> = operations.collect();
    let error_forms = error_forms::plan(&types, &mut operations);
    let webhooks = named.webhooks.iter();
    let trait_name = type_name(settings.crate_name);
    let mut krate = Crate {
        name: settings.crate_name.to_owned(),
        spec_path: settings.spec_path.to_owned(),
        title: api.info.title.clone(),
        version: api.info.version.clone(),
        server_name: format!("{trait_name}Server"),
        server_traits: Vec::new(),
        error_forms,
        fake_name: fake_name(&trait_name),
        trait_name,
        webhooks: webhooks.map(|one| webhooks::webhook(settings.crate_name, &named.types, one)).collect(),
        untyped: named.names.untyped.clone(),
        docs: crate_docs::about(api, settings, &bases.groups, &schemes.list),
        example: crate_docs::example(&operations, &bases.groups, &schemes.list),
        recursion_limit: recursion_limit::recursion_limit(&types),
        layout: Layout::default(),
        bases: bases.groups.clone(),
        schemes: schemes.list.clone(),
        types,
        shared_docs: shared_docs::shared_docs(&operations),
        operations,
    };
    layout::lay_out(&mut krate, layout::FILE_LINES);
    krate
}

/// The name of the fake: that of the server trait, unless the record of its calls is called so.
fn fake_name(trait_name: &str) -> String {
    if trait_name == "Calls" { format!("{trait_name}Fake") } else { trait_name.to_owned() }
}

#[cfg(test)]
mod tests;
