//! Changes that break old clients in one direction, and the reverse ones.

use specie_codegen::source::Source;
use specie_codegen::{Strictness, api_and_document};
use specie_diff::{Audience, compare};

use crate::documents::{DONE, answered, document, header, object, parameter, query, request, response, secured, sent};

/// What the change means for old clients: the worst of all findings.
fn verdict(old: &str, new: &str) -> &'static str {
    let api = |text: &str| {
        let (found, diagnostics) = api_and_document(&Source::new("t.yaml", text), Strictness::Lenient, &[]);
        let problems: Vec<&String> = diagnostics.iter().map(|one| &one.message).collect();
        found.unwrap_or_else(|| panic!("{problems:?}\n{text}")).api
    };
    let found = compare(&api(old), &api(new));
    found.iter().map(|one| one.verdict(Audience::OldClients)).max().unwrap_or_default().as_str()
}

/// Each with the id of the rule in the tool that has it; `there` and `back` are the verdicts of the change and of the reverse one.
fn judge(wrong: &mut Vec<String>, rule: &str, [old, new]: [String; 2], there: &str, back: &str) {
    let found = [verdict(&old, &new), verdict(&new, &old)];
    if found != [there, back] {
        wrong.push(format!("{rule}: expected {there} and {back}, found {found:?}"));
    }
}

