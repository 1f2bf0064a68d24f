//! In documents by others: adds what was forgotten where it is plain what that was, and drops what can mean nothing.

use std::collections::HashSet;
use std::rc::Rc;

use crate::diagnostic::closest;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::grammar::METHODS;
use crate::grammar::{match_names, template_names};
use crate::source::Span;
use crate::syntax::{Key, Node, Value, part_of};

pub(super) fn repair(root: &mut Node, diagnostics: &mut Diagnostics) {
    for forgotten in forgotten_parameters(root) {
        let message = format!(
            "no parameter declares {}, and any text is taken for it",
            quoted(&format!("{{{}}}", forgotten.name))
        );
        diagnostics
            .warning(Code::UndeclaredPathParameter, message, forgotten.span)
            .help(format!("add `{{name: {}, in: path, required: true, schema: …}}` to `parameters`", forgotten.name));
        let operation =
            root.get_mut("paths").and_then(|paths| paths.get_mut(&forgotten.path)?.get_mut(forgotten.method));
        if let Some(operation) = operation {
            add_parameter(operation, &forgotten);
        }
    }
    let schemes = root.get("components").and_then(|components| components.get("securitySchemes"));
    let schemes: HashSet<String> =
        schemes.into_iter().flat_map(Node::entries).map(|(key, _)| key.text().to_owned()).collect();
    let mut drop_from = |holder: &mut Node| {
        if let Some(security) = holder.get_mut("security") {
            drop_undeclared(security, &schemes, diagnostics);
        }
    };
    drop_from(root);
    for holder in ["paths", "x-webhooks", "webhooks"] {
        for (_, item) in root.get_mut(holder).into_iter().flat_map(Node::entries_mut) {
            item.entries_mut()
                .filter(|(key, _)| METHODS.contains(&key.text()))
                .for_each(|(_, operation)| drop_from(operation));
        }
    }
}

struct Forgotten {
    /// Shared, because one path may be long and lack many.
    path: Rc<str>,
    method: &'static str,
    name: String,
    span: Span,
}

fn forgotten_parameters(root: &Node) -> Vec<Forgotten> {
    let mut forgotten = Vec::new();
    for (path, item) in root.get("paths").into_iter().flat_map(Node::entries) {
        let Ok(names) = template_names(path.text()) else { continue };
        if names.is_empty() {
            continue;
        }
        let path_text: Rc<str> = path.text().into();
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            let lists = [item, operation].into_iter().filter_map(|holder| holder.get("parameters"));
            let declared: Vec<&str> = lists.flat_map(Node::items).filter_map(|node| path_name(root, node)).collect();
            for name in match_names(&names, &declared).undeclared {
                let span = part_of(path.text(), path.span, &format!("{{{name}}}"));
                forgotten.push(Forgotten { path: Rc::clone(&path_text), method, name: name.to_owned(), span });
            }
        }
    }
    forgotten
}

/// The name of a path parameter.
fn path_name<'a>(root: &'a Node, node: &'a Node) -> Option<&'a str> {
    let mut target = node;
    // Aliases of aliases are few, and circles were reported.
    for _ in 0..100 {
        let Some(text) = target.get("$ref").and_then(Node::as_str) else { break };
        target = root.at(text.strip_prefix('#')?)?;
    }
    let is_path = target.get("in")?.as_str() == Some("path");
    target.get("name").filter(|_| is_path)?.as_str()
}

fn add_parameter(operation: &mut Node, forgotten: &Forgotten) {
    let span = forgotten.span;
    let text = |text: &str| Node::scalar(text, true, span);
    let key = |name: &str| Key::new(name, true, span);
    let schema = Node::mapping(vec![(key("type"), text("string"))], span);
    let parameter = Node::mapping(
        vec![
            (key("name"), text(&forgotten.name)),
            (key("in"), text("path")),
            (key("required"), Node::scalar("true", false, span)),
            (key("schema"), schema),
        ],
        span,
    );
    if operation.get("parameters").is_none()
        && let Some(mapping) = operation.as_mapping_mut()
    {
        mapping.push(key("parameters"), Node { span, value: Value::Sequence(Vec::new()) });
    }
    if let Some(Value::Sequence(items)) = operation.get_mut("parameters").map(|list| &mut list.value) {
        items.push(parameter);
    }
}

/// Drops the alternatives that name a scheme which is nowhere declared: nobody can meet them.
fn drop_undeclared(security: &mut Node, schemes: &HashSet<String>, diagnostics: &mut Diagnostics) {
    let Value::Sequence(alternatives) = &mut security.value else { return };
    alternatives.retain(|alternative| {
        let Some((key, _)) = alternative.entries().find(|(key, _)| !schemes.contains(key.text())) else { return true };
        let message =
            format!("there is no security scheme {}, and nobody can meet this requirement", quoted(key.text()));
        let found = diagnostics.warning(Code::UndeclaredSecurityScheme, message, key.span);
        match closest(key.text(), schemes.iter().map(String::as_str)) {
            Some(meant) => found.suggest(format!("did you mean `{meant}`?")),
            None => found.help("declare it under `components.securitySchemes`"),
        };
        false
    });
}
