//! A parameter's value before it is written in a style: [`ParameterTree`].

use serde::Serialize;
use serde_json::value::RawValue;

use crate::json_syntax::Members;

/// The value of a parameter as texts, before or after its style (OpenAPI 3.2.0, Style Values).
///
/// It has no `Debug` form, because a document may put a secret into any parameter.
#[derive(Clone, PartialEq, Eq)]
pub enum ParameterTree {
    /// A single value.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// An object; properties that are absent or null are left out.
    Object(Vec<(String, Self)>),
}

/// Why a value has no tree.
pub(super) const HOLDS_NULL: &str = "holds null inside a list, which a parameter cannot carry";
const NO_JSON: &str = "cannot be written as JSON";

impl ParameterTree {
    /// The value as its JSON has it: texts without quotes, numbers digit by digit; `None` for null.
    pub(super) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Option<Self>, &'static str> {
        let json = serde_json::to_string(value).map_err(|_| NO_JSON)?;
        Self::of_json(&json)
    }

    fn of_json(json: &str) -> Result<Option<Self>, &'static str> {
        Ok(Some(match json.as_bytes().first() {
            Some(b'n') => return Ok(None),
            Some(b'"') => Self::Text(serde_json::from_str(json).map_err(|_| NO_JSON)?),
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(json).map_err(|_| NO_JSON)?;
                let items = items.iter().map(|item| Self::of_json(item.get())?.ok_or(HOLDS_NULL));
                Self::List(items.collect::<Result<_, _>>()?)
            }
            Some(b'{') => {
                let Members(members) = serde_json::from_str(json).map_err(|_| NO_JSON)?;
                let mut object = Vec::new();
                for (name, member) in members {
                    if let Some(member) = Self::of_json(member.get())? {
                        object.push((name, member));
                    }
                }
                Self::Object(object)
            }
            _ => Self::Text(json.to_owned()),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> ParameterTree {
        ParameterTree::Text(value.to_owned())
    }

    #[test]
    fn a_tree_has_the_texts_of_the_json() {
        let of = |json: &str| ParameterTree::of_json(json);
        assert!(of("null") == Ok(None));
        assert!(of("10.00") == Ok(Some(text("10.00"))));
        assert!(of(r#""a\u00e9""#) == Ok(Some(text("aé"))));
        assert!(of("[true,1]") == Ok(Some(ParameterTree::List(vec![text("true"), text("1")]))));
        let object = ParameterTree::Object(vec![("b".to_owned(), text("1")), ("a".to_owned(), text("x"))]);
        assert!(of(r#"{"b":1,"none":null,"a":"x"}"#) == Ok(Some(object)));
        assert!(of("[null]") == Err(HOLDS_NULL));
    }
}
