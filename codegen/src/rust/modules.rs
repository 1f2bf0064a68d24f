//! The modules that a file declares, what it re-exports from them, and which lints do not apply to code that is no crate of its own.

/// What a file says of the modules below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Modules {
    /// The modules, in the order of their declarations.
    pub declared: Vec<ModuleDeclaration>,
    /// What of them has a path of the file too.
    pub reexports: Vec<Reexport>,
}

/// `mod name;`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleDeclaration {
    /// Its name, and that of its file.
    pub name: String,
    /// Who sees it.
    pub reach: Reach,
    /// What it is compiled with.
    pub condition: Condition,
}

/// `use name::…;` of a module below a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reexport {
    /// The module.
    pub module: String,
    /// The names; `None`: all that are visible.
    pub names: Option<Vec<String>>,
    /// Who sees them under the path of the file.
    pub reach: Reach,
    /// What it is compiled with.
    pub condition: Condition,
}

/// Who sees a module or a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The file, and the modules below it.
    Private,
    /// The crate.
    Crate,
    /// Everybody.
    Public,
}

/// What an item is compiled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Always.
    Always,
    /// The feature `client`.
    Client,
    /// The feature `server`.
    Server,
    /// The feature `fake`.
    Fake,
    /// One of the features `client` and `server`.
    ClientOrServer,
    /// Both of the features `client` and `server`.
    ClientAndServer,
    /// By rustdoc alone.
    Rustdoc,
}

/// What a root states for all that stands below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootAttribute {
    /// The exemptions from [`MODULE_LINTS`], which the root of a module has.
    ModuleLints,
    /// How deep rustc goes into types, which the root of a crate can say.
    RecursionLimit(usize),
}

/// Lints that report what a crate does not use or re-export of a module, each list with the reason for its exemption.
pub const MODULE_LINTS: &[(&[&str], &str)] = &[
    (&["dead_code", "unreachable_pub", "unused_imports"], "a crate need not use all of the API, nor give it out"),
    (&["clippy::missing_errors_doc", "clippy::module_name_repetitions"], "errors are described on their types"),
];
