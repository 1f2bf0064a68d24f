//! In which file each item stands.
//!
//! Each kind of item has a file. Where that would be longer than [`FILE_LINES`], there is a module below it for each group of
//! operations, and for what one module cannot hold one for each of a few ranges of the alphabet. Files follow the size of a
//! crate, public paths do not: the file above re-exports what its modules have. An item that is added moves no other one, but
//! where it divides a file that has become too long, or where it makes a type that one group used one of several groups.

mod alphabetical_ranges;
mod doc_index;
mod files_in_module;
mod grouping;
mod line_estimates;
mod modules;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::docs::{crate_root, module_docs};
use crate::names::{self, disambiguate, module_name, numbered, type_name};
use crate::rust::fixed_modules::{self, FixedModule};
use crate::rust::{
    Callback, CallbackId, CallbackKind, Contents, Crate, File, FileShare, Group, Index, Layout, Link, LinkId, Module,
    OperationId, RejectionTable, RejectionTableId, SERVER, ServerTrait, ServerTraitId, TypeId, Webhook, WebhookId,
};
use alphabetical_ranges::Named;

/// How many lines a file may have, roughly.
///
/// A file of this length still opens at once in an editor and in the review tools of code hosts.
pub const FILE_LINES: usize = 2_500;

/// Plans the files of a crate from its finished items, with at most about so many lines in each, and what follows from them. What
/// [`Crate::layout`] has is not looked at.
///
/// A server trait that is longer than a file is made of one trait for each group of operations, and that of a group which is longer of
/// one for each range of the alphabet.
#[must_use]
pub fn layout(krate: &Crate, limit: usize) -> Layout {
    let plan = Plan::of(krate, limit);
    let server_traits = plan.server_traits();
    let tag_traits = if server_traits.is_empty() { plan.tag_traits() } else { Vec::new() };
    let files = plan.files(&server_traits);
    Layout {
        files: match &krate.module {
            Some(module) => files_in_module::in_module(files, module),
            None => files,
        },
        trait_docs: crate_root::of_trait(&krate.title, &server_traits, &tag_traits),
        feature_docs: crate_root::features(krate, &server_traits),
        server_traits,
        tag_traits,
    }
}

/// What decides where items stand.
struct Plan<'a> {
    krate: &'a Crate,
    limit: usize,
    /// The operations of each group.
    groups: BTreeMap<String, Vec<OperationId>>,
    /// The module of each group.
    modules: BTreeMap<String, String>,
}

/// The module of what no group alone uses.
const SHARED: &str = "shared";

/// Modules that the crate has already, by names that a group could have.
fn module_names() -> impl Iterator<Item = &'static str> {
    fixed_modules::ALL.iter().map(|module| module.name()).chain([SHARED])
}

impl<'a> Plan<'a> {
    fn of(krate: &'a Crate, limit: usize) -> Self {
        let groups = grouping::operations(&krate.operations);
        let texts: Vec<&str> = groups.keys().map(String::as_str).collect();
        let names =
            disambiguate(&texts, module_name, &module_names().collect::<Vec<_>>()).into_iter().map(|found| found.name);
        let modules = groups.keys().cloned().zip(names).collect();
        Self { krate, limit, groups, modules }
    }

