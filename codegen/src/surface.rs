//! The surface: the public API of a generated crate and its wire names in plain lines, for reviewers.
//!
//! It shows what a change of a document means, without the weight of the generated code: some lines per operation and
//! type. Fields, values and branches stand on a line each, so that one edit changes one line.
//!
//! Printed is what differs from crate to crate, and what a program can rely on. Left out is what is the same for all, and what follows from
//! the lines:
//!
//! - documentation, constraints and examples, which change no signature;
//! - `Clone`, `Debug` and `PartialEq`, which all types of schemas have; what else they derive stands behind the name, as in `Eq + Hash`;
//! - what requests, structs of headers and enums of responses derive, which follows from what they hold;
//! - `#[non_exhaustive]`: structs with named fields have it, unless they are those that `from` names; so have all enums but those of
//!   schemas, which have it where `open` stands behind the name;
//! - boxes: around objects of errors, always, and where a type would hold itself;
//! - constructors, setters and `From`, which follow from the fields and branches;
//! - methods that give what a branch of a union holds, each of which is called as the branch, in `snake_case`, and a number behind it where
//!   another method has that name;
//! - what becomes of JSON properties without a field: clients ignore them, and servers refuse them where `closed` stands behind the name.

mod operations;
mod types;

use std::fmt::Write as _;

use crate::printable::is_printable;
use crate::rust::{
    ApiKeyLocation, Base, BorrowedType, Callback, Contents, Crate, FAKE_CALLS, FixedType, Link, PresentedCredential,
    ReceiverCredentials, Scheme, SchemeKind, ServerTrait, Signature, Type, Webhook,
};

/// A type as Rust writes it, without the paths of its names: `Option<Vec<Payout>>`.
#[must_use]
pub fn type_text(krate: &Crate, ty: &Type) -> String {
    types::rust_type(krate, ty)
}

/// The type of a parameter that is taken by reference, as Rust writes it, without the paths of its names: `&[Payout]`.
#[must_use]
pub fn borrowed_text(krate: &Crate, ty: &BorrowedType) -> String {
    types::borrowed(krate, ty)
}

/// The type of what a server is presented with under a security scheme, as Rust writes it, without the paths of its names.
#[must_use]
pub fn presented_text(krate: &Crate, presented: PresentedCredential) -> String {
    types::spelled(krate, &presented.spelling())
}

/// The surface of a crate.
#[must_use]
pub fn surface(krate: &Crate) -> String {
    let mut text = String::new();
    head(&mut text, krate);
    for operation in &krate.operations {
        text.push('\n');
        operations::operation(&mut text, krate, operation);
    }
    if !krate.layout.server_traits.is_empty() || !krate.layout.tag_traits.is_empty() {
        text.push('\n');
        traits(&mut text, krate, "server trait", &krate.layout.server_traits);
        traits(&mut text, krate, "trait of a tag", &krate.layout.tag_traits);
    }
    if !krate.types.is_empty() {
        text.push('\n');
    }
    for item in &krate.types {
        types::item(&mut text, krate, item);
    }
    if !krate.links.is_empty() {
        text.push('\n');
    }
    for link in &krate.links {
        line(&mut text, &of_link(krate, link));
    }
    for callback in &krate.callbacks {
        text.push('\n');
        line(&mut text, &of_callback(krate, callback));
        operations::operation(&mut text, krate, &callback.operation);
    }
    if !krate.webhooks.is_empty() {
        text.push('\n');
    }
    for webhook in &krate.webhooks {
        line(&mut text, &of_webhook(krate, webhook));
    }
    untyped(&mut text, krate);
    text
}

fn head(text: &mut String, krate: &Crate) {
    line(text, &format!("{}: {}, version {}", krate.name, plain(&krate.title), plain(&krate.version)));
    for base in &krate.bases {
        line(text, &format!("base {}: {}", base.method_name, servers(base)));
        for address in &base.addresses {
            let variables = address.variables.iter().map(|one| match &one.values {
                Some(values) => format!("{}: {}", one.name, values.name),
                None => format!("{}: text", one.name),
            });
            list(text, &format!("address {}", address.name), &variables.collect::<Vec<_>>());
            for values in address.variables.iter().filter_map(|one| one.values.as_ref()) {
                let variants = values.variants.iter().map(|one| format!("{} = {}", one.variant, quoted(&one.value)));
                list(text, &format!("values {}", values.name), &variants.collect::<Vec<_>>());
            }
        }
    }
    for scheme in &krate.schemes {
        line(text, &format!("credential {}: {}", scheme.method_name, of_scheme(scheme)));
    }
    sides(text, krate);
}

