//! Reads a form (`application/x-www-form-urlencoded`), whose texts do not tell strings from numbers.
//!
//! Each field is read as the first of the JSON values its text may stand for that its type takes: a string, then the text itself
//! (numbers, booleans, objects), then a list. So a form is decoded by the same code as JSON, to the digit.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;

use super::parameters::Source;
use super::rejection::{Place, Rejection};
use crate::decode::{self, DecodeFault, pointer};
use crate::presence::{Maybe, Patch};
use crate::wire::form::{self, quote, readings};

/// How often a whole form is decoded again with another reading of one of its fields.
const ATTEMPTS: usize = 64;

/// The fields of a form body. Fields that are not asked for are ignored unless [`deny_unknown`](Self::deny_unknown) says otherwise. Its
/// `Debug` form shows no key and no value.
pub struct FormReader<'b> {
    fields: form::Fields<'b>,
}

impl fmt::Debug for FormReader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FormReader").field("fields", &self.fields.len()).finish_non_exhaustive()
    }
}

impl<'b> FormReader<'b> {
    /// Reads a form; one that is not there is empty where the body is optional.
    pub(crate) fn read(body: &'b [u8], required: bool) -> Result<Self, Rejection> {
        let whole = |detail| Rejection::at(Place::Body(String::new()), detail);
        if body.is_empty() && required {
            return Err(whole("it is required"));
        }
        let text = std::str::from_utf8(body).map_err(|_| whole("it is not UTF-8"))?;
        let fields = form::fields(text).map_err(|pair| Source::Form.malformed(&pair))?;
        Ok(Self { fields })
    }

    /// A field that must be there. A list without items has no form of its own: it is there if nothing is.
    pub fn required<T: DeserializeOwned>(&self, key: &str) -> Result<T, Rejection> {
        if let Some(value) = self.optional(key)? {
            return Ok(value);
        }
        let only_a_list = decode::from_slice::<T>(b"0").is_err();
        match decode::from_slice(b"[]") {
            Ok(empty) if only_a_list => Ok(empty),
            _ => Err(Rejection::at(Source::Form.place(key), "it is required")),
        }
    }

    /// A field that must be there and may be null, which no form can say.
    pub fn nullable<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Rejection> {
        self.required(key).map(Some)
    }

    /// A field that may be left out.
    pub fn optional<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Rejection> {
        let Some(texts) = self.fields.get(key) else {
            return Ok(None);
        };
        let mut first = None;
        for reading in readings(texts) {
            match decode::from_slice(reading.as_bytes()) {
                Ok(value) => return Ok(Some(value)),
                Err(fault) => first = first.or(Some(fault)),
            }
        }
        Err(reject(key, first))
    }

    /// A field that may be left out, and that no form can clear.
    pub fn patch<T: DeserializeOwned>(&self, key: &str) -> Result<Patch<T>, Rejection> {
        Ok(self.optional(key)?.map_or(Patch::Keep, Patch::Set))
    }

    /// A field that may be left out, and that no form can make null.
    pub fn maybe<T: DeserializeOwned>(&self, key: &str) -> Result<Maybe<T>, Rejection> {
        Ok(self.optional(key)?.map_or(Maybe::Absent, Maybe::Value))
    }

    /// Refuses every field that is not one of these (`additionalProperties: false`).
    pub fn deny_unknown(&self, known: &[&str]) -> Result<(), Rejection> {
        if self.fields.keys().all(|key| known.contains(&key.as_ref())) {
            return Ok(());
        }
        Err(Rejection::at(Place::Body(String::new()), format!("the only fields are {}", known.join(", "))))
    }

    /// Reads the whole form as one value, taking another reading of a field where decoding stops at it.
    pub(crate) fn whole<T: DeserializeOwned>(&self) -> Result<T, Rejection> {
        let mut fields: BTreeMap<&str, Readings> =
            self.fields.iter().map(|(key, texts)| (key.as_ref(), Readings::of(texts))).collect();
        let mut fault = None;
        for _ in 0..ATTEMPTS {
            let json = assemble(&fields);
            let refused = match decode::from_slice(json.as_bytes()) {
                Ok(value) => return Ok(value),
                Err(refused) => refused,
            };
            let key = pointer::segments(&refused.pointer).next().unwrap_or_default();
            let Some(field) = fields.get_mut(key.as_str()) else {
                return Err(reject("", Some(refused)));
            };
            if !field.next(refused.clone()) {
                return Err(reject("", field.first.take()));
            }
            fault = fault.or(Some(refused));
        }
        Err(reject("", fault))
    }
}

