//! The values of schemas as sets: however branches, listed values and bounds divide them, what they are together is computed.

mod cover;
mod divided;
mod parts;

use specie_codegen::api::{Assertion, SchemaId, Schemas};

use super::{Comparer, Local, Null, Pair, View, assertions, constraints, types};
use crate::{Answer, Edit, Relation, Rule};
use parts::{Part, PartKind, loose};

/// Takes back what is said of branches and keywords one by one where it is not true of all values together.
pub(super) fn settle(comparer: &mut Comparer<'_>, pair: Pair, (old, new): (&View<'_>, &View<'_>), local: &mut Local) {
    if !is_divided(old) && !is_divided(new) {
        return;
    }
    let Some(doubt) = doubt(comparer, local) else { return };
    let Some(all) = Whole::of(comparer, pair, doubt) else { return };
    let whole = all.relation;
    let is_looked_at = |comparer: &Comparer<'_>, part: Pair| doubt == Doubt::Any || has_scalar(comparer, part);
    let mut relations = Vec::new();
    for (_, part) in &local.parts {
        let relation = is_looked_at(comparer, *part).then(|| comparer.relation(*part));
        let is_known = relation.is_none_or(|relation| relation.limited_to(whole) == Relation::SAME);
        let limit = if is_known { whole } else { all.limit(comparer, *part) };
        relations.push(relation.map(|relation| (relation, relation.limited_to(limit) != relation)));
    }
    // What was not looked at to its end is not known to be wrong.
    if comparer.budget.is_spent() {
        return;
    }
    let (is_wrong, mut said) = (|one: Relation| one.limited_to(whole) != one, Relation::SAME);
    local.edits.retain_mut(|edit| {
        // A limit that speaks of another type stands there for a reason, whatever it was meant to say.
        let is_meant = constraints::speaks_of(edit.rule, old.shape.base());
        if is_of_values(edit.rule) && is_meant && is_wrong(edit.relation) {
            edit.relation = edit.relation.limited_to(whole);
            if edit.relation == Relation::SAME {
                return false;
            }
        }
        said = said.and(edit.relation);
        true
    });
    let (mut is_regrouped, mut relations) = (false, relations.into_iter());
    local.parts.retain(|_| {
        let Some(Some((relation, is_wrong))) = relations.next() else { return true };
        is_regrouped |= is_wrong;
        if !is_wrong {
            said = said.and(relation);
        }
        !is_wrong
    });
    if is_regrouped && said.and(whole) != said {
        local.push(Edit::new(Rule::BranchesRegrouped, whole, Some(old.span), Some(new.span)));
    }
}

/// Whether values of a schema are more than one object or list.
fn is_divided(view: &View<'_>) -> bool {
    let is_any = view.takes_anything() && !view.is_free();
    view.branches().is_some() || view.closed_list().is_some() || types::is_scalar(view.shape.base()) || is_any
}

/// Of which values something is said that may not be true of all of them together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Doubt {
    /// Of texts, numbers and flags, whose objects and lists need not be looked at.
    Scalars,
    /// Of any.
    Any,
}

fn doubt(comparer: &mut Comparer<'_>, local: &Local) -> Option<Doubt> {
    if local.has_lone_branch || local.edits.iter().any(|edit| is_of_values(edit.rule)) {
        return Some(Doubt::Any);
    }
    // A scalar that becomes an object or a list takes both with it.
    if local.parts.iter().any(|(_, part)| scalars(comparer, *part) == 1) {
        return Some(Doubt::Any);
    }
    let (mut has_scalars, mut has_unions) = (false, false);
    for (_, part) in &local.parts {
        let (is_scalar, is_union) = (has_scalar(comparer, *part), has_union(comparer, *part));
        if (is_scalar || is_union) && comparer.relation(*part) != Relation::SAME {
            (has_scalars, has_unions) = (has_scalars || is_scalar, has_unions || is_union);
        }
    }
    // What a union within a union lacks may be values of any branch.
    if has_unions { Some(Doubt::Any) } else { has_scalars.then_some(Doubt::Scalars) }
}

