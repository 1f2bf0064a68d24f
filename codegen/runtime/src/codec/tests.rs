mod judged;
mod positions;
mod unions;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::decode::from_slice;
use crate::{Decimal, Json, JsonObject, Maybe, Patch, Secret, StringEnum as _, Unrecognized, dec};

#[derive(Clone, Debug, Default, PartialEq)]
struct Payout {
    id: String,
    r#type: Option<i64>,
    note: Option<String>,
    limit: Maybe<f64>,
    clear: Patch<bool>,
    next: Option<Box<Payout>>,
}

crate::object!(Payout {
    id: required,
    r#type: nullable = "type",
    note: optional,
    limit: maybe,
    clear: patch,
    next: optional = "next/one"
});

#[derive(Debug, PartialEq)]
struct Strict {
    amount: Decimal,
    pin: Secret<String>,
}

crate::object!(Strict { amount: required, pin: required } !);

#[derive(Debug, PartialEq)]
struct Open {
    list: Vec<Option<Decimal>>,
    rest: BTreeMap<String, Json>,
}

crate::object!(Open { list: required, ..rest });

#[derive(Debug, PartialEq)]
enum Method {
    Payout(Box<Payout>),
    Open(Open),
    Unknown(Json),
}

crate::union!(Method by "id" { Payout: "a" | "b", Open: "c", ..Unknown });

#[derive(Debug, PartialEq)]
enum Partly {
    Open(Open),
    Text(String),
}

crate::union!(Partly by "id" { Open: "c", Text });

#[derive(Debug, PartialEq)]
enum Shape {
    Payout(Payout),
    Strict(Strict),
    List(Vec<i32>),
    Text(String),
}

crate::union!(Shape { Payout: attempt, Strict: attempt, List: array, Text: string });

#[derive(Clone, Debug, PartialEq)]
enum Status {
    Done,
    Unknown(Unrecognized),
}

crate::string_enum!(Status { Done = "done", ..Unknown });

#[derive(Clone, Copy, Debug, PartialEq)]
enum Side {
    Left,
}

crate::string_enum!(Side { Left = "left" });

