//! Findings: made small, and written where people look.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// An input that something is wrong with.
pub struct Finding {
    pub what: String,
    pub input: Vec<u8>,
}

impl Finding {
    /// Writes the input, and beside it what is wrong; returns the input's path.
    pub fn save(&self, folder: &Path, target: &str) -> PathBuf {
        fs::create_dir_all(folder).expect("a folder");
        // FNV-1a, which is the same in every run.
        let hash = self
            .input
            .iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
        let path = folder.join(format!("{target}-{hash:016x}"));
        fs::write(&path, &self.input).expect("a file");
        fs::write(path.with_extension("txt"), format!("{}\n", self.what)).expect("a file");
        path
    }
}

/// How long it is worth to make a finding smaller.
const PATIENCE: Duration = Duration::from_secs(10);

/// The input without whatever it does not need to be a finding: first without long pieces, then without short ones.
pub fn minimised(input: &[u8], is_finding: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut smallest = input.to_vec();
    let start = Instant::now();
    let mut piece = smallest.len().div_ceil(2);
    while piece > 0 && start.elapsed() < PATIENCE {
        let mut at = 0;
        let mut shrunk = false;
        while at < smallest.len() && start.elapsed() < PATIENCE {
            let mut smaller = smallest.clone();
            smaller.drain(at..(at + piece).min(smallest.len()));
            if is_finding(&smaller) {
                smallest = smaller;
                shrunk = true;
            } else {
                at += piece;
            }
        }
        if !shrunk || piece > 1 {
            piece /= 2;
        }
    }
    smallest
}
