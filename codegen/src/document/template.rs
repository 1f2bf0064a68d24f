//! Path templates.

/// The names between the braces of a path, or what is wrong with them.
pub(crate) fn template_names(path: &str) -> Result<Vec<&str>, &'static str> {
    let mut names = Vec::new();
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
        if names.contains(&name) {
            return Err("names a parameter twice");
        }
        names.push(name);
        rest = &inside[end + 1..];
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::template_names;

    #[test]
    fn names_stand_in_braces() {
        assert_eq!(template_names("/a"), Ok(vec![]));
        assert_eq!(template_names("/a/{b}/c-{d}.json"), Ok(vec!["b", "d"]));
        for broken in ["/{a", "/a}", "/{}", "/{a}/{a}", "/{a/b}", "/{{a}}"] {
            assert!(template_names(broken).is_err(), "{broken}");
        }
    }
}
