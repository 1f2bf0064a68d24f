//! Text to a located tree: one [`Node`] per file, whatever the format it is written in.
//!
//! A tree is any YAML or JSON; what its keys mean is the business of the grammar, which is checked when references are resolved.

mod check;
pub(crate) mod grammar;
mod json;
mod json_text;
mod limits;
mod node;
pub mod pointer;
mod scalar;
mod suggest;
mod template;
mod typed;
mod yaml;

pub use node::{Key, Mapping, Node, Scalar, Value};
pub use scalar::ScalarKind;

pub use check::Strictness;
pub(crate) use check::{Checker, Site};
pub(crate) use limits::{COPIES, DEPTH};
pub(crate) use suggest::closest;
pub(crate) use template::template_names;
pub(crate) use typed::typed;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::diagnostic::{Code, Diagnostics};
use crate::source::{FileId, Place, Source};

/// The trees of a source, in the order of its files; a file that has none was reported.
#[derive(Clone, Debug)]
pub struct Documents {
    pub(crate) trees: Vec<Option<Node>>,
}

/// Reads every file of a source.
///
/// A file that could not be read is an error only where a reference names it, except for the root.
pub fn read(source: &Source, diagnostics: &mut Diagnostics) -> Documents {
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
            .error(Code::UnreadableFile, format!("cannot read {name}: {reason}"), Place::START)
            .help("check the path and who may read the file");
    }
    Documents { trees }
}

/// The tree of one file, without a word about what is wrong with it.
pub(crate) fn tree(source: &Source, file: FileId) -> Option<Node> {
    read_file(source, file, &mut Diagnostics::new())
}

fn read_file(source: &Source, file: FileId, diagnostics: &mut Diagnostics) -> Option<Node> {
    let (name, text) = source.files.get_index(file.index())?;
    let text = text.as_ref().ok()?;
    if text.len() > limits::BYTES {
        let limit = limits::BYTES >> 20;
        let message = format!("{name} is longer than {limit} MiB");
        diagnostics
            .error(Code::TooLarge, message, Place { file, start: 0, end: 0 })
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

/// Reports the keys that an object repeats.
fn check_duplicate_keys(entries: &[(Key, Node)], diagnostics: &mut Diagnostics) {
    if entries.len() <= 8 {
        for (at, (key, _)) in entries.iter().enumerate() {
            if let Some((first, _)) = entries[..at].iter().find(|(first, _)| first.text() == key.text()) {
                report_duplicate(first, key, diagnostics);
            }
        }
        return;
    }
    let mut seen = std::collections::HashMap::with_capacity(entries.len());
    for (key, _) in entries {
        if let Some(first) = seen.insert(key.text(), key) {
            report_duplicate(first, key, diagnostics);
        }
    }
}

fn report_duplicate(first: &Key, again: &Key, diagnostics: &mut Diagnostics) {
    let key = crate::diagnostic::quoted(again.text());
    diagnostics
        .error(Code::DuplicateKey, format!("{key} stands twice in one object"), again.place)
        .mark("again here")
        .label(first.place, "first here")
        .help("keep one of the two, or rename one");
}
