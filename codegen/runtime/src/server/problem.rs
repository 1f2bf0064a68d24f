//! A rejection as a problem document (RFC 9457).

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::rejection::{Fault, Rejection, RequestLocation};
use super::response::ServerResponse;
use crate::operation::reason_phrase;

impl Rejection {
    /// The rejection as a problem document (RFC 9457), with the extension member `errors`: a list of faults, each with
    /// `detail` and either `pointer` or `parameter` and `in`.
    ///
    /// ```
    /// use specie_runtime::server::{RequestLocation, Rejection};
    ///
    /// let problem = Rejection::at(RequestLocation::Body("/amount".into()), "a decimal is expected").to_problem();
    /// assert_eq!(
    ///     problem.body(),
    ///     br#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"body at /amount: a decimal is expected","errors":[{"pointer":"/amount","detail":"a decimal is expected"}]}"#,
    /// );
    /// ```
    #[must_use]
    pub fn to_problem(&self) -> ServerResponse {
        let status = self.status();
        let problem = Problem {
            kind: "about:blank",
            title: reason_phrase(status).unwrap_or_default(),
            status,
            detail: self.detail(),
            errors: self.named(),
        };
        ServerResponse::json(status, &problem).content_type("application/problem+json")
    }
}

#[derive(serde::Serialize)]
struct Problem<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "<[Fault]>::is_empty")]
    errors: &'a [Fault],
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

#[cfg(test)]
mod tests {
    use super::*;

    fn json(response: &ServerResponse) -> serde_json::Value {
        serde_json::from_slice(response.body()).expect("a problem is JSON")
    }

    #[test]
    fn a_problem_names_every_place() {
        let problem = Rejection::invalid(vec![
            Fault::new(RequestLocation::Query("page[size]".to_owned()), "an integer is expected"),
            Fault::new(RequestLocation::Body("/a".to_owned()), "at most 3 characters"),
        ])
        .to_problem();
        assert_eq!(problem.headers()["content-type"], "application/problem+json");
        assert_eq!(
            json(&problem)["errors"],
            serde_json::json!([
                {"parameter": "page[size]", "in": "query", "detail": "an integer is expected"},
                {"pointer": "/a", "detail": "at most 3 characters"},
            ])
        );
    }

    #[test]
    fn an_internal_cause_is_not_told() {
        let rejection = Rejection::internal("the ledger is gone");
        let problem = rejection.to_problem();
        assert_eq!(problem.status(), 500);
        assert!(!String::from_utf8_lossy(problem.body()).contains("ledger"));
        assert!(format!("{rejection:?}").contains("ledger"));
        assert!(json(&problem).get("errors").is_none());
    }
}
