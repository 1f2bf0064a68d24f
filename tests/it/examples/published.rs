//! The payloads of the vendors' documents are what was published: to the character, outside of white space.

use std::fmt::Write as _;
use std::fs;

use sha2::{Digest, Sha256};

use crate::support::checkout;

/// Each payload that stands in a vendor's document, with the first half of the SHA-256 of what stands there, without white space outside of
/// strings. Taken from the documents themselves; a payload is not changed to fit a schema.
const PUBLISHED: &[(&str, &str)] = &[
    ("omno/examples/create-payout.request.json", "b2cdff1f3cc622f0e76b49b5967ad2b4"),
    ("omno/examples/create-payout.response.200.json", "77c78713e3700d418791773e1387f916"),
    ("gormic/examples/confirm-payment.request.json", "65b32565229c44854bab04dc278d0607"),
    ("gormic/examples/confirm-payment.response.200.json", "97fddc6dbfb6206252428cd09971827c"),
    ("gormic/examples/create-payment.request.json", "d7ff6faa022b14ca330f0f30e2a7fab1"),
    ("gormic/examples/create-payment.response.200.json", "c5c667f5edd7a19f9dffd46a848d302c"),
    ("gormic/examples/delete-payment.response.200.json", "97fddc6dbfb6206252428cd09971827c"),
    ("gormic/examples/update-payment.request.json", "ef850d608d755b7c1bf4b73cf8bbcb42"),
    ("gormic/examples/update-payment.response.200.json", "2d68a7da42d899ebe649de1ffb8bab17"),
    ("cublox/examples/create-payout-invoice.request.json", "20d42fb6a039165034b37fe2682483b1"),
    ("cublox/examples/create-payout-invoice.response.201.json", "b454f7bc7e9a705e650c54e6e9360412"),
    ("cublox/examples/error.401.json", "2f4fd4fe0e245873456a60725e810bc6"),
    ("cublox/examples/error.404.json", "55c7e9a6b5997bf5be558a94b779969b"),
    ("cublox/examples/error.405.json", "6c24bdaff5aca9a65cd735482441845c"),
    ("cublox/examples/error.422.json", "acb83bc858f6e22e0630ff6372ce8f79"),
    ("cublox/examples/error.500.json", "a9e8a46f10675bac5366f023745d8f6d"),
    ("cublox/examples/get-payout-invoice.private.response.200.json", "4ebe2103959ad3666a723eec243fde62"),
    ("cublox/examples/get-payout-invoice.public.response.200.json", "1a4fa003c41b8846b4ff7378d7807e78"),
    ("cublox/examples/get-payout-service.response.200.json", "36a94be635230719197ca83b562a1c4a"),
    ("cublox/examples/list-payout-invoices.response.200.json", "40790e3f2679b168ce2bfd29ff8990ce"),
    ("cublox/examples/list-payout-services.response.200.json", "95c0d0788b2dce2cda17d08cfc8c7efd"),
    ("cublox/examples/payout-prerequest.request.json", "e52e7bf44abaa6e759aeee978debbda3"),
    ("cublox/examples/payout-prerequest.response.200.json", "ebd78a276c5e1595b1496febeb0aa431"),
    ("cublox/examples/process-payout-invoice.response.200.json", "b454f7bc7e9a705e650c54e6e9360412"),
    ("paymega/examples/create-payout-invoice.request.json", "7033f5b98dc7ca39cd58dd862f03d10e"),
    ("paymega/examples/create-payout-invoice.response.201.json", "b454f7bc7e9a705e650c54e6e9360412"),
    ("paymega/examples/error.401.json", "2f4fd4fe0e245873456a60725e810bc6"),
    ("paymega/examples/error.404.json", "55c7e9a6b5997bf5be558a94b779969b"),
    ("paymega/examples/error.405.json", "6c24bdaff5aca9a65cd735482441845c"),
    ("paymega/examples/error.422.json", "acb83bc858f6e22e0630ff6372ce8f79"),
    ("paymega/examples/error.500.json", "a9e8a46f10675bac5366f023745d8f6d"),
    ("paymega/examples/get-payout-invoice.private.response.200.json", "4ebe2103959ad3666a723eec243fde62"),
    ("paymega/examples/get-payout-invoice.public.response.200.json", "1a4fa003c41b8846b4ff7378d7807e78"),
    ("paymega/examples/get-payout-service.response.200.json", "36a94be635230719197ca83b562a1c4a"),
    ("paymega/examples/list-payout-invoices.response.200.json", "40790e3f2679b168ce2bfd29ff8990ce"),
    ("paymega/examples/list-payout-services.response.200.json", "95c0d0788b2dce2cda17d08cfc8c7efd"),
    ("paymega/examples/payout-prerequest.request.json", "e52e7bf44abaa6e759aeee978debbda3"),
    ("paymega/examples/payout-prerequest.response.200.json", "ebd78a276c5e1595b1496febeb0aa431"),
    ("paymega/examples/process-payout-invoice.response.200.json", "b454f7bc7e9a705e650c54e6e9360412"),
];

/// A JSON text without white space outside of strings.
fn compact(text: &str) -> String {
    let (mut in_string, mut is_escaped) = (false, false);
    let keeps = |char: &char| {
        let keeps = in_string || !matches!(char, ' ' | '\t' | '\n' | '\r');
        in_string ^= *char == '"' && !is_escaped;
        is_escaped = in_string && *char == '\\' && !is_escaped;
        keeps
    };
    text.chars().filter(keeps).collect()
}

fn digest(text: &str) -> String {
    let mut digits = String::new();
    for byte in Sha256::digest(compact(text)).iter().take(16) {
        write!(digits, "{byte:02x}").unwrap();
    }
    digits
}

#[test]
fn every_payload_of_a_vendors_document_is_as_it_was_published() {
    for (file, published) in PUBLISHED {
        let text = fs::read_to_string(checkout().join("specs").join(file)).unwrap();
        assert_eq!(digest(&text), *published, "{file}");
    }
    assert_eq!(PUBLISHED.len(), 39);
}

#[test]
fn every_payload_that_is_said_to_be_of_the_given_document_is_among_them() {
    let mut count = 0;
    for api in ["omno", "gormic", "cublox", "paymega"] {
        let index = fs::read_to_string(checkout().join("specs").join(api).join("examples/index.yaml")).unwrap();
        let entries: Vec<serde_json::Value> = serde_yaml::from_str(&index).unwrap();
        for entry in entries.iter().filter(|entry| entry["origin"].as_str().unwrap().starts_with("the given document"))
        {
            let file = format!("{api}/examples/{}", entry["file"].as_str().unwrap());
            assert!(PUBLISHED.iter().any(|(name, _)| *name == file), "{file}");
            count += 1;
        }
    }
    assert_eq!(count, PUBLISHED.len());
}

#[test]
fn only_white_space_outside_of_strings_is_left_out() {
    assert_eq!(compact("{ \"a b\" :\n\t[1, \"\\\" c\", \"d\\\\\" ] }\r\n"), "{\"a b\":[1,\"\\\" c\",\"d\\\\\"]}");
    assert_ne!(digest("[1.0]"), digest("[1]"));
    assert_ne!(digest("[\"a b\"]"), digest("[\"ab\"]"));
}
