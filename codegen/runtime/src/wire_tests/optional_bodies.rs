//! Bodies that may be left out, of every kind that is read whole.

use http::Request;

use super::api::{Fake, Row, VaultServer, row};
use super::clients;
use crate::client::{Call, Transport};
use crate::server::{Refusal, RequestContext};
use crate::{Base64, Body, FilePart, InProcess, NoError, Patch};

type Seen = Result<String, Refusal<NoError>>;

pub(super) struct OptionalForm {
    body: Option<Row>,
}

crate::operation!(OptionalForm {
    id: "optionalForm", POST: "/optional/form", body: optional form body,
    success: String { 200: json }, errors: NoError {},
});

pub(super) async fn form(request: OptionalForm, _: RequestContext) -> Seen {
    Ok(format!("{:?}", request.body.map(|row| row.id)))
}

pub(super) struct OptionalText {
    body: Option<String>,
}

crate::operation!(OptionalText {
    id: "optionalText", POST: "/optional/text", body: optional text("text/csv") body,
    success: String { 200: json }, errors: NoError {},
});

pub(super) async fn text(request: OptionalText, _: RequestContext) -> Seen {
    Ok(format!("{:?}", request.body))
}

pub(super) struct OptionalBytes {
    body: Option<Base64>,
}

crate::operation!(OptionalBytes {
    id: "optionalBytes", POST: "/optional/bytes", body: optional bytes("image/png") body,
    success: String { 200: json }, errors: NoError {},
});

pub(super) async fn bytes(request: OptionalBytes, _: RequestContext) -> Seen {
    Ok(format!("{:?}", request.body.map(|bytes| bytes.as_ref().len())))
}

pub(super) struct OptionalParts {
    note: Option<String>,
    file: Option<FilePart>,
}

crate::operation!(OptionalParts {
    id: "optionalParts", POST: "/optional/parts",
    body: optional multipart { note: text.optional(), file: file.optional() },
    success: String { 200: json }, errors: NoError {},
});

pub(super) async fn parts(request: OptionalParts, _: RequestContext) -> Seen {
    Ok(format!("{:?} {:?}", request.note, request.file.map(|file| file.file_name)))
}

pub(super) struct NullableJson {
    body: Patch<Row>,
}

crate::operation!(NullableJson {
    id: "nullableJson", POST: "/optional/json", body: patch json body,
    success: String { 200: json }, errors: NoError {},
});

pub(super) async fn json(request: NullableJson, _: RequestContext) -> Seen {
    Ok(match request.body {
        Patch::Set(row) => format!("Some({})", row.id),
        Patch::Clear => "null".to_owned(),
        Patch::Keep => "None".to_owned(),
    })
}

pub(super) struct OptionalChoice {
    body: Option<Chosen>,
}

enum Chosen {
    Json(Row),
    Csv(String),
}

crate::operation!(OptionalChoice {
    id: "optionalChoice", POST: "/optional/choice",
    body: optional Chosen body of { Json: json("application/json"), Csv: text("text/csv") },
    success: String { 200: json }, errors: NoError {},
});

pub(super) async fn choice(request: OptionalChoice, _: RequestContext) -> Seen {
    Ok(match request.body {
        Some(Chosen::Json(row)) => format!("json {}", row.id),
        Some(Chosen::Csv(text)) => format!("csv {text}"),
        None => "None".to_owned(),
    })
}

#[tokio::test]
async fn a_body_is_left_out_and_is_sent() {
    for client in clients().await {
        assert_eq!(Call::new(&client, OptionalForm { body: None }).await.unwrap(), "None");
        assert_eq!(Call::new(&client, OptionalForm { body: Some(row(7, "")) }).await.unwrap(), "Some(7)");
        assert_eq!(Call::new(&client, OptionalText { body: None }).await.unwrap(), "None");
        assert_eq!(Call::new(&client, OptionalText { body: Some("a".to_owned()) }).await.unwrap(), "Some(\"a\")");
        assert_eq!(Call::new(&client, OptionalBytes { body: None }).await.unwrap(), "None");
        assert_eq!(Call::new(&client, OptionalBytes { body: Some(vec![1, 2].into()) }).await.unwrap(), "Some(2)");
        assert_eq!(Call::new(&client, NullableJson { body: Patch::Keep }).await.unwrap(), "None");
        assert_eq!(Call::new(&client, NullableJson { body: Patch::Clear }).await.unwrap(), "null");
        assert_eq!(Call::new(&client, NullableJson { body: Patch::Set(row(7, "")) }).await.unwrap(), "Some(7)");
        assert_eq!(Call::new(&client, OptionalParts { note: None, file: None }).await.unwrap(), "None None");
        let parts = OptionalParts { note: Some("n".to_owned()), file: Some(FilePart::new("x").named("a.png")) };
        assert_eq!(Call::new(&client, parts).await.unwrap(), "Some(\"n\") Some(Some(\"a.png\"))");
        assert_eq!(Call::new(&client, OptionalChoice { body: None }).await.unwrap(), "None");
        let chosen = OptionalChoice { body: Some(Chosen::Json(row(7, ""))) };
        assert_eq!(Call::new(&client, chosen).await.unwrap(), "json 7");
        let chosen = OptionalChoice { body: Some(Chosen::Csv("a".to_owned())) };
        assert_eq!(Call::new(&client, chosen).await.unwrap(), "csv a");
    }
}

/// A caller that names a media type and sends nothing, in a body of unknown length.
#[tokio::test]
async fn a_body_of_no_bytes_is_left_out() {
    for (path, media_type) in [
        ("form", "application/x-www-form-urlencoded"),
        ("text", "text/csv"),
        ("bytes", "image/png"),
        ("json", "application/json"),
        ("choice", "application/json"),
        ("choice", "text/csv"),
    ] {
        let request =
            Request::post(format!("https://vault.invalid/optional/{path}")).header("content-type", media_type);
        let body = Body::reader(&b""[..]);
        let response = InProcess::new(VaultServer::new(Fake)).send(request.body(body).unwrap()).await.unwrap();
        let status = response.status();
        let text = response.into_body().into_bytes(100).await.unwrap();
        assert_eq!((status.as_u16(), &text[..]), (200, &b"\"None\""[..]), "{path}");
    }
}
