//! What parts of an object say of the properties that they do not list: `additionalProperties`, and `unevaluatedProperties` where it says
//! anything.
//!
//! A part knows its own properties alone (JSON Schema 2020-12, Core, 10.3.2.3), so its `additionalProperties` speaks of a property that
//! another part of an `allOf` lists.

use std::collections::HashSet;

use super::all_of_subsumption;
use super::analysis::{AnalyzedSchemas, Conjunct};
use super::derived_schemas::SchemaOfSeveral;
use super::intersection::{Part, conjuncts};
use super::unevaluated_properties::ConditionalProperties;
use crate::api::{self, Key};
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::schema::{Keyword, Keywords, SchemaId, Type};
use crate::source::Span;

/// What all parts of one object say.
pub(super) struct AdditionalOfParts<'a> {
    stated: Vec<StatedAdditional<'a>>,
    /// The properties that only schemas list which apply to some values. Where no other property is allowed, such a property has the one
    /// schema that lists it.
    pub(super) conditional: Vec<(&'a str, SchemaId)>,
}

/// What one part says.
struct StatedAdditional<'a> {
    stated: &'a Keyword<SchemaId>,
    owner: Option<api::SchemaId>,
    /// The schemas whose properties it does not apply to; `None` where it depends on the value which these are.
    beside: Option<HashSet<SchemaId>>,
    /// Whether it is unknown which properties it applies to. Then no property is checked by it.
    is_unknown: bool,
}

/// What all parts say of the properties of an object, by schemas.
pub(super) struct AdditionalSchemas {
    /// The schemas of each property that parts list, as far as values of the property can be of them.
    pub(super) of_listed: Vec<Vec<SchemaId>>,
    pub(super) of_others: OtherProperties,
    /// The component that says it of the others.
    pub(super) owner: Option<api::SchemaId>,
    pub(super) diagnostics: Diagnostics,
}

/// The properties that no part lists.
pub(super) enum OtherProperties {
    /// No keyword applies to them.
    Unstated,
    /// They are forbidden.
    None,
    /// They may have any value.
    Any,
    /// They have values of a schema.
    Schema(SchemaOfSeveral),
}

impl<'a> AdditionalOfParts<'a> {
    /// What all parts say; `is_listed` tells which properties one of them lists.
    pub(super) fn of(schemas: &'a AnalyzedSchemas<'_>, all: &[Conjunct], is_listed: impl Fn(&str) -> bool) -> Self {
        let mut found = Self { stated: Vec::new(), conditional: Vec::new() };
        for part in all {
            let Some((stated, beside, conditional)) = stated_by(schemas, part, all) else { continue };
            let named = named_once(schemas, stated, &conditional, &is_listed);
            let is_unknown = named.is_none();
            found.stated.push(StatedAdditional { stated, owner: part.owner, beside, is_unknown });
            found.conditional.extend(named.unwrap_or_default());
        }
        found
    }

    /// How many parts say something.
    pub(super) const fn len(&self) -> usize {
        self.stated.len()
    }

    /// The schemas that parts give to properties which other parts list, and to those that none lists. `listed` has each listed property with
    /// the schemas that list it; `key` is that of the object.
    pub(super) fn schemas<'p>(
        &self,
        schemas: &AnalyzedSchemas<'_>,
        listed: impl Iterator<Item = (&'p str, &'p [SchemaId])>,
        key: &Key,
    ) -> AdditionalSchemas {
        let mut diagnostics = Diagnostics::new();
        let mut of_listed = Vec::new();
        for (name, listed) in listed {
            let (of_property, contradicting) = self.of_property(schemas, name, listed);
            of_listed.push(of_property);
            diagnostics.extend(contradicting);
        }
        let (of_others, owner) = self.of_others(schemas, key);
        AdditionalSchemas { of_listed, of_others, owner, diagnostics }
    }

    /// The schemas that parts have for a property which others list, as far as values of the property can be of them. Of one that no value
    /// can be of, it is said that nothing of it is left.
    fn of_property(
        &self,
        schemas: &AnalyzedSchemas<'_>,
        name: &str,
        listed: &[SchemaId],
    ) -> (Vec<SchemaId>, Diagnostics) {
        let (mut found, mut diagnostics) = (Vec::new(), Diagnostics::new());
        for additional in &self.stated {
            let stated = additional.stated.value;
            if !additional.speaks_of(schemas, name)
                || schemas[stated].schema.as_bool().is_some()
                || found.contains(&stated)
            {
                continue;
            }
            if have_common_type(schemas, stated, listed) {
                found.push(stated);
                continue;
            }
            let spans: Vec<Span> = listed.iter().map(|property| schemas[*property].schema.name).collect();
            report(name, additional.stated.whole(), &spans, &mut diagnostics);
        }
        (found, diagnostics)
    }

    /// What all parts together say of the properties that none of them lists, and the component that says it.
    fn of_others(&self, schemas: &AnalyzedSchemas<'_>, holder: &Key) -> (OtherProperties, Option<api::SchemaId>) {
        let known = || self.stated.iter().filter(|additional| !additional.is_unknown);
        let closing = known().find(|additional| schemas[additional.stated.value].schema.as_bool() == Some(false));
        if let Some(closing) = closing {
            return (OtherProperties::None, closing.owner);
        }
        let says = |additional: &&StatedAdditional<'_>| !schemas[additional.stated.value].keywords.is_empty();
        let saying: Vec<&StatedAdditional<'_>> = known().filter(says).collect();
        let values: Vec<SchemaId> = saying.iter().map(|additional| additional.stated.value).collect();
        match all_of_subsumption::of_several(schemas, &values, holder, ("allOf", "additionalProperties")) {
            Some(values) => {
                let is_stated = matches!(values, SchemaOfSeveral::Stated(_));
                let owner = saying.last().and_then(|additional| additional.owner).filter(|_| is_stated);
                (OtherProperties::Schema(values), owner)
            }
            None => match self.stated.last() {
                Some(additional) => (OtherProperties::Any, additional.owner),
                None => (OtherProperties::Unstated, None),
            },
        }
    }
}

