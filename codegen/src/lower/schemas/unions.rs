//! `oneOf` and `anyOf`: one of several shapes.

use std::collections::{HashMap, HashSet};

use super::conjuncts::{self, Conjunct, Part};
use super::{Additions, Origin, intersections, key_below, objects, same_id, shapes, tags};
use crate::api::{self, Branch, Combination, Discriminator, Key, Shape, Untyped};
use crate::document::schema::{self, Home, Keyword, Keywords, SchemaId, Schemas, TypeSet};
use crate::source::Span;

/// How many shapes several unions may give together.
const MOST: usize = 100;

/// One `oneOf` or `anyOf`.
#[derive(Clone, Copy)]
pub(super) struct Stated<'a> {
    list: &'a Keyword<Vec<SchemaId>>,
    /// How many of the branches may fit.
    pub(super) combination: Combination,
}

impl Stated<'_> {
    /// Where the list of branches stands.
    pub(super) const fn key(self) -> Span {
        self.list.key
    }

    /// The branches that are not null.
    pub(super) fn present(self, schemas: &Schemas) -> Vec<SchemaId> {
        self.list.value.iter().copied().filter(|branch| !is_null(schemas, *branch)).collect()
    }
}

/// `oneOf` and `anyOf` of a schema.
pub(super) fn stated(keywords: &Keywords) -> impl Iterator<Item = Stated<'_>> {
    let composition = &keywords.composition;
    let one = composition.one_of.as_ref().map(|list| Stated { list, combination: Combination::One });
    let any = composition.any_of.as_ref().map(|list| Stated { list, combination: Combination::Any });
    one.into_iter().chain(any)
}

fn is_null(schemas: &Schemas, branch: SchemaId) -> bool {
    let keywords = schemas[branch].keywords();
    keywords.reference.is_none() && keywords.is_only_null()
}

/// Whether null is one of the branches.
pub(super) fn has_null_branch(schemas: &Schemas, keywords: &Keywords) -> bool {
    stated(keywords).any(|union| union.list.value.iter().any(|branch| is_null(schemas, *branch)))
}

/// Whether a branch lists or allows null, where the branches became one list.
pub(super) fn lists_null(schemas: &Schemas, keywords: &Keywords, shape: &Shape) -> bool {
    matches!(shape, Shape::Enumeration(_))
        && stated(keywords)
            .any(|union| union.list.value.iter().any(|id| schemas[schemas.target(*id)].keywords().names_null()))
}

/// The branches that a value has to fit in any case: the only one beside null, and those of an `anyOf` that fit together.
pub(super) fn parts(schemas: &Schemas, keywords: &Keywords) -> Vec<SchemaId> {
    let mut found = Vec::new();
    for union in stated(keywords) {
        let branches = union.present(schemas);
        if branches.len() == 1 || union.combination == Combination::Any && fit_together(schemas, keywords, &branches) {
            found.extend(branches);
        }
    }
    found
}

/// Whether each object fits each of the branches: none of them requires anything, and no two speak of one property.
fn fit_together(schemas: &Schemas, keywords: &Keywords, branches: &[SchemaId]) -> bool {
    let mut names = HashSet::new();
    let mut is_loose = |branch: &SchemaId| {
        let branch = schemas[schemas.target(*branch)].keywords();
        conjuncts::stated_parts(branch).is_empty()
            && shapes::is_object(schemas, branch)
            && shapes::has_properties(branch)
            && branch.object.required().is_empty()
            && branch.object.additional_properties.is_none()
            && stated(branch).next().is_none()
            && branch.object.properties().all(|(name, _)| names.insert(name.to_owned()))
    };
    keywords.discriminator.is_none() && branches.iter().all(&mut is_loose)
}

/// Whether the branches only say which properties must be there, or what else has to hold: they tell no shapes apart.
fn tell_nothing(schemas: &Schemas, branches: &[SchemaId]) -> bool {
    branches.iter().all(|branch| {
        let keywords = schemas[schemas.target(*branch)].keywords();
        keywords.only_requires() || shapes::is_silent(schemas, keywords)
    })
}

/// The unions of a schema that tell shapes apart.
fn that_count<'a>(schemas: &'a Schemas, keywords: &'a Keywords) -> impl Iterator<Item = Stated<'a>> {
    stated(keywords).filter(|union| {
        let branches = union.present(schemas);
        let is_taken = union.combination == Combination::Any && fit_together(schemas, keywords, &branches);
        branches.len() > 1 && !is_taken && !tell_nothing(schemas, &branches)
    })
}

