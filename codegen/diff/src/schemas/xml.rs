//! How values are written in XML (OpenAPI 3.2.0, XML Object).

use specie_codegen::api::{Key, Shape, Xml};
use specie_codegen::syntax::pointer;

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
    match &unstated.property {
        Some(property) => (property != stated).then_some(Relation::INCOMPARABLE),
        // A component may stand under a property, whose name it has then.
        None => Some(Relation::UNKNOWN),
    }
}

/// How a value is written, whether or not the document says so.
struct Written<'a> {
    name: Option<&'a str>,
    /// The property that the value is stated for.
    property: Option<String>,
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
            property: view.key().and_then(property),
            namespace: stated.and_then(|xml| xml.namespace.as_deref()),
            prefix: stated.and_then(|xml| xml.prefix.as_deref()),
            node: stated.and_then(|xml| xml.node.as_deref()).unwrap_or(implied),
        }
    }
}

/// The name of the property that a schema is stated for.
fn property(key: &Key) -> Option<String> {
    let Key::Pointer(place) = key else { return None };
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
