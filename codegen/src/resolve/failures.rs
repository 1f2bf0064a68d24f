//! What to say about references that lead nowhere.

use super::trees::{Failure, Trees};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, quoted};
use crate::document::grammar::Kind;
use crate::document::{Node, Site, Strictness, closest, pointer};
use crate::source::Refusal;

pub(super) fn report(
    trees: &Trees<'_>,
    site: &Site,
    failure: Failure,
    strictness: Strictness,
    diagnostics: &mut Diagnostics,
) {
    let text = quoted(&site.text);
    match failure {
        Failure::Refused(refusal) => report_refusal(site, refusal, diagnostics),
        Failure::Circular => {
            let message = format!("{text} leads back to itself and never to {}", site.kind.name());
            diagnostics
                .error(Code::CircularReference, message, site.place)
                .help("one of the references on the way has to be an object");
        }
        Failure::Unreadable { name, reason } => {
            diagnostics
                .error(Code::UnreadableFile, format!("cannot read {}: {reason}", quoted(&name)), site.place)
                .help("paths are relative to the file that the reference stands in");
        }
        // The file is there and no tree; why was said when it was read.
        Failure::Unparsed => {}
        Failure::Missing { reached, token } => {
            let code = if site.mapping { Code::DiscriminatorMapping } else { Code::DanglingReference };
            let keys = trees.node(&reached).into_iter().flat_map(Node::entries);
            let meant = closest(&token, keys.map(|(key, _)| key.text()));
            let severity = if is_needless(site.kind, strictness) { Severity::Warning } else { Severity::Error };
            let found = diagnostics.push(Diagnostic::new(code, severity, format!("{text} names nothing"), site.place));
            if let Some(meant) = meant {
                found.suggest(format!("did you mean `{}`?", site.text.replace(&*pointer::escape(&token), meant)));
            } else {
                found.help(format!("there is no {} here", quoted(&token)));
            }
        }
    }
}

/// Whether a document means the same without the object.
pub(super) fn is_needless(kind: Kind, strictness: Strictness) -> bool {
    strictness.is_lenient() && matches!(kind, Kind::Example | Kind::Link)
}

fn report_refusal(site: &Site, refusal: Refusal, diagnostics: &mut Diagnostics) {
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
            "move the file into the base folder, or name a wider one with `--base`",
        ),
        Refusal::NotAPointer => (
            Code::DanglingReference,
            format!("what follows `#` in {text} is not a JSON pointer"),
            "write `#/components/schemas/NAME`",
        ),
    };
    diagnostics.error(code, message, site.place).help(help);
}
