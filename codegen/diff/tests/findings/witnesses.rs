//! Values that prove breaks.

use specie_codegen::source::Source;
use specie_diff::{Rule, Witness, report};

use crate::documents::{NOTHING, document, parameters, request, request_with, understood};

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
    // It holds no more than it has to.
    let many = |required: &str| {
        format!(
            "{{type: object, required: [a{required}], properties: {{a: {{type: string}}, b: {{type: string}}, c: {{type: string}}, d: {{type: string}}}}}}"
        )
    };
    let found = witnesses(&many(""), &many(", d"));
    assert!(matches!(&found[0].1, Some(Witness::Value { json, .. }) if json.len() < 15), "{found:?}");
}

/// Below the third reference of a schema the branches of a union are not looked at: as anything, they would allow nothing together.
#[test]
fn what_is_referred_to_far_below_proves_nothing() {
    let components = |new: &str| {
        format!(
            "components: {{schemas: {{Order: {{type: object, properties: {{ship: {{$ref: '#/components/schemas/Ship'}}{new}}}}}, \
             Ship: {{type: object, required: [to], properties: {{to: {{$ref: '#/components/schemas/Address'}}}}}}, \
             Address: {{type: object, required: [place], properties: {{place: {{$ref: '#/components/schemas/Place'}}}}}}, \
             Place: {{oneOf: [{{$ref: '#/components/schemas/Name'}}, {{$ref: '#/components/schemas/Code'}}]}}, \
             Name: {{type: string}}, Code: {{type: integer}}}}}}\n"
        )
    };
    let document = |new: &str| understood(&request_with("{$ref: '#/components/schemas/Order'}", &components(new)));
    let found = report(&document(""), &document(", code: {$ref: '#/components/schemas/Code'}"));
    let rules: Vec<Rule> = found.iter().map(|one| one.rule).collect();
    assert_eq!(rules, [Rule::PropertyAdded]);
}

#[test]
fn a_limit_that_the_rest_of_a_schema_keeps_is_no_change() {
    for (schema, limit) in [
        ("type: string, format: uuid", "maxLength: 36"),
        ("type: string, format: uuid", "minLength: 36"),
        ("type: string, format: date", "maxLength: 10"),
        ("type: string, pattern: '^[A-Z]{3}$'", "minLength: 3, maxLength: 3"),
        ("type: array, items: {type: string}, maxItems: 1", "uniqueItems: true"),
    ] {
        let (without, with) = (format!("{{{schema}}}"), format!("{{{schema}, {limit}}}"));
        assert_eq!(witnesses(&without, &with), [], "{with}");
        assert_eq!(witnesses(&with, &without), [], "{with}");
    }
    let shorter =
        witnesses("{type: string, pattern: '^[A-Z]{3,5}$'}", "{type: string, pattern: '^[A-Z]{3,5}$', maxLength: 4}");
    assert_eq!(shorter.len(), 1, "{shorter:?}");
}

#[test]
fn a_long_text_proves_a_break() {
    let found = witnesses("{type: string, maxLength: 5000}", "{type: string, maxLength: 4000}");
    assert!(matches!(&found[..], [(Rule::MaxLengthChanged, Some(Witness::Value { .. }))]), "{found:?}");
}

#[test]
fn each_value_of_a_list_proves_its_own_change() {
    let removed = |json: &str| {
        let json = json.to_owned();
        (Rule::EnumValueRemoved, Some(Witness::Value { json, is_old: true }))
    };
    let found = witnesses("{type: string, enum: [a, bb, ccc]}", "{type: string, enum: [a]}");
    assert_eq!(found, [removed("\"bb\""), removed("\"ccc\"")]);
}

#[test]
fn what_another_branch_allows_proves_nothing() {
    let proven = |old: &str, new: &str, rule: Rule| {
        let found = witnesses(old, new);
        let of_rule = found.iter().find(|(one, _)| *one == rule);
        matches!(of_rule, Some((_, Some(Witness::Value { .. }))))
    };
    let any = |branches: &str| format!("{{anyOf: [{branches}, {{type: integer}}]}}");
    let (long, short) = ("{type: string, maxLength: 9}", "{type: string, maxLength: 5}");
    let split = any(&format!("{short}, {{type: string, minLength: 6, pattern: a}}"));
    assert!(!proven(&any("{type: string, enum: [a, b]}"), &any("{const: a}, {const: b}"), Rule::EnumValueRemoved));
    // Of those that no branch allows one is found.
    assert!(proven(&any(long), &any(short), Rule::MaxLengthChanged));
    assert!(proven(&any(long), &split, Rule::MaxLengthChanged));
    let plain = "{type: integer, minimum: 0, maximum: 10}";
    let parts = "{oneOf: [{type: integer, minimum: 0, maximum: 5}, {type: integer, minimum: 6, maximum: 10}]}";
    assert!(!proven(plain, parts, Rule::MaximumChanged));
}

