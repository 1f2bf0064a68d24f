//! What was found about two documents, and which finding is the cause of a change of their crates.

mod follow;

use std::collections::{HashMap, HashSet, VecDeque};

use specie_codegen::api::{Api, Key, SchemaId};

use crate::code::{ChangedItem, Origin, Owner};
use crate::document_location::{Site, label};
use crate::path_in_component::component;
use crate::schemas::{Comparer, Pair, settled};
use crate::{Edit, Finding, Relation, Rule, Use};
use follow::{follow_fields, follow_mentions};

/// The findings, and what is needed to find causes.
pub(crate) struct ComparedDocuments<'a> {
    pub(crate) findings: Vec<Finding>,
    /// The pairs of schemas that each finding was made at.
    pub(crate) places: Vec<Vec<Pair>>,
    /// What was compared at each place of an operation.
    pub(crate) roots: Vec<(Site, Pair)>,
    pub(crate) comparer: Comparer<'a>,
}

/// Rules of changes that no type and no name of generated code follows from.
const WITHOUT_CODE: &[Rule] = &[
    Rule::DefaultChanged,
    Rule::SchemaDeprecated,
    Rule::MinLengthChanged,
    Rule::MaxLengthChanged,
    Rule::PatternAdded,
    Rule::PatternChanged,
    Rule::PatternRemoved,
    Rule::MultipleOfChanged,
    Rule::UniqueItemsChanged,
    Rule::XmlChanged,
];

/// Finds the causes of changes of code.
pub(crate) struct Causes<'a, 'f> {
    found: &'f ComparedDocuments<'a>,
    /// The findings at each pair of schemas.
    at: HashMap<Pair, Vec<usize>>,
    /// The pairs of each schema of the old document.
    by_old: HashMap<SchemaId, Vec<Pair>>,
    /// The pairs of each schema of the new document.
    by_new: HashMap<SchemaId, Vec<Pair>>,
    /// The findings that reach each operation.
    by_operation: HashMap<&'f str, Vec<usize>>,
    /// What findings call an operation, by what the old document calls it.
    labels: &'f HashMap<String, String>,
}

