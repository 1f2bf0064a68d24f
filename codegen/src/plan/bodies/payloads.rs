//! Request bodies: properties that become fields of the request struct, inside an envelope or not, or a whole.

use super::media_types::{self, BodyMedia, BodyOwner, Value};
use super::{encodings, multipart_parts, unchecked_bytes};
use crate::api::{self, Address, MediaType, Object, Property, SchemaId, Schemas, Shape};
use crate::names::Scope;
use crate::plan::diagnostics::Report;
use crate::plan::member_names::{METHODS, of_properties};
use crate::plan::schemas::adapted::AdaptedSchemas;
use crate::plan::schemas::{elements, kinds};
use crate::rust::{BodyKind, EnvelopeLevel};

/// The body of an operation.
pub(in crate::plan) struct Body<'a> {
    /// The body.
    pub(in crate::plan) stated: &'a api::RequestBody,
    /// What it holds.
    pub(in crate::plan) payload: Payload<'a>,
    /// The components whose properties became fields of the request, or constants around them.
    pub(in crate::plan) flattened: Vec<SchemaId>,
}

impl Body<'_> {
    /// Whether it is always sent: a form of parts with required ones is, even where the document lets it be left out.
    pub(in crate::plan) fn is_required(&self) -> bool {
        self.stated.required
            || match &self.payload {
                Payload::Fields(medium, fields) => medium.kind == BodyKind::Multipart && has_required(fields.object),
                Payload::Whole(_) | Payload::Choice(_) => false,
            }
    }
}

/// What a request body holds.
pub(in crate::plan) enum Payload<'a> {
    /// An object whose properties are fields of the request struct.
    Fields(BodyMedia<'a>, Fields<'a>),
    /// Anything else: one field.
    Whole(BodyMedia<'a>),
    /// One of several: one field, an enum with a variant for each.
    Choice(Vec<BodyVariant<'a>>),
}

impl<'a> Payload<'a> {
    /// The ways to write the body.
    fn media(&self) -> Vec<&BodyMedia<'a>> {
        match self {
            Self::Fields(only, _) | Self::Whole(only) => vec![only],
            Self::Choice(several) => several.iter().map(|variant| &variant.medium).collect(),
        }
    }

    /// The form of parts that is one of several ways to write the body.
    pub(in crate::plan) fn form_of_parts(&self) -> Option<(&BodyMedia<'a>, &Fields<'a>)> {
        let Self::Choice(several) = self else { return None };
        several.iter().find_map(|variant| Some((&variant.medium, variant.parts.as_ref()?)))
    }
}

/// One of several ways to write a body.
pub(in crate::plan) struct BodyVariant<'a> {
    /// Its media types.
    pub(in crate::plan) medium: BodyMedia<'a>,
    /// For a form of parts, what are fields of its struct.
    pub(in crate::plan) parts: Option<Fields<'a>>,
}

/// An object whose properties are fields of the request struct.
pub(in crate::plan) struct Fields<'a> {
    /// The objects around it, outermost first.
    pub(in crate::plan) envelope: Vec<EnvelopeLevel>,
    /// The object.
    pub(in crate::plan) object: &'a Object,
    /// Its schema, or one that refers to it.
    pub(in crate::plan) schema: SchemaId,
    /// Its schema where that is a component with a type of its own.
    pub(in crate::plan) component: Option<SchemaId>,
    /// The names that its properties have among themselves.
    pub(in crate::plan) own_names: Vec<String>,
    /// The field of each property: its name once parameters have theirs, and whether it was renamed for one of them.
    pub(in crate::plan) names: Vec<(String, bool)>,
    /// The field of all other parts of a form of parts, where it may have others.
    pub(in crate::plan) rest: Option<String>,
}

impl Fields<'_> {
    /// The parts of a form that have one value, each with its text.
    pub(in crate::plan) fn constants(&self) -> Vec<(String, String)> {
        self.object.constants.iter().map(|one| (one.name.clone(), one.value.plain_text())).collect()
    }
}

