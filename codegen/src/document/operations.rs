//! Every operation of a document, in one walk.

use openapiv3 as stated;
use openapiv3::ReferenceOr;

use super::source_map::ObjectId;
use super::{Document, Located};

/// Which side implements an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Implementer {
    /// The API: it stands under `paths`.
    Api,
    /// Whoever uses the API: it is a webhook, or stands in a callback.
    User,
}

/// An operation where it stands.
#[derive(Clone, Copy, Debug)]
pub struct OperationAt<'a> {
    /// The path template, the webhook's name or the callback's expression.
    pub path: &'a str,
    /// The method in small letters; those of `additionalOperations` as they are written.
    pub method: &'a str,
    /// The number of the operation, by which it leads to its spans and extensions.
    pub id: ObjectId,
    /// The operation.
    pub operation: &'a stated::Operation,
    /// The number of the path item around it.
    pub item_id: ObjectId,
    /// The path item around it.
    pub item: &'a stated::PathItem,
    /// Which side implements it.
    pub implementer: Implementer,
}

impl Document {
    /// Every operation: those under `paths`, webhooks, and those of callbacks behind the operation that they belong to; callbacks under
    /// `components` come last. Those of one path item come in the order of the document.
    #[must_use]
    pub fn operations(&self) -> Vec<OperationAt<'_>> {
        let mut found = Vec::new();
        for (path, implementer, item) in self.named_path_items() {
            self.of_item(path, item, implementer, &mut found);
        }
        for callback in self.skeleton.components.iter().flat_map(|components| components.callbacks.values()) {
            if let ReferenceOr::Item(callback) = callback {
                self.of_callback(callback, &mut found);
            }
        }
        found
    }

    /// The path items under `paths` with their templates, then those of webhooks with their names.
    pub fn named_path_items(&self) -> impl Iterator<Item = (&str, Implementer, Located<'_, stated::PathItem>)> {
        let paths = self.skeleton.paths.paths.iter();
        let paths = paths.filter_map(|(path, item)| Some((path, Implementer::Api, item.as_item()?)));
        let webhooks = self.supplement.webhooks.iter().map(|(name, item)| (name, Implementer::User, item));
        let all = paths.chain(webhooks);
        all.filter_map(|(name, implementer, item)| Some((name.as_str(), implementer, self.located(item)?)))
    }

    /// The path items under `paths`, then those of webhooks.
    pub fn path_items(&self) -> impl Iterator<Item = Located<'_, stated::PathItem>> {
        self.named_path_items().map(|(.., item)| item)
    }

    /// The operations of a path item in the order of the document, each with its method in small letters; those of
    /// `additionalOperations` as they are written.
    #[must_use]
    pub fn methods<'a>(
        &'a self,
        item: Located<'a, stated::PathItem>,
    ) -> Vec<(&'a str, Located<'a, stated::Operation>)> {
        let further = self.supplement.operations.get(&item.id).into_iter().flatten();
        let stated = item.stated.iter().chain(further.map(|(method, operation)| (method.as_str(), operation)));
        let mut all: Vec<_> =
            stated.filter_map(|(method, operation)| Some((method, self.located(operation)?))).collect();
        all.sort_by_key(|(_, operation)| operation.object.name);
        all
    }

    fn of_item<'a>(
        &'a self,
        path: &'a str,
        item: Located<'a, stated::PathItem>,
        implementer: Implementer,
        found: &mut Vec<OperationAt<'a>>,
    ) {
        for (method, Located { id, stated: operation, .. }) in self.methods(item) {
            found.push(OperationAt { path, method, id, operation, item_id: item.id, item: item.stated, implementer });
            for callback in operation.callbacks.values() {
                self.of_callback(callback, found);
            }
        }
    }

    fn of_callback<'a>(&'a self, callback: &'a stated::Callback, found: &mut Vec<OperationAt<'a>>) {
        for (expression, item) in callback {
            if let Some(item) = self.located(item) {
                self.of_item(expression, item, Implementer::User, found);
            }
        }
    }
}
