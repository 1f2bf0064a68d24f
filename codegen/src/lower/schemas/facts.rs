//! What a schema says beside what its values look like.

use super::{Additions, Origin, constraints, intersections, shapes, unions};
use crate::api::{self, Docs, Example, ExternalDocs, Key, Name, Schema, Sensitivity};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::Document;
use crate::document::schema::{Keywords, SchemaId, Schemas};
use crate::lower::{docs, extensions, values};
use crate::names;
use crate::source::Span;

/// A schema of the document.
pub fn stated(document: &Document, id: SchemaId, key: Key, additions: &mut Additions) -> Schema {
    let schemas = &document.schemas;
    let schema = &schemas[id];
    let keywords = schema.keywords();
    let annotations = &keywords.annotations;
    let sensitivity = sensitivity(keywords);
    report_contradiction(keywords, &mut additions.diagnostics);
    Schema {
        given_name: given_name(keywords),
        shape: shapes::shape(schemas, id, &key, additions),
        key,
        nullable: keywords.names_null() || unions::has_null_branch(schemas, keywords),
        constraints: constraints::constraints(keywords),
        read_only: keywords.is_read_only(),
        write_only: keywords.is_write_only(),
        sensitivity,
        default: annotations.default.as_ref().map(|default| values::value(&default.value)),
        examples: examples(keywords),
        unchecked: unchecked(schemas, keywords),
        docs: docs_of(keywords),
        title: annotations.title.as_ref().and_then(|title| docs::text(Some(&title.value))),
        span: schema.name,
    }
}

/// A schema that no place of the document states as a whole.
pub fn derived(document: &Document, origin: &Origin, key: Key, additions: &mut Additions) -> Schema {
    let schemas = &document.schemas;
    match origin {
        Origin::OneType(id, one) => Schema {
            shape: shapes::of_type(schemas, *id, *one, &key, additions),
            nullable: false,
            given_name: None,
            title: None,
            ..stated(document, *id, key, additions)
        },
        Origin::Intersection(ids) => intersection(document, ids, key, additions),
    }
}

/// The intersection of several schemas. Its documentation is that of the last one that has any.
fn intersection(document: &Document, ids: &[SchemaId], key: Key, additions: &mut Additions) -> Schema {
    let schemas = &document.schemas;
    let keywords = || ids.iter().map(|id| schemas[*id].keywords());
    let texts = keywords()
        .rev()
        .find(|keywords| keywords.annotations.description.is_some() || keywords.annotations.title.is_some());
    let secret = ids.iter().find_map(|id| secret(schemas, *id));
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
        given_name: None,
        shape: intersections::shape(schemas, ids, &key, additions),
        key,
        nullable: ids.iter().all(|id| is_nullable(schemas, *id)),
        constraints: intersections::constraints(schemas, ids),
        read_only: keywords().any(Keywords::is_read_only),
        write_only: keywords().any(Keywords::is_write_only),
        sensitivity: secret.map(Sensitivity::Secret).or(plain.map(Sensitivity::Plain)).unwrap_or_default(),
        default: default.map(|default| values::value(&default.value)),
        examples: examples.unwrap_or_default(),
        unchecked: keywords().flat_map(|keywords| unchecked(schemas, keywords)).collect(),
        docs: texts.map(docs_of).unwrap_or_default(),
        title: None,
        span: ids.last().map_or(Span::START, |id| schemas[*id].name),
    }
}

fn is_nullable(schemas: &Schemas, id: SchemaId) -> bool {
    let says_so = |id: SchemaId| {
        let keywords = schemas[id].keywords();
        keywords.names_null() || unions::has_null_branch(schemas, keywords)
    };
    says_so(id) || says_so(schemas.target(id))
}

/// `x-specie-name` of a schema.
pub fn given_name(keywords: &Keywords) -> Option<Name> {
    extensions::name(keywords.extension(names::KEY))
}

/// Where a schema, or the one that it plainly refers to, says that its values are secrets.
pub fn secret(schemas: &Schemas, id: SchemaId) -> Option<Span> {
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
pub fn contradicted_secrets(made: &api::Schemas, diagnostics: &mut Diagnostics) {
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

fn docs_of(keywords: &Keywords) -> Docs {
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

/// The keywords that generated code does not enforce, with their spans.
fn unchecked(schemas: &Schemas, keywords: &Keywords) -> Vec<(String, Span)> {
    let (composition, array, object) = (&*keywords.composition, &*keywords.array, &*keywords.object);
    let of = |name: &'static str, key: Option<Span>| key.map(|key| (name.to_owned(), key));
    let (one_of, any_of) = (composition.one_of.as_ref(), composition.any_of.as_ref());
    // Of `oneOf` and `anyOf` the first one counts, and neither beside `allOf` or where they only say what must be there.
    let has_parts =
        shapes::parts(keywords).len() > 1 || !shapes::parts(keywords).is_empty() && shapes::has_properties(keywords);
    let is_left_out = has_parts || shapes::has_properties(keywords) && !unions::is_union(schemas, keywords);
    let found = [
        of("not", composition.not.as_ref().map(|keyword| keyword.key)),
        of("pattern", keywords.string.pattern.as_ref().map(|keyword| keyword.key)),
        of("oneOf", one_of.filter(|_| is_left_out).map(|keyword| keyword.key)),
        of("anyOf", any_of.filter(|_| is_left_out || one_of.is_some()).map(|keyword| keyword.key)),
        of("if", composition.condition.as_ref().map(|keyword| keyword.key)),
        of("contains", array.contains.as_ref().map(|keyword| keyword.key)),
        of("unevaluatedItems", array.unevaluated_items.as_ref().map(|keyword| keyword.key)),
        of("propertyNames", object.property_names.as_ref().map(|keyword| keyword.key)),
        of("dependentRequired", object.dependent_required.as_ref().map(|keyword| keyword.key)),
        of("dependentSchemas", object.dependent_schemas.as_ref().map(|keyword| keyword.key)),
        of("contentSchema", keywords.string.content_schema.as_ref().map(|keyword| keyword.key)),
    ];
    found.into_iter().flatten().collect()
}
