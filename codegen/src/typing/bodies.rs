//! Request bodies: flattened into the request struct, inside an envelope or not, or kept whole.

use super::context::{Hint, Typing};
use super::{docs, objects, schemas};
use crate::api::{self, Additional, Media, MediaType, Object, SchemaId, Shape};
use crate::ir::{Body, Envelope, EnvelopeLevel, Field, MediaKind, Note, Payload, TypeId, TypeKind, TypeRef, Untyped};
use crate::names::Scope;
use crate::syntax::PARTS_OF_ONE;

/// The body of an operation.
pub fn body(typing: &mut Typing<'_>, operation: &api::Operation, hint: &Hint, scope: &mut Scope) -> Option<Body> {
    let stated = operation.request_body.as_ref()?;
    let media_type = choose(typing, &stated.content)?;
    let Some(kind) = kind(media_type) else {
        typing.report.media_type(&media_type.name, media_type.span);
        return None;
    };
    let payload = payload(typing, media_type, kind, (stated.required, hint, scope))?;
    let docs = docs::docs(&stated.docs);
    Some(Body { media_type: media_type.name.clone(), kind, required: stated.required, payload, docs })
}

/// The media type that is generated: JSON where there is a choice.
pub fn choose<'a>(typing: &mut Typing<'_>, content: &'a [MediaType]) -> Option<&'a MediaType> {
    let json = content.iter().find(|one| kind(one) == Some(MediaKind::Json));
    let chosen = json.or_else(|| content.iter().find(|one| kind(one).is_some())).or_else(|| content.first())?;
    for other in content.iter().filter(|other| other.name != chosen.name) {
        typing.report.further_media_type(&other.name, &chosen.name, other.span);
    }
    Some(chosen)
}

/// How a media type is written; `None` where we cannot.
pub fn kind(media_type: &MediaType) -> Option<MediaKind> {
    match media_type.kind() {
        Media::Json => Some(MediaKind::Json),
        Media::Form => Some(MediaKind::Form),
        Media::Text => Some(MediaKind::Text),
        Media::Binary => Some(MediaKind::Bytes),
        Media::Multipart | Media::EventStream | Media::Other => None,
    }
}

type Surroundings<'s, 'h> = (bool, &'h Hint, &'s mut Scope);

fn payload(
    typing: &mut Typing<'_>,
    media_type: &MediaType,
    kind: MediaKind,
    (required, hint, scope): Surroundings<'_, '_>,
) -> Option<Payload> {
    let body_hint = hint.part("Body", "body");
    match kind {
        MediaKind::Text => return Some(Payload::Whole(TypeRef::String)),
        MediaKind::Bytes => return Some(Payload::Whole(TypeRef::Base64)),
        MediaKind::Json | MediaKind::Form => {}
    }
    let Some(schema) = media_type.schema else {
        typing.untyped(&body_hint, "the request body has no schema");
        return Some(Payload::Whole(TypeRef::Json));
    };
    let (envelope, inner) = envelope(typing, schema, media_type)?;
    // An optional body is a choice of its own; flattening it would make its required fields optional.
    if required && let Some((fields, closed)) = flatten(typing, inner, hint) {
        let fields = rename(typing, inner, fields, scope);
        return Some(Payload::Fields { envelope, fields, closed });
    }
    if kind == MediaKind::Form {
        typing.report.form_not_flat(media_type.span);
        return None;
    }
    scope.claim("body");
    Some(Payload::Whole(schemas::schema(typing, schema, &body_hint).ty))
}

/// An object where a schema is one by itself or by what it refers to.
fn object<'a>(typing: &Typing<'a>, id: SchemaId) -> Option<&'a Object> {
    match &typing.resolved(id)?.shape {
        Shape::Object(object) => Some(object),
        _ => None,
    }
}

/// The object that `x-specie-envelope` names, and the objects on the way to it.
fn envelope(typing: &mut Typing<'_>, schema: SchemaId, media_type: &MediaType) -> Option<(Envelope, SchemaId)> {
    let Some(stated) = &media_type.envelope else { return Some((Envelope::default(), schema)) };
    let mut envelope = Envelope::default();
    let mut at = schema;
    for key in &stated.keys {
        // An envelope's objects are written and read by the runtime; they need no type of their own.
        typing.flattened.extend(typing.component_type(at));
        let around = object(typing, at);
        let properties = around.map_or(&[][..], |object| &object.properties);
        // The constants of the object that was entered last stand beside the key that is entered now.
        if let Some(level) = envelope.levels.last_mut() {
            level.constants = constants(typing, properties, key);
        } else if properties.len() > 1 {
            typing.report.envelope_root(stated.span);
        }
        let Some(next) = properties.iter().find(|property| property.name == *key) else {
            typing.report.envelope_path(key, stated.span);
            return None;
        };
        at = next.schema;
        envelope.levels.push(EnvelopeLevel { key: key.clone(), constants: Vec::new() });
    }
    Some((envelope, at))
}

