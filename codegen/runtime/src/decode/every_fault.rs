//! Every fault of a body, where its sender is told what to correct.
//!
//! The first reading of a body ends at its first fault, so that what is in order costs nothing more. Only then a second one goes on behind
//! each fault, as far as the tables of [`codec`](crate::codec) lead.

use std::cell::RefCell;

use serde::de::DeserializeOwned;

use super::decoding_mode::{collecting, is_collecting};
use super::{DecodeFault, from_slice, trace};

thread_local! {
    /// What the type that was read last through serde found beside its first fault, which is all that serde hands on.
    static FURTHER: RefCell<Option<Further>> = const { RefCell::new(None) };
}

/// The faults of a value behind its first one, with places from there.
struct Further {
    first: String,
    faults: Vec<DecodeFault>,
}

/// Keeps what serde cannot hand on: the faults of a value behind its first one, at `first`.
pub(crate) fn hand_over(first: &str, faults: Vec<DecodeFault>) {
    if is_collecting() {
        FURTHER.set(Some(Further { first: first.to_owned(), faults }));
    }
}

/// Decodes a JSON body as [`from_slice`] does, with every fault; the first one is the one that it finds.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Vec<DecodeFault>> {
    from_slice(bytes).map_err(|first| diagnose::<T>(bytes, first))
}

fn diagnose<T: DeserializeOwned>(bytes: &[u8], first: DecodeFault) -> Vec<DecodeFault> {
    if first.malformed {
        return vec![first];
    }
    FURTHER.set(None);
    let second = collecting(|| trace::<T>(bytes));
    let (Err(fault), Some(further)) = (second, FURTHER.take()) else { return vec![first] };
    // The place of the first fault from the root tells where the type begins whose further faults are known.
    let Some(root) = fault.pointer.strip_suffix(&further.first).map(str::to_owned) else { return vec![first] };
    let further = further
        .faults
        .into_iter()
        .map(|fault| DecodeFault { pointer: format!("{root}{}", fault.pointer), ..fault.shortened() });
    std::iter::once(fault).chain(further).collect()
}
