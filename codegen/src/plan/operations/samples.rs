//! What the document shows of the response of an operation.

use crate::api::{Direction, Schemas};
use crate::plan::operation_signatures::operations::OperationSignature;
use crate::plan::operation_signatures::response_variants::ResponseVariant;
use crate::rust::{BodyKind, Sample};
use crate::samples::{self, NoSample, SampleResponse};

/// The longest body that is copied into a crate, in bytes.
const LONGEST: usize = 8 << 10;

/// The response of a success, or else of an error: as a client of the crate reads it.
pub(super) fn of_operation(schemas: &Schemas, operation: &OperationSignature<'_>) -> Result<Sample, String> {
    let variant = operation.responses().min_by_key(|variant| (samples::rank(variant.stated.status), !is_json(variant)));
    let variant = variant.ok_or(NoSample::NoResponse);
    let sample =
        variant.and_then(|variant| of_variant(schemas, variant, operation)).map_err(|reason| reason.to_string())?;
    let SampleResponse { status, media_type, headers, body } = sample;
    Ok(Sample { status, media_type, headers, body })
}

fn is_json(variant: &ResponseVariant<'_>) -> bool {
    variant.body.as_ref().is_some_and(|body| body.kind == BodyKind::Json)
}

fn of_variant(
    schemas: &Schemas,
    variant: &ResponseVariant<'_>,
    operation: &OperationSignature<'_>,
) -> Result<SampleResponse, NoSample> {
    let media = variant.body.as_ref().map(|body| body.stated);
    let sample = samples::of_response(schemas, operation.named.stated, (variant.stated, media), None)?;
    if sample.body.len() <= LONGEST {
        return Ok(sample);
    }
    // An example of the document may be too long; one that is made of the schema is usually short.
    let schema = media.and_then(|media| media.schema).ok_or(NoSample::TooLarge)?;
    let body = samples::of_schema(schemas, schema, Direction::Response)?.to_string();
    if body.len() <= LONGEST { Ok(SampleResponse { body, ..sample }) } else { Err(NoSample::TooLarge) }
}
