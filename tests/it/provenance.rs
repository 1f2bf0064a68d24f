//! Marks of provenance say what exactly is not from the vendor's document, of parts that exist.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::apis::Api;
use crate::support::documents::document;

/// One entry, with the object it stands on and its place.
struct Mark<'a> {
    place: String,
    on: &'a Value,
    entry: &'a Value,
}

fn marks<'a>(value: &'a Value, place: &str, found: &mut Vec<Mark<'a>>) {
    match value {
        Value::Object(entries) => {
            for (key, inner) in entries {
                if key == "x-specie-provenance" {
                    let list = inner.as_array().map_or(std::slice::from_ref(inner), Vec::as_slice);
                    found.extend(list.iter().map(|entry| Mark { place: place.to_owned(), on: value, entry }));
                } else {
                    marks(inner, &format!("{place}/{key}"), found);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                marks(item, &format!("{place}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// How a reason says that the vendor's document has the thing itself.
const IN_THE_DOCUMENT: &[&str] = &[
    "document shows the",
    "documents show the",
    "document holds the",
    "documents give the",
    "document gives the",
    "the header is in the given document",
    "in the sample",
    "in every sample",
    "in the only sample",
    "known from one sample",
    "known from samples",
];

#[test]
fn a_mark_whose_reason_has_the_thing_in_the_document_says_what_is_not() {
    let mut count = 0;
    for api in Api::ALL {
        let mut found = Vec::new();
        marks(&document(api).root, "", &mut found);
        for mark in found {
            let reason = mark.entry["reason"].as_str().unwrap().to_lowercase();
            if IN_THE_DOCUMENT.iter().any(|words| reason.contains(words)) {
                assert!(mark.entry["what"].is_string(), "{} of {}: {reason}", mark.place, api.name());
                count += 1;
            }
        }
    }
    assert!(count > 100, "{count}");
}

#[test]
fn every_part_that_a_mark_names_exists() {
    for api in Api::ALL {
        let document = document(api);
        let mut found = Vec::new();
        marks(&document.root, "", &mut found);
        for mark in found {
            let mut parts = BTreeSet::new();
            for key in ["properties", "responses"] {
                parts.extend(mark.on[key].as_object().into_iter().flatten().map(|(name, _)| name.as_str()));
            }
            parts.extend(mark.on["enum"].as_array().into_iter().flatten().filter_map(Value::as_str));
            // Plain keys of objects that have no parts of their own, such as `version` and `bearerFormat`.
            parts.extend(mark.on.as_object().into_iter().flatten().map(|(name, _)| name.as_str()));
            for name in mark.entry["of"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                assert!(parts.contains(name), "{} of {}: there is no {name}", mark.place, api.name());
            }
        }
    }
}
