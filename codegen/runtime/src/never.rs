//! The type of values that there are none of: [`Never`].

use std::borrow::Cow;
use std::fmt;

use zeroize::Zeroize;

use crate::check::{Check, Checker};
use crate::codec::{Decode, Encode, Fault, Value, Writer};
use crate::param::{Param, ParamError};

/// What a schema that allows no value stands for: `false`, or an `allOf` whose parts contradict each other.
///
/// Nothing can be read as one, so that `Option<Never>` is absent or null and nothing else.
///
/// ```
/// use specie_runtime::Never;
///
/// assert!(serde_json::from_str::<Never>("1").is_err());
/// assert!(matches!(serde_json::from_str::<Option<Never>>("null"), Ok(None)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Never {}

/// What is said of a value that stands where none may.
const NONE: &str = "no value is allowed here";

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl Check for Never {
    fn check(&self, _: &mut Checker<'_>) {
        match *self {}
    }
}

impl Decode for Never {
    fn decode(_: Value<'_>) -> Result<Self, Fault> {
        Err(Fault::new(NONE))
    }
}

impl Encode for Never {
    fn encode(&self, _: &mut Writer) {
        match *self {}
    }
}

crate::__serde!(Never);

impl Param for Never {
    fn to_text(&self) -> Cow<'_, str> {
        match *self {}
    }

    fn from_text(_: &str) -> Result<Self, ParamError> {
        Err(ParamError::expected("no value"))
    }
}

impl Zeroize for Never {
    fn zeroize(&mut self) {
        match *self {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Json;
    use crate::presence::Maybe;

    #[test]
    fn null_and_absence_are_all_that_can_be_read() {
        for text in ["1", "\"a\"", "{}", "[]", "false"] {
            assert!(Json::parse(text).unwrap().decode::<Never>().is_err(), "{text}");
            assert!(Json::parse(text).unwrap().decode::<Option<Never>>().is_err(), "{text}");
            assert!(Json::parse(text).unwrap().decode::<Maybe<Never>>().is_err(), "{text}");
            assert!(serde_json::from_str::<Never>(text).is_err(), "{text}");
        }
        assert_eq!(Json::parse("null").unwrap().decode::<Option<Never>>(), Ok(None));
        assert_eq!(Json::parse("[]").unwrap().decode::<Vec<Never>>(), Ok(Vec::new()));
        assert!(Never::from_text("").is_err());
    }
}
