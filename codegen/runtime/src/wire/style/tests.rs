//! Each style written and read, and what others send.

use proptest::prelude::*;

use super::*;

fn text(value: &str) -> ParameterTree {
    ParameterTree::Text(value.to_owned())
}

fn list(items: &[&str]) -> ParameterTree {
    ParameterTree::List(items.iter().map(|item| text(item)).collect())
}

fn object(members: &[(&str, &str)]) -> ParameterTree {
    ParameterTree::Object(members.iter().map(|(name, value)| ((*name).to_owned(), text(value))).collect())
}

/// Reads what stands in the place of a parameter.
fn read_from(spec: &ParameterSpec, written: &str) -> Result<Option<ParameterTree>, Cow<'static, str>> {
    let raw = match spec.location {
        ParameterLocation::Path => Raw::Path(vec![written]),
        ParameterLocation::Query | ParameterLocation::QueryString => Raw::Query(written),
        ParameterLocation::Header => Raw::Header(vec![written]),
        ParameterLocation::Cookie => {
            Raw::Cookies(written.split("; ").filter_map(|pair| pair.split_once('=')).collect())
        }
    };
    read(spec, &raw, &|name| name == "page")
}

const RGB: &[&str] = &["R", "G"];

/// The examples of OpenAPI (3.2.0, Style Examples) for a text, a list and an object.
#[test]
fn styles_are_written_as_openapi_shows_them_and_read_back() {
    let path = ParameterSpec::path("color");
    let query = ParameterSpec::query("color");
    let header = ParameterSpec::header("color");
    let cookie = ParameterSpec::cookie("color");
    let rows: &[(ParameterSpec, Style, bool, [Option<&str>; 3])] = &[
        (path, Style::Matrix, false, [Some(";color=blue"), Some(";color=blue,black"), Some(";color=R,100,G,200")]),
        (path, Style::Matrix, true, [Some(";color=blue"), Some(";color=blue;color=black"), Some(";R=100;G=200")]),
        (path, Style::Label, false, [Some(".blue"), Some(".blue,black"), Some(".R,100,G,200")]),
        (path, Style::Label, true, [Some(".blue"), Some(".blue.black"), Some(".R=100.G=200")]),
        (path, Style::Simple, false, [Some("blue"), Some("blue,black"), Some("R,100,G,200")]),
        (path, Style::Simple, true, [Some("blue"), Some("blue,black"), Some("R=100,G=200")]),
        (header, Style::Simple, false, [Some("blue"), Some("blue,black"), Some("R,100,G,200")]),
        (header, Style::Simple, true, [Some("blue"), Some("blue,black"), Some("R=100,G=200")]),
        (query, Style::Form, false, [Some("color=blue"), Some("color=blue,black"), Some("color=R,100,G,200")]),
        (query, Style::Form, true, [Some("color=blue"), Some("color=blue&color=black"), Some("R=100&G=200")]),
        (query, Style::SpaceDelimited, false, [None, Some("color=blue%20black"), Some("color=R%20100%20G%20200")]),
        (query, Style::PipeDelimited, false, [None, Some("color=blue%7Cblack"), Some("color=R%7C100%7CG%7C200")]),
        (
            query,
            Style::DeepObject,
            true,
            [None, Some("color%5B%5D=blue&color%5B%5D=black"), Some("color%5BR%5D=100&color%5BG%5D=200")],
        ),
        (cookie, Style::Form, false, [Some("color=blue"), Some("color=blue,black"), Some("color=R,100,G,200")]),
        (cookie, Style::Cookie, true, [Some("color=blue"), Some("color=blue; color=black"), Some("R=100; G=200")]),
    ];
    for (spec, style, explode, expected) in rows {
        let values = [text("blue"), list(&["blue", "black"]), object(&[("R", "100"), ("G", "200")])];
        let specs = [*spec, spec.list(), spec.object(RGB)];
        for ((value, spec), expected) in values.iter().zip(specs).zip(expected) {
            let (spec, Some(expected)) = (spec.style(*style, *explode), expected) else { continue };
            assert_eq!(write(&spec, value), Ok((*expected).to_owned()), "{spec:?}");
            assert!(read_from(&spec, expected) == Ok(Some(value.clone())), "{spec:?}");
        }
    }
}

#[test]
fn nothing_is_sent_of_what_holds_nothing() {
    let query = ParameterSpec::query("q");
    for (spec, value) in [(query.list(), list(&[])), (query.object(RGB), object(&[]))] {
        for (style, explode) in [(Style::Form, true), (Style::Form, false), (Style::DeepObject, true)] {
            assert_eq!(write(&spec.style(style, explode), &value).as_deref(), Ok(""));
        }
        let required = spec.style(Style::Form, false).required();
        assert_eq!(write(&required, &value).as_deref(), Ok("q="));
        assert!(read_from(&required, "q=") == Ok(Some(value)));
    }
    assert!(read_from(&query.list(), "") == Ok(None));
    assert!(read_from(&query.object(RGB), "B=1") == Ok(None));
}