impl<'a, 'f> Causes<'a, 'f> {
    pub(crate) fn new(found: &'f ComparedDocuments<'a>, labels: &'f HashMap<String, String>) -> Self {
        let mut at: HashMap<Pair, Vec<usize>> = HashMap::new();
        for (index, pairs) in found.places.iter().enumerate() {
            for pair in pairs {
                at.entry(*pair).or_default().push(index);
            }
        }
        let (mut by_old, mut by_new): (HashMap<_, Vec<Pair>>, HashMap<_, Vec<Pair>>) = Default::default();
        for pair in found.comparer.compared_pairs() {
            by_old.entry(pair.old).or_default().push(pair);
            by_new.entry(pair.new).or_default().push(pair);
        }
        let mut by_operation: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, finding) in found.findings.iter().enumerate() {
            for used in &finding.uses {
                let known = by_operation.entry(&used.operation).or_default();
                if known.last() != Some(&index) {
                    known.push(index);
                }
            }
        }
        Self { found, at, by_old, by_new, by_operation, labels }
    }

    fn label<'t>(&'t self, operation: &'t str) -> &'t str {
        self.labels.get(operation).map_or(operation, String::as_str)
    }

    /// Whether two items are made of what the documents compare with each other.
    pub(crate) fn same(&self, old: &Origin, new: &Origin) -> bool {
        match (old, new) {
            (Origin::Schema(one), Origin::Schema(other)) => one == other || self.are_compared(one, other),
            (Origin::Property(_, one), Origin::Property(_, other)) => one == other,
            (Origin::Operation(one), Origin::Operation(other)) => self.label(one) == other,
            (Origin::Part { operation: one, place }, Origin::Part { operation: other, place: other_place }) => {
                self.label(one) == other && place == other_place
            }
            (Origin::Extension { operation: one, rule }, Origin::Extension { operation: other, rule: other_rule }) => {
                self.label(one) == other && rule == other_rule
            }
            (Origin::Body { operation: one, steps }, Origin::Body { operation: other, steps: other_steps }) => {
                self.label(one) == other && steps == other_steps
            }
            (Origin::Links, Origin::Links) | (Origin::Servers, Origin::Servers) => false,
            (one, other) => one == other,
        }
    }

    fn are_compared(&self, old: &Key, new: &Key) -> bool {
        let (Some(old), Some(new)) = (self.old_id(old), self.new_id(new)) else { return false };
        self.by_old.get(&old).is_some_and(|pairs| pairs.iter().any(|pair| pair.new == new))
    }

    fn old_id(&self, key: &Key) -> Option<SchemaId> {
        Some(settled(self.found.comparer.old, self.found.comparer.old.find(key)?))
    }

    fn new_id(&self, key: &Key) -> Option<SchemaId> {
        Some(settled(self.found.comparer.new, self.found.comparer.new.find(key)?))
    }

    /// The pairs of a schema, of both documents where both are known.
    fn pairs(&self, old: Option<&Key>, new: Option<&Key>) -> Vec<Pair> {
        let of_old = old.and_then(|key| self.by_old.get(&self.old_id(key)?)).into_iter().flatten().copied();
        let of_new = new.and_then(|key| self.by_new.get(&self.new_id(key)?)).into_iter().flatten().copied();
        of_old.chain(of_new).collect()
    }

    /// The findings that each change of an item comes from.
    pub(crate) fn of_all(&self, changes: &[ChangedItem]) -> Vec<Vec<usize>> {
        let mut of: Vec<Vec<usize>> = changes.iter().map(|changed| self.of(changed)).collect();
        follow_mentions(changes, &mut of);
        follow_fields(changes, &mut of);
        // What a method takes now may be a type that came with it.
        follow_mentions(changes, &mut of);
        of
    }

    /// The findings that a change of an item comes from.
    fn of(&self, changed: &ChangedItem) -> Vec<usize> {
        let (old, new) = (changed.old.as_ref(), changed.new.as_ref());
        let Some(known) = new.or(old) else { return Vec::new() };
        match known {
            Origin::Schema(_) => self.near(self.pairs(key_of(old), key_of(new))),
            // What makes a value takes one property in place of several.
            Origin::Property(..) if matches!(old, Some(Origin::Schema(_))) => {
                self.near(self.pairs(key_of(old), key_of(new)))
            }
            Origin::Property(_, name) => self.below(&self.pairs(key_of(old), key_of(new)), name),
            Origin::Operation(operation) => self.at_place(operation, ""),
            Origin::Part { operation, place } => self.part(operation, place),
            Origin::Extension { operation, rule } => self.extension(operation, *rule),
            Origin::Body { operation, steps } => self.body(operation, steps),
            Origin::Scheme(_) | Origin::Security => self.by_place("security"),
            Origin::Servers => self.by_place("servers"),
            Origin::Links | Origin::Title => Vec::new(),
        }
    }

    /// The findings nearest to some pairs: those of fewest steps, and such that code follows from before others.
    fn near(&self, pairs: Vec<Pair>) -> Vec<usize> {
        let mut seen: HashSet<Pair> = pairs.iter().copied().collect();
        let mut waiting: VecDeque<(Pair, usize)> = pairs.into_iter().map(|pair| (pair, 0)).collect();
        let (mut nearest, mut others): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut reach = usize::MAX;
        while let Some((pair, steps)) = waiting.pop_front() {
            if steps > reach {
                break;
            }
            for index in self.at.get(&pair).into_iter().flatten() {
                let is_cause = self.found.findings.get(*index).is_some_and(|one| !WITHOUT_CODE.contains(&one.rule));
                if is_cause {
                    reach = steps;
                    nearest.push(*index);
                } else if others.is_empty() {
                    others.push(*index);
                }
            }
            let parts = self.found.comparer.parts(pair);
            waiting.extend(parts.into_iter().filter(|part| seen.insert(*part)).map(|part| (part, steps + 1)));
        }
        unique(if nearest.is_empty() { others } else { nearest })
    }

    /// The findings about a property, or else those nearest below it.
    fn below(&self, pairs: &[Pair], name: &str) -> Vec<usize> {
        let about = |index: &&usize| {
            self.found.findings.get(**index).is_some_and(|one| {
                one.about == name
                    || one.about.is_empty()
                        && [&one.before, &one.after].into_iter().flatten().any(|value| value.trim_matches('"') == name)
            })
        };
        let own: Vec<usize> =
            pairs.iter().flat_map(|pair| self.at.get(pair).into_iter().flatten()).filter(about).copied().collect();
        if !own.is_empty() {
            return unique(own);
        }
        let steps = [format!(".{name}"), format!("<{name}>")];
        let parts = pairs.iter().flat_map(|pair| self.found.comparer.named_parts(*pair));
        let below: Vec<Pair> = parts.filter(|(step, _)| steps.contains(step)).map(|(_, part)| part).collect();
        if below.is_empty() { self.near(pairs.to_vec()) } else { self.near(below) }
    }

    /// The findings at a part of an operation.
    fn part(&self, operation: &str, place: &str) -> Vec<usize> {
        let operation = self.label(operation);
        let is_in = |one: &Use| {
            let rest = one.place.strip_prefix(place);
            one.operation == operation && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',']))
        };
        let at = self.of_operation(operation, |one| one.uses.iter().any(is_in) && !WITHOUT_CODE.contains(&one.rule));
        if at.is_empty() { self.at_place(operation, "") } else { at }
    }

    /// The findings about what an extension key says, or else about the operation.
    fn extension(&self, operation: &str, rule: Rule) -> Vec<usize> {
        let stated = self.of_operation(self.label(operation), |one| one.rule == rule);
        if stated.is_empty() { self.at_place(operation, "") } else { stated }
    }

    /// The findings at exactly one place of an operation.
    fn at_place(&self, operation: &str, place: &str) -> Vec<usize> {
        let operation = self.label(operation);
        self.of_operation(operation, |one| {
            one.uses.iter().any(|used| used.operation == operation && used.place == place)
        })
    }

    fn by_place(&self, place: &str) -> Vec<usize> {
        let all = self.found.findings.iter().enumerate();
        all.filter(|(_, one)| one.uses.iter().any(|used| used.place == place)).map(|(index, _)| index).collect()
    }

    fn body(&self, operation: &str, steps: &[String]) -> Vec<usize> {
        let label = self.label(operation);
        let roots = self.found.roots.iter();
        let at = roots.filter(|(site, _)| site.operation == label && site.place.starts_with("request body"));
        let mut pairs: Vec<Pair> = at.map(|(_, pair)| *pair).collect();
        let stated = self.at_place(operation, "request body");
        if !stated.is_empty() || pairs.is_empty() {
            return if stated.is_empty() { self.at_place(operation, "") } else { stated };
        }
        let Some((last, before)) = steps.split_last() else { return self.near(pairs) };
        for step in before {
            let step = format!(".{step}");
            let parts = pairs.iter().flat_map(|pair| self.found.comparer.named_parts(*pair));
            pairs = parts.filter(|(name, _)| *name == step).map(|(_, part)| part).collect();
        }
        self.below(&pairs, last)
    }

    fn of_operation(&self, operation: &str, test: impl Fn(&Finding) -> bool) -> Vec<usize> {
        let all = self.by_operation.get(operation).into_iter().flatten().copied();
        all.filter(|index| self.found.findings.get(*index).is_some_and(&test)).collect()
    }
}

