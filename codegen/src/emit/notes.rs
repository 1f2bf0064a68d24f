//! What the documentation of a field says beyond its description: constraints, notes, where it comes from.

use super::context::Context;
use super::docs::{self, Doc};
use super::members::{Member, Source};
use crate::ir::{Constraints, ParameterPlace, TypeRef};

/// The documentation of a member.
pub(crate) fn of_member(context: &Context<'_>, member: &Member<'_>) -> Doc {
    let docs = member.docs;
    let mut doc = Doc::new()
        .prose(docs.summary.as_deref().unwrap_or_default())
        .prose(docs.description.as_deref().unwrap_or_default());
    if let Some(place) = place(member) {
        doc = doc.own(place);
    }
    let sentence = constraints(context.resolved(member.ty), member.constraints);
    if !sentence.is_empty() {
        doc = doc.own(sentence);
    }
    doc.remarks(docs)
}

/// Where a parameter travels, when not in the body.
fn place(member: &Member<'_>) -> Option<String> {
    let Some(Source::Parameter(parameter)) = member.source else {
        return None;
    };
    let name = docs::code(member.wire);
    Some(match parameter.place {
        ParameterPlace::Path => format!("In the path, as {name}."),
        ParameterPlace::Query => format!("In the query, as {name}."),
        ParameterPlace::Header => format!("In the header {name}."),
        ParameterPlace::Cookie => format!("In the cookie {name}."),
    })
}

/// The constraints of a value as sentences; empty where there are none.
pub(crate) fn constraints(ty: &TypeRef, constraints: &Constraints) -> String {
    let mut sentences = Vec::new();
    if let Some(length) = length(constraints, counted(ty)) {
        sentences.push(length);
    }
    match &constraints.minimum {
        Some((bound, true)) => sentences.push(format!("More than {}.", docs::code(bound))),
        Some((bound, false)) => sentences.push(format!("At least {}.", docs::code(bound))),
        None => {}
    }
    match &constraints.maximum {
        Some((bound, true)) => sentences.push(format!("Less than {}.", docs::code(bound))),
        Some((bound, false)) => sentences.push(format!("At most {}.", docs::code(bound))),
        None => {}
    }
    if let Some(step) = &constraints.multiple_of {
        sentences.push(format!("A multiple of {}.", docs::code(step)));
    }
    if constraints.unique {
        sentences.push("No two are equal.".to_owned());
    }
    if let Some(pattern) = &constraints.pattern {
        sentences.push(format!("Matches {}.", docs::code(pattern)));
    }
    sentences.join(" ")
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

    #[test]
    fn constraints_read_as_sentences() {
        let all = Constraints {
            minimum: Some(("0.01".into(), false)),
            maximum: Some(("100".into(), true)),
            multiple_of: Some("0.01".into()),
            ..Constraints::default()
        };
        assert_eq!(constraints(&TypeRef::Decimal, &all), "At least `0.01`. Less than `100`. A multiple of `0.01`.");
        let length = Constraints {
            min_length: Some(1),
            max_length: Some(40),
            pattern: Some("^`$".into()),
            ..Constraints::default()
        };
        assert_eq!(constraints(&TypeRef::String, &length), "1 to 40 characters. Matches `` ^`$ ``.");
        let items = Constraints { max_length: Some(1), unique: true, ..Constraints::default() };
        assert_eq!(constraints(&TypeRef::List(Box::new(TypeRef::Bool)), &items), "At most 1 item. No two are equal.");
    }
}
