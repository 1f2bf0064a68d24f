//! An overlay's tree to its actions, with every problem in it reported.

use super::path::Path;
use crate::diagnostic::{Code, Diagnostics, closest, quoted};
use crate::source::{Source, Span};
use crate::syntax::{Key, Node};

const PATH_HELP: &str = "write one of RFC 9535, such as `$.paths['/payments'].post`: a key with `-`, `/` or a space stands in brackets and quotes";

/// An overlay that was read without an error.
pub(super) struct Overlay<'a> {
    pub(super) actions: Vec<Action<'a>>,
}

/// One change to all that a path selects.
pub(super) struct Action<'a> {
    pub(super) path: Path,
    /// The path as it is written, and where.
    pub(super) text: &'a str,
    pub(super) span: Span,
    pub(super) change: Change<'a>,
}

pub(super) enum Change<'a> {
    /// `remove: false`, and nothing else.
    Nothing,
    /// What is selected is removed; where that is said.
    Remove(Span),
    Update(&'a Node),
    /// The one value that a path selects; the path as it is written, and where.
    Copy(Path, &'a str, Span),
}

/// The versions of the Overlay Specification; patch versions mean the same.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    V10,
    V11,
}

/// Reads an overlay; `None` after an error.
pub(super) fn overlay<'a>(tree: &'a Node, source: &Source, diagnostics: &mut Diagnostics) -> Option<Overlay<'a>> {
    let mut reader = Reader { diagnostics, errors: false };
    let overlay = reader.overlay(tree, source);
    overlay.filter(|_| !reader.errors)
}

struct Reader<'a> {
    diagnostics: &'a mut Diagnostics,
    errors: bool,
}