/// Whether two schemas are scalars or unions of such, of which one is a union that stands as one branch of another one. Objects within
/// unions within unions lead too deep to be compared here.
fn has_union(comparer: &Comparer<'_>, part: Pair) -> bool {
    let both = [View::of(comparer.old, part.old), View::of(comparer.new, part.new)];
    part.null == Null::Elsewhere
        && both.iter().any(|view| view.branches().is_some())
        && both.iter().all(|view| is_of_scalars(view, NESTED))
}

/// How deep unions within unions are looked into.
const NESTED: usize = 4;

fn is_of_scalars(view: &View<'_>, depth: usize) -> bool {
    let is_plain = view.closed_list().is_some() || types::is_scalar(view.shape.base());
    let mut branches = view.branches().unwrap_or_default().iter();
    let of = |id| depth > 0 && is_of_scalars(&View::of(view.schemas, id), depth - 1);
    is_plain || view.branches().is_some() && branches.all(|branch| of(branch.schema))
}

/// How many of two schemas are a text, a number or a flag.
fn scalars(comparer: &Comparer<'_>, part: Pair) -> usize {
    let both = [View::of(comparer.old, part.old), View::of(comparer.new, part.new)];
    both.iter().filter(|view| view.closed_list().is_some() || types::is_scalar(view.shape.base())).count()
}

/// Whether one of two schemas is a text, a number or a flag.
fn has_scalar(comparer: &Comparer<'_>, part: Pair) -> bool {
    scalars(comparer, part) > 0
}

/// Whether a change says which values there are, null aside.
pub(crate) fn is_of_values(rule: Rule) -> bool {
    !matches!(
        rule,
        Rule::BecameNullable
            | Rule::BecameNotNullable
            | Rule::DefaultChanged
            | Rule::SchemaDeprecated
            | Rule::SensitivityChanged
            | Rule::KnownValuesChanged
            | Rule::DiscriminatorChanged
            | Rule::DiscriminatorTargetChanged
            | Rule::DiscriminatorValueAdded
            | Rule::DiscriminatorValueRemoved
            | Rule::TooComplex
    )
}

/// All values of a pair, null aside.
struct Whole {
    ones: Vec<Part>,
    others: Vec<Part>,
    /// How they stand to each other.
    relation: Relation,
}

impl Whole {
    /// The values of a pair; `None` where the schemas do not come apart into computable parts.
    fn of(comparer: &mut Comparer<'_>, pair: Pair, doubt: Doubt) -> Option<Self> {
        let mut ones = parts::of(comparer.old, pair.old, pair.sender)?;
        let mut others = parts::of(comparer.new, pair.new, pair.sender)?;
        if doubt == Doubt::Scalars {
            for parts in [&mut ones, &mut others] {
                parts.retain(|part| !part.is_structure());
            }
        }
        if pair.carrier.is_text() && !are_of_one_type(ones.iter().chain(&others)) {
            return None;
        }
        let old_in_new = within(comparer, pair, (&ones, &others), true);
        let new_in_old = within(comparer, pair, (&others, &ones), false);
        Some(Self { ones, others, relation: Relation::new(old_in_new, new_in_old) })
    }

    /// What is known of a branch, beside what is known of all: its values may be those of other branches.
    fn limit(&self, comparer: &mut Comparer<'_>, part: Pair) -> Relation {
        let mut of = |is_old: bool| {
            let (schemas, id) = if is_old { (comparer.old, part.old) } else { (comparer.new, part.new) };
            let outer = if is_old { &self.others } else { &self.ones };
            match (inner_in_outer(self.relation, is_old), parts::of(schemas, id, part.sender)) {
                (Answer::Yes, _) | (_, None) => inner_in_outer(self.relation, is_old),
                (_, Some(own)) => within(comparer, part, (&own, outer), is_old),
            }
        };
        Relation::new(of(true), of(false))
    }
}

