//! What the server knows of an operation: [`Route`].

use super::body_spec::BodySpec;
use super::documented_rejection::DocumentedRejection;
use crate::operation::OperationSpec;

/// An operation as the server sees it.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    pub(crate) spec: &'static OperationSpec,
    pub(crate) body: BodySpec,
    pub(super) rejections: &'static [DocumentedRejection],
}
