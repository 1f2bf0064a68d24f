//! YAML to a tree. The only file that knows the YAML parser.

mod error_messages;
mod offsets;
mod parallel;
mod repair;

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marks, Tag};

use offsets::Offsets;

use super::duplicates::check_duplicate_keys;
use super::node::{Key, Node, Value};
use super::scalar::ScalarKind;
use crate::diagnostic::{Code, Diagnostics};
use crate::size_limits;
use crate::source::{FileId, Span};

/// How many bytes are read in all, where a document is read again with a line indented further.
const REREAD: usize = 256 << 20;

/// Why reading was given up.
enum Stop {
    /// The reason was reported.
    Reported,
    /// The parser's words, the byte where it stopped, in the text that it was given, and the place of the innermost open bracket.
    Syntax { info: String, byte: usize, bracket: Option<Span> },
}

/// Reads a text; `beginning` says what to write into one that is empty.
pub(super) fn read(file: FileId, text: &str, beginning: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let base = text.len() - body.len();
    // The parser takes NUL for the end of the text, and would drop the rest without an error.
    if let Some(at) = body.find('\0') {
        let span = Offsets::new(file, "", base, &[]).bytes(base + at, base + at + 1);
        diagnostics.error(Code::Syntax, "a NUL character stands in the text", span).help("remove it");
        return None;
    }
    if let Some(root) = parallel::read(file, body, base, diagnostics) {
        return Some(root);
    }
    let mut padded = Vec::new();
    let mut loose: Vec<Fault> = Vec::new();
    let attempts = (REREAD / body.len().max(1)).clamp(5, 500);
    for _ in 0..attempts {
        let given = repair::padded(body, &padded);
        let offsets = Offsets::new(file, &given, base, &padded);
        let mut found = Diagnostics::new();
        match attempt(&given, offsets, &mut found) {
            Ok(Built { root, .. }) => {
                for fault in &loose {
                    loose_line(fault.span, diagnostics);
                }
                diagnostics.extend(found);
                if root.is_none() {
                    let span = Offsets::new(file, "", base, &[]).original(0, 0);
                    diagnostics.error(Code::Syntax, "the document is empty", span).help(beginning);
                }
                return root;
            }
            Err(Stop::Reported) => {
                diagnostics.extend(found);
                return None;
            }
            Err(Stop::Syntax { info, byte, bracket }) => {
                let span = Offsets::new(file, &given, base, &padded).original(byte, byte);
                let lines = repair::lines_to_indent(&info, body, span.start as usize - base);
                let is_new = lines.iter().any(|line| !padded.contains(line));
                loose.push(Fault { span, info, bracket });
                if !is_new {
                    break;
                }
                padded.extend(lines);
                padded.sort_unstable();
                padded.dedup();
            }
        }
    }
    // A bracket that is never closed makes every line behind it look loose; what was found first is the mistake.
    if let Some(fault) = loose.first() {
        syntax_error(body, fault, base, diagnostics);
    }
    None
}

/// A place that the parser does not accept.
struct Fault {
    span: Span,
    info: String,
    bracket: Option<Span>,
}

fn loose_line(span: Span, diagnostics: &mut Diagnostics) {
    diagnostics
        .warning(Code::LooseIndentation, "YAML asks for more indentation here", span)
        .help("indent every line of a value further than its key");
}

/// What a text holds.
struct Built {
    root: Option<Node>,
    /// How many nodes there are, and how many more aliases stand for.
    nodes: usize,
    copies: usize,
}

fn attempt(text: &str, offsets: Offsets<'_>, diagnostics: &mut Diagnostics) -> Result<Built, Stop> {
    let built = Built { root: None, nodes: 0, copies: 0 };
    let mut builder = Builder { offsets, diagnostics, open: Vec::new(), anchors: HashMap::new(), built };
    let mut parser = Parser::new_from_str(text);
    let mut documents = 0;
    while let Some(event) = parser.next_event() {
        match event {
            Ok((Event::DocumentStart(_), marks)) => {
                documents += 1;
                builder.start_document(documents, marks)?;
            }
            Ok((event, marks)) => builder.event(event, marks)?,
            Err(error) => {
                let byte = builder.offsets.given_byte(error.marker().index());
                return Err(Stop::Syntax { info: error.info().to_owned(), byte, bracket: builder.open_bracket(text) });
            }
        }
    }
    Ok(builder.built)
}

