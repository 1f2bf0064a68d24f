//! Parameters of the path by their places in it, and headers that are no parameters.

use specie_codegen::source::Source;
use specie_diff::{Audience, Verdict, report};

use crate::documents::{NOTHING, findings, parameters, understood};
use crate::verdicts::{expect, verdicts};

/// An operation of a path, each of whose parameters is a text.
fn path(path: &str, names: &[&str]) -> Source {
    let of = |name: &&str| format!("{{name: {name}, in: path, required: true, schema: {{type: string}}}}");
    let parameters: Vec<String> = names.iter().map(of).collect();
    let operation = format!("      operationId: read\n      parameters: [{}]\n{NOTHING}", parameters.join(", "));
    Source::new(
        "t.yaml",
        format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  '{path}':\n    get:\n{operation}\n"),
    )
}

#[test]
fn names_that_change_places_are_said_on_the_wire_and_in_code() {
    let names = ["a", "b"];
    let (old, new) = (path("/c/{a}/{b}", &names), path("/c/{b}/{a}", &names));
    expect(&old, &new, &["path-parameters-swapped review review"]);
    let found = report(&understood(&old), &understood(&new));
    assert_eq!(verdicts(&found), ["path-parameters-swapped review review"]);
    for audience in Audience::CODE {
        assert_eq!(found[0].verdict(audience), Verdict::Review, "{audience:?}");
    }
    let places = |one: &specie_diff::CodeChange| (one.item.clone(), one.before.clone(), one.after.clone());
    let changes: Vec<_> = found[0].code.iter().map(places).collect();
    let place = |place: u8| Some(format!("value {place} of the path"));
    assert!(changes.contains(&("Read.a".to_owned(), place(1), place(2))), "{changes:?}");
    assert!(changes.contains(&("Read.b".to_owned(), place(2), place(1))), "{changes:?}");
}

#[test]
fn another_name_for_a_place_is_no_other_request() {
    expect(&path("/c/{a}/{b}", &["a", "b"]), &path("/c/{x}/{b}", &["x", "b"]), &[]);
    // A name that is free is taken for the inner one.
    expect(&path("/c/{id}/d/{part}", &["id", "part"]), &path("/c/{owner}/d/{id}", &["owner", "id"]), &[]);
    let (old, new) = (path("/c/{coin-id}", &["coin-id"]), path("/c/{coin_id}", &["coin_id"]));
    let found = report(&understood(&old), &understood(&new));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn another_name_in_a_path_that_holds_the_name_is_another_request() {
    let of = |name: &str, rest: &str| {
        let operation = format!(
            "      operationId: read\n      parameters: [{{name: {name}, in: path, required: true, style: matrix, {rest}}}]\n{NOTHING}"
        );
        let head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n";
        Source::new("t.yaml", format!("{head}  '/c/{{{name}}}':\n    get:\n{operation}\n"))
    };
    let pair = |rest: &str| (of("id", rest), of("key", rest));
    let (old, new) = pair("schema: {type: string}");
    expect(&old, &new, &["parameter-removed review breaks", "parameter-added breaks review"]);
    let (old, new) = pair("explode: true, schema: {type: object, properties: {a: {type: string}}}");
    expect(&old, &new, &[]);
}

#[test]
fn headers_that_http_speaks_of_are_no_parameters() {
    let other = "{name: q, in: query, schema: {type: string}}";
    for name in ["Accept", "content-type", "AUTHORIZATION"] {
        let with =
            parameters(&format!("{other}, {{name: {name}, in: header, required: true, schema: {{type: string}}}}"));
        expect(&parameters(other), &with, &[]);
    }
    // In the query they are.
    let query = parameters(&format!("{other}, {{name: accept, in: query, required: true, schema: {{type: string}}}}"));
    assert_eq!(verdicts(&findings(&parameters(other), &query)), ["parameter-added breaks review"]);
}

#[test]
fn explode_matters_where_it_gives_another_text() {
    let of = |place: &str, schema: &str, rest: &str| {
        parameters(&format!("{{name: q, in: {place}, schema: {schema}{rest}}}"))
    };
    let (list, object) = ("{type: array, items: {type: string}}", "{type: object, properties: {a: {type: string}}}");
    let changed = &["parameter-style-changed breaks breaks"];
    expect(&of("header", list, ""), &of("header", list, ", explode: true"), &[]);
    expect(&of("header", object, ""), &of("header", object, ", explode: true"), changed);
    expect(&of("cookie", list, ""), &of("cookie", list, ", explode: false"), changed);
    let deep = ", style: deepObject";
    expect(&of("query", object, deep), &of("query", object, &format!("{deep}, explode: true")), &[]);
    expect(&of("query", object, ""), &of("query", object, deep), changed);
}

#[test]
fn a_header_is_the_same_in_any_case() {
    let of = |name: &str| parameters(&format!("{{name: {name}, in: header, schema: {{type: string}}}}"));
    let found = report(&understood(&of("X-Kind")), &understood(&of("x-kind")));
    assert!(found.is_empty(), "{found:?}");
}
