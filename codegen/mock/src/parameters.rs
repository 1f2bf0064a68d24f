//! Parameters: read in their style, and held to their schema.

use specie_codegen::api::{Content, Direction, Parameter, ParameterLocation, SchemaId, Schemas, Style, Value};
use specie_codegen::instance;

use crate::call::{Call, form_text, path_text};
use crate::json;
use crate::text_values::{self, Make};

/// Everything that is wrong with the parameters of a request.
pub(crate) fn faults(schemas: &Schemas, parameters: &[Parameter], call: &Call<'_>) -> Vec<String> {
    parameters.iter().flat_map(|parameter| of_one(schemas, parameter, call)).collect()
}

fn of_one(schemas: &Schemas, parameter: &Parameter, call: &Call<'_>) -> Vec<String> {
    let named = format!("{} parameter `{}`", parameter.place.words(), parameter.name);
    let (schema, value) = match &parameter.content {
        Content::Schema { schema, style, explode, .. } => {
            (Some(*schema), of_style(schemas, parameter, *schema, (*style, *explode), call).map(Ok))
        }
        Content::Media { media_type, .. } => (media_type.schema, of_json(parameter, call)),
    };
    match (value, schema) {
        (None, _) if parameter.required => vec![format!("the {named} is missing")],
        (None, _) | (Some(Ok(_)), None) => Vec::new(),
        (Some(Err(reason)), _) => vec![format!("the {named} is no JSON: {reason}")],
        (Some(Ok(value)), Some(schema)) => {
            let found = instance::faults(schemas, schema, &value, Direction::Request);
            found.into_iter().map(|fault| format!("the {named}{} {}", fault.pointer, fault.reason)).collect()
        }
    }
}

/// A parameter that is JSON text; what is of another media type is not looked at.
fn of_json(parameter: &Parameter, call: &Call<'_>) -> Option<Result<Value, String>> {
    let is_json = matches!(&parameter.content, Content::Media { media_type, .. } if media_type.kind() == specie_codegen::api::Media::Json);
    let text = raw(parameter, call)?;
    let decoded = if parameter.place == ParameterLocation::Query { form_text(text) } else { path_text(text) };
    Some(if is_json { json::value(decoded.as_bytes()) } else { Ok(Value::String(decoded)) })
}

/// The first text under the parameter's name, as it is written.
fn raw<'r>(parameter: &Parameter, call: &Call<'r>) -> Option<&'r str> {
    let name = &parameter.name;
    match parameter.place {
        ParameterLocation::Path => call.path.iter().find(|(key, _)| key == name).map(|(_, value)| *value),
        ParameterLocation::Query => call.query.iter().find(|(key, _)| key == name).map(|(_, value)| *value),
        ParameterLocation::Header => call.header(name),
        ParameterLocation::QueryString | ParameterLocation::Cookie => None,
    }
}

/// The value of a parameter in one of the styles (OpenAPI 3.2.0, Style Examples).
fn of_style(
    schemas: &Schemas,
    parameter: &Parameter,
    schema: SchemaId,
    (style, explode): (Style, bool),
    call: &Call<'_>,
) -> Option<Value> {
    match (parameter.place, text_values::make(schemas, schema)) {
        (ParameterLocation::Query, Make::Object) if style == Style::DeepObject => {
            let prefix = format!("{}[", parameter.name);
            let members = call.query.iter().filter_map(|(key, value)| {
                Some((key.strip_prefix(&prefix)?.strip_suffix(']')?.to_owned(), form_text(value)))
            });
            object(schemas, schema, &members.collect::<Vec<_>>())
        }
        (ParameterLocation::Query, Make::Object) if explode => {
            let names = text_values::properties(schemas, schema);
            let members = call.query.iter().filter(|(key, _)| names.contains(&key.as_str()));
            object(schemas, schema, &members.map(|(key, value)| (key.clone(), form_text(value))).collect::<Vec<_>>())
        }
        (ParameterLocation::Query, Make::List) if explode => {
            let all = call.query.iter().filter(|(key, _)| *key == parameter.name);
            let all: Vec<String> = all.map(|(_, value)| form_text(value)).collect();
            (!all.is_empty()).then(|| text_values::list(schemas, schema, &all))
        }
        (ParameterLocation::Cookie, _) => {
            let (_, value) = call.cookies.iter().find(|(key, _)| *key == parameter.name)?;
            Some(written(schemas, parameter, schema, (style, explode), value))
        }
        (ParameterLocation::QueryString, _) => None,
        _ => Some(written(schemas, parameter, schema, (style, explode), raw(parameter, call)?)),
    }
}

fn object(schemas: &Schemas, schema: SchemaId, members: &[(String, String)]) -> Option<Value> {
    (!members.is_empty()).then(|| text_values::object(schemas, schema, members))
}

/// A value that is written as one text.
fn written(
    schemas: &Schemas,
    parameter: &Parameter,
    schema: SchemaId,
    (style, explode): (Style, bool),
    text: &str,
) -> Value {
    let decoded = |text: &str| match parameter.place {
        ParameterLocation::Query => form_text(text),
        ParameterLocation::Header => text.trim().to_owned(),
        _ => path_text(text),
    };
    let make = text_values::make(schemas, schema);
    let (text, sign) = match style {
        Style::Label => (text.strip_prefix('.').unwrap_or(text), if explode { "." } else { "," }),
        Style::Matrix => {
            let start = format!(";{}=", parameter.name);
            let is_object = make == Make::Object && explode;
            (
                text.strip_prefix(if is_object { ";" } else { start.as_str() }).unwrap_or(text),
                if explode { ";" } else { "," },
            )
        }
        Style::SpaceDelimited => (text, if text.contains("%20") { "%20" } else { "+" }),
        Style::PipeDelimited => (text, if text.contains("%7C") { "%7C" } else { "|" }),
        _ => (text, ","),
    };
    // A matrix that explodes repeats the name before each item.
    let own = format!("{}=", parameter.name);
    let part =
        |part: &str| decoded(if style == Style::Matrix { part.strip_prefix(&own).unwrap_or(part) } else { part });
    match make {
        Make::One => text_values::scalar(schemas, schema, &decoded(text)),
        Make::List if text.is_empty() => Value::List(Vec::new()),
        Make::List => text_values::list(schemas, schema, &text.split(sign).map(part).collect::<Vec<_>>()),
        Make::Object if explode => {
            let members = text.split(sign).filter_map(|member| member.split_once('='));
            let members: Vec<_> = members.map(|(name, value)| (decoded(name), decoded(value))).collect();
            text_values::object(schemas, schema, &members)
        }
        Make::Object => {
            let parts: Vec<String> = text.split(sign).map(part).collect();
            let members = parts.chunks_exact(2).filter_map(|pair| Some((pair.first()?.clone(), pair.get(1)?.clone())));
            text_values::object(schemas, schema, &members.collect::<Vec<_>>())
        }
    }
}
