//! Values of all types, near the bounds that schemas of tests have.

use serde_json::{Value, json};

/// The values.
pub(crate) fn instances() -> Vec<Value> {
    let scalars = scalars();
    let mut found = scalars.clone();
    found.extend([
        json!({}),
        json!([]),
        json!(["a", "a"]),
        json!(["a", "bb", "a"]),
        json!([1, 2]),
        json!([{}]),
        json!([["a"]]),
    ]);
    for one in &scalars {
        found.push(json!([one]));
        found.push(json!(["a", one]));
        found.push(json!([one, one, one]));
        for name in ["a", "b", "c", "x-a", "long name"] {
            found.push(json!({name: one}));
        }
        found.push(json!({"a": [one], "b": {"a": one}}));
        for other in scalars.iter().step_by(3) {
            found.push(json!({"a": one, "b": other}));
            found.push(json!({"a": one, "c": other}));
        }
        found.push(json!({"a": one, "b": "x", "c": 1}));
    }
    found
}

fn scalars() -> Vec<Value> {
    let mut found = vec![json!(null), json!(true), json!(false)];
    found.extend([-1, 0, 1, 2, 3, 4, 5, 6, 10, 1_000].map(|number: i64| json!(number)));
    found.extend([0.5, 0.25, 1.5, 0.01, 0.001].map(|number| json!(number)));
    found.extend(
        ["", "a", "b", "c", "x", "y", "aa", "bb", "aaa", "aaaa", "aaaaa", "2026-02-28"].map(|text| json!(text)),
    );
    found
}
