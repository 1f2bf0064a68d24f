//! Rules for descriptions of payments: exact amounts, currencies, points in time, failures and repetitions.

use openapiv3::StatusCode;

use super::index::Index;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::Implementer;
use crate::document::schema::{SchemaId, Type};
use crate::document::source_map::ObjectSpans;
use crate::extension_keys;
use crate::grammar::Version;
use crate::identifier_words::{ends_in, words};

/// Numbers that do not say whether they are exact.
pub(super) fn numbers_without_format(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (_, schema) in index.all_schemas() {
        let keywords = schema.keywords();
        let types = keywords.types.as_ref().filter(|_| keywords.only_type() == Some(Type::Number));
        if let Some(types) = types.filter(|_| keywords.format.is_none()) {
            diagnostics
                .warning(Code::NumberWithoutFormat, "this number does not say whether it is exact", types.span)
                .help("add `format: decimal` for money, `double` for measurements");
        }
    }
}

/// Amounts with no currency beside them.
pub(super) fn amounts_without_currency(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (_, schema) in index.all_schemas() {
        let keywords = schema.keywords();
        let is_amount = |(name, id): &(&str, SchemaId)| ends_in(&words(name), &["amount"]) && is_scalar(index, *id);
        let Some((name, amount)) = keywords.object.properties().find(is_amount) else { continue };
        let is_currency = |word: &String| matches!(word.as_str(), "currency" | "asset" | "coin");
        let has_currency = keywords.object.properties().any(|(name, _)| words(name).iter().any(is_currency));
        // The currency may stand in a schema that this one is composed with.
        if !has_currency && !schema.is_branch() && keywords.composition.all_of.is_none() {
            let message = format!("no currency stands beside {}", quoted(name));
            diagnostics.warning(Code::AmountWithoutCurrency, message, index.schemas[amount].name).help(
                "add a property for the currency, or say in the description which one it is and allow this warning",
            );
        }
    }
}

fn is_scalar(index: &Index<'_>, id: SchemaId) -> bool {
    let keywords = index.keywords(index.schemas.target(id));
    matches!(keywords.only_type(), Some(Type::String | Type::Number | Type::Integer))
}

/// How the names of points in time end.
const TIMES: &[&[&str]] =
    &[&["timestamp"], &["at"], &["time"], &["date"], &["datetime"], &["created"], &["updated"], &["on"]];

/// Strings and numbers that are called like points in time and have no format.
pub(super) fn timestamps_without_format(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (name, span, id) in index.properties() {
        if !is_called_time(name) {
            continue;
        }
        let parts: Vec<_> = index.parts_of(id).into_iter().map(|part| index.keywords(part)).collect();
        let is_told = parts
            .iter()
            .any(|part| part.format.is_some() || part.string.pattern.is_some() || part.enumeration.is_some());
        let help = match parts.iter().find_map(|part| part.only_type()) {
            Some(Type::String) => "add `format: date-time` or `format: date`, or a `pattern`",
            Some(Type::Integer) => {
                "add `format: unix-time` if it counts seconds; otherwise `int64`, and say in the description what it counts"
            }
            _ => continue,
        };
        if !is_told {
            let message = format!("{} does not say how it is written", quoted(name));
            diagnostics.warning(Code::TimestampWithoutFormat, message, span).help(help);
        }
    }
}

fn is_called_time(name: &str) -> bool {
    let words = words(name);
    // One word such as `on` or `at` says nothing.
    let is_short = words.len() == 1 && matches!(words.first().map(String::as_str), Some("at" | "on"));
    !is_short && TIMES.iter().any(|ending| ends_in(&words, ending))
}

/// Operations that document no way to fail.
pub(super) fn operations_without_errors(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for operation in index.operations.iter().filter(|operation| operation.implementer == Implementer::Api) {
        let is_error = |status: Option<&StatusCode>| {
            status.is_none_or(|status| matches!(status, StatusCode::Code(400..=599) | StatusCode::Range(4 | 5)))
        };
        // Where `responses` is missing altogether, that was said, and an empty object was put in at the operation's key.
        let responses = index.field(operation.id, "responses");
        let method = index.objects[operation.id].name;
        let is_assumed = index.version == Version::V30 && responses.is_none_or(|responses| responses.span == method);
        if is_assumed || index.responses(operation).iter().any(|(status, _)| is_error(*status)) {
            continue;
        }
        diagnostics
            .warning(Code::OperationWithoutErrors, "this operation documents no error", method)
            .help("add the responses by which it refuses, or a `default`");
    }
}

/// Operations that may create something, and say neither what a failure means nor what a repetition does: each `post` that does not say
/// that it creates nothing, whatever it is called.
pub(super) fn creating_operations(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for operation in index.operations.iter().filter(|operation| operation.implementer == Implementer::Api) {
        let object = &index.objects[operation.id];
        if index.is_stated_safe(operation) || operation.method != "post" {
            continue;
        }
        let span = object.name_span("operationId");
        let states_outcome = |object: &ObjectSpans| object.extension(extension_keys::OUTCOME).is_some();
        if !index.responses(operation).iter().any(|(_, response)| states_outcome(response.object)) {
            diagnostics
                .warning(Code::CreatingOperationWithoutOutcome, "no response says whether something was created", span)
                .help("add `x-specie-outcome` to the responses, or `x-specie-outcome: none` to the operation if it creates nothing");
        }
        if index.extensions(operation.id).idempotency.is_none() {
            diagnostics
                .warning(
                    Code::CreatingOperationWithoutIdempotency,
                    "nothing says what happens when this is sent twice",
                    span,
                )
                .help("add `x-specie-idempotency`: a header, a unique field, or `none`");
        }
    }
}
