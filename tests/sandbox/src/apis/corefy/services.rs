//! The payout services that every account of the sandbox has.

use specie_runtime::{Decimal, dec};

/// A payout service.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Service {
    /// The code that an invoice is created with.
    pub(crate) code: &'static str,
    pub(crate) method: &'static str,
    pub(crate) currency: &'static str,
    pub(crate) amount_min: Decimal,
    pub(crate) amount_max: Decimal,
    /// What is added to the amount.
    pub(crate) fee: Decimal,
    /// What has to stand in `fields`.
    pub(crate) fields: &'static [Field],
}

/// An entry of `fields`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) key: &'static str,
    pub(crate) label: &'static str,
    pub(crate) required: bool,
    /// As the platform prints it, with each backslash doubled once too often.
    pub(crate) regexp: &'static str,
    /// What it means.
    pub(crate) rule: Rule,
}

/// Which values an entry may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// So many digits.
    Digits(usize, usize),
    /// A whole number up to a hundred.
    Percent,
    /// Anything that is not empty, up to 64 characters.
    Words,
}

impl Rule {
    pub(crate) fn allows(self, value: &str) -> bool {
        let is_digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        match self {
            Self::Digits(least, most) => is_digits && (least..=most).contains(&value.len()),
            Self::Percent => is_digits && value.parse::<u32>().is_ok_and(|rate| rate <= 100),
            Self::Words => !value.is_empty() && value.chars().count() <= 64,
        }
    }
}

const fn field(key: &'static str, label: &'static str, required: bool, regexp: &'static str, rule: Rule) -> Field {
    Field { key, label, required, regexp, rule }
}

const WORDS: &str = r"^[A-Z\\-\\sa-z]{2,64}$";
const DIGITS: &str = r"^\\d{1,15}$";

const CARD: &[Field] = &[field("card_number", "Card number", true, r"^\\d{12,19}$", Rule::Digits(12, 19))];
const IBAN: &[Field] = &[field("iban", "IBAN", true, r"^[A-Z\\d]{15,34}$", Rule::Words)];
const ACCOUNT: &[Field] = &[field("account", "Account", true, r"^[A-Z\\d]{4,34}$", Rule::Words)];
const TEST: &[Field] = &[
    field("account", "Account", true, DIGITS, Rule::Digits(1, 15)),
    field("test_details_success_rate", "Success rate (%)", false, DIGITS, Rule::Percent),
    field("test_details_payout_status", "Expected status", false, WORDS, Rule::Words),
    field("test_details_payout_resolution", "Expected resolution", false, WORDS, Rule::Words),
];

const fn service(
    code: &'static str,
    method: &'static str,
    currency: &'static str,
    limits: (Decimal, Decimal),
    fields: &'static [Field],
) -> Service {
    Service { code, method, currency, amount_min: limits.0, amount_max: limits.1, fee: dec!(0), fields }
}

const ANY: (Decimal, Decimal) = (dec!(0.01), dec!(9999999));

/// The services, in the order in which they are listed.
pub(crate) static SERVICES: &[Service] = &[
    service("card", "payment_card", "USD", (dec!(0.01), dec!(1000000)), CARD),
    service("payment_card_usd", "payment_card", "USD", (dec!(0.01), dec!(1000000)), CARD),
    service("payment_card_eur", "payment_card", "EUR", (dec!(0.01), dec!(1000000)), CARD),
    Service { fee: dec!(0.50), ..service("sepa_eur", "sepa", "EUR", (dec!(1), dec!(999999)), IBAN) },
    service("swift_jpy", "swift", "JPY", (dec!(1), dec!(999999)), ACCOUNT),
    service("test_usd", "test", "USD", ANY, TEST),
    service("test_eur", "test", "EUR", ANY, TEST),
];

/// The service of this code.
pub(crate) fn service_of(code: &str) -> Option<&'static Service> {
    SERVICES.iter().find(|service| service.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_allow_what_the_patterns_mean() {
        assert!(Rule::Digits(12, 19).allows("5123817234060000"));
        assert!(!Rule::Digits(12, 19).allows("512381723406000O"));
        assert!(Rule::Percent.allows("100") && !Rule::Percent.allows("101") && !Rule::Percent.allows(""));
        assert!(Rule::Words.allows("process_failed") && !Rule::Words.allows(""));
    }
}
