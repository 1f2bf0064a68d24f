//! Forms of parts, with files in memory and as streams.

use http::{HeaderValue, Request};

use super::api::{Fake, Upload, Uploaded, VaultServer, row};
use super::clients;
use crate::client::{Call, Transport};
use crate::{Body, FilePart, InProcess};

fn upload(file: FilePart) -> Upload {
    Upload {
        title: "ä \"b\"\r\n--x".to_owned(),
        row: row(1, "n"),
        tags: vec!["a".into(), "b".into()],
        note: Some(7),
        file,
    }
}

#[tokio::test]
async fn parts_arrive_as_they_were_sent() {
    for client in clients().await {
        // In memory, and longer than the server holds: then it is a stream.
        for bytes in [0, 1000, 3 << 20] {
            let content = vec![b'\r'; bytes];
            let mut file = FilePart::new(content).named("a \"b\".bin").of_type("image/png");
            file.headers.insert("x-checksum", HeaderValue::from_static("12"));
            let uploaded = Call::new(&client, upload(file)).await.unwrap();
            let expected = Uploaded {
                title: "ä \"b\"\r\n--x".to_owned(),
                row: row(1, "n"),
                tags: vec!["a".into(), "b".into()],
                note: Some(7),
                file_name: Some("a \"b\".bin".into()),
                content_type: Some("image/png".into()),
                checksum: Some("12".into()),
                bytes,
            };
            assert_eq!(uploaded, expected);
        }
    }
}

#[tokio::test]
async fn a_file_is_sent_as_a_stream() {
    for client in clients().await {
        for file in [Body::again(|| "abc".into()), Body::reader(&b"abc"[..]), Body::reader(&b"abc"[..]).with_length(3)]
        {
            let uploaded = Call::new(&client, upload(FilePart::new(file))).await.unwrap();
            assert_eq!((uploaded.bytes, uploaded.file_name.as_deref()), (3, Some("file")));
        }
    }
}

/// Sends a form as text, with lines that end with line feeds, and returns status and text of the response.
async fn post(form: &str, pieces: usize) -> (u16, String) {
    let form = form.replace('\n', "\r\n");
    let (mut sender, body) = Body::channel(1);
    let request =
        Request::post("https://vault.invalid/files").header("content-type", "multipart/form-data; boundary=\"x\"");
    let server = InProcess::new(VaultServer::new(Fake).body_limit(1000));
    let writing = tokio::spawn(async move {
        for piece in form.as_bytes().chunks(pieces) {
            if sender.send(piece.to_vec()).await.is_err() {
                return;
            }
        }
        let _ = sender.finish().await;
    });
    let (head, body) = server.send(request.body(body).unwrap()).await.unwrap().into_parts();
    let text = String::from_utf8(body.into_bytes(10_000).await.unwrap().to_vec()).unwrap();
    writing.await.unwrap();
    (head.status.as_u16(), text)
}

const TITLE: &str = "--x\nContent-Disposition: form-data; name=title\n\nt\n";
const ROW: &str =
    "--x  \ncontent-type: application/json\ncontent-disposition: form-data; name=\"row\"\n\n{\"id\":1,\"note\":\"\"}\n";
const FILE: &str = "--x\nContent-Disposition: form-data; filename=\"f\"; name=\"file\"\n\n\n--y\n\n";

#[tokio::test]
async fn a_form_that_is_not_there_is_asked_for() {
    let request = Request::post("https://vault.invalid/files").body(Body::empty()).unwrap();
    let response = InProcess::new(VaultServer::new(Fake)).send(request).await.unwrap();
    assert_eq!(response.status(), 400);
    let text = response.into_body().into_bytes(1000).await.unwrap();
    assert!(String::from_utf8_lossy(&text).contains("body: it is required"), "{text:?}");
}

#[tokio::test]
async fn parts_are_read_in_any_order_and_in_any_pieces() {
    let form = format!("a preamble\n{FILE}{ROW}{TITLE}--x--\nan epilogue");
    for pieces in [1, 2, 3, 7, 10_000] {
        let (status, text) = post(&form, pieces).await;
        assert_eq!(status, 201, "{text}");
        assert!(text.contains(r#""title":"t""#) && text.contains(r#""bytes":7"#), "{text}");
    }
}

#[tokio::test]
async fn a_form_that_is_not_as_documented_is_refused_with_its_place() {
    let large = "a".repeat(2000);
    let large_file = format!("--x\nContent-Disposition: form-data; name=\"file\"\n\n{large}\n");
    let large_title = format!("--x\nContent-Disposition: form-data; name=\"title\"\n\n{large}\n");
    for (form, status, expected) in [
        (format!("{ROW}{FILE}--x--"), 400, "/title"),
        (format!("{TITLE}{TITLE}{ROW}{FILE}--x--"), 400, "more than once"),
        (format!("{TITLE}{FILE}{}--x--", ROW.replace("1,", "\"z\",")), 400, "/row/id"),
        (format!("{TITLE}{ROW}{FILE}{}--x--", TITLE.replace("title", "other")), 400, "the only parts"),
        (format!("{TITLE}{ROW}{FILE}--x-"), 400, "last boundary"),
        (format!("{TITLE}{ROW}{FILE}"), 400, "last boundary"),
        (format!("{TITLE}--xy\n"), 400, "other text"),
        (format!("{ROW}{FILE}{large_title}--x--"), 413, "longer than"),
        (format!("{ROW}{large_file}{TITLE}--x--"), 400, "/title"),
        (format!("{ROW}{TITLE}{large_file}{TITLE}--x--"), 400, "could not be read to its end"),
        (format!("{ROW}{TITLE}{large_file}"), 400, "could not be read to its end"),
        (format!("--x\n{}", "a: b\n".repeat(9000)), 400, "too long"),
        (format!("{TITLE}{}{FILE}--x--", ROW.replace("--x  \n", &format!("--x\na: {large}\n"))), 413, "longer than"),
        ("--x\nContent-Disposition: form-data\n\n--x--".to_owned(), 400, "no name"),
        (String::new(), 400, "last boundary"),
    ] {
        let (given, text) = post(&form, 100).await;
        assert_eq!(given, status, "{text}");
        assert!(text.contains(expected), "{text} does not say {expected}");
    }
}
