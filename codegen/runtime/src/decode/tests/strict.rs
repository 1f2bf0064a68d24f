//! What serde's derived code would take, and must not; and all the rest, which it still must.

use std::collections::{BTreeMap, HashMap};

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::{fault, from_slice};
use crate::{Decimal, Json, JsonObject, Maybe, Patch, Secret, dec};

#[derive(Debug, Deserialize)]
#[expect(dead_code)]
struct Card {
    number: Secret<String>,
    #[serde(default)]
    limit: Option<Decimal>,
}

/// Every position a struct can have in generated types, and in types around them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Positions {
    optional: Option<Card>,
    nullable: Option<Box<Card>>,
    maybe: Maybe<Card>,
    patch: Patch<Card>,
    list: Vec<Card>,
    map: BTreeMap<String, Card>,
    pair: Option<(u8, Card)>,
    newtype: Option<Newtype>,
    choice: Option<Choice>,
}

#[derive(Debug, Deserialize)]
struct Newtype(#[expect(dead_code)] Card);

#[derive(Debug, Deserialize)]
struct Wrapped {
    #[expect(dead_code)]
    card: Card,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code)]
enum Choice {
    Boxed(Box<Card>),
    Pair(u8, Card),
    Fields { number: String },
}

/// Texts in which `@` stands where an object belongs, and the place of that.
const PLACES: [(&str, &str); 12] = [
    ("@", ""),
    (r#"{"optional":@}"#, "/optional"),
    (r#"{"nullable":@}"#, "/nullable"),
    (r#"{"maybe":@}"#, "/maybe"),
    (r#"{"patch":@}"#, "/patch"),
    (r#"{"list":[@]}"#, "/list/0"),
    (r#"{"map":{"a":@}}"#, "/map/a"),
    (r#"{"pair":[1,@]}"#, "/pair/1"),
    (r#"{"newtype":@}"#, "/newtype"),
    (r#"{"choice":{"Boxed":@}}"#, "/choice/Boxed"),
    (r#"{"choice":{"Pair":[1,@]}}"#, "/choice/Pair/1"),
    (r#"{"choice":{"Fields":@}}"#, "/choice/Fields"),
];

#[test]
fn a_list_is_never_an_object() {
    for (text, place) in PLACES {
        let object = text.replace('@', r#"{"number":"4111","limit":10.00}"#);
        from_slice::<Positions>(object.as_bytes()).unwrap();
        for list in ["[]", r#"["4111"]"#, r#"["4111",10.00]"#] {
            let fault = from_slice::<Positions>(text.replace('@', list).as_bytes()).unwrap_err();
            assert!(fault.message.contains("invalid type: sequence, expected struct"), "{text}: {fault}");
            assert!(!fault.message.contains("4111") && !fault.malformed, "{text}: {fault}");
            assert_eq!(fault.pointer, place, "{fault}");
        }
    }
    let error = fault::<Positions>(r#"{"optional":["4111",10.00]}"#);
    assert_eq!(error, "/optional: invalid type: sequence, expected struct Card");
}

#[test]
fn a_key_stands_once_in_a_map() {
    type Limits = BTreeMap<String, Decimal>;
    const TWICE: &str = "a key stands twice in an object";
    let twice = [
        r#"{"EUR":1,"EUR":100}"#,
        r#"{"EUR":1,"EUR":1}"#,
        r#"{"EUR":1,"USD":2,"E\u0055R":100}"#,
        r#"{"E\u0055R":1,"EUR":100}"#,
    ];
    for text in twice {
        assert_eq!(fault::<Limits>(text), format!("/EUR: {TWICE}"));
        assert!(Json::parse(text).unwrap().decode::<Limits>().is_err());
    }
    let nested = format!(r#"{{"a":[{{}},{}]}}"#, twice[0]);
    assert_eq!(fault::<BTreeMap<String, Vec<Limits>>>(&nested), format!("/a/1/EUR: {TWICE}"));
    assert_eq!(fault::<HashMap<u8, u8>>(r#"{"1":1,"2":2,"1":1}"#), format!("/1: {TWICE}"));
    // This one compares its keys itself, so that it does so wherever it is read.
    assert_eq!(fault::<JsonObject>(twice[0]), TWICE);

    let limits: Limits = from_slice(br#"{"EUR":1,"eur":2,"":3,"E":4}"#).unwrap();
    assert_eq!(limits.into_values().sum::<Decimal>(), dec!(10));
}

#[test]
fn a_repeated_key_of_a_struct_is_named() {
    let text = fault::<Vec<Card>>(r#"[{"number":"4111","number":"4111"}]"#);
    assert!(text.ends_with("duplicate field `number`"), "{text}");
}

#[test]
fn a_missing_secret_is_named() {
    assert_eq!(fault::<Positions>(r#"{"optional":{"limit":1}}"#), "/optional: missing field `number`");
    let wrong = fault::<Positions>(r#"{"optional":{"number":{"missing field `4111`":1}}}"#);
    assert_eq!(wrong, "/optional/number: a secret value is not of its type");
}

/// What serde's derive can ask for.
#[derive(Debug, PartialEq, Deserialize)]
struct Everything {
    integers: (i8, i16, i32, i64, i128, u8, u16, u32, u64, u128),
    floats: [f64; 2],
    float: f32,
    flag: bool,
    letter: char,
    nothing: (),
    unit: Unit,
    nested: Option<Box<Option<u8>>>,
    newtype: Wrap<Wrap<Decimal>>,
    choices: Vec<Any>,
    numbered: BTreeMap<i64, Wrap<String>>,
    named: BTreeMap<Wrap<String>, BTreeMap<Letter, bool>>,
    lettered: BTreeMap<char, BTreeMap<bool, u8>>,
    json: Json,
    value: serde_json::Value,
    untagged: Vec<Untagged>,
    bytes: Bytes,
    #[serde(flatten)]
    rest: BTreeMap<String, serde_json::Value>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Unit;

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Wrap<T>(T);

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
enum Letter {
    A,
}

#[derive(Debug, PartialEq, Deserialize)]
enum Any {
    Plain,
    One(Decimal),
    Two(u8, String),
    Fields { a: Option<u8> },
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Text(String),
    List(Vec<i64>),
    Fields { a: u8 },
}

#[derive(Debug, PartialEq)]
struct Bytes(Vec<u8>);

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Bytes;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }
        }
        deserializer.deserialize_bytes(Visitor)
    }
}

#[test]
fn everything_else_is_read_as_serde_does() {
    let text = r#" {
        "integers": [-1, -2, -3, -4, -170141183460469231731687303715884105728, 1, 2, 3, 4, 340282366920938463463374607431768211455],
        "floats": [0.5, 1e300], "float": 0.25, "flag": true, "letter": "\u00e9", "nothing": null, "unit": null,
        "nested": 1, "newtype": 12345678901234567.890,
        "choices": ["Plain", {"One": 10.00}, {"Two": [1, "\n"]}, {"Fields": {"a": null, "b": [{}]}}],
        "numbered": {"-1": "a", "1": "b"}, "named": {"x": {"A": true}, "\u0079": {}}, "lettered": {"x": {"true": 1}},
        "json": {"a": [12345678901234567.890, null]}, "value": {"a": [1, "x", {"b": false}]},
        "untagged": ["t", [1, 2], {"a": 1}], "bytes": "\u00e9",
        "other": [1, {"a": null}], "another": 1
    } "#;
    let read: Everything = from_slice(text.as_bytes()).unwrap();
    assert_eq!(read, serde_json::from_str(text).unwrap());
    assert_eq!(read.newtype, Wrap(Wrap(dec!(12345678901234567.89))));
    // With the place of errors, nothing else is read.
    assert_eq!(super::super::trace::<Everything>(text.as_bytes()), Ok(read));
}

#[test]
fn raw_values_are_handed_through() {
    let raw: Vec<Box<RawValue>> = from_slice(b"[ 10.00 , {\"a\":1,\"a\":2} ]").unwrap();
    assert_eq!(raw.iter().map(|raw| raw.get()).collect::<Vec<_>>(), ["10.00", r#"{"a":1,"a":2}"#]);
    from_slice::<Vec<IgnoredAny>>(br#"[{"b":1,"b":[]}]"#).unwrap();
}

#[test]
fn only_strings_that_are_read_must_be_utf8() {
    fn read<T: DeserializeOwned>(text: &[u8]) -> Option<bool> {
        from_slice::<T>(text).map_err(|fault| fault.malformed).err()
    }
    assert_eq!(read::<Wrapped>(b"{\"note\":\"\xff\",\"card\":{\"number\":\"\"}}"), None);
    assert_eq!(read::<Wrapped>(b"{\"note\":\"\xff\",\"card\":{\"number\":\"\"}} 1"), Some(true));
    assert_eq!(read::<String>(b"\"\xff\""), Some(true));
    assert_eq!(read::<Json>(b"\"\xff\""), Some(true));
}
