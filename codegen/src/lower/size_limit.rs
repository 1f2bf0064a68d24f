//! How much `allOf` and common parts of operations may multiply what a document says.

use crate::diagnostic::{Code, Diagnostics};
use crate::source::Span;
use crate::syntax::TAKEN_OVER;

/// Reports that more parts are copied than may be, at the place that goes beyond the limit.
pub(super) fn report_too_large(span: Span, diagnostics: &mut Diagnostics) {
    let message = format!("with this, more than {TAKEN_OVER} parts are copied by `allOf` and into operations");
    diagnostics
        .error(Code::TooLarge, message, span)
        .help("split the document; what `allOf` takes over, and what operations have in common, counts each time");
}
