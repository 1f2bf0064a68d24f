//! Members: what the fields of a schema's struct and those of a request struct have in common.

pub(super) mod defaults;

use super::bodies::media_types::BodyMedia;
use super::bodies::multipart_parts;
use super::bodies::payloads::{Body, BodyVariant, Fields, Payload};
use super::operation_signatures::Parameter;
use super::operation_signatures::operations::OperationSignature;
use super::operation_signatures::response_variants::ResponseVariant;
use super::schemas::kinds::Kind;
use super::schemas::value_constraints::ValueConstraints;
use super::stated_docs::{self, Note, StatedDocs};
use super::types::analysis::{TypeAnalysis, rust_presence};
use super::types::body_types::value_type;
use super::types::schema_types::Typed;
use super::types::type_contents::{self, Part};
use crate::api::{self, Constraints, Object, SchemaId, Schemas, Shape, Value};
use crate::rust::{BodyKind, MediaEnumType, ParameterFormat, ParameterLocation, PartKind, Presence, Type, TypeId};

/// One field of a generated struct.
#[derive(Clone, Debug)]
pub(super) struct Member {
    /// The Rust name.
    pub(super) name: String,
    /// The name on the wire; empty for a whole body.
    pub(super) wire: String,
    /// The type of a present, non-null value.
    pub(super) ty: Type,
    /// What absence and null mean.
    pub(super) presence: Presence,
    /// Whether the value is behind a `Box`.
    pub(super) boxed: bool,
    /// What the document says of it.
    pub(super) stated_docs: StatedDocs,
    /// What a valid value fulfils beyond its type.
    pub(super) value_constraints: ValueConstraints,
    /// The JSON that a server fills in where the property is left out.
    pub(super) default: Option<String>,
    /// Which part of a request or schema it is.
    pub(super) source: MemberSource,
}

/// Which part of a request or schema a member is.
#[derive(Clone, Debug)]
pub(super) enum MemberSource {
    /// A property of a schema, or of the body that a request struct takes apart.
    Property,
    /// A part of a form.
    Part(crate::rust::FormPart),
    /// A parameter.
    Parameter {
        /// Where it travels.
        place: ParameterLocation,
        /// How its value is written.
        format: ParameterFormat,
        /// Whether a server takes any value in its path.
        any_path: bool,
        /// The default as JSON, where it may be left out.
        default: Option<String>,
    },
    /// The body as a whole.
    Body,
}

impl Member {
    /// Whether `new` asks for it.
    pub(super) const fn is_required(&self) -> bool {
        self.presence.is_required()
    }
}

/// The members that `new` asks for.
pub(super) fn required(members: &[Member]) -> Vec<&Member> {
    members.iter().filter(|member| member.is_required()).collect()
}

/// The properties of a struct, and what the document says of the struct.
pub(super) fn of_type(analysis: &TypeAnalysis<'_>, id: TypeId) -> (StatedDocs, Vec<Member>) {
    let (Some(contents), Some(named)) = (analysis.contents(id), analysis.names.types.get(id.0)) else {
        return Default::default();
    };
    let Kind::Struct(object) = contents.kind else { return Default::default() };
    let (stated_docs, fields) =
        object_docs(analysis, object, analysis.schemas.get(named.schema).map(stated_docs::of_schema));
    let members = object.properties.iter().zip(&named.members).zip(&contents.parts).zip(fields).enumerate();
    let members = members.map(|(place, (((property, name), part), stated_docs))| Member {
        name: name.clone(),
        wire: property.name.clone(),
        ty: part.ty.clone(),
        presence: analysis.presence(id, part.presence),
        boxed: analysis.is_boxed(id, place),
        stated_docs,
        value_constraints: part.value_constraints.clone(),
        default: defaults::of_type(analysis, id, property),
        source: MemberSource::Property,
    });
    (stated_docs, members.collect())
}

/// What the document says of an object, and of each of its properties.
fn object_docs(
    analysis: &TypeAnalysis<'_>,
    object: &Object,
    of_object: Option<StatedDocs>,
) -> (StatedDocs, Vec<StatedDocs>) {
    let mut stated_docs = of_object.unwrap_or_default();
    let properties = &object.properties;
    let mut fields: Vec<StatedDocs> =
        properties.iter().map(|property| stated_docs::of_property(analysis.schemas, property.schema)).collect();
    stated_docs::distribute(
        &mut stated_docs,
        properties.iter().map(|property| property.name.as_str()).zip(&mut fields),
    );
    (stated_docs, fields)
}

