//! Inputs to begin with: the project's documents, fixtures and documented payloads.

use std::fs;
use std::path::Path;

use crate::support::apis::{Api, rows};
use crate::support::checkout;
use crate::support::documents::document;
use crate::support::instances::{Extent, instance};
use crate::support::raw::Raw;
use crate::support::specs;
use crate::support::types::TYPES;

/// What separates the files of a document from each other.
pub const FILE: &str = "#% file ";

/// Every file of a folder, in the order of the names.
pub fn folder(folder: &Path) -> Vec<Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect();
    paths.sort();
    paths.into_iter().filter_map(|path| fs::read(path).ok()).collect()
}

/// Documents as they are written.
pub fn texts() -> Vec<Vec<u8>> {
    let mut texts: Vec<Vec<u8>> = specs::names().iter().map(|name| together(name)).collect();
    texts.extend(fixtures());
    texts
}

/// One API's document with all of its files.
fn together(name: &str) -> Vec<u8> {
    let source = specs::source(name);
    let mut text = String::new();
    for (file, content) in &source.files {
        if !text.is_empty() {
            text.push_str(&format!("\n{FILE}{}\n", file.trim_start_matches("specs/")));
        }
        text.push_str(content.as_deref().unwrap_or_default());
    }
    text.into_bytes()
}

/// Small documents.
pub fn fixtures() -> Vec<Vec<u8>> {
    ["accepted", "rejected", "hostile"]
        .iter()
        .flat_map(|name| folder(&checkout().join("tests/fixtures").join(name)))
        .collect()
}

/// Documents that are one tree each.
pub fn trees() -> Vec<Vec<u8>> {
    let bundled = Api::ALL.into_iter().map(|api| document(api).root.to_string().into_bytes());
    fixtures().into_iter().chain(bundled).collect()
}

/// Payloads of every type, the type's title in the first line.
pub fn payloads() -> Vec<Vec<u8>> {
    let mut payloads = Vec::new();
    for kind in TYPES {
        for extent in [Extent::Smallest, Extent::Fullest, Extent::Marked, Extent::Arbitrary(1), Extent::Arbitrary(2)] {
            let body = instance(&document(kind.api).root, kind.schema(), extent);
            payloads.push(format!("{}\n{body}", kind.title()).into_bytes());
        }
    }
    payloads
}

/// Requests to every operation, the API's name in the first line.
pub fn requests() -> Vec<Vec<u8>> {
    let mut requests = Vec::new();
    for row in rows() {
        for extent in [Extent::Smallest, Extent::Fullest, Extent::Marked, Extent::Arbitrary(3)] {
            let raw = Raw::new(row, extent);
            let mut text = format!("{}\n{} {}\n", row.api.name(), raw.method, raw.target);
            for (name, value) in &raw.headers {
                text.push_str(&format!("{name}: {value}\n"));
            }
            text.push('\n');
            let mut bytes = text.into_bytes();
            bytes.extend(&raw.body);
            requests.push(bytes);
        }
    }
    requests
}

/// Responses to every operation, the operation and the status in the first line.
pub fn responses() -> Vec<Vec<u8>> {
    let mut responses = Vec::new();
    for row in rows() {
        for status in row.documented().responses.keys().copied() {
            let schema = row.documented().response_schema(status);
            let bodies = [Extent::Smallest, Extent::Marked]
                .map(|extent| schema.map_or_else(String::new, |schema| instance(&row.document().root, schema, extent)));
            for body in bodies {
                let text = format!(
                    "{} {} {status}\ncontent-type: application/json\nretry-after: 1\nx-request-id: r-1\n\n{body}",
                    row.api.name(),
                    row.spec.id
                );
                responses.push(text.into_bytes());
            }
        }
    }
    responses
}
