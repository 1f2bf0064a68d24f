//! Operations, their parameters and paths.

use super::*;

#[test]
fn operations_and_their_parameters_agree() {
    let id = "{name: id, in: path, required: true, schema: {type: string}}";
    assert_eq!(of_operation("get", "'/a/{id}'", &format!("parameters: [{id}]")), [""; 0]);
    assert_eq!(of_operation("get", "'/a/{id}'", "operationId: a"), ["undeclared-path-parameter"]);
    assert_eq!(of_operation("get", "/a", &format!("parameters: [{id}]")), ["unused-path-parameter"]);
    assert_eq!(of_operation("get", "'/a/{id}'", &format!("parameters: [{id}, {id}]")), ["duplicate-parameter"]);
    assert_eq!(of_operation("get", "'/a/{id}/{id}'", &format!("parameters: [{id}]")), [""; 0]);
    assert_eq!(of_operation("get", "'/a?b'", "operationId: a"), ["path-template"]);
    assert_eq!(of_operation("get", "'/a/{;id*}'", &format!("parameters: [{id}]")), ["path-template"]);
    let sent = "{name: ids, in: query, schema: {type: array, items: {type: string}}, example: 'a,b'}";
    assert_eq!(of_operation("get", "/a", &format!("parameters: [{sent}]")), [""; 0]);
    assert_eq!(of_operation("get", "'/a/{payoutId}'", &format!("parameters: [{id}]")), ["unused-path-parameter"]);
    let header = |name: &str| format!("{{name: {name}, in: header, schema: {{type: string}}}}");
    let headers = format!("parameters: [{}, {}]", header("X-A"), header("x-a"));
    assert_eq!(of_operation("get", "/a", &headers), ["duplicate-parameter"]);
    assert_eq!(of_operation("get", "/a", "security: [{none: []}]"), ["undeclared-security-scheme"]);
    // A name proves nothing: what is called `findA` or `submit` may pay.
    for name in ["createA", "findA", "submit"] {
        let post = |more: &str| of_operation("post", "/a", &format!("operationId: {name}{more}"));
        let both = ["creating-operation-without-outcome", "creating-operation-without-idempotency"];
        assert_eq!(post(""), both, "{name}");
        assert_eq!(post(", x-specie-idempotency: none"), both[..1], "{name}");
        assert_eq!(post(", x-specie-outcome: none"), [""; 0], "{name}");
    }
    let token = "{name: token, in: query, schema: {type: string, format: password}}";
    assert_eq!(of_operation("get", "/a", &format!("parameters: [{token}]")), ["secret-in-url"]);
    assert_eq!(
        of_operation("get", "/a", "x-specie-signature: {header: X, algorithm: base64-sha1-secret-body-secret}"),
        ["misplaced-extension"]
    );
    let parameter = |place: &str| {
        let parameter =
            format!("{{name: a, in: {place}, required: true, x-specie-path: any, schema: {{type: string}}}}");
        of_operation("get", "/{a}", &format!("parameters: [{parameter}]"))
    };
    assert_eq!(parameter("path"), [""; 0]);
    for place in ["query", "header", "cookie"] {
        assert!(parameter(place).contains(&"misplaced-extension"), "{place}");
    }
}

#[test]
fn signatures_have_what_their_algorithm_has() {
    let signed = |stated: &str| {
        codes(&format!(
            "paths: {{}}\nx-webhooks: {{paid: {{post: {{operationId: paid, x-specie-signature: {{{stated}}}, \
             requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Paid'}}}}}}}}, \
             responses: {{'200': {{description: Ok.}}}}}}}}}}\n\
             components: {{schemas: {{Paid: {{type: object, properties: {{id: {{type: string}}}}}}}}}}\n"
        ))
    };
    for right in [
        "header: X-S, algorithm: base64-sha1-secret-body-secret",
        "header: X-S, algorithm: hmac-sha256-hex, prefix: sha256=",
        "header: X-S, algorithm: hmac-sha256-base64, timestamp: X-T, tolerance: 60",
        "header: svix-signature, algorithm: standard-webhooks, tolerance: 60",
        "header: Stripe-Signature, algorithm: stripe",
    ] {
        assert_eq!(signed(right), [""; 0], "{right}");
    }
    for wrong in [
        "header: X-S, algorithm: base64-sha1-secret-body-secret, prefix: a",
        "header: X-S, algorithm: hmac-sha256-hex, tolerance: 60",
        "header: X-S, algorithm: standard-webhooks",
        "header: -signature, algorithm: standard-webhooks",
        "header: X-S, algorithm: stripe, timestamp: X-T",
    ] {
        assert_eq!(signed(wrong), ["malformed-extension"], "{wrong}");
    }
}

#[test]
fn paths_that_overlap_are_told_from_those_that_do_not() {
    let item = |id: &str, names: &[&str]| {
        let parameters: Vec<String> = names
            .iter()
            .map(|name| format!("{{name: {name}, in: path, required: true, schema: {{type: string}}}}"))
            .collect();
        format!(
            "{{get: {{operationId: {id}, parameters: [{}], responses: {{default: {{description: Odd.}}}}}}}}",
            parameters.join(", ")
        )
    };
    let two = |first: &str, second: &str| format!("paths:\n  {first}\n  {second}\n");
    let me = format!("/a/me: {}", item("me", &[]));
    let by_id = format!("'/a/{{id}}': {}", item("byId", &["id"]));
    assert_eq!(codes(&two(&me, &by_id)), ["overlapping-paths"]);
    assert_eq!(codes(&two(&by_id, &format!("'/a/{{x}}': {}", item("byX", &["x"])))), ["duplicate-path"]);
    assert_eq!(codes(&two(&by_id, &format!("'/a/{{x}}/b': {}", item("b", &["x"])))), [""; 0]);
    assert_eq!(codes(&two(&by_id, &format!("/b/me: {}", item("b", &[])))), [""; 0]);
}
