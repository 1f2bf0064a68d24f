//! Each operation goes to its own base.

use specie_runtime::Outcome;
use specie_runtime::client::Scripted;

use crate::support::apis::{AnyClient, AnyTransport, Api, Row, row, rows};
use crate::support::clients::{PRIVATE, PUBLIC, Setup};
use crate::support::instances::Extent;
use crate::support::raw::request;
use crate::support::run;
use crate::support::values::Kind;

/// The URL that a client sends an operation's request to.
async fn url(row: &Row, client: &AnyClient, script: &Scripted) -> String {
    let any = request(row, Extent::Smallest).await;
    let failure = (row.call)(client, any).await.unwrap_err();
    script.sent().pop().unwrap_or_else(|| panic!("{failure:?}")).uri.to_string()
}

#[test]
fn public_and_private_operations_go_to_their_own_hosts() {
    run(async {
        for row in rows() {
            let script = Scripted::new().respond(418, "");
            let client = Setup::over(AnyTransport::new(script.clone())).build(row.api).unwrap();
            let host = if row.documented().server.as_deref() == Some("public") { PUBLIC } else { PRIVATE };
            let path = row.documented().path.split('{').next().unwrap();
            let url = url(row, &client, &script).await;
            assert!(url.starts_with(&format!("https://{host}{path}")), "{}: {url}", row.name());
        }
        let public = rows().filter(|row| row.documented().server.as_deref() == Some("public")).count();
        assert_eq!(public, 6);
    });
}

#[test]
fn a_base_may_have_a_path() {
    run(async {
        let script = Scripted::new().respond(418, "");
        let bases = [Some("https://gateway.example.com/payouts/".to_owned()), None];
        let client = Setup { bases, ..Setup::over(AnyTransport::new(script.clone())) }.build(Api::Cublox).unwrap();
        let url = url(row(Api::Cublox, "listPayoutInvoices"), &client, &script).await;
        assert_eq!(url, "https://gateway.example.com/payouts/payout-invoices");
    });
}

#[test]
fn a_declared_server_is_chosen_by_name_and_a_single_one_by_itself() {
    run(async {
        for (server, host) in
            [(omno::Server::Production, "https://api.omno.com/"), (omno::Server::Sandbox, "https://api.omno.dev/")]
        {
            let script = Scripted::new().respond(418, "");
            let client =
                omno::Client::builder().server(server).bearer_auth("token").transport(script.clone()).build().unwrap();
            let url = url(row(Api::Omno, "fetchPayout"), &AnyClient::Omno(client), &script).await;
            assert!(url.starts_with(host), "{url}");
        }
        let script = Scripted::new().respond(418, "");
        let client = paymega::Client::builder().basic_auth("a", "b").transport(script.clone()).build().unwrap();
        let url = url(row(Api::Paymega, "listPayoutInvoices"), &AnyClient::Paymega(client), &script).await;
        assert_eq!(url, "https://api.paymega.io/payout-invoices");
    });
}

#[test]
fn money_never_goes_to_a_server_that_nobody_chose() {
    // OMNO declares two servers, Gormic none: neither is guessed.
    assert!(omno::Client::builder().bearer_auth("token").build().is_err());
    assert!(gormic::Client::builder().api_key("key").build().is_err());
    assert!(cublox::Client::builder().basic_auth("a", "b").build().is_err());
    run(async {
        let script = Scripted::new().respond(418, "");
        let bases = [Some("https://private.example.com".to_owned()), None];
        let client = Setup { bases, ..Setup::over(AnyTransport::new(script.clone())) }.build(Api::Cublox).unwrap();
        let row = row(Api::Cublox, "getPayoutInvoicePublic");
        let failure = (row.call)(&client, request(row, Extent::Smallest).await).await.unwrap_err();
        assert_eq!((failure.kind, failure.outcome), (Kind::Build, Outcome::NotSent), "{failure:?}");
        assert!(script.sent().is_empty());
    });
}
