//! The figures as gauges of OpenTelemetry: [`observe_figures`].

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use deadpool_postgres::Pool;
use opentelemetry::metrics::Meter;
use opentelemetry::{InstrumentationScope, global};

use crate::error::Error;
use crate::figures::{Figures, figures};

/// Figures that failed to come anew for so many rounds are told no more.
const ROUNDS: u32 = 3;

/// Asks for the [`Figures`] every so often until `stop` completes, and tells them to the meter provider of OpenTelemetry that is the program's
/// when this begins (`opentelemetry::global::set_meter_provider`).
///
/// | gauge | unit | what |
/// |---|---|---|
/// | `specie.journal.unsettled_entries` | `{entry}` | [`Figures::unsettled`] |
/// | `specie.journal.oldest_unsettled_age` | `s` | [`Figures::oldest_unsettled`] |
/// | `specie.journal.claims` | `{claim}` | [`Figures::claims`] |
/// | `specie.journal.resumed_in_vain` | `{entry}` | [`Figures::resumed_in_vain`] |
/// | `specie.outbox.owed_messages` | `{message}` | [`Figures::owed`] |
/// | `specie.outbox.lag` | `s` | [`Figures::outbox_lag`] |
/// | `specie.outbox.dead_letters` | `{message}` | [`Figures::dead_letters`] |
///
/// They have no attributes, and are about all replicas together: let one process tell them, or take the largest of what several tell, not
/// the sum. When the database did not answer for three rounds, nothing is told, so that an alert on missing numbers sees it. The version of
/// `opentelemetry` has to be that of the program's exporter; `Cargo.toml` says which one it is.
///
/// ```no_run
/// # async fn example(pool: specie_postgres::deadpool_postgres::Pool, asked_to_stop: impl Future<Output = ()>) {
/// specie_postgres::observe_figures(&pool, std::time::Duration::from_secs(15), asked_to_stop).await;
/// # }
/// ```
pub async fn observe_figures(pool: &Pool, every: Duration, stop: impl Future<Output = ()>) {
    let latest = Arc::new(Latest { figures: Mutex::new(None), lasts: every.saturating_mul(ROUNDS) });
    make_gauges(&Arc::downgrade(&latest));
    let asking = async {
        loop {
            match ask(pool).await {
                Ok(figures) => latest.set(figures),
                Err(error) => tracing::warn!(%error, "the figures cannot be read"),
            }
            tokio::time::sleep(every).await;
        }
    };
    tokio::select! {
        () = asking => {}
        () = stop => {}
    }
}

async fn ask(pool: &Pool) -> Result<Figures, Error> {
    figures(&**pool.get().await?).await
}

/// The figures of the last round that had any.
struct Latest {
    figures: Mutex<Option<(Figures, Instant)>>,
    /// How long they are told.
    lasts: Duration,
}

impl Latest {
    fn set(&self, figures: Figures) {
        *self.figures.lock().unwrap_or_else(PoisonError::into_inner) = Some((figures, Instant::now()));
    }

    fn get(&self) -> Option<Figures> {
        let (figures, since) = (*self.figures.lock().unwrap_or_else(PoisonError::into_inner))?;
        (since.elapsed() <= self.lasts).then_some(figures)
    }
}

/// Makes the instruments. A provider keeps them for good; they tell nothing when nobody asks for figures any more.
fn make_gauges(latest: &Weak<Latest>) {
    let scope = InstrumentationScope::builder(env!("CARGO_PKG_NAME")).with_version(env!("CARGO_PKG_VERSION"));
    let meter = global::meter_with_scope(scope.build());
    let gauges = Gauges { meter, latest };
    gauges.count(
        "specie.journal.unsettled_entries",
        "{entry}",
        "Entries of which it is not known what became of their requests.",
        |figures| figures.unsettled,
    );
    gauges.age(
        "specie.journal.oldest_unsettled_age",
        "How long ago the oldest unsettled entry was written.",
        |figures| figures.oldest_unsettled,
    );
    gauges.count("specie.journal.claims", "{claim}", "Unsettled entries that a call holds.", |figures| figures.claims);
    gauges.count(
        "specie.journal.resumed_in_vain",
        "{entry}",
        "Unsettled entries that were picked for resuming more than three times.",
        |figures| figures.resumed_in_vain,
    );
    gauges.count("specie.outbox.owed_messages", "{message}", "Messages that are owed.", |figures| figures.owed);
    gauges.age("specie.outbox.lag", "For how long the message is owed that is owed longest.", |figures| {
        figures.outbox_lag
    });
    gauges.count("specie.outbox.dead_letters", "{message}", "Messages that are sent no more.", |figures| {
        figures.dead_letters
    });
}

struct Gauges<'l> {
    meter: Meter,
    latest: &'l Weak<Latest>,
}

impl Gauges<'_> {
    fn count(
        &self,
        name: &'static str,
        unit: &'static str,
        description: &'static str,
        read: impl Fn(&Figures) -> u64 + Send + Sync + 'static,
    ) {
        let latest = Weak::clone(self.latest);
        let gauge = self.meter.u64_observable_gauge(name).with_unit(unit).with_description(description);
        gauge.with_callback(move |gauge| observe(&latest, |figures| gauge.observe(read(figures), &[]))).build();
    }

    /// In seconds.
    fn age(
        &self,
        name: &'static str,
        description: &'static str,
        read: impl Fn(&Figures) -> Duration + Send + Sync + 'static,
    ) {
        let latest = Weak::clone(self.latest);
        let gauge = self.meter.f64_observable_gauge(name).with_unit("s").with_description(description);
        gauge
            .with_callback(move |gauge| observe(&latest, |figures| gauge.observe(read(figures).as_secs_f64(), &[])))
            .build();
    }
}

fn observe(latest: &Weak<Latest>, tell: impl FnOnce(&Figures)) {
    if let Some(figures) = latest.upgrade().and_then(|latest| latest.get()) {
        tell(&figures);
    }
}
