//! How a part of a form is described: its name, what it is, and how many there may be of it.

use std::marker::PhantomData;

/// A part of a form, as client and server write and read it.
///
/// ```
/// use specie_runtime::multipart::PartSpec;
///
/// let tags = PartSpec::text("tags").list().optional();
/// let table = PartSpec::file("table").of_type("text/csv");
/// let rest = PartSpec::text("").others(&["tags", "table"]);
/// # let _ = (tags, table, rest);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PartSpec<K, N> {
    pub(super) part: NamedPart<'static>,
    of: PhantomData<fn() -> (K, N)>,
}

/// The name of a part, and its media type where the document gives one.
#[derive(Clone, Copy, Debug)]
pub struct NamedPart<'n> {
    /// The name; empty for [`Others`].
    pub name: &'n str,
    /// What the document gives as `contentType` of the part's encoding. A client sends it; a server reads a part by the type of its value.
    pub media_type: Option<&'static str>,
    /// For [`Others`], the names of the parts that are described on their own.
    pub listed: Option<&'static [&'static str]>,
}

impl<'n> NamedPart<'n> {
    const fn new(name: &'n str) -> Self {
        Self { name, media_type: None, listed: None }
    }
}

/// A part that is text.
#[derive(Clone, Copy, Debug)]
pub struct TextPart;

/// A part that is one JSON value.
#[derive(Clone, Copy, Debug)]
pub struct JsonPart;

/// A part that is a [`FilePart`](super::FilePart).
#[derive(Clone, Copy, Debug)]
pub struct File;

/// There is one part of the name.
#[derive(Clone, Copy, Debug)]
pub struct One;

/// There is a part for each item of a list.
#[derive(Clone, Copy, Debug)]
pub struct List;

/// All parts that are not described on their own, as a map by their names (`additionalProperties`).
#[derive(Clone, Copy, Debug)]
pub struct Others<N>(PhantomData<fn() -> N>);

/// There may be no part of the name, which is `None`.
#[derive(Clone, Copy, Debug)]
pub struct Optional<N>(PhantomData<fn() -> N>);

impl PartSpec<TextPart, One> {
    /// A part that is text.
    #[must_use]
    pub const fn text(name: &'static str) -> Self {
        Self::of(NamedPart::new(name))
    }
}

impl PartSpec<JsonPart, One> {
    /// A part that is one JSON value.
    #[must_use]
    pub const fn json(name: &'static str) -> Self {
        Self::of(NamedPart::new(name))
    }
}

impl PartSpec<File, One> {
    /// A part that is a file.
    #[must_use]
    pub const fn file(name: &'static str) -> Self {
        Self::of(NamedPart::new(name))
    }
}

impl<K> PartSpec<K, One> {
    /// A list, of which each item is a part.
    #[must_use]
    pub const fn list(self) -> PartSpec<K, List> {
        PartSpec::of(self.part)
    }
}

impl<K, N> PartSpec<K, N> {
    const fn of(part: NamedPart<'static>) -> Self {
        Self { part, of: PhantomData }
    }

    /// It may be left out.
    #[must_use]
    pub const fn optional(self) -> PartSpec<K, Optional<N>> {
        PartSpec::of(self.part)
    }

    /// All parts but those of these names, of whatever name.
    #[must_use]
    pub const fn others(self, listed: &'static [&'static str]) -> PartSpec<K, Others<N>> {
        PartSpec::of(NamedPart { listed: Some(listed), ..self.part })
    }

    /// Sets the media type of the part (`encoding.contentType`). A file may say another one itself.
    #[must_use]
    pub const fn of_type(self, media_type: &'static str) -> Self {
        Self::of(NamedPart { media_type: Some(media_type), ..self.part })
    }
}
