//! Selection: some operations of a document, and no more of the rest than they reach.
//!
//! It is made on the trees, before the grammar looks at them, so that what is left out cannot be at fault.

mod only_hint;
mod operations;
mod prune;
mod reach;

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use crate::diagnostic::{Code, Diagnostics, closest, quoted};
use crate::source::{FileId, Source, Span};
use crate::syntax::reference_lookup::Trees;
use crate::syntax::{Documents, Node};

pub(crate) use only_hint::OnlyHint;
use operations::Operation;

/// What to generate of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// The operation with this `operationId`.
    Id(String),
    /// The operations of a method whose path matches; `*` in the path stands for any characters.
    Route {
        /// In upper case.
        method: String,
        /// The path template as the document writes it, with `*` where anything may stand.
        path: String,
    },
    /// The operations with this tag.
    Tag(String),
}

/// A selector without any text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmptySelector;

impl fmt::Display for EmptySelector {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an operation id, `METHOD /path*` or `tag:NAME` is expected")
    }
}

impl std::error::Error for EmptySelector {}

/// ```
/// use specie_codegen::Selector;
/// let route = Selector::Route { method: "GET".into(), path: "/payments*".into() };
/// assert_eq!("get /payments*".parse(), Ok(route));
/// assert_eq!("tag:refunds".parse(), Ok(Selector::Tag("refunds".into())));
/// assert_eq!("createPayment".parse(), Ok(Selector::Id("createPayment".into())));
/// ```
impl FromStr for Selector {
    type Err = EmptySelector;

    fn from_str(text: &str) -> Result<Self, EmptySelector> {
        let text = text.trim();
        let is_route = |(method, path): &(&str, &str)| {
            !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_alphabetic()) && path.starts_with('/')
        };
        match (text.strip_prefix("tag:"), text.split_once(' ').map(|(method, path)| (method, path.trim_start()))) {
            (Some(""), _) => Err(EmptySelector),
            (Some(tag), _) => Ok(Self::Tag(tag.to_owned())),
            (None, Some((method, path))) if is_route(&(method, path)) => {
                Ok(Self::Route { method: method.to_ascii_uppercase(), path: path.to_owned() })
            }
            _ if text.is_empty() => Err(EmptySelector),
            _ => Ok(Self::Id(text.to_owned())),
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => formatter.write_str(id),
            Self::Route { method, path } => write!(formatter, "{method} {path}"),
            Self::Tag(tag) => write!(formatter, "tag:{tag}"),
        }
    }
}

impl Selector {
    fn selects(&self, operation: &Operation<'_>) -> bool {
        match self {
            Self::Id(id) => operation.id() == Some(id),
            Self::Tag(tag) => operation.tags().any(|other| other == tag),
            Self::Route { method, path } => {
                operation.method == *method && operation.path.is_some_and(|other| matches(path, other))
            }
        }
    }

    /// What an operation is called in the terms of this selector.
    fn names(&self, operation: &Operation<'_>) -> Vec<String> {
        match self {
            Self::Id(_) => operation.id().map(str::to_owned).into_iter().collect(),
            Self::Tag(_) => operation.tags().map(|tag| format!("tag:{tag}")).collect(),
            Self::Route { .. } => {
                operation.path.map(|path| format!("{} {path}", operation.method)).into_iter().collect()
            }
        }
    }
}

/// Whether a text matches a pattern in which `*` stands for any characters.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        match text.find(part) {
            Some(at) => text = text.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    text.ends_with(end)
}

/// What is generated of the documents.
pub(crate) struct Selection {
    /// Without what is left out.
    pub(crate) documents: Documents,
    /// The spans of what is left out.
    pub(crate) left_out: Vec<Span>,
}

/// Leaves of the documents what the selectors name and what that reaches; everything where there are none. There is no selection where
/// a selector names nothing.
pub(crate) fn apply(source: &Source, documents: Documents, selectors: &[Selector]) -> (Option<Selection>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let selection = select(source, documents, selectors, &mut diagnostics);
    (selection, diagnostics)
}

fn select(
    source: &Source,
    mut documents: Documents,
    selectors: &[Selector],
    diagnostics: &mut Diagnostics,
) -> Option<Selection> {
    if selectors.is_empty() {
        return Some(Selection { documents, left_out: Vec::new() });
    }
    let trees = Trees { source, files: &documents.trees };
    let root = trees.root()?;
    let operations = operations::all(trees);
    let selected = selected(root, &operations, selectors, diagnostics)?;
    let (selected, rest): (Vec<_>, Vec<_>) = operations.iter().zip(selected).partition(|(_, is_selected)| *is_selected);
    let plain = |pairs: Vec<(_, bool)>| pairs.into_iter().map(|(operation, _)| operation).collect::<Vec<_>>();
    let kept = prune::plan(trees, &plain(selected), &plain(rest), diagnostics)?;
    let left_out = kept.left_out(root);
    prune::apply(&mut documents, &kept);
    Some(Selection { documents, left_out })
}

