//! Text to a located tree: one [`Node`] per file, whatever the format it is written in.
//!
//! A tree is any YAML or JSON; what its keys mean is the business of the [`grammar`](crate::grammar).

mod duplicates;
mod gather;
mod json;
mod json_text;
mod limits;
mod node;
pub mod pointer;
mod read;
pub(crate) mod scalar;
mod yaml;

pub use gather::{gather, gather_with_overlays};
pub(crate) use limits::{BRANCHES, COPIES, DEPTH, PARTS, PARTS_OF_ONE};
pub(crate) use node::part_of;
pub use node::{Key, Mapping, Node, Scalar, Value};
pub(crate) use read::tree;
pub use read::{Documents, read};
pub use scalar::ScalarKind;
