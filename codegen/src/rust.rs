//! A generated crate as plain data: its items, their names, types, derives, constructors, methods and documentation,
//! and the files in which they stand.
//!
//! Everything is decided here: what is printed, as code or as a [surface](crate::surface), only spells it out. Each item
//! carries the facts of the API that it comes from under their names on the wire, so that two crates can be compared.

mod body;
mod callback;
mod callback_kind;
mod checks;
mod client;
mod derives;
mod docs;
mod example;
pub mod fixed_docs;
pub mod fixed_modules;
mod fixed_types;
mod ids;
mod item;
mod layout;
mod link;
mod manifest;
mod modules;
mod operation;
mod pagination;
mod parameter;
mod rejections;
mod response;
mod structs;
mod taken_names;
mod type_spelling;
mod types;
mod value_expression;
mod webhook;

pub use body::{
    Body, BodyAssertions, BodyKind, Envelope, EnvelopeLevel, FormOfParts, FormStyle, FormStyles, Media, MediaEnum,
    MediaNaming, MediaVariant, Payload,
};
pub use callback::{AddressPart, Callback, CallbackAddress};
pub use callback_kind::CallbackKind;
pub use checks::{BranchChecks, Check, Checks, ObjectCheck, PresenceTest, PropertyCount, Within};
pub use client::{
    AddressValue, AddressValues, AddressVariable, Base, CredentialArgument, CredentialInput, CredentialSetter,
    PresentedCredential, Scheme, SchemeKind, ServerEnum, ServerUrl, ServerVariant,
};
pub use derives::{Derive, Derives};
pub use docs::{Docs, Paragraph, Piece, SharedDocs, Text, type_link};
pub use example::{
    CallArgument, CallExample, ChosenServer, Credential, Example, ExampleRoot, Expression, Fields, Setup,
};
pub use fixed_types::{
    BASE_URL, CLIENT, CLIENT_BUILDER, CLIENT_BUILDER_METHODS, CLIENT_NAMES, CREDENTIAL, CREDENTIALS,
    CREDENTIALS_METHODS, DESCRIPTION, FAKE_CALLS, FAKE_SAMPLES, FixedType, FixedTypes, RECEIVER_PARAMETER, SERVER,
    SERVER_METHOD, SERVER_PARAMETER,
};
pub use ids::{
    BaseId, CallbackId, FieldId, LinkId, OperationId, ParameterId, RejectionTableId, ServerTraitId, TypeId, VariableId,
    WebhookId,
};
pub use item::{
    Branch, Decoding, Enum, EnumValues, Item, ItemKind, JsonKind, Nested, Object, Rest, Tuple, TuplePlace, TupleRest,
    Undeclared, Union, UnknownVariant, Variant,
};
pub use layout::{
    Bound, Contents, File, FileShare, Group, Index, Layout, Module, Page, SHAREABLE, ServerBounds, ServerTrait,
};
pub use link::{Link, LinkField, LinkOrigin, LinkSource, LinkValue};
pub use manifest::{EDITION, Feature, PATTERN_FEATURE, RUNTIME, RUST_VERSION, RuntimeVersions};
pub use modules::{Condition, MODULE_LINTS, ModuleDeclaration, Modules, Reach, Reexport, RootAttribute};
pub use operation::{
    ClientMethod, MethodArgument, Operation, Reconcile, Requirement, ResponseHeaders, Safety, Sample, StatedOutcome,
};
pub use pagination::{OneOrList, PageAccess, PageStep, PagedList};
pub use parameter::{Parameter, ParameterFormat, ParameterKind};
pub use rejections::{RejectionForm, RejectionForms, RejectionRow, RejectionTable};
pub use response::{Response, ResponseBody, ResponseEnum, Success, by_status};
pub use structs::{
    Argument, Boxing, Companion, Constructor, Conversion, Field, FieldSource, FormPart, Lint, PartKind, Presence,
    Setter, SetterKind, Struct,
};
pub use taken_names::{NameScope, OwnNames, TakenNames};
pub use type_spelling::{Prelude, Spelling, TypeName};
pub use types::{MediaEnumType, Type};
pub use value_expression::{BorrowedType, ValueAccess, ValueConversion, ValuePath, ValueStep};
pub use webhook::{ReceiverConstructor, ReceiverCredentials, ReceiverScheme, Webhook};

use std::collections::BTreeMap;

use crate::Program;
pub use crate::api::{
    ApiKeyLocation, Assertion, ConstantValue, Find, Idempotency, Key, PaginationStyle, ParameterLocation, Provenance,
    Signature, SignatureAlgorithm, Status, Style, Value, ValueType,
};
pub use crate::{GeneratedModule, Side};

