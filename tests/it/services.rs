//! The example of a whole service: it is called over a socket, ended, and started again on the same database.

use std::path::Path;

use gormic::server::GormicServer;
use gormic::types::{PaymentStatus, PaymentType};
use gormic::{
    Client, ConfirmPayment, ConfirmPaymentError, ConfirmPaymentRequired, CreatePayment, CreatePaymentError,
    CreatePaymentRequired, Credentials, DeletePayment, DeletePaymentRequired, UpdatePayment, UpdatePaymentRequired,
};
use specie_runtime::client::{Options, RetryPolicy};
use specie_runtime::dec;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::support::run;

#[path = "../examples/service/payments.rs"]
mod payments;

use payments::Payments;

/// A running service: its address, and how it is asked to end.
struct Running {
    url: String,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

impl Running {
    async fn start(file: &Path) -> Self {
        let keys = [("key-1", "org_1"), ("key-2", "org_2")].map(|(key, name)| (key.into(), name.to_owned()));
        let server = GormicServer::new(Payments::open(file, keys.into()).unwrap());
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let ended = tokio::spawn(async move {
            let app = axum::Router::new().fallback_service(server.clone());
            let stopped = async move { drop(stopped.await) };
            axum::serve(listener, app).with_graceful_shutdown(stopped).await.unwrap();
            server.drained().await;
        });
        Self { url, stop, ended }
    }

    fn client(&self) -> Client {
        let options = Options::new().retry(RetryPolicy::never());
        Client::builder().base_url(&self.url).api_key("key-1").options(options).build().unwrap()
    }

    /// Ends it; returns once the database is closed.
    async fn end(self) {
        self.stop.send(()).unwrap();
        self.ended.await.unwrap();
    }
}

fn create(organization: &str) -> CreatePayment {
    CreatePayment::new(CreatePaymentRequired {
        organization_id: organization.into(),
        order_id: "order_1".into(),
        r#type: PaymentType::Receipt,
    })
}

fn confirm(uid: &str, organization: &str) -> ConfirmPayment {
    ConfirmPayment::new(ConfirmPaymentRequired { uid: uid.into(), organization_id: organization.into() })
}

#[test]
fn a_service_keeps_what_it_answered_and_callers_apart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("payments.redb");
    run(async {
        let service = Running::start(&file).await;
        let client = service.client();
        let created = client.create_payment(create("org_1").amount(dec!(12.50))).header("x-request-id", "r-1").await;
        let created = created.unwrap();
        assert_eq!(created.request_id, "r-1");
        let uid = created.data.id;
        let error = client.create_payment(create("org_1").amount(dec!(-1))).await.unwrap_err();
        assert!(matches!(error.api(), Some(CreatePaymentError::BadRequest(_))), "{error}");

        // One connection pool, another caller.
        let other = Credentials::new().api_key("key-2");
        let error = client.confirm_payment(confirm(&uid, "org_1")).credentials(&other).await.unwrap_err();
        assert_eq!(error.status(), Some(403), "{error}");
        let error = client.confirm_payment(confirm(&uid, "org_2")).credentials(&other).await.unwrap_err();
        assert!(matches!(error.api(), Some(ConfirmPaymentError::BadRequest(_))), "{error}");
        let error =
            client.confirm_payment(confirm(&uid, "org_1")).credentials(Credentials::new().api_key("none")).await;
        assert_eq!(error.unwrap_err().status(), Some(401));
        drop(client);
        service.end().await;

        let service = Running::start(&file).await;
        let client = service.client();
        let confirmed = client.confirm_payment(confirm(&uid, "org_1")).await.unwrap().data.items;
        let [payment] = confirmed.as_slice() else { panic!("{confirmed:?}") };
        assert_eq!((payment.amount, payment.status.as_ref()), (Some(dec!(12.50)), Some(&PaymentStatus::Complete)));
        let change = UpdatePaymentRequired { uid: uid.clone(), organization_id: "org_1".into() };
        let change = UpdatePayment::new(change).note("paid in cash");
        assert!(client.update_payment(change).await.unwrap().data.success);
        let delete = DeletePaymentRequired { uid, organization_id: "org_1".into() };
        assert!(client.delete_payment(DeletePayment::new(delete)).await.unwrap().data.items.is_empty());
        drop(client);
        service.end().await;
    });
}
