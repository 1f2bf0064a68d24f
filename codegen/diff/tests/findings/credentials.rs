//! Security schemes: their flows, addresses and scopes, under the same name or another one.

use specie_codegen::source::{FileId, Source};

use crate::documents::{ID, NOTHING, document, findings};
use crate::verdicts::{expect, verdicts};

/// An operation that takes one scheme under a name.
fn secured(name: &str, scheme: &str) -> Source {
    document(
        &format!("      parameters: [{ID}]\n      security: [{{{name}: []}}]\n{NOTHING}"),
        &format!("components: {{securitySchemes: {{{name}: {scheme}}}}}"),
    )
}

fn flow(kind: &str, host: &str, scopes: &str) -> String {
    let authorization =
        if kind == "authorizationCode" { "authorizationUrl: https://a.example/authorize, " } else { "" };
    format!("{kind}: {{{authorization}tokenUrl: 'https://{host}.example/token', scopes: {{{scopes}}}}}")
}

fn oauth(flows: &[String]) -> String {
    format!("{{type: oauth2, flows: {{{}}}}}", flows.join(", "))
}

#[test]
fn a_renamed_scheme_is_compared() {
    let of = |name: &str, host: &str| secured(name, &oauth(&[flow("clientCredentials", host, "")]));
    expect(&of("a", "x"), &of("b", "x"), &[]);
    expect(&of("a", "x"), &of("b", "y"), &["security-address-changed review review"]);
    let provider = |name: &str, host: &str| {
        secured(name, &format!("{{type: openIdConnect, openIdConnectUrl: 'https://{host}.example/configuration'}}"))
    };
    expect(&provider("a", "x"), &provider("b", "x"), &[]);
    expect(&provider("a", "x"), &provider("b", "y"), &["security-address-changed breaks breaks"]);
}

#[test]
fn the_name_of_a_header_is_the_same_in_any_case() {
    let key = |name: &str, place: &str| secured("k", &format!("{{type: apiKey, in: {place}, name: {name}}}"));
    expect(&key("X-Key", "header"), &key("x-key", "header"), &[]);
    expect(&key("X-Key", "query"), &key("x-key", "query"), &["security-scheme-changed breaks breaks"]);
    let http = |scheme: &str| secured("k", &format!("{{type: http, scheme: {scheme}}}"));
    expect(&http("Bearer"), &http("bearer"), &[]);
}

#[test]
fn of_several_schemes_the_renamed_one_is_that_of_the_same_address() {
    let of = |schemes: &[(&str, &str)]| {
        let stated = schemes.iter().map(|(name, host)| format!("{name}: {}", oauth(&[flow("password", host, "")])));
        let security: Vec<String> = schemes.iter().map(|(name, _)| format!("{{{name}: []}}")).collect();
        document(
            &format!("      parameters: [{ID}]\n      security: [{}]\n{NOTHING}", security.join(", ")),
            &format!("components: {{securitySchemes: {{{}}}}}", stated.collect::<Vec<_>>().join(", ")),
        )
    };
    expect(&of(&[("a", "x")]), &of(&[("b", "y"), ("c", "x")]), &[]);
}

#[test]
fn a_flow_is_a_way_to_tokens() {
    let (password, code) = (flow("password", "a", ""), flow("authorizationCode", "a", ""));
    let (one, both) =
        (secured("k", &oauth(std::slice::from_ref(&password))), secured("k", &oauth(&[password, code.clone()])));
    expect(&one, &both, &["security-flow-added fine breaks"]);
    expect(&both, &one, &["security-flow-removed breaks fine"]);
    let other = secured("k", &oauth(&[code]));
    expect(&one, &other, &["security-flow-removed breaks fine", "security-flow-added fine breaks"]);
}

#[test]
fn scopes_that_are_not_listed_are_for_a_person_to_judge() {
    let of = |scopes: &str| secured("k", &oauth(&[flow("password", "a", scopes)]));
    expect(&of("r: Read."), &of("r: Reads., w: Write."), &["security-scopes-changed fine review"]);
    expect(&of("r: Read., w: Write."), &of("r: Read."), &["security-scopes-changed review fine"]);
    expect(&of("r: Read."), &of("r: Reads."), &[]);
}

#[test]
fn credentials_that_are_not_declared_are_not_known() {
    let schemes = "components: {securitySchemes: {key: {type: apiKey, in: header, name: K}}}";
    let of =
        |security: &str| document(&format!("      parameters: [{ID}]\n      security: {security}\n{NOTHING}"), schemes);
    let review = &["security-undeclared review review"];
    expect(&of("[{key: []}]"), &of("[{other: []}]"), review);
    expect(&of("[{other: []}]"), &of("[]"), review);
    expect(&of("[{other: []}]"), &of("[{another: []}]"), &[]);
    // Of several alternatives the others are enough.
    expect(&of("[{key: []}]"), &of("[{key: []}, {other: []}]"), &[]);
}

