//! One schema of `api`: its shape, and everything that stands beside it.

use super::all_of::{self, Conjunct, Part};
use super::{
    Additions, Origin, assumed_types, constraints, declared_unions, inheritance, intersections, keyword_predicates,
    shapes, unenforced_keywords,
};
use crate::api::{self, Docs, Example, ExternalDocs, Key, Name, Schema, Sensitivity, Shape};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::Document;
use crate::document::schema::{Keywords, SchemaId, Schemas};
use crate::lower::{docs, extensions, values};
use crate::names;
use crate::source::Span;

/// A schema of the document. `is_condition`: it stands under `not`, `if` or the like, where unchecked keywords are not reported.
pub(super) fn stated(
    document: &Document,
    id: SchemaId,
    key: Key,
    is_condition: bool,
    additions: &mut Additions,
) -> Schema {
    let schemas = &document.schemas;
    let schema = &schemas[id];
    let keywords = schema.keywords();
    let annotations = &keywords.annotations;
    let sensitivity = sensitivity(keywords);
    report_contradiction(keywords, &mut additions.diagnostics);
    let all = all_of::gather(schemas, &[Part::Whole(id)], additions);
    let mut shape = shapes::stated(schemas, id, &all, &key, additions);
    inheritance::name(schemas, id, &all, &mut shape, &key, additions);
    let mut unchecked = Vec::new();
    if !is_condition {
        unchecked = unenforced_keywords::keywords(schemas, keywords);
        unchecked.extend(unenforced_keywords::beside_no_type(schemas, id, &all, &shape));
        unchecked.extend(unenforced_keywords::counts(schemas, id, &all, &shape));
        assumed_types::report(schemas, id, &all, &mut additions.diagnostics);
    }
    Schema {
        given_name: given_name(keywords),
        nullable: says_null(schemas, id) || declared_unions::lists_null(schemas, keywords, &shape),
        nesting: api::Nesting::Finite,
        constraints: constraints::of_all(schemas, if is_alias(&shape) { own(id, &all) } else { &all }),
        shape,
        key,
        read_only: keywords.is_read_only(),
        write_only: keywords.is_write_only(),
        sensitivity,
        default: annotations.default.as_ref().map(|default| values::value(&default.value)),
        examples: examples(keywords),
        unchecked,
        docs: docs_of(keywords),
        title: annotations.title.as_ref().and_then(|title| docs::text(Some(&title.value))),
        span: schema.name,
    }
}

const fn is_alias(shape: &Shape) -> bool {
    matches!(shape, Shape::Reference(_))
}

/// The schema itself among those that a value of it has to fit.
fn own(id: SchemaId, all: &[Conjunct]) -> &[Conjunct] {
    all.iter().position(|one| one.id == id).and_then(|at| all.get(at..=at)).unwrap_or_default()
}

/// A schema that no place of the document states as a whole. Its documentation is that of the last part that has any.
pub(super) fn derived(document: &Document, origin: &Origin, key: Key, additions: &mut Additions) -> Schema {
    let schemas = &document.schemas;
    let all = all_of::gather(schemas, &origin.parts, additions);
    let mut shape = intersections::derived(schemas, origin, &all, &key, additions);
    if let [Part::Whole(only)] = origin.parts.as_slice() {
        inheritance::name(schemas, *only, &all, &mut shape, &key, additions);
    }
    let wholes: Vec<SchemaId> = origin.parts.iter().filter_map(Part::whole).collect();
    let is_branch = wholes.len() < origin.parts.len();
    let keywords = || wholes.iter().map(|id| schemas[*id].keywords());
    let texts = keywords()
        .rev()
        .find(|keywords| keywords.annotations.description.is_some() || keywords.annotations.title.is_some());
    let chosen = wholes.first().filter(|_| is_branch).map(|id| schemas[*id].keywords());
    let secret = wholes.iter().find_map(|id| secret(schemas, *id));
    let plain = keywords().find_map(|keywords| match sensitivity(keywords) {
        Sensitivity::Plain(span) => Some(span),
        Sensitivity::Secret(_) | Sensitivity::Unstated => None,
    });
    if let (Some(_), Some(plain)) = (secret, plain) {
        contradicted(plain, &mut additions.diagnostics);
    }
    let default = keywords().rev().find_map(|keywords| keywords.annotations.default.as_ref());
    let examples = keywords().rev().map(examples).find(|examples| !examples.is_empty());
    Schema {
        given_name: chosen.and_then(given_name),
        shape,
        key,
        nullable: origin.one.is_none() && !is_branch && is_nullable(schemas, &wholes),
        nesting: api::Nesting::Finite,
        constraints: constraints::of_all(schemas, &all),
        read_only: keywords().any(Keywords::is_read_only),
        write_only: keywords().any(Keywords::is_write_only),
        sensitivity: secret.map(Sensitivity::Secret).or(plain.map(Sensitivity::Plain)).unwrap_or_default(),
        default: default.filter(|_| origin.one.is_none()).map(|default| values::value(&default.value)),
        examples: examples.filter(|_| origin.one.is_none()).unwrap_or_default(),
        unchecked: Vec::new(),
        docs: texts.map(docs_of).unwrap_or_default(),
        title: chosen
            .and_then(|chosen| chosen.annotations.title.as_ref())
            .and_then(|title| docs::text(Some(&title.value))),
        span: wholes.last().map_or(Span::START, |id| schemas[*id].name),
    }
}

