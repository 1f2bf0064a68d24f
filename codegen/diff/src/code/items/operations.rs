//! Operations: requests, responses, and what the runtime's traits say of them.

use specie_codegen::api::ParameterLocation;
use specie_codegen::rust::{
    Conversion, Field, FieldSource, MediaEnum, Operation, Response, ResponseEnum, StatedOutcome, Status, Success,
};

use super::structs::{self, Stated};
use super::{Item, ItemCollector, Origin, Users, calls};
use crate::code::item::ApiItemKind;
use crate::document_location::path_names;

/// The request and the responses of an operation, below a module; `senders` make the request.
pub(super) fn add(found: &mut ItemCollector<'_>, operation: &Operation, label: &str, module: &str, senders: Users) {
    let path = format!("{module}{}", operation.request.name);
    let whole = Origin::Operation(label.to_owned());
    found.add(&*path, Item::new(ApiItemKind::Type, "struct", whole.clone(), Users::BOTH));
    let meaning = |field: &Field| meaning(operation, field);
    let stated = Stated { path: &path, makers: senders, from_one: true, meaning: &meaning };
    structs::add(found, &stated, &operation.request, &whole, |field| of_field(operation, label, field));
    if let Some(choice) = operation.body.as_ref().and_then(|body| body.choice()) {
        media(found, &path, module, choice, label, senders);
    }
    if let Some(parts) = operation.body.as_ref().and_then(|body| body.parts()) {
        let name = format!("{module}{}", parts.structure.name);
        let whole = Origin::Body { operation: label.to_owned(), steps: Vec::new() };
        found.add(&*name, Item::new(ApiItemKind::Type, "struct", whole.clone(), Users::BOTH).of(&path));
        let stated = Stated { path: &name, makers: senders, from_one: false, meaning: &structs::wire_name };
        structs::add(found, &stated, &parts.structure, &whole, |field| of_field(operation, label, field));
    }
    let receivers = senders.others();
    let output = match &operation.success {
        Success::Undocumented => "()".to_owned(),
        Success::One(only) => only.body.as_ref().map_or_else(|| "()".to_owned(), |body| found.text(&body.value)),
        Success::Several(several) => {
            responses(found, &path, module, several, label, receivers);
            several.name.clone()
        }
    };
    let output =
        Item::new(ApiItemKind::AssociatedType, output, ItemCollector::part(label, "response"), Users::BOTH).of(&path);
    found.add(format!("{path}: Operation::Output"), output);
    let error = operation.errors.as_ref().map_or_else(|| "NoError".to_owned(), |errors| errors.name.clone());
    let error =
        Item::new(ApiItemKind::AssociatedType, error, ItemCollector::part(label, "response"), Users::BOTH).of(&path);
    found.add(format!("{path}: Operation::Error"), error);
    if let Some(errors) = &operation.errors {
        responses(found, &path, module, errors, label, receivers);
    }
    outcomes(found, &path, operation, label, senders);
    for headers in &operation.response_headers {
        let name = format!("{module}{}", headers.structure.name);
        let place = format!("response {}", headers.status);
        let whole = ItemCollector::part(label, &*place);
        found.add(&*name, Item::new(ApiItemKind::Type, "struct", whole.clone(), Users::BOTH).of(&path));
        let stated = Stated { path: &name, makers: receivers, from_one: false, meaning: &header_name };
        structs::add(found, &stated, &headers.structure, &whole, |field| {
            ItemCollector::part(label, format!("{place} header {}", field.wire))
        });
    }
    calls::add(found, operation, label, &path);
}

/// What statuses say about whether money moved: code that asks for it compiles whatever they say.
fn outcomes(found: &mut ItemCollector<'_>, path: &str, operation: &Operation, label: &str, senders: Users) {
    let stated = operation.outcomes.iter().map(|(status, outcome)| format!("{status} {}", outcome_name(*outcome)));
    let stated: Vec<String> = stated.collect();
    let meaning = if stated.is_empty() { "none stated".to_owned() } else { stated.join(", ") };
    let item = Item::new(ApiItemKind::Function, "outcomes", ItemCollector::part(label, "response"), senders).of(path);
    found.add(format!("{path}: outcomes"), item.meaning(meaning));
}

