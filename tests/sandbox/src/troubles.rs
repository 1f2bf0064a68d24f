//! What the sandbox itself failed at while the time passed: the latest of it, for pages, programs and the log.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use tokio::sync::Notify;

use crate::error::SandboxError;
use crate::moment::Moment;

/// The most that are kept.
const MOST: usize = 100;

/// Something that was due and was given up.
#[derive(Clone, Debug, Serialize)]
pub struct Trouble {
    /// Its number: later ones are greater.
    pub number: u64,
    /// When.
    pub at: Moment,
    /// What was due.
    pub what: String,
    /// Why it did not happen.
    pub error: String,
}

/// A line: when, what, and why not.
impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.at, self.what, self.error)
    }
}

/// The latest troubles, the oldest first.
#[derive(Debug, Default)]
pub(crate) struct Troubles {
    inner: Mutex<Kept>,
    told: Notify,
}

#[derive(Debug, Default)]
struct Kept {
    last: u64,
    latest: VecDeque<Trouble>,
}

impl Troubles {
    /// Keeps and logs a trouble.
    pub(crate) fn add(&self, at: Moment, what: String, error: &SandboxError) -> Trouble {
        tracing::error!(%at, what, %error, "the sandbox gives up what was due");
        let mut kept = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        kept.last += 1;
        let trouble = Trouble { number: kept.last, at, what, error: error.to_string() };
        kept.latest.push_back(trouble.clone());
        if kept.latest.len() > MOST {
            kept.latest.pop_front();
        }
        drop(kept);
        self.told.notify_waiters();
        trouble
    }

    /// Those that are kept, the oldest first.
    pub(crate) fn all(&self) -> Vec<Trouble> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).latest.iter().cloned().collect()
    }

    /// Those after a number, once there are any.
    pub(crate) async fn after(&self, number: u64) -> Vec<Trouble> {
        loop {
            let told = self.told.notified();
            let later: Vec<Trouble> = self.all().into_iter().filter(|trouble| trouble.number > number).collect();
            if !later.is_empty() {
                return later;
            }
            told.await;
        }
    }

    /// Forgets all; numbers go on.
    pub(crate) fn clear(&self) {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).latest.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_latest_are_kept_and_told_by_number() {
        let troubles = Troubles::default();
        for _ in 0..MOST + 5 {
            troubles.add(Moment(0), "a timer".to_owned(), &SandboxError::store("gone"));
        }
        let all = troubles.all();
        assert_eq!((all.len(), all[0].number, all[0].error.as_str()), (MOST, 6, "the store failed: gone"));
        assert_eq!(troubles.after(104).await.len(), 1);
        troubles.clear();
        troubles.add(Moment(0), "a timer".to_owned(), &SandboxError::store("gone"));
        assert_eq!(troubles.after(0).await[0].number, 106);
    }
}
