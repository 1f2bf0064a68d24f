//! JSON in the `data` of server-sent events (OpenAPI 3.2.0, Server-Sent Event Streams).

use std::collections::{HashMap, HashSet};

use super::schemas::same_id;
use crate::api::{self, Api, Content, Media, MediaType, Operation, Position, Schemas, Shape, Status};
use crate::document::Document;
use crate::document::schema::{Parent, Schema, SchemaId};

/// The schema of the JSON that the `data` of an event holds: its `contentSchema`, where its `contentMediaType` is one of JSON.
pub(super) fn json(document: &Document, media_type: &str, event: SchemaId) -> Option<SchemaId> {
    if Media::of(media_type) != Media::EventStream {
        return None;
    }
    let schemas = &document.schemas;
    let data = schemas[schemas.target(event)].keywords().object.property("data")?;
    let text = &schemas[schemas.target(data)].keywords().string;
    let is_json = text.content_media_type.as_ref().is_some_and(|stated| Media::of(&stated.value) == Media::Json);
    text.content_schema.as_ref().filter(|_| is_json).map(|stated| stated.value)
}

/// The texts that stand in events of responses alone, whose `contentSchema` is not omitted: [`MediaType::data_schema`] has it there.
pub(super) fn typed_texts(document: &Document, api: &Api) -> Vec<api::SchemaId> {
    let (typed, elsewhere) = uses(api);
    if typed.is_empty() {
        return Vec::new();
    }
    let elsewhere = reached(document, &api.schemas, elsewhere);
    let is_typed = |schema: &Schema| {
        let stated = schema.keywords().string.content_schema.as_ref().map(|stated| same_id(stated.value));
        stated.is_some_and(|stated| typed.contains(&stated))
    };
    let texts = document.schemas.iter().filter(|(_, schema)| is_typed(schema)).map(|(id, _)| same_id(id));
    texts.filter(|id| !elsewhere.contains(id)).collect()
}

/// The schemas of JSON that events are read as, and all others that a position names. Of such an event nothing else is read.
fn uses(api: &Api) -> (HashSet<api::SchemaId>, Vec<api::SchemaId>) {
    let mut read: Vec<&MediaType> = Vec::new();
    for operation in &api.operations {
        events_read(&api.schemas, operation, &mut read);
    }
    if read.is_empty() {
        return (HashSet::new(), Vec::new());
    }
    let typed = read.iter().filter_map(|media_type| media_type.data_schema).collect();
    let mut elsewhere: Vec<api::SchemaId> = read.iter().filter_map(|media_type| media_type.data_schema).collect();
    // Media types of the same schemas are alike here: of as many as are read, nothing else is.
    let mut media_types: HashMap<_, usize> = HashMap::new();
    api.visit_positions(&mut |position, _| match position {
        Position::Parameter(stated) | Position::Header(stated) => match &stated.content {
            Content::Schema { schema, .. } => elsewhere.push(*schema),
            // It is a position of its own.
            Content::Media { .. } => {}
        },
        Position::Media(stated) => *media_types.entry(schemas(stated)).or_default() += 1,
    });
    for one in read {
        media_types.entry(schemas(one)).and_modify(|count| *count -= 1);
    }
    let others = media_types.into_iter().filter(|(_, count)| *count > 0);
    elsewhere.extend(others.flat_map(|([schema, item_schema, _], _)| [schema, item_schema]).flatten());
    (typed, elsewhere)
}

/// The schemas that a media type names: of its value, of its items, of the JSON in their data.
const fn schemas(media_type: &MediaType) -> [Option<api::SchemaId>; 3] {
    [media_type.schema, media_type.item_schema, media_type.data_schema]
}

/// The media types of an operation, and of its callbacks, whose events are read as JSON of a schema: those of successes, or of `default`
/// where no success is declared.
fn events_read<'a>(schemas: &Schemas, operation: &'a Operation, found: &mut Vec<&'a MediaType>) {
    let has_success = operation.responses.iter().any(|response| response.status.is_success());
    let is_read = |status: Status| status.is_success() || !has_success && status == Status::Default;
    let responses = operation.responses.iter().filter(|response| is_read(response.status));
    let is_text =
        |id| schemas.get(schemas.resolve(id)).is_some_and(|data| matches!(data.shape.base(), Shape::String { .. }));
    let is_json = |media_type: &&MediaType| media_type.data_schema.is_some_and(|data| !is_text(data));
    found.extend(responses.flat_map(|response| &response.content).filter(is_json));
    for callback in &operation.callbacks {
        events_read(schemas, callback, found);
    }
}

/// All schemas that some lead to, by what they are made of, and by what the document writes in them and refers to.
fn reached(document: &Document, schemas: &Schemas, from: Vec<api::SchemaId>) -> HashSet<api::SchemaId> {
    let mut inside: HashMap<api::SchemaId, Vec<api::SchemaId>> = HashMap::new();
    for (id, schema) in document.schemas.iter() {
        if let Parent::Schema(holder, _) = schema.parent {
            inside.entry(same_id(holder)).or_default().push(same_id(id));
        }
        let reference = schema.keywords().reference.as_ref().and_then(|stated| stated.value.target);
        inside.entry(same_id(id)).or_default().extend(reference.map(same_id));
    }
    let (mut found, mut waiting) = (HashSet::new(), from);
    while let Some(id) = waiting.pop() {
        if found.insert(id) {
            waiting.extend(inside.get(&id).into_iter().flatten());
            schemas.get(id).into_iter().for_each(|schema| schema.shape.visit_parts(&mut |part| waiting.push(part)));
        }
    }
    found
}
