//! Random causes, whatever the tables say of them: only ways of the tables are taken, and what must hold holds after each.

use std::sync::Arc;

use serde_json::Value;
use specie_runtime::{Decimal, JsonObject, dec};

use crate::apis::corefy::{Corefy, NewInvoice};
use crate::apis::{cublox, gormic, omno};
use crate::caps::Caps;
use crate::chance::Chance;
use crate::clock::{Clock, ClockMode};
use crate::draft::MoveError;
use crate::engine::{Engine, Parts};
use crate::error::SandboxError;
use crate::kind::Kind;
use crate::machine::{Cause, Machine};
use crate::profile::Profile;
use crate::record::{self, Event, Object};
use crate::scenario::Plan;
use crate::sending::Sending;
use crate::store::{Store, Table};

/// How many causes each test tries; `SPECIE_CAUSES` sets another number.
fn causes() -> u64 {
    std::env::var("SPECIE_CAUSES").ok().and_then(|causes| causes.parse().ok()).unwrap_or(4000)
}

fn engine(kinds: Vec<Arc<dyn Kind>>) -> Arc<Engine> {
    Arc::new(Engine::new(Parts {
        store: Store::open(None).unwrap(),
        clock: Clock::new(ClockMode::Frozen, None),
        seed: 7,
        profile: Profile::default(),
        sending: Sending::new(false).unwrap(),
        caps: Caps::default(),
        kinds,
    }))
}

/// Every cause of a table, and one that no table has.
fn all_causes(machine: &Machine) -> Vec<Cause> {
    let mut causes: Vec<Cause> = machine.edges.iter().map(|edge| edge.cause).collect();
    causes.extend([Cause::Page, Cause::Control, Cause::Operation("nothing"), Cause::Timer("nothing")]);
    causes
}

/// A number in the fields, as an amount.
fn amount(fields: &Value, name: &str) -> Decimal {
    fields[name].to_string().parse().unwrap_or(dec!(0))
}

/// What holds of every object in every state.
fn check(machine: &Machine, object: &Object) {
    let fields: Value = serde_json::from_str(object.data.get()).unwrap();
    assert!(object.updated >= object.created);
    if machine.is_terminal(&object.state) {
        assert!(object.timers.is_empty(), "{} has timers", object.state);
    }
    for armed in &object.timers {
        assert!(machine.timer(&object.state, &armed.timer).is_some(), "{} in {}", armed.timer, object.state);
    }
    match machine.kind {
        "payout_invoice" => {
            let (whole, processed) = (amount(&fields, "amount"), amount(&fields, "processed_amount"));
            assert!(processed <= whole);
            if object.state == "partially_processed" {
                assert!(processed < whole);
            }
        }
        "payin" => assert!(amount(&fields, "refunded") <= amount(&fields, "amount")),
        "payment" => assert_eq!(fields["reversed_at"].is_string(), object.state == "reversed"),
        _ => {}
    }
}

/// Tries random causes on objects that `create` makes, a new one whenever the last has ended.
async fn try_causes<F>(engine: &Arc<Engine>, kind: Arc<dyn Kind>, create: F)
where
    F: AsyncFn(u64) -> Object,
{
    let machine = kind.machine();
    let (states, causes_of) = (machine.states(), all_causes(machine));
    let chance = Chance::new(11);
    let (mut taken, mut tried, mut objects) = (0_u64, 0_u64, 0_u64);
    while tried < causes() {
        objects += 1;
        let mut object = create(objects).await;
        while !machine.is_terminal(&object.state) && tried < causes() {
            let (kind, states, causes_of) = (Arc::clone(&kind), states.clone(), causes_of.clone());
            let start = object.clone();
            // Many in one commit, so that a million do not take long.
            let moved = engine.decide(move |draft| {
                let (mut object, mut taken, mut refused) = (start, 0_u64, 0_u64);
                for number in 0..100 {
                    let draw = |what: &str, bound: usize| {
                        let name = format!("{}", tried + number);
                        usize::try_from(chance.below(&[machine.kind, what, &name], bound as u64)).unwrap()
                    };
                    let (cause, to) = (causes_of[draw("cause", causes_of.len())], states[draw("to", states.len())]);
                    let before = object.clone();
                    let part = (draw("part", 2) == 1).then_some(dec!(0.01));
                    match draft.transition_by(&*kind, &mut object, (cause, to), part) {
                        Ok(()) => {
                            assert!(machine.allows(&before.state, cause, to), "{} to {to} by {cause}", before.state);
                            assert!(object.state == to && object.updated > before.updated);
                            taken += 1;
                        }
                        Err(MoveError::Forbidden) => {
                            assert!(!machine.allows(&before.state, cause, to), "{} to {to} by {cause}", before.state);
                            assert_eq!(
                                serde_json::to_string(&object).unwrap(),
                                serde_json::to_string(&before).unwrap()
                            );
                            refused += 1;
                        }
                        // A refund of more than is left: the whole change is dropped.
                        Err(MoveError::Store(SandboxError::Usage(_))) => object = before,
                        Err(MoveError::Store(error)) => return Err(error),
                    }
                    check(machine, &object);
                }
                Ok((object, taken, refused))
            });
            let (last, ways, _) = moved.await.unwrap();
            object = last;
            taken += ways;
            tried += 100;
        }
    }
    assert!(taken > 0 && objects > 0);
    // What is kept is what was decided: each object stands where its last event left it, and each event begins where the one before ended.
    let (objects, events): (Vec<Object>, Vec<Event>) =
        engine.read(|rows| Ok((record::all(rows, Table::Objects)?, record::all(rows, Table::Events)?))).unwrap();
    for object in objects.iter().filter(|object| object.kind == machine.kind) {
        let mut state = None;
        for event in events.iter().filter(|event| event.kind == object.kind && event.id == object.id) {
            assert_eq!(event.from, state);
            state = Some(event.to.clone());
        }
        assert_eq!(state.as_deref(), Some(object.state.as_str()));
    }
}