fn syntax_error(text: &str, fault: &Fault, base: usize, diagnostics: &mut Diagnostics) {
    // The parser counts brackets as it looks ahead, before their events come.
    if fault.info == "recursion limit exceeded" {
        too_deep(fault.span, diagnostics);
        return;
    }
    let byte = |span: Span| (span.start as usize).saturating_sub(base);
    let slip = error_messages::explain(text, byte(fault.span), &fault.info, fault.bracket.map(byte));
    let offsets = Offsets::new(fault.span.file, "", base, &[]);
    let span = offsets.bytes(base + slip.at.start, base + slip.at.end);
    let found = diagnostics.error(Code::Syntax, format!("not valid YAML: {}", slip.message), span);
    found.help(slip.help);
    if let Some((other, what)) = slip.other {
        found.label(offsets.bytes(base + other, base + other + 1), what);
    }
}

/// A list or an object whose end has not been seen.
struct Open {
    start: Marks,
    anchor: usize,
    content: Content,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<(Key, Node)>, key: Option<Key> },
}

/// What an alias stands for.
struct Anchored {
    node: Node,
    nodes: usize,
    depth: usize,
}

struct Builder<'a, 't> {
    offsets: Offsets<'t>,
    diagnostics: &'a mut Diagnostics,
    open: Vec<Open>,
    anchors: HashMap<usize, Anchored>,
    built: Built,
}

impl Builder<'_, '_> {
    fn span(&self, marks: Marks) -> Span {
        self.offsets.span(marks.start.index(), marks.end.index())
    }

    /// The bracket of the innermost open list or object in flow style.
    fn open_bracket(&self, text: &str) -> Option<Span> {
        let start = self.open.last()?.start;
        let byte = self.offsets.given_byte(start.start.index());
        let is_bracket = text.get(byte..).is_some_and(|rest| rest.starts_with(['{', '[']));
        is_bracket.then(|| self.span(start))
    }

    fn start_document(&mut self, number: usize, marks: Marks) -> Result<(), Stop> {
        if number == 1 {
            return Ok(());
        }
        let span = self.span(marks);
        self.diagnostics
            .error(Code::ManyDocuments, "a second YAML document starts here", span)
            .help("put it into a file of its own");
        Err(Stop::Reported)
    }

    fn event(&mut self, event: Event<'_>, marks: Marks) -> Result<(), Stop> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let node = self.scalar(&text, style, tag.as_deref(), marks);
                self.complete(node, anchor)
            }
            Event::SequenceStart(anchor, _) => self.start(marks, anchor, Content::Sequence(Vec::new())),
            Event::MappingStart(anchor, _) => {
                self.start(marks, anchor, Content::Mapping { entries: Vec::new(), key: None })
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(marks),
            Event::Alias(anchor) => self.alias(anchor, marks),
            _ => Ok(()),
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, tag: Option<&Tag>, marks: Marks) -> Node {
        let span = self.span(marks);
        let core = tag.filter(|tag| tag.is_yaml_core_schema()).map(|tag| tag.suffix.as_str());
        let mut node = Node::scalar(text, style != ScalarStyle::Plain, span);
        // A tag of the core schema says what the scalar is; any other tag says nothing to us.
        if let (Some(core), Some(scalar)) = (core, node.as_scalar_mut()) {
            scalar.kind = if core == "str" { ScalarKind::String } else { ScalarKind::of_plain(text) };
        }
        node
    }

    fn start(&mut self, start: Marks, anchor: usize, content: Content) -> Result<(), Stop> {
        if self.open.len() >= size_limits::DEPTH {
            too_deep(self.span(start), self.diagnostics);
            return Err(Stop::Reported);
        }
        self.open.push(Open { start, anchor, content });
        Ok(())
    }

