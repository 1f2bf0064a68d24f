//! Defaults of parameters and properties, which a server fills in, and what it asserts of properties together.

use super::clients;
use crate::check::Assertion;
use crate::client::Call;
use crate::server::{Refusal, RequestContext};
use crate::{Maybe, NoError, Patch};

/// Answers with what the handler sees.
pub(super) struct Search {
    size: Option<u32>,
    states: Option<Vec<String>>,
    odd: Option<u32>,
    near: Option<Near>,
}

#[derive(Debug, PartialEq)]
struct Near {
    pier: Option<String>,
    radius: Option<u32>,
}

crate::object!(Near { pier: optional, radius: optional or "5" });

impl crate::param::ParameterValue for Near {}

crate::operation!(Search {
    id: "search", GET: "/search",
    parameters: {
        size: query default "20", states: query.list() default r#"["open","paid"]"#,
        odd: header default r#""none""#,
        near: query.object(&["pier", "radius"]).style(crate::Style::DeepObject, true),
    },
    success: String { 200: json }, errors: NoError {},
});

pub(super) async fn search(request: Search, _: RequestContext) -> Result<String, Refusal<NoError>> {
    Ok(format!("{:?} {:?} {:?} {:?}", request.size, request.states, request.odd, request.near))
}

#[tokio::test]
async fn what_a_caller_leaves_out_is_the_default_of_the_document() {
    for client in clients().await {
        let none = Search { size: None, states: None, odd: None, near: None };
        // A default of another type is none.
        assert_eq!(Call::new(&client, none).await.unwrap(), r#"Some(20) Some(["open", "paid"]) None None"#);
        let near = |radius: Option<u32>| Some(Near { pier: Some("A".to_owned()), radius });
        let all = Search { size: Some(1), states: Some(vec!["new".to_owned()]), odd: Some(2), near: near(None) };
        let expected = format!(r#"Some(1) Some(["new"]) Some(2) {:?}"#, near(Some(5)));
        assert_eq!(Call::new(&client, all).await.unwrap(), expected);
    }
}

/// Answers with what the handler sees.
#[derive(Default)]
pub(super) struct Reserve {
    nights: Option<u32>,
    berth: Patch<String>,
    phone: Maybe<String>,
    email: Option<String>,
}

crate::operation!(Reserve {
    id: "reserve", POST: "/reservations",
    body: json {
        nights: optional or "1" where { maximum("9") }, berth: patch("berthName") or r#""A1""#, phone: maybe, email: optional,
    } satisfies { &[
        Assertion::AnyOf(&[&[Assertion::Required(&["phone"])], &[Assertion::Required(&["email"])]]),
        Assertion::Not(&[Assertion::Required(&["phone", "email"])]),
    ] },
    success: String { 200: json }, errors: NoError {},
});

pub(super) async fn reserve(request: Reserve, _: RequestContext) -> Result<String, Refusal<NoError>> {
    Ok(format!("{:?} {:?} {:?} {:?}", request.nights, request.berth, request.phone, request.email))
}

#[tokio::test]
async fn what_a_body_leaves_out_is_the_default_of_the_document() {
    for client in clients().await {
        let phone = Reserve { phone: Maybe::Null, ..Reserve::default() };
        assert_eq!(Call::new(&client, phone).await.unwrap(), r#"Some(1) Set("A1") Null None"#);
        let all = Reserve { nights: Some(2), berth: Patch::Clear, phone: "5".into(), email: None };
        assert_eq!(Call::new(&client, all).await.unwrap(), r#"Some(2) Clear Value("5") None"#);
    }
}

#[tokio::test]
async fn what_properties_have_to_be_together_is_said() {
    for client in clients().await {
        let both = Reserve { phone: "5".into(), email: Some("a@b.example".into()), ..Reserve::default() };
        for (request, expected) in [
            (Reserve::default(), "must have at least one of `phone`, `email`"),
            (both, "must not have `phone` with `email`"),
        ] {
            let refused = Call::new(&client, request).await.unwrap_err();
            let problem = String::from_utf8_lossy(refused.body().unwrap()).into_owned();
            assert!(problem.contains(expected), "{problem}");
        }
    }
}
