//! The names of one scope, given out one by one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::casing::longer;
use crate::source::Span;

/// The names of one scope. A name that is taken already gets a number.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Each name, with the place in the document that has it; reserved names have none.
    taken: BTreeMap<String, Option<Span>>,
    /// The next number to try behind a wish that was taken, so that a name wished for a thousand times is not counted up to every time.
    next: HashMap<String, u32>,
}

impl Scope {
    /// A scope in which some names are taken from the start.
    #[must_use]
    pub fn reserving(names: &[&str]) -> Self {
        Self { taken: names.iter().map(|&name| (name.to_owned(), None)).collect(), next: HashMap::new() }
    }

    /// Takes a name, or the first free one with a number behind it.
    pub fn claim(&mut self, wish: &str) -> Claimed {
        self.claim_for(wish, None)
    }

    /// The same for what stands at a place of the document.
    pub fn claim_for(&mut self, wish: &str, span: Option<Span>) -> Claimed {
        let holder = self.holder(wish);
        if self.is_free(wish) {
            self.taken.insert(wish.to_owned(), span);
            return Claimed { name: wish.to_owned(), collided: false, holder };
        }
        let separator = if wish.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
        let number = self.next.entry(wish.to_owned()).or_insert(2);
        loop {
            let name = longer(wish, separator, &number.to_string());
            *number = number.saturating_add(1);
            if !self.taken.contains_key(&name) {
                self.taken.insert(name.clone(), span);
                return Claimed { name, collided: true, holder };
            }
        }
    }

    /// All names that are taken.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.taken.keys().map(String::as_str)
    }

    /// Whether a name is free.
    #[must_use]
    pub fn is_free(&self, name: &str) -> bool {
        !self.taken.contains_key(name)
    }

    /// The place in the document that has a name.
    #[must_use]
    pub fn holder(&self, name: &str) -> Option<Span> {
        self.taken.get(name).copied().flatten()
    }
}

/// A name that a scope gave out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The name.
    pub name: String,
    /// Somebody had the wished one.
    pub collided: bool,
    /// Where in the document that is, unless the name is reserved.
    pub holder: Option<Span>,
}

/// Takes a name, or the first free one with an underscore and a number behind it.
pub(crate) fn numbered(wish: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name = wish.to_owned();
    let mut number = 2_usize;
    while !taken.insert(name.clone()) {
        name = format!("{wish}_{number}");
        number += 1;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_of_a_name_is_numbered() {
        let mut scope = Scope::reserving(&["new"]);
        assert_eq!(scope.claim("a").name, "a");
        assert_eq!(scope.claim("a"), Claimed { name: "a2".into(), collided: true, holder: None });
        let span = Some(Span::START);
        assert_eq!(scope.claim_for("b", span), Claimed { name: "b".into(), collided: false, holder: None });
        assert_eq!(scope.claim("b").holder, span);
        assert_eq!(scope.claim("new").name, "new2");
        assert_eq!(scope.claim("v1").name, "v1");
        assert_eq!(scope.claim("v1").name, "v1_2");
        assert_eq!([scope.claim("Self_").name, scope.claim("Self_").name], ["Self_", "Self2"]);
    }
}
