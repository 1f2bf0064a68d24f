//! The document's own objects, and what stands under `components`.

use openapiv3 as api;

use super::{At, Outcome, Reader, flag, leaf, text};
use crate::document::source_map::ObjectId;
use crate::document::step::Step;
use crate::grammar::Kind;
use crate::syntax::Node;

impl Reader {
    pub(super) fn info(&mut self, at: &At<'_>) -> Outcome<api::Info> {
        let id = self.open(at, Kind::Info);
        let contact = self.one(id, at.node, "contact", |reader, at| {
            let id = reader.open(at, Kind::Contact);
            Ok(api::Contact { extensions: id.extensions(), ..leaf::read(at.node)? })
        })?;
        let license = self.one(id, at.node, "license", |reader, at| {
            let id = reader.open(at, Kind::License);
            Ok(api::License { extensions: id.extensions(), ..leaf::read(at.node)? })
        })?;
        Ok(api::Info { contact, license, extensions: id.extensions(), ..leaf::read(at.node)? })
    }

    pub(super) fn server(&mut self, at: &At<'_>) -> Outcome<api::Server> {
        let id = self.open(at, Kind::Server);
        let variables = self.map(id, at.node, "variables", "variables", |reader, at| {
            let id = reader.open(at, Kind::ServerVariable);
            Ok(api::ServerVariable { extensions: id.extensions(), ..leaf::read(at.node)? })
        })?;
        let variables = at.node.get("variables").map(|_| variables);
        Ok(api::Server { variables, extensions: id.extensions(), ..leaf::read(at.node)? })
    }

    pub(super) fn tag(&mut self, at: &At<'_>) -> Outcome<api::Tag> {
        let id = self.open(at, Kind::Tag);
        let external_docs = self.external_docs(id, at.node)?;
        Ok(api::Tag { external_docs, extensions: id.extensions(), ..leaf::read(at.node)? })
    }

    pub(super) fn components(&mut self, at: &At<'_>) -> Outcome<api::Components> {
        let id = self.open(at, Kind::Components);
        let node = at.node;
        if let Some(schemas) = node.get("schemas") {
            self.schemas.read_components(schemas);
        }
        let ids = self.schemas.components().iter();
        let reference = |text| api::ReferenceOr::Reference { reference: text };
        let schemas = ids.map(|(name, id)| (name.to_string(), reference(id.to_reference()))).collect();
        let path_items =
            self.map(id, node, "pathItems", "pathItems", |reader, at| reader.or_reference(at, Self::path_item))?;
        self.supplement.path_items = path_items;
        Ok(api::Components {
            schemas,
            responses: self
                .map(id, node, "responses", "responses", |reader, at| reader.or_reference(at, Self::response))?,
            parameters: self
                .map(id, node, "parameters", "parameters", |reader, at| reader.or_reference(at, Self::parameter))?,
            examples: self.examples(id, node)?,
            request_bodies: self.map(id, node, "requestBodies", "requestBodies", |reader, at| {
                reader.or_reference(at, Self::request_body)
            })?,
            headers: self.headers(id, node)?,
            security_schemes: self.security_schemes(id, node)?,
            links: self.links(id, node)?,
            callbacks: self
                .map(id, node, "callbacks", "callbacks", |reader, at| reader.or_reference(at, Self::callback))?,
            extensions: id.extensions(),
        })
    }

    fn security_schemes(
        &mut self,
        holder: ObjectId,
        node: &Node,
    ) -> Outcome<indexmap::IndexMap<String, api::ReferenceOr<api::SecurityScheme>>> {
        let mut schemes = indexmap::IndexMap::new();
        for (key, node) in node.get("securitySchemes").into_iter().flat_map(Node::entries) {
            let at = At::under(holder, key, node, Step::named("securitySchemes", key.text()));
            if node.get("type").and_then(Node::as_str) == Some("mutualTLS") {
                let id = self.open(&at, Kind::SecurityScheme);
                self.supplement.security_schemes.insert(key.text().to_owned(), id);
            } else {
                schemes.insert(key.text().to_owned(), self.or_reference(&at, Self::security_scheme)?);
            }
        }
        Ok(schemes)
    }

