//! What the documentation of types and fields says: the document's words, then constraints, defaults and where it comes from.

use super::{line_or, provenance, visible_or};
use crate::api::{Asserted, Assertion, Constant, Constraints};
use crate::plan::members::{Member, MemberSource};
use crate::plan::schemas::value_constraints::ValueConstraints;
use crate::plan::stated_docs::{Note, StatedDocs};
use crate::plan::types::analysis::TypeAnalysis;
use crate::rust::{Docs, FormPart, Paragraph, ParameterLocation, Piece, Text, Type};

/// Adds what the document says of an item.
pub(in crate::plan) fn document(docs: Docs, stated_docs: &StatedDocs) -> Docs {
    remarks(docs.document(stated_docs.summary.as_deref()).document(stated_docs.description.as_deref()), stated_docs)
}

/// Adds defaults, examples, deprecation and provenance only.
pub(in crate::plan) fn remarks(mut docs: Docs, stated_docs: &StatedDocs) -> Docs {
    docs.paragraphs.extend(stated_docs.notes.iter().map(|note| match note {
        Note::Default(value) => Paragraph::Default(value.clone()),
        Note::Example(value) => Paragraph::Example(value.clone()),
        Note::OnlyInResponses => Paragraph::Text("Only in responses.".into()),
        Note::OnlyInRequests => Paragraph::Text("Only in requests.".into()),
        Note::OfTheBody(wire) => Paragraph::Text(Text::from("The body's ").code(wire).words(".")),
    }));
    if stated_docs.deprecated {
        docs = docs.text("**Deprecated** by the API.");
    }
    docs.paragraphs.extend(stated_docs.provenance.iter().map(provenance::sentence));
    docs
}

/// The first paragraph of what the document says on one line, or else something of our own.
pub(in crate::plan) fn summary(stated_docs: &StatedDocs, or: Text) -> Text {
    let text = stated_docs.summary.as_deref().or(stated_docs.description.as_deref()).unwrap_or_default();
    match text.trim().split("\n\n").next() {
        Some(first) if !first.is_empty() => line_or(first, or),
        _ => or,
    }
}

/// `name.` as code.
pub(in crate::plan) fn named(name: &str) -> Text {
    Text::of_code(name).words(".")
}

/// The documentation of a type that is made of a schema.
pub(in crate::plan) fn of_type(name: &str, stated_docs: &StatedDocs) -> Docs {
    of_constrained(name, stated_docs, Text::default())
}

/// The documentation of such a type whose values have constraints.
pub(in crate::plan) fn of_constrained(name: &str, stated_docs: &StatedDocs, constraints: Text) -> Docs {
    let docs = constrained(document(Docs::default(), stated_docs), constraints);
    visible_or(docs, Text::from("The schema ").and(named(name)))
}

/// The documentation of a place or branch whose values have constraints, or a text of our own.
pub(in crate::plan) fn of_value(stated_docs: &StatedDocs, constraints: Text, otherwise: Text) -> Docs {
    visible_or(constrained(document(Docs::default(), stated_docs), constraints), otherwise)
}

/// The documentation of a struct, whose constants have no field that could say what they are.
pub(in crate::plan) fn of_object(name: &str, stated_docs: &StatedDocs, constants: &[Constant]) -> Docs {
    let mut docs =
        Docs::default().document(stated_docs.summary.as_deref()).document(stated_docs.description.as_deref());
    if docs.paragraphs.is_empty() && !constants.is_empty() {
        docs = docs.text(Text::from("The schema ").and(named(name)));
    }
    let stated = constants.iter().map(|one| Text::of_code(&one.name).words(" is ").code(&one.value.plain_text()));
    if !constants.is_empty() {
        docs = docs.text(Text::from("On the wire, ").and(Text::joined(stated, ", ")).words("."));
    }
    visible_or(remarks(docs, stated_docs), Text::from("The schema ").and(named(name)))
}

/// The documentation of a member.
pub(in crate::plan) fn of_member(analysis: &TypeAnalysis<'_>, member: &Member) -> Docs {
    let stated_docs = &member.stated_docs;
    let mut docs =
        Docs::default().document(stated_docs.summary.as_deref()).document(stated_docs.description.as_deref());
    docs.paragraphs.extend(place(member).map(Paragraph::Text));
    let docs = constrained(docs, constraints(analysis.resolved(&member.ty), &member.value_constraints));
    let fallback = match member.source {
        MemberSource::Body => "The body.".into(),
        MemberSource::Property | MemberSource::Part(_) | MemberSource::Parameter { .. } => named(&member.wire),
    };
    visible_or(remarks(docs, stated_docs), fallback)
}

/// The first line of a member's documentation, for places that repeat it.
pub(in crate::plan) fn brief(member: &Member) -> Docs {
    Docs::line(summary(&member.stated_docs, named(wire_name(member))))
}

/// What a member is called on the wire; a whole body has no name there.
fn wire_name(member: &Member) -> &str {
    if member.wire.is_empty() { &member.name } else { &member.wire }
}

/// Where a parameter travels, when not in the body, and which parts a map of them holds.
fn place(member: &Member) -> Option<Text> {
    let place = match member.source {
        MemberSource::Parameter { place, .. } => place,
        MemberSource::Part(FormPart { listed: Some(_), .. }) => return Some("The other parts, by their names.".into()),
        MemberSource::Part(_) | MemberSource::Property | MemberSource::Body => return None,
    };
    let place = match place {
        ParameterLocation::Path => "In the path, as ",
        ParameterLocation::Query => "In the query, as ",
        ParameterLocation::QueryString => "The whole query, called ",
        ParameterLocation::Header => "In the header ",
        ParameterLocation::Cookie => "In the cookie ",
    };
    Some(Text::from(place).and(named(&member.wire)))
}

