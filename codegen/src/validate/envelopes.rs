//! `x-specie-envelope`.

use std::collections::HashSet;

use super::survey::Survey;
use crate::diagnostic::{Code, Diagnostics};
use crate::grammar::Kind;
use crate::source::Span;
use crate::syntax::Node;

/// Envelopes that stand on anything but a request body. Whether an envelope fits its schema is seen where it is taken apart.
pub(super) fn outside_of_requests(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    let bodies = survey.all(Kind::RequestBody).iter().filter_map(|found| found.node.get("content"));
    let requests: HashSet<Span> = bodies.flat_map(Node::entries).map(|(_, media)| media.span).collect();
    for found in survey.all(Kind::MediaType) {
        let Some((key, _)) = found.node.entry("x-specie-envelope") else { continue };
        if !requests.contains(&found.node.span) {
            diagnostics
                .error(Code::MisplacedExtension, "`x-specie-envelope` does not stand on a response", key.span)
                .help("remove it; only request bodies are passed in parts");
        }
    }
}
