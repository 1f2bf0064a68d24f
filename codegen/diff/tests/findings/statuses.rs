//! What a status means: its own response says it, or else that of its range, or else `default`.

use specie_codegen::source::Source;
use specie_diff::Finding;

use crate::documents::{ID, document, findings};
use crate::verdicts::{expect, verdicts};

/// An operation that answers with these keys of `responses`, each with the type of the body.
fn answers(responses: &[(&str, &str)]) -> Source {
    let of = |(key, kind): &(&str, &str)| {
        format!("'{key}': {{description: It., content: {{application/json: {{schema: {{type: {kind}}}}}}}}}")
    };
    let all: Vec<String> = responses.iter().map(of).collect();
    document(&format!("      parameters: [{ID}]\n      responses: {{{}}}", all.join(", ")), "")
}

/// Where each finding of a changed type stands.
fn changed(old: &Source, new: &Source) -> Vec<String> {
    let found = findings(old, new);
    let of_type = |one: &&Finding| one.rule.id() == "type-changed";
    found.iter().filter(of_type).flat_map(|one| one.uses.iter().map(|place| place.place.clone())).collect()
}

const DONE: (&str, &str) = ("200", "string");

#[test]
fn an_error_that_moves_between_its_status_its_range_and_default_is_compared() {
    for (before, after) in
        [("404", "default"), ("4XX", "default"), ("404", "4XX"), ("default", "404"), ("default", "4XX")]
    {
        let of = |key: &'static str, kind: &'static str| answers(&[DONE, (key, kind)]);
        let exact = if before == "default" || after == "4XX" && before == "404" { after.min(before) } else { before };
        let place = format!("response {exact} (application/json)");
        assert_eq!(changed(&of(before, "integer"), &of(after, "boolean")), [place], "{before} {after}");
        let same = verdicts(&findings(&of(before, "integer"), &of(after, "integer")));
        assert!(same.iter().all(|line| line.starts_with("status-") && line.ends_with("fine fine")), "{same:?}");
    }
}

#[test]
fn an_error_that_leaves_default_for_a_response_of_its_own_is_compared() {
    let (all, own) =
        (answers(&[DONE, ("default", "integer")]), |kind| answers(&[DONE, ("404", kind), ("default", "integer")]));
    expect(&all, &own("integer"), &["status-added fine fine"]);
    expect(&all, &own("boolean"), &["status-added fine fine", "type-changed breaks breaks"]);
    expect(&own("boolean"), &all, &["status-removed fine fine", "type-changed breaks breaks"]);
    // Between the range and `default`, the range says it.
    let ranged = |kind| answers(&[DONE, ("404", "integer"), ("4XX", kind), ("default", "boolean")]);
    let less = answers(&[DONE, ("4XX", "integer"), ("default", "boolean")]);
    expect(&ranged("integer"), &less, &[]);
}

#[test]
fn default_is_a_success_where_there_is_no_other() {
    let (success, default) = (answers(&[("200", "integer")]), |kind| answers(&[("default", kind)]));
    assert_eq!(changed(&success, &default("boolean")), ["response 200 (application/json)"]);
    assert_eq!(changed(&default("boolean"), &success), ["response 200 (application/json)"]);
    assert!(changed(&success, &default("integer")).is_empty());
    // Beside another success, it is for errors.
    let other = answers(&[("201", "integer"), ("default", "boolean")]);
    assert!(changed(&success, &other).is_empty());
}

#[test]
fn default_is_not_for_what_is_no_error() {
    let of = |more: &str| {
        let content = "content: {application/json: {schema: {type: string}}}";
        let responses = format!("'200': {{description: It.}}{more}, default: {{description: Else., {content}}}");
        document(&format!("      parameters: [{ID}]\n      responses: {{{responses}}}"), "")
    };
    // It has no body (RFC 9110 section 15.4.5).
    expect(&of(""), &of(", '304': {description: Not modified.}"), &["status-added fine fine"]);
    let error = ["media-type-removed breaks fine", "status-added fine fine"];
    let mut found = verdicts(&findings(&of(""), &of(", '429': {description: Too many.}")));
    found.sort();
    assert_eq!(found, error);
}

#[test]
fn the_media_type_says_what_a_header_of_its_name_would() {
    let of = |headers: &str| {
        document(
            &format!(
                "      parameters: [{ID}]\n      responses: {{'204': {{description: It., headers: {{{headers}}}}}}}"
            ),
            "",
        )
    };
    expect(&of(""), &of("content-type: {required: true, schema: {type: string}}"), &[]);
    expect(&of("X-A: {required: true, schema: {type: string}}"), &of(""), &["header-removed breaks fine"]);
}