#[test]
fn a_token_in_the_same_header_may_be_the_same_one() {
    let changed = |old: &str, new: &str, expected: &str| {
        expect(&secured("k", old), &secured("k", new), &[&format!("security-scheme-changed {expected}")]);
    };
    let (bearer, token) = ("{type: http, scheme: bearer}", oauth(&[flow("password", "a", "")]));
    let key = |place: &str, name: &str| format!("{{type: apiKey, in: {place}, name: {name}}}");
    changed(bearer, &token, "review review");
    changed(&key("header", "Authorization"), bearer, "review review");
    changed(&key("header", "X-Key"), bearer, "breaks breaks");
    changed(&key("query", "Authorization"), bearer, "breaks breaks");
    changed("{type: http, scheme: basic}", &token, "breaks breaks");
}

#[test]
fn a_scheme_with_another_name_and_kind_may_take_the_same_token() {
    let (bearer, token) = ("{type: http, scheme: bearer}", oauth(&[flow("password", "a", "")]));
    let review = &["security-scheme-changed review review"];
    expect(&secured("a", bearer), &secured("b", &token), review);
    let scoped = document(
        &format!("      parameters: [{ID}]\n      security: [{{b: [r]}}]\n{NOTHING}"),
        &format!("components: {{securitySchemes: {{b: {}}}}}", oauth(&[flow("password", "a", "r: Read.")])),
    );
    expect(&secured("a", bearer), &scoped, review);
    let key = "{type: apiKey, in: header, name: X-Key}";
    let breaks = &["security-alternative-removed breaks fine", "security-alternative-added fine breaks"];
    expect(&secured("a", key), &secured("b", bearer), breaks);
}

/// A webhook, and a callback of an operation, each with what it says of security; the whole document says something as well.
fn sent(security: &str, whole: &str, scheme: &str) -> [Source; 2] {
    let of = |rest: &str| {
        let schemes = format!("components: {{securitySchemes: {{k: {scheme}}}}}");
        let text = format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{whole}\n{rest}\n{schemes}\n");
        Source::new("t.yaml", text)
    };
    let done = "responses: {'204': {description: Done.}}";
    let operation = format!("{{post: {{operationId: w, {security} {done}}}}}");
    [
        of(&format!("paths: {{}}\nwebhooks: {{w: {operation}}}")),
        of(&format!(
            "paths: {{/a: {{post: {{operationId: o, security: [], {done}, callbacks: {{c: {{'{{$request.query.u}}': {operation}}}}}}}}}}}"
        )),
    ]
}

#[test]
fn what_the_api_sends_with_webhooks_and_callbacks_is_checked_by_clients() {
    let key = |name: &str| format!("{{type: apiKey, in: header, name: {name}}}");
    let check = |old: [Source; 2], new: [Source; 2], expected: &[&str]| {
        for (old, new) in old.iter().zip(&new) {
            expect(old, new, expected);
        }
    };
    let (with, without) = (|| sent("security: [{k: []}],", "", &key("X-A")), |own: &str| sent(own, "", &key("X-A")));
    for own in ["", "security: [],"] {
        // Receivers that check what is not sent any more refuse everything.
        check(with(), without(own), &["security-alternative-added breaks fine"]);
        check(without(own), with(), &["security-alternative-removed fine breaks"]);
    }
    check(with(), sent("security: [{k: []}],", "", &key("X-B")), &["security-scheme-changed breaks breaks"]);
    // What holds for the whole document is meant for what clients send.
    let clients = |whole: &str| {
        let done = "responses: {'204': {description: Done.}}";
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{whole}\npaths: {{/a: {{get: {{security: [{{o: []}}], {done}}}}}, /b: {{get: {{{done}}}}}}}\nwebhooks: {{w: {{post: {{{done}}}}}}}\ncomponents: {{securitySchemes: {{k: {}, o: {}}}}}\n",
            key("X-A"),
            key("X-O")
        );
        Source::new("t.yaml", text)
    };
    expect(&clients("security: [{k: []}]"), &clients(""), &["security-alternative-added fine breaks"]);
    // Unless no operation that clients call takes it.
    let [webhook, callback] = sent("", "security: [{k: []}]", &key("X-A"));
    let [neither, none] = without("");
    expect(&webhook, &neither, &["security-alternative-added breaks fine"]);
    expect(&callback, &none, &[]);
}

