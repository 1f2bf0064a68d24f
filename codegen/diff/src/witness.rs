//! Payloads that prove breaks of the wire: a value that one document allows and the other one does not.
//!
//! Which values a document allows is decided by the `jsonschema` crate on the document's own text, not by what compares the documents: a
//! proof by the same code that makes the claim would prove nothing. That is why the crate is no dependency of tests alone.

mod candidates;
mod circles;
mod mentioned;
mod minimal;
mod schema;

use std::collections::HashMap;
use std::rc::Rc;

use jsonschema::Validator;
use serde_json::Value;
use specie_codegen::api::{self, Direction, SchemaId, Schemas};
use specie_codegen::instance;

use crate::found::Found;
use crate::schemas::{Pair, View, settled};
use crate::{Answer, Audience, Finding, Rule, Verdict, Witness};
use candidates::Candidates;

/// At how many places a value is looked for.
const PLACES: usize = 12;

/// How many unions within unions are asked whether another branch allows a value.
const DEPTH: usize = 4;

/// How many characters a shown value may have; a longer one proves the same and nobody reads it.
const LONGEST: usize = 2_000;

/// Whether a change is none of a value. What a text holds (`contentSchema`) no validator asserts (JSON Schema Validation 2020-12, 8.1).
fn is_stated(finding: &Finding, places: &[Pair]) -> bool {
    let is_content = |value: &Option<String>| value.as_deref() == Some("contentSchema");
    places.is_empty()
        || finding.rule == Rule::XmlChanged
        || finding.rule == Rule::UncheckedChanged && (is_content(&finding.before) || is_content(&finding.after))
}

/// Gives each finding that breaks the wire what shows it. The documents are those that were compared, as JSON in one piece.
pub(crate) fn prove(found: &mut Found<'_>, old: &str, new: &str) {
    let breaks = |one: &Finding| Audience::WIRE.into_iter().any(|audience| one.verdict(audience) == Verdict::Breaks);
    if !found.findings.iter().any(breaks) {
        return;
    }
    let (Ok(old), Ok(new)) = rayon::join(|| serde_json::from_str(old), || serde_json::from_str(new)) else {
        for (finding, places) in found.findings.iter_mut().zip(&found.places) {
            if breaks(finding) {
                finding.witness = Some(if is_stated(finding, places) { Witness::Stated } else { Witness::NotProven });
            }
        }
        return;
    };
    let mut parents: HashMap<Pair, Vec<Pair>> = HashMap::new();
    for pair in found.comparer.compared_pairs() {
        found.comparer.parts(pair).into_iter().for_each(|part| parents.entry(part).or_default().push(pair));
    }
    let mut prover = Prover {
        parents,
        old: Side { document: &old, schemas: found.comparer.old, judges: HashMap::new() },
        new: Side { document: &new, schemas: found.comparer.new, judges: HashMap::new() },
    };
    for (finding, places) in found.findings.iter_mut().zip(&found.places) {
        if breaks(finding) {
            let is_stated = is_stated(finding, places);
            finding.witness = Some(if is_stated { Witness::Stated } else { prover.witness(finding, places) });
        }
    }
}

/// One document.
struct Side<'a> {
    document: &'a Value,
    schemas: &'a Schemas,
    judges: HashMap<(SchemaId, Direction), Option<Rc<Judge>>>,
}

/// A schema of a document as JSON Schema, and what decides which values it allows.
struct Judge {
    schema: Value,
    validator: Validator,
    /// Whether it has all that the schema refers to.
    is_whole: bool,
}

impl Side<'_> {
    /// What decides which values a schema allows; `None` where its text cannot be judged alone.
    fn judge(&mut self, id: SchemaId, sender: Direction) -> Option<Rc<Judge>> {
        if let Some(known) = self.judges.get(&(id, sender)) {
            return known.clone();
        }
        let schema = self.schemas.get(id).and_then(|schema| schema::of(self.document, &schema.key, sender));
        let made = schema.and_then(|(schema, is_whole)| {
            let options = jsonschema::draft202012::options().should_validate_formats(true);
            options.build(&schema).ok().map(|validator| Rc::new(Judge { schema, validator, is_whole }))
        });
        self.judges.insert((id, sender), made.clone());
        made
    }
}

struct Prover<'a> {
    old: Side<'a>,
    new: Side<'a>,
    /// The pairs that each pair is a part of.
    parents: HashMap<Pair, Vec<Pair>>,
}

