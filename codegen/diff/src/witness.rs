//! A payload that proves a break of the wire.

/// What shows that a change breaks the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Witness {
    /// A value, as JSON, that one document allows and the other one does not.
    Value {
        /// The JSON.
        json: String,
        /// Whether it is the old document that allows it.
        is_old: bool,
    },
    /// The change is none of a value: both documents state it, and no payload says more.
    Stated,
    /// No value was found.
    NotProven,
}
