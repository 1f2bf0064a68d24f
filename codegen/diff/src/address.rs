//! Addresses of servers that are written in another way and are the same.

/// An address with its scheme and its host in lower case, and without the port that the scheme implies (RFC 3986 sections 6.2.2.1 and 6.2.3).
/// Names of variables stay as they are.
pub(crate) fn normal(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://").filter(|(scheme, _)| !scheme.contains(['/', '{'])) else {
        return address.to_owned();
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    // What stands before `@` names a user, and is told apart by its case.
    let host = authority.rfind('@').map_or(0, |at| at + 1);
    let (user, host) = authority.split_at(host);
    let (scheme, host) = (scheme.to_ascii_lowercase(), lower(host));
    let port = match &*scheme {
        "https" | "wss" => ":443",
        "http" | "ws" => ":80",
        _ => "",
    };
    format!("{scheme}://{user}{}{path}", host.strip_suffix(port).unwrap_or(&host))
}

/// A text in lower case but for what stands in braces.
fn lower(text: &str) -> String {
    let mut is_name = false;
    let one = |char: char| {
        is_name = if is_name { char != '}' } else { char == '{' };
        if is_name { char } else { char.to_ascii_lowercase() }
    };
    text.chars().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn case_and_port_make_no_other_host() {
        for (written, read) in [
            ("HTTPS://A.example:443/V1", "https://a.example/V1"),
            ("http://A.example:80", "http://a.example"),
            ("https://a.example:80", "https://a.example:80"),
            ("https://Me@A.{Zone}.example:{Port}/", "https://Me@a.{Zone}.example:{Port}/"),
            ("{scheme}://A.example", "{scheme}://A.example"),
            ("/V1", "/V1"),
        ] {
            assert_eq!(normal(written), read, "{written}");
        }
    }
}
