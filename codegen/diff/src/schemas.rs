//! The law: what the values of two schemas have in common, each pair of schemas compared once.

mod assertions;
mod budget;
mod constraints;
mod enumerations;
mod lengths;
mod lists;
mod multiples;
mod objects;
mod provisional;
mod scalars;
mod shapes;
mod texts;
mod types;
mod unions;
mod values;
mod view;
mod xml;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use specie_codegen::api::{Direction, SchemaId, Schemas};

use crate::{Answer, Edit, Relation, Rule};
use budget::Budget;
pub(crate) use constraints::{restricting, speaks_of};
pub(crate) use enumerations::takes;
pub(crate) use lists::{A_LIST, ONE_VALUE, most_items, one_of_list};
pub(crate) use multiples::common_multiple;
pub(crate) use objects::may_share;
use provisional::{Provisional, Rests};
pub(crate) use scalars::is_known_of_texts;
pub(crate) use types::{is_exclusive, is_scalar};
pub(crate) use unions::{branches_of, step_to_branch};
pub(crate) use values::is_of_values;
pub(crate) use view::{COMPONENTS, View, settled};

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
    /// As text in the path, where no text is empty: the address would be another one.
    Path,
    /// As texts in XML.
    Xml,
    /// As the texts of a form in which a list repeats its name; its properties are texts.
    Lists,
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

/// Compares pairs of schemas of two documents, each once.
pub(crate) struct Comparer<'a> {
    pub(crate) old: &'a Schemas,
    pub(crate) new: &'a Schemas,
    /// The properties of each form that are JSON.
    forms: Vec<HashSet<String>>,
    done: HashMap<Pair, Rc<Local>>,
    relations: HashMap<Pair, Relation>,
    /// The pairs that are compared within each other, each with how deep.
    in_progress: HashMap<Pair, usize>,
    /// The pairs in progress that the comparison at hand has taken to be the same so far.
    rests: Rests,
    provisional: Provisional<Rc<Local>>,
    provisional_relations: Provisional<Relation>,
    /// How much may still be compared.
    budget: Budget,
}

