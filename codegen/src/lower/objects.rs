//! Objects: properties to fields, `allOf` to one struct.

use std::collections::{BTreeSet, HashSet};

use indexmap::IndexMap;

use super::context::{Hint, Lowering};
use super::located::{Additional, Facets, Link, SchemaAt};
use super::{schemas, texts};
use crate::document::{Node, PARTS, PARTS_OF_ONE};
use crate::ir::{Docs, Field, Presence, StructDef, TypeId, TypeKind, TypeRef};
use crate::names::{disambiguate, type_name, value_name};
use crate::source::Place;

/// Names that methods of every struct have.
pub const METHODS: &[&str] = &["new", "clone"];

/// An object with known properties.
pub fn object<'a>(lowering: &mut Lowering<'a>, facets: &Facets<'a>, hint: &Hint, id: Option<TypeId>) -> StructDef {
    let mut members = Members::default();
    members.add(facets, None);
    build(lowering, &members, hint, id, facets.node)
}

/// `allOf`: the properties of all parts in one struct.
pub fn merged<'a>(lowering: &mut Lowering<'a>, facets: &Facets<'a>, hint: &Hint, id: Option<TypeId>) -> TypeKind {
    let Some(members) = collect(lowering, facets) else {
        lowering.report.all_of_not_objects(facets.node);
        lowering.untyped(hint, "`allOf` with a part that is not an object");
        return TypeKind::Alias(TypeRef::Json);
    };
    TypeKind::Struct(build(lowering, &members, hint, id, facets.node))
}

/// What an object holds, gathered from its parts.
#[derive(Default)]
struct Members<'a> {
    properties: IndexMap<&'a str, Member<'a>>,
    required: BTreeSet<&'a str>,
    rest: Option<(Additional<'a>, Option<TypeId>)>,
}

/// A property, and the component that it was taken over from, which what it leads to is named after.
#[derive(Clone, Copy)]
struct Member<'a> {
    schema: SchemaAt<'a>,
    owner: Option<TypeId>,
}

impl<'a> Members<'a> {
    /// How many parts they are, with the texts that each of them repeats.
    fn parts(&self, lowering: &Lowering<'a>) -> usize {
        self.properties.values().map(|member| 1 + bulk(lowering, member.schema)).sum()
    }

    fn add(&mut self, facets: &Facets<'a>, owner: Option<TypeId>) {
        for &(name, schema) in &facets.properties {
            // A part that comes later refines what an earlier one says, in the earlier one's place.
            self.properties.insert(name, Member { schema, owner });
        }
        self.required.extend(facets.required.iter().map(String::as_str));
        if !matches!(facets.additional, Additional::Unstated) {
            self.rest = Some((facets.additional, owner));
        }
    }
}

impl Members<'_> {
    /// Whether nothing but the properties may be there (`additionalProperties: false`).
    const fn is_closed(&self) -> bool {
        matches!(self.rest, Some((Additional::None, _)))
    }
}

/// Gathers the members of a schema and of its `allOf` parts; nothing where a part is not an object.
///
/// Each schema is gathered once: what leads to it a second time refines nothing. The way is a list and not the stack of the thread, for
/// it may be as long as the document.
fn collect<'a>(lowering: &Lowering<'a>, facets: &Facets<'a>) -> Option<Members<'a>> {
    let mut members = Members::default();
    let mut seen = HashSet::new();
    let mut way = vec![(facets.clone(), 0, None)];
    // Where there are too many parts already, nothing is made of these.
    while let Some((facets, next, owner)) = way.last_mut().filter(|_| lowering.parts <= PARTS) {
        let Some(&at) = facets.all_of.get(*next) else {
            members.add(facets, *owner);
            way.pop();
            continue;
        };
        *next += 1;
        let owner = owner_of(lowering, at).or(*owner);
        let Some(part) = lowering.facets(at) else { continue };
        let silent = part.kind.is_none() && part.branches.is_empty() && part.values.is_none() && part.items.is_none();
        if !(part.is_object() || !part.all_of.is_empty() || silent) || !part.branches.is_empty() {
            return None;
        }
        if seen.insert(std::ptr::from_ref(part.data)) {
            way.push((part, 0, owner));
        }
    }
    Some(members)
}

/// What a property's texts count, its own ones and those of what it only refers to.
fn bulk<'a>(lowering: &Lowering<'a>, at: SchemaAt<'a>) -> usize {
    let named = owner_of(lowering, at).is_some();
    let behind = lowering.facets(at).filter(|facets| !named && !std::ptr::eq(facets.node, at.node));
    texts::bulk(at.node) + behind.map_or(0, |facets| texts::bulk(facets.node))
}

/// The type of the component that a part refers to.
fn owner_of(lowering: &Lowering<'_>, at: SchemaAt<'_>) -> Option<TypeId> {
    match at.link {
        Link::Component(name) => lowering.components.get(name).copied(),
        Link::Inline(_) => None,
    }
}