fn new_invoice(number: u64) -> NewInvoice {
    NewInvoice {
        reference_id: format!("ref-{number}"),
        service: "card".to_owned(),
        currency: "USD".to_owned(),
        amount: dec!(10.01),
        fields: JsonObject::from([("card_number", "5123817234060000")]),
        context: None,
        test_mode: None,
        callback_url: None,
        description: None,
        allow_partially: number.is_multiple_of(2),
        auto_process: false,
        attempts_limit: None,
        customer: None,
        metadata: None,
    }
}

#[tokio::test]
async fn payout_invoices_take_ways_of_their_table_only() {
    let kind = cublox::kind(&Profile::default());
    let engine = engine(vec![kind.clone()]);
    let corefy = Corefy { engine: Arc::clone(&engine), kind: kind.clone() };
    try_causes(&engine, kind, async |number| {
        corefy.create("shop".to_owned(), new_invoice(number), Plan::default()).await.unwrap();
        let place = ("cublox", "shop", "payout_invoice");
        let found = corefy.engine.read(|rows| record::object_by_reference(rows, place, &format!("ref-{number}")));
        found.unwrap().unwrap()
    })
    .await;
}

async fn transactions(machine: &'static Machine) {
    let kind = Arc::new(omno::Transactions { machine });
    let engine = engine(vec![kind.clone()]);
    let operations = omno::Operations { engine: Arc::clone(&engine), payins: kind.clone(), payouts: kind.clone() };
    try_causes(&engine, kind.clone(), async |number| {
        let new = omno::NewTransaction {
            order_id: format!("order-{number}"),
            amount: dec!(10.01),
            currency: "USD".to_owned(),
            external_user_id: "customer".to_owned(),
            return_urls: None,
            router_id: None,
            previous_transaction_count: None,
            scenario: None,
        };
        operations.create(&kind, "shop".to_owned(), new, Plan::default()).await.unwrap()
    })
    .await;
}

#[tokio::test]
async fn payins_take_ways_of_their_table_only() {
    transactions(&omno::PAYIN).await;
}

#[tokio::test]
async fn payouts_take_ways_of_their_table_only() {
    transactions(&omno::PAYOUT).await;
}

#[tokio::test]
async fn payments_take_ways_of_their_table_only() {
    let kind: Arc<dyn Kind> = Arc::new(gormic::Records(&gormic::PAYMENT));
    let engine = engine(vec![Arc::clone(&kind)]);
    let operations = gormic::Operations { engine: Arc::clone(&engine), requests: Arc::default() };
    try_causes(&engine, kind, async |number| {
        let payment = gormic::Payment {
            order_id: format!("order-{number}"),
            r#type: "receipt".to_owned(),
            custom: false,
            amount: Some(dec!(10)),
            method: None,
            customer_uid: None,
            source: None,
            transaction_ref: None,
            attrs: JsonObject::default(),
            invoice_id: None,
            note: None,
            completed_at: None,
            reversed_at: None,
        };
        // Every second one has a scenario, so that its timer runs.
        let plan = if number.is_multiple_of(2) { Plan::outcome("complete") } else { Plan::default() };
        operations.create("shop".to_owned(), payment, None, plan).await.unwrap()
    })
    .await;
}
