//! Text to a located tree: one [`Node`] per file, whatever the format it is written in.
//!
//! A tree is any YAML or JSON; what its keys mean is the business of the [`grammar`](crate::grammar).

mod duplicates;
mod json;
mod node;
mod read;
pub(crate) mod reference_lookup;
mod referenced_files;
pub(crate) mod scalar;
mod to_json;
mod yaml;

pub(crate) use node::part_of;
pub use node::{Key, Mapping, Node, Scalar, Value};
pub(crate) use read::tree;
pub use read::{Documents, Input, read};
pub use referenced_files::{Gathered, gather, gather_with_overlays};
pub use scalar::ScalarKind;
