//! The states of an object and the ways between them, as data that engine, pages and tests read alike.

use std::fmt;

/// The timer at whose end processing has an outcome.
pub(crate) const OUTCOME: &str = "outcome";

/// What moves an object from one state to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// An operation of the API, by its `operationId`.
    Operation(&'static str),
    /// A timer on the clock of the sandbox, by its name.
    Timer(&'static str),
    /// A button of a hosted page: the customer.
    Page,
    /// A button of the inspector, or the control API: what the vendor's own staff or dashboard would do.
    Control,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation(id) => write!(f, "operation {id}"),
            Self::Timer(name) => write!(f, "timer {name}"),
            Self::Page => f.write_str("page"),
            Self::Control => f.write_str("control"),
        }
    }
}

/// Ways from each of some states to each of others, by one cause.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// Where the ways begin.
    pub from: &'static [&'static str],
    /// What takes an object along them.
    pub cause: Cause,
    /// Where they end.
    pub to: &'static [&'static str],
}

/// The states of one kind of object.
#[derive(Clone, Copy, Debug)]
pub struct Machine {
    /// The API.
    pub api: &'static str,
    /// The kind of object within the API.
    pub kind: &'static str,
    /// The states in which an object may be created.
    pub initial: &'static [&'static str],
    /// The ways between states. There are no others.
    pub edges: &'static [Edge],
}

impl Machine {
    /// All states, each once, in the order of the table.
    #[must_use]
    pub fn states(&self) -> Vec<&'static str> {
        let mut states: Vec<&'static str> = Vec::new();
        let ends = self.edges.iter().flat_map(|edge| edge.from.iter().chain(edge.to));
        for state in self.initial.iter().chain(ends) {
            if !states.contains(state) {
                states.push(state);
            }
        }
        states
    }

    /// The state of this name.
    #[must_use]
    pub fn state(&self, name: &str) -> Option<&'static str> {
        self.states().into_iter().find(|state| *state == name)
    }

    /// Where a cause can lead to from a state.
    pub fn next(&self, from: &str, cause: Cause) -> impl Iterator<Item = &'static str> {
        let edges = self.edges.iter().filter(move |edge| edge.cause == cause);
        edges.filter(move |edge| edge.from.contains(&from)).flat_map(|edge| edge.to.iter().copied())
    }

    /// Whether a cause leads from one state to another.
    #[must_use]
    pub fn allows(&self, from: &str, cause: Cause, to: &str) -> bool {
        self.next(from, cause).any(|state| state == to)
    }

    /// Whether nothing leads out of a state.
    #[must_use]
    pub fn is_terminal(&self, state: &str) -> bool {
        !self.edges.iter().any(|edge| edge.from.contains(&state))
    }

    /// The timer of this name, if one leads out of the state.
    #[must_use]
    pub fn timer(&self, state: &str, name: &str) -> Option<Cause> {
        let mut out = self.edges.iter().filter(|edge| edge.from.contains(&state)).map(|edge| edge.cause);
        out.find(|cause| matches!(cause, Cause::Timer(timer) if *timer == name))
    }
}
