//! Responses: success and error apart, a variant per documented status.

use openapiv3::{ReferenceOr, Response, StatusCode};

use super::bodies::kind;
use super::context::{Hint, Lowering};
use super::found::Found;
use super::located::{At, Link, SchemaAt};
use super::{behaviour, located, schemas, texts};
use crate::document;
use crate::ir::{MediaKind, OutcomeRule, Reply, Status, TypeRef};
use crate::names::Scope;
use crate::syntax::Node;

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
    let stated = in_place(found).into_iter();
    let resolved = stated.filter_map(|(_, response, node)| resolve(lowering, response, node));
    let headers = |node: &Node| {
        node.get("headers").into_iter().flat_map(Node::entries).map(|(_, node)| 1 + texts::bulk(node)).sum::<usize>()
    };
    resolved.map(|at| 1 + texts::bulk(at.node) + headers(at.node)).sum()
}

/// The responses of an operation as they stand there, each with its own node, however its status is spelled.
fn in_place<'a>(found: &Found<'a>) -> Vec<(Status, &'a ReferenceOr<Response>, &'a Node)> {
    let responses = &found.at.value.responses;
    let entries = found.at.node.get("responses").into_iter().flat_map(Node::entries);
    let nodes: Vec<_> = entries.filter_map(|(key, node)| Some((status(key.text())?, node))).collect();
    let all = responses.responses.iter().map(|(code, response)| (of_code(code), response));
    let all = all.chain(responses.default.iter().map(|response| (Status::Default, response)));
    let own = |wanted| nodes.iter().find(|(status, _)| *status == wanted).map(|(_, node)| *node);
    all.filter_map(|(status, response)| Some((status, response, own(status)?))).collect()
}

/// The status that a key of `responses` means.
fn status(key: &str) -> Option<Status> {
    if key == "default" { Some(Status::Default) } else { document::status(key).as_ref().map(of_code) }
}

fn of_code(code: &StatusCode) -> Status {
    match code {
        StatusCode::Code(code) => Status::Code(*code),
        StatusCode::Range(range) => Status::Range(u8::try_from(*range).unwrap_or_default()),
    }
}

fn stated<'a>(lowering: &mut Lowering<'a>, found: &Found<'a>) -> Vec<Stated<'a>> {
    let mut all = Vec::new();
    for (status, response, node) in in_place(found) {
        if matches!(status, Status::Code(100..=199) | Status::Range(1)) {
            lowering.report.interim_response(&behaviour::key(status), node);
            continue;
        }
        all.extend(resolve(lowering, response, node).map(|at| Stated { status, response: at.value, node: at.node }));
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
            let components = lowering.resolved.document.api.components.as_ref()?;
            located::component(&lowering.resolved.root, "responses", &components.responses, reference)
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
        let variant = scope.claim(&variant(reply.status)).name;
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
            lowering.report.not_generated(what, key.span, help);
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
    let schema = media.schema.as_ref().zip(node.get("schema"));
    let Some(at) = schema.and_then(|(schema, node)| lowering.schema_at(schema, node)) else {
        lowering.untyped(hint, "the response has no schema");
        return TypeRef::Json;
    };
    if let Some(name) = bare_object(lowering, at) {
        lowering.untyped(hint, name);
        return TypeRef::JsonObject;
    }
    schemas::schema(lowering, at, hint).element()
}

/// An object without properties as a whole body: whatever comes is kept.
fn bare_object<'a>(lowering: &Lowering<'a>, at: SchemaAt<'a>) -> Option<&'static str> {
    let Link::Inline(id) = at.link else { return None };
    let facets = lowering.facets_of(id, at.node);
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

/// A status's variant name: the reason phrase of RFC 9110 section 15.
fn variant(status: Status) -> String {
    match status {
        Status::Default => "Default".to_owned(),
        Status::Range(2) => "Success".to_owned(),
        Status::Range(3) => "Redirection".to_owned(),
        Status::Range(4) => "ClientError".to_owned(),
        Status::Range(5) => "ServerError".to_owned(),
        Status::Range(other) => format!("Status{other}xx"),
        Status::Code(code) => REASONS
            .iter()
            .find(|(known, _)| *known == code)
            .map_or_else(|| format!("Status{code}"), |(_, reason)| (*reason).to_owned()),
    }
}

/// Reason phrases as names.
const REASONS: &[(u16, &str)] = &[
    (200, "Ok"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "NonAuthoritativeInformation"),
    (204, "NoContent"),
    (205, "ResetContent"),
    (206, "PartialContent"),
    (207, "MultiStatus"),
    (300, "MultipleChoices"),
    (301, "MovedPermanently"),
    (302, "Found"),
    (303, "SeeOther"),
    (304, "NotModified"),
    (307, "TemporaryRedirect"),
    (308, "PermanentRedirect"),
    (400, "BadRequest"),
    (401, "Unauthorized"),
    (402, "PaymentRequired"),
    (403, "Forbidden"),
    (404, "NotFound"),
    (405, "MethodNotAllowed"),
    (406, "NotAcceptable"),
    (407, "ProxyAuthenticationRequired"),
    (408, "RequestTimeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "LengthRequired"),
    (412, "PreconditionFailed"),
    (413, "PayloadTooLarge"),
    (414, "UriTooLong"),
    (415, "UnsupportedMediaType"),
    (416, "RangeNotSatisfiable"),
    (417, "ExpectationFailed"),
    (418, "ImATeapot"),
    (421, "MisdirectedRequest"),
    (422, "UnprocessableEntity"),
    (423, "Locked"),
    (424, "FailedDependency"),
    (425, "TooEarly"),
    (426, "UpgradeRequired"),
    (428, "PreconditionRequired"),
    (429, "TooManyRequests"),
    (431, "RequestHeaderFieldsTooLarge"),
    (451, "UnavailableForLegalReasons"),
    (500, "InternalServerError"),
    (501, "NotImplemented"),
    (502, "BadGateway"),
    (503, "ServiceUnavailable"),
    (504, "GatewayTimeout"),
    (505, "HttpVersionNotSupported"),
    (507, "InsufficientStorage"),
    (511, "NetworkAuthenticationRequired"),
];
