//! What files of many modules say of them: declarations, and which item stands in which group.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::scope::ident;
use super::source_file::File;
use crate::rust::{Docs, Group, Module, Page, Part};

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

/// The same, everything of them that the crate sees under the path of the file.
pub(super) fn given_to_crate<T>(part: &Part<T>) -> TokenStream {
    let modules = part.modules();
    let (declarations, names) = (declarations(names(modules)), names(modules).map(ident));
    quote!(#declarations #(pub(crate) use #names::*;)*)
}

/// The same, everything public of them under the path of the file, and the pages of the index.
pub(super) fn given_out<T>(part: &Part<T>) -> TokenStream {
    let modules = part.modules();
    let (declarations, names) = (declarations(names(modules)), names(modules).map(ident));
    let pages = part.pages().iter().map(|page| ident(&page.name));
    quote!(#declarations #(#[cfg(doc)] pub mod #pages;)* #(pub use #names::*;)*)
}

/// The modules that receive and send what the API sends: webhooks and callbacks.
pub(super) fn receive_and_send() -> TokenStream {
    quote! {
        #[cfg(feature = "server")]
        mod receive;
        #[cfg(all(feature = "client", feature = "server"))]
        pub mod send;
        #[cfg(feature = "server")]
        pub use receive::*;
    }
}

/// The heading of a group.
fn heading(group: &Group) -> String {
    format!("# {}", title(group))
}

fn title(group: &Group) -> String {
    docs::lines(&Docs::line(group.title())).join(" ")
}

/// What a file says of the items below it: links to them by group, or on which page they are.
pub(super) fn index<'a, T>(part: &Part<T>, name: impl Fn(&T) -> Option<&'a str>) -> Vec<String> {
    if !part.pages().is_empty() {
        return part.pages().iter().flat_map(contents).collect();
    }
    let mut groups: BTreeMap<&Group, Vec<&T>> = BTreeMap::new();
    for module in part.modules() {
        groups.entry(&module.group).or_default().extend(&module.items);
    }
    groups.into_iter().flat_map(|(group, items)| section(group, items.into_iter().filter_map(&name))).collect()
}

/// The groups of a page, under a link to it.
fn contents<T>(page: &Page<T>) -> Vec<String> {
    let groups: Vec<String> = page.groups.iter().map(|(group, _)| title(group)).collect();
    let mut lines = vec![String::new(), format!("# [`{}`]", page.name), String::new()];
    lines.extend(wrapped(&groups));
    lines
}

/// A page of an index: a file that only rustdoc reads.
pub(super) fn page<'a, T>(mut file: File<'_>, page: &Page<T>, name: impl Fn(&T) -> Option<&'a str>) -> String {
    for (group, items) in &page.groups {
        file.docs(&section(group, items.iter().filter_map(&name)));
    }
    // What the links name.
    file.modules(quote!(
        use super::*;
    ));
    file.finish()
}

/// A group's heading, and links to its items.
fn section<'a>(group: &Group, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    let linked: Vec<String> = names.into_iter().map(|name| format!("[`{name}`]")).collect();
    let mut lines = vec![String::new(), heading(group), String::new()];
    lines.extend(wrapped(&linked));
    lines
}

/// The width of a line of links.
const WIDTH: usize = 100;

/// Texts with commas between them, several on a line.
fn wrapped(texts: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        let text = format!("{text}{}", if place + 1 == texts.len() { "" } else { "," });
        match lines.last_mut() {
            Some(last) if last.len() + text.len() < WIDTH => last.extend([" ", &text]),
            _ => lines.push(text),
        }
    }
    lines
}
