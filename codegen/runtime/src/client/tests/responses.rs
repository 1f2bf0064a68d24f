//! What comes back: values, documented errors, responses that nobody documented.

use super::fixtures::{Bare, Get, ProbeError, Unique, client};
use crate::client::{ApiClient, Call, Error, Scripted, Simulated, TransportError};
use crate::operation::NoError;
use crate::outcome::Outcome;

fn over(script: &Scripted) -> ApiClient {
    client(script, &Simulated::new(1))
}

#[tokio::test]
async fn a_success_is_its_value_with_details_on_demand() {
    let headers = [("x-request-id", "req_1"), ("x-rate", "9")];
    let script = Scripted::new().respond(201, "\"po_1\"").respond_with(201, &headers, "\"po_2\"");
    assert_eq!(Call::new(&over(&script), Bare).await.unwrap(), "po_1");
    let (value, meta) = Call::new(&over(&script), Bare).detailed().await.unwrap();
    assert_eq!(value, "po_2");
    assert_eq!((meta.status(), meta.request_id(), meta.header("x-rate")), (Some(201), Some("req_1"), Some("9")));
    assert_eq!((meta.operation_id(), meta.attempts(), meta.outcome()), ("pay", 1, Outcome::Done));
}

#[tokio::test]
async fn a_documented_error_is_typed_and_keeps_its_headers() {
    let script = Scripted::new().respond_with(409, &[("request-id", "req_2")], "\"po_0\"");
    let error = Call::new(&over(&script), Unique).await.unwrap_err();
    let Error::Api(ProbeError::Conflict(earlier), meta) = &error else { panic!("{error}") };
    assert_eq!((earlier.as_str(), meta.request_id()), ("po_0", Some("req_2")));
    assert_eq!((error.outcome(), error.status()), (Outcome::Duplicate, Some(409)));
    assert_eq!(error.to_string(), "pay: 409 Conflict (carried out earlier)");
}

#[tokio::test]
async fn an_undocumented_status_keeps_status_and_bytes() {
    for (status, outcome) in [
        (202, Outcome::Unknown),
        (204, Outcome::Unknown),
        (302, Outcome::Unknown),
        (418, Outcome::Unknown),
        (410, Outcome::Unknown),
        (501, Outcome::Unknown),
    ] {
        let script = Scripted::new().respond(status, "short and stout");
        let error = Call::new(&over(&script), Bare).await.unwrap_err();
        let Error::Undocumented(response, _) = &error else { panic!("{error}") };
        assert_eq!((response.status(), &**response.body()), (status, &b"short and stout"[..]));
        assert_eq!((error.status(), error.outcome()), (Some(status), outcome));
        assert_eq!(error.body().map(|body| &**body), Some(&b"short and stout"[..]));
    }
}

#[tokio::test]
async fn an_unreadable_body_keeps_status_and_bytes_and_says_where() {
    for status in [201, 422] {
        let script = Scripted::new().respond(status, "[1]");
        let error = Call::new(&over(&script), Bare).await.unwrap_err();
        let Error::Decode(response, _) = &error else { panic!("{error}") };
        assert_eq!((response.status(), &**response.body(), response.is_undocumented()), (status, &b"[1]"[..], false));
        assert_eq!(response.pointer(), Some(if status == 422 { "/0" } else { "" }));
        assert_eq!(error.outcome(), Outcome::Unknown);
    }
    let script = Scripted::new().respond(200, "<html>");
    let error = Call::new(&over(&script), Get).await.unwrap_err();
    assert!(matches!(&error, Error::Decode(response, _) if response.pointer().is_none()));
}

