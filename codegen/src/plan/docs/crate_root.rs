//! What the crate says of itself: the API, its base URLs and credentials, how a call looks, its features and how to depend on it.

use super::{line_or, provenance};
use crate::api::{Api, Info};
use crate::plan::Settings;
use crate::rust::{
    Base, CLIENT, CallArgument, CallExample, ChosenServer, ClientMethod, Crate, Credential, Docs, Example, Expression,
    Feature, Fields, GeneratedModule, MethodArgument, Operation, PATTERN_FEATURE, Paragraph, Scheme, SchemeKind,
    ServerTrait, Setup, Side, Text,
};

/// The API in its document's words, and where it is.
pub(in crate::plan) fn about(api: &Api, settings: &Settings<'_>, bases: &[Base], schemes: &[Scheme]) -> Docs {
    let info = &api.info;
    let title = line_or(&info.title, Text::of_code(settings.crate_name));
    let parts = settings.module.map_or_else(|| "types, client and server".to_owned(), parts);
    let mut docs = Docs::line(title.words(format!(": {parts}."))).document(info.description.as_deref());
    docs = docs.with(Paragraph::List(metadata(info, settings)));
    if !info.provenance.is_empty() {
        docs = docs.with(Paragraph::Heading("Where it comes from"));
        docs.paragraphs.extend(info.provenance.iter().map(provenance::sentence));
    }
    if api.operations.is_empty() {
        return docs;
    }
    docs = docs.with(Paragraph::Heading("Base URLs")).with(Paragraph::List(bases.iter().map(base).collect()));
    docs = docs.with(Paragraph::Heading("Credentials"));
    if schemes.is_empty() {
        return docs.with(Paragraph::Fixed(NO_SCHEMES));
    }
    let schemes = schemes.iter().map(|scheme| Text::of_code(&scheme.method_name).words(": ").and(kind(&scheme.kind)));
    docs.with(Paragraph::List(schemes.collect()))
}

/// What a module consists of: `types`, `types, client and server`.
fn parts(module: &GeneratedModule) -> String {
    let sides: Vec<&str> = module.sides().map(Side::as_str).collect();
    match sides.split_last() {
        None => "types".to_owned(),
        Some((last, [])) => format!("types and {last}"),
        Some((last, first)) => format!("types, {} and {last}", first.join(", ")),
    }
}

/// What the crate is, for its manifest.
pub(in crate::plan) fn description(api: &Api, crate_name: &str) -> String {
    let title = api.info.title.trim();
    format!("{}: types, client and server.", if title.is_empty() { crate_name } else { title })
}

/// The features of the manifest.
pub(in crate::plan) const fn manifest_features(api: &Api) -> &'static [Feature] {
    const SIDES: [Feature; 2] = [
        Feature {
            name: "client",
            comment: "A client of the API.",
            is_default: true,
            enables: &["specie-runtime/client"],
        },
        Feature {
            name: "server",
            comment: "The API's server trait, as a tower service.",
            is_default: true,
            enables: &["specie-runtime/server"],
        },
    ];
    const FAKE: Feature = Feature {
        name: "fake",
        comment: "A fake of the API for tests.",
        is_default: false,
        enables: &["client", "server"],
    };
    const ALL: &[Feature] = &[SIDES[0], SIDES[1], FAKE];
    if api.operations.is_empty() { &SIDES } else { ALL }
}

/// What each feature has; nothing for a module, whose sides are chosen.
pub(in crate::plan) fn features(krate: &Crate, server_traits: &[ServerTrait]) -> Docs {
    if krate.module.is_some() {
        return Docs::default();
    }
    let types = "- none: the module `types`, without an HTTP stack";
    if krate.operations.is_empty() {
        return Docs::line("# Features").text(types);
    }
    let made_of = if server_traits.is_empty() { "" } else { " with one trait for each group of operations" };
    Docs::line("# Features").text(format!(
        "- `client` (default): `Client`, with a method per operation\n\
         - `server` (default): the trait `server::{}`{made_of}, and a `tower` service around it\n\
         - `fake`: `fake::{}` answers in tests, with client and server\n{types}",
        krate.trait_name, krate.fake_name
    ))
}

/// How a program depends on the crate, or what the crate around a module has to say.
pub(in crate::plan) fn dependency(settings: &Settings<'_>, has_patterns: bool, recursion_limit: Option<usize>) -> Docs {
    match settings.module {
        Some(module) => in_its_crate(module, has_patterns, recursion_limit),
        None => as_dependency(settings.crate_name, recursion_limit),
    }
}

