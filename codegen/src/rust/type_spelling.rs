//! How Rust writes the types of values, and the names of its prelude.

use super::{EnumValues, PresentedCredential, Type, TypeId};
use crate::rust_identifiers::last_segment;

/// A type as it is written: its name, and types in angle brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling<'a> {
    /// The name.
    pub name: TypeName<'a>,
    /// The types in angle brackets; none without them.
    pub arguments: Vec<Spelling<'a>>,
}

/// The name of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeName<'a> {
    /// That of a type of this crate.
    Document(TypeId),
    /// That of an enum that stands beside a request.
    BesideRequest(&'a str),
    /// A primitive type: `bool`.
    Primitive(&'static str),
    /// A type of the prelude: `String`.
    InPrelude(Prelude),
    /// A type of the runtime or the standard library, by its path: `specie_runtime::Decimal`.
    Path(&'static str),
}

impl<'a> Spelling<'a> {
    const fn plain(name: TypeName<'a>) -> Self {
        Self { name, arguments: Vec::new() }
    }

    fn around(name: TypeName<'a>, argument: Self) -> Self {
        Self { name, arguments: vec![argument] }
    }
}

impl Type {
    /// How the type is written.
    #[must_use]
    pub fn spelling(&self) -> Spelling<'_> {
        use TypeName::{BesideRequest, Document, InPrelude, Path, Primitive};
        let name = match self {
            Self::Named(id) => Document(*id),
            Self::MediaEnum(of) => BesideRequest(&of.name),
            Self::Parts(name) => BesideRequest(name),
            Self::String => InPrelude(Prelude::String),
            Self::Bool => Primitive("bool"),
            Self::I32 => Primitive("i32"),
            Self::I64 => Primitive("i64"),
            Self::U32 => Primitive("u32"),
            Self::U64 => Primitive("u64"),
            Self::F64 => Primitive("f64"),
            Self::Decimal => Path("specie_runtime::Decimal"),
            Self::LongDecimal => Path("specie_runtime::LongDecimal"),
            Self::Date => Path("specie_runtime::Date"),
            Self::DateTime => Path("specie_runtime::DateTime"),
            Self::Time => Path("specie_runtime::Time"),
            Self::Duration => Path("specie_runtime::Duration"),
            Self::Uuid => Path("specie_runtime::Uuid"),
            Self::Uri => Path("specie_runtime::Uri"),
            Self::UnixTime => Path("specie_runtime::UnixTime"),
            Self::Base64 => Path("specie_runtime::Base64"),
            Self::Base64Url => Path("specie_runtime::Base64Url"),
            Self::Body => Path("specie_runtime::Body"),
            Self::File => Path("specie_runtime::FilePart"),
            Self::Never => Path("specie_runtime::Never"),
            Self::Json => Path("specie_runtime::Json"),
            Self::JsonObject => Path("specie_runtime::JsonObject"),
            Self::QuotedDecimal => return Spelling::around(Path("specie_runtime::Quoted"), Self::Decimal.spelling()),
            Self::Bytes => return Spelling::around(InPrelude(Prelude::Vec), Spelling::plain(Primitive("u8"))),
            Self::List(item) => return Spelling::around(InPrelude(Prelude::Vec), item.spelling()),
            Self::Option(inner) => return Spelling::around(InPrelude(Prelude::Option), inner.spelling()),
            Self::Boxed(inner) => return Spelling::around(InPrelude(Prelude::Box), inner.spelling()),
            Self::Secret(inner) => return Spelling::around(Path("specie_runtime::Secret"), inner.spelling()),
            Self::Patch(inner) => return Spelling::around(Path("specie_runtime::Patch"), inner.spelling()),
            Self::Maybe(inner) => return Spelling::around(Path("specie_runtime::Maybe"), inner.spelling()),
            Self::Items(item) => return Spelling::around(Path("specie_runtime::ItemStream"), item.spelling()),
            Self::Events(data) => {
                let event = Spelling::around(Path("specie_runtime::Event"), data.spelling());
                return Spelling::around(Path("specie_runtime::ItemStream"), event);
            }
            Self::Map(value) => {
                let arguments = vec![Self::String.spelling(), value.spelling()];
                return Spelling { name: Path("std::collections::BTreeMap"), arguments };
            }
        };
        Spelling::plain(name)
    }
}

impl EnumValues {
    /// How the type of a value that the document does not list is written.
    #[must_use]
    pub const fn unlisted_spelling(self) -> Spelling<'static> {
        Spelling::plain(TypeName::Path(match self {
            Self::Strings => "specie_runtime::Unrecognized",
            Self::Integers => "specie_runtime::UnrecognizedInteger",
        }))
    }
}

impl PresentedCredential {
    /// How its type is written.
    #[must_use]
    pub fn spelling(self) -> Spelling<'static> {
        match self {
            Self::NameAndPassword => Spelling::plain(TypeName::Path("specie_runtime::server::BasicCredentials")),
            Self::Secret => {
                let text = Spelling::plain(TypeName::InPrelude(Prelude::String));
                Spelling::around(TypeName::Path("specie_runtime::Secret"), text)
            }
        }
    }
}

/// A name of the prelude.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prelude {
    /// `Box`
    Box,
    /// `Default`
    Default,
    /// `From`
    From,
    /// `Future`
    Future,
    /// `Into`
    Into,
    /// `Option`
    Option,
    /// `Result`
    Result,
    /// `Send`
    Send,
    /// `Some`
    Some,
    /// `String`
    String,
    /// `Sync`
    Sync,
    /// `Vec`
    Vec,
}

impl Prelude {
    /// The name.
    #[must_use]
    pub fn name(self) -> &'static str {
        last_segment(self.path())
    }

    /// Whether the prelude of every edition that a crate around a module may have has it.
    #[must_use]
    pub const fn is_in_every_edition(self) -> bool {
        !matches!(self, Self::Future)
    }

    /// Where the prelude takes it from.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Box => "std::boxed::Box",
            Self::Default => "std::default::Default",
            Self::From => "std::convert::From",
            Self::Future => "std::future::Future",
            Self::Into => "std::convert::Into",
            Self::Option => "std::option::Option",
            Self::Result => "std::result::Result",
            Self::Send => "std::marker::Send",
            Self::Some => "std::option::Option::Some",
            Self::String => "std::string::String",
            Self::Sync => "std::marker::Sync",
            Self::Vec => "std::vec::Vec",
        }
    }
}
