//! Two crates, item by item.

use std::collections::{BTreeMap, HashMap};

use super::item::{ApiItemKind, Item, Items};
use super::{CodeChange, Needs, Origin};

/// A change of an item, and what of each document the item is made of.
pub(crate) struct ChangedItem {
    pub(crate) change: CodeChange,
    pub(crate) old: Option<Origin>,
    pub(crate) new: Option<Origin>,
    /// Whether the item has another name.
    pub(crate) is_renamed: bool,
}

/// The changes between two crates. Items of other names are taken for the same where `same` says so of what they are made of.
///
/// Of an item that comes or goes, what belongs to it is not listed.
pub(crate) fn compared(old: &Items, new: &Items, same: Same<'_>) -> Vec<ChangedItem> {
    let mut matching = Matching { old: Level::of(old), new: Level::of(new), same, found: MatchedItems::default() };
    matching.below(None, None);
    let MatchedItems { pairs, removed, added } = matching.found;
    let names = renamed(&pairs);
    let mut changes: Vec<ChangedItem> = removed.into_iter().map(|(path, item)| gone(path, item)).collect();
    changes.extend(pairs.into_iter().filter_map(|pair| both(&pair, &names, same)));
    changes.extend(added.into_iter().map(|(path, item)| come(path, item)));
    changes
}

type Named<'a> = (&'a str, &'a Item);

/// Whether two items are made of what the documents compare with each other.
type Same<'f> = &'f dyn Fn(&Origin, &Origin) -> bool;

/// The items of one crate by what they belong to.
struct Level<'a>(BTreeMap<Option<&'a str>, Vec<Named<'a>>>);

impl<'a> Level<'a> {
    fn of(items: &'a Items) -> Self {
        let mut found: BTreeMap<Option<&str>, Vec<Named<'_>>> = BTreeMap::new();
        for (path, item) in items {
            // What belongs to an item that the crate does not have stands alone.
            let parent = item.parent.as_deref().filter(|parent| items.contains_key(*parent));
            found.entry(parent).or_default().push((path, item));
        }
        Self(found)
    }

    fn below(&self, parent: Option<&str>) -> Vec<Named<'a>> {
        self.0.get(&parent).cloned().unwrap_or_default()
    }
}

/// An item of both crates.
struct ItemPair<'a> {
    old: Named<'a>,
    new: Named<'a>,
    renamed: bool,
}

#[derive(Default)]
struct MatchedItems<'a> {
    pairs: Vec<ItemPair<'a>>,
    removed: Vec<Named<'a>>,
    added: Vec<Named<'a>>,
}

struct Matching<'a, 'f> {
    old: Level<'a>,
    new: Level<'a>,
    same: Same<'f>,
    found: MatchedItems<'a>,
}

impl<'a> Matching<'a, '_> {
    /// Brings the items together that belong to two items: by their names within these, and else by what they are made of.
    fn below(&mut self, old: Option<&'a str>, new: Option<&'a str>) {
        let mut others: HashMap<&str, Named<'a>> =
            self.new.below(new).into_iter().map(|one| (local(one.0, new), one)).collect();
        let mut left = Vec::new();
        let mut pairs = Vec::new();
        for one in self.old.below(old) {
            match others.remove(local(one.0, old)) {
                Some(other) => pairs.push(ItemPair { old: one, new: other, renamed: false }),
                None => left.push(one),
            }
        }
        let mut others: Vec<Named<'a>> = others.into_values().collect();
        others.sort_unstable_by_key(|(path, _)| *path);
        for one in left {
            let is_it = |other: &Named<'a>| is_same(one.1, other.1) && (self.same)(&one.1.origin, &other.1.origin);
            match others.iter().position(is_it) {
                Some(at) => pairs.push(ItemPair { old: one, new: others.remove(at), renamed: true }),
                None => self.found.removed.push(one),
            }
        }
        self.found.added.extend(others);
        for pair in pairs {
            let (old, new) = (pair.old.0, pair.new.0);
            self.found.pairs.push(pair);
            self.below(Some(old), Some(new));
        }
    }
}

/// The name of an item within what it belongs to; a method of a `Call` belongs to the request in it.
fn local<'a>(path: &'a str, parent: Option<&str>) -> &'a str {
    let within = |parent: &str| {
        let held = || path.split_once('<')?.1.strip_prefix(parent)?.strip_prefix('>');
        path.strip_prefix(parent).or_else(held)
    };
    parent.and_then(within).unwrap_or(path)
}

/// Whether two items of other names can be the same one.
fn is_same(old: &Item, new: &Item) -> bool {
    let is_made_of_a_schema = matches!(old.origin, Origin::Schema(_));
    old.kind == new.kind
        && old.meaning == new.meaning
        && (is_made_of_a_schema || old.kind != ApiItemKind::Type || old.code == new.code)
}

