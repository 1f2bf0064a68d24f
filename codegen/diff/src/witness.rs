//! Payloads that prove breaks of the wire: a value that one document allows and the other one does not.
//!
//! Which values a document allows is decided by the `jsonschema` crate on the document's own text, not by what compares the documents: a
//! proof by the same code that makes the claim would prove nothing. That is why the crate is no dependency of tests alone.

mod candidates;
mod circular_references;
mod forms;
mod json_schema;
mod judge;
mod listed_properties;
mod mentioned_values;
mod minimal_values;
mod references;
mod rounded_numbers;
mod unreported_values;
mod values_as_text;

use std::collections::{HashMap, HashSet};

use jsonschema::Validator;
use serde_json::Value;

use crate::findings::ComparedDocuments;
use crate::schemas::{A_LIST, Null, Pair, View};
use crate::{Answer, Audience, Finding, Rule, Verdict, Witness};
use candidates::Candidates;
pub(crate) use judge::Judges;
use judge::are_certain;
pub(crate) use rounded_numbers::read;
pub(crate) use unreported_values::amend;

/// At how many places a value is looked for.
const PLACES: usize = 12;

/// How many values that both documents allow are changed in one property.
const BASES: usize = 4;

/// How many characters a value may have that is given: a text of the largest bound that is tried, and little more.
const LONGEST: usize = 6_000;

/// Changes of which values name a branch: a value that fits two of them by itself fits no `oneOf`, whatever its name says.
const OF_DISCRIMINATORS: &[Rule] = &[Rule::DiscriminatorValueAdded, Rule::DiscriminatorValueRemoved];

/// Whether a change is none of a value. What a text holds (`contentSchema`) no validator asserts (JSON Schema Validation 2020-12, 8.1).
fn is_stated(finding: &Finding, places: &[Pair]) -> bool {
    let is_content = |value: &Option<String>| value.as_deref() == Some("contentSchema");
    // One value and a list of one are written the same way, and JSON tells them apart.
    let is_list = |value: &Option<String>| value.as_deref() == Some(A_LIST);
    places.is_empty()
        || is_list(&finding.before)
        || is_list(&finding.after)
        || finding.rule == Rule::XmlChanged
        || finding.rule == Rule::UncheckedChanged && (is_content(&finding.before) || is_content(&finding.after))
}

