//! Unions: their branches are brought together, and each pair of branches is compared.

mod discriminators;
mod likeness;
mod lone_branches;
mod replaced;

use std::collections::{HashMap, HashSet};

use specie_codegen::api::{Branch, Combination, Constraints, Key, SchemaId, Schemas, Shape, Union};

use super::{Comparer, Local, Null, Pair, View, types, view};
use crate::{Answer, Edit, Relation, Rule};

/// One branch; a schema that is no union is its own only one.
struct Alternative<'a> {
    schema: SchemaId,
    /// The component that names it.
    component: Option<SchemaId>,
    tags: &'a [String],
    /// What a person calls it.
    label: String,
    /// Its place among the branches of the other document, once it has one.
    partner: Option<usize>,
}

/// Compares two schemas of which at least one is a union; whether what else restricts the values is still to be compared.
pub(super) fn compare(
    comparer: &mut Comparer<'_>,
    pair: Pair,
    views: (&View<'_>, &View<'_>),
    local: &mut Local,
) -> bool {
    let (old, new) = views;
    let (mut ones, mut others) = (alternatives(old, new), alternatives(new, old));
    if comparer.in_progress.len() > 1 {
        comparer.budget.weigh(ones.len() * others.len());
    }
    by_name(old, new, &mut ones, &mut others);
    by_likeness(comparer, pair, views, (&mut ones, &mut others));
    by_values(comparer, pair, &mut ones, &mut others);
    by_shape((old, new), &mut ones, &mut others);
    local.has_lone_branch = ones.iter().chain(&others).any(|one| one.partner.is_none());
    let is_alone = |view: &View<'_>, all: &[Alternative<'_>]| {
        view.branches().is_none() && all.iter().all(|one| one.partner.is_none())
    };
    if is_alone(old, &ones) || is_alone(new, &others) {
        replaced::compare(comparer, pair, views, (&ones, &others), local);
        return false;
    }
    for one in &ones {
        match one.partner.and_then(|at| others.get(at)) {
            Some(other) => {
                let step = if ones.len().max(others.len()) > 1 { step(&one.label) } else { String::new() };
                local.part(step, branches(comparer, pair, one.schema, other.schema));
                discriminators::tags(views, one, other, local);
            }
            None => lone_branches::gone(comparer, pair, views, (one, &others), local),
        }
    }
    for other in others.iter().filter(|other| other.partner.is_none()) {
        lone_branches::added(comparer, pair, views, (&ones, other), local);
    }
    lone_branches::overlapping(comparer, pair, views, (&ones, &others), local);
    discriminators::targets(views, (&ones, &others), local);
    if let (Shape::Union(one), Shape::Union(other)) = (old.shape, new.shape) {
        whole((one, other), local);
        discriminators::properties(views, (one, other), local);
        return true;
    }
    // What restricts the plain schema is compared with the branches; what restricts the union as a whole is not.
    let union = if old.branches().is_some() { old } else { new };
    if union.constraints != Constraints::default() {
        local.push(Edit::new(Rule::AssertionChanged, Relation::UNKNOWN, Some(old.span), Some(new.span)));
    }
    false
}

/// The pair of two branches, whose null the unions compare.
fn branches(comparer: &Comparer<'_>, pair: Pair, old: SchemaId, new: SchemaId) -> Pair {
    Pair { null: Null::Elsewhere, ..comparer.part_of(pair, old, new) }
}

/// The step that leads to a branch.
fn step(label: &str) -> String {
    format!("<{label}>")
}

/// The step from a union to a branch of it; `None` where it has no other one.
pub(crate) fn step_to_branch(schemas: &Schemas, union: SchemaId, branch: SchemaId) -> Option<String> {
    let view = View::of(schemas, union);
    let branches = view.branches().filter(|branches| branches.len() > 1)?;
    let at = branches.iter().position(|one| one.schema == branch || one.component == Some(branch))?;
    let one = branches.get(at)?;
    Some(step(&label(schemas, one.component.unwrap_or(one.schema), at)))
}