#[test]
fn delimiters_inside_of_items_are_encoded_or_refused() {
    let query = ParameterSpec::query("q").list();
    assert_eq!(write(&query.style(Style::Form, false), &list(&["a,b", "c"])).as_deref(), Ok("q=a%2Cb,c"));
    for (spec, item) in [
        (query.style(Style::SpaceDelimited, false), "a b"),
        (query.style(Style::PipeDelimited, false), "a|b"),
        (ParameterSpec::path("p").list().style(Style::Label, true), "a.b"),
        (ParameterSpec::header("h").list(), "a,b"),
        (ParameterSpec::cookie("c").list().style(Style::Form, false), "a,b"),
    ] {
        assert!(write(&spec, &list(&[item, "c"])).is_err(), "{spec:?}");
    }
    assert!(
        write(&ParameterSpec::header("h").object(&[]).style(Style::Simple, true), &object(&[("a=", "b")])).is_err()
    );
    let nested = ParameterTree::List(vec![list(&["a"])]);
    assert!(write(&query, &nested).is_err());
}

#[test]
fn other_spellings_of_a_delimiter_are_read() {
    let query = ParameterSpec::query("q").list();
    for (style, raw) in [
        (Style::SpaceDelimited, "q=a+b"),
        (Style::SpaceDelimited, "q=a%20b"),
        (Style::PipeDelimited, "q=a|b"),
        (Style::PipeDelimited, "q=a%7cb"),
        (Style::DeepObject, "q=a&q=b"),
        (Style::DeepObject, "q%5B%5D=a&q%5b%5d=b"),
    ] {
        assert!(read_from(&query.style(style, false), raw) == Ok(Some(list(&["a", "b"]))), "{raw}");
    }
    let header = ParameterSpec::header("h").list();
    let lines = Raw::Header(vec!["a, b", "", "c"]);
    assert!(read(&header, &lines, &|_| false) == Ok(Some(list(&["a", "b", "c"]))));
}

#[test]
fn deep_objects_nest() {
    let spec = ParameterSpec::query("f").open_object(&[]).style(Style::DeepObject, true);
    let rows = ParameterTree::List(vec![object(&[("id", "1")]), object(&[("id", "2")])]);
    let value = ParameterTree::Object(vec![
        ("a".to_owned(), object(&[("b c", "&=")])),
        ("tags".to_owned(), list(&["x", "y"])),
        ("rows".to_owned(), rows),
    ]);
    let written = write(&spec, &value).unwrap();
    assert_eq!(
        written,
        "f%5Ba%5D%5Bb%20c%5D=%26%3D&f%5Btags%5D%5B%5D=x&f%5Btags%5D%5B%5D=y&f%5Brows%5D%5B0%5D%5Bid%5D=1&f%5Brows%5D%5B1%5D%5Bid%5D=2"
    );
    let Ok(Some(ParameterTree::Object(members))) = read_from(&spec, &written) else { panic!("not an object") };
    let indexed =
        ParameterTree::Object(vec![("0".to_owned(), object(&[("id", "1")])), ("1".to_owned(), object(&[("id", "2")]))]);
    assert!(members[2].1 == indexed && members[1].1 == list(&["x", "y"]));
    for raw in ["f[a=1", "f[a]b=1", "f[[a]]=1", "f[a]=1&f[a][b]=2", "f[a][][b]=1", "f]=1&f[]]=2"] {
        assert!(read_from(&spec, raw).is_err(), "{raw}");
    }
    assert!(read_from(&spec, &format!("f{}=1", "[a]".repeat(33))).is_err());
    assert!(read_from(&spec, "foo[a]=1&ff=2") == Ok(None));
    assert!(write(&spec, &object(&[("a]", "1")])).is_err());
}

#[test]
fn an_open_object_takes_what_nobody_claims() {
    let spec = ParameterSpec::query("where").open_object(&[]);
    let read = read_from(&spec, "port=HEL&page=2&eta%3Alte=2025-01-01");
    assert!(read == Ok(Some(object(&[("port", "HEL"), ("eta:lte", "2025-01-01")]))));
    assert_eq!(write(&spec, &object(&[("eta:lte", "2025-01-01")])).unwrap(), "eta%3Alte=2025-01-01");
    let several = read_from(&spec, "a=1&a=2");
    assert!(several == Ok(Some(ParameterTree::Object(vec![("a".to_owned(), list(&["1", "2"]))]))));
    let whole = ParameterSpec::query_string("all").open_object(&[]);
    let left = read_from(&whole, "port=HEL&page=2");
    assert!(
        left == Ok(Some(object(&[("port", "HEL")]))),
        "a credential beside the whole query is none of its properties"
    );
    assert!(read_from(&whole, "") == Ok(None));
}

#[test]
fn one_of_several_is_what_it_looks_like() {
    let spec = ParameterSpec::query("q").any();
    assert!(read_from(&spec, "q=a") == Ok(Some(text("a"))));
    assert!(read_from(&spec, "q=a&q=b") == Ok(Some(list(&["a", "b"]))));
    let deep = spec.style(Style::DeepObject, true);
    assert!(read_from(&deep, "q=5") == Ok(Some(text("5"))));
    assert!(read_from(&deep, "q[gte]=5") == Ok(Some(object(&[("gte", "5")]))));
}

