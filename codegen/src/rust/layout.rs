//! Which files a crate consists of, and what stands in each.
//!
//! Small crates have one file for each kind of item. Where such a file would be too long, its items stand in private modules
//! below it, and it gives them out again: the public path of an item never says in which file it stands.

use std::ops::Range;

use super::{
    CallbackId, CallbackKind, Docs, LinkId, Modules, OperationId, Prelude, RejectionTableId, ServerTraitId, Text,
    TypeId, WebhookId,
};

/// The files of a crate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Every file but `Cargo.toml`.
    pub files: Vec<File>,
    /// The traits that the server trait is made of, ordered by module; empty where it has every operation itself.
    pub server_traits: Vec<ServerTrait>,
    /// The traits of the tags, ordered by module, for implementations that are divided by them; empty where the API has one tag or none,
    /// or the server trait is made of [`server_traits`](Self::server_traits).
    pub tag_traits: Vec<ServerTrait>,
    /// The documentation of the server trait.
    pub trait_docs: Docs,
    /// What the crate says of its features.
    pub feature_docs: Docs,
}

impl Layout {
    /// Whether the server trait has no method of an operation itself, but is made of [`server_traits`](Self::server_traits).
    #[must_use]
    pub const fn is_server_divided(&self) -> bool {
        !self.server_traits.is_empty()
    }

    /// What an implementation of the server trait fulfils.
    #[must_use]
    pub fn server_bounds(&self) -> ServerBounds<'_> {
        if self.is_server_divided() { ServerBounds::Traits(&self.server_traits) } else { ServerBounds::Shareable }
    }

    /// The trait behind an id.
    #[must_use]
    pub fn server_trait(&self, id: ServerTraitId) -> Option<&ServerTrait> {
        self.server_traits.get(id.0)
    }
}

/// One file.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// Its path from the crate's folder, with `/` between its parts.
    pub path: String,
    /// What the file says of itself. The root has [`Crate::docs`](super::Crate::docs) in its place.
    pub docs: Docs,
    /// The modules below it.
    pub modules: Modules,
    /// What stands in it.
    pub contents: Contents,
}

/// What stands in a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Contents {
    /// The root of the crate: its documentation and modules.
    Root,
    /// Types made of schemas.
    Types(FileShare<TypeId>),
    /// Requests, responses and the tables of operations.
    Operations(FileShare<OperationId>),
    /// The client and its builder, with a method for each operation.
    Client(FileShare<OperationId>),
    /// The client's methods for a group of operations.
    ClientMethods {
        /// The operations.
        module: Module<OperationId>,
        /// The documentation of the block with the methods.
        docs: Docs,
    },
    /// The server trait and the service around it. The trait has a method for each operation, unless
    /// [`Layout::server_traits`] have them; these are those that it has itself.
    Server(Vec<OperationId>),
    /// One of [`Layout::server_traits`].
    ServerTrait(ServerTraitId),
    /// The documented errors in which rejections are written: the forms, and the tables. Modules below the
    /// file have tables only.
    Rejections(FileShare<RejectionTableId>),
    /// The fake of the API for tests, with the operations that the server trait has itself.
    Fake(Vec<OperationId>),
    /// The operations of the fake that one of [`Layout::server_traits`] has.
    FakeOperations(ServerTraitId),
    /// Requests, responses and tables of callbacks.
    Callbacks(CallbackKind, FileShare<CallbackId>),
    /// The receivers of callbacks.
    CallbackReceivers(CallbackKind, FileShare<CallbackId>),
    /// The senders of callbacks, and their addresses.
    CallbackSenders(CallbackKind, FileShare<CallbackId>),
    /// The links of responses.
    Links(FileShare<LinkId>),
    /// The payloads of webhooks.
    Webhooks(FileShare<WebhookId>),
    /// The receivers of webhooks.
    Receivers(FileShare<WebhookId>),
    /// The senders of webhooks.
    Senders(FileShare<WebhookId>),
}

