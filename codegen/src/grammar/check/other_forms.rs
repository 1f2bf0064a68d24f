//! Values in another form than their key asks for, in documents by others, where only one reading makes sense: a quoted number, one text
//! instead of a list of one, a list without items where PHP means an object.

use super::empty_values::is_hollow;
use super::{Checker, Name};
use crate::diagnostic::{Code, quoted};
use crate::grammar::{EXTENSION_PREFIX, Kind, Shape};
use crate::source::Span;
use crate::syntax::{Key, Mapping, Node, ScalarKind, Value};

/// Types of programming languages, each with the type and the format of OpenAPI that it names.
const FOREIGN_TYPES: &[(&str, &str, Option<&str>)] = &[
    ("str", "string", None),
    ("text", "string", None),
    ("date", "string", Some("date")),
    ("datetime", "string", Some("date-time")),
    ("date-time", "string", Some("date-time")),
    ("uuid", "string", Some("uuid")),
    ("int", "integer", None),
    ("int32", "integer", Some("int32")),
    ("int64", "integer", Some("int64")),
    ("long", "integer", Some("int64")),
    ("float", "number", Some("float")),
    ("double", "number", Some("double")),
    ("decimal", "number", None),
    ("bool", "boolean", None),
    ("list", "array", None),
    ("map", "object", None),
    ("dict", "object", None),
];

