//! Callers without credentials, or with wrong ones.

use super::{Expected, refused};
use crate::support::apis::{Row, rows};
use crate::support::bench::{ACCOUNT, Bench, KEY};
use crate::support::instances::Extent;
use crate::support::raw::{Raw, base64};
use crate::support::run;

fn names_schemes(row: &Row) -> bool {
    !row.documented().security.is_empty()
}

fn may_be_anonymous(row: &Row) -> bool {
    row.documented().security.iter().any(std::collections::BTreeSet::is_empty)
}

/// A request with another credential.
fn presenting(row: &Row, key: &str) -> Raw {
    let mut raw = anonymous(row);
    raw.present(row, key);
    raw
}

fn anonymous(row: &Row) -> Raw {
    let mut raw = Raw::new(row, Extent::Fullest);
    raw.unset("authorization");
    raw.unset("api-key");
    raw.target = raw
        .target
        .split(['?', '&'])
        .filter(|part| !part.starts_with("public_key="))
        .enumerate()
        .fold(String::new(), |target, (index, part)| target + ["", "?", "&"][index.min(2)] + part);
    raw
}

#[test]
fn a_missing_credential_is_a_401_with_a_challenge() {
    run(async {
        let mut count = 0;
        for row in rows().filter(|row| names_schemes(row) && !may_be_anonymous(row)) {
            let answered = refused(row, &anonymous(row), 401, Expected::Nowhere).await;
            let challenge = answered.header("www-authenticate");
            match row.documented().security[0].first().unwrap().as_str() {
                "basicAuth" => assert!(challenge.starts_with("Basic realm="), "{challenge}"),
                "bearerAuth" => assert!(challenge.starts_with("Bearer"), "{challenge}"),
                _ => {}
            }
            count += 1;
        }
        assert_eq!(count, 28);
    });
}

#[test]
fn a_wrong_credential_is_a_401_also_where_none_is_needed() {
    run(async {
        let mut count = 0;
        for row in rows().filter(|row| names_schemes(row)) {
            for key in ["wrong", "key-", "key-11", "KEY-1"] {
                refused(row, &presenting(row, key), 401, Expected::Nowhere).await;
            }
            count += 1;
        }
        assert_eq!(count, 32);
    });
}

#[test]
fn a_credential_of_another_form_is_a_401() {
    run(async {
        for row in rows().filter(|row| names_schemes(row) && !may_be_anonymous(row)) {
            let is_basic = row.documented().security[0].contains("basicAuth");
            let pair = base64(&format!("{ACCOUNT}:{KEY}"));
            let mut values = vec![
                String::new(),
                KEY.to_owned(),
                "Digest x".to_owned(),
                "Basic ???".to_owned(),
                format!("Basic {}", base64("no colon")),
            ];
            values.push(if is_basic { format!("Bearer {KEY}") } else { format!("Basic {pair}") });
            for value in values {
                let mut raw = anonymous(row);
                raw.set("authorization", &value);
                refused(row, &raw, 401, Expected::Nowhere).await;
            }
        }
    });
}

#[test]
fn an_unknown_caller_learns_nothing_about_the_body() {
    run(async {
        for row in rows().filter(|row| names_schemes(row) && !may_be_anonymous(row) && row.documented().body.is_some())
        {
            let mut raw = anonymous(row);
            raw.body = b"{".to_vec();
            refused(row, &raw, 401, Expected::Nowhere).await;
            raw.set("content-type", "text/plain");
            refused(row, &raw, 401, Expected::Nowhere).await;
        }
    });
}

#[test]
fn the_right_credential_is_verified_once_and_none_where_none_is_named() {
    run(async {
        for row in rows() {
            let bench = Bench::new();
            Raw::new(row, Extent::Fullest).send(&row.api.in_process(bench.clone())).await;
            assert_eq!(bench.arrived().len(), 1, "{}", row.name());
            let expected: &[String] =
                match row.documented().security.first().and_then(|alternative| alternative.first()) {
                    None => &[],
                    Some(scheme) if scheme == "basicAuth" => &[format!("{ACCOUNT}:{KEY}")],
                    Some(_) => &[KEY.to_owned()],
                };
            assert_eq!(bench.presented(), expected, "{}", row.name());
        }
    });
}
