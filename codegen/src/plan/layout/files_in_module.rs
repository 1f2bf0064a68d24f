//! The files of a module in a crate of the user's own: what a crate leaves to its features is decided here.

use std::collections::BTreeSet;

use crate::rust::{Condition, File, GeneratedModule, ModuleDeclaration, Modules, Reexport, Side};

/// The file of the module itself.
const ROOT: &str = "mod.rs";

/// The files of a crate as those of a module, from its folder on: without the sides that it does not have.
pub(super) fn in_module(files: Vec<File>, module: &GeneratedModule) -> Vec<File> {
    let files =
        files.into_iter().map(|file| File { path: path(&file.path), modules: decided(file.modules, module), ..file });
    let mut files: Vec<File> = files.collect();
    let reached = reached(&files);
    files.retain(|file| reached.contains(&file.path));
    files
}

fn path(of_crate: &str) -> String {
    let path = of_crate.strip_prefix("src/").unwrap_or(of_crate);
    if path == "lib.rs" { ROOT.to_owned() } else { path.to_owned() }
}

fn decided(modules: Modules, module: &GeneratedModule) -> Modules {
    let declared = modules.declared.into_iter().filter_map(|one| {
        let condition = left(one.condition, module)?;
        Some(ModuleDeclaration { condition, ..one })
    });
    let reexports = modules.reexports.into_iter().filter_map(|one| {
        let condition = left(one.condition, module)?;
        Some(Reexport { condition, ..one })
    });
    Modules { declared: declared.collect(), reexports: reexports.collect() }
}

/// What is left of a condition where the sides are known; `None` where it does not hold.
fn left(condition: Condition, module: &GeneratedModule) -> Option<Condition> {
    let (client, server) = (module.has(Side::Client), module.has(Side::Server));
    let holds = match condition {
        Condition::Rustdoc => return Some(Condition::Rustdoc),
        Condition::Always => true,
        Condition::Client => client,
        Condition::Server => server,
        Condition::Fake => module.has(Side::Fake),
        Condition::ClientOrServer => client || server,
        Condition::ClientAndServer => client && server,
    };
    holds.then_some(Condition::Always)
}

/// The paths of the files that declarations lead to, from the root on.
fn reached(files: &[File]) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open = vec![ROOT.to_owned()];
    while let Some(path) = open.pop() {
        if let Some(file) = files.iter().find(|file| file.path == path) {
            let folder = if path == ROOT { String::new() } else { format!("{}/", path.trim_end_matches(".rs")) };
            open.extend(file.modules.declared.iter().map(|below| format!("{folder}{}.rs", below.name)));
            reached.insert(path);
        }
    }
    reached
}
