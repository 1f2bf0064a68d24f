//! Links of responses: what they make of a request and its response, as far as the types hold it.

mod link_arguments;

use super::bodies::payloads::Payload;
use super::diagnostics::Report;
use super::docs::operation_docs;
use super::docs::paragraphs::summary;
use super::members::{Member, MemberSource, OperationMembers};
use super::stated_docs;
use super::types::analysis::TypeAnalysis;
use super::value_paths::{self, Unreachable};
use crate::api::{self, LinkTarget, Status, Value};
use crate::diagnostic::Diagnostics;
use crate::names::{Contender, value_name};
use crate::pointer;
use crate::rust::{
    Docs, Item, Link, LinkField, LinkSource, LinkValue, OperationId, Paragraph, Presence, Text, Type, ValuePath,
    fixed_modules,
};
use crate::source::{Span, Target};
use link_arguments::Maker;

/// The links of an API.
pub(super) struct Links {
    /// Those that the types hold, ordered by name.
    pub(super) functions: Vec<Link>,
    /// What the documentation of each operation says of all that it has.
    pub(super) documented: Vec<Vec<Text>>,
}

/// The links of all operations.
pub(super) fn links(
    analysis: &TypeAnalysis<'_>,
    types: &[Item],
    operations: &[OperationMembers<'_>],
) -> (Links, Diagnostics) {
    let (mut report, mut made) = (Report::default(), Vec::new());
    let mut lines: Vec<Vec<(Text, Option<usize>)>> = Vec::new();
    for (place, operation) in operations.iter().enumerate() {
        let (first, mut of_operation) = (made.len(), Vec::new());
        for response in &operation.signature.named.stated.responses {
            for link in &response.links {
                let text = Text::from("link ").code(&link.name).words(format!(" of {}: ", response.status));
                of_operation.push(match link_of((analysis, types), operations, (OperationId(place), response), link) {
                    Ok(function) => {
                        let one = Made { operation, status: response.status, stated: link, function };
                        (text, Some(place_of(&mut made, first, one)))
                    }
                    Err(reason) => {
                        report.link(&link.name, reason, link.span);
                        (text.and(described(link)), None)
                    }
                });
            }
        }
        lines.push(of_operation);
    }
    let names = report.told_apart(&made.iter().map(contender).collect::<Vec<_>>(), &[]);
    let (module, path) = (fixed_modules::LINKS.name(), fixed_modules::LINKS.below(analysis.root));
    let line = |(text, place): (Text, Option<usize>)| match place.and_then(|place| names.get(place)) {
        Some(name) => text.words(format!("[`{module}::{name}`]({path}::{name}).")),
        None => text,
    };
    let documented = lines.into_iter().map(|of| of.into_iter().map(line).collect()).collect();
    let functions = made.into_iter().zip(&names);
    let mut functions: Vec<Link> =
        functions.map(|(made, name)| Link { function: name.clone(), ..made.function }).collect();
    functions.sort_by(|one, other| one.function.cmp(&other.function));
    (Links { functions, documented }, report.diagnostics)
}

/// A link that the types hold, and what it makes.
struct Made<'a> {
    operation: &'a OperationMembers<'a>,
    status: Status,
    stated: &'a api::Link,
    function: Link,
}

/// Where a link stands among those of its operation, which begin at `first`; one that stands alike under several statuses has one place,
/// with the lowest of them.
fn place_of<'a>(all: &mut Vec<Made<'a>>, first: usize, one: Made<'a>) -> usize {
    let known = all.iter_mut().enumerate().skip(first).find(|(_, known)| known.function == one.function);
    if let Some((place, known)) = known {
        known.status = known.status.min(one.status);
        return place;
    }
    all.push(one);
    all.len() - 1
}

/// The function of a link: among several of one name, after its status.
fn contender(made: &Made<'_>) -> (Contender, Span) {
    let method = &made.operation.signature.named.method;
    let status = made.status.to_string().to_lowercase();
    let name = |link: &str| format!("{method}_{}", link.trim_start_matches("r#"));
    let own = format!("{method}_{status}_{}", value_name(&made.stated.name));
    (Contender::of(&made.stated.name, value_name).map(name).or([own]), made.stated.span)
}

