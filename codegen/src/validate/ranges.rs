//! Limits that leave nothing between them.

use super::index::Index;
use super::limits::pairs;
use crate::diagnostic::{Code, Diagnostics};

/// A lower limit above the upper one, and multiples of nothing.
pub(super) fn empty_ranges(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (_, schema) in index.all_schemas() {
        let keywords = schema.keywords();
        for (low, high) in pairs(keywords, index.version) {
            let (Some(low), Some(high)) = (low, high) else { continue };
            if low.value > high.value {
                let message = format!("no value is left between `{}` and `{}`", low.name, high.name);
                diagnostics
                    .error(Code::EmptyRange, message, high.whole)
                    .label(low.span, "the lower limit")
                    .help("swap the two, or correct one of them");
            }
        }
        if let Some(step) = keywords.number.multiple_of.as_ref().filter(|step| !is_positive(step.value.as_str())) {
            diagnostics
                .error(Code::EmptyRange, "`multipleOf` has to be above zero", step.span)
                .help("write a positive number, or remove it");
        }
    }
}

/// By its digits: a number may be too small for a float.
fn is_positive(number: &str) -> bool {
    let mantissa = number.split(['e', 'E']).next().unwrap_or_default();
    !number.starts_with('-') && mantissa.contains(|digit: char| matches!(digit, '1'..='9'))
}
