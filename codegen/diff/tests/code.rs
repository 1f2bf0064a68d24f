//! What changes in the crates of two documents, and which change of the document is the cause.

use specie_codegen::source::Source;
use specie_codegen::{Manifest, Options, Program, Strictness, Understood, understand};
use specie_diff::{ComparedCrate, Finding, Format, Shows, Sources, Witness, render, report};

fn understood(text: &str) -> Understood {
    let options = Options {
        crate_name: "t".into(),
        strictness: Strictness::Lenient,
        manifest: Manifest::Workspace,
        only: Vec::new(),
        program: Program::Specie,
    };
    let (found, diagnostics) = understand(&Source::new("t.yaml", text), &options);
    let problems: Vec<&String> = diagnostics.iter().map(|one| &one.message).collect();
    found.unwrap_or_else(|| panic!("{problems:?}\n{text}"))
}

fn findings(old: &str, new: &str) -> Vec<Finding> {
    let (old, new) = (understood(old), understood(new));
    assert!(old.krate.is_some() && new.krate.is_some(), "both have crates");
    report(&old, &new)
}

/// Each change of code, after the rule of its cause: what it asks of users of the client, then of servers.
fn code(found: &[Finding]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for finding in found {
        for change in &finding.code {
            let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
            let (client, server) = (change.client.as_str(), change.server.as_str());
            let values = format!("{} -> {}", value(&change.before), value(&change.after));
            lines.push(format!("{}: {} {values}; {client} {server}", finding.rule.id(), change.item));
        }
    }
    lines.sort();
    lines
}

#[track_caller]
fn expect(old: &str, new: &str, expected: &[&str]) {
    assert_eq!(code(&findings(old, new)), expected, "{old}\n{new}");
    assert!(findings(old, old).is_empty() && findings(new, new).is_empty());
}

/// A document with one operation that sends and receives a `Coin`.
fn coins(properties: &str) -> String {
    let of = "content: {application/json: {schema: {$ref: '#/components/schemas/Coin'}}}";
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /coins:\n    post:\n      operationId: mint\n      requestBody: {{required: true, {of}}}\n      responses: {{'200': {{description: It., content: {{application/json: {{schema: {{$ref: '#/components/schemas/Box'}}}}}}}}}}\n\
         components: {{schemas: {{Box: {{type: object, properties: {{coins: {{type: array, items: {{$ref: '#/components/schemas/Coin'}}}}}}}}, Coin: {{type: object, {properties}}}}}}}\n"
    )
}

/// A document with one operation, of which the test says the rest.
fn operation(head: &str, id: &str, rest: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{head}\npaths:\n  /coins:\n    post:\n      operationId: {id}\n      responses: {{'204': {{description: Done.}}}}\n{rest}\n"
    )
}

#[test]
fn a_field_of_another_type_is_written_by_its_sender_and_read_by_both() {
    expect(
        &coins("properties: {n: {type: integer}, m: {type: string}}"),
        &coins("properties: {n: {type: string}, m: {type: string}}"),
        &[
            "type-changed: Mint.n Option<i64> -> Option<String>; major major",
            "type-changed: Mint::n() i64 -> impl Into<String>; major nothing",
            "type-changed: types::Coin.n Option<i64> -> Option<String>; major major",
            "type-changed: types::Coin::n() i64 -> impl Into<String>; nothing major",
        ],
    );
}

