use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::*;
use crate::param::Param;
use crate::{Json, Maybe, Patch, Secret};

fn read(text: &str) -> Result<Decimal, serde_json::Error> {
    serde_json::from_str(text)
}

fn hash(value: Decimal) -> u64 {
    use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
    BuildHasherDefault::<DefaultHasher>::default().hash_one(value)
}

#[test]
fn scale_is_kept_and_not_compared() {
    for text in ["10.00", "0.00", "-0.10", "100", "0.0000000000000000000000000001"] {
        assert_eq!(text.parse::<Decimal>().unwrap().to_string(), text);
    }
    assert_eq!(dec!(10.0), dec!(10.00));
    assert!(dec!(9.99) < dec!(10));
    assert_eq!(hash(dec!(10.0)), hash(dec!(10.00)));
}

#[test]
fn exponents_are_written_out() {
    let cases = [
        ("1e3", "1000"),
        ("1.5E-2", "0.015"),
        ("1.50e1", "15.0"),
        ("-1.5e+1", "-15"),
        ("0e999999999999999999999", "0"),
        ("1E27", "1000000000000000000000000000"),
        ("1e-28", "0.0000000000000000000000000001"),
    ];
    for (text, plain) in cases {
        assert_eq!(read(text).unwrap().to_string(), plain);
    }
}

#[test]
fn zero_has_no_sign() {
    assert_eq!(read("-0.00").unwrap().to_string(), "0.00");
    assert_eq!((-dec!(0)).to_string(), "0");
    assert!(!dec!(-0).is_negative());
}

#[test]
fn what_does_not_fit_is_refused() {
    let too_many = [
        "12345678901234567890123456789",
        "1.2345678901234567890123456789",
        "1.0000000000000000000000000000",
        "1e28",
        "10e27",
        "1e999999999999999999999",
    ];
    for text in too_many {
        assert_eq!(text.parse::<Decimal>(), Err(DecimalError::TooManyDigits), "{text}");
    }
    for text in ["1e-29", "0.00000000000000000000000000001", "0e-29", "1e-999999999999999999999"] {
        assert_eq!(text.parse::<Decimal>(), Err(DecimalError::TooManyPlaces), "{text}");
    }
    let not_numbers = [
        "", "-", ".", "5.", ".5", "+5", "1_000", "1,5", "0x10", "NaN", "inf", "1e", "1e+", "1e5x", "--1", "1 ", " 1",
        "１",
    ];
    for text in not_numbers {
        assert_eq!(text.parse::<Decimal>(), Err(DecimalError::NotANumber), "{text:?}");
    }
}

#[test]
fn number_and_string_are_kept_apart() {
    assert!(read("\"10.00\"").is_err());
    assert!(read("null").is_err());
    assert!(read("[10.00]").is_err());
    assert!(serde_json::from_str::<Quoted<Decimal>>("10.00").is_err());
    assert!(serde_json::from_str::<Quoted<Decimal>>("\"ten\"").is_err());
    assert!(serde_json::from_str::<Quoted<Decimal>>("null").is_err());
}

