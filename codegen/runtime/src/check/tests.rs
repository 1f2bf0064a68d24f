use std::collections::BTreeMap;

use super::*;
use crate::{Date, Json, Maybe, Patch, Secret, UnixTime, Uri, dec};

fn shown(check: impl FnOnce(&mut Checker<'_>)) -> Vec<String> {
    collect(check).iter().map(ToString::to_string).collect()
}

#[test]
fn places_are_pointers_through_every_container() {
    let bad = || Date::from("today");
    let value = BTreeMap::from([("a/b".to_owned(), vec![Some(Maybe::Null), None, Some(bad().into())])]);
    assert_eq!(
        shown(|checker| checker.field("dates", &value)),
        ["/dates/a~1b/2: must be a date such as 2026-02-28 (RFC 3339)"]
    );
    let value = Box::new(Patch::Set(vec![Date::from("2026-02-28"), bad()]));
    let found = violations(&value);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].pointer.as_str(), &found[0].parameter), ("/1", &None));
}

#[test]
fn a_value_fits_one_of_several_descriptions() {
    let check = |value: i64| {
        shown(|checker| {
            checker.at("size", |checker| {
                checker.any(&[&|checker| checker.maximum(&value, "5"), &|checker| checker.minimum(&value, "100")]);
            });
        })
    };
    assert!(check(5).is_empty() && check(100).is_empty());
    assert_eq!(check(50), ["/size: must be at most 5"]);
}

#[test]
fn what_follows_the_places_of_a_tuple_keeps_its_index() {
    let found = shown(|checker| checker.following(2, &[1_i64, 9], |checker, each| checker.maximum(each, "5")));
    assert_eq!(found, ["/3: must be at most 5"]);
}

#[test]
fn parameters_are_named() {
    let found = shown(|checker| {
        checker.parameter(0, |checker| checker.maximum(&500, "100"));
        checker.parameter(1, |checker| vec![Uri::from("x")].check(checker));
        checker.maximum(&500, "100");
    });
    assert_eq!(
        found,
        [
            "parameter 0: must be at most 100",
            "parameter 1/0: must be a URI with its scheme such as https://shop.example.com (RFC 3986)",
            "must be at most 100",
        ]
    );
}

#[test]
fn secrets_stay_secret() {
    let secret = Secret::from("4111".to_owned());
    let inner = Secret::from(vec![Date::from("4111")]);
    let found = shown(|checker| {
        checker.at("pan", |checker| checker.min_length(&secret, 12));
        checker.field("dates", &inner);
        checker.at("map", |checker| {
            checker.sealed(|checker| {
                checker.at("4111", |checker| checker.violation("must not be there"));
            });
        });
    });
    assert_eq!(
        found,
        [
            "/pan: must have at least 12 characters",
            "/dates: must be a date such as 2026-02-28 (RFC 3339)",
            "/map: must not be there",
        ]
    );
}

#[test]
fn lengths_count_what_the_schema_counts() {
    assert!(shown(|checker| checker.max_length("é€😀", 3)).is_empty());
    assert_eq!(shown(|checker| checker.max_length("é€😀", 2)), ["must have at most 2 characters"]);
    assert_eq!(shown(|checker| checker.min_length(&vec![1], 2)), ["must have at least 2 items"]);
    let map = BTreeMap::from([(String::new(), 1), ("a".into(), 2)]);
    assert_eq!(shown(|checker| checker.max_length(&map, 1)), ["must have at most 1 property"]);
    let text = Some("abc".to_owned());
    assert!(!shown(|checker| checker.max_length(&text.as_deref(), 2)).is_empty());
    assert!(!shown(|checker| checker.max_length(&text, 2)).is_empty());
}

#[test]
fn what_a_list_or_map_holds_is_checked_at_its_place() {
    let prices = BTreeMap::from([("a/b".to_owned(), vec![Some(1), None, Some(9)])]);
    let found = shown(|checker| {
        checker.at("prices", |checker| {
            checker.each(&Maybe::Value(Box::new(prices)), |checker, each| {
                checker.max_length(each, 2);
                checker.each(each, |checker, each| checker.maximum(each, "5"));
            });
        });
    });
    assert_eq!(found, ["/prices/a~1b: must have at most 2 items", "/prices/a~1b/2: must be at most 5"]);
}