#[test]
fn a_required_property_asks_those_who_make_the_value() {
    let (old, new) =
        (coins("properties: {n: {type: integer}}"), coins("required: [n], properties: {n: {type: integer}}"));
    expect(
        &old,
        &new,
        &[
            "property-became-required: Client::mint() fn() -> Call<Mint> -> fn(impl Into<Mint>) -> Call<Mint>; major nothing",
            "property-became-required: Client::mint_with() fn(Mint) -> Call<Mint> -> -; major nothing",
            "property-became-required: Mint.n Option<i64> -> i64; major major",
            "property-became-required: Mint: Default impl -> -; major major",
            "property-became-required: Mint: From<i64> - -> impl; minor nothing",
            "property-became-required: Mint::n() i64 -> -; major nothing",
            "property-became-required: Mint::new() fn() -> fn(i64); major nothing",
            "property-became-required: types::Coin.n Option<i64> -> i64; major major",
            "property-became-required: types::Coin: Default impl -> -; major major",
            "property-became-required: types::Coin::n() i64 -> -; nothing major",
            "property-became-required: types::Coin::new() fn() -> fn(i64); nothing major",
        ],
    );
    expect(
        &new,
        &old,
        &[
            "property-became-optional: Client::mint() fn(impl Into<Mint>) -> Call<Mint> -> fn() -> Call<Mint>; major nothing",
            "property-became-optional: Client::mint_with() - -> fn(Mint) -> Call<Mint>; minor nothing",
            "property-became-optional: Mint.n i64 -> Option<i64>; major major",
            "property-became-optional: Mint: Default - -> impl; minor minor",
            "property-became-optional: Mint: From<i64> impl -> -; major nothing",
            "property-became-optional: Mint::n() - -> i64; minor nothing",
            "property-became-optional: Mint::new() fn(i64) -> fn(); major nothing",
            "property-became-optional: types::Coin.n i64 -> Option<i64>; major major",
            "property-became-optional: types::Coin: Default - -> impl; minor minor",
            "property-became-optional: types::Coin::n() - -> i64; nothing minor",
            "property-became-optional: types::Coin::new() fn(i64) -> fn(); nothing major",
        ],
    );
}

#[test]
fn a_constructor_that_takes_one_value_in_place_of_two_has_the_property_for_its_cause() {
    let both = "properties: {n: {type: integer}, m: {type: integer}}";
    let found = findings(&coins(&format!("required: [n, m], {both}")), &coins(&format!("required: [n], {both}")));
    let changes = code(&found);
    assert!(changes.iter().any(|change| change.contains("types::Coin::new()")), "{changes:?}");
    assert!(changes.iter().all(|change| change.starts_with("property-became-optional: ")), "{changes:?}");
}

#[test]
fn a_new_property_is_a_field_more() {
    expect(
        &coins("properties: {n: {type: integer}}"),
        &coins(
            "properties: {n: {type: integer}, o: {$ref: '#/components/schemas/Other'}}}, Other: {type: object, properties: {p: {type: string}}",
        ),
        &[
            "property-added: Mint.o - -> Option<Other>; minor minor",
            "property-added: Mint::o() - -> impl Into<Other>; minor nothing",
            "property-added: types::Coin.o - -> Option<Other>; minor minor",
            "property-added: types::Coin::o() - -> impl Into<Other>; nothing minor",
            "property-added: types::Other - -> struct; minor minor",
        ],
    );
}

#[test]
fn listed_values_and_their_names() {
    let values = |list: &str| coins(&format!("properties: {{n: {{type: string, enum: [{list}]}}}}"));
    expect(&values("a, b"), &values("a"), &["enum-value-removed: types::CoinN::B unit -> -; major major"]);
    expect(&values("a"), &values("a, b"), &["enum-value-added: types::CoinN::B - -> unit; minor minor"]);
    expect(&values("a, b"), &values("a, B"), &["enum-value-added: types::CoinN::B b -> B; review review"]);
}

#[test]
fn another_operation_id_is_another_name_and_nothing_on_the_wire() {
    let found = findings(&operation("", "mint", ""), &operation("", "strike", ""));
    assert_eq!(
        code(&found),
        [
            "code-changed: Client::mint() Client::mint() -> Client::strike(); major nothing",
            "code-changed: Mint Mint -> Strike; major major",
            "code-changed: T::mint() T::mint() -> T::strike(); nothing major"
        ]
    );
    assert_eq!(found.iter().map(Finding::shows).collect::<Vec<_>>(), [Shows::InCodeAlone]);
}

#[test]
fn a_renamed_component_is_one_change() {
    let api = |name: &str| {
        coins("properties: {n: {$ref: '#/components/schemas/Other'}}}, Other: {type: object, properties: {p: {type: string}}").replace("Other", name)
    };
    expect(&api("One"), &api("Two"), &["code-changed: types::One types::One -> types::Two; major major"]);
}

#[test]
fn an_operation_more_asks_servers_and_one_less_asks_all() {
    let more = operation("", "mint", "    get: {operationId: list, responses: {'204': {description: Done.}}}");
    expect(
        &operation("", "mint", ""),
        &more,
        &[
            "operation-added: Client::list() - -> fn() -> Call<List>; minor nothing",
            "operation-added: List - -> struct; minor minor",
            "operation-added: T::list() - -> fn(List) -> Handled<List>; nothing major",
        ],
    );
    expect(
        &more,
        &operation("", "mint", ""),
        &[
            "operation-removed: Client::list() fn() -> Call<List> -> -; major nothing",
            "operation-removed: List struct -> -; major major",
            "operation-removed: T::list() fn(List) -> Handled<List> -> -; nothing major",
        ],
    );
}

