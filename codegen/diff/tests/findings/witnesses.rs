//! Values that prove breaks.

use specie_diff::{Rule, Witness, report};

use crate::documents::{request, understood};

/// The witnesses of a request that is of one schema and then of another one.
fn witnesses(old: &str, new: &str) -> Vec<(Rule, Option<Witness>)> {
    let found = report(&understood(&request(old)), &understood(&request(new)));
    found.into_iter().map(|one| (one.rule, one.witness)).collect()
}

#[test]
fn a_break_has_a_value_that_only_one_document_allows() {
    let before = |json: &str| Some(Witness::Value { json: json.to_owned(), is_old: true });
    let after = |json: &str| Some(Witness::Value { json: json.to_owned(), is_old: false });
    let object =
        |required: &str| format!("{{type: object, {required} properties: {{a: {{type: string, enum: [x]}}}}}}");
    assert_eq!(witnesses(&object(""), &object("required: [a],")), [(Rule::PropertyRequired, before("{}"))]);
    assert_eq!(
        witnesses("{type: string, enum: [x]}", "{type: string, enum: [x, y]}"),
        [(Rule::EnumValueAdded, after("\"y\""))]
    );
    // Only OpenAPI knows the bounds of the format, and no regular expression is inverted.
    assert_eq!(witnesses("{type: integer}", "{type: integer, format: int32}").len(), 1);
    assert_eq!(
        witnesses("{type: string, format: own-a}", "{type: string, format: own-b}"),
        [(Rule::FormatChanged, Some(Witness::NotProven))]
    );
    // What breaks nothing needs no proof.
    assert_eq!(witnesses("{type: string, default: a}", "{type: string, default: b}"), [(Rule::DefaultChanged, None)]);
}

#[test]
fn a_witness_proves_its_own_change_and_not_another_one() {
    let object = |required: &str, kind: &str| {
        format!("{{type: object, {required} properties: {{a: {{type: string}}, b: {{type: {kind}}}}}}}")
    };
    let found = witnesses(&object("", "string"), &object("required: [a],", "integer"));
    let (_, required) = found.iter().find(|(rule, _)| *rule == Rule::PropertyRequired).expect("the finding");
    let Some(Witness::Value { json, is_old: true }) = required else { panic!("{found:?}") };
    assert!(!json.contains("\"a\"") && !json.contains("\"b\":\""), "{json}");
}
