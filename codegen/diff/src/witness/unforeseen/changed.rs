//! Which pairs of schemas have other texts.

use std::collections::{HashMap, HashSet};

use serde_json::Value;
use specie_codegen::syntax::pointer;

use super::super::judge::Judges;
use super::super::schema::COMPONENTS;
use crate::schemas::{Comparer, Null, Pair};

/// The pairs of schemas that stand for whole values and may have other ones.
pub(super) struct Changed {
    whole: HashSet<Pair>,
    /// Those with the same text.
    same: HashSet<Pair>,
    parents: HashMap<Pair, Vec<Pair>>,
}

impl Changed {
    /// Of all pairs those with other texts; of branches, the unions that they are branches of.
    pub(super) fn of(comparer: &Comparer<'_>, pairs: &[Pair], judges: &Judges<'_>) -> Self {
        let mut parents: HashMap<Pair, Vec<Pair>> = HashMap::new();
        for pair in pairs {
            comparer.parts(*pair).into_iter().for_each(|part| parents.entry(part).or_default().push(*pair));
        }
        let components = changed_components(judges);
        let mut found = Self { whole: HashSet::new(), same: HashSet::new(), parents };
        for pair in pairs {
            let (old, new) = (judges.old.text(pair.old), judges.new.text(pair.new));
            match (old, new) {
                (Some(old), Some(new)) if old == new && !refers(judges.new.document, new, &components) => {
                    found.same.insert(*pair);
                }
                (Some(_), Some(_)) => {
                    let wholes = found.wholes(*pair);
                    found.whole.extend(wholes);
                }
                // What no place of the document states is made of what stands above it.
                _ => found.add_stated(*pair, judges),
            }
        }
        found
    }

    /// Whether a pair is to be looked at.
    pub(super) fn has(&self, pair: Pair) -> bool {
        self.whole.contains(&pair)
    }

    /// Whether the schemas of a pair may say something else.
    pub(super) fn is_other(&self, pair: Pair) -> bool {
        !self.same.contains(&pair)
    }

    /// The pair itself, or the unions that it is a branch of.
    pub(super) fn wholes(&self, pair: Pair) -> Vec<Pair> {
        self.above(pair, |one| one.null == Null::Compared)
    }

    fn add_stated(&mut self, pair: Pair, judges: &Judges<'_>) {
        let is_stated = |one: Pair| {
            one.null == Null::Compared && judges.old.text(one.old).is_some() && judges.new.text(one.new).is_some()
        };
        let found = self.above(pair, is_stated);
        self.whole.extend(found);
    }

    /// The nearest pairs of a kind on the ways up from a pair.
    fn above(&self, pair: Pair, is_wanted: impl Fn(Pair) -> bool) -> Vec<Pair> {
        let (mut found, mut seen, mut waiting) = (Vec::new(), HashSet::from([pair]), vec![pair]);
        while let Some(next) = waiting.pop() {
            if is_wanted(next) {
                found.push(next);
                continue;
            }
            let above = self.parents.get(&next).into_iter().flatten().copied();
            waiting.extend(above.filter(|parent| seen.insert(*parent)));
        }
        found
    }
}

/// The names of components that differ.
fn changed_components(judges: &Judges<'_>) -> HashSet<String> {
    let all = |document: &'_ Value| document.pointer("/components/schemas").and_then(Value::as_object).cloned();
    let (old, new) = (all(judges.old.document).unwrap_or_default(), all(judges.new.document).unwrap_or_default());
    let names = old.keys().chain(new.keys()).filter(|name| old.get(*name) != new.get(*name));
    names.cloned().collect()
}

/// Whether a schema says of the same value what a component does that differs.
fn refers(document: &Value, schema: &Value, changed: &HashSet<String>) -> bool {
    let (mut waiting, mut seen) = (vec![schema], HashSet::new());
    while let Some(Value::Object(next)) = waiting.pop() {
        if let Some(name) = next.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix(COMPONENTS)) {
            let name = pointer::unescape(name);
            if changed.contains(&*name) {
                return true;
            }
            if seen.insert(name.to_string()) {
                waiting.extend(super::super::schema::component(document, &name));
            }
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            waiting.extend(next.get(keyword).and_then(Value::as_array).into_iter().flatten());
        }
        waiting.extend(["not", "if", "then", "else"].iter().filter_map(|keyword| next.get(*keyword)));
    }
    false
}
