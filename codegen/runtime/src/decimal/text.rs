//! Writing a decimal as its text, without a string of its own.

use super::Decimal;

/// A sign, 29 digits, a point and a zero before it.
const CAPACITY: usize = 32;

/// The text of a decimal: digits with the point at its place. Zero has no sign.
pub(crate) struct Text {
    /// Filled from the end, as digits come off a number.
    bytes: [u8; CAPACITY],
    start: usize,
}

impl Text {
    /// With a minus in front of what is below zero.
    pub(super) fn signed(value: Decimal) -> Self {
        let mut text = Self::unsigned(value);
        if value.is_negative() {
            text.push(b'-');
        }
        text
    }

    /// Without a sign.
    pub(super) fn unsigned(value: Decimal) -> Self {
        let mut text = Self { bytes: [0; CAPACITY], start: CAPACITY };
        let scale = value.scale();
        let mut rest = value.0.mantissa().unsigned_abs();
        let mut written = 0;
        // One digit stands before the point in any case.
        while rest > 0 || written <= scale {
            let digit;
            (rest, digit) = split(rest);
            text.push(b'0' + digit);
            written += 1;
            if written == scale {
                text.push(b'.');
            }
        }
        text
    }

    pub(crate) fn as_str(&self) -> &str {
        let written = self.bytes.get(self.start..).unwrap_or_default();
        std::str::from_utf8(written).unwrap_or_default()
    }

    /// Puts a character in front.
    fn push(&mut self, character: u8) {
        self.start = self.start.saturating_sub(1);
        if let Some(place) = self.bytes.get_mut(self.start) {
            *place = character;
        }
    }
}

/// Takes the last digit off.
fn split(number: u128) -> (u128, u8) {
    // Dividing 128 bits is slow, and hardly an amount has more than 64.
    if let Ok(number) = u64::try_from(number) {
        let [digit, ..] = (number % 10).to_le_bytes();
        return (u128::from(number / 10), digit);
    }
    let [digit, ..] = (number % 10).to_le_bytes();
    (number / 10, digit)
}
