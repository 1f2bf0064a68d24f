//! Titles, descriptions and where they come from.

use crate::api::{Docs, ExternalDocs, Info, Provenance, Tag};
use crate::document::source_map::{ObjectId, ObjectSpans};
use crate::document::{Document, Located};
use crate::extension_keys;
use crate::syntax::Node;

/// What an object says of itself in words.
#[derive(Clone, Copy, Default)]
pub(super) struct Texts<'a> {
    pub(super) summary: Option<&'a str>,
    pub(super) description: Option<&'a str>,
    pub(super) external_docs: Option<&'a openapiv3::ExternalDocumentation>,
    pub(super) deprecated: bool,
}

impl<'a> Texts<'a> {
    /// Nothing but a description.
    pub(super) fn description(text: Option<&'a str>) -> Self {
        Self { description: text, ..Self::default() }
    }
}

/// The same as data, with the object's provenance.
pub(super) fn docs(object: &ObjectSpans, texts: Texts<'_>) -> Docs {
    Docs {
        summary: text(texts.summary),
        description: text(texts.description),
        external_docs: texts.external_docs.and_then(external),
        deprecated: texts.deprecated,
        provenance: provenance(object),
        provenance_span: object.extension(extension_keys::PROVENANCE).map(|(key, node)| key.entry(node)),
    }
}

/// A text without white space around it; an empty one counts as absent.
pub(super) fn text(stated: Option<&str>) -> Option<String> {
    stated.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// `x-specie-provenance` of an object.
pub(super) fn provenance(object: &ObjectSpans) -> Vec<Provenance> {
    object.extension(extension_keys::PROVENANCE).map(|(_, node)| provenance_entries(node)).unwrap_or_default()
}

/// `x-specie-provenance`: one entry or a list of them.
pub(super) fn provenance_entries(stated: &Node) -> Vec<Provenance> {
    let entries = if stated.is_sequence() { stated.items() } else { std::slice::from_ref(stated) };
    let of = |entry: &Node| {
        let parts = entry.get("of").map(Node::items).unwrap_or_default();
        parts.iter().filter_map(Node::text).map(str::to_owned).collect()
    };
    let read = |entry: &Node| Provenance {
        source: text(entry.get("source").and_then(Node::text)).unwrap_or_default(),
        reason: text(entry.get("reason").and_then(Node::text)).unwrap_or_default(),
        what: text(entry.get("what").and_then(Node::text)),
        of: of(entry),
    };
    entries.iter().map(read).collect()
}

fn external(stated: &openapiv3::ExternalDocumentation) -> Option<ExternalDocs> {
    Some(ExternalDocs { url: text(Some(&stated.url))?, description: text(stated.description.as_deref()) })
}

/// Title, version and addresses of the whole document.
pub(super) fn info(document: &Document) -> Info {
    let stated = &document.skeleton.info;
    let own = document.located(stated).map(|located| provenance(located.object));
    let contact = stated.contact.as_ref().map(|contact| {
        let parts = [&contact.name, &contact.email, &contact.url];
        parts.into_iter().filter_map(|part| text(part.as_deref())).collect::<Vec<_>>().join(", ")
    });
    Info {
        title: text(Some(&stated.title)).unwrap_or_default(),
        version: text(Some(&stated.version)).unwrap_or_default(),
        description: text(stated.description.as_deref()),
        external_docs: document.skeleton.external_docs.as_ref().and_then(external),
        contact: contact.filter(|contact| !contact.is_empty()),
        license: stated.license.as_ref().and_then(|license| text(Some(&license.name))),
        provenance: [provenance(&document.objects[ObjectId::ROOT]), own.unwrap_or_default()].concat(),
    }
}

/// The document's `tags`.
pub(super) fn tags(document: &Document) -> Vec<Tag> {
    let tag = |located: Located<'_, openapiv3::Tag>| {
        let (stated, object) = (located.stated, located.object);
        let texts = Texts {
            summary: located.text("summary"),
            description: stated.description.as_deref(),
            external_docs: stated.external_docs.as_ref(),
            deprecated: false,
        };
        Tag { name: stated.name.clone(), docs: docs(object, texts), span: object.name }
    };
    document.skeleton.tags.iter().filter_map(|tag| document.located(tag)).map(tag).collect()
}
