//! The text of a document and of the files that it refers to: plain data, read by whoever may touch the disk
//! ([`gather`](crate::syntax::gather) asks for one file after the other).

mod path;
mod reference;

pub use reference::{Refusal, Target, is_file_like};

use indexmap::IndexMap;

/// One file of a [`Source`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(u32);

impl FileId {
    /// The root document.
    pub const ROOT: Self = Self(0);

    pub(crate) fn from_index(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A range of bytes in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The beginning of the root document.
    pub const START: Self = Self { file: FileId::ROOT, start: 0, end: 0 };

    /// Whether another place lies within this one.
    #[must_use]
    pub fn contains(self, inner: Self) -> bool {
        self.file == inner.file && self.start <= inner.start && inner.end <= self.end
    }

    /// From the start of this place to the end of another one in the same file.
    #[must_use]
    pub fn to(self, last: Self) -> Self {
        if self.file == last.file { Self { end: self.end.max(last.end), ..self } } else { self }
    }
}

/// Where an entry of an object stands: its key and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EntrySpan {
    /// Where the key stands; for an item of a list, what names it.
    pub key: Span,
    /// Where the value stands.
    pub value: Span,
}

impl EntrySpan {
    /// The beginning of the root document.
    pub const START: Self = Self { key: Span::START, value: Span::START };
}

/// The files of a source by name; a file that could not be read is there with the reason.
pub type Files = IndexMap<String, Result<String, String>>;

/// A document and every file that it refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The root document as the user named it, normalised: `specs/cublox.yaml`.
    pub root: String,
    /// The folder that references may not leave.
    pub base: String,
    /// The root document first, then the other files.
    pub files: Files,
    /// The overlays among the files, in the order in which they are applied to the root document.
    pub overlays: Vec<FileId>,
}

impl Source {
    /// One document that refers to no other file.
    #[must_use]
    pub fn new(root: impl Into<String>, text: impl Into<String>) -> Self {
        let root = path::normalize(&root.into());
        let base = path::parent(&root).to_owned();
        let files = Files::from_iter([(root.clone(), Ok(text.into()))]);
        Self { root, base, files, overlays: Vec::new() }
    }

    /// The root document alone, read under its normalised name; `base` is a path as the user wrote it.
    pub(crate) fn rooted(root: &str, base: &str, read: impl FnOnce(&str) -> Result<String, String>) -> Self {
        let root = path::normalize(root);
        let files = Files::from_iter([(root.clone(), read(&root))]);
        Self { root, base: path::normalize(base), files, overlays: Vec::new() }
    }

    /// The same document with one more overlay, which is applied after those that it has; `text` is its text, or why there is none.
    #[must_use]
    pub fn with_overlay(mut self, name: &str, text: Result<String, String>) -> Self {
        let (index, _) = self.files.insert_full(path::normalize(name), text);
        self.overlays.push(FileId::from_index(index));
        self
    }

    /// The text of a file; empty when it could not be read.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        match self.files.get_index(file.index()) {
            Some((_, Ok(text))) => text,
            _ => "",
        }
    }

    /// The name of a file.
    #[must_use]
    pub fn name(&self, file: FileId) -> &str {
        self.files.get_index(file.index()).map_or(&self.root, |(name, _)| name)
    }

    /// The name of the file that references in a file are relative to. What stands in an overlay becomes a part of the root document,
    /// so its references are relative to that one.
    #[must_use]
    pub fn referrer(&self, file: FileId) -> &str {
        if self.overlays.contains(&file) { &self.root } else { self.name(file) }
    }

    /// The file of that name.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<FileId> {
        self.files.get_index_of(name).map(FileId::from_index)
    }
}
