//! What is answered before a handler runs, and in which order.

use super::*;

#[tokio::test]
async fn below_a_base_path_the_root_is_unknown() {
    let server = ShopServer::new(shop(Mood::Fine)).base_path("/api/v1");
    for (uri, status) in [("/api/v1/orders", 401), ("/orders", 404), ("/api/v1", 404)] {
        let response = server.clone().call(request("POST", uri, &[JSON], ORDER)).await.unwrap();
        assert_eq!(response.status(), status, "{uri}");
    }
}

#[tokio::test]
async fn requests_that_are_not_as_documented_never_reach_a_handler() {
    let long = ORDER.replace("12.50", &format!("1{}", " ".repeat(200)));
    let rows = [
        ("GET", "/nothing", vec![], "", 404),
        ("GET", "/orders/%ff", vec![], "", 400),
        ("PUT", "/orders", vec![], "", 405),
        ("HEAD", "/orders/1", vec![], "", 405),
        // Each row below corrects the row before it and has a fault that is found later.
        ("POST", "/orders", vec![("content-type", "text/plain")], long.as_str(), 401),
        ("POST", "/orders", vec![("authorization", "Basic !")], "", 401),
        ("POST", "/orders", vec![("api-key", "wrong")], "", 401),
        ("POST", "/orders", vec![("api-key", "weak")], "", 403),
        ("POST", "/orders", vec![KEY, ("content-type", "text/plain")], long.as_str(), 415),
        ("POST", "/orders", vec![KEY], ORDER, 415),
        ("POST", "/orders", vec![KEY, JSON], long.as_str(), 413),
        ("POST", "/orders", vec![KEY, JSON], "{", 400),
        ("POST", "/orders", vec![KEY, JSON], "", 400),
        ("POST", "/orders", vec![KEY], "", 400),
        ("GET", "/orders/1?page[number]=x", vec![], "", 400),
        ("GET", "/orders/1?page[number]=1&page%5Bnumber%5D=1", vec![], "", 400),
        ("GET", "/orders/1?page[number]=101", vec![], "", 400),
        ("GET", "/orders/1?page%5Bnumber%5=1", vec![], "", 400),
        ("GET", "/orders/1?unknown=%zz", vec![], "", 400),
        ("GET", "/orders/%2E%2e", vec![], "", 400),
        ("GET", "/orders/..", vec![], "", 400),
        ("GET", "/orders/a%2Fprocess", vec![], "", 400),
        ("GET", "/orders/1%00", vec![], "", 400),
        ("GET", "/orders/1", vec![("x-tenant", "a"), ("x-tenant", "a")], "", 400),
        ("GET", "/orders/1", vec![("cookie", "session=a; session=b")], "", 400),
    ];
    let shop = shop(Mood::Fine);
    for (method, uri, headers, body, status) in rows {
        let response = call(&shop, request(method, uri, &headers, body)).await;
        assert_eq!(response.status(), status, "{method} {uri} {headers:?}");
        if status != 403 && method != "HEAD" {
            assert_eq!(header(&response, "content-type"), "application/problem+json");
            assert_eq!(json(&response)["status"], status);
        }
    }
    assert_eq!(shop.handled.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn faults_name_their_place() {
    let shop = shop(Mood::Fine);
    let order = |body: &str| request("POST", "/orders", &[KEY, JSON], body);
    let get = |uri: &str, headers: &[(&str, &str)]| request("GET", uri, headers, "");
    let rows = [
        (order(r#"{"data":{"type":"order","attributes":{}}}"#), "/data/attributes/amount", ""),
        (order(&ORDER.replace("12.50", "\"4111\"")), "/data/attributes/amount", ""),
        (order(&ORDER.replace("12.50", "0.001")), "/data/attributes/amount", ""),
        (order(&ORDER.replace("12.50", "1,\"card\":4111")), "/data/attributes/card", ""),
        (order(&ORDER.replace("12.50", "1,\"amount\":1")), "/data/attributes", ""),
        (order(&ORDER.replace("\"order\"", "\"4111\"")), "/data/type", ""),
        (get("/orders/1?page[number]=4111", &[]), "page[number]", "query"),
        (get("/orders/1?page[number]=4111x", &[]), "page[number]", "query"),
        (get("/orders/1?tags=%ff", &[]), "tags", "query"),
        (get("/orders/1?page%5Bnumber%5=4111", &[]), "page[number", "query"),
        (get("/orders/1?nobody=4111%", &[]), "nobody", "query"),
        (get("/orders/4111%2F..", &[]), "id", "path"),
        (get("/orders/1", &[("x-tenant", "4111")]), "x-tenant", "header"),
        (get("/orders/123456789012345678901", &[]), "id", "path"),
    ];
    for (request, place, within) in rows {
        let response = call(&shop, request).await;
        let error = json(&response)["errors"][0].clone();
        let text = String::from_utf8_lossy(response.body()).into_owned();
        assert_eq!(response.status(), 400, "{text}");
        if within.is_empty() {
            assert_eq!(error["pointer"], place, "{text}");
        } else {
            assert_eq!((&error["parameter"], &error["in"]), (&place.into(), &within.into()), "{text}");
        }
        assert!(!text.contains("4111"), "{text}");
    }
}

#[tokio::test]
async fn every_violation_is_named() {
    let body = ORDER.replace("12.50", "0,\"note\":\"abcd\"");
    let response = call(&shop(Mood::Fine), request("POST", "/orders", &[KEY, JSON], &body)).await;
    let errors = json(&response)["errors"].clone();
    assert_eq!(errors[0]["pointer"], "/data/attributes/amount");
    assert_eq!(errors[1]["pointer"], "/data/attributes/note");
    let detail = json(&response)["detail"].as_str().unwrap().to_owned();
    assert!(
        detail.starts_with("body at /data/attributes/amount: ") && detail.ends_with("; and 1 more fault"),
        "{detail}"
    );
}

#[tokio::test]
async fn values_arrive_unchanged() {
    let shop = shop(Mood::Fine);
    let uri = "/orders/a%3Fb%20+?tags=x%2Cy,z&page%5Bnumber%5D=7";
    let headers = [("x-tenant", "t"), ("cookie", "session=s")];
    let response = call(&shop, request("GET", uri, &headers, "")).await;
    assert_eq!(response.status(), 204);
    let seen = shop.seen.lock().unwrap().take();
    let expected = GetOrder {
        id: "a?b +".to_owned(),
        tags: Some(vec!["x,y".to_owned(), "z".to_owned()]),
        page: Some(7),
        tenant: Some("t".to_owned()),
        session: Some("s".to_owned()),
    };
    assert_eq!(seen, Some(expected));
}
