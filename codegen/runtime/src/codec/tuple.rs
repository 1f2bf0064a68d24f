//! Reading and writing lists whose places have types of their own: [`Places`] and [`Place`].

use std::fmt;

use super::value::{Items, Value};
use super::{Decode, Encode, Fault, Writer};

/// The places of a list, read one after the other; for [`tuple!`](crate::tuple!).
pub struct Places<'a> {
    items: Items<'a>,
    /// How many have been read.
    read: usize,
    /// Whether the list has ended: nothing of what stands behind it belongs to it.
    is_ended: bool,
}

/// How many places have been read, never what they hold.
impl fmt::Debug for Places<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Places").field("read", &self.read).finish_non_exhaustive()
    }
}

impl<'a> Places<'a> {
    /// Begins to read a list.
    pub fn of(value: Value<'a>) -> Result<Self, Fault> {
        Ok(Self { items: value.items()?, read: 0, is_ended: false })
    }

    /// A place that every list has.
    pub fn required<T: Decode>(&mut self) -> Result<T, Fault> {
        let found = self.optional()?;
        found.ok_or_else(|| Fault::new(format!("the list ends before its item {}", self.read + 1)))
    }

    /// A place that the list may end before.
    pub fn optional<T: Decode>(&mut self) -> Result<Option<T>, Fault> {
        let Some(value) = self.next()? else { return Ok(None) };
        let item = T::decode(value).map_err(|fault| fault.under(&self.read.to_string()))?;
        self.read += 1;
        Ok(Some(item))
    }

    /// The items after the ones with a fixed position, all of one type.
    pub fn rest<T: Decode>(&mut self) -> Result<Vec<T>, Fault> {
        let mut found = Vec::new();
        while let Some(item) = self.optional::<T>()? {
            found.push(item.undescribed());
        }
        Ok(found)
    }

    /// Ends the list, which has no further places.
    pub fn end(&mut self) -> Result<(), Fault> {
        match self.next()? {
            None => Ok(()),
            Some(_) => Err(Fault::new(format!("the list has more than {} items", self.read))),
        }
    }

    fn next(&mut self) -> Result<Option<Value<'_>>, Fault> {
        if self.is_ended {
            return Ok(None);
        }
        let found = self.items.next()?;
        self.is_ended = found.is_none();
        Ok(found)
    }
}

/// Items of a list to be written; for [`tuple!`](crate::tuple!).
pub enum Place<'a> {
    /// An item that must be there.
    Always(&'a dyn Encode),
    /// An item that may be absent together with all that follow it.
    IfThere(&'a dyn Encode),
    /// The items after the ones with a fixed position.
    Rest(Vec<&'a dyn Encode>),
}

impl<'a> Place<'a> {
    /// An item that must be there.
    pub fn required(value: &'a dyn Encode) -> Self {
        Self::Always(value)
    }

    /// An item that may be absent together with all that follow it.
    pub fn optional(value: &'a dyn Encode) -> Self {
        Self::IfThere(value)
    }

    /// The items after the ones with a fixed position, all of one type.
    pub fn rest<T: Encode>(items: &'a [T]) -> Self {
        Self::Rest(items.iter().map(|item| item as &dyn Encode).collect())
    }
}

/// Which kind of place it is, never what it holds.
impl fmt::Debug for Place<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Always(_) => "Always",
            Self::IfThere(_) => "IfThere",
            Self::Rest(_) => "Rest",
        })
    }
}