fn in_its_crate(module: &GeneratedModule, has_patterns: bool, recursion_limit: Option<usize>) -> Docs {
    let sides = module.program_sides().map(Side::as_str);
    let features: Vec<String> =
        sides.chain(has_patterns.then_some(PATTERN_FEATURE)).map(|feature| format!("\"{feature}\"")).collect();
    let docs = Docs::line("# In its crate").text(format!(
        "It depends on `specie-runtime` with `features = [{}]`, and names the module as\n\
         `#[rustfmt::skip] mod {};`, so that `cargo fmt` leaves the files as they are.",
        features.join(", "),
        module.name()
    ));
    let Some(limit) = recursion_limit else { return docs };
    docs.text(format!(
        "Some of its types contain each other by so many ways that the crate has to say at its top:\n\
         `#![recursion_limit = \"{limit}\"]`."
    ))
}

fn as_dependency(name: &str, recursion_limit: Option<usize>) -> Docs {
    let docs = Docs::line(format!(
        "The types of fields (`Decimal`, `Secret`, `Patch` …) are those of `specie-runtime`. Outside of this workspace, both are named by\n\
         their path, or by the `git` address of the repository that holds them:\n\n\
         ```toml\n[dependencies]\n{name} = {{ path = \"…/generated/{name}\" }}\nspecie-runtime = {{ path = \"…/codegen/runtime\" }}\n```"
    ));
    let Some(limit) = recursion_limit else { return docs };
    docs.text(format!(
        "Some of its types contain each other by so many ways that rustc gives up when it asks whether they are `Send`\n\
         (E0275). A program that sends them between threads, as `tokio::spawn` does, states the same limit as this crate,\n\
         at the top of its `main.rs` or `lib.rs`:\n\n\
         ```rust,ignore\n#![recursion_limit = \"{limit}\"]\n```"
    ))
}

/// The documentation of the client.
pub(in crate::plan) fn of_client(api: &Api) -> Docs {
    let title = Text::from("A client of ").line(api.info.title.as_str());
    Docs::line(title.words("; cloning is cheap."))
}

/// The documentation of the service around an implementation of the server trait.
pub(in crate::plan) fn of_server(trait_name: &str) -> Docs {
    Docs::line(format!(
        "A [`{trait_name}`] as a `tower` service, which axum mounts with `fallback_service`; cloning is cheap."
    ))
}

/// The documentation of the server trait.
pub(in crate::plan) fn of_trait(title: &str, server_traits: &[ServerTrait], tag_traits: &[ServerTrait]) -> Docs {
    let title = Text::from("The operations of ").line(title);
    let docs = Docs::line(title.words("."));
    let docs = if !server_traits.is_empty() {
        docs.text("They are divided by tag: implement each of the traits that this one is made of, then this one.")
    } else if !tag_traits.is_empty() {
        docs.text(
            "An implementation that is divided by tag implements the traits of the tags instead, and is served as a\n\
             [`ByTag`](specie_runtime::server::ByTag).",
        )
    } else {
        docs
    };
    docs.text("A method that is missing is a compile error, also when a new version of the document adds one.")
}

/// What is said where no operation names a security scheme.
const NO_SCHEMES: &str = "No operation of the document asks for any. What the API asks for all the same goes into a header, such\n\
     as `Authorization`: `Options::header` sets one for every call of a client, `.header(…)` for one call.";

fn metadata(info: &Info, settings: &Settings<'_>) -> Vec<Text> {
    let entry = |label: &str, text: &str| Text::from(label).line(text);
    let mut entries = vec![entry("version of the API: ", &info.version)];
    entries.extend(info.external_docs.as_ref().map(|docs| entry("its documentation: ", &docs.url)));
    entries.extend(info.contact.as_deref().map(|contact| entry("contact: ", contact)));
    entries.extend(info.license.as_deref().map(|license| entry("licence of its document: ", license)));
    let this = if settings.module.is_some() { "this module" } else { "this crate" };
    entries.push(Text::from(this).words(" is generated from ").code(settings.spec_path));
    entries
}

/// One base URL as an item of a list.
fn base(base: &Base) -> Text {
    let name = Text::of_code(&base.method_name);
    if let Some(url) = &base.default {
        return name.words(": ").code(url).words(" by default");
    }
    let Some(servers) = &base.servers else {
        let urls: Vec<Text> = base.urls.iter().flatten().map(|url| Text::of_code(url)).collect();
        if urls.is_empty() {
            return name.words(": the document names no host, so it has to be set");
        }
        return name.words(": has to be set, the document names ").and(Text::joined(urls, ", "));
    };
    let path = if servers.method_name.is_some() { "" } else { "client::" };
    let variants = servers.variants.iter().map(|server| {
        let path = Text::from(format!("`{path}{}::{}` is ", servers.name, server.name));
        path.code(&server.url)
    });
    let method = servers.method_name.map_or_else(|| ": ".to_owned(), |method| format!(" or `{method}`: "));
    name.words(method).and(Text::joined(variants, ", "))
}

