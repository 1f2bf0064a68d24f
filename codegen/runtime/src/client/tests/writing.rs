//! Requests go out as they were written, or not at all.

use proptest::prelude::*;
use url::Url;

use super::fixtures::{Written, client};
use crate::client::{BuildError, BuildSubject, Call, Error, RequestWriter, Scripted, Sent, Simulated};
use crate::operation::{EnvelopeLevel, Method, OperationSpec, ParameterSpec, SchemeKind, SchemeSpec, Style};
use crate::secret::Secret;
use crate::wire::path_segment::Segment;

/// Sends what the closure writes, after the path parameter that the operation needs.
fn send<F>(write: F) -> Result<Sent, BuildError>
where
    F: Fn(&mut RequestWriter) -> Result<(), BuildError> + Send + Sync + 'static,
{
    let script = Scripted::new().respond(200, "");
    let client = client(&script, &Simulated::new(1));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    match runtime.block_on(async { Call::new(&client, Written(write)).await }) {
        Ok(()) => Ok(script.sent().remove(0)),
        Err(Error::Build(error)) => {
            assert!(script.sent().is_empty());
            Err(error)
        }
        Err(error) => panic!("{error}"),
    }
}

/// The path that is written of a template.
fn send_to(
    path: &'static str,
    write: impl FnOnce(&mut RequestWriter) -> Result<(), BuildError>,
) -> Result<String, BuildError> {
    let spec: &'static OperationSpec = Box::leak(Box::new(OperationSpec::new("written", Method::GET, path)));
    let mut request = RequestWriter::new(spec, &[]);
    write(&mut request)?;
    Ok(request.finish()?.path)
}

/// Writes a part of a request.
type Write = fn(&mut RequestWriter) -> Result<(), BuildError>;

fn with_p(write: Write) -> Result<Sent, BuildError> {
    send(move |request| {
        request.parameter_of(&ParameterSpec::path("p"), &1)?;
        write(request)
    })
}

fn path_of(value: &str) -> Result<Sent, BuildError> {
    let value = value.to_owned();
    send(move |request| request.parameter_of(&ParameterSpec::path("p"), &value))
}