/// The names of types that others have taken the place of.
fn renamed<'a>(pairs: &[ItemPair<'a>]) -> HashMap<&'a str, &'a str> {
    let name = |path: &'a str| path.rsplit("::").next().unwrap_or(path);
    let types = pairs.iter().filter(|pair| pair.old.1.kind == ApiItemKind::Type && pair.old.0 != pair.new.0);
    types.map(|pair| (name(pair.old.0), name(pair.new.0))).filter(|(old, new)| old != new).collect()
}

/// Code with the names that types have now.
fn with_names(code: &str, names: &HashMap<&str, &str>) -> String {
    let mut out = String::with_capacity(code.len());
    for piece in code.split_inclusive(|char: char| !(char.is_alphanumeric() || char == '_')) {
        let word = piece.trim_end_matches(|char: char| !(char.is_alphanumeric() || char == '_'));
        out.push_str(names.get(word).unwrap_or(&word));
        out.push_str(piece.strip_prefix(word).unwrap_or_default());
    }
    out
}

fn changed(item: String, [client, server]: [Needs; 2], values: [Option<String>; 2]) -> CodeChange {
    let [before, after] = values;
    CodeChange { item, before, after, client, server }
}

fn gone(path: &str, item: &Item) -> ChangedItem {
    let change = changed(path.to_owned(), item.users.need(Needs::Major), [Some(item.code.clone()), None]);
    ChangedItem { change, old: Some(item.origin.clone()), new: None, is_renamed: false }
}

fn come(path: &str, item: &Item) -> ChangedItem {
    let ([minor_client, minor_server], [client, server]) =
        (item.users.need(Needs::Minor), item.exhaustive.need(Needs::Major));
    let needs = [minor_client.max(client), minor_server.max(server)];
    let change = changed(path.to_owned(), needs, [None, Some(item.code.clone())]);
    ChangedItem { change, old: None, new: Some(item.origin.clone()), is_renamed: false }
}

fn both(pair: &ItemPair<'_>, names: &HashMap<&str, &str>, same: Same<'_>) -> Option<ChangedItem> {
    let ((old_path, old), (path, new)) = (pair.old, pair.new);
    let users = old.users.or(new.users);
    let before = with_names(&old.code, names);
    let change = if pair.renamed {
        let code =
            |path: &str, code: &str| Some(if before == new.code { path.to_owned() } else { format!("{path}: {code}") });
        changed(old_path.to_owned(), users.need(Needs::Major), [code(old_path, &old.code), code(path, &new.code)])
    } else if before != new.code {
        changed(path.to_owned(), users.need(Needs::Major), [Some(old.code.clone()), Some(new.code.clone())])
    } else if let Some(operations) = other_operations(old, new, same) {
        changed(path.to_owned(), users.need(Needs::Major), operations.map(Some))
    } else {
        let needs = users.need(if means_another(old, new, names) { Needs::Review } else { Needs::Nothing });
        changed(path.to_owned(), needs, [old.meaning.clone(), new.meaning.clone()])
    };
    let is_change = change.worst() > Needs::Nothing;
    is_change.then(|| ChangedItem {
        change,
        old: Some(old.origin.clone()),
        new: Some(new.origin.clone()),
        is_renamed: pair.renamed,
    })
}

/// The operations that a method, a handler or a function stands for, where these are two. Code that calls it compiles and sends another
/// request, which no value of a type shows.
fn other_operations(old: &Item, new: &Item, same: Same<'_>) -> Option<[String; 2]> {
    let (Origin::Operation(one), Origin::Operation(other)) = (&old.origin, &new.origin) else { return None };
    let is_called = matches!(old.kind, ApiItemKind::Method | ApiItemKind::Required | ApiItemKind::Function);
    (is_called && !same(&old.origin, &new.origin)).then(|| [one.clone(), other.clone()])
}

/// Whether code that names an item says something else by it.
fn means_another(old: &Item, new: &Item, names: &HashMap<&str, &str>) -> bool {
    let (Some(one), Some(other)) = (&old.meaning, &new.meaning) else { return false };
    // What an extension key says names types of the crate, and no words of the wire.
    if matches!(old.origin, Origin::Extension { .. }) && with_names(one, names) == *other {
        return false;
    }
    let parts = |text: &'_ str| text.split(", ").map(str::to_owned).collect::<Vec<_>>();
    let sorted = |text: &str| {
        let mut parts = parts(&text.replace("then ", ""));
        parts.sort();
        parts
    };
    match old.kind {
        _ if one == other => false,
        // Of the same branches another one is tried first.
        ApiItemKind::Type => sorted(one) == sorted(other),
        ApiItemKind::Variant => !parts(one).iter().any(|value| parts(other).contains(value)),
        _ => true,
    }
}
