//! The parts of a number as a text writes it.

/// A number in decimal digits, taken apart and not looked at: `-12.50e3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NumberText<'t> {
    /// Whether it starts with `-`.
    pub(crate) is_negative: bool,
    /// What stands in front of the point, without a `-`: `12`.
    pub(crate) whole: &'t str,
    /// What stands behind the point: `50`; `None` without a point.
    pub(crate) fraction: Option<&'t str>,
    /// What stands behind `e` or `E`, with its sign: `3`; `None` without an exponent.
    pub(crate) exponent: Option<&'t str>,
}

impl<'t> NumberText<'t> {
    /// Takes a text apart, whatever it is.
    pub(crate) fn of(text: &'t str) -> Self {
        let (mantissa, exponent) =
            text.split_once(['e', 'E']).map_or((text, None), |(mantissa, exponent)| (mantissa, Some(exponent)));
        let (is_negative, unsigned) = mantissa.strip_prefix('-').map_or((false, mantissa), |unsigned| (true, unsigned));
        let (whole, fraction) =
            unsigned.split_once('.').map_or((unsigned, None), |(whole, fraction)| (whole, Some(fraction)));
        Self { is_negative, whole, fraction, exponent }
    }

    /// The fraction without the zeros at its end; empty where there is none.
    pub(crate) fn significant_fraction(self) -> &'t str {
        self.fraction.unwrap_or_default().trim_end_matches('0')
    }

    /// The exponent, zero where there is none; `None` where it is no number or too large.
    pub(crate) fn power(self) -> Option<i64> {
        self.exponent.map_or(Some(0), |exponent| exponent.parse().ok())
    }

    /// Whether any digit is not zero.
    pub(crate) fn is_zero(self) -> bool {
        !self.whole.bytes().chain(self.fraction.unwrap_or_default().bytes()).any(|byte| matches!(byte, b'1'..=b'9'))
    }

    /// Whether it is a number of JSON (RFC 8259 section 6), with leading zeros allowed.
    pub(crate) fn is_well_formed(self) -> bool {
        let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let unsigned = |exponent: &'t str| exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        are_digits(self.whole)
            && self.fraction.is_none_or(are_digits)
            && self.exponent.is_none_or(|exponent| are_digits(unsigned(exponent)))
    }
}

#[cfg(test)]
mod tests {
    use super::NumberText;

    #[test]
    fn a_number_is_taken_apart() {
        let number = NumberText::of("-12.50e+3");
        assert_eq!((number.is_negative, number.whole, number.fraction), (true, "12", Some("50")));
        assert_eq!((number.significant_fraction(), number.exponent, number.power()), ("5", Some("+3"), Some(3)));
        let plain = NumberText::of("7");
        assert_eq!((plain.fraction, plain.exponent, plain.power()), (None, None, Some(0)));
        assert_eq!(NumberText::of("1e99999999999999999999").power(), None);
        assert!(NumberText::of("-0.00e5").is_zero() && !NumberText::of("1e-400").is_zero());
        for number in ["10.00", "-0.5", "7", "1e3", "007", "1E-3"] {
            assert!(NumberText::of(number).is_well_formed(), "{number}");
        }
        for other in ["1,5", "1e", "+1", ".5", "5.", "", "-", "--1", "1e+-3"] {
            assert!(!NumberText::of(other).is_well_formed(), "{other}");
        }
    }
}