/// One crate.
#[derive(Clone, Debug, PartialEq)]
pub struct Crate {
    /// Its name, `snake_case`.
    pub name: String,
    /// Where it stands, if it is no crate but a module in one.
    pub module: Option<GeneratedModule>,
    /// The document's path as the user knows it, for the header of each file: `specs/omno.yaml`.
    pub spec_path: String,
    /// The program that writes it again.
    pub program: Program,
    /// `info.title`.
    pub title: String,
    /// `info.version`, the scalar's own text.
    pub version: String,
    /// The server trait, `PascalCase`.
    pub trait_name: String,
    /// The `tower` service around an implementation of it.
    pub server_name: String,
    /// The fake of the API for tests, `PascalCase`.
    pub fake_name: String,
    /// The documented errors in which a server writes its rejections.
    pub rejection_forms: RejectionForms,
    /// What the document says of the tags of operations, by name.
    pub tag_docs: BTreeMap<String, Docs>,
    /// Every type made of a schema, ordered by name.
    pub types: Vec<Item>,
    /// Every operation, ordered by name.
    pub operations: Vec<Operation>,
    /// The base URLs that operations go to.
    pub bases: Vec<Base>,
    /// The security schemes that some operation names, ordered by name.
    pub schemes: Vec<Scheme>,
    /// The types of client and server that follow from what the document declares.
    pub fixed_types: FixedTypes,
    /// Requests that the API sends to its users, ordered by name.
    pub webhooks: Vec<Webhook>,
    /// Requests that the API sends on account of others, ordered by name.
    pub callbacks: Vec<Callback>,
    /// The links of responses that the types hold, ordered by name.
    pub links: Vec<Link>,
    /// What had to be typed as free JSON, with the reason, ordered by place.
    pub untyped: Vec<Untyped>,
    /// What it is, for its manifest, in the document's words.
    pub description: String,
    /// The features of its manifest, in their order.
    pub features: &'static [Feature],
    /// What the crate says of itself before the example of a call.
    pub docs: Docs,
    /// How a program depends on it.
    pub dependency_docs: Docs,
    /// The documentation of the client.
    pub client_docs: Docs,
    /// The documentation of the service around an implementation of it.
    pub server_docs: Docs,
    /// How its client is made and called; `None` where no request can be shown.
    pub example: Option<CallExample>,
    /// The documentation that many parameters have, each text once; parameters refer to it by name.
    pub shared_docs: Vec<SharedDocs>,
    /// The versions of the runtime that it is written for.
    pub runtime_versions: RuntimeVersions,
    /// Whether some check has a regular expression, which the runtime has a feature for.
    pub has_patterns: bool,
    /// How deep rustc has to go into the types; `None`: no deeper than by itself.
    pub recursion_limit: Option<usize>,
    /// Which files there are, what stands in each, and what follows from that.
    pub layout: Layout,
}

/// Where the paths of a crate's own items begin.
pub const CRATE_ROOT: &str = "crate";

impl Crate {
    /// Where the paths of its own items begin: `crate`, or the path of the module.
    #[must_use]
    pub fn root(&self) -> &str {
        self.module.as_ref().map_or(CRATE_ROOT, GeneratedModule::path)
    }

    /// Where the paths of its examples begin.
    #[must_use]
    pub fn example_root(&self) -> ExampleRoot {
        match &self.module {
            Some(module) => ExampleRoot::Module(module.path().to_owned()),
            None => ExampleRoot::Crate(self.name.clone()),
        }
    }

    /// What its root states for all that stands below it.
    #[must_use]
    pub fn root_attribute(&self) -> Option<RootAttribute> {
        match self.module {
            Some(_) => Some(RootAttribute::ModuleLints),
            None => self.recursion_limit.map(RootAttribute::RecursionLimit),
        }
    }

    /// The item behind an id.
    #[must_use]
    pub fn item(&self, id: TypeId) -> Option<&Item> {
        self.types.get(id.0)
    }

    /// The operation behind an id.
    #[must_use]
    pub fn operation(&self, id: OperationId) -> Option<&Operation> {
        self.operations.get(id.0)
    }

    /// The name of the request struct of the operation behind an id.
    #[must_use]
    pub fn request_name(&self, id: OperationId) -> &str {
        self.operation(id).map_or("", |operation| &operation.request.name)
    }

    /// The callback behind an id.
    #[must_use]
    pub fn callback(&self, id: CallbackId) -> Option<&Callback> {
        self.callbacks.get(id.0)
    }

    /// The webhook behind an id.
    #[must_use]
    pub fn webhook(&self, id: WebhookId) -> Option<&Webhook> {
        self.webhooks.get(id.0)
    }

    /// The link behind an id.
    #[must_use]
    pub fn link(&self, id: LinkId) -> Option<&Link> {
        self.links.get(id.0)
    }

    /// The base URL that an operation goes to; `None` for a callback.
    #[must_use]
    pub fn base_of(&self, operation: &Operation) -> Option<&Base> {
        self.bases.get(operation.base?.0)
    }

    /// The enums of the servers that the document declares.
    pub fn server_enums(&self) -> impl Iterator<Item = &ServerEnum> {
        self.bases.iter().filter_map(|base| base.servers.as_ref())
    }

    /// Whether callers present credentials, which clients set and servers check.
    #[must_use]
    pub fn has_credentials(&self) -> bool {
        self.fixed_types.have_credentials()
    }

    /// The security scheme of a key.
    #[must_use]
    pub fn scheme(&self, key: &str) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| scheme.key == key)
    }

    /// The name of the item behind an id.
    #[must_use]
    pub fn name_of(&self, id: TypeId) -> &str {
        self.item(id).map_or("", |item| &item.name)
    }
}

/// One place typed as free JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Untyped {
    /// Where, in the generated crate's terms: `CreatePayout.merchant_additional_data`.
    pub place: String,
    /// Why the document allows nothing narrower.
    pub reason: String,
}
