//! What an OpenAPI document may hold, as data: for each object its keys, for each key the shape of its value, and the versions that
//! have it so; and the checker, which holds a tree against that.

mod check;
mod extension_objects;
mod extensions;
mod objects;
mod path_template;
mod schema_objects;
mod security_objects;
mod table_entries;
mod version;
mod visit;

pub(crate) use check::{Checker, Site, is_ambiguous};
pub(crate) use extensions::{EXTENSION_PREFIX, extension};
pub(crate) use path_template::{Matching, match_names, template_names};
pub(crate) use version::Version;
pub(crate) use visit::{visit, visit_located};

/// The kinds of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    OpenApi,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OAuthFlows,
    ImplicitFlow,
    PasswordFlow,
    ClientCredentialsFlow,
    AuthorizationCodeFlow,
    DeviceFlow,
    SecurityRequirement,
    Components,
    // The objects under our own extension keys.
    Provenance,
    Idempotency,
    Reconcile,
    Find,
    Agreement,
    Pagination,
    Signature,
    Allowance,
}

/// One kind of object.
pub(crate) struct Object {
    /// What messages call it, with its article: `a schema`.
    pub(crate) name: &'static str,
    pub(crate) fields: &'static [Field],
    /// The keys that are no fields.
    pub(crate) rest: Rest,
    /// Whether `x-` keys may stand in it.
    pub(crate) extensible: bool,
}

/// A key with a meaning of its own.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    need: Need,
    /// The first version of OpenAPI that has it so, and the last one.
    pub(crate) first: Version,
    pub(crate) last: Version,
    /// What to write instead in a version before the first.
    pub(crate) instead: Option<&'static str>,
}

impl Field {
    const fn is_in(&self, version: Version) -> bool {
        self.first as u8 <= version as u8 && version as u8 <= self.last as u8
    }
}

/// What happens where a key is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    /// Nothing.
    Optional,
    /// An error.
    Required,
    /// A warning: an empty text is plainly meant.
    EmptyText,
    /// A warning: an empty object is plainly meant.
    EmptyObject,
}

/// Keys that the document chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    /// There are none.
    Nothing,
    /// Path templates, over path items.
    Templates,
    /// Status codes, ranges and `default`, over responses.
    Statuses,
    /// Runtime expressions, over path items.
    Expressions,
    /// Names of security schemes, over lists of scopes.
    Schemes,
}

/// The shape of a value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// Whatever JSON can hold.
    Any,
    String,
    /// A text that names something in Rust.
    Name,
    Bool,
    /// `true` or `false`, and none of the words that are a boolean to YAML 1.1 readers only: what follows from it is too grave for a
    /// guess.
    Flag,
    Number,
    /// An integer from zero.
    Count,
    /// An integer that is an HTTP status.
    Status,
    /// One of a few words.
    Word(&'static [&'static str]),
    List(&'static Shape),
    /// An object with keys of the document's choice.
    Map(&'static Shape),
    /// The same, where the keys are names of components.
    Named(&'static Shape),
    Object(Kind),
    /// An object, or a `$ref` to one.
    Ref(Kind),
    /// A type of JSON Schema, or a list of them, null among them.
    Types,
    /// A boolean, or a schema.
    BoolOrSchema,
    /// A schema's name, or a reference to a schema as plain text.
    SchemaName,
    /// One object, or a list of them.
    OneOrMore(Kind),
    /// One of a few words, or an object.
    WordOr(&'static [&'static str], Kind),
    /// A JSON pointer, or an object.
    TextOr(Kind),
}

impl Kind {
    /// The kinds of the specification.
    pub(crate) const ALL: &'static [Self] = &[
        Self::OpenApi,
        Self::Info,
        Self::Contact,
        Self::License,
        Self::Server,
        Self::ServerVariable,
        Self::PathItem,
        Self::Operation,
        Self::Parameter,
        Self::RequestBody,
        Self::MediaType,
        Self::Encoding,
        Self::Response,
        Self::Example,
        Self::Link,
        Self::Header,
        Self::Tag,
        Self::Schema,
        Self::Discriminator,
        Self::Xml,
        Self::SecurityScheme,
        Self::OAuthFlows,
        Self::ImplicitFlow,
        Self::PasswordFlow,
        Self::AuthorizationCodeFlow,
        Self::Components,
    ];

    /// The kind's row in the table.
    pub(crate) fn object(self) -> &'static Object {
        objects::object_of(self)
    }

    /// What messages call an object of this kind.
    pub(crate) fn name(self) -> &'static str {
        self.object().name
    }

    /// The kind without its article.
    pub(crate) fn noun(self) -> &'static str {
        let name = self.name();
        name.split_once(' ').map_or(name, |(_, noun)| noun)
    }

    /// The key under `components` that holds objects of this kind.
    pub(crate) fn section(self) -> Option<&'static str> {
        let (_, section) = SECTIONS.iter().find(|(kind, _)| *kind == self)?;
        Some(section)
    }

    /// The fields that an object of this kind has in a version.
    pub(crate) fn fields(self, version: Version) -> impl Iterator<Item = &'static Field> {
        self.object().fields.iter().filter(move |field| field.is_in(version))
    }

    /// The field of a name, in a version.
    pub(crate) fn field(self, key: &str, version: Version) -> Option<&'static Field> {
        self.fields(version).find(|field| field.name == key)
    }

    /// The field of a name that came with a later version, where there is something to write instead.
    pub(crate) fn later_field(self, key: &str, version: Version) -> Option<(&'static Field, &'static str)> {
        let later = |field: &&Field| field.name == key && field.first > version;
        let field = self.object().fields.iter().find(later)?;
        Some((field, field.instead?)).filter(|_| self.field(key, version).is_none())
    }

    /// The field of a name that ended with an earlier version.
    fn former_field(self, key: &str, version: Version) -> Option<&'static Field> {
        let is_former = |field: &&Field| field.name == key && field.last < version;
        self.object().fields.iter().find(is_former).filter(|_| self.field(key, version).is_none())
    }
}

