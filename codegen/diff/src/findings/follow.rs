//! Causes of changes of code that no finding is about: what comes, goes or changes with something else.

use std::borrow::Cow;
use std::collections::HashMap;

use specie_codegen::api::{Api, Direction, Operation, Property, SchemaId, Schemas, Shape};
use specie_codegen::source::Span;

use super::{Causes, WITHOUT_CODE, key_of, unique};
use crate::code::{ChangedItem, Origin, Owner};
use crate::document_location::label;
use crate::{Needs, Rule};

impl Causes<'_, '_> {
    /// Gives a type that comes, goes or is another one without a cause the first operation or response that comes or goes and has it.
    pub(crate) fn follow_operations(
        &self,
        (old, new): (&Api, &Api),
        changes: &[ChangedItem],
        causes: &mut [Vec<usize>],
    ) {
        if causes.iter().all(|known| !known.is_empty()) {
            return;
        }
        let removed = self.reached(old, [Rule::OperationRemoved, Rule::StatusRemoved]);
        let added = self.reached(new, [Rule::OperationAdded, Rule::StatusAdded]);
        for (changed, known) in changes.iter().zip(causes.iter_mut()) {
            if !known.is_empty() || changed.is_renamed {
                continue;
            }
            let keys = [key_of(changed.old.as_ref()), key_of(changed.new.as_ref())];
            let gone = keys.iter().flatten().find_map(|key| removed.get(&old.schemas.find(key)?));
            let come = keys.iter().flatten().find_map(|key| added.get(&new.schemas.find(key)?));
            known.extend(gone.or(come));
        }
    }

    /// Gives a change of a type without a cause the findings that stand where its schema does. A part of an `allOf` is compared as what it
    /// makes with the others, and may have a type of its own.
    pub(crate) fn follow_places(&self, changes: &[ChangedItem], causes: &mut [Vec<usize>]) {
        let (mut by_old, mut by_new): (HashMap<Span, Vec<usize>>, HashMap<Span, Vec<usize>>) = Default::default();
        for (index, finding) in self.found.findings.iter().enumerate() {
            if !WITHOUT_CODE.contains(&finding.rule) {
                finding.old.iter().for_each(|span| by_old.entry(*span).or_default().push(index));
                finding.new.iter().for_each(|span| by_new.entry(*span).or_default().push(index));
            }
        }
        let (old, new) = (self.found.comparer.old, self.found.comparer.new);
        for (changed, known) in changes.iter().zip(causes.iter_mut()) {
            if !known.is_empty() || changed.is_renamed {
                continue;
            }
            let of_old = spans(old, changed.old.as_ref()).into_iter().filter_map(|span| by_old.get(&span));
            let of_new = spans(new, changed.new.as_ref()).into_iter().filter_map(|span| by_new.get(&span));
            *known = unique(of_old.chain(of_new).flatten().copied().collect());
        }
    }

    /// The first finding of two rules, of operations and of responses, by the schemas that what they are about is made of.
    fn reached(&self, api: &Api, rules: [Rule; 2]) -> HashMap<SchemaId, usize> {
        let mut found: HashMap<SchemaId, usize> = HashMap::new();
        let all = api.operations.iter().chain(&api.webhooks);
        let operations: HashMap<String, &Operation> =
            all.map(|one| (self.label(&label(one)).to_owned(), one)).collect();
        let findings = self.found.findings.iter().enumerate();
        for (index, finding) in findings.filter(|(_, finding)| rules.contains(&finding.rule)) {
            let mut waiting = Vec::new();
            if let Some(used) = finding.uses.first()
                && let Some(operation) = operations.get(&used.operation)
            {
                part_of(operation, &used.place).visit_schemas(Direction::Request, &mut |id, _| waiting.push(id));
            }
            while let Some(id) = waiting.pop() {
                if found.contains_key(&id) {
                    continue;
                }
                found.insert(id, index);
                if let Some(schema) = api.schemas.get(id) {
                    schema.shape.visit_parts(&mut |part| waiting.push(part));
                }
            }
        }
        found
    }
}

