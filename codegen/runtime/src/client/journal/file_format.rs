//! The text of a journal's file: a header, then a line of JSON for each entry and each mark.
//!
//! ```text
//! specie-journal 1 5fc2a9d3
//! {"open":{"v":1,"id":"…","api":"cublox",…}} 0b1e6a77
//! {"settled":{"ids":["…"],"outcome":"done"}} 9a31c0de
//! ```
//!
//! Each line ends in the CRC-32 of all bytes of the file before it, from the header on, as eight hexadecimal digits. So a line that was
//! changed, removed, added or moved is noticed, by accident or by an editor; it is no protection against forgery.

use crc32fast::Hasher;
use serde::{Deserialize, Serialize};

use super::entry::Entry;
use crate::outcome::Outcome;

/// The format by name and version.
const NAME: &str = "specie-journal ";
const VERSION: &str = "1";

/// The longest header in bytes that is looked at.
pub(super) const LONGEST_HEADER: u64 = 64;

/// One line below the header.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Line {
    /// A request is about to be sent.
    Open(Entry),
    /// The outcome of these entries is known.
    Settled(Mark),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mark {
    pub(super) ids: Vec<String>,
    pub(super) outcome: Word,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
}

/// An outcome as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Word {
    NotSent,
    Refused,
    Duplicate,
    Unknown,
    Done,
}

/// The checksum of a file up to a place.
#[derive(Clone, Default)]
pub(super) struct Checksum(Hasher);

impl Word {
    pub(super) const fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::NotSent => Self::NotSent,
            Outcome::Refused => Self::Refused,
            Outcome::Duplicate => Self::Duplicate,
            Outcome::Unknown => Self::Unknown,
            Outcome::Done => Self::Done,
        }
    }
}

impl Line {
    pub(super) fn to_text(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }

    /// Reads the text of a line whose checksum is right.
    pub(super) fn from_text(text: &str) -> Result<Self, &'static str> {
        serde_json::from_str(text).map_err(|_| "is of a kind that this program does not know; a newer one wrote it")
    }
}

impl Checksum {
    /// The line of a text, with its checksum and its end, as the next of the file.
    pub(super) fn seal(&mut self, text: &str) -> String {
        let line = format!("{text} {:08x}\n", self.after(text));
        self.0.update(line.as_bytes());
        line
    }

    /// The text of the next line of the file, which is given without its end.
    pub(super) fn unseal<'l>(&mut self, line: &'l [u8]) -> Option<&'l str> {
        let text = self.text_of(line)?;
        self.0.update(line);
        self.0.update(b"\n");
        Some(text)
    }

    /// Whether a whole line, and more, stands at the start of what has no end: no torn write leaves that.
    pub(super) fn is_more_than_a_line(&self, tail: &[u8]) -> bool {
        (0..tail.len()).any(|end| self.text_of(&tail[..end]).is_some())
    }

    fn text_of<'l>(&self, line: &'l [u8]) -> Option<&'l str> {
        let (text, sum) = line.split_at_checked(line.len().checked_sub(9)?)?;
        let sum = std::str::from_utf8(sum).ok()?.strip_prefix(' ')?;
        let is_hexadecimal = sum.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        if !is_hexadecimal {
            return None;
        }
        let text = std::str::from_utf8(text).ok()?;
        (sum == format!("{:08x}", self.after(text))).then_some(text)
    }

    fn after(&self, text: &str) -> u32 {
        let mut hasher = self.0.clone();
        hasher.update(text.as_bytes());
        hasher.finalize()
    }
}

/// The header of a new file.
pub(super) fn header(checksum: &mut Checksum) -> String {
    checksum.seal(&format!("{NAME}{VERSION}"))
}

/// Reads the first line of a file, without its end.
pub(super) fn read_header(line: &[u8], checksum: &mut Checksum) -> Result<(), String> {
    if !line.starts_with(NAME.as_bytes()) {
        return Err("is not the header of a journal".to_owned());
    }
    let text = checksum.unseal(line).ok_or("is damaged: it does not end in its checksum")?;
    match text.strip_prefix(NAME) {
        Some(VERSION) => Ok(()),
        other => {
            let version = other.unwrap_or_default();
            Err(format!("is the header of a journal of version {version:?}, and this program reads version {VERSION}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_line_is_read_as_it_was_written_and_no_other_way(reason in any::<String>(), at in any::<prop::sample::Index>(), bit in 0..8_u32) {
            let line = Line::Settled(Mark { ids: vec!["1".into()], outcome: Word::Done, reason: Some(reason) });
            let mut checksum = Checksum::default();
            header(&mut checksum);
            let text = checksum.clone().seal(&line.to_text().unwrap());
            prop_assert_eq!(text.matches('\n').count(), 1, "one line, whatever the reason");
            let whole = text.trim_end_matches('\n').as_bytes();
            prop_assert_eq!(checksum.clone().unseal(whole).map(Line::from_text), Some(Ok(line)));
            prop_assert_eq!(Checksum::default().unseal(whole), None, "at another place");
            let mut damaged = whole.to_vec();
            let at = at.index(damaged.len());
            damaged[at] ^= 1 << bit;
            prop_assert_eq!(checksum.clone().unseal(&damaged), None);
            prop_assert_eq!(checksum.clone().unseal(&whole[..at]), None);
            prop_assert!(checksum.is_more_than_a_line(text.as_bytes()) && !checksum.is_more_than_a_line(whole));
        }
    }
}
