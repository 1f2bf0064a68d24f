//! Writing a form out of the JSON of an object, so that numbers keep their digits.

use serde_json::value::RawValue;

use super::{DEPTH, ESCAPE, delimiter};
use crate::json_syntax::Members;
use crate::param::{FieldStyle, FormStyle, ParameterTree, style_of};
use crate::wire::style::joined::{self, Delimiter};
use crate::wire::{percent, query};

/// Why an object cannot be written as a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FormError {
    /// The field at fault; empty for the whole object.
    pub(crate) field: String,
    /// What is wrong with it.
    pub(crate) reason: &'static str,
}

/// A JSON object as a form: scalars as text, lists as repeated keys, objects as JSON text (OpenAPI 3.0.3, Media Type Object,
/// form-urlencoded bodies), but for the properties with a style of their own.
pub(crate) fn encode(json: &[u8], styles: &[FieldStyle]) -> Result<Vec<u8>, FormError> {
    let object: Members<'_> = serde_json::from_slice(json)
        .map_err(|_| FormError { field: String::new(), reason: "is not an object, as a form must be" })?;
    let mut form = String::new();
    for (name, value) in &object.0 {
        match style_of(styles, name) {
            Some(FormStyle::List(style)) => match delimiter(style) {
                Some(delimiter) => push_list(&mut form, name, delimiter, value.get())?,
                None => push_field(&mut form, name, value.get())?,
            },
            None => push_field(&mut form, name, value.get())?,
            Some(FormStyle::Brackets) => push_nested(&mut form, name, value.get(), 0)?,
        }
    }
    Ok(form.into_bytes())
}

/// Appends a list as one value.
fn push_list(form: &mut String, name: &str, delimiter: Delimiter, json: &str) -> Result<(), FormError> {
    let fault = |reason| FormError { field: name.to_owned(), reason };
    let items: Vec<&RawValue> =
        serde_json::from_str(json).map_err(|_| fault("is not a list, as its style in the form says"))?;
    if items.is_empty() {
        return Ok(());
    }
    let texts = items.iter().map(|item| scalar(name, item.get()).map(ParameterTree::Text)).collect::<Result<_, _>>()?;
    let value = joined::write(&ParameterTree::List(texts), delimiter, false, ESCAPE).map_err(fault)?;
    query::push_pair(form, name, &value);
    Ok(())
}

/// Appends a value with its keys and indices in brackets. `depth` tells in how many of them it stands.
fn push_nested(form: &mut String, name: &str, json: &str, depth: usize) -> Result<(), FormError> {
    let refuse = |reason| FormError { field: name.to_owned(), reason };
    let fault = |_| refuse("cannot be written in a form");
    // Only a whole field without content reads back as what it was.
    let check = |is_empty| if is_empty && depth > 0 { Err(refuse(EMPTY)) } else { Ok(()) };
    if depth > DEPTH {
        return Err(refuse("nests objects and lists too deep for a form"));
    }
    match json.as_bytes().first() {
        Some(b'{') => {
            let object: Members<'_> = serde_json::from_str(json).map_err(fault)?;
            check(object.0.is_empty())?;
            object.0.iter().try_for_each(|(key, value)| {
                // Readers decode a name before they look for its brackets.
                if key.is_empty() || key.contains(['[', ']']) {
                    return Err(refuse("has a key that is empty or holds a bracket, which this style cannot carry"));
                }
                push_nested(form, &format!("{name}[{key}]"), value.get(), depth + 1)
            })
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(json).map_err(fault)?;
            check(items.is_empty())?;
            let mut items = items.iter().enumerate();
            items.try_for_each(|(index, item)| push_nested(form, &format!("{name}[{index}]"), item.get(), depth + 1))
        }
        _ => {
            push_pair(form, name, &scalar(name, json)?);
            Ok(())
        }
    }
}

const EMPTY: &str = "holds a list or an object without content, which a form cannot carry";

