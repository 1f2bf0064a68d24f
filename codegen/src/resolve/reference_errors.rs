//! What to say about references that lead nowhere.

use super::trees::Trees;
use crate::component_reference_text::reference_to;
use crate::diagnostic::closest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, quoted};
use crate::grammar::{Kind, Site};
use crate::pointer;
use crate::source::Refusal;
use crate::strictness::Strictness;
use crate::syntax::Node;
use crate::syntax::reference_lookup::{Failure, Location};

pub(super) fn report(
    trees: &Trees<'_>,
    site: &Site,
    failure: Failure,
    strictness: Strictness,
    diagnostics: &mut Diagnostics,
) {
    let text = quoted(&site.text);
    if site.mapping && strictness.is_lenient() {
        return report_mapping(trees, site, diagnostics);
    }
    match failure {
        Failure::Refused(refusal) => report_refusal(trees, site, refusal, diagnostics),
        Failure::Circular => {
            let message = format!("{text} leads back to itself and never to {}", site.kind.name());
            diagnostics
                .error(Code::CircularReference, message, site.span)
                .help("one of the references on the way has to be an object");
        }
        Failure::Unreadable { name, reason } => {
            let found =
                diagnostics.error(Code::UnreadableFile, format!("cannot read {}: {reason}", quoted(&name)), site.span);
            // A bare name is a component's more often than a file's.
            let bare = !site.text.contains(['/', '.', '#']);
            match component_meant(trees, site).filter(|_| bare) {
                Some(meant) => found.suggest(meant),
                None => found.help("name a file of UTF-8 text, by its path from the file that the reference stands in"),
            };
        }
        // The file is there and no tree; why was said when it was read.
        Failure::Unparsed => {}
        Failure::Missing { reached, token } => {
            let code = if site.mapping { Code::DiscriminatorMapping } else { Code::DanglingReference };
            let severity = if is_needless(site, strictness) { Severity::Warning } else { Severity::Error };
            let found = diagnostics.push(Diagnostic::new(code, severity, format!("{text} names nothing"), site.span));
            if let Some(meant) = key_meant(trees, site, &reached, &token).or_else(|| component_meant(trees, site)) {
                found.suggest(meant);
            } else if let Some(outer) = reached.tokens.last() {
                found.help(format!("there is no {} under {}", quoted(&token), quoted(outer)));
            } else {
                found.help(format!("there is no {} in that file", quoted(&token)));
            }
        }
    }
}

/// A value of a discriminator that leads nowhere, in a document by others.
fn report_mapping(trees: &Trees<'_>, site: &Site, diagnostics: &mut Diagnostics) {
    let message = format!("{} names nothing, and no branch has this value", quoted(&site.text));
    let found = diagnostics.warning(Code::DiscriminatorMapping, message, site.span);
    match component_meant(trees, site) {
        Some(meant) => found.suggest(meant),
        None => found.help("write the name of a schema under `components`, or remove the entry"),
    };
}

/// The reference with the key that is there instead of the one that is not.
fn key_meant(trees: &Trees<'_>, site: &Site, reached: &Location, token: &str) -> Option<String> {
    let keys = trees.node(reached).into_iter().flat_map(Node::entries);
    let meant = closest(token, keys.map(|(key, _)| key.text()))?;
    // If another reference was followed on the way, the key is not in this text.
    let (file, written) = site.text.split_once('#')?;
    let mut tokens: Vec<&str> = written.split('/').collect();
    let at = tokens.iter().rposition(|written| *written == pointer::escape(token))?;
    let meant = pointer::escape(meant);
    *tokens.get_mut(at)? = &meant;
    Some(format!("did you mean `{file}#{}`?", tokens.join("/")))
}

/// The component of the root document that has the name in which the reference ends, as in `Payment` or `#/definitions/Payment`.
fn component_meant(trees: &Trees<'_>, site: &Site) -> Option<String> {
    let section = site.kind.section()?;
    let name = site.text.rsplit(['/', '#']).next()?;
    trees.root()?.get("components")?.get(section)?.get(name)?;
    let meant = reference_to(section, name);
    (*meant != *site.text).then(|| format!("did you mean `{meant}`?"))
}

/// Whether a document by others is read without what a reference ought to name: without an example or a link it means the same, and no
/// branch has the value that a mapping gives to nothing.
pub(super) fn is_needless(site: &Site, strictness: Strictness) -> bool {
    strictness.is_lenient() && (site.mapping || matches!(site.kind, Kind::Example | Kind::Link))
}

fn report_refusal(trees: &Trees<'_>, site: &Site, refusal: Refusal, diagnostics: &mut Diagnostics) {
    let text = quoted(&site.text);
    let (code, message, help) = match refusal {
        Refusal::Url => {
            (Code::ForeignReference, format!("{text} is a URL"), "copy what it names into a file beside this one")
        }
        Refusal::Absolute => (
            Code::ForeignReference,
            format!("{text} is an absolute path"),
            "write a path relative to this file, with `/` between folders",
        ),
        Refusal::Outside => (
            Code::ForeignReference,
            format!("{text} leads out of the base folder"),
            "move the file into the base folder, or name a wider one with `--base` (with `--base-folder` in `diff`)",
        ),
        Refusal::NotAPointer => (
            Code::DanglingReference,
            format!("what follows `#` in {text} is not a JSON pointer"),
            "write `#/components/schemas/NAME`",
        ),
        Refusal::Empty => (
            Code::DanglingReference,
            "this reference is empty".to_owned(),
            "write what it names, such as `#/components/schemas/NAME`",
        ),
    };
    let found = diagnostics.error(code, message, site.span);
    match component_meant(trees, site).filter(|_| refusal == Refusal::NotAPointer) {
        Some(meant) => found.suggest(meant),
        None => found.help(help),
    };
}
