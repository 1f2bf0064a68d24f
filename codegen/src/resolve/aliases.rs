//! Components that are nothing but references to each other.

use std::collections::HashSet;

use super::trees::{Failure, Trees, reference};
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::Node;
use crate::document::grammar::SECTIONS;
use crate::source::{Place, Target};

/// Reports each circle of references in which there is no object, once.
pub(super) fn check(trees: &Trees<'_>, diagnostics: &mut Diagnostics) {
    let Some(components) = trees.root().and_then(|root| root.get("components")) else { return };
    let mut reported = HashSet::new();
    for (_, section) in SECTIONS {
        for (_, node) in components.get(section).into_iter().flat_map(Node::entries) {
            let Some((text, place)) = reference(node) else { continue };
            if reported.contains(&place) || !is_circular(trees, text, place) {
                continue;
            }
            let found = diagnostics.error(Code::CircularReference, format!("{} leads back to itself", quoted(text)), place);
            found.help("one of these has to be an object");
            reported.insert(place);
            for (_, next) in circle(trees, text, place) {
                if reported.insert(next) {
                    found.label(next, "by way of this");
                }
            }
        }
    }
}

fn is_circular(trees: &Trees<'_>, text: &str, place: Place) -> bool {
    let target = Target::parse(text, trees.source.name(place.file), &trees.source.base);
    target.is_ok_and(|target| matches!(trees.follow(&target), Err(Failure::Circular)))
}

/// The references on the way around.
fn circle<'a>(trees: &'a Trees<'_>, text: &'a str, place: Place) -> Vec<(&'a str, Place)> {
    let mut way = Vec::new();
    let mut next = Some((text, place));
    while let Some((text, place)) = next {
        way.push((text, place));
        let target = Target::parse(text, trees.source.name(place.file), &trees.source.base).ok();
        let file = target.as_ref().and_then(|target| trees.source.file(&target.file));
        let tree = file.and_then(|file| trees.node(&super::Location::whole(file)));
        next = tree.and_then(|tree| tree.at(&target.as_ref()?.pointer)).and_then(reference);
        if next.is_some_and(|(_, place)| way.iter().any(|(_, seen)| *seen == place)) {
            break;
        }
    }
    way
}
