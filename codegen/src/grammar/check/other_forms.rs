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

const TYPES_AND_NULL: &[&str] = &["string", "number", "integer", "boolean", "object", "array", "null"];

impl Checker<'_> {
    /// Gives a value the form that its shape asks for, where its own leaves no doubt.
    pub(super) fn settle_form(&mut self, node: &mut Node, shape: Shape, name: Name<'_>) {
        if !self.strictness.is_lenient() {
            return;
        }
        match shape {
            Shape::List(inner)
                if is_text(node)
                    && matches!(inner, Shape::String | Shape::Any)
                    && !self.may_be_several(node, *inner, name) =>
            {
                self.one_for_list(node, name);
            }
            Shape::List(_) if node.is_mapping() && is_hollow(node) => self.other_emptiness(node, name),
            Shape::Map(_) | Shape::Named(_) | Shape::Object(_) | Shape::Ref(_) | Shape::BoolOrSchema
                if node.is_sequence() && is_hollow(node) =>
            {
                self.other_emptiness(node, name);
            }
            Shape::Object(Kind::Discriminator) if is_text(node) && node.as_str() != Some("") => {
                self.name_for_discriminator(node);
            }
            Shape::Bool | Shape::Number | Shape::Count => self.unquote(node, shape, name),
            Shape::Word(words) => self.other_case(node, words, name),
            _ => {}
        }
    }

    /// Whether a text instead of the names or values that a schema lists may stand for several of them.
    fn may_be_several(&self, node: &Node, inner: Shape, name: Name<'_>) -> bool {
        let is_told = name.key == "enum" || matches!(inner, Shape::String) && self.around.last() == Some(&Kind::Schema);
        is_told && node.as_str().is_some_and(|text| text.contains(|char: char| char == ',' || char.is_whitespace()))
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
        *node = Node::scalar(text, false, span);
        let help = format!("write {} without quotes", node.to_json_text());
        self.diagnostics.warning(Code::WrongType, message, span).help(help);
    }

    /// A word with capitals where it has none, or the other way round.
    fn other_case(&mut self, node: &mut Node, words: &'static [&'static str], name: Name<'_>) {
        let Some(text) = node.as_str().filter(|text| !words.contains(text)) else { return };
        let Some(word) = words.iter().copied().find(|word| word.eq_ignore_ascii_case(text)) else { return };
        if self.is_ours(name) {
            return;
        }
        let message = format!("{} is not a value of {}, and read as `{word}`", quoted(text), name.words());
        self.read_as(node, word, message);
    }

    /// `type` of a schema in the words of a programming language or in other letters, one or a list of them.
    pub(super) fn foreign_types(&mut self, schema: &mut Node) {
        let mut format = schema.get("format").and_then(Node::as_str).map(str::to_owned);
        let has_format = schema.get("format").is_some();
        let Some(mapping) = schema.as_mapping_mut().filter(|_| self.strictness.is_lenient()) else { return };
        let Some(stated) = mapping.get_mut("type") else { return };
        let span = stated.span;
        if stated.is_sequence() {
            for item in stated.items_mut() {
                self.foreign_type(item, &mut format);
            }
        } else {
            self.foreign_type(stated, &mut format);
        }
        if let Some(format) = format.filter(|_| !has_format) {
            mapping.push(Key::new("format", true, span), Node::scalar(format, true, span));
        }
    }

    /// Reads one type, and finds the format that it names; `format` is what the schema has.
    fn foreign_type(&mut self, node: &mut Node, format: &mut Option<String>) {
        let text = node.as_str().unwrap_or_default().to_owned();
        let known = FOREIGN_TYPES.iter().find(|(foreign, ..)| foreign.eq_ignore_ascii_case(&text));
        let Some(&(_, word, named)) = known else {
            return self.other_case(node, TYPES_AND_NULL, Name::of("type"));
        };
        let message = format!("{} is no type of OpenAPI, and read as `{word}`", quoted(&text));
        let Some(named) = named else { return self.read_as(node, word, message) };
        let stated = format.get_or_insert_with(|| named.to_owned());
        if stated == named {
            let help = format!("write `{word}`, with `format: {named}` beside it");
            self.diagnostics.warning(Code::UnknownValue, message, node.span).help(help);
        } else {
            let message = format!("{} is no type of OpenAPI, and {} is another format", quoted(&text), quoted(stated));
            let help = format!("write `{word}`, and under `format` the one that is meant");
            self.diagnostics.error(Code::UnknownValue, message, node.span).help(help);
        }
        *node = Node::scalar(word, true, node.span);
    }

    fn read_as(&mut self, node: &mut Node, word: &str, message: String) {
        let span: Span = node.span;
        self.diagnostics.warning(Code::UnknownValue, message, span).help(format!("write `{word}`"));
        *node = Node::scalar(word, true, span);
    }

    /// Paths without the slash that each begins with.
    pub(super) fn add_slashes(&mut self, paths: &mut Node) {
        let Some(mapping) = paths.as_mapping_mut().filter(|_| self.strictness.is_lenient()) else { return };
        let rest: Vec<(Key, Node)> = mapping.entries().iter().filter(|entry| lacks_slash(entry)).cloned().collect();
        if rest.is_empty() {
            return;
        }
        mapping.retain(|entry| !lacks_slash(entry));
        for (key, value) in rest {
            let path = format!("/{}", key.text());
            let (is, read_as) = (quoted(key.text()), quoted(&path));
            let message = format!("the path {is} does not start with a slash, and is read as {read_as}");
            if let Some((first, _)) = mapping.entries().iter().find(|(other, _)| other.text() == path) {
                self.diagnostics
                    .error(Code::DuplicateKey, format!("{message}, which stands there, too"), key.span)
                    .label(first.span, "stands here")
                    .help("keep one of the two, or rename one");
                continue;
            }
            self.diagnostics.warning(Code::PathTemplate, message, key.span).help(format!("write {read_as}"));
            mapping.push(Key::new(path, key.quoted, key.span), value);
        }
    }
}

/// Whether a key is a path but for its slash. A whole URL and a query are none.
fn lacks_slash((key, value): &(Key, Node)) -> bool {
    let text = key.text();
    let is_other = text.starts_with('/') || text.starts_with("x-") || text == "$ref";
    !is_other && !text.contains("://") && !text.contains('?') && value.is_mapping()
}

fn is_text(node: &Node) -> bool {
    node.kind() == Some(ScalarKind::String)
}
