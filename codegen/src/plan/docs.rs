//! What the documentation of types and fields says: the document's words, then constraints, defaults and where it comes from.

use super::context::Context;
use super::members::{Member, Source};
use crate::ir::{self, Constraints, Note, ParameterPlace, TypeRef};
use crate::rust::{Docs, Paragraph, Text};

/// Adds what the document says of an item.
pub(super) fn document(docs: Docs, said: &ir::Docs) -> Docs {
    remarks(docs.document(said.summary.as_deref()).document(said.description.as_deref()), said)
}

/// Adds defaults, examples, deprecation and provenance only.
pub(super) fn remarks(mut docs: Docs, said: &ir::Docs) -> Docs {
    docs.paragraphs.extend(said.notes.iter().map(|note| match note {
        Note::Default(value) => Paragraph::Default(value.clone()),
        Note::Example(value) => Paragraph::Example(value.clone()),
        Note::OnlyInResponses => Paragraph::Text("Only in responses.".into()),
        Note::OnlyInRequests => Paragraph::Text("Only in requests.".into()),
        Note::OfTheBody(wire) => Paragraph::Text(Text::from("The body's ").code(wire).words(".")),
    }));
    if said.deprecated {
        docs = docs.text("**Deprecated** by the API.");
    }
    docs.paragraphs.extend(said.provenance.iter().cloned().map(Paragraph::Provenance));
    docs
}

/// The first paragraph of what the document says on one line, or else something of our own.
pub(super) fn summary(said: &ir::Docs, or: Text) -> Text {
    let text = said.summary.as_deref().or(said.description.as_deref()).unwrap_or_default();
    match text.trim().split("\n\n").next() {
        Some(first) if !first.is_empty() => Text::default().line(first, or),
        _ => or,
    }
}

/// `name.` as code.
pub(super) fn named(name: &str) -> Text {
    Text::of_code(name).words(".")
}

/// The documentation of a type that is made of a schema.
pub(super) fn of_type(def: &ir::TypeDef) -> Docs {
    document(Docs::default(), &def.docs).or(Text::from("The schema ").and(named(&def.name)))
}

/// The documentation of a member.
pub(super) fn of_member(context: &Context<'_>, member: &Member<'_>) -> Docs {
    let said = member.docs;
    let mut docs = Docs::default().document(said.summary.as_deref()).document(said.description.as_deref());
    docs.paragraphs.extend(place(member).map(Paragraph::Text));
    let constraints = constraints(context.resolved(member.ty), member.constraints);
    if !constraints.0.is_empty() {
        docs = docs.text(constraints);
    }
    let fallback = match member.source {
        Some(Source::Body) => "The body.".into(),
        _ => named(member.wire),
    };
    remarks(docs, said).or(fallback)
}

/// The first line of a member's documentation, for places that repeat it.
pub(super) fn brief(member: &Member<'_>) -> Docs {
    Docs::line(summary(member.docs, named(wire_name(member))))
}

/// What a member is called on the wire; a whole body has no name there.
pub(super) fn wire_name<'m>(member: &Member<'m>) -> &'m str {
    if member.wire.is_empty() { member.name } else { member.wire }
}

/// Where a parameter travels, when not in the body.
fn place(member: &Member<'_>) -> Option<Text> {
    let Some(Source::Parameter(parameter)) = member.source else {
        return None;
    };
    let place = match parameter.place {
        ParameterPlace::Path => "In the path, as ",
        ParameterPlace::Query => "In the query, as ",
        ParameterPlace::QueryString => "The whole query, called ",
        ParameterPlace::Header => "In the header ",
        ParameterPlace::Cookie => "In the cookie ",
    };
    Some(Text::from(place).and(named(member.wire)))
}

/// The constraints of a value as sentences; empty where there are none.
fn constraints(ty: &TypeRef, constraints: &Constraints) -> Text {
    let mut sentences: Vec<Text> = length(constraints, counted(ty)).into_iter().map(Text::from).collect();
    let bounds =
        [(&constraints.minimum, ["More than ", "At least "]), (&constraints.maximum, ["Less than ", "At most "])];
    for (bound, [exclusive, inclusive]) in bounds {
        sentences.extend(bound.as_ref().map(|(bound, is_exclusive)| {
            Text::from(if *is_exclusive { exclusive } else { inclusive }).and(named(bound))
        }));
    }
    sentences.extend(constraints.multiple_of.as_ref().map(|step| Text::from("A multiple of ").and(named(step))));
    if constraints.unique {
        sentences.push("No two are equal.".into());
    }
    sentences.extend(constraints.pattern.as_ref().map(|pattern| Text::from("Matches ").and(named(pattern))));
    Text::joined(sentences, " ")
}

fn length(constraints: &Constraints, (one, many): (&str, &str)) -> Option<String> {
    let unit = |count: u64| if count == 1 { one } else { many };
    Some(match (constraints.min_length, constraints.max_length) {
        (Some(least), Some(most)) if least == most => format!("Exactly {least} {}.", unit(least)),
        (Some(least), Some(most)) => format!("{least} to {most} {}.", unit(most)),
        (Some(least), None) => format!("At least {least} {}.", unit(least)),
        (None, Some(most)) => format!("At most {most} {}.", unit(most)),
        (None, None) => return None,
    })
}

/// What the length of a value counts.
fn counted(ty: &TypeRef) -> (&'static str, &'static str) {
    match ty {
        TypeRef::List(_) => ("item", "items"),
        TypeRef::Map(_) | TypeRef::JsonObject => ("property", "properties"),
        TypeRef::Secret(inner) | TypeRef::Nullable(inner) => counted(inner),
        _ => ("character", "characters"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with code in backticks.
    fn said(ty: &TypeRef, stated: &Constraints) -> String {
        let pieces = constraints(ty, stated).0.into_iter().map(|piece| match piece {
            crate::rust::Piece::Code(code) => format!("`{code}`"),
            crate::rust::Piece::Words(words) => words,
            other => format!("{other:?}"),
        });
        pieces.collect()
    }

    #[test]
    fn constraints_read_as_sentences() {
        let all = Constraints {
            minimum: Some(("0.01".into(), false)),
            maximum: Some(("100".into(), true)),
            multiple_of: Some("0.01".into()),
            ..Constraints::default()
        };
        assert_eq!(said(&TypeRef::Decimal, &all), "At least `0.01`. Less than `100`. A multiple of `0.01`.");
        let length = Constraints {
            min_length: Some(1),
            max_length: Some(40),
            pattern: Some("^a$".into()),
            ..Constraints::default()
        };
        assert_eq!(said(&TypeRef::String, &length), "1 to 40 characters. Matches `^a$`.");
        let items = Constraints { max_length: Some(1), unique: true, ..Constraints::default() };
        assert_eq!(said(&TypeRef::List(Box::new(TypeRef::Bool)), &items), "At most 1 item. No two are equal.");
    }
}
