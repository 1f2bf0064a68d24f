//! Values that a parameter takes: [`ParameterValue`].

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::tree::HOLDS_NULL;
use super::{Param, ParamError, ParameterTree, candidate_values};
use crate::json::{Json, JsonObject};

/// A value of a parameter: a scalar, a list, an object, or an `Option` of one.
///
/// Scalars have the text that [`Param`] says. Objects and unions go by their JSON, so an empty implementation is enough for them:
///
/// ```
/// use serde::{Deserialize, Serialize};
/// use specie_runtime::param::ParameterValue;
///
/// #[derive(Serialize, Deserialize)]
/// struct Created {
///     gte: i64,
/// }
///
/// impl ParameterValue for Created {}
/// ```
pub trait ParameterValue: Serialize + DeserializeOwned {
    /// The value as texts; `None` where it is absent. The error says why a parameter cannot carry it.
    fn to_tree(&self) -> Result<Option<ParameterTree>, &'static str> {
        ParameterTree::of(self)
    }

    /// Reads a value from its texts.
    fn from_tree(tree: ParameterTree) -> Result<Self, ParamError> {
        candidate_values::decode(tree)
    }

    /// What stands for a parameter that is absent; `None` where it has to be there.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }
}

impl<T: Param + Serialize + DeserializeOwned> ParameterValue for T {
    fn to_tree(&self) -> Result<Option<ParameterTree>, &'static str> {
        Ok(Some(ParameterTree::Text(self.to_text().into_owned())))
    }

    fn from_tree(tree: ParameterTree) -> Result<Self, ParamError> {
        match tree {
            ParameterTree::Text(text) => Self::from_text(&text),
            ParameterTree::List(_) => Err(ParamError::because("it is there more than once")),
            ParameterTree::Object(_) => Err(ParamError::expected("a single value")),
        }
    }
}

impl<T: ParameterValue> ParameterValue for Option<T> {
    fn to_tree(&self) -> Result<Option<ParameterTree>, &'static str> {
        self.as_ref().map_or(Ok(None), T::to_tree)
    }

    fn from_tree(tree: ParameterTree) -> Result<Self, ParamError> {
        T::from_tree(tree).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: ParameterValue> ParameterValue for Vec<T> {
    fn to_tree(&self) -> Result<Option<ParameterTree>, &'static str> {
        let items = self.iter().map(|item| item.to_tree()?.ok_or(HOLDS_NULL));
        items.collect::<Result<_, _>>().map(|items| Some(ParameterTree::List(items)))
    }

    fn from_tree(tree: ParameterTree) -> Result<Self, ParamError> {
        let items = match tree {
            ParameterTree::List(items) => items,
            ParameterTree::Object(members) => {
                candidate_values::items(members).ok_or_else(|| ParamError::expected("a list"))?
            }
            text @ ParameterTree::Text(_) => vec![text],
        };
        items.into_iter().map(T::from_tree).collect()
    }
}

impl<T: Serialize + DeserializeOwned> ParameterValue for BTreeMap<String, T> {}
impl ParameterValue for Json {}
impl ParameterValue for JsonObject {}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> ParameterTree {
        ParameterTree::Text(value.to_owned())
    }

    fn object(members: &[(&str, &str)]) -> ParameterTree {
        ParameterTree::Object(members.iter().map(|(name, value)| ((*name).to_owned(), text(value))).collect())
    }

    #[test]
    fn scalars_lists_and_options_go_by_their_text() {
        assert!(5_i64.to_tree() == Ok(Some(text("5"))));
        assert!(None::<i64>.to_tree() == Ok(None));
        assert!(vec![1_i64, 2].to_tree() == Ok(Some(ParameterTree::List(vec![text("1"), text("2")]))));
        assert!(vec![None::<i64>].to_tree().is_err());
        assert_eq!(Vec::<i64>::from_tree(text("7")), Ok(vec![7]));
        assert_eq!(Vec::<i64>::from_tree(object(&[("1", "8"), ("0", "7")])), Ok(vec![7, 8]));
        assert!(Vec::<i64>::from_tree(object(&[("a", "8")])).is_err());
        assert_eq!(Option::<i64>::absent(), Some(None));
        assert_eq!(i64::absent(), None);
        assert_eq!(
            i64::from_tree(ParameterTree::List(vec![text("1"), text("1")])).unwrap_err().to_string(),
            "it is there more than once"
        );
    }

    #[test]
    fn maps_go_by_their_json() {
        let limits = BTreeMap::from([("EUR".to_owned(), 100_u32)]);
        let tree = limits.to_tree().unwrap().unwrap();
        assert!(tree == object(&[("EUR", "100")]));
        assert_eq!(BTreeMap::from_tree(tree), Ok(limits));
    }
}
