//! One input made of another: changes of bytes, and changes of trees that stay well formed.

use super::dice::Dice;
use super::tree::Tree;
use super::words::{NUMBERS, OPEN_API, TEXTS};

/// No input grows beyond this.
const LONGEST: usize = 256 << 10;

/// Changes a few bytes or stretches of them.
pub fn bytes(dice: &mut Dice, input: &[u8], other: &[u8], words: &[&str]) -> Vec<u8> {
    let mut out = input.to_vec();
    for _ in 0..=dice.below(4) {
        let range = dice.range(out.len());
        match dice.below(8) {
            0 => drop(out.drain(range)),
            1 => {
                let byte = dice.roll().to_le_bytes()[0];
                out.insert(range.start, byte);
            }
            2 => {
                if let Some(byte) = out.get_mut(range.start) {
                    *byte ^= 1 << dice.below(8);
                }
            }
            3 => {
                let piece = other.get(dice.range(other.len())).unwrap_or_default().to_vec();
                out.splice(range, piece);
            }
            4 => {
                let piece = out.get(range.clone()).unwrap_or_default().repeat(1 + dice.below(40));
                out.splice(range.end..range.end, piece);
            }
            5 => out.splice(range, dice.pick(TEXTS).bytes()).for_each(drop),
            6 => out.splice(range.start..range.start, dice.pick(words).bytes()).for_each(drop),
            _ => out.splice(range, dice.pick(words).bytes()).for_each(drop),
        }
    }
    out.truncate(LONGEST);
    out
}

/// Changes a few nodes of a tree; `text` makes a text for values and keys.
pub fn tree(dice: &mut Dice, tree: &mut Tree, other: &mut Tree, words: &[&str]) {
    for _ in 0..=dice.below(4) {
        let piece = pick(dice, other);
        let size = tree.count();
        if size > 20_000 {
            return;
        }
        if let Some(node) = tree.node(dice.below(size)) {
            change(dice, node, piece, words);
        }
    }
}

/// A part of a tree.
fn pick(dice: &mut Dice, from: &mut Tree) -> Tree {
    let size = from.count();
    // The whole is rarely what is wanted.
    let index = 1 + dice.below(size.saturating_sub(1));
    from.node(index).map_or_else(|| Tree::bare("null"), |node| node.clone())
}

fn change(dice: &mut Dice, node: &mut Tree, piece: Tree, words: &[&str]) {
    match (dice.below(10), &mut *node) {
        (0, _) => *node = scalar(dice, words),
        (1, _) => *node = piece,
        (2, _) => wrap(dice, node, words),
        (3, _) if dice.once_in(20) => {
            let depth = 10 + dice.below(400);
            for _ in 0..depth {
                wrap(dice, node, words);
            }
        }
        (_, Tree::Map(entries)) => change_map(dice, entries, piece, words),
        (_, Tree::List(items)) => change_list(dice, items, piece),
        (_, Tree::Text(text)) => *text = changed(dice, text, words),
        (_, Tree::Bare(_)) => *node = scalar(dice, words),
    }
}

fn change_map(dice: &mut Dice, entries: &mut Vec<(String, Tree)>, piece: Tree, words: &[&str]) {
    let at = dice.below(entries.len());
    match dice.below(7) {
        0 if !entries.is_empty() => drop(entries.remove(at)),
        1 => entries.insert(at, (dice.pick(words).to_owned(), piece)),
        2 => {
            let value = scalar(dice, words);
            entries.insert(at, (dice.pick(words).to_owned(), value));
        }
        3 if !entries.is_empty() => {
            let other = dice.below(entries.len());
            entries.swap(at, other);
        }
        4 => {
            // A key that stands twice, or nearly.
            if let Some((key, value)) = entries.get(at).cloned() {
                let key = if dice.once_in(2) { key } else { changed(dice, &key, words) };
                entries.push((key, value));
            }
        }
        5 => {
            if let Some((key, _)) = entries.get_mut(at) {
                *key = changed(dice, key, words);
            }
        }
        _ => {
            if let Some((key, _)) = entries.get_mut(at) {
                dice.pick(words).clone_into(key);
            }
        }
    }
}

