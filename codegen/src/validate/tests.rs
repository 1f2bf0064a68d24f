mod operations;

use super::validate;
use crate::document::resolved;
use crate::source::Source;
use crate::strictness::Strictness;
use crate::value_mismatches::value_mismatches;
use crate::{lower, syntax};

/// The codes of what is said about a document, in order.
fn codes(text: &str) -> Vec<&'static str> {
    codes_in("3.0.4", text)
}

fn codes_in(version: &str, text: &str) -> Vec<&'static str> {
    let text = format!("openapi: {version}\ninfo: {{title: T, version: '1'}}\n{text}");
    let source = Source::new("a.yaml", text);
    let (documents, mut diagnostics) = syntax::read(&source);
    let (resolved, found) = resolved(&source, documents, Strictness::Strict);
    diagnostics.extend(found);
    if let Some(resolved) = resolved {
        diagnostics.extend(validate(&resolved));
        let (api, _) = lower::api(&resolved);
        diagnostics.extend(value_mismatches(&resolved.document, &api.schemas));
    }
    diagnostics.settle();
    diagnostics.iter().map(|found| found.code.as_str()).collect()
}

fn of_schema(schema: &str) -> Vec<&'static str> {
    codes(&format!(
        "paths: {{}}\ncomponents:\n  schemas:\n    Base: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}}}\n    A: {schema}\n"
    ))
}

/// The same in a document of OpenAPI 3.1.
fn of_later_schema(schema: &str) -> Vec<&'static str> {
    codes_in(
        "3.1.0",
        &format!(
            "components:\n  schemas:\n    Base: {{type: object, properties: {{kind: {{type: string}}}}}}\n    A: {schema}\n"
        ),
    )
}

fn of_operation(method: &str, path: &str, operation: &str) -> Vec<&'static str> {
    codes(&format!("paths:\n  {path}:\n    {method}: {{responses: {{default: {{description: Odd.}}}}, {operation}}}\n"))
}

#[test]
fn schemas_that_say_what_they_mean_pass() {
    let schemas = [
        "{type: object, required: [a], properties: {a: {type: string}}}",
        "{allOf: [{$ref: '#/components/schemas/Base'}, {type: object, required: [kind]}]}",
        "{type: object, required: [a], additionalProperties: {type: string}}",
        "{allOf: [{type: object, properties: {o: {type: array, items: {type: object, properties: {x: {type: string}}}}}}, \
          {type: object, properties: {o: {type: array, items: {type: object, required: [x, y], properties: {y: {type: string}}}}}}]}",
        "{type: object, allOf: [{type: object, properties: {o: {type: object, properties: {x: {type: string}}}}}], properties: {o: {type: object, required: [x]}}}",
        "{type: integer, format: int32, enum: [1, 2], default: 1, example: 2.0}",
        "{type: string, nullable: true, enum: [a, null], example: null}",
        "{allOf: [{type: integer}, {type: number, format: double}]}",
        "{allOf: [{enum: [1, 2]}, {enum: [1.0, 30e-1]}]}",
        "{oneOf: [{$ref: '#/components/schemas/Base'}], discriminator: {propertyName: kind, mapping: {b: Base}}}",
        "{type: object, properties: {self: {$ref: '#/components/schemas/A'}}}",
        "{type: object, properties: {amount: {type: string, format: decimal}, currency: {type: string}}}",
        "{type: object, properties: {created_at: {type: string, format: date-time}, cvv: {type: string, x-specie-sensitive: true}}}",
        "{type: object, required: [id], properties: {id: {type: string, readOnly: true}}, example: {}}",
        "{type: string, minLength: 3, maxLength: 3, example: EUR}",
        "{oneOf: [{$ref: '#/components/schemas/Base'}, {nullable: true, enum: [null]}], discriminator: {propertyName: kind}}",
    ];
    for schema in schemas {
        assert_eq!(of_schema(schema), [""; 0], "{schema}");
    }
}

#[test]
fn a_required_property_that_no_part_lists_is_reported() {
    let schema = "{allOf: [{type: object, properties: {o: {type: object, properties: {x: {type: string}}}}}, \
                  {type: object, properties: {o: {type: object, required: [z]}}}]}";
    assert_eq!(of_schema(schema), ["required-without-property"]);
}

