//! Counts what a type leaves untyped in a value: [`UntypedCount`]. Where several branches of a union fit, the one with the fewest is taken.
//!
//! They are counted per thread and only while a union tries its branches, because a `Decode` implementation can share nothing else.

use std::cell::Cell;

use crate::decode::Restore;

/// How much of a value a type does not explain, the gravest first. Fewer are better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct UntypedCount {
    /// Values that the document does not list, kept because a later version may, and texts without the format that they should have.
    unlisted: u32,
    /// Values of properties that the type does not have, which are ignored.
    dropped: u32,
    /// Values that are kept without a name or type of their own: free JSON, entries of maps.
    untyped: u32,
}

thread_local! {
    /// Those of the attempt that is going on; `None` outside of them.
    static COUNT: Cell<Option<UntypedCount>> = const { Cell::new(None) };
}

impl UntypedCount {
    /// Whether the type explains all of the value.
    pub(super) fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Runs an attempt, and counts what the type that is read leaves open.
    pub(super) fn of<R>(attempt: impl FnOnce() -> R) -> (R, Self) {
        let restore = Restore(&COUNT, COUNT.replace(Some(Self::default())));
        let result = attempt();
        let found = COUNT.get().unwrap_or_default();
        drop(restore);
        (result, found)
    }

    /// Counts those of the attempt that was chosen to the attempt around it.
    pub(super) fn keep(self) {
        note(|count| {
            count.unlisted = count.unlisted.saturating_add(self.unlisted);
            count.dropped = count.dropped.saturating_add(self.dropped);
            count.untyped = count.untyped.saturating_add(self.untyped);
        });
    }
}

/// Whether an attempt is going on.
pub(super) fn are_counted() -> bool {
    COUNT.get().is_some()
}

/// Notes a value that the document does not list, or a text that does not have its format.
pub(crate) fn unlisted() {
    UntypedCount { unlisted: 1, ..UntypedCount::default() }.keep();
}

/// Notes values that are ignored; `size` counts them.
pub(super) fn dropped(size: u32) {
    UntypedCount { dropped: size, ..UntypedCount::default() }.keep();
}

/// Notes values that are kept without a type; `size` counts them.
pub(super) fn untyped(size: u32) {
    UntypedCount { untyped: size, ..UntypedCount::default() }.keep();
}

fn note(add: impl FnOnce(&mut UntypedCount)) {
    if let Some(mut count) = COUNT.get() {
        add(&mut count);
        COUNT.set(Some(count));
    }
}