fn change_list(dice: &mut Dice, items: &mut Vec<Tree>, piece: Tree) {
    let at = dice.below(items.len());
    match dice.below(4) {
        0 if !items.is_empty() => drop(items.remove(at)),
        1 => items.insert(at, piece),
        2 if !items.is_empty() => {
            let other = dice.below(items.len());
            items.swap(at, other);
        }
        _ => {
            if let Some(item) = items.get(at).cloned() {
                let times = if dice.once_in(8) { 60 } else { 1 };
                items.extend(std::iter::repeat_n(item, times));
            }
        }
    }
}

/// A text in the place of another.
fn changed(dice: &mut Dice, text: &str, words: &[&str]) -> String {
    let pieces: Vec<char> = text.chars().collect();
    let range = dice.range(pieces.len());
    let (before, after) = (&pieces[..range.start], &pieces[range.end..]);
    let between = match dice.below(4) {
        0 => dice.pick(words).to_owned(),
        1 => dice.pick(TEXTS).repeat(1 + dice.below(3)),
        2 => pieces[range].iter().collect::<String>().repeat(dice.below(4)),
        _ => {
            let from = if dice.once_in(2) { TEXTS } else { words };
            return dice.pick(from).to_owned();
        }
    };
    before.iter().copied().chain(between.chars()).chain(after.iter().copied()).collect()
}

fn scalar(dice: &mut Dice, words: &[&str]) -> Tree {
    match dice.below(6) {
        0 | 1 => Tree::bare(dice.pick(NUMBERS)),
        2 => Tree::text(dice.pick(TEXTS)),
        3 => Tree::List(Vec::new()),
        4 => Tree::Map(Vec::new()),
        _ => Tree::text(dice.pick(words)),
    }
}

fn wrap(dice: &mut Dice, node: &mut Tree, words: &[&str]) {
    let inner = std::mem::replace(node, Tree::bare("null"));
    *node = match dice.below(3) {
        0 => Tree::List(vec![inner]),
        1 => Tree::map([(dice.pick(&["allOf", "oneOf", "anyOf"]), Tree::List(vec![inner]))]),
        _ => Tree::map([(dice.pick(words), inner)]),
    };
}

/// Changes a text that is JSON or YAML as a tree where it parses, and its bytes where it does not, or by chance.
pub fn document(dice: &mut Dice, input: &[u8], other: &[u8]) -> Vec<u8> {
    let parse = |bytes| str::from_utf8(bytes).ok().and_then(Tree::parse);
    let (true, Some(mut one)) = (dice.below(4) > 0, parse(input)) else {
        return bytes(dice, input, other, OPEN_API);
    };
    let mut second = parse(other).unwrap_or_else(|| one.clone());
    tree(dice, &mut one, &mut second, OPEN_API);
    let text = if dice.once_in(2) { one.to_json() } else { one.to_yaml() };
    text.into_bytes()
}

/// Changes a JSON payload in the same way, with the words of other payloads.
pub fn payload(dice: &mut Dice, input: &[u8], other: &[u8]) -> Vec<u8> {
    let parse = |bytes| str::from_utf8(bytes).ok().and_then(Tree::parse);
    let (true, Some(mut one)) = (dice.below(5) > 0, parse(input)) else {
        return bytes(dice, input, other, NUMBERS);
    };
    let mut second = parse(other).unwrap_or_else(|| one.clone());
    tree(dice, &mut one, &mut second, PAYLOADS);
    one.to_json().into_bytes()
}

/// Keys and values that payloads have.
const PAYLOADS: &[&str] = &[
    "data",
    "attributes",
    "id",
    "type",
    "amount",
    "status",
    "errors",
    "params",
    "meta",
    "links",
    "relationships",
    "further",
    "2019-08-24",
    "2019-02-29",
    "2019-08-24T14:15:22Z",
    "2019-08-24T14:15:60+24:00",
    "100.55",
    "1e3",
    " 1",
    "1,0",
    "EUR",
    "processed",
    "no-such-value",
];
