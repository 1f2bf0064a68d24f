//! How many lines items take in their files: enough to say whether a file of them is too long.
//!
//! The tests hold the estimates against what is printed.

use crate::rust::{
    Branch, Callback, CallbackAddress, Checks, Docs, Enum, Field, Item, ItemKind, Link, MediaNaming, Object, Operation,
    Paragraph, Piece, Presence, Response, ResponseEnum, Source, Struct, Success, Text, Union, Webhook, Within,
};

/// The characters of a line of documentation.
const DOC_WIDTH: usize = 88;

/// The characters of a line of code.
const CODE_WIDTH: usize = 90;

/// The lines of `impl Check` around its statements.
const CHECK: usize = 6;

/// A type with its implementations.
pub(super) fn of_type(item: &Item) -> usize {
    match &item.kind {
        ItemKind::Object(object) => of_object(object, item.checked),
        ItemKind::Enum(values) => of_enum(values),
        ItemKind::Union(union) => of_union(union, item.checked),
        ItemKind::Nested(nested) => {
            docs(&nested.docs) + 5 + if item.checked { CHECK + checks(&nested.checks) } else { 0 }
        }
        ItemKind::Tuple(tuple) => {
            let places = tuple.places.iter().map(|place| docs(&place.docs) + if item.checked { 4 } else { 1 });
            docs(&tuple.docs) + 12 + places.sum::<usize>()
        }
        ItemKind::Alias { docs: of, .. } => docs(of) + 2,
    }
}

fn of_object(object: &Object, checked: bool) -> usize {
    let fields = &object.structure.fields;
    let keys = fields.iter().map(|field| 12 + field.name.len() + renamed(field)).sum();
    let checked_lines = fields.iter().map(check_lines).sum::<usize>();
    let rest = object.rest.as_ref().map_or(0, |rest| 2 + checks(&rest.checks));
    let check = if checked { CHECK + checked_lines + 4 * object.size.len() } else { 0 };
    structure(&object.structure) + table(keys) + rest + check
}

fn of_enum(values: &Enum) -> usize {
    let variants = values.variants.iter().map(|variant| docs(&variant.docs) + 1).sum::<usize>();
    let texts = values.variants.iter().map(|variant| 7 + variant.name.len() + variant.wire.len()).sum();
    let unknown = if values.unknown.is_some() { 2 } else { 0 };
    docs(&values.docs) + 5 + unknown + variants + table(texts)
}

fn of_union(union: &Union, checked: bool) -> usize {
    let branches = || union.branches.iter();
    let variants = branches().map(|branch| docs(&branch.docs) + 1).sum::<usize>();
    let methods = branches().map(|branch| 30 + 2 * branch.name.len()).sum();
    let kinds = branches().map(|branch| 10 + branch.name.len() + tags(branch)).sum();
    let unknown = if union.unknown.is_some() { 2 } else { 0 };
    let demanded = branches().map(|branch| 1 + checks(&branch.checks)).sum::<usize>();
    let check = if checked { CHECK + 2 + demanded + 3 * unknown } else { 0 };
    docs(&union.docs) + 5 + unknown + variants + table(methods) + table(kinds) + check
}

fn tags(branch: &Branch) -> usize {
    branch.tags.iter().map(|tag| 5 + tag.len()).sum()
}

/// A request with its responses and its table.
pub(super) fn of_operation(operation: &Operation) -> usize {
    let errors = operation.errors.as_ref().map_or(0, responses);
    let successes = match &operation.success {
        Success::Several(several) => responses(several) + 6 * several.responses.len(),
        _ => 0,
    };
    let headers = operation.response_headers.iter().map(|headers| structure(&headers.structure) + 4).sum::<usize>();
    structure(&operation.request) + errors + successes + headers + of_table(operation)
}

/// An enum of responses.
fn responses(of: &ResponseEnum) -> usize {
    docs(&of.docs) + 5 + of.responses.iter().map(|response| docs(&response.docs) + 1).sum::<usize>()
}

