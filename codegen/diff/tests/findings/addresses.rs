//! Where requests are sent, whatever a document calls the operation: servers and paths, names of webhooks and callbacks, and links.

use specie_codegen::source::Source;
use specie_diff::report;

use crate::documents::understood;
use crate::verdicts::{expect, verdicts};

const DONE: &str = "responses: {'204': {description: Done.}}";

fn whole(rest: &str) -> Source {
    Source::new("t.yaml", format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{rest}\n"))
}

/// One operation of a path at some servers.
fn at(servers: &str, path: &str) -> Source {
    whole(&format!("servers: [{servers}]\npaths:\n  {path}:\n    get: {{{DONE}}}"))
}

#[test]
fn a_part_of_the_path_may_stand_in_the_servers() {
    let (within, beside) =
        (at("{url: 'https://a.example/v1'}", "/coins"), at("{url: 'https://a.example/'}", "/v1/coins"));
    expect(&within, &beside, &[]);
    let other = at("{url: 'https://a.example'}", "/v2/coins");
    let gone = ["operation-removed breaks fine", "operation-added fine breaks"];
    expect(&within, &other, &gone);
    // The same path of another server is another address, of which nothing is known.
    let moved = at("{url: 'https://b.example/v1'}", "/coins");
    expect(&within, &moved, &["server-removed review fine", "server-added fine review"]);
}

#[test]
fn a_server_is_what_its_variables_make_of_it() {
    let of = |name: &str, values: &str| {
        at(
            &format!("{{url: 'https://{{{name}}}.example', variables: {{{name}: {{default: eu, enum: [{values}]}}}}}}"),
            "/coins",
        )
    };
    expect(&of("region", "eu, us"), &of("place", "eu, us"), &[]);
    expect(&of("region", "eu, us"), &of("region", "us, eu"), &[]);
    expect(&of("region", "eu, us"), &of("region", "eu"), &["server-removed review fine"]);
    let listed = |regions: &[&str]| {
        let all: Vec<String> = regions.iter().map(|one| format!("{{url: 'https://{one}.example'}}")).collect();
        at(&all.join(", "), "/coins")
    };
    expect(&of("region", "eu, us"), &listed(&["us", "eu"]), &[]);
    expect(&listed(&["eu", "us"]), &of("region", "eu, us"), &[]);
    expect(&of("region", "eu, us"), &listed(&["eu"]), &["server-removed review fine"]);
    // Where no server is listed, it is the one that has the document.
    expect(&at("", "/coins"), &at("{url: /}", "/coins"), &[]);
}

#[test]
fn nobody_sees_what_a_document_calls_a_webhook_or_a_callback() {
    let webhook = |name: &str, method: &str| {
        whole(&format!("paths: {{}}\nwebhooks:\n  {name}:\n    {method}: {{operationId: w, {DONE}}}"))
    };
    expect(&webhook("paid", "post"), &webhook("settled", "post"), &["operation-moved review review"]);
    let found = crate::documents::findings(&webhook("paid", "post"), &webhook("paid", "patch"));
    let moved = found.iter().find(|one| one.rule.id() == "operation-moved").expect("the finding");
    let values = (moved.before.as_deref(), moved.after.as_deref());
    assert_eq!(values, (Some("POST webhook paid"), Some("PATCH webhook paid")));
    let callback = |name: &str, property: &str| {
        whole(&format!(
            "paths:\n  /coins:\n    post:\n      {DONE}\n      callbacks: {{{name}: {{'{{$request.body#/{property}}}': {{post: {{{DONE}}}}}}}}}"
        ))
    };
    expect(&callback("paid", "url"), &callback("settled", "url"), &[]);
    let gone = ["operation-removed breaks fine", "operation-added fine breaks"];
    expect(&callback("paid", "url"), &callback("paid", "other"), &gone);
}

/// A coin that is made, and read by what a link of the response gives.
fn linked(links: &str, id: &str) -> Source {
    let coin = "{type: object, required: [id, key], properties: {id: {type: string}, key: {type: string}}}";
    let made = format!("{{description: Made., content: {{application/json: {{schema: {coin}}}}}, links: {{{links}}}}}");
    whole(&format!(
        "paths:\n  /coins:\n    post:\n      operationId: mint\n      responses: {{'201': {made}}}\n  /coins/{{id}}:\n    get:\n      operationId: {id}\n      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n      {DONE}"
    ))
}

#[test]
fn a_link_that_gives_another_value_is_said_on_the_wire_and_in_code() {
    let by = |value: &str, id: &str| {
        linked(&format!("self: {{operationId: {id}, parameters: {{id: '$response.body#/{value}'}}}}"), id)
    };
    let none = linked("", "read");
    expect(&none, &by("id", "read"), &["link-changed fine fine"]);
    expect(&by("id", "read"), &by("key", "read"), &["link-changed review review"]);
    // The operation is known by its address.
    expect(&by("id", "read"), &by("id", "find"), &[]);
    let reference = "self: {operationRef: '#/paths/~1coins~1{id}/get', parameters: {id: '$response.body#/id'}}";
    expect(&by("id", "read"), &linked(reference, "read"), &[]);
    let placed = "self: {operationId: read, parameters: {path.id: '$response.body#/id'}}";
    expect(&by("id", "read"), &linked(placed, "read"), &[]);
    let found = report(&understood(&by("id", "read")), &understood(&by("key", "read")));
    assert_eq!(verdicts(&found), ["link-changed review review", "code-changed fine fine"]);
    let change = &found[1].code[0];
    assert_eq!(change.item, "links::mint_self_()");
    let values = (change.before.as_deref(), change.after.as_deref());
    assert_eq!(values, (Some("id from response.id"), Some("id from response.key")));
}

#[test]
fn a_variable_of_one_value_and_another_way_to_write_a_host_are_no_other_address() {
    let single = at("{url: 'https://a.example/{v}', variables: {v: {default: v1, enum: [v1]}}}", "/coins");
    expect(&single, &at("{url: 'https://a.example'}", "/v1/coins"), &[]);
    expect(&single, &at("{url: 'https://a.example/v1'}", "/coins"), &[]);
    let of = |url: &str| at(&format!("{{url: '{url}'}}"), "/coins");
    expect(&of("https://a.example"), &of("HTTPS://a.example"), &[]);
    for other in ["https://A.Example", "https://a.example:443"] {
        let found = report(&understood(&of("https://a.example")), &understood(&of(other)));
        assert!(found.is_empty(), "{other}: {found:?}");
    }
    let changed = ["server-removed review fine", "server-added fine review"];
    expect(&of("https://a.example/v"), &of("https://a.example/V"), &changed);
    expect(&of("https://a.example"), &of("https://a.example:80"), &changed);
}
