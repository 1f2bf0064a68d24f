//! Links to the next page.

use url::Url;

use super::error::PagingError;

/// The query of a link, if it leads to the base URL's origin.
///
/// Nothing else of the link is used: APIs write links below another path than the one that requests go to, and a path from the
/// server would decide where credentials go.
pub(in crate::client) fn query(link: &str, base: &str) -> Result<String, PagingError> {
    let base = Url::parse(base).map_err(|_| PagingError::UnreadableNext)?;
    let target = base.join(link).map_err(|_| PagingError::UnreadableNext)?;
    if target.origin() != base.origin() {
        return Err(PagingError::ForeignLink);
    }
    match target.query() {
        // Without a query the operation's own request would be sent again.
        None | Some("") => Err(PagingError::UnreadableNext),
        Some(query) => Ok(query.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://api.example.com/v1";

    #[test]
    fn only_the_query_of_a_link_is_taken() {
        for link in [
            "/api/payout-invoices?page[after]=x&a=%20",
            "?page[after]=x&a=%20",
            "payout-invoices?page[after]=x&a=%20#top",
            "https://api.example.com/elsewhere?page[after]=x&a=%20",
            "https://API.example.com:443?page[after]=x&a=%20",
            "https://user:password@api.example.com/?page[after]=x&a=%20",
        ] {
            assert_eq!(query(link, BASE).as_deref(), Ok("page[after]=x&a=%20"), "{link}");
        }
        assert_eq!(query("?a=ü b", BASE).as_deref(), Ok("a=%C3%BC%20b"));
    }

    #[test]
    fn another_origin_is_refused_in_every_disguise() {
        for link in [
            "https://evil.example.com/payout-invoices?page=2",
            "http://api.example.com/payout-invoices?page=2",
            "https://api.example.com:8443/payout-invoices?page=2",
            "//evil.example.com/payout-invoices?page=2",
            "\\\\evil.example.com/payout-invoices?page=2",
            "/\\evil.example.com?page=2",
            "https://api.example.com@evil.example.com/?page=2",
            "https://api.example.com.evil.example/?page=2",
            "javascript:alert(1)?page=2",
            "data:text/plain,x?page=2",
        ] {
            assert_eq!(query(link, BASE), Err(PagingError::ForeignLink), "{link}");
        }
    }

    #[test]
    fn a_link_that_names_no_page_is_refused() {
        for link in ["/api/payout-invoices", "#", "?", "https://"] {
            assert_eq!(query(link, BASE), Err(PagingError::UnreadableNext), "{link}");
        }
    }
}
