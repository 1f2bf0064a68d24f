//! Parameters that are declared twice.

use std::collections::HashMap;

use crate::component_reference_text::reference_to;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::grammar::{Kind, Shape, Version, visit};
use crate::http::parameter_key;
use crate::source::Span;
use crate::syntax::{Node, Value};

/// The place and the name of a parameter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Identity {
    pub(super) place: String,
    pub(super) name: String,
}

impl Identity {
    fn of(node: &Node) -> Option<Self> {
        let text = |key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
        Some(Self { place: text("in")?, name: text("name")? })
    }

    /// The same for what is the same.
    fn folded(&self) -> Self {
        let name = parameter_key(self.place == "header", &self.name).into_owned();
        Self { place: self.place.clone(), name }
    }
}

/// The parameters under `components`, by the references that name them.
pub(super) struct Declared(HashMap<String, Node>);

impl Declared {
    pub(super) fn of(root: &Node) -> Self {
        let components = root.get("components").and_then(|components| components.get("parameters"));
        let entries = components.into_iter().flat_map(Node::entries);
        Self(entries.map(|(key, node)| (reference_to("parameters", key.text()), node.clone())).collect())
    }

    /// The parameter that an item of a list is, or refers to.
    pub(super) fn target<'n>(&'n self, item: &'n Node) -> Option<&'n Node> {
        let mut target = item;
        // A chain is never longer than there are components; circles were reported.
        for _ in 0..=self.0.len() {
            match target.get("$ref").and_then(Node::as_str) {
                Some(text) => target = self.0.get(text)?,
                None => return Some(target),
            }
        }
        None
    }

    /// The place and the name of the parameter that an item of a list is, or refers to.
    pub(super) fn identity(&self, item: &Node) -> Option<Identity> {
        Identity::of(self.target(item)?)
    }
}

/// Where the name of a parameter stands: in the list, or the reference to it.
pub(super) fn name_span(item: &Node) -> Span {
    item.get("name").or_else(|| item.get("$ref")).map_or(item.span, |node| node.span)
}

/// Drops each parameter that its list declared before: the first one counts.
pub(super) fn drop_repeated(root: &mut Node, declared: &Declared, version: Version, diagnostics: &mut Diagnostics) {
    visit(root, Shape::Object(Kind::OpenApi), version, &mut |node, shape| {
        if let Some(Kind::PathItem | Kind::Operation) = shape.kind()
            && let Some(Value::Sequence(list)) = node.get_mut("parameters").map(|list| &mut list.value)
        {
            drop_from(list, declared, diagnostics);
        }
        shape.kind() != Some(Kind::Schema)
    });
}

fn drop_from(list: &mut Vec<Node>, declared: &Declared, diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<Identity, Span> = HashMap::new();
    list.retain(|item| {
        let Some(identity) = declared.identity(item) else { return true };
        let here = name_span(item);
        let Some(first) = seen.get(&identity.folded()) else {
            seen.insert(identity.folded(), here);
            return true;
        };
        let Identity { place, name } = &identity;
        let message = format!("the {place} parameter {} is declared twice, and the first one counts", quoted(name));
        diagnostics
            .warning(Code::DuplicateParameter, message, here)
            .mark("again here")
            .label(*first, "first here")
            .help("remove one of them, or send it in another place");
        false
    });
}
