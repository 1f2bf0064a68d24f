//! What files of many modules say of them: declarations, and which item stands in which group.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::scope::ident;
use crate::rust::{Docs, Group, Module, Text};

/// The names of modules.
pub(super) fn names<T>(modules: &[Module<T>]) -> impl Iterator<Item = &str> {
    modules.iter().map(|module| module.name.as_str())
}

/// `mod repos;` for each name, in the order of the alphabet.
pub(super) fn declarations<'a>(names: impl Iterator<Item = &'a str>) -> TokenStream {
    let names: BTreeSet<&str> = names.collect();
    let names = names.into_iter().map(ident);
    quote!(#(mod #names;)*)
}

/// The same, and everything public of them under the path of the file.
pub(super) fn given_out<T>(modules: &[Module<T>]) -> TokenStream {
    let (declarations, names) = (declarations(names(modules)), names(modules).map(ident));
    quote!(#declarations #(pub use #names::*;)*)
}

/// `before`, what the group is called, and `after`, as one line of documentation.
pub(super) fn line(before: &str, group: &Group, after: &str) -> String {
    let text = match group {
        Group::Of(name) => operations_of(before, name),
        Group::Shared => Text::from(format!("{before}operations of several groups, or of none")),
    };
    docs::lines(&Docs::line(text.words(after))).join(" ")
}

/// `before`, and operations by what they share.
fn operations_of(before: &str, group: &str) -> Text {
    let text = Text::from(format!("{before}operations"));
    if group.is_empty() { text.words(" without tag and path") } else { text.words(" of ").code(group) }
}

/// The heading of a group.
fn heading(group: &Group) -> String {
    let text = match group {
        Group::Of(name) if name.is_empty() => "Without tag and path".into(),
        Group::Of(name) => Text::of_code(name),
        Group::Shared => "Of several groups, or of none".into(),
    };
    format!("# {}", docs::lines(&Docs::line(text)).join(" "))
}

/// Links to the items of each group, under a heading for each.
pub(super) fn index<T>(modules: &[Module<T>], name: impl Fn(&T) -> Option<String>) -> Vec<String> {
    let mut groups: BTreeMap<&Group, Vec<String>> = BTreeMap::new();
    for module in modules {
        groups.entry(&module.group).or_default().extend(module.items.iter().filter_map(&name));
    }
    let sections = groups.into_iter().map(|(group, mut names)| {
        names.sort_unstable();
        let heading = heading(group);
        let mut lines = vec![String::new(), heading, String::new()];
        lines.extend(wrapped(&names));
        lines
    });
    sections.flatten().collect()
}

/// The width of a line of links.
const WIDTH: usize = 100;

/// Links, several on a line.
fn wrapped(names: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let link = format!("[`{name}`]{}", if place + 1 == names.len() { "" } else { "," });
        match lines.last_mut() {
            Some(last) if last.len() + link.len() < WIDTH => last.extend([" ", &link]),
            _ => lines.push(link),
        }
    }
    lines
}
