//! Forms (`application/x-www-form-urlencoded`), made from the JSON of an object, so that numbers keep their digits.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::percent;
use crate::client::build_error::{BuildError, Place};

/// A JSON object as a form: scalars as text, lists as repeated keys, objects as JSON text (OpenAPI 3.0.3, Media Type Object,
/// form-urlencoded bodies).
pub(crate) fn form_from_json(json: &[u8]) -> Result<Vec<u8>, BuildError> {
    let fields: Fields<'_> = serde_json::from_slice(json)
        .map_err(|_| BuildError::new(Place::Body, "", "is not an object, as a form must be"))?;
    let mut form = String::new();
    for (name, value) in &fields.0 {
        push_field(&mut form, name, value.get())?;
    }
    Ok(form.into_bytes())
}

fn push_field(form: &mut String, name: &str, json: &str) -> Result<(), BuildError> {
    let fault = |reason| BuildError::new(Place::Body, name, reason);
    let unreadable = |_| fault("cannot be written in a form");
    match json.as_bytes().first() {
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(json).map_err(unreadable)?;
            items.iter().try_for_each(|item| match item.get().as_bytes().first() {
                Some(b'[') => Err(fault("holds a list inside a list, which a form cannot carry")),
                _ => push_field(form, name, item.get()),
            })
        }
        Some(b'n') => Err(fault("is null, which a form cannot carry")),
        Some(b'"') => {
            let text: String = serde_json::from_str(json).map_err(unreadable)?;
            push_pair(form, name, &text);
            Ok(())
        }
        _ => {
            push_pair(form, name, json);
            Ok(())
        }
    }
}

/// Appends a key and its value.
pub(crate) fn push_pair(form: &mut String, name: &str, value: &str) {
    if !form.is_empty() {
        form.push('&');
    }
    percent::push_form(form, name);
    form.push('=');
    percent::push_form(form, value);
}

/// The fields of a JSON object in their order, values as their own text.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(fields)
            }
        }

        deserializer.deserialize_map(Reader).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(json: &str) -> Result<String, String> {
        let bytes = form_from_json(json.as_bytes()).map_err(|error| error.to_string())?;
        Ok(String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn scalars_lists_and_objects_have_their_forms() {
        let json = r#"{"a b":"x y&=+%\u00e9","n":10.00,"t":true,"ids":[1,"2"],"none":[],"o":{"k":1}}"#;
        let expected = "a+b=x+y%26%3D%2B%25%C3%A9&n=10.00&t=true&ids=1&ids=2&o=%7B%22k%22%3A1%7D";
        assert_eq!(form(json).as_deref(), Ok(expected));
        assert_eq!(form("{}").as_deref(), Ok(""));
    }

    #[test]
    fn what_a_form_cannot_carry_is_refused() {
        for json in [r#"{"a":null}"#, r#"{"a":[[1]]}"#, r#"{"a":[null]}"#, "[1]", "1"] {
            assert!(form(json).is_err(), "{json}");
        }
    }

    #[test]
    fn the_fields_of_a_form_read_back_as_they_were() {
        let json = r#"{"a b":"x y&=+%\u00e9~","c":""}"#;
        let text = form(json).unwrap();
        let pairs: Vec<_> = url::form_urlencoded::parse(text.as_bytes()).into_owned().collect();
        assert_eq!(pairs, [("a b".to_owned(), "x y&=+%é~".to_owned()), ("c".to_owned(), String::new())]);
    }
}
