//! The loop: make an input, run it, keep it if it showed something new, note what went wrong.
//!
//! Cases run in a thread with a stack like that of a main thread. A stack that overflows aborts the process, and a case that hangs
//! cannot be stopped; so the input at work stands in a file before it runs, and the thread that started the run watches the clock and the
//! memory.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::Target;
use super::dice::Dice;
use super::findings::Finding;

/// How long a run goes on, and where it leaves what it finds.
pub struct Limits {
    pub seed: u64,
    pub cases: u64,
    pub time: Duration,
    /// A case that takes longer is a finding.
    pub slow: Duration,
    /// Where the input at work is written; `None` where nobody would look.
    pub folder: Option<PathBuf>,
    /// Further seeds.
    pub seeds: Vec<Vec<u8>>,
}

/// What came of a run.
#[derive(Default)]
pub struct Report {
    pub cases: u64,
    pub time: Duration,
    /// How many inputs led to something new.
    pub novel: usize,
    pub slowest: Duration,
    /// The most memory that the process had, in MiB, where the system says so.
    pub memory: u64,
    pub findings: Vec<Finding>,
}

/// The stack of a main thread.
const STACK: usize = 8 << 20;

/// A case that takes this long is taken to hang.
const HANG: Duration = Duration::from_secs(180);

/// The most memory that a run may have, in MiB.
const MEMORY: u64 = 2048;

/// How many inputs are kept beside the seeds.
const KEPT: usize = 4096;

/// What a run is at: the input, and since when.
type Current = Arc<Mutex<Option<(Instant, Vec<u8>)>>>;

/// The place and message of the last panic, whichever thread it was in.
static PANICKED: Mutex<Option<String>> = Mutex::new(None);

/// Runs a target.
pub fn run(target: &'static Target, limits: Limits) -> Report {
    let (sender, receiver) = channel();
    let watched = limits.folder.clone();
    let current = Current::default();
    let shown = Arc::clone(&current);
    let worker = thread::Builder::new().name(target.name.to_owned()).stack_size(STACK);
    let worker = worker.spawn(move || Run::new(target, limits, shown).to_the_end(&sender)).expect("a thread starts");
    let mut report = watch(target, &receiver, &current, watched);
    // The worker catches all panics of its cases; one of its own is a fault of the fuzzer, which the hook has kept to itself.
    if let Err(panic) = worker.join() {
        let noted = lock(&PANICKED).take().unwrap_or_default();
        eprintln!("{}: the fuzzer itself panicked: {noted}", target.name);
        std::panic::resume_unwind(panic);
    }
    report.memory = memory().1;
    report
}

/// Notes what panics say, instead of printing it, for this process.
#[allow(dead_code, reason = "for the program, whose process is its own")]
pub fn note_panics() {
    std::panic::set_hook(Box::new(|panic| {
        *lock(&PANICKED) = Some(panic.to_string().replace('\n', ": "));
    }));
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for the report; ends the process where a case hangs or eats the memory, which nothing else could end.
fn watch(target: &Target, receiver: &Receiver<Report>, current: &Current, folder: Option<PathBuf>) -> Report {
    loop {
        match receiver.recv_timeout(Duration::from_millis(200)) {
            Ok(report) => return report,
            Err(RecvTimeoutError::Disconnected) => return Report::default(),
            Err(RecvTimeoutError::Timeout) => {}
        }
        let hangs = lock(current).as_ref().is_some_and(|(start, _)| start.elapsed() > HANG);
        let (now, _) = memory();
        if !hangs && now < MEMORY {
            continue;
        }
        let Some((_, input)) = lock(current).clone() else { continue };
        let what = if hangs { format!("it has not ended after {HANG:?}") } else { format!("{now} MiB of memory") };
        let finding = Finding { what, input };
        println!("{}: {}", target.name, finding.what);
        if let Some(folder) = &folder {
            println!("  {}", finding.save(folder, target.name).display());
        }
        std::process::exit(1);
    }
}

/// The memory that the process has and the most that it had, in MiB; zero where the system does not say.
fn memory() -> (u64, u64) {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |key: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(key))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    (of("VmRSS:").unwrap_or_default() >> 10, of("VmHWM:").unwrap_or_default() >> 10)
}

/// A run at work.
struct Run {
    target: &'static Target,
    limits: Limits,
    dice: Dice,
    inputs: Vec<Vec<u8>>,
    seeds: usize,
    seen: HashSet<u64>,
    found: HashSet<String>,
    at_work: Option<File>,
    current: Current,
    report: Report,
}

