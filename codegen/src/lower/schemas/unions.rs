//! `oneOf` and `anyOf`: one of several shapes.

use std::collections::HashSet;

use super::analysis::{AnalyzedSchemas, Conjunct, StatedUnion};
use super::derived_schemas::{DerivedSchema, Origin, SchemaOfSeveral};
use super::discriminators::{self, Tags};
use super::ids_and_keys::{key_below, same_id};
use super::intersection::{Intersection, Part, conjuncts};
use super::lowering_result::{DerivedSchemas, LoweringResult};
use crate::api::{self, Branch, Combination, Key, Shape, Untyped};
use crate::diagnostic::Code;
use crate::document::schema::{SchemaId, Type, TypeSet};
use crate::lower::copied_parts::CopiedParts;
use crate::source::Span;

/// How many combinations of branches several unions may have together.
const MOST: usize = 100;

/// One union among the schemas that a value has to satisfy.
struct AppliedUnion<'a> {
    holder: SchemaId,
    union: &'a StatedUnion<'a>,
    /// The branches that a value may satisfy: all together, where they fit together, and each alone.
    ways: Vec<Vec<SchemaId>>,
}

impl<'a> AppliedUnion<'a> {
    fn of(holder: SchemaId, union: &'a StatedUnion<'a>) -> Self {
        let together = union.fit_together.then(|| union.present.clone());
        let ways = together.into_iter().chain(union.present.iter().map(|branch| vec![*branch])).collect();
        Self { holder, union, ways }
    }

    /// Whether the first way is all branches at once.
    fn is_together(&self) -> bool {
        self.ways.first().is_some_and(|way| way.len() > 1)
    }
}

/// The unions that a value has to satisfy, without those of which a branch applies already through `allOf`.
fn found<'a>(schemas: &'a AnalyzedSchemas<'_>, all: &[Conjunct]) -> Vec<AppliedUnion<'a>> {
    let ids: HashSet<SchemaId> = all.iter().map(|one| one.id).collect();
    let mut found = Vec::new();
    for one in all.iter().filter(|one| !one.branch_is_chosen) {
        for union in schemas[one.id].alternatives() {
            if !union.present.iter().any(|branch| ids.contains(&schemas[*branch].target)) {
                found.push(AppliedUnion::of(one.id, union));
            }
        }
    }
    found
}

/// The shape of what has to satisfy one branch of each union and all else besides; `None` where there is no union.
pub(super) fn shape(schemas: &AnalyzedSchemas<'_>, whole: &Intersection<'_>) -> Option<LoweringResult<Shape>> {
    let all = &whole.all.list;
    let mut unions = found(schemas, all);
    let types = whole.all.types.map(|types| types.without(Type::Null));
    for one in &mut unions {
        one.ways.retain(|way| way.iter().all(|branch| may_be(schemas, *branch, types)));
    }
    let [first, further @ ..] = unions.as_slice() else { return None };
    let is_alone = all.iter().all(|one| schemas[one.id].adds_nothing);
    if is_alone && further.is_empty() && first.ways.len() > 1 {
        return Some(plain(schemas, first, whole.key));
    }
    Some(distributed(schemas, whole, &unions))
}

/// Whether a branch can have a value of some types at all.
fn may_be(schemas: &AnalyzedSchemas<'_>, branch: SchemaId, types: Option<TypeSet>) -> bool {
    let own = &schemas[branch].all;
    let is_never = own.list.iter().any(|one| schemas[one.id].schema.as_bool() == Some(false));
    !is_never && own.types.zip(types).is_none_or(|(own, types)| types.is_empty() || own.overlaps(types))
}

/// A union with nothing beside it: the branches are those of the document, behind all of them where they fit together.
fn plain(schemas: &AnalyzedSchemas<'_>, found: &AppliedUnion<'_>, key: &Key) -> LoweringResult<Shape> {
    let keywords = schemas[found.holder].keywords;
    let stated = keywords.discriminator.as_deref();
    let mut named = stated.map(|stated| Tags::of(schemas, &stated.value));
    let (combination, span) = (found.union.combination, found.union.list.key);
    let mut derived = DerivedSchemas::default();
    let mut branch = |way: &Vec<SchemaId>| match way.as_slice() {
        [only] => {
            let tags = named.as_mut().map(|named| named.take(schemas, *only)).unwrap_or_default();
            Branch { schema: same_id(*only), tags, component: None }
        }
        several => {
            let origin = Origin::of(several.iter().copied().map(Part::Whole).collect());
            let together = DerivedSchema { origin, key: key_below(key, "anyOf", "all"), span };
            Branch { schema: derived.add(schemas, together), tags: Vec::new(), component: None }
        }
    };
    let mut branches: Vec<Branch> = found.ways.iter().map(&mut branch).collect();
    let first: Vec<SchemaId> = found.ways.iter().filter_map(|way| way.first().copied()).collect();
    let discriminator = match stated {
        Some(stated) => Some(discriminators::stated(stated)),
        None => discriminators::implied(schemas, &first, &mut branches, span),
    };
    let union = api::Union { combination, branches, together: found.is_together(), discriminator, span };
    LoweringResult::with(Shape::Union(union), derived)
}

