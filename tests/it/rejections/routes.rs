//! Paths and methods that no operation has.

use std::collections::{BTreeMap, BTreeSet};

use super::{Expected, refused};
use crate::support::apis::{Api, Row, rows};
use crate::support::instances::Extent;
use crate::support::raw::Raw;
use crate::support::run;

#[test]
fn a_path_that_no_operation_has_is_not_found() {
    run(async {
        for row in rows() {
            let valid = Raw::new(row, Extent::Smallest);
            let (path, _) = valid.target.split_once('?').unwrap_or((&valid.target, ""));
            let mut targets = vec![
                "/".to_owned(),
                "//".to_owned(),
                format!("/v0{path}"),
                format!("{path}/and/further/than/any"),
                format!("{path}/"),
                path.to_uppercase(),
            ];
            // A parameter that is empty is no parameter: the path is another one.
            targets.extend(row.spec.path.contains('{').then(|| path.replace("some%20text", "")));
            for target in targets {
                refused(row, &Raw { target, ..valid.clone() }, 404, Expected::Nowhere).await;
            }
        }
    });
}

#[test]
fn a_method_that_a_path_does_not_have_is_told_which_it_has() {
    let mut paths: BTreeMap<(Api, &str), Vec<&'static Row>> = BTreeMap::new();
    for row in rows() {
        paths.entry((row.api, row.spec.path)).or_default().push(row);
    }
    run(async {
        for rows in paths.values() {
            let allowed: BTreeSet<&str> = rows.iter().map(|row| row.documented().method.as_str()).collect();
            for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"] {
                if allowed.contains(method) {
                    continue;
                }
                let raw = Raw { method: method.to_owned(), ..Raw::new(rows[0], Extent::Smallest) };
                let answered = refused(rows[0], &raw, 405, Expected::Nowhere).await;
                let told: BTreeSet<&str> = answered.header("allow").split(", ").collect();
                assert_eq!(told, allowed, "{method} {}", rows[0].spec.path);
            }
        }
    });
}