fn key_of(origin: Option<&Origin>) -> Option<&Key> {
    match origin {
        Some(Origin::Schema(key) | Origin::Property(key, _)) => Some(key),
        _ => None,
    }
}

fn unique(mut indices: Vec<usize>) -> Vec<usize> {
    indices.sort_unstable();
    indices.dedup();
    indices
}

/// Adds the changes of code to the findings that caused them; those without a cause make findings of their own, one for each schema or
/// operation.
pub(crate) fn with_code(
    mut findings: Vec<Finding>,
    documents: (&Api, &Api),
    changes: Vec<ChangedItem>,
    of: Vec<Vec<usize>>,
) -> Vec<Finding> {
    let mut owners: HashMap<Owner, usize> = HashMap::new();
    for (changed, causes) in changes.into_iter().zip(of) {
        let owner = changed.new.as_ref().or(changed.old.as_ref()).map_or(Owner::Document(""), Origin::owner);
        let indices = if causes.is_empty() {
            vec![*owners.entry(owner).or_insert_with_key(|owner| {
                findings.push(without_cause(owner, documents));
                findings.len() - 1
            })]
        } else {
            causes
        };
        for index in indices {
            if let Some(finding) = findings.get_mut(index) {
                finding.code.push(changed.change.clone());
            }
        }
    }
    findings
}

/// A finding for changes of code that no change of the wire is the cause of.
fn without_cause(owner: &Owner, (old, new): (&Api, &Api)) -> Finding {
    let mut edit = Edit::new(Rule::CodeChanged, Relation::SAME, None, None);
    let (mut schema, mut within, mut uses) = (None, String::new(), Vec::new());
    match owner {
        Owner::Schema(key) => {
            let span = |api: &Api| Some(api.schemas.get(api.schemas.find(key)?)?.span);
            (edit.old, edit.new) = (span(old), span(new));
            let schemas = if edit.new.is_some() { &new.schemas } else { &old.schemas };
            match (component(schemas, key), key) {
                (Some((name, rest)), _) => (schema, within) = (Some(name), rest),
                (None, Key::Component(name)) => schema = Some(name.clone()),
                (None, Key::Pointer(pointer)) => edit.about.clone_from(pointer),
            }
        }
        Owner::Operation(name) => {
            let span = |api: &Api| {
                let mut all = api.operations.iter().chain(&api.webhooks);
                all.find(|one| label(one) == *name).map(|one| one.name_span)
            };
            (edit.old, edit.new) = (span(old), span(new));
            uses.push(Use { operation: name.clone(), place: String::new() });
        }
        Owner::Document(part) => (*part).clone_into(&mut edit.about),
    }
    let Edit { rule, relation, about, before, after, old, new } = edit;
    Finding {
        rule,
        relation,
        schema,
        within,
        about,
        before,
        after,
        old,
        new,
        uses,
        code: Vec::new(),
        witness: None,
        allowed: None,
        verdicts: Default::default(),
    }
}