#[test]
fn absent_values_meet_every_constraint() {
    let found = shown(|checker| {
        checker.min_length(&None::<String>, 5);
        checker.min_length(&Maybe::<Vec<i64>>::Null, 5);
        checker.minimum(&Patch::<i64>::Keep, "5");
        checker.multiple_of(&None::<crate::Decimal>, "5");
        checker.unique(&Maybe::<Vec<i64>>::Absent);
        checker.unique(&None::<Vec<i64>>);
        checker.each(&None::<Vec<i64>>, |checker, each| checker.minimum(each, "5"));
    });
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn bounds_are_exact() {
    type Check = fn(&mut Checker<'_>);
    let cases: [(Check, bool); 14] = [
        (|c| c.minimum(&dec!(0.01), "0.01"), true),
        (|c| c.exclusive_minimum(&dec!(0.010), "0.01"), false),
        (|c| c.maximum(&9_007_199_254_740_993_i64, "9007199254740992"), false),
        (|c| c.exclusive_maximum(&u64::MAX, "18446744073709551616"), true),
        (|c| c.maximum(&crate::Quoted(dec!(10.00)), "10"), true),
        (|c| c.minimum(&UnixTime(5), "6"), false),
        (|c| c.minimum(&Some(Box::new(-1)), "0"), false),
        (|c| c.maximum(&0.1_f64, "0.1"), true),
        (|c| c.exclusive_maximum(&1e300, "1e301"), true),
        (|c| c.minimum(&f64::NAN, "0"), false),
        (|c| c.maximum(&i64::MAX, "1e40"), true),
        (|c| c.multiple_of(&dec!(10.05), "0.01"), true),
        (|c| c.multiple_of(&0.3_f64, "0.1"), true),
        (|c| c.multiple_of(&7, "2"), false),
    ];
    for (index, (check, meets)) in cases.into_iter().enumerate() {
        assert_eq!(shown(check).is_empty(), meets, "case {index}");
    }
}

#[test]
fn listed_values_are_compared_by_value() {
    let json = |text: &str| Json::parse(text).unwrap().decode::<Json>().unwrap();
    assert!(shown(|checker| checker.one_of(&json("1.0"), &["\"a\"", "1"])).is_empty());
    assert!(shown(|checker| checker.one_of(&Maybe::<bool>::Null, &["true"])).is_empty());
    assert_eq!(shown(|checker| checker.one_of(&json("\"1\""), &["\"a\"", "1"])), ["must be one of `\"a\"`, `1`"]);
    assert_eq!(shown(|checker| checker.one_of(&Some(false), &["true"])), ["must be one of `true`"]);
}

#[test]
fn properties_that_are_left_out_are_not_counted() {
    let count = |others: &[bool]| shown(|checker| checker.min_length(&PropertyCount::new(1, others), 2));
    assert_eq!(count(&[false, false]), ["must have at least 2 properties"]);
    assert!(count(&[false, true]).is_empty());
}

#[test]
fn equal_items_are_found_by_value() {
    let items = |text: &str| Json::parse(text).unwrap().decode::<Vec<Json>>().unwrap();
    assert!(shown(|checker| checker.unique(&items(r#"[1,"1",{"a":1},[1]]"#))).is_empty());
    assert!(!shown(|checker| checker.unique(&items(r#"[{"a":1,"b":2},{"b":2.0,"a":1}]"#))).is_empty());
    assert!(!shown(|checker| checker.unique(&Secret::from(vec![5, 5]))).is_empty());
}

#[test]
fn there_is_an_end_to_violations() {
    let dates: Vec<Date> = (0..5_000).map(|_| Date::from("")).collect();
    assert_eq!(violations(&dates).len(), LIMIT);
}
