//! Defaults of parameters, which a server fills in.

use super::clients;
use crate::NoError;
use crate::client::Call;
use crate::server::{Refusal, RequestContext};

/// Answers with what the handler sees.
pub(super) struct Search {
    size: Option<u32>,
    states: Option<Vec<String>>,
    odd: Option<u32>,
}

crate::operation!(Search {
    id: "search", GET: "/search",
    parameters: {
        size: query default "20", states: query.list() default r#"["open","paid"]"#,
        odd: header default r#""none""#,
    },
    success: String { 200: json }, errors: NoError {},
});

pub(super) async fn search(request: Search, _: RequestContext) -> Result<String, Refusal<NoError>> {
    Ok(format!("{:?} {:?} {:?}", request.size, request.states, request.odd))
}

#[tokio::test]
async fn what_a_caller_leaves_out_is_the_default_of_the_document() {
    for client in clients().await {
        let none = Search { size: None, states: None, odd: None };
        // A default of another type is none.
        assert_eq!(Call::new(&client, none).await.unwrap(), r#"Some(20) Some(["open", "paid"]) None"#);
        let all = Search { size: Some(1), states: Some(vec!["new".to_owned()]), odd: Some(2) };
        assert_eq!(Call::new(&client, all).await.unwrap(), r#"Some(1) Some(["new"]) Some(2)"#);
    }
}
