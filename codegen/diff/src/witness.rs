//! Payloads that prove breaks of the wire: a value that one document allows and the other one does not.
//!
//! Which values a document allows is decided by the `jsonschema` crate on the document's own text, not by what compares the documents: a
//! proof by the same code that makes the claim would prove nothing. That is why the crate is no dependency of tests alone.

mod candidates;
mod circles;
mod judge;
mod listed;
mod mentioned;
mod minimal;
mod schema;
mod unforeseen;
mod written;

use std::collections::HashMap;

use serde_json::Value;
use specie_codegen::api::{SchemaId, Schemas};

use crate::found::Found;
use crate::schemas::{Pair, View, settled};
use crate::{Answer, Audience, Finding, Rule, Verdict, Witness};
use candidates::Candidates;
pub(crate) use judge::Judges;
use judge::is_valid;
pub(crate) use unforeseen::amend;

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

/// Gives each finding that breaks the wire what shows it; `None`: the documents are no JSON.
pub(crate) fn prove(found: &mut Found<'_>, judges: Option<&mut Judges<'_>>) {
    let breaks = |one: &Finding| Audience::WIRE.into_iter().any(|audience| one.verdict(audience) == Verdict::Breaks);
    if !found.findings.iter().any(breaks) {
        return;
    }
    let mut parents: HashMap<Pair, Vec<Pair>> = HashMap::new();
    for pair in found.comparer.compared_pairs() {
        found.comparer.parts(pair).into_iter().for_each(|part| parents.entry(part).or_default().push(pair));
    }
    let mut prover = judges.map(|judges| Prover { judges, parents });
    for (finding, places) in found.findings.iter_mut().zip(&found.places) {
        if breaks(finding) {
            finding.witness = Some(match &mut prover {
                _ if is_stated(finding, places) => Witness::Stated,
                Some(prover) => prover.witness(finding, places),
                None => Witness::NotProven,
            });
        }
    }
}

struct Prover<'a, 'j> {
    judges: &'j mut Judges<'a>,
    /// The pairs that each pair is a part of.
    parents: HashMap<Pair, Vec<Pair>>,
}

impl Prover<'_, '_> {
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
        let [before, after] = self.judges.of(pair)?;
        let is_proof = |value: &Value| {
            let [was, is] = [&before, &after].map(|judge| written::allows(judge, value, pair.carrier));
            let is_old = was && !is && finding.relation.old_in_new == Answer::No;
            let is_new = is && !was && finding.relation.new_in_old == Answer::No;
            (is_old || is_new).then_some(is_old)
        };
        let sides = [(self.judges.old.schemas, pair.old), (self.judges.new.schemas, pair.new)];
        let stated = [&finding.before, &finding.after].map(|text| text.as_deref());
        let all = Candidates::of(sides, pair.sender, &finding.about, stated);
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
        let is_of_null = matches!(finding.rule, Rule::BecameNullable | Rule::BecameNotNullable);
        for value in values.chain(std::iter::once_with(mentioned).flatten()) {
            let Some((json, is_old)) = proof(&value).filter(|_| !is_of_null || value.is_null()) else { continue };
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
                let is_branch = is_branch(self.judges.old.schemas, parent.old, pair.old)
                    && is_branch(self.judges.new.schemas, parent.new, pair.new);
                is_branch
                    && (self.is_allowed(parent, value, !is_old)
                        || self.is_taken_by_sibling(parent, value, is_old, depth - 1))
            })
    }

    /// Whether the schema of one document allows a value.
    fn is_allowed(&mut self, pair: Pair, value: &Value, by_old: bool) -> bool {
        let judge = if by_old {
            self.judges.old.judge(pair.old, pair.sender)
        } else {
            self.judges.new.judge(pair.new, pair.sender)
        };
        judge.is_some_and(|judge| judge.validator.is_valid(value))
    }
}

/// Whether a schema is a branch of a union, or all that stands in its place.
fn is_branch(schemas: &Schemas, union: SchemaId, id: SchemaId) -> bool {
    let id = settled(schemas, id);
    let branches = View::of(schemas, union).branches().unwrap_or_default();
    settled(schemas, union) == id || branches.iter().any(|branch| settled(schemas, branch.schema) == id)
}
