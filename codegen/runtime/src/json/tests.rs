use proptest::prelude::*;

use super::*;
use crate::dec;

fn json(text: &str) -> Json {
    Json::parse(text).unwrap()
}

#[test]
fn equal_values_are_equal() {
    let equal = [
        (r#"{"a":1,"b":[true,null]}"#, " { \"b\" : [ true , null ] , \"a\" : 1 } "),
        (r#""\u0041\/é""#, r#""A/\u00e9""#),
        ("10.0", "1e1"),
        ("-1500", "-1.50E+03"),
        ("0.00", "-0"),
        (r#"{"\u0061":1}"#, r#"{"a":1}"#),
        ("12345678901234567890123456789012345678901", "1234567890123456789012345678901234567890.1e1"),
    ];
    for (left, right) in equal {
        assert_eq!(json(left), json(right));
    }
}

#[test]
fn different_values_are_different() {
    let different = [
        ("1", "\"1\""),
        ("[1,2]", "[2,1]"),
        ("[[1],2]", "[[1,2]]"),
        ("[]", "{}"),
        ("[]", "[[]]"),
        ("null", "false"),
        (r#"{"a":1}"#, r#"{"a":1,"b":null}"#),
        (r#"{"a":{"b":1}}"#, r#"{"a":{},"b":1}"#),
        (r#"["a,b"]"#, r#"["a","b"]"#),
        (r#""a\"""#, r#""a""#),
        ("10000000000000000000000001", "10000000000000000000000002"),
        ("0.1", "0.01"),
        ("1e99999999999999999999", "2e99999999999999999999"),
    ];
    for (left, right) in different {
        assert_ne!(json(left), json(right));
    }
}

#[test]
fn values_become_json() {
    let mut object = JsonObject::new();
    object.insert("text", "a\"\\\u{1}\n€");
    object.insert("amount", dec!(10.00));
    object.insert("none", ());
    object.insert("list", vec![Json::from(1), Json::from(true), Json::from(None::<i64>)]);
    let expected = r#"{"amount":10.00,"list":[1,true,null],"none":null,"text":"a\"\\\u0001\u000a€"}"#;
    assert_eq!(Json::from(object.clone()).as_str(), expected);
    assert_eq!(json(expected).decode::<JsonObject>().unwrap(), object);
    assert_eq!(Json::encode(&object).unwrap(), Json::from(object));
}

#[test]
fn kinds_are_told_apart() {
    let kinds = [
        ("null", Kind::Null),
        ("false", Kind::Boolean),
        ("-1", Kind::Number),
        ("\"\"", Kind::String),
        ("[]", Kind::Array),
        (" {} ", Kind::Object),
    ];
    for (text, kind) in kinds {
        assert_eq!(json(text).kind(), kind);
    }
}

#[test]
fn repeated_keys_are_refused_where_they_are_read() {
    let twice = r#"{"amount":1,"amount":100}"#;
    assert!(serde_json::from_str::<JsonObject>(twice).is_err());
    assert!(json(twice).decode::<JsonObject>().is_err());
    assert!(serde_json::from_str::<JsonObject>(r#"{"a":1,"\u0061":1}"#).is_err());
}

#[test]
fn pointers_find_parts() {
    let body = json(r#"{"a/b":{"~":[10.00]},"":1}"#);
    assert_eq!(body.at("/a~1b/~0/0").unwrap().as_str(), "10.00");
    assert_eq!(body.at("/").unwrap().as_str(), "1");
    assert_eq!(body.at(""), Some(body.clone()));
    for nowhere in ["a", "/a", "/a~1b/~0/1", "/a~1b/~0/-", "/a~1b/~0/+0", "/a~1b/~0/00", "//x"] {
        assert_eq!(body.at(nowhere), None, "{nowhere}");
    }
}

#[test]
fn deep_nesting_is_refused_or_harmless() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(Json::parse(&deep).is_err());
    let mut built = Json::from(1);
    for _ in 0..1_000 {
        built = Json::from(vec![built]);
    }
    assert_ne!(built, Json::from(vec![built.clone()]));
    assert!(built.decode::<Vec<Json>>().is_err());
}

#[test]
fn what_is_not_json_is_refused() {
    for text in ["", "{", "nul", "01", "1 2", "'a'", "NaN", "[1,]"] {
        assert!(Json::parse(text).is_err(), "{text}");
    }
}

#[test]
fn zeroizing_leaves_nothing() {
    let mut object = JsonObject::from([("pan", "4111111111111111")]);
    object.zeroize();
    assert!(object.is_empty());
    let mut json = Json::from("4111111111111111");
    json.zeroize();
    assert!(json.is_null());
}

/// JSON texts with the freedoms that the grammar has.
fn any_json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,40})?([eE][-+]?[0-9]{1,3})?",
        any::<String>().prop_map(|text| quote(&text)),
    ];
    let space = "[ \n\t]{0,2}";
    leaf.prop_recursive(4, 32, 4, move |inner| {
        prop_oneof![
            (space, prop::collection::vec(inner.clone(), 0..4))
                .prop_map(|(space, items)| { format!("[{space}{}{space}]", items.join(&format!("{space},"))) }),
            (space, prop::collection::btree_map(any::<String>(), inner, 0..4)).prop_map(|(space, entries)| {
                let entries: Vec<String> =
                    entries.iter().map(|(key, value)| format!("{}{space}:{value}", quote(key))).collect();
                format!("{{{space}{}{space}}}", entries.join(&format!(",{space}")))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn text_is_kept(text in any_json()) {
        let value: Json = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(value.as_str(), &text);
        prop_assert_eq!(&serde_json::to_string(&value).unwrap(), &text);
        prop_assert_eq!(&serde_json::to_string(&vec![Some(value.clone())]).unwrap(), &format!("[{text}]"));
        prop_assert_eq!(Json::parse(&text).unwrap(), value);
    }

    #[test]
    fn strings_are_written_as_serde_json_reads_them(text in any::<String>()) {
        prop_assert_eq!(Json::from(text.as_str()).decode::<String>().unwrap(), text);
    }

    #[test]
    fn equality_agrees_with_serde_json(left in any_json(), right in any_json()) {
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text);
        // Where floats see a difference, there is one.
        if let (Ok(a), Ok(b)) = (value(&left), value(&right))
            && a != b
            && !left.contains(|c: char| c.is_ascii_digit())
        {
            prop_assert_ne!(json(&left), json(&right));
        }
        prop_assert_eq!(json(&left) == json(&right), json(&right) == json(&left));
    }

    #[test]
    fn no_text_panics(text in "[\\[\\]{}\",:\\\\0-9eE.trufalsn -]{0,40}") {
        if let Ok(value) = Json::parse(&text) {
            prop_assert_eq!(&value, &value.clone());
            let spaced = format!(" {} ", value.as_str());
            prop_assert_eq!(canonical(value.as_str()), canonical(&spaced));
        }
    }
}