/// An operation, or one of its responses alone where a finding is about that.
fn part_of<'a>(operation: &'a Operation, place: &str) -> Cow<'a, Operation> {
    let Some(status) = place.strip_prefix("response ") else { return Cow::Borrowed(operation) };
    let mut part = operation.clone();
    part.parameters.clear();
    part.request_body = None;
    part.callbacks.clear();
    part.responses.retain(|one| one.status.to_string() == status);
    Cow::Owned(part)
}

/// Where the schema of an item stands, with its properties; of a property, where that alone does.
fn spans(schemas: &Schemas, origin: Option<&Origin>) -> Vec<Span> {
    let Some(schema) = key_of(origin).and_then(|key| schemas.get(schemas.find(key)?)) else { return Vec::new() };
    let of_one = |property: &Property| {
        let value = schemas.get(property.schema).map(|schema| schema.span);
        [Some(property.span.key), property.required_span, value].into_iter().flatten().collect::<Vec<_>>()
    };
    let properties = match &schema.shape {
        Shape::Object(object) => object.properties.as_slice(),
        _ => &[],
    };
    match origin {
        Some(Origin::Property(_, name)) => properties.iter().filter(|one| one.name == *name).flat_map(of_one).collect(),
        _ => std::iter::once(schema.span).chain(properties.iter().flat_map(of_one)).collect(),
    }
}

/// Gives a change that has no cause the causes of a change whose code names its item: a type comes and goes with what holds it.
pub(super) fn follow_mentions(changes: &[ChangedItem], causes: &mut [Vec<usize>]) {
    let words = |text: &Option<String>| -> Vec<String> {
        let text = text.as_deref().unwrap_or_default();
        text.split(|char: char| !(char.is_alphanumeric() || char == '_'))
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let mut mentions: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, changed) in changes.iter().enumerate() {
        for word in words(&changed.change.before).into_iter().chain(words(&changed.change.after)) {
            mentions.entry(word).or_default().push(index);
        }
    }
    // A type that a new type holds takes one more round; they are few.
    for _ in 0..8 {
        let mut is_done = true;
        for (index, changed) in changes.iter().enumerate() {
            if causes.get(index).is_none_or(|known| !known.is_empty()) {
                continue;
            }
            let name = changed.change.item.rsplit("::").next().unwrap_or_default();
            let by = mentions.get(name).into_iter().flatten();
            let found: Vec<usize> = by.filter_map(|other| causes.get(*other)).flatten().copied().collect();
            if !found.is_empty()
                && let Some(known) = causes.get_mut(index)
            {
                *known = unique(found);
                is_done = false;
            }
        }
        if is_done {
            break;
        }
    }
}

/// Gives a change of an operation as a whole, such as of what its method takes, the causes of what breaks its request.
pub(super) fn follow_fields(changes: &[ChangedItem], causes: &mut [Vec<usize>]) {
    let operation = |changed: &ChangedItem| match changed.new.as_ref().or(changed.old.as_ref()).map(Origin::owner) {
        Some(Owner::Operation(operation)) => Some(operation),
        _ => None,
    };
    let mut of: HashMap<(String, bool), Vec<usize>> = HashMap::new();
    for (changed, known) in changes.iter().zip(causes.iter()) {
        if let Some(operation) = operation(changed) {
            of.entry((operation, changed.change.worst() == Needs::Major)).or_default().extend(known);
        }
    }
    for (changed, known) in changes.iter().zip(causes.iter_mut()) {
        let breaks = changed.change.worst() == Needs::Major;
        let Some(operation) = operation(changed).filter(|_| known.is_empty() && !changed.is_renamed) else { continue };
        // A parameter more is a field more, and may be what a constructor takes in another way.
        let found = [breaks, false]
            .into_iter()
            .find_map(|breaks| of.get(&(operation.clone(), breaks)).filter(|found: &&Vec<usize>| !found.is_empty()));
        if let Some(found) = found {
            *known = unique(found.clone());
        }
    }
}
