//! Responses of the right form to another request: what a call makes of them.

use super::payouts::{CREATED, FOUND, NOTHING, Unique, client};
use super::reconciling::summary;
use crate::client::{Call, Error, Invoke, ReconcileError, Scripted, Simulated, TransportError};
use crate::outcome::Outcome;

const OTHER_REFERENCE: &str = r#"{"data": {"id": "po_9", "reference": "inv 9", "amount": 10.50}}"#;
const OTHER_AMOUNT: &str = r#"{"data": {"id": "po_9", "reference": "inv 1", "amount": 99}}"#;
const NO_REFERENCE: &str = r#"{"data": {"id": "po_9", "amount": 10.50}}"#;

#[tokio::test]
async fn a_success_counts_only_if_it_is_about_the_request() {
    for (body, fields) in
        [(OTHER_REFERENCE, ["/reference"]), (NO_REFERENCE, ["/reference"]), (OTHER_AMOUNT, ["/amount"])]
    {
        let script = Scripted::new().respond(201, body);
        let error = Call::new(&client(&script, &Simulated::new(1)), Unique::new()).await.unwrap_err();
        assert_eq!((error.outcome(), error.status()), (Outcome::Unknown, Some(201)));
        let Error::Mismatch(mismatch, _) = &error else { panic!("{error}") };
        assert_eq!(mismatch.fields(), fields);
        assert_eq!(Unique::decode(mismatch.response()).unwrap().unwrap().data.id, "po_9", "whose it is can be seen");
        assert_eq!(error.body().map(|body| &**body), Some(body.as_bytes()));
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("po_9") && !shown.contains("inv 9"), "{shown}");
        assert!(shown.starts_with("pay: the response of status 201 does not match the request at "), "{shown}");
    }
    let script = Scripted::new().respond(201, r#"{"data": {"id": "po_1", "reference": "inv 1", "amount": 10.500}}"#);
    assert!(Call::new(&client(&script, &Simulated::new(1)), Unique::new()).await.is_ok(), "numbers agree by value");
}

#[tokio::test]
async fn a_duplicate_counts_unless_it_is_about_something_else() {
    let rows = [
        (r#"{"errors": []}"#, Outcome::Duplicate),
        (r#"{"data": {"id": "po_0", "reference": "inv 1", "amount": 10.5}}"#, Outcome::Duplicate),
        (r#"{"data": {"id": "po_0"}}"#, Outcome::Duplicate),
        (OTHER_REFERENCE, Outcome::Unknown),
        (OTHER_AMOUNT, Outcome::Unknown),
    ];
    for (body, outcome) in rows {
        let script = Scripted::new().respond(409, body);
        let error = Call::new(&client(&script, &Simulated::new(1)), Unique::new()).await.unwrap_err();
        assert_eq!(error.outcome(), outcome, "{body}");
        assert_eq!(matches!(error, Error::Mismatch(..)), outcome == Outcome::Unknown);
    }
}

#[tokio::test]
async fn a_reconciled_call_asks_after_a_response_to_something_else() {
    let run = async |script: Scripted| {
        let result = Call::new(&client(&script, &Simulated::new(1)), Unique::new()).reconciled().await;
        (script.sent().iter().map(|sent| sent.method.as_str()).collect::<Vec<_>>().join(" "), summary(result))
    };
    let stray = || Scripted::new().respond(201, OTHER_REFERENCE);
    assert_eq!(run(stray().respond(200, FOUND)).await, ("POST GET".into(), "po_1 10.5".into()));
    let again = stray().respond(200, NOTHING).respond(201, CREATED);
    assert_eq!(run(again).await, ("POST GET POST".into(), "po_1 10.50".into()));
    let never = (0..1000).fold(stray(), |script, _| script.respond(500, ""));
    let error = Call::new(&client(&never, &Simulated::new(1)), Unique::new()).reconciled().await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    let ReconcileError::Unsettled(unsettled) = error else { panic!("{error}") };
    assert!(matches!(unsettled.call, Some(Error::Mismatch(..))));
}

#[tokio::test]
async fn a_duplicate_that_nobody_finds_is_not_believed_for_ever() {
    // The 409 was the response to another request, and says nothing that would show it.
    let stray = Scripted::new().respond(409, r#"{"errors": []}"#);
    let server = super::payouts::ByMethod::new(stray.respond(201, CREATED), super::payouts::listing(NOTHING));
    let time = Simulated::new(1);
    let result = Call::new(&super::payouts::core_over(server.clone(), &time), Unique::new()).reconciled().await;
    assert_eq!((summary(result).as_str(), server.posts.sent().len()), ("po_1 10.50", 2));
    // Without the time for it, nothing is claimed.
    let stray = Scripted::new().respond(409, r#"{"errors": []}"#);
    let server = super::payouts::ByMethod::new(stray, super::payouts::listing(NOTHING));
    let call = Call::new(&super::payouts::core_over(server, &time), Unique::new());
    let error = call.deadline(std::time::Duration::from_secs(5)).reconciled().await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
}

#[tokio::test]
async fn creating_and_asking_are_marked_for_connections_of_their_own() {
    use crate::body::Body;
    use crate::client::{BoxFuture, FreshConnection, Transport};
    use http::{Request, Response};
    use std::sync::{Arc, Mutex};

    #[derive(Clone)]
    struct Marks(Scripted, Arc<Mutex<Vec<bool>>>);

    impl Transport for Marks {
        fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
            self.1.lock().unwrap().push(request.extensions().get::<FreshConnection>().is_some());
            self.0.send(request)
        }
    }

    let script = Scripted::new().fail(|| TransportError::interrupted("the connection broke")).respond(200, FOUND);
    let marks = Marks(script.respond(200, "\"\""), Arc::default());
    let client = super::payouts::core_over(marks.clone(), &Simulated::new(1));
    Call::new(&client, Unique::new()).reconciled().await.unwrap();
    Call::new(&client, super::fixtures::Get).await.unwrap();
    assert_eq!(*marks.1.lock().unwrap(), [true, true, false]);
}
