//! Lists of required properties.

use std::collections::HashSet;

use super::index::Index;
use crate::diagnostic::closest;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::path_step::{Entry, PathStep};
use crate::document::schema::{Keywords, Parent, Schema, SchemaId};

/// Names under `required` that no property has.
pub(super) fn names_without_property(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let shared = index.shared_branches();
    let components: HashSet<SchemaId> = index.schemas.components().values().copied().collect();
    for (id, schema) in index.all_schemas() {
        let keywords = schema.keywords();
        let may_require = keywords.object.required.is_some() || keywords.composition.all_of.is_some();
        let is_partial = keywords.object.properties.is_none() && shared.contains(&id);
        // Parts are checked with the schema that they belong to.
        if !may_require || schema.is_branch() || is_condition(schema) || is_partial {
            continue;
        }
        let mut parts = index.parts_of(id);
        if !lacks_property(index, &parts) {
            continue;
        }
        parts.extend(counterparts(index, id).into_iter().flat_map(|other| index.parts_of(other)));
        if parts.iter().any(|part| takes_any_name(index, *part)) {
            continue;
        }
        let declared = declared(index, &parts);
        // A part that is a component is checked by itself, or it is only used as a part.
        for part in parts.iter().filter(|part| **part == id || !components.contains(*part)) {
            names_of(index.keywords(*part), &declared, diagnostics);
        }
    }
}

/// Whether it only applies beside another schema, which has the properties.
fn is_condition(schema: &Schema) -> bool {
    schema.parent.step().is_some_and(|step| matches!(step.key, "if" | "then" | "else" | "dependentSchemas"))
}

/// The properties that some schemas list.
fn declared<'a>(index: &'a Index<'_>, parts: &[SchemaId]) -> HashSet<&'a str> {
    parts.iter().flat_map(|part| index.keywords(*part).object.properties()).map(|(name, _)| name).collect()
}

/// Whether some schemas require a property that none of them lists.
fn lacks_property(index: &Index<'_>, parts: &[SchemaId]) -> bool {
    let declared = declared(index, parts);
    let mut required = parts.iter().flat_map(|part| index.keywords(*part).object.required());
    required.any(|name| !declared.contains(&*name.text))
}

/// The schemas that other parts of an `allOf` have for the same property or the same items, at every depth.
fn counterparts(index: &Index<'_>, id: SchemaId) -> Vec<SchemaId> {
    let (mut steps, mut holder) = (Vec::new(), id);
    while let Parent::Schema(outer, step) = &index.schemas[holder].parent {
        if matches!(step.key, "properties" | "items") {
            steps.push(step);
        } else if step.key != "allOf" {
            break;
        }
        holder = *outer;
    }
    let mut level = vec![holder];
    for step in steps.into_iter().rev() {
        let parts = level.iter().flat_map(|one| index.parts_of(*one));
        level = parts.filter_map(|part| below(index.keywords(part), step)).take(MOST).collect();
    }
    level.retain(|other| *other != id);
    level
}

/// How many schemas are looked at for one property.
const MOST: usize = 100;

/// The schema of a property, or of the items.
fn below(keywords: &Keywords, step: &PathStep) -> Option<SchemaId> {
    match &step.entry {
        Entry::Name(name) => keywords.object.property(name),
        Entry::Only | Entry::Index(_) => keywords.array.items.as_ref().map(|items| items.value),
    }
}

fn names_of(part: &Keywords, declared: &HashSet<&str>, diagnostics: &mut Diagnostics) {
    for name in part.object.required().iter().filter(|name| !declared.contains(&*name.text)) {
        let message = format!("{} is required, and there is no such property", quoted(&name.text));
        let diagnostic = diagnostics.warning(Code::RequiredWithoutProperty, message, name.span);
        let own = part.object.properties().map(|(name, _)| name);
        match closest(&name.text, own.chain(declared.iter().copied())) {
            Some(meant) => diagnostic.suggest(format!("did you mean `{meant}`?")),
            None => diagnostic.help("declare it under `properties`, or remove it here; types have no field for it"),
        };
    }
}

/// Keywords of later versions that a document of OpenAPI 3.0 may have all the same, and that allow further names.
const LATER: &[&str] = &["patternProperties", "if", "dependentSchemas"];

/// Whether further properties than the listed ones may be meant: the part has alternatives or allows further properties, or its
/// `properties` is misspelt, which was reported.
fn takes_any_name(index: &Index<'_>, part: SchemaId) -> bool {
    let keywords = index.keywords(part);
    let (object, composition) = (&keywords.object, &keywords.composition);
    let alternatives = composition.one_of.is_some()
        || composition.any_of.is_some()
        || composition.not.is_some()
        || composition.condition.is_some()
        || object.pattern_properties.is_some()
        || object.dependent_schemas.is_some()
        || keywords.unknown.iter().any(|key| LATER.contains(&key.text()));
    let further = object.additional_properties.as_ref();
    let is_open = further.is_some_and(|further| index.schemas[further.value].as_bool() != Some(false));
    let is_misspelt =
        object.properties.is_none() && keywords.unknown.iter().any(|key| closest(key.text(), ["properties"]).is_some());
    alternatives || is_open || is_misspelt
}
