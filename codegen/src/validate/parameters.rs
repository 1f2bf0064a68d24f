//! Parameters and headers.

use std::borrow::Cow;
use std::collections::HashMap;

use super::index::{Index, identity};
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::grammar::Kind;
use crate::source::Span;
use crate::syntax::Node;

/// Two parameters of one place and name in one list.
pub(super) fn repeated_parameters(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let holders = [Kind::PathItem, Kind::Operation].into_iter().flat_map(|kind| index.all(kind));
    for holder in holders {
        let mut seen: HashMap<(&str, Cow<'_, str>), Span> = HashMap::new();
        for item in holder.node.get("parameters").map_or(&[][..], Node::items) {
            let target = index.target(item);
            let (Some(place), Some(name)) = identity(target) else { continue };
            let here = if item.get("$ref").is_some() {
                item.span
            } else {
                target.get("name").map_or(item.span, |node| node.span)
            };
            // The names of headers ignore case (RFC 9110 section 5.1).
            let told_apart = if place == "header" { name.to_ascii_lowercase().into() } else { name.into() };
            let Some(first) = seen.insert((place, told_apart), here) else { continue };
            let message = format!("the {place} parameter {} is declared twice", quoted(name));
            diagnostics
                .error(Code::DuplicateParameter, message, here)
                .mark("again here")
                .label(first, "first here")
                .help("remove one of them, or send it in another place");
        }
    }
}

/// The styles that each place allows.
const STYLES: &[(&str, &[&str])] = &[
    ("path", &["simple", "label", "matrix"]),
    ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ("header", &["simple"]),
    ("cookie", &["form", "cookie"]),
];

/// A style that the place of its parameter does not have.
pub(super) fn styles_out_of_place(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let headers = index.all(Kind::Header).iter().map(|found| (found, Some("header")));
    let parameters = index.all(Kind::Parameter).iter();
    let parameters = parameters.map(|found| (found, found.node.get("in").and_then(Node::as_str)));
    for (found, place) in parameters.chain(headers) {
        let (Some(style), Some(place)) = (found.node.get("style"), place) else { continue };
        let allowed = STYLES.iter().find(|(name, _)| *name == place).map_or(&[][..], |(_, styles)| styles);
        let word = style.as_str().unwrap_or_default();
        if allowed.contains(&word) {
            continue;
        }
        let message = format!("a {place} parameter cannot have the style {}", quoted(word));
        diagnostics
            .error(Code::ParameterStyle, message, style.span)
            .help(format!("write one of: {}", allowed.join(", ")));
    }
}

/// `x-specie-path` on a parameter that is not in the path.
pub(super) fn path_values_elsewhere(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for found in index.all(Kind::Parameter) {
        let place = found.node.get("in").and_then(Node::as_str);
        let (Some((key, _)), Some("query" | "header" | "cookie")) = (found.node.entry("x-specie-path"), place) else {
            continue;
        };
        diagnostics
            .error(Code::MisplacedExtension, "`x-specie-path` belongs on a parameter with `in: path`", key.span)
            .help("remove it: what a value may hold is restricted in paths alone");
    }
}

/// A parameter with both `schema` and `content`, with neither, or with several media types.
pub(super) fn schema_and_content(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let kinds = [(Kind::Parameter, "parameter"), (Kind::Header, "header")];
    for (found, noun) in
        kinds.into_iter().flat_map(|(kind, noun)| index.all(kind).iter().map(move |found| (found, noun)))
    {
        let content = found.node.entry("content");
        let schema = found.node.entry("schema");
        match (schema, content) {
            (Some((schema, _)), Some((content, _))) => {
                let message = format!("a {noun} has either `schema` or `content`, and this one has both");
                diagnostics
                    .error(Code::ParameterContent, message, content.span)
                    .label(schema.span, "the schema")
                    .help("remove one of them");
            }
            (None, None) => {
                let message = format!("this {noun} has neither `schema` nor `content`");
                let place = found.node.get("name").map_or(found.at, |node| node.span);
                diagnostics
                    .warning(Code::ParameterContent, message, place)
                    .help("add a `schema`; without one, any text is taken");
            }
            (None, Some((key, content))) if content.entries().len() != 1 => {
                let message = format!("the `content` of a {noun} has to have exactly one media type");
                diagnostics.error(Code::ParameterContent, message, key.span).help("keep one media type");
            }
            _ => {}
        }
    }
}
