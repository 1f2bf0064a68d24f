//! Names for what is brought into `components`.

use std::collections::HashSet;

use super::reference_lookup::Location;
use crate::source::Source;

/// Tokens that say nothing about what they hold.
const NOISE: &[&str] =
    &["paths", "components", "properties", "responses", "content", "schema", "parameters", "definitions", "$defs"];

/// A name that is not taken: from the place where the component was found, or else with its file before it, or a number behind it.
pub(super) fn unique(source: &Source, location: &Location, taken: &HashSet<String>) -> String {
    let stem = sanitized(stem(source.name(location.file)));
    let plain = from_tokens(&location.tokens).unwrap_or_else(|| stem.clone());
    if !taken.contains(&plain) {
        return plain;
    }
    let qualified = if plain == stem { plain } else { format!("{stem}_{plain}") };
    if !taken.contains(&qualified) {
        return qualified;
    }
    let numbered = (2_u64..).map(|number| format!("{qualified}_{number}"));
    numbered.into_iter().find(|name| !taken.contains(name)).unwrap_or(qualified)
}

/// The last token that is a name, and what follows it.
fn from_tokens(tokens: &[String]) -> Option<String> {
    let is_name = |token: &String| {
        let rest = token.strip_prefix('/').unwrap_or(token);
        !NOISE.contains(&token.as_str())
            && !rest.contains('/')
            && token.contains(char::is_alphabetic)
            && !is_position(token)
    };
    let last = tokens.iter().rposition(is_name)?;
    let told = tokens[last..]
        .iter()
        .filter(|token| !NOISE.contains(&token.as_str()) && !token.contains('/') || is_name(token));
    let parts: Vec<String> = told.map(|token| sanitized(token)).collect();
    Some(parts.join("_"))
}

/// Keywords and methods: with what stands before them they make a name.
fn is_position(token: &str) -> bool {
    matches!(
        token,
        "items" | "allOf" | "oneOf" | "anyOf" | "not" | "additionalProperties" | "requestBody" | "headers" | "examples"
    ) || crate::grammar::METHODS.contains(&token)
}

fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    // `pet/index.yaml` is the pet.
    if matches!(stem, "index" | "_index" | "") { file.rsplit('/').nth(1).unwrap_or("index") } else { stem }
}

fn sanitized(text: &str) -> String {
    let fits = |char: char| char.is_ascii_alphanumeric() || "._-".contains(char);
    let replaced: String = text.chars().map(|char| if fits(char) { char } else { '_' }).collect();
    let trimmed = replaced.trim_matches('_');
    if trimmed.is_empty() { "_".to_owned() } else { trimmed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn name(tokens: &[&str], taken: &[&str]) -> String {
        let source = Source::new("specs/shared/money.yaml", "");
        let location = Location { file: FileId::ROOT, tokens: tokens.iter().map(|&token| token.to_owned()).collect() };
        unique(&source, &location, &taken.iter().map(|&name| name.to_owned()).collect())
    }

    #[test]
    fn names_come_from_the_place() {
        assert_eq!(name(&["components", "schemas", "Amount"], &[]), "Amount");
        assert_eq!(name(&["Amount", "properties", "currency"], &[]), "currency");
        assert_eq!(name(&["Amount", "properties", "list", "items"], &[]), "list_items");
        assert_eq!(name(&[], &[]), "money");
        let deep = ["paths", "/a/{id}", "get", "responses", "200", "content", "application/json", "schema"];
        assert_eq!(name(&deep, &[]), "money");
        let flat = ["paths", "/pets", "get", "responses", "200", "content", "application/json", "schema"];
        assert_eq!(name(&flat, &[]), "pets_get_200");
    }

    #[test]
    fn taken_names_are_told_apart() {
        assert_eq!(name(&["Amount"], &["Amount"]), "money_Amount");
        assert_eq!(name(&["Amount"], &["Amount", "money_Amount"]), "money_Amount_2");
        assert_eq!(name(&[], &["money"]), "money_2");
    }
}