/// Free texts by their names.
fn free(members: &[(&str, &str)]) -> std::collections::BTreeMap<String, String> {
    members.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn a_key_of_an_open_object_does_not_take_the_name_of_another_parameter_or_of_a_credential() {
    const OPEN: ParameterSpec = ParameterSpec::query("where").open_object(&["own"]);
    const DEEP: ParameterSpec = ParameterSpec::query("filter").open_object(&[]).style(Style::DeepObject, true);
    const ANY: ParameterSpec = ParameterSpec::query("what").any();
    const COOKIES: ParameterSpec = ParameterSpec::cookie("all").open_object(&[]);
    const SPEC: &OperationSpec = &OperationSpec::new("list", Method::GET, "/").parameters(&[
        OPEN,
        DEEP,
        ANY,
        COOKIES,
        ParameterSpec::query("limit"),
        ParameterSpec::query("filter[from]"),
        ParameterSpec::cookie("session"),
    ]);
    const SCHEMES: &[SchemeSpec] = &[
        SchemeSpec { key: "query", kind: SchemeKind::ApiKeyQuery("key") },
        SchemeSpec { key: "cookie", kind: SchemeKind::ApiKeyCookie("token") },
    ];
    let write = |spec: &ParameterSpec, key: &str| {
        let written = RequestWriter::new(SPEC, SCHEMES).parameter_of(spec, &free(&[("a", "1"), (key, "2")]));
        written.map_err(|error| (error.subject(), error.name().to_owned()))
    };
    for key in ["own", "b", "where", "session", "token"] {
        assert_eq!(write(&OPEN, key), Ok(()), "{key}");
    }
    for (spec, key, place, name) in [
        (&OPEN, "limit", BuildSubject::Query, "limit"),
        (&OPEN, "key", BuildSubject::Query, "key"),
        (&OPEN, "filter[x]", BuildSubject::Query, "filter[x]"),
        (&ANY, "limit", BuildSubject::Query, "limit"),
        (&ANY, "own", BuildSubject::Query, "own"),
        (&DEEP, "from", BuildSubject::Query, "filter[from]"),
        (&COOKIES, "session", BuildSubject::Cookie, "session"),
        (&COOKIES, "token", BuildSubject::Cookie, "token"),
    ] {
        assert_eq!(write(spec, key), Err((place, name.to_owned())), "{} {key}", spec.name);
    }
    assert_eq!(write(&DEEP, "limit"), Ok(()));
    let whole = ParameterSpec::query_string("all").open_object(&[]);
    assert_eq!(write(&whole, "key"), Err((BuildSubject::Query, "key".to_owned())));
}

/// A list in the query, each item a parameter of its own.
const fn ids() -> ParameterSpec {
    ParameterSpec::query("ids").list()
}

fn query_of(value: &str) -> Result<Sent, BuildError> {
    let value = value.to_owned();
    send(move |request| {
        request.parameter_of(&ParameterSpec::path("p"), &1)?;
        request.parameter_of(&ParameterSpec::query("filter[reference_id]"), &value)?;
        request.parameter_of(&ParameterSpec::query("page[size]"), &Some(50))?;
        request.parameter_of(&ParameterSpec::query("page[number]"), &None::<u32>)
    })
}

/// What a receiver sees: the path's segments and the query's pairs, after a URL parser that must not have changed anything.
fn received(sent: &Sent) -> (Vec<String>, Vec<(String, String)>) {
    let text = sent.uri.to_string();
    let url = Url::parse(&text).unwrap();
    assert_eq!(url.as_str(), text, "a URL parser changes what was written");
    let decode = |segment| percent_encoding::percent_decode_str(segment).decode_utf8().unwrap().into_owned();
    (url.path_segments().unwrap().map(decode).collect(), url.query_pairs().into_owned().collect())
}

#[test]
fn names_keep_their_brackets_and_values_are_encoded() {
    let sent = query_of("a b+c&d=e%2F#ü/[]").unwrap();
    assert_eq!(sent.target(), "/v1/a/1/b?filter[reference_id]=a%20b%2Bc%26d%3De%252F%23%C3%BC%2F%5B%5D&page[size]=50");
}

#[test]
fn segments_that_would_change_the_path_are_refused() {
    for value in ["", ".", ".."] {
        let error = path_of(value).unwrap_err();
        assert_eq!((error.subject(), error.name()), (BuildSubject::Path, "p"));
    }
    for (value, target) in [
        ("...", "/v1/a/.../b"),
        ("%2e%2e", "/v1/a/%252e%252e/b"),
        ("a/../b", "/v1/a/a%2F..%2Fb/b"),
        ("a\\b?c#d;e", "/v1/a/a%5Cb%3Fc%23d%3Be/b"),
        ("\t\n", "/v1/a/%09%0A/b"),
    ] {
        assert_eq!(path_of(value).unwrap().target(), target);
    }
}

proptest! {
    #[test]
    fn any_text_arrives_in_a_path_or_is_refused(value in any::<String>()) {
        match path_of(&value) {
            Ok(sent) => prop_assert_eq!(received(&sent).0, ["v1", "a", &*value, "b"]),
            Err(_) => prop_assert!(matches!(&*value, "" | "." | "..")),
        }
    }

    #[test]
    fn any_text_arrives_in_a_query(value in any::<String>()) {
        let (_, pairs) = received(&query_of(&value).unwrap());
        let expected = [("filter[reference_id]".to_owned(), value), ("page[size]".to_owned(), "50".to_owned())];
        prop_assert_eq!(pairs, expected);
    }

    #[test]
    fn any_text_arrives_in_a_header_or_is_refused(value in any::<String>()) {
        let text = value.clone();
        let sent = send(move |request| {
            request.parameter_of(&ParameterSpec::path("p"), &1)?;
            request.parameter_of(&ParameterSpec::header("organization-id"), &text)
        });
        match sent {
            Ok(sent) => prop_assert_eq!(sent.header("organization-id"), Some(&*value)),
            Err(error) => {
                prop_assert_eq!(error.subject(), BuildSubject::Header);
                let visible = value.bytes().all(|byte| matches!(byte, b' '..=b'~'));
                prop_assert!(!visible || value.starts_with(' ') || value.ends_with(' '));
            }
        }
    }

    #[test]
    fn any_text_arrives_in_a_cookie_or_is_refused(value in any::<String>()) {
        let text = value.clone();
        let sent = send(move |request| {
            request.parameter_of(&ParameterSpec::path("p"), &1)?;
            request.parameter_of(&ParameterSpec::cookie("a"), &Some("1".to_owned()))?;
            request.parameter_of(&ParameterSpec::cookie("session"), &text)
        });
        match sent {
            Ok(sent) => {
                let expected = format!("a=1; session={value}");
                prop_assert_eq!(sent.header("cookie"), Some(&*expected));
                prop_assert!(!value.contains([';', ',', ' ', '"', '\\']));
            }
            Err(error) => prop_assert_eq!(error.subject(), BuildSubject::Cookie),
        }
    }

    #[test]
    fn any_list_arrives_or_is_refused(items in proptest::collection::vec("[a,| %+é]{0,3}", 0..4)) {
        for (style, separator) in [(Style::Form, ","), (Style::SpaceDelimited, "%20"), (Style::PipeDelimited, "%7C")] {
            let list = items.clone();
            let sent = send(move |request| {
                request.parameter_of(&ParameterSpec::path("p"), &1)?;
                request.parameter_of(&ids().style(style, false).required(), &list)
            });
            let Ok(sent) = sent else { continue };
            let raw = sent.target().split_once("?ids=").unwrap().1.to_owned();
            let decode = |item: &str| percent_encoding::percent_decode_str(item).decode_utf8().unwrap().into_owned();
            let read: Vec<String> = if raw.is_empty() { Vec::new() } else { raw.split(separator).map(decode).collect() };
            prop_assert_eq!(&read, &items);
        }
        let list = items.clone();
        let sent = send(move |request| {
            request.parameter_of(&ParameterSpec::path("p"), &1)?;
            request.parameter_of(&ids(), &Some(list.clone()))
        });
        let read: Vec<_> = received(&sent.unwrap()).1.into_iter().map(|(_, value)| value).collect();
        prop_assert_eq!(read, items);
    }
}

#[test]
fn lists_have_the_separator_of_their_style() {
    let sent = with_p(|request| {
        let ids = vec!["a,b".to_owned(), "c".to_owned()];
        request.parameter_of(&ParameterSpec::query("x").list().style(Style::Form, false), &ids)?;
        request.parameter_of(&ParameterSpec::query("y").list().style(Style::SpaceDelimited, false), &ids)?;
        request.parameter_of(&ParameterSpec::query("z").list().style(Style::PipeDelimited, false), &ids)?;
        request.parameter_of(&ParameterSpec::query("w").list(), &Some(ids))?;
        request.parameter_of(&ParameterSpec::query("v").list(), &None::<Vec<String>>)?;
        request.parameter_of(&ParameterSpec::query("e").list().style(Style::Form, false), &Vec::<i64>::new())?;
        request.parameter_of(&ParameterSpec::header("none").list(), &Vec::<i64>::new())?;
        request.parameter_of(&ParameterSpec::header("n").list(), &vec![1, 2])
    })
    .unwrap();
    assert_eq!(sent.target(), "/v1/a/1/b?x=a%2Cb,c&y=a%2Cb%20c&z=a%2Cb%7Cc&w=a%2Cb&w=c");
    assert_eq!((sent.header("n"), sent.header("none")), (Some("1,2"), None));
    let list =
        send(|request| request.parameter_of(&ParameterSpec::path("p").list(), &vec!["a".to_owned(), "b,c".to_owned()]));
    assert_eq!(list.unwrap().target(), "/v1/a/a,b%2Cc/b");
    for items in [&[][..], &["."], &[".."], &[""]] {
        let items: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
        assert!(send(move |request| request.parameter_of(&ParameterSpec::path("p").list(), &items)).is_err());
    }
    assert!(
        with_p(|request| request.parameter_of(&ParameterSpec::header("n").list(), &vec!["a,b".to_owned()])).is_err()
    );
}

/// Fills a segment with two parameters.
fn fill(a: &str, b: &str) -> Result<String, BuildError> {
    send_to("/ranges/{a}..{b}.json", |request| {
        request.parameter_of(&ParameterSpec::path("a"), &a.to_owned())?;
        request.parameter_of(&ParameterSpec::path("b"), &b.to_owned())
    })
}

proptest! {
    #[test]
    fn values_of_one_segment_are_read_back_or_refused(a in "[a.:]{1,4}", b in "[a.:]{1,4}") {
        let Segment::Pattern(pattern, _) = Segment::of("{a}..{b}.json") else { panic!("a pattern") };
        if let Ok(path) = fill(&a, &b) {
            let mut read = Vec::new();
            prop_assert!(pattern.read(path.trim_start_matches("/ranges/"), &mut read));
            prop_assert_eq!(read, [a.replace(':', "%3A"), b.replace(':', "%3A")]);
        } else {
            prop_assert!(a.contains("..") || a.ends_with('.') || b.starts_with('.'));
        }
    }
}

#[test]
fn values_of_one_segment_are_told_apart_or_refused() {
    assert_eq!(fill("1", "2").unwrap(), "/ranges/1..2.json");
    assert_eq!(fill("1.5", "2.json").unwrap(), "/ranges/1.5..2.json.json");
    for (a, b) in [("1..2", "3"), ("1.", "2")] {
        assert_eq!(fill(a, b).unwrap_err().name(), "a", "{a} {b}");
    }
    let twice = send_to("/realms/{r}/clients/{r}:cancel", |request| {
        request.parameter_of(&ParameterSpec::path("r"), &"c/1 :".to_owned())
    });
    assert_eq!(twice.unwrap(), "/realms/c%2F1%20%3A/clients/c%2F1%20%3A:cancel");
}

#[test]
fn json_travels_as_text_and_required_values_are_missed() {
    let sent = with_p(|request| {
        let value = std::collections::BTreeMap::from([("ключ".to_owned(), vec![1])]);
        request.parameter_of(&ParameterSpec::query("q").json(), &value)?;
        request.parameter_of(&ParameterSpec::header("h").json(), &value)?;
        request.parameter_of(&ParameterSpec::cookie("c").json(), &"a".to_owned())?;
        request.parameter_of(&ParameterSpec::query("none").json(), &None::<String>)
    })
    .unwrap();
    assert_eq!(sent.target(), "/v1/a/1/b?q=%7B%22%D0%BA%D0%BB%D1%8E%D1%87%22%3A%5B1%5D%7D");
    assert_eq!(sent.header("h"), Some(r#"{"\u043a\u043b\u044e\u0447":[1]}"#));
    assert_eq!(sent.header("cookie"), Some("c=%22a%22"));
    let missing = with_p(|request| request.parameter_of(&ParameterSpec::query("q").required(), &None::<String>));
    assert_eq!(missing.unwrap_err().to_string(), "query parameter `q`: is required");
    assert!(with_p(|request| request.parameter(0, &1)).is_err());
}

#[test]
fn headers_that_frame_the_message_are_no_parameters() {
    for name in ["Content-Length", "host", "Transfer-Encoding", "connection"] {
        let write = move |request: &mut RequestWriter| {
            request.parameter_of(&ParameterSpec::path("p"), &1)?;
            request.parameter_of(&ParameterSpec::header(name), &1)
        };
        assert!(send(write).is_err(), "{name}");
    }
    assert!(with_p(|request| request.parameter_of(&ParameterSpec::header("not a name"), &1)).is_err());
}

#[test]
fn what_is_too_long_for_a_url_is_refused() {
    assert_eq!(query_of(&"x".repeat(70_000)).unwrap_err().subject(), BuildSubject::Request);
}

#[test]
fn parameters_that_were_not_written_are_missed() {
    let error = send(|_| Ok(())).unwrap_err();
    assert_eq!(error.to_string(), "path parameter `p`: was not written");
}

#[test]
fn header_parameters_may_hold_secrets() {
    let sent =
        with_p(|request| request.parameter_of(&ParameterSpec::header("x-token"), &Secret::from("s3cr3t"))).unwrap();
    assert!(sent.headers["x-token"].is_sensitive());
}

#[test]
fn bodies_are_of_their_declared_form() {
    const ENVELOPE: &[EnvelopeLevel] = &[EnvelopeLevel::new("params", &[("version", "2")])];
    let written = |write| {
        let sent = with_p(write).unwrap();
        (sent.header("content-type").unwrap_or_default().to_owned(), sent.text().to_owned())
    };
    let cases: [(Write, &str, &str); 7] = [
        (|request| request.json("x"), "application/json", "\"x\""),
        (
            |request| request.json_object(ENVELOPE, |body| body.required("a", &1)),
            "application/json",
            r#"{"params":{"version":"2","a":1}}"#,
        ),
        (
            |request| {
                request.json(&1)?;
                request.media_type("application/vnd.api+json")
            },
            "application/vnd.api+json",
            "1",
        ),
        (
            |request| {
                request.form_object(|form| {
                    form.required("a", "x y")?;
                    form.optional("b", &Some(vec![1, 2]))
                })
            },
            "application/x-www-form-urlencoded",
            "a=x+y&b=1&b=2",
        ),
        (|request| request.text("text/plain", &"hello".to_owned()), "text/plain", "hello"),
        (|request| request.bytes("image/png", b"\x89P"), "image/png", ""),
        (|request| request.text("text/csv", &"a;b".to_owned()), "text/csv", "a;b"),
    ];
    for (write, media_type, body) in cases {
        assert_eq!(written(write), (media_type.to_owned(), body.to_owned()));
    }
}
