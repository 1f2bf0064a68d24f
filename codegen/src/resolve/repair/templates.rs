//! Path parameters that their paths do not have, and names in paths that no parameter declares.

use super::parameters::{Declared, name_span};
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::grammar::{Matching, match_names, template_names};
use crate::path_item_operations::{operations, operations_mut};
use crate::source::Span;
use crate::syntax::{Key, Node, Value, part_of};

/// Makes the path parameters of each operation those that its path names: one that is written differently gets the name of the path,
/// one that the path does not have is dropped, and one that is not declared is taken for any text.
pub(super) fn agree(root: &mut Node, declared: &Declared, diagnostics: &mut Diagnostics) {
    for (key, item) in root.get_mut("paths").into_iter().flat_map(Node::entries_mut) {
        if let Ok(names) = template_names(key.text()) {
            Repair { path: key.text(), span: key.span, names, declared, diagnostics }.path_item(item);
        }
    }
}

struct Repair<'a> {
    path: &'a str,
    /// Where the path stands.
    span: Span,
    names: Vec<&'a str>,
    declared: &'a Declared,
    diagnostics: &'a mut Diagnostics,
}

impl Repair<'_> {
    fn path_item(&mut self, item: &mut Node) {
        if operations(item).next().is_none() {
            return;
        }
        // What any of the operations declares is not what a parameter of the path item is meant to be.
        let own = operations(item).flat_map(|(_, operation)| self.path_names(operation));
        let own: Vec<String> = own.collect();
        self.repair_list(item, &own);
        let shared = self.path_names(item);
        for (_, operation) in operations_mut(item) {
            self.repair_list(operation, &shared);
            let all = [shared.clone(), self.path_names(operation)].concat();
            self.add_undeclared(operation, &all);
        }
    }

    /// The names of the path parameters in the list of an object.
    fn path_names(&self, holder: &Node) -> Vec<String> {
        let items = holder.get("parameters").map_or(&[][..], Node::items).iter();
        items.filter_map(|item| self.path_name(item)).collect()
    }

    fn path_name(&self, item: &Node) -> Option<String> {
        self.declared.identity(item).filter(|identity| identity.place == "path").map(|identity| identity.name)
    }

    fn matching<'n>(&'n self, declared: &'n [String]) -> Matching<'n> {
        let declared: Vec<&str> = declared.iter().map(String::as_str).collect();
        match_names(&self.names, &declared)
    }

    /// Renames and drops what the path does not have in the list of an object; `beside` is declared elsewhere.
    fn repair_list(&mut self, holder: &mut Node, beside: &[String]) {
        let all = [self.path_names(holder), beside.to_vec()].concat();
        let surplus = self.matching(&all).surplus;
        let surplus: Vec<(String, Option<String>)> =
            surplus.into_iter().map(|(name, meant)| (name.to_owned(), meant.map(str::to_owned))).collect();
        let Some(Value::Sequence(list)) = holder.get_mut("parameters").map(|list| &mut list.value) else { return };
        list.retain_mut(|item| {
            let Some(name) = self.path_name(item) else { return true };
            match surplus.iter().find(|(other, _)| *other == name) {
                None => true,
                Some((_, None)) => {
                    self.report_dropped(&name, name_span(item));
                    false
                }
                Some((_, Some(meant))) => {
                    self.report_renamed(&name, meant, name_span(item));
                    self.rename(item, meant);
                    true
                }
            }
        });
    }

    /// Puts a parameter of another name into the place of one, or of a reference to one.
    fn rename(&self, item: &mut Node, name: &str) {
        let Some(target) = self.declared.target(item) else { return };
        let mut renamed = target.clone();
        if let Some(scalar) = renamed.get_mut("name").and_then(Node::as_scalar_mut) {
            scalar.text = name.into();
        }
        *item = renamed;
    }

    fn report_dropped(&mut self, name: &str, span: Span) {
        let message =
            format!("the path {} has no {}, and the parameter is left out", quoted(self.path), in_braces(name));
        self.diagnostics
            .warning(Code::UnusedPathParameter, message, span)
            .label(self.span, "the path")
            .help("remove the parameter, or write it into the path");
    }

    fn report_renamed(&mut self, name: &str, meant: &str, span: Span) {
        let path = quoted(self.path);
        let message = format!("the path {path} has no {}, and the parameter is taken for `{meant}`", in_braces(name));
        self.diagnostics
            .warning(Code::UnusedPathParameter, message, span)
            .label(part_of(self.path, self.span, &format!("{{{meant}}}")), "the path's parameter")
            .help(format!("rename it to `{meant}`"));
    }

    fn add_undeclared(&mut self, operation: &mut Node, declared: &[String]) {
        let undeclared: Vec<String> = self.matching(declared).undeclared.into_iter().map(str::to_owned).collect();
        for name in undeclared {
            let span = part_of(self.path, self.span, &format!("{{{name}}}"));
            let message = format!("no parameter declares {}, and any text is taken for it", in_braces(&name));
            self.diagnostics
                .warning(Code::UndeclaredPathParameter, message, span)
                .help(format!("add `{{name: {name}, in: path, required: true, schema: …}}` to `parameters`"));
            add_parameter(operation, &name, span);
        }
    }
}

fn in_braces(name: &str) -> String {
    quoted(&format!("{{{name}}}"))
}

fn add_parameter(operation: &mut Node, name: &str, span: Span) {
    let text = |text: &str| Node::scalar(text, true, span);
    let key = |name: &str| Key::new(name, true, span);
    let schema = Node::mapping(vec![(key("type"), text("string"))], span);
    let parameter = Node::mapping(
        vec![
            (key("name"), text(name)),
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
