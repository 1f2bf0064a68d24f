//! JSON in the `data` of server-sent events (OpenAPI 3.2.0, Server-Sent Event Streams).

use std::collections::HashSet;

use super::schemas::same_id;
use crate::api::{self, Api, Media};
use crate::document::Document;
use crate::document::schema::{Home, SchemaId};

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

/// Takes the `contentSchema` of such data out of what is not checked: it has a type. A component may stand elsewhere as well.
pub(super) fn mark_typed(document: &Document, api: &mut Api) {
    let mut typed: HashSet<api::SchemaId> = HashSet::new();
    let responses = api.operations.iter().flat_map(|operation| &operation.responses);
    typed.extend(responses.flat_map(|response| &response.content).filter_map(|media| media.data_schema));
    for (id, schema) in document.schemas.iter() {
        let stated = schema.keywords().string.content_schema.as_ref().map(|stated| same_id(stated.value));
        if stated.is_some_and(|stated| typed.contains(&stated))
            && !matches!(schema.home, Home::Component(_))
            && let Some(schema) = api.schemas.get_mut(same_id(id))
        {
            schema.unchecked.retain(|(name, _)| name != "contentSchema");
        }
    }
}
