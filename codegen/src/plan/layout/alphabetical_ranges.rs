//! Items in ranges of the alphabet, each with no more lines than a file may have.
//!
//! Ranges end between letters, wherever the items are: a new item changes only the file that it stands in, or divides it.

/// An item by its name.
pub(super) struct Named<T> {
    /// Its name in `snake_case`; only ASCII letters, digits and underscores count.
    pub(super) name: String,
    /// How many lines it takes, or of what else there is a limit.
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
    let mut waiting = vec![(items, SymbolRange::after(String::new()))];
    while let Some((items, place)) = waiting.pop() {
        let lines: usize = items.iter().map(|item| item.lines).sum();
        if items.is_empty() {
            continue;
        }
        if lines <= limit || items.len() == 1 || place.is_whole_name() {
            found.push(Range { label: place.label(), items: items.into_iter().map(|item| item.item).collect() });
            continue;
        }
        let (lower, upper) = place.divided();
        let at = place.before.len();
        let (in_lower, in_upper) = items.into_iter().partition(|item| symbol(&item.name, at) <= lower.last);
        // The lower one comes first.
        waiting.extend([(in_upper, upper), (in_lower, lower)].map(|(items, place)| (items, place.narrowed())));
    }
    found
}

/// Where names are told apart: what they begin with, and the next symbols that they may have.
#[derive(Clone)]
struct SymbolRange {
    before: String,
    first: u8,
    last: u8,
}

/// The end of a name comes first, then the underscore, letters, digits.
const END: u8 = 0;
const UNDERSCORE: u8 = 1;
const FIRST_LETTER: u8 = 2;
const LAST_LETTER: u8 = FIRST_LETTER + 25;
const FIRST_DIGIT: u8 = LAST_LETTER + 1;
const LAST: u8 = FIRST_DIGIT + 9;

/// The length of a label in bytes, so that paths stay short enough for every file system.
const LABEL_LENGTH: usize = 64;

impl SymbolRange {
    /// Every symbol after these.
    fn after(before: String) -> Self {
        Self { before, first: END, last: LAST }
    }

    /// Whether it holds one name only.
    fn is_whole_name(&self) -> bool {
        self.last == END
    }

    /// What comes after its symbol, where it has one only.
    fn narrowed(self) -> Self {
        if self.first != self.last || self.first == END {
            return self;
        }
        Self::after(format!("{}{}", self.before, character(self.first)))
    }

    /// Its halves.
    fn divided(&self) -> (Self, Self) {
        let middle = self.middle();
        let part = |first, last| Self { before: self.before.clone(), first, last };
        (part(self.first, middle), part(middle + 1, self.last))
    }

    /// The last symbol of the lower half; digits and `_` stay with neighbouring letters.
    fn middle(&self) -> u8 {
        let (first, last) = (self.first.max(FIRST_LETTER), self.last.min(LAST_LETTER));
        if first < last {
            u8::midpoint(first, last)
        } else if first > last {
            u8::midpoint(self.first, self.last)
        } else if self.first < first {
            first - 1
        } else {
            last
        }
    }

    fn label(&self) -> String {
        let before = shortened(&self.before);
        let word = before.rsplit('_').next().unwrap_or_default();
        let has_letters = self.first <= LAST_LETTER && self.last >= FIRST_LETTER;
        // What goes with letters is not named, but a name that ends before them is.
        let last = if has_letters { self.last.min(LAST_LETTER) } else { self.last };
        let first = if word.is_empty() && has_letters { self.first.max(FIRST_LETTER) } else { self.first };
        let shown = |symbol: u8| if symbol < FIRST_LETTER { String::new() } else { character(symbol).to_string() };
        let label = match (self.first, self.last) {
            (END, LAST) | (_, END | UNDERSCORE) => before.to_owned(),
            _ if first == last => format!("{before}{}", shown(first)),
            _ => format!("{before}{}_to_{word}{}", shown(first), shown(last)),
        };
        label.trim_matches('_').to_owned()
    }
}

/// What names begin with, without its first words where it is long.
fn shortened(before: &str) -> &str {
    let mut rest = before;
    while rest.len() > LABEL_LENGTH {
        let Some((_, shorter)) = rest.split_once('_').filter(|(_, shorter)| !shorter.is_empty()) else {
            return rest.get(..LABEL_LENGTH).unwrap_or_default();
        };
        rest = shorter;
    }
    rest
}

/// The symbol at a place of a name.
fn symbol(name: &str, at: usize) -> u8 {
    match name.as_bytes().get(at) {
        Some(letter @ b'a'..=b'z') => letter - b'a' + FIRST_LETTER,
        Some(digit @ b'0'..=b'9') => digit - b'0' + FIRST_DIGIT,
        Some(_) => UNDERSCORE,
        None => END,
    }
}

fn character(symbol: u8) -> char {
    match symbol {
        FIRST_LETTER..=LAST_LETTER => char::from(b'a' + (symbol - FIRST_LETTER)),
        FIRST_DIGIT..=LAST => char::from(b'0' + (symbol - FIRST_DIGIT)),
        _ => '_',
    }
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
        let names = ["payment", "paymenta", "paymentz", "payment1", "payment_of"];
        assert_eq!(
            shown(&names, 10),
            [
                "payment: payment",
                "payment: payment_of",
                "paymenta: paymenta",
                "paymentz: paymentz",
                "payment0_to_payment9: payment1"
            ]
        );
    }

    #[test]
    fn labels_are_made_of_words() {
        let names = ["get_payment_link", "get_payment_method", "get_payment_plan", "get_payments"];
        assert_eq!(
            shown(&names, 20),
            [
                "get_payment_a_to_m: get_payment_link get_payment_method",
                "get_payment_n_to_z: get_payment_plan",
                "get_paymentn_to_paymentz: get_payments"
            ]
        );
    }

    #[test]
    fn long_labels_lose_their_first_words() {
        let names = ["a", "m", "z"].map(|end| format!("{}item_{end}", "workbook_".repeat(20)));
        let found = shown(&names.each_ref().map(String::as_str), 20);
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|label| label.starts_with("workbook_")), "{found:?}");
        assert!(labels(&names.each_ref().map(String::as_str), 20).iter().all(|(label, _)| label.len() < 80));
    }

    #[test]
    fn names_that_are_the_same_end_the_search() {
        assert_eq!(labels(&["same", "same"], 1).len(), 1);
        let long = "a".repeat(500);
        assert_eq!(labels(&[&format!("{long}b"), &format!("{long}c")], 1).len(), 2);
    }
}
