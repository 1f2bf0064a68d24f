//! Requests as plain HTTP, written from the document and not by the generated client.

use std::fmt;

use http::Request;
use serde_json::Value;
use specie_runtime::client::Transport as _;
use specie_runtime::server::Bytes;

use super::apis::{AnyTransport, Row};
use super::bench::{ACCOUNT, Bench, KEY};
use super::instances::{Extent, instance};
use super::values::Value as Typed;

/// A request, every part of which a test may spoil.
#[derive(Clone, PartialEq)]
pub struct Raw {
    pub method: String,
    /// Path and query, percent-encoded.
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// What a server answered.
#[derive(Debug)]
pub struct Answered {
    pub status: u16,
    pub headers: http::HeaderMap,
    pub body: Bytes,
}

impl Raw {
    /// A valid request of an operation.
    pub fn new(row: &Row, extent: Extent) -> Self {
        let operation = row.documented();
        let mut raw = Self {
            method: operation.method.clone(),
            target: operation.path.clone(),
            headers: Vec::new(),
            body: Vec::new(),
        };
        let mut query = Vec::new();
        for (index, parameter) in operation.parameters.iter().enumerate() {
            let required = parameter["required"] == true;
            if !required && !extent.takes_optional(index) {
                continue;
            }
            let name = parameter["name"].as_str().unwrap();
            let place = parameter["in"].as_str().unwrap();
            let value = parameter_value(row, parameter, place, extent.shifted(index));
            match place {
                "path" => raw.target = raw.target.replace(&format!("{{{name}}}"), &encoded(&value)),
                "query" => query.push(format!("{}={}", encoded(name), encoded(&value))),
                "header" => raw.headers.push((name.to_owned(), value)),
                other => panic!("a parameter in {other}"),
            }
        }
        if !query.is_empty() {
            raw.target = format!("{}?{}", raw.target, query.join("&"));
        }
        if let Some(schema) = operation.body_schema() {
            raw.headers.push(("content-type".to_owned(), "application/json".to_owned()));
            raw.body = instance(&row.document().root, schema, extent).into_bytes();
        }
        raw.present(row, KEY);
        raw
    }

    /// A valid request of an operation with another body.
    pub fn with_body(row: &Row, body: &[u8]) -> Self {
        Self { body: body.to_vec(), ..Self::new(row, Extent::Smallest) }
    }

    /// Adds the credential of the operation's first alternative.
    pub fn present(&mut self, row: &Row, key: &str) {
        let schemes = &row.document().root["components"]["securitySchemes"];
        for name in row.documented().security.first().into_iter().flatten() {
            let scheme = row.document().resolve(&schemes[name]);
            match (scheme["type"].as_str().unwrap(), scheme["scheme"].as_str(), scheme["in"].as_str()) {
                ("http", Some("basic"), _) => {
                    self.set("authorization", &format!("Basic {}", base64(&format!("{ACCOUNT}:{key}"))));
                }
                ("http", Some("bearer"), _) => self.set("authorization", &format!("Bearer {key}")),
                ("apiKey", _, Some("header")) => self.set(scheme["name"].as_str().unwrap(), key),
                ("apiKey", _, Some("query")) => {
                    let mark = if self.target.contains('?') { '&' } else { '?' };
                    self.target = format!("{}{mark}{}={}", self.target, scheme["name"].as_str().unwrap(), encoded(key));
                }
                other => panic!("a scheme of another kind: {other:?}"),
            }
        }
    }

    /// Sets a header.
    pub fn set(&mut self, name: &str, value: &str) {
        self.unset(name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// Leaves a header out.
    pub fn unset(&mut self, name: &str) {
        self.headers.retain(|(known, _)| known != name);
    }

    /// Sends it.
    pub async fn send(&self, server: &AnyTransport) -> Answered {
        let uri = format!("https://test.invalid{}", self.target);
        let mut request = Request::builder().method(self.method.as_str()).uri(uri);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request = request.body(Bytes::from(self.body.clone())).unwrap();
        let (head, body) = server.send(request.map(Into::into)).await.unwrap().into_parts();
        let body = body.into_bytes(usize::MAX).await.unwrap();
        Answered { status: head.status.as_u16(), headers: head.headers, body }
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = String::from_utf8_lossy(self.body.trim_ascii());
        write!(f, "{} {} {:?} {body}", self.method, self.target, self.headers)
    }
}

impl Answered {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {:?}", self.body))
    }
}

/// A typed request of an operation, made by its own server from plain HTTP.
pub async fn received(row: &Row, raw: &Raw) -> Box<dyn Typed> {
    let bench = Bench::new();
    let answered = raw.send(&row.api.in_process(bench.clone())).await;
    // Nothing is queued, so the bench answers that it failed; anything else says that the request did not reach it.
    assert_eq!(answered.status, 500, "{}: {} {raw:?}", row.name(), String::from_utf8_lossy(&answered.body));
    bench.only_arrival().request
}

/// A typed request of an operation, valid under its document.
pub async fn request(row: &Row, extent: Extent) -> Box<dyn Typed> {
    received(row, &Raw::new(row, extent)).await
}

fn parameter_value(row: &Row, parameter: &Value, place: &str, extent: Extent) -> String {
    let text = instance(&row.document().root, &parameter["schema"], extent);
    let text = serde_json::from_str::<String>(&text).unwrap_or(text);
    match place {
        // No client can name such a path: a browser, a proxy or a server would take the dots as steps.
        "path" if matches!(text.as_str(), "." | "..") => "dots".to_owned(),
        // Refused by servers: what is built of it could lead elsewhere.
        "path" => text.replace(|c: char| matches!(c, '/' | '\\') || c.is_control(), "-"),
        "header" => text.chars().filter(char::is_ascii_graphic).chain(['h']).collect(),
        _ => text,
    }
}

/// Percent-encodes all but what RFC 3986 calls unreserved.
pub fn encoded(text: &str) -> String {
    let bytes = text.bytes().map(|byte| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    bytes.collect()
}

/// Base64 (RFC 4648 section 4), from its definition.
pub fn base64(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let group =
            chunk.iter().fold(0_usize, |group, byte| group << 8 | usize::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = DIGITS[group >> (18 - 6 * place) & 63];
            encoded.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    encoded
}
