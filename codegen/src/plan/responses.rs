//! Responses: what a success gives, and a variant for each documented error.

use super::context::{Context, OperationNames};
use super::docs;
use super::unions::{self, lints};
use crate::api::reason_phrase;
use crate::ir::{MediaKind, Operation, Reply, Status, TypeKind, TypeRef};
use crate::rust::{BodyKind, Conversion, Docs, Response, ResponseBody, ResponseEnum, Success};

/// What a successful call gives.
pub(super) fn success(context: &Context<'_>, operation: &Operation, names: &OperationNames) -> Success {
    match operation.successes.as_slice() {
        [] => Success::Undocumented,
        [only] => Success::One(response(context, only, |_| false)),
        several => Success::Several(successes(context, operation, names, several)),
    }
}

fn successes(context: &Context<'_>, operation: &Operation, names: &OperationNames, several: &[Reply]) -> ResponseEnum {
    let bodies = |reply: &Reply| reply.body.as_ref().map(|(_, _, ty)| context.canonical(ty));
    let fixed = several.iter().filter(|reply| matches!(reply.status, Status::Code(_)));
    let types: Vec<TypeRef> = fixed.filter_map(bodies).collect();
    let responses = several.iter().map(|reply| {
        let ty = bodies(reply).filter(|_| matches!(reply.status, Status::Code(_)));
        let conversion = ty.map_or(Conversion::None, |ty| {
            unions::conversion(types.iter().filter(|other| **other == ty).count() == 1, &ty)
        });
        Response { conversion, ..response(context, reply, |_| false) }
    });
    ResponseEnum {
        name: names.output.clone(),
        docs: Docs::line(format!("Every success that the document gives [`{}`].", operation.type_name)),
        lints: lints(several.iter().filter_map(|reply| reply.body.as_ref()).map(|(_, _, ty)| context.size(ty)).max()),
        responses: responses.collect(),
    }
}

/// The error enum; nothing where the document has no errors.
pub(super) fn errors(context: &Context<'_>, operation: &Operation, names: &OperationNames) -> Option<ResponseEnum> {
    (!operation.errors.is_empty()).then(|| ResponseEnum {
        name: names.error.clone(),
        docs: Docs::line(format!("Every error that the document gives [`{}`].", operation.type_name)),
        lints: Vec::new(),
        responses: operation.errors.iter().map(|reply| response(context, reply, |ty| is_object(context, ty))).collect(),
    })
}

fn response(context: &Context<'_>, reply: &Reply, boxed: impl Fn(&TypeRef) -> bool) -> Response {
    Response {
        status: reply.status,
        variant: reply.variant.clone(),
        body: reply.body.as_ref().map(|(kind, media_type, ty)| ResponseBody {
            kind: body_kind(*kind),
            media_type: media_type.clone(),
            value: context.rust_type(ty),
            boxed: boxed(ty),
        }),
        docs: docs::document(Docs::line(status(reply.status)), &reply.docs),
        headers: reply.headers.iter().map(|(name, _)| name.clone()).collect(),
        conversion: Conversion::None,
    }
}

/// Whether a type is a struct or a union.
fn is_object(context: &Context<'_>, ty: &TypeRef) -> bool {
    match context.resolved(ty) {
        TypeRef::Named(id) => !matches!(context.definition(*id).map(|def| &def.kind), Some(TypeKind::Enum(_))),
        _ => false,
    }
}

/// How a body is written and read.
pub(super) fn body_kind(kind: MediaKind) -> BodyKind {
    match kind {
        MediaKind::Json => BodyKind::Json,
        MediaKind::Form => BodyKind::Form,
        MediaKind::Text => BodyKind::Text,
        MediaKind::Bytes => BodyKind::Bytes,
    }
}

fn status(status: Status) -> String {
    match status {
        Status::Code(code) => match reason_phrase(code) {
            Some(reason) => format!("{code} {reason}."),
            None => format!("{code}."),
        },
        Status::Range(digit) => format!("Any status from {digit}00 to {digit}99."),
        Status::Default => "Any other status.".to_owned(),
    }
}
