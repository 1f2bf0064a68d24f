//! The law: what the values of two schemas have in common, each pair of schemas compared once.

mod assertions;
mod constraints;
mod enumerations;
mod lists;
mod multiples;
mod objects;
mod scalars;
mod shapes;
mod types;
mod unions;
mod values;
mod view;
mod xml;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use specie_codegen::api::{Direction, SchemaId, Schemas};

use crate::{Edit, Relation, Rule};
pub(crate) use enumerations::takes;
pub(crate) use unions::step_to_branch;
pub(crate) use view::{View, settled};

/// Two schemas whose values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pair {
    /// The schema of the old document.
    pub(crate) old: SchemaId,
    /// The schema of the new document.
    pub(crate) new: SchemaId,
    /// Who sends the values.
    pub(crate) sender: Direction,
    /// How the values are written.
    pub(crate) carrier: Carrier,
    /// Whether null is compared here; where a branch of a union is compared, the union does so.
    pub(crate) null: Null,
}

/// How values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Carrier {
    /// As JSON, where the number 1 and the text "1" are two values.
    Json,
    /// As text, as in a query, where they are one.
    Text,
    /// As texts in XML.
    Xml,
    /// As a form or as the parts of a multipart body, some of which are JSON; the others are texts.
    Form(FormId),
}

/// Which properties of a form are JSON, by its place among all forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct FormId(usize);

/// What stands for all properties of a form that its schema does not list.
pub(crate) const ANY_OTHER: &str = "";

/// Whether null is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Null {
    /// It is.
    Compared,
    /// It is elsewhere.
    Elsewhere,
}

/// What is found at a pair of schemas, without what is found in the schemas that they are made of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Local {
    /// The changes.
    pub(crate) edits: Vec<Edit>,
    /// The pairs of schemas that they are made of, each with where its values stand: `.amount`, `[]`.
    pub(crate) parts: Vec<(String, Pair)>,
    /// Whether a branch of a union has no branch of the other union that it is compared with: another branch may hold its values.
    has_lone_branch: bool,
}

impl Local {
    /// Adds a change.
    pub(crate) fn push(&mut self, edit: Edit) {
        self.edits.push(edit);
    }

    fn part(&mut self, step: impl Into<String>, pair: Pair) {
        self.parts.push((step.into(), pair));
    }
}

/// How deep unions are compared within unions.
const DEPTH: usize = 24;

/// How many pairs are looked at, for one pair and all that it is made of, to say how branches of unions stand to each other.
const FUEL: usize = 4_000;

/// Compares pairs of schemas of two documents, each once.
pub(crate) struct Comparer<'a> {
    pub(crate) old: &'a Schemas,
    pub(crate) new: &'a Schemas,
    /// The properties of each form that are JSON.
    forms: Vec<HashSet<String>>,
    done: HashMap<Pair, Rc<Local>>,
    relations: HashMap<Pair, Relation>,
    in_progress: HashSet<Pair>,
    /// How often a pair that is still compared was taken to be the same.
    assumed: usize,
    /// How many pairs may still be looked at.
    fuel: usize,
}

impl<'a> Comparer<'a> {
    pub(crate) fn new(old: &'a Schemas, new: &'a Schemas) -> Self {
        Self {
            old,
            new,
            forms: Vec::new(),
            done: HashMap::new(),
            relations: HashMap::new(),
            in_progress: HashSet::new(),
            assumed: 0,
            fuel: FUEL,
        }
    }

    /// Every pair that was compared.
    pub(crate) fn compared_pairs(&self) -> impl Iterator<Item = Pair> {
        self.done.keys().copied()
    }

    /// The pairs that some are made of, and these, each once and before those that it is made of.
    pub(crate) fn reached(&mut self, roots: impl Iterator<Item = Pair>) -> Vec<Pair> {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        found.extend(roots.filter(|root| seen.insert(*root)));
        let mut at = 0;
        while let Some(pair) = found.get(at).copied() {
            let local = self.local(pair);
            found.extend(local.parts.iter().map(|(_, part)| *part).filter(|part| seen.insert(*part)));
            at += 1;
        }
        found
    }

    /// Changes what is found at a pair.
    pub(crate) fn amend(&mut self, pair: Pair, change: impl FnOnce(&mut Local)) {
        let mut local = (*self.local(pair)).clone();
        change(&mut local);
        self.done.insert(pair, Rc::new(local));
    }

    /// The pairs that a compared pair is made of, each with where its values stand.
    pub(crate) fn named_parts(&self, pair: Pair) -> Vec<(String, Pair)> {
        self.done.get(&pair).map(|local| local.parts.clone()).unwrap_or_default()
    }

    /// The pairs that a compared pair is made of.
    pub(crate) fn parts(&self, pair: Pair) -> Vec<Pair> {
        self.done.get(&pair).into_iter().flat_map(|local| local.parts.iter().map(|(_, part)| *part)).collect()
    }

