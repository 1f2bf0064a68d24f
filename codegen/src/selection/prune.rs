//! Removes what is not selected and not reached.

use std::collections::{HashMap, HashSet};

use super::operations::{HOLDERS, Operation, resolved};
use super::reach::Reach;
use crate::component_reference_text::component_name;
use crate::diagnostic::{Code, Diagnostics};
use crate::path_item_operations::{ADDITIONAL, is_method};
use crate::pointer;
use crate::size_limits::COPIES;
use crate::source::{FileId, Span};
use crate::syntax::reference_lookup::{Location, Trees, reference};
use crate::syntax::{Documents, Key, Node};

/// The extension key under which parts of left out operations are kept while references lead to them.
const ASIDE: &str = "x-unselected";

/// What is left of the documents.
pub(super) struct Kept {
    /// The path items of each holder, without the operations that are left out.
    items: HashMap<&'static str, Vec<(Key, Node)>>,
    components: HashSet<(String, String)>,
    all_components: bool,
    /// The path items that references lead into.
    aside: Vec<(Key, Node)>,
    /// The new texts of references into path items, by their place.
    rewritten: HashMap<Span, String>,
    links: Links,
}

/// The operations that are left out, as links name them.
struct Links {
    ids: HashSet<String>,
    routes: HashSet<(String, String)>,
    components: HashSet<String>,
}

/// The selected operations, and the path items that have one.
struct Choice<'a> {
    operations: HashSet<(&'static str, &'a str, &'a str)>,
    items: HashSet<(&'static str, &'a str)>,
}

impl<'a> Choice<'a> {
    fn of(selected: &[&Operation<'a>]) -> Self {
        Self {
            operations: selected.iter().map(|one| (one.holder, one.item, one.key)).collect(),
            items: selected.iter().map(|one| (one.holder, one.item)).collect(),
        }
    }

    fn has(&self, holder: &'static str, item: &'a str, key: &'a str) -> bool {
        self.operations.contains(&(holder, item, key))
    }

    /// Whether a place within a path is left out.
    fn leaves_out(&self, location: &'a Location) -> bool {
        match location.tokens.as_slice() {
            [_, item, key, ..] if is_method(key) => !self.has("paths", item, key),
            [_, item, ..] => !self.items.contains(&("paths", item.as_str())),
            _ => false,
        }
    }
}

/// Decides what is left of the documents where these operations are selected, and those are not; `None` after an error.
pub(super) fn plan<'a>(
    trees: Trees<'a>,
    selected: &[&Operation<'a>],
    rest: &[&Operation<'a>],
    diagnostics: &mut Diagnostics,
) -> Option<Kept> {
    let root = trees.root()?;
    let choice = Choice::of(selected);
    let mut reach = Reach::new(trees);
    for (key, value) in root.entries().filter(|(key, _)| !is_pruned(key.text())) {
        reach.entry(key.text(), value);
    }
    let items = kept_items(trees, root, &choice, &mut reach, diagnostics)?;
    reach.extensions(root);
    let led_out: Vec<&Location> = reach.in_paths.iter().filter(|location| choice.leaves_out(location)).collect();
    Some(Kept {
        items,
        all_components: reach.by_name,
        aside: aside(root, &led_out),
        rewritten: if led_out.is_empty() { HashMap::new() } else { rewritten(trees, &choice) },
        links: Links::of(root, selected, rest),
        components: reach.components,
    })
}

/// The path items that have a selected operation, each with the selected ones alone, and what they reach.
fn kept_items<'a>(
    trees: Trees<'a>,
    root: &'a Node,
    choice: &Choice<'a>,
    reach: &mut Reach<'a>,
    diagnostics: &mut Diagnostics,
) -> Option<HashMap<&'static str, Vec<(Key, Node)>>> {
    let mut items = HashMap::new();
    let mut copied = 0;
    for holder in HOLDERS {
        let mut kept = Vec::new();
        let entries = root.get(holder).into_iter().flat_map(Node::entries);
        for (item, node) in entries.filter(|(item, _)| choice.items.contains(&(*holder, item.text()))) {
            let whole = resolved(trees, node);
            let keeps = |key: &'a str| choice.has(holder, item.text(), key);
            let smaller = without(node, whole, &keeps);
            copied += smaller.size();
            if copied > COPIES && reference(node).is_some() {
                diagnostics
                    .error(Code::TooLarge, format!("references to path items copy more than {COPIES} nodes"), node.span)
                    .help("select fewer operations");
                return None;
            }
            follow_item(reach, node, whole, &keeps);
            kept.push((item.clone(), smaller));
        }
        items.insert(*holder, kept);
    }
    Some(items)
}

