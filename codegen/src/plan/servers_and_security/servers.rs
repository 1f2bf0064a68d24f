//! Servers: the groups of base URLs that operations go to, each of which the builder of the client sets.

use std::collections::HashMap;

use super::server_variables;
use crate::api::{self, Address, Api, Operation, ServerListId};
use crate::diagnostic::Diagnostics;
use crate::names::{Contender, Scope, companion_name, type_name, value_name};
use crate::plan::diagnostics::Report;
use crate::plan::docs::paragraphs::document;
use crate::plan::stated_docs::{self, StatedDocs};
use crate::rust::{
    self, BASE_URL, Base, BaseId, CLIENT_BUILDER_METHODS, Docs, SERVER, SERVER_METHOD, Scheme, ServerEnum,
    ServerVariant, Text,
};

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
pub(in crate::plan) fn bases<'n>(
    api: &Api,
    schemes: &[Scheme],
    taken: impl Iterator<Item = &'n str>,
) -> (Bases, Diagnostics) {
    let mut report = Report::default();
    let mut used: Vec<ServerListId> = api.operations.iter().map(|operation| operation.servers).collect();
    used.sort_unstable();
    used.dedup();
    if used.is_empty() {
        used.push(ServerListId(0));
    }
    used.sort_by_cached_key(|id| (id.0 != 0, identity(api, *id)));
    let lists: Vec<&[api::Server]> =
        used.iter().map(|id| api.server_list(*id).map_or(&[][..], |list| &list.servers)).collect();
    let methods = methods(&lists, schemes, &mut report);
    let named: Vec<(&[api::Server], &str)> =
        lists.iter().map(|servers| (*servers, name(servers).unwrap_or("server"))).collect();
    let mut types = server_variables::types(taken);
    let enums: Vec<Option<ServerEnum>> = lists
        .iter()
        .zip(&methods)
        .enumerate()
        .map(|(place, (servers, method))| {
            let variants = variants(servers, &mut report)?;
            let (name, method_name) = enum_names(place, method, &mut types);
            Some(ServerEnum { name, method_name, variants })
        })
        .collect();
    let addresses = server_variables::addresses(&named, &mut types, &mut report);
    let groups = lists.iter().zip(methods).zip(addresses).zip(enums);
    let groups = groups.map(|(((stated, method), addresses), servers)| base(stated, method, addresses, servers));
    let groups = groups.collect();
    let ids = used.into_iter().enumerate().map(|(place, id)| (id, BaseId(place))).collect();
    (Bases { groups, ids }, report.diagnostics)
}

/// The name of a list, which is that of its only server.
fn name(servers: &[api::Server]) -> Option<&str> {
    match servers {
        [only] => only.name.as_deref(),
        _ => None,
    }
}

/// The method of the builder for each list. Those without a name are numbered.
fn methods(lists: &[&[api::Server]], schemes: &[Scheme], report: &mut Report) -> Vec<String> {
    let taken = schemes.iter().map(|scheme| scheme.method_name.as_str());
    let mut reserved: Vec<&str> = CLIENT_BUILDER_METHODS.iter().copied().chain(taken).collect();
    let is_unnamed = |servers: &[api::Server]| name(servers).is_none();
    let mut numbered = Scope::reserving(&reserved);
    let unnamed: Vec<String> =
        lists.iter().filter(|servers| is_unnamed(servers)).map(|_| numbered.claim(BASE_URL).name).collect();
    reserved.extend(unnamed.iter().map(String::as_str));
    let named = lists.iter().filter_map(|servers| {
        let (text, only) = (name(servers)?, servers.first()?);
        let own = companion(&value_name(text), &only.template);
        Some((Contender::of(text, value_name).or([own]), only.name_span.unwrap_or(only.span)))
    });
    let named = report.told_apart(&named.collect::<Vec<_>>(), &reserved);
    let (mut named, mut unnamed) = (named.into_iter(), unnamed.clone().into_iter());
    let next = lists.iter().map(|servers| if is_unnamed(servers) { unnamed.next() } else { named.next() });
    next.map(Option::unwrap_or_default).collect()
}

fn companion(name: &str, template: &str) -> String {
    format!("{}_{}", name.trim_end_matches('_'), value_name(template))
}

/// What orders lists, wherever they stand: address and name of each server.
fn identity(api: &Api, id: ServerListId) -> Vec<(String, Option<String>)> {
    let servers = api.server_list(id).map_or(&[][..], |list| &list.servers);
    servers.iter().map(|server| (server.template.clone(), server.name.clone())).collect()
}

/// What the enum of the servers of a list is called, and the method that takes one. Those that are not the document's own are called after
/// the method that sets the URL, which takes them.
fn enum_names(place: usize, method: &str, types: &mut Scope) -> (String, Option<&'static str>) {
    if place == 0 {
        return (SERVER.name.to_owned(), Some(SERVER_METHOD));
    }
    (types.claim(&companion_name(&type_name(method), SERVER.name)).name, None)
}

fn base(
    stated: &[api::Server],
    method_name: String,
    addresses: Vec<rust::ServerUrl>,
    servers: Option<ServerEnum>,
) -> Base {
    let urls: Vec<Option<String>> = stated.iter().map(api::Server::url).collect();
    let stated_docs = match stated {
        [only] => stated_docs::of(&only.docs),
        _ => StatedDocs::default(),
    };
    // Relative addresses name no host, so that a single other one is all there is to choose.
    let mut absolute = urls.iter().flatten();
    let default = absolute.next().filter(|_| absolute.next().is_none()).cloned();
    let source = match (&default, &servers) {
        (Some(url), _) => Text::from("By default ").code(url).words("."),
        (None, Some(ServerEnum { method_name: Some(method), .. })) => {
            Text::from(format!("Required, here or by `{method}`: the document names several."))
        }
        (None, Some(ServerEnum { name, .. })) => {
            Text::from(format!("Required: the document names several, which [`{name}`] has."))
        }
        (None, None) => "Required: the document names no default.".into(),
    };
    let names: Vec<String> = addresses.iter().map(|address| format!("[`{}`]", address.name)).collect();
    let source = match names.as_slice() {
        [] => source,
        names => source.words(format!(" {} has a setter for each variable of the address.", names.join(" or "))),
    };
    Base {
        method_name,
        addresses,
        servers,
        docs: document(Docs::line("Sets the base URL."), &stated_docs).text(source),
        urls,
        default,
    }
}

/// The servers of a list as variants of an enum, where there are several and each has a whole URL.
fn variants(stated: &[api::Server], report: &mut Report) -> Option<Vec<ServerVariant>> {
    let urls: Vec<String> = stated.iter().filter_map(api::Server::url).collect();
    if stated.len() < 2 || urls.len() < stated.len() {
        return None;
    }
    let contenders = stated.iter().zip(&urls).map(|(stated, url)| {
        let text = stated.name.as_ref().or(stated.docs.description.as_ref()).unwrap_or(url);
        let own = companion_name(&type_name(text), &type_name(url));
        (Contender::of(text, type_name).or([own]), stated.name_span.unwrap_or(stated.span))
    });
    let names = report.told_apart(&contenders.collect::<Vec<_>>(), &[]);
    let variants = stated.iter().zip(urls).zip(names).map(|((stated, url), name)| {
        let docs = document(Docs::default(), &stated_docs::of(&stated.docs));
        ServerVariant { name, docs: docs.text(Text::of_code(&url)), url }
    });
    Some(variants.collect())
}
