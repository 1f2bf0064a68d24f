//! The document's own objects, and what stands under `components`.

use openapiv3 as stated;
use serde::de::DeserializeOwned;

use super::{At, Outcome, Reader, flag, text};
use crate::document::Extensible;
use crate::document::path_step::PathStep;
use crate::document::source_map::ObjectId;
use crate::grammar::Kind;
use crate::syntax::Node;

impl Reader {
    pub(super) fn info(&mut self, at: &At<'_>) -> Outcome<stated::Info> {
        let (id, info) = self.leaf(at, Kind::Info)?;
        let contact = self.one(id, at.node, "contact", |reader, at| Ok(reader.leaf(at, Kind::Contact)?.1))?;
        let license = self.one(id, at.node, "license", |reader, at| Ok(reader.leaf(at, Kind::License)?.1))?;
        Ok(stated::Info { contact, license, ..info })
    }

    pub(super) fn server(&mut self, at: &At<'_>) -> Outcome<stated::Server> {
        let (id, server) = self.leaf(at, Kind::Server)?;
        let variables =
            self.map(id, at.node, "variables", "variables", |reader, at| Ok(reader.leaf(at, Kind::ServerVariable)?.1))?;
        let variables = at.node.get("variables").map(|_| variables);
        Ok(stated::Server { variables, ..server })
    }

    pub(super) fn tag(&mut self, at: &At<'_>) -> Outcome<stated::Tag> {
        let (id, tag) = self.leaf(at, Kind::Tag)?;
        let external_docs = self.external_docs(id, at.node)?;
        Ok(stated::Tag { external_docs, ..tag })
    }

    pub(super) fn components(&mut self, at: &At<'_>) -> Outcome<stated::Components> {
        let id = self.open(at, Kind::Components);
        let node = at.node;
        if let Some(schemas) = node.get("schemas") {
            self.schemas.read_components(schemas);
        }
        let ids = self.schemas.components().iter();
        let reference = |text| stated::ReferenceOr::Reference { reference: text };
        let schemas = ids.map(|(name, id)| (name.to_string(), reference(id.to_reference()))).collect();
        let path_items =
            self.map(id, node, "pathItems", "pathItems", |reader, at| reader.or_reference(at, Self::path_item))?;
        self.supplement.path_items = path_items;
        Ok(stated::Components {
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
    ) -> Outcome<indexmap::IndexMap<String, stated::ReferenceOr<stated::SecurityScheme>>> {
        let mut schemes = indexmap::IndexMap::new();
        for (key, node) in node.get("securitySchemes").into_iter().flat_map(Node::entries) {
            let at = At::under(holder, key, node, PathStep::named("securitySchemes", key.text()));
            if node.get("type").and_then(Node::as_str) == Some("mutualTLS") {
                let id = self.open(&at, Kind::SecurityScheme);
                self.supplement.security_schemes.insert(key.text().to_owned(), id);
            } else {
                schemes.insert(key.text().to_owned(), self.or_reference(&at, Self::security_scheme)?);
            }
        }
        Ok(schemes)
    }

    fn security_scheme(&mut self, at: &At<'_>) -> Outcome<stated::SecurityScheme> {
        let (id, mut scheme) = self.leaf(at, Kind::SecurityScheme)?;
        let read_flows = self.one(id, at.node, "flows", Self::flows)?;
        if let stated::SecurityScheme::OAuth2 { flows, .. } = &mut scheme {
            *flows = read_flows.unwrap_or_default();
        }
        Ok(scheme)
    }

    fn flows(&mut self, at: &At<'_>) -> Outcome<stated::OAuth2Flows> {
        let (id, node) = (self.open(at, Kind::OAuthFlows), at.node);
        if let Some(device) = self.one(id, node, "deviceAuthorization", |reader, at| Ok(reader.device_flow(at)))? {
            self.supplement.device_flows.insert(id, device);
        }
        Ok(stated::OAuth2Flows {
            implicit: self.flow(id, node, "implicit", Kind::ImplicitFlow)?,
            password: self.flow(id, node, "password", Kind::PasswordFlow)?,
            client_credentials: self.flow(id, node, "clientCredentials", Kind::ClientCredentialsFlow)?,
            authorization_code: self.flow(id, node, "authorizationCode", Kind::AuthorizationCodeFlow)?,
            extensions: id.extensions(),
        })
    }

    fn flow<T: DeserializeOwned + Extensible>(
        &mut self,
        holder: ObjectId,
        node: &Node,
        key: &'static str,
        kind: Kind,
    ) -> Outcome<Option<T>> {
        self.one(holder, node, key, |reader, at| Ok(reader.leaf(at, kind)?.1))
    }

    fn device_flow(&mut self, at: &At<'_>) -> stated::AuthorizationCodeOAuth2Flow {
        let (id, node) = (self.open(at, Kind::DeviceFlow), at.node);
        let scopes = node.get("scopes").into_iter().flat_map(Node::entries);
        stated::AuthorizationCodeOAuth2Flow {
            authorization_url: text(node, "deviceAuthorizationUrl").unwrap_or_default(),
            token_url: text(node, "tokenUrl").unwrap_or_default(),
            refresh_url: text(node, "refreshUrl"),
            scopes: scopes.filter_map(|(name, what)| Some((name.text().to_owned(), what.text()?.to_owned()))).collect(),
            extensions: id.extensions(),
        }
    }

    /// Links that name an operation; `openapiv3` takes no others, and they say nothing.
    pub(super) fn links(
        &mut self,
        holder: ObjectId,
        node: &Node,
    ) -> Outcome<indexmap::IndexMap<String, stated::ReferenceOr<stated::Link>>> {
        let links = self.map(holder, node, "links", "links", |reader, at| reader.or_reference(at, Self::link))?;
        let named = |link| match link {
            stated::ReferenceOr::Reference { reference } => Some(stated::ReferenceOr::Reference { reference }),
            stated::ReferenceOr::Item(link) => Option::map(link, stated::ReferenceOr::Item),
        };
        Ok(links.into_iter().filter_map(|(name, link)| Some((name, named(link)?))).collect())
    }

    fn link(&mut self, at: &At<'_>) -> Outcome<Option<stated::Link>> {
        let id = self.open(at, Kind::Link);
        let server = self.one(id, at.node, "server", Self::server)?;
        let operation = match (text(at.node, "operationId"), text(at.node, "operationRef")) {
            (Some(name), _) => stated::LinkOperation::OperationId(name),
            (None, Some(name)) => stated::LinkOperation::OperationRef(name),
            (None, None) => return Ok(None),
        };
        Ok(Some(stated::Link {
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
    ) -> Outcome<indexmap::IndexMap<String, stated::ReferenceOr<stated::Example>>> {
        self.map(holder, node, "examples", "examples", |reader, at| {
            reader.or_reference(at, |reader, at| {
                let id = reader.open(at, Kind::Example);
                Ok(stated::Example {
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
