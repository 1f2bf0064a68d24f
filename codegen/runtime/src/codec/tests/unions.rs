//! Which branch of a union a value is, where several fit.

use std::collections::BTreeMap;

use super::{fault, read_whole};
use crate::decode::{DecodeFault, from_slice};
use crate::formats::{Date, Uuid};
use crate::{Json, Unrecognized};

#[derive(Debug, PartialEq)]
enum Object {
    Customer,
    Unknown(Unrecognized),
}

crate::string_enum!(Object { Customer = "customer", ..Unknown });

#[derive(Debug, PartialEq)]
struct Person {
    id: String,
    object: Object,
    email: Option<String>,
}

crate::object!(Person { id: required, object: required, email: optional });

#[derive(Debug, PartialEq)]
struct Gone {
    id: String,
    object: Object,
}

crate::object!(Gone with "deleted" = true { id: required, object: required });

#[derive(Debug, PartialEq)]
struct Loose {
    id: String,
    rest: BTreeMap<String, Json>,
}

crate::object!(Loose { id: required, ..rest });

#[derive(Debug, PartialEq)]
enum Expanded {
    Id(String),
    Loose(Loose),
    Person(Person),
    Gone(Gone),
}

crate::union!(Expanded { Id: string, Loose: attempt, Person: attempt, Gone: attempt });

#[derive(Debug, PartialEq)]
struct Holder {
    customer: Expanded,
}

crate::object!(Holder { customer: required });

#[derive(Debug, PartialEq)]
struct Pair {
    customer: Person,
    other: Option<String>,
}

crate::object!(Pair { customer: required, other: optional });

#[derive(Debug, PartialEq)]
enum Outer {
    Pair(Pair),
    Holder(Holder),
}

crate::union!(Outer { Pair: attempt, Holder: attempt });

fn read(text: &str) -> Expanded {
    from_slice(text.as_bytes()).unwrap()
}