/// A file's part of the items of one kind.
#[derive(Clone, Debug, PartialEq)]
pub enum FileShare<T> {
    /// All of them.
    Whole(Vec<T>),
    /// None: the modules below the file have them.
    Index(Index<T>),
    /// Those of one of these modules.
    Module(Module<T>),
    /// None: a page of the index names some of them.
    Page(Page<T>),
}

impl<T> FileShare<T> {
    /// The items that stand in the file itself.
    #[must_use]
    pub fn here(&self) -> &[T] {
        match self {
            Self::Whole(items) | Self::Module(Module { items, .. }) => items,
            Self::Index(_) | Self::Page(_) => &[],
        }
    }

    /// How many modules below the file of all items it stands.
    #[must_use]
    pub const fn depth(&self) -> usize {
        match self {
            Self::Whole(_) | Self::Index(_) => 0,
            Self::Module(_) | Self::Page(_) => 1,
        }
    }

    /// The modules below the file.
    #[must_use]
    pub fn modules(&self) -> &[Module<T>] {
        match self {
            Self::Index(index) => &index.modules,
            Self::Whole(_) | Self::Module(_) | Self::Page(_) => &[],
        }
    }

    /// The pages of the index below the file.
    #[must_use]
    pub fn pages(&self) -> &[Page<T>] {
        match self {
            Self::Index(index) => &index.pages,
            Self::Whole(_) | Self::Module(_) | Self::Page(_) => &[],
        }
    }
}

/// What stands below a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Index<T> {
    /// The modules with the items.
    pub modules: Vec<Module<T>>,
    /// Where the documentation says which items there are, as it would be too long for the file; else none.
    pub pages: Vec<Page<T>>,
}

/// A part of the documentation of a file: what items some groups have. It is a module that only rustdoc sees.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// Its name, and that of its file.
    pub name: String,
    /// The items of each group.
    pub groups: Vec<(Group, Vec<T>)>,
}

/// A private module with a part of the items of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Module<T> {
    /// Its name, ASCII in `snake_case`, and that of its file.
    pub name: String,
    /// What its items have in common; several modules may share a group.
    pub group: Group,
    /// The items.
    pub items: Vec<T>,
}

/// What belongs together in a crate of many files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Operations by their first tag, or without tags by the first telling segment of their paths; and the types that only
    /// these operations use.
    Of(String),
    /// The types that operations of several groups use, or none.
    Shared,
}

impl Group {
    /// Its operations, in the middle of a line: "operations of `Payouts`".
    #[must_use]
    pub fn operations(&self) -> Text {
        match self {
            Self::Of(name) if name.is_empty() => "operations without tag and path".into(),
            Self::Of(name) => Text::from("operations of ").code(name),
            Self::Shared => "operations of several groups, or of none".into(),
        }
    }

    /// What it is called in headings.
    #[must_use]
    pub fn title(&self) -> Text {
        match self {
            Self::Of(name) if name.is_empty() => "Without tag and path".into(),
            Self::Of(name) => Text::of_code(name),
            Self::Shared => "Of several groups, or of none".into(),
        }
    }
}

/// The server trait of one group of operations, or of a part of a large one.
///
/// The whole server trait is made of these where one trait would be too long for a file; elsewhere they stand beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerTrait {
    /// Its name: that of the whole trait, and the group's.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// The private module in which it stands.
    pub module: String,
    /// What its operations share.
    pub group: Group,
    /// Its operations.
    pub operations: Vec<OperationId>,
    /// The numbers of its routes, where the routes of all such traits are counted in their order.
    pub routes: Range<usize>,
}

/// What an implementation of the server trait fulfils.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ServerBounds<'a> {
    /// [`SHAREABLE`], because the trait has the operations itself.
    Shareable,
    /// The traits that it is made of.
    Traits(&'a [ServerTrait]),
}

/// A bound of a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// A trait of the prelude.
    Trait(Prelude),
    /// `'static`
    Static,
}

/// The bounds of a trait that has operations: requests are handled side by side on several threads.
pub const SHAREABLE: [Bound; 3] = [Bound::Trait(Prelude::Send), Bound::Trait(Prelude::Sync), Bound::Static];
