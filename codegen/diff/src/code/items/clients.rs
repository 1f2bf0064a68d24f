//! Items of calls: the methods of the client and of the server trait, the types of their requests and answers, and what the API sends by itself.

use specie_codegen::rust::{
    Base, CredentialInput, Idempotency, Link, LinkField, LinkOrigin, LinkSource, MethodArgument, Operation,
    OperationId, Safety, ValueStep,
};
use specie_codegen::surface::presented_text;

use super::{Item, ItemCollector, Origin, Users, operations};
use crate::address::normal;
use crate::code::item::ApiItemKind;

/// The method of an operation in the client and in the server trait.
pub(super) fn method(found: &mut ItemCollector<'_>, operation: &Operation, label: &str) {
    let (request, origin) = (&operation.request.name, Origin::Operation(label.to_owned()));
    for (place, method) in operation.client_methods.iter().enumerate() {
        let taken = match method.argument {
            MethodArgument::None => String::new(),
            MethodArgument::Into => format!("impl Into<{request}>"),
            MethodArgument::Request => request.clone(),
        };
        let code = format!("fn({taken}) -> Call<{request}>");
        let item = Item::new(ApiItemKind::Method, code, origin.clone(), Users::CLIENT);
        let item = if place == 0 { item.meaning(repetition(operation)) } else { item };
        found.add(format!("Client::{}()", method.name), item);
    }
    let stated = found.krate.layout.server_traits.iter().find(|stated| {
        let of =
            |id: &OperationId| found.krate.operation(*id).is_some_and(|one| one.method_name == operation.method_name);
        stated.operations.iter().any(of)
    });
    let server = stated.map_or(&found.krate.trait_name, |stated| &stated.name);
    let (server, path) = (server.clone(), format!("{server}::{}()", operation.method_name));
    let code = format!("fn({request}) -> Handled<{request}>");
    found
        .add(path, Item::new(ApiItemKind::Required, code, origin, Users::SERVER).of(&server).exhaustive(Users::SERVER));
}

/// Whether the client may repeat a call by itself, which moves money twice where it should not have.
fn repetition(operation: &Operation) -> String {
    let safe = if operation.safety == Safety::Unsafe { "" } else { "moves nothing, " };
    let repeated = match &operation.idempotency {
        Idempotency::Natural => "repeatable".to_owned(),
        Idempotency::Header(name) => format!("repeatable with header {}", name.to_ascii_lowercase()),
        Idempotency::Field { pointer, duplicate } => format!("unique by {pointer}, a repeat is a {duplicate}"),
        Idempotency::None => "not repeatable".to_owned(),
    };
    format!("{safe}{repeated}")
}

/// Base URLs and credentials.
pub(super) fn add(found: &mut ItemCollector<'_>) {
    let krate = found.krate;
    for base in &krate.bases {
        of_base(found, base);
    }
    for scheme in &krate.schemes {
        let taken = scheme.setter.arguments.iter().map(|argument| match &argument.taken {
            CredentialInput::Into(ty) => format!("impl Into<{}>", found.text(ty)),
            CredentialInput::TokenSource => "impl IntoTokenSource".to_owned(),
        });
        let taken = format!("fn({})", taken.collect::<Vec<_>>().join(", "));
        let presented = presented_text(krate, scheme.presented);
        let (origin, meaning) = (Origin::Scheme(scheme.key.clone()), format!("of {}", scheme.key));
        for setter in ["ClientBuilder", "Credentials"] {
            let item = Item::new(ApiItemKind::Method, &*taken, origin.clone(), Users::CLIENT).meaning(meaning.clone());
            found.add(format!("{setter}::{}()", scheme.method_name), item);
        }
        let item = Item::new(ApiItemKind::Variant, presented, origin, Users::SERVER).meaning(meaning);
        found.add(format!("server::Credential::{}", scheme.variant), item);
    }
    if !krate.schemes.is_empty() {
        let code = "fn(Vec<Credential>)";
        let item = Item::new(ApiItemKind::Required, code, Origin::Security, Users::SERVER).of(&krate.trait_name);
        let item = item.exhaustive(Users::SERVER);
        found.add(format!("{}::authenticate()", krate.trait_name), item);
        found.add("Credentials", Item::new(ApiItemKind::Type, "struct", Origin::Security, Users::CLIENT));
    }
    found.add(&*krate.trait_name, Item::new(ApiItemKind::Type, "trait", Origin::Title, Users::SERVER));
    found.add(
        format!("server::{}", krate.server_name),
        Item::new(ApiItemKind::Type, "struct", Origin::Title, Users::SERVER),
    );
    for stated in &krate.layout.server_traits {
        let item = Item::new(ApiItemKind::Required, "trait", Origin::Title, Users::SERVER).exhaustive(Users::SERVER);
        found.add(&*stated.name, item);
    }
}

