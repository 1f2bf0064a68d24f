//! Request bodies: flattened into the request struct, inside an envelope or not, or kept whole.

use openapiv3::{MediaType, ReferenceOr, RequestBody};

use super::context::{Hint, Lowering};
use super::found::Found;
use super::located::{Facets, Link, SchemaAt};
use super::{located, objects, schemas, texts};
use crate::document::Node;
use crate::ir::{Body, Envelope, EnvelopeLevel, Field, MediaKind, Note, Payload, TypeRef};
use crate::names::Scope;

/// The body of an operation.
pub fn body<'a>(lowering: &mut Lowering<'a>, found: &Found<'a>, hint: &Hint, scope: &mut Scope) -> Option<Body> {
    let (stated, node) = resolve(lowering, found)?;
    let (media_type, media, media_node) = choose(lowering, stated, node)?;
    let Some(kind) = kind(media_type) else {
        lowering.report.media_type(media_type, media_node);
        return None;
    };
    let docs = texts::docs(node);
    let payload = payload(lowering, media, media_node, kind, (stated.required, hint, scope))?;
    Some(Body { media_type: media_type.to_owned(), kind, required: stated.required, payload, docs })
}

fn resolve<'a>(lowering: &Lowering<'a>, found: &Found<'a>) -> Option<(&'a RequestBody, &'a Node)> {
    let node = found.at.node.get("requestBody")?;
    match found.at.value.request_body.as_ref()? {
        ReferenceOr::Item(body) => Some((body, node)),
        ReferenceOr::Reference { reference } => {
            let components = lowering.document.api.components.as_ref()?;
            let at =
                located::component(&lowering.document.root, "requestBodies", &components.request_bodies, reference)?;
            Some((at.value, at.node))
        }
    }
}

/// The media type that is generated: JSON where there is a choice.
fn choose<'a>(
    lowering: &mut Lowering<'a>,
    body: &'a RequestBody,
    node: &'a Node,
) -> Option<(&'a str, &'a MediaType, &'a Node)> {
    let content = node.get("content").unwrap_or(node);
    let json = body.content.iter().find(|(name, _)| kind(name) == Some(MediaKind::Json));
    let known = json.or_else(|| body.content.iter().find(|(name, _)| kind(name).is_some()));
    let (name, media) = known.or_else(|| body.content.first())?;
    for other in body.content.keys().filter(|other| *other != name) {
        lowering.report.further_media_type(other, name, content.get(other).unwrap_or(content));
    }
    Some((name, media, content.get(name).unwrap_or(content)))
}

/// How a media type is written; `None` where we cannot.
pub fn kind(media_type: &str) -> Option<MediaKind> {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    Some(match essence.as_str() {
        "application/json" | "text/json" | "*/*" => MediaKind::Json,
        json if json.ends_with("+json") => MediaKind::Json,
        "application/x-www-form-urlencoded" => MediaKind::Form,
        "text/event-stream" => return None,
        text if text.starts_with("text/") => MediaKind::Text,
        "application/octet-stream" | "application/pdf" | "application/zip" => MediaKind::Bytes,
        image if image.starts_with("image/") => MediaKind::Bytes,
        _ => return None,
    })
}

type Surroundings<'s, 'h> = (bool, &'h Hint, &'s mut Scope);

fn payload<'a>(
    lowering: &mut Lowering<'a>,
    media: &'a MediaType,
    node: &'a Node,
    kind: MediaKind,
    (required, hint, scope): Surroundings<'_, '_>,
) -> Option<Payload> {
    let body_hint = hint.part("Body", "body");
    let schema = media
        .schema
        .as_ref()
        .map(|schema| SchemaAt::of(super::located::At::new(schema, node.get("schema").unwrap_or(node))));
    match kind {
        MediaKind::Text => return Some(Payload::Whole(TypeRef::String)),
        MediaKind::Bytes => return Some(Payload::Whole(TypeRef::Base64)),
        MediaKind::Json | MediaKind::Form => {}
    }
    let Some(schema) = schema else {
        lowering.untyped(&body_hint, "the request body has no schema");
        return Some(Payload::Whole(TypeRef::Json));
    };
    let (envelope, inner) = envelope(lowering, schema, node)?;
    // An optional body is a choice of its own; flattening it would make its required fields optional.
    if required && let Some((fields, closed)) = flatten(lowering, inner, hint) {
        let fields = rename(lowering, inner, fields, scope);
        return Some(Payload::Fields { envelope, fields, closed });
    }
    if kind == MediaKind::Form {
        lowering.report.form_not_flat(node);
        return None;
    }
    scope.claim("body");
    Some(Payload::Whole(schemas::schema(lowering, schema, &body_hint).ty))
}

