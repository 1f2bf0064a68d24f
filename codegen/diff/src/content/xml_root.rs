//! The element that a body of XML is.

use specie_codegen::api::{Key, MediaType, SchemaId, Schemas};

use crate::collect::Collector;
use crate::document_location::Site;
use crate::schemas::View;
use crate::{Edit, Relation, Rule};

/// Compares the names of the components that two bodies are, where no `xml.name` says how the element is called. OpenAPI 3.2 infers the
/// name of an element from the component (XML Object, `name`), as others do; earlier versions do not say it.
pub(super) fn compare(old: &MediaType, new: &MediaType, site: &Site, found: &mut Collector<'_>) {
    let name = |schemas: &Schemas, media: &MediaType| component(schemas, media.schema?);
    let (one, other) = (name(found.old(), old), name(found.new_schemas(), new));
    if one.is_some() && other.is_some() && one != other {
        let edit = Edit::new(Rule::XmlChanged, Relation::UNKNOWN, Some(old.span), Some(new.span));
        found.edit(site, edit.values(one, other));
    }
}

/// The component that a schema is, unless its element is named.
fn component(schemas: &Schemas, id: SchemaId) -> Option<String> {
    if View::of(schemas, id).xml.is_some_and(|xml| xml.name.is_some()) {
        return None;
    }
    schemas.chain(id).find_map(|schema| match &schema.key {
        Key::Component(name) => Some(name.clone()),
        Key::Pointer(_) => None,
    })
}
