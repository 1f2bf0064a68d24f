//! Objects: what is required, and some of what is allowed.

use super::NoSample;
use super::generate::{Made, Maker};
use crate::api::{Additional, Constraints, Object, Property, SchemaId, Value};
use crate::patterns::Pattern;

/// The most properties that are made up to reach `minProperties`.
const MOST: u64 = 100;

/// The members of an object so far, each with its place among the properties of the document.
type Members = Vec<(usize, (String, Value))>;

impl<'a> Maker<'a> {
    pub(super) fn object(&mut self, object: &'a Object, stated: &Constraints) -> Made {
        let mut members = self.required(object)?;
        self.optional(object, stated, &mut members);
        self.undeclared(object, stated, &mut members)?;
        members.sort_by_key(|(place, _)| *place);
        Ok(Value::Object(members.into_iter().map(|(_, member)| member).collect()))
    }

    fn required(&mut self, object: &'a Object) -> Result<Members, NoSample> {
        let constants = object.constants.iter().map(|one| (0, (one.name.clone(), one.value.value())));
        let mut members: Members = constants.collect();
        for (place, property) in object.properties.iter().enumerate() {
            if self.schemas.presence(property, self.direction).is_some_and(|presence| presence.required) {
                members.push((place, (property.name.clone(), self.value(property.schema)?)));
            }
        }
        for (name, _) in &object.required_beside {
            members.push((usize::MAX, (name.clone(), self.beside(object, name)?)));
        }
        Ok(members)
    }

    /// Adds optional properties while there is room for them, and as many as are demanded.
    fn optional(&mut self, object: &'a Object, stated: &Constraints, members: &mut Members) {
        let least = stated.min_properties.unwrap_or_default();
        let most = stated.max_properties.unwrap_or(u64::MAX);
        for (place, property) in self.optional_properties(object) {
            let count = u64::try_from(members.len()).unwrap_or(u64::MAX);
            if count >= most || (count >= least && !self.takes_optional()) {
                break;
            }
            if let Ok(value) = self.value(property.schema)
                && !value.is_null()
            {
                members.push((place, (property.name.clone(), value)));
            }
        }
    }

    fn optional_properties(&self, object: &'a Object) -> Vec<(usize, &'a Property)> {
        let places = object.properties.iter().enumerate();
        let is_optional = |property: &Property| {
            self.schemas.presence(property, self.direction).is_some_and(|presence| !presence.required)
        };
        places.filter(|(_, property)| is_optional(property)).collect()
    }

    /// Adds properties under names of our own: as many as are demanded, and one to a map.
    fn undeclared(&mut self, object: &'a Object, stated: &Constraints, members: &mut Members) -> Result<(), NoSample> {
        let least = stated.min_properties.unwrap_or_default();
        if least > MOST {
            return Err(NoSample::TooLarge);
        }
        let mut number = 1;
        while u64::try_from(members.len()).unwrap_or(u64::MAX) < least {
            let name = format!("key{number}");
            number += 1;
            if number > 2 * MOST {
                return Err(NoSample::Limits);
            }
            if members.iter().all(|(_, (known, _))| *known != name) {
                let value = self.beside(object, &name)?;
                members.push((usize::MAX, (name, value)));
            }
        }
        let is_map = object.properties.is_empty() && members.is_empty() && stated.max_properties != Some(0);
        if let Additional::Schema(schema) = object.additional
            && is_map
            && self.takes_optional()
            && let Ok(value) = self.value(schema)
        {
            members.push((usize::MAX, ("key".to_owned(), value)));
        }
        Ok(())
    }

    /// The value of a property that the object does not list.
    fn beside(&mut self, object: &'a Object, name: &str) -> Made {
        match beside_schema(object, name) {
            Beside::Schema(schema) => self.value(schema),
            Beside::Any => Ok(Value::String("text".to_owned())),
            Beside::None => Err(NoSample::Limits),
        }
    }
}

/// What is said of a property that an object does not list.
enum Beside {
    Schema(SchemaId),
    Any,
    None,
}

fn beside_schema(object: &Object, name: &str) -> Beside {
    let is_of = |pattern: &str| Pattern::read(pattern).is_some_and(|pattern| pattern.matches(name));
    if let Some((_, schema)) = object.patterns.iter().find(|(pattern, _)| is_of(pattern)) {
        return Beside::Schema(*schema);
    }
    match object.additional {
        Additional::Unstated | Additional::Any => Beside::Any,
        Additional::None => Beside::None,
        Additional::Schema(schema) => Beside::Schema(schema),
    }
}
