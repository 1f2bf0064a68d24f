//! What each file says of itself.

use std::collections::BTreeMap;

use crate::api::Tag;
use crate::rust::{
    CallbackKind, Contents, Crate, Docs, FileShare, Group, OperationId, Page, Paragraph, ServerTrait, ServerTraitId,
    Side, Text, TypeId, type_link,
};

/// The documentation of a file of a crate whose server trait is made of these traits.
pub(in crate::plan) fn of(krate: &Crate, traits: &[ServerTrait], contents: &Contents) -> Docs {
    let of_trait = |id: &ServerTraitId, before: &str| traits.get(id.0).map(|stated| of_group(before, &stated.group));
    match contents {
        Contents::Root => Docs::default(),
        Contents::Types(part) => {
            let name = |id: &TypeId| krate.item(*id).map(|item| item.name.as_str());
            types(part).followed_by(index(part, name))
        }
        Contents::Operations(part) => {
            let name = |id: &OperationId| krate.operation(*id).map(|of| of.request.name.as_str());
            let of_tag = match part {
                FileShare::Module(module) => of_tag(krate, &module.group),
                _ => Vec::new(),
            };
            operations(part).followed_by(of_tag).followed_by(index(part, name))
        }
        Contents::ClientMethods { module, .. } => {
            of_group("The client's methods for ", &module.group).followed_by(of_tag(krate, &module.group))
        }
        Contents::Client(_) => Docs::line("The client: make a [`Client`], call its methods."),
        Contents::Server(_) => {
            let (api, server) = (type_link(&krate.trait_name), type_link(&krate.server_name));
            Docs::line(format!("The server's side: implement {api}, mount a {server}."))
        }
        Contents::ServerTrait(id) => of_trait(id, "The server's side of ").unwrap_or_default(),
        Contents::Rejections(FileShare::Module(_)) => {
            Docs::line("What operations document for rejections, as far as these can be written so.")
        }
        Contents::Rejections(_) => {
            Docs::line("How rejections are written as the errors that the document gives its operations.")
        }
        Contents::Fake(_) => fake(krate),
        Contents::FakeOperations(id) => of_trait(id, "The fake's ").unwrap_or_default(),
        Contents::Callbacks(kind, FileShare::Module(_)) => {
            Docs::line(format!("Requests and responses of {}s.", kind.word()))
        }
        Contents::Callbacks(CallbackKind::Callback, _) => Docs::line(format!(
            "What the API sends on account of a request: the request and the responses of each callback{}.",
            ways(krate)
        )),
        Contents::Callbacks(CallbackKind::Webhook, _) => Docs::line(format!(
            "What the API sends by itself, with more than a payload: the request and the responses of each such webhook{}.",
            ways(krate)
        )),
        Contents::CallbackReceivers(kind, _) => {
            Docs::line(format!("A receiver for each {}, as a `tower` service.", kind.word()))
        }
        Contents::CallbackSenders(CallbackKind::Callback, _) => {
            Docs::line("Sending each callback, as the API does, and the addresses they go to.")
        }
        Contents::CallbackSenders(CallbackKind::Webhook, _) => Docs::line("Sending each webhook, as the API does."),
        Contents::Links(_) => Docs::line("What can be called next: requests made of a request and its response."),
        Contents::Webhooks(FileShare::Module(_)) => Docs::line("Payloads of webhooks."),
        Contents::Webhooks(_) => {
            Docs::line(format!("What the API sends by itself: the payload of each webhook{}.", ways(krate)))
        }
        Contents::Receivers(_) => Docs::line("A receiver for each webhook, as a `tower` service."),
        Contents::Senders(_) => {
            Docs::line("Sending each webhook, as the API does: for its servers, and for tests of receivers.")
        }
    }
}

