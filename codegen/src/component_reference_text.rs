//! References to components of one document, such as `#/components/schemas/Payout`.

use std::borrow::Cow;

use crate::pointer;

/// What all of them begin with.
const COMPONENTS: &str = "#/components/";

/// A reference to a component.
pub(crate) fn reference_to(section: &str, name: &str) -> String {
    format!("{COMPONENTS}{section}/{}", pointer::escape(name))
}

/// The section that a reference leads into; `None` where it leads to no components.
pub(crate) fn section_of(reference: &str) -> Option<&str> {
    reference.strip_prefix(COMPONENTS)?.split('/').next()
}

/// The name in a reference to a component of a section; `None` where it names anything else.
pub(crate) fn component_name<'r>(section: &str, reference: &'r str) -> Option<Cow<'r, str>> {
    let rest = reference.strip_prefix(COMPONENTS)?.strip_prefix(section)?;
    pointer::tokens(rest).filter(|tokens| tokens.len() == 1)?.pop()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_they_are_written() {
        assert_eq!(component_name("schemas", &reference_to("schemas", "a/b~c")).as_deref(), Some("a/b~c"));
        for other in ["#/components/schemas", "#/components/schemas/a/b", "#/components/schemasOf/a", "#/paths/a"] {
            assert_eq!(component_name("schemas", other), None, "{other}");
        }
    }
}
