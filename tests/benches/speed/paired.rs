//! Generated code against hand-written code, measured in turns, so that what else the machine does falls on both.

use std::time::{Duration, Instant};

/// How many pairs.
const PAIRS: usize = 20;

/// Measures two ways of doing the same, each `rounds` times in a row, and prints how long one round takes.
pub(super) fn report(what: &str, rounds: u32, generated: &mut dyn FnMut(), by_hand: &mut dyn FnMut()) {
    let mut pair = |generated_first: bool| {
        if generated_first {
            let time_generated = time(rounds, generated);
            (time_generated, time(rounds, by_hand))
        } else {
            let time_by_hand = time(rounds, by_hand);
            (time(rounds, generated), time_by_hand)
        }
    };
    // Caches and clocks are warm before it counts.
    pair(true);
    let pairs: Vec<(Duration, Duration)> = (0..PAIRS).map(|index| pair(index % 2 == 0)).collect();
    let ratios = sorted(pairs.iter().map(|(generated, by_hand)| generated.as_secs_f64() / by_hand.as_secs_f64()));
    let micros = |time: &Duration| time.as_secs_f64() * 1e6 / f64::from(rounds);
    let generated = sorted(pairs.iter().map(|(generated, _)| micros(generated)));
    let by_hand = sorted(pairs.iter().map(|(_, by_hand)| micros(by_hand)));
    println!("{what}, {PAIRS} pairs of {rounds}:");
    println!("  generated {:.2} µs, by hand {:.2} µs", median(&generated), median(&by_hand));
    println!("  generated / by hand: median {:.3}, from {:.3} to {:.3}", median(&ratios), ratios[0], ratios[PAIRS - 1]);
}

fn time(rounds: u32, work: &mut dyn FnMut()) -> Duration {
    let start = Instant::now();
    for _ in 0..rounds {
        work();
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
