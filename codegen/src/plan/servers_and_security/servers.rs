//! Servers: the groups of base URLs that operations go to, each of which the builder of the client sets.

use std::collections::HashMap;

use super::server_variables;
use crate::api::{self, Address, Api, Operation, ServerListId};
use crate::names::{Scope, type_name, value_name};
use crate::plan::docs::paragraphs::document;
use crate::plan::stated_docs::{self, StatedDocs};
use crate::rust::{BASE_URL, Base, BaseId, CLIENT_BUILDER_METHODS, Choice, Docs, Scheme, Text};

/// The groups, by the lists of servers that they were made from.
pub(in crate::plan) struct Bases {
    /// What builder methods set.
    pub(in crate::plan) groups: Vec<Base>,
    ids: HashMap<ServerListId, BaseId>,
}

impl Bases {
    /// The group that an operation goes to; `None` for one that goes to an address from elsewhere.
    pub(in crate::plan) fn of(&self, operation: &Operation) -> Option<BaseId> {
        match operation.address {
            // `bases` has one for the list of each operation of the API.
            Address::Path(_) => Some(self.ids[&operation.servers]),
            Address::Webhook(_) | Address::Callback { .. } => None,
        }
    }
}

/// The lists that operations go to as groups: the document's own first, the others by address.
///
/// The types of addresses with variables stand beside the client, and take none of the names in `taken`.
pub(in crate::plan) fn bases<'n>(api: &Api, schemes: &[Scheme], taken: impl Iterator<Item = &'n str>) -> Bases {
    let mut types = server_variables::types(taken);
    let mut methods = Scope::reserving(CLIENT_BUILDER_METHODS);
    for scheme in schemes {
        methods.claim(&scheme.method_name);
    }
    let mut used: Vec<ServerListId> = api.operations.iter().map(|operation| operation.servers).collect();
    used.sort_unstable();
    used.dedup();
    if used.is_empty() {
        used.push(ServerListId(0));
    }
    used.sort_by_cached_key(|id| (id.0 != 0, identity(api, *id)));
    let mut gathered = Bases { groups: Vec::new(), ids: HashMap::new() };
    for id in used {
        let servers = api.server_list(id).map_or(&[][..], |list| &list.servers);
        let group = base(servers, gathered.groups.is_empty(), &mut methods, &mut types);
        gathered.ids.insert(id, BaseId(gathered.groups.len()));
        gathered.groups.push(group);
    }
    gathered
}

/// What orders lists, wherever they stand: address and name of each server.
fn identity(api: &Api, id: ServerListId) -> Vec<(String, Option<String>)> {
    let servers = api.server_list(id).map_or(&[][..], |list| &list.servers);
    servers.iter().map(|server| (server.template.clone(), server.name.clone())).collect()
}

fn base(stated: &[api::Server], is_first: bool, methods: &mut Scope, types: &mut Scope) -> Base {
    let urls: Vec<Option<String>> = stated.iter().map(api::Server::url).collect();
    let (name, stated_docs) = match stated {
        [only] => (only.name.as_deref(), stated_docs::of(&only.docs)),
        _ => (None, StatedDocs::default()),
    };
    // Relative addresses name no host, so that a single other one is all there is to choose.
    let mut absolute = urls.iter().flatten();
    let default = absolute.next().filter(|_| absolute.next().is_none()).cloned();
    // Only the document's own list becomes the `Server` enum; one enum is enough to read.
    let is_enumerated = is_first && urls.len() > 1 && urls.iter().all(Option::is_some);
    let source = match &default {
        Some(url) => Text::from("By default ").code(url).words("."),
        None if is_enumerated => "Required, here or by `server`: the document names several.".into(),
        None => "Required: the document names no default.".into(),
    };
    let method_name = methods.claim(&value_name(name.unwrap_or(BASE_URL))).name;
    let addresses = server_variables::of(stated, name.unwrap_or("server"), types);
    let names: Vec<String> = addresses.iter().map(|address| format!("[`{}`]", address.name)).collect();
    let source = match names.as_slice() {
        [] => source,
        names => source.words(format!(" {} has a setter for each variable of the address.", names.join(" or "))),
    };
    Base {
        method_name,
        addresses,
        choices: if is_enumerated { choices(stated) } else { Vec::new() },
        docs: document(Docs::line("Sets the base URL."), &stated_docs).text(source),
        urls,
        default,
    }
}

/// The servers as variants of the `Server` enum.
fn choices(stated: &[api::Server]) -> Vec<Choice> {
    let mut scope = Scope::default();
    let choice = |stated: &api::Server| {
        let url = stated.url().unwrap_or_default();
        let name = stated.name.as_ref().or(stated.docs.description.as_ref()).unwrap_or(&url);
        let variant = scope.claim(&type_name(name)).name;
        let docs = document(Docs::default(), &stated_docs::of(&stated.docs));
        Choice { variant, docs: docs.text(Text::of_code(&url)), url }
    };
    stated.iter().map(choice).collect()
}
