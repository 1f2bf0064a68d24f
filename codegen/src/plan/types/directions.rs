//! Who sends the values of types: decides which enums are open, where absence can mean "keep", and what is checked.

use std::collections::HashSet;

use crate::api::{Api, Direction, Directions, SchemaId, Schemas, directions_from};
use crate::plan::operation_signatures::operations::OperationSignature;
use crate::plan::operation_signatures::webhook_names::NamedWebhook;
use crate::plan::schemas::adapted::AdaptedSchemas;

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
        for part in operation.parts() {
            let sender = if part.is_of_response() { sender.reverse() } else { sender };
            sent.extend(part.schemas().into_iter().map(|id| (id, sender)));
        }
    }
    directions_from(schemas, sent)
}

/// The schemas that bodies of PATCH requests are made of. What is left out there stays as it is (RFC 5789, RFC 7396), so that nothing is
/// filled in.
pub(super) fn partial(api: &Api, adapted: &AdaptedSchemas<'_>) -> HashSet<SchemaId> {
    let changes = api.operations.iter().filter(|operation| operation.method.as_str().eq_ignore_ascii_case("patch"));
    let content = changes.filter_map(|operation| operation.request_body.as_ref()).flat_map(|body| &body.content);
    let sent = content
        .filter_map(|media| media.schema)
        .map(|schema| (adapted.at(schema, Direction::Request), Direction::Request));
    let reached = directions_from(&adapted.schemas, sent.collect());
    reached.iter().enumerate().filter(|(_, directions)| directions.request).map(|(index, _)| SchemaId(index)).collect()
}