/// Which operations are selected, by their position; with each one the operation that it is reconciled by, which its code calls.
fn selected(
    root: &Node,
    operations: &[Operation<'_>],
    selectors: &[Selector],
    diagnostics: &mut Diagnostics,
) -> Option<Vec<bool>> {
    let mut is_unknown = false;
    for selector in selectors {
        if !operations.iter().any(|operation| selector.selects(operation)) {
            is_unknown = true;
            unmatched(root, operations, selector, diagnostics);
        }
    }
    let mut selected: Vec<bool> =
        operations.iter().map(|operation| selectors.iter().any(|selector| selector.selects(operation))).collect();
    let asked: Vec<&str> =
        operations.iter().zip(&selected).filter(|(_, selected)| **selected).filter_map(|(one, _)| one.asks()).collect();
    for (operation, selected) in operations.iter().zip(&mut selected) {
        *selected |= operation.id().is_some_and(|id| asked.contains(&id));
    }
    (!is_unknown).then_some(selected)
}

/// How many names are proposed.
const PROPOSED: usize = 5;

fn unmatched(root: &Node, operations: &[Operation<'_>], selector: &Selector, diagnostics: &mut Diagnostics) {
    let wanted = selector.to_string();
    let names = operations.iter().flat_map(|operation| selector.names(operation));
    // In a short name, one slip leaves no two neighbours as they were.
    let likeness = |name: &str| if closest(&wanted, [name]).is_some() { 100 } else { likeness(&wanted, name) };
    let mut near: Vec<(usize, String)> =
        names.map(|name| (likeness(&name), name)).filter(|(likeness, _)| *likeness >= SIMILAR).collect();
    near.sort_by(|(one, name), (other, other_name)| other.cmp(one).then_with(|| name.cmp(other_name)));
    near.dedup();
    let near = near.iter().map(|(_, name)| name.clone());
    let near: Vec<String> =
        bare(operations, selector).into_iter().chain(near).take(PROPOSED).map(|name| quoted(&name)).collect();
    let help = match near.as_slice() {
        [] => "write an `operationId`, `METHOD /path*` or `tag:NAME` that the document has".to_owned(),
        [one] => format!("did you mean {one}?"),
        several => format!("did you mean one of {}?", several.join(", ")),
    };
    let start = Span { file: FileId::ROOT, start: root.span.start, end: root.span.start };
    let span = root.entry("paths").map_or(start, |(key, _)| key.span);
    diagnostics
        .error(Code::UnmatchedSelector, format!("no operation is selected by {}", quoted(&wanted)), span)
        .help(help);
}

/// The selectors that a bare word may have been meant as: that of a tag, or those of a path.
fn bare(operations: &[Operation<'_>], selector: &Selector) -> BTreeSet<String> {
    let Selector::Id(word) = selector else { return BTreeSet::new() };
    let tags = operations.iter().flat_map(Operation::tags).filter(|tag| tag.eq_ignore_ascii_case(word));
    let tags = tags.map(|tag| Selector::Tag(tag.to_owned()).to_string());
    let routes = operations.iter().filter_map(|one| Some((&one.method, one.path.filter(|path| path == word)?)));
    tags.chain(routes.map(|(method, path)| format!("{method} {path}"))).collect()
}

/// How much in a hundred two texts have in common for one to be proposed for the other.
const SIMILAR: usize = 40;

/// How much of two texts is the same, in a hundred: by the pairs of neighbouring letters that they share.
fn likeness(one: &str, other: &str) -> usize {
    let pairs = |text: &str| -> Vec<[u8; 2]> {
        let text = text.to_lowercase();
        text.as_bytes().windows(2).filter_map(|pair| pair.try_into().ok()).take(100).collect()
    };
    let (one, mut other) = (pairs(one), pairs(other));
    let all = one.len() + other.len();
    let mut shared = 0_usize;
    for pair in &one {
        if let Some(at) = other.iter().position(|candidate| candidate == pair) {
            other.swap_remove(at);
            shared += 2;
        }
    }
    (shared * 100).checked_div(all).unwrap_or_default()
}

#[cfg(test)]
mod tests;
