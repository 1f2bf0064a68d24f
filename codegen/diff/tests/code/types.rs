//! Types of schemas: fields, constructors, setters, variants.

use super::*;

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
            "property-added: Mint::o() - -> Other; minor nothing",
            "property-added: types::Coin.o - -> Option<Other>; minor minor",
            "property-added: types::Coin::o() - -> Other; nothing minor",
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
fn a_renamed_component_is_one_change() {
    let api = |name: &str| {
        coins("properties: {n: {$ref: '#/components/schemas/Other'}}}, Other: {type: object, properties: {p: {type: string}}").replace("Other", name)
    };
    expect(&api("One"), &api("Two"), &["code-changed: types::One types::One -> types::Two; major major"]);
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
fn a_break_whose_document_cannot_be_read_as_json_is_not_proven() {
    let (mut old, new) =
        (understood(&coins("properties: {n: {type: integer}}")), understood(&coins("properties: {n: {type: string}}")));
    assert!(matches!(report(&old, &new)[0].witness, Some(Witness::Value { .. })));
    old.document = "{".to_owned();
    assert_eq!(report(&old, &new)[0].witness, Some(Witness::NotProven));
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
            "type-widened: types::Coin.n Option<i64> -> Option<f64>; major major",
            "type-widened: types::Coin: Eq impl -> -; major major",
            "type-widened: types::Coin::n() i64 -> f64; nothing major",
        ],
    );
}