#[test]
fn reserved_characters_stay_where_the_document_lets_them() {
    let spec = ParameterSpec::query("q").allow_reserved();
    let value = text("https://a.b/c?d=e,f&g#h+i[j]%25 k");
    let written = write(&spec, &value).unwrap();
    assert_eq!(written, "q=https://a.b/c?d=e,f%26g%23h%2Bi%5Bj%5D%2525%20k");
    assert!(read_from(&spec, &written) == Ok(Some(value)));
}

#[test]
fn what_is_not_in_the_style_is_refused() {
    let path = ParameterSpec::path("p");
    let query = ParameterSpec::query("q");
    for (spec, raw) in [
        (path.style(Style::Label, false), "blue"),
        (path.style(Style::Matrix, false), "p=blue"),
        (path.style(Style::Matrix, false), ";other=blue"),
        (path.style(Style::Matrix, false), ";p=a;p=b"),
        (path.list().style(Style::Matrix, true), ";p=a;x=b"),
        (path.object(RGB).style(Style::Simple, false), "R,100,G"),
        (path.object(RGB).style(Style::Simple, true), "R=100,G"),
        (path.object(RGB).style(Style::Simple, true), "R=1,R=2"),
        (query, "q=a&q=b"),
        (query.list().style(Style::Form, false), "q=a&q=b"),
        (query, "q=%ff"),
        (query.object(RGB), "R=%zz"),
        (query.style(Style::DeepObject, true), "q[a]=%ff"),
    ] {
        assert!(read_from(&spec, raw).is_err(), "{spec:?} {raw}");
    }
    for raw in [".", "..", "%2e%2E", "%00", "a%2Fb", "a%5Cb", "a,..,b", "%C2%85"] {
        assert!(read_from(&path.list(), raw).is_err(), "{raw}");
        assert!(read_from(&path.list().any_path(), raw).is_ok(), "{raw}");
    }
    let twice = |left, right| read(&path, &Raw::Path(vec![left, right]), &|_| false);
    assert!(twice("a%20b", "a%20b").is_ok() && twice("%61", "a").is_ok() && twice("a", "b").is_err());
}

/// The styles of each place, exploded and not.
fn styles() -> impl Strategy<Value = ParameterSpec> {
    let path = ParameterSpec::path("p").any_path();
    let query = ParameterSpec::query("q[x]");
    let (header, cookie) = (ParameterSpec::header("h"), ParameterSpec::cookie("c"));
    let of = prop_oneof![
        Just((path, Style::Simple)),
        Just((path, Style::Label)),
        Just((path, Style::Matrix)),
        Just((query, Style::Form)),
        Just((query.allow_reserved(), Style::Form)),
        Just((query, Style::SpaceDelimited)),
        Just((query, Style::PipeDelimited)),
        Just((query, Style::DeepObject)),
        Just((header, Style::Simple)),
        Just((cookie, Style::Form)),
        Just((cookie, Style::Cookie)),
    ];
    (of, any::<bool>()).prop_map(|((spec, style), explode)| spec.style(style, explode))
}

const TEXT: &str = "[a1.,;=| %+&é\\[\\]/~\"]{0,4}|\\PC{0,6}";

proptest! {
    #[test]
    fn a_text_is_read_back_or_refused(spec in styles(), value in TEXT) {
        if let Ok(written) = write(&spec, &text(&value)) {
            prop_assert!(read_from(&spec, &written) == Ok(Some(text(&value))), "{spec:?} {written}");
        }
    }

    #[test]
    fn a_list_is_read_back_or_refused(spec in styles(), items in proptest::collection::vec(TEXT, 1..4)) {
        let (spec, value) = (spec.list(), ParameterTree::List(items.iter().map(|item| text(item)).collect()));
        if let Ok(written) = write(&spec, &value) {
            prop_assert!(read_from(&spec, &written) == Ok(Some(value)), "{spec:?} {written}");
        }
    }

    #[test]
    fn an_object_is_read_back_or_refused(
        spec in styles(),
        members in proptest::collection::btree_map("[a-z.,;= é]{1,4}", TEXT, 1..4),
    ) {
        let names: Vec<&'static str> = members.keys().map(|name| &*name.clone().leak()).collect();
        let spec = spec.object(names.leak());
        let value = ParameterTree::Object(members.into_iter().map(|(name, value)| (name, text(&value))).collect());
        if let Ok(written) = write(&spec, &value) {
            prop_assert!(read_from(&spec, &written) == Ok(Some(value)), "{spec:?} {written}");
        }
    }

    #[test]
    fn no_input_is_too_odd(spec in styles(), raw in "[qphcx\\[\\]=&;.,%|0-9a-f+ ]{0,40}|\\PC{0,40}") {
        for spec in [spec, spec.list(), spec.object(RGB), spec.open_object(RGB), spec.any()] {
            let _ = read_from(&spec, &raw);
        }
    }
}