#[tokio::test]
async fn a_problem_document_is_told_by_its_media_type_and_proves_nothing() {
    let problem = r#"{"type":7,"title":"Nope","detail":"4111","errors":[{"pointer":"/amount","detail":"4111"}]}"#;
    for status in [400, 401, 409, 422, 503] {
        let headers = [("content-type", "application/problem+json; charset=utf-8"), ("x-request-id", "req_3")];
        let script = Scripted::new().respond_with(status, &headers, problem);
        let error = Call::new(&over(&script), Bare).await.unwrap_err();
        let Error::Problem(found, meta) = &error else { panic!("{error}") };
        assert_eq!(
            (found.status(), found.kind(), found.title(), found.detail()),
            (status, None, Some("Nope"), Some("4111"))
        );
        assert_eq!((found.pointer(), meta.request_id()), (Some("/amount"), Some("req_3")));
        assert_eq!((error.outcome(), error.body().map(|body| &**body)), (Outcome::Unknown, Some(problem.as_bytes())));
        assert!(!format!("{error} {error:?} {found:?}").contains("4111"));
    }
    for (status, media_type, body) in [
        (202, "application/problem+json", problem),
        (400, "text/html", problem),
        (400, "application/problem+json", "[]"),
    ] {
        let script = Scripted::new().respond_with(status, &[("content-type", media_type)], body);
        let error = Call::new(&over(&script), Bare).await.unwrap_err();
        assert!(matches!(error, Error::Undocumented(..)), "{status} {media_type}: {error}");
    }
}

/// What is read is lenient with media types, and an error that asks for nothing would take any object.
#[tokio::test]
async fn a_problem_document_is_not_taken_for_another_error_of_an_operation_that_reads() {
    struct Find {}
    enum FindError {
        BadRequest(String),
        NotFound(std::collections::BTreeMap<String, crate::Json>),
    }
    crate::operation!(Find {
        id: "find", GET: "/payouts", success: () { 204: empty },
        errors: FindError { 400: text("text/plain") BadRequest, 404: json NotFound },
    });
    let answered = async |status: u16, media_type: &'static str| {
        let body = r#"{"title": "Nope", "errors": [{"pointer": "/a"}]}"#;
        let script = Scripted::new().respond_with(status, &[("content-type", media_type)], body);
        Call::new(&over(&script), Find {}).await.unwrap_err()
    };
    for status in [400, 404] {
        let error = answered(status, "application/problem+json").await;
        let Error::Problem(found, _) = &error else { panic!("{status}: {error}") };
        assert_eq!((found.status(), found.pointer(), error.outcome()), (status, Some("/a"), Outcome::Refused));
    }
    assert!(
        matches!(answered(400, "application/json").await, Error::Api(FindError::BadRequest(text), _) if text.contains("Nope"))
    );
    assert!(
        matches!(answered(404, "application/vnd.api+json").await, Error::Api(FindError::NotFound(found), _) if found.len() == 2)
    );
}

#[tokio::test]
async fn a_documented_problem_document_of_another_form_is_not_as_documented() {
    struct Pay {}
    enum PayError {
        BadRequest(Vec<u32>),
    }
    crate::operation!(Pay {
        id: "pay", POST: "/pay", success: () { 204: empty },
        errors: PayError { 400: json("application/problem+json") BadRequest },
    });
    let answered = async |body: &'static str| {
        let script = Scripted::new().respond_with(400, &[("content-type", "application/problem+json")], body);
        Call::new(&over(&script), Pay {}).await.unwrap_err()
    };
    assert!(matches!(answered("[1]").await, Error::Api(PayError::BadRequest(codes), _) if codes == [1]));
    let error = answered(r#"{"title": "Nope"}"#).await;
    assert!(matches!(&error, Error::Decode(..)), "{error}");
}

#[tokio::test]
async fn an_undocumented_refusal_says_what_the_document_lacks() {
    let script = Scripted::new().respond(403, "no").respond(403, "no").respond(502, "no");
    assert_eq!(
        Call::new(&over(&script), Bare).await.unwrap_err().to_string(),
        "pay: the document does not give status 403; if the API rejects requests with this response, add the response to the document (unknown whether it happened)"
    );
    let reading = Call::new(&over(&script), Get).await.unwrap_err().to_string();
    assert_eq!(reading, "get: the document does not give status 403 (refused)", "nothing is open there");
    let failed = Call::new(&over(&script), Bare).await.unwrap_err().to_string();
    assert_eq!(failed, "pay: the document does not give status 502 (unknown whether it happened)");
}

