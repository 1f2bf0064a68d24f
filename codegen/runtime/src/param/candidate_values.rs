//! Reads an object or a union from the texts of a parameter, which do not tell strings from numbers.
//!
//! Each text is read as the first of the JSON values it may stand for that its type takes: a string, then a number or a boolean, then
//! a list of one. Where decoding stops, the value at that place gets its next reading, and decoding starts again.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::{ParamError, ParameterTree};
use crate::decode::{self, DecodeFault, pointer};
use crate::json_syntax::untyped_scalars::{push_list, push_object, quoted};

/// How often a value is decoded again with another reading of a part of it.
const ATTEMPTS: usize = 256;

/// A value by its texts.
pub(super) fn decode<T: DeserializeOwned>(tree: ParameterTree) -> Result<T, ParamError> {
    let mut root = Node::of(tree);
    for _ in 0..ATTEMPTS {
        let mut json = String::new();
        root.write(&mut json);
        let fault = match decode::from_slice(json.as_bytes()) {
            Ok(value) => return Ok(value),
            Err(fault) => fault,
        };
        let segments: Vec<String> = pointer::segments(&fault.pointer).collect();
        root.advance(&segments, fault).map_err(|fault| refused(&fault))?;
    }
    Err(ParamError::because("it has too many parts of another type"))
}

/// Says where inside of the value what is wrong.
fn refused(fault: &DecodeFault) -> ParamError {
    match fault.pointer.as_str() {
        "" => ParamError::because(fault.message.clone()),
        inside => ParamError::because(format!("{inside}: {}", fault.message)),
    }
}

/// The items of a list that came as an object, whose names are its indices, in their order.
pub(super) fn items(members: Vec<(String, ParameterTree)>) -> Option<Vec<ParameterTree>> {
    has_indices(&members).then(|| by_index(members))
}

/// Whether the names of all members are indices, each once.
fn has_indices<T>(members: &[(String, T)]) -> bool {
    let indices: Option<BTreeSet<u32>> = members.iter().map(|(name, _)| index(name)).collect();
    indices.is_some_and(|indices| !indices.is_empty() && indices.len() == members.len())
}

/// The members in the order of their indices.
fn by_index<T>(mut members: Vec<(String, T)>) -> Vec<T> {
    members.sort_by_key(|(name, _)| index(name));
    members.into_iter().map(|(_, item)| item).collect()
}

fn index(name: &str) -> Option<u32> {
    let is_index = name.bytes().all(|byte| byte.is_ascii_digit());
    name.parse().ok().filter(|_| is_index)
}

/// A part of the value with the reading it has now.
struct Node {
    form: Form,
    /// Why its first reading was refused: it names the type that is expected.
    first: Option<DecodeFault>,
}

