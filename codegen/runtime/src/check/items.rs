//! What lists and maps hold, through every wrapper a field can have.

use std::collections::BTreeMap;

use super::Checker;
use super::wrappers::for_each_wrapper;

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
        impl<T: Elements $($bounds)*> Elements for $wrapper {
            type Element = T::Element;

            fn visit(&self, visitor: &mut dyn FnMut(Step<'_>, &T::Element)) {
                let get: fn(&Self) -> Option<&T> = $get;
                if let Some(elements) = get(self) {
                    elements.visit(visitor);
                }
            }
        }
    )+ };
}

for_each_wrapper!(wrappers);