    fn files(&self, traits: &[ServerTrait]) -> Vec<File> {
        let mut files = Files::default();
        files.add("src/lib.rs", Contents::Root);
        let types = self.with_pages(self.types(), |id| self.krate.item(*id).map(|item| item.name.as_str()));
        files.parts(fixed_modules::TYPES, types, Contents::Types);
        if !self.krate.operations.is_empty() {
            let name = |id: &OperationId| self.krate.operation(*id).map(|of| of.request.name.as_str());
            let operations = self.with_pages(self.operations(line_estimates::of_operation), name);
            files.parts(fixed_modules::OPERATIONS, operations, Contents::Operations);
            files.parts(fixed_modules::CLIENT, self.operations(line_estimates::of_client_method), client);
            let all = (0..self.krate.operations.len()).map(OperationId);
            let own: Vec<OperationId> = if traits.is_empty() { all.collect() } else { Vec::new() };
            files.one(fixed_modules::SERVER, Contents::Server(own.clone()));
            for (place, part) in traits.iter().enumerate() {
                files.inner(fixed_modules::SERVER, &part.module, Contents::ServerTrait(ServerTraitId(place)));
            }
            if !self.krate.rejection_forms.tables.is_empty() {
                files.parts(fixed_modules::REJECTIONS, self.rejections(), Contents::Rejections);
            }
            files.one(fixed_modules::FAKE, Contents::Fake(own));
            for (place, part) in traits.iter().enumerate() {
                files.inner(fixed_modules::FAKE, &part.module, Contents::FakeOperations(ServerTraitId(place)));
            }
        }
        self.sent_operations(CallbackKind::Callback, &mut files);
        self.sent_operations(CallbackKind::Webhook, &mut files);
        if !self.krate.links.is_empty() {
            files.parts(fixed_modules::LINKS, self.links(), Contents::Links);
        }
        if !self.krate.webhooks.is_empty() {
            files.parts(fixed_modules::WEBHOOKS, self.webhooks(line_estimates::of_payload), Contents::Webhooks);
            files.parts(fixed_modules::RECEIVERS, self.webhooks(line_estimates::of_receiver), Contents::Receivers);
            files.parts(fixed_modules::SENDERS, self.webhooks(line_estimates::of_sender), Contents::Senders);
        }
        let root = modules::of_root(&files.0, &self.krate.fixed_types);
        let files = files.0.into_par_iter().map(|(path, contents)| File {
            path,
            docs: module_docs::of(self.krate, traits, &contents),
            modules: match &contents {
                Contents::Root => root.clone(),
                contents => modules::of(self.krate, traits, contents),
            },
            contents,
        });
        files.collect()
    }

    /// The types: each in the module of the operations that alone use it, or in the one of what is shared.
    fn types(&self) -> FileShare<TypeId> {
        let krate = self.krate;
        let named = |(place, item): (usize, &crate::rust::Item)| Named {
            name: names::value_name(&item.name),
            lines: line_estimates::of_type(item),
            item: TypeId(place),
        };
        let all: Vec<Named<TypeId>> = krate.types.par_iter().enumerate().map(named).collect();
        if self.fits(&all) {
            return whole(all);
        }
        let owners = grouping::types(krate, &self.groups);
        let mut groups: BTreeMap<Group, Vec<Named<TypeId>>> = BTreeMap::new();
        for (one, owner) in all.into_iter().zip(owners) {
            groups.entry(owner).or_default().push(one);
        }
        FileShare::Index(self.divided(groups))
    }

    /// The operations, each in the module of its group.
    fn operations(&self, lines: impl Fn(&crate::rust::Operation) -> usize + Sync) -> FileShare<OperationId> {
        let lines: Vec<usize> = self.krate.operations.par_iter().map(&lines).collect();
        let named = |id: OperationId| {
            let operation = self.krate.operation(id)?;
            Some(Named { name: operation.method_name.clone(), lines: *lines.get(id.0)?, item: id })
        };
        let ids = (0..self.krate.operations.len()).map(OperationId);
        let all: Vec<Named<OperationId>> = ids.filter_map(named).collect();
        if self.fits(&all) {
            return whole(all);
        }
        let of_group = |(group, ids): (&String, &Vec<OperationId>)| {
            (Group::Of(group.clone()), ids.iter().copied().filter_map(named).collect())
        };
        FileShare::Index(self.divided(self.groups.iter().map(of_group).collect()))
    }

    /// The webhooks, which are no operations of a group.
    fn webhooks(&self, lines: fn(&Webhook) -> usize) -> FileShare<WebhookId> {
        let named = |(place, webhook): (usize, &Webhook)| Named {
            name: webhook.function.clone(),
            lines: lines(webhook),
            item: WebhookId(place),
        };
        self.ranges(fixed_modules::WEBHOOKS, self.krate.webhooks.iter().enumerate().map(named).collect())
    }

    /// The files of the operations of one kind that the API sends.
    fn sent_operations(&self, kind: CallbackKind, files: &mut Files) {
        if self.krate.callbacks.iter().all(|callback| callback.kind != kind) {
            return;
        }
        let of_operation = |of: &Callback| line_estimates::of_operation(&of.operation);
        files.parts(kind.module(), self.callbacks(kind, of_operation), |part| Contents::Callbacks(kind, part));
        let receivers = self.callbacks(kind, line_estimates::of_callback_receiver);
        files.parts(kind.receivers(), receivers, |part| Contents::CallbackReceivers(kind, part));
        let senders = self.callbacks(kind, line_estimates::of_callback_sender);
        files.parts(kind.senders(), senders, |part| Contents::CallbackSenders(kind, part));
    }

