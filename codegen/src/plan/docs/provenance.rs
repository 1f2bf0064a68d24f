//! Sentences about what the API's own documentation does not have: where it comes from (`x-specie-provenance`).

use crate::rust::{Paragraph, Provenance, Status, Text};

/// Where an item comes from.
pub(super) fn sentence(entry: &Provenance) -> Paragraph {
    Paragraph::Sentence(start(Text::default(), entry), entry.reason.clone())
}

/// Where a response comes from that is no item of its own.
pub(super) fn sentence_of_response(status: Status, entry: &Provenance) -> Paragraph {
    Paragraph::Sentence(start(format!("{status}: ").into(), entry), entry.reason.clone())
}

/// All of the sentence but the reason.
fn start(text: Text, entry: &Provenance) -> Text {
    let names = Text::joined(entry.of.iter().map(|name| Text::of_code(name)), ", ");
    let names = if names.0.is_empty() { names } else { Text::from(" (").and(names).words(")") };
    match &entry.what {
        None => text.words(format!("{NOT_DOCUMENTED}, {}", source(&entry.source))).and(names).words(": "),
        Some(what) => {
            let names = text.words(format!("{NOT_DOCUMENTED}: {what}")).and(names);
            names.words(format!(". {}: ", source_of_part(&entry.source)))
        }
    }
}

const NOT_DOCUMENTED: &str = "Not in the API's own documentation";

/// The source of an item, in the middle of a sentence.
fn source(stated: &str) -> &str {
    match stated {
        "public" => "from other public material",
        "" => "from elsewhere",
        other => other,
    }
}

/// The source of a part, as the start of a sentence.
fn source_of_part(stated: &str) -> &'static str {
    match stated {
        "public" => "Other public material",
        "inferred" => "Inferred",
        _ => "Elsewhere",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::Piece;

    fn entry(source: &str, what: Option<&str>, of: &[&str]) -> Provenance {
        let of = of.iter().map(|name| (*name).to_owned()).collect();
        Provenance { source: source.into(), reason: "In the sample.".into(), what: what.map(str::to_owned), of }
    }

    #[test]
    fn what_is_inferred_says_so() {
        assert_eq!(
            printed(&sentence(&entry("inferred", None, &["400"]))),
            "Not in the API's own documentation, inferred (`400`): In the sample."
        );
    }

    #[test]
    fn what_is_partly_documented_says_which_part_is_not() {
        let what = Some("that it is required");
        for (source, of, expected) in [
            ("inferred", &[][..], "Not in the API's own documentation: that it is required. Inferred: In the sample."),
            (
                "public",
                &["a", "b"],
                "Not in the API's own documentation: that it is required (`a`, `b`). Other public material: In the sample.",
            ),
        ] {
            assert_eq!(printed(&sentence(&entry(source, what, of))), expected);
        }
    }

    #[test]
    fn a_response_is_named_by_its_status() {
        let found = sentence_of_response(Status::Code(204), &entry("public", None, &[]));
        assert_eq!(
            printed(&found),
            "204: Not in the API's own documentation, from other public material: In the sample."
        );
    }

    /// A sentence without the escapes of documentation.
    fn printed(paragraph: &Paragraph) -> String {
        let Paragraph::Sentence(start, end) = paragraph else { return String::new() };
        let pieces = start.0.iter().map(|piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Code(code) => format!("`{code}`"),
            other => format!("{other:?}"),
        });
        pieces.collect::<String>() + end
    }
}
