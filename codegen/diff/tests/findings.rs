//! Whom changes of documents break, in pairs of documents of a few lines.

use specie_codegen::source::Source;
use specie_codegen::{Manifest, Options, Program, Strictness, meaning, understand};
use specie_diff::{
    Allowed, Audience, ComparedCrate, Finding, Format, Rule, Sources, Verdict, Version, Witness, compare, render,
    report,
};

/// A document with one operation, of which the test says the rest.
fn document(operation: &str, components: &str) -> Source {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /coins/{{id}}:\n    post:\n{operation}\n{components}"
    );
    Source::new("t.yaml", text)
}

fn findings(old: &Source, new: &Source) -> Vec<Finding> {
    let api = |source: &Source| {
        let (found, diagnostics) = meaning(source, Strictness::Lenient, &[]);
        let problems: Vec<&String> = diagnostics.iter().map(|one| &one.message).collect();
        found.unwrap_or_else(|| panic!("{problems:?}")).api
    };
    compare(&api(old), &api(new))
}

/// Each change with what it means for old clients and old servers.
fn verdicts(found: &[Finding]) -> Vec<String> {
    let line = |one: &Finding| {
        let [clients, servers] = Audience::WIRE.map(|audience| one.verdict(audience).as_str());
        format!("{} {clients} {servers}", one.rule.id())
    };
    found.iter().map(line).collect()
}

const ID: &str = "{name: id, in: path, required: true, schema: {type: string}}";
const NOTHING: &str = "      responses: {'204': {description: Done.}}";

fn parameters(list: &str) -> Source {
    document(&format!("      parameters: [{ID}, {list}]\n{NOTHING}"), "")
}

fn request(schema: &str) -> Source {
    let body = format!("      requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}");
    document(&format!("      parameters: [{ID}]\n{body}\n{NOTHING}"), "")
}

fn response(schema: &str) -> Source {
    let responses = format!(
        "      responses: {{'200': {{description: It., content: {{application/json: {{schema: {schema}}}}}}}}}"
    );
    document(&format!("      parameters: [{ID}]\n{responses}"), "")
}