fn of_base(found: &mut ItemCollector<'_>, base: &Base) {
    let default = base.default.as_deref().map_or_else(|| "to be set".to_owned(), normal);
    let item = Item::new(ApiItemKind::Method, "fn(impl Into<String>)", Origin::Servers, Users::CLIENT);
    found.add(format!("ClientBuilder::{}()", base.method_name), item.meaning(format!("by default {default}")));
    if let Some(servers) = &base.servers {
        found.add(&*servers.name, Item::new(ApiItemKind::Type, "non_exhaustive enum", Origin::Servers, Users::CLIENT));
        for server in &servers.variants {
            let item = Item::new(ApiItemKind::Variant, "unit", Origin::Servers, Users::CLIENT).of(&servers.name);
            found.add(format!("{}::{}", servers.name, server.name), item.meaning(normal(&server.url)));
        }
    }
    for address in &base.addresses {
        let path = &address.name;
        found.add(&**path, Item::new(ApiItemKind::Type, "struct", Origin::Servers, Users::CLIENT));
        for variable in &address.variables {
            let taken = variable.values.as_ref().map_or("impl Into<String>", |values| &values.name);
            let item = Item::new(ApiItemKind::Setter, taken, Origin::Servers, Users::CLIENT).of(path);
            found.add(format!("{path}::{}()", variable.name), item.meaning(format!("by default {}", variable.default)));
            for (values, one) in variable.values.iter().flat_map(|of| of.variants.iter().map(|one| (&of.name, one))) {
                let item = Item::new(ApiItemKind::Variant, "unit", Origin::Servers, Users::CLIENT).of(path);
                found.add(format!("{values}::{}", one.variant), item.meaning(&*one.value));
            }
        }
    }
}

/// Receiving and sending webhooks.
pub(super) fn webhooks(found: &mut ItemCollector<'_>) {
    for webhook in &found.krate.webhooks {
        let named = |one: &&specie_codegen::api::Operation| one.id.as_deref() == Some(&webhook.id);
        let label = found.api.webhooks.iter().find(named).map(crate::document_location::label);
        let label = label.unwrap_or_else(|| format!("webhook {}", webhook.id));
        let (whole, body) = (Origin::Operation(label.clone()), Origin::Body { operation: label, steps: Vec::new() });
        let payload = found.text(&webhook.payload);
        let name = format!("webhooks::{}", webhook.type_name);
        found.add(name, Item::new(ApiItemKind::Type, &*payload, body, Users::BOTH));
        let proof = proof(webhook.signature.is_some(), webhook.credentials.is_some());
        let code = format!("fn({proof}impl Fn({payload}))");
        let receiver = Item::new(ApiItemKind::Function, code, whole.clone(), Users::CLIENT);
        found.add(format!("webhooks::{}()", webhook.function), receiver);
        let sender = Item::new(ApiItemKind::Function, format!("fn(&{payload})"), whole, Users::SERVER);
        found.add(format!("webhooks::send::{}()", webhook.function), sender);
    }
}

