//! Where in the two documents something stands, and what findings call it.

use specie_codegen::api::{Address, Api, Direction, Key, Operation};
use specie_codegen::syntax::pointer;

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

/// The component that a schema is, or stands in, and where in it: `Payout` and `.amount`.
pub(crate) fn component(key: &Key) -> Option<(String, String)> {
    match key {
        Key::Component(name) => Some((name.clone(), String::new())),
        Key::Pointer(text) => {
            let (name, rest) = text.strip_prefix("/components/schemas/")?.split_once('/')?;
            let mut within = String::new();
            let mut steps = rest.split('/');
            while let Some(step) = steps.next() {
                match step {
                    "properties" => within = format!("{within}.{}", pointer::unescape(steps.next()?)),
                    "patternProperties" => within = format!("{within}.{{{}}}", pointer::unescape(steps.next()?)),
                    "additionalProperties" => within.push_str(".*"),
                    "items" => within.push_str("[]"),
                    _ => {}
                }
            }
            Some((pointer::unescape(name).into_owned(), within))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_within_a_component_tells_properties_from_what_else_an_object_holds() {
        let within = |rest: &str| {
            let (name, within) = component(&Key::Pointer(format!("/components/schemas/A{rest}"))).unwrap();
            assert_eq!(name, "A");
            within
        };
        assert_eq!(within("/properties/items/items/properties/a~1b"), ".items[].a/b");
        assert_eq!(within("/patternProperties/items/properties/z"), ".{items}.z");
        assert_eq!(within("/additionalProperties/properties/y"), ".*.y");
    }
}
