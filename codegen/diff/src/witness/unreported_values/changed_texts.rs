//! Which pairs of schemas have other texts.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};
use specie_codegen::api::{Key, SchemaId, Schemas, Shape};
use specie_codegen::pointer;

use super::super::judge::{Judges, Side};
use super::super::references::references;
use super::unread_statements;
use crate::schemas::{Comparer, Null, Pair};

/// The pairs of schemas that stand for whole values and may have other ones.
pub(super) struct ChangedPairs {
    whole: HashSet<Pair>,
    /// Those that may say something else.
    other: HashSet<Pair>,
    parents: HashMap<Pair, Vec<Pair>>,
}

impl ChangedPairs {
    /// Of all pairs those with other texts; of branches, the unions that they are branches of.
    pub(super) fn of(comparer: &Comparer<'_>, pairs: &[Pair], judges: &Judges<'_>) -> Self {
        let entries = Entries::of(judges);
        let mut found = Self { whole: HashSet::new(), other: HashSet::new(), parents: parents(comparer, pairs) };
        for pair in pairs {
            let refers = || {
                entries.refers(comparer.old, pair.old)
                    || entries.refers(comparer.new, pair.new)
                    || entries.refers_within(judges.sides(), [pair.old, pair.new])
            };
            let is_same = entries.have_same_text(judges, *pair);
            if is_same == Some(true) && !refers() {
                continue;
            }
            found.other.insert(*pair);
            // What no place of the document states is made of what stands above it.
            let stands = |one: Pair| is_same.is_some() || entries.have_same_text(judges, one).is_some();
            let wholes = found.above(*pair, |one| one.null == Null::Compared && stands(one));
            found.whole.extend(wholes);
        }
        found
    }

    /// Leaves out what pairs are no longer made of.
    pub(super) fn leave_out_parts(&mut self, comparer: &Comparer<'_>, pairs: &[Pair]) {
        self.parents = parents(comparer, pairs);
    }

    /// Whether a pair is to be looked at.
    pub(super) fn has(&self, pair: Pair) -> bool {
        self.whole.contains(&pair)
    }

    /// How many pairs are to be looked at.
    pub(super) fn count(&self) -> usize {
        self.whole.len()
    }

    /// Whether the schemas of a pair may say something else.
    pub(super) fn is_other(&self, pair: Pair) -> bool {
        self.other.contains(&pair)
    }

    /// The pairs that a pair is a part of.
    pub(super) fn parents(&self, pair: Pair) -> impl Iterator<Item = Pair> {
        self.parents.get(&pair).into_iter().flatten().copied()
    }

    /// The pair itself, or the unions that it is a branch of.
    pub(super) fn wholes(&self, pair: Pair) -> Vec<Pair> {
        self.above(pair, |one| one.null == Null::Compared)
    }

    /// The nearest pairs of a kind on the ways up from a pair.
    fn above(&self, pair: Pair, is_wanted: impl Fn(Pair) -> bool) -> Vec<Pair> {
        let (mut found, mut seen, mut waiting) = (Vec::new(), HashSet::from([pair]), vec![pair]);
        while let Some(next) = waiting.pop() {
            if is_wanted(next) {
                found.push(next);
                continue;
            }
            waiting.extend(self.parents(next).filter(|parent| seen.insert(*parent)));
        }
        found
    }
}

/// The pairs that each pair is a part of.
fn parents(comparer: &Comparer<'_>, pairs: &[Pair]) -> HashMap<Pair, Vec<Pair>> {
    let mut found: HashMap<Pair, Vec<Pair>> = HashMap::new();
    for pair in pairs {
        comparer.parts(*pair).into_iter().for_each(|part| found.entry(part).or_default().push(*pair));
    }
    found
}

/// What of both documents differs: components, and what stands under each path and webhook.
struct Entries {
    components: HashSet<String>,
    /// The components that differ and those that lead to them, of either document; none where no schema holds others that are not compared.
    leading: HashSet<String>,
    /// By its name and the key that it stands under.
    others: HashSet<(String, String)>,
}

/// The keys under which schemas stand beside components.
const KEYS: [&str; 2] = ["paths", "webhooks"];

impl Entries {
    fn of(judges: &Judges<'_>) -> Self {
        let (old, new) = (judges.old.document, judges.new.document);
        let components: HashSet<String> = different(old.pointer(SCHEMAS), new.pointer(SCHEMAS)).collect();
        let may_be_held = !components.is_empty() && [old, new].into_iter().any(unread_statements::may_be_in);
        let leading = if may_be_held { leading_to(&components, [old, new]) } else { HashSet::new() };
        let others = KEYS
            .into_iter()
            .flat_map(|key| different(old.get(key), new.get(key)).map(move |name| (key.to_owned(), name)));
        Self { components, leading, others: others.collect() }
    }

