//! From changes at their places to findings: each change once, with every place of an operation that it reaches.

mod owners;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use specie_codegen::api::{SchemaId, Schemas};

use crate::document_location::Site;
use crate::findings::ComparedDocuments;
use crate::path_in_component::component;
use crate::schemas::{Carrier, Comparer, Local, Pair};
use crate::{Edit, Finding, Relation, Rule, Use};
use owners::Owners;

/// What was found so far.
pub(crate) struct Collector<'a> {
    comparer: Comparer<'a>,
    owners: Owners<'a>,
    findings: Vec<Finding>,
    /// The pairs of schemas that each finding was made at.
    places: Vec<Vec<Pair>>,
    known: HashMap<Edit, usize>,
    uses: HashSet<(usize, Use)>,
    roots: Vec<(Site, Pair)>,
}

impl<'a> Collector<'a> {
    pub(crate) fn new(old: &'a Schemas, new: &'a Schemas) -> Self {
        Self {
            comparer: Comparer::new(old, new),
            owners: Owners::new(old, new),
            findings: Vec::new(),
            places: Vec::new(),
            known: HashMap::new(),
            uses: HashSet::new(),
            roots: Vec::new(),
        }
    }

    /// The schemas of the old document.
    pub(crate) fn old(&self) -> &'a Schemas {
        self.comparer.old
    }

    /// The schemas of the new document.
    pub(crate) fn new_schemas(&self) -> &'a Schemas {
        self.comparer.new
    }

    /// A change at a place.
    pub(crate) fn edit(&mut self, site: &Site, edit: Edit) {
        self.add(site, None, edit);
    }

    /// How a form is written whose properties of these names are JSON.
    pub(crate) fn form(&mut self, json: HashSet<String>) -> Carrier {
        self.comparer.form(json)
    }

    /// Two schemas of values at a place.
    pub(crate) fn schemas(&mut self, site: &Site, old: SchemaId, new: SchemaId, carrier: Carrier) {
        let pair = self.comparer.pair(old, new, site.sender, carrier);
        self.roots.push((site.clone(), pair));
    }

    /// Everything that was found, in the order in which it was; `amend` may change what is found at pairs of schemas, of which it gets all.
    pub(crate) fn found(mut self, amend: impl FnOnce(&mut Comparer<'a>, &[Pair])) -> ComparedDocuments<'a> {
        let roots = std::mem::take(&mut self.roots);
        let all = self.comparer.reached(roots.iter().map(|(_, pair)| *pair));
        amend(&mut self.comparer, &all);
        let changed = self.leading_to_changes(roots.iter().map(|(_, pair)| *pair));
        let graph = self.graph(changed);
        let nodes = graph.nodes.len();
        let mut walked =
            Walked { turn: 0, seen: vec![usize::MAX; nodes], trail: Vec::new(), findings: vec![None; nodes] };
        for (turn, (site, root)) in roots.iter().enumerate() {
            walked.turn = turn;
            self.walk(site, *root, &graph, &mut walked);
        }
        ComparedDocuments { findings: self.findings, places: self.places, roots, comparer: self.comparer }
    }

    /// The pairs below which a change is.
    fn leading_to_changes(&mut self, roots: impl Iterator<Item = Pair>) -> HashSet<Pair> {
        let mut waiting: Vec<Pair> = roots.collect();
        let mut seen: HashSet<Pair> = waiting.iter().copied().collect();
        let mut parents: HashMap<Pair, Vec<Pair>> = HashMap::new();
        let mut changed = Vec::new();
        while let Some(pair) = waiting.pop() {
            let local = self.comparer.local(pair);
            if !local.edits.is_empty() {
                changed.push(pair);
            }
            for (_, part) in &local.parts {
                parents.entry(*part).or_default().push(pair);
                if seen.insert(*part) {
                    waiting.push(*part);
                }
            }
        }
        let mut found: HashSet<Pair> = changed.iter().copied().collect();
        while let Some(pair) = changed.pop() {
            let above = parents.get(&pair).into_iter().flatten();
            changed.extend(above.copied().filter(|parent| found.insert(*parent)));
        }
        found
    }

    /// The pairs below which a change is, each with what was found at it and with those of its parts that are among them.
    fn graph(&mut self, changed: HashSet<Pair>) -> Graph {
        let index: HashMap<Pair, usize> = changed.into_iter().enumerate().map(|(at, pair)| (pair, at)).collect();
        let mut pairs: Vec<(Pair, usize)> = index.iter().map(|(pair, at)| (*pair, *at)).collect();
        pairs.sort_unstable_by_key(|(_, at)| *at);
        let nodes = pairs.into_iter().map(|(pair, _)| {
            let local = self.comparer.local(pair);
            let parts = local.parts.iter().enumerate();
            let parts = parts.filter_map(|(step, (_, part))| Some((step, *index.get(part)?))).collect();
            Node { pair, local, parts }
        });
        let nodes = nodes.collect();
        Graph { nodes, index }
    }

    /// Adds each change below a place, by the shortest way to it.
    fn walk(&mut self, site: &Site, root: Pair, graph: &Graph, walked: &mut Walked) {
        let Some(root) = graph.index.get(&root) else { return };
        walked.trail.clear();
        walked.reach(*root, None, 0);
        let mut at = 0;
        while let Some((place, node)) =
            walked.trail.get(at).and_then(|step| Some((step.node, graph.nodes.get(step.node)?)))
        {
            if !node.local.edits.is_empty() {
                let path = graph.path(&walked.trail, at);
                let separator = if path.is_empty() { "" } else { " " };
                let site = site.at(format!("{}{separator}{path}", site.place));
                // A pair is met on the way from many places, and its findings are looked up once.
                let known = walked.findings.get_mut(place).map(|known| {
                    &*known.get_or_insert_with(|| {
                        node.local.edits.iter().map(|edit| self.finding(Some(node.pair), edit.clone())).collect()
                    })
                });
                for (index, edit) in known.into_iter().flatten().zip(&node.local.edits) {
                    self.reach(&site, *index, edit.relation);
                }
            }
            for (step, part) in &node.parts {
                walked.reach(*part, Some(at), *step);
            }
            at += 1;
        }
    }

    fn add(&mut self, site: &Site, pair: Option<Pair>, edit: Edit) {
        let relation = edit.relation;
        let index = self.finding(pair, edit);
        self.reach(site, index, relation);
    }

    /// The place of the finding of a change among all, which is new where nothing was found of it yet.
    fn finding(&mut self, pair: Option<Pair>, edit: Edit) -> usize {
        // One change may allow more in one direction and less in the other; it is one change all the same.
        let edit = Edit { relation: Relation::SAME, ..edit };
        let count = self.findings.len();
        let index = *self.known.entry(self.owners.inherited(&edit)).or_insert_with(|| {
            let Edit { rule, relation, about, before, after, old, new } = edit;
            // Where another component stands in a place, the change is one of the old component.
            let place = |schemas: &Schemas, id| component(schemas, &schemas.get(id)?.key);
            let stated = pair.and_then(|pair| place(self.comparer.old, pair.old));
            let stated = stated.or_else(|| pair.and_then(|pair| place(self.comparer.new, pair.new)));
            let (schema, within) = stated.unzip();
            let within = within.unwrap_or_default();
            let uses = Vec::new();
            let code = Vec::new();
            let (verdicts, witness) = Default::default();
            self.findings.push(Finding {
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
                code,
                witness,
                allowed: None,
                verdicts,
            });
            self.places.push(Vec::new());
            self.findings.len() - 1
        });
        if let (Some(pair), Some(places)) = (pair, self.places.get_mut(index))
            && !places.contains(&pair)
        {
            places.push(pair);
            if index < count {
                self.name_owner(index);
            }
        }
        index
    }

    /// Names the schema that gained or lost a property which others take over by `allOf`.
    fn name_owner(&mut self, index: usize) {
        let Some(finding) = self.findings.get_mut(index) else { return };
        let Some(owner) = self.owners.of(finding.rule, &finding.about, (finding.old, finding.new)) else { return };
        if let Some((schema, within)) = component(owner.schemas, owner.key) {
            (finding.schema, finding.within) = (Some(schema), within);
            let without = if finding.rule == Rule::PropertyAdded { &mut finding.old } else { &mut finding.new };
            *without = Some(owner.other);
        }
    }

    /// Says that a change reaches a place, where values stand so to each other.
    fn reach(&mut self, site: &Site, index: usize, relation: Relation) {
        let Some(finding) = self.findings.get_mut(index) else { return };
        finding.relation = finding.relation.and(relation);
        finding.judge_wire(relation, site.sender);
        let place = Use { operation: site.operation.clone(), place: site.place.clone() };
        if self.uses.insert((index, place.clone())) {
            finding.uses.push(place);
        }
    }
}

/// What is kept from one place of an operation to the next.
struct Walked {
    /// Which place it is.
    turn: usize,
    /// The last place from which each node was reached.
    seen: Vec<usize>,
    /// The nodes that were reached from this place, in their order.
    trail: Vec<Step>,
    /// The findings of each node, once they are known.
    findings: Vec<Option<Vec<usize>>>,
}

impl Walked {
    /// Puts a node on the trail that was not reached from this place yet.
    fn reach(&mut self, node: usize, before: Option<usize>, part: usize) {
        if let Some(known) = self.seen.get_mut(node).filter(|known| **known != self.turn) {
            *known = self.turn;
            self.trail.push(Step { node, before, part });
        }
    }
}

/// The pairs below which a change is.
struct Graph {
    nodes: Vec<Node>,
    index: HashMap<Pair, usize>,
}

/// One pair.
struct Node {
    pair: Pair,
    local: Rc<Local>,
    /// Its parts by their places among those of `local`, and their nodes.
    parts: Vec<(usize, usize)>,
}

/// A node on the way from what stands at a place, with the part of the node before that leads to it.
struct Step {
    node: usize,
    before: Option<usize>,
    part: usize,
}

impl Graph {
    /// The steps that lead to a place of a trail: `.items[].amount`.
    fn path(&self, trail: &[Step], at: usize) -> String {
        let steps = std::iter::successors(trail.get(at), |step| step.before.and_then(|before| trail.get(before)));
        let mut steps: Vec<&str> = steps
            .filter_map(|step| {
                let before = self.nodes.get(trail.get(step.before?)?.node)?;
                before.local.parts.get(step.part).map(|(name, _)| name.as_str())
            })
            .collect();
        steps.reverse();
        steps.concat()
    }
}