/// Whether all values are texts, or all are numbers, so that as texts they stay apart.
fn are_of_one_type<'p>(mut parts: impl Iterator<Item = &'p Part> + Clone) -> bool {
    parts.clone().all(|part| matches!(part.kind, PartKind::Texts { .. }))
        || parts.all(|part| matches!(part.kind, PartKind::Numbers { .. }))
}

/// Whether all values of some parts are values of others.
fn within(comparer: &mut Comparer<'_>, pair: Pair, (inner, outer): (&[Part], &[Part]), is_old: bool) -> Answer {
    let (own, schemas) = if is_old { (comparer.old, comparer.new) } else { (comparer.new, comparer.old) };
    let answers = inner.iter().map(|part| match &part.kind {
        PartKind::Structure(name) | PartKind::Loose(name, _) if outer.iter().any(|one| has_all(&one.kind, name)) => {
            Answer::Yes
        }
        PartKind::Loose(name, stated) => loosely_within(stated, outer.iter().filter(|one| may_be(&one.kind, name))),
        PartKind::Structure(name) => {
            let Some(id) = part.schema else { return Answer::Unknown };
            let same: Vec<&Part> = outer.iter().filter(|one| may_be(&one.kind, name)).collect();
            let is_known = |one: &&&Part| !is_of_any(schemas, one);
            let described: Vec<SchemaId> = same.iter().filter(is_known).filter_map(|one| one.schema).collect();
            let known = loose::known(&View::of(own, id));
            let of_any = same.iter().filter(|one| is_of_any(schemas, one));
            let mut best = loosely_within(&known, of_any.copied());
            for one in &described {
                best = best.min(structure(comparer, pair, (id, *one), is_old));
            }
            if best != Answer::Yes && same.len() > 1 && divided::covers(comparer, pair, (id, &described), is_old) {
                return Answer::Yes;
            }
            best
        }
        _ => cover::covered(part, outer, |id, value| super::takes(schemas, id, value, pair.sender)),
    });
    answers.max().unwrap_or(Answer::Yes)
}

/// Whether a part is of a schema that states no type.
fn is_of_any(schemas: &Schemas, part: &Part) -> bool {
    part.schema.is_none_or(|id| View::of(schemas, id).takes_anything())
}

/// Whether a part has all objects, or all lists.
fn has_all(kind: &PartKind, name: &str) -> bool {
    matches!(kind, PartKind::Loose(other, asserted) if *other == name && asserted.is_empty())
}

/// Whether a part has objects, or lists.
fn may_be(kind: &PartKind, name: &str) -> bool {
    matches!(kind, PartKind::Loose(other, _) | PartKind::Structure(other) if *other == name)
}

/// Whether all objects or lists that fulfil assertions are among others of their type.
fn loosely_within<'p>(stated: &[Assertion], others: impl Iterator<Item = &'p Part>) -> Answer {
    let mut best = if stated.contains(&Assertion::Never) { Answer::Yes } else { Answer::No };
    for one in others {
        best = best.min(match &one.kind {
            PartKind::Loose(_, wanted) if assertions::within(stated, wanted) == Answer::Yes => Answer::Yes,
            _ => Answer::Unknown,
        });
    }
    best
}

/// Whether the values of one object or list are those of another one.
fn structure(comparer: &mut Comparer<'_>, pair: Pair, (inner, outer): (SchemaId, SchemaId), is_old: bool) -> Answer {
    let pair = branches(comparer, pair, (inner, outer), is_old);
    inner_in_outer(comparer.relation(pair), is_old)
}

/// The pair of two branches, whose null is compared with the unions.
fn branches(comparer: &Comparer<'_>, pair: Pair, (inner, outer): (SchemaId, SchemaId), is_old: bool) -> Pair {
    let (old, new) = if is_old { (inner, outer) } else { (outer, inner) };
    Pair { null: Null::Elsewhere, ..comparer.part_of(pair, old, new) }
}

const fn inner_in_outer(relation: Relation, is_old: bool) -> Answer {
    if is_old { relation.old_in_new } else { relation.new_in_old }
}
