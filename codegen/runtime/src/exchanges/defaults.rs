//! Defaults of parameters, which a server fills in.

use super::clients;
use crate::client::{BuildError, Call, ClientResponse, Decoded, Invoke, RequestWriter};
use crate::server::{Incoming, Refusal, Rejection, RequestContext, Serve, ServerResponse};
use crate::{Method, NoError, Operation, OperationSpec, ParameterSpec};

/// Answers with what the handler sees.
pub(super) struct Search {
    size: Option<u32>,
    states: Option<Vec<String>>,
    odd: Option<u32>,
}

impl Operation for Search {
    type Output = String;
    type Error = NoError;
    const SPEC: &'static OperationSpec = &OperationSpec::new("search", Method::GET, "/search").parameters(&[
        ParameterSpec::query("size"),
        ParameterSpec::query("states").list(),
        ParameterSpec::header("odd"),
    ]);
}

impl Invoke for Search {
    fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
        request.parameter(0, &self.size)?;
        request.parameter(1, &self.states)?;
        request.parameter(2, &self.odd)
    }

    fn decode(response: &ClientResponse) -> Decoded<Self> {
        match response.status() {
            200 => response.json().map(Ok),
            _ => Err(response.undocumented()),
        }
    }
}

impl Serve for Search {
    async fn receive(incoming: &mut Incoming) -> Result<Self, Rejection> {
        let size = incoming.parameter(0)?;
        Ok(Self {
            size: incoming.or_default(size, "20"),
            states: incoming.or_default(incoming.parameter(1)?, r#"["open","paid"]"#),
            odd: incoming.or_default(incoming.parameter(2)?, r#""none""#),
        })
    }

    fn respond(output: String) -> ServerResponse {
        ServerResponse::json(200, &output)
    }

    fn refuse(error: NoError) -> ServerResponse {
        match error {}
    }
}

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
