//! What schemas assert that their types do not keep.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::api::{Assertion, Key, Schema, SchemaId, Schemas};
use crate::diagnostic::Code;
use crate::emit::test_fixtures;
use crate::plan::schemas::adapted::adapt;
use crate::rust::{Check, ItemKind};
use crate::source::Source;
use crate::strictness::Strictness;
use crate::{document, lower, syntax};

/// The schemas of a document as types have them, what is not enforced of them, and what reading them reports.
fn kept(text: &str) -> (Kept, Vec<String>) {
    let head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n";
    let source = Source::new("a.yaml", format!("{head}{text}"));
    let (documents, _) = syntax::read(&source);
    let (resolved, _) = document::resolved(&source, documents, Strictness::Lenient);
    let (api, found) = lower::api(&resolved.expect("a document"));
    let (adapted, unenforced) = adapt(&api);
    let unenforced = unenforced.iter().filter(|one| one.code == Code::UncheckedKeyword);
    let kept = Kept {
        incomparable: adapted.incomparable,
        unenforced: unenforced.filter_map(|one| Some(one.message.split('`').nth(1)?.to_owned())).collect(),
        schemas: Cow::into_owned(adapted.schemas),
    };
    (kept, found.iter().map(|one| one.message.clone()).collect())
}

struct Kept {
    schemas: Schemas,
    incomparable: HashSet<SchemaId>,
    /// The keywords that nothing enforces.
    unenforced: Vec<String>,
}

impl Kept {
    fn component(&self, name: &str) -> (SchemaId, &Schema) {
        let id = self.schemas.find(&Key::Component(name.to_owned())).expect("the component");
        (id, &self.schemas[id])
    }

    fn asserted(&self, name: &str) -> Vec<Assertion> {
        self.component(name).1.constraints.asserted.iter().map(|one| one.assertion.clone()).collect()
    }
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
         \x20   OfBytes: {type: array, uniqueItems: true, items: {type: string, contentEncoding: base64}}\n\
         \x20   OfTexts: {type: array, uniqueItems: true, items: {type: string}}\n",
    );
    assert_eq!(found, [""; 0]);
    let incomparable = ["OfOpen", "OfClosed", "OfAround", "OfBytes", "OfTexts"]
        .into_iter()
        .filter(|name| kept.incomparable.contains(&kept.component(name).0));
    assert_eq!(incomparable.collect::<Vec<_>>(), ["OfOpen", "OfAround", "OfBytes"]);
    assert_eq!(kept.unenforced, ["uniqueItems"; 3]);
}

#[test]
fn patterns_are_checked_that_mean_the_same_to_the_runtime() {
    let (kept, found) = kept(
        "    Plain: {type: string, pattern: '^p_'}\n\
         \x20   Around: {type: string, pattern: '^(?!p_)'}\n\
         \x20   Not: {not: {type: string, pattern: '^(?!p_)'}}\n\
         \x20   ByName: {type: object, patternProperties: {'^(?!p_)': {type: string}}}\n",
    );
    assert_eq!(found, [""; 0]);
    assert_eq!(kept.asserted("Plain"), [Assertion::Pattern("^p_".into())]);
    for name in ["Around", "Not", "ByName"] {
        assert_eq!(kept.asserted(name), [], "{name}");
    }
    assert_eq!(kept.unenforced, ["pattern", "not", "patternProperties"]);
}

#[test]
fn properties_are_counted_where_all_of_them_are_kept() {
    let (kept, found) = kept(
        "    Open: {type: object, minProperties: 1, properties: {a: {type: integer}}}\n\
         \x20   Closed: {type: object, minProperties: 1, properties: {a: {type: integer}}, additionalProperties: false}\n\
         \x20   Map: {type: object, minProperties: 1, additionalProperties: {type: integer}}\n\
         \x20   Longer: {allOf: [{$ref: '#/components/schemas/Open'}, {type: object, maxProperties: 3}]}\n",
    );
    assert_eq!(found, [""; 0]);
    assert_eq!(kept.unenforced, ["minProperties", "maxProperties"]);
}

#[test]
fn listed_structures_are_asserted_where_the_type_keeps_all_of_a_value() {
    let (kept, found) = kept(
        "    Pair: {type: array, items: {type: integer}, enum: [[1, 2], [2, 1]]}\n\
         \x20   Map: {type: [object, 'null'], additionalProperties: {type: integer}, enum: [{a: 1}, null]}\n\
         \x20   Open: {type: object, properties: {a: {type: integer}}, enum: [{a: 1}]}\n\
         \x20   Other: {type: array, items: {type: string}, enum: [a]}\n",
    );
    assert_eq!(found, [""; 0]);
    let listed = |values: &[&str]| vec![Assertion::Enum(values.iter().map(|&value| value.to_owned()).collect())];
    assert_eq!(kept.asserted("Pair"), listed(&["[1,2]", "[2,1]"]));
    assert_eq!(kept.asserted("Map"), listed(&["{\"a\":1}", "null"]));
    assert_eq!((kept.asserted("Open"), kept.asserted("Other")), (vec![], vec![]));
    assert_eq!(kept.unenforced, [""; 0]);
}

/// Of items that hold bytes, two spellings are equal where a type keeps the bytes alone.
#[test]
fn a_list_that_is_a_type_of_its_own_is_not_compared_either() {
    let checks = |first: &str| {
        let krate = test_fixtures::whole(&format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a: {{post: {{requestBody: {{required: true, content: {{application/json: \
             {{schema: {{$ref: '#/components/schemas/Tree'}}}}}}}}, responses: {{}}}}}}\ncomponents: {{schemas: {{Tree: {{type: array, uniqueItems: true, \
             items: {{type: array, prefixItems: [{first}], items: {{$ref: '#/components/schemas/Tree'}}}}}}}}}}\n"
        ));
        let tree = krate.types.into_iter().find(|item| item.name == "Tree").expect("the type");
        let ItemKind::Nested(nested) = tree.kind else { panic!("a type around a list") };
        nested.checks.own
    };
    assert_eq!(checks("{type: string}"), [Check::Unique]);
    assert_eq!(checks("{type: string, contentEncoding: base64}"), []);
}
