//! What is carried along while types are named: the API, the types made so far, and what there is to say.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use super::report::Report;
use crate::api::{self, Constraints, Key, Schema, SchemaId};
use crate::grammar::Strictness;
use crate::ir::{Docs, TypeDef, TypeId, TypeKind, TypeRef, Untyped};
use crate::names::Scope;
use crate::source::Span;
use crate::syntax::PARTS;

/// The state of naming the types of an API.
pub struct Typing<'a> {
    /// The API.
    pub api: &'a api::Api,
    /// How strictly its document was read.
    pub strictness: Strictness,
    /// What there is to say about it.
    pub report: Report,
    /// The types made so far.
    pub types: Vec<TypeDef>,
    /// The names of types.
    pub type_names: Scope,
    /// The component schemas that became a named type.
    pub components: BTreeMap<SchemaId, TypeId>,
    /// The schemas without a name that became a type: one schema is one type, however often `allOf` brings it in.
    pub inline: HashMap<SchemaId, TypeId>,
    /// The types of such schemas that have a name and no content yet, so that types are not filled in within each other.
    pub waiting: VecDeque<(TypeId, SchemaId, Hint)>,
    /// Whether those are being filled in.
    pub filling: bool,
    /// How many parts the API has so far; what `allOf` takes over is counted wherever it goes.
    pub parts: usize,
    /// How many schemas in place are being typed within each other.
    pub depth: usize,
    /// The component schemas that are being written out in place, to notice one that contains itself.
    pub unfolding: Vec<SchemaId>,
    /// The component schemas whose properties went into a request struct.
    pub flattened: BTreeSet<TypeId>,
    /// Free JSON, with reasons.
    pub census: Vec<Untyped>,
    /// The indexes into `census` by owning type.
    pub census_of: HashMap<String, Vec<usize>>,
    /// Where the names stand that the document gave to something.
    pub named: HashSet<Span>,
}

/// What a type should be called where the document gives it no name, and where it stands.
#[derive(Clone, Debug)]
pub struct Hint {
    /// The wished type name, `PascalCase`.
    pub name: String,
    /// The place in the generated crate's terms.
    pub place: String,
    /// Whether it is a property's, whose own name is stated where a type's would be.
    pub is_property: bool,
}

impl Hint {
    /// A type that stands by itself.
    pub fn root(name: &str) -> Self {
        Self { name: name.to_owned(), place: name.to_owned(), is_property: false }
    }

    /// A part of this one.
    pub fn part(&self, type_suffix: &str, place_suffix: &str) -> Self {
        Self {
            name: format!("{}{type_suffix}", self.name),
            place: format!("{}.{place_suffix}", self.place),
            is_property: false,
        }
    }

    /// A property of this one.
    pub fn property(&self, type_suffix: &str, place_suffix: &str) -> Self {
        Self { is_property: true, ..self.part(type_suffix, place_suffix) }
    }

    /// The same place under another name.
    pub fn called(&self, name: &str) -> Self {
        Self { name: name.to_owned(), place: self.place.clone(), is_property: false }
    }
}

/// A schema, typed where it stands.
#[derive(Clone, Debug)]
pub struct Typed {
    /// The type of a present, non-null value.
    pub ty: TypeRef,
    /// Whether null may stand there.
    pub nullable: bool,
    /// What a valid value fulfils beyond the type.
    pub constraints: Constraints,
}

impl Typed {
    /// A type that is never null and has no constraints.
    pub fn plain(ty: TypeRef) -> Self {
        Self { ty, nullable: false, constraints: Constraints::default() }
    }

    /// The type of an element of a list or map.
    pub fn element(self) -> TypeRef {
        if self.nullable { TypeRef::Nullable(Box::new(self.ty)) } else { self.ty }
    }
}

impl<'a> Typing<'a> {
    /// The state before anything is typed.
    pub fn new(api: &'a api::Api, strictness: Strictness) -> Self {
        Self {
            api,
            strictness,
            report: Report::default(),
            types: Vec::new(),
            type_names: Scope::default(),
            components: BTreeMap::new(),
            inline: HashMap::new(),
            waiting: VecDeque::new(),
            filling: false,
            parts: 0,
            depth: 0,
            unfolding: Vec::new(),
            flattened: BTreeSet::new(),
            census: Vec::new(),
            census_of: HashMap::new(),
            named: HashSet::new(),
        }
    }

    /// The schema behind an id.
    pub fn schema(&self, id: SchemaId) -> Option<&'a Schema> {
        self.api.schemas.get(id)
    }

    /// The schema at the end of a chain of references.
    pub fn resolved(&self, id: SchemaId) -> Option<&'a Schema> {
        self.schema(self.api.schemas.resolve(id))
    }

    /// Where a schema stands.
    pub fn span(&self, id: SchemaId) -> Span {
        self.schema(id).map_or(Span::START, |schema| schema.span)
    }

    /// The type of the component that a schema is or refers to.
    pub fn component_type(&self, id: SchemaId) -> Option<TypeId> {
        self.components.get(&self.api.schemas.resolve(id)).copied()
    }

    /// The name of a schema that is a component.
    pub fn component_name(&self, id: SchemaId) -> Option<&'a str> {
        match &self.schema(id)?.key {
            Key::Component(name) => Some(name),
            Key::Pointer(_) => None,
        }
    }

    /// The name that the document states for something, which gets it.
    pub fn stated(&mut self, name: Option<&'a api::Name>) -> Option<&'a str> {
        let name = name?;
        self.named.insert(name.span);
        Some(&name.text)
    }

    /// Counts parts toward the limits of one API. Reports a limit that is exceeded, once for the API, and then returns `false`.
    pub fn affords(&mut self, parts: usize, most: usize, span: Span) -> bool {
        if parts > most {
            self.report.too_many_parts_of_one(most, span);
            return false;
        }
        let before = self.parts;
        self.parts = before.saturating_add(parts);
        if before <= PARTS && self.parts > PARTS {
            self.report.too_many_parts(PARTS, span);
        }
        self.parts <= PARTS
    }

    /// Takes a type's name, together with its `…Required` companion's.
    pub fn claim_type(&mut self, wish: &str, span: Span) -> String {
        let claimed = self.type_names.claim_for(wish, Some(span));
        if claimed.collided {
            self.report.name_collision(wish, &claimed.name, claimed.holder, span);
        }
        claimed.name
    }

    /// Adds a type whose name is taken already; its kind is filled in later.
    pub fn push_type(&mut self, name: String, docs: Docs) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(TypeDef { name, docs, kind: TypeKind::Alias(TypeRef::Json) });
        id
    }

    /// Free JSON, counted with its reason.
    pub fn untyped(&mut self, hint: &Hint, reason: &str) {
        if let Some((owner, _)) = hint.place.split_once('.') {
            self.census_of.entry(owner.to_owned()).or_default().push(self.census.len());
        }
        self.census.push(Untyped { place: hint.place.clone(), reason: reason.to_owned() });
    }
}
