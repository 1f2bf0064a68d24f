//! What client and server write into logs at the finest level.

use super::assert_silent;
use super::capture::{Capture, logged};
use crate::support::apis::{AnyClient, Api, rows};
use crate::support::bench::Bench;
use crate::support::clients::Setup;
use crate::support::instances::{Extent, MARKER};
use crate::support::raw::request;
use crate::support::{run, sockets};

/// Calls every operation of an API, which all fail: the bench does not know the key.
async fn each_called(api: Api, client: &AnyClient) {
    for row in rows().filter(|row| row.api == api) {
        let any = request(row, Extent::Marked).await;
        let _ = (row.call)(client, any).await.expect_err("nothing is queued");
    }
}

/// Runs a test under a subscriber; gives all that was written down.
pub(super) fn captured(test: impl Future<Output = ()>) -> String {
    logged();
    let capture = Capture::default();
    tracing::subscriber::with_default(capture.clone(), || run(test));
    format!("{}\n{}", capture.text(), logged())
}

#[test]
fn in_process() {
    for api in Api::ALL {
        let text = captured(async {
            let setup = Setup { key: Some(MARKER.to_owned()), ..Setup::over(api.in_process(Bench::new())) };
            each_called(api, &setup.build(api).unwrap()).await;
        });
        assert_silent(&text, api.name());
        for row in rows().filter(|row| row.api == api) {
            assert!(
                text.contains(row.spec.id) && text.contains(row.spec.path),
                "{} leaves a trace: {text}",
                row.name()
            );
        }
    }
}

#[test]
fn over_a_socket() {
    for api in Api::ALL {
        let text = captured(async {
            let url = sockets::serve(api, Bench::new()).await;
            let setup = Setup { key: Some(MARKER.to_owned()), ..Setup::to(&url) };
            each_called(api, &setup.build(api).unwrap()).await;
        });
        assert_silent(&text, api.name());
        // The traces of the libraries below are there, too.
        assert!(text.contains("span specie_runtime::client") && text.contains("hyper"), "{text}");
    }
}
