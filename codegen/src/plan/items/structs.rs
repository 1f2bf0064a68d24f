//! Structs: fields, `new`, the companion with the required fields, and a setter for each optional one.

use super::checks;
use crate::plan::docs::paragraphs;
use crate::plan::members::{self, Member, required};
use crate::plan::types::analysis::TypeAnalysis;
use crate::rust::{
    Argument, Companion, Constructor, Derive, Derives, Docs, Field, FieldId, FieldSource, Lint, Parameter,
    ParameterLocation, Presence, Setter, Struct, Type, type_link,
};

/// A struct by its name, its documentation and its companion's name.
pub(in crate::plan) fn structure(
    analysis: &TypeAnalysis<'_>,
    (name, required_name): (&str, &str),
    docs: Docs,
    derives: &Derives,
    members: &[Member],
) -> Struct {
    let required = required(members);
    Struct {
        name: name.to_owned(),
        docs,
        derives: comparable(derives.clone(), members.iter()).and(&[Derive::Default], required.is_empty()),
        lints: lints(members.iter()),
        fields: members.iter().map(|member| field(analysis, member, members)).collect(),
        constructor: constructor(analysis, members, || companion(analysis, (name, required_name), &required)),
    }
}

/// What `new` takes apart: it is made where it is given, and neither kept nor compared.
fn companion(analysis: &TypeAnalysis<'_>, (of, name): (&str, &str), required: &[&Member]) -> Companion {
    // `new` only copies out of a companion whose values are all `Copy`, which then is `Copy` as well.
    let copy = required.iter().all(|member| !member.boxed && analysis.is_copy(&member.ty));
    Companion {
        name: name.to_owned(),
        docs: Docs::line(format!("The required fields of {}.", type_link(of))),
        derives: Derives::of(&[Derive::Debug]).and(&[Derive::Clone, Derive::Copy], copy),
        lints: lints(required.iter().copied()),
    }
}

/// What the type of a schema derives.
pub(super) fn derives(has_eq: bool) -> Derives {
    Derives::of(&[Derive::Clone, Derive::Debug, Derive::PartialEq]).and(&[Derive::Eq], has_eq)
}

/// What the type of a scalar derives, or of a list.
pub(in crate::plan) fn derives_of_scalar(has_eq: bool, is_hashable: bool) -> Derives {
    derives(has_eq).and(&[Derive::Hash], is_hashable)
}

/// What a struct derives, with `PartialEq` where all of its members have it.
fn comparable<'a>(derives: Derives, mut members: impl Iterator<Item = &'a Member>) -> Derives {
    derives.and(&[Derive::PartialEq], members.all(|member| member.ty.is_comparable()))
}

fn field(analysis: &TypeAnalysis<'_>, member: &Member, members: &[Member]) -> Field {
    Field {
        name: member.name.clone(),
        wire: member.wire.clone(),
        value: member.ty.clone(),
        presence: member.presence,
        boxed: member.boxed,
        docs: paragraphs::of_member(analysis, member),
        brief: paragraphs::brief(member),
        setter: (!member.is_required()).then(|| setter(analysis, member, members)),
        checks: checks::of_value(analysis, &member.ty, &member.value_constraints),
        default: member.default.clone(),
        example: member.stated_docs.example().cloned(),
        source: match &member.source {
            members::MemberSource::Parameter { place, format, any_path, default } => {
                FieldSource::Parameter(Parameter {
                    place: *place,
                    format: format.clone(),
                    required: member.presence == Presence::Required && *place != ParameterLocation::Path,
                    any_path: *any_path,
                    default: default.clone(),
                    shared_docs: None,
                })
            }
            members::MemberSource::Body => FieldSource::Body,
            members::MemberSource::Property => FieldSource::Property,
            members::MemberSource::Part(part) => FieldSource::Part(part.clone()),
        },
    }
}

fn constructor(analysis: &TypeAnalysis<'_>, members: &[Member], companion: impl FnOnce() -> Companion) -> Constructor {
    let mut required = members.iter().enumerate().filter(|(_, member)| member.is_required());
    match (required.next(), required.next()) {
        (None, _) => Constructor::Empty,
        (Some((field, only)), None) => {
            // Clippy takes these for placeholders.
            let placeholder = matches!(only.name.as_str(), "foo" | "baz" | "quux");
            Constructor::One {
                field: FieldId(field),
                argument: argument(analysis, only, if placeholder { "value" } else { &only.name }),
            }
        }
        (Some(_), Some(_)) => Constructor::Several(companion()),
    }
}

fn setter(analysis: &TypeAnalysis<'_>, member: &Member, members: &[Member]) -> Setter {
    // It stands in backquotes in the documentation.
    let is_plain = !member.wire.is_empty() && member.wire.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'`');
    Setter {
        name: members::setter(member, members),
        documented: if is_plain { member.wire.clone() } else { member.name.clone() },
        argument: argument(analysis, member, "value"),
    }
}

/// What `new` or a setter takes for a member: the value itself, where nothing converts into it.
fn argument(analysis: &TypeAnalysis<'_>, member: &Member, name: &str) -> Argument {
    let value = Box::new(member.ty.clone());
    // The value of a plain optional field is given as it is; a three-state field takes the states as well.
    let is_value = matches!(member.presence, Presence::Required | Presence::Optional);
    let ty = match member.presence {
        Presence::Required | Presence::Optional => *value,
        Presence::RequiredNullable => Type::Option(value),
        Presence::Patch => Type::Patch(value),
        Presence::Maybe => Type::Maybe(value),
    };
    Argument { name: name.to_owned(), ty, into: !is_value || analysis.has_conversions(&member.ty) }
}

/// The exemption from `struct_excessive_bools`, which clippy reports from four flags on.
fn lints<'a>(members: impl Iterator<Item = &'a Member>) -> Vec<Lint> {
    let flags = members.filter(|member| member.ty == Type::Bool && member.presence == Presence::Required);
    if flags.count() > 3 { vec![Lint::ExcessiveBools] } else { Vec::new() }
}
