//! Money and other exact numbers: [`Decimal`], [`LongDecimal`], [`Quoted`] and [`dec!`](crate::dec).

mod arithmetic;
mod long;
mod parse;
mod text;
mod wire;

use std::fmt;
use std::str::FromStr;

use zeroize::Zeroize;

pub use long::LongDecimal;
pub use parse::DecimalError;
use text::Text;
pub use wire::Quoted;

/// An exact decimal number, a JSON number on the wire.
///
/// It holds up to 28 significant digits and up to 28 digits after the point. Nothing is ever rounded: a text that does
/// not fit is an error, and so is a sum or product that does not (see [`Decimal::checked_add`]). The scale is kept, so
/// `10.00` is read and written as `10.00`, though it equals `10`. There are no conversions from and to floats.
///
/// With `serde_json` it is read from the number's own text, exponents included (`1.5E-2` is `0.015`), in every position:
/// lists, maps, options, unions. That works with JSON text only: a `serde_json::Value` has lost digits before this type
/// sees them, and loses them when it is made from one; serde's `flatten` and `untagged`, which buffer, are refused.
///
/// ```
/// use specie_runtime::{Decimal, dec};
///
/// let amounts: Vec<Decimal> = serde_json::from_str("[12345678901234567.89, 10.00, 1e3]")?;
/// assert_eq!(amounts, [dec!(12345678901234567.89), dec!(10), dec!(1000)]);
/// assert_eq!(serde_json::to_string(&amounts)?, "[12345678901234567.89,10.00,1000]");
/// assert!(serde_json::from_str::<Decimal>("\"10.00\"").is_err(), "a string is refused");
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Division is always a question of rounding; [`rust_decimal::Decimal`], into and from which this converts, has it.
/// It also has values of 29 digits: made from one, a `Decimal` writes it exactly, but would not read it back.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(rust_decimal::Decimal);

impl Decimal {
    /// Zero, without places.
    pub const ZERO: Self = Self(rust_decimal::Decimal::ZERO);

    /// How many digits stand after the point.
    #[must_use]
    pub const fn scale(self) -> u32 {
        self.0.scale()
    }

    /// Whether the value is zero, at any scale.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether the value is below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// The value as an integer; `None` where it has a fraction.
    pub(crate) fn to_integer(self) -> Option<i128> {
        self.0.fract().is_zero().then(|| self.0.trunc().normalize().mantissa())
    }

    /// What [`dec!`](crate::dec) expands to.
    ///
    /// # Panics
    ///
    /// Where the literal cannot be held exactly; the macro evaluates it at compile time.
    #[doc(hidden)]
    #[must_use]
    pub const fn from_literal(text: &str) -> Self {
        match parse::parse(text.as_bytes(), true) {
            Ok(value) => Self(value),
            Err(error) => panic!("{}", error.message()),
        }
    }
}

/// A [`Decimal`] from a literal, checked at compile time and kept with its scale.
///
/// ```
/// use specie_runtime::dec;
///
/// assert_eq!(dec!(100.50).to_string(), "100.50");
/// assert_eq!(dec!(-3).to_string(), "-3");
/// assert_eq!(dec!(1_000_000.00).to_string(), "1000000.00");
/// ```
///
/// What cannot be held exactly does not compile:
///
/// ```compile_fail
/// specie_runtime::dec!(0.12345678901234567890123456789);
/// ```
///
/// Neither does what is not a number:
///
/// ```compile_fail
/// specie_runtime::dec!("10");
/// ```
#[macro_export]
macro_rules! dec {
    ($($literal:tt)+) => {
        const { $crate::Decimal::from_literal(concat!($(stringify!($literal)),+)) }
    };
}

/// Digits with the point at its place, never an exponent. Width, fill and sign are heeded; a precision is not, because
/// it would round.
impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad_integral(!self.is_negative(), "", Text::unsigned(*self).as_str())
    }
}

/// As `Display`.
impl fmt::Debug for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// Reads the grammar of JSON numbers (RFC 8259, section 6) and leading zeros besides, exactly or not at all.
impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        parse::parse(text.as_bytes(), false).map(Self)
    }
}

impl TryFrom<&str> for Decimal {
    type Error = DecimalError;

    fn try_from(text: &str) -> Result<Self, DecimalError> {
        text.parse()
    }
}

macro_rules! from_integers {
    ($($integer:ty),+) => { $(
        impl From<$integer> for Decimal {
            fn from(value: $integer) -> Self {
                Self(rust_decimal::Decimal::from(value))
            }
        }

        impl From<$integer> for Quoted<Decimal> {
            fn from(value: $integer) -> Self {
                Self(Decimal::from(value))
            }
        }
    )+ };
}

from_integers!(i32, i64, u32, u64);

impl From<rust_decimal::Decimal> for Decimal {
    fn from(value: rust_decimal::Decimal) -> Self {
        Self(value)
    }
}

impl From<Decimal> for rust_decimal::Decimal {
    fn from(value: Decimal) -> Self {
        value.0
    }
}

/// Overwrites this copy; the type is `Copy`, so others may be left on the stack.
impl Zeroize for Decimal {
    fn zeroize(&mut self) {
        *self = Self::ZERO;
        // Keeps the compiler from dropping a store that nothing reads.
        std::hint::black_box(self);
    }
}

#[cfg(test)]
mod tests;
