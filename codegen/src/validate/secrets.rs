//! Secrets that are not marked, and secrets that are sent in URLs.

use openapiv3::{APIKeyLocation, Parameter, ParameterSchemaOrContent, ReferenceOr, SecurityScheme};

use super::composition::parts_of;
use super::identifier_words::{ends_in, words};
use super::index::Index;
use super::pointers::{Pointee, follow};
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::schema::{Keywords, SchemaId, Type};
use crate::document::source_map::ObjectId;
use crate::source::Span;

/// How the names of secrets end: passwords, card data, keys, tokens, and the numbers by which an authority knows a person.
const ENDINGS: &[&[&str]] = &[
    &["password"],
    &["passwd"],
    &["passphrase"],
    &["secret"],
    &["cvv"],
    &["cvc"],
    &["cvv2"],
    &["cvc2"],
    &["csc"],
    &["pan"],
    &["pin"],
    &["card", "number"],
    &["cardnumber"],
    &["api", "key"],
    &["apikey"],
    &["secret", "key"],
    &["private", "key"],
    &["access", "token"],
    &["refresh", "token"],
    &["auth", "token"],
    &["bearer", "token"],
    &["session", "token"],
    &["security", "code"],
    &["access", "key"],
    &["signing", "key"],
    &["passcode"],
    &["otp"],
    &["tax", "id"],
    &["taxid"],
    &["tax", "number"],
    &["ssn"],
    &["social", "security", "number"],
    &["passport", "number"],
];

/// Strings that are called like secrets and not marked as such.
pub(super) fn unmarked(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (name, span, schema) in index.properties() {
        if is_called_secret(name) && may_be_printed(index, schema) {
            let message = format!("{} is called like a secret, and is not marked as one", quoted(name));
            diagnostics.warning(Code::SecretNotMarked, message, span).help(
                "add `x-specie-sensitive: true`, so that it is never printed, or `x-specie-sensitive: false` if it is no secret",
            );
        }
    }
    for (id, parameter) in parameters(index, &["header", "cookie"]) {
        let name = name(parameter);
        if is_called_secret(name) && schema_of(index, parameter).is_some_and(|schema| may_be_printed(index, schema)) {
            let message = format!("{} is called like a secret, and is not marked as one", quoted(name));
            diagnostics
                .warning(Code::SecretNotMarked, message, name_span(index, id))
                .help("add `x-specie-sensitive: true` to its schema, or declare it as a security scheme");
        }
    }
}

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
    let schemes = index.document.api.components.iter().flat_map(|components| &components.security_schemes);
    for (name, scheme) in schemes {
        let ReferenceOr::Item(SecurityScheme::APIKey { location: APIKeyLocation::Query, extensions, .. }) = scheme
        else {
            continue;
        };
        let stated = index.document.id(extensions).and_then(|id| index.field(id, "in"));
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
        let named = [("x-specie-reconcile", "value"), ("x-specie-idempotency", "field")];
        for (extension, key) in named {
            let stated = index.objects[operation.id].extension(extension);
            let Some(node) = stated.and_then(|(_, node)| node.get(key)) else { continue };
            let text = node.as_str().unwrap_or_default();
            let start = Pointee::of(index.request_schema(operation));
            if let Pointee::Schema(schema) = follow(index, start, text)
                && statements(index, schema).into_iter().any(Keywords::is_sensitive)
            {
                let message = format!("the secret at {} is what the operation is known by", quoted(text));
                diagnostics
                    .warning(Code::SecretInUrl, message, node.span)
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
    let all = index.parts.parameters.iter().copied();
    all.filter(|(id, parameter)| places.contains(&index.place(*id, parameter)))
}

fn name(parameter: &Parameter) -> &str {
    &parameter.parameter_data_ref().name
}

fn name_span(index: &Index<'_>, parameter: ObjectId) -> Span {
    index.field(parameter, "name").map_or(index.objects[parameter].name, |field| field.span)
}

fn is_called_secret(name: &str) -> bool {
    let words = words(name);
    // A plain `token` grants access; `page_token` and the like do not.
    words == ["token"] || ENDINGS.iter().any(|ending| ends_in(&words, ending))
}

fn schema_of(index: &Index<'_>, parameter: &Parameter) -> Option<SchemaId> {
    match &parameter.parameter_data_ref().format {
        ParameterSchemaOrContent::Schema(schema) => index.document.schema(schema),
        ParameterSchemaOrContent::Content(_) => None,
    }
}

/// Whether a schema is a string or an integer and nothing says whether it is a secret. An enumeration is none.
fn may_be_printed(index: &Index<'_>, schema: SchemaId) -> bool {
    let parts: Vec<_> = parts_of(index, schema).into_iter().map(|part| index.keywords(part)).collect();
    let is_text = matches!(parts.iter().find_map(|part| part.only_type()), Some(Type::String | Type::Integer));
    let is_listed = parts.iter().any(|part| part.enumeration.is_some());
    let is_silent = || !statements(index, schema).into_iter().any(|said| said.is_sensitive() || is_denied(said));
    is_text && !is_listed && is_silent()
}

/// All keywords that may mark a value: those of the schema's parts, and those beside the references to them.
fn statements<'a>(index: &Index<'a>, schema: SchemaId) -> Vec<&'a Keywords> {
    let parts = parts_of(index, schema);
    let branches = parts.iter().flat_map(|part| index.keywords(*part).composition.all_of().to_vec());
    let ways = std::iter::once(schema).chain(branches).flat_map(|id| index.schemas.way(id));
    let all = ways.chain(parts.iter().copied());
    all.map(|id| index.keywords(id)).collect()
}

fn is_denied(said: &Keywords) -> bool {
    said.extension("x-specie-sensitive").is_some_and(|(_, value)| value.as_bool() == Some(false))
}
