//! Runs that are the same, and merchants that do not meet.

use std::time::Duration;

use gormic::types::PaymentType;
use gormic::{CreatePayment, CreatePaymentRequired};
use specie_runtime::client::{Options, RetryPolicy};
use specie_runtime::dec;
use specie_sandbox::{AfterCommit, Before, Fault, Rule, Sandbox};

use crate::support::{order, start};

/// Numbers that look random and are the same in each run (a linear congruential generator, with the constants of PCG).
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

fn three(seed: u64) -> specie_sandbox::Builder {
    Sandbox::builder().cublox().omno().gormic().seed(seed)
}

/// Calls three APIs with faults while the time moves.
async fn used(seed: u64) -> Sandbox {
    let sandbox = start(three(seed)).await;
    let shop = sandbox.merchant("shop");
    let _collected = shop.collect_callbacks();
    let once = || Options::new().retry(RetryPolicy::never());
    let (cublox, omno, gormic) =
        (shop.cublox(once()).unwrap(), shop.omno(once()).unwrap(), shop.gormic(once()).unwrap());
    let organization = shop.credentials().organization_id;
    let rule = |at| Rule::on("createPayoutInvoice").at(at).kind(Fault::Reset).percent(20);
    let faults = [sandbox.faults().arm(rule(Before)), sandbox.faults().arm(rule(AfterCommit))];
    let mut drawn = Drawn(17);
    for number in 0..120 {
        match drawn.below(4) {
            0 => {
                let auto = cublox::types::PayoutOptions::new().auto_process(drawn.below(2) == 0);
                let states = ["process_error", "process_failed", "processed", "process_pending"];
                let reference = format!("sbx-{}-{number}", states[usize::try_from(drawn.below(4)).unwrap()]);
                // Some are lost on purpose.
                let _ = cublox.create_payout_invoice(order(&reference, dec!(10)).options(auto)).await;
            }
            1 => drop(omno.create_payin(crate::omno::payin(&format!("order-{number}"), dec!(1))).await.unwrap()),
            2 => {
                let required = CreatePaymentRequired {
                    organization_id: organization.clone(),
                    order_id: format!("order-{}", drawn.below(5)),
                    r#type: PaymentType::Receipt,
                };
                gormic.create_payment(CreatePayment::new(required).amount(dec!(1))).await.unwrap();
            }
            _ => drop(sandbox.clock().advance(Duration::from_secs(drawn.below(100))).await.unwrap()),
        }
    }
    drop(faults);
    sandbox
}

/// The exported objects, events and callbacks. Requests have ports and the numbers of the process in them.
async fn exported(sandbox: &Sandbox) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    sandbox.export(file.path()).await.unwrap();
    let text = std::fs::read_to_string(file.path()).unwrap();
    text.lines()
        .filter(|line| !line.starts_with(r#"{"record":"request""#))
        .fold(String::new(), |all, line| all + line + "\n")
}

#[tokio::test]
async fn two_runs_of_one_seed_are_exported_byte_for_byte_alike() {
    let first = exported(&used(7).await).await;
    assert!(first.lines().count() > 100, "{first}");
    assert_eq!(first, exported(&used(7).await).await);
    assert_ne!(first, exported(&used(8).await).await);
}

#[tokio::test]
async fn an_export_is_put_back_and_goes_on() {
    let first = used(7).await;
    let file = tempfile::NamedTempFile::new().unwrap();
    first.export(file.path()).await.unwrap();
    let second = start(three(7)).await;
    second.import(file.path()).await.unwrap();
    assert_eq!(exported(&first).await, exported(&second).await);
    let other = start(three(7)).await;
    other.cublox("shop").unwrap().create_payout_invoice(order("ref-x", dec!(10))).await.unwrap();
    let now = other.clock().now();
    assert!(other.import(file.path()).await.unwrap_err().to_string().contains("reset it first"));
    assert_eq!(other.clock().now(), now);
    assert!(second.import(file.path()).await.unwrap_err().to_string().contains("reset it first"));
    // References are known, orders have their payments, and timers and numbers go on as they would have.
    let invoice = first.payouts().unwrap().into_iter().find(|payout| payout.api == "cublox").unwrap();
    let again = order(&invoice.reference.unwrap(), dec!(10));
    assert!(second.cublox("shop").unwrap().create_payout_invoice(again).await.is_err());
    for sandbox in [&first, &second] {
        let _collected = sandbox.merchant("shop").collect_callbacks();
        let organization = sandbox.merchant("shop").credentials().organization_id;
        let payment = sandbox.objects().unwrap().into_iter().find(|object| object.kind == "payment").unwrap();
        let required = gormic::ConfirmPaymentRequired { uid: payment.id, organization_id: organization };
        let confirm = gormic::ConfirmPayment::new(required);
        let listed = sandbox.gormic("shop").unwrap().confirm_payment(confirm).await.unwrap().data.items;
        assert!(listed.len() > 1, "{listed:?}");
        sandbox.clock().advance(Duration::from_secs(30 * 24 * 3600)).await.unwrap();
    }
    assert_eq!(exported(&first).await, exported(&second).await);

    let wrong = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(wrong.path(), "\n{\"record\":\"object\",\"value\":{}}\n").unwrap();
    let error = start(three(7)).await.import(wrong.path()).await.unwrap_err();
    assert!(error.to_string().contains("line 2 of the export"), "{error}");
}

/// How many reads are tried; `SPECIE_READS` sets another number.
fn reads() -> u64 {
    std::env::var("SPECIE_READS").ok().and_then(|reads| reads.parse().ok()).unwrap_or(2000)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_merchants_do_not_meet() {
    let sandbox = start(Sandbox::builder().cublox()).await;
    let mut merchants = Vec::new();
    for number in 0..200 {
        let api = sandbox.cublox(&format!("merchant-{number}")).unwrap();
        // All use the same reference.
        let id = api.create_payout_invoice(order("ref-1", dec!(1))).await.unwrap().data.id;
        merchants.push((api, id));
    }
    let mut drawn = Drawn(17);
    let mut own = 0;
    for _ in 0..reads() {
        let reader = usize::try_from(drawn.below(200)).unwrap();
        // Every fourth looks for its own.
        let owner = if drawn.below(4) == 0 { reader } else { usize::try_from(drawn.below(200)).unwrap() };
        let read = merchants[reader].0.get_payout_invoice(&merchants[owner].1).await;
        assert_eq!(read.is_ok(), reader == owner, "{reader} reads of {owner}");
        own += u64::from(reader == owner);
    }
    assert!(own > 0 && own < reads());
    let mut listed = merchants[3].0.list_payout_invoices().items();
    assert_eq!(listed.try_next().await.unwrap().map(|invoice| invoice.id).as_ref(), Some(&merchants[3].1));
    assert!(listed.try_next().await.unwrap().is_none());
}