#[test]
fn statuses_headers_and_media_types() {
    let api = |responses: &str| document(&format!("      parameters: [{ID}]\n      responses: {{{responses}}}"), "");
    let (done, made) = ("'200': {description: It.}", "'201': {description: Made.}");
    let both = format!("{done}, {made}");
    expect(&api(&both), &api(done), &["status-removed breaks review"]);
    expect(&api(done), &api(&format!("{done}, '404': {{description: None.}}")), &["status-added fine fine"]);
    // A status of a range was to be expected before.
    expect(&api("'2XX': {description: Any.}"), &api(done), &["status-removed fine review"]);
    expect(
        &api("'2XX': {description: Any.}"),
        &api("'302': {description: There.}"),
        &["status-removed breaks review", "status-added fine fine"],
    );
    let header = |rest: &str| {
        api(&format!("'200': {{description: It., headers: {{X-A: {{{rest} schema: {{type: string}}}}}}}}"))
    };
    expect(&header("required: true,"), &api(done), &["header-removed breaks fine"]);
    expect(&header("required: true,"), &header(""), &["header-became-optional breaks fine"]);
    let media = |names: &[&str]| {
        let content: Vec<String> = names.iter().map(|name| format!("{name}: {{schema: {{type: string}}}}")).collect();
        api(&format!("'200': {{description: It., content: {{{}}}}}", content.join(", ")))
    };
    expect(&media(&["text/plain", "text/html"]), &media(&["text/plain"]), &["media-type-removed breaks fine"]);
    expect(&media(&["text/plain"]), &media(&["text/plain; charset=utf-8"]), &[]);
}

#[test]
fn what_a_success_holds_is_compared_where_its_status_is_another_one() {
    let api = |status: &str, kind: &str| {
        let content = format!("content: {{application/json: {{schema: {{type: {kind}}}}}}}");
        document(
            &format!("      parameters: [{ID}]\n      responses: {{'{status}': {{description: It., {content}}}}}"),
            "",
        )
    };
    let statuses = ["status-removed breaks review", "status-added review breaks"];
    expect(&api("200", "string"), &api("201", "string"), &statuses);
    let found = verdicts(&findings(&api("200", "string"), &api("201", "integer")));
    assert!(found.contains(&"type-changed breaks breaks".to_owned()), "{found:?}");
}

#[test]
fn what_a_status_says_about_money_is_a_promise() {
    let api = |outcome: &str| {
        document(
            &format!(
                "      parameters: [{ID}]\n      responses: {{'200': {{description: It., x-specie-outcome: {outcome}}}}}"
            ),
            "",
        )
    };
    expect(&api("done"), &api("unknown"), &["outcome-changed breaks fine"]);
    expect(&api("done"), &api("refused"), &["outcome-changed breaks breaks"]);
    let refused = |stated: &str| {
        let error = format!("'422': {{description: No.{stated}}}");
        document(&format!("      parameters: [{ID}]\n      responses: {{'200': {{description: It.}}, {error}}}"), "")
    };
    let stated = refused(", x-specie-outcome: refused");
    expect(&stated, &refused(""), &["outcome-changed breaks fine"]);
    expect(&stated, &refused(", x-specie-outcome: duplicate"), &["outcome-changed breaks breaks"]);
    // A status that goes takes along what it said, and it may still come.
    let none = document(&format!("      parameters: [{ID}]\n      responses: {{'200': {{description: It.}}}}"), "");
    expect(&stated, &none, &["status-removed fine fine", "outcome-changed review review"]);
    expect(&none, &stated, &["status-added fine fine", "outcome-changed review review"]);
    expect(&refused(""), &none, &["status-removed fine fine"]);
    // Of all other errors `default` says it.
    let with_default = |first: &str| {
        let responses = format!("{first}default: {{description: Else., x-specie-outcome: unknown}}");
        document(
            &format!("      parameters: [{ID}]\n      responses: {{'200': {{description: It.}}, {responses}}}"),
            "",
        )
    };
    let refused = with_default("'422': {description: No., x-specie-outcome: refused}, ");
    expect(&refused, &with_default(""), &["status-removed fine fine", "outcome-changed breaks fine"]);
    expect(&with_default(""), &refused, &["status-added fine fine", "outcome-changed fine breaks"]);
}
