//! What each schema of the document says, found before any of them is lowered. The later passes read these results, and the keywords of
//! the schemas.

mod assertions;
mod conditions;
mod conjuncts;
mod constraints;
mod inheritance;
mod null_branches;
mod own_keywords;
mod schema_table;
mod unions;

use std::collections::HashSet;
use std::ops::Index;

use rayon::prelude::*;

use crate::api::{self, Asserted, Assertion, Combination, Constraints, EntrySpan, Name, Sensitivity};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::schema::{Keyword, Keywords, Parent, Schema, SchemaId, Schemas, TypeSet};
use crate::lower::copied_parts;
use crate::source::Span;

pub(super) use conjuncts::types;
use inheritance::Inheritance;
use own_keywords::OwnKeywords;
use schema_table::SchemaTable;

/// All schemas of a document with what they say, in its order: the results of all passes of the analysis.
pub(super) struct AnalyzedSchemas<'a> {
    table: SchemaTable<'a>,
    /// What the unions of each say of null.
    null_branches: Vec<NullBranch>,
    /// Which of them are conditions.
    conditions: Vec<bool>,
    /// The names that several of them have as `$dynamicAnchor`.
    shared_anchors: HashSet<&'a str>,
    /// Which of them extend a component with a discriminator.
    pub(super) inheritance: Inheritance,
}

/// One schema of the document.
pub(super) struct AnalyzedSchema<'a> {
    /// As the document has it.
    pub(super) schema: &'a Schema,
    /// Its keywords; none where it is `true` or `false`.
    pub(super) keywords: &'a Keywords,
    /// The schema that it plainly refers to, or itself.
    pub(super) target: SchemaId,
    /// Whether it stands as a part in an `allOf`. The schema with the `allOf` has all that it says.
    pub(super) is_inline_part: bool,
    /// What its keywords alone describe.
    pub(super) described: Described,
    /// Whether its keywords alone say which properties an object has, without listing any.
    pub(super) restricts_properties: bool,
    /// Whether it has no keyword that decides the shape of its values, except `type`, `$ref`, `allOf`, `oneOf` and `anyOf`.
    pub(super) adds_nothing: bool,
    /// Its `oneOf` and `anyOf`.
    pub(super) unions: Vec<StatedUnion<'a>>,
    /// The schema that it refers to, and the parts of its `allOf`.
    pub(super) stated_parts: Vec<SchemaId>,
    /// The stated parts, and the branches of its unions that apply to every value.
    pub(super) parts: Vec<SchemaId>,
    /// All schemas that a value of it has to satisfy.
    pub(super) all: Conjuncts,
    /// What its keywords alone demand of a value beyond its shape.
    pub(super) constraints: StatedConstraints,
    /// What it says itself of whether its values are secrets.
    pub(super) sensitivity: Sensitivity,
    /// Where it, or the schema that it plainly refers to, says that its values are secrets.
    pub(super) secret: Option<Span>,
    /// `x-specie-name`
    pub(super) given_name: Option<Name>,
}

/// What kind of values the keywords of one schema describe, whatever else they have to satisfy.
pub(super) struct Described {
    /// An object: by its type, or by the schemas of its properties. `required` and `additionalProperties: false` do not make it one, because
    /// values of other types satisfy them.
    pub(super) object: bool,
    /// A list: by its type, or by its items.
    pub(super) list: bool,
    /// Nothing of what values look like.
    pub(super) nothing: bool,
}

/// One `oneOf` or `anyOf`.
pub(super) struct StatedUnion<'a> {
    pub(super) list: &'a Keyword<Vec<SchemaId>>,
    /// How many of the branches may fit.
    pub(super) combination: Combination,
    /// The branches that are not null.
    pub(super) present: Vec<SchemaId>,
    pub(super) role: Role,
    /// Whether one object may well satisfy all branches of an `anyOf`.
    pub(super) fit_together: bool,
}

/// What a union does to the values of its schema.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Its branches tell shapes apart.
    Alternatives,
    /// Every value satisfies its branches: there is only one beside null, or it is an `anyOf` whose branches fit together, with
    /// `unevaluatedProperties: false`.
    Applied,
    /// Its branches only add conditions, such as `required`, and become no types.
    Restriction,
}

