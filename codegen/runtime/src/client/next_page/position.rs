//! The position in a list, as a text that can be stored.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::param::ParamError;

/// Which page of a list: what a job writes down to go on from there later.
///
/// It is a text (`Display`, `FromStr`, serde) and holds what the server named the page by, never a credential. It belongs to one
/// operation with one set of filters, which it does not hold for all kinds of paging: keep the request as well.
///
/// ```
/// use specie_runtime::client::Position;
///
/// let kept = "page:3";
/// let position: Position = kept.parse()?;
/// assert_eq!(position.to_string(), kept);
/// assert_eq!(Position::default().to_string(), "start");
/// # Ok::<(), specie_runtime::param::ParamError>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Position(pub(in crate::client) Page);

/// What names a page, by the style of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(in crate::client) enum Page {
    /// Where the request itself says.
    #[default]
    Start,
    Number(u64),
    /// A query, from a link.
    Query(String),
    Cursor(String),
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Page::Start => f.write_str("start"),
            Page::Number(number) => write!(f, "page:{number}"),
            Page::Query(query) => write!(f, "query:{query}"),
            Page::Cursor(cursor) => write!(f, "cursor:{cursor}"),
        }
    }
}

impl FromStr for Position {
    type Err = ParamError;

    fn from_str(text: &str) -> Result<Self, ParamError> {
        let expected = || ParamError::expected("the text of a position in a list");
        if text == "start" {
            return Ok(Self(Page::Start));
        }
        let (kind, rest) = text.split_once(':').ok_or_else(expected)?;
        match (kind, rest) {
            (_, "") => Err(expected()),
            ("page", number) => number.parse().map(|number| Self(Page::Number(number))).map_err(|_| expected()),
            ("query", query) => Ok(Self(Page::Query(query.to_owned()))),
            ("cursor", cursor) => Ok(Self(Page::Cursor(cursor.to_owned()))),
            _ => Err(expected()),
        }
    }
}

/// Shows the kind and a number; queries and cursors are the server's text and stay out of logs.
impl fmt::Debug for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Page::Start | Page::Number(_) => write!(f, "Position({self})"),
            Page::Query(_) => f.write_str("Position(query)"),
            Page::Cursor(_) => f.write_str("Position(cursor)"),
        }
    }
}

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}
