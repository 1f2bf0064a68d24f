//! Links: what a response says can be called next, and with which values (OpenAPI 3.2.0, Link Object).

use specie_codegen::api::{Api, Link, LinkTarget, Operation, Response};
use specie_codegen::pointer;

use crate::collect::Collector;
use crate::document_location::{Documents, Site, label, nameless};
use crate::{Edit, Relation, Rule};

/// Compares the links of two responses. That there is one is no promise that the call succeeds, so what comes or goes breaks nobody; which
/// values another one gives is for a person to judge.
pub(crate) fn compare(
    documents: &Documents<'_>,
    (old, new): (&Response, &Response),
    site: &Site,
    found: &mut Collector<'_>,
) {
    let find = |all: &'_ [Link], name: &str| all.iter().position(|link| link.name == name);
    let edit = |one: Option<&Link>, other: Option<&Link>, relation| {
        let at = |link: Option<&Link>, response: &Response| Some(link.map_or(response.span, |link| link.span));
        Edit::new(Rule::LinkChanged, relation, at(one, old), at(other, new))
    };
    for one in &old.links {
        let other = find(&new.links, &one.name).and_then(|at| new.links.get(at));
        let (before, after) = (Call::of(documents.old, one), other.map(|other| Call::of(documents.new, other)));
        let relation = if after.is_some() { Relation::UNKNOWN } else { Relation::SAME };
        if after.as_ref().is_none_or(|after| !before.is_same(after)) {
            let values = (Some(before.text()), after.as_ref().map(Call::text));
            found.edit(site, edit(Some(one), other, relation).about(&*one.name).values(values.0, values.1));
        }
    }
    for other in new.links.iter().filter(|other| find(&old.links, &other.name).is_none()) {
        let after = Call::of(documents.new, other).text();
        found.edit(site, edit(None, Some(other), Relation::SAME).about(&*other.name).values(None, Some(after)));
    }
}

/// What a link calls.
struct Call {
    /// The operation, as findings call it, or else as the document does.
    target: String,
    /// What it sends, each value with where it goes.
    sent: Vec<String>,
    /// The same, with the places of parameters.
    placed: Vec<String>,
}

impl Call {
    fn of(api: &Api, link: &Link) -> Self {
        let stated = || match &link.target {
            LinkTarget::Id(text) | LinkTarget::Reference(text) => text.clone(),
        };
        let called = operation(api, &link.target);
        let target = called.map_or_else(stated, label);
        let sent = |name: &dyn Fn(&str) -> String| {
            let parameters =
                link.parameters.iter().map(|(key, value)| format!("{} = {}", name(key), value.plain_text()));
            let body = link.request_body.iter().map(|body| format!("body = {}", body.plain_text()));
            let server = link.server.iter().map(|server| format!("at {}", server.template));
            let mut sent: Vec<String> = parameters.chain(body).chain(server).collect();
            sent.sort();
            sent
        };
        let placed = |name: &str| called.and_then(|one| placed(one, name)).unwrap_or_else(|| name.to_owned());
        Self { target, sent: sent(&str::to_owned), placed: sent(&placed) }
    }

    fn is_same(&self, other: &Self) -> bool {
        let sends_the_same = self.sent == other.sent || self.placed == other.placed;
        nameless(&self.target) == nameless(&other.target) && sends_the_same
    }

    fn text(&self) -> String {
        [&self.target].into_iter().chain(&self.sent).cloned().collect::<Vec<_>>().join(", ")
    }
}

/// The name of a parameter with its place, as a link may write it as well: `path.id` for `id`; `None` where several or none have the name.
fn placed(operation: &Operation, name: &str) -> Option<String> {
    let mut all = operation.parameters.iter().filter(|one| one.name == name);
    let one = all.next().filter(|_| all.next().is_none())?;
    Some(format!("{}.{name}", one.place.words()))
}

/// The operation of the document that a link names.
fn operation<'a>(api: &'a Api, target: &LinkTarget) -> Option<&'a Operation> {
    match target {
        LinkTarget::Id(id) => api.operations.iter().find(|one| one.id.as_ref() == Some(id)),
        LinkTarget::Reference(place) => {
            let (path, method) = place.strip_prefix("#/paths/")?.split_once('/')?;
            let path = pointer::unescape(path);
            api.operations.iter().find(|one| one.path() == path && one.method.as_str().eq_ignore_ascii_case(method))
        }
    }
}
