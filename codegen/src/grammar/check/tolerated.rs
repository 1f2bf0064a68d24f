//! What documents by others have in places where it can mean nothing, so that they are read without it.

use super::{Checker, Keep};
use crate::diagnostic::{Code, quoted};
use crate::grammar::{Field, Kind, Need, Shape, Version};
use crate::syntax::{Key, Node, ScalarKind};

impl Checker<'_> {
    /// A `$ref` where a text belongs. What it names is no text of this document: an optional one is read as absent, a description that
    /// has to be there as empty. `None` where this is something else, or a text that nothing can be read without.
    pub(super) fn reference_for_text(
        &mut self,
        kind: Kind,
        field: &Field,
        key: &Key,
        value: &mut Node,
    ) -> Option<Keep> {
        let (name, _) = value.entry("$ref")?;
        let is_text = matches!(field.shape, Shape::String) && field.need != Need::Required;
        if !is_text || !self.strictness.is_lenient() {
            return None;
        }
        let what = quoted(key.text());
        let message = format!("{what} of {} is a text, and no reference can stand for it", kind.name());
        self.diagnostics
            .warning(Code::MisplacedReference, message, name.span)
            .help("write the text itself here; it is left out");
        if field.need == Need::Optional {
            return Some(Keep::No);
        }
        *value = Node::scalar("", true, value.span);
        Some(Keep::Yes)
    }

    /// Whether this is `required: true` or `false` on a schema, in quotes or not, which OpenAPI has on parameters and bodies alone.
    pub(super) fn is_flag_for_list(&mut self, kind: Kind, key: &Key, value: &Node) -> bool {
        let is_flag = kind == Kind::Schema && key.text() == "required" && is_truth(value);
        if !is_flag || !self.strictness.is_lenient() {
            return false;
        }
        self.diagnostics
            .warning(
                Code::WrongType,
                "`required` of a schema is a list of names, and this boolean is left out",
                value.span,
            )
            .help("a property is required where the schema that holds it lists its name under `required`");
        true
    }

    /// Whether this is an object under `examples` of a schema, or a list under those of a media type, a parameter or a header: each has
    /// what the other should have.
    pub(super) fn is_other_for_examples(&mut self, kind: Kind, key: &Key, value: &Node) -> bool {
        let (right, wrong, help) = match kind {
            Kind::Schema if value.is_mapping() => (
                "a list of values",
                "object",
                "write the values as a list, or name them under `examples` of the media type",
            ),
            Kind::MediaType | Kind::Parameter | Kind::Header if value.is_sequence() => {
                ("an object", "list", "give each example a name, and write the value under its `value`")
            }
            _ => return false,
        };
        if key.text() != "examples" || !self.strictness.is_lenient() {
            return false;
        }
        let message = format!("`examples` of {} is {right}, and this {wrong} is left out", kind.name());
        self.diagnostics.warning(Code::WrongType, message, value.span).help(help);
        true
    }

    /// Reads a list under `items`, as JSON Schema had it for the first items of an array before 2020-12, as a schema for any item.
    pub(super) fn list_for_items(&mut self, kind: Kind, key: &Key, value: &mut Node) {
        let is_list = kind == Kind::Schema && key.text() == "items" && value.is_sequence();
        if !is_list || !self.strictness.is_lenient() {
            return;
        }
        let message = "`items` is one schema for all items, and this list is left out: any item is taken";
        self.diagnostics
            .warning(Code::WrongType, message, value.span)
            .help("write one schema, or in OpenAPI 3.1 the schemas of the first items under `prefixItems`");
        *value = Node::mapping(Vec::new(), value.span);
    }

    /// Drops the entries of a map that begin with `x-` and are not what the map holds: extensions, which do not belong there.
    pub(super) fn drop_foreign_entries(&mut self, node: &mut Node, inner: Shape) {
        if !self.strictness.is_lenient() {
            return;
        }
        let version = self.version;
        let Some(mapping) = node.as_mapping_mut() else { return };
        mapping.retain(|(key, value)| {
            if !key.text().starts_with("x-") || may_be(value, inner, version) {
                return true;
            }
            let message = format!("{} is an extension among names, and left out", quoted(key.text()));
            self.diagnostics
                .warning(Code::MisplacedKey, message, key.span)
                .help("move it to the object around, where extensions belong");
            false
        });
    }
}

/// Whether this is a boolean, or a text that would be one without quotes.
fn is_truth(value: &Node) -> bool {
    value.text().is_some_and(|text| ScalarKind::of_plain(text) == ScalarKind::Bool)
}

/// Whether a value has the outer form that a shape asks for. Only forms that nothing else is taken for count.
fn may_be(value: &Node, shape: Shape, version: Version) -> bool {
    match shape {
        Shape::Ref(Kind::Schema) if version > Version::V30 => value.is_mapping() || value.as_bool().is_some(),
        Shape::Object(_) | Shape::Ref(_) | Shape::Map(_) | Shape::Named(_) => value.is_mapping(),
        Shape::List(_) => value.is_sequence(),
        Shape::String | Shape::SchemaName => !value.is_mapping() && !value.is_sequence(),
        _ => true,
    }
}
