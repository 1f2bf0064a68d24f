//! Names of the types that schemas become.
//!
//! A component is called as the document calls it. A schema without a name is called after the first place that leads to it:
//! components come first, by name, then operations, by name; so the order of the document changes nothing.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use super::bodies::{Payload, Value};
use super::in_place::{End, Link, follow};
use super::limits::Budget;
use super::member_names::{self, METHODS, branch_name, word};
use super::operation_names::free;
use super::own_types::{self, Kind, component_name};
use super::report::Report;
use super::selection::Selected;
use super::webhook_names::NamedWebhook;
use crate::api::{Additional, Api, Object, Schema, SchemaId, Union};
use crate::diagnostic::Diagnostics;
use crate::names::{Scope, companion_name, type_name};
use crate::rust::{TypeId, Untyped};
use crate::source::Span;
use crate::syntax::{BRANCHES, PARTS_OF_ONE};

/// The types of a crate by name, and what was met on the way to them.
pub(super) struct TypeNames {
    /// Every type: first those that the crate has, ordered by name, so that a [`TypeId`] is an index; then those that live on only
    /// as the fields of requests.
    pub(super) types: Vec<NamedType>,
    /// How many of them the crate has.
    pub(super) kept: usize,
    /// The types by their schemas.
    ids: HashMap<SchemaId, TypeId>,
    /// Every schema that a type or an operation holds, where it stands there.
    pub(super) held: Vec<SchemaId>,
    /// What is free JSON in those types, operations and webhooks, ordered by place.
    pub(super) untyped: Vec<Untyped>,
    /// Where the names stand that the document gave to types and their fields.
    pub(super) stated: HashSet<Span>,
}

/// A type with its names.
#[derive(Clone, Debug)]
pub(super) struct NamedType {
    /// The schema that becomes the type.
    pub(super) schema: SchemaId,
    /// Its name.
    pub(super) name: String,
    /// The name of the struct of its required fields.
    pub(super) required: String,
    /// The names of its fields or variants, in the document's order.
    pub(super) members: Vec<String>,
}

impl TypeNames {
    /// The type that a schema becomes.
    pub(super) fn id(&self, schema: SchemaId) -> Option<TypeId> {
        self.ids.get(&schema).copied()
    }

    /// The name behind an id.
    pub(super) fn name(&self, id: TypeId) -> &str {
        self.types.get(id.0).map_or("", |named| &named.name)
    }
}

/// Names the types of an API. `budget` has what its operations count.
pub(super) fn names(
    api: &Api,
    operations: &[Selected<'_>],
    webhooks: &[NamedWebhook<'_>],
    budget: Budget,
) -> (TypeNames, Diagnostics) {
    let mut walk = Walk::new(api, budget);
    walk.components();
    for (index, operation) in operations.iter().enumerate() {
        walk.operation(index, operation);
    }
    for webhook in webhooks {
        walk.webhook(webhook);
    }
    let flattened: HashSet<SchemaId> =
        operations.iter().filter_map(|of| of.body.as_ref()).flat_map(|body| body.flattened.iter().copied()).collect();
    walk.finish(&flattened)
}

/// What a type would be called where the document gives it no name, and where it stands.
#[derive(Clone, Debug)]
struct Hint {
    /// The wished type name, `PascalCase`.
    name: String,
    /// The place in the generated crate's terms: `Payout.data.items`.
    place: String,
    /// What the place begins with.
    owner: Owner,
    /// Whether it is a property's, whose own name is stated where a type's would be.
    is_property: bool,
}

/// What a place begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    /// A component, by the place of its type among those found.
    Type(usize),
    /// An operation, by its place.
    Operation(usize),
    /// A webhook.
    Webhook,
}

impl Hint {
    fn root(name: &str, owner: Owner) -> Self {
        Self { name: name.to_owned(), place: name.to_owned(), owner, is_property: false }
    }

    fn part(&self, type_suffix: &str, place_suffix: &str) -> Self {
        let (name, place) = (format!("{}{type_suffix}", self.name), format!("{}.{place_suffix}", self.place));
        Self { name, place, owner: self.owner, is_property: false }
    }

    fn property(&self, type_suffix: &str, place_suffix: &str) -> Self {
        Self { is_property: true, ..self.part(type_suffix, place_suffix) }
    }

    /// The same place under another name.
    fn called(&self, name: &str) -> Self {
        Self { name: name.to_owned(), is_property: false, ..self.clone() }
    }
}

/// A type that was found.
struct Found {
    schema: SchemaId,
    name: String,
    members: Vec<String>,
    /// The types that it holds.
    held: Vec<usize>,
}

/// A place of free JSON.
struct Free {
    owner: Owner,
    place: String,
    reason: &'static str,
}

/// The way through all that has a name.
struct Walk<'a> {
    api: &'a Api,
    report: Report,
    budget: Budget,
    scope: Scope,
    found: Vec<Found>,
    by_schema: HashMap<SchemaId, usize>,
    /// The types that have a name and no members yet, so that types are not looked through within each other.
    waiting: VecDeque<(usize, Hint)>,
    /// The types that operations and webhooks hold.
    roots: Vec<usize>,
    held: Vec<SchemaId>,
    free: Vec<Free>,
    /// Operations whose fields are those of a component, with that component.
    taken_over: Vec<(usize, String, usize)>,
    stated: HashSet<Span>,
}