#[test]
fn schemas_that_contradict_themselves_are_reported() {
    let cases = [
        ("{type: object, required: [b], properties: {a: {type: string}}}", "required-without-property"),
        ("{type: integer, format: int32, enum: ['1']}", "enum-value"),
        ("{type: integer, format: int32, enum: ['1', '2', '3']}", "enum-value"),
        ("{type: array, items: {type: string}, enum: [a, b]}", "enum-value"),
        ("{type: string, enum: [a, a]}", "duplicate-enum-value"),
        ("{type: number, format: double, enum: [1, 1.0]}", "duplicate-enum-value"),
        ("{type: string, enum: [a, null]}", "enum-value"),
        ("{type: string, default: 5 }", "yaml-trap"),
        ("{type: integer, format: int32, minimum: 5, maximum: 4}", "empty-range"),
        // A double has both for the same number.
        ("{type: integer, format: int64, minimum: 9007199254740993, maximum: 9007199254740992}", "empty-range"),
        ("{type: integer, format: int32, multipleOf: 0}", "empty-range"),
        ("{type: array, items: {type: integer, format: int32}, example: [1, x]}", "example-mismatch"),
        ("{type: object, additionalProperties: false, example: {a: 1}}", "example-mismatch"),
        ("{allOf: [{$ref: '#/components/schemas/Base'}], example: {}}", "example-mismatch"),
        ("{oneOf: [{type: string}, {type: boolean}], example: 5}", "example-mismatch"),
        ("{allOf: [{type: string}, {type: object}]}", "contradicting-all-of"),
        ("{anyOf: [{type: string}, {$ref: '#/components/schemas/A'}]}", "recursive-composition"),
        ("{oneOf: [{type: string}, {allOf: [{$ref: '#/components/schemas/A'}]}]}", "recursive-composition"),
        ("{oneOf: [{allOf: [{$ref: '#/components/schemas/A'}]}]}", "recursive-composition"),
        (
            "{oneOf: [{$ref: '#/components/schemas/Base'}], discriminator: {propertyName: type}}",
            "discriminator-property",
        ),
        (
            "{oneOf: [{$ref: '#/components/schemas/Base'}], discriminator: {propertyName: kind, mapping: {b: Bas}}}",
            "discriminator-mapping",
        ),
        ("{type: object, required: [a]}", "required-without-property"),
        (
            "{allOf: [{$ref: '#/components/schemas/Base'}, {type: object, required: [b], properties: {c: {type: string}}}]}",
            "required-without-property",
        ),
        ("{allOf: [{type: string, enum: [a]}, {type: string, enum: [b]}]}", "contradicting-all-of"),
        ("{allOf: [{type: string, minLength: 5}, {maxLength: 3}]}", "contradicting-all-of"),
        (
            "{allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {kind: {type: integer, format: int32}}}]}",
            "contradicting-all-of",
        ),
        (
            "{allOf: [{$ref: '#/components/schemas/Base'}, {type: object, additionalProperties: false, properties: {}}]}",
            "contradicting-all-of",
        ),
        // The only branch beside null applies to every value, as a part does.
        (
            "{allOf: [{type: object, properties: {s: {type: integer, format: int32}}}, \
             {anyOf: [{type: object, required: [s], properties: {s: {type: string}}}]}]}",
            "contradicting-all-of",
        ),
        ("{type: string, minLength: 5, oneOf: [{maxLength: 3}]}", "contradicting-all-of"),
        (
            "{allOf: [{type: integer, format: int64, minimum: 9007199254740993}, {maximum: 9007199254740992}]}",
            "contradicting-all-of",
        ),
        ("{allOf: [{type: string, minLength: 5}, {oneOf: [{maxLength: 3}]}]}", "contradicting-all-of"),
        (
            "{oneOf: [{$ref: '#/components/schemas/Base'}], type: object, additionalProperties: false, properties: {}}",
            "contradicting-all-of",
        ),
        (
            "{oneOf: [{type: string}, {$ref: '#/components/schemas/Base'}], discriminator: {propertyName: kind}}",
            "discriminator-property",
        ),
        (
            "{oneOf: [{type: object, properties: {kind: {type: string}}}, {$ref: '#/components/schemas/Base'}], discriminator: {propertyName: kind}}",
            "discriminator-mapping",
        ),
        (
            "{oneOf: [{$ref: '#/components/schemas/Base'}, {$ref: '#/components/schemas/Base'}], discriminator: {propertyName: kind}}",
            "discriminator-mapping",
        ),
        (
            "{oneOf: [{$ref: '#/components/schemas/Base'}], discriminator: {propertyName: kind, mapping: {a: A, b: Base}}}",
            "discriminator-mapping",
        ),
        (
            "{type: object, properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {b: Base}}}",
            "discriminator-mapping",
        ),
        ("{type: integer, format: int32, example: 3000000000}", "example-mismatch"),
        ("{type: integer, format: uint8, default: 256}", "default-mismatch"),
        ("{type: integer, format: uint64, default: 18446744073709551616}", "default-mismatch"),
        ("{type: integer, format: int32, maximum: 5, exclusiveMaximum: true, default: 5}", "default-mismatch"),
        ("{type: array, uniqueItems: true, items: {type: string}, example: [a, a]}", "example-mismatch"),
        ("{type: string, format: date, example: yesterday}", "example-mismatch"),
        ("{type: string, format: date, example: '2024-02-30'}", "example-mismatch"),
        ("{type: string, format: date-time, example: '2024-01-17 12:30:00Z'}", "example-mismatch"),
        ("{type: string, pattern: '^[a-z]+$', default: A1}", "default-mismatch"),
        ("{type: string, default: null}", "default-mismatch"),
        ("{type: number}", "number-without-format"),
        ("{type: object, properties: {payout_amount: {type: integer, format: int64}}}", "amount-without-currency"),
        ("{type: object, properties: {paidAt: {type: string}}}", "timestamp-without-format"),
        ("{type: object, properties: {paidAt: {type: integer}}}", "timestamp-without-format"),
    ];
    for (schema, code) in cases {
        assert_eq!(of_schema(schema), [code], "{schema}");
    }
}