#[test]
fn an_api_key_may_be_a_parameter_of_the_other_document() {
    let parameter = |place: &str, rest: &str| {
        document(
            &format!(
                "      parameters: [{ID}, {{name: X-Key, in: {place}, {rest} schema: {{type: string}}}}]\n{NOTHING}"
            ),
            "",
        )
    };
    let key = |place: &str, name: &str, security: &str| {
        document(
            &format!("      parameters: [{ID}]\n      security: [{security}]\n{NOTHING}"),
            &format!("components: {{securitySchemes: {{k: {{type: apiKey, in: {place}, name: {name}}}}}}}"),
        )
    };
    for place in ["header", "query", "cookie"] {
        let required = parameter(place, "required: true,");
        expect(&required, &key(place, "X-Key", "{k: []}"), &[]);
        expect(&required, &key(place, "X-Key", "{k: []}, {}"), &["security-alternative-added fine breaks"]);
        expect(&parameter(place, ""), &key(place, "X-Key", "{k: []}, {}"), &[]);
        expect(&parameter(place, ""), &key(place, "X-Key", "{k: []}"), &["security-alternative-removed breaks fine"]);
    }
    expect(&parameter("header", "required: true,"), &key("header", "x-key", "{k: []}"), &[]);
    let elsewhere = &["parameter-removed review breaks", "security-alternative-removed breaks fine"];
    expect(&parameter("header", "required: true,"), &key("header", "X-Other", "{k: []}"), elsewhere);
    expect(&parameter("header", "required: true,"), &key("query", "X-Key", "{k: []}"), elsewhere);
}

#[test]
fn schemes_that_exchange_their_names_are_compared_by_what_is_sent() {
    let of = |first: &str, second: &str, security: &str| {
        let key = |name: &str| format!("{{type: apiKey, in: header, name: {name}}}");
        document(
            &format!("      parameters: [{ID}]\n      security: [{security}]\n{NOTHING}"),
            &format!("components: {{securitySchemes: {{a: {}, b: {}}}}}", key(first), key(second)),
        )
    };
    let old = of("X-A", "X-B", "{a: []}");
    expect(&old, &of("X-B", "X-A", "{b: []}"), &[]);
    let both = "{a: []}, {b: []}";
    expect(&of("X-A", "X-B", both), &of("X-B", "X-A", both), &[]);
    let other = &["security-alternative-removed breaks fine", "security-alternative-added fine breaks"];
    expect(&old, &of("X-B", "X-A", "{a: []}"), other);
    // A name that stands for what it stood for is not exchanged.
    expect(&old, &of("X-C", "X-B", "{a: []}"), &["security-scheme-changed breaks breaks"]);
    expect(&of("X-A", "X-A", "{a: []}"), &of("X-A", "X-A", "{b: []}"), other);
}

#[test]
fn credentials_that_were_enough_have_to_be_enough() {
    let schemes = |name: &str| {
        format!(
            "components: {{securitySchemes: {{key: {{type: apiKey, in: header, name: {name}}}, token: {{type: http, scheme: bearer}}}}}}"
        )
    };
    let api = |security: &str, name: &str| {
        document(&format!("      parameters: [{ID}]\n      security: {security}\n{NOTHING}"), &schemes(name))
    };
    expect(&api("[]", "K"), &api("[{key: []}]", "K"), &["security-alternative-removed breaks fine"]);
    expect(
        &api("[{key: []}]", "K"),
        &api("[{key: []}, {token: []}]", "K"),
        &["security-alternative-added fine breaks"],
    );
    expect(
        &api("[{key: []}]", "K"),
        &api("[{key: [], token: []}]", "K"),
        &["security-alternative-removed breaks fine"],
    );
    expect(&api("[{key: []}]", "K"), &api("[{key: []}]", "X-K"), &["security-scheme-changed breaks breaks"]);
    // What the document says of all operations is one change.
    let all = |security: &str| {
        Source::new(
            "t.yaml",
            format!(
                "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\nsecurity: {security}\npaths: {{/a: {{get: {{responses: {{'204': {{description: Done.}}}}}}, put: {{responses: {{'204': {{description: Done.}}}}}}}}}}\n{}\n",
                schemes("K")
            ),
        )
    };
    let found = findings(&all("[{key: []}]"), &all("[{key: []}, {token: []}]"));
    assert_eq!(verdicts(&found), ["security-alternative-added fine breaks"]);
    assert_eq!(found[0].uses.len(), 2);
    // So is that it says nothing of them any more.
    let (keyed, open) =
        (all("[{key: []}]"), Source::new("t.yaml", all("").text(FileId::ROOT).replace("security: \n", "")));
    for (old, new, verdict, values) in [
        (&keyed, &open, "security-alternative-added fine breaks", ("key", "no credentials")),
        (&open, &keyed, "security-alternative-removed breaks fine", ("no credentials", "key")),
    ] {
        expect(old, new, &[verdict]);
        let found = findings(old, new);
        assert_eq!(found[0].subject(), "GET /a and 1 more, security, no credentials");
        assert_eq!((found[0].before.as_deref(), found[0].after.as_deref()), (Some(values.0), Some(values.1)));
    }
    let connected = |host: &str| {
        let url = format!("openIdConnectUrl: 'https://{host}.example/.well-known/openid-configuration'");
        let schemes = format!("components: {{securitySchemes: {{key: {{type: openIdConnect, {url}}}}}}}");
        document(&format!("      parameters: [{ID}]\n      security: [{{key: []}}]\n{NOTHING}"), &schemes)
    };
    expect(&connected("a"), &connected("b"), &["security-address-changed breaks breaks"]);
}