impl<'a> Walk<'a> {
    fn new(api: &'a Api, budget: Budget) -> Self {
        Self {
            api,
            report: Report::default(),
            budget,
            scope: Scope::default(),
            found: Vec::new(),
            by_schema: HashMap::new(),
            waiting: VecDeque::new(),
            roots: Vec::new(),
            held: Vec::new(),
            free: Vec::new(),
            taken_over: Vec::new(),
            stated: HashSet::new(),
        }
    }

    /// Names every component that becomes a type, then looks through them.
    fn components(&mut self) {
        let all = self.api.schemas.iter();
        let mut all: Vec<(&str, SchemaId, &'a Schema)> =
            all.filter_map(|(id, schema)| Some((component_name(schema)?, id, schema))).collect();
        // By name, so that moving a schema in the document changes nothing.
        all.sort_unstable_by_key(|(name, ..)| *name);
        for (name, id, schema) in all {
            let is_type = own_types::kind(schema).is_some();
            if is_type && self.budget.affords(&mut self.report, 1, 1, schema.span) {
                let wish = schema.given_name.as_ref().map_or(name, |name| &name.text);
                self.stated.extend(schema.given_name.as_ref().map(|name| name.span));
                self.add(id, schema, &type_name(wish));
            }
        }
        for index in 0..self.found.len() {
            let hint = Hint::root(&self.found[index].name.clone(), Owner::Type(index));
            self.look_through(index, &hint);
            self.look_through_waiting();
        }
    }

    fn operation(&mut self, index: usize, operation: &Selected<'_>) {
        let hint = Hint::root(&operation.named.request, Owner::Operation(index));
        for parameter in &operation.parameters {
            self.visit(parameter.schema, &hint.part(&type_name(&parameter.stated.name), &parameter.name), None);
            self.look_through_waiting();
        }
        match operation.body.as_ref().map(|body| &body.payload) {
            Some(Payload::Fields(fields)) => match fields.component.and_then(|id| self.by_schema.get(&id).copied()) {
                Some(component) => {
                    self.roots.extend(&self.found[component].held);
                    self.taken_over.push((index, hint.place.clone(), component));
                }
                None if self.affords(fields.object, member_names::span(&self.api.schemas, fields.schema)) => {
                    self.fields(fields.object, &fields.own_names, &hint, None);
                }
                None => {}
            },
            Some(Payload::Whole(value)) => self.value(*value, &hint.part("Body", "body")),
            None => {}
        }
        self.look_through_waiting();
        for reply in operation.replies() {
            if let Some(body) = &reply.body {
                self.value(body.value, &hint.part(&reply.suffix, &reply.suffix));
                self.look_through_waiting();
            }
        }
    }

    fn webhook(&mut self, webhook: &NamedWebhook<'_>) {
        let hint = Hint::root(&type_name(&webhook.name), Owner::Webhook).part("Webhook", "payload");
        self.value(webhook.payload, &hint);
        self.look_through_waiting();
    }

    fn value(&mut self, value: Value, hint: &Hint) {
        match value {
            Value::Schema(schema) => self.visit(schema, hint, None),
            Value::Json(reason) | Value::JsonObject(reason) => self.free(hint, reason),
            Value::Text | Value::Bytes => {}
        }
    }

    /// Follows a schema that a type, by its place, or an operation holds.
    fn visit(&mut self, id: SchemaId, hint: &Hint, holder: Option<usize>) {
        self.held.push(id);
        let in_place = follow(&self.api.schemas, id);
        let mut hint = hint.clone();
        for step in &in_place.steps {
            hint = match step.link {
                Link::Reference => hint.called(&hint.name),
                Link::Item => hint.part("Item", "items"),
                Link::Value => hint.part("Value", "values"),
                Link::Component | Link::Last => hint,
            };
        }
        match in_place.end {
            End::Own(schema) => {
                let Some(index) = self.own(schema, &hint) else { return };
                match holder {
                    Some(holder) => self.found[holder].held.push(index),
                    None => self.roots.push(index),
                }
            }
            End::Untyped(_, reason) => self.free(&hint, reason),
            End::Scalar(..) | End::Recursive(_) | End::TooDeep(_) | End::Missing => {}
        }
    }

    /// The type of a schema: the one that it has already, or else a new one, which is looked through later.
    fn own(&mut self, id: SchemaId, hint: &Hint) -> Option<usize> {
        if let Some(&index) = self.by_schema.get(&id) {
            return Some(index);
        }
        let schema = self.api.schemas.get(id)?;
        // A component without a name by now is beyond the limits.
        if component_name(schema).is_some() {
            return None;
        }
        let given = schema.given_name.as_ref().filter(|_| !hint.is_property);
        self.stated.extend(given.map(|name| name.span));
        let wish = given.map_or_else(|| hint.name.clone(), |name| type_name(&name.text));
        let index = self.add(id, schema, &wish);
        if self.budget.affords(&mut self.report, 1, 1, schema.span) {
            let hint = hint.called(&self.found[index].name);
            self.waiting.push_back((index, hint));
        }
        Some(index)
    }

    fn add(&mut self, id: SchemaId, schema: &Schema, wish: &str) -> usize {
        let claimed = self.scope.claim_for(wish, Some(schema.span));
        if claimed.collided {
            self.report.name_collision(wish, &claimed.name, claimed.holder, schema.span);
        }
        let index = self.found.len();
        self.found.push(Found { schema: id, name: claimed.name, members: Vec::new(), held: Vec::new() });
        self.by_schema.insert(id, index);
        index
    }

    fn look_through_waiting(&mut self) {
        while let Some((index, hint)) = self.waiting.pop_front() {
            self.look_through(index, &hint);
        }
    }

    /// Names the members of a type and follows them.
    fn look_through(&mut self, index: usize, hint: &Hint) {
        let id = self.found[index].schema;
        let Some(schema) = self.api.schemas.get(id) else { return };
        match own_types::kind(schema) {
            Some(Kind::Struct(object)) if self.affords(object, schema.span) => {
                let names =
                    member_names::of_properties(&self.api.schemas, &object.properties, METHODS, &mut self.report);
                self.found[index].members.clone_from(&names);
                self.fields(object, &names, hint, Some(index));
            }
            Some(Kind::Enum(listed)) => {
                if self.budget.affords(&mut self.report, listed.values.len(), PARTS_OF_ONE, listed.span) {
                    self.found[index].members = member_names::of_values(listed, &mut self.report);
                }
            }
            Some(Kind::Union(union)) => self.branches(index, union, schema.span, hint),
            Some(Kind::Json(reason)) => self.free(hint, reason),
            Some(Kind::Struct(_)) | None => {}
        }
    }

    fn branches(&mut self, index: usize, union: &'a Union, span: Span, hint: &Hint) {
        if !self.budget.affords(&mut self.report, union.branches.len(), BRANCHES, span) {
            return;
        }
        let schemas = &self.api.schemas;
        self.found[index].members = member_names::of_branches(schemas, union);
        for branch in &union.branches {
            let given = schemas.get(branch.schema).and_then(|schema| schema.given_name.as_ref());
            self.stated.extend(given.map(|name| name.span));
            let name = branch_name(schemas, branch.schema);
            self.visit(branch.schema, &hint.part(&name, &name), Some(index));
        }
    }

    /// Follows the properties of an object, which have names, and what else may be there.
    fn fields(&mut self, object: &Object, names: &[String], hint: &Hint, holder: Option<usize>) {
        for (property, name) in object.properties.iter().zip(names) {
            self.stated.extend(property.given_name.as_ref().map(|name| name.span));
            let hint = self.owned(hint, property.owner).property(&type_name(word(property)), name);
            self.visit(property.schema, &hint, holder);
        }
        let hint = self.owned(hint, object.additional_owner).part("Value", "rest");
        match object.additional {
            Additional::Schema(values) => self.visit(values, &hint, holder),
            Additional::Any => self.free(&hint, "further properties with any value"),
            Additional::None | Additional::Unstated => {}
        }
    }

    /// What a part taken over from a component leads to is called after that component, whoever comes to it first.
    fn owned(&self, hint: &Hint, owner: Option<SchemaId>) -> Hint {
        let owner = owner.and_then(|owner| own_types::component(&self.api.schemas, owner));
        let owner = owner.and_then(|owner| self.by_schema.get(&owner));
        hint.called(owner.map_or(&hint.name, |&owner| &self.found[owner].name))
    }

    /// Counts the parts of an object, with the texts that each of them repeats.
    fn affords(&mut self, object: &Object, span: Span) -> bool {
        let parts = object.properties.iter().map(|property| 1 + self.bulk(property.schema)).sum();
        self.budget.affords(&mut self.report, parts, PARTS_OF_ONE, span)
    }

    /// What a property's texts count, its own ones and those of what it only refers to.
    fn bulk(&self, id: SchemaId) -> usize {
        let schemas = &self.api.schemas;
        let own = schemas.get(id).map_or(0, |schema| schema.docs.size());
        let is_named = own_types::component(schemas, id).is_some();
        let behind = schemas.chain(id).skip(1).last().filter(|_| !is_named);
        own + behind.map_or(0, |schema| schema.docs.size())
    }

    fn free(&mut self, hint: &Hint, reason: &'static str) {
        self.free.push(Free { owner: hint.owner, place: hint.place.clone(), reason });
    }

    /// Orders the types and leaves out those that live on only as the fields of requests.
    fn finish(self, flattened: &HashSet<SchemaId>) -> (TypeNames, Diagnostics) {
        let kept = kept(&self.found, &self.roots, flattened);
        let untyped = untyped(&self.free, &self.taken_over, &self.found, &kept);
        let taken: BTreeSet<&str> =
            self.found.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(found, _)| found.name.as_str()).collect();
        let named = |found: &Found| NamedType {
            schema: found.schema,
            required: free(&taken, &companion_name(&found.name, "Required")),
            name: found.name.clone(),
            members: found.members.clone(),
        };
        let mut types: Vec<(bool, NamedType)> =
            self.found.iter().zip(&kept).map(|(found, kept)| (!kept, named(found))).collect();
        types.sort_by(|(left, one), (right, other)| (left, &one.name).cmp(&(right, &other.name)));
        let types: Vec<NamedType> = types.into_iter().map(|(_, named)| named).collect();
        let ids = types.iter().enumerate().map(|(place, named)| (named.schema, TypeId(place))).collect();
        let kept = taken.len();
        (TypeNames { types, kept, ids, held: self.held, untyped, stated: self.stated }, self.report.diagnostics)
    }
}

