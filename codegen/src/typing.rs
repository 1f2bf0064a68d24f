//! The Rust types of everything that an API means: schemas to structs, enums and unions, operations to requests and
//! responses, each with its name.
//!
//! What Rust cannot have as the document has it is reported, here as everywhere.

mod bodies;
mod context;
mod docs;
mod enums;
mod objects;
mod operations;
mod parameters;
mod report;
mod responses;
mod scalars;
mod schemas;
mod security;
mod servers;
mod unions;
mod webhooks;

use crate::api;
use crate::diagnostic::Diagnostics;
use crate::grammar::Strictness;
use crate::ir::{Api, Info, NoPages};
use crate::names::type_name;
use crate::source::Span;

/// What is known beside an API.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// The crate's name.
    pub crate_name: &'a str,
    /// The document's path as the user knows it.
    pub spec_path: &'a str,
    /// How strictly the document was read.
    pub strictness: Strictness,
    /// Where the document names something itself (`x-specie-name`).
    pub names: &'a [Span],
}

/// Names and types all of an API, reporting what Rust cannot have.
///
/// The result is complete in any case; with an error among the diagnostics nothing must be generated from it.
#[must_use]
pub fn api(meant: &api::Api, around: &Around<'_>) -> (Api, Diagnostics) {
    let mut typing = context::Typing::new(meant, around.strictness);
    schemas::components(&mut typing);
    let schemes = security::schemes(&mut typing);
    let bases = servers::bases(meant, &schemes);
    let operations = operations::operations(&mut typing, &bases, &schemes);
    let webhooks = webhooks::webhooks(&mut typing);
    let mut report = typing.report;
    for (keyword, span) in meant.schemas.iter().flat_map(|(_, schema)| &schema.unchecked) {
        report.unchecked_keyword(keyword, *span);
    }
    // What has an error is not looked at to its end.
    if !report.diagnostics.has_errors() {
        let without = around.names.iter().filter(|name| !typing.named.contains(name));
        without.for_each(|name| report.name_without_effect(around.strictness, *name));
    }
    let api = Api {
        crate_name: around.crate_name.to_owned(),
        type_name: type_name(around.crate_name),
        spec_path: around.spec_path.to_owned(),
        info: info(&meant.info),
        types: typing.types,
        flattened: typing.flattened,
        operations,
        bases: bases.groups,
        schemes: schemes.schemes,
        webhooks,
        census: typing.census,
    };
    pages(meant, &api, &mut report);
    (api, report.diagnostics)
}

fn info(stated: &api::Info) -> Info {
    Info {
        title: stated.title.clone(),
        version: stated.version.clone(),
        description: stated.description.clone(),
        documentation: stated.external_docs.as_ref().map(|docs| docs.url.clone()),
        contact: stated.contact.clone(),
        license: stated.license.clone(),
        provenance: stated.provenance.clone(),
    }
}

/// Reports each operation whose `x-specie-pagination` leads to no list of items, now that every type is known.
fn pages(meant: &api::Api, api: &Api, report: &mut report::Report) {
    for operation in &api.operations {
        let Some(Err(reason)) = operation.page_items(api) else { continue };
        let is_same = |stated: &&api::Operation| {
            stated.path() == operation.path && stated.method.as_str() == operation.http_method
        };
        let stated = meant.operations.iter().find(is_same).and_then(|stated| stated.pagination.as_ref());
        if let Some(stated) = stated {
            let span = match reason {
                NoPages::Parameter => stated.parameter_span,
                NoPages::Answer | NoPages::Items => stated.items_span,
            };
            report.pagination(reason, span);
        }
    }
}

#[cfg(test)]
mod tests;
