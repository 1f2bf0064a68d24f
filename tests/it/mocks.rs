//! Mocks of documents over a socket, called by the clients that are generated from the same documents.

use std::future::pending;
use std::sync::{Arc, Mutex};

use specie_codegen::source::Source;
use specie_codegen::{Strictness, api_and_document};
use specie_mock::Mock;
use tokio::net::TcpListener;

use crate::support::apis::{Api, rows};
use crate::support::clients::Setup;
use crate::support::instances::Extent;
use crate::support::raw::request;
use crate::support::{checkout, run};

/// A mock of one of the four documents, with what its references lead to.
fn mock(api: Api) -> Mock {
    let folder = checkout();
    let mut read = |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
    let source = specie_codegen::gather(&format!("specs/{}.yaml", api.name()), "specs", &mut read);
    let (read, found) = api_and_document(&source, Strictness::Lenient, &[]);
    Mock::new(read.unwrap_or_else(|| panic!("{found:?}")))
}

/// Serves a mock until the runtime ends; gives its address, and the lines of its log.
async fn served(mock: Mock) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let lines = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&lines);
    let log = move |line: &str| kept.lock().unwrap().push(line.to_owned());
    tokio::spawn(specie_mock::serve(listener, Arc::new(mock), log, pending()));
    (url, lines)
}

#[test]
fn every_operation_of_a_mock_gives_a_success_that_the_generated_client_reads() {
    run(async {
        for api in Api::ALL {
            let (url, lines) = served(mock(api)).await;
            let client = Setup::to(&url).build(api).unwrap();
            for row in rows().filter(|row| row.api == api) {
                for extent in [Extent::Smallest, Extent::Fullest] {
                    let settled = (row.call)(&client, request(row, extent).await).await;
                    assert!(settled.is_ok(), "{}: {:?}\n{:#?}", row.name(), settled.err(), lines.lock().unwrap());
                }
            }
        }
    });
}

#[test]
fn a_mock_stops_when_it_is_told_to() {
    run(async {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let stopped = async move { drop(stopped.await) };
        let serving = tokio::spawn(specie_mock::serve(listener, Arc::new(mock(Api::Omno)), |_| {}, stopped));
        // A connection without a request does not keep it from stopping.
        let idle = tokio::net::TcpStream::connect(address).await.unwrap();
        stop.send(()).unwrap();
        serving.await.unwrap().unwrap();
        drop(idle);
        assert!(tokio::net::TcpStream::connect(address).await.is_err());
    });
}

#[test]
fn every_fixture_can_be_mocked() {
    let mut served = 0;
    for entry in std::fs::read_dir(checkout().join("tests/fixtures/accepted")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let (read, found) = api_and_document(&Source::new("fixture.yaml", text), Strictness::Lenient, &[]);
        let mock = Mock::new(read.unwrap_or_else(|| panic!("{}: {found:?}", path.display())));
        let response = mock.respond(&http::Request::get("/openapi.json").body("").unwrap());
        let document: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
        assert!(document["openapi"].is_string(), "{}", path.display());
        assert_eq!(mock.operations(), operations(&document), "{}", path.display());
        served += mock.operations();
    }
    assert!(served > 100, "{served}");
}

/// How many operations the paths of a document have.
fn operations(document: &serde_json::Value) -> usize {
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
    let items = document["paths"].as_object().into_iter().flat_map(serde_json::Map::values);
    let of_item = |item: &serde_json::Value| {
        let others = item["additionalOperations"].as_object().map_or(0, serde_json::Map::len);
        others + methods.iter().filter(|method| item.get(method).is_some()).count()
    };
    items.map(of_item).sum()
}
