//! The lines of a journal's file: JSON and a checksum each.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::entry::Entry;
use crate::outcome::Outcome;

/// One line.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Line {
    /// A request is about to be sent.
    Open(Entry),
    /// It is known what became of one.
    Settled(Mark),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Mark {
    pub(super) id: String,
    pub(super) outcome: String,
}

impl Line {
    pub(super) fn settled(entry: &Entry, outcome: Outcome) -> Self {
        let outcome = match outcome {
            Outcome::NotSent => "not_sent",
            Outcome::Refused => "refused",
            Outcome::Duplicate => "duplicate",
            Outcome::Unknown => "unknown",
            Outcome::Done => "done",
        };
        Self::Settled(Mark { id: entry.id.clone(), outcome: outcome.to_owned() })
    }

    /// The line with its checksum and its end.
    pub(super) fn to_text(&self) -> serde_json::Result<String> {
        let json = serde_json::to_string(self)?;
        let checksum = checksum(&json);
        Ok(format!("{json} {checksum}\n"))
    }

    /// Reads a line with its end; `None` where anything of it is missing or changed.
    pub(super) fn from_text(line: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(line).ok()?;
        let (json, sum) = text.strip_suffix('\n')?.rsplit_once(' ')?;
        if sum != checksum(json) {
            return None;
        }
        serde_json::from_str(json).ok()
    }
}

/// The first 64 bits of the SHA-256 of a text: against accidents, not against forgery.
fn checksum(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let bits = digest.iter().take(8).fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
    format!("{bits:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry(reference: &str) -> Entry {
        Entry {
            id: "1".into(),
            api: "cublox".into(),
            operation: "pay".into(),
            reference: Some(reference.into()),
            key: None,
            time: 1_700_000_000_000,
            hash: "00".into(),
        }
    }

    proptest! {
        #[test]
        fn a_line_is_read_as_it_was_written_and_no_other_way(reference in any::<String>(), at in any::<prop::sample::Index>(), bit in 0..8_u32) {
            let line = Line::Open(entry(&reference));
            let text = line.to_text().unwrap();
            prop_assert_eq!(text.matches('\n').count(), 1, "one line, whatever the reference");
            prop_assert_eq!(Line::from_text(text.as_bytes()), Some(line));
            let mut damaged = text.clone().into_bytes();
            let at = at.index(damaged.len());
            damaged[at] ^= 1 << bit;
            prop_assert_eq!(Line::from_text(&damaged), None);
            prop_assert_eq!(Line::from_text(&text.as_bytes()[..at]), None);
        }
    }
}
