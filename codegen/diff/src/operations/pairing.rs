//! Which operations of two documents belong together.

use std::collections::{HashMap, HashSet};

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
    let by_address: HashMap<(String, String), usize> =
        old.iter().enumerate().map(|(index, operation)| (address(operation), index)).collect();
    let mut partners: Vec<Option<usize>> = new.iter().map(|one| by_address.get(&address(one)).copied()).collect();
    let mut taken: HashSet<usize> = partners.iter().flatten().copied().collect();
    for (operation, partner) in new.iter().zip(&mut partners).filter(|(_, partner)| partner.is_none()) {
        let same_id = old.iter().enumerate().filter(|(_, one)| one.id.is_some() && one.id == operation.id);
        *partner = same_id.map(|(index, _)| index).find(|index| taken.insert(*index));
    }
    let pairs = new.iter().zip(&partners).filter_map(|(one, partner)| Some((old.get((*partner)?)?, one)));
    Matched {
        pairs: pairs.collect(),
        removed: old.iter().enumerate().filter(|(index, _)| !taken.contains(index)).map(|(_, one)| one).collect(),
        added: new.iter().zip(&partners).filter(|(_, partner)| partner.is_none()).map(|(one, _)| one).collect(),
    }
}