fn build<'a>(
    lowering: &mut Lowering<'a>,
    members: &Members<'a>,
    hint: &Hint,
    id: Option<TypeId>,
    node: &Node,
) -> StructDef {
    if !lowering.affords(members.parts(lowering), PARTS_OF_ONE, node) {
        return StructDef { fields: Vec::new(), rest: None, closed: false };
    }
    let mut fields = fields(lowering, members, hint, METHODS);
    if let Some(id) = id {
        let docs = &mut lowering.types[id.0].docs;
        texts::distribute(docs, fields.iter_mut().map(|field| (field.wire.as_str(), &mut field.docs)));
    }
    let rest = rest(lowering, members, hint);
    StructDef { fields, rest, closed: members.is_closed() }
}

/// The properties of an object that goes into a request struct, and whether it has no others.
pub fn flattened<'a>(lowering: &mut Lowering<'a>, facets: &Facets<'a>, hint: &Hint) -> Option<(Vec<Field>, bool)> {
    let members = collect(lowering, facets)?;
    let keeps_rest = matches!(members.rest, Some((Additional::Typed(_) | Additional::Free, _)));
    if keeps_rest || members.properties.is_empty() {
        return None;
    }
    if !lowering.affords(members.parts(lowering), PARTS_OF_ONE, facets.node) {
        return Some((Vec::new(), members.is_closed()));
    }
    let mut fields = fields(lowering, &members, hint, &[]);
    let mut docs = texts::docs(facets.node);
    texts::distribute(&mut docs, fields.iter_mut().map(|field| (field.wire.as_str(), &mut field.docs)));
    Some((fields, members.is_closed()))
}

fn fields<'a>(lowering: &mut Lowering<'a>, members: &Members<'a>, hint: &Hint, reserved: &[&str]) -> Vec<Field> {
    let wires: Vec<&str> = members.properties.keys().copied().collect();
    let names = disambiguate(&wires, value_name, reserved);
    let places: Vec<Place> = members.properties.values().map(|member| member.schema.node.place).collect();
    let mut fields = Vec::new();
    for ((wire, member), found) in members.properties.iter().zip(names) {
        if let Some(holder) = found.holder {
            let holder = places.get(holder).copied();
            lowering.report.name_collision(&value_name(wire), &found.name, holder, member.schema.node);
        }
        let hint = owned(lowering, hint, member.owner);
        fields.push(field(lowering, members, wire, member.schema, found.name, &hint));
    }
    fields
}

/// What a part taken over from a component leads to is called after that component, whoever comes to it first.
fn owned(lowering: &Lowering<'_>, hint: &Hint, owner: Option<TypeId>) -> Hint {
    let name = owner.map_or(&hint.name, |owner| &lowering.types[owner.0].name);
    Hint { name: name.clone(), place: hint.place.clone() }
}

fn field<'a>(
    lowering: &mut Lowering<'a>,
    members: &Members<'a>,
    wire: &str,
    at: SchemaAt<'a>,
    name: String,
    hint: &Hint,
) -> Field {
    let lowered = schemas::schema(lowering, at, &hint.part(&type_name(wire), &name));
    let one_way = is_one_way(lowering, at);
    let required = members.required.contains(wire) && !one_way;
    Field {
        wire: wire.to_owned(),
        docs: field_docs(lowering, at),
        presence: Presence { required, nullable: lowered.nullable },
        ty: lowered.ty,
        constraints: lowered.constraints,
        name,
    }
}

/// `readOnly` and `writeOnly` properties are absent in one direction, so the one type for both cannot require them.
fn is_one_way<'a>(lowering: &Lowering<'a>, at: SchemaAt<'a>) -> bool {
    lowering.facets(at).is_some_and(|facets| facets.data.read_only || facets.data.write_only)
}

/// A property's texts; where it is only a reference, those of the scalar behind it.
fn field_docs<'a>(lowering: &Lowering<'a>, at: SchemaAt<'a>) -> Docs {
    let own = texts::schema_docs(at.node);
    if own.summary.is_some() || own.description.is_some() {
        return own;
    }
    let inner = match lowering.facets(at) {
        Some(facets) if !std::ptr::eq(facets.node, at.node) => facets.node,
        Some(facets) => match facets.all_of.as_slice() {
            [only] => lowering.facets(*only).map_or(at.node, |facets| facets.node),
            _ => return own,
        },
        None => return own,
    };
    let behind = texts::schema_docs(inner);
    // Values listed on the type are documented there.
    let notes = if inner.get("enum").is_some() { own.notes } else { [own.notes, behind.notes].concat() };
    Docs {
        summary: behind.summary,
        description: behind.description,
        notes,
        deprecated: own.deprecated,
        provenance: own.provenance,
    }
}

fn rest<'a>(lowering: &mut Lowering<'a>, members: &Members<'a>, hint: &Hint) -> Option<TypeRef> {
    let (additional, owner) = members.rest?;
    let hint = owned(lowering, hint, owner).part("Value", "rest");
    match additional {
        Additional::Typed(values) => Some(schemas::schema(lowering, values, &hint).element()),
        Additional::Free => {
            lowering.untyped(&hint, "further properties with any value");
            Some(TypeRef::Json)
        }
        Additional::None | Additional::Unstated => None,
    }
}
