//! Parameters and headers.

use std::borrow::Cow;
use std::collections::HashMap;

use openapiv3::ParameterSchemaOrContent;

use super::index::Index;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::source_map::ObjectId;
use crate::extension_keys;
use crate::source::Span;

/// Two parameters of one place and name in one list.
pub(super) fn repeated_parameters(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (holder, list) in &index.by_kind.parameter_lists {
        let mut seen: HashMap<(&str, Cow<'_, str>), Span> = HashMap::new();
        for at in index.parameters_of(*holder, list) {
            let stated = index.objects[at.id].name_span("name");
            let here = at.reference.unwrap_or(stated);
            let (place, name) = at.identity(index);
            let Some(first) = seen.insert((place, name), here) else { continue };
            let message = format!("the {place} parameter {} is declared twice", quoted(at.name()));
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
    let headers = index.by_kind.headers.iter().map(|(id, _)| (*id, "header"));
    let parameters = index.by_kind.parameters.iter().map(|(id, parameter)| (*id, index.place(*id, parameter)));
    for (id, place) in parameters.chain(headers) {
        let Some((_, style)) = index.document.supplement.value(id, "style") else { continue };
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
    for (id, parameter) in &index.by_kind.parameters {
        let place = index.place(*id, parameter);
        let Some((key, _)) = index.objects[*id].extension(extension_keys::PATH).filter(|_| place != "path") else {
            continue;
        };
        diagnostics
            .error(Code::MisplacedExtension, "`x-specie-path` belongs on a parameter with `in: path`", key.span)
            .help("remove it: what a value may hold is restricted in paths alone");
    }
}

/// A parameter with both `schema` and `content`, with neither, or with several media types.
pub(super) fn schema_and_content(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let parameters = index.by_kind.parameters.iter();
    let parameters = parameters.map(|(id, parameter)| (*id, "parameter", &parameter.parameter_data_ref().format));
    let headers = index.by_kind.headers.iter().map(|(id, header)| (*id, "header", &header.format));
    for (id, noun, format) in parameters.chain(headers) {
        match (index.field(id, "schema"), index.field(id, "content")) {
            (Some(schema), Some(content)) => {
                let message = format!("a {noun} has either `schema` or `content`, and this one has both");
                diagnostics
                    .error(Code::ParameterContent, message, content.key)
                    .label(schema.key, "the schema")
                    .help("remove one of them");
            }
            (None, None) => no_schema(index, id, noun, diagnostics),
            (None, Some(content)) if media_types(format) != 1 => {
                let message = format!("the `content` of a {noun} has to have exactly one media type");
                diagnostics.error(Code::ParameterContent, message, content.key).help("keep one media type");
            }
            _ => {}
        }
    }
}

fn no_schema(index: &Index<'_>, id: ObjectId, noun: &str, diagnostics: &mut Diagnostics) {
    let message = format!("this {noun} has neither `schema` nor `content`");
    let place = index.objects[id].name_span("name");
    diagnostics.warning(Code::ParameterContent, message, place).help("add a `schema`; without one, any text is taken");
}

fn media_types(format: &ParameterSchemaOrContent) -> usize {
    match format {
        ParameterSchemaOrContent::Schema(_) => 0,
        ParameterSchemaOrContent::Content(content) => content.len(),
    }
}
