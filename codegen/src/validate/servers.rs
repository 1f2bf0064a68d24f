//! Rules of Server Objects and their variables.

use std::collections::HashMap;

use openapiv3::Server;

use super::index::Index;
use crate::diagnostic::closest;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::source_map::ObjectId;
use crate::extension_keys;
use crate::source::Span;

/// Servers of one list with the same address or the same name.
pub(super) fn repeated_servers(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for list in &index.by_kind.server_lists {
        let servers = || list.iter().filter_map(|server| Some((index.document.id(server)?, server)));
        let addresses = servers().filter_map(|(id, server)| Some((&*server.url, index.field(id, "url")?.span)));
        let names = servers().filter_map(|(id, _)| stated_name(index, id));
        for (first, again, url) in repeated(addresses) {
            // Of two equal addresses, one is only superfluous.
            diagnostics
                .warning(Code::DuplicateServer, format!("two servers have the address {}", quoted(url)), again)
                .mark("again here")
                .label(first, "first here")
                .help("remove one of them, or change it");
        }
        for (first, again, name) in repeated(names) {
            // Names become variants and methods.
            diagnostics
                .error(Code::DuplicateServer, format!("two servers are called {}", quoted(name)), again)
                .mark("again here")
                .label(first, "first here")
                .help("remove one of them, or change it");
        }
    }
    names_in_another_case(index, diagnostics);
}

fn names_in_another_case(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (name, span) in index.by_kind.servers.iter().filter_map(|(id, _)| stated_name(index, *id)) {
        if !is_snake_case(name) {
            let message = format!("{} is not written in snake_case", quoted(name));
            diagnostics
                .error(Code::MalformedExtension, message, span)
                .help("write small letters, digits and `_`, beginning with a letter");
        }
    }
}

/// The name that a server has by [`extension_keys::SERVER_NAME`], and where it stands.
fn stated_name<'a>(index: &Index<'a>, id: ObjectId) -> Option<(&'a str, Span)> {
    index.objects[id]
        .extension(extension_keys::SERVER_NAME)
        .map(|(_, node)| (node.as_str().unwrap_or_default(), node.span))
}

/// The texts that stand twice: the place of the one before, the place of this one, and the text.
fn repeated<'a>(texts: impl Iterator<Item = (&'a str, Span)>) -> Vec<(Span, Span, &'a str)> {
    let mut seen = HashMap::new();
    texts.filter_map(|(text, span)| Some((seen.insert(text, span)?, span, text))).collect()
}

fn is_snake_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_')
}

/// Variables in an address that are not declared, and defaults that are not among the values.
pub(super) fn undeclared_variables(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (id, server) in &index.by_kind.servers {
        if let Some(url) = index.field(*id, "url") {
            undeclared(server, url.span, diagnostics);
        }
        for variable in server.variables.iter().flat_map(|variables| variables.values()) {
            let Some(id) = index.document.id(variable) else { continue };
            let (Some(default), Some(_)) = (index.field(id, "default"), index.field(id, "enum")) else { continue };
            if !variable.enumeration.contains(&variable.default) {
                let message = format!("the default {} is not one of the values", quoted(&variable.default));
                diagnostics
                    .error(Code::ServerVariable, message, default.span)
                    .help("add it under `enum`, or take one of the values");
            }
        }
    }
}

fn undeclared(server: &Server, url: Span, diagnostics: &mut Diagnostics) {
    let declared = || server.variables.iter().flat_map(|variables| variables.keys()).map(String::as_str);
    for name in variables_in(&server.url).filter(|name| !declared().any(|other| other == *name)) {
        let message = format!("the variable {} is not declared", quoted(name));
        let diagnostic = diagnostics.error(Code::ServerVariable, message, url);
        match closest(name, declared()) {
            Some(meant) => diagnostic.suggest(format!("did you mean `{meant}`?")),
            None => diagnostic.help("declare it under `variables`, with a default"),
        };
    }
}

fn variables_in(url: &str) -> impl Iterator<Item = &str> {
    url.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}