    /// Whether both schemas of a pair have the same text; `None` where one has none of its own.
    fn have_same_text(&self, judges: &Judges<'_>, pair: Pair) -> Option<bool> {
        let key = |schemas: &'_ Schemas, id| schemas.get(id).map(|schema| schema.key.clone());
        let (one, other) = (key(judges.old.schemas, pair.old)?, key(judges.new.schemas, pair.new)?);
        if one == other && self.is_same(&one) && judges.old.schemas.find(&one) == Some(pair.old) {
            return Some(true);
        }
        Some(judges.old.text(pair.old)? == judges.new.text(pair.new)?)
    }

    /// Whether what a schema stands in is the same in both documents.
    fn is_same(&self, key: &Key) -> bool {
        let pointer = match key {
            Key::Component(name) => return !self.components.contains(name),
            Key::Pointer(pointer) => pointer,
        };
        let first = |rest: &str| pointer::unescape(rest.split('/').next().unwrap_or_default()).to_string();
        if let Some(rest) = pointer.strip_prefix(SCHEMAS).and_then(|rest| rest.strip_prefix('/')) {
            return !self.components.contains(&first(rest));
        }
        KEYS.into_iter().any(|key| {
            let rest = pointer.strip_prefix('/').and_then(|rest| rest.strip_prefix(key)?.strip_prefix('/'));
            rest.is_some_and(|rest| !self.others.contains(&(key.to_owned(), first(rest))))
        })
    }

    /// Whether one of both schemas refers to a component that differs where schemas are not compared one by one.
    fn refers_within(&self, sides: [&Side<'_>; 2], ids: [SchemaId; 2]) -> bool {
        let refers =
            |text: Option<&Value>| text.is_some_and(|text| unread_statements::refers(text, false, &self.leading));
        !self.leading.is_empty() && sides.into_iter().zip(ids).any(|(side, id)| refers(side.text(id)))
    }

    /// Whether a schema says of the same value what a component does that differs.
    fn refers(&self, schemas: &Schemas, id: SchemaId) -> bool {
        if self.components.is_empty() {
            return false;
        }
        let (mut waiting, mut seen) = (vec![id], HashSet::new());
        while let Some(next) = waiting.pop() {
            for id in schemas.chain_ids(next).filter(|id| seen.insert(*id)) {
                let Some(schema) = schemas.get(id) else { continue };
                if matches!(&schema.key, Key::Component(name) if self.components.contains(name)) {
                    return true;
                }
                match &schema.shape {
                    Shape::Union(union) => {
                        let named = union.branches.iter().filter_map(|branch| branch.component);
                        waiting.extend(union.branches.iter().map(|branch| branch.schema).chain(named));
                    }
                    Shape::Object(object) => waiting.extend(&object.parts),
                    _ => {}
                }
            }
        }
        false
    }
}

/// Some components, and all that lead to them in one of two documents.
fn leading_to(components: &HashSet<String>, documents: [&Value; 2]) -> HashSet<String> {
    let mut from: HashMap<String, Vec<&String>> = HashMap::new();
    for (name, schema) in documents.into_iter().filter_map(|one| one.pointer(SCHEMAS)?.as_object()).flatten() {
        let mut targets = Vec::new();
        // What refers to something else as well leads to the components that stand before it.
        references(schema, &mut targets).unwrap_or_default();
        for target in targets {
            from.entry(target).or_default().push(name);
        }
    }
    let mut found = components.clone();
    let mut waiting: Vec<String> = components.iter().cloned().collect();
    while let Some(next) = waiting.pop() {
        for name in from.get(&next).into_iter().flatten() {
            if found.insert((*name).clone()) {
                waiting.push((*name).clone());
            }
        }
    }
    found
}

/// Where components stand.
const SCHEMAS: &str = "/components/schemas";

/// The names of what differs in two objects.
fn different<'d>(old: Option<&'d Value>, new: Option<&'d Value>) -> impl Iterator<Item = String> + 'd {
    let [old, new] = [old, new].map(|value| value.and_then(Value::as_object));
    let names = [old, new].into_iter().flatten().flat_map(Map::keys);
    let of = |all: Option<&'d Map<String, Value>>, name: &str| all.and_then(|all| all.get(name));
    names.filter(move |name| of(old, name) != of(new, name)).cloned()
}