/// Documentation with constraints, where there are any.
fn constrained(docs: Docs, constraints: Text) -> Docs {
    if constraints.0.is_empty() { docs } else { docs.text(constraints) }
}

/// The constraints of a value and of what it holds, as sentences; empty where there are none.
pub(in crate::plan) fn constraints(ty: &Type, value_constraints: &ValueConstraints) -> Text {
    let mut own = sentences(ty, &value_constraints.own);
    let structures = value_constraints.own.asserted.iter().filter_map(listed_structures);
    for listed in value_constraints.listed.as_deref().into_iter().chain(structures) {
        let head = if listed.len() == 1 { "Always " } else { "One of " };
        let listed = Text::from(head).and(Text::joined(listed.iter().map(|one| Text::of_code(one)), ", ")).words(".");
        own = Text::joined([own, listed].into_iter().filter(|text| !text.0.is_empty()), " ");
    }
    let each = value_constraints.each.as_deref().zip(held(ty));
    let each = each.map(|(value_constraints, (holds, ty))| (holds, constraints(ty, value_constraints)));
    let each = each.filter(|(_, text)| !text.0.is_empty());
    let each = each.map(|(holds, text)| Text::from(holds).and(uncapitalized(text)));
    Text::joined(Some(own).filter(|text| !text.0.is_empty()).into_iter().chain(each), " ")
}

/// Listed objects and lists, which are asserted.
fn listed_structures(asserted: &Asserted) -> Option<&[String]> {
    match &asserted.assertion {
        Assertion::Enum(values) if matches!(asserted.keyword, "enum" | "const") => Some(values),
        _ => None,
    }
}

/// What a list or map holds, in words and as a type.
fn held(ty: &Type) -> Option<(&'static str, &Type)> {
    match ty {
        Type::List(item) => Some(("Each item: ", item)),
        Type::Map(value) => Some(("Each value: ", value)),
        Type::Option(inner) | Type::Secret(inner) => held(inner),
        _ => None,
    }
}

/// A text that does not begin a sentence.
fn uncapitalized(mut text: Text) -> Text {
    if let Some(Piece::Words(words)) = text.0.first_mut() {
        *words =
            words.chars().enumerate().map(|(at, one)| if at == 0 { one.to_ascii_lowercase() } else { one }).collect();
    }
    text
}

/// The constraints of a value itself.
fn sentences(ty: &Type, constraints: &Constraints) -> Text {
    let mut sentences: Vec<Text> = length(constraints, counted(ty)).into_iter().map(Text::from).collect();
    let bounds =
        [(&constraints.minimum, ["More than ", "At least "]), (&constraints.maximum, ["Less than ", "At most "])];
    for (bound, [exclusive, inclusive]) in bounds {
        sentences.extend(
            bound
                .as_ref()
                .map(|bound| Text::from(if bound.exclusive { exclusive } else { inclusive }).and(named(&bound.value))),
        );
    }
    sentences.extend(constraints.multiple_of.as_ref().map(|step| Text::from("A multiple of ").and(named(step))));
    if constraints.unique_items {
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
fn counted(ty: &Type) -> (&'static str, &'static str) {
    match ty {
        Type::List(_) => ("item", "items"),
        Type::Map(_) | Type::JsonObject => ("property", "properties"),
        Type::Secret(inner) | Type::Option(inner) => counted(inner),
        _ => ("character", "characters"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Bound;

    /// The text with code in backticks.
    fn constraint_texts(ty: &Type, stated: &Constraints) -> String {
        spelled(constraints(ty, &ValueConstraints { own: stated.clone(), ..ValueConstraints::default() }))
    }

    fn spelled(text: Text) -> String {
        let pieces = text.0.into_iter().map(|piece| match piece {
            crate::rust::Piece::Code(code) => format!("`{code}`"),
            crate::rust::Piece::Words(words) => words,
            other => format!("{other:?}"),
        });
        pieces.collect()
    }

    #[test]
    fn constraints_read_as_sentences() {
        let bound = |value: &str, exclusive| Some(Bound { value: value.into(), exclusive });
        let all = Constraints {
            minimum: bound("0.01", false),
            maximum: bound("100", true),
            multiple_of: Some("0.01".into()),
            ..Constraints::default()
        };
        assert_eq!(constraint_texts(&Type::Decimal, &all), "At least `0.01`. Less than `100`. A multiple of `0.01`.");
        let length = Constraints {
            min_length: Some(1),
            max_length: Some(40),
            pattern: Some("^a$".into()),
            ..Constraints::default()
        };
        assert_eq!(constraint_texts(&Type::String, &length), "1 to 40 characters. Matches `^a$`.");
        let own = Constraints { min_length: Some(1), ..Constraints::default() };
        let each = Constraints { pattern: Some("^A$".into()), max_length: Some(2), ..Constraints::default() };
        let value_constraints = ValueConstraints { own, ..ValueConstraints::default() }
            .of_each(ValueConstraints { own: each, ..ValueConstraints::default() });
        let texts = Type::List(Box::new(Type::String));
        assert_eq!(
            spelled(constraints(&texts, &value_constraints)),
            "At least 1 item. Each item: at most 2 characters. Matches `^A$`."
        );
        let items = Constraints { max_length: Some(1), unique_items: true, ..Constraints::default() };
        assert_eq!(constraint_texts(&Type::List(Box::new(Type::Bool)), &items), "At most 1 item. No two are equal.");
    }
}
