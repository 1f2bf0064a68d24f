//! How properties of a form and parts of a multipart body are written.

use specie_codegen::api::{Additional, Encoding, Media, MediaType, SchemaId, Schemas, Shape, Style};

use super::names::{essence, exact, listed};
use super::{headers, is_compound};
use crate::collect::Collector;
use crate::document_location::Site;
use crate::schemas::View;
use crate::{Edit, Relation, Rule};

/// Compares the encodings of two bodies. What a document states that holds without it is no change, nor is what means nothing: that of a body
/// of another media type, or of no property (OpenAPI 3.2.0, Media Type Object, `encoding`).
pub(super) fn compare(old: &MediaType, new: &MediaType, site: &Site, found: &mut Collector<'_>) {
    for property in &properties((old, new), found) {
        let property = property.as_str();
        let (one, other) = (of(old, property), of(new, property));
        let before = Written::of(found.old(), old, property);
        let after = Written::of(found.new_schemas(), new, property);
        let place = |encoding: Option<&Encoding>, media: &MediaType| encoding.map_or(media.span, |stated| stated.span);
        let relation = before.relation(&after);
        if relation != Relation::SAME {
            let spans = (Some(place(one, old)), Some(place(other, new)));
            let edit = Edit::new(Rule::EncodingChanged, relation, spans.0, spans.1);
            found.edit(site, edit.about(property).values(Some(before.text(one)), Some(after.text(other))));
        }
        let stated = |encoding: Option<&'_ Encoding>| encoding.map(|stated| stated.headers.clone()).unwrap_or_default();
        let (ones, others) = (stated(one), stated(other));
        let part = site.at(format!("{} .{property}", site.place));
        headers((&ones, place(one, old)), (&others, place(other, new)), &part, found);
    }
}

/// The properties whose encodings are compared: those for which one is stated, and the parts of a multipart body that are texts in both
/// documents, whose media type follows from their schemas.
fn properties((old, new): (&MediaType, &MediaType), found: &Collector<'_>) -> Vec<String> {
    let sides = [(found.old(), old), (found.new_schemas(), new)];
    let kind = exact(old, new).kind();
    if !matches!(kind, Media::Form | Media::Multipart) {
        return Vec::new();
    }
    let is_property = |name: &str| {
        sides.iter().any(|(schemas, media)| media.schema.is_some_and(|id| may_have(schemas, id, name, super::DEPTH)))
    };
    let added = new.encoding.iter().filter(|other| of(old, &other.property).is_none());
    let stated = old.encoding.iter().chain(added).map(|one| one.property.clone());
    let mut names: Vec<String> = stated.filter(|name| is_property(name)).collect();
    if kind == Media::Multipart {
        let is_text = |name: &str, (schemas, media): (&Schemas, &MediaType)| {
            media.schema.and_then(|id| held(schemas, id, name)).is_some_and(|id| is_text(schemas, id, super::DEPTH))
        };
        let listed = new.schema.map(|id| listed_names(found.new_schemas(), id)).unwrap_or_default();
        let is_unstated = |name: &String| of(old, name).is_none() && of(new, name).is_none();
        names.extend(
            listed.into_iter().filter(|name| is_unstated(name) && sides.iter().all(|side| is_text(name, *side))),
        );
    }
    names
}

/// The names of the properties that an object lists.
fn listed_names(schemas: &Schemas, body: SchemaId) -> Vec<String> {
    match View::of(schemas, body).shape {
        Shape::Object(object) => object.properties.iter().map(|one| one.name.clone()).collect(),
        _ => Vec::new(),
    }
}

/// Whether a body has a property of its own, or any whose schema it states.
fn may_have(schemas: &Schemas, body: SchemaId, name: &str, depth: usize) -> bool {
    match View::of(schemas, body).shape.base() {
        Shape::Object(object) => {
            matches!(object.additional, Additional::Schema(_)) || object.properties.iter().any(|one| one.name == name)
        }
        Shape::Union(union) if depth > 0 => {
            union.branches.iter().any(|branch| may_have(schemas, branch.schema, name, depth - 1))
        }
        _ => false,
    }
}

/// Whether a schema is one of texts, or of lists of them.
fn is_text(schemas: &Schemas, id: SchemaId, depth: usize) -> bool {
    match View::of(schemas, id).shape.base() {
        Shape::String { .. } => true,
        Shape::List(list) if depth > 0 => list.items.is_some_and(|items| is_text(schemas, items, depth - 1)),
        _ => false,
    }
}

fn of<'a>(media: &'a MediaType, property: &str) -> Option<&'a Encoding> {
    media.encoding.iter().find(|one| one.property == property)
}

