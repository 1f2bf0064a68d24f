//! What lists and maps hold, through every wrapper a field can have.

use std::collections::BTreeMap;

use zeroize::Zeroize;

use super::Checker;
use crate::presence::{Maybe, Patch};
use crate::secret::Secret;

/// Where a list or map holds a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// At an index of a list.
    Index(usize),
    /// At a key of a map.
    Key(&'a str),
}

/// A list or a map, if it is there.
pub trait Elements {
    /// What it holds.
    type Element;

    /// Shows each item of a list, or each value of a map, in order; none where there is no list or map.
    fn visit(&self, visitor: &mut dyn FnMut(Step<'_>, &Self::Element));
}

impl Checker<'_> {
    /// Checks each item of a list, or each value of a map, at its place. A list or map that is not there meets everything.
    ///
    /// ```
    /// use specie_runtime::check;
    ///
    /// let tags = vec!["new", "second-hand"];
    /// let found = check::collect(|checker| {
    ///     checker.at("tags", |checker| checker.each(&tags, |checker, tag| checker.max_length(tag, 3)));
    /// });
    /// assert_eq!(found[0].pointer, "/tags/1");
    /// ```
    pub fn each<E: Elements + ?Sized>(&mut self, elements: &E, check: impl Fn(&mut Checker<'_>, &E::Element)) {
        elements.visit(&mut |step, element| match step {
            Step::Index(index) => self.index(index, |checker| check(checker, element)),
            Step::Key(key) => self.at(key, |checker| check(checker, element)),
        });
    }
}

impl<T> Elements for Vec<T> {
    type Element = T;

    fn visit(&self, visitor: &mut dyn FnMut(Step<'_>, &T)) {
        for (index, item) in self.iter().enumerate() {
            visitor(Step::Index(index), item);
        }
    }
}

impl<T> Elements for BTreeMap<String, T> {
    type Element = T;

    fn visit(&self, visitor: &mut dyn FnMut(Step<'_>, &T)) {
        for (key, value) in self {
            visitor(Step::Key(key), value);
        }
    }
}

macro_rules! wrappers {
    ($([$($bounds:tt)*] $wrapper:ty, $get:expr;)+) => { $(
        impl<E: Elements $($bounds)*> Elements for $wrapper {
            type Element = E::Element;

            fn visit(&self, visitor: &mut dyn FnMut(Step<'_>, &E::Element)) {
                let get: fn(&Self) -> Option<&E> = $get;
                if let Some(elements) = get(self) {
                    elements.visit(visitor);
                }
            }
        }
    )+ };
}

wrappers! {
    [] Option<E>, Self::as_ref;
    [] Maybe<E>, Self::get;
    [] Patch<E>, Self::get;
    [+ ?Sized] Box<E>, |value| Some(value);
    [+ ?Sized] &E, |value| Some(value);
    [+ Zeroize] Secret<E>, |value| Some(value.expose());
}
