//! Where in the two documents something stands, and what findings call it.

use specie_codegen::api::{Address, Api, Direction, Operation};

/// The two documents.
#[derive(Clone, Copy)]
pub(crate) struct Documents<'a> {
    pub(crate) old: &'a Api,
    pub(crate) new: &'a Api,
}

/// A place of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// The operation, as a person calls it.
    pub(crate) operation: String,
    /// Where in it.
    pub(crate) place: String,
    /// Who sends what stands there.
    pub(crate) sender: Direction,
}

impl Site {
    /// A part of the operation.
    pub(crate) fn at(&self, place: impl Into<String>) -> Self {
        Self { place: place.into(), ..self.clone() }
    }

    /// A part of the operation that the other side sends.
    pub(crate) fn reverse(&self) -> Self {
        Self { sender: self.sender.reverse(), ..self.clone() }
    }
}

/// What a person calls an operation.
pub(crate) fn label(operation: &Operation) -> String {
    match &operation.address {
        Address::Path(path) => format!("{} {path}", operation.method.as_str()),
        Address::Webhook(name) => format!("webhook {name}"),
        Address::Callback { name, .. } => format!("callback {name}"),
    }
}

/// The names of the parameters in a path template, in their order.
pub(crate) fn path_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|piece| piece.split_once('}')).map(|(name, _)| name)
}

/// A path template without the names of its parameters: `/payouts/{}`.
pub(crate) fn nameless(path: &str) -> String {
    let mut pieces = path.split('{');
    let mut found = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        found.push_str("{}");
        found.push_str(piece.split_once('}').map_or("", |(_, rest)| rest));
    }
    found
}
