//! What comes back: values, documented errors, answers that nobody documented.

use super::fixtures::{Bare, Get, ProbeError, Unique, client};
use crate::client::{Call, Core, Error, Scripted, Simulated};
use crate::operation::NoError;
use crate::outcome::Outcome;

fn over(script: &Scripted) -> Core {
    client(script, &Simulated::new(1))
}

#[tokio::test]
async fn a_success_is_its_value_with_details_on_demand() {
    let headers = [("x-request-id", "req_1"), ("x-rate", "9")];
    let script = Scripted::new().answer(201, "\"po_1\"").answer_with(201, &headers, "\"po_2\"");
    assert_eq!(Call::new(&over(&script), Bare).await.unwrap(), "po_1");
    let (value, meta) = Call::new(&over(&script), Bare).detailed().await.unwrap();
    assert_eq!(value, "po_2");
    assert_eq!((meta.status(), meta.request_id(), meta.header("x-rate")), (Some(201), Some("req_1"), Some("9")));
    assert_eq!((meta.operation_id(), meta.attempts(), meta.outcome()), ("pay", 1, Outcome::Done));
}

#[tokio::test]
async fn a_documented_error_is_typed_and_keeps_its_headers() {
    let script = Scripted::new().answer_with(409, &[("request-id", "req_2")], "\"po_0\"");
    let error = Call::new(&over(&script), Unique).await.unwrap_err();
    let Error::Api(ProbeError::Conflict(earlier), meta) = &error else { panic!("{error}") };
    assert_eq!((earlier.as_str(), meta.request_id()), ("po_0", Some("req_2")));
    assert_eq!((error.outcome(), error.status()), (Outcome::Duplicate, Some(409)));
    assert_eq!(error.to_string(), "pay: 409 Conflict (carried out earlier)");
}

#[tokio::test]
async fn an_undocumented_status_keeps_status_and_bytes() {
    for (status, outcome) in [
        (204, Outcome::Done),
        (302, Outcome::Unknown),
        (418, Outcome::Unknown),
        (410, Outcome::Refused),
        (501, Outcome::Unknown),
    ] {
        let script = Scripted::new().answer(status, "short and stout");
        let error = Call::new(&over(&script), Bare).await.unwrap_err();
        let Error::Undocumented(reply, _) = &error else { panic!("{error}") };
        assert_eq!((reply.status(), &**reply.body()), (status, &b"short and stout"[..]));
        assert_eq!((error.status(), error.outcome()), (Some(status), outcome));
        assert_eq!(error.body().map(|body| &**body), Some(&b"short and stout"[..]));
    }
}

#[tokio::test]
async fn an_unreadable_body_keeps_status_and_bytes_and_says_where() {
    for (status, outcome) in [(201, Outcome::Done), (422, Outcome::Refused)] {
        let script = Scripted::new().answer(status, "[1]");
        let error = Call::new(&over(&script), Bare).await.unwrap_err();
        let Error::Decode(reply, _) = &error else { panic!("{error}") };
        assert_eq!((reply.status(), &**reply.body(), reply.is_undocumented()), (status, &b"[1]"[..], false));
        assert_eq!(reply.pointer(), Some(if status == 422 { "/0" } else { "" }));
        assert_eq!(error.outcome(), outcome);
    }
    let script = Scripted::new().answer(200, "<html>");
    let error = Call::new(&over(&script), Get).await.unwrap_err();
    assert!(matches!(&error, Error::Decode(reply, _) if reply.pointer().is_none()));
}

#[test]
fn errors_are_small_beside_their_own_body() {
    assert!(size_of::<Error<NoError>>() <= 24);
    assert!(size_of::<Error<ProbeError>>() <= size_of::<ProbeError>() + 16);
}

#[test]
fn calls_can_be_sent_to_other_threads() {
    fn check<T: Send + 'static>(_: &T) {}
    let call = Call::new(&over(&Scripted::new()), Bare);
    check(&call);
    check(&std::future::IntoFuture::into_future(call));
}