impl Value {
    /// The schema of what it holds.
    pub(in crate::plan) const fn schema(self) -> Option<SchemaId> {
        match self {
            Self::Schema(schema) => Some(schema),
            Self::Items(schema) | Self::Events(schema) => schema,
            Self::Text | Self::Bytes | Self::Stream | Self::Json(_) | Self::JsonObject(_) | Self::TextEvents => None,
        }
    }
}

/// Selects the body of an operation; `scope` has the names of its parameters.
pub(in crate::plan) fn body<'a>(
    adapted: &'a AdaptedSchemas<'_>,
    operation: &'a api::Operation,
    scope: &mut Scope,
    report: &mut Report,
) -> Option<Body<'a>> {
    let stated = operation.request_body.as_ref()?;
    let (schemas, content) = (&*adapted.schemas, (stated.content.as_slice(), operation.sender()));
    let mut media = media_types::media(adapted, content, BodyOwner::Request, report);
    // What stands in an envelope is taken apart, which a choice is not.
    if let Some(enveloped) = media.iter().position(|medium| medium.stated.envelope.is_some()) {
        let only = media.swap_remove(enveloped);
        for other in media {
            report.further_media_type(&other.stated.name, &only.stated.name, other.stated.span);
        }
        media = vec![only];
    }
    let mut flattened = Vec::new();
    let payload = match <[BodyVariant<'_>; 1]>::try_from(variants(schemas, media, report)) {
        Ok([only]) if is_payload_of_webhook(operation, &only.medium) => Payload::Whole(only.medium),
        Ok([only]) => single(schemas, (stated.required, only.medium), (scope, report), &mut flattened)?,
        Err(none) if none.is_empty() => return None,
        Err(several) => {
            flattened.extend(several.iter().filter_map(|variant| variant.parts.as_ref()?.component));
            Payload::Choice(several)
        }
    };
    for medium in payload.media() {
        encodings::say(schemas, medium, report);
        unchecked_bytes::say(schemas, medium, report);
    }
    Some(Body { stated, payload, flattened })
}

/// The ways to write a body; of several, a form of parts is a struct of its own, and is left out where it cannot be one.
fn variants<'a>(schemas: &'a Schemas, media: Vec<BodyMedia<'a>>, report: &mut Report) -> Vec<BodyVariant<'a>> {
    let kept = media.iter().find(|medium| medium.kind != BodyKind::Multipart).map(|medium| medium.stated);
    let variant = |medium: BodyMedia<'a>| match (kept, medium.value) {
        (Some(kept), Value::Schema(schema)) if medium.kind == BodyKind::Multipart => {
            let scope = (&mut Scope::default(), &mut *report);
            let parts = fields(schemas, (schema, &medium), Vec::new(), scope);
            if parts.is_none() {
                report.further_media_type(&medium.stated.name, &kept.name, medium.stated.span);
            }
            Some(BodyVariant { medium, parts: Some(parts?) })
        }
        _ => Some(BodyVariant { medium, parts: None }),
    };
    media.into_iter().filter_map(variant).collect()
}

/// Whether it is the JSON of a webhook, which stays one value: what receives events hands them on, and what stores them reads them again.
fn is_payload_of_webhook(operation: &api::Operation, medium: &BodyMedia<'_>) -> bool {
    let is_webhook = matches!(operation.address, Address::Webhook(_));
    is_webhook && medium.kind == BodyKind::Json && medium.stated.envelope.is_none()
}

