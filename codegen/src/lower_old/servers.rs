//! Servers: the groups of base URLs that operations go to.

use std::collections::HashSet;

use super::context::Lowering;
use super::found::Found;
use super::texts;
use crate::ir::{Base, Server};
use crate::names::{Scope, type_name, value_name};
use crate::syntax::Node;

/// The groups, each with the list of servers it was made from.
pub struct Bases {
    /// What builder methods set.
    pub groups: Vec<Base>,
    /// For each group the identity of its list.
    lists: Vec<Vec<Identity>>,
    /// Which group the document's own list is.
    default: usize,
}

/// What makes two lists of servers the same group: URL and name of each.
type Identity = (String, Option<String>);

/// Gathers the groups: the document's list first, then those of paths and operations.
pub fn bases(lowering: &Lowering<'_>, schemes: &super::security::Schemes) -> Bases {
    let root = &lowering.resolved.root;
    let default = root.get("servers");
    let mut gathered = Bases { groups: Vec::new(), lists: Vec::new(), default: 0 };
    let mut methods = Scope::reserving(&["build", "options", "transport", "server", "clone"]);
    for scheme in &schemes.schemes {
        methods.claim(&scheme.method_name);
    }
    let mut lists: Vec<Option<&Node>> = Vec::new();
    let mut seen = HashSet::new();
    let paths = root.get("paths");
    for (_, item) in paths.into_iter().flat_map(Node::entries) {
        for (key, operation) in item.entries().filter(|(key, _)| is_method(key.text())) {
            let _ = key;
            let list = operation.get("servers").or_else(|| item.get("servers")).or(default);
            if seen.insert(list.map(std::ptr::from_ref)) {
                lists.push(list);
            }
        }
    }
    // The document's own list first, the others by name, wherever they stand.
    let own = identity(default);
    lists.sort_by_cached_key(|list| (identity(*list) != own, identity(*list)));
    for list in lists {
        gathered.add(list, &mut methods);
    }
    if gathered.groups.is_empty() {
        gathered.add(default, &mut methods);
    }
    gathered.default = gathered.place_of(&own);
    gathered
}

fn is_method(key: &str) -> bool {
    matches!(key, "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace")
}

fn identity(list: Option<&Node>) -> Vec<Identity> {
    let servers = list.map(Node::items).unwrap_or_default();
    servers
        .iter()
        .map(|server| (texts::text(server, "url").unwrap_or_default(), texts::text(server, "x-specie-server-name")))
        .collect()
}

impl Bases {
    fn add(&mut self, list: Option<&Node>, methods: &mut Scope) {
        let identity = identity(list);
        if self.lists.contains(&identity) {
            return;
        }
        let nodes = list.map(Node::items).unwrap_or_default();
        let servers = servers(nodes);
        let method_name = match nodes {
            [only] => texts::text(only, "x-specie-server-name").unwrap_or_else(|| "base_url".to_owned()),
            _ => "base_url".to_owned(),
        };
        // Only the document's own list becomes the `Server` enum; one enum is enough to read.
        let enumerated =
            self.groups.is_empty() && servers.len() > 1 && servers.iter().all(|server| server.url.is_some());
        let docs = match nodes {
            [only] => texts::docs(only),
            _ => crate::ir::Docs::default(),
        };
        self.groups.push(Base {
            method_name: methods.claim(&value_name(&method_name)).name,
            servers,
            enumerated,
            docs,
        });
        self.lists.push(identity);
    }

    /// The group an operation goes to.
    pub fn of(&self, found: &Found<'_>) -> usize {
        let own = found.at.node.get("servers").or_else(|| found.item.node.get("servers"));
        own.map_or(self.default, |list| self.place_of(&identity(Some(list))))
    }

    fn place_of(&self, wanted: &[Identity]) -> usize {
        self.lists.iter().position(|list| list == wanted).unwrap_or_default()
    }
}

fn servers(nodes: &[Node]) -> Vec<Server> {
    let mut scope = Scope::default();
    nodes
        .iter()
        .map(|node| {
            let url = url(node);
            let name = texts::text(node, "x-specie-server-name")
                .or_else(|| texts::text(node, "description"))
                .or_else(|| url.clone());
            let variant = type_name(&name.unwrap_or_default());
            Server { variant: scope.claim(&variant).name, url, docs: texts::docs(node) }
        })
        .collect()
}

/// The URL with server variables at their defaults; `None` where it is relative.
///
/// What a default says is no template again: variables within variables could make any length of a few lines.
fn url(server: &Node) -> Option<String> {
    let stated = texts::text(server, "url")?;
    let mut pieces = stated.split('{');
    let mut url = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once('}')?;
        let variable = server.get("variables").and_then(|variables| variables.get(name))?;
        url.push_str(&texts::text(variable, "default").unwrap_or_default());
        url.push_str(rest);
    }
    let absolute = url.starts_with("https://") || url.starts_with("http://");
    (absolute && !url.contains(['{', '}'])).then_some(url)
}
