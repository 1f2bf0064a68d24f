//! Every file of a source to its tree, whatever the format it is written in.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::{Node, json, size_limits, yaml};
use crate::diagnostic::{Code, Diagnostics};
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

/// Reads every file of a source, and reports what is wrong with their texts.
///
/// A file that could not be read is an error only where a reference names it, except for the root.
#[must_use]
pub fn read(source: &Source) -> (Documents, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let read_one = |index| {
        let mut found = Diagnostics::new();
        let tree = read_file(source, FileId::from_index(index), &mut found);
        (tree, found)
    };
    let files: Vec<_> = (0..source.files.len()).into_par_iter().map(read_one).collect();
    let mut trees = Vec::with_capacity(files.len());
    for (tree, found) in files {
        trees.push(tree);
        diagnostics.extend(found);
    }
    if let Some((name, Err(reason))) = source.files.get_index(0) {
        diagnostics
            .error(Code::UnreadableFile, format!("cannot read {name}: {reason}"), Span::START)
            .help("check the path and who may read the file");
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
    yaml::read(file, text, diagnostics)
}
