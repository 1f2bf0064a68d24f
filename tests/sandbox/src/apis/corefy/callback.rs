//! What a merchant is told of an invoice.

use serde_json::value::RawValue;

use super::invoice::Invoice;
use super::view::{Document, Map, resource};
use crate::error::SandboxError;
use crate::profile::EmptyMaps;
use crate::record::Object;

/// The payload: the invoice without the callbacks sent so far. Empty maps are lists, as in the platform's samples, if so wanted.
pub(super) fn payload(
    object: &Object,
    invoice: &Invoice,
    empty_maps: EmptyMaps,
) -> Result<Box<RawValue>, SandboxError> {
    let mut resource = resource(object, invoice, None);
    if empty_maps == EmptyMaps::Lists {
        if invoice.metadata.is_empty() {
            resource.attributes.metadata = Map::Empty([]);
        }
        if invoice.fields.is_empty() {
            resource.attributes.fields = Map::Empty([]);
        }
    }
    Ok(serde_json::value::to_raw_value(&Document { data: resource })?)
}