/// What the branches of the unions of a schema say of null.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NullBranch {
    /// None of them allows it.
    None,
    /// One of them lists or allows it.
    Allowed,
    /// One of them is null.
    Stated,
}

/// One of the schemas that a value has to satisfy at once, by its own keywords.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Conjunct {
    /// The schema.
    pub(super) id: SchemaId,
    /// The component that brought it in.
    pub(super) owner: Option<api::SchemaId>,
    /// Whether one of its branches was chosen: the branch is a conjunct of its own, and `oneOf` and `anyOf` here are not read again.
    pub(super) branch_is_chosen: bool,
}

/// The schemas that a value has to satisfy at once: a schema, what it refers to, and the parts of its `allOf`, at every depth.
pub(super) struct Conjuncts {
    /// A schema comes after those that it refers to and the parts of its `allOf`, and each comes once.
    pub(super) list: Vec<Conjunct>,
    /// The types that all of them allow, null among them; `None` where none of them states any.
    pub(super) types: Option<TypeSet>,
}

/// What the keywords of one schema demand of a value beyond its shape.
pub(super) struct StatedConstraints {
    pub(super) demanded: Constraints,
    /// Where the keywords stand, each by its name.
    pub(super) spans: Vec<(&'static str, EntrySpan)>,
    /// The keywords that cannot be written as assertions, and where they stand.
    pub(super) omitted: Vec<(&'static str, Span)>,
}

/// What leads from one schema to others.
struct Links<'a> {
    own: OwnKeywords,
    unions: Vec<StatedUnion<'a>>,
    /// The schemas that apply to each of its values as well.
    parts: Vec<SchemaId>,
}

impl<'a> Index<SchemaId> for AnalyzedSchemas<'a> {
    type Output = AnalyzedSchema<'a>;

    fn index(&self, id: SchemaId) -> &AnalyzedSchema<'a> {
        &self.table[id]
    }
}

impl<'a> AnalyzedSchemas<'a> {
    /// Gathers what all schemas of a document say. It is incomplete where there is an error among the diagnostics.
    pub(super) fn of(document: &'a Schemas) -> (Self, Diagnostics) {
        Self::within(document, conjuncts::MOST)
    }

    /// The same, where the schemas include at most `most` others together; one that several schemas include counts for each of them.
    fn within(document: &'a Schemas, most: usize) -> (Self, Diagnostics) {
        let own: Vec<OwnKeywords> = document.par_iter().map(|(id, _)| own_keywords::own(document, id)).collect();
        let unions: Vec<_> = document.par_iter().map(|(id, _)| unions::of(document, &own, id)).collect();
        let links: Vec<Links<'_>> = own.into_iter().zip(unions).map(|(own, unions)| links(own, unions)).collect();
        let conditions = conditions::of_each(document, &links);
        let conjuncts = conjuncts::of_each(document, &links, most);
        let mut diagnostics = Diagnostics::new();
        for id in conjuncts.too_deep {
            report_too_deep(document[id].name, &mut diagnostics);
        }
        if let Some(id) = conjuncts.too_many {
            diagnostics.push(copied_parts::too_large(document[id].name));
        }
        let of_each = document.par_iter().zip(links).zip(conjuncts.all);
        let list = of_each.map(|(((id, _), links), all)| analyzed(document, id, links, all)).collect();
        let table = SchemaTable { document, list };
        let (null_branches, inheritance) = (null_branches::of_each(&table), Inheritance::of(&table));
        (Self { table, null_branches, conditions, shared_anchors: shared_anchors(document), inheritance }, diagnostics)
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.table.list.len()
    }

    /// The schema of the document that an id of the API stands for; `None` for a derived schema.
    pub(super) fn stated(&self, id: api::SchemaId) -> Option<SchemaId> {
        self.table.document.at(id.0)
    }

    /// Whether a schema stands under `not`, `if` or the like: it only tests values and becomes no type.
    pub(super) fn is_condition(&self, id: SchemaId) -> bool {
        self.conditions.get(id.index()) == Some(&true)
    }

    /// What the branches of the unions of a schema say of null.
    pub(super) fn null_branch(&self, id: SchemaId) -> NullBranch {
        self.null_branches.get(id.index()).copied().unwrap_or(NullBranch::None)
    }

    /// Whether one of the schemas that a value has to satisfy names null, and none of them can refuse it.
    pub(super) fn all_allow_null(&self, all: &Conjuncts) -> bool {
        null_branches::all_allow_null(&self.table, all)
    }

