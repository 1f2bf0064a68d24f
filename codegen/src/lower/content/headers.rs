//! The headers of responses and of parts. They stand below media types, which have encodings with headers, which may have content again.

use indexmap::IndexMap;
use openapiv3 as stated;
use openapiv3::ReferenceOr;

use super::{Written, content};
use crate::api::{Parameter, ParameterPlace, Style};
use crate::document::{Document, Located};
use crate::lower::docs::{Texts, docs};
use crate::lower::values;

/// The headers of a response or a part.
pub(super) fn headers(document: &Document, stated: &IndexMap<String, ReferenceOr<stated::Header>>) -> Vec<Parameter> {
    stated.iter().filter_map(|(name, at)| header(document, name, document.header(at)?)).collect()
}

fn header(document: &Document, name: &str, located: Located<'_, stated::Header>) -> Option<Parameter> {
    let (stated, object) = (located.stated, located.object);
    let explode = located.value("explode").and_then(|(_, node)| node.as_bool());
    let written = Written { style: Style::Simple, explode, allow_reserved: false };
    let texts = Texts {
        description: stated.description.as_deref(),
        deprecated: stated.deprecated.unwrap_or_default(),
        ..Texts::default()
    };
    Some(Parameter {
        name: name.to_owned(),
        place: ParameterPlace::Header,
        any_path: None,
        content: content(document, object, &stated.format, &written)?,
        required: stated.required,
        docs: docs(object, texts),
        examples: values::examples(document, located.value("example"), &stated.examples),
        span: object.name,
        name_span: object.name,
    })
}
