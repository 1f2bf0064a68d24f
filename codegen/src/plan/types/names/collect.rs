//! The traversal with context: from components, operations and webhooks to every schema that becomes a type.

use std::collections::{HashMap, HashSet, VecDeque};

use super::hint::{Hint, Owner};
use crate::api::{Additional, List, Object, Schema, SchemaId, Schemas, Shape, Union};
use crate::names::{Contender, Scope, type_name};
use crate::plan::bodies::media_types::Value;
use crate::plan::bodies::payloads::Fields;
use crate::plan::diagnostics::Report;
use crate::plan::member_names::{self, METHODS, word};
use crate::plan::operation_signatures::operations::{OperationSignature, SignaturePart};
use crate::plan::operation_signatures::webhook_names::NamedWebhook;
use crate::plan::part_limit::PartCount;
use crate::plan::schemas::elements::{self, Held, RemainingItems};
use crate::plan::schemas::kinds::{self, Kind, component_name};
use crate::plan::schemas::resolution::{End, LeadsOn, follow};
use crate::plan::types::branch_names;
use crate::size_limits::{BRANCHES, PARTS_OF_ONE};
use crate::source::Span;

/// The types found, and what they hold.
#[derive(Default)]
pub(super) struct TypesFound<'a> {
    /// The types, in the order in which they were found.
    pub(super) found: Vec<NamedSchema<'a>>,
    /// The types that operations and webhooks hold, by their places among those found.
    pub(super) roots: Vec<usize>,
    /// Every schema that a type or an operation holds, where it stands there.
    pub(super) held: Vec<SchemaId>,
    /// The places of free JSON.
    pub(super) free: Vec<Free>,
    /// Operations whose fields are those of a component: the name of the request, and the place of the component's type.
    pub(super) with_component_fields: Vec<(String, usize)>,
    /// Where the names stand that the document gave to types and their fields.
    pub(super) stated: HashSet<Span>,
}

/// A type, with the names that it got.
pub(super) struct NamedSchema<'a> {
    /// The schema that becomes the type.
    pub(super) schema: SchemaId,
    /// Which kind of type it becomes.
    pub(super) kind: Kind<'a>,
    /// Its name.
    pub(super) name: String,
    /// The names of its fields or variants.
    pub(super) members: Vec<String>,
    /// The types that it holds, by their places among those found.
    pub(super) held: Vec<usize>,
}

/// A place of free JSON.
pub(super) struct Free {
    /// What the place begins with.
    pub(super) owner: Owner,
    /// The place in the generated crate's terms.
    pub(super) place: String,
    /// Why the document allows nothing narrower.
    pub(super) reason: &'static str,
}

/// The traversal of an API, and what it has found.
pub(super) struct TypeTraversal<'a> {
    schemas: &'a Schemas,
    report: Report,
    part_count: PartCount,
    scope: Scope,
    by_schema: HashMap<SchemaId, usize>,
    /// The types that have a name and no members yet, so that types are not looked through within each other.
    waiting: VecDeque<(usize, Hint)>,
    types_found: TypesFound<'a>,
}

/// A component by its name, or by the one that the document gives its type; another component that is called so keeps its name.
fn contender(name: &str, schema: &Schema) -> Contender {
    let own = type_name(name);
    match &schema.given_name {
        Some(given) => Contender::of(&given.text, type_name).or([own]).behind(),
        None => Contender::of(name, type_name).or([own]),
    }
}

impl<'a> TypeTraversal<'a> {
    /// Before the first step; `part_count` counts the parts of operations already.
    pub(super) fn new(schemas: &'a Schemas, part_count: PartCount) -> Self {
        Self {
            schemas,
            report: Report::default(),
            part_count,
            scope: Scope::default(),
            by_schema: HashMap::new(),
            waiting: VecDeque::new(),
            types_found: TypesFound::default(),
        }
    }

    /// What was found, and what there is to say.
    pub(super) fn end(self) -> (TypesFound<'a>, Report) {
        (self.types_found, self.report)
    }

