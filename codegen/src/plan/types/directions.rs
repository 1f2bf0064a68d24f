//! Who sends the values of types: decides which enums are open, where absence can mean "keep", and what is checked.

use crate::api::{Direction, Directions, SchemaId, Schemas, directions_from};
use crate::plan::operation_signatures::operations::{OperationSignature, SignaturePart};
use crate::plan::operation_signatures::webhook_names::NamedWebhook;

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

/// The schemas that values in bodies of requests are of: of PATCH, where what is left out stays as it is (RFC 5789, RFC 7396), so that
/// nothing is filled in, and of all other methods.
pub(in crate::plan) struct BodySchemas {
    partial: Vec<Directions>,
    complete: Vec<Directions>,
}

impl BodySchemas {
    /// Those of some operations. Of a body whose properties became fields of a request, they are the schemas of the properties.
    pub(in crate::plan) fn of(schemas: &Schemas, operations: &[&OperationSignature<'_>]) -> Self {
        let reached = |is_partial: bool| {
            let operations = operations.iter().filter(|operation| operation.is_patch() == is_partial);
            let bodies = operations.flat_map(|operation| operation.parts()).filter(SignaturePart::is_of_body);
            let sent = bodies.flat_map(|part| part.schemas()).map(|schema| (schema, Direction::Request));
            directions_from(schemas, sent.collect())
        };
        Self { partial: reached(true), complete: reached(false) }
    }

    /// Whether the body of a PATCH request may hold values of a schema.
    pub(in crate::plan) fn is_partial(&self, schema: SchemaId) -> bool {
        self.partial.get(schema.0).is_some_and(|found| found.request)
    }

    /// Whether the body of another request may hold values of a schema.
    pub(in crate::plan) fn is_complete(&self, schema: SchemaId) -> bool {
        self.complete.get(schema.0).is_some_and(|found| found.request)
    }
}