fn kind(kind: &SchemeKind) -> Text {
    match kind {
        SchemeKind::Basic => "name and password (HTTP Basic)".into(),
        SchemeKind::Bearer { .. } => "a bearer token, or a source of tokens".into(),
        SchemeKind::Http(scheme) => Text::from("credentials, sent behind ").code(scheme).words(" in `Authorization`"),
        SchemeKind::ApiKey { name, .. } => Text::from("an API key, sent as ").code(name),
    }
}

/// A call of the operation that shows the API best: one that sends something, with nothing left out.
pub(in crate::plan) fn example(operations: &[Operation], bases: &[Base], schemes: &[Scheme]) -> Option<CallExample> {
    let mut best: Option<((bool, bool, bool), &Operation, &Example)> = None;
    for operation in operations {
        let Some(example) = of_request(operation) else { continue };
        let rank = (example.given.is_empty(), operation.http_method == "POST", operation.path.len() < 100);
        if best.is_none_or(|(found, _, _)| rank > found) {
            best = Some((rank, operation, example));
        }
    }
    let (_, operation, example) = best?;
    let mut example = example.clone();
    let argument = match &example.request {
        Expression::New { fields: Fields::None, .. } => CallArgument::Nothing,
        Expression::New { fields: Fields::One(value), .. } => CallArgument::Value((**value).clone()),
        _ => CallArgument::Request,
    };
    let is_request = argument == CallArgument::Request;
    let takes_given = |method: &&ClientMethod| !is_request || method.argument != MethodArgument::None;
    let method = operation.client_methods.iter().find(takes_given)?.name.clone();
    example.uses.retain(|name| is_request || *name != operation.request.name);
    example.uses.push(CLIENT.name.to_owned());
    // The module `types` stays last: its name is in lower case.
    example.uses.sort_unstable();
    let responses = operation.success.responses();
    let prints = responses.len() > 1 || responses.iter().any(|response| response.body.is_some());
    let setup = setup(operation, bases, schemes);
    Some(CallExample { example, setup, method, argument, prints })
}

/// The example of an operation's request.
fn of_request(operation: &Operation) -> Option<&Example> {
    operation.request.docs.paragraphs.iter().find_map(|paragraph| match paragraph {
        Paragraph::Request(example) => Some(example),
        _ => None,
    })
}

/// What the builder needs for an operation.
fn setup(operation: &Operation, bases: &[Base], schemes: &[Scheme]) -> Setup {
    let base = operation.base.and_then(|base| bases.get(base.0));
    let (server, base) = base.map_or((None, None), |base| (server(base), base_to_set(base)));
    let requirement = operation.security.iter().find(|requirement| !requirement.schemes.is_empty());
    let required = requirement.into_iter().flat_map(|requirement| &requirement.schemes);
    let credentials = required.filter_map(|(key, _)| {
        let scheme = schemes.iter().find(|scheme| scheme.key == *key)?;
        let arguments: &[&str] = match scheme.kind {
            SchemeKind::Basic => &["name", "password"],
            SchemeKind::Bearer { .. } => &["token"],
            SchemeKind::Http(_) => &["credentials"],
            SchemeKind::ApiKey { .. } => &["key"],
        };
        Some(Credential { method: scheme.method_name.clone(), arguments })
    });
    Setup { server, base, credentials: credentials.collect() }
}

/// The server that an example chooses: one for tests, if there is one.
fn server(base: &Base) -> Option<ChosenServer> {
    let is_test = |name: &str| ["Sandbox", "Test", "Staging"].iter().any(|word| name.contains(word));
    let servers = base.servers.as_ref()?;
    let method = servers.method_name?;
    let test = servers.variants.iter().find(|server| is_test(&server.name)).or(servers.variants.first())?;
    Some(ChosenServer { method, enum_name: servers.name.clone(), variant: test.name.clone() })
}

/// The builder method of a base URL without a default and without a method that takes a server.
fn base_to_set(base: &Base) -> Option<String> {
    (base.default.is_none() && base.server_method().is_none()).then(|| base.method_name.clone())
}
