//! Security: which credentials are enough.

mod keys;
mod schemes;

use specie_codegen::api::{Api, Operation, Requirement, SchemeId, SecurityScheme};
use specie_codegen::source::Span;

use crate::collect::Collector;
use crate::document_location::{Documents, Site};
use crate::{Edit, Relation, Rule};
pub(crate) use keys::{api_keys, key_of};

/// Compares the alternatives of two operations, each with its API keys. Credentials that were enough have to be enough.
pub(crate) fn compare(
    documents: &Documents<'_>,
    (old, old_keys): (&Operation, &[&SecurityScheme]),
    (new, new_keys): (&Operation, &[&SecurityScheme]),
    site: &Site,
    found: &mut Collector<'_>,
) {
    let Documents { old: one, new: other } = *documents;
    let is_unknown = |api: &Api, operation: &Operation| {
        operation.security_span.is_some_and(|at| api.undeclared_security.contains(&at))
    };
    match (is_unknown(one, old), is_unknown(other, new)) {
        (false, false) => {}
        (true, true) => return,
        _ => {
            let edit = Edit::new(Rule::SecurityUndeclared, Relation::UNKNOWN, old.security_span, new.security_span);
            found.edit(&site.at("security"), edit);
            return;
        }
    }
    let ones = alternatives(one, old, new_keys);
    let others = alternatives(other, new, old_keys);
    let satisfies_new = |given: &Alternative<'_>, wanted: &Alternative<'_>| is_enough((given, one), (wanted, other));
    let satisfies_old = |given: &Alternative<'_>, wanted: &Alternative<'_>| is_enough((given, other), (wanted, one));
    for alternative in ones.iter().filter(|one| !others.iter().any(|other| satisfies_new(one, other))) {
        let edit = Edit::new(Rule::SecurityRemoved, Relation::NARROWS, alternative.span(old), stated(new));
        found.edit(
            &site.at("security"),
            edit.about(alternative.text()).values(Some(texts(&ones)), Some(texts(&others))),
        );
    }
    for alternative in others.iter().filter(|other| !ones.iter().any(|one| satisfies_old(other, one))) {
        let edit = Edit::new(Rule::SecurityAdded, Relation::WIDENS, stated(old), alternative.span(new));
        found.edit(
            &site.at("security"),
            edit.about(alternative.text()).values(Some(texts(&ones)), Some(texts(&others))),
        );
    }
    for (scheme, now) in shared((&ones, one), (&others, other)) {
        schemes::compare(scheme, now, site, found);
    }
}

/// Where the alternatives of an operation stand. Those of the whole document, and the lack of any, are the same for all operations, so that
/// their change is one.
fn stated(operation: &Operation) -> Option<Span> {
    operation.security.first().map(|first| first.span.key).or(operation.security_span)
}

/// Credentials that are enough together.
struct Alternative<'a> {
    schemes: Vec<(&'a SecurityScheme, &'a [String])>,
    requirement: Option<&'a Requirement>,
}

impl Alternative<'_> {
    fn span(&self, operation: &Operation) -> Option<Span> {
        self.requirement.map(|stated| stated.span.key).or(operation.security_span)
    }

    fn text(&self) -> String {
        let scheme = |(scheme, scopes): &(&SecurityScheme, &[String])| {
            if scopes.is_empty() { scheme.key.clone() } else { format!("{} ({})", scheme.key, scopes.join(", ")) }
        };
        let all: Vec<String> = self.schemes.iter().map(scheme).collect();
        if all.is_empty() { "no credentials".to_owned() } else { all.join(" and ") }
    }
}

/// All alternatives of an operation.
fn texts(all: &[Alternative<'_>]) -> String {
    all.iter().map(Alternative::text).collect::<Vec<_>>().join(" or ")
}

/// The alternatives of an operation, each with its required parameters that the other document has among its API keys.
fn alternatives<'a>(api: &'a Api, operation: &'a Operation, keys: &[&'a SecurityScheme]) -> Vec<Alternative<'a>> {
    let required = operation.parameters.iter().filter(|parameter| parameter.required);
    let sent: Vec<(&SecurityScheme, &[String])> =
        required.filter_map(|parameter| Some((key_of(parameter, keys)?, [].as_slice()))).collect();
    if operation.security.is_empty() {
        return vec![Alternative { schemes: sent, requirement: None }];
    }
    let scheme = |(id, scopes): &'a (SchemeId, Vec<String>)| Some((api.security_scheme(*id)?, scopes.as_slice()));
    let stated = operation.security.iter().map(|requirement| Alternative {
        schemes: requirement.schemes.iter().filter_map(scheme).chain(sent.iter().copied()).collect(),
        requirement: Some(requirement),
    });
    stated.collect()
}

