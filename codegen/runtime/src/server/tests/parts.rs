//! A server whose routes stand in several parts, as those of a large API do.

use super::*;

struct Divided;

impl Dispatch for Divided {
    type Api = Arc<Shop>;
    const DESCRIPTION: &'static ApiDescription = API;
    const PARTS: &'static [&'static [Route]] =
        &[&[Route::of::<CreateOrder>()], &[], &[Route::of::<ReplaceOrder>(), Route::of::<GetOrder>()]];

    fn authenticate<'a>(
        api: &'a Arc<Shop>,
        presented: Vec<Presented>,
        context: &'a mut RequestContext,
    ) -> impl Future<Output = Result<(), Rejection>> + Send + 'a {
        api.authenticate(presented, context)
    }

    fn dispatch(api: &Arc<Shop>, incoming: Incoming) -> HandlerFuture<'_> {
        match incoming.route() {
            0 => incoming.respond(|request, context| api.create_order(request, context)),
            2 => incoming.respond(|request, context| api.get_order(request, context)),
            _ => incoming.unrouted(),
        }
    }

    fn reject(_: &Arc<Shop>, rejection: &Rejection) -> ServerResponse {
        rejection.to_response()
    }
}

#[tokio::test]
async fn routes_are_counted_through_all_parts() {
    for (method, path, body, status) in
        [("POST", "/orders", ORDER, 201), ("GET", "/orders/7", "", 204), ("DELETE", "/orders/7", "", 405)]
    {
        let server = Server::new::<Divided>(shop(Mood::Fine));
        let response = server.respond::<Divided, _>(request(method, path, &[KEY, JSON], body)).await.unwrap();
        assert_eq!(response.status(), status, "{method} {path}");
    }
}

#[tokio::test]
async fn a_wrong_method_is_rejected_in_the_words_of_an_operation_of_the_path() {
    let server = Server::new::<Divided>(shop(Mood::Fine));
    let mut found = Vec::new();
    // No operation of the second path documents the status.
    for path in ["/orders/7", "/orders"] {
        let response = server.respond::<Divided, _>(request("DELETE", path, &[], "")).await.unwrap();
        let (parts, body) = response.into_parts();
        let response = Response::from_parts(parts, body.collect().await.unwrap().to_bytes());
        let (media_type, allow) = (header(&response, "content-type"), header(&response, "allow"));
        found.push((response.status().as_u16(), media_type.to_owned(), allow.to_owned(), json(&response)));
    }
    let sentence = "the path is known with other methods only";
    let (json, problem) = ("application/json".to_owned(), "application/problem+json".to_owned());
    assert_eq!(found[0], (405, json, "PUT, GET".to_owned(), serde_json::json!({ "message": sentence })));
    assert_eq!((&found[1].0, &found[1].1, &found[1].2), (&405, &problem, &"POST".to_owned()));
}