/// The table of an operation, and the line that it is parted by.
fn of_table(operation: &Operation) -> usize {
    let requirements = operation.security.iter().map(|of| 4 + 12 * of.schemes.len()).sum::<usize>();
    let head = 30 + operation.id.len() + operation.path.len() + requirements;
    let outcomes = entries(operation.outcomes.iter().map(|_| 14));
    let reconcile = operation.reconcile.as_ref().map_or(0, |stated| 7 + stated.agree.len());
    let parameters = entries(operation.parameters().map(|(field, _)| 20 + row(field)));
    let body =
        entries(operation.request.fields.iter().filter(|field| !matches!(field.source, Source::Parameter(_))).map(row));
    let success = entries(operation.success.responses().iter().map(response));
    let errors = entries(operation.error_responses().iter().map(response));
    let lines = usize::from(!operation.idempotency_is_implied)
        + usize::from(!operation.response_headers.is_empty())
        + usize::from(operation.rejections.is_some());
    3 + head.div_ceil(CODE_WIDTH) + outcomes + reconcile + parameters + body + success.max(1) + errors.max(1) + lines
}

/// The lines of a list in braces with entries of so many characters.
fn entries(of: impl Iterator<Item = usize>) -> usize {
    match of.sum() {
        0 => 0,
        characters => table(characters) - 1,
    }
}

/// The characters of a field in the table of its operation.
fn row(field: &Field) -> usize {
    14 + field.name.len() + renamed(field) + 20 * field.checks.count()
}

/// The characters of a response in the table of its operation.
fn response(response: &Response) -> usize {
    let media = response.body.as_ref().map(|body| &body.media);
    let named = media.filter(|media| media.naming == MediaNaming::Named).map_or(0, |media| media.name.len() + 4);
    13 + named + response.variant.len()
}

/// A method of the client.
pub(super) fn of_client_method(operation: &Operation) -> usize {
    let into = if operation.request_from_text.is_some() { 11 } else { 0 };
    let signature = 45 + operation.method_name.len() + 2 * operation.request.name.len() + into;
    let pages = if operation.pages.is_some() { 8 } else { 0 };
    docs(&operation.client_docs) + pages + if signature > CODE_WIDTH { 7 } else { 4 }
}

/// A method of the server trait, its route, and the line that it is parted by.
pub(super) fn of_server_method(operation: &Operation) -> usize {
    let name = operation.method_name.len() + operation.request.name.len();
    // `    pay: Pay,` stands beside others in the table of routes.
    let route = usize::from(8 + name > CODE_WIDTH / 2);
    docs(&operation.server_docs) + 6 + route
}

/// What receives a callback, and its description for the runtime.
pub(super) fn of_callback_receiver(callback: &Callback) -> usize {
    docs(&callback.receiver_docs) + docs(&callback.constant_docs) + 14
}

/// What sends a callback, and the functions that make its addresses.
pub(super) fn of_callback_sender(callback: &Callback) -> usize {
    let address = |address: &CallbackAddress| docs(&address.docs) + 7 + address.parts.len();
    docs(&callback.sender_docs) + 9 + callback.addresses.iter().map(address).sum::<usize>()
}

/// What makes a request of another one and its response.
pub(super) fn of_link(link: &Link) -> usize {
    docs(&link.docs) + 6 + link.fields.len()
}

/// The payload of a webhook: an alias.
pub(super) fn of_payload(webhook: &Webhook) -> usize {
    docs(&webhook.docs) + 2
}

/// What receives a webhook, and its description for the runtime.
pub(super) fn of_receiver(webhook: &Webhook) -> usize {
    docs(&webhook.receiver_docs) + docs(&webhook.constant_docs) + 16
}

/// What sends a webhook.
pub(super) fn of_sender(webhook: &Webhook) -> usize {
    docs(&webhook.sender_docs) + 9
}

/// A struct with its constructor and setters.
fn structure(structure: &Struct) -> usize {
    let fields = structure.fields.iter().map(|field| docs(&field.docs) + 1).sum::<usize>();
    let companion = structure.companion.as_ref().map_or(0, |companion| {
        docs(&companion.docs) + 4 + structure.required().map(|field| docs(&field.brief) + 1).sum::<usize>()
    });
    let given = structure.fields.iter().map(|field| field.name.len() + 2).sum();
    let setters: Vec<usize> = structure.fields.iter().filter_map(setter).collect();
    let setters = if setters.is_empty() { 0 } else { table(setters.into_iter().sum()) };
    docs(&structure.docs) + 5 + fields + companion + table(given) + setters
}

