//! Request bodies: properties that become fields of the request struct, inside an envelope or not, or a whole.

use super::diagnostics::Report;
use super::member_names::{METHODS, of_properties, span};
use super::{element_schemas, type_kinds};
use crate::api::{self, Additional, Media, MediaType, Object, Property, SchemaId, Schemas, Shape};
use crate::names::Scope;
use crate::rust::{BodyKind, EnvelopeLevel};

/// The body of an operation.
pub(super) struct Body<'a> {
    /// The body.
    pub(super) stated: &'a api::RequestBody,
    /// The media type as documented.
    pub(super) media_type: &'a str,
    /// How it is written.
    pub(super) kind: BodyKind,
    /// What it holds.
    pub(super) payload: Payload<'a>,
    /// The components whose properties became fields of the request, or constants around them.
    pub(super) flattened: Vec<SchemaId>,
}

/// What a request body holds.
pub(super) enum Payload<'a> {
    /// An object whose properties are fields of the request struct.
    Fields(Fields<'a>),
    /// Anything else: one field.
    Whole(Value),
}

/// An object whose properties are fields of the request struct.
pub(super) struct Fields<'a> {
    /// The objects around it, outermost first.
    pub(super) envelope: Vec<EnvelopeLevel>,
    /// The object.
    pub(super) object: &'a Object,
    /// Its schema, or one that refers to it.
    pub(super) schema: SchemaId,
    /// Its schema where that is a component with a type of its own.
    pub(super) component: Option<SchemaId>,
    /// The names that its properties have among themselves.
    pub(super) own_names: Vec<String>,
    /// The field of each property: its name once parameters have theirs, and whether it was renamed for one of them.
    pub(super) names: Vec<(String, bool)>,
}

/// What a body holds where it is a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A text.
    Text,
    /// Bytes.
    Bytes,
    /// Any JSON, with the reason.
    Json(&'static str),
    /// Any JSON object, with the reason.
    JsonObject(&'static str),
    /// What a schema says.
    Schema(SchemaId),
}

/// Selects the body of an operation; `scope` has the names of its parameters.
pub(super) fn body<'a>(
    schemas: &'a Schemas,
    operation: &'a api::Operation,
    scope: &mut Scope,
    report: &mut Report,
) -> Option<Body<'a>> {
    let stated = operation.request_body.as_ref()?;
    let media_type = choose(&stated.content, report)?;
    let Some(kind) = kind(media_type) else {
        report.media_type(&media_type.name, media_type.span);
        return None;
    };
    let mut flattened = Vec::new();
    let payload = match kind {
        BodyKind::Text => Payload::Whole(Value::Text),
        BodyKind::Bytes => Payload::Whole(Value::Bytes),
        BodyKind::Json | BodyKind::Form => match media_type.schema {
            None => Payload::Whole(Value::Json("the request body has no schema")),
            Some(schema) => {
                let (envelope, inner) = envelope(schemas, schema, media_type, &mut flattened, report)?;
                // An optional body is a choice of its own; flattening it would make its required fields optional.
                let fields = if stated.required { fields(schemas, inner, envelope, (scope, report)) } else { None };
                match fields {
                    Some(fields) => {
                        flattened.extend(fields.component);
                        Payload::Fields(fields)
                    }
                    None if kind == BodyKind::Form => {
                        report.form_not_flat(media_type.span);
                        return None;
                    }
                    None => Payload::Whole(Value::Schema(schema)),
                }
            }
        },
    };
    Some(Body { stated, media_type: &media_type.name, kind, payload, flattened })
}

/// The media type that is generated: JSON where there is a choice.
pub(super) fn choose<'a>(content: &'a [MediaType], report: &mut Report) -> Option<&'a MediaType> {
    let json = content.iter().find(|one| kind(one) == Some(BodyKind::Json));
    let chosen = json.or_else(|| content.iter().find(|one| kind(one).is_some())).or_else(|| content.first())?;
    for other in content.iter().filter(|other| other.name != chosen.name) {
        report.further_media_type(&other.name, &chosen.name, other.span);
    }
    Some(chosen)
}

