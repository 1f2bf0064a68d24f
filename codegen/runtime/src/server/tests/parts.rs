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
        rejection.to_problem()
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
