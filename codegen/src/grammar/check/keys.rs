//! Keys that are unknown, misplaced or missing.

use super::{Checker, Name, misplaced_keys};
use crate::diagnostic::{Code, Diagnostic, Severity, closest, quoted};
use crate::grammar::{Field, Kind, Need, SECTIONS, Version};
use crate::source::Span;
use crate::syntax::{Key, Mapping, Node};

/// Keys that some value of another key makes necessary.
struct Condition {
    kind: Kind,
    key: &'static str,
    value: &'static str,
    needs: &'static [&'static str],
    severity: Severity,
}

const fn condition(kind: Kind, value: &'static str, needs: &'static [&'static str], severity: Severity) -> Condition {
    Condition { kind, key: "type", value, needs, severity }
}

const CONDITIONS: &[Condition] = &[
    condition(Kind::SecurityScheme, "apiKey", &["name", "in"], Severity::Error),
    condition(Kind::SecurityScheme, "http", &["scheme"], Severity::Error),
    condition(Kind::SecurityScheme, "oauth2", &["flows"], Severity::Error),
    condition(Kind::SecurityScheme, "openIdConnect", &["openIdConnectUrl"], Severity::Error),
    // Plainly a list of anything.
    condition(Kind::Schema, "array", &["items"], Severity::Warning),
];

/// Keys that stand on many objects, so that finding one elsewhere is no hint.
const COMMON: &[&str] = &["description", "summary", "name", "url", "title", "externalDocs", "deprecated"];

/// A field that an object needs and does not have.
pub(super) struct Missing {
    pub(super) field: &'static Field,
    /// Whether another key is so like it that it is plainly meant.
    pub(super) is_misspelt: bool,
}

pub(super) fn missing_fields(node: &Node, kind: Kind, version: Version) -> Vec<Missing> {
    let is_absent = |field: &&Field| node.get(field.name).is_none();
    let missing = |field| Missing { field, is_misspelt: false };
    // From OpenAPI 3.1 on, `paths` may be missing where there is something else.
    if kind == Kind::OpenApi
        && version > Version::V30
        && ["components", "webhooks"].iter().all(|key| node.get(key).is_none())
    {
        return kind
            .fields(Version::V30)
            .filter(|field| field.need != Need::Optional)
            .filter(is_absent)
            .map(missing)
            .collect();
    }
    kind.fields(version).filter(|field| field.need != Need::Optional).filter(is_absent).map(missing).collect()
}

impl Checker<'_> {
    pub(super) fn missing_keys(&mut self, mapping: &mut Mapping, kind: Kind, missing: &[Missing], at: Span) {
        for Missing { field, is_misspelt } in missing {
            let message = format!("{} has no `{}`", kind.name(), field.name);
            let empty = match field.need {
                Need::Optional => continue,
                Need::Required => None,
                Need::EmptyText => Some(Node::scalar("", true, at)),
                Need::EmptyObject => Some(Node::mapping(Vec::new(), at)),
            };
            // A misspelt key is one mistake, and was reported.
            if !is_misspelt {
                let severity = if empty.is_none() { Severity::Error } else { Severity::Warning };
                let diagnostic = Diagnostic::new(Code::MissingKey, severity, message, at);
                self.diagnostics.push(diagnostic).help(format!("add `{}`", field.name));
            }
            if let Some(empty) = empty {
                mapping.push(Key::new(field.name, true, at), empty);
            }
        }
        self.conditional_keys(mapping, kind, at);
    }

    fn conditional_keys(&mut self, mapping: &mut Mapping, kind: Kind, at: Span) {
        self.nameless_scheme(mapping, kind, at);
        self.missing_token_url(mapping, kind, at);
        let value_of = |key: &str| mapping.entries().iter().find(|(name, _)| name.text() == key).map(|(_, node)| node);
        let applies =
            |row: &&Condition| row.kind == kind && value_of(row.key).and_then(Node::as_str) == Some(row.value);
        // In JSON Schema a list without `items` is one of anything.
        let is_asked = |row: &&Condition| !(self.version > Version::V30 && row.kind == Kind::Schema);
        for row in CONDITIONS.iter().filter(applies).filter(is_asked) {
            for need in row.needs.iter().filter(|need| value_of(need).is_none()) {
                let message = format!("{} with `{}: {}` has no `{need}`", kind.name(), row.key, row.value);
                let diagnostic = Diagnostic::new(Code::MissingKey, row.severity, message, at);
                self.diagnostics.push(diagnostic).help(format!("add `{need}`"));
            }
        }
    }

    /// A scheme that says nothing of how its credentials travel: `type: http` or `type: apiKey` alone. In documents by others it is read as one
    /// that has no name, of which no client can be made, and which can be compared with others.
    fn nameless_scheme(&self, mapping: &mut Mapping, kind: Kind, at: Span) {
        let get = |key: &str| mapping.entries().iter().find(|(name, _)| name.text() == key).map(|(_, node)| node);
        let missing: &[(&str, &str)] = match get("type").and_then(Node::as_str) {
            Some("http") => &[("scheme", "")],
            Some("apiKey") => &[("name", ""), ("in", "header")],
            _ => return,
        };
        let says_nothing = missing.iter().all(|(key, _)| get(key).is_none());
        if kind == Kind::SecurityScheme && self.strictness.is_lenient() && says_nothing {
            for (key, text) in missing {
                mapping.push(Key::new(*key, true, at), Node::scalar(*text, true, at));
            }
        }
    }

    /// A scheme that does not say where its tokens come from. The caller gives a token, wherever it is from.
    fn missing_token_url(&mut self, mapping: &mut Mapping, kind: Kind, at: Span) {
        if kind != Kind::SecurityScheme || !self.strictness.is_lenient() {
            return;
        }
        let (need, empty) = match mapping.get_mut("type").and_then(|stated| stated.as_str()) {
            Some("oauth2") => ("flows", Node::mapping(Vec::new(), at)),
            Some("openIdConnect") => ("openIdConnectUrl", Node::scalar("", true, at)),
            _ => return,
        };
        if mapping.position(need).is_none() {
            let message = format!("{} has no `{need}`", kind.name());
            self.diagnostics.warning(Code::MissingKey, message, at).help(format!("add `{need}`"));
            mapping.push(Key::new(need, true, at), empty);
        }
    }

    /// A key that the object does not have.
    ///
    /// If the key is a misspelling of a field that the object lacks, only the misspelling is reported, with the severity of the missing
    /// field.
    pub(super) fn unknown_key(&mut self, kind: Kind, key: &Key, missing: &mut [Missing]) {
        let text = key.text();
        let name = quoted(text);
        let severity = self.strictness.severity();
        if let Some((field, instead)) = kind.later_field(text, self.version) {
            let (first, here) = (field.first.as_str(), self.version.as_str());
            let message = format!("{name} came with OpenAPI {first}, and this document says {here}");
            self.diagnostics.push(Diagnostic::new(Code::LaterKeyword, severity, message, key.span)).help(instead);
            return;
        }
        if let Some(home) = self.owner_of(kind, text) {
            let message = format!("{name} does not stand on {}", kind.name());
            let diagnostic = Diagnostic::new(Code::MisplacedKey, severity, message, key.span);
            self.diagnostics.push(diagnostic).suggest(home);
            return;
        }
        let meant = closest(text, kind.fields(self.version).map(|field| field.name));
        let lacked = missing.iter_mut().find(|lacked| Some(lacked.field.name) == meant);
        let needed = lacked.as_ref().is_some_and(|lacked| lacked.field.need == Need::Required);
        let severity = if needed { Severity::Error } else { severity };
        if let Some(lacked) = lacked {
            lacked.is_misspelt = true;
        }
        let message = format!("{name} is not a key of {}", kind.name());
        let found = self.diagnostics.push(Diagnostic::new(Code::UnknownKey, severity, message, key.span));
        if let Some(meant) = meant {
            found.suggest(format!("did you mean `{meant}`?"));
        } else if kind.object().extensible {
            found.help("remove it, or start it with `x-` if it is an extension");
        } else {
            found.help("remove it");
        }
    }

    /// A key that ended with an earlier version. It is read as it was meant there.
    pub(super) fn former_key(&mut self, field: &'static Field, key: &Key, value: &mut Node) {
        self.value(value, field.shape, Name::of(key.text()), key.span);
        let help = match value.as_bool() {
            Some(false) => "remove it: a type without `\"null\"` is not nullable",
            _ => "write `type: [string, \"null\"]`, with the type that it has",
        };
        self.former(&format!("`{}`", field.name), key.span, help);
    }

    /// Something that ended with OpenAPI 3.0.
    pub(super) fn former(&mut self, what: &str, span: Span, help: &str) {
        let message = format!("{what} ended with OpenAPI 3.0, and this document says {}", self.version.as_str());
        let severity = self.strictness.severity();
        self.diagnostics.push(Diagnostic::new(Code::FormerKeyword, severity, message, span)).help(help);
    }

    /// Where a key belongs that stands on the wrong object: on an object within, or on the one around.
    fn owner_of(&mut self, kind: Kind, key: &str) -> Option<String> {
        if COMMON.contains(&key) {
            return None;
        }
        if kind == Kind::OpenApi && SECTIONS.iter().any(|(_, section)| *section == key) {
            return Some("this belongs under `components`".to_owned());
        }
        if let Some(home) = self.owners.within(kind, key, 1..=1) {
            return Some(home);
        }
        let outer = self.around.iter().rev().nth(1).copied().filter(|outer| *outer != kind);
        if let Some(outer) = outer.filter(|outer| outer.field(key, self.version).is_some()) {
            return Some(format!("this belongs one level up, on {}", outer.name()));
        }
        self.owners.within(kind, key, 2..=misplaced_keys::LEVELS)
    }

    pub(super) fn bad_template(&mut self, key: &Key) {
        let name = quoted(key.text());
        self.diagnostics
            .error(Code::PathTemplate, format!("the path {name} does not start with a slash"), key.span)
            .help(format!("write `/{}`", name.trim_matches('`')));
    }

    /// Whether a key is a status code, a range or `default`; reports what is not, and what is not quoted.
    pub(super) fn status(&mut self, key: &Key) -> bool {
        let text = key.text();
        if text == "default" {
            return true;
        }
        let name = quoted(text);
        let shape = text.as_bytes();
        let [b'1'..=b'5', rest @ ..] = shape else { return self.bad_status(key, &name) };
        match rest {
            [b'0'..=b'9', b'0'..=b'9'] => {
                if self.yaml && !key.quoted {
                    self.diagnostics
                        .warning(
                            Code::UnquotedStatus,
                            format!("the status {name} is a number to YAML readers"),
                            key.span,
                        )
                        .help(format!("write \"{text}\""));
                }
                true
            }
            b"XX" => true,
            b"xx" | b"Xx" | b"xX" => {
                let message = format!("the range {name} is written in small letters");
                self.diagnostics.warning(Code::BadStatus, message, key.span).help("write it with a capital `XX`");
                true
            }
            _ => self.bad_status(key, &name),
        }
    }

    fn bad_status(&mut self, key: &Key, name: &str) -> bool {
        self.diagnostics
            .error(Code::BadStatus, format!("{name} is not a status code"), key.span)
            .help("write a code from 100 to 599, a range such as `4XX`, or `default`");
        false
    }

    pub(super) fn component_name(&mut self, key: &Key) {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        if !key.text().is_empty() && key.text().bytes().all(fits) {
            return;
        }
        let message = format!("{} is not a name for a component", quoted(key.text()));
        // What a reference has to escape is written in several ways, so that readers disagree about which component is meant.
        let needs_no_escape = |char: char| char.is_ascii_alphanumeric() || "._-~!$&'()*+,;=:@/?#".contains(char);
        let plain = !key.text().is_empty() && key.text().chars().all(needs_no_escape);
        // References were followed all the same, so that in a document by others it is known which one is meant.
        let is_tolerated = plain || self.strictness.is_lenient() && !key.text().is_empty();
        let severity = if is_tolerated { Severity::Warning } else { Severity::Error };
        self.diagnostics
            .push(Diagnostic::new(Code::ComponentName, severity, message, key.span))
            .help(allowed_name(key.text()));
    }
}

/// The name with what is not allowed replaced, where something is left of it.
fn allowed_name(name: &str) -> String {
    let is_allowed = |char: char| char.is_ascii_alphanumeric() || "._-".contains(char);
    let replaced: String = name.chars().map(|char| if is_allowed(char) { char } else { '_' }).collect();
    let rest = "names have letters, digits, `.`, `_` and `-`";
    if replaced.len() <= 60 && name.chars().any(is_allowed) {
        format!("write `{}`, here and in every reference: {rest}", replaced.trim_end_matches('_'))
    } else {
        format!("give it another name, here and in every reference: {rest}")
    }
}
