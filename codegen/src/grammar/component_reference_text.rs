//! References to components of one document, such as `#/components/schemas/Payout`.

use crate::syntax::pointer;

/// A reference to a component.
pub(crate) fn reference_to(section: &str, name: &str) -> String {
    format!("#/components/{section}/{}", pointer::escape(name))
}

/// The name in a reference to a component of a section; `None` where it names anything else.
pub(crate) fn component_name(section: &str, reference: &str) -> Option<String> {
    let rest = reference.strip_prefix("#/components/")?.strip_prefix(section)?;
    pointer::tokens(rest).filter(|tokens| tokens.len() == 1)?.pop().map(std::borrow::Cow::into_owned)
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
