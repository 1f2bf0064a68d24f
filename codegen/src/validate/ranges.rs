//! Limits that leave nothing between them.

use super::survey::Survey;
use crate::diagnostic::{Code, Diagnostics};
use crate::grammar::Kind;
use crate::syntax::Node;

const LIMITS: &[(&str, &str)] =
    &[("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")];

/// A lower limit above the upper one, and multiples of nothing.
pub(super) fn empty_ranges(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    for found in survey.all(Kind::Schema) {
        for (low, high) in LIMITS {
            let (Some(low_node), Some((high_key, high_node))) = (found.node.get(low), found.node.entry(high)) else {
                continue;
            };
            let (Some(low_value), Some(high_value)) = (number(low_node), number(high_node)) else { continue };
            if low_value > high_value {
                let message = format!("no value is left between `{low}` and `{high}`");
                diagnostics
                    .error(Code::EmptyRange, message, high_key.span.to(high_node.span))
                    .label(low_node.span, "the lower limit")
                    .help("swap the two, or correct one of them");
            }
        }
        if let Some(step) =
            found.node.get("multipleOf").filter(|step| step.number_text().is_some_and(|text| !is_positive(&text)))
        {
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

fn number(node: &Node) -> Option<f64> {
    node.number_text()?.parse().ok()
}