#[test]
fn types_come_and_go_with_the_only_operation_that_has_them() {
    let more = |paths: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /coins: {{get: {{operationId: mint, responses: {{'204': {{description: Done.}}}}}}}}\n{paths}\ncomponents: {{schemas: {{Outer: {{type: object, properties: {{inner: {{$ref: '#/components/schemas/Inner'}}}}}}, Inner: {{type: object, properties: {{kind: {{type: string, enum: [a]}}}}}}}}}}\n"
        )
    };
    let with = more(
        "  /outer: {post: {operationId: send, responses: {'200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Outer'}}}}}}}",
    );
    let rules = |found: &[Finding]| found.iter().map(|one| one.rule.id()).collect::<Vec<_>>();
    assert_eq!(rules(&findings(&with, &more(""))), ["operation-removed"]);
    assert_eq!(rules(&findings(&more(""), &with)), ["operation-added"]);
}

#[test]
fn what_is_required_beside_another_parameter_changes_the_constructor() {
    let api = |more: &str| {
        let id = "{name: id, in: path, required: true, schema: {type: string}}";
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{'/a/{{id}}': {{get: {{operationId: read, parameters: [{id}{more}], responses: {{'204': {{description: Done.}}}}}}}}}}\n"
        )
    };
    let found = findings(&api(""), &api(", {name: X-B, in: header, required: true, schema: {type: string}}"));
    assert_eq!(found.iter().map(|one| one.rule.id()).collect::<Vec<_>>(), ["parameter-added"]);
    assert_eq!(found[0].shows(), Shows::OnBoth);
}

#[test]
fn types_go_with_the_only_response_that_has_them() {
    let api = |conflict: &str| {
        let responses = format!("{{'204': {{description: Done.}}{conflict}}}");
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{post: {{operationId: send, responses: {responses}}}}}}}\ncomponents: {{schemas: {{Reason: {{type: string, enum: [a]}}}}}}\n"
        )
    };
    let items = "{type: array, items: {type: object, properties: {reason: {$ref: '#/components/schemas/Reason'}}}}";
    let with = api(&format!(
        ", '409': {{description: It., content: {{application/json: {{schema: {{type: object, properties: {{list: {items}}}}}}}}}}}"
    ));
    let rules = |found: &[Finding]| found.iter().map(|one| one.rule.id()).collect::<Vec<_>>();
    assert_eq!(rules(&findings(&with, &api(""))), ["status-removed"]);
    assert_eq!(rules(&findings(&api(""), &with)), ["status-added"]);
}

#[test]
fn a_type_of_a_part_of_an_all_of_changes_with_the_whole() {
    let api = |rest: &str| {
        let whole = "{allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {b: {type: string}}}]}";
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{post: {{operationId: send, requestBody: {{content: {{application/json: {{schema: {whole}}}}}}}, responses: {{'204': {{description: Done.}}}}}}}}}}\ncomponents: {{schemas: {{Base: {{type: object, properties: {{a: {{type: string}}}}{rest}}}}}}}\n"
        )
    };
    let found = findings(&api(""), &api(", required: [a]"));
    assert_eq!(found.iter().map(|one| one.rule.id()).collect::<Vec<_>>(), ["property-became-required"]);
}

#[test]
fn a_value_that_is_no_secret_any_more_is_named() {
    let api = |flag: &str| coins(&format!("properties: {{word: {{type: string, x-specie-sensitive: {flag}}}}}"));
    let found = findings(&api("true"), &api("false"));
    assert_eq!(
        found.iter().map(|one| (one.rule.id(), one.subject())).collect::<Vec<_>>(),
        [("sensitivity-changed", "schema Coin.word".to_owned())]
    );
    assert!(code(&found)[0].contains("Secret<String>"), "{found:?}");
}

