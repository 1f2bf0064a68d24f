//! What stands where an object belongs: its place is named wherever tables hold it, and nothing of it is quoted.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Method, Shape};
use crate::decode::from_slice;
use crate::{Decimal, JsonObject, Secret};

#[derive(Debug, PartialEq)]
struct Card {
    number: Secret<String>,
    limit: Option<Decimal>,
}

crate::object!(Card { number: required, limit: optional });

#[derive(Debug, PartialEq)]
enum Tried {
    Card(Card),
}

crate::union!(Tried { Card: attempt });

#[derive(Debug, PartialEq)]
enum Listed {
    Cards(Vec<Card>),
}

crate::union!(Listed { Cards: array });

#[derive(Debug, PartialEq)]
struct Wrapped {
    card: Card,
}

crate::object!(Wrapped { card: required });

#[derive(Debug, PartialEq)]
enum Tagged {
    Wrapped(Wrapped),
}

crate::union!(Tagged by "type" { Wrapped: "card" });

#[derive(Debug, PartialEq)]
struct Open {
    card: Option<Card>,
    rest: BTreeMap<String, Card>,
}

crate::object!(Open { card: optional, ..rest });

#[derive(Debug, PartialEq)]
struct Positions {
    tried: Option<Tried>,
    listed: Option<Listed>,
    tagged: Option<Tagged>,
    open: Option<Open>,
}

crate::object!(Positions { tried: optional, listed: optional, tagged: optional, open: optional });

/// Texts in which `@` stands where an object belongs, and the place of that.
const PLACES: [(&str, &str); 5] = [
    (r#"{"tried":@}"#, "/tried"),
    (r#"{"listed":[@]}"#, "/listed/0"),
    (r#"{"tagged":{"type":"card","card":@}}"#, "/tagged/card"),
    (r#"{"open":{"card":@}}"#, "/open/card"),
    (r#"{"open":{"other":@}}"#, "/open/other"),
];

#[test]
fn a_list_is_never_an_object() {
    for (text, place) in PLACES {
        let object = text.replace('@', r#"{"number":"4111","limit":10.00}"#);
        from_slice::<Positions>(object.as_bytes()).unwrap();
        for list in ["[]", r#"["4111"]"#, r#"["4111",10.00]"#] {
            let fault = from_slice::<Positions>(text.replace('@', list).as_bytes()).unwrap_err();
            assert!(!fault.message.contains("4111") && !fault.malformed, "{text}: {fault}");
            assert_eq!(fault.pointer, place, "{fault}");
        }
    }
}

#[test]
fn a_key_stands_once_in_an_open_object() {
    for (text, message) in [
        (r#"{"a":{"number":""},"a":{"number":""}}"#, "a key stands twice in an object"),
        (r#"{"card":{"number":""},"card":{"number":""}}"#, "duplicate field `card`"),
    ] {
        assert_eq!(from_slice::<Open>(text.as_bytes()).unwrap_err().message, message);
    }
}

proptest! {
    #[test]
    fn an_unknown_object_is_kept(key in "[a-h]{1,8}", number in "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,40})?") {
        let text = format!(r#"{{ "{key}": [{number}], "id":"new" }}"#);
        match from_slice::<Method>(text.as_bytes()) {
            Ok(Method::Unknown(json)) => prop_assert_eq!(serde_json::to_string(&json).unwrap(), text.trim()),
            other => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn no_text_panics(text in "[\\[\\]{}\",:a-z0-9.-]{0,40}") {
        let _ = from_slice::<Shape>(text.as_bytes());
        let _ = from_slice::<Method>(text.as_bytes());
        let _ = from_slice::<JsonObject>(text.as_bytes());
    }
}
