//! Reading by tables, with `serde_json` as the judge.

use std::collections::BTreeMap;
use std::fmt;

use proptest::prelude::*;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::read_whole;
use crate::decode::from_slice;
use crate::json_syntax::scan::tests::{broken_texts, texts};
use crate::{Json, Maybe};

/// Any JSON, read with tables: what a list or object holds is read value by value.
#[derive(Debug)]
enum Any {
    Object(BTreeMap<String, Any>),
    List(Vec<Any>),
    Text(String),
    Number(f64),
    Flag(bool),
    Null(Option<()>),
}

crate::union!(Any { Object: object, List: array, Text: string, Number: number, Flag: boolean, Null: attempt });

/// Few of the names that texts of tests have; the others are ignored.
#[derive(Debug, PartialEq)]
struct Picked {
    b: Option<Json>,
    d: Maybe<Json>,
    ab: Option<Box<Picked>>,
}

crate::object!(Picked { b: optional, d: maybe, ab: optional });

fn to_value(any: &Any) -> serde_json::Value {
    match any {
        Any::Object(map) => map.iter().map(|(key, value)| (key.clone(), to_value(value))).collect(),
        Any::List(list) => list.iter().map(to_value).collect(),
        Any::Text(text) => text.as_str().into(),
        Any::Number(number) => (*number).into(),
        Any::Flag(flag) => (*flag).into(),
        Any::Null(_) => serde_json::Value::Null,
    }
}

/// A value, and whether a key stands twice in an object.
#[derive(Debug)]
struct Judged(serde_json::Value, bool);

impl<'de> Deserialize<'de> for Judged {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Judge)
    }
}

struct Judge;

impl<'de> Visitor<'de> for Judge {
    type Value = Judged;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Judged, E> {
        Ok(Judged(serde_json::Value::Null, false))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Judged, E> {
        Ok(Judged(value.into(), false))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Judged, E> {
        Ok(Judged(value.into(), false))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Judged, E> {
        Ok(Judged(value.into(), false))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Judged, E> {
        Ok(Judged(value.into(), false))
    }

    fn visit_str<E>(self, value: &str) -> Result<Judged, E> {
        Ok(Judged(value.into(), false))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Judged, A::Error> {
        let (mut items, mut twice) = (Vec::new(), false);
        while let Some(Judged(item, inner)) = list.next_element()? {
            items.push(item);
            twice |= inner;
        }
        Ok(Judged(items.into(), twice))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Judged, A::Error> {
        let (mut entries, mut twice) = (serde_json::Map::new(), false);
        while let Some((key, Judged(value, inner))) = map.next_entry()? {
            twice |= inner | entries.insert(key, value).is_some();
        }
        Ok(Judged(entries.into(), twice))
    }
}

/// Numbers as near as `serde_json` comes without its feature for exact ones.
fn alike(left: &serde_json::Value, right: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Number, Object};
    match (left, right) {
        (Number(left), Number(right)) => {
            let (left, right) = (left.as_f64().unwrap(), right.as_f64().unwrap());
            (left - right).abs() <= left.abs() * 1e-14
        }
        (Array(left), Array(right)) => left.len() == right.len() && left.iter().zip(right).all(|(l, r)| alike(l, r)),
        (Object(left), Object(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(l, r)| l.0 == r.0 && alike(l.1, r.1))
        }
        _ => left == right,
    }
}

fn agrees(text: &str) -> Result<(), TestCaseError> {
    match (read_whole::<Any>(text), serde_json::from_str::<Judged>(text)) {
        (Ok(any), Ok(Judged(value, false))) => prop_assert!(alike(&to_value(&any), &value), "{}", text),
        (Err(_), Ok(Judged(_, true)) | Err(_)) => {}
        (read, judged) => prop_assert!(false, "{}: {:?} but {:?}", text, read, judged),
    }
    let raw = serde_json::from_str::<&RawValue>(text);
    prop_assert_eq!(read_whole::<Json>(text).is_ok(), raw.is_ok(), "{}", text);
    let raws = serde_json::from_str::<Vec<&RawValue>>(text);
    prop_assert_eq!(from_slice::<Vec<Json>>(text.as_bytes()).is_ok(), raws.is_ok(), "{}", text);
    // Read through serde, the text is checked by `serde_json` before.
    let (picked, checked) = (read_whole::<Picked>(text), serde_json::from_str::<Picked>(text));
    prop_assert_eq!(picked.ok(), checked.ok(), "{}", text);
    Ok(())
}

proptest! {
    #[test]
    fn serde_json_reads_the_same(text in texts()) {
        agrees(&text)?;
    }

    #[test]
    fn serde_json_refuses_the_same(text in broken_texts()) {
        agrees(&text)?;
    }
}
