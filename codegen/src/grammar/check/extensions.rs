//! Our own `x-` keys; all others are free.

use super::{Checker, Name};
use crate::diagnostic::closest;
use crate::diagnostic::{Allowance, Code, Diagnostic, Diagnostics, Severity, quoted};
use crate::extension_keys;
use crate::grammar::extensions::{EXTENSION_PREFIX, EXTENSIONS, extension, homes_of};
use crate::grammar::{Kind, Version};
use crate::source::Span;
use crate::strictness::Strictness;
use crate::syntax::{Key, Node};

impl Checker<'_> {
    pub(super) fn extension(&mut self, kind: Kind, key: &Key, value: &mut Node, whole: Span) {
        let text = key.text();
        let Some(row) = extension(kind, text) else {
            self.swagger_nullable(kind, key, value);
            return self.foreign_extension(kind, key);
        };
        // Whatever is wrong in an extension of ours has one code, which explains all of them.
        let outside = std::mem::take(&mut self.diagnostics);
        self.value(value, row.shape, Name::of(text), key.span);
        let inside = std::mem::replace(&mut self.diagnostics, outside);
        if text == "x-webhooks" {
            self.diagnostics.extend(inside);
        } else {
            self.malformed(kind, inside);
        }
        match text {
            extension_keys::ALLOW => self.allow(value, whole),
            extension_keys::NAME => self.names.push(value.span),
            _ => {}
        }
    }

    /// `x-nullable: true` of Swagger 2.0, which is read as `nullable`.
    fn swagger_nullable(&mut self, kind: Kind, key: &Key, value: &Node) {
        if kind != Kind::Schema || key.text() != "x-nullable" || value.as_bool() != Some(true) {
            return;
        }
        let help = match self.version {
            Version::V30 => "write `nullable: true`",
            Version::V31 | Version::V32 => "write `type: [string, \"null\"]`, with the type that it has",
        };
        let message = "`x-nullable` ended with Swagger 2.0; it is read as `nullable`";
        let severity = self.strictness.severity();
        self.diagnostics.push(Diagnostic::new(Code::FormerKeyword, severity, message, key.span)).help(help);
    }

    fn malformed(&mut self, kind: Kind, inside: Diagnostics) {
        for mut found in inside.into_found() {
            if found.severity == Severity::Error || found.code == Code::UnknownKey {
                found.code = Code::MalformedExtension;
                found.severity = Severity::Error;
                if found.help.is_none() {
                    found.help =
                        Some(format!("the extension stands on {}; see the table of extension keys", kind.name()));
                }
            }
            self.diagnostics.push(found);
        }
    }

    /// A key that has no meaning here. What begins with our prefix is reported wherever it stands; what does not may be anybody's, and
    /// only a document that is written for this generator can have meant one of ours by it.
    fn foreign_extension(&mut self, kind: Kind, key: &Key) {
        let text = key.text();
        let names_ours = text.starts_with(EXTENSION_PREFIX) || !self.strictness.is_lenient();
        if names_ours && EXTENSIONS.iter().any(|row| row.key == text) {
            let message = format!("`{text}` does not stand on {}", kind.name());
            self.diagnostics
                .error(Code::MisplacedExtension, message, key.span)
                .suggest(format!("this belongs on {}", homes_of(text)));
            return;
        }
        let meant = meant_by(text, self.strictness);
        if meant.is_none() && !text.starts_with(EXTENSION_PREFIX) {
            return;
        }
        // A misspelt `x-specie-sensitive` would print a secret.
        let message = format!("{} is no extension key of ours", quoted(text));
        let diagnostic = Diagnostic::new(Code::UnknownKey, self.strictness.severity(), message, key.span);
        let found = self.diagnostics.push(diagnostic);
        match meant {
            Some(meant) => found.suggest(format!("did you mean `{meant}`?")),
            None => {
                found.help(format!("remove it: no key that begins with `{EXTENSION_PREFIX}` but ours has a meaning"))
            }
        };
    }

    /// An allowance without words explains nothing to the next reader.
    fn reason(&mut self, entry: &Node) {
        if let Some(reason) =
            entry.get("reason").filter(|reason| reason.as_str().is_some_and(|text| text.trim().is_empty()))
        {
            self.diagnostics
                .error(Code::MalformedExtension, "the `reason` of an `x-specie-allow` entry is empty", reason.span)
                .help("say why the warning does not apply here");
        }
    }

    fn allow(&mut self, list: &Node, span: Span) {
        for entry in list.items() {
            let Some(node) = entry.get("code") else { continue };
            let Some(text) = node.as_str() else { continue };
            if let Some(code) = Code::from_name(text) {
                self.allowances.push(Allowance { code, span, code_span: node.span });
                self.reason(entry);
                continue;
            }
            let message = format!("{} is not the code of a warning", quoted(text));
            let found = self.diagnostics.error(Code::MalformedExtension, message, node.span);
            if let Some(meant) = closest(text, Code::ALL.iter().map(|code| code.as_str())) {
                found.suggest(format!("did you mean `{meant}`?"));
            }
        }
    }
}

/// The key of ours that a key is almost, or was before ours had their prefix.
fn meant_by(text: &str, strictness: Strictness) -> Option<&'static str> {
    let rest_of = |key: &'static str| key.strip_prefix(EXTENSION_PREFIX);
    let ours = || EXTENSIONS.iter().map(|row| row.key);
    let rest = text.strip_prefix(EXTENSION_PREFIX);
    let former = text.strip_prefix("x-").filter(|_| !strictness.is_lenient());
    let by_rest = rest.or(former).and_then(|rest| closest(rest, ours().filter_map(rest_of)));
    if let Some(meant) = by_rest {
        return ours().find(|key| rest_of(key) == Some(meant));
    }
    let whole = ours().filter(|key| key.starts_with(EXTENSION_PREFIX) || !strictness.is_lenient());
    if rest.is_some() { None } else { closest(text, whole) }
}
