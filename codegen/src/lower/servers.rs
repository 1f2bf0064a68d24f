//! Servers: the lists of addresses that operations go to.

use std::collections::HashMap;

use openapiv3 as stated;

use super::docs::{Texts, docs, text};
use crate::api::{Server, ServerList, ServerListId, Variable};
use crate::document::source_map::ObjectId;
use crate::document::{Document, Located};
use crate::extension_keys;

/// What makes two lists of servers the same: address and name of each.
type Identity = Vec<(String, Option<String>)>;

/// Every list of servers, the document's own first.
pub(super) struct Lists {
    pub(super) all: Vec<ServerList>,
    by_identity: HashMap<Identity, ServerListId>,
    /// The lists of path items and operations that state servers.
    by_holder: HashMap<ObjectId, ServerListId>,
}

/// Gathers the lists of the document, and of its path items and operations. An empty list is stated as well.
pub(super) fn lists(document: &Document) -> Lists {
    let mut found = Lists { all: Vec::new(), by_identity: HashMap::new(), by_holder: HashMap::new() };
    found.add(document, &document.skeleton.servers);
    let states = |holder: ObjectId| document.objects[holder].field("servers").is_some();
    for at in document.operations() {
        let of_operation = states(at.id).then_some((at.id, &at.operation.servers));
        let of_item = || states(at.item_id).then_some((at.item_id, &at.item.servers));
        if let Some((holder, servers)) = of_operation.or_else(of_item) {
            let id = found.add(document, servers);
            found.by_holder.insert(holder, id);
        }
    }
    found
}

impl Lists {
    /// The list that an operation goes to: its own, its path's or the document's.
    pub(super) fn of(&self, item: ObjectId, operation: ObjectId) -> ServerListId {
        let stated = self.by_holder.get(&operation).or_else(|| self.by_holder.get(&item));
        stated.copied().unwrap_or(ServerListId::DOCUMENT)
    }

    fn add(&mut self, document: &Document, stated: &[stated::Server]) -> ServerListId {
        let servers: Vec<Server> =
            stated.iter().filter_map(|stated| Some(server(document, document.located(stated)?))).collect();
        let identity = servers.iter().map(|server| (server.template.clone(), server.name.clone())).collect();
        let next = ServerListId(self.all.len());
        let id = *self.by_identity.entry(identity).or_insert(next);
        if id == next {
            self.all.push(ServerList { servers });
        }
        id
    }
}

/// One server.
pub(super) fn server(document: &Document, located: Located<'_, stated::Server>) -> Server {
    let (stated, object) = (located.stated, located.object);
    // `x-specie-server-name`, or else `name` (OpenAPI 3.2).
    let names = [object.extension(extension_keys::SERVER_NAME), located.value("name")];
    let name = names.into_iter().flatten().find_map(|(_, node)| Some((text(node.text())?, node.span)));
    let variables = stated.variables.iter().flatten();
    Server {
        template: stated.url.trim().to_owned(),
        name_span: name.as_ref().map(|(_, span)| *span),
        name: name.map(|(name, _)| name),
        variables: variables.filter_map(|(name, stated)| Some(variable(name, document.located(stated)?))).collect(),
        docs: docs(object, Texts::description(stated.description.as_deref())),
        span: object.name,
    }
}

fn variable(name: &str, Located { stated, object, .. }: Located<'_, stated::ServerVariable>) -> Variable {
    Variable {
        name: name.to_owned(),
        default: stated.default.trim().to_owned(),
        values: stated.enumeration.clone(),
        docs: docs(object, Texts::description(stated.description.as_deref())),
        span: object.entry(),
    }
}
