//! Path templates.

use std::collections::HashSet;

use crate::diagnostic::closest;

/// The most names on both sides, multiplied, that are compared letter by letter.
const MOST_PAIRS: usize = 10_000;

/// The names between the braces of a path, each once, or what is wrong with them. One that stands there several times is one
/// parameter with the same value in each place.
pub(crate) fn template_names(path: &str) -> Result<Vec<&str>, &'static str> {
    let mut names = Vec::new();
    let mut seen = HashSet::new();
    let mut rest = path;
    while let Some(at) = rest.find(['{', '}']) {
        if rest[at..].starts_with('}') {
            return Err("closes a brace that is not open");
        }
        let inside = &rest[at + 1..];
        let end = inside.find('}').ok_or("does not close a brace")?;
        let name = &inside[..end];
        if name.is_empty() {
            return Err("has a parameter without a name");
        }
        if name.contains(['{', '/']) {
            return Err("does not close a brace");
        }
        if name.starts_with(['+', '#', '.', ';', '?', '&']) || name.ends_with('*') {
            return Err("has an operator of RFC 6570 in its braces, where OpenAPI has a name and nothing else");
        }
        if seen.insert(name) {
            names.push(name);
        }
        rest = &inside[end + 1..];
    }
    Ok(names)
}

/// How the names in a template and the path parameters declared for it go together.
pub(crate) struct Matching<'a> {
    /// Declared names that the template does not have, with the name that each of them is plainly meant to be.
    pub(crate) surplus: Vec<(&'a str, Option<&'a str>)>,
    /// Names in the template that no parameter declares, not even under a misspelt name.
    pub(crate) undeclared: Vec<&'a str>,
}

/// Pairs what is left over on both sides: a parameter that is written differently in the two places is one mistake.
pub(crate) fn match_names<'a>(names: &[&'a str], declared: &[&'a str]) -> Matching<'a> {
    let (all_names, all_declared): (HashSet<_>, HashSet<_>) = (names.iter().collect(), declared.iter().collect());
    let mut undeclared: Vec<&str> = names.iter().filter(|name| !all_declared.contains(name)).copied().collect();
    let left_over: Vec<&str> = declared.iter().filter(|name| !all_names.contains(name)).copied().collect();
    let only_ones = undeclared.len() == 1 && left_over.len() == 1;
    let mut surplus = Vec::new();
    // So many names are not misspelt one by one.
    let few = left_over.len() * undeclared.len() <= MOST_PAIRS;
    for name in left_over {
        let meant = closest(name, undeclared.iter().copied().filter(|_| few))
            .or(undeclared.first().copied().filter(|_| only_ones));
        undeclared.retain(|other| Some(*other) != meant);
        surplus.push((name, meant));
    }
    Matching { surplus, undeclared }
}

#[cfg(test)]
mod tests {
    use super::{match_names, template_names};

    #[test]
    fn a_name_written_in_two_ways_is_one_mistake() {
        let matching = |names: &[&'static str], declared: &[&'static str]| {
            let found = match_names(names, declared);
            (found.surplus, found.undeclared)
        };
        assert_eq!(matching(&["a", "b"], &["b", "a"]), (vec![], vec![]));
        assert_eq!(matching(&["payoutId"], &["payout_id"]), (vec![("payout_id", Some("payoutId"))], vec![]));
        assert_eq!(matching(&["accountId"], &["id"]), (vec![("id", Some("accountId"))], vec![]));
        assert_eq!(matching(&["one", "two"], &["else"]), (vec![("else", None)], vec!["one", "two"]));
        assert_eq!(matching(&["one"], &[]), (vec![], vec!["one"]));
    }

    #[test]
    fn names_stand_in_braces() {
        assert_eq!(template_names("/a"), Ok(vec![]));
        assert_eq!(template_names("/a/{b}/c-{d}.json"), Ok(vec!["b", "d"]));
        assert_eq!(template_names("/{a}/{b}/{a}"), Ok(vec!["a", "b"]));
        for broken in ["/{a", "/a}", "/{}", "/{a/b}", "/{{a}}", "/{;a}", "/{a*}"] {
            assert!(template_names(broken).is_err(), "{broken}");
        }
    }
}
