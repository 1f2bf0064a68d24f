//! Which operations of two documents belong together.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use specie_codegen::api::{Address, Operation};

use crate::document_location::{Documents, nameless};
use crate::servers;

/// Operations of both documents, and those of one alone.
pub(super) struct MatchedOperations<'a> {
    pub(super) pairs: Vec<(&'a Operation, &'a Operation)>,
    pub(super) removed: Vec<&'a Operation>,
    pub(super) added: Vec<&'a Operation>,
}

/// The method and the path with its parameters' names left out, the name of a webhook, or the address of a callback.
pub(super) fn address(operation: &Operation) -> (String, String) {
    let place = match &operation.address {
        Address::Path(path) => nameless(path),
        Address::Webhook(name) => name.clone(),
        // No request shows which name the document has for it.
        Address::Callback { name: _, expression } => expression.clone(),
    };
    (operation.method.as_str().to_owned(), place)
}

/// Brings operations together by their addresses, and the rest by their ids.
pub(super) fn matched<'a>(
    documents: &Documents<'_>,
    old: &'a [Operation],
    new: &'a [Operation],
) -> MatchedOperations<'a> {
    let mut pairing = Pairing { old, new, partners: vec![None; new.len()], taken: HashSet::new() };
    // Paths that differ in the names of their parameters alone may stand side by side.
    pairing.by(|_, one| Some((one.method.clone(), one.address.clone())));
    pairing.by(|_, one| Some(address(one)));
    // A part of the path may be one of the servers in the other document.
    pairing.by(|side, one| {
        let api = if side == Side::Old { documents.old } else { documents.new };
        let is_path = matches!(one.address, Address::Path(_));
        is_path.then(|| (one.method.clone(), servers::addresses(api, one)))
    });
    pairing.by(|_, one| one.id.clone());
    let Pairing { partners, taken, .. } = pairing;
    let pairs = new.iter().zip(&partners).filter_map(|(one, partner)| Some((old.get((*partner)?)?, one)));
    MatchedOperations {
        pairs: pairs.collect(),
        removed: old.iter().enumerate().filter(|(index, _)| !taken.contains(index)).map(|(_, one)| one).collect(),
        added: new.iter().zip(&partners).filter(|(_, partner)| partner.is_none()).map(|(one, _)| one).collect(),
    }
}

/// Which document an operation is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Old,
    New,
}

/// The operations that have been brought together so far.
struct Pairing<'a> {
    old: &'a [Operation],
    new: &'a [Operation],
    /// The place of the partner of each operation of the new document.
    partners: Vec<Option<usize>>,
    /// The places of those of the old document that have one.
    taken: HashSet<usize>,
}

impl Pairing<'_> {
    /// Brings together those that have no partner yet and are known by the same.
    fn by<Key: Eq + Hash>(&mut self, key: impl Fn(Side, &Operation) -> Option<Key>) {
        let free = self.old.iter().enumerate().rev().filter(|(index, _)| !self.taken.contains(index));
        let known: HashMap<Key, usize> = free.filter_map(|(index, one)| Some((key(Side::Old, one)?, index))).collect();
        for (one, partner) in self.new.iter().zip(&mut self.partners).filter(|(_, partner)| partner.is_none()) {
            let found = key(Side::New, one).and_then(|key| known.get(&key).copied());
            *partner = found.filter(|index| self.taken.insert(*index));
        }
    }
}
