//! `x-specie-name`: what the document itself calls a type, an operation or a property.

use super::context::Lowering;
use crate::names::KEY;
use crate::syntax::Node;

/// The name that a schema, an operation or a property states; whoever asks gives it to something.
pub fn stated<'a>(lowering: &mut Lowering<'_>, holder: &'a Node) -> Option<&'a str> {
    let node = node(holder)?;
    lowering.named.insert(node.span);
    node.text()
}

/// The name itself, for those who may not give it to anything.
pub fn node(holder: &Node) -> Option<&Node> {
    holder.get(KEY).filter(|name| name.text().is_some())
}

/// Reports the names that nothing came to have.
pub fn report(lowering: &mut Lowering<'_>) {
    // What has an error is not looked at to its end.
    if lowering.report.diagnostics.has_errors() {
        return;
    }
    let document = lowering.resolved;
    for place in document.names.iter().filter(|place| !lowering.named.contains(place)) {
        lowering.report.name_without_effect(document.strictness, *place);
    }
}