/// The object that `x-specie-envelope` names, and the objects on the way to it.
fn envelope<'a>(
    lowering: &mut Lowering<'a>,
    schema: SchemaAt<'a>,
    media: &'a Node,
) -> Option<(Envelope, SchemaAt<'a>)> {
    let Some(stated) = media.get("x-specie-envelope") else {
        return Some((Envelope::default(), schema));
    };
    let mut envelope = Envelope::default();
    let mut at = schema;
    for key in stated.text().unwrap_or_default().split('.') {
        set_aside(lowering, at);
        let facets = lowering.facets(at)?;
        // The constants of the object that was entered last stand beside the key that is entered now.
        if let Some(level) = envelope.levels.last_mut() {
            level.constants = constants(lowering, &facets, key);
        } else if facets.properties.len() > 1 {
            lowering.report.envelope_root(stated);
        }
        let Some((_, next)) = facets.properties.iter().find(|(name, _)| *name == key) else {
            lowering.report.envelope_path(key, stated);
            return None;
        };
        at = *next;
        envelope.levels.push(EnvelopeLevel { key: key.to_owned(), constants: Vec::new() });
    }
    Some((envelope, at))
}

/// An envelope's objects are written and read by the runtime; they need no type of their own.
fn set_aside(lowering: &mut Lowering<'_>, at: SchemaAt<'_>) {
    if let Link::Component(name) = at.link
        && let Some(&id) = lowering.components.get(name)
    {
        lowering.flattened.insert(id);
    }
}

/// The single-valued properties of an envelope's object.
fn constants<'a>(lowering: &mut Lowering<'a>, facets: &Facets<'a>, entered: &str) -> Vec<(String, String)> {
    let mut constants = Vec::new();
    for &(name, schema) in facets.properties.iter().filter(|(name, _)| *name != entered) {
        let inner = lowering.facets(schema);
        let values = inner.as_ref().and_then(|facets| facets.values).unwrap_or_default();
        match values {
            [only] if only.text().is_some() => {
                constants.push((name.to_owned(), only.text().unwrap_or_default().to_owned()));
            }
            _ if facets.required.iter().any(|required| required == name) => {
                lowering.report.envelope_constant(name, schema.node);
            }
            _ => {}
        }
    }
    constants
}

/// The properties of an object body, and whether it has no others; `None` where it is something else.
fn flatten<'a>(lowering: &mut Lowering<'a>, schema: SchemaAt<'a>, hint: &Hint) -> Option<(Vec<Field>, bool)> {
    let facets = lowering.facets(schema)?;
    let composed = !facets.branches.is_empty() || facets.values.is_some() || facets.is_nullable();
    let object = facets.is_object() || !facets.all_of.is_empty();
    if composed || !object {
        return None;
    }
    let id = match schema.link {
        Link::Component(name) => lowering.components.get(name).copied(),
        Link::Inline(_) => None,
    };
    // The inline types inside a component's body are already named after the component.
    if let Some(id) = id
        && let crate::ir::TypeKind::Struct(body) = &lowering.types[id.0].kind
    {
        if body.rest.is_some() {
            return None;
        }
        let (fields, closed) = (body.fields.clone(), body.closed);
        lowering.flattened.insert(id);
        count_again(lowering, id, hint);
        return Some((fields, closed));
    }
    objects::flattened(lowering, &facets, hint)
}

/// What is free JSON in the component is free JSON in the request struct as well.
fn count_again(lowering: &mut Lowering<'_>, id: crate::ir::TypeId, hint: &Hint) {
    let owner = &lowering.types[id.0].name;
    let moved = lowering.census_of.get(owner).into_iter().flatten().map(|&at| {
        let untyped = &lowering.census[at];
        let inside = untyped.place.get(owner.len()..).unwrap_or_default();
        crate::ir::Untyped { place: format!("{}{inside}", hint.place), reason: untyped.reason.clone() }
    });
    let moved: Vec<_> = moved.collect();
    lowering.census.extend(moved);
}

/// Field names that meet a parameter's are told apart.
fn rename<'a>(
    lowering: &mut Lowering<'a>,
    schema: SchemaAt<'a>,
    mut fields: Vec<Field>,
    scope: &mut Scope,
) -> Vec<Field> {
    for field in &mut fields {
        let claimed = scope.claim(&field.name);
        if claimed.collided {
            field.docs.notes.push(Note::OfTheBody(field.wire.clone()));
        }
        if claimed.holder.is_some() {
            let node = property(lowering, schema, &field.wire, 0).unwrap_or(schema.node);
            lowering.report.name_collision(&field.name, &claimed.name, claimed.holder, node);
        }
        field.name = claimed.name;
    }
    fields
}

/// How deep in `allOf` the place of a property is looked for; deeper than any hand-written hierarchy.
const DEEPEST: usize = 32;

/// Where a schema, or a part of it, declares a property.
fn property<'a>(lowering: &Lowering<'a>, schema: SchemaAt<'a>, wire: &str, depth: usize) -> Option<&'a Node> {
    let facets = lowering.facets(schema).filter(|_| depth < DEEPEST)?;
    let own = facets.properties.iter().find(|(name, _)| *name == wire).map(|(_, at)| at.node);
    own.or_else(|| facets.all_of.iter().rev().find_map(|part| property(lowering, *part, wire, depth + 1)))
}