#[test]
fn parameters() {
    let mut wrong = Vec::new();
    let mut of = |rule: &str, old: &str, new: &str, there: &str, back: &str| {
        judge(&mut wrong, rule, [query(old), query(new)], there, back);
    };
    of("request-parameter-became-enum", "{type: string}", "{type: string, enum: [a]}", "breaks", "fine");
    of("request-parameter-min-length-increased", "{type: string}", "{type: string, minLength: 1}", "breaks", "fine");
    let list = |rest: &str| format!("{{type: array, items: {{type: string}}{rest}}}");
    of("request-parameter-max-items-decreased", &list(", maxItems: 3"), &list(", maxItems: 2"), "breaks", "fine");
    of("request-parameter-min-items-increased", &list(""), &list(", minItems: 1"), "breaks", "fine");
    of("unique-items", &list(""), &list(", uniqueItems: true"), "breaks", "fine");
    of("request-parameter-list-of-types-narrowed", "{type: [integer, boolean]}", "{type: integer}", "breaks", "fine");
    let or_list = "{oneOf: [{type: string}, {type: array, items: {type: string}}]}";
    of("request-parameter-type-generalized", "{type: string}", or_list, "fine", "breaks");
    // Every number is a text in a query.
    of("request-parameter-type-generalized", "{type: integer}", "{type: string}", "fine", "breaks");
    of(
        "request-parameter-exclusive-max-decreased",
        "{type: number, exclusiveMaximum: 5}",
        "{type: number, exclusiveMaximum: 4}",
        "breaks",
        "fine",
    );
    of("multiple-of", "{type: integer, multipleOf: 2}", "{type: integer, multipleOf: 4}", "breaks", "fine");
    let fields = |values: &str| format!("{{type: object, properties: {{a: {{type: string, enum: [{values}]}}}}}}");
    of("request-parameter-property-enum-value-removed", &fields("x, y"), &fields("x"), "breaks", "fine");
    let head = |rest: &str| parameter(&format!("in: header, schema: {}", object(rest)));
    judge(&mut wrong, "request-header-property-became-required", [head(""), head(", required: [a]")], "breaks", "fine");
    // Whoever demands a value does not take its absence, whatever stands for it then.
    let required = |rest: &str| parameter(&format!("in: query, {rest} schema: {{type: integer, default: 1}}"));
    judge(
        &mut wrong,
        "request-parameter-became-required",
        [required(""), required("required: true,")],
        "breaks",
        "fine",
    );
    let none = || document("/coins", DONE, "");
    judge(
        &mut wrong,
        "new-required-request-default-parameter-to-existing-path",
        [none(), required("required: true,")],
        "breaks",
        "review",
    );
    judge(&mut wrong, "new-optional-request-parameter", [none(), required("")], "fine", "review");
    let path = document(
        "/coins/{id}",
        &format!("      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n{DONE}"),
        "",
    );
    judge(&mut wrong, "new-request-path-parameter", [none(), path], "breaks", "breaks");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn bodies_and_headers() {
    let mut wrong = Vec::new();
    let none = || document("/coins", DONE, "");
    judge(&mut wrong, "request-body-added-required", [none(), request("{type: string}")], "breaks", "breaks");
    let two = "application/json: {schema: {type: string}}, text/plain: {schema: {type: string}}";
    judge(&mut wrong, "request-body-media-type-removed", [sent(two), request("{type: string}")], "breaks", "fine");
    judge(&mut wrong, "response-media-type-removed", [answered(two, ""), response("{type: string}")], "breaks", "fine");
    judge(
        &mut wrong,
        "request-body-media-type-schema-added",
        [sent("application/json: {}"), request("{type: string}")],
        "breaks",
        "fine",
    );
    judge(
        &mut wrong,
        "response-body-media-type-schema-added",
        [answered("application/json: {}", ""), response("{type: string}")],
        "fine",
        "breaks",
    );
    let vendor = |name: &str| answered(&format!("{name}: {{schema: {{type: string}}}}"), "");
    judge(
        &mut wrong,
        "response-media-type-name-generalized",
        [vendor("text/plain"), vendor("text/*")],
        "breaks",
        "fine",
    );
    let body = |name: &str| sent(&format!("{name}: {{schema: {{type: string}}}}"));
    judge(&mut wrong, "request-media-type-generalized", [body("text/plain"), body("text/*")], "fine", "breaks");
    let (optional, required) = ("schema: {type: string}", "required: true, schema: {type: string}");
    judge(&mut wrong, "required-response-header-removed", [header(required), header("")], "breaks", "fine");
    judge(&mut wrong, "optional-response-header-removed", [header(optional), header("")], "review", "fine");
    judge(&mut wrong, "response-header-became-optional", [header(required), header(optional)], "breaks", "fine");
    judge(
        &mut wrong,
        "response-header-type-generalized",
        [header("schema: {type: integer}"), header(optional)],
        "breaks",
        "fine",
    );
    let statuses =
        |rest: &str| document("/coins", &format!("      responses: {{'200': {{description: It.}}{rest}}}"), "");
    judge(
        &mut wrong,
        "response-success-status-removed",
        [statuses(", '201': {description: Made.}"), statuses("")],
        "breaks",
        "review",
    );
    judge(
        &mut wrong,
        "response-non-success-status-removed",
        [statuses(", '409': {description: Known.}"), statuses("")],
        "fine",
        "fine",
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A change that narrows values, and the reverse one, in a body and in a property of one.
fn narrows(wrong: &mut Vec<String>, rule: &str, wide: &str, narrow: &str) {
    let property = |schema: &str| format!("{{type: object, properties: {{p: {schema}}}}}");
    let both = [("", wide.to_owned(), narrow.to_owned()), (" of a property", property(wide), property(narrow))];
    for (place, wide, narrow) in both {
        judge(wrong, &format!("request {rule}{place}"), [request(&wide), request(&narrow)], "breaks", "fine");
        judge(wrong, &format!("response {rule}{place}"), [response(&wide), response(&narrow)], "fine", "breaks");
    }
}

/// The bounds of numbers, texts, lists and objects: set, and made tighter.
#[test]
fn bounds() {
    let mut wrong = Vec::new();
    let bounds = [
        ("integer", "maximum", 9, 8),
        ("number", "maximum", 9, 8),
        ("integer", "minimum", 1, 2),
        ("number", "exclusiveMaximum", 9, 8),
        ("integer", "exclusiveMinimum", 1, 2),
        ("string", "maxLength", 9, 8),
        ("string", "minLength", 1, 2),
        ("array, items: {type: string}", "maxItems", 9, 8),
        ("array, items: {type: string}", "minItems", 1, 2),
        ("object", "maxProperties", 9, 8),
        ("object", "minProperties", 1, 2),
    ];
    for (kind, keyword, wide, narrow) in bounds {
        let of = |bound: i32| format!("{{type: {kind}, {keyword}: {bound}}}");
        narrows(&mut wrong, &format!("{keyword} set"), &format!("{{type: {kind}}}"), &of(wide));
        narrows(&mut wrong, &format!("{keyword} tightened"), &of(wide), &of(narrow));
        let parameter = |schema: &str| query(schema);
        if kind != "object" {
            let pair = [parameter(&format!("{{type: {kind}}}")), parameter(&of(wide))];
            judge(&mut wrong, &format!("parameter {keyword} set"), pair, "breaks", "fine");
            let pair = [parameter(&of(wide)), parameter(&of(narrow))];
            judge(&mut wrong, &format!("parameter {keyword} tightened"), pair, "breaks", "fine");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Keywords that hold schemas or names: added, and changed.
#[test]
fn assertions() {
    let mut wrong = Vec::new();
    let object =
        |rest: &str| format!("{{type: object, properties: {{a: {{type: string}}, b: {{type: string}}}}{rest}}}");
    let list = |rest: &str| format!("{{type: array{rest}}}");
    let condition = ", if: {required: [a]}";
    let rows = [
        ("if-then", object(""), object(&format!("{condition}, then: {{required: [b]}}"))),
        ("then", object(condition), object(&format!("{condition}, then: {{required: [b]}}"))),
        ("else", object(condition), object(&format!("{condition}, else: {{required: [b]}}"))),
        ("prefix-items-specialized", list(", prefixItems: [{type: number}]"), list(", prefixItems: [{type: integer}]")),
        (
            "prefix-items-added",
            list(", prefixItems: [{type: string}]"),
            list(", prefixItems: [{type: string}, {type: integer}]"),
        ),
        ("prefix-items-set", list(""), list(", prefixItems: [{type: string}]")),
        ("items-false", list(", prefixItems: [{type: string}]"), list(", prefixItems: [{type: string}], items: false")),
        (
            "unevaluated-items",
            list(", prefixItems: [{type: string}]"),
            list(", prefixItems: [{type: string}], unevaluatedItems: false"),
        ),
        ("unevaluated-properties", object(""), object(", unevaluatedProperties: false")),
        ("contains", list(", items: {type: integer}"), list(", items: {type: integer}, contains: {const: 3}")),
        ("property-names", object(""), object(", propertyNames: {maxLength: 3}")),
        ("pattern-property", object(""), object(", patternProperties: {'^x-': {type: boolean}}")),
        ("dependent-required", object(""), object(", dependentRequired: {a: [b]}")),
        (
            "dependent-required-name",
            object(", dependentRequired: {a: [b]}"),
            object(", dependentRequired: {a: [b, c]}"),
        ),
        ("dependent-schema", object(""), object(", dependentSchemas: {a: {required: [b]}}")),
        (
            "content-schema",
            "{type: string, contentMediaType: application/json}".into(),
            "{type: string, contentMediaType: application/json, contentSchema: {type: object}}".into(),
        ),
        (
            "all-of-bound",
            object(""),
            "{allOf: [{type: object, properties: {a: {type: string}, b: {type: string}}}, {minProperties: 1}]}".into(),
        ),
        ("all-of-closed", "{allOf: [{type: integer}]}".into(), "{allOf: [{type: integer}, {maximum: 9}]}".into()),
        (
            "any-of-component",
            "{anyOf: [{type: integer}, {type: string}, {type: boolean}]}".into(),
            "{anyOf: [{type: integer}, {type: boolean}]}".into(),
        ),
        ("one-of-component", "{oneOf: [{type: integer}, {type: string}]}".into(), "{oneOf: [{type: integer}]}".into()),
        ("enum-of-integers", "{type: integer, enum: [1, 2]}".into(), "{type: integer, enum: [1]}".into()),
        ("enum-of-all", "{enum: [1, a, null]}".into(), "{enum: [1, a]}".into()),
        ("enum-to-const", "{type: string, enum: [a, b]}".into(), "{type: string, const: a}".into()),
        ("not", "{type: integer}".into(), "{type: integer, not: {const: 3}}".into()),
        ("format-of-integer", "{type: integer}".into(), "{type: integer, format: int32}".into()),
        ("format-narrower", "{type: integer, format: int64}".into(), "{type: integer, format: int32}".into()),
        ("format-of-number", "{type: number, format: double}".into(), "{type: number, format: float}".into()),
        ("any-to-object", "{}".into(), "{type: object}".into()),
        ("any-to-type", "{}".into(), "{type: string}".into()),
        ("list-items", "{type: array, items: {}}".into(), "{type: array, items: {type: string}}".into()),
        (
            "list-items-type",
            "{type: array, items: {type: number}}".into(),
            "{type: array, items: {type: integer}}".into(),
        ),
        (
            "map-values",
            "{type: object, additionalProperties: {type: number}}".into(),
            "{type: object, additionalProperties: {type: integer}}".into(),
        ),
        ("nullable-reference", "{oneOf: [{type: 'null'}, {type: integer}]}".into(), "{type: integer}".into()),
    ];
    for (rule, wide, narrow) in &rows {
        narrows(&mut wrong, rule, wide, narrow);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What breaks old clients in requests where it narrows, and in responses where it widens: the reverse change in the other direction.
#[test]
fn schemas() {
    let mut wrong = Vec::new();
    let list = |rest: &str| format!("{{type: array, items: {{type: string}}{rest}}}");
    let narrowing: Vec<(&str, String, String)> = vec![
        ("const-added", "{type: string}".into(), "{type: string, const: a}".into()),
        ("pattern-added", "{type: string}".into(), "{type: string, pattern: '^a'}".into()),
        ("format-added", "{type: string}".into(), "{type: string, format: uuid}".into()),
        ("type-specialized", "{type: number}".into(), "{type: integer}".into()),
        ("list-of-types-narrowed", "{type: [string, integer, boolean]}".into(), "{type: [string, boolean]}".into()),
        ("became-not-nullable", "{type: [string, 'null']}".into(), "{type: string}".into()),
        ("became-enum", "{type: integer}".into(), "{type: integer, enum: [1, 2]}".into()),
        ("enum-value-removed", "{type: string, enum: [a, b]}".into(), "{type: string, enum: [a]}".into()),
        ("contains-added", list(""), list(", contains: {const: a}")),
        (
            "min-contains-increased",
            list(", contains: {const: a}, minContains: 1"),
            list(", contains: {const: a}, minContains: 2"),
        ),
        (
            "max-contains-decreased",
            list(", contains: {const: a}, maxContains: 2"),
            list(", contains: {const: a}, maxContains: 1"),
        ),
        ("unique-items", list(""), list(", uniqueItems: true")),
        ("max-items", list(""), list(", maxItems: 3")),
        ("dependent-required-added", object(""), object(", dependentRequired: {a: [b]}")),
        ("dependent-schema-added", object(""), object(", dependentSchemas: {a: {required: [b]}}")),
        ("property-names-added", object(""), object(", propertyNames: {pattern: '^[a-z]+$'}")),
        ("pattern-property-added", object(""), object(", patternProperties: {'^x-': {type: integer}}")),
        ("unevaluated-properties-added", object(""), object(", unevaluatedProperties: false")),
        ("additional-properties-closed", object(""), object(", additionalProperties: false")),
        ("additional-properties-typed", object(""), object(", additionalProperties: {type: integer}")),
        ("min-properties", object(""), object(", minProperties: 1")),
        ("became-required", object(""), object(", required: [a]")),
        ("not-added", object(""), object(", not: {required: [b]}")),
        ("if-then-added", object(""), object(", if: {required: [a]}, then: {required: [b]}")),
        ("any-of-removed", "{anyOf: [{type: string}, {type: boolean}]}".into(), "{anyOf: [{type: string}]}".into()),
        (
            "one-of-removed",
            "{oneOf: [{type: string}, {type: array, items: {type: string}}, {type: boolean}]}".into(),
            "{oneOf: [{type: string}, {type: boolean}]}".into(),
        ),
    ];
    for (rule, wide, narrow) in &narrowing {
        narrows(&mut wrong, rule, wide, narrow);
    }
    // Who sent the property that is gone may have meant something by it.
    let both = "{allOf: [{type: object, properties: {a: {type: string}}}, {type: object, required: [b], properties: {b: {type: integer}}}]}";
    judge(&mut wrong, "request all-of-added", [request(&object("")), request(both)], "breaks", "review");
    judge(&mut wrong, "response all-of-added", [response(&object("")), response(both)], "fine", "breaks");
    let others = [
        ("const-changed", "{type: string, const: a}", "{type: string, const: b}"),
        ("type-changed", "{type: string}", "{type: integer}"),
        (
            "content-encoding-changed",
            "{type: string, contentEncoding: base64}",
            "{type: string, contentEncoding: base64url}",
        ),
        (
            "content-media-type-changed",
            "{type: string, contentMediaType: image/png}",
            "{type: string, contentMediaType: image/gif}",
        ),
        ("format-changed", "{type: string, format: date}", "{type: string, format: date-time}"),
        (
            "dependent-required-changed",
            "{type: object, dependentRequired: {a: [b]}}",
            "{type: object, dependentRequired: {a: [c]}}",
        ),
    ];
    for (rule, old, new) in others {
        judge(&mut wrong, &format!("request {rule}"), [request(old), request(new)], "breaks", "breaks");
        judge(&mut wrong, &format!("response {rule}"), [response(old), response(new)], "breaks", "breaks");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn documents_as_a_whole() {
    let mut wrong = Vec::new();
    let discriminated = |property: &str, mapping: &str| {
        let part = |name: &str| {
            format!(
                "{name}: {{type: object, required: [kind, sort, {name}], properties: {{kind: {{type: string}}, sort: {{type: string}}, {name}: {{type: string}}}}}}"
            )
        };
        let schemas = format!("components: {{schemas: {{{}, {}}}}}", part("A"), part("B"));
        let union = format!(
            "{{oneOf: [{{$ref: '#/components/schemas/A'}}, {{$ref: '#/components/schemas/B'}}], discriminator: {{propertyName: {property}, mapping: {{{mapping}}}}}}}"
        );
        request(&union).replace("\n\npaths", &format!("\n{schemas}\npaths"))
    };
    let both = "a: '#/components/schemas/A', b: '#/components/schemas/B'";
    judge(
        &mut wrong,
        "discriminator-property-name-changed",
        [discriminated("kind", both), discriminated("sort", both)],
        "breaks",
        "breaks",
    );
    let swapped = "b: '#/components/schemas/A', a: '#/components/schemas/B'";
    judge(
        &mut wrong,
        "discriminator-mapping-changed",
        [discriminated("kind", both), discriminated("kind", swapped)],
        "breaks",
        "breaks",
    );
    let oauth = |scopes: &str| {
        format!(
            "{{type: oauth2, flows: {{clientCredentials: {{tokenUrl: 'https://a.example/t', scopes: {{{scopes}}}}}}}}}"
        )
    };
    let all = oauth("read: '', write: ''");
    // A token that was enough is not.
    judge(
        &mut wrong,
        "api-security-scope-added",
        [secured("[{s: [read]}]", &all), secured("[{s: [read, write]}]", &all)],
        "breaks",
        "fine",
    );
    let (key, other) = ("{type: apiKey, in: header, name: K}", "{type: apiKey, in: header, name: L}");
    judge(&mut wrong, "api-security-added", [secured("[]", key), secured("[{s: []}]", key)], "breaks", "fine");
    judge(
        &mut wrong,
        "api-security-component-changed",
        [secured("[{s: []}]", key), secured("[{s: []}]", other)],
        "breaks",
        "breaks",
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
