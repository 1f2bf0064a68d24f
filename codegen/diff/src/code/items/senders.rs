//! Who sends the values of each type: what constructs a value is named by its sender, and what tells values apart by its receiver.

use std::collections::HashMap;

use specie_codegen::rust::{Crate, Operation, Payload, Type, TypeId};

use super::Users;

/// Who sends the values of each type.
#[derive(Debug, Default)]
pub(super) struct Senders(HashMap<TypeId, Users>);

impl Senders {
    pub(super) fn of(krate: &Crate) -> Self {
        let mut found = Self::default();
        for operation in &krate.operations {
            found.operation(krate, operation, Users::CLIENT, Users::SERVER);
        }
        for callback in &krate.callbacks {
            found.operation(krate, &callback.operation, Users::SERVER, Users::CLIENT);
        }
        for webhook in &krate.webhooks {
            found.mark(krate, &webhook.payload, Users::SERVER);
        }
        found
    }

    /// Neither, where no operation holds the type.
    pub(super) fn of_type(&self, id: TypeId) -> Users {
        self.0.get(&id).copied().unwrap_or_default()
    }

    fn operation(&mut self, krate: &Crate, operation: &Operation, requests: Users, responses: Users) {
        for field in &operation.request.fields {
            self.mark(krate, &field.value, requests);
        }
        if let Some(Payload::Choice(choice)) = operation.body.as_ref().map(|body| &body.payload) {
            choice.variants.iter().for_each(|variant| self.mark(krate, &variant.value, requests));
            let parts = choice.variants.iter().filter_map(|variant| variant.parts.as_ref());
            let fields = parts.flat_map(|parts| &parts.structure.fields);
            fields.for_each(|field| self.mark(krate, &field.value, requests));
        }
        for response in operation.success.responses().iter().chain(operation.error_responses()) {
            if let Some(body) = &response.body {
                self.mark(krate, &body.value, responses);
            }
        }
        for headers in &operation.response_headers {
            headers.structure.fields.iter().for_each(|field| self.mark(krate, &field.value, responses));
        }
    }

    fn mark(&mut self, krate: &Crate, ty: &Type, users: Users) {
        let mut waiting = vec![ty.clone()];
        while let Some(next) = waiting.pop() {
            let Type::Named(id) = next else {
                waiting.extend(next.inner().cloned());
                continue;
            };
            let known = self.0.entry(id).or_default();
            let both = known.or(users);
            if both != *known {
                *known = both;
                waiting.extend(krate.item(id).into_iter().flat_map(specie_codegen::rust::Item::held_types));
            }
        }
    }
}
