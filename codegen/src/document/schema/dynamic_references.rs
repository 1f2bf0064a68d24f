//! `$dynamicRef` where several schemas have its anchor: which one is meant depends on the way to the reference (JSON Schema 2020-12, Core,
//! 8.2.3.2). What is read instead holds for all of them.

use std::collections::{HashMap, HashSet};

use super::{SchemaId, Schemas};

/// The references by a `$dynamicAnchor` that several schemas have, each with the schema that all of these take over, if there is one.
pub(super) fn ambiguous(schemas: &Schemas) -> Vec<(SchemaId, Option<SchemaId>)> {
    let mut anchored: HashMap<&str, Vec<SchemaId>> = HashMap::new();
    for (id, schema) in schemas.iter() {
        if let Some(anchor) = &schema.keywords().identity.dynamic_anchor {
            anchored.entry(&anchor.value).or_default().push(id);
        }
    }
    anchored.retain(|_, all| all.len() > 1);
    let common: HashMap<&str, Option<SchemaId>> =
        anchored.iter().map(|(name, all)| (*name, common(schemas, all))).collect();
    let meant = schemas.iter().filter_map(|(id, schema)| {
        let keywords = schema.keywords();
        let stated = &keywords.identity.dynamic_reference.as_ref()?.value;
        // Beside `$ref` it is not read.
        let is_read = keywords.reference.as_ref().is_some_and(|reference| reference.value.text == *stated);
        Some((id, *common.get(stated.strip_prefix('#').filter(|_| is_read)?)?))
    });
    meant.collect()
}

/// The one of several schemas that all of them take over.
fn common(schemas: &Schemas, all: &[SchemaId]) -> Option<SchemaId> {
    let mut wholes = all.iter().map(|id| taken_over(schemas, *id));
    let first = wholes.next()?;
    let shared = wholes.fold(first, |shared, whole| shared.intersection(&whole).copied().collect());
    all.iter().copied().find(|id| shared.contains(id))
}

/// A schema, and all that it takes over.
fn taken_over(schemas: &Schemas, id: SchemaId) -> HashSet<SchemaId> {
    let (mut found, mut waiting) = (HashSet::new(), vec![id]);
    while let Some(id) = waiting.pop() {
        if found.insert(id) {
            waiting.extend(schemas[id].keywords().taken_over());
        }
    }
    found
}
