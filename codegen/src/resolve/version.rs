//! Which versions of OpenAPI are read.

use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::Node;
use crate::source::Place;

/// Whether a document says that it is OpenAPI 3.0; reports what else it says.
pub(super) fn is_supported(root: &Node, diagnostics: &mut Diagnostics) -> bool {
    let start = Place { end: root.place.start, ..root.place };
    if !root.is_mapping() {
        diagnostics
            .error(Code::UnsupportedVersion, "this is not an OpenAPI document", start)
            .help("it has to be an object");
        return false;
    }
    let named = root.get("openapi").filter(|node| node.text().is_some());
    let Some(node) = named else {
        let swagger = root.entry("swagger");
        let place = swagger.map_or(start, |(key, value)| key.place.to(value.place));
        let (message, help) = if swagger.is_some() {
            ("this is a Swagger 2.0 document", "convert it to OpenAPI 3.0 first")
        } else {
            ("this document does not say which version of OpenAPI it is", "start it with `openapi: 3.0.4`")
        };
        diagnostics.error(Code::UnsupportedVersion, message, place).help(help);
        return false;
    };
    let text = node.text().unwrap_or_default();
    if text == "3.0" || text.starts_with("3.0.") {
        return true;
    }
    let message = format!("OpenAPI {} is not supported", quoted(text).trim_matches('`'));
    diagnostics
        .error(Code::UnsupportedVersion, message, node.place)
        .help("OpenAPI 3.0 is: write `openapi: 3.0.4` and its keywords");
    false
}