#[test]
fn a_value_of_a_branch_is_one_that_the_whole_union_refuses() {
    let integer = |bounds: &str| format!("{{type: integer, {bounds}}}");
    let any = |branches: &[String]| format!("{{anyOf: [{}]}}", branches.join(", "));
    let old = any(&[integer("maximum: 2"), any(&[integer("minimum: 0"), integer("maximum: 0")])]);
    let upper = any(&[integer("minimum: 0, maximum: 1"), integer("minimum: 2, maximum: 10")]);
    let lower = any(&[integer("maximum: 1"), integer("minimum: 2, maximum: 2")]);
    let new = any(&[any(&[integer("maximum: 0"), upper]), lower]);
    let found = witnesses(&old, &new);
    let values = found.iter().filter_map(|(_, witness)| match witness {
        Some(Witness::Value { json, is_old: true }) => Some(json.parse::<i64>().expect("an integer")),
        _ => None,
    });
    let values: Vec<i64> = values.collect();
    assert!(!values.is_empty() && values.iter().all(|value| *value > 10), "{found:?}");
}

#[test]
fn schemas_that_judge_no_value_are_not_asked() {
    // Its `not` refers to the schema itself, so that no value can be judged by it.
    let of = |rest: &str| {
        let schemas = format!(
            "components: {{schemas: {{A: {{type: object, not: {{$ref: '#/components/schemas/A'}}, properties: {{a: {{type: string{rest}}}}}}}}}}}"
        );
        understood(&request_with("{$ref: '#/components/schemas/A'}", &schemas))
    };
    let found = report(&of(""), &of(", maxLength: 3"));
    let rules: Vec<&str> = found.iter().map(|one| one.rule.id()).collect();
    assert_eq!(rules, ["unchecked-keyword-changed", "max-length-changed"], "{found:?}");
    assert!(matches!(found[1].witness, Some(Witness::Value { .. })), "{found:?}");
    // A branch extends the union that lists it: in it, the union stands for what it says beside its list.
    let pets = |size: u32| {
        let schemas = format!(
            "components: {{schemas: {{Pet: {{type: object, properties: {{k: {{type: string, maxLength: {size}}}}}, oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}], discriminator: {{propertyName: k}}}}, Cat: {{allOf: [{{$ref: '#/components/schemas/Pet'}}, {{type: object, properties: {{c: {{type: string}}}}}}]}}, Dog: {{allOf: [{{$ref: '#/components/schemas/Pet'}}, {{type: object, properties: {{d: {{type: string}}}}}}]}}}}}}"
        );
        understood(&request_with("{$ref: '#/components/schemas/Cat'}", &schemas))
    };
    let found = report(&pets(5), &pets(4));
    assert!(found.iter().any(|one| matches!(one.witness, Some(Witness::Value { is_old: true, .. }))), "{found:?}");
}

#[test]
fn null_beside_branches_is_a_value_of_openapi_3_0() {
    let of = |rest: &str| {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /coins:\n    post:\n      requestBody: {{content: {{application/json: {{schema: {{anyOf: [{{type: string}}, {{type: integer}}]{rest}}}}}}}}}\n      responses: {{'204': {{description: Done.}}}}\n"
        );
        understood(&Source::new("t.yaml", text))
    };
    let found = report(&of(", nullable: true"), &of(""));
    let null = Some(Witness::Value { json: "null".to_owned(), is_old: true });
    assert_eq!(
        found.into_iter().map(|one| (one.rule, one.witness)).collect::<Vec<_>>(),
        [(Rule::BecameNotNullable, null)]
    );
}

#[test]
fn a_number_in_the_query_is_a_text_that_is_not_empty() {
    let query = |schema: &str| understood(&parameters(&format!("{{name: q, in: query, schema: {schema}}}")));
    let of = |old: &str, new: &str| {
        let found = report(&query(old), &query(new));
        found.into_iter().map(|one| (one.rule, one.relation.as_str(), one.witness)).collect::<Vec<_>>()
    };
    let found = of("{type: number}", "{type: string, minLength: 1}");
    let [(Rule::TypeWidened, "widens", Some(Witness::Value { json, is_old: false }))] = &*found else {
        panic!("{found:?}")
    };
    assert!(json.starts_with('"') && json.trim_matches('"').parse::<f64>().is_err(), "{json} is a number in the query");
    // A number may have one digit, and then it is shown as it is written.
    let found = of("{type: number}", "{type: string, minLength: 2}");
    let shorter = found.iter().find(|(rule, ..)| *rule == Rule::MinLengthChanged).expect("the finding");
    let Some(Witness::Value { json, is_old: true }) = &shorter.2 else { panic!("{found:?}") };
    assert_eq!(json.trim_matches('"').len(), 1, "{json}");
}

