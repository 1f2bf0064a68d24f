//! The keywords of a schema that describe its values and do not restrict them: documentation, default and examples.

use crate::api::{Docs, Example, ExternalDocs, Value, Xml};
use crate::document::schema::{Keyword, Keywords, Text};
use crate::extension_keys;
use crate::lower::{docs, values};

/// The keywords of a schema that describe its values and do not restrict them.
pub(super) struct Annotations {
    /// `default`
    pub(super) default: Option<Value>,
    /// `example` and `examples`
    pub(super) examples: Vec<Example>,
    /// What it says in words.
    pub(super) docs: Docs,
    /// `title`
    pub(super) title: Option<String>,
    /// `xml`
    pub(super) xml: Option<Box<Xml>>,
}

impl Annotations {
    /// Those of one schema.
    pub(super) fn of(keywords: &Keywords) -> Self {
        Self {
            default: default(keywords),
            examples: examples(keywords),
            docs: docs_of(keywords),
            title: title(keywords),
            xml: xml(keywords),
        }
    }

    /// Those of several schemas that describe one value: each from the last schema that has it. There is no common title.
    pub(super) fn of_several(parts: &[&Keywords]) -> Self {
        let last = || parts.iter().rev().copied();
        let has_texts = |part: &&Keywords| part.annotations.description.is_some() || part.annotations.title.is_some();
        Self {
            default: last().find_map(default),
            examples: last().map(examples).find(|examples| !examples.is_empty()).unwrap_or_default(),
            docs: last().find(has_texts).map(docs_of).unwrap_or_default(),
            title: None,
            xml: last().find_map(xml),
        }
    }
}

fn default(keywords: &Keywords) -> Option<Value> {
    keywords.annotations.default.as_ref().map(|default| values::value(&default.value))
}

/// `title`, without white space around it.
pub(super) fn title(keywords: &Keywords) -> Option<String> {
    keywords.annotations.title.as_ref().and_then(|title| docs::text(Some(&title.value)))
}

/// `xml`.
fn xml(keywords: &Keywords) -> Option<Box<Xml>> {
    let stated = &keywords.annotations.xml.as_ref()?.value;
    let text = |one: &Option<Text>| one.as_ref().map(|text| text.text.to_string());
    let earlier = if stated.attribute { Some("attribute") } else { stated.wrapped.then_some("element") };
    Some(Box::new(Xml {
        name: text(&stated.name),
        namespace: text(&stated.namespace),
        prefix: text(&stated.prefix),
        node: text(&stated.node_type).or_else(|| earlier.map(str::to_owned)),
    }))
}

/// Title, description and all else that is said in words.
pub(super) fn docs_of(keywords: &Keywords) -> Docs {
    let annotations = &keywords.annotations;
    let text = |keyword: &Option<Keyword<Box<str>>>| keyword.as_ref().and_then(|text| docs::text(Some(&text.value)));
    let external = annotations.external_docs.as_ref().and_then(|stated| {
        let description = stated.value.description.as_ref().map(|text| text.text.to_string());
        Some(ExternalDocs { url: stated.value.url.as_ref()?.text.to_string(), description })
    });
    let provenance = keywords.extension(extension_keys::PROVENANCE);
    Docs {
        summary: text(&annotations.title),
        description: text(&annotations.description),
        external_docs: external,
        deprecated: keywords.is_deprecated(),
        provenance: provenance.map(|(_, node)| docs::provenance_entries(node)).unwrap_or_default(),
        provenance_span: provenance.map(|(key, node)| key.entry(node)),
    }
}

/// `example` and `examples`.
fn examples(keywords: &Keywords) -> Vec<Example> {
    let annotations = &keywords.annotations;
    let one = annotations.example.iter().map(|example| &example.value);
    let several = annotations.examples.iter().flat_map(|examples| &examples.value);
    one.chain(several).map(values::unnamed_example).collect()
}
