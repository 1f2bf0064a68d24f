//! Documentation as doc comments. Texts of a document get into comments here only.
//!
//! What the plan says in its own words is Markdown; what comes from a document is escaped.

mod examples;

use proc_macro2::TokenStream;

pub(super) use examples::call_example;

use crate::markdown;
use crate::render::doc_comments;
use crate::rust::{Docs, ExampleRoot, Paragraph, Piece, Text, fixed_docs};

/// The doc attribute: one for all lines, which rendering takes apart again.
pub(super) fn tokens(docs: &Docs) -> TokenStream {
    doc_comments::attribute(&lines(docs))
}

/// The documentation as the text of a literal, for a macro that makes an attribute of it.
pub(super) fn text(docs: &Docs) -> String {
    lines(docs).join("\n")
}

/// The doc attribute of a text that is the same in every crate.
pub(super) fn fixed(text: &str) -> TokenStream {
    doc_comments::attribute(&text.lines().map(str::to_owned).collect::<Vec<_>>())
}

/// The lines, as they stand behind `///` or `//!`.
pub(super) fn lines(docs: &Docs) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in &docs.paragraphs {
        add(&mut lines, of_paragraph(paragraph));
    }
    lines
}

/// Adds a paragraph, after an empty line unless it is the first.
fn add(lines: &mut Vec<String>, paragraph: Vec<String>) {
    if !lines.is_empty() && !paragraph.is_empty() {
        lines.push(String::new());
    }
    lines.extend(paragraph);
}

fn of_paragraph(paragraph: &Paragraph) -> Vec<String> {
    match paragraph {
        Paragraph::Document(text) => markdown::lines(text),
        Paragraph::Default(value) => {
            markdown::lines(&format!("{}: {}.", fixed_docs::DEFAULT, markdown::code(&value.to_string())))
        }
        Paragraph::Example(value) => {
            markdown::lines(&format!("{}: {}.", fixed_docs::EXAMPLE, markdown::code(&value.to_string())))
        }
        Paragraph::Sentence(start, end) => markdown::lines(&format!("{}{end}", inline_text(start))),
        Paragraph::Text(text) => of_text(text),
        Paragraph::List(items) => items.iter().map(|item| format!("- {}", inline_text(item))).collect(),
        Paragraph::Table(head, rows) => table(head, rows),
        Paragraph::Heading(heading) => vec![format!("# {heading}")],
        Paragraph::Section { title, entries } => section(title, entries),
        Paragraph::Fixed(text) => text.lines().map(str::to_owned).collect(),
        Paragraph::Request(example) => fenced(&example.root, &examples::of_request(example)),
        Paragraph::CallbackReceiver { kind, root, function, secrets, authenticate, failure } => {
            let module = kind.module().below(root.path());
            fenced(root, &examples::of_callback_receiver(&module, function, (*secrets, *authenticate), *failure))
        }
        Paragraph::Receiver { root, function, secrets, authenticate } => {
            fenced(root, &examples::of_receiver(root, function, (*secrets, *authenticate)))
        }
        Paragraph::Fake { root, fake, method } => fenced(root, &examples::of_fake(root, fake, method)),
    }
}

fn of_text(text: &Text) -> Vec<String> {
    inline_text(text).lines().map(str::to_owned).collect()
}

fn inline_text(text: &Text) -> String {
    text.0.iter().map(of_piece).collect()
}

fn of_piece(piece: &Piece) -> String {
    match piece {
        Piece::Words(words) => words.clone(),
        Piece::Code(text) => code(text),
        Piece::Name(name) => code(&super::imports::written(name)),
        Piece::Line(text) => markdown::line(text),
    }
}

/// A heading, and entries below it, separated by commas, several on a line.
fn section(title: &Text, entries: &[Text]) -> Vec<String> {
    let mut lines = vec![format!("# {}", inline_text(title)), String::new()];
    for (place, entry) in entries.iter().enumerate() {
        let text = format!("{}{}", inline_text(entry), if place + 1 == entries.len() { "" } else { "," });
        match lines.last_mut() {
            Some(last) if place > 0 && last.len() + text.len() < SECTION_WIDTH => last.extend([" ", &text]),
            _ => lines.push(text),
        }
    }
    lines
}

/// The width of a line of a section.
const SECTION_WIDTH: usize = 100;

fn table(head: &[&str], rows: &[Vec<Text>]) -> Vec<String> {
    let mut lines = vec![format!("| {} |", head.join(" | ")), format!("|{}", "---|".repeat(head.len()))];
    lines.extend(rows.iter().map(|row| {
        let cells: Vec<String> = row.iter().map(cell).collect();
        format!("| {} |", cells.join(" | "))
    }));
    lines
}

/// A text as a table cell, with `|` escaped in texts of the document.
fn cell(text: &Text) -> String {
    let pieces = text.0.iter().map(|piece| match piece {
        Piece::Line(_) => of_piece(piece).replace('|', "\\|"),
        other => of_piece(other),
    });
    pieces.collect::<String>().trim().to_owned()
}

/// An example, which rustdoc compiles unless it stands in a module.
fn fenced(root: &ExampleRoot, code: &str) -> Vec<String> {
    let language = match root {
        ExampleRoot::Crate(_) => "",
        ExampleRoot::Module(_) => "ignore",
    };
    format!("```{language}\n{}\n```", code.trim_end()).lines().map(str::to_owned).collect()
}

/// A document's text as code, on one line.
fn code(text: &str) -> String {
    let text = markdown::clean(text).replace('\n', " ");
    let text = text.trim();
    if text.is_empty() { fixed_docs::EMPTY.to_owned() } else { markdown::code(text) }
}

/// A text on one line of an ordinary comment.
pub(super) fn plain(text: &str) -> String {
    markdown::clean(text).replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;
    use crate::rust::Value;

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
            let piece = Text::of_code(text).line(*text);
            let docs = Docs::default()
                .document(Some(text))
                .with(Paragraph::Default(Value::String((*text).into())))
                .with(Paragraph::List(vec![piece.clone()]))
                .with(Paragraph::Table(&["a"], vec![vec![piece]]));
            let doc = tokens(&docs);
            let item: syn::ItemStruct = syn::parse_quote!(#doc pub struct Escaped { pub a: bool });
            assert_eq!(item.fields.len(), 1);
            let printed = crate::render::items(quote!(#item));
            let back = syn::parse_file(&printed).expect("what is printed is Rust");
            assert_eq!(back.items.len(), 1, "{printed}");
            assert!(
                printed.lines().filter(|line| !line.starts_with("///")).eq([
                    "pub struct Escaped {",
                    "    pub a: bool,",
                    "}"
                ]),
                "{printed}"
            );
            assert!(!printed.contains(['\0', '\r', '\u{202e}', '\u{2028}']));
        }
    }

    #[test]
    fn a_text_of_a_document_ends_no_cell() {
        let row = vec![Text::default().line("a|b"), Text::default()];
        assert_eq!(table(&["x", "y"], &[row]), ["| x | y |", "|---|---|", "| a\\|b |  |"]);
    }
}
