//! Lower and upper limits, and those that no value satisfies.

use std::borrow::Cow;

use super::index::Index;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::document::schema::{Keyword, Keywords, Number};
use crate::grammar::Version;
use crate::number_text::{NumberText, order};
use crate::source::Span;

/// A limit that a schema states.
#[derive(Clone)]
pub(super) struct Limit<'a> {
    /// The keyword that it is written under.
    pub(super) name: &'static str,
    /// Where the key and the value stand.
    pub(super) whole: Span,
    /// Where the value stands.
    pub(super) span: Span,
    /// The number's text.
    value: Cow<'a, str>,
}

impl Limit<'_> {
    /// Whether it is above another one, compared digit for digit.
    pub(super) fn is_above(&self, other: &Self) -> bool {
        order(&self.value, &other.value).is_gt()
    }
}

/// A lower and an upper limit of one thing.
pub(super) type Pair<'a> = (Option<Limit<'a>>, Option<Limit<'a>>);

/// The limits of a schema, by what they limit: numbers, lengths of texts, lengths of lists, numbers of properties.
pub(super) fn pairs(keywords: &Keywords, version: Version) -> [Pair<'_>; 4] {
    let (number, string) = (&keywords.number, &keywords.string);
    let (array, object) = (&keywords.array, &keywords.object);
    // In OpenAPI 3.0 an exclusive limit is written under the key of the inclusive one.
    let is_later = version != Version::V30;
    let exclusive = |later, earlier| if is_later { later } else { earlier };
    let least = of_number("minimum", number.minimum.as_ref())
        .or_else(|| of_number(exclusive("exclusiveMinimum", "minimum"), number.exclusive_minimum.as_ref()));
    let most = of_number("maximum", number.maximum.as_ref())
        .or_else(|| of_number(exclusive("exclusiveMaximum", "maximum"), number.exclusive_maximum.as_ref()));
    [
        (least, most),
        (of_count("minLength", string.min_length.as_ref()), of_count("maxLength", string.max_length.as_ref())),
        (of_count("minItems", array.min_items.as_ref()), of_count("maxItems", array.max_items.as_ref())),
        (
            of_count("minProperties", object.min_properties.as_ref()),
            of_count("maxProperties", object.max_properties.as_ref()),
        ),
    ]
}

fn of_number<'a>(name: &'static str, limit: Option<&'a Keyword<Number>>) -> Option<Limit<'a>> {
    limit.map(|limit| Limit { name, whole: limit.whole(), span: limit.span, value: limit.value.as_str().into() })
}

fn of_count(name: &'static str, limit: Option<&Keyword<u64>>) -> Option<Limit<'static>> {
    limit.map(|limit| Limit { name, whole: limit.whole(), span: limit.span, value: limit.value.to_string().into() })
}

/// A lower limit above the upper one, and multiples of nothing.
///
/// JSON Schema allows limits that leave nothing, so a document by others may have them: no value is valid then (JSON Schema Validation
/// 2020-12, 6). A `multipleOf` that is not above zero is no schema (6.2.1).
pub(super) fn empty_ranges(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let severity = if index.strictness.is_lenient() { Severity::Warning } else { Severity::Error };
    for (_, schema) in index.all_schemas() {
        let keywords = schema.keywords();
        for (low, high) in pairs(keywords, index.version) {
            let (Some(low), Some(high)) = (low, high) else { continue };
            if low.is_above(&high) {
                let message = format!("no value is left between `{}` and `{}`", low.name, high.name);
                diagnostics
                    .push(Diagnostic::new(Code::EmptyRange, severity, message, high.whole))
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
    let number = NumberText::of(number);
    !number.is_negative && !number.is_zero()
}