impl Run {
    fn new(target: &'static Target, mut limits: Limits, current: Current) -> Self {
        let mut inputs = (target.seeds)();
        inputs.append(&mut limits.seeds);
        assert!(!inputs.is_empty(), "{} has no seeds", target.name);
        let at_work = limits.folder.as_ref().map(|folder| {
            fs::create_dir_all(folder).expect("a folder");
            File::create(folder.join(format!("{}-{}.at-work", target.name, limits.seed))).expect("a file")
        });
        let seeds = inputs.len();
        let dice = Dice::new(limits.seed);
        Self {
            target,
            limits,
            dice,
            inputs,
            seeds,
            seen: HashSet::new(),
            found: HashSet::new(),
            at_work,
            current,
            report: Report::default(),
        }
    }

    fn to_the_end(mut self, sender: &Sender<Report>) {
        let start = Instant::now();
        while self.report.cases < self.limits.cases && start.elapsed() < self.limits.time {
            let input = self.next();
            self.case(input);
        }
        *lock(&self.current) = None;
        self.report.time = start.elapsed();
        // Nobody waits for it where the watcher has given up.
        let _ = sender.send(self.report);
    }

    /// First the seeds as they are, then what is made of them.
    fn next(&mut self) -> Vec<u8> {
        let index = usize::try_from(self.report.cases).unwrap_or(usize::MAX);
        if let Some(seed) = self.inputs[..self.seeds].get(index) {
            return seed.clone();
        }
        let (one, other) = (self.dice.below(self.inputs.len()), self.dice.below(self.inputs.len()));
        (self.target.mutate)(&mut self.dice, &self.inputs[one], &self.inputs[other])
    }

    fn case(&mut self, input: Vec<u8>) {
        self.note(&input);
        let start = Instant::now();
        *lock(&self.current) = Some((start, input.clone()));
        let outcome = attempt(self.target, &input);
        let took = start.elapsed();
        self.report.cases += 1;
        self.report.slowest = self.report.slowest.max(took);
        // What else the machine does can hold up a case, but hardly twice.
        if took > self.limits.slow && self.takes_long(&input) {
            self.find(&format!("it took {took:.1?}"), "slow", &input);
        }
        match outcome {
            Ok(reached) if self.seen.insert(reached) => {
                self.report.novel += 1;
                self.keep(input);
            }
            Ok(_) => {}
            Err(what) => self.find(&what, kind(&what), &input),
        }
    }

    /// Whether a case takes too long once more.
    fn takes_long(&self, input: &[u8]) -> bool {
        let start = Instant::now();
        let _ = attempt(self.target, input);
        start.elapsed() > self.limits.slow
    }

    fn keep(&mut self, input: Vec<u8>) {
        if self.inputs.len() < self.seeds + KEPT {
            self.inputs.push(input);
        } else {
            let index = self.seeds + self.dice.below(KEPT);
            self.inputs[index] = input;
        }
    }

    /// Writes the input down where it stays when the process dies.
    fn note(&mut self, input: &[u8]) {
        let Some(file) = &mut self.at_work else { return };
        let written = file
            .seek(SeekFrom::Start(0))
            .and_then(|_| file.write_all(input))
            .and_then(|()| file.set_len(input.len() as u64));
        written.expect("the input is written down");
    }

    /// Notes a finding, one of a kind, as small as it gets.
    fn find(&mut self, what: &str, kind: &str, input: &[u8]) {
        if self.found.len() > 50 || !self.found.insert(kind.to_owned()) {
            return;
        }
        let still = |smaller: &[u8]| attempt(self.target, smaller).is_err_and(|other| self::kind(&other) == kind);
        let input = if kind == "slow" { input.to_vec() } else { super::findings::minimised(input, still) };
        let finding = Finding { what: what.to_owned(), input };
        println!("{}: {what}", self.target.name);
        if let Some(folder) = &self.limits.folder {
            println!("  {}", finding.save(folder, self.target.name).display());
        }
        self.report.findings.push(finding);
    }
}

/// Runs a case; a panic is a fault like any other.
fn attempt(target: &Target, input: &[u8]) -> Result<u64, String> {
    let outcome = catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
    outcome.unwrap_or_else(|panic| {
        let text = panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        let noted = lock(&PANICKED).take();
        Err(noted.or(text).unwrap_or_else(|| "a panic".to_owned()))
    })
}

/// What is the same for all findings of one cause: a message without its numbers and quotations.
fn kind(what: &str) -> &str {
    let end = what.find(['`', '"', '\'', '\n']).unwrap_or(what.len());
    let panicked = what
        .strip_prefix("panicked at ")
        .map(|rest| rest.find(": ").map_or(what.len(), |at| at + "panicked at ".len()));
    what.get(..panicked.unwrap_or(end)).unwrap_or(what)
}
