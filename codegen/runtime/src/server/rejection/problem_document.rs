//! What a problem document (RFC 9457) says of a rejection.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::location::RequestLocation;
use super::{Fault, Rejection};
use crate::operation::reason_phrase;

/// The media type of a problem document.
pub(in crate::server) const MEDIA_TYPE: &str = "application/problem+json";

/// What a rejection says, as a problem document writes it.
#[derive(serde::Serialize)]
pub(in crate::server) struct Problem<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "<[Fault]>::is_empty")]
    errors: &'a [Fault],
}

impl<'a> Problem<'a> {
    pub(in crate::server) fn of(rejection: &'a Rejection) -> Self {
        let status = rejection.status();
        Self {
            kind: "about:blank",
            title: reason_phrase(status).unwrap_or_default(),
            status,
            detail: rejection.detail(),
            errors: rejection.named(),
        }
    }
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let parameter = match &self.location {
            RequestLocation::Body(pointer) => {
                let mut fault = serializer.serialize_struct("Fault", 2)?;
                fault.serialize_field("pointer", pointer)?;
                fault.serialize_field("detail", &self.detail)?;
                return fault.end();
            }
            RequestLocation::Path(name) => ("path", name),
            RequestLocation::Query(name) => ("query", name),
            RequestLocation::Header(name) => ("header", name),
            RequestLocation::Cookie(name) => ("cookie", name),
        };
        let mut fault = serializer.serialize_struct("Fault", 3)?;
        fault.serialize_field("parameter", parameter.1)?;
        fault.serialize_field("in", parameter.0)?;
        fault.serialize_field("detail", &self.detail)?;
        fault.end()
    }
}
