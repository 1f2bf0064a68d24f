//! The entry of the file of suppressions that would let a change pass, for a user to complete.

use std::collections::BTreeSet;

use specie_diff::{Audience, Finding};

use crate::suppressions::{Apis, ENTRY};

/// What to do where a change is meant that some audiences must not meet.
pub(super) fn help(finding: &Finding, audiences: &[Audience], file: &str, apis: &Apis<'_>) -> String {
    let mut lines = vec![ENTRY.to_owned(), format!("rule = {}", text(finding.rule.id()))];
    lines.extend(place(finding));
    if !finding.about.is_empty() {
        lines.push(format!("about = {}", text(&finding.about)));
    }
    if apis.configured.len() > 1 {
        lines.push(format!("api = {}", text(apis.compared)));
    }
    let audiences: Vec<String> = audiences.iter().map(|audience| text(audience.as_str())).collect();
    lines.push(format!("audiences = [{}]", audiences.join(", ")));
    lines.push("reason = \"why nobody is harmed\"".to_owned());
    lines.push("until = \"YYYY-MM-DD\"  # at most a year away".to_owned());
    format!(
        "\nhelp: a change that is meant is let pass by an entry of `{file}`, such as the first one by\n  {}",
        lines.join("\n  ")
    )
}

/// The line that says where a change is; none for one of the whole document.
fn place(finding: &Finding) -> Option<String> {
    if let Some(schema) = &finding.schema {
        return Some(format!("schema = {}", text(schema)));
    }
    let operations: BTreeSet<&str> = finding.uses.iter().map(|used| used.operation.as_str()).collect();
    let operations: Vec<String> = operations.into_iter().map(text).collect();
    match operations.as_slice() {
        [] => None,
        [one] => Some(format!("operation = {one}")),
        several => Some(format!("operation = [{}]", several.join(", "))),
    }
}

/// A text of TOML on one line.
fn text(value: &str) -> String {
    toml::Value::from(value).to_string()
}
