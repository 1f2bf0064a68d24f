//! Secrets that are sent in URLs.

use openapiv3::{APIKeyLocation, Parameter, ParameterSchemaOrContent, ReferenceOr, SecurityScheme};

use super::index::Index;
use super::pointers::{Pointee, follow};
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::operation_extensions::StatedIdempotency;
use crate::document::schema::{Keywords, SchemaId};
use crate::document::source_map::ObjectId;
use crate::secret_names::is_called_secret;
use crate::source::Span;

/// Secrets in paths and queries, which end up in logs.
pub(super) fn in_urls(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (id, parameter) in parameters(index, &["path", "query"]) {
        let statements = schema_of(index, parameter).map(|schema| statements(index, schema)).unwrap_or_default();
        let is_called_so = is_called_secret(name(parameter)) && !statements.iter().any(|said| is_denied(said));
        if is_called_so || statements.iter().any(|said| said.is_sensitive()) {
            let message = format!("the secret {} is sent in the URL", quoted(name(parameter)));
            diagnostics
                .warning(Code::SecretInUrl, message, name_span(index, id))
                .help("send it in a header or in the body: URLs are logged by every proxy on the way");
        }
    }
    let schemes = index.document.skeleton.components.iter().flat_map(|components| &components.security_schemes);
    for (name, scheme) in schemes {
        let ReferenceOr::Item(scheme @ SecurityScheme::APIKey { location: APIKeyLocation::Query, .. }) = scheme else {
            continue;
        };
        let stated = index.document.located(scheme).and_then(|scheme| scheme.object.field("in"));
        let Some(span) = stated.map(|field| field.span) else { continue };
        diagnostics
            .warning(Code::SecretInUrl, format!("the key of {} is sent in the URL", quoted(name)), span)
            .help("send it in a header: URLs are logged by every proxy on the way");
    }
}

/// Secrets that `x-specie-reconcile` or `x-specie-idempotency` use as the reference of an operation: lookups send the reference in a URL,
/// and the journal stores it.
pub(super) fn as_references(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for operation in &index.operations {
        let stated = index.extensions(operation.id);
        let value = stated.reconcile.as_ref().map(|stated| (&*stated.value.value.text, stated.value.value.span));
        let field = match stated.idempotency.as_ref().map(|stated| &stated.value) {
            Some(StatedIdempotency::By { field: Some(field), .. }) => Some((&*field.value, field.span)),
            _ => None,
        };
        for (pointer, span) in value.into_iter().chain(field) {
            let start = Pointee::of(index.request_schema(operation));
            if let Pointee::Schema(schema) = follow(index, start, pointer)
                && statements(index, schema).into_iter().any(Keywords::is_sensitive)
            {
                let message = format!("the secret at {} is what the operation is known by", quoted(pointer));
                diagnostics
                    .warning(Code::SecretInUrl, message, span)
                    .help("name a reference that is no secret: it is sent in URLs, and written into journals");
            }
        }
    }
}

/// The parameters in some places of a request.
fn parameters<'s, 'a>(
    index: &'s Index<'a>,
    places: &'s [&str],
) -> impl Iterator<Item = (ObjectId, &'a Parameter)> + use<'s, 'a> {
    let all = index.by_kind.parameters.iter().copied();
    all.filter(|(id, parameter)| places.contains(&index.place(*id, parameter)))
}

fn name(parameter: &Parameter) -> &str {
    &parameter.parameter_data_ref().name
}

fn name_span(index: &Index<'_>, parameter: ObjectId) -> Span {
    index.objects[parameter].name_span("name")
}

fn schema_of(index: &Index<'_>, parameter: &Parameter) -> Option<SchemaId> {
    let stated = match &parameter.parameter_data_ref().format {
        ParameterSchemaOrContent::Schema(schema) => Some(schema),
        ParameterSchemaOrContent::Content(content) => content.values().find_map(|media| media.schema.as_ref()),
    };
    index.document.schema(stated?)
}

/// All keywords that may mark a value: those of the schema's parts, and those beside the references to them.
fn statements<'a>(index: &Index<'a>, schema: SchemaId) -> Vec<&'a Keywords> {
    let parts = index.parts_of(schema);
    let stated = parts.iter().flat_map(|part| index.stated_parts(*part));
    let ways = std::iter::once(schema).chain(stated).flat_map(|id| index.schemas.way(id));
    let all = ways.chain(parts.iter().copied());
    all.map(|id| index.keywords(id)).collect()
}

fn is_denied(said: &Keywords) -> bool {
    said.stated_sensitivity().is_some_and(|(is_secret, _)| !is_secret)
}
