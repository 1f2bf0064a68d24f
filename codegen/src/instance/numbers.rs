//! Numbers of JSON as they are written, without a binary fraction in between.

use std::fmt;

use crate::number_text::NumberText;

/// The most decimal places that are counted with.
const PLACES: i64 = 30;

/// The least and the largest integer of a format (OpenAPI Format Registry); `None` where it has no limits.
#[must_use]
pub fn integer_range(format: &str) -> Option<(i128, i128)> {
    Some(match format {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        "int64" => (i64::MIN.into(), i64::MAX.into()),
        "uint8" => (0, u8::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "uint64" => (0, u64::MAX.into()),
        _ => return None,
    })
}

/// A decimal number: `digits` divided by ten to the power of `places`. It has no zeros at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact {
    digits: i128,
    places: u32,
}

impl Exact {
    /// Reads a number of JSON; `None` where it has too many digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = NumberText::of(text);
        let (sign, fraction) = (if number.is_negative { "-" } else { "" }, number.significant_fraction());
        let digits: i128 = format!("{sign}{}{fraction}", number.whole).parse().ok()?;
        let places = i64::try_from(fraction.len()).ok()?.checked_sub(number.power()?)?;
        match (digits, places) {
            (0, _) => Some(Self { digits: 0, places: 0 }),
            (_, 1..=PLACES) => Some(Self::of(digits, u32::try_from(places).ok()?)),
            (_, ..=0) => {
                let power = 10_i128.checked_pow(u32::try_from(places.checked_neg()?).ok()?)?;
                Some(Self { digits: digits.checked_mul(power)?, places: 0 })
            }
            _ => None,
        }
    }

    /// A number of so many decimal places.
    #[must_use]
    pub fn of(mut digits: i128, mut places: u32) -> Self {
        while places > 0 && digits % 10 == 0 {
            digits /= 10;
            places -= 1;
        }
        Self { digits, places }
    }

    /// The number, if it has no fraction.
    pub(super) fn whole(self) -> Option<i128> {
        (self.places == 0).then_some(self.digits)
    }

    /// How many decimal places it has.
    #[must_use]
    pub const fn places(self) -> u32 {
        self.places
    }

    /// Its digits where it is written with so many decimal places; `None` where it has more of them, or too many digits.
    #[must_use]
    pub fn in_places(self, places: u32) -> Option<i128> {
        let power = 10_i128.checked_pow(places.checked_sub(self.places)?)?;
        self.digits.checked_mul(power)
    }

    /// The digits of two numbers with the same decimal places.
    #[must_use]
    pub fn aligned(self, other: Self) -> Option<(i128, i128)> {
        let places = self.places.max(other.places);
        Some((self.in_places(places)?, other.in_places(places)?))
    }

    /// Whether it is a multiple of another number; `None` where they have too many digits to tell, or the other one is zero.
    #[must_use]
    pub fn is_multiple_of(self, step: Self) -> Option<bool> {
        let (number, step) = self.aligned(step)?;
        (step != 0).then(|| number % step == 0)
    }
}

/// As a number of JSON.
impl fmt::Display for Exact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.places == 0 {
            return write!(formatter, "{}", self.digits);
        }
        let places = usize::try_from(self.places).unwrap_or_default();
        let digits = format!("{:0>width$}", self.digits.unsigned_abs(), width = places + 1);
        let (whole, fraction) = digits.split_at_checked(digits.len() - places).unwrap_or(("0", &digits));
        write!(formatter, "{}{whole}.{fraction}", if self.digits < 0 { "-" } else { "" })
    }
}