/// Whether a schema has branches that tell shapes apart.
pub(super) fn is_union(schemas: &Schemas, keywords: &Keywords) -> bool {
    that_count(schemas, keywords).next().is_some()
}

/// The spans of `oneOf` and `anyOf` that only say what else has to hold, which nothing checks.
pub(super) fn unchecked(schemas: &Schemas, keywords: &Keywords) -> Vec<(&'static str, Span)> {
    let only_restrict = |union: &Stated<'_>| {
        let branches = union.present(schemas);
        branches.len() > 1 && tell_nothing(schemas, &branches)
    };
    let name = |union: Stated<'_>| match union.combination {
        Combination::One => ("oneOf", union.list.key),
        Combination::Any => ("anyOf", union.list.key),
    };
    stated(keywords).filter(only_restrict).map(name).collect()
}

/// One union among the schemas that a value has to fit.
struct AppliedUnion<'a> {
    holder: SchemaId,
    union: Stated<'a>,
    branches: Vec<SchemaId>,
}

/// The unions that a value has to fit, without those of which a branch applies already through `allOf`.
fn found<'a>(schemas: &'a Schemas, all: &[Conjunct]) -> Vec<AppliedUnion<'a>> {
    let ids: HashSet<SchemaId> = all.iter().map(|one| one.id).collect();
    let mut found = Vec::new();
    for one in all.iter().filter(|one| !one.is_settled) {
        for union in that_count(schemas, schemas[one.id].keywords()) {
            let branches = union.present(schemas);
            if !branches.iter().any(|branch| ids.contains(&schemas.target(*branch))) {
                found.push(AppliedUnion { holder: one.id, union, branches });
            }
        }
    }
    found
}

/// The shape of what has to fit one branch of each union and all else besides; `None` where there is no union.
pub(super) fn shape(schemas: &Schemas, all: &[Conjunct], key: &Key, additions: &mut Additions) -> Option<Shape> {
    let mut unions = found(schemas, all);
    let types = conjuncts::present_types(schemas, all);
    for one in &mut unions {
        one.branches.retain(|branch| may_be(schemas, *branch, types, additions));
    }
    let [first, further @ ..] = unions.as_slice() else { return None };
    let is_alone = all.iter().all(|one| intersections::adds_nothing(schemas, schemas[one.id].keywords()));
    if is_alone && further.is_empty() && first.branches.len() > 1 {
        return Some(plain(schemas, first));
    }
    Some(distributed(schemas, all, &unions, key, additions))
}

/// Whether a branch can have a value of some types at all.
fn may_be(schemas: &Schemas, branch: SchemaId, types: Option<TypeSet>, additions: &mut Additions) -> bool {
    let own = conjuncts::gather(schemas, &[Part::Whole(branch)], additions);
    let is_never = own.iter().any(|one| schemas[one.id].as_bool() == Some(false));
    let own = conjuncts::types(schemas, &own);
    !is_never && own.zip(types).is_none_or(|(own, types)| types.is_empty() || own.overlaps(types))
}

/// A union with nothing beside it: the branches are those of the document.
fn plain(schemas: &Schemas, found: &AppliedUnion<'_>) -> Shape {
    let keywords = schemas[found.holder].keywords();
    let stated = keywords.discriminator.as_deref();
    let mut named = stated.map(|stated| Tags::of(schemas, &stated.value));
    let mut branches: Vec<Branch> = found
        .branches
        .iter()
        .map(|id| Branch {
            schema: same_id(*id),
            tags: named.as_mut().map(|named| named.take(schemas, *id)).unwrap_or_default(),
            component: None,
        })
        .collect();
    let (combination, span) = (found.union.combination, found.union.list.key);
    let discriminator = match stated {
        Some(stated) => Some(discriminator(stated)),
        None => implied(schemas, &found.branches, &mut branches, span),
    };
    Shape::Union(api::Union { combination, branches, discriminator, span })
}

/// The discriminator that the branches have by themselves, whose values are noted with them; `chosen` are the branches as stated.
fn implied(schemas: &Schemas, chosen: &[SchemaId], branches: &mut [Branch], span: Span) -> Option<Discriminator> {
    let (property, values) = tags::implied(schemas, chosen)?;
    for (branch, value) in branches.iter_mut().zip(values) {
        branch.tags = vec![value];
    }
    Some(Discriminator { property, default: None, span })
}

/// The discriminator as a fact.
pub(super) fn discriminator(stated: &Keyword<schema::Discriminator>) -> Discriminator {
    Discriminator {
        property: stated.value.property_name.text.to_string(),
        default: stated.value.default_mapping.as_ref().and_then(|entry| entry.target).map(same_id),
        span: stated.key,
    }
}

