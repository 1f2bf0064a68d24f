//! Schemas in a normal form: two with the same form allow the same values, however they are written.
//!
//! A schema is taken apart by the types of values. Of each type it is a formula of atoms, such as "at most 3 characters" or "the property `a`
//! is required". Atoms that hold together are made one, what follows from others is left out, and what is left of the formula is written by
//! its truth table. Two schemas of different forms may allow the same values all the same; that is not said here.

mod atom;
mod components;
mod formula;
mod normalize;
mod numbers;
mod read;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::{Answer, Relation};
use atom::{Atom, Formula, JsonType, NormalForm};
use normalize::Normalizer;
use read::FormReader;

/// How the values of two schemas stand to each other, each with its components, as far as their forms say so.
pub(super) fn compare(one: &Value, other: &Value) -> Compared {
    compared(one, other).unwrap_or(Compared { relation: Relation::UNKNOWN, are_closed: false })
}

/// Whether the form of a schema, with its components, says that no value is allowed.
pub(super) fn is_never(schema: &Value) -> bool {
    let form = || {
        let nothing_known = BTreeSet::new();
        Normalizer::new().form(FormReader::new(components(schema)?, &nothing_known).whole(schema)?)
    };
    form() == Some(NormalForm::never())
}

/// What the forms of two schemas say.
pub(super) struct Compared {
    pub(super) relation: Relation,
    /// Whether the objects of both allow only some further properties, or none.
    pub(super) are_closed: bool,
}

/// The same; `None` where a schema has no form.
fn compared(one: &Value, other: &Value) -> Option<Compared> {
    let both = [components(one)?, components(other)?];
    let equal = components::of_one_text(both[0], both[1]);
    let read =
        |equal| Some([FormReader::new(both[0], equal).whole(one)?, FormReader::new(both[1], equal).whole(other)?]);
    let read = match read(&equal) {
        Some(read) => read,
        None => read(&components::of_one_form(both[0], both[1], &equal))?,
    };
    let mut normalizer = Normalizer::new();
    let [old, new] = read.clone().map(|form| normalizer.form(form));
    let (old, new) = (old?, new?);
    let both = if old == new { old.clone() } else { normalizer.form(NormalForm::all(read))? };
    // What is in both of them is all that the one has.
    let answer = |form: &NormalForm| if *form == both { Answer::Yes } else { Answer::Unknown };
    let are_closed = [&old, &new].iter().all(|form| are_closed(&form.at(JsonType::Object)));
    Some(Compared { relation: Relation::new(answer(&old), answer(&new)), are_closed })
}

/// Whether objects of which a formula holds have only listed properties, or further ones of some kind.
fn are_closed(formula: &Formula) -> bool {
    let mut parts = formula.clone().into_parts().into_iter();
    *formula == Formula::NEVER || parts.any(|part| matches!(part, Formula::Is(Atom::Others(..))))
}

fn components(schema: &Value) -> Option<&Map<String, Value>> {
    schema.get("components")?.get("schemas")?.as_object()
}