/// A line for each side that the crate has.
fn sides(text: &mut String, krate: &Crate) {
    let has = |wanted: fn(&Contents) -> bool| krate.layout.files.iter().any(|file| wanted(&file.contents));
    if has(|contents| matches!(contents, Contents::Client(_))) {
        let servers = krate.server_enums().filter(|servers| servers.becomes_url());
        let servers = servers.map(|servers| servers.name.as_str());
        side(text, "client", fixed_names(&krate.fixed_types.client).chain(servers));
    }
    if has(|contents| matches!(contents, Contents::Server(_))) {
        let own = [krate.trait_name.as_str(), &krate.server_name].into_iter();
        side(text, "server", own.chain(fixed_names(&krate.fixed_types.server)));
    }
    if has(|contents| matches!(contents, Contents::Fake(_))) {
        side(text, "fake", [krate.fake_name.as_str(), FAKE_CALLS].into_iter());
    }
}

fn fixed_names(types: &[FixedType]) -> impl Iterator<Item = &str> {
    types.iter().map(|of| of.name)
}

fn side<'a>(text: &mut String, side: &str, names: impl Iterator<Item = &'a str>) {
    line(text, &format!("{side}: {}", names.collect::<Vec<_>>().join(", ")));
}

/// The traits that the server trait is made of, or those of the tags, with their methods.
fn traits(text: &mut String, krate: &Crate, what: &str, traits: &[ServerTrait]) {
    for stated in traits {
        let methods = stated.operations.iter().filter_map(|id| krate.operation(*id));
        let methods: Vec<String> = methods.map(|operation| operation.method_name.clone()).collect();
        list(text, &format!("{what} {}", stated.name), &methods);
    }
}

fn servers(base: &Base) -> String {
    let urls = base.urls.iter().enumerate().map(|(index, url)| {
        let url = url.as_deref().map_or_else(|| "relative".to_owned(), plain);
        let server = base.servers.as_ref().and_then(|servers| Some((&servers.name, servers.variants.get(index)?)));
        server.map_or_else(|| url.clone(), |(name, server)| format!("{name}::{} {url}", server.name))
    });
    let urls: Vec<String> = urls.collect();
    if urls.is_empty() { "to be set".to_owned() } else { urls.join(", ") }
}

fn of_scheme(scheme: &Scheme) -> String {
    let key = quoted(&scheme.key);
    match &scheme.kind {
        SchemeKind::Basic => format!("{key}, basic"),
        SchemeKind::Bearer { token_url: None } => format!("{key}, bearer"),
        SchemeKind::Bearer { token_url: Some(url) } => format!("{key}, bearer, tokens from {}", plain(url)),
        SchemeKind::Http(scheme) => format!("{key}, {}", plain(scheme)),
        SchemeKind::ApiKey { place, name } => {
            let place = match place {
                ApiKeyLocation::Header => "header",
                ApiKeyLocation::Query => "query",
                ApiKeyLocation::Cookie => "cookie",
            };
            format!("{key}, API key in {place} {}", quoted(name))
        }
    }
}

fn of_link(krate: &Crate, link: &Link) -> String {
    let response = link.response.as_ref().map(|response| types::borrowed(krate, response));
    let request = link.request.map(|id| format!("&{}", krate.request_name(id)));
    let of: Vec<String> = request.into_iter().chain(response).collect();
    let target = krate.request_name(link.target);
    let target = if link.is_optional { format!("Option<{target}>") } else { target.to_owned() };
    format!("link {}({}) -> {target}", link.function, of.join(", "))
}

