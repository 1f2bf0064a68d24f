//! Who sends the values of types: decides which enums are open, where absence can mean "keep", and what is checked.

use super::bodies::Payload;
use super::media_types::Value;
use super::operation_signatures::OperationSignature;
use super::webhook_names::NamedWebhook;
use crate::api::{Direction, Directions, SchemaId, Schemas, directions_from};

/// In which directions the values of the types of schemas travel, by schema.
///
/// A body whose properties became fields of a request is never sent as a struct of its own: only its fields are sent.
pub(super) fn directions(
    schemas: &Schemas,
    operations: &[OperationSignature<'_>],
    webhooks: &[NamedWebhook<'_>],
) -> Vec<Directions> {
    let requests = operations.iter().flat_map(of_request).map(|id| (id, Direction::Request));
    let responses =
        operations.iter().flat_map(OperationSignature::responses).filter_map(|variant| variant.body.as_ref());
    let payloads = webhooks.iter().map(|webhook| webhook.payload);
    let responses = responses.map(|body| body.value).chain(payloads).filter_map(Value::schema);
    let headers = operations.iter().flat_map(OperationSignature::response_headers);
    let responses = responses.chain(headers.map(|header| header.schema)).map(|id| (id, Direction::Response));
    directions_from(schemas, requests.chain(responses).collect())
}

/// The schemas of the fields of a request.
fn of_request(operation: &OperationSignature<'_>) -> Vec<SchemaId> {
    let mut schemas: Vec<SchemaId> = operation.parameters.iter().map(|parameter| parameter.schema).collect();
    match operation.body.as_ref().map(|body| &body.payload) {
        Some(Payload::Fields(_, fields)) => {
            schemas.extend(fields.object.properties.iter().map(|property| property.schema));
        }
        Some(whole) => schemas.extend(whole.whole().iter().filter_map(|medium| medium.value.schema())),
        None => {}
    }
    schemas
}
