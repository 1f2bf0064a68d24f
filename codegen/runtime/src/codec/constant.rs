//! The only value that a property may have: [`Constant`].

use std::fmt;

use super::{Encode, Fault, Value, Writer};
use crate::decimal::Decimal;
use crate::json_syntax::Kind;

/// The only value that a property may have (`const`, or the discriminator of one branch). The type supplies it; a program never does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constant {
    /// A text.
    Text(&'static str),
    /// An integer.
    Integer(i64),
    /// `true` or `false`.
    Flag(bool),
}

impl Constant {
    /// Checks that a value is this one. Numbers are compared by value: `2.0` is `2` (JSON Schema 2020-12, 4.2.2).
    pub(super) fn check(self, value: Value<'_>) -> Result<(), Fault> {
        let kind = match self {
            Self::Text(_) => Kind::String,
            Self::Integer(_) => Kind::Number,
            Self::Flag(_) => Kind::Boolean,
        };
        if value.kind() != kind {
            return Err(value.mistyped(format_args!("`{self}`")));
        }
        let is_same = match self {
            Self::Text(text) => value.string().is_some_and(|found| found == text),
            Self::Integer(number) => value.text()?.parse::<Decimal>().is_ok_and(|found| found == Decimal::from(number)),
            Self::Flag(flag) => value.text()? == if flag { "true" } else { "false" },
        };
        if is_same { Ok(()) } else { Err(Fault::new(format!("unknown value, expected `{self}`"))) }
    }
}

impl Encode for Constant {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Text(text) => writer.text(text),
            Self::Integer(number) => number.encode(writer),
            Self::Flag(flag) => flag.encode(writer),
        }
    }
}

impl From<&'static str> for Constant {
    fn from(text: &'static str) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Constant {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<bool> for Constant {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

/// The value alone, without quotation marks.
impl fmt::Display for Constant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => formatter.write_str(text),
            Self::Integer(number) => number.fmt(formatter),
            Self::Flag(flag) => flag.fmt(formatter),
        }
    }
}
