//! Responses: success and error apart, a variant per documented status.

use openapiv3::{ReferenceOr, Response, StatusCode};

use super::bodies::kind;
use super::context::{Hint, Lowering};
use super::found::Found;
use super::located::{At, Facets, Link, SchemaAt};
use super::{behaviour, located, schemas, texts};
use crate::document::Node;
use crate::ir::{MediaKind, OutcomeRule, Reply, Status, TypeRef};
use crate::names::{Scope, status_name};

/// The documented responses of an operation.
pub struct Replies {
    /// 2xx, ordered by status.
    pub successes: Vec<Reply>,
    /// Everything else, ordered by status; ranges and `default` last.
    pub errors: Vec<Reply>,
    /// What `x-specie-outcome` says, ordered by status.
    pub outcomes: Vec<OutcomeRule>,
}

/// A response where it stands.
struct Stated<'a> {
    status: Status,
    response: &'a Response,
    node: &'a Node,
}

/// Lowers the responses of an operation.
pub fn replies<'a>(lowering: &mut Lowering<'a>, found: &Found<'a>, hint: &Hint) -> Replies {
    let mut stated = stated(lowering, found);
    stated.sort_by_key(|reply| reply.status);
    let outcomes = stated.iter().filter_map(|reply| behaviour::stated_outcome(reply.status, reply.node)).collect();
    let (successes, errors): (Vec<_>, Vec<_>) = stated.into_iter().partition(|reply| is_success(reply.status));
    let several = successes.len() > 1;
    // Where nothing but `default` is documented, it is what success looks like too.
    let default_only =
        successes.is_empty() && errors.len() == 1 && errors.iter().all(|reply| reply.status == Status::Default);
    if default_only {
        let successes = lower(lowering, errors, hint, false);
        return Replies { successes, errors: Vec::new(), outcomes };
    }
    let successes = lower(lowering, successes, hint, several);
    let errors = lower(lowering, errors, hint, true);
    Replies { successes, errors, outcomes }
}

/// How many parts the responses of an operation are, with their headers and texts.
pub fn parts<'a>(lowering: &Lowering<'a>, found: &Found<'a>) -> usize {
    let responses = &found.at.value.responses;
    let nodes = found.at.node.get("responses").into_iter().flat_map(Node::entries);
    let stated = responses.responses.values().chain(&responses.default);
    let resolved = stated.zip(nodes).filter_map(|(response, (_, node))| resolve(lowering, response, node));
    let headers = |node: &Node| {
        node.get("headers").into_iter().flat_map(Node::entries).map(|(_, node)| 1 + texts::bulk(node)).sum::<usize>()
    };
    resolved.map(|at| 1 + texts::bulk(at.node) + headers(at.node)).sum()
}

fn stated<'a>(lowering: &mut Lowering<'a>, found: &Found<'a>) -> Vec<Stated<'a>> {
    let responses = &found.at.value.responses;
    let node = found.at.node.get("responses").unwrap_or(found.at.node);
    let mut all = Vec::new();
    for (code, response) in &responses.responses {
        let key = code.to_string();
        let node = node.get(&key).or_else(|| node.get(&key.to_ascii_lowercase())).unwrap_or(node);
        let status = match code {
            StatusCode::Code(code) => Status::Code(*code),
            StatusCode::Range(range) => Status::Range(u8::try_from(*range).unwrap_or_default()),
        };
        if matches!(status, Status::Code(100..=199) | Status::Range(1)) {
            lowering.report.interim_response(&key, node);
            continue;
        }
        all.extend(resolve(lowering, response, node).map(|at| Stated { status, response: at.value, node: at.node }));
    }
    if let Some(response) = &responses.default {
        let node = node.get("default").unwrap_or(node);
        all.extend(resolve(lowering, response, node).map(|at| Stated {
            status: Status::Default,
            response: at.value,
            node: at.node,
        }));
    }
    all
}

fn resolve<'a>(
    lowering: &Lowering<'a>,
    response: &'a ReferenceOr<Response>,
    node: &'a Node,
) -> Option<At<'a, Response>> {
    match response {
        ReferenceOr::Item(response) => Some(At::new(response, node)),
        ReferenceOr::Reference { reference } => {
            let components = lowering.document.api.components.as_ref()?;
            located::component(&lowering.document.root, "responses", &components.responses, reference)
        }
    }
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}

