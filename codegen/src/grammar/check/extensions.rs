//! Our own `x-` keys; all others are free.

use super::{Checker, Name};
use crate::diagnostic::closest;
use crate::diagnostic::{Allowance, Code, Diagnostic, Diagnostics, Severity, quoted};
use crate::grammar::{EXTENSIONS, Kind, extension};
use crate::source::Span;
use crate::syntax::{Key, Node};

impl Checker<'_> {
    pub(super) fn extension(&mut self, kind: Kind, key: &Key, value: &mut Node, whole: Span) {
        let text = key.text();
        let Some(row) = extension(kind, text) else {
            return self.foreign_extension(kind, key);
        };
        // Whatever is wrong in an extension of ours has one code, which explains all of them.
        let outside = std::mem::take(self.diagnostics);
        self.value(value, row.shape, Name::of(text), key.span);
        let inside = std::mem::replace(self.diagnostics, outside);
        if text == "x-webhooks" {
            self.diagnostics.extend(inside);
        } else {
            self.malformed(kind, inside);
        }
        if text == "x-specie-allow" {
            self.allow(value, whole);
        }
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

    /// An extension that is not ours, at least not here.
    fn foreign_extension(&mut self, kind: Kind, key: &Key) {
        let text = key.text();
        if let Some(row) = EXTENSIONS.iter().find(|row| row.key == text) {
            let message = format!("`{text}` does not stand on {}", kind.name());
            self.diagnostics
                .error(Code::MisplacedExtension, message, key.span)
                .suggest(format!("this belongs on {}", row.home));
        } else if let Some(meant) = closest(text, EXTENSIONS.iter().map(|row| row.key)) {
            // A misspelt `x-specie-sensitive` would print a secret.
            let message = format!("{} is no extension key of ours", quoted(text));
            let diagnostic = Diagnostic::new(Code::UnknownKey, self.strictness.severity(), message, key.span);
            self.diagnostics.push(diagnostic).suggest(format!("did you mean `{meant}`?"));
        }
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
