//! Finds and reads the files that a document refers to.

use memchr::memmem;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefMutIterator, ParallelIterator};

use super::Node;
use super::read::{Input, ParsedFile};
use crate::source::{FileId, Source, Target, is_file_like};

/// How far behind the word a mapping is searched for the names of files.
const MAPPING: usize = 2_000;

/// A document and every file that it refers to. The files that had to be parsed to find the others are not parsed again.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// The texts of all files.
    pub source: Source,
    /// By the index of the file; `None` where its text alone shows that it names no other file, unless all files were parsed.
    pub(super) parsed: Vec<Option<ParsedFile>>,
}

impl Gathered {
    /// The same with every file parsed, for a listing with JSON pointers: it takes them from these trees, of which the stages get copies.
    #[must_use]
    pub fn with_all_parsed(mut self) -> Self {
        let source = &self.source;
        self.parsed.par_iter_mut().enumerate().for_each(|(index, parsed)| {
            parsed.get_or_insert_with(|| ParsedFile::of(source, FileId::from_index(index)));
        });
        self
    }
}

impl<'a> From<&'a Gathered> for Input<'a> {
    fn from(gathered: &'a Gathered) -> Self {
        Self { source: &gathered.source, parsed: &gathered.parsed }
    }
}

/// Reads the root document and, transitively, every file that a `$ref` names.
///
/// `root` and `base` are paths as the user wrote them, `base` an ancestor folder of the root. `read` is given names of the same
/// form (`specs/shared/money.yaml`), lexically within the base; whether a symbolic link leads out of it is for `read` to see.
pub fn gather(root: &str, base: &str, read: &mut dyn FnMut(&str) -> Result<String, String>) -> Gathered {
    follow(Source::rooted(root, base, &mut *read), read)
}

/// The same with overlays, each of them a name and a text or why there is none. References in them are relative to the root document.
pub fn gather_with_overlays(
    root: &str,
    base: &str,
    overlays: Vec<(String, Result<String, String>)>,
    read: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Gathered {
    let rooted = Source::rooted(root, base, &mut *read);
    let source = overlays.into_iter().fold(rooted, |source, (name, text)| source.with_overlay(&name, text));
    follow(source, read)
}

/// Reads what the files of a source refer to, and what those files refer to in turn.
fn follow(mut source: Source, read: &mut dyn FnMut(&str) -> Result<String, String>) -> Gathered {
    let mut parsed = Vec::new();
    while parsed.len() < source.files.len() {
        let file = FileId::from_index(parsed.len());
        let one = names_other_files(source.text(file)).then(|| ParsedFile::of(&source, file));
        let tree = one.as_ref().and_then(|one| one.tree.as_ref());
        for name in tree.map(|tree| named_files(&source, file, tree)).unwrap_or_default() {
            if !source.files.contains_key(&name) {
                let text = read(&name);
                source.files.insert(name, text);
            }
        }
        parsed.push(one);
    }
    Gathered { source, parsed }
}

/// The other files that the tree of a file names, in order.
fn named_files(source: &Source, file: FileId, tree: &Node) -> Vec<String> {
    let mut names = Vec::new();
    collect(tree, &mut |text| {
        if let Ok(target) = Target::parse(text, source.referrer(file), &source.base)
            && target.file != source.referrer(file)
        {
            names.push(target.file);
        }
    });
    names
}

/// Every string under a `$ref` and every file in a discriminator's mapping. Some may stand in examples and be no references; their
/// files are read and never used.
fn collect(node: &Node, found: &mut impl FnMut(&str)) {
    for (key, value) in node.entries() {
        match (key.text(), value.as_str()) {
            ("$ref", Some(text)) => found(text),
            ("mapping", None) => {
                value
                    .entries()
                    .filter_map(|(_, name)| name.as_str())
                    .filter(|name| is_file_like(name))
                    .for_each(&mut *found);
            }
            _ => {}
        }
        collect(value, found);
    }
    for item in node.items() {
        collect(item, found);
    }
}

/// Whether a `$ref` is followed by anything but `#`, or a mapping by a file: a quick look that spares most documents the search in their trees.
fn names_other_files(text: &str) -> bool {
    let near = |start: usize| &text.as_bytes()[start..text.len().min(start + MAPPING)];
    let names_file =
        |bytes: &[u8]| bytes.windows(5).any(|end| matches!(end, b".yaml" | b".json" | [b'.', b'y', b'm', b'l', _]));
    let in_mapping = || memmem::find_iter(text.as_bytes(), "mapping").any(|start| names_file(near(start)));
    memmem::find_iter(text.as_bytes(), "$ref").any(|start| {
        let rest = text[start + "$ref".len()..]
            .trim_start_matches(['"', '\'', ' ', '\t', '\r', '\n', ':', '>', '|', '-', '+']);
        !rest.starts_with('#')
    }) || in_mapping()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::read;

    const ROOT: &str = "a: {$ref: 'part.yaml#/b'}\nc: 1\nc: 2\n";

    #[test]
    fn a_file_that_names_others_is_parsed_once() {
        let mut gathered = gather("root.yaml", ".", &mut |name| match name {
            "root.yaml" => Ok(ROOT.to_owned()),
            "part.yaml" => Ok("b: 1\n".to_owned()),
            other => Err(format!("{other} was asked for")),
        });
        let (documents, found) = read(&gathered);
        assert_eq!(documents.trees.iter().flatten().count(), 2);
        assert_eq!(found, read(&gathered.source).1);
        assert_eq!(found.iter().count(), 1);
        // What is read now is what was parsed then, not the text.
        gathered.source.files.insert("root.yaml".to_owned(), Ok(String::new()));
        let (documents, _) = read(&gathered);
        assert!(documents.root().is_some_and(|root| root.get("a").is_some()));
    }
}
