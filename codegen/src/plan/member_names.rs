//! Names of properties and of listed values, each among those it stands beside.

use super::diagnostics::Report;
use crate::api::{Enumeration, Property, Schemas};
use crate::names::{Disambiguated, disambiguate, type_name, value_name};

/// Names that methods of every struct have.
pub(super) const METHODS: &[&str] = &["new", "clone"];

/// Names of the variant for what the document does not list, the usual one first.
const UNKNOWN: [&str; 3] = ["Unknown", "Unlisted", "Unrecognized"];

/// The name of the variant for what the document does not list: the first one that no listed variant has.
pub(super) fn unknown(names: &[String]) -> String {
    let is_free = |wish: &str| names.iter().all(|name| name != wish);
    if let Some(name) = UNKNOWN.into_iter().find(|wish| is_free(wish)) {
        return name.to_owned();
    }
    let mut numbered = (2..).map(|number| format!("{}{number}", UNKNOWN[0]));
    numbered.find(|wish| is_free(wish)).unwrap_or_default()
}

/// The names of properties as fields, in their order.
pub(super) fn of_properties(
    schemas: &Schemas,
    properties: &[Property],
    reserved: &[&str],
    report: &mut Report,
) -> Vec<String> {
    let found = disambiguated(properties, reserved);
    for (property, found) in properties.iter().zip(&found) {
        let wish = value_name(word(property));
        // A name of the document's own choice should not be changed in silence, not even where it is reserved.
        if found.holder.is_some() || property.given_name.is_some() && found.name != wish {
            let holder = found.holder.and_then(|holder| properties.get(holder));
            let holder = holder.map(|holder| schemas[holder.schema].span);
            report.name_collision(&wish, &found.name, holder, schemas[property.schema].span);
        }
    }
    found.into_iter().map(|found| found.name).collect()
}

/// Names told apart: names on the wire take precedence over those that the document states.
fn disambiguated(properties: &[Property], reserved: &[&str]) -> Vec<Disambiguated> {
    let mut order: Vec<usize> = (0..properties.len()).collect();
    order.sort_by_key(|&at| (properties[at].given_name.is_some(), &properties[at].name));
    let words: Vec<&str> = order.iter().map(|&at| word(&properties[at])).collect();
    let found = disambiguate(&words, value_name, reserved);
    let mut names: Vec<(usize, Disambiguated)> = order.iter().copied().zip(found).collect();
    for (_, found) in &mut names {
        found.holder = found.holder.and_then(|holder| order.get(holder).copied());
    }
    names.sort_by_key(|(at, _)| *at);
    names.into_iter().map(|(_, found)| found).collect()
}

/// What a property is called: as the document says, or else as on the wire.
pub(super) fn word(property: &Property) -> &str {
    property.given_name.as_ref().map_or(&property.name, |name| &name.text)
}

/// The names of listed values as variants, in their order.
pub(super) fn of_values(listed: &Enumeration, report: &mut Report) -> Vec<String> {
    let words: Vec<&str> =
        listed.values.iter().filter_map(|one| one.given_name.as_deref().or(one.value.scalar_text())).collect();
    let found = disambiguate(&words, variant_name, &["Self"]);
    for ((word, one), found) in words.iter().zip(&listed.values).zip(&found) {
        if let Some(holder) = found.holder {
            let holder = listed.values.get(holder).map(|holder| holder.span);
            report.name_collision(&variant_name(word), &found.name, holder, one.span);
        }
    }
    found.into_iter().map(|found| found.name).collect()
}

/// The variant name of a value. Signs without a word are named by their code points.
fn variant_name(wire: &str) -> String {
    let name = type_name(wire);
    if name == "Empty" && !wire.is_empty() {
        let codes: Vec<String> = wire.chars().take(4).map(|c| format!("U{:04X}", u32::from(c))).collect();
        return codes.concat();
    }
    name
}
