//! `enum` and `const`: listed values.

use super::{Docs, Shape, Span, Value};

/// Listed values.
#[derive(Clone, Debug, PartialEq)]
pub struct Enumeration {
    /// The values in the document's order, each once, null aside.
    pub values: Vec<EnumerationValue>,
    /// What the schema says of its values beside listing them.
    pub base: Box<Shape>,
    /// Whether other values are allowed as well, as under `anyOf: [{enum: [card, bank]}, {type: string}]`.
    pub open: bool,
    /// Whether the only value is given as `const`, which no later version of the API extends.
    pub constant: bool,
    /// Where the list stands.
    pub span: Span,
}

impl Enumeration {
    /// Texts as the only values of a schema, which the document writes elsewhere, at `span`: those that a discriminator has.
    #[must_use]
    pub fn of_texts(texts: &[String], base: Shape, constant: bool, span: Span) -> Self {
        let value = |text: &String| EnumerationValue {
            value: Value::String(text.clone()),
            given_name: None,
            docs: Docs::default(),
            span,
        };
        let values = texts.iter().map(value).collect();
        Self { values, base: Box::new(base), open: false, constant, span }
    }

    /// Whether objects or lists are listed, and every value is of the type that is stated.
    #[must_use]
    pub fn has_structures(&self) -> bool {
        let is_structure = |value: &Value| matches!(value, Value::Object(_) | Value::List(_));
        let is_of_type = |value: &Value| match &*self.base {
            Shape::Object(_) => matches!(value, Value::Object(_)),
            Shape::List(_) => matches!(value, Value::List(_)),
            Shape::Any(_) => true,
            _ => false,
        };
        let mut values = self.values.iter().map(|one| &one.value);
        !self.open && values.clone().any(is_structure) && values.all(is_of_type)
    }
}

/// One of listed values.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumerationValue {
    /// The value: a string, a number, a flag, or even an object.
    pub value: Value,
    /// `x-enum-varnames`: what it is called in code.
    pub given_name: Option<String>,
    /// `x-enum-descriptions`.
    pub docs: Docs,
    /// Where it stands.
    pub span: Span,
}