/// The single-valued properties of an envelope's object.
fn constants(typing: &mut Typing<'_>, properties: &[api::Property], entered: &str) -> Vec<(String, String)> {
    let mut constants = Vec::new();
    for property in properties.iter().filter(|property| property.name != entered) {
        match typing.resolved(property.schema).map(|schema| &schema.shape) {
            Some(Shape::Enumeration(listed)) if listed.values.len() == 1 => {
                let text = listed.values.iter().find_map(|one| one.value.scalar_text()).unwrap_or_default();
                constants.push((property.name.clone(), text.to_owned()));
            }
            _ if property.required => {
                typing.report.envelope_constant(&property.name, typing.span(property.schema));
            }
            _ => {}
        }
    }
    constants
}

/// The properties of an object body, and whether it has no others; `None` where it is something else.
fn flatten(typing: &mut Typing<'_>, id: SchemaId, hint: &Hint) -> Option<(Vec<Field>, bool)> {
    let stated = object(typing, id).filter(|_| !typing.api.schemas.is_nullable(id))?;
    // The inline types inside a component's body are already named after the component.
    if let Some(type_id) = typing.component_type(id)
        && let TypeKind::Struct(body) = &typing.types[type_id.0].kind
    {
        if body.rest.is_some() {
            return None;
        }
        let (fields, closed) = (body.fields.clone(), body.closed);
        typing.flattened.insert(type_id);
        count_again(typing, type_id, hint);
        return Some((fields, closed));
    }
    flatten_inline(typing, stated, id, hint)
}

/// The properties of an object without a type of its own.
fn flatten_inline(typing: &mut Typing<'_>, stated: &Object, id: SchemaId, hint: &Hint) -> Option<(Vec<Field>, bool)> {
    let keeps_rest = matches!(stated.additional, Additional::Schema(_) | Additional::Any);
    if keeps_rest || stated.properties.is_empty() {
        return None;
    }
    let closed = objects::is_closed(stated);
    if !typing.affords(objects::parts(typing, stated), PARTS_OF_ONE, typing.span(id)) {
        return Some((Vec::new(), closed));
    }
    let mut fields = objects::fields(typing, stated, hint, &[]);
    let mut docs = typing.resolved(id).map(|schema| docs::docs(&schema.docs)).unwrap_or_default();
    docs::distribute(&mut docs, fields.iter_mut().map(|field| (field.wire.as_str(), &mut field.docs)));
    Some((fields, closed))
}

/// What is free JSON in the component is free JSON in the request struct as well.
fn count_again(typing: &mut Typing<'_>, id: TypeId, hint: &Hint) {
    let owner = &typing.types[id.0].name;
    let moved = typing.census_of.get(owner).into_iter().flatten().map(|&at| {
        let untyped = &typing.census[at];
        let inside = untyped.place.get(owner.len()..).unwrap_or_default();
        Untyped { place: format!("{}{inside}", hint.place), reason: untyped.reason.clone() }
    });
    let moved: Vec<_> = moved.collect();
    typing.census.extend(moved);
}

/// Field names that meet a parameter's are told apart.
fn rename(typing: &mut Typing<'_>, id: SchemaId, mut fields: Vec<Field>, scope: &mut Scope) -> Vec<Field> {
    for field in &mut fields {
        let claimed = scope.claim(&field.name);
        if claimed.collided {
            field.docs.notes.push(Note::OfTheBody(field.wire.clone()));
        }
        if claimed.holder.is_some() {
            let properties = object(typing, id).map_or(&[][..], |object| &object.properties);
            let property = properties.iter().find(|property| property.name == field.wire);
            let span = typing.span(property.map_or(id, |property| property.schema));
            typing.report.name_collision(&field.name, &claimed.name, claimed.holder, span);
        }
        field.name = claimed.name;
    }
    fields
}
