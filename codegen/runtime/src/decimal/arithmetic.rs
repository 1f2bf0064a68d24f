//! Arithmetic that is exact: a result is the true one, or there is none.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

use super::Decimal;
use super::parse::{MAX_DIGITS, MAX_SCALE};

/// The first coefficient with too many digits.
const LIMIT: u128 = 10_u128.pow(MAX_DIGITS);

impl Decimal {
    /// The sum, with the larger of the two scales; `None` where 28 digits cannot hold it exactly.
    ///
    /// ```
    /// use specie_runtime::dec;
    ///
    /// assert_eq!(dec!(0.10).checked_add(dec!(0.2)).unwrap().to_string(), "0.30");
    /// assert_eq!(dec!(9999999999999999999999999999).checked_add(dec!(0.1)), None);
    /// ```
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        add(self, other).or_else(|| add(self.trimmed(), other.trimmed()))
    }

    /// The difference, with the larger of the two scales; `None` where 28 digits cannot hold it exactly.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(-other)
    }

    /// The product, its scale the sum of the two; `None` where 28 digits cannot hold it exactly.
    ///
    /// Zeros behind the point are given up where there is no room for them.
    ///
    /// ```
    /// use specie_runtime::dec;
    ///
    /// assert_eq!(dec!(19.99).checked_mul(dec!(3)).unwrap().to_string(), "59.97");
    /// assert_eq!(dec!(0.00000000000001).checked_mul(dec!(0.000000000000001)), None);
    /// ```
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        mul(self, other).or_else(|| mul(self.trimmed(), other.trimmed()))
    }

    /// The value without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// Whether the value is `step` times a whole number; never where `step` is zero.
    pub(crate) fn is_multiple_of(self, step: Self) -> bool {
        let (value, step) = (self.trimmed().0, step.trimmed().0);
        // A value with more places than the step has a digit that no multiple of the step has.
        let Some(shift) = step.scale().checked_sub(value.scale()) else {
            return false;
        };
        let modulus = step.mantissa().unsigned_abs();
        let Some(mut remainder) = value.mantissa().unsigned_abs().checked_rem(modulus) else {
            return false;
        };
        for _ in 0..shift {
            remainder = remainder * 10 % modulus;
        }
        remainder == 0
    }

    /// The same value without zeros at the end of its places.
    fn trimmed(self) -> Self {
        Self(self.0.normalize())
    }
}

fn add(left: Decimal, right: Decimal) -> Option<Decimal> {
    let scale = left.scale().max(right.scale());
    let coefficient = aligned(left, scale)?.checked_add(aligned(right, scale)?)?;
    fit(coefficient, scale)
}

fn mul(left: Decimal, right: Decimal) -> Option<Decimal> {
    let coefficient = left.0.mantissa().checked_mul(right.0.mantissa())?;
    fit(coefficient, left.scale() + right.scale())
}

/// The coefficient of a value at a scale that is not smaller than its own.
fn aligned(value: Decimal, scale: u32) -> Option<i128> {
    let factor = 10_i128.checked_pow(scale.checked_sub(value.scale())?)?;
    value.0.mantissa().checked_mul(factor)
}

/// The decimal `coefficient / 10^scale`, giving up zeros behind the point as far as it must.
fn fit(mut coefficient: i128, mut scale: u32) -> Option<Decimal> {
    while (scale > MAX_SCALE || coefficient.unsigned_abs() >= LIMIT) && scale > 0 && coefficient % 10 == 0 {
        coefficient /= 10;
        scale -= 1;
    }
    if coefficient.unsigned_abs() >= LIMIT {
        return None;
    }
    rust_decimal::Decimal::try_from_i128_with_scale(coefficient, scale).ok().map(Decimal)
}

/// # Panics
///
/// Where 28 digits cannot hold the sum exactly, as integers do on overflow; see [`Decimal::checked_add`].
impl Add for Decimal {
    type Output = Self;

    #[track_caller]
    fn add(self, other: Self) -> Self {
        self.checked_add(other).unwrap_or_else(|| inexact("sum"))
    }
}

/// # Panics
///
/// Where 28 digits cannot hold the difference exactly; see [`Decimal::checked_sub`].
impl Sub for Decimal {
    type Output = Self;

    #[track_caller]
    fn sub(self, other: Self) -> Self {
        self.checked_sub(other).unwrap_or_else(|| inexact("difference"))
    }
}

/// # Panics
///
/// Where 28 digits cannot hold the product exactly; see [`Decimal::checked_mul`].
impl Mul for Decimal {
    type Output = Self;

    #[track_caller]
    fn mul(self, other: Self) -> Self {
        self.checked_mul(other).unwrap_or_else(|| inexact("product"))
    }
}

impl Neg for Decimal {
    type Output = Self;

    fn neg(self) -> Self {
        // Zero has no sign: `-0` would be written to the wire as such.
        if self.is_zero() { self } else { Self(-self.0) }
    }
}

impl AddAssign for Decimal {
    #[track_caller]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Decimal {
    #[track_caller]
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

/// # Panics
///
/// Where 28 digits cannot hold a sum on the way exactly; fold with [`Decimal::checked_add`] to be told instead.
impl Sum for Decimal {
    fn sum<I: Iterator<Item = Self>>(values: I) -> Self {
        values.fold(Self::ZERO, Add::add)
    }
}

/// # Panics
///
/// As the sum over values does.
impl<'a> Sum<&'a Decimal> for Decimal {
    fn sum<I: Iterator<Item = &'a Self>>(values: I) -> Self {
        values.copied().sum()
    }
}

/// The operators answer what they cannot hold the way integers answer overflow.
#[track_caller]
fn inexact(what: &str) -> Decimal {
    panic!("28 digits cannot hold this {what} of decimals exactly")
}