impl Checker<'_> {
    /// Gives a value the form that its shape asks for, where its own leaves no doubt.
    pub(super) fn settle_form(&mut self, node: &mut Node, shape: Shape, name: Name<'_>) {
        if !self.strictness.is_lenient() {
            return;
        }
        match shape {
            Shape::List(inner) if is_text(node) && matches!(inner, Shape::String | Shape::Any) => {
                self.one_for_list(node, name);
            }
            Shape::List(_) if node.is_mapping() && is_hollow(node) => self.other_emptiness(node, name),
            Shape::Map(_) | Shape::Named(_) | Shape::Object(_) | Shape::Ref(_) | Shape::BoolOrSchema
                if node.is_sequence() && is_hollow(node) =>
            {
                self.other_emptiness(node, name);
            }
            Shape::Object(Kind::Discriminator) if is_text(node) && node.as_str() != Some("") => {
                self.name_for_discriminator(node)
            }
            Shape::Bool | Shape::Number | Shape::Count => self.unquote(node, shape, name),
            Shape::Word(words) => self.other_case(node, words, name),
            _ => {}
        }
    }

    fn one_for_list(&mut self, node: &mut Node, name: Name<'_>) {
        let message = format!("{} is a list, and this text is read as its only item", name.words());
        self.diagnostics.warning(Code::WrongType, message, node.span).help("write `[` and `]` around it");
        let item = node.clone();
        node.value = Value::Sequence(vec![item]);
    }

    fn other_emptiness(&mut self, node: &mut Node, name: Name<'_>) {
        let (is, read, right) = match node.value {
            Value::Sequence(_) => ("list", "object", "{}"),
            _ => ("object", "list", "[]"),
        };
        let message = format!("{} is an empty {is}, and read as an empty {read}", name.words());
        self.diagnostics.warning(Code::WrongType, message, node.span).help(format!("write `{right}`"));
        node.value = if is == "list" { Value::Mapping(Mapping::default()) } else { Value::Sequence(Vec::new()) };
    }

    /// Swagger 2.0 had the name of the property in this place.
    fn name_for_discriminator(&mut self, node: &mut Node) {
        let message = "`discriminator` is an object, and this text is read as its `propertyName`";
        self.diagnostics
            .warning(Code::WrongType, message, node.span)
            .help("write an object with the key `propertyName`");
        let span = node.span;
        *node = Node::mapping(vec![(Key::new("propertyName", true, span), node.clone())], span);
    }

    /// Whether this is a value of one of our own extensions. What follows from these is too grave for a guess.
    fn is_ours(&self, name: Name<'_>) -> bool {
        name.key.starts_with(EXTENSION_PREFIX) || self.around.last().is_some_and(|kind| !Kind::ALL.contains(kind))
    }

    fn unquote(&mut self, node: &mut Node, shape: Shape, name: Name<'_>) {
        let span = node.span;
        let Some(scalar) = node.as_scalar().filter(|scalar| scalar.kind == ScalarKind::String) else { return };
        let (kind, text) = (ScalarKind::of_plain(&scalar.text), scalar.text.clone());
        let fits = match shape {
            Shape::Bool => kind == ScalarKind::Bool,
            _ => matches!(kind, ScalarKind::Integer | ScalarKind::Float),
        };
        if !fits || self.is_ours(name) {
            return;
        }
        let what = if kind == ScalarKind::Bool { "boolean" } else { "number" };
        let message = format!("{} is a {what}, and this text is read as one", name.words());
        self.diagnostics.warning(Code::WrongType, message, span).help(format!("write {text} without quotes"));
        *node = Node::scalar(text, false, span);
    }

    /// A word with capitals where it has none, or the other way round.
    pub(super) fn other_case(&mut self, node: &mut Node, words: &'static [&'static str], name: Name<'_>) {
        let Some(text) = node.as_str().filter(|text| !words.contains(text)) else { return };
        let Some(word) = words.iter().copied().find(|word| word.eq_ignore_ascii_case(text)) else { return };
        if self.is_ours(name) {
            return;
        }
        let message = format!("{} is not a value of {}, and read as `{word}`", quoted(text), name.words());
        self.read_as(node, word, message);
    }

    /// `type` of a schema in the words of a programming language.
    pub(super) fn foreign_type(&mut self, schema: &mut Node) {
        let Some(mapping) = schema.as_mapping_mut().filter(|_| self.strictness.is_lenient()) else { return };
        let Some(stated) = mapping.get_mut("type") else { return };
        let text = stated.as_str().map(str::to_ascii_lowercase).unwrap_or_default();
        let Some(&(_, word, format)) = FOREIGN_TYPES.iter().find(|(foreign, ..)| *foreign == text) else { return };
        let span = stated.span;
        let message = format!("`{text}` is no type of OpenAPI, and read as `{word}`");
        self.read_as(stated, word, message);
        if let Some(format) = format.filter(|_| mapping.position("format").is_none()) {
            mapping.push(Key::new("format", true, span), Node::scalar(format, true, span));
        }
    }

    fn read_as(&mut self, node: &mut Node, word: &str, message: String) {
        let span: Span = node.span;
        self.diagnostics.warning(Code::UnknownValue, message, span).help(format!("write `{word}`"));
        *node = Node::scalar(word, true, span);
    }

    /// Paths without the slash that each begins with.
    pub(super) fn add_slashes(&mut self, paths: &mut Node) {
        let Some(mapping) = paths.as_mapping_mut().filter(|_| self.strictness.is_lenient()) else { return };
        let lacks = |(key, value): &(Key, Node)| {
            !key.text().starts_with('/') && !key.text().starts_with("x-") && key.text() != "$ref" && value.is_mapping()
        };
        let rest: Vec<(Key, Node)> = mapping.entries().iter().filter(|entry| lacks(entry)).cloned().collect();
        if rest.is_empty() {
            return;
        }
        mapping.retain(|entry| !lacks(entry));
        for (key, value) in rest {
            let path = format!("/{}", key.text());
            let message = format!(
                "the path {} does not start with a slash, and is read as {}",
                quoted(key.text()),
                quoted(&path)
            );
            self.diagnostics.warning(Code::PathTemplate, message, key.span).help(format!("write {}", quoted(&path)));
            mapping.push(Key::new(path, key.quoted, key.span), value);
        }
    }
}

fn is_text(node: &Node) -> bool {
    node.kind() == Some(ScalarKind::String)
}