#[tokio::test]
async fn responses_are_held_to_the_documented_media_type_where_something_was_to_happen() {
    for (media_type, fits) in [
        ("application/json", true),
        ("Application/JSON; charset=utf-8", true),
        ("application/problem+json", false),
        ("text/html", false),
        ("", false),
    ] {
        let headers = [("content-type", media_type)];
        let script = Scripted::new().respond_with(201, &headers, "\"po_1\"").respond_with(200, &headers, "\"po_1\"");
        let paid = Call::new(&over(&script), Bare).await;
        assert_eq!(paid.is_ok(), fits, "{media_type}");
        if let Err(error) = paid {
            assert_eq!(error.outcome(), Outcome::Unknown);
            assert!(error.to_string().contains("not of the documented media type application/json"), "{error}");
            assert_eq!(error.body().map(|body| &**body), Some(&b"\"po_1\""[..]));
        }
        assert_eq!(Call::new(&over(&script), Get).await.unwrap(), "po_1", "what is read is what it is");
    }
}

#[tokio::test]
async fn a_response_without_content_has_no_body() {
    let script = Scripted::new().respond(401, "").respond(401, "{}").respond(401, "{}");
    assert_eq!(Call::new(&over(&script), Bare).await.unwrap_err().outcome(), Outcome::Refused);
    let error = Call::new(&over(&script), Bare).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "pay: the document gives status 401 no body, and the response has one (unknown whether it happened)"
    );
    let error = Call::new(&over(&script), Get).await.unwrap_err();
    assert_eq!((error.outcome(), error.api()), (Outcome::Refused, Some(&ProbeError::Unauthorized)));
}

#[tokio::test]
async fn debug_forms_show_what_kind_of_error_it_is_and_no_body() {
    let marker = "card 4111111111111111";
    let list = format!("[\"{marker}\"]");
    let text = format!("\"{marker}\"");
    let html = [("content-type", "text/html")];
    let script = Scripted::new()
        .respond(422, list.clone())
        .respond(409, text.clone())
        .respond(418, text.clone())
        .respond_with(201, &html, text.clone())
        .respond(201, list)
        .fail(|| TransportError::interrupted("the connection broke"));
    for kind in ["Api", "Api", "Undocumented", "Undocumented", "Decode", "Transport"] {
        let error = Call::new(&over(&script), Unique).await.unwrap_err();
        for shown in [format!("{error:?}"), format!("{error:#?}")] {
            assert!(shown.starts_with(kind) && shown.contains("outcome: "), "{shown}");
            assert!(!shown.contains("4111"), "{shown}");
        }
    }
}

#[test]
fn errors_are_small_beside_their_own_body() {
    assert!(size_of::<Error<NoError>>() <= 24);
    assert!(size_of::<Error<ProbeError>>() <= size_of::<ProbeError>() + 16);
}

#[test]
fn calls_can_be_sent_to_other_threads() {
    fn check<T: Send + 'static>(_: &T) {}
    let call = Call::new(&over(&Scripted::new()), Bare);
    check(&call);
    check(&std::future::IntoFuture::into_future(call));
}

/// As `generate` writes it of a document that gives 205 `content`.
#[tokio::test]
async fn what_follows_205_does_not_put_it_in_doubt() {
    struct Pay {}
    crate::operation!(Pay { id: "pay", POST: "/pay", success: () { 205: empty }, errors: NoError {}, });
    let script = Scripted::new().respond_with(205, &[("content-type", "application/json")], r#"{"id":"po_1"}"#);
    let ((), meta) = Call::new(&over(&script), Pay {}).detailed().await.unwrap();
    assert_eq!(meta.outcome(), Outcome::Done);
}