fn of_callback(krate: &Crate, callback: &Callback) -> String {
    let addresses = callback.addresses.iter().map(|address| {
        let response = address.response.as_ref().map(|response| types::borrowed(krate, response));
        let of = address.request.map(|id| format!("&{}", krate.request_name(id))).into_iter().chain(response);
        format!(", {}({})", address.function, of.collect::<Vec<_>>().join(", "))
    });
    let signature = of_signature(callback.signature.as_ref()) + &of_credentials(callback.credentials.as_ref());
    let (name, constant) = (&callback.operation.method_name, &callback.constant);
    format!("{} {name}: {constant}, {signature}{}", callback.kind.word(), addresses.collect::<String>())
}

fn of_signature(signature: Option<&Signature>) -> String {
    signature.map_or_else(
        || "not signed".to_owned(),
        |signature| format!("signed in {} ({})", quoted(&signature.header), signature.algorithm.name()),
    )
}

/// The schemes of each alternative.
fn of_credentials(credentials: Option<&ReceiverCredentials>) -> String {
    let Some(credentials) = credentials else { return String::new() };
    let alternatives = credentials.alternatives.iter().map(|keys| match keys.as_slice() {
        [] => "none".to_owned(),
        keys => keys.iter().map(|key| quoted(key)).collect::<Vec<_>>().join(" and "),
    });
    format!(", with {}", alternatives.collect::<Vec<_>>().join(" or "))
}

fn of_webhook(krate: &Crate, webhook: &Webhook) -> String {
    let payload = types::rust_type(krate, &webhook.payload);
    let (name, sent) = (&webhook.function, format!("{}, {}", webhook.http_method, acknowledgement(webhook)));
    let signature = of_signature(webhook.signature.as_ref()) + &of_credentials(webhook.credentials.as_ref());
    format!("webhook {name}: {}, {} = {payload}, {sent}, {signature}", webhook.constant, webhook.type_name)
}

/// The statuses by which a receiver acknowledges a webhook.
fn acknowledgement(webhook: &Webhook) -> String {
    let statuses: Vec<String> = webhook.acknowledged_by.iter().map(ToString::to_string).collect();
    format!("acknowledged by {}", if statuses.is_empty() { "any 2xx".to_owned() } else { statuses.join(" or ") })
}

/// Every place that had to be typed as free JSON, and why.
fn untyped(text: &mut String, krate: &Crate) {
    text.push('\n');
    if krate.untyped.is_empty() {
        return line(text, "free JSON: none");
    }
    line(text, &format!("free JSON: {}", krate.untyped.len()));
    for place in &krate.untyped {
        line(text, &format!("  {}: {}", plain(&place.place), plain(&place.reason)));
    }
}

/// `head {` with one entry per line, so that one more is one line more.
fn list(text: &mut String, head: &str, entries: &[String]) {
    if entries.is_empty() {
        return line(text, &format!("{head} {{}}"));
    }
    line(text, &format!("{head} {{"));
    for entry in entries {
        line(text, &format!("  {entry},"));
    }
    line(text, "}");
}

fn line(text: &mut String, content: &str) {
    text.push_str(content);
    text.push('\n');
}

/// A document's text where it can only be text: on one line, without characters that deceive.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if is_printable(c) {
            plain.push(c);
        } else {
            // Writing to a string does not fail.
            let _ = write!(plain, "\\u{{{:x}}}", u32::from(c));
        }
    }
    plain
}

