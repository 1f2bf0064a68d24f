//! Parts of an `allOf` that no value fits at once.

use std::collections::{HashMap, HashSet};

use super::composition::parts_of;
use super::survey::Survey;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, quoted};
use crate::grammar::Kind;
use crate::syntax::Node;

/// Properties within properties that are compared.
const DEPTH: usize = 8;

/// Comparisons for one `allOf`; schemas that refer to each other would go on for ever.
const FUEL: usize = 1_000;

/// Types, values, limits and names that rule each other out.
pub(super) fn in_all_of(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    for found in survey.all(Kind::Schema) {
        if found.node.get("allOf").is_none() {
            continue;
        }
        let parts = parts_of(survey, found.node);
        closed_parts(&parts, diagnostics);
        Comparison { survey, diagnostics, depth: 0, fuel: FUEL }.compare(&parts, None);
    }
}

struct Comparison<'c, 's, 'a> {
    survey: &'s Survey<'a>,
    diagnostics: &'c mut Diagnostics,
    depth: usize,
    fuel: usize,
}

impl<'a> Comparison<'_, '_, 'a> {
    /// Compares what describes one value: the parts of an `allOf`, or what they say about the property `name`.
    fn compare(&mut self, parts: &[&'a Node], name: Option<&str>) {
        if self.fuel == 0 {
            return;
        }
        self.fuel -= 1;
        let whose = |what: &str| {
            name.map_or_else(
                || format!("the parts of this `allOf` {what}"),
                |name| format!("the parts of this `allOf` {what} for {}", quoted(name)),
            )
        };
        if let Some((first, second)) = two_types(parts) {
            self.report(Severity::Error, whose("have different types"), first, second);
            return;
        }
        let severity = self.survey.strictness.severity();
        if let Some((first, second)) = no_common_value(parts) {
            self.report(severity, whose("list no common value"), first, second);
        }
        if let Some((first, second)) = no_room(parts) {
            self.report(severity, whose("leave nothing between their limits"), first, second);
        }
        if self.depth < DEPTH {
            self.depth += 1;
            self.compare_properties(parts);
            self.depth -= 1;
        }
    }

    fn compare_properties(&mut self, parts: &[&'a Node]) {
        let mut declared: HashMap<&str, Vec<&Node>> = HashMap::new();
        for part in parts {
            for (key, property) in part.get("properties").into_iter().flat_map(Node::entries) {
                declared.entry(key.text()).or_default().extend(parts_of(self.survey, property));
            }
        }
        let mut repeated: Vec<_> = declared.into_iter().filter(|(_, list)| list.len() > 1).collect();
        repeated.sort_unstable_by_key(|(name, _)| *name);
        for (name, list) in repeated {
            self.compare(&list, Some(name));
        }
    }

    fn report(&mut self, severity: Severity, message: String, first: &Node, second: &Node) {
        self.diagnostics
            .push(Diagnostic::new(Code::ContradictingAllOf, severity, message, second.span))
            .label(first.span, "the other one")
            .help("no value is both; let the parts agree, or use `oneOf`");
    }
}

fn two_types<'a>(parts: &[&'a Node]) -> Option<(&'a Node, &'a Node)> {
    let words: Vec<&Node> = parts.iter().filter_map(|part| part.get("type")).collect();
    let first = words.first()?;
    let differs = |other: &&&Node| {
        let (left, right) = (first.as_str(), other.as_str());
        // An integer is a number.
        let numbers = [Some("integer"), Some("number")];
        left != right && !(numbers.contains(&left) && numbers.contains(&right))
    };
    words.iter().find(differs).map(|second| (*first, *second))
}

/// Two lists of values of which none is in both.
fn no_common_value<'a>(parts: &[&'a Node]) -> Option<(&'a Node, &'a Node)> {
    let lists: Vec<&Node> = parts.iter().filter_map(|part| part.get("enum")).collect();
    let first = lists.first()?;
    let known: HashSet<String> = first.items().iter().map(Node::to_json_text).collect();
    let is_apart = |other: &&&Node| !other.items().iter().any(|value| known.contains(&value.to_json_text()));
    lists.iter().skip(1).find(is_apart).map(|second| (*first, *second))
}

const LIMITS: &[(&str, &str)] =
    &[("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")];

/// A lower limit in one part above the upper limit in another.
fn no_room<'a>(parts: &[&'a Node]) -> Option<(&'a Node, &'a Node)> {
    let number = |node: &'a Node| Some((node, node.number_text()?.parse::<f64>().ok()?));
    LIMITS.iter().find_map(|(low, high)| {
        let mut pairs = parts.iter().enumerate().filter_map(|(at, part)| Some((at, number(part.get(low)?)?)));
        pairs.find_map(|(at, (low_node, low_value))| {
            // Limits of one part were compared there.
            let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
            let mut highs = others.filter_map(|(_, part)| number(part.get(high)?));
            highs.find(|(_, high_value)| low_value > *high_value).map(|(high_node, _)| (low_node, high_node))
        })
    })
}

/// Parts that allow no further properties beside parts that have some. What is meant is plain, and not what is written.
fn closed_parts(parts: &[&Node], diagnostics: &mut Diagnostics) {
    for part in parts {
        let Some((key, value)) = part.entry("additionalProperties") else { continue };
        if value.as_bool() != Some(false) {
            continue;
        }
        let own = part.get("properties");
        let others = parts.iter().filter(|other| other.span != part.span);
        let mut names = others.filter_map(|other| other.get("properties")).flat_map(Node::entries);
        let is_shut_out = |name: &str| own.is_none_or(|own| own.get(name).is_none());
        if let Some((shut_out, _)) = names.find(|(name, _)| is_shut_out(name.text())) {
            let message = format!(
                "this part of an `allOf` allows no further properties, and another has {}",
                quoted(shut_out.text())
            );
            diagnostics
                .warning(Code::ContradictingAllOf, message, key.span.to(value.span))
                .label(shut_out.span, "which no value may have")
                .help("remove `additionalProperties: false` from the part");
        }
    }
}
