//! Functions for `#[serde(deserialize_with = "…")]`: what an `Option` field means.

use serde::{Deserialize, Deserializer};

/// For an optional field that is never null: null is an error, because the document does not allow it.
///
/// ```
/// #[derive(serde::Deserialize)]
/// struct Payment {
///     #[serde(default, deserialize_with = "specie_runtime::serde_with::present")]
///     note: Option<String>,
/// }
///
/// assert_eq!(serde_json::from_str::<Payment>("{}")?.note, None);
/// assert!(serde_json::from_str::<Payment>(r#"{"note":null}"#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// For a required field that may be null: a missing key is an error, which serde would otherwise read as null.
///
/// ```
/// #[derive(serde::Deserialize)]
/// struct Payment {
///     #[serde(deserialize_with = "specie_runtime::serde_with::nullable")]
///     settled_at: Option<String>,
/// }
///
/// assert_eq!(serde_json::from_str::<Payment>(r#"{"settled_at":null}"#)?.settled_at, None);
/// assert!(serde_json::from_str::<Payment>("{}").is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn nullable<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Decimal, Json, dec};

    #[derive(Debug, PartialEq, Deserialize)]
    struct Fields {
        #[serde(default, deserialize_with = "present")]
        present: Option<Decimal>,
        #[serde(deserialize_with = "nullable")]
        nullable: Option<Decimal>,
        #[serde(default, deserialize_with = "present")]
        json: Option<Json>,
    }

    fn read(text: &str) -> Result<Fields, serde_json::Error> {
        serde_json::from_str(text)
    }

    #[test]
    fn null_and_absence_mean_what_the_document_says() {
        let fields = read(r#"{"nullable":null}"#).unwrap();
        assert_eq!((fields.present, fields.nullable, fields.json), (None, None, None));
        let fields = read(r#"{"present":1.50,"nullable":2,"json":null}"#).unwrap();
        assert_eq!(fields.present, Some(dec!(1.5)));
        assert_eq!(fields.nullable, Some(dec!(2)));
        assert_eq!(fields.json, Some(Json::null()));
        assert!(read("{}").is_err(), "a required key");
        assert!(read(r#"{"nullable":1,"present":null}"#).is_err(), "not nullable");
    }
}
