use super::api;
use crate::diagnostic::Diagnostics;
use crate::grammar::Strictness;
use crate::ir::{Api, Presence, StructDef, TypeKind, TypeRef};
use crate::resolve::resolve;
use crate::source::Source;
use crate::syntax;

/// The API of a document, and what is said while it is lowered.
fn lowered(text: &str) -> (Api, Vec<String>) {
    let text = format!("openapi: 3.0.4\ninfo: {{title: T, version: '1'}}\n{text}");
    let source = Source::new("a.yaml", text);
    let mut diagnostics = Diagnostics::new();
    let documents = syntax::read(&source, &mut diagnostics);
    let resolved = resolve(&source, documents, Strictness::Lenient, &mut diagnostics).expect("a document");
    let mut found = Diagnostics::new();
    let api = api(&resolved, "a", "a.yaml", &mut found);
    (api, found.iter().map(|one| one.message.clone()).collect())
}

fn structure<'a>(api: &'a Api, name: &str) -> &'a StructDef {
    let found = api.types.iter().find(|definition| definition.name == name);
    match found.map(|definition| &definition.kind) {
        Some(TypeKind::Struct(structure)) => structure,
        other => panic!("{name} is {other:?}"),
    }
}

#[test]
fn a_range_has_its_body_however_it_is_spelled() {
    for status in ["2XX", "2xx", "2Xx", "2xX"] {
        let (api, _) = lowered(&format!(
            "paths:\n  /a:\n    get:\n      operationId: a\n      responses:\n        '400': {{description: Odd.}}\n        {status}:\n          description: Ok.\n          x-specie-outcome: done\n          content: {{application/json: {{schema: {{type: object, properties: {{pin: {{type: string, x-specie-sensitive: true}}}}}}}}}}\n"
        ));
        let field = &structure(&api, "AResponse").fields[0];
        assert!(matches!(field.ty, TypeRef::Secret(_)), "{status}: {field:?}");
        let operation = &api.operations[0];
        assert_eq!(operation.successes[0].docs.description.as_deref(), Some("Ok."), "{status}");
        assert_eq!(operation.outcomes.len(), 1, "{status}");
    }
}

#[test]
fn one_branch_allows_null_only_where_it_says_so() {
    let presence = |branches: &str| {
        let (api, _) = lowered(&format!(
            "paths: {{}}\ncomponents: {{schemas: {{A: {{type: object, required: [b], properties: {{b: {branches}}}}}}}}}\n"
        ));
        structure(&api, "A").fields[0].presence
    };
    assert_eq!(presence("{oneOf: [{type: string}]}"), Presence::Required);
    assert_eq!(presence("{anyOf: [{type: string}]}"), Presence::Required);
    assert_eq!(presence("{oneOf: [{type: string}, {nullable: true, enum: [null]}]}"), Presence::RequiredNullable);
    assert_eq!(presence("{oneOf: [{type: string, nullable: true}]}"), Presence::RequiredNullable);
    assert_eq!(presence("{oneOf: [{type: string}], nullable: true}"), Presence::RequiredNullable);
}

#[test]
fn any_of_beside_one_of_is_not_dropped_in_silence() {
    let text = |beside: &str| {
        format!(
            "paths: {{}}\ncomponents: {{schemas: {{A: {{type: object, properties: {{b: {{oneOf: [{{type: string}}, {{type: integer}}]{beside}}}}}}}}}}}\n"
        )
    };
    assert_eq!(lowered(&text("")).1, [""; 0]);
    assert_eq!(lowered(&text(", anyOf: [{type: string}]")).1, ["`anyOf` is documented but not checked"]);
}
