//! Structs: fields, `new`, the companion with the required fields, and a setter for each optional one.

use super::context::{Context, is_plain, required};
use super::members::{self, Member};
use super::{checks, docs};
use crate::ir::TypeRef;
use crate::rust::{
    Argument, Companion, Constructor, Derive, Derives, Docs, Field, Lint, Parameter, Presence, Setter, Source, Struct,
    Text,
};

/// A struct by its name, its documentation and its companion's name.
pub(super) fn structure(
    context: &Context<'_>,
    (name, required_name): (&str, &str),
    docs: Docs,
    derives: &[(Derive, bool)],
    members: &[Member<'_>],
) -> Struct {
    let required = required(members);
    Struct {
        name: name.to_owned(),
        docs,
        derives: Derives::of(&[derives, &[(Derive::Default, required.is_empty())]].concat()),
        lints: lints(members.iter()),
        fields: members.iter().map(|member| field(context, member, members)).collect(),
        constructor: constructor(context, members),
        companion: (required.len() > 1).then(|| companion(context, (name, required_name), derives, &required)),
    }
}

fn companion(
    context: &Context<'_>,
    (of, name): (&str, &str),
    derives: &[(Derive, bool)],
    required: &[&Member<'_>],
) -> Companion {
    let hash: Vec<(Derive, bool)> = derives.iter().copied().filter(|(of, _)| *of == Derive::Hash).collect();
    // `new` would otherwise only copy out of what it is given.
    let copy = required.iter().all(|member| !member.boxed && context.is_copy(member.ty));
    Companion {
        name: name.to_owned(),
        docs: Docs::line(format!("What a [`{of}`] must have.")),
        derives: Derives::of(&[&hash, &[(Derive::Copy, copy)][..]].concat()),
        lints: lints(required.iter().copied()),
    }
}

fn field(context: &Context<'_>, member: &Member<'_>, members: &[Member<'_>]) -> Field {
    Field {
        name: member.name.to_owned(),
        wire: member.wire.to_owned(),
        value: context.rust_type(member.ty),
        presence: member.presence,
        boxed: member.boxed,
        docs: docs::of_member(context, member),
        brief: docs::brief(member),
        setter: (!member.is_required()).then(|| setter(context, member, members)),
        checks: checks::of_member(context, member),
        checks_value: checks::demands(context, member.ty),
        source: match member.source {
            Some(members::Source::Parameter(parameter)) => Source::Parameter(Parameter {
                place: parameter.place,
                format: parameter.format.clone(),
                any_path: parameter.any_path,
                variable: members::variable(member, members),
            }),
            Some(members::Source::Body) => Source::Body,
            Some(members::Source::BodyField) | None => Source::Property,
        },
    }
}

fn constructor(context: &Context<'_>, members: &[Member<'_>]) -> Constructor {
    match required(members).as_slice() {
        [] => Constructor::Empty,
        [only] => {
            // Clippy takes these for placeholders.
            let placeholder = matches!(only.name, "foo" | "baz" | "quux");
            Constructor::One {
                field: members.iter().position(|member| std::ptr::eq(member, *only)).unwrap_or_default(),
                argument: argument(context, only, if placeholder { "value" } else { only.name }),
                docs: new_docs(members, Text::from("field, ").and(Text::of_name(only.name))),
            }
        }
        _ => Constructor::Several { docs: new_docs(members, "fields".into()) },
    }
}

/// What `new` gives, other fields than the required ones being mentioned where there are any.
fn new_docs(members: &[Member<'_>], required: Text) -> Docs {
    let others = if members.iter().all(Member::is_required) { "" } else { "; the other fields are absent" };
    Docs::line(Text::from("Creates a value from its required ").and(required).words(format!("{others}.")))
}

fn setter(context: &Context<'_>, member: &Member<'_>, members: &[Member<'_>]) -> Setter {
    let states = match member.presence {
        Presence::Patch => "; `Patch::Clear` writes null.",
        Presence::Maybe => "; `Maybe::Null` writes null.",
        _ => ".",
    };
    Setter {
        name: members::setter(member, members),
        docs: Docs::line(Text::from("Sets ").code(docs::wire_name(member)).words(states)),
        argument: argument(context, member, "value"),
    }
}

/// What `new` or a setter takes for a member.
fn argument(context: &Context<'_>, member: &Member<'_>, name: &str) -> Argument {
    let value = Box::new(context.rust_type(member.ty));
    // The value of a plain optional field is given as it is; a three-state field takes the states as well.
    let is_value = matches!(member.presence, Presence::Required | Presence::Optional);
    let ty = match member.presence {
        Presence::Required | Presence::Optional => *value,
        Presence::RequiredNullable => crate::rust::Type::Option(value),
        Presence::Patch => crate::rust::Type::Patch(value),
        Presence::Maybe => crate::rust::Type::Maybe(value),
    };
    Argument { name: name.to_owned(), ty, into: !(is_value && is_plain(member.ty)) }
}

/// More flags than clippy likes.
fn lints<'a>(members: impl Iterator<Item = &'a Member<'a>>) -> Vec<Lint> {
    let flags = members.filter(|member| *member.ty == TypeRef::Bool && member.presence == Presence::Required);
    if flags.count() > 3 { vec![Lint::ExcessiveBools] } else { Vec::new() }
}
