use super::{Group, Keyword, Parent, Schema, SchemaId, Schemas, Type};
use crate::document::path_step::PathStep;
use crate::document::source_map::{ObjectId, ObjectSpans, Objects};
use crate::grammar;
use crate::grammar::Version;
use crate::source::{FileId, Source, Span};
use crate::syntax::Node;

fn tree(text: &str) -> Node {
    crate::syntax::tree(&Source::new("a.yaml", text), FileId::ROOT).expect("a tree")
}

/// The components of a text, which stand under their names.
fn read(version: Version, text: &str) -> Schemas {
    let mut schemas = Schemas::new(version);
    schemas.read_components(&tree(text));
    schemas.link();
    schemas
}

fn schema<'a>(schemas: &'a Schemas, name: &str) -> &'a Schema {
    &schemas[schemas.component(name).expect("a component")]
}

fn marked(text: &str, span: Span) -> &str {
    &text[span.start as usize..span.end as usize]
}

/// Every keyword of JSON Schema 2020-12 and of OpenAPI, with a value.
const KEYWORDS: &[&str] = &[
    "$ref: '#/components/schemas/B'",
    "type: [string, 'null']",
    "format: date",
    "enum: [a]",
    "const: a",
    "multipleOf: 1",
    "minimum: 1",
    "maximum: 1",
    "exclusiveMinimum: 1",
    "exclusiveMaximum: 1",
    "minLength: 1",
    "maxLength: 1",
    "pattern: a",
    "contentEncoding: base64",
    "contentMediaType: text/plain",
    "contentSchema: {}",
    "prefixItems: [{}]",
    "items: {}",
    "contains: {}",
    "minContains: 1",
    "maxContains: 1",
    "unevaluatedItems: false",
    "minItems: 1",
    "maxItems: 1",
    "uniqueItems: true",
    "properties: {a: {}}",
    "patternProperties: {a: {}}",
    "additionalProperties: false",
    "propertyNames: {}",
    "unevaluatedProperties: false",
    "required: [a]",
    "minProperties: 1",
    "maxProperties: 1",
    "dependentRequired: {a: [b]}",
    "dependentSchemas: {a: {}}",
    "allOf: [{}]",
    "oneOf: [{}]",
    "anyOf: [{}]",
    "not: {}",
    "if: {}",
    "then: {}",
    "else: {}",
    "discriminator: {propertyName: kind}",
    "title: a",
    "description: a",
    "default: a",
    "example: a",
    "examples: [a]",
    "deprecated: true",
    "readOnly: true",
    "writeOnly: true",
    "externalDocs: {url: a}",
    "xml: {name: a}",
    "$comment: a",
    "$schema: a",
    "$vocabulary: {}",
    "$id: a",
    "$anchor: a",
    "$dynamicAnchor: a",
    "$dynamicRef: '#a'",
    "$defs: {a: {}}",
];

#[test]
fn every_keyword_is_read() {
    for keyword in KEYWORDS {
        let schemas = read(Version::V31, &format!("A: {{{keyword}}}\n"));
        let keywords = schema(&schemas, "A").keywords();
        assert!(!keywords.is_empty() && keywords.unknown.is_empty(), "{keyword}: {keywords:?}");
    }
    let named = |name: &str| KEYWORDS.iter().any(|keyword| keyword.split(':').next() == Some(name));
    for field in grammar::Kind::Schema.object().fields {
        assert!(named(field.name) || field.name == "nullable", "{} is no keyword here", field.name);
    }
    let schemas = read(Version::V31, "A: {nonsense: 1, x-mine: 2}\n");
    let keywords = schema(&schemas, "A").keywords();
    assert_eq!(keywords.unknown.iter().map(crate::syntax::Key::text).collect::<Vec<_>>(), ["nonsense"]);
    assert_eq!(keywords.extension("x-mine").and_then(|(_, value)| value.text()), Some("2"));
}

#[test]
fn three_zero_is_read_in_the_terms_of_json_schema() {
    let schemas = read(
        Version::V30,
        "A: {type: string, enum: [a], nullable: true}\nB: {allOf: [{type: object}], nullable: true}\nC: {type: integer, minimum: 5, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false}\nD: {$ref: '#/components/schemas/A', description: Text., minLength: 1}\nE: {const: 1}\nF: {minContains: 1}\n",
    );
    let a = schema(&schemas, "A").keywords();
    let types = a.types.as_ref().expect("types").value;
    assert_eq!(types.iter().collect::<Vec<_>>(), [Type::Null, Type::String]);
    assert_eq!(a.only_type(), Some(Type::String));
    assert!(a.names_null());
    let b = schema(&schemas, "B").keywords();
    assert!(b.names_null() && b.types.is_none());
    let limit =
        |keyword: &Option<Keyword<super::Number>>| keyword.as_ref().map(|limit| limit.value.as_str().to_owned());
    let c = &schema(&schemas, "C").keywords().number;
    assert_eq!([limit(&c.minimum), limit(&c.exclusive_minimum)], [None, Some("5".to_owned())]);
    assert_eq!([limit(&c.maximum), limit(&c.exclusive_maximum)], [Some("9".to_owned()), None]);
    let d = schema(&schemas, "D").keywords();
    assert!(d.is_alias() && d.string.is_empty() && d.annotations.description.is_some());
    // What a later version has is left out, unless it can mean one thing only.
    assert!(schema(&schemas, "E").keywords().constant.is_some());
    let later = schema(&schemas, "F").keywords();
    assert!(later.array.is_empty() && later.unknown.len() == 1, "{later:?}");
}

