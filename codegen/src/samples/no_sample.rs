//! Why no sample was found.

use std::fmt;

use crate::instance::Fault;

/// Why there is no sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoSample {
    /// The schema allows no value.
    Never,
    /// Every value would hold another one of the same schema.
    Endless,
    /// No text was found that matches the pattern and keeps the limits of length.
    Pattern(String),
    /// No value was found within the limits that the schema states.
    Limits,
    /// What was made for every branch of `oneOf` fits another branch as well.
    SeveralBranches,
    /// The schema combines more shapes than are told apart.
    Untold,
    /// The schema needs more steps or a larger value than samples may take.
    TooLarge,
    /// What was made is not valid.
    Unfit(Fault),
    /// There is no response to show.
    NoResponse,
    /// Values of the media type are not made.
    MediaType(String),
}

/// The end of a sentence: `no sample: …`.
impl fmt::Display for NoSample {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never => formatter.write_str("its schema allows no value"),
            Self::Endless => formatter.write_str("every value of its schema would hold another one"),
            Self::Pattern(pattern) => write!(formatter, "no text was found that matches the pattern {pattern}"),
            Self::Limits => formatter.write_str("no value was found within the limits of its schema"),
            Self::SeveralBranches => formatter.write_str("no value was found that fits just one branch of `oneOf`"),
            Self::Untold => formatter.write_str("its schema combines too many shapes"),
            Self::TooLarge => formatter.write_str("its schema needs too large a value"),
            Self::Unfit(fault) => write!(formatter, "what was made of its schema is not valid: {fault}"),
            Self::NoResponse => formatter.write_str("the document gives no response"),
            Self::MediaType(name) => write!(formatter, "values of {name} are not made"),
        }
    }
}

impl std::error::Error for NoSample {}