    /// A pair without references that say nothing themselves.
    pub(crate) fn pair(&self, old: SchemaId, new: SchemaId, sender: Direction, carrier: Carrier) -> Pair {
        let (old, new) = (view::settled(self.old, old), view::settled(self.new, new));
        Pair { old, new, sender, carrier, null: Null::Compared }
    }

    /// The pair of two parts of a pair.
    fn part_of(&self, pair: Pair, old: SchemaId, new: SchemaId) -> Pair {
        self.pair(old, new, pair.sender, pair.carrier)
    }

    /// The pair of two values under one name of two objects.
    fn property_of(&self, pair: Pair, name: &str, old: SchemaId, new: SchemaId) -> Pair {
        let carrier = match pair.carrier {
            Carrier::Form(FormId(form)) if self.forms.get(form).is_some_and(|json| json.contains(name)) => {
                Carrier::Json
            }
            Carrier::Form(_) => Carrier::Text,
            carrier => carrier,
        };
        self.pair(old, new, pair.sender, carrier)
    }

    /// How a form is written whose properties of these names are JSON.
    pub(crate) fn form(&mut self, json: HashSet<String>) -> Carrier {
        if json.is_empty() {
            return Carrier::Text;
        }
        let known = self.forms.iter().position(|form| *form == json);
        let at = known.unwrap_or_else(|| {
            self.forms.push(json);
            self.forms.len() - 1
        });
        Carrier::Form(FormId(at))
    }

    /// What is found at a pair. A pair that is met again while it is compared has nothing more to say.
    pub(crate) fn local(&mut self, pair: Pair) -> Rc<Local> {
        if let Some(done) = self.done.get(&pair) {
            return Rc::clone(done);
        }
        if self.in_progress.len() >= DEPTH {
            let mut local = Local::default();
            let (old, new) = (View::of(self.old, pair.old), View::of(self.new, pair.new));
            local.push(Edit::new(Rule::TooComplex, Relation::UNKNOWN, Some(old.span), Some(new.span)));
            return Rc::new(local);
        }
        if !self.in_progress.insert(pair) {
            self.assumed += 1;
            return Rc::default();
        }
        if self.in_progress.len() == 1 {
            self.fuel = FUEL;
        }
        let before = self.assumed;
        let local = Rc::new(self.compared(pair));
        self.in_progress.remove(&pair);
        // What rests on a pair that is still compared may change with it; what is at the top does not.
        if self.assumed == before || self.in_progress.is_empty() {
            self.done.insert(pair, Rc::clone(&local));
        }
        local
    }

    /// How the values of a pair stand to each other, with all that they are made of.
    pub(crate) fn relation(&mut self, pair: Pair) -> Relation {
        if let Some(known) = self.relations.get(&pair) {
            return *known;
        }
        let before = self.assumed;
        let mut found = Relation::SAME;
        let mut seen = HashSet::from([pair]);
        let mut waiting = vec![pair];
        while let Some(next) = waiting.pop() {
            if found == Relation::INCOMPARABLE {
                break;
            }
            let Some(left) = self.fuel.checked_sub(1) else { return found.and(Relation::UNKNOWN) };
            self.fuel = left;
            let local = self.local(next);
            found = local.edits.iter().fold(found, |relation, edit| relation.and(of_branch(edit)));
            waiting.extend(local.parts.iter().map(|(_, part)| *part).filter(|part| seen.insert(*part)));
        }
        if self.assumed == before {
            self.relations.insert(pair, found);
        }
        found
    }

    fn compared(&mut self, pair: Pair) -> Local {
        let (old, new) = (View::of(self.old, pair.old), View::of(self.new, pair.new));
        let mut local = Local::default();
        if pair.null == Null::Compared {
            shapes::nulls(&old, &new, &mut local);
            shapes::documented(&old, &new, &mut local);
        }
        shapes::unchecked(&old, &new, &mut local);
        if shapes::shapes(self, pair, (&old, &new), &mut local) {
            constraints::compare(&old, &new, &mut local);
            if pair.carrier.is_text() {
                local.edits.retain(|edit| !constraints::is_kept_by_all(edit, &old, &new));
            }
            if pair.null == Null::Elsewhere {
                // What is said of all branches is meant for those whose type it speaks of.
                let shapes = [old.shape.base(), new.shape.base()];
                local.edits.retain(|edit| shapes.iter().any(|shape| constraints::speaks_of(edit.rule, shape)));
            }
            assertions::compare(&old, &new, &mut local);
        }
        values::settle(self, pair, (&old, &new), &mut local);
        // How values are written is not settled by which ones there are.
        if pair.carrier == Carrier::Xml {
            xml::compare(&old, &new, &mut local);
        }
        shapes::contents(self, pair, (&old, &new), &mut local);
        local
    }
}

/// What a change says of two branches. An object with a property that is ignored is taken for one of another branch.
fn of_branch(edit: &Edit) -> Relation {
    match edit.rule {
        Rule::PropertyAdded | Rule::PropertyRemoved => edit.relation.and(Relation::UNKNOWN),
        _ => edit.relation,
    }
}

#[cfg(test)]
mod tests;