/// The members of an operation's request and of the headers of its responses, and what the document says of all of it.
///
/// What depends on several operations is found from these, before any of them is put together.
pub(super) struct OperationMembers<'a> {
    /// The operation with its names.
    pub(super) signature: &'a OperationSignature<'a>,
    /// What the document says of the operation.
    pub(super) stated_docs: StatedDocs,
    /// Everything that the request struct holds: parameters, then the body, in the document's order.
    pub(super) members: Vec<Member>,
    /// The parts of the body, where a form is one of several media types.
    pub(super) parts: Vec<Member>,
    /// The headers of each response in [`OperationSignature::headers`] that a style carries.
    pub(super) headers: Vec<Vec<Member>>,
    /// What the document says of each success.
    pub(super) successes: Vec<StatedDocs>,
    /// What the document says of each error.
    pub(super) errors: Vec<StatedDocs>,
}

/// How the parameters of an operation are written, and the headers of each of its responses; `None`: no style carries the header.
pub(super) type Formats = (Vec<ParameterFormat>, Vec<Vec<Option<ParameterFormat>>>);

/// The members of an operation; `formats` has how its parameters and headers are written.
pub(super) fn of_operation<'a>(
    analysis: &TypeAnalysis<'_>,
    operation: &'a OperationSignature<'a>,
    (formats, header_formats): &Formats,
) -> OperationMembers<'a> {
    let stated = operation.named.stated;
    let mut stated_docs = stated_docs::of(&stated.docs);
    // Where a body comes from is said with the operation, for a body has no item of its own.
    stated_docs.provenance.extend(stated.request_body.iter().flat_map(|body| body.docs.provenance.iter().cloned()));
    let parameters = operation.parameters.iter().zip(formats);
    let mut members: Vec<Member> = parameters.map(|(one, format)| of_parameter(analysis, one, format)).collect();
    members.extend(operation.body.iter().flat_map(|body| of_body(analysis, operation, body)));
    let mut successes = of_responses(&operation.successes);
    let mut errors = of_responses(&operation.errors);
    let statuses: Vec<String> = operation.responses().map(|variant| variant.stated.status.to_string()).collect();
    // Provenance that names a parameter, a field or a status goes there.
    let with_names = members.iter_mut().filter(|member| !matches!(member.source, MemberSource::Body));
    let with_names = with_names.map(|member| (member.wire.as_str(), &mut member.stated_docs));
    let responses = statuses.iter().map(String::as_str).zip(successes.iter_mut().chain(&mut errors));
    stated_docs::distribute(&mut stated_docs, with_names.chain(responses));
    rename_body(&mut members);
    let headers = operation.headers.iter().zip(header_formats).map(|(set, formats)| {
        let carried = set.headers.iter().zip(formats);
        carried.filter_map(|(header, format)| Some(of_parameter(analysis, header, format.as_ref()?))).collect()
    });
    let form = operation.body.as_ref().and_then(|body| body.payload.form_of_parts());
    let parts = form.map(|(medium, fields)| of_fields(analysis, operation, medium, fields));
    let (headers, parts) = (headers.collect(), parts.unwrap_or_default());
    OperationMembers { signature: operation, headers, stated_docs, members, parts, successes, errors }
}

fn of_parameter(analysis: &TypeAnalysis<'_>, parameter: &Parameter<'_>, format: &ParameterFormat) -> Member {
    let (stated, typed) = (parameter.stated, analysis.types.of(parameter.schema));
    Member {
        name: parameter.name.clone(),
        wire: stated.name.clone(),
        ty: typed.ty,
        presence: if stated.required { Presence::Required } else { Presence::Optional },
        boxed: false,
        stated_docs: stated_docs::of_parameter(
            &stated.docs,
            parameter.examples,
            analysis.schemas.get(parameter.schema),
        ),
        value_constraints: typed.value_constraints,
        default: None,
        source: MemberSource::Parameter {
            place: stated.place,
            format: format.clone(),
            any_path: stated.any_path.is_some(),
            default: if stated.required { None } else { default(analysis.schemas, parameter.schema) },
        },
    }
}