/// Whether a property is stated to be JSON; `None`: its encoding does not say. A style is one of texts, whatever the media type.
pub(super) fn is_json(media: &MediaType, property: &str) -> Option<bool> {
    let stated = of(media, property)?;
    if stated.style.is_some() || stated.explode.is_some() || stated.allow_reserved {
        return Some(false);
    }
    let names = stated.content_type.as_ref()?;
    Some(names.split(',').any(|name| Media::of(name.trim()) == Media::Json))
}

/// How a property is written.
struct Written {
    /// The media type of the part; `None`: none follows from the schema.
    content_type: Option<String>,
    /// How a list or object is written, and whether each item or property stands by itself; `None`: as the media type says.
    style: Option<(Style, bool)>,
    reserved: bool,
}

impl Written {
    /// What a document states of it, or else the media type that follows.
    fn text(&self, stated: Option<&Encoding>) -> String {
        match (stated, &self.content_type) {
            (None, Some(content_type)) => format!("not stated, so {content_type}"),
            (stated, _) => text(stated),
        }
    }

    /// How the ways to write it stand to each other.
    fn relation(&self, new: &Self) -> Relation {
        if (self.style, self.reserved) != (new.style, new.reserved) {
            return Relation::INCOMPARABLE;
        }
        match (&self.content_type, &new.content_type) {
            (Some(one), Some(other)) => listed(one, other),
            (None, None) => Relation::SAME,
            _ => Relation::INCOMPARABLE,
        }
    }

    fn of(schemas: &Schemas, media: &MediaType, property: &str) -> Self {
        let stated = of(media, property);
        let schema = media.schema.and_then(|id| held(schemas, id, property));
        let is_form = essence(&media.name) == "application/x-www-form-urlencoded";
        let (style, explode) = stated.map(|one| (one.style, one.explode)).unwrap_or_default();
        let is_written = schema.is_none_or(|id| is_compound(schemas, id, super::DEPTH));
        let style = match (style, explode) {
            _ if !is_written => None,
            // A list in a form repeats its name.
            (None, None) => (is_form && schema.is_some_and(|id| is_list(schemas, id))).then_some((Style::Form, true)),
            (style, explode) => {
                let style = style.unwrap_or(Style::Form);
                Some((style, explode.unwrap_or(style == Style::Form)))
            }
        };
        let content_type = stated.and_then(|one| one.content_type.clone());
        Self {
            content_type: content_type.or_else(|| default_type(schemas, schema?, super::DEPTH)),
            style,
            reserved: stated.is_some_and(|one| one.allow_reserved),
        }
    }
}

/// The schema of a property of a body.
fn held(schemas: &Schemas, body: SchemaId, property: &str) -> Option<SchemaId> {
    match View::of(schemas, body).shape {
        Shape::Object(object) => object.properties.iter().find(|one| one.name == property).map(|one| one.schema),
        _ => None,
    }
}

/// Whether a schema is a list of texts and the like.
fn is_list(schemas: &Schemas, id: SchemaId) -> bool {
    match View::of(schemas, id).shape {
        Shape::List(list) => list.items.is_some_and(|items| !is_compound(schemas, items, super::DEPTH)),
        _ => false,
    }
}

/// The media type of a part that does not state one: what its schema says (`contentMediaType`, JSON Schema 2020-12 Validation section 8.4), or
/// what follows from its type (OpenAPI 3.2.0, Encoding Object).
fn default_type(schemas: &Schemas, id: SchemaId, depth: usize) -> Option<String> {
    let known = match View::of(schemas, id).shape.base() {
        Shape::String { media_type: Some(stated), .. } => stated,
        Shape::String { format: Some(format), .. } if format == "binary" => "application/octet-stream",
        Shape::String { encoding: Some(_), .. } => "application/octet-stream",
        Shape::String { .. } | Shape::Integer { .. } | Shape::Number { .. } | Shape::Boolean => "text/plain",
        Shape::Object(_) => "application/json",
        Shape::List(list) if depth > 0 => return default_type(schemas, list.items?, depth - 1),
        _ => return None,
    };
    Some(known.to_owned())
}

/// What a document states of a property, in short.
fn text(one: Option<&Encoding>) -> String {
    let parts = one.map(|one| {
        let style = one.style.map(|style| style.name().to_owned());
        let explode = one.explode.map(|explode| format!("explode {explode}"));
        let reserved = one.allow_reserved.then(|| "reserved characters as they are".to_owned());
        one.content_type.clone().into_iter().chain(style).chain(explode).chain(reserved).collect::<Vec<_>>().join(", ")
    });
    parts.filter(|text| !text.is_empty()).unwrap_or_else(|| "not stated".to_owned())
}
