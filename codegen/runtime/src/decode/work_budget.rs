//! How much work decoding a hostile body may cause.
//!
//! A union tries several branches, and the unions inside each branch try theirs, so that the work grows exponentially with depth.
//! A limit per thread bounds it, because the unions of a decoding share nothing else.

use std::cell::Cell;

use super::decoding_mode::{Restore, without_collecting};

/// How often the text of an ambiguous union may be scanned, all unions within it taken together.
const PASSES: usize = 64;
/// What an attempt costs besides the bytes it goes over, as bytes.
const OVERHEAD: usize = 64;

thread_local! {
    /// What attempts may still cost; `None` outside of them.
    static BUDGET: Cell<Option<WorkBudget>> = const { Cell::new(None) };
}

/// What attempts may cost, in bytes that they go over.
#[derive(Clone, Copy)]
struct WorkBudget {
    left: usize,
    total: usize,
}

/// Runs one of several attempts to decode a text of this length; `None` where the attempts before it took too much.
pub(crate) fn attempt<R>(length: usize, decode: impl FnOnce() -> R) -> Option<R> {
    let cost = length.saturating_add(OVERHEAD);
    if let Some(budget) = BUDGET.get() {
        BUDGET.set(Some(WorkBudget { left: budget.left.checked_sub(cost)?, ..budget }));
        return Some(without_collecting(decode));
    }
    let total = cost.saturating_mul(PASSES);
    let _restore = Restore(&BUDGET, BUDGET.replace(Some(WorkBudget { left: total, total })));
    Some(without_collecting(decode))
}

/// Whether half of the attempts are used up: from then on the first branch that fits is taken, so that the rest is enough to find any.
pub(crate) fn is_scarce() -> bool {
    BUDGET.get().is_some_and(|budget| budget.left < budget.total / 2)
}