const fn outcome_name(outcome: StatedOutcome) -> &'static str {
    match outcome {
        StatedOutcome::Done => "done",
        StatedOutcome::Refused => "refused",
        StatedOutcome::Unknown => "unknown",
        StatedOutcome::Duplicate => "duplicate",
    }
}

/// What a field of a request stands for. A parameter of the path is known by its place in it, and not by its name.
fn meaning(operation: &Operation, field: &Field) -> String {
    let FieldSource::Parameter(stated) = &field.source else { return structs::wire_name(field) };
    match stated.place {
        ParameterLocation::Header => header_name(field),
        ParameterLocation::Path => {
            let place = path_names(&operation.path).position(|name| name == field.wire);
            place.map_or_else(|| structs::wire_name(field), |place| format!("value {} of the path", place + 1))
        }
        _ => structs::wire_name(field),
    }
}

/// The name of a header, whose case does not matter (RFC 9110 section 5.1).
fn header_name(field: &Field) -> String {
    field.wire.to_ascii_lowercase()
}

/// What a field of a request is made of.
fn of_field(operation: &Operation, label: &str, field: &Field) -> Origin {
    match &field.source {
        FieldSource::Parameter(stated) => {
            ItemCollector::part(label, format!("{} parameter {}", stated.place.words(), field.wire))
        }
        FieldSource::Body => Origin::Body { operation: label.to_owned(), steps: Vec::new() },
        FieldSource::Property | FieldSource::Part(_) => {
            let levels = operation.envelope().into_iter().flat_map(|envelope| &envelope.levels);
            let property = Some(field.wire.clone()).filter(|wire| !wire.is_empty());
            let steps = levels.map(|level| level.key.clone()).chain(property);
            Origin::Body { operation: label.to_owned(), steps: steps.collect() }
        }
    }
}

fn media(found: &mut ItemCollector<'_>, parent: &str, module: &str, choice: &MediaEnum, label: &str, senders: Users) {
    let path = format!("{module}{}", choice.name);
    let origin = Origin::Body { operation: label.to_owned(), steps: Vec::new() };
    found.add(&*path, Item::new(ApiItemKind::Type, "non_exhaustive enum", origin.clone(), Users::BOTH).of(parent));
    structs::derives(found, &path, &choice.derives, &origin);
    for variant in &choice.variants {
        let item = Item::new(ApiItemKind::Variant, found.text(&variant.value), origin.clone(), Users::BOTH).of(&path);
        found.add(format!("{path}::{}", variant.name), item);
        if variant.conversion != Conversion::None {
            let from = Item::new(ApiItemKind::Implementation, "impl", origin.clone(), senders).of(&path);
            let held = found.text(&variant.value);
            found.add(format!("{path}: From<{held}>"), from.meaning(&*variant.name));
        }
    }
}

/// An enum of responses, which is never matched without a branch for others.
fn responses(
    found: &mut ItemCollector<'_>,
    parent: &str,
    module: &str,
    several: &ResponseEnum,
    label: &str,
    senders: Users,
) {
    let path = format!("{module}{}", several.name);
    let whole = ItemCollector::part(label, "response");
    found.add(&*path, Item::new(ApiItemKind::Type, "non_exhaustive enum", whole.clone(), Users::BOTH).of(parent));
    structs::derives(found, &path, &several.derives, &whole);
    for response in &several.responses {
        let origin = ItemCollector::part(label, format!("response {}", response.status));
        let item = Item::new(ApiItemKind::Variant, held(found, response), origin.clone(), Users::BOTH).of(&path);
        found.add(format!("{path}::{}", response.variant), item.meaning(response.status.to_string()));
        let body = response.body.as_ref().filter(|_| response.conversion != Conversion::None);
        if let Some(body) = body {
            let from = Item::new(ApiItemKind::Implementation, "impl", origin, senders).of(&path);
            let value = found.text(&body.value);
            found.add(format!("{path}: From<{value}>"), from.meaning(response.status.to_string()));
        }
    }
}

/// What a variant holds: the status where its response stands for several, and the body.
fn held(found: &ItemCollector<'_>, response: &Response) -> String {
    let status = (!matches!(response.status, Status::Code(_))).then(|| "Status".to_owned());
    let body = response.body.as_ref().map(|body| {
        let value = found.text(&body.value);
        if body.boxed { format!("Box<{value}>") } else { value }
    });
    status.into_iter().chain(body).collect::<Vec<_>>().join(", ")
}
