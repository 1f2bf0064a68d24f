//! The lists of what stands in which group, on pages of their own where they are long.

use std::collections::{BTreeMap, BTreeSet};

use super::alphabetical_ranges::{self, Named};
use crate::names;
use crate::names::numbered;
use crate::rust::{Group, Module, Page};

/// The pages; none where the list is not longer than a file may be.
pub(super) fn pages<'a, T: Clone>(
    modules: &[Module<T>],
    limit: usize,
    module_of: impl Fn(&Group) -> String,
    name_of: impl Fn(&T) -> &'a str,
) -> Vec<Page<T>> {
    let mut sections: BTreeMap<&Group, Section<T>> = BTreeMap::new();
    for module in modules {
        let section = sections.entry(&module.group).or_insert_with(|| Section {
            module: module_of(&module.group),
            group: module.group.clone(),
            items: Vec::new(),
        });
        section.items.extend(module.items.iter().cloned());
    }
    let named: Vec<Named<Section<T>>> =
        sections.into_values().flat_map(|section| section.divided(limit, &name_of)).collect();
    if named.iter().map(|section| section.lines).sum::<usize>() + LINES_OF_MODULE * modules.len() <= limit {
        return Vec::new();
    }
    let mut taken: BTreeSet<String> = modules.iter().map(|module| module.name.clone()).collect();
    let ranges = alphabetical_ranges::ranges(named, limit).into_iter();
    let pages = ranges.map(|range| Page {
        name: numbered(format!("index_{}", range.label).trim_end_matches('_'), &mut taken),
        groups: range.items.into_iter().map(|section| (section.group, section.items)).collect(),
    });
    pages.collect()
}

/// The list of a group's items, or a part of it.
struct Section<T> {
    /// The module of the group.
    module: String,
    group: Group,
    items: Vec<T>,
}

impl<T> Section<T> {
    /// The section, or parts of it where it is longer than a file may be.
    fn divided<'a>(self, limit: usize, name_of: impl Fn(&T) -> &'a str) -> Vec<Named<Self>> {
        let Self { module, group, items } = self;
        // A line holds several links, so that what counts is characters.
        let items = items.into_iter().map(|item| {
            let name = name_of(&item);
            Named { name: names::value_name(name), lines: name.len() + LINK, item }
        });
        let ranges = alphabetical_ranges::ranges(items.collect(), limit.saturating_mul(WIDTH));
        let parts = ranges.into_iter().map(|range| {
            let characters: usize = range.items.iter().map(|item| name_of(item).len() + LINK).sum();
            let name = format!("{module}_{}", range.label).trim_end_matches('_').to_owned();
            let section = Self { module: module.clone(), group: group.clone(), items: range.items };
            Named { name, lines: LINES_OF_SECTION + characters / WIDTH, item: section }
        });
        parts.collect()
    }
}

/// `mod a;` and `pub use a::*;`.
const LINES_OF_MODULE: usize = 2;

/// The characters of a line of links, but for the mark of the comment and what is left free at its end.
const WIDTH: usize = 90;

/// The characters of a link beside its name.
const LINK: usize = 6;

/// The lines of a section around its links.
const LINES_OF_SECTION: usize = 4;
