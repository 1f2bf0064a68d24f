//! Texts of their format, length and pattern.

use super::NoSample;
use super::generate::{Made, Maker};
use super::patterns;
use crate::api::{Constraints, SchemaId, Value};

/// The longest text that is made, in characters.
const LONGEST: u64 = 10_000;

impl Maker<'_> {
    /// A text of a format, else one that the pattern and the limits of length give.
    pub(super) fn text(&mut self, id: SchemaId, format: &str, stated: &Constraints) -> Made {
        let least = stated.min_length.unwrap_or_default();
        if least > LONGEST {
            return Err(NoSample::TooLarge);
        }
        let Some(pattern) = &stated.pattern else {
            return self.first_valid(id, of_format(format, stated).map(Value::String), NoSample::Limits);
        };
        let reason = NoSample::Pattern(pattern.clone());
        // A pattern that cannot be read says nothing of any text, and none is guessed.
        if !patterns::is_read(pattern) {
            return Err(reason);
        }
        let texts = of_format(format, stated).chain(patterns::texts(pattern, stated));
        self.first_valid(id, texts.map(Value::String), reason)
    }
}

/// Texts of a format, the last ones as long as they have to be.
fn of_format(format: &str, stated: &Constraints) -> impl Iterator<Item = String> {
    let stated = (stated.min_length.unwrap_or_default(), stated.max_length);
    let plain = example(format).unwrap_or("text");
    [plain.to_owned()].into_iter().chain(sized(format, stated))
}

/// A text of the format for examples of one; `None` where any text is of it.
fn example(format: &str) -> Option<&'static str> {
    Some(match format {
        "date" => "2026-02-28",
        "date-time" => "2026-02-28T12:30:00Z",
        "time" => "12:30:00Z",
        "duration" => "P1D",
        "uuid" => "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "uri" | "url" | "iri" | "uri-reference" | "iri-reference" => "https://example.com",
        "email" | "idn-email" => "someone@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" | "base64" | "base64url" => "dGV4dA==",
        "decimal" => "10.00",
        "json-pointer" => "/name",
        "regex" => "^text$",
        _ => return None,
    })
}

/// A text of a format with so many characters.
fn sized(format: &str, (least, most): (u64, Option<u64>)) -> Option<String> {
    let length = |plain: u64| usize::try_from(plain.max(least).min(most.unwrap_or(u64::MAX)).min(LONGEST)).ok();
    let repeated = |text: &str, length: usize| text.chars().cycle().take(length).collect::<String>();
    Some(match format {
        "uri" | "url" | "iri" | "uri-reference" | "iri-reference" => {
            let start = "https://example.com/";
            format!("{start}{}", repeated("a", length(20)?.checked_sub(start.len())?))
        }
        "email" | "idn-email" => {
            let end = "@example.com";
            // What stands before the sign has 64 bytes at most (RFC 5321, 4.5.3.1.1).
            format!("{}{end}", repeated("a", length(19)?.checked_sub(end.len())?.min(64)))
        }
        "hostname" | "idn-hostname" => repeated("a", length(11)?),
        "byte" | "base64" | "base64url" => repeated("dGV4", length(4)?.div_ceil(4) * 4),
        "decimal" => repeated("1", length(2)?),
        "date" | "date-time" | "time" | "duration" | "uuid" | "ipv4" | "ipv6" => return None,
        _ => repeated("text", length(4)?),
    })
}
