use proptest::prelude::*;
use serde_json::value::RawValue;

use super::*;

/// Whether `serde_json` takes the text, as a value of which it reads nothing.
fn judge(text: &str) -> bool {
    serde_json::from_str::<&RawValue>(text).is_ok()
}

#[track_caller]
fn same(text: &str) {
    assert_eq!(whole(text).is_ok(), judge(text), "{text:?}");
}

#[test]
fn serde_json_agrees_on_every_rule() {
    let numbers = [
        "0", "-0", "-", "01", "-01", "1.", "1.0", ".1", "1e", "1e+", "1E-0", "1e1.", "+1", "1e999", "0x1", "1 2",
        "--1", "0e0",
    ];
    let literals = ["true", "tru", "truee", "false", "fals", "null", "nul", "nulll", "NaN", "True", ""];
    let strings = [
        r#""""#,
        r#"""#,
        r#""\"#,
        r#""\""#,
        r#""\x""#,
        r#""\u12""#,
        r#""\u12g4""#,
        r#""\uD800""#,
        r#""\/\b""#,
        "\"\u{1}\"",
        "\"\u{7f}ä\u{1f600}\"",
        "'a'",
    ];
    let lists = ["[]", "[ ]", "[1,]", "[,1]", "[1 2]", "[1,2", "[1}", "]", "[[],[ [] ]]", "[1]]"];
    let objects = [
        "{}",
        "{ }",
        "{1:2}",
        r#"{"a"}"#,
        r#"{"a":}"#,
        r#"{"a":1,}"#,
        r#"{,"a":1}"#,
        r#"{"a" : [{"b":null}] , "a":1}"#,
        r#"{"a":1]"#,
        r#"{"a":1"#,
        r#"{"a" 1}"#,
        "{a:1}",
    ];
    for text in numbers.iter().chain(&literals).chain(&strings).chain(&lists).chain(&objects) {
        for (before, behind) in [
            ("", ""),
            (" \n\t\r", " \n\t\r"),
            ("[", "]"),
            (r#"{"k":"#, "}"),
            ("[0,", ",0]"),
            ("\u{a0}", ""),
            ("\u{feff}", ""),
        ] {
            same(&format!("{before}{text}{behind}"));
        }
    }
}

#[test]
fn control_characters_are_found_at_every_place() {
    for place in 0..20 {
        for byte in 0..=127_u8 {
            let mut text = "äbcdefghijklmnopqrst".to_owned();
            text.insert(if place == 0 { 0 } else { place + 1 }, char::from(byte));
            same(&format!("\"{text}\""));
            let first = text.bytes().position(|byte| matches!(byte, 0..=0x1f | b'"' | b'\\'));
            assert_eq!(special(text.as_bytes()), first.unwrap_or(text.len()), "{text:?}");
        }
    }
}

#[test]
fn lists_and_objects_are_at_most_128_deep() {
    let nested = |open: &str, close: &str, depth: usize| format!("{}0{}", open.repeat(depth), close.repeat(depth));
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}"), ("[1,", ",2]")] {
        assert!(whole(&nested(open, close, 128)).is_ok());
        assert_eq!(whole(&nested(open, close, 129)), Err(Broken::Depth));
        assert_eq!(value(nested(open, close, 28).as_bytes(), 0, 101), Err(Broken::Depth));
    }
    assert_eq!(whole(&"[".repeat(1_000_000)), Err(Broken::Depth));
    assert!(whole(&format!("[{}]", vec!["[[]]"; 1000].join(","))).is_ok());
}

/// JSON texts of all kinds, with white space.
pub(crate) fn texts() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|value| value.to_string()),
        any::<i64>().prop_map(|value| value.to_string()),
        "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,9})?([eE][+-]?[0-9]{1,2})?",
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
        "\"([a-z]|\\\\[\"\\\\/bfnrt]|\\\\u00[0-9a-fA-F]{2}){0,12}\"",
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        let space = "[ \n\t\r]{0,2}";
        let items = prop::collection::vec((inner.clone(), space), 0..6);
        let entries = prop::collection::vec(("[a-e]{1,2}", inner, space), 0..6);
        prop_oneof![
            items.prop_map(|items| {
                let items: Vec<String> =
                    items.into_iter().map(|(item, space)| format!("{space}{item}{space}")).collect();
                format!("[{}]", items.join(","))
            }),
            entries.prop_map(|entries| {
                let entry =
                    |(key, value, space): (String, String, String)| format!("{space}\"{key}\"{space}:{space}{value}");
                format!("{{{} }}", entries.into_iter().map(entry).collect::<Vec<_>>().join(","))
            }),
        ]
    })
}

/// A text with one character taken out, doubled or replaced.
pub(crate) fn broken_texts() -> impl Strategy<Value = String> {
    let character =
        prop_oneof![prop::sample::select("{}[],:\"\\0-.eEtn \u{1}".chars().collect::<Vec<_>>()), any::<char>()];
    (texts(), any::<prop::sample::Index>(), character, 0..3).prop_map(|(text, place, character, what)| {
        let mut characters: Vec<char> = text.chars().collect();
        let place = place.index(characters.len());
        match what {
            0 => drop(characters.remove(place)),
            1 => characters.insert(place, character),
            _ => characters[place] = character,
        }
        characters.into_iter().collect()
    })
}

proptest! {
    #[test]
    fn valid_texts_are_gone_over(text in texts()) {
        prop_assert!(judge(&text), "{}", text);
        let spaced = format!(" {text}\n");
        prop_assert_eq!(whole(&spaced), Ok(text.as_str()));
        prop_assert_eq!(value(format!("{text},").as_bytes(), 0, 0), Ok(text.len()));
    }

    #[test]
    fn broken_texts_are_judged_alike(text in broken_texts()) {
        prop_assert_eq!(whole(&text).is_ok(), judge(&text), "{}", text);
    }
}

#[test]
fn values_are_counted_with_their_keys() {
    for (text, expected) in [
        ("1", 1),
        ("\"a,b: {\\\"\"", 1),
        ("[ ]", 1),
        ("{}", 1),
        ("[1, -2.5e3 , true,null]", 5),
        (r#" {"a":{"b":["x","y"]},"c":0} "#, 9),
    ] {
        assert_eq!(super::count(text), expected, "{text}");
    }
}