/// What can be done with what the API sends: a module receives it where it has the server's side, and sends it where it has both.
fn ways(krate: &Crate) -> &'static str {
    let has = |side| krate.module.as_ref().is_none_or(|module| module.has(side));
    match (has(Side::Server), has(Side::Client)) {
        (true, true) => ", receiving it and sending it",
        (true, false) => ", and receiving it",
        (false, _) => "",
    }
}

/// What the document says of its tags, where it says anything.
pub(in crate::plan) fn of_tags(tags: &[Tag]) -> BTreeMap<String, Docs> {
    let docs = |tag: &Tag| {
        let Tag { docs: stated, .. } = tag;
        Docs::default().document(stated.summary.as_deref()).document(stated.description.as_deref())
    };
    let all = tags.iter().map(|tag| (tag.name.trim().to_owned(), docs(tag)));
    all.filter(|(_, docs)| *docs != Docs::default()).collect()
}

/// What the document says of the tag of a group.
pub(in crate::plan) fn of_tag(krate: &Crate, group: &Group) -> Vec<Paragraph> {
    let Group::Of(name) = group else { return Vec::new() };
    krate.tag_docs.get(name).map(|docs| docs.paragraphs.clone()).unwrap_or_default()
}

/// The operations of a group, behind some words.
pub(in crate::plan) fn of_group(before: &str, group: &Group) -> Docs {
    Docs::line(Text::from(before).and(group.operations()).words("."))
}

/// What a file says of the items below it: links to them by group, or on which page they are.
fn index<'a, T>(part: &FileShare<T>, name: impl Fn(&T) -> Option<&'a str>) -> Vec<Paragraph> {
    let of_page = |page: &Page<T>| Paragraph::Section {
        title: format!("[`{}`]", page.name).into(),
        entries: page.groups.iter().map(|(group, _)| group.title()).collect(),
    };
    if let FileShare::Page(page) = part {
        return page.groups.iter().map(|(group, items)| links(group, items.iter().filter_map(&name))).collect();
    }
    if !part.pages().is_empty() {
        return part.pages().iter().map(of_page).collect();
    }
    let mut groups: BTreeMap<&Group, Vec<&T>> = BTreeMap::new();
    for module in part.modules() {
        groups.entry(&module.group).or_default().extend(&module.items);
    }
    groups.into_iter().map(|(group, items)| links(group, items.into_iter().filter_map(&name))).collect()
}

/// Links to the items of a group.
fn links<'a>(group: &Group, names: impl Iterator<Item = &'a str>) -> Paragraph {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    let entries = names.into_iter().map(|name| Text::from(type_link(name))).collect();
    Paragraph::Section { title: group.title(), entries }
}

fn types<T>(part: &FileShare<T>) -> Docs {
    match part {
        FileShare::Whole(_) | FileShare::Index(_) => Docs::line("The schemas of the document."),
        FileShare::Module(module) => of_group("The schemas for ", &module.group),
        FileShare::Page(_) => Docs::line("Schemas by the operations that use them."),
    }
}

fn operations<T>(part: &FileShare<T>) -> Docs {
    match part {
        FileShare::Whole(_) | FileShare::Index(_) => {
            Docs::line("A request type and an error type for each operation, shared by client and server.")
        }
        FileShare::Module(module) => of_group("Requests and errors of ", &module.group),
        FileShare::Page(_) => Docs::line("Requests by group."),
    }
}

/// What the fake is, and how it is used, shown for the first operation.
fn fake(krate: &Crate) -> Docs {
    let docs = Docs::line(format!("A fake of the API for tests: {}.", type_link(&krate.fake_name)));
    let Some(operation) = krate.operations.first() else { return docs };
    let docs =
        docs.text("Only the operations that a test is about get a handler; the others answer that they are not faked.");
    let example = Paragraph::Fake {
        root: krate.example_root(),
        fake: krate.fake_name.clone(),
        method: operation.method_name.clone(),
    };
    docs.with(example).text(format!(
        "`{}::from_document()` needs no handlers: each operation answers with what the document shows.",
        krate.fake_name
    ))
}
