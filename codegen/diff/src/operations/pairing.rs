//! Which operations of two documents belong together.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use specie_codegen::api::{Address, Operation};

/// Operations of both documents, and those of one alone.
pub(super) struct Matched<'a> {
    pub(super) pairs: Vec<(&'a Operation, &'a Operation)>,
    pub(super) removed: Vec<&'a Operation>,
    pub(super) added: Vec<&'a Operation>,
}

/// The method and the path with its parameters' names left out, or the name of a webhook or callback.
pub(super) fn address(operation: &Operation) -> (String, String) {
    let place = match &operation.address {
        Address::Path(path) => nameless(path),
        Address::Webhook(name) => name.clone(),
        Address::Callback { name, expression } => format!("{name} {expression}"),
    };
    (operation.method.as_str().to_owned(), place)
}

/// A path template without the names of its parameters: `/payouts/{}`.
fn nameless(path: &str) -> String {
    let mut pieces = path.split('{');
    let mut found = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        found.push_str("{}");
        found.push_str(piece.split_once('}').map_or("", |(_, rest)| rest));
    }
    found
}

/// Brings operations together by their addresses, and the rest by their ids.
pub(super) fn matched<'a>(old: &'a [Operation], new: &'a [Operation]) -> Matched<'a> {
    let mut partners: Vec<Option<usize>> = vec![None; new.len()];
    let mut taken = HashSet::new();
    // Paths that differ in the names of their parameters alone may stand side by side.
    pair_up(old, new, &mut partners, &mut taken, |one| Some((one.method.clone(), one.address.clone())));
    pair_up(old, new, &mut partners, &mut taken, |one| Some(address(one)));
    pair_up(old, new, &mut partners, &mut taken, |one| one.id.clone());
    let pairs = new.iter().zip(&partners).filter_map(|(one, partner)| Some((old.get((*partner)?)?, one)));
    Matched {
        pairs: pairs.collect(),
        removed: old.iter().enumerate().filter(|(index, _)| !taken.contains(index)).map(|(_, one)| one).collect(),
        added: new.iter().zip(&partners).filter(|(_, partner)| partner.is_none()).map(|(one, _)| one).collect(),
    }
}

/// Brings together those that have no partner yet and are known by the same.
fn pair_up<Key: Eq + Hash>(
    old: &[Operation],
    new: &[Operation],
    partners: &mut [Option<usize>],
    taken: &mut HashSet<usize>,
    key: impl Fn(&Operation) -> Option<Key>,
) {
    let free = old.iter().enumerate().rev().filter(|(index, _)| !taken.contains(index));
    let known: HashMap<Key, usize> = free.filter_map(|(index, one)| Some((key(one)?, index))).collect();
    for (one, partner) in new.iter().zip(partners).filter(|(_, partner)| partner.is_none()) {
        let found = key(one).and_then(|key| known.get(&key).copied());
        *partner = found.filter(|index| taken.insert(*index));
    }
}
