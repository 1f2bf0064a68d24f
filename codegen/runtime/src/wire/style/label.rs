//! `label`, in paths: `.blue,black`, exploded `.blue.black`, and objects as `.R,100` or exploded `.R=100.G=200`.

#[cfg(feature = "server")]
use std::borrow::Cow;

use super::joined::{self, Delimiter};
use crate::param::ParameterTree;
use crate::param::{ParameterKind, ParameterSpec};
use crate::wire::escape::Escape;

#[cfg(feature = "client")]
pub(super) fn write(spec: &ParameterSpec, tree: &ParameterTree) -> Result<String, &'static str> {
    Ok(format!(".{}", joined::write(tree, delimiter(spec), spec.explode, Escape::of(spec))?))
}

#[cfg(feature = "server")]
pub(super) fn read(spec: &ParameterSpec, raw: &str) -> Result<ParameterTree, Cow<'static, str>> {
    let rest = raw.strip_prefix('.').ok_or("it does not start with a dot")?;
    joined::read(spec.kind, rest, delimiter(spec), spec.explode, Escape::of(spec))
}

const fn delimiter(spec: &ParameterSpec) -> Delimiter {
    // A single value may hold dots.
    let is_single = matches!(spec.kind, ParameterKind::Scalar | ParameterKind::Json);
    if spec.explode && !is_single { Delimiter::Dot } else { Delimiter::Comma }
}
