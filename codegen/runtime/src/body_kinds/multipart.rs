//! Forms of parts (`multipart/form-data`, RFC 7578): files and other parts.

mod error;
#[cfg(feature = "server")]
mod parser;
mod part;
#[cfg(feature = "server")]
mod reader;
#[cfg(feature = "client")]
mod writer;

use std::fmt;

use http::HeaderMap;

use super::{Arrival, Rules};
use crate::body::Body;

#[cfg(feature = "client")]
pub use error::FormWriteError;
#[cfg(feature = "server")]
pub use error::{FormReadError, PartFault};
pub use part::{File, JsonPart, List, NamedPart, One, Optional, Others, PartSpec, TextPart};
#[cfg(feature = "server")]
pub use reader::{MultipartReader, ReadPart, ReadParts};
#[cfg(feature = "client")]
pub use writer::{MultipartWriter, WriteForm, WritePart, WriteParts};

/// What it is sent as, with the boundary behind it.
#[cfg(feature = "client")]
pub(crate) const MEDIA_TYPE: &str = "multipart/form-data";

/// Each part says what it is of, and the message names the boundary between them.
pub(super) const RULES: Rules = Rules { arrival: Arrival::InParts, ..Rules::BINARY };

/// A file in a form, or any other part whose bytes are taken as they are.
///
/// ```
/// use specie_runtime::FilePart;
///
/// let file = FilePart::new("id,amount\n").named("payouts.csv").of_type("text/csv");
/// assert_eq!(file.file_name.as_deref(), Some("payouts.csv"));
/// ```
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct FilePart {
    /// The name that its sender gave it. It is the sender's text: no path to write to.
    pub file_name: Option<String>,
    /// Its media type; `None`: not said.
    pub content_type: Option<String>,
    /// Its other headers.
    pub headers: HeaderMap,
    /// Its bytes.
    pub content: Body,
}

/// Shows neither the name nor the headers, which may hold secrets.
impl fmt::Debug for FilePart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("FilePart")
            .field("content_type", &self.content_type)
            .field("content", &self.content)
            .finish_non_exhaustive()
    }
}

impl FilePart {
    /// A part with this content.
    #[must_use]
    pub fn new(content: impl Into<Body>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }

    /// Names the file.
    #[must_use]
    pub fn named(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into());
        self
    }

    /// Sets the media type.
    #[must_use]
    pub fn of_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }
}
