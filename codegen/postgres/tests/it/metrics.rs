//! The gauges tell what the figures do, and nothing when there are none.

use std::collections::BTreeMap;
use std::time::Duration;

use opentelemetry_sdk::metrics::data::{AggregatedMetrics, GaugeDataPoint, MetricData};
use opentelemetry_sdk::metrics::{InMemoryMetricExporter, PeriodicReader, SdkMeterProvider};
use specie_postgres::observe_figures;
use tokio::sync::oneshot;

use crate::figures::fill;
use crate::support::server::Database;

/// What a reader of the program's meter provider gets.
struct Reader {
    provider: SdkMeterProvider,
    exporter: InMemoryMetricExporter,
}

impl Reader {
    fn of_the_program() -> Self {
        let exporter = InMemoryMetricExporter::default();
        // It reads when it is asked to.
        let reader = PeriodicReader::builder(exporter.clone()).with_interval(Duration::from_secs(3600)).build();
        let provider = SdkMeterProvider::builder().with_reader(reader).build();
        opentelemetry::global::set_meter_provider(provider.clone());
        Self { provider, exporter }
    }

    /// The gauges by name: unit and value.
    fn read(&self) -> BTreeMap<String, (String, f64)> {
        self.exporter.reset();
        self.provider.force_flush().unwrap();
        let mut gauges = BTreeMap::new();
        for resource in self.exporter.get_finished_metrics().unwrap() {
            for scope in resource.scope_metrics().filter(|scope| scope.scope().name() == "specie-postgres") {
                for metric in scope.metrics() {
                    let value = match metric.data() {
                        AggregatedMetrics::U64(MetricData::Gauge(gauge)) => {
                            gauge.data_points().next().map(|point| f64::from(u32::try_from(point.value()).unwrap()))
                        }
                        AggregatedMetrics::F64(MetricData::Gauge(gauge)) => {
                            gauge.data_points().next().map(GaugeDataPoint::value)
                        }
                        other => panic!("{} is no gauge: {other:?}", metric.name()),
                    };
                    assert!(!metric.description().is_empty(), "{}", metric.name());
                    gauges.extend(value.map(|value| (metric.name().to_owned(), (metric.unit().to_owned(), value))));
                }
            }
        }
        gauges
    }

    async fn read_until(
        &self,
        is_met: impl Fn(&BTreeMap<String, (String, f64)>) -> bool,
    ) -> BTreeMap<String, (String, f64)> {
        loop {
            let gauges = self.read();
            if is_met(&gauges) {
                return gauges;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_figure_is_a_gauge_and_one_that_is_not_known_is_not_told() {
    let Some(database) = Database::new("metrics").await else { return };
    let reader = Reader::of_the_program();
    fill(&database).await;
    let (stop, stopped) = oneshot::channel::<()>();
    let pool = database.pool(1);
    let observing = tokio::spawn(async move {
        let stop = async move { stopped.await.unwrap_or_default() };
        observe_figures(&pool, Duration::from_millis(500), stop).await;
    });
    let gauges = reader.read_until(|gauges| !gauges.is_empty()).await;
    let told: Vec<_> =
        gauges.iter().map(|(name, (unit, value))| (name.as_str(), unit.as_str(), value.floor())).collect();
    let expected = [
        ("specie.journal.claims", "{claim}", 2.0),
        ("specie.journal.oldest_unsettled_age", "s", 3600.0),
        ("specie.journal.resumed_in_vain", "{entry}", 1.0),
        ("specie.journal.unsettled_entries", "{entry}", 3.0),
        ("specie.outbox.dead_letters", "{message}", 1.0),
        ("specie.outbox.lag", "s", 7200.0),
        ("specie.outbox.owed_messages", "{message}", 2.0),
    ];
    let is_about = |(one, other): (&(&str, &str, f64), &(&str, &str, f64))| {
        // An age grows while the test runs.
        (one.0, one.1) == (other.0, other.1)
            && (other.2..other.2 + if one.1 == "s" { 60.0 } else { 1.0 }).contains(&one.2)
    };
    assert!(told.len() == expected.len() && told.iter().zip(&expected).all(is_about), "{told:?}");
    the_readme_lists(&expected.map(|(name, unit, _)| (name, unit)));

    // They follow what happens, and end when the database does not say any more.
    let client = database.connect().await;
    client.execute("UPDATE specie.outbox SET dead_at = NULL", &[]).await.unwrap();
    reader
        .read_until(|gauges| {
            gauges.get("specie.outbox.owed_messages").is_some_and(|(_, owed)| (2.5..3.5).contains(owed))
        })
        .await;
    client.batch_execute("ALTER TABLE specie.outbox RENAME TO away").await.unwrap();
    reader.read_until(BTreeMap::is_empty).await;
    client.batch_execute("ALTER TABLE specie.away RENAME TO outbox").await.unwrap();
    reader.read_until(|gauges| !gauges.is_empty()).await;
    stop.send(()).unwrap();
    observing.await.unwrap();
    assert_eq!(reader.read(), BTreeMap::new(), "nobody asks any more");
}

/// A row for each gauge, and no other.
fn the_readme_lists(gauges: &[(&str, &str)]) {
    let readme = include_str!("../../README.md");
    let mut told: Vec<_> = readme.lines().filter(|line| line.contains("| `specie.")).collect();
    for (name, unit) in gauges {
        let row = told.iter().position(|line| line.contains(&format!("| `{name}` | `{unit}` |")));
        told.remove(row.unwrap_or_else(|| panic!("{name} is not in the README")));
    }
    assert_eq!(told, Vec::<&str>::new());
}
