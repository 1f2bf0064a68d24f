//! The defaults and examples of a document, each with the schema that it has to fit.

use indexmap::IndexMap;
use openapiv3::{Example, ParameterSchemaOrContent, ReferenceOr, Schema};

use super::Document;
use super::schema::SchemaId;
use super::source_map::ObjectId;
use crate::http::Media;
use crate::syntax::Node;

/// What a value is stated as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StatedAs {
    Default,
    Example,
}

/// A default or an example.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StatedValue<'a> {
    pub(crate) stated_as: StatedAs,
    pub(crate) schema: SchemaId,
    pub(crate) node: &'a Node,
}

impl Document {
    /// Lists the defaults and examples of schemas, then those of parameters, headers and bodies.
    ///
    /// Left out are texts that may be the value as it is sent, not as JSON has it (OpenAPI 3.0.4, 4.7.12.3 and 4.7.14.1).
    pub(crate) fn stated_values(&self) -> Vec<StatedValue<'_>> {
        let mut found = Vec::new();
        // A reference may have a default beside it, which counts before that of its target.
        for (schema, stated) in self.schemas.iter() {
            let stated = &stated.keywords().annotations;
            let mut add = |stated_as, node| found.push(StatedValue { stated_as, schema, node });
            stated.default.iter().for_each(|keyword| add(StatedAs::Default, &keyword.value));
            stated.example.iter().for_each(|keyword| add(StatedAs::Example, &keyword.value));
            stated.examples.iter().flat_map(|list| &list.value).for_each(|node| add(StatedAs::Example, node));
        }
        let parts = self.objects_by_kind();
        for (id, parameter) in parts.parameters {
            let data = parameter.parameter_data_ref();
            found.extend(self.examples_of(id, of_format(&data.format), &data.examples).filter(is_no_text));
        }
        for (id, header) in parts.headers {
            found.extend(self.examples_of(id, of_format(&header.format), &header.examples).filter(is_no_text));
        }
        for (id, name, media) in parts.media_types {
            let is_json = Media::of(name) == Media::Json;
            let all = self.examples_of(id, media.schema.as_ref(), &media.examples);
            found.extend(all.filter(|value| is_json || is_no_text(value)));
        }
        found
    }

    /// `example` and `examples` of an object with a schema.
    fn examples_of<'a>(
        &'a self,
        id: ObjectId,
        schema: Option<&ReferenceOr<Schema>>,
        named: &'a IndexMap<String, ReferenceOr<Example>>,
    ) -> impl Iterator<Item = StatedValue<'a>> + use<'a> {
        let schema = schema.and_then(|schema| self.schema(schema));
        let one = self.supplement.value(id, "example").map(|(_, node)| node);
        let named = named.values().filter_map(|example| Some(self.example(example)?.value("value")?.1));
        let all = one.into_iter().chain(named);
        all.filter_map(move |node| Some(StatedValue { stated_as: StatedAs::Example, schema: schema?, node }))
    }
}

const fn of_format(format: &ParameterSchemaOrContent) -> Option<&ReferenceOr<Schema>> {
    match format {
        ParameterSchemaOrContent::Schema(schema) => Some(schema),
        ParameterSchemaOrContent::Content(_) => None,
    }
}

fn is_no_text(value: &StatedValue<'_>) -> bool {
    value.node.as_str().is_none()
}
