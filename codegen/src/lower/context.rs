//! What lowering carries along: the document, the types made so far, and what it has to say.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use openapiv3::SchemaData;

use super::located::{Facets, SchemaAt};
use super::report::Report;
use crate::document::{Node, PARTS};
use crate::ir::{Constraints, Docs, TypeDef, TypeId, TypeKind, TypeRef, Untyped};
use crate::names::Scope;
use crate::resolve::Resolved;

/// The state of one lowering.
pub struct Lowering<'a> {
    /// The document.
    pub document: &'a Resolved,
    /// What there is to say about it.
    pub report: Report<'a>,
    /// The types made so far; final ids are given at the end.
    pub types: Vec<TypeDef>,
    /// The names of types.
    pub type_names: Scope,
    /// The component schemas that became a named type.
    pub components: BTreeMap<&'a str, TypeId>,
    /// The schemas without a name that became a type, told by their data's address: one schema is one type, however often `allOf`
    /// brings it in.
    pub inline: HashMap<*const SchemaData, TypeId>,
    /// The types of such schemas that have a name and no content yet, so that types are not filled in within each other.
    pub waiting: VecDeque<(TypeId, Facets<'a>, Hint)>,
    /// Whether those are being filled in.
    pub filling: bool,
    /// How many parts the API has so far; what `allOf` takes over is counted wherever it goes.
    pub parts: usize,
    /// How many schemas in place are being lowered within each other.
    pub depth: usize,
    /// The component schemas that are being written out in place, to notice one that contains itself.
    pub unfolding: Vec<&'a str>,
    /// The component schemas whose properties went into a request struct.
    pub flattened: BTreeSet<TypeId>,
    /// Free JSON, with reasons.
    pub census: Vec<Untyped>,
    /// Where in it the entries of each type are.
    pub census_of: HashMap<String, Vec<usize>>,
}

/// What a type should be called where the document gives it no name, and where it stands.
#[derive(Clone, Debug)]
pub struct Hint {
    /// The wished type name, `PascalCase`.
    pub name: String,
    /// The place in the generated crate's terms.
    pub place: String,
}

impl Hint {
    /// A type that stands by itself.
    pub fn root(name: &str) -> Self {
        Self { name: name.to_owned(), place: name.to_owned() }
    }

    /// A part of this one.
    pub fn part(&self, type_suffix: &str, place_suffix: &str) -> Self {
        Self { name: format!("{}{type_suffix}", self.name), place: format!("{}.{place_suffix}", self.place) }
    }
}

/// A schema, lowered where it stands.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The type of a present, non-null value.
    pub ty: TypeRef,
    /// Whether null may stand there.
    pub nullable: bool,
    /// What a valid value fulfils beyond the type.
    pub constraints: Constraints,
}

impl Lowered {
    /// A type that is never null and has no constraints.
    pub fn plain(ty: TypeRef) -> Self {
        Self { ty, nullable: false, constraints: Constraints::default() }
    }

    /// The type of an element of a list or map.
    pub fn element(self) -> TypeRef {
        if self.nullable { TypeRef::Nullable(Box::new(self.ty)) } else { self.ty }
    }
}

impl<'a> Lowering<'a> {
    /// The state before anything is lowered.
    pub fn new(document: &'a Resolved) -> Self {
        Self {
            document,
            report: Report::on(&document.root),
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
        }
    }

    /// The schema behind a component's name.
    pub fn component_schema(&self, name: &str) -> Option<SchemaAt<'a>> {
        let schemas = &self.document.api.components.as_ref()?.schemas;
        let (key, schema) = schemas.get_key_value(name)?;
        let node = self.document.root.get("components")?.get("schemas")?.get(key)?;
        Some(SchemaAt::of(super::located::At::new(schema, node)))
    }

    /// The schema where it stands, or the component it names, references followed to their end.
    pub fn facets(&self, at: SchemaAt<'a>) -> Option<Facets<'a>> {
        let mut at = at;
        // A chain of references is as long as there are components; a circular one was refused before.
        for _ in 0..1000 {
            match at.link {
                super::located::Link::Inline(schema) => return Some(Facets::of(schema, at.node)),
                super::located::Link::Component(name) => at = self.component_schema(name)?,
            }
        }
        None
    }

    /// Takes parts from what one API may have; where they are too many, says so once, and nothing more is to be made of them.
    pub fn affords(&mut self, parts: usize, most: usize, node: &Node) -> bool {
        if parts > most {
            self.report.too_many_parts_of_one(most, node);
            return false;
        }
        let before = self.parts;
        self.parts = before.saturating_add(parts);
        if before <= PARTS && self.parts > PARTS {
            self.report.too_many_parts(PARTS, node);
        }
        self.parts <= PARTS
    }

    /// Adds a type under the wished name, or the next free one.
    pub fn add_type(&mut self, hint: &Hint, docs: Docs, node: &Node) -> TypeId {
        let name = self.claim_type(&hint.name, node);
        self.push_type(name, docs)
    }

    /// Takes a type's name, together with its `…Required` companion's.
    pub fn claim_type(&mut self, wish: &str, node: &Node) -> String {
        let claimed = self.type_names.claim_for(wish, Some(node.place));
        if claimed.collided {
            self.report.name_collision(wish, &claimed.name, claimed.holder, node);
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