/// The branches of a union, those of unions within it among them.
fn alternatives<'a>(view: &View<'a>, other: &View<'_>) -> Vec<Alternative<'a>> {
    if view.branches().is_none() {
        let label = view.type_name().to_owned();
        return vec![Alternative { schema: view.id, component: None, tags: &[], label, partner: None }];
    }
    let mut found = Vec::new();
    flatten(view, other, NESTED, &mut found);
    found
}

/// The schemas of the branches that a union is compared by.
pub(crate) fn branches_of(view: &View<'_>, other: &View<'_>) -> Vec<SchemaId> {
    alternatives(view, other).iter().map(|one| one.schema).collect()
}

/// How deep unions within unions are taken apart.
const NESTED: usize = 4;

/// From how many branches on no further union is taken apart.
const MOST: usize = 256;

fn flatten<'a>(view: &View<'a>, other: &View<'_>, depth: usize, found: &mut Vec<Alternative<'a>>) {
    for branch in view.branches().unwrap_or_default() {
        let component = branch.component.unwrap_or(branch.schema);
        let inner = View::of(view.schemas, branch.schema);
        if depth > 0
            && found.len() < MOST
            && is_transparent(view, branch, &inner)
            && !has_branch(other, view.schemas, component)
        {
            flatten(&inner, other, depth - 1, found);
            continue;
        }
        found.push(Alternative {
            schema: view::settled(view.schemas, branch.schema),
            component: Some(component),
            tags: &branch.tags,
            label: label(view.schemas, component, found.len()),
            partner: None,
        });
    }
}

/// Whether the branches of a union within a union are branches of the outer one.
fn is_transparent(outer: &View<'_>, branch: &Branch, inner: &View<'_>) -> bool {
    let (Shape::Union(outer), Shape::Union(union)) = (outer.shape, inner.shape) else { return false };
    let has_value = |property: &str| {
        let mut branches = union.branches.iter().map(|branch| View::of(inner.schemas, branch.schema));
        branches.all(|view| types::has_constant(&view, property))
    };
    outer.combination == union.combination
        && branch.tags.is_empty()
        && union.discriminator.as_ref().is_none_or(|stated| has_value(&stated.property))
        && inner.constraints == Constraints::default()
}

/// Whether a union has a branch of the same name, or that looks the same.
fn has_branch(union: &View<'_>, schemas: &Schemas, id: SchemaId) -> bool {
    let likeness = likeness::likeness(schemas, id);
    let branches = union.branches().unwrap_or_default();
    branches
        .iter()
        .any(|branch| likeness::likeness(union.schemas, branch.component.unwrap_or(branch.schema)) == likeness)
}

/// The first component among a schema and those that it refers to.
fn named(schemas: &Schemas, id: SchemaId) -> Option<String> {
    schemas.chain(id).find_map(|schema| match &schema.key {
        Key::Component(name) => Some(name.clone()),
        Key::Pointer(_) => None,
    })
}

/// What a person calls a branch: its component, its title, its type, or its place.
fn label(schemas: &Schemas, id: SchemaId, index: usize) -> String {
    let titled = || schemas.chain(id).find_map(|schema| schema.title.clone());
    let typed = || {
        let view = View::of(schemas, id);
        types::is_scalar(view.shape).then(|| view.type_name().to_owned())
    };
    named(schemas, id).or_else(titled).or_else(typed).unwrap_or_else(|| format!("branch {}", index + 1))
}

/// The component that names a branch.
fn component(view: &View<'_>, one: &Alternative<'_>) -> Option<String> {
    match &view.schemas.get(one.component?)?.key {
        Key::Component(name) => Some(name.clone()),
        Key::Pointer(_) => None,
    }
}

/// Brings branches together that are the same component, or are named by the same value.
fn by_name(old: &View<'_>, new: &View<'_>, ones: &mut [Alternative<'_>], others: &mut [Alternative<'_>]) {
    pair_up(ones, others, |one, other| {
        let name = component(old, one);
        name.is_some() && name == component(new, other)
    });
    pair_up(ones, others, |one, other| one.tags.iter().any(|tag| other.tags.contains(tag)));
}

