//! Text to a located tree: one [`Node`] per file, whatever the format it is written in.
//!
//! A tree is any YAML or JSON; what its keys mean is the business of the grammar, which is checked when references are resolved.

mod check;
mod duplicates;
mod gather;
pub(crate) mod grammar;
mod json;
mod json_text;
pub(crate) mod later;
mod limits;
mod node;
pub mod object;
pub mod pointer;
mod read;
mod scalar;
pub mod schema;
pub mod step;
mod suggest;
mod template;
mod typed;
mod version;
mod yaml;

pub use node::{Key, Mapping, Node, Scalar, Value};
pub use scalar::ScalarKind;

pub use check::Strictness;
pub(crate) use check::{Checker, Site, is_ambiguous};
pub use gather::gather;
pub(crate) use limits::{BRANCHES, COPIES, DEPTH, PARTS, PARTS_OF_ONE};
pub(crate) use read::tree;
pub use read::{Documents, read};
pub(crate) use suggest::closest;
pub(crate) use template::{match_names, template_names};
pub(crate) use typed::typed;
pub(crate) use version::Version;