/// A union with something beside it: each branch with all of that.
fn distributed(
    schemas: &AnalyzedSchemas<'_>,
    whole: &Intersection<'_>,
    unions: &[AppliedUnion<'_>],
) -> LoweringResult<Shape> {
    let [first, further @ ..] = unions else { return LoweringResult::of(Shape::Any(Untyped::Never)) };
    let span = first.union.list.key;
    let count = unions.iter().map(|one| one.ways.len()).try_fold(1_usize, usize::checked_mul);
    if !further.is_empty() && count.is_none_or(|count| count > MOST) {
        return too_many_shapes(span);
    }
    let mut derived = DerivedSchemas::default();
    derived.count_copied(CopiedParts(count.unwrap_or(MOST)), span);
    let stated = whole.all.list.iter().find_map(|one| schemas[one.id].keywords.discriminator.as_deref());
    let mut named = stated.map(|stated| Tags::of(schemas, &stated.value));
    let (mut branches, mut first_chosen) = (Vec::new(), Vec::new());
    for chosen in choices(unions) {
        let schema = schema_of_chosen(schemas, whole, &chosen, branches.len());
        let (Some(&branch), Some(schema)) = (chosen.first(), schema) else { continue };
        let tags = named.as_mut().map(|named| named.take(schemas, branch)).unwrap_or_default();
        branches.push(Branch { schema: derived.id(schemas, schema), tags, component: component(schemas, branch) });
        first_chosen.push(branch);
    }
    let shape = match branches.as_slice() {
        [] => Shape::Any(Untyped::Never),
        [only] => Shape::Reference(only.schema),
        _ => {
            let one = unions.iter().all(|one| one.union.combination == Combination::One);
            let combination = if one { Combination::One } else { Combination::Any };
            let discriminator = match stated {
                Some(stated) => Some(discriminators::stated(stated)),
                None => discriminators::implied(schemas, &first_chosen, &mut branches, span),
            };
            let together = further.is_empty() && first.is_together();
            Shape::Union(api::Union { combination, branches, together, discriminator, span })
        }
    };
    LoweringResult::with(shape, derived)
}

/// The schema of values that satisfy chosen branches and all that stands beside them; `None` where there can be no such value. `place` is that
/// of the branch which it becomes.
fn schema_of_chosen(
    schemas: &AnalyzedSchemas<'_>,
    whole: &Intersection<'_>,
    chosen: &[SchemaId],
    place: usize,
) -> Option<SchemaOfSeveral> {
    let Intersection { all, key, .. } = *whole;
    let own = all.list.iter().map(|one| Part::Own(Conjunct { branch_is_chosen: true, ..*one }));
    let parts: Vec<Part> = own.chain(chosen.iter().copied().map(Part::Whole)).collect();
    let types = conjuncts(schemas, &parts).types;
    if types.is_some_and(|types| types.without(Type::Null).is_empty()) {
        return None;
    }
    // A branch that includes everything beside the union needs no derived schema.
    let extends = |branch: SchemaId| all.list.iter().all(|one| schemas[branch].includes(one.id));
    if let [only] = chosen
        && extends(*only)
    {
        return Some(SchemaOfSeveral::Stated(*only));
    }
    let key = key_below(key, "oneOf", &place.to_string());
    let span = schemas[*chosen.last()?].schema.name;
    Some(SchemaOfSeveral::Derived(DerivedSchema { origin: Origin::of(parts), key, span }))
}

/// The result for unions that together have more than [`MOST`] combinations of branches.
fn too_many_shapes(span: Span) -> LoweringResult<Shape> {
    let message =
        format!("several `oneOf` or `anyOf` give more than {MOST} shapes together; this is typed as free JSON");
    let mut lowered = LoweringResult::of(Shape::Any(Untyped::TooManyShapes));
    lowered
        .diagnostics
        .warning(Code::UnionBesideProperties, message, span)
        .help("keep one of them, and list in it the shapes that there are");
    lowered
}

/// The component that a branch is nothing but a reference to.
fn component(schemas: &AnalyzedSchemas<'_>, branch: SchemaId) -> Option<api::SchemaId> {
    let target = schemas[branch].target;
    (target != branch).then(|| same_id(target))
}

/// Every combination of one way of each union.
fn choices(unions: &[AppliedUnion<'_>]) -> Vec<Vec<SchemaId>> {
    let mut ways = vec![Vec::new()];
    for one in unions {
        let longer = |way: &Vec<SchemaId>| {
            let way = way.clone();
            one.ways.iter().map(move |chosen| [way.as_slice(), chosen.as_slice()].concat()).collect::<Vec<_>>()
        };
        ways = ways.iter().flat_map(longer).collect();
    }
    ways
}