/// The text of a string, a number or a boolean.
fn scalar(name: &str, json: &str) -> Result<String, FormError> {
    let fault = |reason| FormError { field: name.to_owned(), reason };
    match json.as_bytes().first() {
        Some(b'n') => Err(fault("is null, which a form cannot carry")),
        Some(b'[' | b'{') => Err(fault("holds a list or an object where its style has only texts")),
        Some(b'"') => serde_json::from_str(json).map_err(|_| fault("cannot be written in a form")),
        _ => Ok(json.to_owned()),
    }
}

fn push_field(form: &mut String, name: &str, json: &str) -> Result<(), FormError> {
    let fault = |reason| FormError { field: name.to_owned(), reason };
    let unreadable = |_| fault("cannot be written in a form");
    match json.as_bytes().first() {
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(json).map_err(unreadable)?;
            items.iter().try_for_each(|item| match item.get().as_bytes().first() {
                Some(b'[') => Err(fault("holds a list inside a list, which a form cannot carry")),
                _ => push_field(form, name, item.get()),
            })
        }
        Some(b'{') => {
            push_pair(form, name, json);
            Ok(())
        }
        _ => {
            push_pair(form, name, &scalar(name, json)?);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::param::ListStyle;

    const STYLES: &[FieldStyle] = &[
        FieldStyle::list("commas", ListStyle::Commas),
        FieldStyle::list("pipes", ListStyle::Pipes),
        FieldStyle::brackets("deep"),
    ];

    fn form(json: &str) -> Result<String, String> {
        let bytes = encode(json.as_bytes(), STYLES).map_err(|error| error.reason.to_owned())?;
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
    fn a_style_of_its_own_is_kept() {
        for (json, expected) in [
            (r#"{"commas":["a,b","c"],"pipes":[1,2]}"#, "commas=a%2Cb,c&pipes=1%7C2"),
            (r#"{"commas":[],"deep":{}}"#, ""),
            (
                r#"{"deep":{"a b":{"c":1.50},"d":["x","y"],"e":[{"f":true}]}}"#,
                "deep%5Ba+b%5D%5Bc%5D=1.50&deep%5Bd%5D%5B0%5D=x&deep%5Bd%5D%5B1%5D=y&deep%5Be%5D%5B0%5D%5Bf%5D=true",
            ),
        ] {
            assert_eq!(form(json).as_deref(), Ok(expected), "{json}");
        }
    }

    #[test]
    fn what_a_form_cannot_carry_is_refused() {
        for json in [
            r#"{"commas":1}"#,
            r#"{"commas":[[1]]}"#,
            r#"{"pipes":["a|b"]}"#,
            r#"{"deep":{"a":null}}"#,
            r#"{"deep":{"":1}}"#,
            r#"{"deep":{"a]":1}}"#,
            r#"{"deep":{"a":{"b[c":1}}}"#,
            r#"{"deep":{"a":{}}}"#,
            r#"{"deep":[[]]}"#,
            r#"{"a":null}"#,
            r#"{"a":[[1]]}"#,
            r#"{"a":[null]}"#,
            "[1]",
            "1",
        ] {
            assert!(form(json).is_err(), "{json}");
        }
    }

    #[test]
    fn brackets_are_nested_as_deep_as_they_are_read() {
        let nested = |depth| format!(r#"{{"deep":{}1{}}}"#, r#"{"a":"#.repeat(depth), "}".repeat(depth));
        assert!(form(&nested(DEPTH)).is_ok());
        assert!(form(&nested(DEPTH + 1)).is_err());
    }

    #[test]
    fn the_fields_of_a_form_read_back_as_they_were() {
        let json = r#"{"a b":"x y&=+%\u00e9~","c":""}"#;
        let text = form(json).unwrap();
        let pairs: Vec<_> = url::form_urlencoded::parse(text.as_bytes()).into_owned().collect();
        assert_eq!(pairs, [("a b".to_owned(), "x y&=+%é~".to_owned()), ("c".to_owned(), String::new())]);
    }
}
