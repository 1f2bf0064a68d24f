//! Reads the fields of a form body (`application/x-www-form-urlencoded`), whose texts do not tell strings from numbers.
//!
//! Each field is read as the first of the JSON values its text may stand for that its type takes: a string, then the text itself
//! (numbers, booleans, objects), then a list. So a form is decoded by the same code as JSON, to the digit.

use std::fmt;

use serde::de::DeserializeOwned;

use crate::body_kinds::form::FormFields;
use crate::body_kinds::text::NOT_UTF8;
use crate::decode::{self, DecodeFault};
use crate::operation::FieldStyle;
use crate::presence::{Maybe, Patch};
use crate::server::rejection::Rejection;
use crate::server::rejection::location::{RequestLocation, Source};

/// The fields of a form body. Fields that are not asked for are ignored unless [`deny_unknown`](Self::deny_unknown) says otherwise. Its
/// `Debug` form shows no key and no value.
pub struct FormReader<'b> {
    fields: FormFields<'b>,
}

impl fmt::Debug for FormReader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FormReader").field("fields", &self.fields.len()).finish_non_exhaustive()
    }
}

impl<'b> FormReader<'b> {
    /// Reads a form; one that is not there is empty where the body is optional.
    pub(crate) fn read(body: &'b [u8], required: bool, styles: &'static [FieldStyle]) -> Result<Self, Rejection> {
        let whole = |detail| Rejection::at(RequestLocation::Body(String::new()), detail);
        if body.is_empty() && required {
            return Err(whole("it is required"));
        }
        let text = std::str::from_utf8(body).map_err(|_| whole(NOT_UTF8))?;
        let fields = FormFields::read(text, styles).map_err(|pair| Rejection::malformed(Source::Form, &pair))?;
        Ok(Self { fields })
    }

    /// A field that must be there; one without content is there if nothing is.
    pub fn required<T: DeserializeOwned>(&self, key: &str) -> Result<T, Rejection> {
        if let Some(value) = self.optional(key)? {
            return Ok(value);
        }
        self.fields.absent(key).ok_or_else(|| Rejection::at(Source::Form.location(key), "it is required"))
    }

    /// A field that must be there and may be null, which no form can say.
    pub fn nullable<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Rejection> {
        self.required(key).map(Some)
    }

    /// A field that may be left out.
    pub fn optional<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Rejection> {
        let value = self.fields.value(key).and_then(|value| value.map(|value| value.decode(served)).transpose());
        value.map_err(|fault| reject(fault.under(key)))
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
        if self.fields.properties().all(|property| known.contains(&property)) {
            return Ok(());
        }
        Err(Rejection::at(RequestLocation::Body(String::new()), format!("the only fields are {}", known.join(", "))))
    }

    /// Reads the whole form as one value, taking another reading of a field where decoding stops at it.
    pub(crate) fn whole<T: DeserializeOwned>(&self) -> Result<T, Rejection> {
        self.fields.whole().and_then(|whole| whole.decode(served)).map_err(reject)
    }
}

/// Decodes what a client of the API sent.
fn served<T: DeserializeOwned>(json: &str) -> Result<T, DecodeFault> {
    decode::serving(|| decode::from_slice(json.as_bytes()))
}

fn reject(fault: DecodeFault) -> Rejection {
    Rejection::at(RequestLocation::Body(fault.pointer), fault.message)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;
    use crate::decimal::Decimal;
    use crate::operation::ListStyle;

    const STYLES: &[FieldStyle] = &[
        FieldStyle::list("commas", ListStyle::Commas),
        FieldStyle::list("spaces", ListStyle::Spaces),
        FieldStyle::brackets("deep"),
    ];

    fn form(body: &str) -> FormReader<'_> {
        FormReader::read(body.as_bytes(), true, STYLES).expect("a form")
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
            assert!(matches!(refused.location(), Some(RequestLocation::Body(_))), "{refused}");
            assert!(!refused.to_string().contains("4111"), "{refused}");
        }
        for malformed in ["a=%ff", "a%5B=1&a%5=1", "%=1", "a=1&b=%zz"] {
            assert!(FormReader::read(malformed.as_bytes(), true, STYLES).is_err(), "{malformed}");
        }
        assert!(FormReader::read(b"", true, STYLES).is_err());
        assert!(FormReader::read(b"", false, STYLES).is_ok());
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
        assert_eq!(refused.location(), Some(&RequestLocation::Body("/amount".to_owned())));
        assert!(form("reference=7").whole::<Payment>().is_err());
        let without_items: Payment = form("reference=7&amount=1").whole().unwrap();
        assert!(without_items.ids.is_empty(), "a list without items has no pair");
        let refused = form("ids=3&amount=1").whole::<Payment>().unwrap_err();
        assert!(refused.to_string().contains("missing field `reference`"), "{refused}");
    }

    #[test]
    fn names_that_stand_twice_are_read_once() {
        let form = form("b=1&a=2&b=3&c=4");
        let read = form.whole::<BTreeMap<String, Vec<String>>>().unwrap();
        assert_eq!(read.keys().collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(read["b"], ["1", "3"]);
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Deep {
        name: String,
        prices: Vec<Decimal>,
        #[serde(default)]
        lines: Vec<Line>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Line {
        count: u8,
    }

    #[test]
    fn styles_of_properties_are_read() {
        let form = form(
            "commas=a%2Cb,c&spaces=1+2%203&deep[name]=7&deep[prices][]=1.50&deep[prices][]=2&deep[lines][0][count]=1&deep%5Blines%5D%5B1%5D%5Bcount%5D=2",
        );
        assert_eq!(form.required::<Vec<String>>("commas").unwrap(), ["a,b", "c"]);
        assert_eq!(form.required::<Vec<u8>>("spaces").unwrap(), [1, 2, 3]);
        let deep: Deep = form.required("deep").unwrap();
        assert_eq!((deep.name.as_str(), &deep.lines[..]), ("7", &[Line { count: 1 }, Line { count: 2 }][..]));
        assert_eq!(deep.prices, [decimal("1.50"), decimal("2")]);
        assert!(
            form.deny_unknown(&["commas", "spaces", "deep"]).is_ok()
                && form.deny_unknown(&["commas", "spaces"]).is_err()
        );
        let whole: BTreeMap<String, serde_json::Value> = form.whole().unwrap();
        assert_eq!(whole["deep"]["lines"][1]["count"], "2");
    }

    #[test]
    fn nested_faults_name_their_place() {
        let refused = form("deep[name]=a&deep[prices][0]=x").required::<Deep>("deep").unwrap_err();
        assert_eq!(refused.location(), Some(&RequestLocation::Body("/deep/prices/0".to_owned())));
        let refused = form("deep=1&deep[a]=2").required::<Deep>("deep").unwrap_err();
        assert!(refused.to_string().contains("both a text and an object"), "{refused}");
        assert!(form("x=1").required::<BTreeMap<String, u8>>("deep").unwrap().is_empty());
        let many = format!("deep{}=1", "[a]".repeat(40));
        assert!(form(&many).optional::<Deep>("deep").unwrap().is_none());
    }
}