fn lower<'a>(lowering: &mut Lowering<'a>, stated: Vec<Stated<'a>>, hint: &Hint, named: bool) -> Vec<Reply> {
    let mut scope = Scope::default();
    let mut replies = Vec::new();
    for reply in stated {
        not_generated(lowering, &reply);
        let variant = scope.claim(&status_name(reply.status)).name;
        let suffix = if named { variant.clone() } else { "Response".to_owned() };
        let body = body(lowering, &reply, &hint.part(&suffix, &suffix));
        replies.push(Reply {
            status: reply.status,
            variant,
            body,
            docs: texts::docs(reply.node),
            headers: headers(&reply),
        });
    }
    replies
}

/// Parts of a response that have no type.
fn not_generated(lowering: &mut Lowering<'_>, reply: &Stated<'_>) {
    let parts = [
        ("headers", "response headers", "read them by name, through `detailed()`"),
        ("links", "links", "the operation that a link names can be called as it is"),
    ];
    for (key, what, help) in parts {
        if let Some((key, _)) = reply.node.entry(key) {
            lowering.report.not_generated(what, key.place, help);
        }
    }
}

/// The body of a response: JSON where there is a choice; `None` where there is none.
fn body<'a>(lowering: &mut Lowering<'a>, reply: &Stated<'a>, hint: &Hint) -> Option<(MediaKind, String, TypeRef)> {
    let content = reply.node.get("content").unwrap_or(reply.node);
    let stated = &reply.response.content;
    let json = stated.iter().find(|(name, _)| kind(name) == Some(MediaKind::Json));
    let (name, media) =
        json.or_else(|| stated.iter().find(|(name, _)| kind(name).is_some())).or_else(|| stated.first())?;
    let node = content.get(name).unwrap_or(content);
    for other in stated.keys().filter(|other| *other != name) {
        lowering.report.further_media_type(other, name, content.get(other).unwrap_or(content));
    }
    let kind = match kind(name) {
        Some(MediaKind::Form) | None => {
            lowering.report.response_as_bytes(name, node);
            MediaKind::Bytes
        }
        Some(kind) => kind,
    };
    let ty = match kind {
        MediaKind::Text => TypeRef::String,
        MediaKind::Bytes | MediaKind::Form => TypeRef::Base64,
        MediaKind::Json => json_body(lowering, media, node, hint),
    };
    Some((kind, name.clone(), ty))
}

fn json_body<'a>(lowering: &mut Lowering<'a>, media: &'a openapiv3::MediaType, node: &'a Node, hint: &Hint) -> TypeRef {
    let Some(schema) = &media.schema else {
        lowering.untyped(hint, "the response has no schema");
        return TypeRef::Json;
    };
    let at = SchemaAt::of(At::new(schema, node.get("schema").unwrap_or(node)));
    if let Some(name) = bare_object(lowering, at) {
        lowering.untyped(hint, name);
        return TypeRef::JsonObject;
    }
    schemas::schema(lowering, at, hint).element()
}

/// An object without properties as a whole body: whatever comes is kept.
fn bare_object<'a>(lowering: &Lowering<'a>, at: SchemaAt<'a>) -> Option<&'static str> {
    let Link::Inline(schema) = at.link else { return None };
    let facets = Facets::of(schema, at.node);
    let bare = facets.kind == Some("object")
        && facets.properties.is_empty()
        && facets.all_of.is_empty()
        && facets.branches.is_empty();
    let free = matches!(
        facets.additional,
        super::located::Additional::Unstated | super::located::Additional::Free | super::located::Additional::None
    );
    (bare && free && lowering.facets(at).is_some()).then_some("a response body without stated properties")
}

fn headers(reply: &Stated<'_>) -> Vec<(String, crate::ir::Docs)> {
    let Some(headers) = reply.node.get("headers") else {
        return Vec::new();
    };
    headers.entries().map(|(name, node)| (name.text().to_owned(), texts::docs(node))).collect()
}
