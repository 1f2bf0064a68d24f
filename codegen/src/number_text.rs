//! The parts of a number as a text writes it, and how two of them stand to each other.

use std::cmp::Ordering;

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

/// How two numbers of JSON stand to each other, digit for digit: a double would take 0.10000000000000001 for 0.1.
#[must_use]
pub fn order(one: &str, other: &str) -> Ordering {
    let (one, other) = (Decimal::of(one), Decimal::of(other));
    match (one.sign(), other.sign()) {
        (-1, -1) => other.size().cmp(&one.size()),
        (1, 1) => one.size().cmp(&other.size()),
        (one, other) => one.cmp(&other),
    }
}

/// A text that two numbers of JSON have in common just where they are equal: `1`, `1.0` and `10e-1` have the same one.
pub(crate) fn canonical(number: &str) -> String {
    let number = Decimal::of(number);
    match number.sign() {
        0 => "0".to_owned(),
        sign => format!("{}0.{}e{}", if sign < 0 { "-" } else { "" }, number.digits, number.power),
    }
}

/// A number as its first digit's power of ten and the digits from there on.
struct Decimal {
    is_negative: bool,
    power: i64,
    digits: String,
}

impl Decimal {
    fn of(text: &str) -> Self {
        let number = NumberText::of(text);
        let whole = number.whole;
        let all = format!("{whole}{}", number.fraction.unwrap_or_default());
        let digits = all.trim_start_matches('0');
        let zeros = all.len() - digits.len();
        let is_small = number.exponent.is_some_and(|exponent| exponent.starts_with('-'));
        let exponent = number.power().unwrap_or(if is_small { i64::MIN } else { i64::MAX });
        let point = i64::try_from(whole.len()).unwrap_or(i64::MAX);
        let power = exponent.saturating_add(point).saturating_sub(i64::try_from(zeros).unwrap_or(i64::MAX));
        Self { is_negative: number.is_negative, power, digits: digits.trim_end_matches('0').to_owned() }
    }

    fn sign(&self) -> i8 {
        match (self.digits.is_empty(), self.is_negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }

    fn size(&self) -> (i64, &str) {
        (self.power, &self.digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn numbers_are_compared_by_their_digits() {
        let rising = ["-1e400", "-10", "-2.5", "-0.1", "0", "0.1", "0.10000000000000001", "2", "10.5", "1e2", "1e400"];
        for (at, one) in rising.iter().enumerate() {
            for (other_at, other) in rising.iter().enumerate() {
                assert_eq!(order(one, other), at.cmp(&other_at), "{one} {other}");
                assert_eq!(canonical(one) == canonical(other), at == other_at, "{one} {other}");
            }
        }
        for (one, other) in [("100", "1e2"), ("0.10", "0.1"), ("-0", "0.0"), ("1200", "12E2")] {
            assert_eq!(order(one, other), Ordering::Equal, "{one} {other}");
            assert_eq!(canonical(one), canonical(other));
        }
    }
}