/// The characters of an entry in the table of setters.
fn setter(field: &Field) -> Option<usize> {
    let setter = field.setter.as_ref()?;
    let renamed = if setter.name == field.wire { 0 } else { field.name.len() + field.wire.len() + 6 };
    Some(setter.name.len() + 26 + renamed)
}

/// The characters that a table has more where a field is called otherwise than its property.
fn renamed(field: &Field) -> usize {
    if field.name == field.wire { 0 } else { field.wire.len() + 5 }
}

/// The lines of a table of macros with entries of so many characters, and of the one that it is parted by.
const fn table(characters: usize) -> usize {
    if characters < CODE_WIDTH - 25 { 2 } else { 3 + characters.div_ceil(CODE_WIDTH - 8) }
}

/// The statements that check a field.
fn check_lines(field: &Field) -> usize {
    let lines = checks(&field.checks);
    let around = if field.presence == Presence::Required || lines < 2 { 0 } else { 2 };
    lines + around
}

fn checks(checks: &Checks) -> usize {
    let within = match &checks.within {
        Within::Nothing => 0,
        Within::ByType => 1,
        Within::Each(each) | Within::Items(each) => 2 + self::checks(each),
    };
    checks.own.len() + within
}

/// The lines of a documentation, with those between its paragraphs.
fn docs(docs: &Docs) -> usize {
    let lines: usize = docs.paragraphs.iter().map(paragraph).map(|lines| lines + 1).sum();
    lines.saturating_sub(1).max(1)
}

fn paragraph(paragraph: &Paragraph) -> usize {
    match paragraph {
        Paragraph::Document(text) => text.trim().lines().map(|line| 1 + line.len() / DOC_WIDTH).sum(),
        Paragraph::Fixed(text) => text.lines().count(),
        Paragraph::Text(text) => 1 + length(text) / DOC_WIDTH,
        Paragraph::List(items) => items.iter().map(|item| 1 + length(item) / DOC_WIDTH).sum(),
        Paragraph::Table(_, rows) => rows.len() + 2,
        Paragraph::Request(_) | Paragraph::Receiver { .. } | Paragraph::CallbackReceiver { .. } => 9,
        Paragraph::Provenance(of) | Paragraph::ResponseProvenance(_, of) => {
            1 + (50 + of.reason.len() + of.what.as_ref().map_or(0, String::len)) / DOC_WIDTH
        }
        Paragraph::Default(_) | Paragraph::Example(_) | Paragraph::Heading(_) => 1,
    }
}

