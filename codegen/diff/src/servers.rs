//! Servers.

use specie_codegen::api::{Api, Operation, Server, Variable};

use crate::collect::Collector;
use crate::site::{Documents, Site};
use crate::{Answer, Edit, Relation, Rule};

/// Compares the addresses that two operations are sent to. Whether an address that is not listed still answers, no document says.
pub(crate) fn compare(
    documents: &Documents<'_>,
    old: &Operation,
    new: &Operation,
    site: &Site,
    found: &mut Collector<'_>,
) {
    let (ones, others) = (servers(documents.old, old), servers(documents.new, new));
    let site = site.at("servers");
    let has = |all: &[Server], one: &Server| all.iter().any(|other| covers(other, one));
    for one in ones.iter().filter(|one| !has(others, one)) {
        let relation = Relation::new(Answer::Unknown, Answer::Yes);
        found.edit(&site, Edit::new(Rule::ServerRemoved, relation, Some(one.span), None).about(&*one.template));
    }
    for other in others.iter().filter(|other| !has(ones, other)) {
        let relation = Relation::new(Answer::Yes, Answer::Unknown);
        found.edit(&site, Edit::new(Rule::ServerAdded, relation, None, Some(other.span)).about(&*other.template));
    }
}

fn servers<'a>(api: &'a Api, operation: &Operation) -> &'a [Server] {
    api.server_list(operation.servers).map_or(&[], |list| &list.servers)
}

/// Whether a server has each address that another one has, by its template without a slash at the end, and the same one by default.
fn covers(whole: &Server, part: &Server) -> bool {
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
