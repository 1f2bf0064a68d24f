//! Who sends the values of types: decides which enums are open, where absence can mean "keep", and what is checked.

use std::collections::HashSet;

use crate::api::{Api, Direction, Directions, SchemaId, Schemas, directions_from};
use crate::plan::bodies::payloads::Payload;
use crate::plan::operation_signatures::operations::OperationSignature;
use crate::plan::operation_signatures::webhook_names::NamedWebhook;
use crate::plan::schemas::forms::SchemaForms;

/// In which directions the values of the types of schemas travel, by schema.
///
/// A body whose properties became fields of a request is never sent as a struct of its own: only its fields are sent.
pub(in crate::plan) fn directions(
    schemas: &Schemas,
    operations: &[&OperationSignature<'_>],
    webhooks: &[NamedWebhook<'_>],
) -> Vec<Directions> {
    let payloads = webhooks.iter().filter_map(|webhook| webhook.payload.schema());
    let mut sent: Vec<(SchemaId, Direction)> = payloads.map(|id| (id, Direction::Response)).collect();
    for operation in operations {
        let sender = operation.named.stated.sender();
        sent.extend(of_request(operation).into_iter().map(|id| (id, sender)));
        let bodies = operation.responses().filter_map(|variant| variant.body.as_ref());
        let headers = operation.response_headers().map(|header| header.schema);
        let answered = bodies.filter_map(|body| body.value.schema()).chain(headers);
        sent.extend(answered.map(|id| (id, sender.reverse())));
    }
    directions_from(schemas, sent)
}

/// The schemas that bodies of PATCH requests are made of. What is left out there stays as it is (RFC 5789, RFC 7396), so that nothing is
/// filled in.
pub(super) fn partial(api: &Api, forms: &SchemaForms<'_>) -> HashSet<SchemaId> {
    let changes = api.operations.iter().filter(|operation| operation.method.as_str().eq_ignore_ascii_case("patch"));
    let content = changes.filter_map(|operation| operation.request_body.as_ref()).flat_map(|body| &body.content);
    let sent = content
        .filter_map(|media| media.schema)
        .map(|schema| (forms.at(schema, Direction::Request), Direction::Request));
    let reached = directions_from(&forms.schemas, sent.collect());
    reached.iter().enumerate().filter(|(_, directions)| directions.request).map(|(index, _)| SchemaId(index)).collect()
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