#[test]
fn the_compiler_says_nothing_of_another_header() {
    let api = |name: &str| {
        operation(
            "security: [{key: []}]",
            "mint",
            &format!("components: {{securitySchemes: {{key: {{type: apiKey, in: header, name: {name}}}}}}}"),
        )
    };
    let found = findings(&api("X-Key"), &api("X-Api-Key"));
    assert_eq!(found.iter().map(Finding::shows).collect::<Vec<_>>(), [Shows::OnTheWireAlone]);
    assert!(code(&found).is_empty());
    // An update that changes nothing of the code would bring the break unseen.
    let (old, new) = (Source::new("t.yaml", api("X-Key")), Source::new("t.yaml", api("X-Api-Key")));
    let version = "1.4.2".parse().expect("a version");
    let sources = Sources { old: &old, new: &new, krate: Some(ComparedCrate { name: "t", version: Some(&version) }) };
    let markdown = render(&found, sources, Format::Markdown);
    assert!(markdown.contains("the compiler says nothing"), "{markdown}");
    assert!(markdown.contains("crate t needs a major version: 1.4.2 → 2.0.0"), "{markdown}");
}

#[test]
fn the_compiler_says_nothing_of_another_outcome() {
    let api = |outcome: &str| {
        operation("", "mint", "")
            .replace("{description: Done.}", &format!("{{description: Done., x-specie-outcome: {outcome}}}"))
    };
    let found = findings(&api("done"), &api("unknown"));
    assert_eq!(code(&found), ["outcome-changed: Mint: outcomes 204 done -> 204 unknown; review nothing"]);
    assert_eq!(found.iter().map(Finding::shows).collect::<Vec<_>>(), [Shows::OnTheWireAlone]);
}

#[test]
fn a_break_whose_document_cannot_be_read_as_json_is_not_proven() {
    let (mut old, new) =
        (understood(&coins("properties: {n: {type: integer}}")), understood(&coins("properties: {n: {type: string}}")));
    assert!(matches!(report(&old, &new)[0].witness, Some(Witness::Value { .. })));
    old.document = "{".to_owned();
    assert_eq!(report(&old, &new)[0].witness, Some(Witness::NotProven));
}

#[test]
fn credentials_that_are_new_are_checked_by_servers() {
    let with = operation(
        "security: [{key: []}]",
        "mint",
        "components: {securitySchemes: {key: {type: apiKey, in: header, name: K}}}",
    );
    expect(
        &operation("", "mint", ""),
        &with,
        &[
            "security-alternative-removed: ClientBuilder::key() - -> fn(impl Into<Secret<String>>); minor nothing",
            "security-alternative-removed: Credentials - -> struct; minor nothing",
            "security-alternative-removed: Credentials::key() - -> fn(impl Into<Secret<String>>); minor nothing",
            "security-alternative-removed: T::authenticate() - -> fn(Vec<Credential>); nothing major",
            "security-alternative-removed: server::Credential::Key - -> Secret<String>; nothing minor",
        ],
    );
}

#[test]
fn the_same_function_that_sets_another_property_is_to_be_looked_at() {
    let api = |name: &str| {
        operation(
            "",
            "mint",
            &format!(
                "      requestBody: {{required: true, content: {{application/json: {{schema: {{type: object, required: [{name}], properties: {{{name}: {{type: string}}}}}}}}}}}}"
            ),
        )
    };
    expect(
        &api("fromCoin"),
        &api("from_coin"),
        &[
            "property-added: Mint.from_coin fromCoin -> from_coin; review review",
            "property-added: Mint: From<impl Into<String>> fromCoin -> from_coin; review nothing",
            "property-added: Mint::new() fromCoin -> from_coin; review nothing",
        ],
    );
}

#[test]
fn a_derive_that_is_lost_deep_inside_a_type_has_its_cause() {
    expect(
        &coins("properties: {n: {type: integer}}"),
        &coins("properties: {n: {type: number, format: double}}"),
        &[
            "type-widened: Mint.n Option<i64> -> Option<f64>; major major",
            "type-widened: Mint::n() i64 -> f64; major nothing",
            "type-widened: types::Box: Eq impl -> -; major major",
            "type-widened: types::Box: Hash impl -> -; major major",
            "type-widened: types::Coin.n Option<i64> -> Option<f64>; major major",
            "type-widened: types::Coin: Eq impl -> -; major major",
            "type-widened: types::Coin: Hash impl -> -; major major",
            "type-widened: types::Coin::n() i64 -> f64; nothing major",
        ],
    );
}