/// What a receiver takes before its handler.
const fn proof(is_signed: bool, has_credentials: bool) -> &'static str {
    match (is_signed, has_credentials) {
        (false, false) => "",
        (true, false) => "secrets, ",
        (false, true) => "authenticate, ",
        (true, true) => "secrets, authenticate, ",
    }
}

/// Receiving and sending callbacks, and webhooks that are whole operations.
pub(super) fn callbacks(found: &mut ItemCollector<'_>) {
    let of_operations = found.api.operations.iter().flat_map(|one| &one.callbacks);
    let all: Vec<_> = of_operations.chain(&found.api.webhooks).cloned().collect();
    for callback in &found.krate.callbacks {
        let operation = &callback.operation;
        let label = ItemCollector::label(&all, operation);
        let module = callback.kind.module().name();
        operations::add(found, operation, &label, &format!("{module}::"), Users::SERVER);
        let whole = Origin::Operation(label);
        let proof = proof(callback.signature.is_some(), callback.credentials.is_some());
        let code = format!("fn({proof}impl Fn({}))", operation.request.name);
        let receiver = Item::new(ApiItemKind::Function, code, whole.clone(), Users::CLIENT);
        found.add(format!("{module}::{}()", operation.method_name), receiver);
        let code = format!("fn({})", operation.request.name);
        let sender = Item::new(ApiItemKind::Function, code, whole.clone(), Users::SERVER);
        found.add(format!("{module}::send::{}()", operation.method_name), sender);
        for address in &callback.addresses {
            let response = address.response.as_ref().map(|response| found.borrowed(response));
            let request = address.request.map(|id| format!("&{}", found.krate.request_name(id)));
            let taken: Vec<String> = request.into_iter().chain(response).collect();
            let code = format!("fn({})", taken.join(", "));
            let item = Item::new(ApiItemKind::Function, code, whole.clone(), Users::SERVER);
            found.add(format!("{module}::send::{}()", address.function), item);
        }
    }
}

/// Which values a link gives.
fn given(link: &Link) -> String {
    let of = |field: &LinkField| Some(format!("{} {}", field.name, taken(field.value.source()?)));
    link.fields.iter().filter_map(of).collect::<Vec<_>>().join(", ")
}

/// Where a value that a link gives comes from.
fn taken(source: &LinkSource) -> String {
    match &source.origin {
        LinkOrigin::Bool(flag) => format!("is {flag}"),
        LinkOrigin::Integer(number) => format!("is {number}"),
        LinkOrigin::Text(text) => format!("is {text}"),
        LinkOrigin::Value(path) => {
            let step = |step: &ValueStep| match step {
                ValueStep::Field(name) | ValueStep::OptionalField(name) | ValueStep::NullableField(name) => {
                    format!(".{name}")
                }
                ValueStep::FirstItem => "[0]".to_owned(),
                ValueStep::Item(at) => format!("[{at}]"),
                ValueStep::Key(key) => format!("[{key:?}]"),
            };
            let whole = if path.is_of_response { "response" } else { "request" };
            format!("from {whole}{}", path.steps.iter().map(step).collect::<String>())
        }
    }
}

/// Links of responses.
pub(super) fn links(found: &mut ItemCollector<'_>) {
    for link in &found.krate.links {
        let response = link.response.as_ref().map(|response| found.borrowed(response));
        let request = link.request.map(|id| format!("&{}", found.krate.request_name(id)));
        let taken: Vec<String> = request.into_iter().chain(response).collect();
        let target = found.krate.request_name(link.target);
        let target = if link.is_optional { format!("Option<{target}>") } else { target.to_owned() };
        let code = format!("fn({}) -> {target}", taken.join(", "));
        let item = Item::new(ApiItemKind::Function, code, Origin::Links, Users::CLIENT);
        found.add(format!("links::{}()", link.function), item.meaning(given(link)));
    }
}
