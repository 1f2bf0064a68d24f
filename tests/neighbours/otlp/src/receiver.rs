//! A receiver of OTLP over HTTP, as small as one can be: it keeps the JSON of each request and answers that all was well.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use serde_json::Value;

pub struct Receiver {
    url: String,
    received: Arc<Mutex<Vec<Value>>>,
}

impl Receiver {
    /// Listens on a free port.
    pub fn start() -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let url = format!("http://{}", listener.local_addr()?);
        let received = Arc::default();
        let kept: Arc<Mutex<Vec<Value>>> = Arc::clone(&received);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let kept = Arc::clone(&kept);
                thread::spawn(move || serve(connection, &kept));
            }
        });
        Ok(Self { url, received })
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// A line for each span and each point of a metric, sorted.
    pub fn received(&self) -> Vec<String> {
        let received = self.received.lock().unwrap_or_else(PoisonError::into_inner);
        let spans: Vec<_> =
            received.iter().flat_map(|one| nested(one, &["resourceSpans", "scopeSpans", "spans"])).collect();
        let metrics = received.iter().flat_map(|one| nested(one, &["resourceMetrics", "scopeMetrics", "metrics"]));
        let mut lines = span_lines(&spans);
        lines.extend(metrics.flat_map(metric_lines));
        lines.sort();
        lines
    }
}

/// Requests of one connection, each with a length.
fn serve(connection: TcpStream, kept: &Mutex<Vec<Value>>) -> io::Result<()> {
    let mut reader = BufReader::new(connection.try_clone()?);
    let mut writer = connection;
    loop {
        let mut length = 0;
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        while line.trim() != "" {
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
            line.clear();
            reader.read_line(&mut line)?;
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        let value = serde_json::from_slice(&body).map_err(io::Error::other)?;
        kept.lock().unwrap_or_else(PoisonError::into_inner).push(value);
        writer.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}")?;
    }
}

/// The items of lists within lists.
fn nested<'v>(value: &'v Value, keys: &[&str]) -> Vec<&'v Value> {
    let Some((first, rest)) = keys.split_first() else { return vec![value] };
    let items = value[first].as_array().into_iter().flatten();
    items.flat_map(|item| nested(item, rest)).collect()
}

/// Each span with its parent, by name.
fn span_lines(spans: &[&Value]) -> Vec<String> {
    let lines = spans.iter().map(|span| {
        let parent =
            spans.iter().find(|one| one["spanId"] == span["parentSpanId"] && one["traceId"] == span["traceId"]);
        let parent = parent.map_or("the beginning", |parent| parent["name"].as_str().unwrap_or_default());
        let kind = match span["kind"].as_i64() {
            Some(2) => "server",
            Some(3) => "client",
            _ => "other",
        };
        let status = if span["status"]["code"] == 2 { ", an error" } else { "" };
        format!("span {} ({kind}) of {parent}{status}", span["name"].as_str().unwrap_or_default())
    });
    lines.collect()
}

/// Each point of a metric with its attributes.
fn metric_lines(metric: &Value) -> Vec<String> {
    let name = metric["name"].as_str().unwrap_or_default();
    let unit = metric["unit"].as_str().unwrap_or_default();
    let points = ["sum", "histogram"].map(|kind| nested(&metric[kind], &["dataPoints"]));
    points
        .into_iter()
        .flatten()
        .map(|point| {
            let mut attributes: Vec<String> = nested(point, &["attributes"]).into_iter().map(attribute).collect();
            attributes.sort();
            let count = text(&point["count"]).or_else(|| text(&point["asInt"])).unwrap_or_default();
            format!("metric {name} [{unit}] {count}: {}", attributes.join(" "))
        })
        .collect()
}

fn attribute(pair: &Value) -> String {
    let value = &pair["value"];
    let value = text(&value["stringValue"]).or_else(|| text(&value["intValue"])).unwrap_or_default();
    format!("{}={value}", pair["key"].as_str().unwrap_or_default())
}

/// The text of a string or a number.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