#[test]
fn parameters_and_responses() {
    let api = |parameters: &str, responses: &str| {
        operation("", "mint", &format!("      parameters: [{parameters}]"))
            .replace("'204': {description: Done.}", responses)
    };
    let q = |rest: &str| format!("{{name: q, in: query, {rest}}}");
    let done = "'204': {description: Done.}";
    expect(
        &api(&q("schema: {type: string}"), done),
        &api(&q("required: true, schema: {type: string}"), done),
        &[
            "parameter-became-required: Client::mint() fn() -> Call<Mint> -> fn(impl Into<Mint>) -> Call<Mint>; major nothing",
            "parameter-became-required: Client::mint_with() fn(Mint) -> Call<Mint> -> -; major nothing",
            "parameter-became-required: Mint.q Option<String> -> String; major major",
            "parameter-became-required: Mint: Default impl -> -; major major",
            "parameter-became-required: Mint: From<impl Into<String>> - -> impl; minor nothing",
            "parameter-became-required: Mint::new() fn() -> fn(impl Into<String>); major nothing",
            "parameter-became-required: Mint::q() impl Into<String> -> -; major nothing",
        ],
    );
    expect(
        &api("", done),
        &api("", &format!("{done}, '404': {{description: None.}}")),
        &[
            "status-added: Mint: Operation::Error NoError -> MintError; major major",
            "status-added: MintError - -> non_exhaustive enum; minor minor",
        ],
    );
    expect(
        &api("", done),
        &api("", "'200': {description: It., content: {application/json: {schema: {type: string}}}}"),
        &[
            "status-added: Mint: Operation::Output () -> String; major major",
            "status-removed: Mint: Operation::Output () -> String; major major",
        ],
    );
    expect(
        &api("", done),
        &api(&q("schema: {type: string}"), done),
        &[
            "parameter-added: Client::mint_with() - -> fn(Mint) -> Call<Mint>; minor nothing",
            "parameter-added: Mint.q - -> Option<String>; minor minor",
            "parameter-added: Mint::q() - -> impl Into<String>; minor nothing",
        ],
    );
}

#[test]
fn receivers_of_webhooks_use_the_client_and_senders_are_servers() {
    let hook = |kind: &str| {
        let body = format!(
            "content: {{application/json: {{schema: {{type: object, required: [n], properties: {{n: {{type: {kind}}}}}}}}}}}"
        );
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\nwebhooks:\n  paid:\n    post:\n      requestBody: {{required: true, {body}}}\n      responses: {{'200': {{description: Done.}}}}\n"
        )
    };
    expect(
        &hook("integer"),
        &hook("string"),
        &[
            "type-changed: types::PaidWebhook.n i64 -> String; major major",
            "type-changed: types::PaidWebhook::new() fn(i64) -> fn(impl Into<String>); nothing major",
        ],
    );
    let none = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n";
    expect(
        none,
        &hook("integer"),
        &[
            "operation-added: types::PaidWebhook - -> struct; minor minor",
            "operation-added: webhooks::Paid - -> PaidWebhook; minor minor",
            "operation-added: webhooks::paid() - -> fn(impl Fn(PaidWebhook)); minor nothing",
            "operation-added: webhooks::send::paid() - -> fn(&PaidWebhook); nothing minor",
        ],
    );
}

/// A document that makes payouts and lists them, with what each of the two operations says beside that.
fn payouts(list: &str, create: &str) -> String {
    let of = |name: &str| format!("content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}");
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /payouts:\n    get:\n      operationId: listPayouts\n{list}      parameters: [{{name: reference, in: query, schema: {{type: string}}}}, {{name: page, in: query, schema: {{type: integer}}}}]\n      responses: {{'200': {{description: Some., {}}}}}\n    post:\n      operationId: createPayout\n{create}      x-specie-idempotency: {{field: /reference, duplicate: 409}}\n      requestBody: {{required: true, {}}}\n      responses: {{'201': {{description: Made., x-specie-outcome: done, {}}}, '409': {{description: Made before.}}}}\n\
         components: {{schemas: {{Payout: {{type: object, required: [reference, amount], properties: {{id: {{type: string}}, reference: {{type: string}}, amount: {{type: integer}}}}}}, Page: {{type: object, required: [data], properties: {{data: {{type: array, items: {{$ref: '#/components/schemas/Payout'}}}}}}}}}}}}\n",
        of("Page"),
        of("Payout"),
        of("Payout"),
    )
}