    /// The callbacks or the webhooks, which are no operations of a group.
    fn callbacks(&self, kind: CallbackKind, lines: impl Fn(&Callback) -> usize) -> FileShare<CallbackId> {
        let named = |(place, callback): (usize, &Callback)| Named {
            name: callback.operation.method_name.clone(),
            lines: lines(callback),
            item: CallbackId(place),
        };
        let all = self.krate.callbacks.iter().enumerate().filter(|(_, callback)| callback.kind == kind);
        self.ranges(kind.module(), all.map(named).collect())
    }

    /// The tables of what operations document for rejections. Their names differ in their numbers.
    fn rejections(&self) -> FileShare<RejectionTableId> {
        let named = |(place, table): (usize, &RejectionTable)| Named {
            name: table.name.trim_start_matches(|letter: char| !letter.is_ascii_digit()).to_owned(),
            lines: line_estimates::of_rejections(table),
            item: RejectionTableId(place),
        };
        self.ranges(
            fixed_modules::REJECTIONS,
            self.krate.rejection_forms.tables.iter().enumerate().map(named).collect(),
        )
    }

    /// The links, which lead from one group to another.
    fn links(&self) -> FileShare<LinkId> {
        let named = |(place, link): (usize, &Link)| Named {
            name: link.function.clone(),
            lines: line_estimates::of_link(link),
            item: LinkId(place),
        };
        self.ranges(fixed_modules::LINKS, self.krate.links.iter().enumerate().map(named).collect())
    }

    /// What has no groups: in modules for ranges of the alphabet, where it is too long for its file.
    fn ranges<T>(&self, module: FixedModule, all: Vec<Named<T>>) -> FileShare<T> {
        if self.fits(&all) {
            return whole(all);
        }
        let mut taken = self.taken();
        let modules = alphabetical_ranges::ranges(all, self.limit).into_iter().map(|range| Module {
            name: numbered(format!("{}_{}", module.name(), range.label).trim_end_matches('_'), &mut taken),
            group: Group::Shared,
            items: range.items,
        });
        let mut modules: Vec<Module<T>> = modules.collect();
        modules.sort_by(|one, other| one.name.cmp(&other.name));
        FileShare::Index(Index { modules, pages: Vec::new() })
    }

    fn fits<T>(&self, items: &[Named<T>]) -> bool {
        items.iter().map(|item| item.lines).sum::<usize>() <= self.limit
    }

    /// A module for each group, or several for one that is too large.
    fn divided<T>(&self, groups: BTreeMap<Group, Vec<Named<T>>>) -> Index<T> {
        let mut taken = self.taken();
        let mut modules = Vec::new();
        for (group, items) in groups {
            let of = self.module(&group);
            for range in alphabetical_ranges::ranges(items, self.limit) {
                let name = if range.label.is_empty() {
                    of.to_owned()
                } else {
                    numbered(&format!("{}_{}", of.trim_end_matches('_'), range.label), &mut taken)
                };
                modules.push(Module { name, group: group.clone(), items: range.items });
            }
        }
        modules.sort_by(|one, other| one.name.cmp(&other.name));
        Index { modules, pages: Vec::new() }
    }

    /// A part with pages for its index, where that is too long for its file.
    fn with_pages<T: Clone>(&self, part: FileShare<T>, name: impl Fn(&T) -> Option<&'a str>) -> FileShare<T> {
        let FileShare::Index(Index { modules, .. }) = part else { return part };
        let module_of = |group: &Group| self.module(group).to_owned();
        let pages = doc_index::pages(&modules, self.limit, module_of, |item| name(item).unwrap_or_default());
        FileShare::Index(Index { modules, pages })
    }

    /// The module of a group.
    fn module(&self, group: &Group) -> &str {
        match group {
            Group::Of(text) => self.modules.get(text).map_or(SHARED, String::as_str),
            Group::Shared => SHARED,
        }
    }