/// The only way to write a body: taken apart where that loses nothing.
fn single<'a>(
    schemas: &'a Schemas,
    (required, medium): (bool, BodyMedia<'a>),
    (scope, report): (&mut Scope, &mut Report),
    flattened: &mut Vec<SchemaId>,
) -> Option<Payload<'a>> {
    let Value::Schema(schema) = medium.value else { return Some(Payload::Whole(medium)) };
    if medium.kind == BodyKind::Multipart && !required && kinds::object(schemas, schema).is_some_and(has_required) {
        let help =
            "set `required: true`; it has required parts, so a client always sends the form and a server asks for it";
        report.not_generated("a request without its form", medium.stated.span, help);
    }
    if !matches!(medium.kind, BodyKind::Json | BodyKind::Form | BodyKind::Multipart) {
        return Some(Payload::Whole(medium));
    }
    let (envelope, inner) = envelope(schemas, schema, medium.stated, flattened, report)?;
    // An optional body is a choice of its own; flattening it would make its required fields optional.
    let is_apart = required || medium.kind == BodyKind::Multipart;
    let fields = if is_apart { fields(schemas, (inner, &medium), envelope, (scope, report)) } else { None };
    Some(match fields {
        Some(fields) => {
            flattened.extend(fields.component);
            Payload::Fields(medium, fields)
        }
        // A form of parts that cannot be taken apart is given as it is.
        None if medium.kind == BodyKind::Multipart => {
            report.request_as_bytes(&medium.stated.name, medium.stated.span);
            Payload::Whole(BodyMedia { kind: BodyKind::Stream, value: Value::Stream, ..medium })
        }
        None => Payload::Whole(medium),
    })
}

fn has_required(object: &Object) -> bool {
    !object.constants.is_empty() || object.properties.iter().any(|property| property.required)
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
        flattened.extend(kinds::component(schemas, at));
        let entered = kinds::object(schemas, at);
        let properties = entered.map_or(&[][..], |object| &object.properties);
        // The constants of the object that was entered last stand beside the key that is entered now.
        if let Some(level) = levels.last_mut() {
            level.constants = constants(schemas, properties, key, report);
            let texts = entered.into_iter().flat_map(|object| &object.constants);
            level.constants.extend(texts.filter_map(|one| Some((one.name.clone(), one.value.as_str()?.to_owned()))));
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
            _ if property.required => report.envelope_constant(&property.name, schemas[property.schema].span),
            _ => {}
        }
    }
    constants
}

/// The properties of an object as fields of the request; `None` where it is something else, keeps further properties that are no parts of a
/// form, or has some that its type supplies. No form of parts is null, and one supplies the parts that have one value.
fn fields<'a>(
    schemas: &'a Schemas,
    (id, medium): (SchemaId, &BodyMedia<'_>),
    envelope: Vec<EnvelopeLevel>,
    (scope, report): (&mut Scope, &mut Report),
) -> Option<Fields<'a>> {
    let is_form = medium.kind == BodyKind::Multipart;
    let object = kinds::object(schemas, id).filter(|_| is_form || !schemas.is_nullable(id))?;
    let component = kinds::component(schemas, id);
    let has_others = is_form && multipart_parts::has_others(schemas, object);
    let is_whole = elements::keeps_additional(schemas, object) || component.is_none() && object.properties.is_empty();
    let supplies =
        is_form && multipart_parts::are_texts(medium.stated, &object.constants, &schemas[schemas.resolve(id)]);
    if !has_others && is_whole || !object.constants.is_empty() && !supplies {
        return None;
    }
    // The properties of a component are named, and reported, with it.
    let own_names = match component {
        Some(_) => of_properties(schemas, &object.properties, METHODS, &mut Report::default()),
        None => of_properties(schemas, &object.properties, &[], report),
    };
    let names = beside_parameters(schemas, object, &own_names, (scope, report));
    let rest = if scope.is_free("rest") { "rest" } else { "other_parts" };
    let rest = has_others.then(|| scope.claim(rest).name);
    Some(Fields { envelope, object, schema: id, component, own_names, names, rest })
}

/// Names that meet a parameter's are told apart by their place.
fn beside_parameters(
    schemas: &Schemas,
    object: &Object,
    own_names: &[String],
    (scope, report): (&mut Scope, &mut Report),
) -> Vec<(String, bool)> {
    let mut names = Vec::new();
    for (property, own) in object.properties.iter().zip(own_names) {
        let holder = scope.holder(own);
        let of_body = format!("{own}_body");
        let is_told_apart = holder.is_some() && scope.is_free(&of_body) && !own_names.contains(&of_body);
        let claimed = scope.claim(if is_told_apart { &of_body } else { own });
        if holder.is_some() {
            report.name_collision(own, &claimed.name, holder, schemas[property.schema].span);
        }
        names.push((claimed.name, is_told_apart || claimed.collided));
    }
    names
}
