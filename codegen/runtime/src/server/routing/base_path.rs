//! The path below which a server's operations stand.

use std::sync::Arc;

use http::request::Parts;

use crate::in_process_extensions::OperationPath;

/// A base path with a slash at the start and none at the end; empty for the root.
pub(in crate::server) fn normalized(path: &str) -> Arc<str> {
    match path.trim_matches('/') {
        "" => Arc::default(),
        path => format!("/{path}").into(),
    }
}

/// The path of a request below the base path, as its operation has it; `None` where the request stands elsewhere.
///
/// A client in the same process says itself which part of the path is the operation's.
pub(in crate::server) fn below<'p>(base: &str, parts: &'p Parts) -> Option<&'p str> {
    let path = parts.uri.path();
    let told = parts.extensions.get().and_then(|told: &OperationPath| told.within(path));
    told.or_else(|| path.strip_prefix(base).filter(|rest| rest.starts_with('/') || base.is_empty()))
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn below_base(base: &str, path: &str, told: Option<&str>) -> Option<String> {
        let (mut parts, ()) = Request::get(path).body(()).unwrap().into_parts();
        if let Some(operation) = told {
            parts
                .extensions
                .insert(OperationPath { whole: format!("/api/v1{operation}"), operation: operation.to_owned() });
        }
        below(&normalized(base), &parts).map(str::to_owned)
    }

    #[test]
    fn operations_stand_below_the_base_path_only() {
        for base in ["/api/v1", "api/v1/", "/api/v1/"] {
            assert_eq!(below_base(base, "/api/v1/payouts?a=/b", None).as_deref(), Some("/payouts"));
            for other in ["/payouts", "/api/v1", "/api/v10/payouts", "/x/api/v1/payouts"] {
                assert_eq!(below_base(base, other, None), None, "{other}");
            }
        }
        for base in ["", "/"] {
            assert_eq!(below_base(base, "/payouts", None).as_deref(), Some("/payouts"));
        }
    }

    #[test]
    fn a_client_in_the_same_process_knows_its_base_itself() {
        for base in ["", "/api/v1", "/elsewhere"] {
            assert_eq!(below_base(base, "/api/v1/payouts", Some("/payouts")).as_deref(), Some("/payouts"));
        }
        // A router between the two took the path away, or wrote another.
        assert_eq!(below_base("", "/payouts", Some("/payouts")).as_deref(), Some("/payouts"));
        assert_eq!(below_base("", "/v2/refunds", Some("/payouts")).as_deref(), Some("/v2/refunds"));
    }
}