/// A document's text in quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", plain(&text.replace('\\', "\\\\").replace('"', "\\\"")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::test_fixtures;

    #[test]
    fn one_property_is_one_line() {
        let long: Vec<String> = (0..12).map(|n| format!("property_{n}: {{type: number}}")).collect();
        let krate = test_fixtures::schemas(&format!(
            "Payment: {{type: object, required: [id], properties: {{id: {{type: string}}, paidAt: {{type: string, nullable: true}}}}}}\n\
             Wide: {{type: object, properties: {{{}}}}}",
            long.join(", ")
        ));
        let text = surface(&krate);
        assert!(
            text.contains("\nstruct Payment, Eq {\n  id: String,\n  paid_at: Maybe<String> as \"paidAt\",\n}\n"),
            "{text}"
        );
        assert!(text.contains("\nstruct Wide, Default + Eq {\n  property_0: Option<Decimal>,\n"), "{text}");
    }

    #[test]
    fn hostile_texts_stay_on_their_line() {
        let schemas = r#"components: {schemas: {E: {type: string, enum: ["a\"\n\u202eb"]}}}"#;
        let mut krate = test_fixtures::titled(r"x\ny", &format!("paths: {{}}\n{schemas}\n"));
        krate.untyped.push(crate::rust::Untyped { place: "E.a".into(), reason: "why\nnot".into() });
        assert_eq!(
            surface(&krate),
            "payouts: x\\u{a}y, version 1.0\nbase base_url: to be set\n\nenum E, Copy + Eq + Hash {\n  AB = \"a\\\"\\u{a}\\u{202e}b\",\n}\n\nfree JSON: 1\n  E.a: why\\u{a}not\n"
        );
    }

    /// Programs match on the variants of responses, which are called after statuses and media types.
    #[test]
    fn variants_of_responses_are_printed() {
        let body = "content: {application/json: {schema: {type: string}}, text/csv: {schema: {type: string}}}";
        let text = surface(&test_fixtures::krate(&format!(
            "paths: {{/a: {{get: {{operationId: A, responses: {{'200': {{description: d, {body}}}, '404': {{description: d}}}}}}}}}}\n"
        )));
        assert!(
            text.contains("\n  responses: 200 Json, 200 Csv String\n  errors AError: 404 NotFound no body\n"),
            "{text}"
        );
    }

    #[test]
    fn a_webhook_says_how_it_is_sent_and_acknowledged() {
        let of = |method: &str, statuses: &str| {
            let text = surface(&test_fixtures::krate(&format!(
                "paths: {{}}\nx-webhooks: {{paid: {{{method}: {{requestBody: {{content: {{application/json: {{schema: {{type: string}}}}}}}}, \
                 responses: {{{statuses}}}}}}}}}\n"
            )));
            text.lines().find(|line| line.starts_with("webhook ")).map(str::to_owned)
        };
        let line = |sent: &str| Some(format!("webhook paid: PAID, Paid = String, {sent}, not signed"));
        assert_eq!(of("post", "'2XX': {description: d}"), line("POST, acknowledged by any 2xx"));
        let two = "'202': {description: d}, '204': {description: d}";
        assert_eq!(of("put", two), line("PUT, acknowledged by 202 or 204"));
    }

    #[test]
    fn an_operation_says_what_matters_when_money_moves() {
        let text = surface(&test_fixtures::krate("paths: {/pay: {post: {operationId: Pay, responses: {}}}}\n"));
        assert!(text.contains("POST /pay\n  pay() of Pay -> ()\n  no credentials, not repeatable\n"), "{text}");
    }

    #[test]
    fn methods_take_what_the_client_takes() {
        let methods = |parameters: &str| {
            let text = surface(&test_fixtures::krate(&format!(
                "paths: {{/pay: {{post: {{operationId: Pay, parameters: [{parameters}], responses: {{}}}}}}}}\n"
            )));
            text.lines().find(|line| line.ends_with(" -> ()")).map(str::to_owned)
        };
        let query = |name: &str, required: bool| {
            format!("{{name: {name}, in: query, required: {required}, schema: {{type: string}}}}")
        };
        assert_eq!(methods(&query("a", true)).as_deref(), Some("  pay(impl Into<Pay>) -> ()"));
        assert_eq!(methods(&query("a", false)).as_deref(), Some("  pay() or pay_with(Pay) -> ()"));
        let both = format!("{}, {}", query("a", true), query("b", true));
        assert_eq!(methods(&both).as_deref(), Some("  pay(Pay from PayRequired) -> ()"));
    }

    #[test]
    fn a_callback_has_no_methods_of_the_client() {
        let text = surface(&test_fixtures::krate(
            "paths: {/pay: {post: {operationId: pay, responses: {}, callbacks: {paid: {'https://a.example/': {post: \
             {parameters: [{name: a, in: query, schema: {type: string}}], responses: {}}}}}}}}\n",
        ));
        assert!(text.contains("\n  paid(Paid) -> ()\n"), "{text}");
    }
}