#[test]
fn schemas_of_later_versions_are_judged_as_they_are_written() {
    let cases: &[(&str, &[&str])] = &[
        ("{type: [string, integer], example: 5}", &[]),
        ("{type: [string, integer], example: true}", &["example-mismatch"]),
        ("{type: [string, 'null'], default: null}", &[]),
        ("{type: string, default: null}", &["default-mismatch"]),
        ("{$ref: '#/components/schemas/Base', default: 5}", &["default-mismatch"]),
        ("{type: string, format: byte, default: '!!'}", &["default-mismatch"]),
        ("{type: [string, integer], enum: [a, 1, true]}", &["enum-value"]),
        ("{const: 5, examples: [5, 6]}", &["example-mismatch"]),
        ("{type: integer, format: int32, exclusiveMinimum: 5, default: 5}", &["default-mismatch"]),
        ("{type: integer, format: int32, exclusiveMinimum: 5, maximum: 4}", &["empty-range"]),
        ("{type: array, prefixItems: [{type: string}], items: false, example: [a, b]}", &["example-mismatch"]),
        ("{type: array, prefixItems: [{type: string}], example: [5]}", &["example-mismatch"]),
        ("{$ref: '#/components/schemas/Base', required: [kind], example: {kind: a}}", &[]),
        ("{$ref: '#/components/schemas/Base', required: [kind], example: {}}", &["example-mismatch"]),
        (
            "{type: object, properties: {a: {$ref: '#/components/schemas/A/$defs/b'}}, $defs: {b: {type: number}}}",
            &["number-without-format"],
        ),
        ("{allOf: [{type: [string, integer]}, {type: [integer, boolean]}]}", &[]),
        ("{allOf: [{type: [string, 'null']}, {type: [integer, 'null']}]}", &["contradicting-all-of"]),
        ("{type: [string, 'null'], minLength: 5, anyOf: [{type: 'null'}, {maxLength: 3}]}", &["contradicting-all-of"]),
        ("{type: [string, 'null'], anyOf: [{maxLength: 3}, {minLength: 5}, {type: 'null'}]}", &[]),
        ("{type: [string, 'null'], oneOf: [{type: 'null'}]}", &[]),
        ("{type: object, properties: {a: true}, additionalProperties: false, example: {a: 1}}", &[]),
        ("{type: string, prefixItem: []}", &["unknown-key"]),
        ("{type: [string, strng]}", &["unknown-value"]),
        ("{type: string, contentEncoding: 5}", &["yaml-trap"]),
        ("{oneOf: [{$ref: '#/components/schemas/Base'}, {type: 'null'}], discriminator: {propertyName: kind}}", &[]),
    ];
    for (schema, expected) in cases {
        assert_eq!(of_later_schema(schema), *expected, "{schema}");
    }
}

