//! `cargo run --release -p specie-tests --example fuzz -- TARGET --seconds N`: runs inputs that chance makes up against a part of the
//! toolkit, until the time is over, and leaves what it finds in `target/fuzz/`.
//!
//! `all` stands for every target, one after the other, each for that long. The same seed makes the same inputs. `--replay FILE` runs one
//! input, and `--seeds FOLDER` takes the files of a folder as further inputs to begin with.

// What the linter asks for in a library reads worse in a test.
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    clippy::cast_precision_loss,
    clippy::format_push_string,
    clippy::needless_for_each,
    clippy::needless_pass_by_value,
    clippy::similar_names,
    clippy::unused_async,
    clippy::unused_self,
    clippy::wrong_self_convention
)]

#[path = "../it/hostile/fuzzing/mod.rs"]
mod fuzzing;
#[allow(dead_code, reason = "made for all tests, of which this needs some")]
#[path = "../it/support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

use fuzzing::{Limits, TARGETS, Target};

const USAGE: &str = "fuzz TARGET [--seconds N] [--seed S] [--seeds FOLDER] [--replay FILE]";

/// What the user asked for.
struct Arguments {
    targets: Vec<&'static Target>,
    seconds: u64,
    seed: u64,
    seeds: Vec<Vec<u8>>,
    replay: Option<Vec<u8>>,
}

fn main() -> ExitCode {
    let arguments = match arguments() {
        Ok(arguments) => arguments,
        Err(why) => {
            let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            eprintln!("{why}\nusage: {USAGE}\ntargets: {}, all", names.join(", "));
            return ExitCode::from(2);
        }
    };
    if let Some(input) = &arguments.replay {
        for target in &arguments.targets {
            println!("{}: {:?}", target.name, (target.run)(input));
        }
        return ExitCode::SUCCESS;
    }
    fuzzing::engine::note_panics();
    let findings: usize = arguments.targets.iter().map(|target| fuzz(target, &arguments)).sum();
    if findings == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs a target and prints what came of it; returns how many findings there were.
fn fuzz(target: &'static Target, arguments: &Arguments) -> usize {
    println!("{}: seed {}, {} s", target.name, arguments.seed, arguments.seconds);
    let report = fuzzing::run(
        target,
        Limits {
            seed: arguments.seed,
            cases: u64::MAX,
            time: Duration::from_secs(arguments.seconds),
            slow: Duration::from_secs(2),
            folder: Some(support::checkout().join("target/fuzz")),
            seeds: arguments.seeds.clone(),
        },
    );
    let seconds = report.time.as_secs_f64();
    println!(
        "{}: {} cases in {seconds:.0} s, {:.0} a second, the slowest {:.2?}; {} led to something new; at most {} MiB; {} findings",
        target.name,
        report.cases,
        report.cases as f64 / seconds.max(0.001),
        report.slowest,
        report.novel,
        report.memory,
        report.findings.len(),
    );
    report.findings.len()
}

fn arguments() -> Result<Arguments, String> {
    let mut words = std::env::args().skip(1);
    let name = words.next().ok_or("which target?")?;
    let targets = match fuzzing::target(&name) {
        Some(target) => vec![target],
        None if name == "all" => TARGETS.to_vec(),
        None => return Err(format!("there is no target `{name}`")),
    };
    // Another seed every time, so that no run repeats the last one.
    let clock = SystemTime::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_secs());
    let mut arguments = Arguments { targets, seconds: 60, seed: clock, seeds: Vec::new(), replay: None };
    while let Some(option) = words.next() {
        let value = words.next().ok_or_else(|| format!("`{option}` needs a value"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("`{value}` is no number"));
        match option.as_str() {
            "--seconds" => arguments.seconds = number()?,
            "--seed" => arguments.seed = number()?,
            "--seeds" => arguments.seeds = fuzzing::seeds::folder(Path::new(&value)),
            "--replay" => {
                let file = PathBuf::from(&value);
                arguments.replay = Some(std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?);
            }
            _ => return Err(format!("there is no option `{option}`")),
        }
    }
    Ok(arguments)
}
