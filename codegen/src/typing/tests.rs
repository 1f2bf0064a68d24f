use super::Around;
use crate::api::Presence;
use crate::diagnostic::Diagnostics;
use crate::grammar::Strictness;
use crate::ir::{Api, Field, TypeKind, TypeRef};
use crate::source::Source;
use crate::{lower, resolve, syntax};

/// The types of a document, and what is said of them.
fn typed(text: &str) -> (Api, Vec<String>) {
    let source = Source::new("a.yaml", format!("openapi: 3.0.4\ninfo: {{title: T, version: '1'}}\n{text}"));
    let mut diagnostics = Diagnostics::new();
    let documents = syntax::read(&source, &mut diagnostics);
    let resolved = resolve::resolve(&source, documents, Strictness::Lenient, &mut diagnostics).expect("a document");
    let (meant, _) = lower::api(&resolved.document);
    let names = resolved.stated_names();
    let around = Around { crate_name: "a", spec_path: "a.yaml", strictness: Strictness::Lenient, names };
    let (api, found) = super::api(&meant, &around);
    (api, found.iter().map(|one| one.message.clone()).collect())
}

fn schemas(text: &str) -> (Api, Vec<String>) {
    typed(&format!("paths: {{}}\ncomponents:\n  schemas:\n{text}"))
}

fn field<'a>(api: &'a Api, name: &str, wire: &str) -> &'a Field {
    let found = api.types.iter().find(|definition| definition.name == name);
    match found.map(|definition| &definition.kind) {
        Some(TypeKind::Struct(structure)) => structure.fields.iter().find(|field| field.wire == wire).unwrap(),
        other => panic!("{name} is {other:?}"),
    }
}

#[test]
fn a_part_that_says_less_takes_no_secret_away() {
    let (api, found) = schemas(
        "    Card: {type: object, properties: {pan: {type: string, x-specie-sensitive: true}}}\n\
         \x20   Stored: {allOf: [{$ref: '#/components/schemas/Card'}, {properties: {pan: {type: string, maxLength: 19}}}]}\n",
    );
    let pan = field(&api, "Stored", "pan");
    assert_eq!(pan.ty, TypeRef::Secret(Box::new(TypeRef::String)));
    assert_eq!(pan.constraints.max_length, Some(19));
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_name_of_the_wire_comes_before_one_that_is_stated() {
    let (id, stated) = ("id: {type: string}", "ref: {type: string, x-specie-name: id}");
    for (first, second) in [(id, stated), (stated, id)] {
        let (api, found) = schemas(&format!("    A: {{type: object, properties: {{{first}, {second}}}}}\n"));
        assert_eq!((&*field(&api, "A", "id").name, &*field(&api, "A", "ref").name), ("id", "id2"));
        assert_eq!(found, ["the name `id` is taken already; this one becomes `id2`"]);
    }
}

#[test]
fn limits_beside_a_reference_hold_as_well() {
    let (api, _) = schemas(
        "    Text: {type: string, minLength: 2}\n\
         \x20   A: {type: object, properties: {b: {allOf: [{$ref: '#/components/schemas/Text'}], maxLength: 3}}}\n",
    );
    let constraints = &field(&api, "A", "b").constraints;
    assert_eq!((constraints.min_length, constraints.max_length), (Some(2), Some(3)));
}

#[test]
fn one_branch_allows_null_only_where_it_says_so() {
    let presence = |branches: &str| {
        let (api, _) = schemas(&format!("    A: {{type: object, required: [b], properties: {{b: {branches}}}}}\n"));
        field(&api, "A", "b").presence
    };
    let (never, sometimes) =
        (Presence { required: true, nullable: false }, Presence { required: true, nullable: true });
    assert_eq!(presence("{oneOf: [{type: string}]}"), never);
    assert_eq!(presence("{anyOf: [{type: string}]}"), never);
    assert_eq!(presence("{oneOf: [{type: string}, {nullable: true, enum: [null]}]}"), sometimes);
    assert_eq!(presence("{oneOf: [{type: string, nullable: true}]}"), sometimes);
    assert_eq!(presence("{oneOf: [{type: string}], nullable: true}"), sometimes);
}

#[test]
fn a_range_has_its_body_however_it_is_spelled() {
    for status in ["2XX", "2xx", "2Xx", "2xX"] {
        let schema = "{type: object, properties: {pin: {type: string, x-specie-sensitive: true}}}";
        let (api, _) = typed(&format!(
            "paths:\n  /a:\n    get:\n      operationId: a\n      responses:\n        '400': {{description: Odd.}}\n        {status}: {{description: Ok., x-specie-outcome: done, content: {{application/json: {{schema: {schema}}}}}}}\n"
        ));
        assert!(matches!(field(&api, "AResponse", "pin").ty, TypeRef::Secret(_)), "{status}");
        let operation = &api.operations[0];
        assert_eq!(operation.successes[0].docs.description.as_deref(), Some("Ok."), "{status}");
        assert_eq!(operation.outcomes.len(), 1, "{status}");
    }
}

#[test]
fn what_stands_beside_a_union_narrows_it() {
    let of = |beside: &str| {
        let (api, found) = schemas(&format!(
            "    A: {{type: object, properties: {{b: {{oneOf: [{{type: string}}, {{type: integer}}]{beside}}}}}}}\n"
        ));
        assert_eq!(found, [""; 0]);
        field(&api, "A", "b").ty.clone()
    };
    assert!(matches!(of(""), TypeRef::Named(_)));
    assert_eq!(of(", anyOf: [{type: string}]"), TypeRef::String);
}
