//! Items in ranges of the alphabet, each with no more lines than a file may have.
//!
//! The borders lie where the alphabet has them, not where the items do: an item that is added changes no other file than its
//! own, or divides that one.

/// An item by its name.
pub(super) struct Named<T> {
    /// Its name in lower case; only ASCII letters and digits count.
    pub(super) name: String,
    /// How many lines it takes.
    pub(super) lines: usize,
    /// The item.
    pub(super) item: T,
}

/// The items of a range.
#[derive(Debug, PartialEq)]
pub(super) struct Range<T> {
    /// `a_to_m`, `pa`; empty: there is one range.
    pub(super) label: String,
    /// The items, in the order in which they came.
    pub(super) items: Vec<T>,
}

/// The items in as few ranges as needed; one that is too long by itself stands alone.
pub(super) fn ranges<T>(items: Vec<Named<T>>, limit: usize) -> Vec<Range<T>> {
    let mut found = Vec::new();
    divide(items, limit, &SymbolRange { before: String::new(), first: FIRST, last: LAST }, &mut found);
    found
}

/// Where names are told apart: what they begin with, and the next symbols that they may have.
struct SymbolRange {
    before: String,
    first: u8,
    last: u8,
}

/// Letters come first, then digits, then the end of the name.
const FIRST: u8 = 0;
const LAST_LETTER: u8 = 25;
const END: u8 = 36;
const LAST: u8 = END;

/// Names that are alike for longer than this stay together.
const DEEPEST: usize = 40;

fn divide<T>(items: Vec<Named<T>>, limit: usize, place: &SymbolRange, found: &mut Vec<Range<T>>) {
    let lines: usize = items.iter().map(|item| item.lines).sum();
    let cannot_part = place.first == END || place.before.len() >= DEEPEST;
    if items.is_empty() {
        return;
    }
    if lines <= limit || items.len() == 1 || cannot_part {
        found.push(Range { label: place.label(), items: items.into_iter().map(|item| item.item).collect() });
        return;
    }
    if place.first == place.last {
        let before = format!("{}{}", place.before, character(place.first));
        return divide(items, limit, &SymbolRange { before, first: FIRST, last: LAST }, found);
    }
    let middle = place.middle();
    let at = place.before.len();
    let (lower, upper) = items.into_iter().partition(|item| symbol(&item.name, at) <= middle);
    let part = |first, last| SymbolRange { before: place.before.clone(), first, last };
    divide(lower, limit, &part(place.first, middle), found);
    divide(upper, limit, &part(middle + 1, place.last), found);
}

impl SymbolRange {
    /// The last symbol of the lower part. Digits and the end are few: they go with the last letters as long as they can.
    fn middle(&self) -> u8 {
        match (self.first, self.last) {
            (first, last) if first <= LAST_LETTER => u8::midpoint(first, last.min(LAST_LETTER)),
            (_, END) => END - 1,
            (first, last) => u8::midpoint(first, last),
        }
    }

    fn label(&self) -> String {
        let before = &self.before;
        // Digits and the end that go with letters are not named.
        let last = self.last.min(if self.first <= LAST_LETTER { LAST_LETTER } else { END - 1 });
        match (self.first, self.last) {
            (FIRST, LAST) | (END, _) => before.clone(),
            (first, _) if first == last => format!("{before}{}", character(first)),
            (first, _) => format!("{before}{}_to_{before}{}", character(first), character(last)),
        }
    }
}

/// The symbol at a place of a name.
fn symbol(name: &str, at: usize) -> u8 {
    match name.as_bytes().get(at) {
        Some(letter @ b'a'..=b'z') => letter - b'a',
        Some(digit @ b'0'..=b'9') => digit - b'0' + LAST_LETTER + 1,
        _ => END,
    }
}

fn character(symbol: u8) -> char {
    char::from(if symbol <= LAST_LETTER { b'a' + symbol } else { b'0' + (symbol - LAST_LETTER - 1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(names: &[&str], limit: usize) -> Vec<(String, Vec<String>)> {
        let items = names.iter().map(|name| Named { name: (*name).to_owned(), lines: 10, item: (*name).to_owned() });
        ranges(items.collect(), limit).into_iter().map(|range| (range.label, range.items)).collect()
    }

    fn shown(names: &[&str], limit: usize) -> Vec<String> {
        labels(names, limit).into_iter().map(|(label, items)| format!("{label}: {}", items.join(" "))).collect()
    }

    #[test]
    fn what_fits_stays_together() {
        assert_eq!(shown(&["zebra", "ant"], 20), [": zebra ant"]);
        assert!(labels(&[], 20).is_empty());
    }

    #[test]
    fn borders_are_those_of_the_alphabet() {
        let names = ["ant", "bee", "newt", "zebra", "1st"];
        assert_eq!(shown(&names, 30), ["a_to_m: ant bee", "n_to_z: newt zebra 1st"]);
        // One more changes only its own range.
        let names = ["ant", "bee", "horse", "mule", "newt", "zebra", "1st"];
        assert_eq!(shown(&names, 30), ["a_to_g: ant bee", "h_to_m: horse mule", "n_to_z: newt zebra 1st"]);
    }

    #[test]
    fn names_that_begin_alike_are_told_apart_further_on() {
        let names = ["payment", "paymenta", "paymentz", "payment1"];
        let found = labels(&names, 10);
        assert_eq!(found.iter().map(|(_, items)| items.len()).collect::<Vec<_>>(), [1, 1, 1, 1]);
        assert_eq!(
            found.iter().map(|(label, _)| label.as_str()).collect::<Vec<_>>(),
            ["paymenta_to_paymentm", "paymentz", "payment0_to_payment9", "payment"]
        );
    }

    #[test]
    fn names_that_are_the_same_end_the_search() {
        assert_eq!(labels(&["same", "same"], 1).len(), 1);
        let long = "a".repeat(500);
        assert_eq!(labels(&[&format!("{long}b"), &format!("{long}c")], 1).len(), 1);
    }
}