/// What one field of a whole form may stand for, and how far these readings were tried.
struct Readings {
    current: String,
    /// The next ones, last first.
    others: Vec<String>,
    /// Why the first one was refused: it names the type that is expected.
    first: Option<DecodeFault>,
}

impl Readings {
    fn of(texts: &[Cow<'_, str>]) -> Self {
        let mut others: Vec<_> = readings(texts).collect();
        others.reverse();
        Self { current: others.pop().unwrap_or_default(), others, first: None }
    }

    fn next(&mut self, fault: DecodeFault) -> bool {
        self.first.get_or_insert(fault);
        let next = self.others.pop();
        let there = next.is_some();
        self.current = next.unwrap_or_default();
        there
    }
}

fn assemble(fields: &BTreeMap<&str, Readings>) -> String {
    let fields: Vec<_> = fields.iter().map(|(key, field)| format!("{}:{}", quote(key), field.current)).collect();
    format!("{{{}}}", fields.join(","))
}

fn reject(key: &str, fault: Option<DecodeFault>) -> Rejection {
    let mut place = String::new();
    if !key.is_empty() {
        pointer::push(&mut place, key);
    }
    let (inner, message) = fault.map_or_else(Default::default, |fault| (fault.pointer, fault.message));
    Rejection::at(Place::Body(place + &inner), message)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::decimal::Decimal;

    fn form(body: &str) -> FormReader<'_> {
        FormReader::read(body.as_bytes(), true).expect("a form")
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn types_decide_what_a_text_stands_for() {
        let form = form("s=10.00&n=10.00&b=true&ids=1&ids=2&one=x&o=%7B%22k%22%3A1%7D&a+b=x%2By&e=");
        assert_eq!(form.required::<String>("s").unwrap(), "10.00");
        assert_eq!(form.required::<Decimal>("n").unwrap().to_string(), "10.00");
        assert!(form.required::<bool>("b").unwrap());
        assert_eq!(form.required::<Vec<u8>>("ids").unwrap(), [1, 2]);
        assert_eq!(form.required::<Vec<String>>("ids").unwrap(), ["1", "2"]);
        assert_eq!(form.required::<Vec<String>>("one").unwrap(), ["x"]);
        assert_eq!(form.required::<BTreeMap<String, u8>>("o").unwrap()["k"], 1);
        assert_eq!(form.required::<String>("a b").unwrap(), "x+y");
        assert_eq!(form.required::<String>("e").unwrap(), "");
        assert_eq!(form.optional::<String>("z").unwrap(), None);
        assert!(form.required::<Vec<String>>("z").unwrap().is_empty());
    }

    #[test]
    fn faults_name_their_field_and_quote_nothing() {
        let form = form("n=4111x&ids=1&ids=2&null=null");
        for refused in [
            form.required::<u32>("n").unwrap_err(),
            form.required::<String>("ids").unwrap_err(),
            form.required::<String>("z").unwrap_err(),
            form.required::<bool>("null").unwrap_err(),
            form.deny_unknown(&["n"]).unwrap_err(),
        ] {
            assert!(matches!(refused.place(), Some(Place::Body(_))), "{refused}");
            assert!(!refused.to_string().contains("4111"), "{refused}");
        }
        for malformed in ["a=%ff", "a%5B=1&a%5=1", "%=1", "a=1&b=%zz"] {
            assert!(FormReader::read(malformed.as_bytes(), true).is_err(), "{malformed}");
        }
        assert!(FormReader::read(b"", true).is_err());
        assert!(FormReader::read(b"", false).is_ok());
    }

    #[test]
    fn a_whole_form_is_one_value() {
        #[derive(Debug, Deserialize, PartialEq)]
        struct Payment {
            reference: String,
            amount: Decimal,
            ids: Vec<u8>,
        }
        let payment: Payment = form("reference=7&amount=12.50&ids=3").whole().unwrap();
        assert_eq!(payment, Payment { reference: "7".to_owned(), amount: decimal("12.50"), ids: vec![3] });
        let refused = form("reference=7&amount=x&ids=3").whole::<Payment>().unwrap_err();
        assert_eq!(refused.place(), Some(&Place::Body("/amount".to_owned())));
        assert!(form("reference=7").whole::<Payment>().is_err());
    }
}