/// The default of a schema as JSON, if it has one other than null.
fn default(schemas: &Schemas, schema: SchemaId) -> Option<String> {
    let stated = schemas.chain(schema).find_map(|schema| schema.default.as_ref())?;
    let is_integer = matches!(schemas.get(schemas.resolve(schema))?.shape, Shape::Integer { .. });
    (!stated.is_null()).then(|| if is_integer { whole_number(stated) } else { stated.to_string() })
}

/// A whole number with a fraction of nothing, such as `20.0`, as the integer that it is (JSON Schema 2020-12, 4.2.2).
fn whole_number(value: &Value) -> String {
    let text = value.to_string();
    let whole = text.split_once('.').filter(|(_, fraction)| fraction.bytes().all(|digit| digit == b'0'));
    whole.map(|(whole, _)| whole.to_owned()).unwrap_or(text)
}

fn of_body(analysis: &TypeAnalysis<'_>, operation: &OperationSignature<'_>, body: &Body<'_>) -> Vec<Member> {
    let is_sent = operation.named.stated.is_sent_by_api();
    let Typed { ty, nullable, value_constraints } = match &body.payload {
        Payload::Fields(medium, fields) => {
            return of_fields(analysis, operation, medium, fields);
        }
        Payload::Whole(medium) if medium.kind == BodyKind::Json => value_type(analysis.types, medium.value),
        // No other kind of body writes null.
        Payload::Whole(medium) => Typed { nullable: false, ..value_type(analysis.types, medium.value) },
        Payload::Choice(variants) => {
            let is_comparable = |variant: &BodyVariant<'_>| {
                variant.parts.is_none() && value_type(analysis.types, variant.medium.value).ty.is_comparable()
            };
            let (name, comparable) = (operation.named.body.clone(), variants.iter().all(is_comparable));
            Typed::plain(Type::MediaEnum(Box::new(MediaEnumType { name, comparable })))
        }
    };
    vec![Member {
        name: BODY.to_owned(),
        wire: String::new(),
        ty,
        presence: rust_presence(api::Presence { required: body.is_required(), nullable }, !is_sent),
        boxed: false,
        stated_docs: stated_docs::of(&body.stated.docs),
        value_constraints,
        default: None,
        source: MemberSource::Body,
    }]
}

/// The properties of a body that the request struct takes apart.
fn of_fields(
    analysis: &TypeAnalysis<'_>,
    operation: &OperationSignature<'_>,
    medium: &BodyMedia<'_>,
    fields: &Fields<'_>,
) -> Vec<Member> {
    let (schemas, is_sent) = (analysis.schemas, operation.named.stated.is_sent_by_api());
    let of_object = match fields.component {
        Some(component) => schemas.get(component).map(stated_docs::of_schema),
        None => schemas.get(schemas.resolve(fields.schema)).map(|schema| stated_docs::of(&schema.docs)),
    };
    let (_, all_docs) = object_docs(analysis, fields.object, of_object);
    let parts: Vec<Part> = type_contents::fields(analysis.types, fields.object);
    let members = fields.object.properties.iter().zip(&fields.names).zip(parts).zip(all_docs);
    let members = members.map(|(((property, (name, is_renamed)), part), mut stated_docs)| {
        stated_docs.notes.extend(is_renamed.then(|| Note::OfTheBody(property.name.clone())));
        // What only the API sends is in the requests that it sends.
        stated_docs.notes.retain(|note| !(is_sent && *note == Note::OnlyInResponses));
        let member = Member {
            name: name.clone(),
            wire: property.name.clone(),
            ty: part.ty,
            // Where only a client writes a request, what may be null there is something to clear.
            presence: rust_presence(part.presence, !is_sent),
            boxed: false,
            stated_docs,
            value_constraints: part.value_constraints,
            default: defaults::of_property(schemas, fields.schema, property).filter(|_| !operation.is_patch()),
            source: MemberSource::Property,
        };
        if medium.kind == BodyKind::Multipart {
            as_part(member, multipart_parts::of_property(schemas, medium.stated, property))
        } else {
            member
        }
    });
    let rest = fields.rest.as_ref().map(|name| rest(analysis, name, fields.object));
    members.chain(rest).collect()
}