#[test]
fn a_change_of_the_discriminator_says_nothing_where_both_properties_are_constants() {
    let branch = |name: &str| {
        format!(
            "{name}: {{type: object, required: [kind, sort], properties: {{kind: {{const: {name}}}, sort: {{const: {name}}}}}}}"
        )
    };
    let components = format!("components: {{schemas: {{{}, {}}}}}", branch("Card"), branch("Bank"));
    let by = |property: &str| {
        let union = "oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Bank'}]";
        understood(&request_with(&format!("{{{union}, discriminator: {{propertyName: {property}}}}}"), &components))
    };
    let found = report(&by("kind"), &by("sort"));
    let said: Vec<_> = found.iter().map(|one| (one.rule, one.relation.as_str(), one.witness.clone())).collect();
    assert_eq!(said.first(), Some(&(Rule::DiscriminatorChanged, "same", None)), "{said:?}");
}

#[test]
fn a_text_of_an_unknown_format_proves_nothing() {
    let of = |old: &str, new: &str| {
        let found = witnesses(old, new);
        let [(_, Some(witness))] = &*found else { panic!("{found:?}") };
        witness.clone()
    };
    // Whether the text that is too long is an IBAN is not known.
    assert_eq!(of("{type: string, format: iban}", "{type: string, format: iban, maxLength: 9}"), Witness::NotProven);
    let object = |required: &str| {
        format!(
            "{{type: object, required: [a{required}], properties: {{a: {{type: string, format: iban}}, b: {{type: string}}}}}}"
        )
    };
    assert_eq!(of(&object(""), &object(", b")), Witness::NotProven);
    // What has no format at all proves that one is new, and so does a text of the format elsewhere.
    let (text, decimal) = ("{type: string}", "{type: string, format: decimal}");
    assert!(matches!(of(text, decimal), Witness::Value { is_old: true, .. }));
    let proof = of(decimal, "{type: string, format: decimal, maxLength: 3}");
    assert_eq!(proof, Witness::Value { json: "\"10.00\"".to_owned(), is_old: true });
}

#[test]
fn what_a_discriminator_names_is_proven_by_a_value_of_one_branch() {
    let of = |bank: &str, value: &str| {
        let card = "Card: {type: object, required: [kind], properties: {kind: {type: string}, n: {type: integer}}}";
        let bank = format!("Bank: {{type: object, required: [kind], properties: {{kind: {{type: string}}, {bank}}}}}");
        let union = "oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Bank'}]";
        let schema =
            format!("{{{union}, discriminator: {{propertyName: kind, mapping: {{card: Card, {value} bank: Bank}}}}}}");
        understood(&request_with(&schema, &format!("components: {{schemas: {{{card}, {bank}}}}}")))
    };
    let witness = |bank: &str| {
        let found = report(&of(bank, ""), &of(bank, "visa: Card,"));
        found.into_iter().find(|one| one.rule == Rule::DiscriminatorValueAdded).expect("the finding").witness
    };
    // A value of both branches fits no `oneOf`, whatever its discriminator says.
    assert_eq!(witness("other: {}"), Some(Witness::NotProven));
    let Some(Witness::Value { json, is_old: false }) = witness("n: {type: string}") else { panic!("no proof") };
    assert!(json.contains("visa") && json.contains("\"n\":"), "{json}");
}

#[test]
fn no_value_in_the_path_is_empty() {
    let path = |schema: &str| {
        let id = format!("{{name: id, in: path, required: true, schema: {schema}}}");
        document(&format!("      parameters: [{id}]\n{NOTHING}"), "")
    };
    let found = |old: &str, new: &str| report(&understood(&path(old)), &understood(&path(new)));
    // The address would be another one.
    assert!(found("{type: string}", "{type: string, minLength: 1}").is_empty());
    let list = |rest: &str| format!("{{type: array, items: {{type: string}}{rest}}}");
    assert!(found(&list(""), &list(", minItems: 1")).is_empty());
    for new in ["{type: integer}", "{type: string, minLength: 2}"] {
        let all = found("{type: string}", new);
        let [Some(Witness::Value { json, is_old: true })] =
            all.iter().map(|one| one.witness.as_ref()).collect::<Vec<_>>()[..]
        else {
            panic!("{new}: {all:?}")
        };
        assert_ne!(json, "\"\"", "{new}");
    }
}

#[test]
fn a_value_of_a_property_proves_nothing_where_the_object_refuses_it_anyway() {
    let object = |kinds: &str| {
        // What does not travel keeps the objects from being compared as a whole.
        let properties = format!("r: {{type: string, readOnly: true}}, v: {{type: [{kinds}]}}");
        let refused = "{required: [v], properties: {v: {type: string}}}";
        understood(&request(&format!("{{type: object, properties: {{{properties}}}, not: {refused}}}")))
    };
    let found = report(&object("integer, string, boolean"), &object("integer, boolean"));
    let one = found.iter().find(|one| one.rule == Rule::BranchRemoved).expect("a branch");
    assert_eq!(one.witness, Some(Witness::NotProven));
    let other = report(&object("integer, string, boolean"), &object("integer, string"));
    let one = other.iter().find(|one| one.rule == Rule::BranchRemoved).expect("a branch");
    assert!(matches!(one.witness, Some(Witness::Value { is_old: true, .. })), "{:?}", one.witness);
}
