//! The documented headers of responses: a struct for each response that has some.

use super::parameter_formats;
use crate::api::Status;
use crate::diagnostic::Diagnostics;
use crate::plan::diagnostics::Report;
use crate::plan::items::structs;
use crate::plan::members;
use crate::plan::members::Member;
use crate::plan::operation_signatures::operations::OperationSignature;
use crate::plan::operation_signatures::parameters::Parameter;
use crate::plan::types::tables::Tables;
use crate::rust::{self, Derive, Derives, Docs, ParameterFormat, Text};

/// How the headers of an operation's responses are written, for each response; `None` where no style carries one.
pub(in crate::plan) type HeaderFormats = Vec<Vec<Option<ParameterFormat>>>;

/// How the headers of each operation's responses are written. What no style carries is reported.
pub(in crate::plan) fn formats(
    tables: &Tables<'_>,
    operations: &[OperationSignature<'_>],
) -> (Vec<HeaderFormats>, Diagnostics) {
    let mut report = Report::default();
    let mut format = |header: &Parameter<'_>| {
        let found = parameter_formats::carried(tables, header);
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
    tables: &Tables<'_>,
    operation: &OperationSignature<'_>,
    formats: &HeaderFormats,
) -> Vec<rust::ResponseHeaders> {
    let sets = operation.headers.iter().zip(formats).filter_map(|(set, formats)| {
        let headers = set.headers.iter().zip(formats);
        let members: Vec<Member> = headers
            .filter_map(|(header, format)| Some(members::of_parameter(tables, header, format.as_ref()?)))
            .collect();
        if members.is_empty() {
            return None;
        }
        let derives = Derives::of(&[Derive::Clone, Derive::Debug]);
        let docs = docs(&operation.named.request, set.response.status);
        let structure = structs::structure(tables, (&set.name, &set.required), docs, &derives, &members);
        Some(rust::ResponseHeaders { status: set.response.status, structure })
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
    Docs::line(format!("The headers that the document gives {of} of [`{request}`]."))
        .text(ways.code("RequestContext::set_response_headers").words("."))
}
