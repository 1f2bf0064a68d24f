//! Numbers of documents, computed with exactly.

use std::fmt;

use specie_codegen::api::Bound;

/// Where a range ends that has no bound, in steps: further than numbers that are computed with.
pub(super) const END: i128 = 1 << 120;

/// A number as digits and a power of ten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    digits: i128,
    power: i32,
}

impl Decimal {
    pub(super) const ONE: Self = Self { digits: 1, power: 0 };

    /// Reads a number of JSON; `None` where it has more digits than are computed with.
    pub(super) fn of(text: &str) -> Option<Self> {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let fraction = fraction.trim_end_matches('0');
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        let power = exponent.parse::<i32>().ok()?.checked_sub(i32::try_from(fraction.len()).ok()?)?;
        Some(if digits == 0 { Self { digits, power: 0 } } else { Self { digits, power } })
    }

    /// The digits of two numbers at the same power of ten, and that power.
    fn aligned(self, other: Self) -> Option<(i128, i128, i32)> {
        let power = self.power.min(other.power);
        let at = |one: Self| {
            let zeros = u32::try_from(one.power.checked_sub(power)?).ok()?;
            one.digits.checked_mul(10_i128.checked_pow(zeros)?)
        };
        Some((at(self)?, at(other)?, power))
    }

    /// Whether it is another number taken some times.
    pub(super) fn is_multiple_of(self, step: Self) -> Option<bool> {
        let (one, step, _) = self.aligned(step)?;
        Some(one.checked_rem(step)? == 0)
    }

    /// The least number that both divide.
    pub(super) fn common_multiple(self, other: Self) -> Option<Self> {
        let (one, other, power) = self.aligned(other)?;
        let (mut divisor, mut rest) = (one.checked_abs()?, other.checked_abs()?);
        while rest != 0 {
            (divisor, rest) = (rest, divisor % rest);
        }
        Some(Self { digits: one.checked_div(divisor)?.checked_mul(other)?.checked_abs()?, power })
    }

    /// How often a step fits from zero on, rounded down, and whether nothing is left over.
    pub(super) fn steps(self, step: Self) -> Option<(i128, bool)> {
        let (one, step, _) = self.aligned(step)?;
        Some((one.checked_div_euclid(step)?, one.checked_rem_euclid(step)? == 0)).filter(|_| step > 0)
    }

    /// How often the number is taken for its first and for its last multiple within bounds.
    pub(super) fn times_within(self, lower: Option<&Bound>, upper: Option<&Bound>) -> Option<(i128, i128)> {
        let first = match lower {
            None => -END,
            Some(bound) => {
                let (at, is_exact) = Self::of(&bound.value)?.steps(self)?;
                if is_exact && !bound.exclusive { at } else { at.checked_add(1)? }
            }
        };
        let last = match upper {
            None => END,
            Some(bound) => {
                let (at, is_exact) = Self::of(&bound.value)?.steps(self)?;
                if is_exact && bound.exclusive { at.checked_sub(1)? } else { at }
            }
        };
        Some((first, last))
    }

    /// So many times the number.
    pub(super) fn times(self, count: i128) -> Option<Self> {
        Some(Self { digits: self.digits.checked_mul(count)?, power: self.power })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.power {
            0 => write!(out, "{}", self.digits),
            power => write!(out, "{}e{power}", self.digits),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Decimal {
        Decimal::of(text).expect(text)
    }

    #[test]
    fn multiples_are_computed_in_decimals() {
        for (one, step, expected) in [
            ("0.01", "0.001", true),
            ("0.001", "0.01", false),
            ("1e3", "2.5", true),
            ("-4", "2.0", true),
            ("0.3", "0.1", true),
        ] {
            assert_eq!(of(one).is_multiple_of(of(step)), Some(expected), "{one} {step}");
        }
        assert_eq!(of("1").is_multiple_of(of("0")), None);
        assert_eq!(Decimal::of("1e99999").and_then(|one| one.is_multiple_of(Decimal::ONE)), None);
    }

    #[test]
    fn steps_are_counted_downwards() {
        assert_eq!(of("7").steps(of("2")), Some((3, false)));
        assert_eq!(of("-7").steps(of("2")), Some((-4, false)));
        assert_eq!(of("0.6").steps(of("0.2")), Some((3, true)));
        assert_eq!(of("1.5").common_multiple(Decimal::ONE).map(|found| found.to_string()), Some("30e-1".to_owned()));
    }
}
