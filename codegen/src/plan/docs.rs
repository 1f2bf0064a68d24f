//! The texts of the documentation: of types and their members (`paragraphs`), of operations, of files and of the crate; where an item
//! comes from that the API does not document (`provenance`). What stands in for a text of the document of which nothing is visible is
//! decided here.

pub(super) mod crate_root;
pub(super) mod module_docs;
pub(super) mod namesakes;
pub(super) mod operation_docs;
pub(super) mod paragraphs;
mod provenance;
pub(super) mod shared_parameter_docs;

use crate::markdown;
use crate::rust::{Docs, Paragraph, Piece, Text};

/// A text of the document on one line, or another text where nothing of it is visible.
pub(super) fn line_or(text: &str, otherwise: Text) -> Text {
    if markdown::is_visible(text) { Text::default().line(text) } else { otherwise }
}

/// Documentation, or a text alone where nothing of it is visible.
pub(super) fn visible_or(docs: Docs, otherwise: impl Into<Text>) -> Docs {
    if docs.paragraphs.iter().any(is_visible) { docs } else { Docs::line(otherwise) }
}

/// Whether a paragraph leaves anything in a doc comment. All but those of the document's own words do.
fn is_visible(paragraph: &Paragraph) -> bool {
    match paragraph {
        Paragraph::Document(text) => markdown::is_visible(text),
        Paragraph::Text(Text(pieces)) => pieces.iter().any(|piece| match piece {
            Piece::Line(text) | Piece::Words(text) => markdown::is_visible(text),
            Piece::Code(_) | Piece::Name(_) => true,
        }),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_invisible_is_replaced() {
        let name = || Text::of_code("id").words(".");
        assert_eq!(line_or("<br>", name()), name());
        assert_eq!(line_or("An id.", name()), Text::default().line("An id."));
        let document = |text| Docs::default().document(Some(text));
        assert_eq!(visible_or(document(" "), "Nothing."), Docs::line("Nothing."));
        assert_eq!(visible_or(document("<br>").text(Text::default()), name()), Docs::line(name()));
        assert_eq!(visible_or(document("An id."), name()), document("An id."));
        assert_eq!(visible_or(document(" ").text(name()), "Nothing."), document(" ").text(name()));
    }
}
