//! How lists are returned page by page, and where the items of a page stand in a response.

use crate::api;
use crate::diagnostic::Diagnostics;
use crate::plan::diagnostics::{NoPages, Report};
use crate::plan::operation_signatures::operations::OperationSignature;
use crate::plan::schemas::kinds::Kind;
use crate::plan::types::analysis::TypeAnalysis;
use crate::plan::types::body_types::body_type;
use crate::pointer;
use crate::rust::{
    BodyKind, OneOrList, PageAccess, PageStep, PagedList, PaginationStyle, ParameterFormat, ParameterKind,
    ParameterLocation, Presence, Type, TypeId,
};

/// The pages of each operation; `None` where it has none, or none that can be read, which is reported.
pub(in crate::plan) fn pages(
    analysis: &TypeAnalysis<'_>,
    operations: &[OperationSignature<'_>],
    formats: &[Vec<ParameterFormat>],
) -> (Vec<Option<PagedList>>, Diagnostics) {
    let mut report = Report::default();
    let found = operations.iter().zip(formats).map(|(operation, formats)| {
        let stated = operation.named.stated.pagination.as_ref()?;
        match of_operation(analysis, operation, stated, formats) {
            Ok(pages) => Some(pages),
            Err(reason) => {
                let span = match reason {
                    NoPages::Parameter => stated.next_span,
                    NoPages::Response | NoPages::Items => stated.items_span,
                };
                report.pagination(reason, span);
                None
            }
        }
    });
    (found.collect(), report.diagnostics)
}

fn of_operation(
    analysis: &TypeAnalysis<'_>,
    operation: &OperationSignature<'_>,
    stated: &api::Pagination,
    formats: &[ParameterFormat],
) -> Result<PagedList, NoPages> {
    let parameter = match &stated.style {
        PaginationStyle::Page { number, .. } => Some(number),
        PaginationStyle::Cursor { parameter, .. } => Some(parameter),
        PaginationStyle::Link { .. } => None,
    };
    let mut parameters = operation.parameters.iter().zip(formats);
    let mut takes_in_query = |name: &String| {
        parameters.any(|(one, format)| {
            let is_scalar = format.kind == ParameterKind::Scalar;
            one.stated.name == *name && one.stated.place == ParameterLocation::Query && is_scalar
        })
    };
    if parameter.is_some_and(|name| !takes_in_query(name)) {
        return Err(NoPages::Parameter);
    }
    let [success] = operation.successes.as_slice() else { return Err(NoPages::Response) };
    let is_json = success.body.as_ref().is_some_and(|body| body.kind == BodyKind::Json);
    let response = body_type(analysis.types, success).filter(|_| is_json).ok_or(NoPages::Response)?;
    let (steps, items) = follow(analysis, &response, &stated.items).ok_or(NoPages::Items)?;
    let (item, alone) = match analysis.resolved(&items) {
        Type::List(item) => ((**item).clone(), None),
        Type::Named(union) => {
            let (item, alone) = one_or_list(analysis, *union).ok_or(NoPages::Items)?;
            (item, Some(alone))
        }
        _ => return Err(NoPages::Items),
    };
    let (style, pointer) = (stated.style.clone(), stated.items.clone());
    let (steps, is_optional) = accesses(steps);
    Ok(PagedList { style, pointer, steps, is_optional, item, alone })
}

/// How an expression reads fields one after the other, and whether it ends at an `Option`.
fn accesses(fields: Vec<(String, Presence)>) -> (Vec<PageStep>, bool) {
    let mut is_optional = false;
    let mut steps = Vec::new();
    for (field, presence) in fields {
        let access = match (is_optional, presence) {
            (false, _) => PageAccess::Direct,
            (true, Presence::Required) => PageAccess::Map,
            (true, _) => PageAccess::AndThen,
        };
        is_optional |= presence != Presence::Required;
        let becomes_option = matches!(presence, Presence::Patch | Presence::Maybe);
        steps.push(PageStep { field, becomes_option, access });
    }
    (steps, is_optional)
}

/// The fields that a pointer leads through with the presence of each, and the type at its end.
fn follow(analysis: &TypeAnalysis<'_>, response: &Type, pointer: &str) -> Option<(Vec<(String, Presence)>, Type)> {
    let (mut steps, mut ty) = (Vec::new(), response.clone());
    for token in pointer::tokens(pointer)? {
        let Type::Named(id) = *analysis.resolved(&ty) else { return None };
        let contents = analysis.contents(id)?;
        let Kind::Struct(object) = contents.kind else { return None };
        let place = object.properties.iter().position(|property| property.name == token)?;
        let part = contents.parts.get(place)?;
        let name = analysis.names.types.get(id.0)?.members.get(place)?.clone();
        steps.push((name, analysis.presence(id, part.presence)));
        ty = part.ty.clone();
    }
    Some((steps, ty))
}

/// The type of an item, and the branches of a union of an item and a list of such items.
fn one_or_list(analysis: &TypeAnalysis<'_>, union: TypeId) -> Option<(Type, OneOrList)> {
    let contents = analysis.contents(union)?;
    let Kind::Union(stated) = contents.kind else { return None };
    // With a discriminator there may be values of an unknown tag, which are neither an item nor a list.
    if stated.discriminator.is_some() {
        return None;
    }
    let ([first, second], [first_name, second_name]) =
        (contents.parts.as_slice(), analysis.names.types.get(union.0)?.members.as_slice())
    else {
        return None;
    };
    let ways = [((0, first, first_name), (second, second_name)), ((1, second, second_name), (first, first_name))];
    ways.into_iter().find_map(|((place, one, one_name), (list, list_name))| {
        let Type::List(item) = analysis.resolved(&list.ty) else { return None };
        let alone = OneOrList {
            union: Type::Named(union),
            one: one_name.clone(),
            boxed: analysis.is_boxed(union, place),
            list: list_name.clone(),
        };
        (analysis.resolved(item) == analysis.resolved(&one.ty)).then(|| ((**item).clone(), alone))
    })
}