#[test]
fn extensions_name_what_exists() {
    let list = "{type: object, required: [data], properties: {data: {type: array, items: {type: object, properties: {reference: {type: string}}}}, meta: {type: object, properties: {pages: {type: integer, format: int32}}}}}";
    let paths = |pagination: &str, reconcile: &str| {
        format!(
            "paths:\n  /a:\n    get:\n      operationId: listA\n      x-specie-pagination: {pagination}\n      parameters: [{{name: page, in: query, schema: {{type: integer, format: int32}}}}]\n      responses:\n        '200': {{description: A., content: {{application/json: {{schema: {list}}}}}}}\n        default: {{description: Odd.}}\n    post:\n      operationId: makeIt\n      x-specie-outcome: none\n      x-specie-reconcile: {reconcile}\n      requestBody: {{content: {{application/json: {{schema: {{type: object, properties: {{reference: {{type: string}}}}}}}}}}}}\n      responses: {{default: {{description: Odd.}}}}\n"
        )
    };
    let pagination = "{style: page, number: page, items: /data, total: /meta/pages}";
    let reconcile = "{operation: listA, parameter: page, value: /reference, find: {items: /data, match: /reference}, agree: [{request: /reference, answer: /reference}]}";
    assert_eq!(codes(&paths(pagination, reconcile)), [""; 0]);
    let plain = "{reference: {type: string}}}}}}\n";
    let secret = paths(pagination, reconcile).replace(plain, &plain.replace("string", "string, format: password"));
    assert_eq!(codes(&secret), ["secret-in-url"]);
    for broken in [("number: page", "number: pag"), ("/data", "/date"), ("/meta/pages", "/meta/page")] {
        assert_eq!(
            codes(&paths(&pagination.replace(broken.0, broken.1), reconcile)),
            ["extension-target"],
            "{broken:?}"
        );
    }
    for broken in [
        ("listA", "listB"),
        ("parameter: page", "parameter: pag"),
        ("value: /reference", "value: /ref"),
        ("match: /reference", "match: /ref"),
        ("answer: /reference", "answer: /ref"),
    ] {
        assert_eq!(
            codes(&paths(pagination, &reconcile.replace(broken.0, broken.1))),
            ["extension-target"],
            "{broken:?}"
        );
    }
    assert_eq!(codes(&paths("{style: cursor, items: /data, next: /meta}", reconcile)), ["malformed-extension"]);
}

#[test]
fn components_are_used_by_way_of_others() {
    let document = |reference: &str| {
        format!(
            "paths:\n  /a: {{get: {{responses: {{default: {{description: Odd., content: {{application/json: {{schema: {reference}}}}}}}}}}}}}\ncomponents:\n  schemas:\n    A: {{type: object, properties: {{b: {{$ref: '#/components/schemas/B'}}}}}}\n    B: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}, discriminator: {{propertyName: kind}}}}\n    C: {{allOf: [{{$ref: '#/components/schemas/B'}}]}}\n"
        )
    };
    assert_eq!(codes(&document("{$ref: '#/components/schemas/A'}")), [""; 0]);
    assert_eq!(codes(&document("{type: string}")), ["unused-component"; 3]);
}

#[test]
fn links_name_operations() {
    let link = |named: &str| {
        codes(&format!(
            "paths:\n  /a/{{id}}:\n    get:\n      operationId: getA\n      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n      responses: {{default: {{description: Odd., links: {{next: {{{named}}}}}}}}}\n"
        ))
    };
    for named in [
        "operationId: getA",
        "operationRef: '#/paths/~1a~1{id}/get'",
        "operationRef: '#/paths/~1a~1%7Bid%7D/get'",
        "operationRef: 'https://example.com/openapi.yaml#/paths/~1b/get'",
    ] {
        assert_eq!(link(named), [""; 0], "{named}");
    }
    for named in ["operationId: getB", "operationRef: '#/paths/~1a~1{id}/put'", "operationRef: '#/info'", ""] {
        assert_eq!(link(named), ["link-target"], "{named}");
    }
}

#[test]
fn callbacks_are_used_where_an_operation_refers_to_them() {
    let document = |callbacks: &str| {
        format!(
            "paths:\n  /a: {{get: {{callbacks: {callbacks}, responses: {{default: {{description: Odd.}}}}}}}}\ncomponents:\n  callbacks:\n    Done: {{'{{$request.query.url}}': {{put: {{operationId: done, responses: {{default: {{description: Odd.}}}}}}}}}}\n"
        )
    };
    assert_eq!(codes(&document("{done: {$ref: '#/components/callbacks/Done'}}")), [""; 0]);
    assert_eq!(codes(&document("{}")), ["unused-component"]);
}