    /// Names every component that becomes a type, then looks through them.
    pub(super) fn components(&mut self) {
        let all = self.schemas.iter();
        let mut all: Vec<(&str, SchemaId, &'a Schema)> =
            all.filter_map(|(id, schema)| Some((component_name(schema)?, id, schema))).collect();
        // By name, so that moving a schema in the document changes nothing.
        all.sort_unstable_by_key(|(name, ..)| *name);
        let mut found = Vec::new();
        for (name, id, schema) in all {
            let Some(kind) = kinds::kind(schema) else { continue };
            if self.part_count.add(&mut self.report, 1, 1, schema.span) {
                self.types_found.stated.extend(schema.given_name.as_ref().map(|name| name.span));
                found.push(((contender(name, schema), schema.span), (id, kind)));
            }
        }
        let (contenders, found): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        let names = self.report.told_apart(&contenders, &[]);
        for (((_, span), of), name) in contenders.iter().zip(found).zip(names) {
            let name = self.scope.claim_for(&name, Some(*span)).name;
            self.push(of, name);
        }
        for index in 0..self.types_found.found.len() {
            let hint = Hint::root(&self.types_found.found[index].name.clone(), Owner::Type(index));
            self.look_through(index, &hint);
            self.look_through_waiting();
        }
    }

    /// Follows what an operation holds.
    pub(super) fn operation(&mut self, operation: &OperationSignature<'_>) {
        let hint = Hint::root(&operation.named.request, Owner::Operation);
        for part in operation.parts() {
            match part {
                SignaturePart::Parameter(of) => {
                    self.visit(of.schema, &hint.part(&type_name(&of.stated.name), &of.name), None);
                }
                SignaturePart::Fields(fields) => self.request_fields(fields, &hint),
                SignaturePart::Body(medium) => self.value(medium.value, &hint.part("Body", "body")),
                SignaturePart::BodyVariant(medium) => {
                    let variant = &medium.variant;
                    self.value(medium.value, &hint.part(&format!("Body{variant}"), &format!("body.{variant}")));
                }
                SignaturePart::Response(variant, body) => {
                    self.value(body.value, &hint.part(&variant.suffix, &variant.suffix));
                }
                SignaturePart::Header(set, header) => {
                    let hint = hint.part(&set.suffix, &set.suffix);
                    self.visit(header.schema, &hint.part(&type_name(&header.stated.name), &header.name), None);
                }
            }
            self.look_through_waiting();
        }
    }

    /// Follows the properties of a body that are fields of the request. Those of a component are followed with it.
    fn request_fields(&mut self, fields: &Fields<'_>, hint: &Hint) {
        match fields.component.and_then(|id| self.by_schema.get(&id).copied()) {
            Some(component) => {
                self.types_found.roots.extend(&self.types_found.found[component].held);
                self.types_found.with_component_fields.push((hint.place.clone(), component));
            }
            None if self.add_parts_of(fields.object, self.schemas[fields.schema].span) => {
                self.fields(fields.object, &fields.own_names, hint, None);
            }
            None => {}
        }
    }

    /// Follows what a webhook carries.
    pub(super) fn webhook(&mut self, webhook: &NamedWebhook<'_>) {
        let hint = Hint::root(&type_name(&webhook.name), Owner::Webhook).part("Webhook", "payload");
        self.value(webhook.payload, &hint);
        self.look_through_waiting();
    }

    fn value(&mut self, value: Value, hint: &Hint) {
        match value {
            Value::Schema(schema) => self.visit(schema, hint, None),
            Value::Json(reason) | Value::JsonObject(reason) => self.free(hint, reason),
            Value::Items(Some(schema)) | Value::Events(Some(schema)) => {
                self.visit(schema, &hint.part("Item", "items"), None);
            }
            Value::Items(None) | Value::Events(None) => self.free(hint, "the items of the stream have no schema"),
            Value::Text | Value::Bytes | Value::Stream | Value::TextEvents => {}
        }
    }

    /// Follows a schema. `holder` is the index of the type that holds it; `None` for an operation.
    fn visit(&mut self, id: SchemaId, hint: &Hint, holder: Option<usize>) {
        self.types_found.held.push(id);
        let in_place = follow(self.schemas, id);
        let mut hint = hint.clone();
        for step in &in_place.steps {
            hint = match step.leads_on {
                LeadsOn::Reference => hint.called(&hint.name),
                LeadsOn::Item => hint.part("Item", "items"),
                LeadsOn::Value => hint.part("Value", "values"),
                LeadsOn::Component | LeadsOn::Last => hint,
            };
        }
        match in_place.end {
            End::Own(schema, kind) => {
                let Some(index) = self.own((schema, kind), &hint) else { return };
                match holder {
                    Some(holder) => self.types_found.found[holder].held.push(index),
                    None => self.types_found.roots.push(index),
                }
            }
            End::Untyped(_, reason) => self.free(&hint, reason),
            End::Scalar(..) | End::TooDeep(_) | End::Missing => {}
        }
    }

    /// The type of a schema: the one that it has already, or else a new one, which is looked through later.
    fn own(&mut self, (id, kind): (SchemaId, Kind<'a>), hint: &Hint) -> Option<usize> {
        if let Some(&index) = self.by_schema.get(&id) {
            return Some(index);
        }
        let schema = self.schemas.get(id)?;
        // A component without a name by now is beyond the limits.
        if component_name(schema).is_some() {
            return None;
        }
        let given = schema.given_name.as_ref().filter(|_| !hint.is_property);
        self.types_found.stated.extend(given.map(|name| name.span));
        let wish = given.map_or_else(|| hint.name.clone(), |name| type_name(&name.text));
        let index = self.add((id, kind), schema, &wish);
        if self.part_count.add(&mut self.report, 1, 1, schema.span) {
            let hint = hint.called(&self.types_found.found[index].name);
            self.waiting.push_back((index, hint));
        }
        Some(index)
    }

    fn add(&mut self, (id, kind): (SchemaId, Kind<'a>), schema: &Schema, wish: &str) -> usize {
        let claimed = self.scope.claim_for(wish, Some(schema.span));
        if claimed.collided {
            self.report.name_collision(wish, &claimed.name, claimed.holder, schema.span);
        }
        self.push((id, kind), claimed.name)
    }

    fn push(&mut self, (id, kind): (SchemaId, Kind<'a>), name: String) -> usize {
        let index = self.types_found.found.len();
        self.types_found.found.push(NamedSchema { schema: id, kind, name, members: Vec::new(), held: Vec::new() });
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
        let NamedSchema { schema: id, kind, .. } = self.types_found.found[index];
        let Some(schema) = self.schemas.get(id) else { return };
        match kind {
            Kind::Struct(object) if self.add_parts_of(object, schema.span) => {
                let names = member_names::of_properties(self.schemas, &object.properties, METHODS, &mut self.report);
                self.types_found.found[index].members.clone_from(&names);
                self.fields(object, &names, hint, Some(index));
            }
            Kind::Enum(listed) => {
                if self.part_count.add(&mut self.report, listed.values.len(), PARTS_OF_ONE, listed.span) {
                    self.types_found.found[index].members = member_names::of_values(listed, &mut self.report);
                }
            }
            Kind::Union(union) => self.branches(index, union, schema.span, hint),
            Kind::Tuple(list) => self.places(index, list, (schema.span, hint)),
            Kind::Nested(shape) => self.nested(index, shape, hint),
            Kind::Json(reason) => self.free(hint, reason),
            Kind::Struct(_) => {}
        }
    }

    /// Follows the places of a list, which are called by their numbers.
    fn places(&mut self, index: usize, list: &List, (span, hint): (Span, &Hint)) {
        if !self.part_count.add(&mut self.report, list.prefix.len(), PARTS_OF_ONE, span) {
            return;
        }
        for (number, place) in (1..).zip(&list.prefix) {
            let (name, wire) = (format!("Item{number}"), format!("{}", number - 1));
            self.visit(*place, &hint.part(&name, &wire), Some(index));
        }
        match elements::remaining_items(self.schemas, list) {
            RemainingItems::Items(items) => self.visit(items, &hint.part("Item", "items"), Some(index)),
            RemainingItems::Any => {
                self.free(&hint.part("Item", "items"), "the items behind the first ones have no schema");
            }
            RemainingItems::Nothing => {}
        }
    }

    /// Follows what a list or map holds that is a type of its own.
    fn nested(&mut self, index: usize, shape: &Shape, hint: &Hint) {
        match elements::held(self.schemas, shape) {
            Held::Items(items) => self.visit(items, &hint.part("Item", "items"), Some(index)),
            Held::Values(values) => self.visit(values, &hint.part("Value", "values"), Some(index)),
            Held::AnyItems => self.free(&hint.part("Item", "items"), "the list's items have no schema"),
            Held::AnyValues => self.free(hint, "an object without stated properties"),
        }
    }

    fn branches(&mut self, index: usize, union: &'a Union, span: Span, hint: &Hint) {
        if !self.part_count.add(&mut self.report, union.branches.len(), BRANCHES, span) {
            return;
        }
        let schemas = self.schemas;
        let names = branch_names::names(schemas, union);
        for (branch, name) in union.branches.iter().zip(&names) {
            let given = schemas.get(branch.schema).and_then(|schema| schema.given_name.as_ref());
            self.types_found.stated.extend(given.map(|name| name.span));
            self.visit(branch.schema, &hint.part(name, name), Some(index));
        }
        self.types_found.found[index].members = names;
    }

    /// Follows the properties of an object, which have names, and what else may be there.
    fn fields(&mut self, object: &Object, names: &[String], hint: &Hint, holder: Option<usize>) {
        for (property, name) in object.properties.iter().zip(names) {
            self.types_found.stated.extend(property.given_name.as_ref().map(|name| name.span));
            let hint = self.owned(hint, property.owner).property(&type_name(word(property)), name);
            self.visit(property.schema, &hint, holder);
        }
        let hint = self.owned(hint, object.additional_owner).part("Value", "rest");
        match elements::additional(self.schemas, object) {
            Additional::Schema(values) => self.visit(values, &hint, holder),
            Additional::Any => self.free(&hint, "further properties with any value"),
            Additional::None | Additional::Unstated => {}
        }
    }

    /// The types within a property that comes from a component by `allOf` are called after that component, whichever schema is visited
    /// first.
    fn owned(&self, hint: &Hint, owner: Option<SchemaId>) -> Hint {
        let owner = owner.and_then(|owner| kinds::component(self.schemas, owner));
        let owner = owner.and_then(|owner| self.by_schema.get(&owner));
        hint.called(owner.map_or(&hint.name, |&owner| &self.types_found.found[owner].name))
    }

    /// Counts the parts of an object, with the texts that each of them repeats.
    fn add_parts_of(&mut self, object: &Object, span: Span) -> bool {
        let parts = object.properties.iter().map(|property| 1 + self.bulk(property.schema)).sum();
        self.part_count.add(&mut self.report, parts, PARTS_OF_ONE, span)
    }

    /// What a property's texts count, its own ones and those of what it only refers to.
    fn bulk(&self, id: SchemaId) -> usize {
        let schemas = self.schemas;
        let own = schemas.get(id).map_or(0, |schema| schema.docs.part_count());
        let is_named = kinds::component(schemas, id).is_some();
        let behind = schemas.chain(id).skip(1).last().filter(|_| !is_named);
        own + behind.map_or(0, |schema| schema.docs.part_count())
    }

    fn free(&mut self, hint: &Hint, reason: &'static str) {
        self.types_found.free.push(Free { owner: hint.owner, place: hint.place.clone(), reason });
    }
}
