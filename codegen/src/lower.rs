//! The document's meaning: schemas to types, operations to requests and replies, all named, typed and ordered.
//!
//! The only modules that know both openapiv3 and the IR. What cannot be carried over is reported, here as everywhere.

mod behaviour;
mod bodies;
mod context;
mod cycles;
mod found;
mod located;
mod objects;
mod operations;
mod order;
mod paging;
mod parameters;
mod places;
mod replies;
mod report;
mod scalars;
mod schemas;
mod security;
mod servers;
mod texts;
mod unions;
mod usage;
mod values;
mod webhooks;

use crate::diagnostic::Diagnostics;
use crate::ir::Api;
use crate::names::type_name;
use crate::resolve::Resolved;

/// Lowers a resolved document to the API it describes, reporting what cannot be carried over.
///
/// The API is complete in any case; with an error among the diagnostics it must not be generated from.
#[must_use]
pub fn api(resolved: &Resolved, crate_name: &str, spec_path: &str, diagnostics: &mut Diagnostics) -> Api {
    let mut lowering = context::Lowering::new(resolved);
    schemas::components(&mut lowering);
    let schemes = security::schemes(&mut lowering);
    let bases = servers::bases(&lowering, &schemes);
    let operations = operations::operations(&mut lowering, &bases, &schemes);
    let webhooks = webhooks::webhooks(&mut lowering);
    let mut api = Api {
        crate_name: crate_name.to_owned(),
        type_name: type_name(crate_name),
        spec_path: spec_path.to_owned(),
        info: texts::info(&resolved.root),
        types: lowering.types,
        operations,
        bases: bases.groups,
        schemes: schemes.schemes,
        webhooks,
        census: lowering.census,
    };
    usage::mark(&mut api);
    unions::mark_kinds(&mut api.types);
    cycles::break_up(&mut api.types);
    cycles::shrink(&mut api.types);
    cycles::mark_hashable(&mut api.types);
    order::settle(&mut api, &lowering.flattened);
    paging::report(&api, &resolved.root, &mut lowering.report);
    diagnostics.extend(lowering.report.diagnostics);
    api
}

#[cfg(test)]
mod tests;
