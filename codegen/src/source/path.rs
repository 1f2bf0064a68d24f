//! Paths as text: nothing here touches the disk.

/// The folder of a file; empty for a bare name.
pub(super) fn parent(path: &str) -> &str {
    match path.rfind('/') {
        Some(0) => "/",
        Some(slash) => &path[..slash],
        None => "",
    }
}

/// A path without `.`, `..` and doubled slashes; leading `..` of a relative path stay.
pub(super) fn normalize(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => match parts.last() {
                Some(&last) if last != ".." => {
                    parts.pop();
                }
                _ if rooted => {}
                _ => parts.push(part),
            },
            _ => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if rooted { format!("/{joined}") } else { joined }
}

/// A path relative to a folder, as a path from where the folder's own path starts.
pub(super) fn join(folder: &str, relative: &str) -> String {
    if folder.is_empty() { normalize(relative) } else { normalize(&format!("{folder}/{relative}")) }
}

/// Whether a normalised path lies within a folder.
pub(super) fn is_within(path: &str, folder: &str) -> bool {
    let folder = normalize(folder);
    if folder.is_empty() {
        return !path.starts_with('/') && path != ".." && !path.starts_with("../");
    }
    let folder = folder.trim_end_matches('/');
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_normalised() {
        assert_eq!(normalize("specs/./shared/../x.yaml"), "specs/x.yaml");
        assert_eq!(normalize("../x//y"), "../x/y");
        assert_eq!(normalize("/../x"), "/x");
        assert_eq!(join("specs", "shared/x.yaml"), "specs/shared/x.yaml");
        assert_eq!(join("", "x.yaml"), "x.yaml");
    }

    #[test]
    fn a_base_holds_only_what_is_below_it() {
        assert!(is_within("specs/x.yaml", "specs"));
        assert!(is_within("specs/x.yaml", "./specs/"));
        assert!(!is_within("specs2/x.yaml", "specs"));
        assert!(!is_within("x.yaml", "specs"));
        assert!(is_within("x.yaml", "."));
        assert!(!is_within("../x.yaml", ""));
        assert!(is_within("../x.yaml", ".."));
        assert!(is_within("/a/x.yaml", "/"));
    }
}