/// Gives each finding that breaks the wire what shows it; `None`: the documents are no JSON.
pub(crate) fn prove(found: &mut ComparedDocuments<'_>, judges: Option<&mut Judges<'_>>) {
    let breaks = |one: &Finding| Audience::WIRE.into_iter().any(|audience| one.verdict(audience) == Verdict::Breaks);
    if !found.findings.iter().any(breaks) {
        return;
    }
    let mut parents: HashMap<Pair, Vec<Pair>> = HashMap::new();
    let mut names = HashMap::new();
    for pair in found.comparer.compared_pairs() {
        for (step, part) in found.comparer.named_parts(pair) {
            parents.entry(part).or_default().push(pair);
            // A regular expression is no name.
            let name = step.strip_prefix('.').filter(|name| !name.starts_with('{'));
            names.extend(name.map(|name| ((pair, part), name.to_owned())));
        }
    }
    let mut prover = judges.map(|judges| Prover { judges, parents, names });
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
    /// The properties of pairs of objects, each by what they are of and what they hold.
    names: HashMap<(Pair, Pair), String>,
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
        let sides = [(self.judges.old.schemas, pair.old), (self.judges.new.schemas, pair.new)];
        let stated = [&finding.before, &finding.after].map(|text| text.as_deref());
        let all = Candidates::of(sides, pair.sender, &finding.about, stated);
        // Of a value that both allow one property is changed, so that nothing else can be what refuses it.
        let mut near = all.about(BASES, |value| before.validator.is_valid(value) && after.validator.is_valid(value));
        // Of a short one it is seen what it proves.
        near.sort_by_cached_key(|value| value.to_string().len());
        // A value that the change names proves that change, and no other one of the same list.
        let named =
            [&finding.before, &finding.after].into_iter().flatten().filter_map(|text| candidates::of_text(text));
        let mentioned = std::iter::once_with(|| mentioned_values::values(&before.schema, &after.schema)).flatten();
        let turned = std::iter::once_with(|| mentioned_values::turned_around(&before.schema, &after.schema)).flatten();
        let values = near.into_iter().chain(named).chain(all.values()).chain(mentioned).chain(turned);
        self.proof(finding, pair, values)
    }

    /// The first of some values that proves a change at a pair of schemas.
    fn proof(&mut self, finding: &Finding, pair: Pair, values: impl Iterator<Item = Value>) -> Option<Witness> {
        let is_of_null = matches!(finding.rule, Rule::BecameNullable | Rule::BecameNotNullable);
        let is_of_discriminator = OF_DISCRIMINATORS.contains(&finding.rule);
        let by_themselves = if is_of_discriminator { self.judges.without_discriminators(pair) } else { None };
        let wholes = self.wholes(pair);
        for value in
            values.filter(|value| (!is_of_null || value.is_null()) && values_as_text::is_usual(value, pair.carrier))
        {
            let Some(is_old) = self.shows(finding, pair, &value) else { continue };
            let fits_one = |[old, new]: &[Validator; 2]| if is_old { old } else { new }.is_valid(&value);
            let json = value.to_string();
            if json.len() <= LONGEST
                && by_themselves.as_ref().is_none_or(fits_one)
                && wholes.iter().any(|whole| self.shows_at(*whole, &value) == Some(is_old))
                && self.shows_above(pair, &value, is_old)
            {
                return Some(Witness::Value { json, is_old });
            }
        }
        None
    }

    /// Whether only the old document allows a value, where a change refuses such values; `None` where the value shows nothing of it.
    fn shows(&mut self, finding: &Finding, pair: Pair, value: &Value) -> Option<bool> {
        let is_old = self.shows_at(pair, value)?;
        let answer = if is_old { finding.relation.old_in_new } else { finding.relation.new_in_old };
        (answer == Answer::No).then_some(is_old)
    }

    /// Whether of both documents only the old one allows a value at a pair of schemas; `None` where both judge it alike.
    fn shows_at(&mut self, pair: Pair, value: &Value) -> Option<bool> {
        let both = self.judges.of(pair)?;
        let [was, is] = both.each_ref().map(|judge| values_as_text::allows(&judge.validator, value, pair.carrier));
        if was == is {
            return None;
        }
        let sides = [(self.judges.old.schemas, pair.old), (self.judges.new.schemas, pair.new)];
        // A format that nobody checks may decide it either way: beside `not` it refuses what has it.
        let mut judged = both.iter().zip([was, is]);
        let is_known = judged
            .all(|(judge, is_allowed)| values_as_text::allows(judge.beyond_doubt(), value, pair.carrier) == is_allowed);
        (is_known && are_certain(&both, [was, is], sides, (value, pair.sender))).then_some(was)
    }

    /// Whether a value of a property shows the same in an object that demands more of its properties together, or is a branch. Where no such
    /// object is found that both documents allow, it is not known to show anything else.
    fn shows_above(&mut self, pair: Pair, value: &Value, is_old: bool) -> bool {
        let parents = self.parents.get(&pair).cloned().unwrap_or_default();
        let mut above = parents.into_iter().filter_map(|parent| Some((parent, self.property(parent, pair)?)));
        let Some((parent, name)) = above.next().filter(|_| above.next().is_none()) else { return true };
        let [whole] = self.wholes(parent)[..] else { return true };
        let (Some(own), Some(all)) = (self.judges.of(parent), self.judges.of(whole)) else { return true };
        let sides = [(self.judges.old.schemas, parent.old), (self.judges.new.schemas, parent.new)];
        let fits_all = |one: &Value| own.iter().chain(&all).all(|judge| judge.validator.is_valid(one));
        let candidates = Candidates::of(sides, parent.sender, "", [None; 2]);
        let objects = candidates.values().filter(fits_all).filter_map(|one| one.as_object().cloned());
        let held = objects.take(BASES).map(|object| candidates::with(&object, &name, value.clone()));
        let held: Vec<Value> = held.collect();
        held.is_empty() || held.iter().any(|held| self.shows_at(whole, held) == Some(is_old))
    }

    /// The property of which a pair has the values, where the objects of another pair demand more of them together.
    fn property(&self, parent: Pair, part: Pair) -> Option<String> {
        let demands = |schemas, id| {
            let view = View::of(schemas, id);
            !view.constraints.asserted.is_empty() || !view.unchecked.is_empty()
        };
        let is_branch = parent.null == Null::Elsewhere;
        let demands_more =
            || demands(self.judges.old.schemas, parent.old) || demands(self.judges.new.schemas, parent.new);
        (is_branch || demands_more()).then(|| self.names.get(&(parent, part)).cloned()).flatten()
    }

    /// The pair itself; of branches, the unions that they are branches of: what one branch refuses, another one may allow.
    fn wholes(&self, pair: Pair) -> Vec<Pair> {
        let (mut found, mut seen, mut waiting) = (Vec::new(), HashSet::from([pair]), vec![pair]);
        while let Some(next) = waiting.pop() {
            let parents = self.parents.get(&next).map(Vec::as_slice).unwrap_or_default();
            if next.null == Null::Compared || parents.is_empty() {
                found.push(next);
            } else {
                waiting.extend(parents.iter().copied().filter(|parent| seen.insert(*parent)));
            }
        }
        found
    }
}
