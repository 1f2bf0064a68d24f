//! Reading a decimal from its text, exactly or not at all.

use std::fmt;

/// The most significant digits that a [`Decimal`](super::Decimal) is read with.
pub(super) const MAX_DIGITS: u32 = 28;
/// The most digits after the point.
pub(super) const MAX_SCALE: u32 = 28;
/// Exponents beyond this are as good as infinite; it keeps their sum with a text's length far from overflow.
const EXPONENT_CAP: i64 = 1 << 40;

/// Why a text is not a [`Decimal`](super::Decimal). The text itself is never part of it: it may be secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecimalError {
    /// The text is not a number in the grammar of JSON (RFC 8259, section 6); leading zeros are allowed.
    NotANumber,
    /// Written out, the number has more than 28 significant digits.
    TooManyDigits,
    /// Written out, the number has more than 28 digits after the point.
    TooManyPlaces,
}

impl DecimalError {
    /// The sentence behind `Display`, also for errors at compile time.
    pub(super) const fn message(self) -> &'static str {
        match self {
            Self::NotANumber => "not a decimal number",
            Self::TooManyDigits => "a decimal number of more than 28 significant digits",
            Self::TooManyPlaces => "a decimal number of more than 28 digits after the point",
        }
    }
}

impl fmt::Display for DecimalError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message())
    }
}

impl std::error::Error for DecimalError {}

/// A number as it was written: `coefficient / 10^scale`, with a sign.
#[derive(Clone, Copy)]
struct Parts {
    negative: bool,
    coefficient: u128,
    /// Significant digits read so far; zeros in front do not count, zeros behind do.
    digits: u32,
    /// Digits after the point, less the exponent.
    scale: i64,
}

/// Reads a number; `literal` also allows the underscores of Rust's literals.
pub(super) const fn parse(text: &[u8], literal: bool) -> Result<rust_decimal::Decimal, DecimalError> {
    let (negative, text) = match text.split_first() {
        Some((b'-', rest)) => (true, rest),
        _ => (false, text),
    };
    let parts = Parts { negative, coefficient: 0, digits: 0, scale: 0 };
    let (parts, rest) = match digits(parts, text, false, literal) {
        Ok(read) => read,
        Err(error) => return Err(error),
    };
    let (parts, rest) = match rest.split_first() {
        Some((b'.', rest)) => match digits(parts, rest, true, literal) {
            Ok(read) => read,
            Err(error) => return Err(error),
        },
        _ => (parts, rest),
    };
    match exponent(rest) {
        Ok(exponent) => build(parts, exponent),
        Err(error) => Err(error),
    }
}

/// Reads a run of at least one digit, before or after the point.
const fn digits(
    mut parts: Parts,
    mut text: &[u8],
    after_point: bool,
    literal: bool,
) -> Result<(Parts, &[u8]), DecimalError> {
    let mut any = false;
    while let Some((&byte, rest)) = text.split_first() {
        if byte.is_ascii_digit() {
            any = true;
            if parts.digits > 0 || byte != b'0' {
                parts.digits += 1;
                if parts.digits > MAX_DIGITS {
                    return Err(DecimalError::TooManyDigits);
                }
            }
            parts.coefficient = parts.coefficient * 10 + (byte - b'0') as u128;
            if after_point {
                parts.scale += 1;
            }
        } else if !(literal && any && byte == b'_') {
            break;
        }
        text = rest;
    }
    if any { Ok((parts, text)) } else { Err(DecimalError::NotANumber) }
}

/// Reads what follows the digits: nothing, or an exponent that ends the text.
const fn exponent(text: &[u8]) -> Result<i64, DecimalError> {
    let Some((b'e' | b'E', text)) = text.split_first() else {
        return if text.is_empty() { Ok(0) } else { Err(DecimalError::NotANumber) };
    };
    let (sign, mut text) = match text.split_first() {
        Some((b'-', rest)) => (-1, rest),
        Some((b'+', rest)) => (1, rest),
        _ => (1, text),
    };
    if text.is_empty() {
        return Err(DecimalError::NotANumber);
    }
    let mut exponent: i64 = 0;
    while let Some((&byte, rest)) = text.split_first() {
        if !byte.is_ascii_digit() {
            return Err(DecimalError::NotANumber);
        }
        if exponent < EXPONENT_CAP {
            exponent = exponent * 10 + (byte - b'0') as i64;
        }
        text = rest;
    }
    Ok(sign * exponent)
}

/// Applies the exponent by moving the point, which may need zeros behind the digits.
const fn build(parts: Parts, exponent: i64) -> Result<rust_decimal::Decimal, DecimalError> {
    let Parts { negative, mut coefficient, mut digits, .. } = parts;
    let mut scale = parts.scale - exponent;
    if coefficient == 0 && scale < 0 {
        scale = 0;
    }
    while scale < 0 {
        digits += 1;
        if digits > MAX_DIGITS {
            return Err(DecimalError::TooManyDigits);
        }
        coefficient *= 10;
        scale += 1;
    }
    if scale > MAX_SCALE as i64 {
        return Err(DecimalError::TooManyPlaces);
    }
    Ok(from_parts(coefficient, negative, scale))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "each third of the coefficient has 32 bits, and the scale is 0 to 28"
)]
const fn from_parts(coefficient: u128, negative: bool, scale: i64) -> rust_decimal::Decimal {
    rust_decimal::Decimal::from_parts(
        coefficient as u32,
        (coefficient >> 32) as u32,
        (coefficient >> 64) as u32,
        negative,
        scale as u32,
    )
}
