//! Any JSON object: [`JsonObject`].

use std::collections::{BTreeMap, btree_map};
use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroize;

use super::Json;
use crate::decode::TWICE;

/// Any JSON object, ordered by key.
///
/// Reading one in which a key stands twice is an error: which of two amounts was meant cannot be told.
///
/// ```
/// use specie_runtime::{JsonObject, dec};
///
/// let mut fields = JsonObject::from([("card_holder", "A. Payer")]);
/// fields.insert("limit", dec!(10.00));
/// assert_eq!(serde_json::to_string(&fields)?, r#"{"card_holder":"A. Payer","limit":10.00}"#);
/// assert!(serde_json::from_str::<JsonObject>(r#"{"limit":1,"limit":100}"#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct JsonObject(BTreeMap<String, Json>);

impl JsonObject {
    /// Takes the entries of a map.
    fn read<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        while let Some((key, value)) = map.next_entry::<String, Json>()? {
            if let Some(mut value) = self.0.insert(key, value) {
                value.zeroize();
                return Err(A::Error::custom(TWICE));
            }
        }
        Ok(())
    }

    /// `{}`.
    #[must_use]
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Sets a key; the value it had before is handed back.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<Json>) -> Option<Json> {
        self.0.insert(key.into(), value.into())
    }

    /// Removes a key and hands its value back.
    pub fn remove(&mut self, key: &str) -> Option<Json> {
        self.0.remove(key)
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.0.get(key)
    }

    /// Whether a key is there.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Keys and values, ordered by key.
    #[must_use]
    pub fn iter(&self) -> Iter<'_> {
        Iter(self.0.iter())
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no keys.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The entries of a [`JsonObject`], ordered by key.
#[derive(Clone, Debug)]
pub struct Iter<'a>(btree_map::Iter<'a, String, Json>);

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a str, &'a Json);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key.as_str(), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Iter<'_> {}

impl<'a> IntoIterator for &'a JsonObject {
    type Item = (&'a str, &'a Json);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl IntoIterator for JsonObject {
    type Item = (String, Json);
    type IntoIter = btree_map::IntoIter<String, Json>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// As a map: the texts of the values.
impl fmt::Debug for JsonObject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// Of a key that is given twice, the last value counts, as in [`BTreeMap`].
impl<K: Into<String>, V: Into<Json>> FromIterator<(K, V)> for JsonObject {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }
}

impl<K: Into<String>, V: Into<Json>> Extend<(K, V)> for JsonObject {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        self.0.extend(entries.into_iter().map(|(key, value)| (key.into(), value.into())));
    }
}

impl<K: Into<String>, V: Into<Json>, const N: usize> From<[(K, V); N]> for JsonObject {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl From<BTreeMap<String, Json>> for JsonObject {
    fn from(entries: BTreeMap<String, Json>) -> Self {
        Self(entries)
    }
}

impl Serialize for JsonObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for JsonObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // As a struct, which compares its keys itself, so that they are not compared twice.
        deserializer.deserialize_struct("object", &[], ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = JsonObject;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonObject, A::Error> {
        let mut object = JsonObject::new();
        let read = object.read(&mut map);
        if read.is_err() {
            // It may be part of a secret, which would overwrite it.
            object.zeroize();
        }
        read.map(|()| object)
    }
}

/// Overwrites the keys and the texts of the values.
impl Zeroize for JsonObject {
    fn zeroize(&mut self) {
        for (mut key, mut value) in std::mem::take(&mut self.0) {
            key.zeroize();
            value.zeroize();
        }
    }
}
