//! Every file of a source to its tree, whatever the format it is written in. A file is parsed once.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::{Node, json, yaml};
use crate::diagnostic::{Code, Diagnostics};
use crate::size_limits;
use crate::source::{FileId, Source, Span};

/// The trees of a source, in the order of its files; a file that has none was reported.
#[derive(Clone, Debug)]
pub struct Documents {
    pub(crate) trees: Vec<Option<Node>>,
}

impl Documents {
    /// The tree of the root document.
    pub(crate) fn root(&self) -> Option<&Node> {
        self.trees.first()?.as_ref()
    }
}

/// The tree of one file, if it has one, and what is wrong with its text.
#[derive(Clone, Debug)]
pub(super) struct ParsedFile {
    pub(super) tree: Option<Node>,
    diagnostics: Diagnostics,
}

impl ParsedFile {
    pub(super) fn of(source: &Source, file: FileId) -> Self {
        let mut diagnostics = Diagnostics::new();
        let tree = read_file(source, file, &mut diagnostics);
        Self { tree, diagnostics }
    }
}

/// A source to read: a plain [`Source`], or one whose files [`gather`](super::gather) has found and in part parsed.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The texts.
    pub source: &'a Source,
    /// What was parsed of them, by the index of the file.
    pub(super) parsed: &'a [Option<ParsedFile>],
}

impl<'a> Input<'a> {
    /// The tree of a file that was parsed when the files were gathered; `None` for one that was not, or has none.
    pub(crate) fn tree(self, file: FileId) -> Option<&'a Node> {
        self.parsed.get(file.index())?.as_ref()?.tree.as_ref()
    }
}

impl<'a> From<&'a Source> for Input<'a> {
    fn from(source: &'a Source) -> Self {
        Self { source, parsed: &[] }
    }
}

/// Reads every file of a source that is not parsed yet, and reports what is wrong with the texts of all. Of those that are parsed it takes
/// copies: the stages change their trees, and a listing looks places up in the trees as they were parsed.
///
/// A file that could not be read is an error only where a reference names it, except for the root.
#[must_use]
pub fn read<'a>(input: impl Into<Input<'a>>) -> (Documents, Diagnostics) {
    let Input { source, parsed } = input.into();
    let mut diagnostics = Diagnostics::new();
    let read_one = |index: usize| match parsed.get(index) {
        Some(Some(parsed)) => parsed.clone(),
        _ => ParsedFile::of(source, FileId::from_index(index)),
    };
    let files: Vec<_> = (0..source.files.len()).into_par_iter().map(read_one).collect();
    let mut trees = Vec::with_capacity(files.len());
    for file in files {
        trees.push(file.tree);
        diagnostics.extend(file.diagnostics);
    }
    if let Some((name, Err(reason))) = source.files.get_index(0) {
        diagnostics
            .error(Code::UnreadableFile, format!("cannot read {name}: {reason}"), Span::START)
            .help("name a file that may be read and holds UTF-8 text");
    }
    (Documents { trees }, diagnostics)
}

/// The tree of one file, without diagnostics.
pub(crate) fn tree(source: &Source, file: FileId) -> Option<Node> {
    read_file(source, file, &mut Diagnostics::new())
}

fn read_file(source: &Source, file: FileId, diagnostics: &mut Diagnostics) -> Option<Node> {
    let (name, text) = source.files.get_index(file.index())?;
    let text = text.as_ref().ok()?;
    if text.len() > size_limits::BYTES {
        let limit = size_limits::BYTES >> 20;
        let message = format!("{name} is longer than {limit} MiB");
        diagnostics
            .error(Code::TooLarge, message, Span { file, start: 0, end: 0 })
            .help("split the document into several files");
        return None;
    }
    // Whatever the name says: a text that starts with a brace is JSON, or else flow style YAML.
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let named_json = ending.eq_ignore_ascii_case("json");
    if named_json || text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        let mut found = Diagnostics::new();
        let tree = json::read(file, text, &mut found);
        if tree.is_some() || named_json || !matches!(ending, "yaml" | "yml") {
            diagnostics.extend(found);
            return tree;
        }
    }
    yaml::read(file, text, beginning(source, file), diagnostics)
}

/// What to write into a file of YAML that is empty.
fn beginning(source: &Source, file: FileId) -> &'static str {
    if source.overlays.contains(&file) {
        "start it with `overlay: 1.1.0`"
    } else if file == FileId::ROOT {
        "start it with `openapi: 3.0.4`"
    } else {
        "write into it what a reference names"
    }
}