/// Whether credentials that satisfy an alternative of one document satisfy one of the other document, each with its document.
fn is_enough(given: (&Alternative<'_>, &Api), wanted: (&Alternative<'_>, &Api)) -> bool {
    let is_same = |one: &SecurityScheme, other: &SecurityScheme| is_one((one, given.1), (other, wanted.1));
    let has = |(scheme, scopes): &(&SecurityScheme, &[String])| {
        given.0.schemes.iter().any(|(one, held)| is_same(one, scheme) && has_scopes((one, held), (scheme, scopes)))
    };
    wanted.0.schemes.iter().all(has)
}

/// Whether the scopes that are held include those that are wanted. The scopes of two kinds of schemes are not compared: that the kind changed
/// is a finding of its own.
fn has_scopes((one, held): (&SecurityScheme, &[String]), (other, wanted): (&SecurityScheme, &[String])) -> bool {
    !schemes::same_kind(&one.kind, &other.kind) || wanted.iter().all(|scope| held.contains(scope))
}

/// Whether two schemes are one, each with its document: it has the same name, or is the same under another one, or travels in the same
/// header. What a name stands for counts more than the name: where two schemes exchange their names, each is the one with what it was.
fn is_one((one, api): (&SecurityScheme, &Api), (other, other_api): (&SecurityScheme, &Api)) -> bool {
    if one.key == other.key {
        return schemes::are_same(one, other)
            || !has_moved((one, api), other_api) && !has_moved((other, other_api), api);
    }
    let is_renamed = named(other_api, &one.key).is_none() && named(api, &other.key).is_none();
    is_renamed && schemes::may_be_same(&one.kind, &other.kind) || is_moved((one, api), (other, other_api))
}

/// The scheme of a name.
fn named<'a>(api: &'a Api, key: &str) -> Option<&'a SecurityScheme> {
    api.security_schemes.iter().find(|scheme| scheme.key == key)
}

/// Whether a scheme of one document is in another one under another name.
fn has_moved(one: (&SecurityScheme, &Api), other_api: &Api) -> bool {
    other_api.security_schemes.iter().any(|other| other.key != one.0.key && is_moved(one, (other, other_api)))
}

/// Whether a scheme has another name in another document, in which its own name stands for none or for another one, and the reverse.
fn is_moved((one, api): (&SecurityScheme, &Api), (other, other_api): (&SecurityScheme, &Api)) -> bool {
    let is_free = |api: &Api, scheme: &SecurityScheme| {
        named(api, &scheme.key).is_none_or(|named| !schemes::are_same(named, scheme))
    };
    schemes::are_same(one, other) && is_free(other_api, one) && is_free(api, other)
}

/// The schemes that both operations use. Of several that a renamed one may be, it is the one with the same addresses.
fn shared<'a>(
    (ones, api): (&[Alternative<'a>], &Api),
    (others, other_api): (&[Alternative<'a>], &Api),
) -> Vec<(&'a SecurityScheme, &'a SecurityScheme)> {
    let now = used(others);
    let both = |one: &'a SecurityScheme| {
        let same = now.iter().copied().filter(|other| is_one((one, api), (other, other_api)));
        let is_alike = |other: &SecurityScheme| {
            let is_same_kind = schemes::same_kind(&one.kind, &other.kind);
            (is_same_kind && schemes::same_addresses(one, other), is_same_kind)
        };
        // Of several that are as much alike, it is the first one.
        let nearest = same.rev().max_by_key(|other| is_alike(other))?;
        Some((one, nearest))
    };
    used(ones).into_iter().filter_map(both).collect()
}

/// The schemes of all alternatives, each once.
fn used<'a>(alternatives: &[Alternative<'a>]) -> Vec<&'a SecurityScheme> {
    let mut found: Vec<&SecurityScheme> = Vec::new();
    for (scheme, _) in alternatives.iter().flat_map(|one| &one.schemes) {
        if found.iter().all(|known| known.key != scheme.key) {
            found.push(scheme);
        }
    }
    found
}
