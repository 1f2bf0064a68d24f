//! Servers: the lists of addresses that operations go to.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3 as stated;

use super::docs::{Texts, docs, text};
use crate::api::{Server, ServerList, ServerListId, Variable};
use crate::document::Document;

/// What makes two lists of servers the same: address and name of each.
type Identity = Vec<(String, Option<String>)>;

/// Every list of servers, the document's own first.
pub(super) struct Lists {
    pub(super) lists: Vec<ServerList>,
    ids: HashMap<Identity, ServerListId>,
}

/// Gathers the lists of the document, and of its path items and operations.
pub(super) fn lists(document: &Document) -> Lists {
    let mut found = Lists { lists: Vec::new(), ids: HashMap::new() };
    found.add(document, &document.api.servers);
    for item in document.path_items() {
        for operation in document.methods(item).into_iter().map(|(_, operation)| operation) {
            found.add(document, stated_for(document, item, operation));
        }
    }
    found
}

/// The servers that an operation goes to: its own, its path's or the document's. An empty list is stated as well.
fn stated_for<'a>(
    document: &'a Document,
    item: &'a stated::PathItem,
    operation: &'a stated::Operation,
) -> &'a [stated::Server] {
    let states =
        |extensions: &IndexMap<String, serde_json::Value>| document.object(extensions).1.field("servers").is_some();
    if states(&operation.extensions) {
        &operation.servers
    } else if states(&item.extensions) {
        &item.servers
    } else {
        &document.api.servers
    }
}

impl Lists {
    /// The list that an operation goes to.
    pub(super) fn of(
        &self,
        document: &Document,
        item: &stated::PathItem,
        operation: &stated::Operation,
    ) -> ServerListId {
        self.id(document, stated_for(document, item, operation)).unwrap_or(ServerListId(0))
    }

    /// The list of these servers, if there is one.
    fn id(&self, document: &Document, servers: &[stated::Server]) -> Option<ServerListId> {
        self.ids.get(&identity(document, servers)).copied()
    }

    fn add(&mut self, document: &Document, servers: &[stated::Server]) {
        let next = ServerListId(self.lists.len());
        let id = *self.ids.entry(identity(document, servers)).or_insert(next);
        if id == next {
            let servers = servers.iter().map(|stated| server(document, stated)).collect();
            self.lists.push(ServerList { servers });
        }
    }
}

fn identity(document: &Document, servers: &[stated::Server]) -> Identity {
    servers.iter().map(|stated| (stated.url.trim().to_owned(), name(document, stated))).collect()
}

/// `x-specie-server-name`, or else `name` (OpenAPI 3.2).
fn name(document: &Document, stated: &stated::Server) -> Option<String> {
    let (id, at) = document.object(&stated.extensions);
    let own = at.extension("x-specie-server-name").and_then(|(_, node)| text(node.text()));
    own.or_else(|| document.supplement.value(id, "name").and_then(|(_, node)| text(node.text())))
}

/// One server.
pub(super) fn server(document: &Document, stated: &stated::Server) -> Server {
    let (_, at) = document.object(&stated.extensions);
    let variables = stated.variables.iter().flatten().map(|(name, stated)| variable(document, name, stated));
    Server {
        template: stated.url.trim().to_owned(),
        name: name(document, stated),
        variables: variables.collect(),
        docs: docs(at, Texts::description(stated.description.as_deref())),
        span: at.name,
    }
}

fn variable(document: &Document, name: &str, stated: &stated::ServerVariable) -> Variable {
    let (_, at) = document.object(&stated.extensions);
    Variable {
        name: name.to_owned(),
        default: stated.default.trim().to_owned(),
        values: stated.enumeration.clone(),
        docs: docs(at, Texts::description(stated.description.as_deref())),
    }
}
