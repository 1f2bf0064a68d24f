//! Servers: the groups of base URLs that operations go to.

use std::collections::HashMap;

use super::docs;
use super::security::Schemes;
use crate::api::{self, ServerListId};
use crate::ir::{Base, Docs, Server};
use crate::names::{Scope, type_name, value_name};

/// The groups, by the lists of servers that they were made from.
pub struct Bases {
    /// What builder methods set.
    pub groups: Vec<Base>,
    places: HashMap<ServerListId, usize>,
}

/// The lists that operations go to as groups: the document's own first, the others by address.
pub fn bases(api: &api::Api, schemes: &Schemes) -> Bases {
    let mut methods = Scope::reserving(&["build", "options", "transport", "server", "clone"]);
    for scheme in &schemes.schemes {
        methods.claim(&scheme.method_name);
    }
    let mut used: Vec<ServerListId> = api.operations.iter().map(|operation| operation.servers).collect();
    used.sort_unstable();
    used.dedup();
    if used.is_empty() {
        used.push(ServerListId(0));
    }
    used.sort_by_cached_key(|id| (id.0 != 0, identity(api, *id)));
    let mut gathered = Bases { groups: Vec::new(), places: HashMap::new() };
    for id in used {
        let servers = api.server_list(id).map_or(&[][..], |list| &list.servers);
        let group = base(servers, gathered.groups.is_empty(), &mut methods);
        gathered.places.insert(id, gathered.groups.len());
        gathered.groups.push(group);
    }
    gathered
}

/// What orders lists, wherever they stand: address and name of each server.
fn identity(api: &api::Api, id: ServerListId) -> Vec<(String, Option<String>)> {
    let servers = api.server_list(id).map_or(&[][..], |list| &list.servers);
    servers.iter().map(|server| (server.template.clone(), server.name.clone())).collect()
}

fn base(stated: &[api::Server], is_first: bool, methods: &mut Scope) -> Base {
    let servers = servers(stated);
    let (name, docs) = match stated {
        [only] => (only.name.as_deref(), docs::docs(&only.docs)),
        _ => (None, Docs::default()),
    };
    // Only the document's own list becomes the `Server` enum; one enum is enough to read.
    let enumerated = is_first && servers.len() > 1 && servers.iter().all(|server| server.url.is_some());
    let method_name = methods.claim(&value_name(name.unwrap_or("base_url"))).name;
    Base { method_name, servers, enumerated, docs }
}

fn servers(stated: &[api::Server]) -> Vec<Server> {
    let mut scope = Scope::default();
    let server = |stated: &api::Server| {
        let url = stated.url();
        let name = stated.name.clone().or_else(|| stated.docs.description.clone()).or_else(|| url.clone());
        let variant = type_name(&name.unwrap_or_default());
        Server { variant: scope.claim(&variant).name, url, docs: docs::docs(&stated.docs) }
    };
    stated.iter().map(server).collect()
}

impl Bases {
    /// The group of a list.
    pub fn place(&self, id: ServerListId) -> usize {
        self.places.get(&id).copied().unwrap_or_default()
    }
}