/// A keyword that speaks of properties which are not listed, the schemas whose properties it leaves alone, and what is evaluated where others
/// hold.
type Stated<'a> = (&'a Keyword<SchemaId>, Option<HashSet<SchemaId>>, ConditionalProperties<'a>);

/// What one of all parts says by itself.
fn stated_by<'a>(schemas: &'a AnalyzedSchemas<'_>, part: &Conjunct, all: &[Conjunct]) -> Option<Stated<'a>> {
    let object = &schemas[part.id].keywords.object;
    if let Some(stated) = &object.additional_properties {
        return Some((stated, Some(HashSet::from([part.id])), ConditionalProperties::default()));
    }
    let stated = object.unevaluated_properties.as_ref()?;
    let evaluating: HashSet<SchemaId> = schemas[part.id].all.list.iter().map(|one| one.id).collect();
    if evaluating.iter().any(|id| schemas[*id].keywords.object.additional_properties.is_some()) {
        return None;
    }
    let is_known = evaluating.iter().all(|id| evaluates_same(schemas[*id].keywords));
    let conditional = ConditionalProperties::beside(schemas, part.id, all);
    Some((stated, is_known.then_some(evaluating), conditional))
}

/// The properties that only schemas list which apply to some values, each with the one schema that lists it. `None` where it cannot be told
/// which properties the keyword speaks of beside them.
fn named_once<'a>(
    schemas: &AnalyzedSchemas<'_>,
    stated: &Keyword<SchemaId>,
    conditional: &ConditionalProperties<'a>,
    is_listed: impl Fn(&str) -> bool,
) -> Option<Vec<(&'a str, SchemaId)>> {
    let mut named = conditional.named.iter().filter(|(name, _)| !is_listed(name)).peekable();
    let is_closing = schemas[stated.value].schema.as_bool() == Some(false);
    if conditional.has_others || !is_closing && named.peek().is_some() {
        return None;
    }
    named.map(|(name, ids)| if let [only] = ids.as_slice() { Some((*name, *only)) } else { None }).collect()
}

impl StatedAdditional<'_> {
    /// Whether it speaks of a property that some part lists. What is said beside `patternProperties` is checked at run time as a whole.
    fn speaks_of(&self, schemas: &AnalyzedSchemas<'_>, name: &str) -> bool {
        let leaves_alone = |id: &SchemaId| {
            let object = &schemas[*id].keywords.object;
            object.property(name).is_some() || object.pattern_properties.is_some()
        };
        self.beside.as_ref().is_some_and(|beside| !beside.iter().any(leaves_alone))
    }
}

/// Whether a schema evaluates the same properties of each value.
fn evaluates_same(keywords: &Keywords) -> bool {
    let composition = &keywords.composition;
    composition.one_of.is_none()
        && composition.any_of.is_none()
        && composition.condition.is_none()
        && keywords.object.dependent_schemas.is_none()
}

/// Whether a value that is not null may be of a schema and of all that list a property.
fn have_common_type(schemas: &AnalyzedSchemas<'_>, additional: SchemaId, listed: &[SchemaId]) -> bool {
    let parts: Vec<Part> = listed.iter().copied().chain([additional]).map(Part::Whole).collect();
    conjuncts(schemas, &parts).types.is_none_or(|types| !types.without(Type::Null).is_empty())
}

fn report(name: &str, additional: Span, listed: &[Span], diagnostics: &mut Diagnostics) {
    let message = format!("this part of an `allOf` gives {} another type than the part that lists it", quoted(name));
    let diagnostic = diagnostics.warning(Code::ContradictingAllOf, message, additional);
    for property in listed {
        diagnostic.label(*property, "no value is of both; it is typed as it is listed here");
    }
    diagnostic.help("list the property in this part as well, or let `additionalProperties` allow its type");
}
