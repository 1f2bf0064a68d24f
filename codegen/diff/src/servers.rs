//! Servers.

use std::borrow::Cow;
use std::collections::BTreeSet;

use specie_codegen::api::{Api, Operation, Server, Variable};

use crate::address::normal;
use crate::collect::Collector;
use crate::document_location::{Documents, Site, nameless};
use crate::{Answer, Edit, Relation, Rule};

/// Compares the addresses that two operations are sent to. Whether an address that is not listed still answers, no document says.
pub(crate) fn compare(
    documents: &Documents<'_>,
    old: &Operation,
    new: &Operation,
    site: &Site,
    found: &mut Collector<'_>,
) {
    if are_same(documents, old, new) {
        return;
    }
    let (ones, others) = (servers(documents.old, old), servers(documents.new, new));
    let site = site.at("servers");
    let has = |all: &[Server], one: &Server| all.iter().any(|other| covers(other, one)) || are_listed(all, one);
    for one in ones.iter().filter(|one| !has(others, one)) {
        let relation = Relation::new(Answer::Unknown, Answer::Yes);
        let edit = Edit::new(Rule::ServerRemoved, relation, Some(one.span), None).about(&*one.template);
        found.edit(&site, edit.values(variables(one), same_template(others, one).and_then(variables)));
    }
    for other in others.iter().filter(|other| !has(ones, other)) {
        let relation = Relation::new(Answer::Yes, Answer::Unknown);
        let edit = Edit::new(Rule::ServerAdded, relation, None, Some(other.span)).about(&*other.template);
        found.edit(&site, edit.values(same_template(ones, other).and_then(variables), variables(other)));
    }
}

/// Whether two operations are sent to the same addresses, wherever each document divides these into servers and paths.
pub(crate) fn are_same(documents: &Documents<'_>, old: &Operation, new: &Operation) -> bool {
    let with_variables = |api: &Api, operation: &Operation| {
        let variables = |server: &Server| server.variables.iter().map(written).collect::<Vec<_>>();
        let all = servers(api, operation).iter().map(settled).filter(|server| !server.variables.is_empty());
        all.map(|server| (whole(&server.template, operation), variables(&server))).collect::<BTreeSet<_>>()
    };
    addresses(documents.old, old) == addresses(documents.new, new)
        && with_variables(documents.old, old) == with_variables(documents.new, new)
}

/// The addresses that an operation is sent to, without the names of what varies in them. Where no server is listed, it is `/` (OpenAPI 3.2.0,
/// OpenAPI Object).
pub(crate) fn addresses(api: &Api, operation: &Operation) -> BTreeSet<String> {
    let listed: BTreeSet<String> =
        servers(api, operation).iter().map(|server| whole(&settled(server).template, operation)).collect();
    if listed.is_empty() { BTreeSet::from([whole("/", operation)]) } else { listed }
}

/// The address of a server with the path of an operation behind it.
fn whole(server: &str, operation: &Operation) -> String {
    nameless(&format!("{}{}", server.trim_end_matches('/'), operation.path()))
}

/// A server as it is compared: a variable with a single value says no more than this value in its place.
fn settled(server: &Server) -> Cow<'_, Server> {
    let is_single = |one: &Variable| matches!(one.values.as_slice(), [only] if *only == one.default);
    let mut template = server.template.clone();
    for one in server.variables.iter().filter(|one| is_single(one)) {
        template = template.replace(&format!("{{{}}}", one.name), &one.default);
    }
    let template = normal(&template);
    if template == server.template {
        return Cow::Borrowed(server);
    }
    let variables = server.variables.iter().filter(|one| !is_single(one)).cloned().collect();
    Cow::Owned(Server { template, variables, ..server.clone() })
}

fn servers<'a>(api: &'a Api, operation: &Operation) -> &'a [Server] {
    api.server_list(operation.servers).map_or(&[], |list| &list.servers)
}

/// The server that differs in its variables alone.
fn same_template<'a>(all: &'a [Server], one: &Server) -> Option<&'a Server> {
    all.iter().find(|other| other.template == one.template)
}

/// The variables of a server, each with its default and its other values: `region = eu or us`.
fn variables(server: &Server) -> Option<String> {
    let all: Vec<String> = server.variables.iter().map(|one| format!("{} = {}", one.name, written(one))).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// The default of a variable and its other values.
fn written(variable: &Variable) -> String {
    let others = variable.values.iter().filter(|value| **value != variable.default).map(String::as_str);
    let others: Vec<&str> = if variable.values.is_empty() { vec!["any text"] } else { others.collect() };
    [variable.default.as_str()].into_iter().chain(others).collect::<Vec<_>>().join(" or ")
}

/// Whether a server has each address that another one has, by its template without a slash at the end, and the same one by default.
fn covers(whole: &Server, part: &Server) -> bool {
    covers_as_written(whole, part) || covers_as_written(&settled(whole), &settled(part))
}

/// Whether all addresses of a server are listed in the other form: one by one, or by the values of variables.
fn are_listed(all: &[Server], one: &Server) -> bool {
    let is_written_out = settled(one).variables.is_empty();
    let others = all.iter().map(settled).filter(|other| other.variables.is_empty() != is_written_out);
    let listed: BTreeSet<String> = others.filter_map(|other| written_out(&other)).flatten().collect();
    written_out(&settled(one)).is_some_and(|own| own.iter().all(|address| listed.contains(address)))
}

/// How many addresses of a server are written out.
const MOST: usize = 64;

/// Each address that a server has by the values of its variables; `None` where these are too many or not listed.
fn written_out(server: &Server) -> Option<Vec<String>> {
    let mut found = vec![server.template.trim_end_matches('/').to_owned()];
    for variable in &server.variables {
        if variable.values.is_empty() || found.len() * variable.values.len() > MOST {
            return None;
        }
        let name = format!("{{{}}}", variable.name);
        let of =
            |address: &String| variable.values.iter().map(|value| address.replace(&name, value)).collect::<Vec<_>>();
        found = found.iter().flat_map(of).collect();
    }
    Some(found)
}

fn covers_as_written(whole: &Server, part: &Server) -> bool {
    let template = |server: &'_ Server| server.template.trim_end_matches('/').to_owned();
    let covered = |one: &Variable| {
        whole.variables.iter().any(|other| {
            let is_free = other.values.is_empty();
            let has_all = !one.values.is_empty() && one.values.iter().all(|value| other.values.contains(value));
            other.name == one.name && other.default == one.default && (is_free || has_all)
        })
    };
    template(whole) == template(part)
        && whole.variables.len() == part.variables.len()
        && part.variables.iter().all(covered)
}