    /// Whether several schemas have a name as `$dynamicAnchor`.
    pub(super) fn is_shared_anchor(&self, name: &str) -> bool {
        self.shared_anchors.contains(name)
    }

    /// All of them with their ids.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = (SchemaId, &AnalyzedSchema<'a>)> {
        self.table.iter()
    }

    /// The assertions of keywords for one type, such as `minLength`, in a schema that allows values of any type.
    pub(super) fn of_one_type(&self, id: SchemaId) -> Vec<Asserted> {
        assertions::of_one_type(self.table.document, self[id].keywords)
    }

    /// A schema as assertions; `None` where it cannot be written so.
    pub(super) fn assertions(&self, id: SchemaId) -> Option<Vec<Assertion>> {
        assertions::of_schema(self.table.document, id)
    }
}

impl<'a> AnalyzedSchema<'a> {
    /// Whether its values have to satisfy another schema as well, or it is that one.
    pub(super) fn includes(&self, other: SchemaId) -> bool {
        self.all.list.iter().any(|part| part.id == other)
    }

    /// The unions that tell shapes apart.
    pub(super) fn alternatives(&self) -> impl Iterator<Item = &StatedUnion<'a>> {
        self.unions.iter().filter(|union| union.role == Role::Alternatives)
    }
}

fn shared_anchors(document: &Schemas) -> HashSet<&str> {
    let anchors = document.iter().filter_map(|(_, schema)| schema.keywords().identity.dynamic_anchor.as_ref());
    let mut known = HashSet::new();
    anchors.map(|anchor| &*anchor.value).filter(|name| !known.insert(*name)).collect()
}

fn links(own: OwnKeywords, unions: Vec<StatedUnion<'_>>) -> Links<'_> {
    let applied = unions.iter().filter(|union| union.role == Role::Applied).flat_map(|union| &union.present);
    let parts = own.stated_parts.iter().chain(applied).copied().collect();
    Links { own, unions, parts }
}

fn analyzed<'a>(document: &'a Schemas, id: SchemaId, links: Links<'a>, all: Conjuncts) -> AnalyzedSchema<'a> {
    let Links { own, unions, parts } = links;
    let schema = &document[id];
    let keywords = schema.keywords();
    AnalyzedSchema {
        schema,
        keywords,
        target: own.target,
        is_inline_part: matches!(&schema.parent, Parent::Schema(_, step) if step.key == "allOf"),
        described: own.described,
        restricts_properties: own.restricts_properties,
        adds_nothing: own.adds_nothing,
        constraints: constraints::stated(document, keywords, &unions),
        unions,
        stated_parts: own.stated_parts,
        parts,
        all,
        sensitivity: own.sensitivity,
        secret: own.secret,
        given_name: own.given_name,
    }
}

fn report_too_deep(span: Span, diagnostics: &mut Diagnostics) {
    let most = conjuncts::DEEPEST;
    let message = format!("more than {most} schemas take each other over in a row here, by `allOf` and references");
    diagnostics.error(Code::TooDeep, message, span).help("put their properties into fewer schemas");
}

#[cfg(test)]
mod tests {
    use super::AnalyzedSchemas;
    use crate::diagnostic::Code;
    use crate::source::Source;
    use crate::strictness::Strictness;
    use crate::{document, syntax};

    #[test]
    fn so_many_schemas_are_included_and_no_more() {
        let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents: {schemas: {\
                    A: {type: string}, B: {allOf: [{$ref: '#/components/schemas/A'}]}, C: {allOf: [{$ref: '#/components/schemas/B'}]}}}\n";
        let source = Source::new("a.yaml", text);
        let (documents, _) = syntax::read(&source);
        let (resolved, _) = document::resolved(&source, documents, Strictness::Lenient);
        let schemas = resolved.unwrap().document.schemas;
        let codes = |most| {
            let (analyzed, diagnostics) = AnalyzedSchemas::within(&schemas, most);
            assert_eq!(analyzed.len(), schemas.len());
            diagnostics.iter().map(|one| one.code).collect::<Vec<_>>()
        };
        // B includes A; C includes B and A; the reference in C stands for B, which includes A.
        assert_eq!(codes(4), []);
        assert_eq!(codes(3), [Code::TooLarge]);
    }
}
