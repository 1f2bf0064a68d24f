//! How many lines items take in their files: enough to say whether a file of them is too long.
//!
//! The test holds those of types, operations and webhooks against what is printed: for all items of a kind together they are off by a
//! tenth at most. Callbacks, links and rejections are estimated alike, and not held against anything.

use crate::rust::{
    Assertion, Body, Branch, Callback, CallbackAddress, Checks, Conversion, Docs, Enum, Example, Expression, Field,
    FieldSource, Fields, FormOfParts, Item, ItemKind, Link, Media, MediaEnum, MediaNaming, MethodArgument, Object,
    ObjectCheck, Operation, Paragraph, Payload, Piece, Presence, RejectionTable, Response, ResponseEnum, Struct,
    Success, Text, Union, Webhook, Within,
};

/// The characters of a line of documentation.
const DOC_WIDTH: usize = 88;

/// The characters of a line of code.
const CODE_WIDTH: usize = 90;

/// The lines of `impl Check` around its statements.
const CHECK: usize = 6;

/// A type with its implementations.
pub(super) fn of_type(item: &Item) -> usize {
    let satisfies = if item.checked { satisfies(&item.assertions) } else { 0 };
    satisfies + of_kind(item)
}

fn of_kind(item: &Item) -> usize {
    match &item.kind {
        ItemKind::Object(object) => of_object(object, item),
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

/// A call with constants of assertions.
fn satisfies(asserted: &[Assertion]) -> usize {
    match asserted {
        [] => 0,
        short if format!("{short:?}").len() < ASSERTION => 1,
        long => 7 + long.iter().map(assertion).sum::<usize>(),
    }
}

/// How many characters of an assertion stand on one line.
const ASSERTION: usize = 60;

fn assertion(stated: &Assertion) -> usize {
    let lists = stated.schemas();
    let is_short = format!("{stated:?}").len() < ASSERTION;
    if is_short || lists.is_empty() { 1 } else { 2 + lists.into_iter().map(assertion_list).sum::<usize>() }
}

fn assertion_list(list: &[Assertion]) -> usize {
    if format!("{list:?}").len() < ASSERTION { 1 } else { 2 + list.iter().map(assertion).sum::<usize>() }
}

fn of_object(object: &Object, item: &Item) -> usize {
    let fields = &object.structure.fields;
    let keys = fields.iter().map(|field| 12 + field.name.len() + renamed(field)).sum();
    let of_rest = object.rest.as_ref().map_or(0, |rest| checks(&rest.checks));
    let check = match &object.check {
        _ if !item.checked => 0,
        ObjectCheck::Table => next_table(fields.iter().map(checked_in_table).sum()),
        ObjectCheck::Statements(_) => {
            CHECK + fields.iter().map(check_lines).sum::<usize>() + 4 * object.check.count().len()
        }
    };
    let rest = object.rest.as_ref().map_or(0, |_| 2 + of_rest);
    structure(&object.structure) + next_table(keys) + rest + check
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
    let unknown = if union.unknown().is_some() { 2 } else { 0 };
    let demanded = branches().map(|branch| 1 + checks(&branch.checks)).sum::<usize>();
    let check = if checked { CHECK + 2 + demanded + 3 * unknown } else { 0 };
    docs(&union.docs) + 5 + unknown + variants + table(methods) + next_table(kinds) + check
}

fn tags(branch: &Branch) -> usize {
    branch.tags.iter().map(|tag| 5 + tag.len()).sum()
}

/// A request of a crate with its responses and its table.
pub(super) fn of_operation(operation: &Operation) -> usize {
    let errors = operation.errors.as_ref().map_or(0, responses);
    let successes = match &operation.success {
        Success::Several(several) => responses(several) + 6 * several.responses.len(),
        _ => 0,
    };
    let headers = operation.response_headers.iter().map(|headers| structure(&headers.structure) + 4).sum::<usize>();
    let body = operation.body.as_ref();
    let choice = body.and_then(Body::choice).map_or(0, media_enum);
    let constants =
        [operation.envelope().map(|envelope| envelope.levels.len()), body.and_then(Body::form_styles).map(|_| 1)];
    let constants = constants.into_iter().flatten().map(|lines| 3 + lines).sum::<usize>();
    structure(&operation.request) + errors + successes + headers + choice + constants + of_table(operation)
}

/// An enum of media types, with `From` for the types of its variants.
fn media_enum(of: &MediaEnum) -> usize {
    let conversion = |conversion| match conversion {
        Conversion::None => 0,
        Conversion::Value => 6,
        Conversion::Text => 12,
    };
    let variants = of.variants.iter().map(|variant| docs(&variant.docs) + 1 + conversion(variant.conversion));
    let parts = of.variants.iter().filter_map(|variant| variant.parts.as_ref()).map(parts);
    docs(&of.docs) + 5 + variants.sum::<usize>() + parts.sum::<usize>()
}

/// A struct of parts with its table.
fn parts(of: &FormOfParts) -> usize {
    let rows: Vec<usize> = of.structure.fields.iter().map(row).collect();
    structure(&of.structure) + 3 + flowing(&rows)
}

/// An enum of responses.
fn responses(of: &ResponseEnum) -> usize {
    docs(&of.docs) + 5 + of.responses.iter().map(|response| docs(&response.docs) + 1).sum::<usize>()
}

/// The table of an operation, and the line that it is parted by.
fn of_table(operation: &Operation) -> usize {
    let security = operation.security.iter().map(|of| 4 + 12 * of.schemes.len()).sum();
    let parameters = operation.parameters().map(|(field, _)| 12 + row(field)).sum();
    let of_body = |field: &&Field| !matches!(field.source, FieldSource::Parameter(_));
    let body = operation.request.fields.iter().filter(of_body).map(row).chain(operation.body.iter().flat_map(in_body));
    let headers = operation.response_headers.iter().map(|headers| 7 + headers.structure.name.len()).sum();
    let responses = |of: &[Response]| of.iter().map(response).sum::<usize>();
    let entries = [
        6 + operation.id.len(),
        10 + operation.path.len(),
        entry(10, security),
        if operation.idempotency_is_implied { 0 } else { 20 },
        entry(14, 14 * operation.outcomes.len()),
        operation.reconcile.as_ref().map_or(0, |stated| 150 + 30 * stated.agree.len()),
        entry(16, parameters),
        entry(14, body.sum()),
        entry(13, headers),
        if operation.rejections.is_some() { 56 } else { 0 },
        24 + responses(operation.success.responses()),
        14 + operation.errors.as_ref().map_or(7, |errors| errors.name.len() + responses(&errors.responses)),
    ];
    let around = 31 + operation.request.name.len();
    if around + entries.iter().sum::<usize>() <= CODE_WIDTH { 2 } else { 3 + flowing(&entries) }
}

/// The characters of an entry with so many around and in it; none where it holds nothing.
const fn entry(around: usize, inside: usize) -> usize {
    if inside == 0 { 0 } else { around + inside }
}

/// The characters of what the table says of a body beside its fields.
fn in_body(body: &Body) -> Vec<usize> {
    let named = |media: &Media| match media.naming {
        MediaNaming::Implied => 0,
        MediaNaming::Named => 2 + media.names().map(|name| name.len() + 4).sum::<usize>(),
    };
    match &body.payload {
        Payload::Fields { media, envelope, .. } => {
            vec![named(media), envelope.as_ref().map_or(0, |envelope| envelope.constant.len() + 4)]
        }
        Payload::Whole(media) => vec![named(media)],
        Payload::Choice(choice) => {
            let variants = choice.variants.iter();
            variants.map(|of| 10 + of.name.len() + named(&of.media) + 20 * of.checks.count()).collect()
        }
    }
}

/// The lines of entries of so many characters, which stand side by side as far as they fit; a longer one has lines of its own.
fn flowing(entries: &[usize]) -> usize {
    let (mut lines, mut used) = (0, CODE_WIDTH);
    for &entry in entries.iter().filter(|entry| **entry > 0) {
        if entry > CODE_WIDTH {
            lines += 2 + entry.div_ceil(CODE_WIDTH - 8);
            used = CODE_WIDTH;
        } else if used + entry > CODE_WIDTH {
            lines += 1;
            used = entry;
        } else {
            used += entry;
        }
    }
    lines
}

/// The characters of a field in the table of its operation.
fn row(field: &Field) -> usize {
    14 + field.name.len() + renamed(field) + 20 * field.checks.count()
}

/// The characters of a response in the table of its operation.
fn response(response: &Response) -> usize {
    let media = response.body.as_ref().map(|body| &body.media);
    let named = media.filter(|media| media.naming == MediaNaming::Named);
    let named = named.map_or(0, |media| media.names().map(|name| name.len() + 4).sum());
    13 + named + response.variant.len()
}

/// The methods of the client for an operation.
pub(super) fn of_client_method(operation: &Operation) -> usize {
    let Some((first, others)) = operation.client_methods.split_first() else { return 0 };
    let name = operation.method_name.len() + operation.request.name.len();
    let signature = name
        + match first.argument {
            MethodArgument::None => 33,
            MethodArgument::Into => 56 + operation.request.name.len(),
            MethodArgument::Request => 45 + operation.request.name.len(),
        };
    let pages = if operation.pages.is_some() { 8 } else { 0 };
    docs(&first.docs) + 6 * others.len() + pages + if signature > CODE_WIDTH { 7 } else { 4 }
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

/// A table of what an operation documents for rejections, with the line that it is parted by.
pub(super) fn of_rejections(table: &RejectionTable) -> usize {
    docs(&table.docs) + 3 + table.rows.len()
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

/// A struct with its constructor and setters. The documentation of some fields refers to what many have.
fn structure(structure: &Struct) -> usize {
    let fields =
        structure.fields.iter().map(|field| 1 + if field.shared_docs().is_some() { 1 } else { docs(&field.docs) });
    let fields = fields.sum::<usize>();
    let companion = structure.companion().map_or(0, |companion| {
        docs(&companion.docs) + 4 + structure.required().map(|field| docs(&field.brief) + 1).sum::<usize>()
    });
    let given = structure.fields.iter().map(|field| field.name.len() + 2).sum();
    let setters: Vec<usize> = structure.fields.iter().filter_map(setter).collect();
    let setters = if setters.is_empty() { 0 } else { next_table(setters.into_iter().sum()) };
    docs(&structure.docs) + 5 + fields + companion + table(given) + setters
}

/// The characters of an entry in the table of setters.
fn setter(field: &Field) -> Option<usize> {
    let setter = field.setter.as_ref()?;
    let is_renamed = setter.name != setter.documented;
    let renamed = if is_renamed { field.name.len() + setter.documented.len() + 6 } else { 0 };
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

/// The lines of a table that follows another one without a blank line.
const fn next_table(characters: usize) -> usize {
    table(characters) - 1
}

/// The characters of a field in the table of checks.
fn checked_in_table(field: &Field) -> usize {
    let words = if field.checks.are_own() { 20 * field.checks.count() } else { 0 };
    if field.checks.is_empty() { 0 } else { 2 + field.name.len() + renamed(field) + words }
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
        Paragraph::Section { entries, .. } => {
            3 + entries.iter().map(|entry| length(entry) + 2).sum::<usize>() / DOC_WIDTH
        }
        Paragraph::Table(_, rows) => rows.len() + 2,
        Paragraph::Request(example) => self::example(example),
        Paragraph::Receiver { .. } | Paragraph::CallbackReceiver { .. } => 7,
        Paragraph::Fake { .. } => 14,
        Paragraph::Sentence(start, end) => 1 + (length(start) + end.len()) / DOC_WIDTH,
        Paragraph::Default(_) | Paragraph::Example(_) | Paragraph::Heading(_) => 1,
    }
}

/// The lines of a request in its fences: imports, the value, and the function that hides what is too large to write out.
fn example(of: &Example) -> usize {
    let fields = match &of.request {
        Expression::New { fields: Fields::Companion(_, fields), .. } => 1 + fields.len(),
        _ => 0,
    };
    5 + fields + if of.given.is_empty() { 0 } else { 2 }
}

/// The length of a text in bytes.
fn length(text: &Text) -> usize {
    let pieces = text.0.iter().map(|piece| match piece {
        Piece::Words(text) | Piece::Code(text) | Piece::Name(text) | Piece::Line(text) => text.len(),
    });
    pieces.sum()
}

#[cfg(test)]
mod tests;
