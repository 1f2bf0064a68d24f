//! How values are written in XML (OpenAPI 3.2.0, XML Object).

use specie_codegen::api::{Key, Shape, Xml};
use specie_codegen::pointer;

use super::{Local, View};
use crate::{Edit, Relation, Rule};

/// Compares how two values are written in XML. What holds without being stated is no change.
pub(super) fn compare(old: &View<'_>, new: &View<'_>, local: &mut Local) {
    if let Some(relation) = relation(old, new) {
        let edit = Edit::new(Rule::XmlChanged, relation, Some(old.span), Some(new.span));
        local.push(edit.values(Some(text(old.xml)), Some(text(new.xml))));
    }
}

fn relation(old: &View<'_>, new: &View<'_>) -> Option<Relation> {
    let (one, other) = (Written::of(old), Written::of(new));
    if one.namespace != other.namespace || one.node != other.node {
        return Some(Relation::INCOMPARABLE);
    }
    if let Some(relation) = names(&one, &other) {
        return Some(relation);
    }
    // The prefix stands for the namespace (Namespaces in XML 1.0, section 2).
    (one.prefix != other.prefix).then_some(Relation::UNKNOWN)
}

/// How the names of two elements differ. Where neither is stated, both have the name of the property that they stand under, which is
/// compared with the properties.
fn names(one: &Written<'_>, other: &Written<'_>) -> Option<Relation> {
    let (stated, unstated) = match (one.name, other.name) {
        (None, None) => return None,
        (Some(old), Some(new)) => return (old != new).then_some(Relation::INCOMPARABLE),
        (Some(stated), None) => (stated, other),
        (None, Some(stated)) => (stated, one),
    };
    match &unstated.implied {
        Some(Implied::Certain(name)) => (name != stated).then_some(Relation::INCOMPARABLE),
        Some(Implied::Usual(name)) => (name != stated).then_some(Relation::UNKNOWN),
        // A component may stand under a property, whose name it has then.
        None => Some(Relation::UNKNOWN),
    }
}

/// How a value is written, whether or not the document says so.
struct Written<'a> {
    name: Option<&'a str>,
    /// The name that it has where none is stated.
    implied: Option<Implied>,
    namespace: Option<&'a str>,
    prefix: Option<&'a str>,
    node: &'a str,
}

impl<'a> Written<'a> {
    fn of(view: &View<'a>) -> Self {
        let stated = view.xml;
        // The items of a list stand without an element around them.
        let implied = if matches!(view.shape, Shape::List(_)) { "none" } else { "element" };
        Self {
            name: stated.and_then(|xml| xml.name.as_deref()),
            implied: view.key().and_then(|key| implied_name(view, key)),
            namespace: stated.and_then(|xml| xml.namespace.as_deref()),
            prefix: stated.and_then(|xml| xml.prefix.as_deref()),
            node: stated.and_then(|xml| xml.node.as_deref()).unwrap_or(implied),
        }
    }
}

/// A name that an element has without being given one.
enum Implied {
    /// That of its property (OpenAPI 3.1.0, XML Object, `name`).
    Certain(String),
    /// The one that people take: of items, that of their list's property; of a component that stands under no other name, its own.
    Usual(String),
}

/// The name of an element that the place of its schema implies.
fn implied_name(view: &View<'_>, key: &Key) -> Option<Implied> {
    let place = match key {
        Key::Component(name) => return (!has_other_names(view)).then(|| Implied::Usual(name.clone())),
        Key::Pointer(place) => place,
    };
    match place.strip_suffix("/items") {
        Some(list) => property(list).map(Implied::Usual),
        None => property(place).map(Implied::Certain),
    }
}

/// Whether a property or a list refers to a schema, so that its element has the name of that.
fn has_other_names(view: &View<'_>) -> bool {
    let refers = |id| view.schemas.chain_ids(id).any(|one| one == view.id);
    view.schemas.iter().any(|(_, schema)| match schema.shape.base() {
        Shape::Object(object) => object.properties.iter().any(|property| refers(property.schema)),
        Shape::List(list) => list.items.into_iter().chain(list.prefix.iter().copied()).any(refers),
        _ => false,
    })
}

/// The name of the property that a schema is stated for.
fn property(place: &str) -> Option<String> {
    let (parent, name) = place.rsplit_once('/')?;
    parent.ends_with("/properties").then(|| pointer::unescape(name).into_owned())
}

/// What a document states, in short.
fn text(xml: Option<&Xml>) -> String {
    let stated = xml.into_iter().flat_map(|xml| {
        let part = |name: &str, value: &Option<String>| value.as_ref().map(|value| format!("{name} {value}"));
        [part("name", &xml.name), part("namespace", &xml.namespace), part("prefix", &xml.prefix), part("as", &xml.node)]
    });
    let stated: Vec<String> = stated.flatten().collect();
    if stated.is_empty() { "not stated".to_owned() } else { stated.join(", ") }
}