    /// The names of modules that groups have.
    fn taken(&self) -> BTreeSet<String> {
        module_names().map(str::to_owned).chain(self.modules.values().cloned()).collect()
    }

    /// The traits that the server trait is made of; none where it is short enough to be one.
    fn server_traits(&self) -> Vec<ServerTrait> {
        let modules = match self.operations(line_estimates::of_server_method) {
            FileShare::Index(index) if index.modules.len() > 1 => index.modules,
            _ => return Vec::new(),
        };
        self.traits(modules)
    }

    /// A trait for each group of operations, where the document gives its operations several tags.
    fn tag_traits(&self) -> Vec<ServerTrait> {
        let tags: BTreeSet<&str> = self.krate.operations.iter().filter_map(grouping::tag).collect();
        if tags.len() < 2 {
            return Vec::new();
        }
        let modules = self.groups.iter().map(|(text, operations)| {
            let group = Group::Of(text.clone());
            Module { name: self.module(&group).to_owned(), group, items: operations.clone() }
        });
        let mut modules: Vec<Module<OperationId>> = modules.collect();
        modules.sort_by(|one, other| one.name.cmp(&other.name));
        self.traits(modules)
    }

    /// A trait for each of some modules of operations.
    fn traits(&self, modules: Vec<Module<OperationId>>) -> Vec<ServerTrait> {
        let texts: Vec<String> = modules.iter().map(|module| self.distinction(module)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let suffixes = disambiguate(&texts, type_name, &[SERVER.name]).into_iter().map(|found| found.name);
        let mut routes = 0..0;
        let traits = modules.into_iter().zip(suffixes).map(|(module, suffix)| {
            routes = routes.end..routes.end + module.items.len();
            ServerTrait {
                name: names::companion_name(&self.krate.trait_name, &suffix),
                docs: module_docs::of_group("The ", &module.group)
                    .followed_by(module_docs::of_tag(self.krate, &module.group)),
                module: module.name,
                group: module.group,
                operations: module.items,
                routes: routes.clone(),
            }
        });
        traits.collect()
    }

    /// What tells a module of operations from others: its group, and its range of the alphabet.
    fn distinction(&self, module: &Module<OperationId>) -> String {
        let (Group::Of(text), of) = (&module.group, self.module(&module.group)) else { return SHARED.to_owned() };
        match module.name.strip_prefix(of.trim_end_matches('_')).map(|range| range.trim_start_matches('_')) {
            Some(range) if module.name != of => format!("{text} {range}"),
            _ => text.clone(),
        }
    }
}

/// All items in one file.
fn whole<T>(all: Vec<Named<T>>) -> FileShare<T> {
    FileShare::Whole(all.into_iter().map(|one| one.item).collect())
}

/// The client with a part of its methods, or the methods of a module.
fn client(part: FileShare<OperationId>) -> Contents {
    match part {
        FileShare::Module(module) => {
            Contents::ClientMethods { docs: module_docs::of_group("Calls of ", &module.group), module }
        }
        part => Contents::Client(part),
    }
}

/// The files so far, by their paths.
#[derive(Default)]
struct Files(Vec<(String, Contents)>);

impl Files {
    fn add(&mut self, path: impl Into<String>, contents: Contents) {
        self.0.push((path.into(), contents));
    }

    /// The file of a module.
    fn one(&mut self, module: FixedModule, contents: Contents) {
        self.add(format!("{}.rs", module.file_stem()), contents);
    }

    /// The file of a module inside of another one.
    fn inner(&mut self, module: FixedModule, name: &str, contents: Contents) {
        self.add(format!("{}/{name}.rs", module.file_stem()), contents);
    }

    /// The file of a module, and one for each module below it.
    fn parts<T: Clone>(&mut self, of: FixedModule, part: FileShare<T>, contents: impl Fn(FileShare<T>) -> Contents) {
        let (modules, pages) = (part.modules().to_vec(), part.pages().to_vec());
        self.one(of, contents(part));
        for module in modules {
            self.inner(of, &module.name.clone(), contents(FileShare::Module(module)));
        }
        for page in pages {
            self.inner(of, &page.name.clone(), contents(FileShare::Page(page)));
        }
    }
}

#[cfg(test)]
mod tests;
