//! The objects of `openapiv3`'s types that rules look at one by one, wherever they stand, listed in one traversal.

use indexmap::IndexMap;
use openapiv3 as stated;
use openapiv3::ReferenceOr;

use super::source_map::ObjectId;
use super::{Document, Located};

/// Objects with their numbers. An object that several references name is listed once, where it stands.
#[derive(Clone, Debug, Default)]
pub struct ObjectsByKind<'a> {
    /// The lists of parameters, by the path item or operation that holds them.
    pub parameter_lists: Vec<(ObjectId, &'a [ReferenceOr<stated::Parameter>])>,
    /// The parameters.
    pub parameters: Vec<(ObjectId, &'a stated::Parameter)>,
    /// The headers of responses and encodings.
    pub headers: Vec<(ObjectId, &'a stated::Header)>,
    /// The media types of bodies, parameters and headers, with their names.
    pub media_types: Vec<(ObjectId, &'a str, &'a stated::MediaType)>,
    /// The links that name an operation.
    pub links: Vec<(ObjectId, &'a stated::Link)>,
    /// The lists of servers: the document's own, and those of path items and operations.
    pub server_lists: Vec<&'a [stated::Server]>,
    /// The servers, those of links among them.
    pub servers: Vec<(ObjectId, &'a stated::Server)>,
}

impl Document {
    /// Lists the objects of a document.
    #[must_use]
    pub fn objects_by_kind(&self) -> ObjectsByKind<'_> {
        let mut traversal = ObjectTraversal { document: self, found: ObjectsByKind::default() };
        traversal.servers(&self.skeleton.servers);
        let components = self.supplement.path_items.values().filter_map(ReferenceOr::as_item);
        for item in self.path_items().chain(components.filter_map(|item| self.located(item))) {
            traversal.path_item(item);
        }
        if let Some(components) = &self.skeleton.components {
            traversal.components(components);
        }
        traversal.found
    }
}

struct ObjectTraversal<'a> {
    document: &'a Document,
    found: ObjectsByKind<'a>,
}

impl<'a> ObjectTraversal<'a> {
    fn components(&mut self, components: &'a stated::Components) {
        components.parameters.values().filter_map(ReferenceOr::as_item).for_each(|one| self.parameter(one));
        components.request_bodies.values().filter_map(ReferenceOr::as_item).for_each(|one| self.content(&one.content));
        components.responses.values().filter_map(ReferenceOr::as_item).for_each(|one| self.response(one));
        self.headers(&components.headers);
        self.links(&components.links);
        components.callbacks.values().filter_map(ReferenceOr::as_item).for_each(|one| self.callback(one));
    }

    fn path_item(&mut self, item: Located<'a, stated::PathItem>) {
        self.parameters(item.id, &item.stated.parameters);
        self.servers(&item.stated.servers);
        for (_, operation) in self.document.methods(item) {
            self.operation(operation.id, operation.stated);
        }
    }

    fn operation(&mut self, id: ObjectId, operation: &'a stated::Operation) {
        self.parameters(id, &operation.parameters);
        self.servers(&operation.servers);
        if let Some(ReferenceOr::Item(body)) = &operation.request_body {
            self.content(&body.content);
        }
        let responses = operation.responses.responses.values().chain(&operation.responses.default);
        responses.filter_map(ReferenceOr::as_item).for_each(|one| self.response(one));
        operation.callbacks.values().for_each(|one| self.callback(one));
    }

    fn callback(&mut self, callback: &'a stated::Callback) {
        let document = self.document;
        callback.values().filter_map(|item| document.located(item)).for_each(|item| self.path_item(item));
    }

    fn parameters(&mut self, holder: ObjectId, list: &'a [ReferenceOr<stated::Parameter>]) {
        self.found.parameter_lists.push((holder, list));
        list.iter().filter_map(ReferenceOr::as_item).for_each(|one| self.parameter(one));
    }

    fn parameter(&mut self, parameter: &'a stated::Parameter) {
        self.found.parameters.extend(self.document.id(parameter).map(|id| (id, parameter)));
        self.format(&parameter.parameter_data_ref().format);
    }

    fn format(&mut self, format: &'a stated::ParameterSchemaOrContent) {
        if let stated::ParameterSchemaOrContent::Content(content) = format {
            self.content(content);
        }
    }

    fn response(&mut self, response: &'a stated::Response) {
        self.headers(&response.headers);
        self.content(&response.content);
        self.links(&response.links);
    }

    fn headers(&mut self, headers: &'a IndexMap<String, ReferenceOr<stated::Header>>) {
        for header in headers.values().filter_map(ReferenceOr::as_item) {
            self.found.headers.extend(self.document.id(header).map(|id| (id, header)));
            self.format(&header.format);
        }
    }

    fn content(&mut self, content: &'a stated::Content) {
        for (name, media) in content {
            self.found.media_types.extend(self.document.id(media).map(|id| (id, name.as_str(), media)));
            media.encoding.values().for_each(|encoding| self.headers(&encoding.headers));
        }
    }

    fn links(&mut self, links: &'a IndexMap<String, ReferenceOr<stated::Link>>) {
        for link in links.values().filter_map(ReferenceOr::as_item) {
            self.found.links.extend(self.document.id(link).map(|id| (id, link)));
            if let Some(server) = &link.server {
                self.server(server);
            }
        }
    }

    fn servers(&mut self, list: &'a [stated::Server]) {
        self.found.server_lists.push(list);
        for server in list {
            self.server(server);
        }
    }

    fn server(&mut self, server: &'a stated::Server) {
        self.found.servers.extend(self.document.id(server).map(|id| (id, server)));
    }
}