/// Whether an entry of the root is left for the most part.
fn is_pruned(key: &str) -> bool {
    HOLDERS.contains(&key) || key == "components" || key.starts_with("x-")
}

/// The entries of a path item: those of what its reference names, and those beside the reference that it does not have itself.
fn entries<'a>(node: &'a Node, whole: &'a Node) -> impl Iterator<Item = (&'a Key, &'a Node)> {
    let beside = node.entries().filter(|(key, _)| whole.get(key.text()).is_none());
    whole.entries().chain(beside).filter(|(key, _)| key.text() != "$ref")
}

fn follow_item<'a>(reach: &mut Reach<'a>, node: &'a Node, whole: &'a Node, keeps: &impl Fn(&'a str) -> bool) {
    for (key, value) in entries(node, whole) {
        if key.text() == ADDITIONAL {
            value
                .entries()
                .filter(|(key, _)| keeps(key.text()))
                .for_each(|(key, value)| reach.entry(key.text(), value));
        } else if !is_method(key.text()) || keeps(key.text()) {
            reach.entry(key.text(), value);
        }
    }
}

/// A path item with its selected operations alone. What a reference names takes its place, with what stands beside the reference.
fn without<'a>(node: &'a Node, whole: &'a Node, keeps: &impl Fn(&'a str) -> bool) -> Node {
    let entries = entries(node, whole).filter(|(key, _)| !is_method(key.text()) || keeps(key.text()));
    let further = |value: &'a Node| {
        let kept = value.entries().filter(|(key, _)| keeps(key.text()));
        Node::mapping(kept.map(|(key, value)| (key.clone(), value.clone())).collect(), value.span)
    };
    let entries = entries
        .map(|(key, value)| (key.clone(), if key.text() == ADDITIONAL { further(value) } else { value.clone() }));
    Node::mapping(entries.collect(), node.span)
}

fn aside(root: &Node, led_out: &[&Location]) -> Vec<(Key, Node)> {
    let is_needed =
        |key: &Key| led_out.iter().any(|location| location.tokens.get(1).is_some_and(|item| item == key.text()));
    let paths = root.get("paths").into_iter().flat_map(Node::entries);
    paths.filter(|(key, _)| is_needed(key)).map(|(key, node)| (key.clone(), node.clone())).collect()
}

/// The references of all files that lead to what is left out, as they are to be written.
fn rewritten(trees: Trees<'_>, choice: &Choice<'_>) -> HashMap<Span, String> {
    let mut rewritten = HashMap::new();
    let mut waiting: Vec<&Node> = trees.files.iter().flatten().collect();
    while let Some(node) = waiting.pop() {
        waiting.extend(node.entries().map(|(_, value)| value).chain(node.items()));
        let Some((text, span)) = reference(node) else { continue };
        let Some((file, _)) = text.split_once('#') else { continue };
        if let Some(location) = trees.named(text, span)
            && location.file == FileId::ROOT
            && location.tokens.first().is_some_and(|token| token == "paths")
            && choice.leaves_out(&location)
        {
            let tokens = location.tokens.iter().map(|token| format!("/{}", percent(&pointer::escape(token))));
            rewritten.insert(span, format!("{file}#/{ASIDE}{}", tokens.collect::<String>()));
        }
    }
    rewritten
}

/// A token of a pointer as it stands in a fragment: `%` is the one character that would be read as another.
fn percent(token: &str) -> String {
    token.replace('%', "%25")
}

