//! Objects of `openapiv3`'s types with the id that leads to their spans and extensions.

use indexmap::IndexMap;
use openapiv3 as stated;
use serde_json::Value;

use super::Document;
use super::source_map::{ID, ObjectId, ObjectSpans};
use crate::syntax::{Key, Node};

/// An object that takes extensions: its id stands among them.
pub trait Extensible {
    /// Its id, and nothing else; empty for an object that the document does not have.
    fn extensions(&self) -> &IndexMap<String, Value>;

    /// The extensions, by mutable reference: reading puts the id there.
    fn extensions_mut(&mut self) -> &mut IndexMap<String, Value>;
}

macro_rules! extensible {
    ($($name:ident)*) => {
        $(impl Extensible for stated::$name {
            fn extensions(&self) -> &IndexMap<String, Value> {
                &self.extensions
            }

            fn extensions_mut(&mut self) -> &mut IndexMap<String, Value> {
                &mut self.extensions
            }
        })*
    };
}

extensible! {
    Info Contact License Server ServerVariable Tag ExternalDocumentation Paths PathItem Operation RequestBody Responses Response
    Header MediaType Encoding Example Link Components OAuth2Flows ImplicitOAuth2Flow PasswordOAuth2Flow
    ClientCredentialsOAuth2Flow AuthorizationCodeOAuth2Flow
}

impl Extensible for stated::Parameter {
    fn extensions(&self) -> &IndexMap<String, Value> {
        &self.parameter_data_ref().extensions
    }

    fn extensions_mut(&mut self) -> &mut IndexMap<String, Value> {
        match self {
            Self::Query { parameter_data, .. }
            | Self::Header { parameter_data, .. }
            | Self::Path { parameter_data, .. }
            | Self::Cookie { parameter_data, .. } => &mut parameter_data.extensions,
        }
    }
}

impl Extensible for stated::SecurityScheme {
    fn extensions(&self) -> &IndexMap<String, Value> {
        match self {
            Self::APIKey { extensions, .. }
            | Self::HTTP { extensions, .. }
            | Self::OAuth2 { extensions, .. }
            | Self::OpenIDConnect { extensions, .. } => extensions,
        }
    }

    fn extensions_mut(&mut self) -> &mut IndexMap<String, Value> {
        match self {
            Self::APIKey { extensions, .. }
            | Self::HTTP { extensions, .. }
            | Self::OAuth2 { extensions, .. }
            | Self::OpenIDConnect { extensions, .. } => extensions,
        }
    }
}

/// An object, what it holds, and where it stands.
#[derive(Debug)]
pub struct Located<'a, T> {
    /// Its id.
    pub id: ObjectId,
    /// Its spans and extensions.
    pub object: &'a ObjectSpans,
    /// What `openapiv3` holds of it.
    pub stated: &'a T,
    /// What `openapiv3` has no room for, by its keys.
    values: &'a [(Key, Node)],
}

impl<T> Clone for Located<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Located<'_, T> {}

impl<'a, T> Located<'a, T> {
    /// A value that `openapiv3` has no room for, such as `example` of a media type: its key, and itself.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<(&'a Key, &'a Node)> {
        self.values.iter().find(|(name, _)| name.text() == key).map(|(name, node)| (name, node))
    }

    /// The same where it is a text or another scalar.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.value(key).and_then(|(_, node)| node.text())
    }
}

impl Document {
    /// The id of an object of [`skeleton`](Self::skeleton); `None` for one that the document does not have.
    #[must_use]
    pub fn id(&self, stated: &impl Extensible) -> Option<ObjectId> {
        let id = stated.extensions().get(ID).and_then(Value::as_u64)?;
        self.objects.at(usize::try_from(id).ok()?)
    }

    /// An object of [`skeleton`](Self::skeleton) with where it stands; `None` for one that the document does not have.
    ///
    /// Each object that was read has an id, as the tests of this module check for every kind of object and every document of the
    /// repository.
    #[must_use]
    pub fn located<'a, T: Extensible>(&'a self, stated: &'a T) -> Option<Located<'a, T>> {
        let id = self.id(stated)?;
        Some(self.with_id(id, stated))
    }

    /// The security requirements that hold for an operation, its own or the document's, with where they stand.
    #[must_use]
    pub fn security<'a>(
        &'a self,
        operation: Located<'a, stated::Operation>,
    ) -> Vec<Located<'a, stated::SecurityRequirement>> {
        let own = operation.stated.security.as_ref().map(|own| (operation.id, own));
        let of_document = || self.skeleton.security.as_ref().map(|all| (ObjectId::ROOT, all));
        let Some((holder, stated)) = own.or_else(of_document) else { return Vec::new() };
        let ids = self.supplement.security_requirements.get(&holder).into_iter().flatten();
        stated.iter().zip(ids).map(|(requirement, id)| self.with_id(*id, requirement)).collect()
    }

    fn with_id<'a, T>(&'a self, id: ObjectId, stated: &'a T) -> Located<'a, T> {
        Located { id, object: &self.objects[id], stated, values: self.supplement.values(id) }
    }
}