/// Everything but flattened bodies, and whatever of those is still reached from what stays.
fn kept(found: &[Found], roots: &[usize], flattened: &HashSet<SchemaId>) -> Vec<bool> {
    let mut kept = vec![false; found.len()];
    let stays = |&index: &usize| !flattened.contains(&found[index].schema);
    let mut waiting: Vec<usize> = (0..found.len()).filter(stays).chain(roots.iter().copied()).collect();
    while let Some(index) = waiting.pop() {
        if !std::mem::replace(&mut kept[index], true) {
            waiting.extend(&found[index].held);
        }
    }
    kept
}

/// The places of free JSON, by place, each once. What is free in a component is free in a request that took its fields over.
fn untyped(free: &[Free], taken_over: &[(usize, String, usize)], found: &[Found], kept: &[bool]) -> Vec<Untyped> {
    let is_there = |free: &&Free| match free.owner {
        Owner::Type(index) => kept[index],
        Owner::Operation(_) | Owner::Webhook => true,
    };
    let own = free.iter().filter(is_there).map(|free| (free.place.clone(), free.reason));
    let moved = taken_over.iter().flat_map(|(_, request, component)| {
        let name = &found[*component].name;
        let parts = free.iter().filter(|free| free.owner == Owner::Type(*component));
        parts.map(move |free| (format!("{request}{}", free.place.get(name.len()..).unwrap_or_default()), free.reason))
    });
    let all: BTreeSet<(String, &str)> = own.chain(moved).collect();
    all.into_iter().map(|(place, reason)| Untyped { place, reason: reason.to_owned() }).collect()
}
