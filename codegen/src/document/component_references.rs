//! From references to the components that they name.

use indexmap::IndexMap;
use openapiv3 as stated;
use openapiv3::ReferenceOr;

use super::{Document, Extensible, Located};
use crate::component_reference_text::component_name;

impl Document {
    /// The parameter that stands somewhere, or that a reference there names, through further references if need be.
    #[must_use]
    pub fn parameter<'a>(&'a self, at: &'a ReferenceOr<stated::Parameter>) -> Option<Located<'a, stated::Parameter>> {
        self.follow(at, "parameters", self.skeleton.components.as_ref().map(|components| &components.parameters))
    }

    /// The request body that stands somewhere, or that a reference there names.
    #[must_use]
    pub fn request_body<'a>(
        &'a self,
        at: &'a ReferenceOr<stated::RequestBody>,
    ) -> Option<Located<'a, stated::RequestBody>> {
        self.follow(at, "requestBodies", self.skeleton.components.as_ref().map(|components| &components.request_bodies))
    }

    /// The response that stands somewhere, or that a reference there names.
    #[must_use]
    pub fn response<'a>(&'a self, at: &'a ReferenceOr<stated::Response>) -> Option<Located<'a, stated::Response>> {
        self.follow(at, "responses", self.skeleton.components.as_ref().map(|components| &components.responses))
    }

    /// The header that stands somewhere, or that a reference there names.
    #[must_use]
    pub fn header<'a>(&'a self, at: &'a ReferenceOr<stated::Header>) -> Option<Located<'a, stated::Header>> {
        self.follow(at, "headers", self.skeleton.components.as_ref().map(|components| &components.headers))
    }

    /// The example that stands somewhere, or that a reference there names.
    #[must_use]
    pub fn example<'a>(&'a self, at: &'a ReferenceOr<stated::Example>) -> Option<Located<'a, stated::Example>> {
        self.follow(at, "examples", self.skeleton.components.as_ref().map(|components| &components.examples))
    }

    /// The link that stands somewhere, or that a reference there names.
    #[must_use]
    pub fn link<'a>(&'a self, at: &'a ReferenceOr<stated::Link>) -> Option<Located<'a, stated::Link>> {
        self.follow(at, "links", self.skeleton.components.as_ref().map(|components| &components.links))
    }

    /// The security scheme that stands somewhere, or that a reference there names.
    #[must_use]
    pub fn security_scheme<'a>(
        &'a self,
        at: &'a ReferenceOr<stated::SecurityScheme>,
    ) -> Option<Located<'a, stated::SecurityScheme>> {
        self.follow(
            at,
            "securitySchemes",
            self.skeleton.components.as_ref().map(|components| &components.security_schemes),
        )
    }

    fn follow<'a, T: Extensible>(
        &'a self,
        at: &'a ReferenceOr<T>,
        section: &str,
        components: Option<&'a IndexMap<String, ReferenceOr<T>>>,
    ) -> Option<Located<'a, T>> {
        let mut at = at;
        // A chain is never longer than there are components; a circular one was reported.
        for _ in 0..=components.map_or(0, IndexMap::len) {
            match at {
                ReferenceOr::Item(item) => return self.located(item),
                ReferenceOr::Reference { reference } => at = components?.get(&*component_name(section, reference)?)?,
            }
        }
        None
    }
}
