//! What outlives the process beside objects: the seed, the merchants, and the addresses of their callbacks.

use std::collections::BTreeMap;
use std::ops::Bound;

use serde::{Deserialize, Serialize};

use crate::error::SandboxError;
use crate::store::{Direction, Rows, Table, Write};

const SEED: &[u8] = b"seed";
const MERCHANT: &[u8] = b"merchant\0";

/// What is kept of a merchant. Its credentials are made of the seed and its name; the `Authorization` header of its callbacks is not kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// Whether its calls are answered with 403.
    pub(crate) blocked: bool,
    /// Whether its callbacks are held.
    pub(crate) paused: bool,
    /// The addresses of its callbacks, by API.
    pub(crate) urls: BTreeMap<String, String>,
}

/// The seed of the sandbox that made the file.
pub(crate) fn seed(rows: &dyn Rows) -> Result<Option<u64>, SandboxError> {
    let kept = rows.get(Table::Settings, SEED)?;
    Ok(kept.and_then(|bytes| bytes.first_chunk().copied()).map(u64::from_be_bytes))
}

/// The row that keeps the seed.
pub(crate) fn keep_seed(seed: u64) -> Write {
    Write { table: Table::Settings, key: SEED.to_vec(), value: Some(seed.to_be_bytes().to_vec()) }
}

/// The merchants, by name.
pub(crate) fn merchants(rows: &dyn Rows) -> Result<Vec<(String, Kept)>, SandboxError> {
    let mut end = MERCHANT.to_vec();
    end.push(u8::MAX);
    let bounds = (Bound::Included(MERCHANT), Bound::Excluded(end.as_slice()));
    let mut found = Vec::new();
    for (key, value) in rows.range(Table::Settings, bounds, Direction::Up, usize::MAX)? {
        let name = key.strip_prefix(MERCHANT).unwrap_or_default();
        found.push((String::from_utf8_lossy(name).into_owned(), serde_json::from_slice(&value)?));
    }
    Ok(found)
}

/// The row that keeps a merchant.
pub(crate) fn keep_merchant(name: &str, kept: &Kept) -> Result<Write, SandboxError> {
    let key = [MERCHANT, name.as_bytes()].concat();
    Ok(Write { table: Table::Settings, key, value: Some(serde_json::to_vec(kept)?) })
}