    fn end(&mut self, end: Marks) -> Result<(), Stop> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let mut span = self.span(open.start);
        let (value, last) = match open.content {
            Content::Sequence(items) => {
                let last = items.last().map(|item| item.span);
                (Value::Sequence(items), last)
            }
            Content::Mapping { entries, .. } => {
                check_duplicate_keys(&entries, self.diagnostics);
                let last = entries.last().map(|(key, value)| key.span.to(value.span));
                let entries = self.merged(entries)?;
                (Value::Mapping(super::Mapping::new(entries)), last)
            }
        };
        // In block style the end is only seen at the next token, after blank lines and comments.
        let end = self.span(end);
        let flow = end.end > end.start;
        match last {
            Some(last) if !flow && last.start >= span.start => span = span.to(last),
            _ => span = span.to(end),
        }
        self.complete(Node { span, value }, open.anchor)
    }

    /// Puts a finished node where it belongs.
    fn complete(&mut self, node: Node, anchor: usize) -> Result<(), Stop> {
        self.count(node.span)?;
        if anchor > 0 {
            let (nodes, depth) = (node.size(), node.depth());
            self.copy(nodes, node.span)?;
            self.anchors.insert(anchor, Anchored { node: node.clone(), nodes, depth });
        }
        self.attach(node)
    }

    fn attach(&mut self, node: Node) -> Result<(), Stop> {
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.built.root = Some(node),
            Some(Content::Sequence(items)) => items.push(node),
            Some(Content::Mapping { entries, key }) => match key.take() {
                Some(key) => entries.push((key, node)),
                None => *key = Some(as_key(node, self.diagnostics)?),
            },
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, marks: Marks) -> Result<(), Stop> {
        let span = self.span(marks);
        let Some(Anchored { node, nodes, depth }) = self.anchors.get(&anchor) else {
            self.diagnostics
                .error(Code::Syntax, "this alias stands within the node that it names", span)
                .help("use `$ref` instead");
            return Err(Stop::Reported);
        };
        if self.open.len() + depth > size_limits::DEPTH {
            too_deep(span, self.diagnostics);
            return Err(Stop::Reported);
        }
        let (nodes, node) = (*nodes, node.clone());
        self.copy(nodes, span)?;
        self.attach(node)
    }

    /// Entries with `<<` replaced by the entries of the objects that it names, as most YAML tools do.
    fn merged(&mut self, entries: Vec<(Key, Node)>) -> Result<Vec<(Key, Node)>, Stop> {
        let is_merge = |key: &Key| key.text() == "<<" && !key.quoted;
        if !entries.iter().any(|(key, _)| is_merge(key)) {
            return Ok(entries);
        }
        let (merges, mut entries): (Vec<_>, Vec<_>) = entries.into_iter().partition(|(key, _)| is_merge(key));
        for (_, node) in merges {
            let span = node.span;
            let sources = if let Value::Sequence(items) = node.value { items } else { vec![node] };
            let mut names: std::collections::HashSet<String> =
                entries.iter().map(|(key, _)| key.text().to_owned()).collect();
            for source in sources {
                self.copy(source.size(), span)?;
                if let Value::Mapping(mapping) = &source.value {
                    let new = mapping.entries().iter().filter(|(key, _)| names.insert(key.text().to_owned()));
                    entries.extend(new.cloned());
                }
            }
        }
        Ok(entries)
    }

    fn count(&mut self, span: Span) -> Result<(), Stop> {
        self.built.nodes += 1;
        if self.built.nodes <= size_limits::NODES {
            return Ok(());
        }
        let message = format!("more than {} nodes in one file", size_limits::NODES);
        self.diagnostics.error(Code::TooLarge, message, span).help("split the document into several files");
        Err(Stop::Reported)
    }

    /// Takes copied nodes from what aliases may copy in all, so that a few lines cannot stand for billions of nodes.
    fn copy(&mut self, nodes: usize, span: Span) -> Result<(), Stop> {
        self.built.copies += nodes;
        if self.built.copies <= size_limits::COPIES {
            return Ok(());
        }
        let message = format!("the aliases of this document copy more than {} nodes", size_limits::COPIES);
        self.diagnostics.error(Code::TooLarge, message, span).help("use `$ref` instead of YAML aliases");
        Err(Stop::Reported)
    }
}

fn too_deep(span: Span, diagnostics: &mut Diagnostics) {
    let message = format!("more than {} levels of nesting", size_limits::DEPTH);
    diagnostics.error(Code::TooDeep, message, span).help("name the inner schemas under `components` and refer to them");
}

fn as_key(node: Node, diagnostics: &mut Diagnostics) -> Result<Key, Stop> {
    let span = node.span;
    if let Value::Scalar(scalar) = node.value {
        return Ok(Key::new(scalar.text, scalar.quoted, span));
    }
    diagnostics
        .error(Code::BadKey, "a list or an object stands where a key is expected", span)
        .help("keys are strings; quote a text that starts with `{` or `[`");
    Err(Stop::Reported)
}

#[cfg(test)]
mod tests;
