//! Lists and objects in one text: items, or names and values, with a delimiter between them.

use std::borrow::Cow;

use crate::param::ParameterKind;
use crate::param::ParameterTree;
use crate::param::{ParameterSpec, Style};
use crate::wire::escape::Escape;

/// What stands between the parts of one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delimiter {
    /// Everywhere but where a style says otherwise.
    Comma,
    /// `spaceDelimited`.
    Space,
    /// `pipeDelimited`.
    Pipe,
    /// `label` with `explode`.
    Dot,
}

impl Delimiter {
    pub(crate) const fn of(style: Style) -> Self {
        match style {
            Style::SpaceDelimited => Self::Space,
            Style::PipeDelimited => Self::Pipe,
            _ => Self::Comma,
        }
    }

    const fn character(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Space => ' ',
            Self::Pipe => '|',
            Self::Dot => '.',
        }
    }

    /// As it is written in a URL, and in the other places.
    const fn written(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Space => "%20",
            Self::Pipe => "%7C",
            Self::Dot => ".",
        }
    }
}

/// Writes a value as one text; `pairs` writes the properties of an object as `name=value`.
///
/// What could not be taken apart again is refused: a part that holds the delimiter where it cannot be encoded, and a list of one
/// empty text, which reads as an empty list.
pub(crate) fn write(
    tree: &ParameterTree,
    delimiter: Delimiter,
    pairs: bool,
    escape: Escape,
) -> Result<String, &'static str> {
    let mut text = String::new();
    let delimiters = [delimiter.character()];
    match tree {
        ParameterTree::Text(value) => escape.push(&mut text, value)?,
        ParameterTree::List(items) => {
            for (index, item) in items.iter().enumerate() {
                let item = single(item)?;
                if item.is_empty() && items.len() == 1 {
                    return Err("a list of one empty text cannot be told from an empty list");
                }
                text.push_str(if index == 0 { "" } else { delimiter.written() });
                escape.push_part(&mut text, item, &delimiters)?;
            }
        }
        ParameterTree::Object(members) => {
            for (index, (name, member)) in members.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { delimiter.written() });
                if pairs {
                    escape.push_part(&mut text, name, &[delimiter.character(), '='])?;
                    text.push('=');
                } else {
                    escape.push_part(&mut text, name, &delimiters)?;
                    text.push_str(delimiter.written());
                }
                escape.push_part(&mut text, single(member)?, &delimiters)?;
            }
        }
    }
    Ok(text)
}

/// The text of a single value.
pub(super) fn single(tree: &ParameterTree) -> Result<&str, &'static str> {
    match tree {
        ParameterTree::Text(text) => Ok(text),
        _ => Err("holds a list or an object inside of another, which its style cannot carry"),
    }
}

/// Reads one text; an empty one is a list or an object without content.
pub(super) fn read(
    kind: ParameterKind,
    raw: &str,
    delimiter: Delimiter,
    pairs: bool,
    escape: Escape,
) -> Result<ParameterTree, Cow<'static, str>> {
    match kind {
        ParameterKind::Scalar | ParameterKind::Any | ParameterKind::Json => text(escape, raw),
        ParameterKind::List if raw.is_empty() => Ok(ParameterTree::List(Vec::new())),
        ParameterKind::List => {
            let items = split(raw, delimiter, escape)?;
            Ok(ParameterTree::List(items.into_iter().map(ParameterTree::Text).collect()))
        }
        ParameterKind::Object(_) | ParameterKind::OpenObject(_) if raw.is_empty() => {
            Ok(ParameterTree::Object(Vec::new()))
        }
        ParameterKind::Object(_) | ParameterKind::OpenObject(_) if pairs => {
            let members = raw.split(delimiter.character()).map(|part| {
                let (name, value) = part.split_once('=').ok_or("it is not made of `name=value`")?;
                Ok((escape.decode(trimmed(name, escape))?.into_owned(), text(escape, value)?))
            });
            once_each(members.collect::<Result<_, Cow<'static, str>>>()?)
        }
        ParameterKind::Object(_) | ParameterKind::OpenObject(_) => {
            let parts = split(raw, delimiter, escape)?;
            let (pairs, rest) = parts.as_chunks::<2>();
            if !rest.is_empty() {
                return Err("it is not made of names and values in turn".into());
            }
            once_each(pairs.iter().map(|[name, value]| (name.clone(), ParameterTree::Text(value.clone()))).collect())
        }
    }
}

/// A single value.
pub(super) fn text(escape: Escape, raw: &str) -> Result<ParameterTree, Cow<'static, str>> {
    Ok(ParameterTree::Text(escape.decode(trimmed(raw, escape))?.into_owned()))
}

/// An object whose properties stand once each.
fn once_each(members: Vec<(String, ParameterTree)>) -> Result<ParameterTree, Cow<'static, str>> {
    let names: std::collections::HashSet<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    if names.len() < members.len() {
        return Err("one of its properties is there more than once".into());
    }
    Ok(ParameterTree::Object(members))
}

/// Commas and dots part items before they are decoded, so that an item may hold one; spaces and pipes exist encoded, too, so they
/// part items afterwards.
pub(crate) fn split(raw: &str, delimiter: Delimiter, escape: Escape) -> Result<Vec<String>, &'static str> {
    let delimiter_text = delimiter.character();
    match delimiter {
        Delimiter::Comma | Delimiter::Dot => {
            let parts = raw.split(delimiter_text).map(|part| escape.decode(trimmed(part, escape)));
            parts.map(|part| part.map(Cow::into_owned)).collect()
        }
        Delimiter::Space | Delimiter::Pipe => {
            Ok(escape.decode(raw)?.split(delimiter_text).map(str::to_owned).collect())
        }
    }
}

/// Without the spaces that a header may have around an item (RFC 9110 section 5.6.1).
fn trimmed(raw: &str, escape: Escape) -> &str {
    if escape == Escape::Header { raw.trim_matches([' ', '\t']) } else { raw }
}

/// The delimiter and whether properties are pairs, of a style that writes one text.
pub(super) const fn form_of(spec: &ParameterSpec) -> (Delimiter, bool) {
    (Delimiter::of(spec.style), spec.explode)
}