#[test]
fn buffered_values_are_refused_not_rounded() {
    #[derive(Debug, Deserialize)]
    struct Outer {
        #[serde(flatten)]
        #[expect(dead_code)]
        inner: BTreeMap<String, Decimal>,
    }
    let error = serde_json::from_str::<Outer>(r#"{"amount":0.1}"#).unwrap_err();
    assert!(error.to_string().contains("not buffered"), "{error}");
}

#[test]
fn display_heeds_width_and_never_rounds() {
    assert_eq!(format!("[{:>8}]", dec!(1.50)), "[    1.50]");
    assert_eq!(format!("{:08}", dec!(-1.50)), "-0001.50");
    assert_eq!(format!("{:+}", dec!(1.50)), "+1.50");
    assert_eq!(format!("{:.1}", dec!(1.99)), "1.99");
    assert_eq!(format!("{:?}", dec!(-1.50)), "-1.50");
}

#[test]
fn values_of_29_digits_are_written_exactly() {
    for value in [rust_decimal::Decimal::MAX, rust_decimal::Decimal::MIN] {
        for scale in [0, 1, 27, 28] {
            let mut value = value;
            value.set_scale(scale).unwrap();
            assert_eq!(Decimal::from(value).to_string(), value.to_string());
            assert_eq!(serde_json::to_string(&Decimal::from(value)).unwrap(), value.to_string());
            assert_eq!(serde_json::to_string(&Quoted(Decimal::from(value))).unwrap(), format!("\"{value}\""));
        }
    }
}

#[test]
fn literals_take_wrapping_macros_and_exponents() {
    macro_rules! wrapped {
        ($literal:literal) => {
            dec!($literal)
        };
    }
    assert_eq!(wrapped!(-1.10).to_string(), "-1.10");
    assert_eq!(dec!(25e-2).to_string(), "0.25");
}

#[test]
fn operators_are_exact() {
    assert_eq!((dec!(0.1) + dec!(0.2)).to_string(), "0.3");
    assert_eq!((dec!(1.00) - dec!(1)).to_string(), "0.00");
    assert_eq!((dec!(1.10) * dec!(3.0)).to_string(), "3.300");
    let prices = [dec!(19.99), dec!(0.01)];
    assert_eq!(prices.iter().sum::<Decimal>(), dec!(20));
    assert_eq!(prices.into_iter().sum::<Decimal>(), dec!(20));
    let mut total = dec!(5);
    total += dec!(2.5);
    total -= dec!(1);
    assert_eq!(total, dec!(6.5));
}

#[test]
fn zeros_give_way_before_exactness_does() {
    let large = dec!(1000000000000000000000000000);
    assert_eq!(large.checked_add(dec!(0.000000)), Some(large));
    assert_eq!(dec!(0.5000000000000000000000000000).checked_mul(dec!(0.50)), Some(dec!(0.25)));
    assert_eq!(large.checked_add(dec!(0.1)), None);
    assert_eq!(large.checked_mul(dec!(10)), None);
    assert_eq!(large.checked_sub(-large), Some(dec!(2000000000000000000000000000)));
}

#[test]
#[should_panic(expected = "28 digits cannot hold this sum")]
fn an_inexact_sum_panics() {
    let _ = dec!(9999999999999999999999999999) + dec!(1);
}

#[test]
fn multiples_are_exact() {
    let cases = [
        (dec!(10.05), dec!(0.05), true),
        (dec!(10.051), dec!(0.05), false),
        (dec!(10.0500), dec!(0.05), true),
        (dec!(-300), dec!(100), true),
        (dec!(0), dec!(7), true),
        (dec!(9999999999999999999999999999), dec!(0.0000000000000000000000000001), true),
        (dec!(1), dec!(0), false),
        (dec!(0.0000000000000000000000000001), dec!(3), false),
    ];
    for (value, step, expected) in cases {
        assert_eq!(value.is_multiple_of(step), expected, "{value} of {step}");
    }
}

/// Every position a decimal can have in generated types.
#[derive(Debug, PartialEq)]
struct Positions {
    plain: Decimal,
    nullable: Option<Decimal>,
    optional: Option<Decimal>,
    maybe: Maybe<Decimal>,
    patch: Patch<Decimal>,
    list: Vec<Option<Decimal>>,
    map: BTreeMap<String, Vec<Decimal>>,
    boxed: Box<Decimal>,
    union: Union,
    union_of_lists: Union,
    secret: Secret<Decimal>,
    free: Json,
    quoted: Quoted<Decimal>,
}

crate::object!(Positions {
    plain: required,
    nullable: nullable,
    optional: optional,
    maybe: maybe,
    patch: patch,
    list: required,
    map: required,
    boxed: required,
    union: required,
    union_of_lists: required,
    secret: required,
    free: required,
    quoted: required,
});

#[derive(Debug, PartialEq)]
enum Union {
    Text(String),
    Amount(Decimal),
    Amounts(Vec<Decimal>),
}

crate::union!(Union { Text: string, Amounts: attempt, Amount: number });

fn everywhere(number: &str) -> String {
    format!(
        "{{\"plain\":{number},\"nullable\":{number},\"optional\":{number},\"maybe\":{number},\"patch\":{number},\
         \"list\":[null,{number}],\"map\":{{\"a\":[{number}]}},\"boxed\":{number},\"union\":{number},\
         \"union_of_lists\":[{number}],\"secret\":{number},\"free\":{number},\"quoted\":\"{number}\"}}"
    )
}

/// A number within 28 digits and 28 places, as its text.
fn number() -> impl Strategy<Value = String> {
    let coefficient = prop_oneof![0_u128..10_u128.pow(28), 0_u128..1_000_000];
    (any::<bool>(), coefficient, 0_usize..=28).prop_map(|(negative, coefficient, scale)| {
        let digits = format!("{coefficient:0>width$}", width = scale + 1);
        let (whole, places) = digits.split_at(digits.len() - scale);
        let sign = if negative && coefficient > 0 { "-" } else { "" };
        let point = if scale > 0 { "." } else { "" };
        format!("{sign}{whole}{point}{places}")
    })
}

/// The same value, exactly, as coefficient at 28 places; what does not fit 128 bits is left out.
fn model(value: Decimal, scale: u32) -> Option<i128> {
    value.0.mantissa().checked_mul(10_i128.checked_pow(scale - value.scale())?)
}

fn round_trip<T: DeserializeOwned + Serialize>(text: &str) -> String {
    let value: T = serde_json::from_str(text).unwrap();
    serde_json::to_string(&value).unwrap()
}

proptest! {
    #[test]
    fn up_to_28_digits_round_trip_in_every_position(number in number()) {
        let text = everywhere(&number);
        prop_assert_eq!(round_trip::<Positions>(&text), text);
    }

    #[test]
    fn more_digits_are_refused_in_every_position(whole in "[1-9][0-9]{28,60}", places in "(\\.[0-9]{1,40})?") {
        let number = format!("{whole}{places}");
        let (listed, quoted) = (format!("[{number}]"), format!("\"{number}\""));
        prop_assert!(read(&number).is_err());
        prop_assert!(serde_json::from_str::<Vec<Decimal>>(&listed).is_err());
        prop_assert!(serde_json::from_str::<Maybe<Decimal>>(&number).is_err());
        prop_assert!(serde_json::from_str::<Union>(&number).is_err());
        prop_assert!(serde_json::from_str::<Union>(&listed).is_err());
        prop_assert!(serde_json::from_str::<Quoted<Decimal>>(&quoted).is_err());
        // Free JSON keeps any number.
        prop_assert_eq!(round_trip::<Json>(&number), number);
    }

    #[test]
    fn zeros_behind_change_the_text_and_nothing_else(cents in 0_u64..1_000_000_000_000, scale in 0_usize..=6, zeros in 0_usize..=15) {
        let digits = format!("{cents:0>width$}", width = scale + 1);
        let (whole, places) = digits.split_at(digits.len() - scale);
        let shorter = if scale > 0 { format!("{whole}.{places}") } else { whole.to_owned() };
        let point = if scale == 0 && zeros > 0 { "." } else { "" };
        let longer = format!("{shorter}{point}{}", "0".repeat(zeros));
        let (one, other): (Decimal, Decimal) = (shorter.parse().unwrap(), longer.parse().unwrap());
        prop_assert_eq!(one, other);
        prop_assert_eq!(one.cmp(&other), std::cmp::Ordering::Equal);
        prop_assert_eq!(hash(one), hash(other));
        prop_assert_eq!((one.to_string(), other.to_string()), (shorter, longer));
        // The smallest step at the shorter scale tells them from their neighbour, at any scale.
        let step: Decimal = format!("1e-{scale}").parse().unwrap();
        prop_assert!(one + step > other && other - step < one);
        prop_assert_ne!(other + step, one);
    }

    #[test]
    fn no_exponent_is_ever_written(number in number(), exponent in -40_i32..40) {
        let Ok(value) = format!("{number}E{exponent}").parse::<Decimal>() else { return Ok(()) };
        let parameter = Param::to_text(&value).into_owned();
        let json = serde_json::to_string(&value).unwrap();
        let quoted = serde_json::to_string(&Quoted(value)).unwrap();
        for text in [value.to_string(), format!("{value:?}"), parameter, json, quoted.replace('"', "")] {
            prop_assert!(text.bytes().all(|byte| matches!(byte, b'-' | b'.' | b'0'..=b'9')), "{}", text);
            prop_assert_eq!(text.parse::<Decimal>().unwrap().scale(), value.scale());
        }
    }

    #[test]
    fn an_exponent_moves_the_point(number in number(), exponent in -40_i32..40) {
        let moved = format!("{number}e{exponent}").parse::<Decimal>();
        let back = moved.and_then(|moved| format!("{moved}e{}", -exponent).parse::<Decimal>());
        if let Ok(back) = back {
            prop_assert_eq!(back, number.parse::<Decimal>().unwrap());
        }
    }

    #[test]
    fn sums_are_exact_or_none(left in number(), right in number()) {
        let (left, right): (Decimal, Decimal) = (left.parse().unwrap(), right.parse().unwrap());
        match left.checked_add(right) {
            Some(sum) => {
                prop_assert_eq!(sum.checked_sub(right), Some(left));
                prop_assert_eq!(sum.to_string().parse::<Decimal>(), Ok(sum));
            }
            // Where the model itself has no room, nothing is said.
            None => if let (Some(left), Some(right)) = (model(left, 28), model(right, 28)) && let Some(mut sum) = left.checked_add(right) {
                while sum % 10 == 0 { sum /= 10; }
                prop_assert!(sum.unsigned_abs() >= 10_u128.pow(28));
            }
        }
    }

    #[test]
    fn products_are_exact_or_none(left in -10_i128.pow(18)..10_i128.pow(18), right in -10_i128.pow(18)..10_i128.pow(18), scales in (0_u32..=28, 0_u32..=28)) {
        let decimal = |coefficient, scale| Decimal(rust_decimal::Decimal::from_i128_with_scale(coefficient, scale));
        let product = decimal(left, scales.0).checked_mul(decimal(right, scales.1));
        let (mut coefficient, mut scale) = (left * right, scales.0 + scales.1);
        while coefficient % 10 == 0 && scale > 0 {
            coefficient /= 10;
            scale -= 1;
        }
        let fits = scale <= 28 && coefficient.unsigned_abs() < 10_u128.pow(28);
        prop_assert_eq!(product, fits.then(|| decimal(coefficient, scale)));
    }

    #[test]
    fn order_is_that_of_the_values(left in number(), right in number()) {
        let (left, right): (Decimal, Decimal) = (left.parse().unwrap(), right.parse().unwrap());
        if let (Some(exact_left), Some(exact_right)) = (model(left, 28), model(right, 28)) {
            prop_assert_eq!(left.cmp(&right), exact_left.cmp(&exact_right));
        }
    }

    #[test]
    fn no_text_panics(text in "[-+0-9eE._]{0,40}") {
        if let Ok(value) = text.parse::<Decimal>() {
            prop_assert_eq!(value.to_string().parse::<Decimal>(), Ok(value));
        }
    }
}
