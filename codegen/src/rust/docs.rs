//! Documentation as structured text: what a document says stays apart from what this crate says about it.

use super::{CallbackKind, Example, ExampleRoot, Value};

/// The documentation of one item, paragraph by paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Docs {
    /// The paragraphs.
    pub paragraphs: Vec<Paragraph>,
}

/// The documentation of many parameters, written once.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedDocs {
    /// The name by which their fields refer to it.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
}

/// One paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Paragraph {
    /// A text of the document: Markdown as its author wrote it.
    Document(String),
    /// `default` of the document.
    Default(Value),
    /// `example` of the document.
    Example(Value),
    /// A sentence of our own words and names that a text of the document ends; both are Markdown as its author wrote it.
    Sentence(Text, String),
    /// A paragraph in our own words.
    Text(Text),
    /// A list in our own words.
    List(Vec<Text>),
    /// A table in our own words: the head of each column, and rows.
    Table(&'static [&'static str], Vec<Vec<Text>>),
    /// A heading.
    Heading(&'static str),
    /// A heading, and short entries under it with commas between.
    Section {
        /// The heading.
        title: Text,
        /// The entries.
        entries: Vec<Text>,
    },
    /// Markdown that says the same in every crate.
    Fixed(&'static str),
    /// How a request is made.
    Request(Example),
    /// How a receiver of a webhook is made.
    Receiver {
        /// Where its path begins.
        root: ExampleRoot,
        /// The function.
        function: String,
        /// The secrets that it is given; empty: it takes none.
        secrets: &'static [&'static str],
        /// What verifies credentials, where it takes that.
        authenticate: Option<&'static str>,
    },
    /// How the fake is used.
    Fake {
        /// Where its path begins.
        root: ExampleRoot,
        /// The fake.
        fake: String,
        /// The method of an operation.
        method: String,
    },
    /// How a receiver of a whole operation is made.
    CallbackReceiver {
        /// What makes the API send it.
        kind: CallbackKind,
        /// Where its path begins.
        root: ExampleRoot,
        /// The function.
        function: String,
        /// The secrets that it is given; empty: it takes none.
        secrets: &'static [&'static str],
        /// What verifies credentials, where it takes that.
        authenticate: Option<&'static str>,
        /// Why its handler fails; `None`: it succeeds, which takes nothing.
        failure: Option<&'static str>,
    },
}

/// A line of our own words with texts of the document inside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text(pub Vec<Piece>);

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Our own words, Markdown.
    Words(String),
    /// A name or a value, as code.
    Code(String),
    /// A name of this crate, as Rust writes it: `r#type`.
    Name(String),
    /// A text of the document, printed on one line.
    Line(String),
}

impl Docs {
    /// One paragraph in our own words.
    #[must_use]
    pub fn line(text: impl Into<Text>) -> Self {
        Self::default().text(text)
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn with(mut self, paragraph: Paragraph) -> Self {
        self.paragraphs.push(paragraph);
        self
    }

    /// Adds a paragraph in our own words.
    #[must_use]
    pub fn text(self, text: impl Into<Text>) -> Self {
        self.with(Paragraph::Text(text.into()))
    }

    /// Adds a text of the document, if there is one.
    #[must_use]
    pub fn document(self, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.with(Paragraph::Document(text.to_owned())),
            None => self,
        }
    }

    /// Adds paragraphs.
    #[must_use]
    pub fn followed_by(mut self, paragraphs: impl IntoIterator<Item = Paragraph>) -> Self {
        self.paragraphs.extend(paragraphs);
        self
    }
}

/// The names of types that are names of derive macros, too.
const DERIVES: &[&str] = &["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// A link to a type by its name alone. Where a derive macro has the same name, the link says that a type is meant (The rustdoc book,
/// "Namespaces and Disambiguators").
#[must_use]
pub fn type_link(name: &str) -> String {
    if DERIVES.contains(&name) { format!("[`{name}`](type@{name})") } else { format!("[`{name}`]") }
}

impl Text {
    /// A name or a value, as code.
    #[must_use]
    pub fn of_code(code: &str) -> Self {
        Self::default().code(code)
    }

    /// A name of this crate, as Rust writes it.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        Self(vec![Piece::Name(name.to_owned())])
    }

    /// Adds our own words.
    #[must_use]
    pub fn words(mut self, words: impl Into<String>) -> Self {
        self.0.push(Piece::Words(words.into()));
        self
    }

    /// Adds a name or a value, as code.
    #[must_use]
    pub fn code(mut self, code: &str) -> Self {
        self.0.push(Piece::Code(code.to_owned()));
        self
    }

    /// Adds a text of the document, printed on one line.
    #[must_use]
    pub fn line(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Line(text.into()));
        self
    }

    /// Adds another text.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Texts one after the other, with a word between two.
    #[must_use]
    pub fn joined(texts: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let mut joined = Self::default();
        for text in texts {
            joined = if joined.0.is_empty() { text } else { joined.words(between).and(text) };
        }
        joined
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Self::default().words(words)
    }
}

impl From<String> for Text {
    fn from(words: String) -> Self {
        Self::default().words(words)
    }
}

#[cfg(test)]
mod tests {
    use super::type_link;

    #[test]
    fn a_link_to_a_type_is_none_to_a_derive_macro() {
        assert_eq!(type_link("Payout"), "[`Payout`]");
        assert_eq!(type_link("Clone"), "[`Clone`](type@Clone)");
    }
}
