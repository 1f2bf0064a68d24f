//! The modules that each file declares, and what it re-exports from them.

use crate::rust::{
    Condition, Contents, Crate, FileShare, FixedTypes, ModuleDeclaration, Modules, Reach, Reexport, ServerTrait,
    fixed_modules,
};

/// What a file but the root declares with these contents, in a crate whose server trait is made of these traits.
pub(super) fn of(krate: &Crate, traits: &[ServerTrait], contents: &Contents) -> Modules {
    match contents {
        Contents::Types(part) => of_part(part, Reach::Public),
        Contents::Operations(part) => of_part(part, Reach::Public),
        Contents::CallbackReceivers(_, part) | Contents::CallbackSenders(_, part) => of_part(part, Reach::Public),
        Contents::Links(part) => of_part(part, Reach::Public),
        Contents::Receivers(part) | Contents::Senders(part) => of_part(part, Reach::Public),
        Contents::Callbacks(_, part) => received_and_sent(part),
        Contents::Webhooks(part) => received_and_sent(part),
        Contents::Client(part) => Modules { declared: of_part(part, Reach::Public).declared, reexports: Vec::new() },
        Contents::Rejections(part) => of_part(part, Reach::Crate),
        Contents::Server(_) => of_server(krate, traits),
        Contents::Fake(_) => Modules { declared: of_traits(traits).collect(), reexports: Vec::new() },
        Contents::Root | Contents::ClientMethods { .. } | Contents::ServerTrait(_) | Contents::FakeOperations(_) => {
            Modules::default()
        }
    }
}

/// The root of these files: a module for each kind of item, and of client and operations what programs name most.
pub(super) fn of_root(files: &[(String, Contents)], fixed_types: &FixedTypes) -> Modules {
    let declared = files.iter().filter_map(|(path, contents)| {
        let name = path.strip_prefix("src/")?.strip_suffix(".rs").filter(|name| !name.contains('/'))?;
        Some(declaration(name, Reach::Public, condition(contents)?))
    });
    let mut declared: Vec<ModuleDeclaration> = declared.collect();
    declared.sort_by(|one, other| one.name.cmp(&other.name));
    if fixed_types.client.is_empty() {
        return Modules { declared, reexports: Vec::new() };
    }
    let mut client: Vec<String> = fixed_types.client.iter().map(|of| of.name.to_owned()).collect();
    client.sort_unstable();
    let reexports = vec![
        Reexport { names: Some(client), ..everything(fixed_modules::CLIENT.name(), Reach::Public, Condition::Client) },
        everything(fixed_modules::OPERATIONS.name(), Reach::Public, Condition::ClientOrServer),
    ];
    Modules { declared, reexports }
}

/// What a module that the root declares is compiled with; `None` for what is the root, or stands below another file.
const fn condition(contents: &Contents) -> Option<Condition> {
    match contents {
        Contents::Types(_) | Contents::Webhooks(_) => Some(Condition::Always),
        Contents::Client(_) => Some(Condition::Client),
        Contents::Server(_) => Some(Condition::Server),
        Contents::Fake(_) => Some(Condition::Fake),
        Contents::Operations(_) | Contents::Callbacks(..) | Contents::Links(_) => Some(Condition::ClientOrServer),
        _ => None,
    }
}

/// The private modules of a part, whose items have the path of the file, and the pages of its index.
fn of_part<T>(part: &FileShare<T>, reach: Reach) -> Modules {
    let names = || part.modules().iter().map(|module| module.name.as_str());
    let modules = names().map(|name| declaration(name, Reach::Private, Condition::Always));
    let pages = part.pages().iter().map(|page| declaration(&page.name, Reach::Public, Condition::Rustdoc));
    let declared = modules.chain(pages).collect();
    Modules { declared, reexports: names().map(|name| everything(name, reach, Condition::Always)).collect() }
}

/// What the API sends: beside what it consists of, receiving it and sending it.
fn received_and_sent<T>(part: &FileShare<T>) -> Modules {
    let Modules { declared, reexports } = of_part(part, Reach::Public);
    if let FileShare::Module(_) = part {
        return Modules { declared, reexports };
    }
    // Callbacks and webhooks call them the same.
    let (receivers, senders) = (fixed_modules::RECEIVERS.name(), fixed_modules::SENDERS.name());
    let sides = [
        declaration(receivers, Reach::Private, Condition::Server),
        declaration(senders, Reach::Public, Condition::ClientAndServer),
    ];
    let received = [everything(receivers, Reach::Public, Condition::Server)];
    Modules {
        declared: sides.into_iter().chain(declared).collect(),
        reexports: received.into_iter().chain(reexports).collect(),
    }
}

/// The traits that the server trait is made of, and the tables of rejections, which operations name.
fn of_server(krate: &Crate, traits: &[ServerTrait]) -> Modules {
    let has_rejections = !krate.rejection_forms.tables.is_empty();
    let rejections =
        has_rejections.then(|| declaration(fixed_modules::REJECTIONS.name(), Reach::Crate, Condition::Always));
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