enum Form {
    /// A text as a JSON string.
    Quoted(String),
    /// A text that is a number or a boolean.
    Bare(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    fn new(form: Form) -> Self {
        Self { form, first: None }
    }

    fn of(tree: ParameterTree) -> Self {
        Self::new(match tree {
            ParameterTree::Text(text) => Form::Quoted(text),
            ParameterTree::List(items) => Form::List(items.into_iter().map(Self::of).collect()),
            ParameterTree::Object(members) => {
                Form::Object(members.into_iter().map(|(name, member)| (name, Self::of(member))).collect())
            }
        })
    }

    fn write(&self, json: &mut String) {
        match &self.form {
            Form::Quoted(text) => json.push_str(&quoted(text)),
            Form::Bare(text) => json.push_str(text),
            Form::List(items) => push_list(json, items, Self::write),
            Form::Object(members) => push_object(json, members, Self::write),
        }
    }

    /// Gives the part where decoding stopped its next reading. Where that has none, a union may have refused what is inside, so the
    /// texts below become bare. The error is why the part was refused first.
    fn advance(&mut self, segments: &[String], fault: DecodeFault) -> Result<(), DecodeFault> {
        if let Some((segment, rest)) = segments.split_first()
            && let Some(child) = self.child(segment)
        {
            return child.advance(rest, fault);
        }
        let first = self.first.get_or_insert(fault).clone();
        if self.next_reading() || self.bare_below() { Ok(()) } else { Err(first) }
    }

    fn child(&mut self, segment: &str) -> Option<&mut Self> {
        match &mut self.form {
            Form::Quoted(_) | Form::Bare(_) => None,
            Form::List(items) => items.get_mut(segment.parse::<usize>().ok()?),
            Form::Object(members) => members.iter_mut().find(|(name, _)| name == segment).map(|(_, member)| member),
        }
    }

    fn next_reading(&mut self) -> bool {
        let next = match std::mem::replace(&mut self.form, Form::List(Vec::new())) {
            Form::Quoted(text) if is_bare(&text) => Ok(Form::Bare(text)),
            Form::Quoted(text) | Form::Bare(text) => Ok(Form::List(vec![Self::new(Form::Quoted(text))])),
            Form::Object(members) if has_indices(&members) => Ok(Form::List(by_index(members))),
            other => Err(other),
        };
        let is_new = next.is_ok();
        self.form = next.unwrap_or_else(|form| form);
        is_new
    }

    /// Takes the quotes off every text below that is a number or a boolean; whether there was one.
    fn bare_below(&mut self) -> bool {
        match &mut self.form {
            Form::Quoted(text) if is_bare(text) => {
                self.form = Form::Bare(std::mem::take(text));
                true
            }
            Form::Quoted(_) | Form::Bare(_) => false,
            Form::List(items) => items.iter_mut().map(Self::bare_below).filter(|bare| *bare).count() > 0,
            Form::Object(members) => {
                members.iter_mut().map(|(_, member)| member.bare_below()).filter(|bare| *bare).count() > 0
            }
        }
    }
}

/// Whether a text is a number or a boolean of JSON.
fn is_bare(text: &str) -> bool {
    let starts = text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | 't' | 'f'));
    let ends = text.ends_with(|last: char| last.is_ascii_alphanumeric());
    starts && ends && serde_json::from_str::<&RawValue>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;
    use crate::decimal::Decimal;

    fn text(value: &str) -> ParameterTree {
        ParameterTree::Text(value.to_owned())
    }

    fn object(members: Vec<(&str, ParameterTree)>) -> ParameterTree {
        ParameterTree::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Filter {
        reference: String,
        amount: Option<Decimal>,
        #[serde(default)]
        tags: Vec<String>,
        #[serde(default)]
        days: Vec<u8>,
        #[serde(default)]
        limits: BTreeMap<String, bool>,
    }

    #[test]
    fn types_decide_what_a_text_stands_for() {
        let filter: Filter = decode(object(vec![
            ("reference", text("7")),
            ("amount", text("12.50")),
            ("tags", text("5")),
            ("days", object(vec![("1", text("2")), ("0", text("1"))])),
            ("limits", object(vec![("0", text("true"))])),
        ]))
        .unwrap();
        assert_eq!(filter.amount.map(|amount| amount.to_string()).as_deref(), Some("12.50"));
        assert_eq!((filter.reference.as_str(), filter.tags), ("7", vec!["5".to_owned()]));
        assert_eq!((filter.days, filter.limits["0"]), (vec![1, 2], true));
    }

    #[test]
    fn branches_of_a_union_are_tried_with_numbers() {
        #[derive(Debug, Deserialize, PartialEq)]
        #[serde(untagged)]
        enum Created {
            Exactly(i64),
            Range { gte: i64 },
        }
        assert_eq!(decode(text("5")), Ok(Created::Exactly(5)));
        assert_eq!(decode(object(vec![("gte", text("5"))])), Ok(Created::Range { gte: 5 }));
    }

    #[test]
    fn faults_name_the_place_and_quote_nothing() {
        let refused = |tree| decode::<Filter>(tree).unwrap_err().to_string();
        let error = refused(object(vec![("reference", text("x")), ("amount", text("4111x"))]));
        assert!(error.starts_with("/amount: ") && !error.contains("4111"), "{error}");
        assert!(refused(object(vec![])).contains("reference"));
        assert!(!refused(text("4111")).contains("4111"));
        let repeated = object(vec![("0", text("1")), ("00", text("1"))]);
        assert!(refused(object(vec![("reference", text("x")), ("days", repeated)])).starts_with("/days: "));
    }

    #[test]
    fn deep_and_wide_values_end() {
        let mut deep = text("x");
        for _ in 0..200 {
            deep = object(vec![("a", deep)]);
        }
        assert!(decode::<Filter>(deep).is_err());
        let names: Vec<String> = (0..2000).map(|index| format!("n{index}")).collect();
        let wide = object(names.iter().map(|name| (name.as_str(), text("1"))).collect());
        assert!(decode::<BTreeMap<String, i64>>(wide).is_err());
    }
}
