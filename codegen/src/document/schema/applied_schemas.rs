//! Which schemas apply to every value of a schema beside its own keywords, as all stages that follow references read them.

use std::collections::HashSet;

use super::{Keywords, SchemaId, Schemas};

impl Keywords {
    /// The schemas that every value satisfies as well: the one that is referred to, and the parts of `allOf` (JSON Schema 2020-12, Core,
    /// 8.2.3 and 10.2.1.1).
    pub(crate) fn always_applied(&self) -> Vec<SchemaId> {
        let reference = self.reference.as_ref().and_then(|reference| reference.value.target);
        reference.into_iter().chain(self.composition.all_of().iter().copied()).collect()
    }
}

impl Schemas {
    /// The branches of a `oneOf` or `anyOf` that are not null. Where there is just one, every value but null satisfies it.
    pub(crate) fn branches_beside_null(&self, branches: &[SchemaId]) -> Vec<SchemaId> {
        branches.iter().copied().filter(|branch| !self.is_null(*branch)).collect()
    }
}

/// A schema and all that steps from one schema to the next lead to, each once: a schema stands before those that it leads to. The list ends
/// where it has `most` schemas.
pub(crate) fn reachable(start: SchemaId, most: usize, next: impl Fn(SchemaId) -> Vec<SchemaId>) -> Vec<SchemaId> {
    let (mut found, mut seen, mut pending) = (Vec::new(), HashSet::new(), vec![start]);
    while let Some(id) = pending.pop().filter(|_| found.len() < most) {
        if seen.insert(id) {
            found.push(id);
            pending.extend(next(id).into_iter().rev());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{SchemaId, reachable};

    #[test]
    fn each_schema_is_reached_once_and_before_those_that_it_leads_to() {
        let next = |id: SchemaId| match id.index() {
            0 => [1, 3].map(SchemaId::from_index).to_vec(),
            1 => [2, 0].map(SchemaId::from_index).to_vec(),
            2 => vec![SchemaId::from_index(3)],
            _ => Vec::new(),
        };
        let reached = |most| -> Vec<usize> {
            reachable(SchemaId::from_index(0), most, next).into_iter().map(SchemaId::index).collect()
        };
        assert_eq!(reached(usize::MAX), [0, 1, 2, 3]);
        assert_eq!(reached(2), [0, 1]);
    }
}