fn fault<T: serde::de::DeserializeOwned + std::fmt::Debug>(text: &str) -> String {
    from_slice::<T>(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn what_stands_behind_an_unlisted_discriminator_is_kept_and_not_printed() {
    let text = r#"{"id":"Card","card_number":"4111111111111111"}"#;
    let method: Method = serde_json::from_str(text).unwrap();
    assert_eq!(format!("{method:?}"), "Unknown([undescribed object])");
    assert_eq!(serde_json::to_string(&method).unwrap(), text);
}

#[test]
fn properties_that_the_document_does_not_declare_are_printed_by_name_and_kind() {
    #[derive(Clone)]
    struct Payment {
        r#type: String,
        rest: BTreeMap<String, Json>,
    }
    crate::object!(Payment { r#type: required = "type", ..rest: undescribed });

    let mut payment: Payment = from_slice(br#"{"type":"card","pan":"4111"}"#).unwrap();
    let received = r#"Payment { type: "card", rest: {"pan": [undescribed string]} }"#;
    assert_eq!(format!("{payment:?}"), received);
    assert_eq!(format!("{:?}", payment.rest), r#"{"pan": [undescribed string]}"#);
    payment.rest.insert("cvc".to_owned(), Json::from("123"));
    assert!(!format!("{payment:?}").contains("123"), "{payment:?}");
    assert_eq!(serde_json::to_string(&payment).unwrap(), r#"{"type":"card","cvc":"123","pan":"4111"}"#);

    // Written by a generator that derived `Debug`; lists and parts of such values.
    let open: Open = from_slice(br#"{"list":[],"card":{"pan":"4111"}}"#).unwrap();
    assert!(!format!("{open:?} {:?}", open.rest["card"].at("/pan")).contains("4111"), "{open:?}");
}

#[test]
fn free_json_in_undeclared_properties_is_printed_by_kind_whatever_holds_it() {
    #[derive(Debug)]
    enum Further {
        Text(String),
        Free(crate::JsonObject),
        List(Several),
    }
    crate::union!(Further { Text: string, Free: object, List: array });

    #[derive(Debug)]
    struct Several(Vec<Json>);
    crate::nested!(Several { Vec<Json> });

    #[derive(Debug)]
    struct Payment {
        rest: BTreeMap<String, Further>,
    }
    crate::object!(Payment { ..rest });

    let payment: Payment = from_slice(br#"{"a":{"pan":"4111"},"b":["4111"],"c":"said"}"#).unwrap();
    let expected = r#"Payment { rest: {"a": Free({"pan": [undescribed string]}), "b": List(Several([[undescribed string]])), "c": Text("said")} }"#;
    assert_eq!(format!("{payment:?}"), expected);
}

#[test]
fn numbers_and_flags_are_tags_where_they_are_listed() {
    #[derive(Clone, Debug, PartialEq)]
    struct First {
        text: String,
    }
    crate::object!(First with "version" = 1 { text: required });
    #[derive(Clone, Debug, PartialEq)]
    enum Event {
        First(First),
        Unknown(crate::Json),
    }
    crate::union!(Event by "version" { First: "1", ..Unknown });

    let text = r#"{"version":1,"text":"a"}"#;
    let event: Event = from_slice(text.as_bytes()).unwrap();
    assert_eq!(event, Event::First(First { text: "a".into() }));
    assert_eq!(serde_json::to_string(&event).unwrap(), text);
    assert!(matches!(from_slice(br#"{"version":2}"#), Ok(Event::Unknown(_))));
    assert_eq!(fault::<Event>(r#"{"version":null}"#), "Event: the field `version` must be a string");
}

#[test]
fn what_is_read_is_written_again() {
    let texts = [
        r#"{"id":"","type":null}"#,
        r#"{"id":"\"\\ä","type":-5,"note":"","limit":null,"clear":null}"#,
        r#"{"id":"x","type":9,"limit":0.1,"clear":true,"next/one":{"id":"y","type":null}}"#,
    ];
    for text in texts {
        let payout: Payout = from_slice(text.as_bytes()).unwrap();
        assert_eq!(serde_json::to_string(&payout).unwrap(), text);
        assert_eq!(serde_json::from_str::<Payout>(text).unwrap(), payout);
        assert_eq!(serde_json::from_reader::<_, Payout>(text.as_bytes()).unwrap(), payout);
        let value = serde_json::to_value(&payout).unwrap();
        assert_eq!(value, serde_json::from_str::<serde_json::Value>(text).unwrap());
        assert_eq!(serde_json::from_value::<Payout>(value).unwrap(), payout);
    }
    let spaced = " {\n\"type\" : 1 ,\t\"other\":[{\"id\":\"}\"}], \"i\\u0064\" : \"\\u00e9\" } ";
    let read: Payout = from_slice(spaced.as_bytes()).unwrap();
    assert_eq!((read.id.as_str(), read.r#type), ("é", Some(1)));
}

#[test]
fn indented_text_is_indented_throughout() {
    let payout = Payout { next: Some(Box::default()), ..Payout::default() };
    let value = serde_json::to_value(&payout).unwrap();
    let text = serde_json::to_string_pretty(&payout).unwrap();
    assert_eq!(text.lines().count(), 8, "{text}");
    assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
}

#[test]
fn faults_name_the_place_and_no_value() {
    let cases = [
        ("[]", "invalid type: sequence, expected struct Payout"),
        ("\"4111\"", "invalid type: string, expected struct Payout"),
        ("{}", "missing field `id`"),
        (r#"{"id":"x"}"#, "missing field `type`"),
        (r#"{"id":4111}"#, "/id: invalid type: integer, expected a string"),
        (r#"{"id":"x","type":null,"note":null}"#, "/note: invalid type: null, expected a string"),
        (r#"{"id":"x","type":1.5}"#, "/type: invalid type: floating point, expected i64"),
        (r#"{"id":"x","type":1,"limit":1e999}"#, "/limit: number out of range"),
        (r#"{"id":"x","type":1,"next/one":{"id":[]}}"#, "/next~1one/id: invalid type: sequence, expected a string"),
        (r#"{"id":"x","id":"x"}"#, "duplicate field `id`"),
    ];
    for (text, expected) in cases {
        assert_eq!(fault::<Payout>(text), expected);
        assert_eq!(
            fault::<Vec<Payout>>(&format!("[{text}]")).trim_start_matches("/0").trim_start_matches(": "),
            expected
        );
    }
    assert!(from_slice::<Payout>(b"{\"id\":\"x\",\"type\":1").unwrap_err().malformed);
    assert_eq!(fault::<Strict>(r#"{"amount":1,"pin":4111}"#), "/pin: a secret value is not of its type");
    assert_eq!(fault::<Strict>(r#"{"amount":1}"#), "missing field `pin`");
    assert!(
        fault::<Strict>(r#"{"amount":1,"pin":"","x":1}"#)
            .contains("unknown field `x`, expected one of `amount`, `pin`")
    );
}

#[test]
fn no_digit_is_lost() {
    let text = r#"{"list":[12345678901234567.890,null,10.00],"a":{"b":1.10},"c":null}"#;
    let open: Open = from_slice(text.as_bytes()).unwrap();
    assert_eq!(open.list[0], Some(dec!(12345678901234567.89)));
    assert_eq!(serde_json::to_string(&open).unwrap(), text);
    let pretty = serde_json::to_string_pretty(&open).unwrap();
    assert!(pretty.contains("12345678901234567.890") && pretty.contains("10.00"), "{pretty}");
    assert_eq!(serde_json::from_str::<Open>(&pretty).unwrap(), open);
    assert_eq!(fault::<Open>(r#"{"list":[],"a":1,"a":2}"#), "a key stands twice in an object");
    let clash = Open { list: Vec::new(), rest: [("list".to_owned(), Json::null())].into() };
    assert!(serde_json::to_string(&clash).unwrap_err().to_string().contains("`list` is a property"));
}

#[cfg(feature = "server")]
#[test]
fn what_is_closed_to_servers_is_passed_over_by_clients() {
    #[derive(Debug, PartialEq)]
    struct Berth {
        pier: String,
    }

    crate::object!(Berth { pier: required } !server);

    #[derive(Debug, PartialEq)]
    struct Fleet {
        berths: Vec<Berth>,
    }

    crate::object!(Fleet { berths: required });

    let text = br#"{"berths":[{"pier":"A"},{"pier":"B","number":4}],"more":1}"#;
    assert_eq!(from_slice::<Fleet>(text).unwrap().berths.len(), 2);
    let fault = crate::decode::serving(|| from_slice::<Fleet>(text)).unwrap_err();
    assert_eq!((&*fault.pointer, &*fault.message), ("/berths/1/number", "unknown field `number`, expected `pier`"));
    assert!(from_slice::<Fleet>(text).is_ok());
}

#[derive(Debug, PartialEq)]
struct Counts {
    small: i32,
    wide: u64,
}

crate::object!(Counts { small: required, wide: required });

#[test]
fn whole_numbers_are_integers_however_they_are_written() {
    let read =
        |small: &str, wide: &str| from_slice::<Counts>(format!("{{\"small\":{small},\"wide\":{wide}}}").as_bytes());
    for (small, wide, expected) in [
        ("2.0", "1e3", Counts { small: 2, wide: 1000 }),
        ("-0", "18446744073709551615", Counts { small: 0, wide: u64::MAX }),
        ("-2147483648", "18446744073709551615.0", Counts { small: i32::MIN, wide: u64::MAX }),
    ] {
        assert_eq!(read(small, wide).unwrap(), expected);
    }
    for (small, wide) in [("2.5", "1"), ("2147483648", "1"), ("1", "-1"), ("1", "18446744073709551616"), ("\"1\"", "1")]
    {
        assert!(read(small, wide).is_err(), "{small} {wide}");
    }
    let largest = serde_json::to_string(&Counts { small: i32::MAX, wide: u64::MAX }).unwrap();
    assert_eq!(largest, r#"{"small":2147483647,"wide":18446744073709551615}"#);
}

#[test]
fn a_float_comes_back_as_it_was() {
    for text in ["0.1", "5e-324", "1.7976931348623157e308", "122.416294033786585", "9007199254740993"] {
        let read: Payout = from_slice(format!(r#"{{"id":"","type":null,"limit":{text}}}"#).as_bytes()).unwrap();
        assert_eq!(read.limit, Maybe::Value(text.parse().unwrap()));
    }
}

#[test]
fn absent_values_are_written_in_objects_only() {
    let list: &dyn super::Encode = &vec![Maybe::<String>::Absent];
    assert!(super::Writer::write(list).is_err());
}

#[test]
fn unions_are_told_apart() {
    let read = |text: &str| serde_json::from_str::<Method>(text).unwrap();
    assert!(matches!(read(r#"{"type":1,"id":"b"}"#), Method::Payout(_)));
    let other = r#"{"id":"wallet","amount":12345678901234567.890}"#;
    assert_eq!(read(other), Method::Unknown(Json::parse(other).unwrap()));
    assert_eq!(serde_json::to_string(&read(other)).unwrap(), other);
    assert_eq!(fault::<Method>(r#"{"id":5}"#), "Method: the field `id` must be a string");
    assert_eq!(
        fault::<Vec<Method>>(r#"[{"id":"c","list":["4111"]}]"#),
        "/0/list/0: invalid type: string, expected a decimal number"
    );
    assert_eq!(serde_json::from_str::<Shape>("[1,2]").unwrap(), Shape::List(vec![1, 2]));
    assert_eq!(
        fault::<Shape>(r#"{"id":4111}"#),
        "no variant of Shape fits: Payout: /id: invalid type: integer, expected a string; \
         Strict: unknown field `id`, expected one of `amount`, `pin`; array: expected an array, found an object; \
         string: expected a string, found an object"
            .replace("Strict: unknown", "Strict: /id: unknown")
    );
    assert_eq!(fault::<Shape>(r#"[1,"4111"]"#), "/1: invalid type: string, expected i32");
}

#[test]
fn enums_by_their_tables() {
    assert_eq!(serde_json::from_str::<Status>("\"done\"").unwrap(), Status::Done);
    let other: Status = "new".parse().unwrap();
    assert!(!other.is_known() && Side::Left.is_known());
    assert_eq!(serde_json::to_string(&other).unwrap(), "\"new\"");
    assert!("right".parse::<Side>().is_err());
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Flattened {
    before: u8,
    #[serde(flatten)]
    payout: Payout,
    #[serde(flatten)]
    rest: BTreeMap<String, i64>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Number(u8),
    Payout(Payout),
    Strict(Strict),
}

/// Formats that are not JSON, and the buffers of serde.
#[test]
fn other_formats_and_buffers_hold_what_has_no_exact_numbers() {
    let text = r#"{"before":1,"id":"x","type":2,"limit":0.5,"more":3}"#;
    let flattened: Flattened = serde_json::from_str(text).unwrap();
    assert_eq!(flattened.payout.limit, Maybe::Value(0.5));
    assert_eq!(flattened.rest, [("more".to_owned(), 3)].into());
    assert_eq!(serde_json::to_string(&flattened).unwrap(), text);

    let read: Untagged = serde_json::from_str(r#"{"id":"x","type":null,"next/one":{"id":"","type":1}}"#).unwrap();
    assert!(matches!(read, Untagged::Payout(_)));
    assert!(serde_json::from_str::<Untagged>(r#"{"amount":1,"pin":""}"#).is_err(), "digits may be lost");
    assert!(serde_json::from_str::<Untagged>(r#"{"id":"x","type":1,"id":"y"}"#).is_err(), "twice");
}

#[test]
fn objects_of_many_properties() {
    macro_rules! many {
        ($($field:ident)+) => {
            #[derive(Debug, Default, PartialEq)]
            struct Many { $($field: Option<i64>),+ }
            crate::object!(Many { $($field: optional),+ });
        };
    }
    many!(a b c d e f g h i j k l m n o p q r s t u v w x y z);
    let many: Many = from_slice(br#"{"z":26,"a":1,"y":25,"q":17}"#).unwrap();
    assert_eq!(serde_json::to_string(&many).unwrap(), r#"{"a":1,"q":17,"y":25,"z":26}"#);
    assert_eq!(fault::<Many>(r#"{"z":26,"z":1}"#), "duplicate field `z`");
}

#[test]
fn deep_and_odd_texts_are_refused() {
    let deep = format!("{}1{}", r#"{"next/one":"#.repeat(200), "}".repeat(200));
    assert!(fault::<Payout>(&deep).contains("128"));
    let deep = format!(r#"{{"id":"x","type":{}1{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert!(from_slice::<Payout>(deep.as_bytes()).is_err());
    assert!(from_slice::<Payout>(br#"{"id":"\ud800","type":1}"#).is_err());
    assert_eq!(from_slice::<JsonObject>(b"{}").unwrap().len(), 0);
}

#[test]
fn no_tag_leads_to_a_branch_without_a_name() {
    let read = |text: &str| crate::decode::from_slice::<Partly>(text.as_bytes());
    assert!(matches!(read(r#"{"id":"c","list":[]}"#), Ok(Partly::Open(_))));
    assert!(read(r#"{"id":"d"}"#).is_err() && read(r#""c""#).is_err());
    assert_eq!(serde_json::to_string(&Partly::Text("a".into())).unwrap(), r#""a""#);
}

/// Takes whatever comes, read or not.
#[derive(Debug, PartialEq)]
struct Careless(bool);

impl super::Decode for Careless {
    fn decode(value: super::Value<'_>) -> Result<Self, super::Fault> {
        Ok(Self(Payout::decode(value).is_ok()))
    }
}

#[test]
fn what_is_not_read_to_its_end_is_passed_over() {
    let text = r#"[{"id":[1,{"x":[]},2],"type":1},{"id":"","type":1,"next/one":{"id":""}},{"id":"","type":1},5]"#;
    let expected = [false, false, true, false].map(Careless);
    assert_eq!(from_slice::<Json>(text.as_bytes()).unwrap().as_str(), text);
    assert_eq!(read_whole::<Vec<Careless>>(text).unwrap(), expected);
    for broken in [r#"[{"id":[1,],"type":1}]"#, r#"[{"id":5]"#, "[5 5]", "[01]", "[5,]", "[", "[]]", "", "[nul]"] {
        assert!(read_whole::<Vec<Careless>>(broken).is_err(), "{broken}");
    }
    assert!(read_whole::<Option<Careless>>("nulx").is_err());
}

/// Reads a text that nobody has looked at before.
fn read_whole<T: super::Decode>(text: &str) -> Result<T, super::Fault> {
    super::value::Reader::new(text, true).unwrap().whole(T::decode)
}

#[cfg(feature = "server")]
#[test]
fn servers_fill_in_defaults_and_clients_do_not() {
    #[derive(Debug, Default, PartialEq)]
    struct Berth {
        depth: Option<i32>,
        pier: Maybe<String>,
        night: Patch<bool>,
        wrong: Option<i32>,
    }

    crate::object!(Berth {
        depth: optional or "5", pier: maybe = "pierName" or "\"A\"", night: patch or "true", wrong: optional or "\"x\"",
    });

    let served = |text: &[u8]| crate::decode::serving(|| from_slice::<Berth>(text)).unwrap();
    let filled = served(b"{}");
    assert_eq!((filled.depth, filled.pier, filled.night), (Some(5), Maybe::Value("A".into()), Patch::Set(true)));
    assert_eq!(filled.wrong, None);
    let sent = served(br#"{"depth":1,"pierName":null,"night":false}"#);
    assert_eq!((sent.depth, sent.pier, sent.night), (Some(1), Maybe::Null, Patch::Set(false)));
    assert_eq!(from_slice::<Berth>(b"{}").unwrap(), Berth::default());
}
