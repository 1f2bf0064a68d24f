//! Names for what is brought into `components`.

use std::collections::HashSet;

use crate::source::Source;
use crate::syntax::reference_lookup::Location;

/// Tokens that say nothing about what they hold.
const NOISE: &[&str] =
    &["paths", "components", "properties", "responses", "content", "schema", "parameters", "definitions", "$defs"];

/// A name that is not taken: from the place where the component was found, or else with its file before it, or for a whole file with its
/// folder, or a number behind it. A whole file goes by its title, where that is a name, or else by its own name.
pub(super) fn unique(source: &Source, location: &Location, title: Option<&str>, taken: &HashSet<String>) -> String {
    let title = title.filter(|title| location.tokens.is_empty() && is_one_word(title));
    let stem = title.map_or_else(|| sanitized(stem(source.name(location.file))), str::to_owned);
    let plain = from_tokens(&location.tokens).unwrap_or_else(|| stem.clone());
    if !taken.contains(&plain) {
        return plain;
    }
    let folder = location.tokens.is_empty().then(|| folder(source.name(location.file))).flatten();
    let qualified = match folder {
        Some(folder) => format!("{}_{plain}", sanitized(folder)),
        None if plain == stem => plain,
        None => format!("{stem}_{plain}"),
    };
    if !taken.contains(&qualified) {
        return qualified;
    }
    let numbered = (2_u64..).map(|number| format!("{qualified}_{number}"));
    numbered.into_iter().find(|name| !taken.contains(name)).unwrap_or(qualified)
}

/// The last token that is a name, and what follows it.
fn from_tokens(tokens: &[String]) -> Option<String> {
    let is_name = |token: &String| {
        // A path begins with a slash, a media type only holds one.
        !NOISE.contains(&token.as_str())
            && (token.starts_with('/') || !token.contains('/'))
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
    ) || crate::http::METHODS.contains(&token)
}

fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    // `pet/index.yaml` is the pet.
    if matches!(stem, "index" | "_index" | "") { file.rsplit('/').nth(1).unwrap_or("index") } else { stem }
}

/// Whether a title is a name, and no sentence.
fn is_one_word(title: &str) -> bool {
    title.starts_with(char::is_alphabetic) && title.chars().all(|char| char.is_alphanumeric() || char == '_')
}

/// The folder that a file stands in.
fn folder(file: &str) -> Option<&str> {
    file.rsplit('/').nth(1).filter(|folder| folder.contains(char::is_alphabetic))
}

fn sanitized(text: &str) -> String {
    let fits = |char: char| char.is_alphanumeric() || "._-".contains(char);
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
        unique(&source, &location, None, &taken.iter().map(|&name| name.to_owned()).collect())
    }

    #[test]
    fn names_come_from_the_place() {
        assert_eq!(name(&["components", "schemas", "Amount"], &[]), "Amount");
        assert_eq!(name(&["Amount", "properties", "currency"], &[]), "currency");
        assert_eq!(name(&["Amount", "properties", "list", "items"], &[]), "list_items");
        assert_eq!(name(&[], &[]), "money");
        let deep = ["paths", "/a/{id}", "get", "responses", "200", "content", "application/json", "schema"];
        assert_eq!(name(&deep, &[]), "a__id_get_200");
        let flat = ["paths", "/pets", "get", "responses", "200", "content", "application/json", "schema"];
        assert_eq!(name(&flat, &[]), "pets_get_200");
    }

    #[test]
    fn a_whole_file_goes_by_its_title_where_that_is_a_name() {
        let source = Source::new("specs/shared/money.yaml", "");
        let name = |title, taken: &[&str]| {
            let taken = taken.iter().map(|&name| name.to_owned()).collect();
            unique(&source, &Location::whole(FileId::ROOT), Some(title), &taken)
        };
        assert_eq!(name("Amount", &[]), "Amount");
        assert_eq!(name("An amount of money", &[]), "money");
        assert_eq!(name("Amount", &["Amount"]), "shared_Amount");
    }

    #[test]
    fn taken_names_are_told_apart() {
        assert_eq!(name(&["Amount"], &["Amount"]), "money_Amount");
        assert_eq!(name(&["Amount"], &["Amount", "money_Amount"]), "money_Amount_2");
        assert_eq!(name(&[], &["money"]), "shared_money");
        assert_eq!(name(&[], &["money", "shared_money"]), "shared_money_2");
    }
}
