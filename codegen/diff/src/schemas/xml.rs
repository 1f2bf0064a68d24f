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
    match (one.name, other.name) {
        // A component may stand under a property, whose name it has then.
        (None, Some(_)) | (Some(_), None) => Some(Relation::UNKNOWN),
        (one, other) if one != other => Some(Relation::INCOMPARABLE),
        // The prefix stands for the namespace (Namespaces in XML 1.0, section 2).
        _ => (one.prefix != other.prefix).then_some(Relation::UNKNOWN),
    }
}

/// How a value is written, whether or not the document says so.
struct Written<'a> {
    name: Option<String>,
    namespace: Option<&'a str>,
    prefix: Option<&'a str>,
    node: &'a str,
}

impl<'a> Written<'a> {
    fn of(view: &View<'a>) -> Self {
        let stated = view.xml;
        // The items of a list stand without an element around them.
        let implied = if matches!(view.shape, Shape::List(_)) { "none" } else { "element" };
        let name = stated.and_then(|xml| xml.name.clone());
        Self {
            name: name.or_else(|| property(view.key()?)),
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