/// Whether all of several schemas allow null; one that says nothing of types does not forbid it.
fn is_nullable(schemas: &Schemas, ids: &[SchemaId]) -> bool {
    let allows = |id: &SchemaId| says_null(schemas, *id) || says_null(schemas, schemas.target(*id));
    let forbids = |id: &SchemaId| {
        let keywords = schemas[schemas.target(*id)].keywords();
        !allows(id) && !keyword_predicates::is_silent(schemas, keywords)
    };
    ids.iter().any(allows) && !ids.iter().any(forbids)
}

/// Whether a schema says itself that null is allowed, or an inline part of its `allOf` that says nothing else of types.
fn says_null(schemas: &Schemas, id: SchemaId) -> bool {
    let keywords = schemas[id].keywords();
    let by_part = |part: &SchemaId| {
        let part = schemas[*part].keywords();
        part.or_null.is_some() && keyword_predicates::is_silent(schemas, part)
    };
    keywords.names_null()
        || declared_unions::has_null_branch(schemas, keywords)
        || keywords.composition.all_of().iter().any(by_part)
}

/// `x-specie-name` of a schema.
pub(super) fn given_name(keywords: &Keywords) -> Option<Name> {
    extensions::name(keywords.extension(names::KEY))
}

/// Where a schema, or the one that it plainly refers to, says that its values are secrets.
pub(super) fn secret(schemas: &Schemas, id: SchemaId) -> Option<Span> {
    [id, schemas.target(id)].into_iter().find_map(|id| match sensitivity(schemas[id].keywords()) {
        Sensitivity::Secret(span) => Some(span),
        Sensitivity::Plain(_) | Sensitivity::Unstated => None,
    })
}

/// What a schema says itself: `x-specie-sensitive`, or else `format: password`.
fn sensitivity(keywords: &Keywords) -> Sensitivity {
    match extensions::sensitive(keywords.extension("x-specie-sensitive")) {
        Some((true, span)) => Sensitivity::Secret(span),
        Some((false, span)) => Sensitivity::Plain(span),
        None => password(keywords).map(Sensitivity::Secret).unwrap_or_default(),
    }
}

fn password(keywords: &Keywords) -> Option<Span> {
    keywords.format.as_ref().filter(|format| &*format.value == "password").map(|format| format.span)
}

/// `x-specie-sensitive: false` beside `format: password`.
fn report_contradiction(keywords: &Keywords, diagnostics: &mut Diagnostics) {
    if let (Sensitivity::Plain(span), Some(_)) = (sensitivity(keywords), password(keywords)) {
        contradicted(span, diagnostics);
    }
}

/// Reports `x-specie-sensitive: false` on what refers to a secret.
pub(super) fn contradicted_secrets(made: &api::Schemas, diagnostics: &mut Diagnostics) {
    for (id, schema) in made.iter() {
        if let Sensitivity::Plain(span) = schema.sensitivity
            && made.secret(id).is_some()
        {
            contradicted(span, diagnostics);
        }
    }
}

fn contradicted(span: Span, diagnostics: &mut Diagnostics) {
    let message = "this says that the value is no secret, and its schema that it is one";
    diagnostics
        .error(Code::MalformedExtension, message, span)
        .help("remove `x-specie-sensitive: false`, or what makes the value a secret");
}

/// Title, description and all else that is said in words.
pub(super) fn docs_of(keywords: &Keywords) -> Docs {
    let annotations = &keywords.annotations;
    let text = |keyword: &Option<crate::document::schema::Keyword<Box<str>>>| {
        keyword.as_ref().and_then(|text| docs::text(Some(&text.value)))
    };
    let external = annotations.external_docs.as_ref().and_then(|stated| {
        let description = stated.value.description.as_ref().map(|text| text.text.to_string());
        Some(ExternalDocs { url: stated.value.url.as_ref()?.text.to_string(), description })
    });
    let provenance = keywords.extension("x-specie-provenance");
    Docs {
        summary: text(&annotations.title),
        description: text(&annotations.description),
        external_docs: external,
        deprecated: annotations.deprecated.as_ref().is_some_and(|flag| flag.value),
        provenance: provenance.map(|(_, node)| extensions::provenance(node)).unwrap_or_default(),
    }
}

fn examples(keywords: &Keywords) -> Vec<Example> {
    let annotations = &keywords.annotations;
    let one = annotations.example.iter().map(|example| &example.value);
    let several = annotations.examples.iter().flat_map(|examples| &examples.value);
    one.chain(several).map(values::unnamed_example).collect()
}