/// A union with something beside it: each branch with all of that.
fn distributed(
    schemas: &Schemas,
    all: &[Conjunct],
    unions: &[AppliedUnion<'_>],
    key: &Key,
    additions: &mut Additions,
) -> Shape {
    let Some(first) = unions.first() else { return Shape::Any(Untyped::Never) };
    let span = first.union.list.key;
    let count = unions.iter().map(|one| one.branches.len()).try_fold(1_usize, usize::checked_mul);
    if count.is_none_or(|count| count > MOST) && unions.len() > 1 || !additions.affords(count.unwrap_or(MOST), span) {
        objects::report_too_many_shapes(span, MOST, additions);
        return Shape::Any(Untyped::TooManyShapes);
    }
    let own: Vec<Part> = all.iter().map(|one| Part::Own(Conjunct { is_settled: true, ..*one })).collect();
    let stated = all.iter().find_map(|one| schemas[one.id].keywords().discriminator.as_deref());
    let mut named = stated.map(|stated| Tags::of(schemas, &stated.value));
    let (mut branches, mut first_chosen) = (Vec::new(), Vec::new());
    for chosen in choices(unions) {
        let whole = chosen.iter().map(|branch| Part::Whole(*branch));
        let parts: Vec<Part> = own.iter().copied().chain(whole).collect();
        let gathered = conjuncts::gather(schemas, &parts, additions);
        if conjuncts::present_types(schemas, &gathered).is_some_and(TypeSet::is_empty) {
            continue;
        }
        let Some(&branch) = chosen.first() else { continue };
        let place = format!("{}", branches.len());
        let schema = additions.schema(Origin::of(parts), key_below(key, "oneOf", &place));
        let tags = named.as_mut().map(|named| named.take(schemas, branch)).unwrap_or_default();
        branches.push(Branch { schema, tags, component: component(schemas, branch) });
        first_chosen.push(branch);
    }
    match branches.as_slice() {
        [] => Shape::Any(Untyped::Never),
        [only] => Shape::Reference(only.schema),
        _ => {
            let one = unions.iter().all(|one| one.union.combination == Combination::One);
            let combination = if one { Combination::One } else { Combination::Any };
            let discriminator = match stated {
                Some(stated) => Some(discriminator(stated)),
                None => implied(schemas, &first_chosen, &mut branches, span),
            };
            Shape::Union(api::Union { combination, branches, discriminator, span })
        }
    }
}

/// The component that a branch is nothing but a reference to.
fn component(schemas: &Schemas, branch: SchemaId) -> Option<api::SchemaId> {
    let target = schemas.target(branch);
    (target != branch).then(|| same_id(target))
}

/// One branch of each union, in every way.
fn choices(unions: &[AppliedUnion<'_>]) -> Vec<Vec<SchemaId>> {
    let mut ways = vec![Vec::new()];
    for one in unions {
        let longer = |way: &Vec<SchemaId>| {
            let way = way.clone();
            one.branches.iter().map(move |branch| [way.as_slice(), &[*branch]].concat()).collect::<Vec<_>>()
        };
        ways = ways.iter().flat_map(longer).collect();
    }
    ways
}

/// The values of a discriminator by the schemas that they lead to.
pub(super) struct Tags(HashMap<SchemaId, Vec<String>>);

impl Tags {
    /// Those of a mapping.
    pub(super) fn of(schemas: &Schemas, stated: &schema::Discriminator) -> Self {
        let mut tags: HashMap<SchemaId, Vec<String>> = HashMap::new();
        for (tag, entry) in &stated.mapping {
            if let Some(target) = entry.target {
                tags.entry(schemas.target(target)).or_default().push(tag.to_string());
            }
        }
        Self(tags)
    }

    /// The values that lead to a branch, or else its component's name (OpenAPI 3.0.4, 4.7.25). Where a component is a branch
    /// twice, the values lead to the first one.
    pub(super) fn take(&mut self, schemas: &Schemas, branch: SchemaId) -> Vec<String> {
        let target = schemas.target(branch);
        let name = || tags::component_name(schemas, branch).into_iter().collect();
        self.0.get_mut(&target).map_or_else(name, std::mem::take)
    }

    /// The values that lead to a component, or else its name.
    pub(super) fn of_component(&mut self, schemas: &Schemas, id: SchemaId) -> Vec<String> {
        let name = || match &schemas[id].home {
            Home::Component(name) => vec![name.to_string()],
            Home::Object(..) | Home::Schema(..) => Vec::new(),
        };
        self.0.remove(&id).unwrap_or_else(name)
    }
}