/// The length of a text in bytes.
fn length(text: &Text) -> usize {
    let pieces = text.0.iter().map(|piece| match piece {
        Piece::Words(text) | Piece::Code(text) | Piece::Name(text) | Piece::Line(text, _) => text.len(),
    });
    pieces.sum()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::emit::{self, Manifest};
    use crate::plan::layout::lay_out;
    use crate::rust::{Contents, Crate};
    use crate::source;
    use crate::{Options, Strictness, planned, syntax};

    /// The lines that a file has beside its items, at most: its header and imports, the builder of the client, addresses with variables.
    const AROUND: usize = 200;

    fn plan(name: &str, source: &source::Source) -> Option<Crate> {
        let options = Options {
            crate_name: name.replace('-', "_"),
            strictness: Strictness::Lenient,
            manifest: Manifest::Workspace,
            only: Vec::new(),
        };
        planned(source, &options).0
    }

    /// The crates of the repository's documents.
    fn documented() -> Vec<Crate> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut found = Vec::new();
        for folder in ["specs", "tests/fixtures/accepted"] {
            for entry in fs::read_dir(root.join(folder)).unwrap() {
                let file = entry.unwrap().file_name().to_string_lossy().into_owned();
                let Some(name) = file.strip_suffix(".yaml") else { continue };
                let mut read = |path: &str| fs::read_to_string(root.join(path)).map_err(|error| error.to_string());
                found.extend(plan(name, &syntax::gather(&format!("{folder}/{file}"), folder, &mut read)));
            }
        }
        assert!(found.len() > 30, "{}", found.len());
        found
    }

    /// A crate with many operations, so that what a file has beside them weighs little.
    fn many() -> Crate {
        let problem =
            "{description: Refused., content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}";
        let paths = (0..120).map(|number| {
            format!(
                "  /berths/{{berth}}/calls{number}:\n    parameters: [{{name: berth, in: path, required: true, schema: {{type: string}}}}]\n    \
                 get: {{summary: Lists the calls at a berth., operationId: listCalls{number}, responses: {{'200': {{description: The calls., \
                 content: {{application/json: {{schema: {{type: array, items: {{type: string}}}}}}}}}}, '404': {problem}}}}}\n    \
                 post: {{operationId: bookCall{number}, requestBody: {{required: true, content: {{application/json: {{schema: {{type: object, \
                 required: [ship], properties: {{ship: {{type: string}}, draught: {{type: number}}, hours: {{type: integer}}}}}}}}}}}}, \
                 responses: {{'201': {{description: Booked.}}, '409': {problem}, '422': {problem}}}}}\n"
            )
        });
        let text = format!(
            "openapi: 3.0.4\ninfo: {{title: Harbour, version: '1'}}\npaths:\n{}components:\n  schemas:\n    \
             Problem: {{type: object, properties: {{code: {{type: string}}}}}}\n",
            paths.collect::<String>()
        );
        plan("harbour", &source::Source::new("harbour.yaml", text)).expect("the document is valid")
    }

    fn estimate(krate: &Crate, contents: &Contents) -> Option<usize> {
        let of =
            |here: &[usize], of: fn(&Operation) -> usize| here.iter().map(|place| of(&krate.operations[*place])).sum();
        Some(match contents {
            Contents::Types(part) => part.here().iter().map(|id| of_type(&krate.types[id.0])).sum(),
            Contents::Operations(part) => of(part.here(), of_operation),
            Contents::Client(part) => of(part.here(), of_client_method),
            Contents::Server => krate.operations.iter().map(of_server_method).sum(),
            Contents::Callbacks(part) => {
                part.here().iter().map(|place| of_operation(&krate.callbacks[*place].operation)).sum()
            }
            Contents::CallbackReceivers(part) => {
                part.here().iter().map(|place| of_callback_receiver(&krate.callbacks[*place])).sum()
            }
            Contents::CallbackSenders(part) => {
                part.here().iter().map(|place| of_callback_sender(&krate.callbacks[*place])).sum()
            }
            Contents::Links(part) => part.here().iter().map(|place| of_link(&krate.links[*place])).sum(),
            Contents::Webhooks(part) => part.here().iter().map(|place| of_payload(&krate.webhooks[*place])).sum(),
            Contents::Receivers(part) => part.here().iter().map(|place| of_receiver(&krate.webhooks[*place])).sum(),
            Contents::Senders(part) => part.here().iter().map(|place| of_sender(&krate.webhooks[*place])).sum(),
            Contents::Root
            | Contents::ServerTrait(_)
            | Contents::Rejections
            | Contents::Fake
            | Contents::FakeOperations(_) => return None,
        })
    }

    #[test]
    fn estimates_are_within_a_fifth_of_what_is_printed() {
        let mut long = 0;
        for mut krate in documented().into_iter().chain([many()]) {
            lay_out(&mut krate, usize::MAX);
            let tree = emit::tree(&krate, &Manifest::Workspace);
            for file in &krate.layout.files {
                let Some(estimate) = estimate(&krate, &file.contents) else { continue };
                let printed = tree.0[&file.path].lines().count();
                let is_near = estimate.abs_diff(printed) <= printed / 5 + AROUND;
                assert!(is_near, "{} of {}: {estimate} for {printed}", file.path, krate.name);
                long += usize::from(printed > 1_000);
            }
        }
        assert!(long > 6, "{long}");
    }
}
