//! Servers.

use std::collections::BTreeMap;

use specie_codegen::api::{Api, Operation, Server};

use crate::collect::{Collector, Site};
use crate::operations::Documents;
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
    let has = |all: &[Server], one: &Server| all.iter().any(|other| address(other) == address(one));
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

/// An address with what may stand for its variables, without a slash at its end.
fn address(server: &Server) -> (&str, BTreeMap<&str, &str>) {
    let variables = server.variables.iter().map(|variable| (variable.name.as_str(), variable.default.as_str()));
    (server.template.trim_end_matches('/'), variables.collect())
}