impl<'a> Comparer<'a> {
    pub(crate) fn new(old: &'a Schemas, new: &'a Schemas) -> Self {
        Self {
            old,
            new,
            forms: Vec::new(),
            done: HashMap::new(),
            relations: HashMap::new(),
            in_progress: HashMap::new(),
            rests: 0,
            provisional: Provisional::new(),
            provisional_relations: Provisional::new(),
            budget: Budget::new(),
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
            Carrier::Form(_) | Carrier::Lists | Carrier::Path => Carrier::Text,
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
        if let Some(depth) = self.in_progress.get(&pair) {
            self.rests |= 1 << depth;
            return Rc::default();
        }
        if let Some((local, rests)) = self.provisional.get(pair) {
            self.rests |= rests;
            return local;
        }
        let depth = self.in_progress.len();
        if depth == 0 {
            self.budget.begin();
        } else if !self.budget.step(depth) {
            return Rc::new(self.too_complex(pair));
        }
        self.in_progress.insert(pair, depth);
        let (outer, cuts) = (std::mem::take(&mut self.rests), self.budget.cuts());
        let mut local = self.compared(pair);
        if self.budget.cuts() != cuts {
            leave_open(&mut local);
        }
        let local = Rc::new(local);
        self.keep(pair, depth, &local);
        self.rests |= outer;
        local
    }

    /// Keeps what is found at a pair. What rests on a pair that is still compared may change with it; what is at the top does not. What was
    /// not compared to its end is compared again where it stands at the top.
    fn keep(&mut self, pair: Pair, depth: usize, local: &Rc<Local>) {
        self.in_progress.remove(&pair);
        self.provisional.leave(depth);
        self.provisional_relations.leave(depth);
        self.rests &= !(1 << depth);
        if depth == 0 || self.rests == 0 && !self.budget.is_spent() {
            self.done.insert(pair, Rc::clone(local));
            return;
        }
        self.budget.waste();
        if !self.budget.is_spent() {
            self.provisional.insert(pair, Rc::clone(local), self.rests);
        }
    }

    /// What is said of a pair that is not compared.
    fn too_complex(&self, pair: Pair) -> Local {
        let (old, new) = (View::of(self.old, pair.old), View::of(self.new, pair.new));
        let edit = Edit::new(Rule::TooComplex, Relation::UNKNOWN, Some(old.span), Some(new.span));
        Local { edits: vec![edit], ..Local::default() }
    }

    /// How the values of a pair stand to each other, with all that they are made of.
    pub(crate) fn relation(&mut self, pair: Pair) -> Relation {
        if let Some(known) = self.known_relation(pair) {
            return known;
        }
        let outer = std::mem::take(&mut self.rests);
        let (found, is_whole) = self.relation_of_all(pair);
        if is_whole && self.rests == 0 {
            self.relations.insert(pair, found);
        } else if is_whole {
            self.provisional_relations.insert(pair, found, self.rests);
        }
        self.rests |= outer;
        found
    }

    /// The relation of a pair, where it is known.
    fn known_relation(&mut self, pair: Pair) -> Option<Relation> {
        if let Some(known) = self.relations.get(&pair) {
            return Some(*known);
        }
        let (known, rests) = self.provisional_relations.get(pair)?;
        self.rests |= rests;
        Some(known)
    }

    /// The relation of a pair and all that it is made of, and whether all of it was looked at.
    fn relation_of_all(&mut self, pair: Pair) -> (Relation, bool) {
        let mut found = Relation::SAME;
        let mut seen = HashSet::from([pair]);
        let mut waiting = vec![pair];
        while let Some(next) = waiting.pop() {
            if found == Relation::INCOMPARABLE {
                break;
            }
            if let Some(known) = self.known_relation(next) {
                found = found.and(known);
                continue;
            }
            if !self.budget.look() {
                return (found.and(Relation::UNKNOWN), false);
            }
            let local = self.local(next);
            found = local.edits.iter().fold(found, |relation, edit| relation.and(of_branch(edit)));
            waiting.extend(local.parts.iter().map(|(_, part)| *part).filter(|part| seen.insert(*part)));
        }
        (found, !self.budget.is_spent())
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
                local.edits.retain(|edit| pair.carrier != Carrier::Path || !constraints::refuses_nothing_alone(edit));
            }
            let is_branch = pair.null == Null::Elsewhere;
            local.edits.retain(|edit| constraints::counts(edit, (&old, &new), is_branch));
            assertions::compare(&old, &new, &mut local);
        }
        values::settle(self, pair, (&old, &new), &mut local);
        if pair.carrier.is_text() {
            texts::settle((&old, &new), pair.sender, &mut local);
        }
        // How values are written is not settled by which ones there are.
        if pair.carrier == Carrier::Xml {
            xml::compare(&old, &new, &mut local);
        }
        shapes::contents(self, pair, (&old, &new), &mut local);
        local
    }
}

/// Changes of which it follows from how pairs of branches stand to each other what they refuse.
const OF_BRANCHES: &[Rule] = &[
    Rule::BecameUnion,
    Rule::UnionRemoved,
    Rule::BranchAdded,
    Rule::BranchRemoved,
    Rule::BranchesRegrouped,
    Rule::PropertyAdded,
    Rule::PropertyRemoved,
];

/// Leaves open what is refused where not all branches were compared.
fn leave_open(local: &mut Local) {
    let open = |answer| if answer == Answer::No { Answer::Unknown } else { answer };
    for edit in local.edits.iter_mut().filter(|edit| OF_BRANCHES.contains(&edit.rule)) {
        edit.relation = Relation::new(open(edit.relation.old_in_new), open(edit.relation.new_in_old));
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
mod bounded_tests;
#[cfg(test)]
mod tests;
