//! Which schemas apply to every value of a schema beside its own keywords, as all stages that follow references read them.

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
