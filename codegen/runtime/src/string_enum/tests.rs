//! Enums that are strings, closed and open.

use super::*;
use crate::check::violations;
use proptest::prelude::*;

/// Variants that are called like what the implementations name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Awkward {
    Ok,
    Err,
    Error,
    Value,
}

impl StringEnum for Awkward {
    const NAMES: &'static [&'static str] = &["ok", "err", "error", "value"];

    fn as_str(&self) -> &str {
        match self {
            Self::Ok => "ok",
            Self::Err => "err",
            Self::Error => "error",
            Self::Value => "value",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        [Self::Ok, Self::Err, Self::Error, Self::Value].into_iter().find(|value| value.as_str() == name)
    }
}

crate::string_enum!(Awkward);

#[test]
fn variants_may_be_called_like_what_the_macro_names() {
    for name in Awkward::NAMES {
        let value: Awkward = name.parse().unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), format!("\"{name}\""));
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Open {
    Complete,
    Unknown(Unrecognized),
}

impl StringEnum for Open {
    const NAMES: &'static [&'static str] = &["complete"];

    fn as_str(&self) -> &str {
        match self {
            Self::Complete => "complete",
            Self::Unknown(value) => value.as_str(),
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "complete" => Self::Complete,
            _ => Self::Unknown(Unrecognized::new(name)),
        })
    }

    fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown(_))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Closed {
    Debit,
    Credit,
}

impl StringEnum for Closed {
    const NAMES: &'static [&'static str] = &["debit", "credit card"];

    fn as_str(&self) -> &str {
        match self {
            Self::Debit => "debit",
            Self::Credit => "credit card",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "debit" => Self::Debit,
            "credit card" => Self::Credit,
            _ => return None,
        })
    }
}

crate::string_enum!(Open, Closed);

#[test]
fn closed_enums_list_their_values() {
    assert_eq!(serde_json::from_str::<Closed>("\"credit card\"").unwrap(), Closed::Credit);
    let error = serde_json::from_str::<Closed>("\"4111\"").unwrap_err().to_string();
    assert!(error.starts_with("unknown value, expected one of `debit`, `credit card`"), "{error}");
    let error = "4111".parse::<Closed>().unwrap_err().to_string();
    assert_eq!(error, "expected one of `debit`, `credit card`");
    let error = serde_json::from_str::<Closed>("5").unwrap_err().to_string();
    assert!(error.contains("expected one of `debit`"), "{error}");
    assert!(violations(&Closed::Debit).is_empty());
}

#[test]
fn open_enums_tell_what_they_know() {
    let unknown: Open = "reversed".parse().unwrap();
    assert!(!unknown.is_known());
    assert_eq!(violations(&unknown)[0].message, "must be `complete`");
    assert!(violations(&Open::Complete).is_empty());
    assert_eq!(format!("{unknown:?} {unknown:>9}"), "Unknown(\"reversed\")  reversed");
    assert_ne!(unknown, Open::Complete);
}

proptest! {
    #[test]
    fn any_value_of_an_open_enum_round_trips(text in any::<String>()) {
        let json = serde_json::to_string(&text).unwrap();
        let value: Open = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(serde_json::to_string(&value).unwrap(), json);
        prop_assert_eq!(Open::from_text(&value.to_text()), Ok(value.clone()));
        prop_assert_eq!(value.to_string(), text);
    }
}