#[test]
fn secrets_do_not_stand_in_urls() {
    let parameter = |place: &str, schema: &str| {
        of_operation("get", "/a", &format!("parameters: [{{name: token, in: {place}, schema: {schema}}}]"))
    };
    assert_eq!(parameter("query", "{type: string, x-specie-sensitive: false}"), [""; 0]);
    assert_eq!(parameter("header", "{type: string}"), [""; 0]);
    assert_eq!(parameter("query", "{type: string}"), ["secret-in-url"]);
    assert_eq!(parameter("query", "{allOf: [{type: string, x-specie-sensitive: true}]}"), ["secret-in-url"]);
    let text = |schema: &str| {
        let content = format!("content: {{text/plain: {{schema: {schema}}}}}");
        of_operation("get", "/a", &format!("parameters: [{{name: token, in: query, {content}}}]"))
    };
    assert_eq!(text("{type: string, x-specie-sensitive: false}"), [""; 0]);
    assert_eq!(text("{type: string}"), ["secret-in-url"]);
}

#[test]
fn allowances_hold_at_their_place_and_below() {
    let allow = "x-specie-allow: [{code: number-without-format, reason: A measurement.}]";
    assert_eq!(of_schema(&format!("{{type: number, {allow}}}")), [""; 0]);
    assert_eq!(of_schema(&format!("{{type: object, {allow}, properties: {{a: {{type: number}}}}}}")), [""; 0]);
    assert_eq!(
        of_schema(&format!("{{type: object, properties: {{a: {{type: number, {allow}}}, b: {{type: number}}}}}}")),
        ["number-without-format"]
    );
    assert_eq!(of_schema("{type: string, x-specie-allow: [{code: nonsense, reason: None.}]}"), ["malformed-extension"]);
    assert_eq!(of_schema("{type: string, x-specie-allow: [{code: unused-component}]}"), ["malformed-extension"]);
}

#[test]
fn limits_that_leave_nothing_are_an_error_in_documents_of_ones_own_only() {
    let errors = |limits: &str, strictness| {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents: {{schemas: {{A: {{type: integer, {limits}}}}}}}\n"
        );
        let source = Source::new("a.yaml", text);
        let (documents, _) = syntax::read(&source);
        let (resolved, mut diagnostics) = resolved(&source, documents, strictness);
        diagnostics.extend(validate(&resolved.unwrap()));
        assert!(diagnostics.iter().any(|found| found.code.as_str() == "empty-range"), "{limits}");
        diagnostics.errors()
    };
    for limits in ["minimum: 2, maximum: 1", "exclusiveMinimum: 2, maximum: 1"] {
        assert_eq!((errors(limits, Strictness::Strict), errors(limits, Strictness::Lenient)), (1, 0), "{limits}");
    }
    assert_eq!(errors("multipleOf: 0", Strictness::Lenient), 1);
}

#[test]
fn a_schema_whose_values_do_not_name_it_is_said() {
    let of = |card: &str, thing: &str, more: &str| {
        codes(&format!("paths: {{}}\ncomponents:\n  schemas:\n    Card: {card}\n    Thing: {thing}\n{more}"))
    };
    let base =
        "{type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}";
    let extends = |list: &str| {
        format!(
            "{{allOf: [{{$ref: '#/components/schemas/Thing'}}, {{type: object, properties: {{kind: {{type: string, enum: {list}}}}}}}]}}"
        )
    };
    let below = "    CreditCard: {allOf: [{$ref: '#/components/schemas/Card'}, {type: object, properties: {limit: {type: string}}}]}\n";
    assert_eq!(of(&extends("[Card]"), base, ""), [""; 0]);
    assert_eq!(of(&extends("[Card, Cash]"), base, ""), [""; 0]);
    assert_eq!(of(&extends("[card]"), base, ""), ["discriminator-mapping"]);
    assert_eq!(of(&extends("[Card]"), base, below), ["discriminator-mapping"]);
    assert_eq!(of(&extends("[Card, CreditCard]"), base, below), [""; 0]);
    let card = "{type: object, required: [kind], properties: {kind: {type: string, enum: [card]}}}";
    let union = |value: &str| {
        format!(
            "{{oneOf: [{{$ref: '#/components/schemas/Card'}}], discriminator: {{propertyName: kind, mapping: {{{value}: Card}}}}}}"
        )
    };
    assert_eq!(of(card, &union("card"), ""), [""; 0]);
    assert_eq!(of(card, &union("CARD"), ""), ["discriminator-mapping"]);
}