/// How an empty value is read that can only be a slip.
const AS_ABSENT: &str = "as if it were absent";

/// How an empty list or object under a key is read, where the specification wants something in it.
fn hollow(kind: Kind, key: &str) -> Option<&'static str> {
    match (kind, key) {
        (Kind::Schema, "enum" | "allOf" | "oneOf" | "anyOf") => Some(AS_ABSENT),
        (Kind::RequestBody, "content") => Some("as if there were no body"),
        _ => None,
    }
}

/// What can stand under `components`, and where.
pub(crate) const SECTIONS: &[(Kind, &str)] = &[
    (Kind::Schema, "schemas"),
    (Kind::Response, "responses"),
    (Kind::Parameter, "parameters"),
    (Kind::Example, "examples"),
    (Kind::RequestBody, "requestBodies"),
    (Kind::Header, "headers"),
    (Kind::SecurityScheme, "securitySchemes"),
    (Kind::Link, "links"),
    (Kind::Callback, "callbacks"),
];

/// The shape below one key of an object.
pub(crate) fn shape_under(kind: Kind, key: &str, version: Version) -> Option<Shape> {
    if let Some(field) = kind.field(key, version) {
        return Some(field.shape);
    }
    if key.starts_with("x-") {
        return extension(kind, key).map(|row| row.shape);
    }
    kind.object().rest.shape()
}

impl Rest {
    /// The shape of what stands under a key of the document's choice.
    pub(crate) const fn shape(self) -> Option<Shape> {
        match self {
            Self::Templates | Self::Expressions => Some(Shape::Object(Kind::PathItem)),
            Self::Statuses => Some(Shape::Ref(Kind::Response)),
            Self::Schemes => Some(Shape::List(&Shape::String)),
            Self::Nothing => None,
        }
    }
}

impl Shape {
    /// The shape one token of a JSON pointer further.
    fn step(self, token: &str, version: Version) -> Option<Self> {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Named(inner) => Some(*inner),
            Self::Object(kind) | Self::Ref(kind) => shape_under(kind, token, version),
            Self::BoolOrSchema => shape_under(Kind::Schema, token, version),
            _ => None,
        }
    }

    /// The kind of object that stands in a place of this shape.
    pub(crate) const fn kind(self) -> Option<Kind> {
        match self {
            Self::Object(kind) | Self::Ref(kind) => Some(kind),
            Self::BoolOrSchema => Some(Kind::Schema),
            _ => None,
        }
    }
}

/// The shape of the place that tokens lead to in a whole OpenAPI document, as far as the grammar knows it.
pub(crate) fn shape_at<'a>(tokens: impl IntoIterator<Item = &'a str>, version: Version) -> Option<Shape> {
    tokens.into_iter().try_fold(Shape::Object(Kind::OpenApi), |shape, token| shape.step(token, version))
}