    fn security_scheme(&mut self, at: &At<'_>) -> Outcome<api::SecurityScheme> {
        let id = self.open(at, Kind::SecurityScheme);
        let read_flows = self.one(id, at.node, "flows", Self::flows)?;
        let mut scheme: api::SecurityScheme = leaf::read(at.node)?;
        match &mut scheme {
            api::SecurityScheme::APIKey { extensions, .. }
            | api::SecurityScheme::HTTP { extensions, .. }
            | api::SecurityScheme::OpenIDConnect { extensions, .. } => *extensions = id.extensions(),
            api::SecurityScheme::OAuth2 { extensions, flows, .. } => {
                *extensions = id.extensions();
                *flows = read_flows.unwrap_or_default();
            }
        }
        Ok(scheme)
    }

    fn flows(&mut self, at: &At<'_>) -> Outcome<api::OAuth2Flows> {
        let id = self.open(at, Kind::OAuthFlows);
        let implicit = self.one(id, at.node, "implicit", |reader, at| {
            let id = reader.open(at, Kind::ImplicitFlow);
            Ok(api::ImplicitOAuth2Flow { extensions: id.extensions(), ..leaf::read(at.node)? })
        })?;
        let password = self.one(id, at.node, "password", |reader, at| {
            let id = reader.open(at, Kind::PasswordFlow);
            Ok(api::PasswordOAuth2Flow { extensions: id.extensions(), ..leaf::read(at.node)? })
        })?;
        let client_credentials = self.one(id, at.node, "clientCredentials", |reader, at| {
            let id = reader.open(at, Kind::ClientCredentialsFlow);
            Ok(api::ClientCredentialsOAuth2Flow { extensions: id.extensions(), ..leaf::read(at.node)? })
        })?;
        let authorization_code = self.one(id, at.node, "authorizationCode", |reader, at| {
            let id = reader.open(at, Kind::AuthorizationCodeFlow);
            Ok(api::AuthorizationCodeOAuth2Flow { extensions: id.extensions(), ..leaf::read(at.node)? })
        })?;
        let extensions = id.extensions();
        Ok(api::OAuth2Flows { implicit, password, client_credentials, authorization_code, extensions })
    }

    /// Links that name an operation; `openapiv3` takes no others, and they say nothing.
    pub(super) fn links(
        &mut self,
        holder: ObjectId,
        node: &Node,
    ) -> Outcome<indexmap::IndexMap<String, api::ReferenceOr<api::Link>>> {
        let links = self.map(holder, node, "links", "links", |reader, at| reader.or_reference(at, Self::link))?;
        let named = |link| match link {
            api::ReferenceOr::Reference { reference } => Some(api::ReferenceOr::Reference { reference }),
            api::ReferenceOr::Item(link) => Option::map(link, api::ReferenceOr::Item),
        };
        Ok(links.into_iter().filter_map(|(name, link)| Some((name, named(link)?))).collect())
    }

    fn link(&mut self, at: &At<'_>) -> Outcome<Option<api::Link>> {
        let id = self.open(at, Kind::Link);
        let server = self.one(id, at.node, "server", Self::server)?;
        let operation = match (text(at.node, "operationId"), text(at.node, "operationRef")) {
            (Some(name), _) => api::LinkOperation::OperationId(name),
            (None, Some(name)) => api::LinkOperation::OperationRef(name),
            (None, None) => return Ok(None),
        };
        Ok(Some(api::Link {
            description: text(at.node, "description"),
            operation,
            request_body: None,
            parameters: indexmap::IndexMap::new(),
            server,
            extensions: id.extensions(),
        }))
    }

    pub(super) fn examples(
        &mut self,
        holder: ObjectId,
        node: &Node,
    ) -> Outcome<indexmap::IndexMap<String, api::ReferenceOr<api::Example>>> {
        self.map(holder, node, "examples", "examples", |reader, at| {
            reader.or_reference(at, |reader, at| {
                let id = reader.open(at, Kind::Example);
                Ok(api::Example {
                    summary: text(at.node, "summary"),
                    description: text(at.node, "description"),
                    value: None,
                    external_value: text(at.node, "externalValue"),
                    extensions: id.extensions(),
                })
            })
        })
    }

    pub(super) fn required(node: &Node) -> bool {
        flag(node, "required").unwrap_or_default()
    }
}
