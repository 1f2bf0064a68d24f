//! What each change means for old clients and old servers.

use specie_codegen::source::Source;
use specie_diff::{Audience, Finding, Verdict};

use crate::documents::{ID, NOTHING, document, findings, parameters, request, request_with, response};

/// Each change with what it means for old clients and old servers.
pub(crate) fn verdicts(found: &[Finding]) -> Vec<String> {
    let line = |one: &Finding| {
        let [clients, servers] = Audience::WIRE.map(|audience| one.verdict(audience).as_str());
        format!("{} {clients} {servers}", one.rule.id())
    };
    found.iter().map(line).collect()
}

#[track_caller]
pub(crate) fn expect(old: &Source, new: &Source, expected: &[&str]) {
    assert_eq!(verdicts(&findings(old, new)), expected);
    assert!(findings(old, old).is_empty() && findings(new, new).is_empty());
    // With the documents swapped, the audiences are.
    let broken = |found: &[Finding], audience| found.iter().any(|one| one.verdict(audience) == Verdict::Breaks);
    let (there, back) = (findings(old, new), findings(new, old));
    let [clients, servers] = Audience::WIRE;
    assert_eq!(broken(&there, clients), broken(&back, servers));
    assert_eq!(broken(&there, servers), broken(&back, clients));
}

#[test]
fn a_change_in_a_branch_names_the_branch() {
    let api = |longest: u32| {
        let card = format!(
            "{{title: Card, type: object, required: [number], properties: {{number: {{type: string, maxLength: {longest}}}}}}}"
        );
        let other = "{type: object, required: [iban], properties: {iban: {type: string}}}";
        let schemas = format!(
            "components: {{schemas: {{Payment: {{type: object, properties: {{method: {{oneOf: [{card}, {other}]}}}}}}}}}}"
        );
        request_with("{$ref: '#/components/schemas/Payment'}", &schemas)
    };
    let found = findings(&api(19), &api(16));
    assert_eq!(found[0].subject(), "schema Payment.method<Card>.number");
    assert_eq!(found[0].uses[0].place, "request body (application/json) .method<Card>.number");
}

#[test]
fn values_that_are_named_are_not_all() {
    let list = |values: &str| format!("{{type: string, x-extensible-enum: [{values}]}}");
    expect(&response(&list("a")), &response(&list("a, b")), &["known-values-changed fine fine"]);
    expect(&request(&list("a, b")), &request(&list("a")), &["known-values-changed review fine"]);
    expect(&response("{type: string, enum: [a]}"), &response(&list("a, b")), &["enum-removed breaks fine"]);
}

#[test]
fn a_union_in_place_of_a_schema_is_one_change() {
    let kind = |name: &str| {
        format!("{{type: object, required: [k], properties: {{k: {{const: {name}}}, {name}: {{type: string}}}}}}")
    };
    let union = response(&format!("{{oneOf: [{}, {}]}}", kind("a"), kind("b")));
    let plain = response("{type: object, required: [k], properties: {k: {const: c}}}");
    expect(&plain, &union, &["became-union breaks breaks"]);
    expect(&union, &plain, &["union-removed breaks breaks"]);
    // A branch that is what the schema was is no other value.
    let text = response("{oneOf: [{type: string}, {type: integer}]}");
    expect(&response("{type: string}"), &text, &["branch-added breaks fine"]);
}

#[test]
fn the_same_change_breaks_the_other_side_in_a_response() {
    let (one, more) = ("{type: string, enum: [a]}", "{type: string, enum: [a, b]}");
    expect(&request(one), &request(more), &["enum-value-added fine breaks"]);
    expect(&response(one), &response(more), &["enum-value-added breaks fine"]);
}

