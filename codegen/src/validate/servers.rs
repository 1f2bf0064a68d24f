//! Servers.

use std::collections::HashMap;

use super::index::Index;
use crate::diagnostic::closest;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::grammar::Kind;
use crate::source::Span;
use crate::syntax::Node;

/// Servers of one list with the same address or the same name.
pub(super) fn repeated_servers(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let holders =
        [Kind::PathItem, Kind::Operation].into_iter().flat_map(|kind| index.all(kind)).map(|found| found.node);
    for list in holders.chain([index.root]).filter_map(|holder| holder.get("servers")) {
        repeated(list, "url", "two servers have the address", diagnostics);
        repeated(list, "x-specie-server-name", "two servers are called", diagnostics);
    }
    for found in index.all(Kind::Server) {
        let Some(node) = found.node.get("x-specie-server-name") else { continue };
        let name = node.as_str().unwrap_or_default();
        if !is_snake_case(name) {
            let message = format!("{} is not written in snake_case", quoted(name));
            diagnostics
                .error(Code::MalformedExtension, message, node.span)
                .help("write small letters, digits and `_`, beginning with a letter");
        }
    }
}

fn repeated(list: &Node, key: &str, message: &str, diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for node in list.items().iter().filter_map(|server| server.get(key)) {
        let Some(text) = node.as_str() else { continue };
        let Some(first) = seen.insert(text, node.span) else { continue };
        let message = format!("{message} {}", quoted(text));
        // Names become variants and methods; of two equal addresses, one is only superfluous.
        let diagnostic = if key == "url" {
            diagnostics.warning(Code::DuplicateServer, message, node.span)
        } else {
            diagnostics.error(Code::DuplicateServer, message, node.span)
        };
        diagnostic.mark("again here").label(first, "first here").help("remove one of them, or change it");
    }
}

fn is_snake_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_')
}

/// Variables in an address that are not declared, and defaults that are not among the values.
pub(super) fn undeclared_variables(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for found in index.all(Kind::Server) {
        let Some(url) = found.node.get("url") else { continue };
        let variables = found.node.get("variables");
        for name in variables_in(url.as_str().unwrap_or_default()) {
            if variables.is_some_and(|variables| variables.get(name).is_some()) {
                continue;
            }
            let message = format!("the variable {} is not declared", quoted(name));
            let diagnostic = diagnostics.error(Code::ServerVariable, message, url.span);
            let names = variables.into_iter().flat_map(Node::entries).map(|(key, _)| key.text());
            match closest(name, names) {
                Some(meant) => diagnostic.suggest(format!("did you mean `{meant}`?")),
                None => diagnostic.help("declare it under `variables`, with a default"),
            };
        }
    }
    for found in index.all(Kind::ServerVariable) {
        let (Some(default), Some(values)) = (found.node.get("default"), found.node.get("enum")) else { continue };
        if !values.items().iter().any(|value| value.as_str() == default.as_str()) {
            let message =
                format!("the default {} is not one of the values", quoted(default.text().unwrap_or_default()));
            diagnostics
                .error(Code::ServerVariable, message, default.span)
                .help("add it under `enum`, or take one of the values");
        }
    }
}

fn variables_in(url: &str) -> impl Iterator<Item = &str> {
    url.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}
