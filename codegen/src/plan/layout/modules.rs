//! The modules that each file declares, and what it gives out of them.

use crate::rust::{
    CLIENT, CLIENT_BUILDER, CREDENTIALS, Condition, Contents, Crate, ModuleDeclaration, Modules, Part, Reach, Reexport,
    SERVER, ServerTrait,
};

/// What a file with these contents declares, in a crate whose server trait is made of these traits.
pub(super) fn of(krate: &Crate, traits: &[ServerTrait], contents: &Contents) -> Modules {
    match contents {
        Contents::Root => of_root(krate),
        Contents::Types(part) => of_part(part, Reach::Public),
        Contents::Operations(part) => of_part(part, Reach::Public),
        Contents::CallbackReceivers(part) | Contents::CallbackSenders(part) => of_part(part, Reach::Public),
        Contents::Links(part) => of_part(part, Reach::Public),
        Contents::Receivers(part) | Contents::Senders(part) => of_part(part, Reach::Public),
        Contents::Callbacks(part) => received_and_sent(part),
        Contents::Webhooks(part) => received_and_sent(part),
        Contents::Client(part) => Modules { declared: of_part(part, Reach::Public).declared, reexports: Vec::new() },
        Contents::Rejections(part) => of_part(part, Reach::Crate),
        Contents::Server => of_server(krate, traits),
        Contents::Fake => Modules { declared: of_traits(traits).collect(), reexports: Vec::new() },
        Contents::ClientMethods { .. } | Contents::ServerTrait(_) | Contents::FakeOperations(_) => Modules::default(),
    }
}

/// The root: a module for each kind of item, and of client and operations what programs name most.
fn of_root(krate: &Crate) -> Modules {
    let (has_operations, sides) = (!krate.operations.is_empty(), Condition::ClientOrServer);
    let kinds = [
        ("callbacks", !krate.callbacks.is_empty(), sides),
        ("client", has_operations, Condition::Client),
        ("fake", has_operations, Condition::Fake),
        ("links", !krate.links.is_empty(), sides),
        ("operations", has_operations, sides),
        ("server", has_operations, Condition::Server),
        ("types", true, Condition::Always),
        ("webhooks", !krate.webhooks.is_empty(), Condition::Always),
    ];
    let declared = kinds.into_iter().filter(|(_, is_there, _)| *is_there);
    let declared = declared.map(|(name, _, condition)| declaration(name, Reach::Public, condition)).collect();
    if !has_operations {
        return Modules { declared, reexports: Vec::new() };
    }
    let client = [
        (CLIENT.name, true),
        (CLIENT_BUILDER.name, true),
        (CREDENTIALS.name, !krate.schemes.is_empty()),
        (SERVER.name, krate.bases.iter().any(|base| !base.choices.is_empty())),
    ];
    let client = client.into_iter().filter(|(_, is_there)| *is_there).map(|(name, _)| name.to_owned()).collect();
    let reexports = vec![
        Reexport { names: Some(client), ..everything("client", Reach::Public, Condition::Client) },
        everything("operations", Reach::Public, sides),
    ];
    Modules { declared, reexports }
}

/// The private modules of a part, whose items have the path of the file, and the pages of its index.
fn of_part<T>(part: &Part<T>, reach: Reach) -> Modules {
    let names = || part.modules().iter().map(|module| module.name.as_str());
    let modules = names().map(|name| declaration(name, Reach::Private, Condition::Always));
    let pages = part.pages().iter().map(|page| declaration(&page.name, Reach::Public, Condition::Rustdoc));
    let declared = modules.chain(pages).collect();
    Modules { declared, reexports: names().map(|name| everything(name, reach, Condition::Always)).collect() }
}

/// What the API sends: beside what it consists of, receiving it and sending it.
fn received_and_sent<T>(part: &Part<T>) -> Modules {
    let Modules { declared, reexports } = of_part(part, Reach::Public);
    if let Part::Module(_) = part {
        return Modules { declared, reexports };
    }
    let sides = [
        declaration("receive", Reach::Private, Condition::Server),
        declaration("send", Reach::Public, Condition::ClientAndServer),
    ];
    let received = [everything("receive", Reach::Public, Condition::Server)];
    Modules {
        declared: sides.into_iter().chain(declared).collect(),
        reexports: received.into_iter().chain(reexports).collect(),
    }
}

/// The traits that the server trait is made of, and the tables of rejections, which operations name.
fn of_server(krate: &Crate, traits: &[ServerTrait]) -> Modules {
    let has_rejections = !krate.error_forms.tables.is_empty();
    let rejections = has_rejections.then(|| declaration("rejections", Reach::Crate, Condition::Always));
    let reexports = traits.iter().map(|of| Reexport {
        names: Some(vec![of.name.clone()]),
        ..everything(&of.module, Reach::Public, Condition::Always)
    });
    Modules { declared: of_traits(traits).chain(rejections).collect(), reexports: reexports.collect() }
}

fn of_traits(traits: &[ServerTrait]) -> impl Iterator<Item = ModuleDeclaration> {
    traits.iter().map(|of| declaration(&of.module, Reach::Private, Condition::Always))
}

fn declaration(name: &str, reach: Reach, condition: Condition) -> ModuleDeclaration {
    ModuleDeclaration { name: name.to_owned(), reach, condition }
}

fn everything(module: &str, reach: Reach, condition: Condition) -> Reexport {
    Reexport { module: module.to_owned(), names: None, reach, condition }
}