/// All parts of a form that have no field of their own.
fn rest(analysis: &TypeAnalysis<'_>, name: &str, object: &Object) -> Member {
    let part = multipart_parts::of_others(analysis.schemas, object);
    let stated = type_contents::rest(analysis.schemas, analysis.types, object);
    let (value, constraints) = match stated {
        Some(values) => of_part(&part, values.ty, values.value_constraints),
        None => of_part(&part, Type::Json, ValueConstraints::default()),
    };
    Member {
        name: name.to_owned(),
        wire: String::new(),
        ty: Type::Map(Box::new(value)),
        presence: Presence::Optional,
        boxed: false,
        stated_docs: StatedDocs::default(),
        value_constraints: ValueConstraints::default().of_each(constraints),
        default: None,
        source: MemberSource::Part(part),
    }
}

/// A property as a part of a form, where null has no form and bytes are a file.
fn as_part(member: Member, part: crate::rust::FormPart) -> Member {
    let presence = match member.presence {
        Presence::Required => Presence::Required,
        Presence::RequiredNullable | Presence::Optional | Presence::Patch | Presence::Maybe => Presence::Optional,
    };
    let (ty, value_constraints) = of_part(&part, member.ty, member.value_constraints);
    Member { ty, value_constraints, presence, default: None, source: MemberSource::Part(part), ..member }
}

/// The type of a part, and what is checked of it.
fn of_part(part: &crate::rust::FormPart, ty: Type, stated: ValueConstraints) -> (Type, ValueConstraints) {
    match (part.kind, part.is_list) {
        (PartKind::File, true) => (Type::List(Box::new(Type::File)), number_of_files(&stated.own)),
        (PartKind::File, false) => (Type::File, ValueConstraints::default()),
        (PartKind::Json, false) => (ty, stated),
        (PartKind::Json, true) | (PartKind::Text, false) => (without_null(ty), stated),
        (PartKind::Text, true) => match without_null(ty) {
            Type::List(item) => (Type::List(Box::new(without_null(*item))), stated),
            other => (other, stated),
        },
    }
}

/// A text has no null, and a list of parts is one that is there or not.
fn without_null(ty: Type) -> Type {
    if let Type::Option(value) = ty { *value } else { ty }
}

/// How many files there may be, which is all that is checked of a list of them.
fn number_of_files(stated: &Constraints) -> ValueConstraints {
    let (min_length, max_length) = (stated.min_length, stated.max_length);
    ValueConstraints {
        own: Constraints { min_length, max_length, ..Constraints::default() },
        ..ValueConstraints::default()
    }
}

/// The field of a request struct that holds a whole body.
const BODY: &str = "body";

/// A whole body stands beside a parameter of its name.
fn rename_body(members: &mut [Member]) {
    let is_taken = members.iter().filter(|member| member.name == BODY).count() > 1;
    let body = members.iter_mut().find(|member| matches!(member.source, MemberSource::Body));
    if let Some(body) = body.filter(|_| is_taken) {
        "request_body".clone_into(&mut body.name);
    }
}

/// The name of the method that sets a member.
///
/// It is the member's own, unless a method of that name means something else to Rust: `with_clone`, `with_new`.
pub(super) fn setter(member: &Member, members: &[Member]) -> String {
    let mut name = member.name.clone();
    while RESERVED.contains(&name.as_str()) || (name != member.name && members.iter().any(|other| other.name == name)) {
        name.insert_str(0, "with_");
    }
    name
}

/// Methods that every generated struct has from elsewhere, and those that operators are made of.
const RESERVED: &[&str] = &[
    "add",
    "bitand",
    "bitor",
    "bitxor",
    "borrow",
    "check",
    "clone",
    "decode",
    "default",
    "div",
    "encode",
    "eq",
    "fmt",
    "from",
    "hash",
    "into",
    "mul",
    "new",
    "receive",
    "refuse",
    "rem",
    "respond",
    "serialize",
    "shl",
    "shr",
    "sub",
    "to_owned",
    "try_into",
    "type_id",
];

/// What the document says of each response.
fn of_responses(variants: &[ResponseVariant<'_>]) -> Vec<StatedDocs> {
    variants.iter().map(|variant| stated_docs::of(&variant.stated.docs)).collect()
}