/// How a media type is written; `None` where we cannot.
pub(super) fn kind(media_type: &MediaType) -> Option<BodyKind> {
    match media_type.kind() {
        Media::Json => Some(BodyKind::Json),
        Media::Form => Some(BodyKind::Form),
        Media::Text => Some(BodyKind::Text),
        Media::Binary => Some(BodyKind::Bytes),
        Media::Multipart | Media::EventStream | Media::Other => None,
    }
}

/// An object where a schema is one by itself or by what it refers to.
fn object(schemas: &Schemas, id: SchemaId) -> Option<&Object> {
    match &schemas.get(schemas.resolve(id))?.shape {
        Shape::Object(object) => Some(object),
        _ => None,
    }
}

/// The objects on the way to the one that `x-specie-envelope` names, and that one; without an envelope, the schema itself.
///
/// An envelope's objects are written and read by the runtime; they need no type of their own.
fn envelope(
    schemas: &Schemas,
    schema: SchemaId,
    media_type: &MediaType,
    flattened: &mut Vec<SchemaId>,
    report: &mut Report,
) -> Option<(Vec<EnvelopeLevel>, SchemaId)> {
    let mut levels: Vec<EnvelopeLevel> = Vec::new();
    let Some(stated) = &media_type.envelope else { return Some((levels, schema)) };
    let mut at = schema;
    for key in &stated.keys {
        flattened.extend(type_kinds::component(schemas, at));
        let properties = object(schemas, at).map_or(&[][..], |object| &object.properties);
        // The constants of the object that was entered last stand beside the key that is entered now.
        if let Some(level) = levels.last_mut() {
            level.constants = constants(schemas, properties, key, report);
        } else if properties.len() > 1 {
            report.envelope_root(stated.span);
        }
        let Some(next) = properties.iter().find(|property| property.name == *key) else {
            report.envelope_path(key, stated.span);
            return None;
        };
        at = next.schema;
        levels.push(EnvelopeLevel { key: key.clone(), constants: Vec::new() });
    }
    Some((levels, at))
}

/// The single-valued properties of an envelope's object.
fn constants(schemas: &Schemas, properties: &[Property], entered: &str, report: &mut Report) -> Vec<(String, String)> {
    let mut constants = Vec::new();
    for property in properties.iter().filter(|property| property.name != entered) {
        match schemas.get(schemas.resolve(property.schema)).map(|schema| &schema.shape) {
            Some(Shape::Enumeration(listed)) if listed.values.len() == 1 => {
                let text = listed.values.iter().find_map(|one| one.value.scalar_text()).unwrap_or_default();
                constants.push((property.name.clone(), text.to_owned()));
            }
            _ if property.required => report.envelope_constant(&property.name, span(schemas, property.schema)),
            _ => {}
        }
    }
    constants
}

/// The properties of an object as fields of the request; `None` where it is something else, or keeps further properties.
fn fields<'a>(
    schemas: &'a Schemas,
    id: SchemaId,
    envelope: Vec<EnvelopeLevel>,
    (scope, report): (&mut Scope, &mut Report),
) -> Option<Fields<'a>> {
    let object = object(schemas, id).filter(|_| !schemas.is_nullable(id))?;
    let component = type_kinds::component(schemas, id);
    let keeps_rest = matches!(element_schemas::further(schemas, object), Additional::Schema(_) | Additional::Any);
    if keeps_rest || component.is_none() && object.properties.is_empty() {
        return None;
    }
    // The properties of a component are named, and reported, with it.
    let own_names = match component {
        Some(_) => of_properties(schemas, &object.properties, METHODS, &mut Report::default()),
        None => of_properties(schemas, &object.properties, &[], report),
    };
    let names = beside_parameters(schemas, object, &own_names, (scope, report));
    Some(Fields { envelope, object, schema: id, component, own_names, names })
}

/// Names that meet a parameter's are told apart.
fn beside_parameters(
    schemas: &Schemas,
    object: &Object,
    own_names: &[String],
    (scope, report): (&mut Scope, &mut Report),
) -> Vec<(String, bool)> {
    let mut names = Vec::new();
    for (property, own) in object.properties.iter().zip(own_names) {
        let claimed = scope.claim(own);
        if claimed.holder.is_some() {
            report.name_collision(own, &claimed.name, claimed.holder, span(schemas, property.schema));
        }
        names.push((claimed.name, claimed.collided));
    }
    names
}
