//! What the crate says of itself: the API, its base URLs and credentials, and how a call looks.

use super::context::Context;
use super::examples;
use crate::ir::{Api, Base, Operation, SchemeKind};
use crate::rust::{CallExample, Credential, Docs, Example, Paragraph, Setup, Text};

/// The API in its document's words, and where it is.
pub(super) fn about(api: &Api) -> Docs {
    let info = &api.info;
    let title = Text::default().line(info.title.as_str(), Text::of_code(&api.crate_name));
    let mut docs = Docs::line(title.words(": types, client and server.")).document(info.description.as_deref());
    docs = docs.with(Paragraph::List(facts(api)));
    if !info.provenance.is_empty() {
        docs = docs.with(Paragraph::Heading("Where it comes from"));
        docs.paragraphs.extend(info.provenance.iter().cloned().map(Paragraph::Provenance));
    }
    if api.operations.is_empty() {
        return docs;
    }
    docs = docs.with(Paragraph::Heading("Base URLs")).with(Paragraph::List(api.bases.iter().map(base).collect()));
    if api.schemes.is_empty() {
        return docs;
    }
    let schemes =
        api.schemes.iter().map(|scheme| Text::of_code(&scheme.method_name).words(": ").and(kind(&scheme.kind)));
    docs.with(Paragraph::Heading("Credentials")).with(Paragraph::List(schemes.collect()))
}

fn facts(api: &Api) -> Vec<Text> {
    let info = &api.info;
    let said = |label: &str, text: &str| Text::from(label).line(text, Text::default());
    let mut facts = vec![said("version of the API: ", &info.version)];
    facts.extend(info.documentation.as_deref().map(|url| said("its documentation: ", url)));
    facts.extend(info.contact.as_deref().map(|contact| said("contact: ", contact)));
    facts.extend(info.license.as_deref().map(|license| said("licence of its document: ", license)));
    facts.push(Text::from("this crate is generated from ").code(&api.spec_path));
    facts
}

/// One base URL as an item of a list.
fn base(base: &Base) -> Text {
    let name = Text::of_code(&base.method_name);
    match base.servers.as_slice() {
        [only] if only.url.is_some() => {
            name.words(": ").code(only.url.as_deref().unwrap_or_default()).words(" by default")
        }
        servers if base.enumerated => {
            let servers = servers.iter().map(|server| {
                let url = server.url.as_deref().unwrap_or_default();
                Text::from(format!("`Server::{}` is ", server.variant)).code(url)
            });
            name.words(" or `server`: ").and(Text::joined(servers, ", "))
        }
        _ => name.words(": the document names no host, so it has to be set"),
    }
}

fn kind(kind: &SchemeKind) -> Text {
    match kind {
        SchemeKind::Basic => "name and password (HTTP Basic)".into(),
        SchemeKind::Bearer { .. } => "a bearer token, or a source of tokens".into(),
        SchemeKind::ApiKey { name, .. } => Text::from("an API key, sent as ").code(name),
    }
}

/// A call of the operation that shows the API best: one that sends something, with nothing left out.
pub(super) fn example(context: &Context<'_>) -> Option<CallExample> {
    let mut best: Option<((bool, bool, bool), &Operation, Example)> = None;
    for (operation, names) in context.operations() {
        let Some(example) = examples::of_request(context, operation, names) else { continue };
        let rank = (example.given.is_empty(), operation.http_method == "POST", operation.path.len() < 100);
        if best.as_ref().is_none_or(|(found, _, _)| rank > *found) {
            best = Some((rank, operation, example));
        }
    }
    let (_, operation, mut example) = best?;
    example.uses.push("Client".to_owned());
    example.uses.sort_unstable();
    let prints = operation.successes.len() > 1 || operation.successes.iter().any(|reply| reply.body.is_some());
    Some(CallExample { example, setup: setup(context.api, operation), method: operation.method_name.clone(), prints })
}

/// What the builder needs for an operation.
fn setup(api: &Api, operation: &Operation) -> Setup {
    let base = api.bases.get(operation.base);
    let (server, base) = base.map_or((None, None), |base| (server(base), base_to_set(base)));
    let requirement = operation.security.iter().find(|requirement| !requirement.schemes.is_empty());
    let schemes = requirement.into_iter().flat_map(|requirement| &requirement.schemes);
    let credentials = schemes.filter_map(|(index, _)| {
        let scheme = api.schemes.get(*index)?;
        let arguments: &[&str] = match scheme.kind {
            SchemeKind::Basic => &["name", "password"],
            SchemeKind::Bearer { .. } => &["token"],
            SchemeKind::ApiKey { .. } => &["key"],
        };
        Some(Credential { method: scheme.method_name.clone(), arguments })
    });
    Setup { server, base, credentials: credentials.collect() }
}

/// The server that an example chooses: one for tests, if there is one.
fn server(base: &Base) -> Option<String> {
    let is_test = |name: &str| ["Sandbox", "Test", "Staging"].iter().any(|word| name.contains(word));
    let test = base.servers.iter().find(|server| is_test(&server.variant)).or(base.servers.first());
    test.filter(|_| base.enumerated).map(|server| server.variant.clone())
}

/// The builder method of a base URL without a default and without a choice.
fn base_to_set(base: &Base) -> Option<String> {
    let has_default = matches!(base.servers.as_slice(), [only] if only.url.is_some());
    (!has_default && !base.enumerated).then(|| base.method_name.clone())
}
