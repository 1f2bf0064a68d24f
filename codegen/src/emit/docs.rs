//! Documentation of generated items: the one way by which a document's texts get into a doc comment.

mod inline;
mod prose;
mod words;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{Docs, Note, Provenance};
use crate::render::LINE_BREAK;

/// The doc comment of one item, paragraph by paragraph.
///
/// What this crate's own emitters write goes in by [`Doc::own`] and is Markdown; what comes from a document goes in by
/// the other methods and is made harmless.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doc {
    lines: Vec<String>,
}

impl Doc {
    /// Nothing said yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// One paragraph in our own words.
    pub(crate) fn line(text: impl Into<String>) -> Self {
        Self::new().own(text)
    }

    /// Adds a paragraph in our own words, perhaps of several lines.
    pub(crate) fn own(mut self, text: impl Into<String>) -> Self {
        self.gap();
        self.lines.extend(text.into().lines().map(str::to_owned));
        self
    }

    /// Adds a document's text.
    pub(crate) fn prose(mut self, text: &str) -> Self {
        let lines = prose::lines(text);
        if !lines.is_empty() {
            self.gap();
            self.lines.extend(lines);
        }
        self
    }

    /// Adds what the document says of an item: summary, description, notes, deprecation and provenance.
    pub(crate) fn document(self, docs: &Docs) -> Self {
        self.prose(docs.summary.as_deref().unwrap_or_default())
            .prose(docs.description.as_deref().unwrap_or_default())
            .remarks(docs)
    }

    /// Adds notes, deprecation and provenance only.
    pub(crate) fn remarks(mut self, docs: &Docs) -> Self {
        for note in &docs.notes {
            self = self.prose(&of_note(note));
        }
        if docs.deprecated {
            self = self.own("**Deprecated** by the API.");
        }
        for entry in &docs.provenance {
            self = self.prose(&provenance(entry));
        }
        self
    }

    /// Adds an example that is compiled.
    pub(crate) fn example(self, heading: &str, code: &str) -> Self {
        let fenced = format!("```{heading}\n{}\n```", code.trim_end());
        self.own(fenced)
    }

    /// Our own words, if the document had none.
    pub(crate) fn or(self, text: impl Into<String>) -> Self {
        if self.lines.is_empty() { self.own(text) } else { self }
    }

    /// The lines, as they stand behind `///` or `//!`.
    pub(crate) fn lines(&self) -> &[String] {
        &self.lines
    }

    /// The doc attribute: one for all lines, which rendering takes apart again.
    pub(crate) fn tokens(&self) -> TokenStream {
        if self.lines.is_empty() {
            return TokenStream::new();
        }
        let mut text = String::with_capacity(self.lines.iter().map(|line| line.len() + 4).sum());
        for (index, line) in self.lines.iter().enumerate() {
            if index > 0 {
                text.push(LINE_BREAK);
            }
            if !line.is_empty() {
                text.push(' ');
                text.push_str(line);
            }
        }
        let literal = Literal::string(&text);
        quote!(#[doc = #literal])
    }

    fn gap(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }
}

/// What is said beside a description, as a sentence of the document's own language.
fn of_note(note: &Note) -> String {
    match note {
        Note::Default(value) => format!("Default: {}.", words::code(&value.to_string())),
        Note::Example(value) => format!("Example: {}.", words::code(&value.to_string())),
        Note::OnlyInResponses => "Only in responses.".to_owned(),
        Note::OnlyInRequests => "Only in requests.".to_owned(),
        Note::OfTheBody(wire) => format!("The body's `{wire}`."),
    }
}

/// A document's text on one line, harmless.
pub(crate) fn line(text: &str) -> String {
    prose::line(text)
}

/// A harmless line as a cell of a table.
pub(crate) fn cell_of_line(line: &str) -> String {
    line.replace('|', "\\|")
}

/// A document's text as code, on one line.
pub(crate) fn code(text: &str) -> String {
    let text = prose::clean(text).replace('\n', " ");
    let text = text.trim();
    if text.is_empty() { "(empty)".to_owned() } else { words::code(text) }
}

/// A text on one line of an ordinary comment.
pub(crate) fn plain(text: &str) -> String {
    prose::clean(text).replace('\n', " ")
}

/// The first paragraph of what the document says, on one line.
pub(crate) fn summary(docs: &Docs) -> Option<String> {
    let text = docs.summary.as_deref().or(docs.description.as_deref())?;
    let first = text.trim().split("\n\n").next()?;
    let line = prose::line(first);
    (!line.is_empty()).then_some(line)
}

/// Where something comes from, as a sentence of the document's own language.
pub(crate) fn provenance(entry: &Provenance) -> String {
    let source = match entry.source.as_str() {
        "public" => "from other public material",
        "" => "from elsewhere",
        other => other,
    };
    let names: Vec<String> = entry.of.iter().map(|name| code(name)).collect();
    let names = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
    format!("Not in the API's own documentation, {source}{names}: {}", entry.reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts that end a comment, a string or an attribute, open HTML or links, or hide what they are.
    const HOSTILE: &[&str] = &[
        "*/ fn evil() {} /*",
        "\"#] fn evil() {} #[doc = \"",
        "]] [[`String`]] [x](y) <script>alert(1)</script> <!-- `",
        "```\nfn evil() { std::process::exit(1) }",
        "line\r\nline\u{2028}line\u{202e}\0",
        "\\",
        "    fn indented() {}",
        "a_b C::d eFg HiJk http://x.example/_ ` `` ```",
        "private \u{e000} use",
    ];

    #[test]
    fn hostile_texts_stay_inside_their_comment() {
        for text in HOSTILE {
            let docs = Docs {
                summary: Some((*text).into()),
                description: Some((*text).into()),
                notes: vec![Note::OfTheBody((*text).into())],
                ..Docs::default()
            };
            let doc = Doc::new().document(&docs).tokens();
            let item: syn::ItemStruct = syn::parse_quote!(#doc pub struct Harmless { pub a: bool });
            assert_eq!(item.fields.len(), 1);
            let printed = crate::render::items(quote!(#item));
            let back = syn::parse_file(&printed).expect("what is printed is Rust");
            assert_eq!(back.items.len(), 1, "{printed}");
            assert!(
                printed.lines().filter(|line| !line.starts_with("///")).eq([
                    "pub struct Harmless {",
                    "    pub a: bool,",
                    "}"
                ]),
                "{printed}"
            );
            assert!(!printed.contains(['\0', '\r', '\u{202e}', '\u{2028}']));
        }
    }

    #[test]
    fn what_is_inferred_says_so() {
        let entry =
            Provenance { source: "inferred".into(), reason: "The sister has it.".into(), of: vec!["400".into()] };
        assert_eq!(provenance(&entry), "Not in the API's own documentation, inferred (`400`): The sister has it.");
    }

    #[test]
    fn the_first_paragraph_is_the_summary() {
        let docs = Docs { description: Some("One\ntwo_three.\n\nFour.".into()), ..Docs::default() };
        assert_eq!(summary(&docs).as_deref(), Some("One `two_three`."));
        assert_eq!(summary(&Docs::default()), None);
    }
}