/// Brings branches together that look the same; of several that do, first those that have the same values.
fn by_likeness(
    comparer: &mut Comparer<'_>,
    pair: Pair,
    (old, new): (&View<'_>, &View<'_>),
    (ones, others): (&mut [Alternative<'_>], &mut [Alternative<'_>]),
) {
    let all = |view: &View<'_>, list: &[Alternative<'_>]| -> HashMap<SchemaId, String> {
        let free = list.iter().filter(|one| one.partner.is_none());
        free.map(|one| (one.schema, likeness::likeness(view.schemas, one.schema))).collect()
    };
    let (known, other_known) = (all(old, ones), all(new, others));
    let look_alike = |one: &Alternative<'_>, other: &Alternative<'_>| {
        known.get(&one.schema).is_some_and(|likeness| other_known.get(&other.schema) == Some(likeness))
    };
    let several = [&known, &other_known].map(several);
    let is_shared = |one: &Alternative<'_>| {
        known.get(&one.schema).is_some_and(|likeness| several.iter().any(|all| all.contains(likeness.as_str())))
    };
    pair_up(ones, others, |one, other| {
        is_shared(one)
            && look_alike(one, other)
            && comparer.relation(branches(comparer, pair, one.schema, other.schema)) == Relation::SAME
    });
    pair_up(ones, others, look_alike);
}

/// What several branches look like.
fn several(known: &HashMap<SchemaId, String>) -> HashSet<&str> {
    let mut seen = HashSet::new();
    known.values().map(String::as_str).filter(|likeness| !seen.insert(*likeness)).collect()
}

/// Brings branches together that have the same values, or of which one has all values of the other one.
fn by_values(comparer: &mut Comparer<'_>, pair: Pair, ones: &mut [Alternative<'_>], others: &mut [Alternative<'_>]) {
    let mut relation = |one: &Alternative<'_>, other: &Alternative<'_>| {
        let pair = branches(comparer, pair, one.schema, other.schema);
        comparer.relation(pair)
    };
    pair_up(ones, others, |one, other| relation(one, other) == Relation::SAME);
    pair_up(ones, others, |one, other| {
        let relation = relation(one, other);
        relation.old_in_new == Answer::Yes || relation.new_in_old == Answer::Yes
    });
}

/// Brings branches together that are the only ones left of their shape.
fn by_shape(views: (&View<'_>, &View<'_>), ones: &mut [Alternative<'_>], others: &mut [Alternative<'_>]) {
    let shape = |view: &View<'_>, one: &Alternative<'_>| View::of(view.schemas, one.schema).type_name();
    let count = |view: &View<'_>, all: &[Alternative<'_>], wanted: &str| {
        all.iter().filter(|one| one.partner.is_none() && shape(view, one) == wanted).count()
    };
    let lonely: Vec<&str> = ones.iter().filter(|one| one.partner.is_none()).map(|one| shape(views.0, one)).collect();
    for wanted in lonely {
        if count(views.0, ones, wanted) == 1 && count(views.1, others, wanted) == 1 {
            pair_up(ones, others, |one, other| shape(views.0, one) == wanted && shape(views.1, other) == wanted);
        }
    }
}

/// Brings together those that have no partner yet and fit.
fn pair_up(
    ones: &mut [Alternative<'_>],
    others: &mut [Alternative<'_>],
    mut fit: impl FnMut(&Alternative<'_>, &Alternative<'_>) -> bool,
) {
    for (index, one) in ones.iter_mut().enumerate().filter(|(_, one)| one.partner.is_none()) {
        let mut free = others.iter_mut().enumerate().filter(|(_, other)| other.partner.is_none());
        if let Some((at, other)) = free.find(|(_, other)| fit(one, other)) {
            (one.partner, other.partner) = (Some(at), Some(index));
        }
    }
}

/// Compares what the unions say of all branches.
fn whole((one, other): (&Union, &Union), local: &mut Local) {
    let told_apart = one.discriminator.is_some() && other.discriminator.is_some();
    if one.combination != other.combination && !told_apart && one.branches.len().max(other.branches.len()) > 1 {
        let relation = match other.combination {
            Combination::Any => Relation::new(Answer::Yes, Answer::Unknown),
            Combination::One => Relation::new(Answer::Unknown, Answer::Yes),
        };
        local.push(Edit::new(Rule::CombinationChanged, relation, Some(one.span), Some(other.span)));
    }
}