impl Reader<'_> {
    fn overlay<'a>(&mut self, tree: &'a Node, source: &Source) -> Option<Overlay<'a>> {
        if !tree.is_mapping() {
            self.error("an overlay is an object", start(tree), "start it with `overlay: 1.1.0`");
            return None;
        }
        let version = self.version(tree)?;
        self.keys(tree, &["overlay", "info", "extends", "actions"], "an overlay");
        self.info(tree, version);
        self.extends(tree, source);
        let actions = self.required(tree, "actions", "an overlay")?;
        if actions.items().is_empty() {
            self.error(
                "`actions` has to be a list of at least one action",
                actions.span,
                "add an action, or do without the overlay",
            );
        }
        let actions = actions.items().iter().map(|action| self.action(action, version)).collect::<Vec<_>>();
        Some(Overlay { actions: actions.into_iter().collect::<Option<_>>()? })
    }

    fn version(&mut self, tree: &Node) -> Option<Version> {
        let node = self.required(tree, "overlay", "an overlay")?;
        let text = node.text().unwrap_or_default();
        let is_minor =
            |minor: &str| text == minor || text.strip_prefix(minor).is_some_and(|rest| rest.starts_with('.'));
        let version = match () {
            () if is_minor("1.0") => Version::V10,
            () if is_minor("1.1") => Version::V11,
            () => {
                self.error(
                    format!("overlays of version {} are not read", quoted(text)),
                    node.span,
                    "write `overlay: 1.1.0` or `1.0.0`",
                );
                return None;
            }
        };
        Some(version)
    }

    fn info(&mut self, tree: &Node, version: Version) {
        let Some(info) = self.required(tree, "info", "an overlay") else { return };
        if !info.is_mapping() {
            return self.error("`info` has to be an object", info.span, "give it a `title` and a `version`");
        }
        let known: &[&str] =
            if version == Version::V11 { &["title", "version", "description"] } else { &["title", "version"] };
        self.keys(info, known, "`info`");
        for key in ["title", "version"] {
            if let Some(node) =
                self.required(info, key, "`info`").filter(|node| node.text().is_none() || node.is_null())
            {
                self.error(format!("`{key}` has to be a text"), node.span, "write a text");
            }
        }
    }

    /// An overlay may say which document it was written for.
    fn extends(&mut self, tree: &Node, source: &Source) {
        let Some(node) = tree.get("extends") else { return };
        let Some(text) = node.as_str() else {
            return self.error("`extends` has to be a text", node.span, "write the address of the document");
        };
        let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        // Where an address leads is not looked up, and a folder may be named in many ways.
        if !text.contains("://") && last(text) != last(&source.root) {
            let message = format!("this overlay is for {}, and applied to {}", quoted(text), quoted(&source.root));
            self.diagnostics
                .warning(Code::OverlayExtends, message, node.span)
                .help("apply it to the document that it names, or change `extends`");
        }
    }

    fn action<'a>(&mut self, action: &'a Node, version: Version) -> Option<Action<'a>> {
        if !action.is_mapping() {
            self.error("an action is an object", action.span, "give it a `target`, and `update` or `remove`");
            return None;
        }
        self.keys(action, &["target", "description", "update", "remove", "copy"], "an action");
        if let Some((key, _)) = action.entry("copy").filter(|_| version == Version::V10) {
            self.error("`copy` came with version 1.1 of overlays", key.span, "write `overlay: 1.1.0`");
        }
        let target = self.required(action, "target", "an action");
        let path = target.and_then(|node| Some((self.path(node)?, node.as_str()?, node.span)));
        let change = self.change(action);
        let ((path, text, span), change) = path.zip(change)?;
        Some(Action { path, text, span, change })
    }

    fn change<'a>(&mut self, action: &'a Node) -> Option<Change<'a>> {
        let remove = action.entry("remove");
        if let Some((_, node)) = remove.filter(|(_, node)| node.as_bool().is_none()) {
            self.error("`remove` has to be `true` or `false`", node.span, "write `remove: true`");
            return None;
        }
        let removed = remove.filter(|(_, node)| node.as_bool() == Some(true)).map(|(key, node)| key.span.to(node.span));
        match (removed, action.get("update"), action.entry("copy")) {
            (Some(span), ..) => {
                self.without_effect(action);
                Some(Change::Remove(span))
            }
            (None, Some(_), Some((key, _))) => {
                self.error("`update` and `copy` exclude each other", key.span, "make two actions of it");
                None
            }
            (None, Some(update), None) => Some(Change::Update(update)),
            (None, None, Some((_, node))) => Some(Change::Copy(self.path(node)?, node.as_str()?, node.span)),
            (None, None, None) if remove.is_some() => Some(Change::Nothing),
            (None, None, None) => {
                self.error("this action changes nothing", start(action), "add `update`, `remove: true` or `copy`");
                None
            }
        }
    }

    /// Says what stands beside `remove: true`, where it has no effect (Overlay Specification 1.0 and 1.1, "Action Object").
    fn without_effect(&mut self, action: &Node) {
        for (key, _) in ["update", "copy"].iter().filter_map(|key| action.entry(key)) {
            let message = format!("{} changes nothing beside `remove: true`", quoted(key.text()));
            self.diagnostics
                .warning(Code::OverlayRemove, message, key.span)
                .help("leave one of the two out, or make two actions of it: what is removed, and what takes its place");
        }
    }

    fn path(&mut self, node: &Node) -> Option<Path> {
        let Some(text) = node.as_str() else {
            self.error("a path has to be a text", node.span, "write a JSONPath such as `$.paths['/payments'].post`");
            return None;
        };
        let refused = match Path::parse(text) {
            Ok(path) => return Some(path),
            Err(refused) => refused,
        };
        let message = format!("{} is no JSONPath: {}", quoted(text), refused.reason);
        self.error(message, from(text, node.span, refused.at), PATH_HELP);
        None
    }

    fn required<'a>(&mut self, node: &'a Node, key: &str, of: &str) -> Option<&'a Node> {
        let found = node.get(key);
        if found.is_none() {
            self.error(format!("{of} has no `{key}`"), start(node), format!("add `{key}`"));
        }
        found
    }

    fn keys(&mut self, node: &Node, known: &[&str], of: &str) {
        let is_known = |key: &Key| known.contains(&key.text()) || key.text().starts_with("x-");
        for (key, _) in node.entries().filter(|(key, _)| !is_known(key)) {
            let message = format!("{of} has no key {}", quoted(key.text()));
            let help = match closest(key.text(), known.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("its keys are `{}`; others start with `x-`", known.join("`, `")),
            };
            self.error(message, key.span, help);
        }
    }

    fn error(&mut self, message: impl Into<String>, span: Span, help: impl Into<String>) {
        self.errors = true;
        self.diagnostics.error(Code::MalformedOverlay, message, span).help(help);
    }
}

/// The beginning of a node, for what is missing in it.
fn start(node: &Node) -> Span {
    node.entries().next().map_or(Span { end: node.span.start, ..node.span }, |(key, _)| key.span)
}

/// The rest of a text from a byte on, where the text stands as it is between quotes, or without them; else all of it.
fn from(text: &str, span: Span, at: usize) -> Span {
    let Some(rest) = u32::try_from(at).ok().filter(|_| at < text.len()) else { return span };
    let quote = match (span.end - span.start) as usize {
        length if length == text.len() => 0,
        length if length == text.len() + 2 => 1,
        _ => return span,
    };
    Span { start: span.start + quote + rest, ..span }
}
