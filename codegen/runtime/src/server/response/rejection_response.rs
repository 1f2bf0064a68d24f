//! The response that a rejection is answered with: as the document of its operation gives the status, or as a problem document.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::ServerResponse;
use crate::operation::reason_phrase;
use crate::server::rejection::documented::ErrorForm;
use crate::server::rejection::location::RequestLocation;
use crate::server::rejection::problem_document;
use crate::server::rejection::problem_document::Problem;
use crate::server::rejection::{Fault, Rejection};

impl Rejection {
    /// The rejection as the document of its operation gives the status, or else as a problem document (RFC 9457).
    ///
    /// 405 is as the first operation of the path gives it that documents the status. A rejection for a path that the document does not
    /// have is a problem document.
    #[must_use]
    pub fn to_response(&self) -> ServerResponse {
        let status = self.status();
        match self.documented().iter().find(|row| row.status == status).map(|row| row.body) {
            Some(Some((media_type, form))) => {
                let value = Written { form, rejection: self, said: self.only_fault().map_or(Said::Whole, Said::Fault) };
                ServerResponse::json(status, &value).content_type(media_type)
            }
            Some(None) => ServerResponse::empty(status),
            None => self.to_problem(),
        }
    }

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
        ServerResponse::json(self.status(), &Problem::of(self)).content_type(problem_document::MEDIA_TYPE)
    }

    fn only_fault(&self) -> Option<&Fault> {
        match self.faults() {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// A form filled with what a rejection says.
struct Written<'a> {
    form: &'static ErrorForm,
    rejection: &'a Rejection,
    said: Said<'a>,
}

/// What of a rejection is said.
#[derive(Clone, Copy)]
enum Said<'a> {
    /// All of it.
    Whole,
    /// One of its faults.
    Fault(&'a Fault),
    /// How many faults are not named.
    More(usize),
}

impl Written<'_> {
    fn within(&self, form: &'static ErrorForm) -> Self {
        Self { form, ..*self }
    }

    fn pointer(&self) -> Option<&str> {
        match self.said {
            Said::Fault(Fault { location: RequestLocation::Body(pointer), .. }) => Some(pointer),
            _ => None,
        }
    }

    fn detail(&self) -> String {
        match self.said {
            Said::Fault(fault) => fault.to_string(),
            Said::Whole => self.rejection.reason(),
            Said::More(count) => format!("and {count} more places are not as documented"),
        }
    }

    /// Whether there is a value for it.
    fn is_known(&self) -> bool {
        match self.form {
            ErrorForm::Pointer => self.pointer().is_some(),
            ErrorForm::Object(members) => members.iter().any(|(_, form)| self.within(form).is_known()),
            _ => true,
        }
    }
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let status = self.rejection.status();
        let reason = reason_phrase(status).unwrap_or_default();
        match self.form {
            ErrorForm::Status => serializer.serialize_u16(status),
            ErrorForm::StatusText => serializer.collect_str(&status),
            ErrorForm::Reason => serializer.serialize_str(reason),
            ErrorForm::Code => serializer.serialize_str(&reason.to_ascii_lowercase().replace([' ', '-'], "_")),
            ErrorForm::Detail => serializer.serialize_str(&self.detail()),
            ErrorForm::Pointer => serializer.serialize_str(self.pointer().unwrap_or_default()),
            ErrorForm::Text(text) => serializer.serialize_str(text),
            ErrorForm::Object(members) => {
                let mut object = serializer.serialize_map(None)?;
                for (name, form) in *members {
                    let value = self.within(form);
                    if value.is_known() {
                        object.serialize_entry(name, &value)?;
                    }
                }
                object.end()
            }
            ErrorForm::Faults(form) => {
                let mut list = serializer.serialize_seq(None)?;
                if self.rejection.faults().is_empty() {
                    list.serialize_element(&self.within(form))?;
                }
                for fault in self.rejection.named() {
                    list.serialize_element(&Written { form, said: Said::Fault(fault), ..*self })?;
                }
                if let Some(count) = self.rejection.unnamed() {
                    list.serialize_element(&Written { form, said: Said::More(count), ..*self })?;
                }
                list.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::rejection::documented::DocumentedRejection;

    const FAULT: ErrorForm = ErrorForm::Object(&[
        ("status", ErrorForm::StatusText),
        ("title", ErrorForm::Reason),
        ("detail", ErrorForm::Detail),
        ("source", ErrorForm::Object(&[("pointer", ErrorForm::Pointer)])),
    ]);
    const DOCUMENTED: &[DocumentedRejection] = &[
        DocumentedRejection::json(
            400,
            "application/vnd.api+json",
            &ErrorForm::Object(&[("type", ErrorForm::Text("error")), ("errors", ErrorForm::Faults(&FAULT))]),
        ),
        DocumentedRejection::json(
            401,
            "application/json",
            &ErrorForm::Object(&[("code", ErrorForm::Code), ("status", ErrorForm::Status)]),
        ),
        DocumentedRejection::empty(404),
    ];

    fn written(rejection: &Rejection) -> String {
        let response = rejection.clone().documented_as(DOCUMENTED).to_response();
        assert_eq!(response.status(), rejection.status());
        let media_type = response.headers().get("content-type").map_or("", |value| value.to_str().unwrap());
        format!("{media_type} {}", String::from_utf8_lossy(response.body()))
    }

    #[test]
    fn every_fault_is_in_the_documented_form() {
        let rejection = Rejection::invalid(vec![
            Fault::new(RequestLocation::Query("page".to_owned()), "an integer is expected"),
            Fault::new(RequestLocation::Body("/a".to_owned()), "must have at most 3 characters"),
        ]);
        assert_eq!(
            written(&rejection),
            "application/vnd.api+json {\"type\":\"error\",\"errors\":[\
             {\"status\":\"400\",\"title\":\"Bad Request\",\"detail\":\"query parameter page: an integer is expected\"},\
             {\"status\":\"400\",\"title\":\"Bad Request\",\"detail\":\"body at /a: must have at most 3 characters\",\"source\":{\"pointer\":\"/a\"}}]}"
        );
        assert_eq!(
            written(&Rejection::bad_request("the query is malformed")),
            "application/vnd.api+json {\"type\":\"error\",\"errors\":[\
             {\"status\":\"400\",\"title\":\"Bad Request\",\"detail\":\"the query is malformed\"}]}"
        );
    }

    #[test]
    fn faults_that_are_not_named_are_counted() {
        let fault = |index: usize| Fault::new(RequestLocation::Body(format!("/{index}")), "it is required");
        let rejection = Rejection::invalid((0..23).map(fault).collect());
        let text = written(&rejection);
        assert!(text.contains("\"detail\":\"body at /19: it is required\"") && !text.contains("/20"), "{text}");
        assert!(text.contains("\"detail\":\"and 3 more places are not as documented\"}]}"), "{text}");
        assert!(rejection.reason().ends_with("body at /19: it is required; and 3 more"), "{}", rejection.reason());
        assert_eq!(rejection.faults().len(), 23);
    }

    #[test]
    fn each_status_has_its_own_form() {
        assert_eq!(
            written(&Rejection::unauthorized("no")),
            "application/json {\"code\":\"unauthorized\",\"status\":401}"
        );
        assert_eq!(written(&Rejection::not_found("no such payout")), " ");
        assert!(written(&Rejection::forbidden("not yours")).starts_with("application/problem+json {"));
    }

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
