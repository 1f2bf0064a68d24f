//! Operations: methods, parameters, responses, credentials, webhooks, and what a call means.

use super::*;

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
    let sources = Sources {
        old: &old,
        new: &new,
        revision: None,
        krate: Some(ComparedCrate { name: "t", version: Some(&version) }),
    };
    let markdown = render(&found, sources, Format::Markdown);
    assert!(markdown.contains("the compiler says nothing"), "{markdown}");
    assert!(markdown.contains("crate t needs a major version: 1.4.2 → 2.0.0"), "{markdown}");
    let json = render(&found, sources, Format::Json);
    assert!(json.contains("\"crate_needs\":\"major\""), "{json}");
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

#[test]
fn a_lookup_is_known_by_the_address_that_it_asks() {
    let lookup = "      x-specie-reconcile: {operation: listPayouts, parameter: reference, value: /reference, find: {items: /data, match: /reference}, resource: '', identity: /id}\n";
    let stated = payouts("", lookup);
    let rules = |new: &str| findings(&stated, new).iter().map(|one| one.rule.id()).collect::<Vec<_>>();
    assert_eq!(rules(&stated.replace("listPayouts", "findPayouts")), ["code-changed"]);
    // The list of another path may know other payouts.
    let elsewhere =
        stated.replace("  /payouts:\n    get:", "  /sent:\n    get:").replace("    post:", "  /payouts:\n    post:");
    let other = elsewhere.replace("listPayouts", "sentPayouts");
    assert!(rules(&other).contains(&"reconcile-changed"), "{:?}", rules(&other));
}
