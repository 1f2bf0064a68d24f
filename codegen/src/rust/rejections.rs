//! How a server writes its rejections as the errors that a document gives its operations.

use super::{Docs, RejectionTableId};

/// The errors of a document in which rejections can be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RejectionForms {
    /// The forms, each with the name of its constant, ordered by it.
    pub forms: Vec<(String, RejectionForm)>,
    /// The tables that operations refer to, without repetition.
    pub tables: Vec<RejectionTable>,
}

impl RejectionForms {
    /// The table behind an id.
    #[must_use]
    pub fn table(&self, id: RejectionTableId) -> Option<&RejectionTable> {
        self.tables.get(id.0)
    }
}

/// What an operation documents for the statuses of rejections, ordered by status.
#[derive(Clone, Debug, PartialEq)]
pub struct RejectionTable {
    /// The name of its constant.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// A row for each status.
    pub rows: Vec<RejectionRow>,
}

/// What an operation documents for a status of rejections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectionRow {
    /// The status.
    pub status: u16,
    /// The media type and the name of the form; `None`: the status has no body.
    pub body: Option<(String, String)>,
}

/// A documented error, with what a rejection says in the place of each value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RejectionForm {
    /// The number of the status.
    Status,
    /// The number of the status as a string.
    StatusText,
    /// The reason phrase of the status.
    Reason,
    /// The reason phrase as a name for programs.
    Code,
    /// What is wrong, with its place.
    Detail,
    /// The place in the body, as a JSON pointer.
    Pointer,
    /// A value that the document gives.
    Text(String),
    /// The one of listed values that stands for the status.
    Listed(String),
    /// An object with these members, by their names on the wire.
    Object(Vec<(String, RejectionForm)>),
    /// A list with an element for each fault.
    Faults(Box<RejectionForm>),
}