#[track_caller]
fn expect(old: &Source, new: &Source, expected: &[&str]) {
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
fn parameters_are_judged_by_what_clients_send() {
    let query = |rest: &str| parameters(&format!("{{name: q, in: query, {rest} schema: {{type: string}}}}"));
    let none = parameters("{name: other, in: query, schema: {type: string}}");
    let with = |rest: &str| {
        let other = "{name: other, in: query, schema: {type: string}}";
        parameters(&format!("{other}, {{name: q, in: query, {rest} schema: {{type: string}}}}"))
    };
    expect(&none, &with(""), &["parameter-added fine review"]);
    expect(&none, &with("required: true,"), &["parameter-added breaks review"]);
    expect(&with(""), &none, &["parameter-removed review fine"]);
    expect(&query(""), &query("required: true,"), &["parameter-became-required breaks fine"]);
    let header = parameters("{name: q, in: header, schema: {type: string}}");
    expect(&query(""), &header, &["parameter-moved breaks breaks"]);
}

#[test]
fn styles_matter_for_lists_only() {
    let list = |rest: &str| {
        parameters(&format!("{{name: q, in: query, {rest} schema: {{type: array, items: {{type: string}}}}}}"))
    };
    expect(&list(""), &list("style: form, explode: true,"), &[]);
    expect(&list(""), &list("explode: false,"), &["parameter-style-changed breaks breaks"]);
    let text = |rest: &str| parameters(&format!("{{name: q, in: query, {rest} schema: {{type: string}}}}"));
    expect(&text(""), &text("explode: false,"), &[]);
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
}

#[test]
fn statuses_headers_and_media_types() {
    let api = |responses: &str| document(&format!("      parameters: [{ID}]\n      responses: {{{responses}}}"), "");
    let (done, made) = ("'200': {description: It.}", "'201': {description: Made.}");
    let both = format!("{done}, {made}");
    expect(&api(&both), &api(done), &["status-removed breaks review"]);
    expect(&api(done), &api(&format!("{done}, '404': {{description: None.}}")), &["status-added fine fine"]);
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
    assert_eq!(found[0].subject(), "schema Coin");
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
fn every_form_names_the_rule_and_the_line() {
    let (old, new) = (request("{type: string, maxLength: 5}"), request("{type: string, maxLength: 4}"));
    let found = findings(&old, &new);
    let sources = Sources { old: &old, new: &new, krate: None };
    let human = render(&found, sources, Format::Human);
    assert!(human.contains("BREAKS  max-length-changed  POST /coins/{id}") && human.contains("5 → 4"), "{human}");
    assert!(human.contains("at t.yaml:7:"), "{human}");
    let json = render(&found, sources, Format::Json);
    assert!(json.starts_with("{\"schema_version\":1,") && json.contains("\"old-clients\":\"breaks\""), "{json}");
    let markdown = render(&found, sources, Format::Markdown);
    assert!(markdown.contains("| **breaks** | – |") && markdown.contains("`max-length-changed`: 5 → 4"), "{markdown}");
    assert!(markdown.contains("\n\n| old clients |"), "a table is no part of a paragraph: {markdown}");
    let github = render(&found, sources, Format::Github);
    assert!(github.starts_with("::error file=t.yaml,line=7,col="), "{github}");
    // What is gone has no line in the text that GitHub shows.
    let none = Source::new("t.yaml", "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n");
    let gone = render(&findings(&old, &none), Sources { old: &old, new: &none, krate: None }, Format::Github);
    assert!(gone.starts_with("::error file=t.yaml,title=operation-removed::"), "{gone}");
    assert!(render(&[], sources, Format::Human).contains("no changes"));
}

#[test]
fn what_is_to_be_reviewed_is_shown_for_whom_it_is() {
    let default =
        |value: &str| parameters(&format!("{{name: q, in: query, schema: {{type: integer, default: {value}}}}}"));
    let (old, new) = (default("1"), default("2"));
    let mut found = findings(&old, &new);
    let sources = Sources { old: &old, new: &new, krate: None };
    let human = render(&found, sources, Format::Human);
    let both = "1 change: old clients unbroken, old servers unbroken, 1 to review for old clients, 1 to review for old servers";
    assert!(human.contains(both), "{human}");
    let github = render(&found, sources, Format::Github);
    assert!(
        github.starts_with("::warning ") && github.contains("To be reviewed for old clients, old servers."),
        "{github}"
    );
    // Once it is let pass for old clients, it is still to be reviewed for old servers.
    for finding in &mut found {
        finding.allowed = Some(Allowed { audiences: vec![Audience::OldClients], reason: "Nobody asks.".into() });
    }
    let github = render(&found, sources, Format::Github);
    assert!(github.starts_with("::notice ") && github.contains("To be reviewed for old servers."), "{github}");
}

#[test]
fn every_form_says_which_version_the_crate_needs() {
    let (old, new) = (request("{type: string}"), request("{type: integer}"));
    let found = report(&understood(&old), &understood(&new));
    let version = Version::new(0, 3, 2);
    let printed = |format: Format, version: Option<&Version>| {
        let krate = Some(ComparedCrate { name: "t", version });
        render(&found, Sources { old: &old, new: &new, krate }, format)
    };
    for format in [Format::Human, Format::Markdown, Format::Github] {
        let text = printed(format, Some(&version));
        assert!(text.contains("crate t needs a major version: 0.3.2 → 0.4.0"), "{text}");
        let text = printed(format, None);
        assert!(text.contains("crate t needs a major version (of 0.x, the next minor one)"), "{text}");
    }
    let json = printed(Format::Json, Some(&version));
    assert!(json.contains(r#""crate_version":"0.3.2","crate_next_version":"0.4.0""#), "{json}");
    let json = printed(Format::Json, None);
    assert!(json.contains(r#""crate_version":null,"crate_next_version":null"#), "{json}");
    let krate = Some(ComparedCrate { name: "t", version: Some(&version) });
    let same = Sources { old: &old, new: &old, krate };
    assert!(render(&[], same, Format::Human).contains("crate t needs no other version"));
    assert_eq!(render(&[], same, Format::Github), "");
}

#[test]
fn markdown_is_cut_where_a_comment_would_be_too_long() {
    let api = |kind: &str| {
        let properties: Vec<String> = (0..2_000).map(|index| format!("p{index}: {{type: {kind}}}")).collect();
        request(&format!("{{type: object, properties: {{{}}}}}", properties.join(", ")))
    };
    let (old, new) = (api("integer"), api("string"));
    let found = findings(&old, &new);
    let text = render(&found, Sources { old: &old, new: &new, krate: None }, Format::Markdown);
    assert!(text.chars().count() < 65_536 && text.contains("2000 changes") && text.contains("more changes do not fit"));
}

fn understood(source: &Source) -> specie_codegen::Understood {
    let options = Options {
        crate_name: "t".into(),
        strictness: Strictness::Lenient,
        manifest: Manifest::Workspace,
        only: Vec::new(),
        program: Program::Specie,
    };
    understand(source, &options).0.expect("a valid document")
}

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

#[test]
fn the_json_is_as_its_schema_says() {
    let schema: serde_json::Value = serde_json::from_str(specie_diff::JSON_SCHEMA).expect("JSON");
    let judge = jsonschema::draft202012::new(&schema).expect("a schema");
    let pairs = [
        (request("{type: string, maxLength: 5}"), request("{type: string, maxLength: 4}")),
        (request("{type: string}"), request("{type: string, default: a}")),
        (
            response("{type: string, format: own}"),
            parameters("{name: q, in: query, required: true, schema: {type: string}}"),
        ),
    ];
    for (old, new) in pairs {
        let mut found = report(&understood(&old), &understood(&new));
        let version = Version::new(1, 0, 0);
        let krate = |version| Some(ComparedCrate { name: "t", version });
        for krate in [None, krate(None), krate(Some(&version))] {
            let text = render(&found, Sources { old: &old, new: &new, krate }, Format::Json);
            let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            let problems: Vec<String> =
                judge.iter_errors(&json).map(|error| format!("{error} at {}", error.instance_path())).collect();
            assert!(
                problems.is_empty() && json["findings"].as_array().is_some_and(|all| !all.is_empty()),
                "{problems:?}\n{text}"
            );
            if let Some(first) = found.first_mut() {
                first.allowed =
                    Some(specie_diff::Allowed { audiences: vec![Audience::OldClients], reason: "So.".into() });
            }
        }
    }
    let wrong = serde_json::json!({"schema_version": 1, "old": "", "new": "", "crate": null, "crate_needs": "all", "crate_version": null, "crate_next_version": null, "findings": []});
    assert!(!judge.is_valid(&wrong));
}
