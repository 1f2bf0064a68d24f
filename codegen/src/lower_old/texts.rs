//! Titles, descriptions, provenance and notes: what the generated documentation will say.

use crate::api::Value;
use crate::ir::{Docs, Info, Note, Provenance};
use crate::syntax::{Node, ScalarKind};

/// The texts of any object of the document.
pub fn docs(node: &Node) -> Docs {
    let summary = text(node, "summary").or_else(|| text(node, "title"));
    let description = text(node, "description");
    Docs {
        summary,
        description,
        deprecated: node.get("deprecated").and_then(Node::as_bool) == Some(true),
        provenance: provenance(node),
        notes: Vec::new(),
    }
}

/// The texts of a schema, with its default and example as notes.
pub fn schema_docs(node: &Node) -> Docs {
    let mut docs = docs(node);
    // A title repeats the schema's name; where there is a description it says more.
    if docs.description.is_some() {
        docs.summary = None;
    }
    let scalar = |key| node.get(key).filter(|stated| !stated.is_mapping() && !stated.is_sequence()).map(value);
    docs.notes.extend(scalar("default").map(Note::Default));
    docs.notes.extend(scalar("example").map(Note::Example));
    for (key, note) in [("readOnly", Note::OnlyInResponses), ("writeOnly", Note::OnlyInRequests)] {
        if node.get(key).and_then(Node::as_bool) == Some(true) {
            docs.notes.push(note);
        }
    }
    docs
}

/// A value of the document as data.
pub fn value(node: &Node) -> Value {
    match node.kind() {
        None if node.is_sequence() => Value::List(node.items().iter().map(value).collect()),
        None => Value::Object(node.entries().map(|(key, entry)| (key.text().to_owned(), value(entry))).collect()),
        Some(ScalarKind::Null) => Value::Null,
        Some(ScalarKind::Bool) => Value::Bool(node.as_bool() == Some(true)),
        Some(ScalarKind::Integer | ScalarKind::Float) => Value::Number(node.to_json_text()),
        Some(ScalarKind::String) => Value::String(node.text().unwrap_or_default().to_owned()),
    }
}

/// `x-specie-provenance`: one entry or a list of them.
pub fn provenance(node: &Node) -> Vec<Provenance> {
    let Some(stated) = node.get("x-specie-provenance") else {
        return Vec::new();
    };
    let entries = if stated.is_sequence() { stated.items() } else { std::slice::from_ref(stated) };
    entries
        .iter()
        .map(|entry| Provenance {
            source: text(entry, "source").unwrap_or_default(),
            reason: text(entry, "reason").unwrap_or_default(),
            of: entry
                .get("of")
                .map(Node::items)
                .unwrap_or_default()
                .iter()
                .filter_map(Node::text)
                .map(str::to_owned)
                .collect(),
        })
        .collect()
}

/// Title, version and addresses of the whole document.
pub fn info(root: &Node) -> Info {
    let Some(info) = root.get("info") else {
        return Info::default();
    };
    let contact = info.get("contact").map(|contact| {
        let parts = ["name", "email", "url"].into_iter().filter_map(|key| text(contact, key));
        parts.collect::<Vec<_>>().join(", ")
    });
    Info {
        title: text(info, "title").unwrap_or_default(),
        version: text(info, "version").unwrap_or_default(),
        description: text(info, "description"),
        documentation: root.get("externalDocs").and_then(|docs| text(docs, "url")),
        contact: contact.filter(|contact| !contact.is_empty()),
        license: info.get("license").and_then(|license| text(license, "name")),
        provenance: [provenance(root), provenance(info)].concat(),
    }
}

/// A scalar's text under a key, without white space around it; empty counts as absent.
pub fn text(node: &Node, key: &str) -> Option<String> {
    let text = node.get(key)?.text()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// What the texts of a node count among the parts of an API: whoever takes the node over repeats them.
pub fn bulk(node: &Node) -> usize {
    node.entries().filter_map(|(_, value)| value.text()).map(str::len).sum::<usize>() / BYTES_OF_A_PART
}

const BYTES_OF_A_PART: usize = 512;

/// Hands provenance that names parts (`of: […]`) to those parts; what names no part stays.
pub fn distribute<'p>(docs: &mut Docs, parts: impl Iterator<Item = (&'p str, &'p mut Docs)>) {
    let mut handed: Vec<(usize, String)> = Vec::new();
    for (name, part) in parts {
        for (index, entry) in docs.provenance.iter().enumerate() {
            if entry.of.iter().any(|of| of == name) {
                part.provenance.push(Provenance { of: Vec::new(), ..entry.clone() });
                handed.push((index, name.to_owned()));
            }
        }
    }
    for (index, entry) in docs.provenance.iter_mut().enumerate() {
        entry.of.retain(|of| !handed.iter().any(|(at, name)| *at == index && name == of));
    }
    let covered: Vec<usize> = handed.iter().map(|(index, _)| *index).collect();
    let mut index = 0;
    docs.provenance.retain(|entry| {
        let keep = !entry.of.is_empty() || !covered.contains(&index);
        index += 1;
        keep
    });
}
