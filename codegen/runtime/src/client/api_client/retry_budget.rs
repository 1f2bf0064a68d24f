//! How many retries the calls of a client share.

use std::sync::Mutex;
use std::sync::PoisonError;

use crate::client::options::RetryPolicy;

/// The retries that all calls of a client may still make, in hundredths.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    left: Mutex<u64>,
    most: u64,
    refill: u64,
}

impl RetryBudget {
    pub(crate) fn new(policy: &RetryPolicy) -> Self {
        let most = u64::from(policy.reserve) * 100;
        Self { left: Mutex::new(most), most, refill: u64::from(policy.percent) }
    }

    /// A call was made.
    pub(crate) fn deposit(&self) {
        self.with(|left| *left = left.saturating_add(self.refill).min(self.most));
    }

    /// Takes one retry out, if there is one.
    pub(crate) fn withdraw(&self) -> bool {
        self.with(|left| match left.checked_sub(100) {
            Some(rest) => {
                *left = rest;
                true
            }
            None => false,
        })
    }

    fn with<R>(&self, action: impl FnOnce(&mut u64) -> R) -> R {
        action(&mut self.left.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn waits_double_up_to_their_limit() {
        let policy = RetryPolicy::new().backoff(Duration::from_secs(1), Duration::from_secs(5));
        let limits: Vec<_> = (1..=5).map(|attempts| policy.backoff_limit(attempts).as_secs()).collect();
        assert_eq!(limits, [1, 2, 4, 5, 5]);
        assert_eq!(policy.backoff_limit(u32::MAX).as_secs(), 5);
    }

    #[test]
    fn the_budget_runs_out_and_refills_by_its_share() {
        let budget = RetryBudget::new(&RetryPolicy::new().budget(2, 50));
        assert!(budget.withdraw() && budget.withdraw());
        assert!(!budget.withdraw());
        budget.deposit();
        assert!(!budget.withdraw());
        budget.deposit();
        assert!(budget.withdraw());
        assert!(!budget.withdraw());
    }
}
