//! Formulas of atoms, whatever these are.

use std::collections::BTreeSet;

/// A formula.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Formula<A> {
    Is(A),
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
    /// Exactly one of them holds.
    One(Vec<Self>),
}

/// Of how many atoms a truth table is written.
const MOST: usize = 6;

impl<A: Clone + Ord> Formula<A> {
    pub(super) const ALWAYS: Self = Self::All(Vec::new());
    pub(super) const NEVER: Self = Self::Any(Vec::new());

    pub(super) fn not(inner: Self) -> Self {
        match inner {
            Self::Not(inner) => *inner,
            Self::All(parts) if parts.is_empty() => Self::NEVER,
            Self::Any(parts) if parts.is_empty() => Self::ALWAYS,
            other => Self::Not(Box::new(other)),
        }
    }

    pub(super) fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut found = BTreeSet::new();
        for part in parts {
            match part {
                Self::Any(parts) if parts.is_empty() => return Self::NEVER,
                Self::All(inner) => found.extend(inner),
                other => drop(found.insert(other)),
            }
        }
        single(found.into_iter().collect()).unwrap_or_else(Self::All)
    }

    pub(super) fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut found = BTreeSet::new();
        for part in parts {
            match part {
                Self::All(parts) if parts.is_empty() => return Self::ALWAYS,
                Self::Any(inner) => found.extend(inner),
                other => drop(found.insert(other)),
            }
        }
        single(found.into_iter().collect()).unwrap_or_else(Self::Any)
    }

    pub(super) fn one(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut found: Vec<Self> = parts.into_iter().filter(|part| *part != Self::NEVER).collect();
        found.sort();
        if found.is_empty() { Self::NEVER } else { single(found).unwrap_or_else(Self::One) }
    }

    /// What holds where a condition does, and what does elsewhere.
    pub(super) fn condition(condition: Self, then: Self, otherwise: Self) -> Self {
        let is_met = Self::all([condition.clone(), then]);
        Self::any([is_met, Self::all([Self::not(condition), otherwise])])
    }

    /// The parts that all have to hold.
    pub(super) fn into_parts(self) -> Vec<Self> {
        match self {
            Self::All(parts) => parts,
            other => vec![other],
        }
    }

    /// The formula with other ones in the place of atoms; `None` where one has none.
    pub(super) fn replace(self, with: &mut impl FnMut(A) -> Option<Self>) -> Option<Self> {
        let mut each = |parts: Vec<Self>| parts.into_iter().map(|part| part.replace(with)).collect::<Option<Vec<_>>>();
        Some(match self {
            Self::Is(atom) => with(atom)?,
            Self::Not(inner) => Self::not(inner.replace(with)?),
            Self::All(parts) => Self::all(each(parts)?),
            Self::Any(parts) => Self::any(each(parts)?),
            Self::One(parts) => Self::one(each(parts)?),
        })
    }

    fn atoms<'l>(&'l self, found: &mut BTreeSet<&'l A>) {
        match self {
            Self::Is(atom) => drop(found.insert(atom)),
            Self::Not(inner) => inner.atoms(found),
            Self::All(parts) | Self::Any(parts) | Self::One(parts) => parts.iter().for_each(|part| part.atoms(found)),
        }
    }

    fn holds(&self, is: &impl Fn(&A) -> bool) -> bool {
        match self {
            Self::Is(atom) => is(atom),
            Self::Not(inner) => !inner.holds(is),
            Self::All(parts) => parts.iter().all(|part| part.holds(is)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(is)),
            Self::One(parts) => parts.iter().filter(|part| part.holds(is)).count() == 1,
        }
    }

    /// The formula as its truth table writes it: atoms that hold in all rows, and one part for each row of the others. One of too many atoms
    /// stays as it is.
    pub(super) fn tabled(self) -> Self {
        let mut atoms = BTreeSet::new();
        self.atoms(&mut atoms);
        if atoms.len() > MOST {
            return self;
        }
        let all: Vec<&A> = atoms.into_iter().collect();
        let row = |row: usize, at: usize| row & (1 << at) != 0;
        let is_true = |number: usize| {
            self.holds(&|atom| all.iter().position(|one| *one == atom).is_some_and(|at| row(number, at)))
        };
        let rows: BTreeSet<usize> = (0..1 << all.len()).filter(|number| is_true(*number)).collect();
        let matters = |at: &usize| rows.iter().any(|number| !rows.contains(&(number ^ (1 << at))));
        let (certain, open): (Vec<usize>, Vec<usize>) =
            (0..all.len()).filter(matters).partition(|at| rows.iter().all(|number| row(*number, *at)));
        let atom = |at: &usize| all.get(*at).map(|atom| Self::Is((*atom).clone()));
        let term = |number: &usize| {
            let signed = |at: &usize| atom(at).map(|one| if row(*number, *at) { one } else { Self::not(one) });
            Self::all(open.iter().filter_map(signed))
        };
        let terms = Self::any(rows.iter().map(term));
        Self::all(certain.iter().filter_map(atom).chain([terms]))
    }
}

/// A part that stands alone, or else all of them.
fn single<A>(mut parts: Vec<Formula<A>>) -> Result<Formula<A>, Vec<Formula<A>>> {
    if parts.len() == 1 { parts.pop().ok_or(parts) } else { Err(parts) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(name: &str) -> Formula<&str> {
        Formula::Is(name)
    }

    #[test]
    fn formulas_of_one_truth_table_are_written_alike() {
        let (a, b, c) = (is("a"), is("b"), is("c"));
        let condition = Formula::condition(a.clone(), b.clone(), c.clone());
        let implied = |one: &Formula<&'static str>, other: &Formula<&'static str>| {
            Formula::any([Formula::not(one.clone()), other.clone()])
        };
        let cases = Formula::all([implied(&a, &b), Formula::any([a.clone(), c.clone()])]);
        let exclusive =
            Formula::one([Formula::all([a.clone(), b.clone()]), Formula::all([Formula::not(a.clone()), c])]);
        assert_eq!(condition.clone().tabled(), cases.tabled());
        assert_eq!(condition.tabled(), exclusive.tabled());
        assert_ne!(Formula::one([a.clone(), b.clone()]).tabled(), Formula::any([a, b]).tabled());
    }

    #[test]
    fn what_makes_no_difference_is_left_out() {
        let (a, b) = (is("a"), is("b"));
        let both = Formula::all([Formula::any([a.clone(), b.clone()]), Formula::any([a.clone(), Formula::not(b)])]);
        assert_eq!(both.tabled(), a);
        assert_eq!(Formula::any([a.clone(), Formula::not(a.clone())]).tabled(), Formula::ALWAYS);
        assert_eq!(Formula::all([a.clone(), Formula::not(a)]).tabled(), Formula::NEVER);
    }
}