#[test]
fn another_lookup_is_another_meaning_of_the_method_that_settles_a_call() {
    let api = |agree: &str, settling: &str| {
        payouts(
            "",
            &format!(
                "      x-specie-reconcile: {{operation: listPayouts, parameter: reference, value: /reference, find: {{items: /data, match: /reference}}, agree: [{agree}], resource: '', identity: /id, settling: {settling}}}\n"
            ),
        )
    };
    let (none, stated) = (payouts("", ""), api("{request: /amount, answer: /amount}", "60"));
    expect(
        &none,
        &stated,
        &["reconcile-changed: Call<CreatePayout>::reconciled() - -> fn() -> Reconciled<CreatePayout>; minor nothing"],
    );
    expect(
        &stated,
        &none,
        &["reconcile-changed: Call<CreatePayout>::reconciled() fn() -> Reconciled<CreatePayout> -> -; major nothing"],
    );
    let asks = "asks ListPayouts with `reference` from /reference, takes the one of /data with it at /reference, /amount has to be /amount, returns 201 the whole body, known by /id";
    expect(
        &stated,
        &api("{request: /amount, answer: /amount}", "120"),
        &[&format!(
            "reconcile-changed: Call<CreatePayout>::reconciled() {asks}, settled after 60 s -> {asks}, settled after 120 s; review nothing"
        )],
    );
    // The request of another name is the same one, with the same methods of its call.
    let renamed = findings(&stated, &stated.replace("createPayout", "sendPayout"));
    let methods = code(&renamed);
    assert!(!methods.is_empty() && methods.iter().all(|line| !line.contains("reconciled()")), "{methods:?}");
}

#[test]
fn pages_that_turn_another_way_are_read_by_the_same_methods() {
    let api = |style: &str| payouts(&format!("      x-specie-pagination: {{{style}, items: /data}}\n"), "");
    let (none, numbered) = (payouts("", ""), api("style: page, number: page"));
    expect(
        &none,
        &numbered,
        &[
            "pagination-changed: Call<ListPayouts>::items() - -> fn() -> Items<ListPayouts> of Payout; minor nothing",
            "pagination-changed: Call<ListPayouts>::pages() - -> fn() -> Pages<ListPayouts>; minor nothing",
        ],
    );
    expect(
        &numbered,
        &api("style: cursor, parameter: reference, next: /data/0/id"),
        &[
            "pagination-changed: Call<ListPayouts>::items() pages by number `page`, items at /data -> pages by cursor `reference` of /data/0/id, items at /data; review nothing",
            "pagination-changed: Call<ListPayouts>::pages() pages by number `page`, items at /data -> pages by cursor `reference` of /data/0/id, items at /data; review nothing",
        ],
    );
}

#[test]
fn a_setter_that_means_another_scheme_is_a_change_of_clients_and_servers() {
    let document = |schemes: &[(&str, &str)]| {
        let stated = schemes.iter().map(|(key, name)| format!("{key}: {{type: apiKey, in: header, name: {name}}}"));
        let security = schemes.iter().map(|(key, _)| format!("{{{key}: []}}"));
        let (stated, security) = (stated.collect::<Vec<_>>().join(", "), security.collect::<Vec<_>>().join(", "));
        let head = format!("security: [{security}]\ncomponents: {{securitySchemes: {{{stated}}}}}");
        operation(&head, "mint", "")
    };
    // The name that is written like the setter keeps it.
    let (old, new) = (document(&[("api_key", "X-B")]), document(&[("api-key", "X-A"), ("api_key", "X-B")]));
    let kept = code(&findings(&old, &new));
    assert!(kept.iter().all(|line| !line.contains("::api_key()") && !line.contains("::ApiKey ")), "{kept:?}");
    assert!(kept.iter().any(|line| line.contains("ClientBuilder::api_key_lower_minus()")), "{kept:?}");
    // One that takes the setter from another one is found.
    let (old, new) = (document(&[("api-key", "X-A")]), document(&[("api-key", "X-A"), ("api_key", "X-B")]));
    let taken = code(&findings(&old, &new));
    for changed in ["ClientBuilder::api_key()", "Credentials::api_key()", "server::Credential::ApiKey"] {
        let line = taken.iter().find(|line| line.contains(&format!(": {changed} ")));
        assert!(line.is_some_and(|line| line.contains("of api-key -> of api_key")), "{taken:?}");
    }
}
