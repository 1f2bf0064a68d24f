//! Where in a component a schema stands.

use specie_codegen::api::{Key, Schemas};
use specie_codegen::pointer;

use crate::schemas::{COMPONENTS, step_to_branch};

/// The component that a schema is, or stands in, and where in it: `Payout` and `.method<Card>.number`.
pub(crate) fn component(schemas: &Schemas, key: &Key) -> Option<(String, String)> {
    match key {
        Key::Component(name) => Some((name.clone(), String::new())),
        Key::Pointer(text) => {
            let (name, rest) = text.strip_prefix(COMPONENTS)?.split_once('/')?;
            let mut within = String::new();
            let mut at = format!("{COMPONENTS}{name}");
            let mut steps = rest.split('/');
            while let Some(step) = steps.next() {
                let parent = at.clone();
                let mut next = || {
                    let next = steps.next()?;
                    at = format!("{parent}/{step}/{next}");
                    Some(next)
                };
                match step {
                    "properties" => within = format!("{within}.{}", pointer::unescape(next()?)),
                    "patternProperties" => within = format!("{within}.{{{}}}", pointer::unescape(next()?)),
                    "prefixItems" => within = format!("{within}[{}]", next()?),
                    "oneOf" | "anyOf" => {
                        next()?;
                        within.push_str(&branch(schemas, &parent, &at));
                    }
                    "additionalProperties" => within.push_str(".*"),
                    "items" => within.push_str("[]"),
                    _ => {}
                }
                if at == parent {
                    at = format!("{parent}/{step}");
                }
            }
            Some((pointer::unescape(name).into_owned(), within))
        }
    }
}

/// The step from a union to one of its branches, by their places; empty where there is no other branch.
fn branch(schemas: &Schemas, union: &str, branch: &str) -> String {
    let component = union.strip_prefix(COMPONENTS).filter(|name| !name.contains('/'));
    let key = component
        .map_or_else(|| Key::Pointer(union.to_owned()), |name| Key::Component(pointer::unescape(name).into_owned()));
    let ids = schemas.find(&key).zip(schemas.find(&Key::Pointer(branch.to_owned())));
    ids.and_then(|(union, branch)| step_to_branch(schemas, union, branch)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_within_a_component_tells_properties_from_what_else_an_object_holds() {
        let within = |rest: &str| {
            let (name, within) =
                component(&Schemas::default(), &Key::Pointer(format!("/components/schemas/A{rest}"))).unwrap();
            assert_eq!(name, "A");
            within
        };
        assert_eq!(within("/properties/items/items/properties/a~1b"), ".items[].a/b");
        assert_eq!(within("/patternProperties/items/properties/z"), ".{items}.z");
        assert_eq!(within("/additionalProperties/properties/y"), ".*.y");
        assert_eq!(within("/prefixItems/1/properties/y"), "[1].y");
    }
}
