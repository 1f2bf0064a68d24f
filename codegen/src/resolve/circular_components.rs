//! Components that are nothing but references to each other, in a circle or in a chain too long to be meant.

use std::collections::HashMap;

use super::trees::Trees;
use crate::component_reference_text::component_name;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::grammar::SECTIONS;
use crate::source::Span;
use crate::syntax::reference_lookup::{LONGEST_CHAIN, reference};

/// The text of a component that is a reference, and its place.
type Alias<'a> = (&'a str, Span);

/// Reports each circle of references in which there is no object, once, and chains that are too long to be meant.
pub(super) fn check(trees: &Trees<'_>, diagnostics: &mut Diagnostics) {
    let Some(components) = trees.root().and_then(|root| root.get("components")) else { return };
    for (_, section) in SECTIONS {
        let Some(section_node) = components.get(section) else { continue };
        let aliases: HashMap<&str, Alias<'_>> =
            section_node.entries().filter_map(|(key, node)| Some((key.text(), reference(node)?))).collect();
        // How many references follow each alias; `None` while it is being followed.
        let mut followed: HashMap<&str, Option<usize>> = HashMap::new();
        for (key, _) in section_node.entries() {
            if !walk(section, key.text(), &aliases, &mut followed, diagnostics) {
                return;
            }
        }
    }
}

/// Follows an alias up to an object, to what was followed before, or back to itself; `false` after a chain that is too long.
fn walk<'a>(
    section: &str,
    start: &'a str,
    aliases: &HashMap<&'a str, Alias<'a>>,
    followed: &mut HashMap<&'a str, Option<usize>>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let mut way: Vec<(&str, Alias<'_>)> = Vec::new();
    let mut next = Some(start);
    let mut length = 0;
    while let Some(name) = next {
        match followed.get(name) {
            Some(Some(known)) => {
                length = *known;
                break;
            }
            Some(None) => {
                report_circle(way.iter().skip_while(|(on_way, _)| *on_way != name), diagnostics);
                break;
            }
            None => {}
        }
        let Some((key, alias)) = aliases.get_key_value(name) else { break };
        followed.insert(key, None);
        way.push((key, *alias));
        next = component_name(section, alias.0).and_then(|name| aliases.get_key_value(&*name)).map(|(key, _)| *key);
    }
    for (name, (_, span)) in way.into_iter().rev() {
        length += 1;
        followed.insert(name, Some(length));
        if length > LONGEST_CHAIN {
            let message = format!("more than {LONGEST_CHAIN} references lead from one to the next");
            diagnostics.error(Code::CircularReference, message, span).help("refer to the object itself");
            return false;
        }
    }
    true
}

fn report_circle<'a>(circle: impl Iterator<Item = &'a (&'a str, Alias<'a>)>, diagnostics: &mut Diagnostics) {
    let mut circle = circle.map(|(_, alias)| alias);
    let Some((text, span)) = circle.next() else { return };
    let found = diagnostics.error(Code::CircularReference, format!("{} leads back to itself", quoted(text)), *span);
    found.help("one of these has to be an object");
    // A listing of ten of them is enough.
    for (_, span) in circle.take(10) {
        found.label(*span, "by way of this");
    }
}