#[cfg(test)]
mod random_tests;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn whole(schema: &Value) -> Value {
        let components = json!({"T": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/T"}}}});
        json!({"allOf": [schema], "components": {"schemas": components}})
    }

    fn same(one: &Value, other: &Value) -> bool {
        compare(&whole(one), &whole(other)).relation == Relation::SAME
    }

    #[test]
    fn a_schema_that_says_more_has_another_form() {
        for (one, other) in [
            (json!({"type": "string"}), json!({"type": "string", "maxLength": 3})),
            (
                json!({"properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "integer"}, "propertyNames": {"pattern": "^[a-z]+$"}}),
                json!({"properties": {"a": {"type": "boolean"}}, "additionalProperties": {"type": "integer"}, "propertyNames": {"pattern": "^[a-z]+$"}}),
            ),
            (json!({"properties": {"a": {"type": "string"}}}), json!({"properties": {"a": {"type": "integer"}}})),
            (json!({"required": ["a"]}), json!({"required": ["a", "b"]})),
            (
                json!({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}),
                json!({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}),
            ),
            (json!({"propertyNames": {"enum": ["a"]}}), json!({"propertyNames": {"enum": ["a", "b"]}})),
            (
                json!({"prefixItems": [{"type": "string"}], "items": false}),
                json!({"prefixItems": [{"type": "string"}]}),
            ),
            (json!({"enum": [{"a": 1}]}), json!({"enum": [{"a": 2}]})),
            (json!({"not": {"required": ["a"]}}), json!({"required": ["a"]})),
            (json!({"multipleOf": 6}), json!({"allOf": [{"multipleOf": 2}, {"multipleOf": 5}]})),
            (json!({"type": "string", "unknown": 1}), json!({"type": "string", "unknown": 2})),
        ] {
            assert!(!same(&one, &other), "{one} {other}");
            assert!(same(&one, &one), "{one}");
        }
    }

    #[test]
    fn a_schema_that_allows_nothing_is_known_as_such() {
        for schema in [
            json!(false),
            json!({"type": "string", "enum": [1]}),
            json!({"type": "array", "minItems": 1, "items": false}),
            json!({"type": "object", "required": ["a"], "properties": {"a": {"not": {}}}}),
            json!({"oneOf": [{"type": "string"}, {"type": "string"}]}),
        ] {
            assert!(is_never(&whole(&schema)), "{schema}");
        }
        for schema in [json!({"type": "string", "enum": ["1"]}), json!({"type": ["string", "null"], "enum": [null, 1]})]
        {
            assert!(!is_never(&whole(&schema)), "{schema}");
        }
    }

    #[test]
    fn what_does_not_travel_and_what_is_found_by_its_holder_have_no_form() {
        let dynamic =
            |kind: &str| json!({"$defs": {"b": {"$dynamicAnchor": "b", "type": kind}}, "items": {"$dynamicRef": "#b"}});
        let read_only = json!({"properties": {"a": {"type": "string", "readOnly": true}}, "required": ["b"]});
        let write_only = json!({"properties": {"a": {"type": "string", "writeOnly": true}}, "required": ["b"]});
        let plain = json!({"properties": {"a": {"type": "string"}}, "required": ["b"]});
        for (one, other) in [(read_only, plain.clone()), (write_only, plain), (dynamic("string"), dynamic("integer"))] {
            assert_eq!(compare(&whole(&one), &whole(&other)).relation, Relation::UNKNOWN, "{one}");
        }
    }

    #[test]
    fn what_has_too_many_digits_is_not_made_one() {
        let (large, small) = (json!(1_000_000_000), json!(0.000_000_000_000_000_001_234_567_890_123));
        for keyword in ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"] {
            for (kept, other) in [(&large, &small), (&small, &large)] {
                let both = json!({"allOf": [{keyword: kept}, {keyword: other}]});
                let relation = compare(&whole(&both), &whole(&json!({keyword: kept}))).relation;
                assert_eq!(relation, Relation::new(Answer::Yes, Answer::Unknown), "{both}");
            }
        }
        // Larger numbers are read as this one.
        for constant in [json!(f64::MAX), json!([f64::MAX]), json!({"a": f64::MAX})] {
            let constant = whole(&json!({"const": constant}));
            assert_eq!(compare(&constant, &constant).relation, Relation::UNKNOWN);
        }
    }

    #[test]
    fn fewer_values_are_known_as_such() {
        let relation = |one: &Value, other: &Value| compare(&whole(one), &whole(other)).relation;
        let (few, many) = (json!({"propertyNames": {"enum": ["a"]}}), json!({"propertyNames": {"enum": ["a", "b"]}}));
        assert_eq!(relation(&few, &many), Relation::new(Answer::Yes, Answer::Unknown));
        assert_eq!(relation(&many, &few), Relation::new(Answer::Unknown, Answer::Yes));
        assert_eq!(relation(&json!({"minItems": 2}), &json!({"maxItems": 2})), Relation::UNKNOWN);
        let contains = json!({"contains": {"type": "string"}});
        assert_eq!(relation(&contains, &json!({"minItems": 1})), Relation::new(Answer::Yes, Answer::Unknown));
        let perhaps = json!({"contains": {"type": "string"}, "minContains": 0, "maxContains": 2});
        assert_eq!(relation(&perhaps, &json!({"minItems": 1})), Relation::UNKNOWN);
    }

    #[test]
    fn what_refers_to_itself_is_known_by_its_name() {
        let reference = json!({"$ref": "#/components/schemas/T"});
        assert!(same(&json!({"items": reference, "minItems": 0}), &json!({"items": reference})));
    }

    #[test]
    fn components_that_refer_to_themselves_are_compared_place_by_place() {
        let of = |value: &Value, rest: &Value| {
            let mut schema =
                json!({"type": "object", "properties": {"next": {"$ref": "#/components/schemas/T"}, "v": value}});
            schema.as_object_mut().expect("an object").extend(rest.as_object().cloned().unwrap_or_default());
            json!({"allOf": [{"$ref": "#/components/schemas/T"}], "components": {"schemas": {"T": schema}}})
        };
        let text = json!({"type": "string"});
        let closed = of(&text, &json!({"additionalProperties": false}));
        let named = of(&text, &json!({"propertyNames": {"enum": ["next", "v"]}}));
        assert_eq!(compare(&closed, &named).relation, Relation::SAME);
        let other = of(&json!({"type": "integer"}), &json!({"propertyNames": {"enum": ["next", "v"]}}));
        assert_eq!(compare(&closed, &other).relation, Relation::UNKNOWN);
        // Where the difference is kept away at the first place, it is there at the next one.
        let below = |mut one: Value| {
            one["allOf"] = json!([one["allOf"][0], {"properties": {"v": false}}]);
            one
        };
        assert_ne!(compare(&below(closed), &below(other)).relation, Relation::SAME);
    }

    #[test]
    fn names_that_match_an_expression_have_the_values_of_others() {
        let of = |kind: &str| {
            let names = json!({"propertyNames": {"pattern": "^b"}, "unevaluatedProperties": {"type": kind}});
            let mut next = json!({"$ref": "#/components/schemas/T"});
            next.as_object_mut().expect("an object").extend(names.as_object().cloned().unwrap_or_default());
            let schema = json!({"type": "object", "patternProperties": {"^a": {}}, "properties": {"next": next}});
            json!({"allOf": [{"$ref": "#/components/schemas/T"}], "components": {"schemas": {"T": schema}}})
        };
        assert_eq!(compare(&of("integer"), &of("integer")).relation, Relation::SAME);
        assert_ne!(compare(&of("integer"), &of("string")).relation, Relation::SAME);
    }

    #[test]
    fn a_name_that_stands_for_something_else_is_not_the_same() {
        let one = whole(&json!({"items": {"$ref": "#/components/schemas/T"}}));
        let mut other = one.clone();
        other["components"]["schemas"]["T"]["maxProperties"] = json!(3);
        assert_ne!(compare(&one, &other).relation, Relation::SAME);
    }
}
