//! Parameters that are missing, there twice, or of another type.

use super::{Expected, refused};
use crate::support::apis::rows;
use crate::support::instances::Extent;
use crate::support::raw::{Raw, encoded};
use crate::support::run;

#[test]
fn a_missing_parameter_is_named() {
    run(async {
        let mut count = 0;
        for row in rows() {
            for parameter in row.documented().parameters.iter().filter(|parameter| parameter["required"] == true) {
                let name = parameter["name"].as_str().unwrap();
                let mut raw = Raw::new(row, Extent::Smallest);
                match parameter["in"].as_str().unwrap() {
                    "header" => raw.unset(name),
                    "query" => raw.target = raw.target.replace(&encoded(name), "other"),
                    _ => continue,
                }
                refused(row, &raw, 400, Expected::Parameter(parameter["in"].as_str().unwrap(), name)).await;
                count += 1;
            }
        }
        assert_eq!(count, 6, "four headers of Gormic, two filters of the brands");
    });
}

#[test]
fn a_parameter_that_comes_twice_is_named() {
    run(async {
        for row in rows() {
            for parameter in &row.documented().parameters {
                let name = parameter["name"].as_str().unwrap();
                let mut raw = Raw::new(row, Extent::Fullest);
                match parameter["in"].as_str().unwrap() {
                    "header" => raw.headers.push((name.to_owned(), "another".to_owned())),
                    "query" => raw.target = format!("{}&{}=2", raw.target, encoded(name)),
                    _ => continue,
                }
                refused(row, &raw, 400, Expected::Parameter(parameter["in"].as_str().unwrap(), name)).await;
            }
        }
    });
}

#[test]
fn a_parameter_of_another_type_is_named() {
    run(async {
        let mut count = 0;
        for row in rows() {
            for parameter in
                row.documented().parameters.iter().filter(|parameter| parameter["schema"]["type"] == "integer")
            {
                let name = parameter["name"].as_str().unwrap();
                for text in ["", "x", "1.5", "1e1", "%31%2C2", "+1", "9223372036854775808", "%FF"] {
                    let mut raw = Raw::new(row, Extent::Smallest);
                    raw.target = format!(
                        "{}{}{}={text}",
                        raw.target,
                        if raw.target.contains('?') { '&' } else { '?' },
                        encoded(name)
                    );
                    refused(row, &raw, 400, Expected::Parameter("query", name)).await;
                    count += 1;
                }
            }
        }
        assert_eq!(count, 2 * 2 * 8);
    });
}

#[test]
fn a_malformed_query_is_refused_by_every_operation() {
    run(async {
        for row in rows() {
            for (pair, name) in [
                ("filter%5Breference_id%5=A", "filter[reference_id"),
                ("%", ""),
                ("%zz=1", ""),
                ("%ff=1", ""),
                ("nobody_reads_this=%", "nobody_reads_this"),
                ("nobody_reads_this=%zz", "nobody_reads_this"),
                ("nobody%5Breads%5D=%ff", "nobody[reads]"),
            ] {
                let mut raw = Raw::new(row, Extent::Smallest);
                raw.target = format!("{}{}{pair}", raw.target, if raw.target.contains('?') { '&' } else { '?' });
                refused(row, &raw, 400, Expected::Parameter("query", name)).await;
            }
        }
    });
}

#[test]
fn a_path_value_that_leads_elsewhere_is_refused() {
    run(async {
        let mut count = 0;
        for row in rows() {
            let parameters = row.documented().parameters.iter().filter(|parameter| parameter["in"] == "path");
            for name in parameters.map(|parameter| parameter["name"].as_str().unwrap()) {
                for text in [".", "..", "%2E%2e", "%00", "a%2Fprocess", "a%5Cb", "a%0d%0ab", "%7F", "..%2F..%2Fetc"] {
                    let mut raw = Raw::new(row, Extent::Smallest);
                    raw.target = raw.target.replace("some%20text", text);
                    refused(row, &raw, 400, Expected::Parameter("path", name)).await;
                    count += 1;
                }
            }
        }
        assert!(count > 100, "{count}");
    });
}

#[test]
fn a_path_that_is_not_text_is_refused() {
    run(async {
        for row in rows().filter(|row| row.spec.path.contains('{')) {
            for text in ["%FF", "a%80", "%C3%28"] {
                let mut raw = Raw::new(row, Extent::Smallest);
                raw.target = raw.target.replace("some%20text", text);
                refused(row, &raw, 400, Expected::Nowhere).await;
            }
        }
    });
}