impl Writer {
    /// Writes a list of these places. A place that is left out ends the list: what stands behind it would be read as that place, and
    /// cannot be written.
    pub fn tuple(&mut self, places: &[Place<'_>]) {
        let mut is_ended = false;
        let mut written: Vec<&dyn Encode> = Vec::with_capacity(places.len());
        for place in places {
            let found = match place {
                Place::IfThere(value) if value.is_left_out() => {
                    is_ended = true;
                    continue;
                }
                Place::Always(value) | Place::IfThere(value) => std::slice::from_ref(value),
                Place::Rest(items) => items,
            };
            if is_ended && !found.is_empty() {
                self.fail("an item of a list cannot be written, because one before it is left out");
            }
            written.extend(found);
        }
        self.list(written.into_iter());
    }
}

/// Reads and writes a tuple struct as a list whose places have types of their own (`prefixItems`): [`Decode`](crate::codec::Decode),
/// [`Encode`](crate::codec::Encode) and serde's traits. `rest` is a `Vec` of the items behind the other places; without it there are none.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// struct Rate(String, Option<i64>, Vec<bool>);
///
/// specie_runtime::tuple!(Rate { 0: required, 1: optional, 2: rest });
///
/// let rate: Rate = serde_json::from_str(r#"["EUR",2,true]"#)?;
/// assert_eq!(rate, Rate("EUR".into(), Some(2), vec![true]));
/// assert_eq!(serde_json::to_string(&Rate("EUR".into(), None, vec![]))?, r#"["EUR"]"#);
/// assert!(serde_json::from_str::<Rate>("[]").is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! tuple {
    ($name:ident { $($place:tt: $presence:ident),+ $(,)? }) => {
        impl $crate::codec::Decode for $name {
            fn decode(value: $crate::codec::Value<'_>) -> $crate::Result<Self, $crate::codec::Fault> {
                let mut places = $crate::__given!($crate::codec::Places::of(value));
                let found = Self($($crate::__given!(places.$presence())),+);
                $crate::__given!(places.end());
                $crate::Ok(found)
            }
        }

        impl $crate::codec::Encode for $name {
            fn encode(&self, writer: &mut $crate::codec::Writer) {
                writer.tuple(&[$($crate::codec::Place::$presence(&self.$place)),+]);
            }
        }

        $crate::__serde!($name);
    };
}

#[cfg(test)]
mod tests {
    use crate::json::Json;

    #[derive(Debug, PartialEq)]
    struct Pair(String, Option<i64>);

    crate::tuple!(Pair { 0: required, 1: optional });

    #[derive(Debug, PartialEq)]
    struct Line(Option<String>, Option<Box<Pair>>, Vec<Json>);

    crate::tuple!(Line { 0: required, 1: optional, 2: rest });

    fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
        Json::parse(text).unwrap().decode().map_err(|fault| fault.to_string())
    }

    #[test]
    fn each_place_has_its_type() {
        assert_eq!(read("[\"a\",1]"), Ok(Pair("a".into(), Some(1))));
        assert_eq!(read("[\"a\"]"), Ok(Pair("a".into(), None)));
        assert_eq!(read::<Pair>("[1,\"a\"]"), Err("/0: invalid type: integer, expected a string".into()));
        assert_eq!(read::<Pair>("[]"), Err("the list ends before its item 1".into()));
        assert_eq!(read::<Pair>("[\"a\",1,2]"), Err("the list has more than 2 items".into()));
        assert_eq!(read::<Pair>("{}"), Err("invalid type: map, expected a sequence".into()));
    }

    #[derive(Debug, PartialEq)]
    struct Open(Option<i64>, Option<i64>);

    crate::tuple!(Open { 0: optional, 1: optional });

    #[derive(Debug, PartialEq)]
    struct Around {
        first: Open,
        second: Vec<i64>,
    }

    crate::object!(Around { first: required, second: required });

    #[test]
    fn what_stands_behind_a_short_list_is_no_part_of_it() {
        for (text, first) in [
            ("{\"first\":[],\"second\":[1,2]}", Open(None, None)),
            ("{\"first\":[3],\"second\":[1,2]}", Open(Some(3), None)),
        ] {
            assert_eq!(read(text), Ok(Around { first, second: vec![1, 2] }));
        }
        assert_eq!(read("[[],[1]]"), Ok(vec![Open(None, None), Open(Some(1), None)]));
    }

    #[test]
    fn what_is_read_is_written_again() {
        for text in ["[null]", "[\"a\",[\"b\",2]]", "[null,[\"b\"],{\"c\":[1.10]},null]"] {
            let line: Line = read(text).unwrap();
            assert_eq!(Json::encode(&line).unwrap().as_str(), text);
        }
    }

    #[test]
    fn nothing_is_written_behind_a_place_that_is_left_out() {
        let line = Line(None, None, vec![Json::parse("1").unwrap()]);
        assert!(Json::encode(&line).is_err());
        assert!(Json::encode(&Line(None, None, Vec::new())).is_ok());
    }
}
