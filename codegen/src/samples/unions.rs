//! Values of unions: of the first branch that has one.

use super::NoSample;
use super::generate::{Made, Maker};
use crate::api::{Branch, Combination, Union, Value};
use crate::instance::{fitting_branches, member};

impl<'a> Maker<'a> {
    pub(super) fn union(&mut self, union: &'a Union) -> Made {
        let mut reason = NoSample::Never;
        for branch in &union.branches {
            match self.branch(union, branch) {
                Ok(value) => return Ok(value),
                Err(found) => reason = found,
            }
        }
        Err(reason)
    }

    fn branch(&mut self, union: &'a Union, branch: &'a Branch) -> Made {
        let value = tagged(union, branch, self.value(branch.schema)?);
        if !self.is_valid(branch.schema, &value) {
            return Err(NoSample::Limits);
        }
        // Where a discriminator names the branch, the others do not matter.
        let is_named = union.discriminator.as_ref().is_some_and(|stated| member(&value, &stated.property).is_some());
        let is_alone = || fitting_branches(self.schemas, union, &value, self.direction) == 1;
        if union.combination == Combination::One && !is_named && !is_alone() {
            return Err(NoSample::SeveralBranches);
        }
        Ok(value)
    }
}

/// The value with the name of its branch.
fn tagged(union: &Union, branch: &Branch, value: Value) -> Value {
    let (Some(stated), Some(tag), Value::Object(mut entries)) =
        (&union.discriminator, branch.tags.first(), value.clone())
    else {
        return value;
    };
    match entries.iter_mut().find(|(name, _)| *name == stated.property) {
        Some((_, Value::String(known))) if branch.tags.contains(known) => return value,
        // Another kind of tag is the schema's own constant.
        Some((_, Value::String(known))) => known.clone_from(tag),
        Some(_) => return value,
        None => entries.insert(0, (stated.property.clone(), Value::String(tag.clone()))),
    }
    Value::Object(entries)
}