#[test]
fn later_versions_keep_every_type_and_what_stands_beside_a_reference() {
    let schemas = read(
        Version::V31,
        "A: {type: [string, integer, 'null']}\nB: {$ref: '#/components/schemas/A', minLength: 1}\nC: {$ref: '#/components/schemas/B', title: T}\nD: {items: false}\n",
    );
    let types = schema(&schemas, "A").keywords().types.as_ref().expect("types").value;
    assert_eq!(types.iter().map(Type::as_str).collect::<Vec<_>>(), ["null", "string", "integer"]);
    let id = |name| schemas.component(name).expect("a component");
    assert!(!schema(&schemas, "B").keywords().is_alias());
    assert_eq!(schemas.target(id("C")), id("B"));
    let items = schema(&schemas, "D").keywords().array.items.as_ref().expect("items").value;
    assert_eq!(schemas[items].as_bool(), Some(false));
}

#[test]
fn references_lead_to_schemas_by_name_anchor_and_id() {
    let schemas = read(
        Version::V31,
        "A/b: {$anchor: here}\nB: {$ref: '#/components/schemas/A~1b'}\nC: {$ref: '#here'}\nD: {$id: 'urn:d'}\nE: {$ref: 'urn:d'}\nF: {$ref: '#nowhere'}\nG: {$ref: '#/components/schemas/G'}\nH: {discriminator: {propertyName: k, mapping: {x: D, y: '#/components/schemas/B', z: Gone}}}\n",
    );
    let target = |name: &str| schema(&schemas, name).keywords().reference.as_ref().and_then(|named| named.value.target);
    let id = |name: &str| schemas.component(name);
    assert_eq!([target("B"), target("C"), target("E"), target("F")], [id("A/b"), id("A/b"), id("D"), None]);
    // A circle was reported before, and ends.
    assert_eq!(id("G").map(|id| schemas.target(id)), id("G"));
    let stated = schema(&schemas, "H").keywords().discriminator.as_ref().expect("a discriminator");
    let targets: Vec<_> = stated.value.mapping.values().map(|entry| entry.target).collect();
    assert_eq!(targets, [id("D"), id("B"), None]);
}

#[test]
fn schemas_and_keywords_have_spans() {
    let text = "A:\n  type: object\n  properties:\n    b: {minimum: 0.10}\n  allOf:\n    - title: T\n";
    let schemas = read(Version::V31, text);
    let a = schema(&schemas, "A");
    assert_eq!([marked(text, a.name), marked(text, a.first)], ["A", "type"]);
    let properties = a.keywords().object.properties.as_ref().expect("properties");
    assert_eq!(marked(text, properties.key), "properties");
    let b = &schemas[properties.value["b"]];
    assert_eq!([marked(text, b.name), marked(text, b.span)], ["b", "{minimum: 0.10}"]);
    let minimum = b.keywords().number.minimum.as_ref().expect("a minimum");
    assert_eq!((marked(text, minimum.whole()), minimum.value.as_str()), ("minimum: 0.10", "0.10"));
    let part = a.keywords().composition.all_of.as_ref().expect("parts").value[0];
    assert_eq!(marked(text, schemas[part].name), "title");
    assert!(schemas[part].is_branch() && !b.is_branch());
}

#[test]
fn keys_say_where_a_schema_stands() {
    let mut objects = Objects::default();
    let span = Span::START;
    let mut push = |kind, parent| {
        objects.push(ObjectSpans { kind, parent, name: span, span, fields: Box::default(), extensions: Box::default() })
    };
    let root = push(grammar::Kind::OpenApi, None);
    let item = push(grammar::Kind::PathItem, Some((root, PathStep::named("paths", "/a/{b}"))));
    let parameter = push(grammar::Kind::Parameter, Some((item, PathStep::item("parameters", 1))));
    assert_eq!(root, ObjectId::ROOT);
    let mut schemas = read(Version::V31, "A: {properties: {x/y: {oneOf: [{}, {items: {}}]}}}\n");
    schemas.read(&tree("{items: {}}"), Parent::Object(parameter, PathStep::to("schema")), span);
    let keys: Vec<String> = schemas.iter().map(|(id, _)| schemas.key(id, &objects)).collect();
    let property = "#/components/schemas/A/properties/x~1y";
    let outside = "#/paths/~1a~1{b}/parameters/1/schema";
    let expected = [
        "A".to_owned(),
        property.to_owned(),
        format!("{property}/oneOf/0"),
        format!("{property}/oneOf/1"),
        format!("{property}/oneOf/1/items"),
        outside.to_owned(),
        format!("{outside}/items"),
    ];
    assert_eq!(keys, expected);
    assert_eq!(schemas.iter().map(|(id, _)| id.index()).collect::<Vec<_>>(), (0..7).collect::<Vec<_>>());
}

#[test]
fn absent_groups_take_no_room() {
    assert_eq!(size_of::<Group<super::ObjectKeywords>>(), size_of::<usize>());
    assert_eq!(size_of::<SchemaId>(), 4);
    assert!(size_of::<super::Keywords>() <= 512);
}
