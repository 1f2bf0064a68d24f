//! Which OpenAPI a document is written in.

use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::source::Span;
use crate::syntax::Node;

/// A version of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Version {
    /// 3.0.
    V30,
    /// 3.1.
    V31,
    /// 3.2.
    V32,
}

impl Version {
    /// The version as documents and messages name it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::V30 => "3.0",
            Self::V31 => "3.1",
            Self::V32 => "3.2",
        }
    }

    /// The version that a document says it is written in; reports one that is not read.
    pub(crate) fn of(root: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        let start = Span { end: root.span.start, ..root.span };
        if !root.is_mapping() {
            diagnostics
                .error(Code::UnsupportedVersion, "this is not an OpenAPI document", start)
                .help("it has to be an object");
            return None;
        }
        let named = root.get("openapi").filter(|node| node.text().is_some());
        let Some(node) = named else {
            let swagger = root.entry("swagger");
            let span = swagger.map_or(start, |(key, value)| key.span.to(value.span));
            let (message, help) = if swagger.is_some() {
                ("this is a Swagger 2.0 document", "convert it to OpenAPI 3 with a converter first")
            } else {
                ("this document does not say which version of OpenAPI it is", "start it with `openapi: 3.0.4`")
            };
            diagnostics.error(Code::UnsupportedVersion, message, span).help(help);
            return None;
        };
        let text = node.text().unwrap_or_default();
        let is_minor =
            |minor: &str| text == minor || text.strip_prefix(minor).is_some_and(|patch| patch.starts_with('.'));
        if is_minor("3.0") {
            return Some(Self::V30);
        }
        if is_minor("3.1") {
            return Some(Self::V31);
        }
        if is_minor("3.2") {
            return Some(Self::V32);
        }
        let text = quoted(text);
        let message = format!("OpenAPI {} is not supported", text.trim_matches('`'));
        diagnostics
            .error(Code::UnsupportedVersion, message, node.span)
            .help("write OpenAPI 3.0, 3.1 or 3.2: `openapi: 3.1.1`, and the keywords of that version");
        None
    }
}
