//! Several media types on one operation, and messages of none of them.

use http::Request;

use super::api::{API, Fake, ImportRow, ImportRowBody, ImportRowOutput, VaultServer, row};
use super::clients;
use crate::client::{ApiClient, Call, Error, Scripted, Transport};
use crate::{Body, InProcess, Json, Outcome};

#[tokio::test]
async fn each_documented_request_is_read_as_what_it_is() {
    for client in clients().await {
        for (body, expected) in [
            (ImportRowBody::Json(row(1, "a")), row(1, "a")),
            (ImportRowBody::Form(row(2, "b&c")), row(2, "b&c")),
            (ImportRowBody::Csv("3,c".to_owned()), row(0, "3,c")),
        ] {
            let output = Call::new(&client, ImportRow { body }).await.unwrap();
            assert_eq!(output, ImportRowOutput::Json(expected));
        }
    }
}

#[tokio::test]
async fn a_caller_chooses_among_the_documented_responses() {
    for client in clients().await {
        let call = Call::new(&client, ImportRow { body: ImportRowBody::Json(row(1, "a")) });
        assert_eq!(call.accept("text/csv").await.unwrap(), ImportRowOutput::Csv("1,a".to_owned()));
        let call = Call::new(&client, ImportRow { body: ImportRowBody::Json(row(1, "a")) });
        let error = call.accept("text/html").await.unwrap_err();
        assert!(matches!(error, Error::Build(_)), "{error}");
    }
}

/// Pays: a success of JSON alone, and an error that is a problem document.
struct PayOnce;

enum PayOnceError {
    Invalid(Json),
}

crate::operation!(PayOnce {
    id: "payOnce", POST: "/pay-once",
    success: Json { 201: json }, errors: PayOnceError { 400: json("application/problem+json") Invalid },
});

/// A server of the document refuses them, after which nobody knows whether the operation happened.
#[tokio::test]
async fn what_a_server_of_the_document_does_not_give_is_not_asked_for() {
    let script = Scripted::new().respond(201, "{}");
    let client = ApiClient::over(&API, script.clone());
    for media_type in ["application/vnd.api+json", "application/problem+json", "application/json;q=0", "text/html"] {
        let error = Call::new(&client, PayOnce).accept(media_type).await.unwrap_err();
        assert!(matches!(error, Error::Build(_)), "{media_type}: {error}");
        assert_eq!(error.outcome(), Outcome::NotSent);
    }
    assert!(script.sent().is_empty());
    assert!(Call::new(&client, PayOnce).accept("application/json").await.is_ok());
}

/// The status of a response to a request with these headers.
async fn status(headers: &[(&str, &str)], body: &'static str) -> u16 {
    let mut request = Request::put("https://vault.invalid/rows");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let server = InProcess::new(VaultServer::new(Fake));
    server.send(request.body(Body::from(body)).unwrap()).await.unwrap().status().as_u16()
}

#[tokio::test]
async fn what_is_not_documented_is_neither_taken_nor_given() {
    const BODY: &str = r#"{"id": 1, "note": ""}"#;
    let json = ("content-type", "application/json");
    assert_eq!(status(&[json], BODY).await, 200);
    assert_eq!(status(&[("content-type", "application/xml")], BODY).await, 415);
    assert_eq!(status(&[], BODY).await, 415);
    assert_eq!(status(&[], "").await, 400);
    for (accept, expected) in [
        ("*/*", 200),
        ("text/*;q=0.1", 200),
        ("application/json;q=0, text/csv", 200),
        ("text/html, image/*", 406),
        ("application/json;q=0", 406),
    ] {
        assert_eq!(status(&[json, ("accept", accept)], BODY).await, expected, "{accept}");
    }
}

/// JSON alone, which is not named in the table of the operation.
#[tokio::test]
async fn json_alone_is_not_given_to_whoever_accepts_something_else() {
    for (accept, expected) in [
        (None, 200),
        (Some("*/*"), 200),
        (Some("application/json"), 200),
        (Some("text/html, image/*"), 406),
        (Some("application/vnd.api+json"), 406),
        (Some("application/problem+json"), 406),
    ] {
        let mut request = Request::post("https://vault.invalid/payments").header("content-type", "application/json");
        if let Some(accept) = accept {
            request = request.header("accept", accept);
        }
        let body = Body::from(r#"{"amount":7,"currency":"EUR","lines":[]}"#);
        let response = InProcess::new(VaultServer::new(Fake)).send(request.body(body).unwrap()).await.unwrap();
        assert_eq!(response.status(), expected, "{accept:?}");
    }
}

#[tokio::test]
async fn a_response_of_another_media_type_is_undocumented_and_keeps_its_body() {
    let html = [("content-type", "text/html")];
    let script = Scripted::new()
        .respond_with(200, &html, "<html>")
        .respond_with(200, &[("content-type", "Application/JSON; charset=utf-8")], r#"{"id":1,"note":"a"}"#)
        .respond_with(200, &[("content-type", "text/csv")], "1,a")
        .respond(200, r#"{"id":1,"note":"a"}"#);
    let client = ApiClient::over(&API, script.clone());
    let call = || Call::new(&client, ImportRow { body: ImportRowBody::Json(row(1, "a")) });
    let error = call().await.unwrap_err();
    assert!(matches!(error, Error::Undocumented(..)), "{error}");
    assert_eq!(error.body().unwrap(), "<html>");
    for expected in ["json", "csv", "json"] {
        match (call().await.unwrap(), expected) {
            (ImportRowOutput::Json(_), "json") | (ImportRowOutput::Csv(_), "csv") => {}
            (other, _) => panic!("{other:?} is not {expected}"),
        }
    }
    assert_eq!(script.sent()[0].header("accept"), Some("application/json, text/csv"));
}