#[test]
fn the_branch_that_explains_most_is_chosen() {
    assert!(matches!(read("\"cus_1\""), Expanded::Id(_)));
    let cases = [
        (r#"{"id":"1","object":"customer","email":"a@b.example"}"#, "Person"),
        (r#"{"id":"1","object":"customer","deleted":true}"#, "Gone"),
        // All properties of a loose object are kept, and the person would lose one.
        (r#"{"id":"1","object":"customer","deleted":false}"#, "Loose"),
        // A value that is not listed weighs more than all else.
        (r#"{"id":"1","object":"supplier"}"#, "Loose"),
        (r#"{"id":"1"}"#, "Loose"),
    ];
    for (text, expected) in cases {
        let found = read(text);
        assert!(format!("{found:?}").starts_with(expected), "{text}: {found:?}");
        let written: Json = serde_json::to_string(&found).unwrap().parse().unwrap();
        assert_eq!(written, text.parse().unwrap());
    }
}

#[test]
fn equal_branches_are_taken_in_the_documents_order() {
    #[derive(Debug)]
    enum Twice {
        First(Person),
        Second(Person),
    }
    crate::union!(Twice { First: attempt, Second: attempt });
    let texts = [
        r#"{"id":"1","object":"customer"}"#,
        r#"{"id":"1","object":"customer","more":[1,{}]}"#,
        r#"{"id":"1","object":"supplier","more":1}"#,
    ];
    for text in texts {
        assert!(matches!(from_slice::<Twice>(text.as_bytes()), Ok(Twice::First(_))), "{text}");
    }
}

#[test]
fn reading_goes_on_behind_the_chosen_branch() {
    // The branches after the chosen one are not read to their ends.
    let texts =
        [r#"{"id":"1","object":5,"more":[{"a":[]},2]}"#, r#"{"id":"1","x":{"id":"2"}}"#, r#"{"id":"1","deleted":[]}"#];
    let list: Vec<Expanded> = read_whole(&format!("[{}, \"cus_1\"]", texts.join(" ,"))).unwrap();
    assert!(matches!(&*list, [Expanded::Loose(_), Expanded::Loose(_), Expanded::Loose(_), Expanded::Id(_)]));
    let written: Json = serde_json::to_string(&list[..3]).unwrap().parse().unwrap();
    assert_eq!(written, format!("[{}]", texts.join(",")).parse().unwrap());
    let twice = read_whole::<Holder>(r#"{"customer":{"id":"1","x":[]},"customer":5}"#).unwrap_err();
    assert_eq!(DecodeFault::from(twice).message, "duplicate field `customer`");
}

#[test]
fn what_an_inner_branch_leaves_open_counts_for_the_outer_one() {
    let text = r#"{"customer":{"id":"1","object":"customer","deleted":true}}"#;
    let outer: Outer = from_slice(text.as_bytes()).unwrap();
    assert!(matches!(outer, Outer::Holder(Holder { customer: Expanded::Gone(_) })), "{outer:?}");
    let text = r#"{"customer":{"id":"1","object":"customer"}}"#;
    assert!(matches!(from_slice::<Outer>(text.as_bytes()), Ok(Outer::Pair(_))));
}

#[test]
fn a_property_with_one_value_is_written_and_checked() {
    let text = r#"{"deleted":true,"id":"1","object":"customer"}"#;
    let gone: Gone = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&gone).unwrap(), text);
    assert_eq!(serde_json::from_value::<Gone>(serde_json::from_str(text).unwrap()).unwrap(), gone);
    assert_eq!(fault::<Gone>(r#"{"id":"1","object":"customer"}"#), "missing field `deleted`");
    assert_eq!(fault::<Gone>(r#"{"deleted":true,"id":"1","deleted":true}"#), "duplicate field `deleted`");
    let wrong = |value: &str| fault::<Gone>(&format!(r#"{{"id":"1","object":"customer","deleted":{value}}}"#));
    assert_eq!(wrong("false"), "/deleted: unknown value, expected `true`");
    assert_eq!(wrong("\"true\""), "/deleted: invalid type: string, expected `true`");
}

#[test]
fn numbers_are_compared_by_value_and_texts_by_their_characters() {
    #[derive(Debug)]
    struct Event {}
    crate::object!(Event with "v" = 2, "type" = "a\u{e9}" {});
    for text in [r#"{"v":2,"type":"aé"}"#, r#"{"v":2.0,"type":"a\u00e9"}"#] {
        let event: Event = from_slice(text.as_bytes()).unwrap();
        assert_eq!(serde_json::to_string(&event).unwrap(), r#"{"v":2,"type":"aé"}"#);
    }
    for text in [r#"{"v":3,"type":"aé"}"#, r#"{"v":"2","type":"aé"}"#, r#"{"v":2,"type":"ae"}"#] {
        assert!(from_slice::<Event>(text.as_bytes()).is_err(), "{text}");
    }
}

#[test]
fn a_text_is_of_the_format_that_it_has() {
    #[derive(Debug)]
    enum Key {
        Day(Date),
        Id(Uuid),
        Text(String),
    }
    crate::union!(Key { Day: attempt, Id: attempt, Text: attempt });
    let read = |text: &str| from_slice::<Key>(format!("\"{text}\"").as_bytes()).unwrap();
    assert!(matches!(read("2026-02-28"), Key::Day(day) if day == "2026-02-28"));
    assert!(matches!(read("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"), Key::Id(id) if id.is_valid()));
    assert!(matches!(read("2026-02-30"), Key::Text(text) if text == "2026-02-30"));
}

#[test]
fn a_text_without_a_format_is_taken_by_the_first_branch_where_none_takes_any_text() {
    // As it is outside of unions.
    #[derive(Debug)]
    enum Formatted {
        Day(Date),
        Id(Uuid),
    }
    crate::union!(Formatted { Day: attempt, Id: attempt });
    assert!(matches!(from_slice::<Formatted>(b"\"soon\""), Ok(Formatted::Day(day)) if day == "soon"));
}

#[derive(Debug)]
enum Tree {
    Left(Box<Left>),
    Right(Box<Right>),
}

crate::union!(Tree { Left: attempt, Right: attempt });

#[derive(Debug)]
struct Left {
    child: Option<Tree>,
    more: Vec<Tree>,
}

crate::object!(Left { child: optional, more: required });

#[derive(Debug)]
struct Right {
    child: Option<Tree>,
    more: Vec<Tree>,
    size: Option<i64>,
}

crate::object!(Right { child: optional, more: required, size: optional });

/// The number of trees, of which those whose size is known are right ones as far as the effort allows.
fn count(tree: &Tree) -> usize {
    let (child, more) = match tree {
        Tree::Left(left) => (&left.child, &left.more),
        Tree::Right(right) => {
            assert!(right.size.is_some());
            (&right.child, &right.more)
        }
    };
    1 + child.iter().chain(more).map(count).sum::<usize>()
}

#[test]
fn properties_that_no_branch_has_make_no_tree_unreadable() {
    let leaf = r#"{"more":[],"size":1,"other":1}"#;
    let nested = |depth: usize| {
        (0..depth).fold(leaf.to_owned(), |inner, _| format!(r#"{{"child":{inner},"more":[],"size":1,"other":1}}"#))
    };
    for depth in [1, 4, 20, 100] {
        let tree: Tree = from_slice(nested(depth).as_bytes()).unwrap();
        assert_eq!(count(&tree), depth + 1);
    }
    let wide = format!(r#"{{"more":[{}],"other":1}}"#, [leaf; 500].join(","));
    assert_eq!(count(&from_slice::<Tree>(wide.as_bytes()).unwrap()), 501);
    let deep: Tree = from_slice(nested(2).as_bytes()).unwrap();
    assert!(matches!(deep, Tree::Right(right) if matches!(right.child, Some(Tree::Right(_)))));
}

#[test]
fn a_branch_that_no_value_leads_to_is_only_written() {
    #[derive(Debug)]
    enum Kinds {
        Known(Gone),
        Unnamed(Person),
    }
    crate::union!(Kinds by "kind" { Known: "a" | "b", Unnamed });
    let known: Kinds = from_slice(br#"{"kind":"b","id":"1","object":"customer","deleted":true}"#).unwrap();
    assert!(matches!(known, Kinds::Known(_)));
    assert_eq!(fault::<Kinds>(r#"{"kind":"c"}"#), "/kind: unknown value, Kinds expects one of `a`, `b`");
    let person = Kinds::Unnamed(Person { id: "1".into(), object: Object::Customer, email: None });
    assert_eq!(serde_json::to_string(&person).unwrap(), r#"{"id":"1","object":"customer"}"#);
}

mod with_default {
    use super::{fault, from_slice};

    #[derive(Debug, PartialEq)]
    struct Card {
        number: String,
    }
    crate::object!(Card with "kind" = "card" { number: required });

    #[derive(Debug, Default, PartialEq)]
    struct Iban {
        iban: Option<String>,
    }
    crate::object!(Iban { iban: optional });

    #[derive(Debug, Default, PartialEq)]
    struct Phone {
        phone: Option<String>,
    }
    crate::object!(Phone { phone: optional });

    /// A union has no place for a discriminator.
    #[derive(Debug, PartialEq)]
    enum Old {
        Iban(Iban),
        Phone(Phone),
    }
    crate::union!(Old { Iban: attempt, Phone: attempt });

    #[derive(Debug, PartialEq)]
    enum Destination {
        Card(Card),
        Old(Old),
    }
    crate::union!(Destination by "kind" { Card: "card", Old: "Old", ..= Old });

    /// Two parsers would take it for two different things.
    #[test]
    fn a_discriminator_that_is_there_twice_is_refused() {
        assert_eq!(
            fault::<Destination>(r#"{"kind":"card","kind":"x","number":"4","iban":"DE1"}"#),
            "Destination: duplicate field `kind`"
        );
    }

    #[derive(Debug, Default, PartialEq)]
    struct Any {
        kind: Option<String>,
        iban: Option<String>,
    }
    crate::object!(Any { kind: optional, iban: optional });

    #[derive(Debug, PartialEq)]
    enum Open {
        Card(Card),
        Any(Any),
    }
    crate::union!(Open by "kind" { Card: "card", Any: "Any", ..= Any });

    #[test]
    fn a_default_branch_of_free_json_is_not_printed() {
        #[derive(Debug, PartialEq)]
        enum Free {
            Card(Card),
            Other(crate::JsonObject),
        }
        crate::union!(Free by "kind" { Card: "card", Other, ..= Other });

        let found: Free = from_slice(br#"{"kind":"x","number":"4111"}"#).unwrap();
        assert_eq!(format!("{found:?}"), r#"Other({"kind": [undescribed string], "number": [undescribed string]})"#);
    }

    #[derive(Debug, PartialEq)]
    struct Wallet {
        iban: String,
    }
    crate::object!(Wallet with "kind" = "wallet" { iban: required });

    #[derive(Debug, PartialEq)]
    enum Other {
        Wallet(Wallet),
    }
    crate::union!(Other by "kind" { Wallet: "wallet" });

    #[derive(Debug, PartialEq)]
    enum Either {
        Open(Open),
        Other(Other),
    }
    crate::union!(Either { Open: attempt, Other: attempt });

    #[test]
    fn the_branch_that_names_a_value_goes_before_a_default() {
        let found: Either = from_slice(br#"{"kind":"wallet","iban":"DE1"}"#).unwrap();
        assert_eq!(found, Either::Other(Other::Wallet(Wallet { iban: "DE1".to_owned() })));
    }
}