impl Prover<'_> {
    /// A value at one of the places, or at what these are parts of: a discriminator says of a whole union what its branches are.
    fn witness(&mut self, finding: &Finding, places: &[Pair]) -> Witness {
        let above = |pairs: &[Pair]| -> Vec<Pair> {
            pairs.iter().flat_map(|pair| self.parents.get(pair).into_iter().flatten().copied()).collect()
        };
        let parents = above(places);
        let all = places.iter().chain(&parents).take(PLACES).copied().collect::<Vec<_>>();
        all.into_iter().find_map(|pair| self.at(finding, pair)).unwrap_or(Witness::NotProven)
    }

    /// A value at a pair of schemas.
    fn at(&mut self, finding: &Finding, pair: Pair) -> Option<Witness> {
        let (before, after) = (self.old.judge(pair.old, pair.sender)?, self.new.judge(pair.new, pair.sender)?);
        let is_proof = |value: &Value| {
            let (was, is) = (before.validator.is_valid(value), after.validator.is_valid(value));
            let is_old = was && !is && finding.relation.old_in_new == Answer::No;
            let is_new = is && !was && finding.relation.new_in_old == Answer::No;
            (is_old || is_new).then_some(is_old)
        };
        let sides = [(self.old.schemas, pair.old), (self.new.schemas, pair.new)];
        let all = Candidates::of(sides, pair.sender, finding);
        // Of a value that both allow one property is changed, so that nothing else can be what refuses it.
        let mut near = all.about(|value| before.validator.is_valid(value) && after.validator.is_valid(value));
        // Of a short one it is seen what it proves.
        near.sort_by_cached_key(|value| value.to_string().len());
        let proof = |value: &Value| {
            let is_old = is_proof(value)?;
            let json = value.to_string();
            let (judge, [of_old, of_new]) = (if is_old { &before } else { &after }, sides);
            let (schemas, id) = if is_old { of_old } else { of_new };
            // What the judge did not see of the document that allows the value has to allow it as well.
            if !judge.is_whole && !is_valid(schemas, id, value, pair.sender) {
                return None;
            }
            (json.len() <= LONGEST).then_some((json, is_old))
        };
        // A value that the change names proves that change, and no other one of the same list.
        let named =
            [&finding.before, &finding.after].into_iter().flatten().filter_map(|text| candidates::of_text(text));
        let values = near.into_iter().chain(named).chain(all.values);
        let mentioned = || mentioned::values(&before.schema, &after.schema);
        for value in values.chain(std::iter::once_with(mentioned).flatten()) {
            let Some((json, is_old)) = proof(&value) else { continue };
            if !self.is_taken_by_sibling(pair, &value, is_old, DEPTH) {
                return Some(Witness::Value { json, is_old });
            }
        }
        None
    }

    /// Whether a pair is one of branches of unions, and the unions allow a value that the branch refuses, because another branch does.
    fn is_taken_by_sibling(&mut self, pair: Pair, value: &Value, is_old: bool, depth: usize) -> bool {
        let parents = self.parents.get(&pair).cloned().unwrap_or_default();
        depth > 0
            && !parents.is_empty()
            && parents.into_iter().all(|parent| {
                let is_branch = is_branch(self.old.schemas, parent.old, pair.old)
                    && is_branch(self.new.schemas, parent.new, pair.new);
                is_branch
                    && (self.is_allowed(parent, value, !is_old)
                        || self.is_taken_by_sibling(parent, value, is_old, depth - 1))
            })
    }

    /// Whether the schema of one document allows a value.
    fn is_allowed(&mut self, pair: Pair, value: &Value, by_old: bool) -> bool {
        let judge = if by_old { self.old.judge(pair.old, pair.sender) } else { self.new.judge(pair.new, pair.sender) };
        judge.is_some_and(|judge| judge.validator.is_valid(value))
    }
}

/// Whether a schema is a branch of a union, or all that stands in its place.
fn is_branch(schemas: &Schemas, union: SchemaId, id: SchemaId) -> bool {
    let id = settled(schemas, id);
    let branches = View::of(schemas, union).branches().unwrap_or_default();
    settled(schemas, union) == id || branches.iter().any(|branch| settled(schemas, branch.schema) == id)
}

/// Whether a schema allows a value, with all that it refers to.
fn is_valid(schemas: &Schemas, id: SchemaId, value: &Value, sender: Direction) -> bool {
    instance::faults(schemas, id, &of_the_api(value), sender).is_empty()
}

fn of_the_api(value: &Value) -> api::Value {
    match value {
        Value::Null => api::Value::Null,
        Value::Bool(flag) => api::Value::Bool(*flag),
        Value::Number(number) => api::Value::Number(number.to_string()),
        Value::String(text) => api::Value::String(text.clone()),
        Value::Array(items) => api::Value::List(items.iter().map(of_the_api).collect()),
        Value::Object(all) => {
            api::Value::Object(all.iter().map(|(name, value)| (name.clone(), of_the_api(value))).collect())
        }
    }
}
