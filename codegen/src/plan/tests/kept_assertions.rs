//! What schemas assert that their types do not keep.

use std::borrow::Cow;

use crate::api::{Assertion, Key, Schema, Schemas, Uniqueness};
use crate::grammar::Strictness;
use crate::plan::schemas::adapted::adapt;
use crate::source::Source;
use crate::{document, lower, syntax};

/// The schemas of a document as types have them, and what reading them reports.
fn kept(text: &str) -> (Schemas, Vec<String>) {
    let head = "openapi: 3.0.4\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n";
    let source = Source::new("a.yaml", format!("{head}{text}"));
    let (documents, _) = syntax::read(&source);
    let (resolved, _) = document::resolved(&source, documents, Strictness::Lenient);
    let (api, found) = lower::api(&resolved.expect("a document"));
    let schemas = adapt(&api).0.schemas;
    (Cow::into_owned(schemas), found.iter().map(|one| one.message.clone()).collect())
}

fn component<'a>(schemas: &'a Schemas, name: &str) -> &'a Schema {
    let is_it = |schema: &Schema| schema.key == Key::Component(name.to_owned());
    schemas.iter().map(|(_, schema)| schema).find(|schema| is_it(schema)).expect("the component")
}

#[test]
fn items_are_compared_where_their_types_keep_all_of_them() {
    let (kept, found) = kept(
        "    Open: {type: object, properties: {a: {type: integer}}}\n\
         \x20   Closed: {type: object, properties: {a: {type: integer}}, additionalProperties: false}\n\
         \x20   Around: {type: object, properties: {in: {$ref: '#/components/schemas/Open'}}, additionalProperties: true}\n\
         \x20   OfOpen: {type: array, uniqueItems: true, items: {$ref: '#/components/schemas/Open'}}\n\
         \x20   OfClosed: {type: array, uniqueItems: true, items: {$ref: '#/components/schemas/Closed'}}\n\
         \x20   OfAround: {type: array, uniqueItems: true, items: {type: array, items: {$ref: '#/components/schemas/Around'}}}\n\
         \x20   OfBytes: {type: array, uniqueItems: true, items: {type: string, format: byte}}\n\
         \x20   OfTexts: {type: array, uniqueItems: true, items: {type: string}}\n",
    );
    assert_eq!(found, [""; 0]);
    let uniqueness = |name: &str| {
        let schema = component(&kept, name);
        (schema.constraints.unique_items, schema.unchecked.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>())
    };
    for name in ["OfOpen", "OfAround", "OfBytes"] {
        assert_eq!(uniqueness(name), (Some(Uniqueness::Documented), vec!["uniqueItems"]), "{name}");
    }
    for name in ["OfClosed", "OfTexts"] {
        assert_eq!(uniqueness(name), (Some(Uniqueness::Checked), vec![]), "{name}");
    }
}

#[test]
fn listed_structures_are_asserted_where_the_type_keeps_all_of_a_value() {
    let (kept, found) = kept(
        "    Pair: {type: array, items: {type: integer}, enum: [[1, 2], [2, 1]]}\n\
         \x20   Map: {type: object, nullable: true, additionalProperties: {type: integer}, enum: [{a: 1}, null]}\n\
         \x20   Open: {type: object, properties: {a: {type: integer}}, enum: [{a: 1}]}\n\
         \x20   Other: {type: array, items: {type: string}, enum: [a]}\n",
    );
    assert_eq!(found, [""; 0]);
    let asserted = |name: &str| {
        let schema = component(&kept, name);
        let asserted = schema.constraints.asserted.iter().map(|one| one.assertion.clone()).collect::<Vec<_>>();
        (asserted, schema.unchecked.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>())
    };
    let listed = |values: &[&str]| vec![Assertion::Enum(values.iter().map(|&value| value.to_owned()).collect())];
    assert_eq!(asserted("Pair"), (listed(&["[1,2]", "[2,1]"]), vec![]));
    assert_eq!(asserted("Map"), (listed(&["{\"a\":1}", "null"]), vec![]));
    assert_eq!(asserted("Open"), (vec![], vec![]));
    assert_eq!(asserted("Other"), (vec![], vec![]));
}