#[test]
fn what_moves_in_a_document_is_the_same_on_the_wire() {
    let one = document(&format!("      parameters: [{ID}]\n{NOTHING}"), "");
    let renamed = Source::new(
        "t.yaml",
        "openapi: 3.0.3\ninfo: {title: Other, version: '2'}\npaths:\n  /coins/{coin}:\n    parameters: [{name: coin, in: path, required: true, schema: {type: string}}]\n    post:\n      operationId: other\n      tags: [a]\n      responses: {'204': {description: Else.}}\n",
    );
    expect(&one, &renamed, &[]);
    let nullable = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      responses: {'200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}\ncomponents: {schemas: {A: {type: string, nullable: true}}}\n";
    let inline = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      responses: {'200': {description: It., content: {application/json: {schema: {type: [string, 'null']}}}}}\n";
    expect(&Source::new("t.yaml", nullable), &Source::new("t.yaml", inline), &[]);
}

#[test]
fn a_webhook_is_sent_by_the_api() {
    let hook = |required: &str| {
        Source::new(
            "t.yaml",
            format!(
                "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\nwebhooks:\n  paid:\n    post:\n      requestBody: {{{required} content: {{application/json: {{schema: {{type: string}}}}}}}}\n{NOTHING}"
            ),
        )
    };
    expect(&hook(""), &hook("required: true,"), &["request-body-became-required fine breaks"]);
    // Whoever waits for a webhook misses it, and whoever does not know it has not asked for it.
    let none = Source::new("t.yaml", "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n");
    expect(&hook(""), &none, &["operation-removed breaks fine"]);
    expect(&none, &hook(""), &["operation-added fine breaks"]);
}

#[test]
fn a_repetition_that_was_safe_has_to_be_safe() {
    let api = |stated: &str| {
        let keys = "{name: K, in: header, schema: {type: string}}, {name: L, in: header, schema: {type: string}}";
        document(&format!("{stated}      parameters: [{ID}, {keys}]\n{NOTHING}"), "")
    };
    let header = |name: &str| api(&format!("      x-specie-idempotency: {{header: {name}}}\n"));
    expect(&header("K"), &api(""), &["idempotency-changed breaks fine"]);
    expect(&header("K"), &header("L"), &["idempotency-changed breaks breaks"]);
    expect(&header("K"), &header("k"), &[]);
    let found = findings(&header("K"), &header("L"));
    let at = found[0].new.expect("a place");
    let all = header("L");
    assert!(all.text(at.file)[at.start as usize..].starts_with("x-specie-idempotency"), "{at:?}");
}

#[test]
fn an_address_that_a_server_cannot_have_any_more_is_one_less() {
    let api = |variable: &str| {
        let server =
            format!("{{url: 'https://{{region}}.example.com', variables: {{region: {{default: eu{variable}}}}}}}");
        document(&format!("      servers: [{server}]\n      parameters: [{ID}]\n{NOTHING}"), "")
    };
    let (one, both, any) = (api(", enum: [eu]"), api(", enum: [eu, us]"), api(""));
    expect(&both, &one, &["server-removed review fine"]);
    let found = findings(&both, &one);
    let values = (found[0].before.as_deref(), found[0].after.as_deref());
    assert_eq!(values, (Some("region = eu or us"), Some("region = eu")));
    expect(&one, &both, &["server-added fine review"]);
    expect(&any, &one, &["server-removed review fine"]);
    expect(&both, &any, &["server-added fine review"]);
}

#[test]
fn bounds_of_integers_are_the_last_integers_that_they_allow() {
    let request = |bounds: &str| request(&format!("{{type: {bounds}}}"));
    expect(&request("integer, exclusiveMinimum: 0"), &request("integer, minimum: 1"), &[]);
    expect(&request("integer, maximum: 10"), &request("integer, exclusiveMaximum: 10.5"), &[]);
    expect(&request("integer, exclusiveMinimum: 0"), &request("integer, minimum: 2"), &["minimum-changed breaks fine"]);
    expect(&request("number, exclusiveMinimum: 0"), &request("number, minimum: 1"), &["minimum-changed breaks fine"]);
}

#[test]
fn operations_are_known_by_their_addresses_and_then_by_their_ids() {
    let api = |path: &str, id: &str| {
        Source::new(
            "t.yaml",
            format!(
                "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  {path}:\n    get:\n      operationId: {id}\n{NOTHING}\n"
            ),
        )
    };
    expect(&api("/a", "one"), &api("/a", "two"), &[]);
    expect(&api("/a", "one"), &api("/b", "one"), &["operation-moved breaks breaks"]);
    expect(&api("/a", "one"), &api("/b", "two"), &["operation-removed breaks fine", "operation-added fine breaks"]);
}

#[test]
fn a_change_of_a_shared_schema_is_one_finding_with_all_its_uses() {
    let api = |kind: &str| {
        let of = "content: {application/json: {schema: {$ref: '#/components/schemas/Coin'}}}";
        let operation = format!(
            "      parameters: [{ID}]\n      requestBody: {{{of}}}\n      responses: {{'200': {{description: It., {of}}}}}"
        );
        document(
            &operation,
            &format!("components: {{schemas: {{Coin: {{type: object, properties: {{n: {{type: {kind}}}}}}}}}}}"),
        )
    };
    let found = findings(&api("integer"), &api("number"));
    assert_eq!(verdicts(&found), ["type-widened breaks breaks"]);
    let uses: Vec<String> = found[0].uses.iter().map(|one| format!("{} {}", one.operation, one.place)).collect();
    assert_eq!(
        uses,
        ["POST /coins/{id} request body (application/json) .n", "POST /coins/{id} response 200 (application/json) .n"]
    );
    assert_eq!(found[0].subject(), "schema Coin.n");
}

/// Pairs of our own for each line of `ledger.tsv` that names a rule: another tool says the opposite.
#[test]
fn where_other_tools_say_the_opposite() {
    let object = |rest: &str| format!("{{type: object, {rest}}}");
    let named = "properties: {a: {type: string}}";
    // No request carries a parameter of the path that the path does not name.
    let unnamed = |schema: &str| parameters(&format!("{{name: other, in: path, required: true, schema: {schema}}}"));
    expect(&unnamed("{type: string}"), &unnamed("{type: integer, enum: [1, 2]}"), &[]);
    // A default is no part of what is valid.
    let default =
        |value: &str| parameters(&format!("{{name: q, in: query, schema: {{type: integer, default: {value}}}}}"));
    expect(&default("1"), &default("2"), &["default-changed review review"]);
    // A part that says what others say adds nothing, and a branch that is like another one takes nothing away.
    let parts = |list: &str| request(&format!("{{allOf: [{list}]}}"));
    let part = object(named);
    expect(&parts(&part), &parts(&format!("{part}, {part}")), &[]);
    let branches = |list: &str| request(&format!("{{anyOf: [{list}]}}"));
    expect(
        &branches(&format!("{part}, {part}, {{type: string}}")),
        &branches(&format!("{part}, {{type: string}}")),
        &[],
    );
    // A list of values that is dropped leaves the values valid.
    expect(&request("{type: string, enum: [a]}"), &request("{type: string}"), &["enum-removed fine breaks"]);
    // A response may hold what it could not hold before.
    expect(&response("{type: string, pattern: '^a+$'}"), &response("{type: string}"), &["pattern-removed breaks fine"]);
    expect(
        &response("{type: string, minLength: 1}"),
        &response("{type: string, minLength: 2}"),
        &["min-length-changed fine breaks"],
    );
    // `required` speaks of objects, whatever is listed under `properties`.
    expect(
        &request(&object(named)),
        &request(&object(&format!("required: [b], {named}"))),
        &["property-added breaks review"],
    );
    // `required` speaks of objects, and no array is one.
    let array =
        |name: &str| request(&format!("{{type: array, items: {{type: string}}, anyOf: [{{required: [{name}]}}]}}"));
    expect(&array("a"), &array("b"), &[]);
    // A policy of a team is no part of the wire.
    let policy = |rest: &str| document(&format!("      {rest}\n      parameters: [{ID}]\n{NOTHING}"), "");
    expect(&policy("x-stability-level: beta"), &policy("x-stability-level: alpha"), &[]);
    expect(&policy("x-sunset: '2027-01-01'"), &policy("x-sunset: soon"), &[]);
    // A header that is always there, and an error that is not documented any more, are one case less.
    let headers = |rest: &str| {
        let header = format!("X-A: {{{rest} schema: {{type: integer}}}}");
        document(
            &format!(
                "      parameters: [{ID}]\n      responses: {{'200': {{description: It., headers: {{{header}}}}}}}"
            ),
            "",
        )
    };
    expect(&headers(""), &headers("required: true,"), &["header-became-required fine breaks"]);
    // A number in a header is written the same way, whatever `explode` says.
    expect(&headers(""), &headers("explode: true,"), &[]);
    let errors = |rest: &str| {
        document(&format!("      parameters: [{ID}]\n      responses: {{'204': {{description: Done.}}{rest}}}"), "")
    };
    expect(&errors(", '404': {description: None.}"), &errors(""), &["status-removed fine fine"]);
    // What only requests hold leaves responses, and comes back.
    let write_only = |flag: &str| response(&object(&format!("properties: {{a: {{type: string{flag}}}}}")));
    expect(&write_only(""), &write_only(", writeOnly: true"), &["write-only-changed review fine"]);
    expect(&write_only(", writeOnly: true"), &write_only(""), &["write-only-changed fine fine"]);
}

#[test]
fn a_change_of_a_keyword_stands_at_the_keyword() {
    let places = |old: &Source, new: &Source| -> Vec<[String; 2]> {
        let text = |source: &Source, at: Option<specie_codegen::source::Span>| {
            let at = at.expect("a place");
            source.text(at.file)[at.start as usize..at.end as usize].to_owned()
        };
        findings(old, new).iter().map(|one| [text(old, one.old), text(new, one.new)]).collect()
    };
    for (old, new, before, after) in [
        ("{type: string, format: date}", "{type: string, format: uuid}", "format", "format"),
        ("{type: string}", "{type: integer}", "type", "type"),
        ("{type: string, default: a}", "{type: string, default: b}", "default", "default"),
        (
            "{type: object, additionalProperties: {type: string}}",
            "{type: object, additionalProperties: false}",
            "additionalProperties",
            "additionalProperties",
        ),
        (
            "{type: object, additionalProperties: {type: string}}",
            "{type: object, additionalProperties: true}",
            "additionalProperties",
            "additionalProperties",
        ),
    ] {
        assert_eq!(places(&request(old), &request(new)), [[before, after]], "{old} {new}");
    }
    let list = |rest: &str| {
        parameters(&format!("{{name: q, in: query, {rest} schema: {{type: array, items: {{type: string}}}}}}"))
    };
    assert_eq!(places(&list("explode: true,"), &list("explode: false,")), [["explode", "explode"]]);
    assert_eq!(places(&list(""), &list("style: pipeDelimited,")), [["q", "style"]]);
    assert_eq!(places(&list("required: false,"), &list("required: true,")), [["required", "required"]]);
    let union = |mapping: &str| {
        let branches = "[{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]";
        let branch = "{type: object, required: [k], properties: {k: {type: string}}}";
        request_with(
            &format!("{{oneOf: {branches}, discriminator: {{propertyName: k, mapping: {{a: A, b: B{mapping}}}}}}}"),
            &format!("components: {{schemas: {{A: {branch}, B: {branch}}}}}"),
        )
    };
    assert_eq!(places(&union(""), &union(", c: B"))[0], ["discriminator", "c"]);
}

#[test]
fn one_object_with_the_properties_of_all_branches_allows_what_each_of_them_did() {
    let object = |properties: &str| {
        format!("{{type: object, required: [k], properties: {{k: {{type: string}}, {properties}}}}}")
    };
    let (number, text) = ("n: {type: integer}", "s: {type: string}");
    let whole = object(&format!("{number}, {text}"));
    for keyword in ["oneOf", "anyOf"] {
        let union = format!("{{{keyword}: [{}, {}]}}", object(number), object(text));
        // Objects with the properties of both were none of one branch, as people mean it, and no document says what becomes of them. Nor does
        // it say what an object of one branch held under the name of a property of the other one.
        expect(&request(&union), &request(&whole), &["union-removed review review"]);
        expect(&request(&whole), &request(&union), &["became-union review review"]);
        expect(&response(&union), &response(&whole), &["union-removed review review"]);
    }
    let other = object(&format!("n: {{type: boolean}}, {text}"));
    let union = format!("{{anyOf: [{}, {}]}}", object(number), object(text));
    expect(&request(&union), &request(&other), &["union-removed breaks review"]);
}

/// A request with properties of two schemas and of a third one that both may extend.
fn extending(taken: &str, base: &str) -> Source {
    let components = format!("components: {{schemas: {{Cat: {{{taken}}}, Dog: {{{taken}}}, Base: {{{base}}}}}}}");
    let refer = |name: &str| format!("{name}: {{$ref: '#/components/schemas/{name}'}}");
    let all = [refer("Cat"), refer("Dog"), refer("Base")].join(", ");
    request_with(&format!("{{type: object, properties: {{{all}}}}}"), &components)
}

const OWN: &str = "type: object, properties: {own: {type: string}}";

#[test]
fn a_property_that_several_schemas_take_over_is_one_change() {
    let extended = format!("allOf: [{{$ref: '#/components/schemas/Base'}}, {{{OWN}}}]");
    for (more, verdicts_of_more) in [
        ("type: object, properties: {a: {type: string}, b: {type: string}}", ["fine review", "review fine"]),
        (
            "type: object, required: [b], properties: {a: {type: string}, b: {const: 1}}",
            ["breaks review", "review breaks"],
        ),
        ("type: object, required: [b], properties: {a: {type: string}}", ["breaks review", "review breaks"]),
    ] {
        let (old, new) =
            (extending(&extended, "type: object, properties: {a: {type: string}}"), extending(&extended, more));
        let [added, removed] = verdicts_of_more;
        for (one, other, expected) in
            [(&old, &new, format!("property-added {added}")), (&new, &old, format!("property-removed {removed}"))]
        {
            let found = findings(one, other);
            assert_eq!(verdicts(&found), [expected]);
            assert_eq!((found[0].schema.as_deref(), found[0].uses.len()), (Some("Base"), 3), "{found:?}");
        }
    }
}

#[test]
fn a_property_that_schemas_take_over_newly_is_a_change_of_each_of_them() {
    let base = "type: object, properties: {a: {type: string}}";
    let extended = format!("allOf: [{{$ref: '#/components/schemas/Base'}}, {{{OWN}}}]");
    let (old, new) = (extending(OWN, base), extending(&extended, base));
    for (one, other, expected) in
        [(&old, &new, "property-added fine review"), (&new, &old, "property-removed review fine")]
    {
        let found = findings(one, other);
        assert_eq!(verdicts(&found), [expected; 2]);
        let places: Vec<_> =
            found.iter().map(|one| (one.schema.as_deref(), one.about.as_str(), one.uses.len())).collect();
        assert_eq!(places, [(Some("Cat"), "a", 1), (Some("Dog"), "a", 1)]);
    }
}

#[test]
fn that_no_item_follows_is_one_change() {
    let list = |items: &str| request(&format!("{{type: array, prefixItems: [{{type: string}}]{items}}}"));
    expect(&list(""), &list(", items: false"), &["max-items-changed breaks fine"]);
    expect(&list(", items: {type: string}"), &list(", items: false"), &["max-items-changed breaks fine"]);
}
