//! `simple`, in paths and headers: `blue,black`, and objects as `R,100,G,200` or exploded `R=100,G=200`.

use std::borrow::Cow;

use super::joined::{self, Delimiter};
use crate::param::ParameterKind;
use crate::param::ParameterSpec;
use crate::param::ParameterTree;
use crate::wire::escape::Escape;
use crate::wire::header;

pub(super) fn write(spec: &ParameterSpec, tree: &ParameterTree) -> Result<String, &'static str> {
    joined::write(tree, Delimiter::Comma, spec.explode, Escape::of(spec))
}

pub(super) fn read(spec: &ParameterSpec, raw: &str) -> Result<ParameterTree, Cow<'static, str>> {
    joined::read(spec.kind, raw, Delimiter::Comma, spec.explode, Escape::of(spec))
}

/// Reads a header. Fields of one name are one list; a single value stands once.
pub(super) fn read_header(spec: &ParameterSpec, lines: &[&str]) -> Result<Option<ParameterTree>, Cow<'static, str>> {
    match (spec.kind, lines) {
        (_, []) => Ok(None),
        (ParameterKind::Scalar | ParameterKind::Json | ParameterKind::Any, [line]) => {
            Ok(Some(ParameterTree::Text((*line).to_owned())))
        }
        (ParameterKind::Scalar | ParameterKind::Json, _) => Err("it is there more than once".into()),
        (ParameterKind::Any, _) => read_list(&header::joined(lines)).map(Some),
        _ => read(spec, &header::joined(lines)).map(Some),
    }
}

fn read_list(line: &str) -> Result<ParameterTree, Cow<'static, str>> {
    joined::read(ParameterKind::List, line, Delimiter::Comma, false, Escape::Header)
}
