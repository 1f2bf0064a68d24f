//! Decides what the crate of an API looks like: which items there are, their names, types, derives, constructors,
//! methods and documentation, and in which file each stands.
//!
//! The order of the modules is the order in which they build on each other.

mod boxes;
mod kinds;
mod order;
mod sizes;
mod usage;

mod context;
mod members;

mod checks;
mod docs;
mod structs;

mod enums;
mod items;
mod unions;

mod examples;
mod operation_docs;
mod operations;
mod reconcile;
mod responses;

mod client;
mod crate_docs;
mod depth;
pub mod layout;
mod webhooks;

use rayon::prelude::*;

use crate::ir::Api;
use crate::rust::{Crate, Item, Layout};
use context::Context;

/// Plans the crate of an API.
#[must_use]
pub fn krate(api: &Api) -> Crate {
    let context = Context::new(api);
    let types: Vec<Item> = context.order.par_iter().filter_map(|id| items::item(&context, *id)).collect();
    let operations = (0..api.operations.len()).into_par_iter().map(|index| operations::operation(&context, index));
    let operations = operations.collect();
    let mut krate = Crate {
        name: api.crate_name.clone(),
        spec_path: api.spec_path.clone(),
        title: api.info.title.clone(),
        version: api.info.version.clone(),
        trait_name: api.type_name.clone(),
        server_traits: Vec::new(),
        server_name: format!("{}Server", api.type_name),
        operations,
        bases: client::bases(api),
        schemes: client::schemes(api),
        webhooks: webhooks::webhooks(&context),
        untyped: order::untyped(api, &context.order),
        docs: crate_docs::about(api),
        example: crate_docs::example(&context),
        recursion_limit: depth::recursion_limit(&types),
        types,
        layout: Layout::default(),
    };
    layout::lay_out(&mut krate, layout::FILE_LINES);
    krate
}
