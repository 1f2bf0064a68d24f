//! Lists and objects: what they hold, and what they lack.

use std::collections::HashSet;

use super::Check;
use super::scalars::is_same;
use crate::api::{Additional, List, Object, Value};
use crate::patterns::Pattern;

impl<'a> Check<'a> {
    pub(super) fn list(&mut self, list: &'a List, items: &[Value]) {
        for (at, item) in items.iter().enumerate() {
            if let Some(schema) = list.prefix.get(at).copied().or(list.items) {
                self.part(&at.to_string(), schema, item);
            }
        }
    }

    pub(super) fn object(&mut self, object: &'a Object, entries: &[(String, Value)]) {
        self.missing(object, entries);
        for (name, value) in entries {
            if let Some(constant) = object.constants.iter().find(|constant| constant.name == *name) {
                if !is_same(&constant.value.value(), value) {
                    self.at(name, |check| check.fault(format!("is not {}", constant.value)));
                }
            } else if let Some(property) = object.properties.iter().find(|property| property.name == *name) {
                self.part(name, property.schema, value);
            } else {
                self.undeclared(object, name, value);
            }
        }
    }

    fn missing(&mut self, object: &'a Object, entries: &[(String, Value)]) {
        let is_there = |name: &str| entries.iter().any(|(key, _)| key == name);
        let required = object.properties.iter().filter(|property| {
            self.schemas.presence(property, self.direction).is_some_and(|presence| presence.required)
        });
        let required = required.map(|property| &property.name);
        let constants = object.constants.iter().map(|constant| &constant.name);
        let beside = object.required_beside.iter().map(|(name, _)| name);
        let missing: Vec<&String> = required.chain(constants).chain(beside).filter(|name| !is_there(name)).collect();
        for name in missing {
            self.fault(format!("lacks the required property `{name}`"));
        }
    }

    /// A property that the object does not list: one whose name matches a pattern, or another one.
    fn undeclared(&mut self, object: &'a Object, name: &str, value: &Value) {
        let mut is_declared = false;
        for (pattern, schema) in &object.patterns {
            match Pattern::read(pattern).map(|pattern| pattern.matches(name)) {
                Some(true) => {
                    is_declared = true;
                    self.part(name, *schema, value);
                }
                Some(false) => {}
                // It may be one of those that the pattern allows.
                None => is_declared = true,
            }
        }
        match object.additional {
            _ if is_declared => {}
            Additional::Unstated | Additional::Any => {}
            Additional::None => self.at(name, |check| check.fault("is not a property of the object")),
            Additional::Schema(schema) => self.part(name, schema, value),
        }
    }

    pub(super) fn repeats(items: &[Value]) -> bool {
        let mut seen = HashSet::new();
        !items.iter().all(|item| seen.insert(item.canonical()))
    }
}
