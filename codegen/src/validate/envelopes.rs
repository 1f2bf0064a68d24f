//! `x-specie-envelope`.

use super::index::Index;
use crate::diagnostic::{Code, Diagnostics};
use crate::grammar::Kind;

/// Envelopes that stand on anything but a request body. Whether an envelope fits its schema is seen where it is taken apart.
pub(super) fn outside_of_requests(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let objects = index.objects;
    for (_, media) in objects.iter().filter(|(_, object)| object.kind == Kind::MediaType) {
        let Some((key, _)) = media.extension("x-specie-envelope") else { continue };
        let holder = media.home.as_ref().map(|(holder, _)| objects[*holder].kind);
        if holder != Some(Kind::RequestBody) {
            diagnostics
                .error(Code::MisplacedExtension, "`x-specie-envelope` does not stand on a response", key.span)
                .help("remove it; only request bodies are passed in parts");
        }
    }
}
