//! Generated types against hand-written ones, measured in turns, so that what else the machine does falls on both.

use std::time::{Duration, Instant};

/// How many pairs.
const PAIRS: usize = 20;
/// How often each one of a pair decodes and encodes.
const ROUNDS: u32 = 5000;

/// Measures and prints.
pub(super) fn report() {
    assert_eq!(
        serde_json::from_slice::<serde_json::Value>(&super::invoice_generated()).unwrap(),
        serde_json::from_slice::<serde_json::Value>(&super::invoice_by_hand()).unwrap(),
        "both do the same"
    );
    // Caches and clocks are warm before it counts.
    pair(true);
    let pairs: Vec<(Duration, Duration)> = (0..PAIRS).map(|index| pair(index % 2 == 0)).collect();
    let ratios = sorted(pairs.iter().map(|(generated, by_hand)| generated.as_secs_f64() / by_hand.as_secs_f64()));
    let micros = |time: &Duration| time.as_secs_f64() * 1e6 / f64::from(ROUNDS);
    let generated = sorted(pairs.iter().map(|(generated, _)| micros(generated)));
    let by_hand = sorted(pairs.iter().map(|(_, by_hand)| micros(by_hand)));
    println!("decode and encode a payout invoice, {PAIRS} pairs of {ROUNDS}:");
    println!("  generated {:.2} µs, by hand {:.2} µs", median(&generated), median(&by_hand));
    println!("  generated / by hand: median {:.3}, from {:.3} to {:.3}", median(&ratios), ratios[0], ratios[PAIRS - 1]);
}

/// One of each, in this order or the other.
fn pair(generated_first: bool) -> (Duration, Duration) {
    if generated_first {
        let generated = time(super::invoice_generated);
        (generated, time(super::invoice_by_hand))
    } else {
        let by_hand = time(super::invoice_by_hand);
        (time(super::invoice_generated), by_hand)
    }
}

fn time(work: fn() -> Vec<u8>) -> Duration {
    let start = Instant::now();
    for _ in 0..ROUNDS {
        divan::black_box(work());
    }
    start.elapsed()
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

fn median(sorted: &[f64]) -> f64 {
    f64::midpoint(sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2])
}