/// What a link without a function says.
fn described(link: &api::Link) -> Text {
    let target = match &link.target {
        LinkTarget::Id(name) | LinkTarget::Reference(name) => name,
    };
    let given = link.parameters.iter().map(|(name, value)| {
        let value = value.plain_text();
        Text::of_code(name).words(" from ").code(&value)
    });
    let body = link.request_body.as_ref().map(|_| Text::from("a body"));
    let given = Text::joined(given.chain(body), ", ");
    let text = Text::of_code(target);
    let text = if given.0.is_empty() { text } else { text.words(" with ").and(given) };
    let purpose = summary(&stated_docs::of(&link.docs), Text::default());
    if purpose.0.is_empty() { text.words(".") } else { text.words(". ").and(purpose) }
}

/// What a link makes, but for its name.
fn link_of(
    (analysis, types): (&TypeAnalysis<'_>, &[Item]),
    all: &[OperationMembers<'_>],
    (of, response): (OperationId, &api::Response),
    link: &api::Link,
) -> Result<Link, Unreachable> {
    let operation = all.get(of.0).ok_or(NO_OPERATION)?;
    let to = target(all, &link.target)?;
    let target = all.get(to.0).ok_or(NO_OPERATION)?;
    if link.server.is_some() {
        return Err("it goes to another server");
    }
    let body = value_paths::body_of_status(analysis, operation, response.status);
    let maker = Maker { types: (analysis, types), operation, response: body.as_ref().map_err(|reason| *reason) };
    let mut given: Vec<(&Member, Option<LinkSource>)> = target.members.iter().map(|member| (member, None)).collect();
    let mut give = |place: Option<usize>, value: &Value, missing: Unreachable| -> Result<(), Unreachable> {
        let (field, source) = place.and_then(|place| given.get_mut(place)).ok_or(missing)?;
        *source = Some(maker.source(value, &field.ty)?);
        Ok(())
    };
    for (name, value) in &link.parameters {
        give(parameter(target, name), value, "it gives a parameter that the operation does not have")?;
    }
    for (place, value) in of_body(target, link)? {
        give(Some(place), value, "it gives a property that the body does not have")?;
    }
    let fields = given.into_iter().map(|(member, source)| field(&target.members, member, source));
    let fields: Vec<LinkField> = fields.collect::<Result<_, _>>()?;
    let is_optional = fields.iter().any(ends_function);
    Ok(assembled(analysis.root, ((of, operation), (to, target)), body.as_ref().ok(), link, (fields, is_optional)))
}

/// A field of the request that a link makes.
fn field(request: &[Member], member: &Member, source: Option<LinkSource>) -> Result<LinkField, Unreachable> {
    let has_closure = member.presence == Presence::Optional && source.as_ref().is_some_and(has_optional_way);
    let value = match (source, member.presence) {
        (Some(source), Presence::Required) if source.conversion.is_fallible() => LinkValue::Tried(source),
        (Some(source), Presence::Required) => LinkValue::Plain(source),
        (Some(source), Presence::Optional) if source.conversion.is_fallible() => LinkValue::Plain(source),
        (Some(source), Presence::Optional) => LinkValue::InSome(source),
        (Some(_), _) => return Err("it gives a value for a field that may be null"),
        (None, presence) if presence.is_required() => {
            return Err("it does not give everything that the operation requires");
        }
        (None, _) => LinkValue::Absent,
    };
    let closure = has_closure.then(|| closure_name(&member.name, request));
    Ok(LinkField { name: member.name.clone(), value, closure })
}

/// Whether the function ends without a request where the value of a field is not there.
fn ends_function(field: &LinkField) -> bool {
    let is_tried = matches!(field.value, LinkValue::Tried(_));
    is_tried || field.closure.is_none() && field.value.source().is_some_and(has_optional_way)
}

/// Whether the way to the value may end before it.
fn has_optional_way(source: &LinkSource) -> bool {
    source.path().is_some_and(ValuePath::is_optional)
}

/// What the closure for the value of a field is called: like the field, unless that is the name of what the function takes.
fn closure_name(field: &str, request: &[Member]) -> String {
    let mut name = field.to_owned();
    if matches!(field, "request" | "response") {
        name.push_str("_value");
        while request.iter().any(|other| other.name == name) {
            name.push('_');
        }
    }
    name
}

/// An operation with its id.
type Known<'a> = (OperationId, &'a OperationMembers<'a>);

fn assembled(
    root: &str,
    ((of_id, operation), (to_id, target)): (Known<'_>, Known<'_>),
    body: Option<&Type>,
    link: &api::Link,
    (fields, is_optional): (Vec<LinkField>, bool),
) -> Link {
    let paths = || fields.iter().filter_map(|field| field.value.source()?.path());
    let is_used = |of_response: bool| paths().any(|path| path.is_of_response == of_response);
    let stated_docs = stated_docs::of(&link.docs);
    let (from, to) = (&operation.signature.named.request, &target.signature.named.request);
    let of = format!(" of [`{from}`]({root}::{from}): makes [`{to}`]({root}::{to}).");
    let head = Text::from("The link ").code(&link.name).words(of);
    let docs = Docs::line(head).document(stated_docs.description.as_deref());
    let of_one = |name: &str, value: &Value| {
        let value = value.plain_text();
        Text::of_code(name).words(" is ").code(&value).words(".")
    };
    let in_body = match &link.request_body {
        Some(Value::Object(entries)) => entries.as_slice(),
        _ => &[],
    };
    let parameters = link.parameters.iter().map(|(name, value)| of_one(name, value));
    let given: Vec<Text> = parameters.chain(in_body.iter().map(|(name, value)| of_one(name, value))).collect();
    let docs = if given.is_empty() { docs } else { docs.with(Paragraph::List(given)) };
    Link {
        function: String::new(),
        request: is_used(false).then_some(of_id),
        response: body.filter(|_| is_used(true)).map(value_paths::borrowed),
        target: to_id,
        docs: if is_optional { docs.text("`None`: a value that the operation requires is not there.") } else { docs },
        fields,
        is_optional,
    }
}

const NO_OPERATION: Unreachable = "it names no operation";

/// The operation that a link names.
fn target(all: &[OperationMembers<'_>], target: &LinkTarget) -> Result<OperationId, Unreachable> {
    let place = match target {
        LinkTarget::Id(id) => all.iter().position(|of| of.signature.named.stated.id.as_deref() == Some(id)),
        LinkTarget::Reference(reference) => {
            if !reference.starts_with('#') {
                return Err("it names an operation of another document");
            }
            let pointed = Target::parse(reference, "", "").map_err(|_| NO_OPERATION)?;
            let tokens: Vec<_> = pointer::tokens(&pointed.pointer).into_iter().flatten().collect();
            match tokens.as_slice() {
                [paths, path, method] if paths == "paths" => all.iter().position(|of| {
                    let stated = of.signature.named.stated;
                    operation_docs::address(stated) == path && stated.method.as_str().eq_ignore_ascii_case(method)
                }),
                _ => None,
            }
        }
    };
    place.map(OperationId).ok_or(NO_OPERATION)
}

/// The member of a parameter, whose name may stand behind its place: `path.id`.
fn parameter(target: &OperationMembers<'_>, name: &str) -> Option<usize> {
    let places = |of: &str, wanted: Option<&str>| {
        target.members.iter().position(|member| match &member.source {
            MemberSource::Parameter { place, .. } => {
                member.wire == of && wanted.is_none_or(|wanted| wanted == place.as_str())
            }
            MemberSource::Body | MemberSource::Property | MemberSource::Part(_) => false,
        })
    };
    places(name, None).or_else(|| name.split_once('.').and_then(|(place, name)| places(name, Some(place))))
}

/// The members that the body of a link gives: the body as a whole, or those that it is taken apart into.
fn of_body<'l>(target: &OperationMembers<'_>, link: &'l api::Link) -> Result<Vec<(usize, &'l Value)>, Unreachable> {
    let Some(value) = &link.request_body else { return Ok(Vec::new()) };
    if let Some(place) = whole_body(target) {
        return Ok(vec![(place, value)]);
    }
    let is_apart = target.signature.body.as_ref().is_some_and(|body| matches!(body.payload, Payload::Fields(..)));
    let Value::Object(entries) = value else { return Err(NOT_WHOLE) };
    let entries = entries.iter().map(|(name, value)| {
        let is_it = |member: &Member| matches!(member.source, MemberSource::Property) && member.wire == *name;
        let place = target.members.iter().position(is_it);
        Ok((place.ok_or("it gives a property that the body does not have")?, value))
    });
    if is_apart { entries.collect() } else { Err(NOT_WHOLE) }
}

const NOT_WHOLE: Unreachable = "the body of the operation is not given as a whole";

fn whole_body(target: &OperationMembers<'_>) -> Option<usize> {
    let is_whole = matches!(target.signature.body.as_ref()?.payload, Payload::Whole(_));
    let place = target.members.iter().position(|member| matches!(member.source, MemberSource::Body));
    place.filter(|_| is_whole)
}
