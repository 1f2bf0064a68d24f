//! Decimals of up to 28 digits are exact in every position; longer ones are refused.

use std::collections::BTreeMap;

use proptest::prelude::{Strategy, any};
use serde::Serialize;
use serde::de::DeserializeOwned;
use specie_runtime::{Decimal, Json, Maybe, Patch, Quoted, decode};

use super::runner;
use crate::support::exact::assert_same;

/// Decodes a text and encodes what came of it.
type Through = fn(&[u8]) -> Option<Vec<u8>>;

fn through<T: Serialize + DeserializeOwned>(text: &[u8]) -> Option<Vec<u8>> {
    decode::from_slice::<T>(text).ok().map(|value| serde_json::to_vec(&value).unwrap())
}

/// Each way in which a decimal stands in a document; `$` is where.
const POSITIONS: &[(&str, Through, &str)] = &[
    ("alone", through::<Decimal>, "$"),
    ("quoted", through::<Quoted<Decimal>>, "\"$\""),
    ("in a list", through::<Vec<Decimal>>, "[0,$]"),
    ("in a map", through::<BTreeMap<String, Decimal>>, r#"{"EUR":$}"#),
    ("in a nullable element", through::<Vec<Option<Decimal>>>, "[null,$]"),
    ("cleared or set", through::<Patch<Decimal>>, "$"),
    ("in free JSON", through::<Json>, r#"{"a":[$]}"#),
    ("required", through::<cublox::types::PayoutPrerequestData>, r#"{"currency":"USD","amount":$,"services":{}}"#),
    ("optional", through::<cublox::types::PayoutServiceOption>, r#"{"code":"card","exchange_rate":$}"#),
    ("quoted and optional", through::<cublox::types::PayoutServiceOption>, r#"{"code":"card","amount":"$"}"#),
    ("null, absent or set", through::<gormic_amounts::Holder>, r#"{"processed":$}"#),
    (
        "in a map beside properties",
        through::<cublox::types::PayoutServiceOptions>,
        r#"{"card":{"code":"card","amount_max":$}}"#,
    ),
    (
        "in a list of a page",
        through::<cublox::types::PayoutInvoicePage>,
        r#"{"data":[{"type":"payout-invoices","id":"1","attributes":{"status":"created","amount":$,"currency":"USD","reference_id":"r","created":1,"updated":1,"payouts":[{"id":"1","amount":$}],"processed_fee":$}}]}"#,
    ),
    (
        "in a branch of a union",
        through::<cublox::types::PublicPayoutInvoiceMatch>,
        r#"{"data":[{"id":"1","status":"created","currency":"USD","amount":$,"created":1,"processed_amount":$}]}"#,
    ),
    (
        "in the other branch",
        through::<cublox::types::PublicPayoutInvoiceMatch>,
        r#"{"data":{"id":"1","status":"created","currency":"USD","amount":$,"created":1,"processed_amount":$}}"#,
    ),
];

mod gormic_amounts {
    //! A shape that no document has at present: a decimal that may be null or absent, alone.

    use super::{Decimal, Maybe};

    #[derive(serde::Serialize, serde::Deserialize)]
    pub(super) struct Holder {
        #[serde(default, skip_serializing_if = "Maybe::is_absent")]
        processed: Maybe<Decimal>,
    }
}

/// A decimal number's text with this many digits, neither the first nor the last of which is zero.
fn number(digits: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = String> {
    let digit = || 0..10_u8;
    let numbers = (proptest::collection::vec(digit(), digits), any::<proptest::sample::Index>(), any::<bool>());
    numbers.prop_map(|(mut digits, point, negative)| {
        let last = digits.len() - 1;
        digits[0] = digits[0].max(1);
        digits[last] = digits[last].max(1);
        let mut text: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        // The point stands behind any digit, or nowhere.
        let place = 1 + point.index(digits.len());
        if place < digits.len() {
            text.insert(place, '.');
        }
        if negative { format!("-{text}") } else { text }
    })
}

#[test]
fn up_to_28_digits_come_back_as_they_were() {
    let property = |number: String| {
        for (name, through, template) in POSITIONS {
            let text = template.replace('$', &number);
            let encoded = through(text.as_bytes()).unwrap_or_else(|| panic!("{number} is refused {name}"));
            assert_same(text.as_bytes(), &encoded, name);
        }
        Ok(())
    };
    runner(400).run(&number(1..=28), property).unwrap();
}

#[test]
fn scale_is_kept() {
    for number in [
        "0",
        "0.0",
        "0.00",
        "10",
        "10.0",
        "10.00",
        "0.10",
        "100.55",
        "1000000000000000000000000000",
        "0.0000000000000000000000000001",
        "0.1000000000000000000000000000",
    ] {
        for (name, through, template) in POSITIONS {
            let text = template.replace('$', number);
            let encoded = through(text.as_bytes()).unwrap_or_else(|| panic!("{number} is refused {name}"));
            assert_same(text.as_bytes(), &encoded, name);
        }
    }
}

#[test]
fn more_than_28_digits_are_refused_and_never_rounded() {
    let property = |number: String| {
        for (name, through, template) in POSITIONS {
            let encoded = through(template.replace('$', &number).as_bytes());
            // Free JSON is nobody's amount: it keeps its text, however long.
            assert_eq!(encoded.is_some(), *name == "in free JSON", "{number} {name}");
        }
        Ok(())
    };
    runner(400).run(&number(29..=60), property).unwrap();
}