impl Links {
    fn of(root: &Node, selected: &[&Operation<'_>], rest: &[&Operation<'_>]) -> Self {
        let kept: HashSet<&str> = selected.iter().filter_map(|one| one.id()).collect();
        let ids = rest.iter().filter_map(|one| one.id()).filter(|id| !kept.contains(id)).map(str::to_owned).collect();
        let routes = rest.iter().map(|one| (one.item.to_owned(), one.key.to_owned())).collect();
        let mut links = Self { ids, routes, components: HashSet::new() };
        let entries = root.get("components").and_then(|components| components.get("links"));
        let named = entries.into_iter().flat_map(Node::entries).filter(|(_, link)| links.leads_out(link));
        links.components = named.map(|(key, _)| key.text().to_owned()).collect();
        links
    }

    /// Whether a link leads to an operation that is left out.
    fn leads_out(&self, link: &Node) -> bool {
        let text = |key| link.get(key).and_then(Node::as_str);
        let route = |text: &str| {
            let tokens = pointer::tokens(text.strip_prefix('#')?)?;
            let [paths, item, key] = tokens.as_slice() else { return None };
            Some(paths == "paths" && self.routes.contains(&(item.to_string(), key.to_string())))
        };
        let component = |text: &str| component_name("links", text).map(|name| self.components.contains(&*name));
        text("operationId").is_some_and(|id| self.ids.contains(id))
            || text("operationRef").and_then(route) == Some(true)
            || text("$ref").and_then(component) == Some(true)
    }
}

impl Kept {
    fn has(&self, section: &str, name: &str) -> bool {
        section.starts_with("x-")
            || self.all_components
            || self.components.contains(&(section.to_owned(), name.to_owned()))
    }

    /// The spans of what is left out.
    pub(super) fn left_out(&self, root: &Node) -> Vec<Span> {
        let items = HOLDERS.iter().flat_map(|holder| {
            let kept: HashSet<&str> = self.items.get(holder).into_iter().flatten().map(|(key, _)| key.text()).collect();
            let entries = root.get(holder).into_iter().flat_map(Node::entries);
            entries.filter(move |(key, _)| !kept.contains(key.text()))
        });
        let aside: HashSet<&str> = self.aside.iter().map(|(key, _)| key.text()).collect();
        let items = items.filter(|(key, _)| !aside.contains(key.text()));
        let sections = root.get("components").into_iter().flat_map(Node::entries);
        let components = sections
            .flat_map(|(section, node)| node.entries().filter(|(key, _)| !self.has(section.text(), key.text())));
        items.chain(components).map(|(key, value)| key.span.to(value.span)).collect()
    }
}

/// Leaves of the documents what was decided.
pub(super) fn apply(documents: &mut Documents, kept: &Kept) {
    if let Some(root) = documents.trees.first_mut().and_then(Option::as_mut) {
        for holder in HOLDERS {
            if let Some(node) = root.get_mut(holder).filter(|node| node.is_mapping()) {
                let items = kept.items.get(holder).cloned().unwrap_or_default();
                *node = Node::mapping(items, node.span);
            }
        }
        prune_components(root, kept);
        let span = Span { end: root.span.start, ..root.span };
        if let Some(mapping) = root.as_mapping_mut().filter(|_| !kept.aside.is_empty()) {
            let paths = Node::mapping(kept.aside.clone(), span);
            let paths = Node::mapping(vec![(Key::new("paths", true, span), paths)], span);
            mapping.push(Key::new(ASIDE, true, span), paths);
        }
    }
    let mut waiting: Vec<&mut Node> = documents.trees.iter_mut().flatten().collect();
    while let Some(node) = waiting.pop() {
        if let Some(mapping) = node.get_mut("links").and_then(Node::as_mapping_mut) {
            mapping.retain(|(_, link)| !kept.links.leads_out(link));
        }
        if let Some(text) = node.get_mut("$ref")
            && let Some(new) = kept.rewritten.get(&text.span)
        {
            *text = Node::scalar(new.as_str(), true, text.span);
        }
        waiting.extend(node.children_mut());
    }
}

fn prune_components(root: &mut Node, kept: &Kept) {
    let sections = root.get_mut("components").into_iter().flat_map(Node::entries_mut);
    for (section, node) in sections {
        if let Some(mapping) = node.as_mapping_mut() {
            mapping.retain(|(key, _)| kept.has(section.text(), key.text()));
        }
    }
}
