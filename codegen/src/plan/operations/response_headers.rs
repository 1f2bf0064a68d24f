//! The documented headers of responses: a struct for each response that has some.

use super::parameter_formats;
use crate::api::Status;
use crate::diagnostic::Diagnostics;
use crate::plan::diagnostics::Report;
use crate::plan::docs::namesakes::Namesakes;
use crate::plan::items::structs;
use crate::plan::members::OperationMembers;
use crate::plan::operation_signatures::Parameter;
use crate::plan::operation_signatures::operations::OperationSignature;
use crate::plan::types::analysis::TypeAnalysis;
use crate::rust::{self, Derive, Derives, Docs, ParameterFormat, Text, type_link};

/// How the headers of each operation's responses are written. What no style carries is reported.
pub(in crate::plan) fn formats(
    analysis: &TypeAnalysis<'_>,
    operations: &[OperationSignature<'_>],
) -> (Vec<Vec<Vec<Option<ParameterFormat>>>>, Diagnostics) {
    let mut report = Report::default();
    let mut format = |header: &Parameter<'_>| {
        let found = parameter_formats::carried(analysis, header);
        if found.is_none() {
            report.untyped_header(&header.stated.name, header.stated.span);
        }
        found
    };
    let mut formats = Vec::new();
    for operation in operations {
        formats.push(operation.headers.iter().map(|set| set.headers.iter().map(&mut format).collect()).collect());
    }
    (formats, report.diagnostics)
}

/// The structs of the headers of an operation's responses.
pub(super) fn structures(
    (analysis, namesakes): (&TypeAnalysis<'_>, &Namesakes<'_>),
    of: &OperationMembers<'_>,
) -> Vec<rust::ResponseHeaders> {
    let sets = of.signature.headers.iter().zip(&of.headers).filter(|(_, members)| !members.is_empty());
    let sets = sets.map(|(set, members)| {
        let derives = Derives::of(&[Derive::Clone, Derive::Debug]);
        let docs = docs(&of.signature.named.request, set.response.status);
        let structure = structs::structure(analysis, (&set.name, &set.required), docs, &derives, members);
        rust::ResponseHeaders { status: set.response.status, structure: namesakes.beside_struct(structure) }
    });
    sets.collect()
}

fn docs(request: &str, status: Status) -> Docs {
    let of = match status {
        Status::Code(code) => format!("status {code}"),
        Status::Range(digit) => format!("statuses from {digit}00 to {digit}99"),
        Status::Default => "all other statuses".to_owned(),
    };
    let ways =
        Text::from("A client reads them with ").code("Meta::response_headers").words(", a server sends them with ");
    Docs::line(format!("The headers that the document gives {of} of {}.", type_link(request)))
        .text(ways.code("RequestContext::set_response_headers").words("."))
}
