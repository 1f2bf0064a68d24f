//! The documentation that many parameters have alike: `namespace`, `pageSize`. It is written once, and their fields refer to it.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use crate::names::numbered;
use crate::rust::{Callback, Docs, Field, FieldSource, Operation, SharedDocs, Struct};

/// How many parameters must have a text before it is shared.
const MANY: usize = 10;

/// The texts, ordered by name: that of the first field with the text, numbered where several texts have it. The parameters of operations
/// that have one of the texts refer to it from here on.
pub(in crate::plan) fn shared_docs(operations: &mut [Operation], callbacks: &[Callback]) -> Vec<SharedDocs> {
    let found = texts(operations, callbacks);
    if found.is_empty() {
        return found;
    }
    let names: HashMap<&Docs, &str> = found.iter().map(|shared| (&shared.docs, shared.name.as_str())).collect();
    operations.par_iter_mut().for_each(|operation| {
        refer(&mut operation.request, &names);
        operation.response_headers.iter_mut().for_each(|headers| refer(&mut headers.structure, &names));
    });
    found
}

/// Lets the parameters of a struct refer to the texts that they have.
fn refer(structure: &mut Struct, names: &HashMap<&Docs, &str>) {
    for field in &mut structure.fields {
        if let FieldSource::Parameter(parameter) = &mut field.source
            && is_long(&field.docs)
        {
            parameter.shared_docs = names.get(&field.docs).map(|&name| name.to_owned());
        }
    }
}

/// The first field with a text, and how many have it, by the text.
type Uses<'a> = HashMap<&'a Docs, (&'a Field, usize)>;

fn texts(operations: &[Operation], callbacks: &[Callback]) -> Vec<SharedDocs> {
    let mut uses = operations.par_iter().fold(Uses::new, counted).reduce(Uses::new, together);
    // Callbacks stand in files of their own, which do not refer to the texts of others.
    let of_callbacks = callbacks.iter().map(|callback| &callback.operation);
    let headers = of_callbacks.clone().flat_map(|of| &of.response_headers).map(|headers| &headers.structure);
    for field in of_callbacks.map(|of| &of.request).chain(headers).flat_map(|structure| &structure.fields) {
        uses.remove(&field.docs);
    }
    let many = uses.into_values().filter(|(_, uses)| *uses >= MANY);
    let mut many: Vec<&Field> = many.map(|(field, _)| field).collect();
    many.sort_by_cached_key(|field| format!("{:?}", field.docs));
    let mut taken = BTreeSet::new();
    let mut found: Vec<SharedDocs> = many
        .into_iter()
        .map(|field| SharedDocs { name: numbered(&field.name, &mut taken), docs: field.docs.clone() })
        .collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

/// The uses with those of one more operation.
fn counted<'a>(mut uses: Uses<'a>, operation: &'a Operation) -> Uses<'a> {
    for (field, _) in operation.parameters().filter(|(field, _)| is_long(&field.docs)) {
        uses.entry(&field.docs).or_insert((field, 0)).1 += 1;
    }
    uses
}

/// The uses of some operations with those of the operations behind them.
fn together<'a>(mut uses: Uses<'a>, behind: Uses<'a>) -> Uses<'a> {
    if uses.is_empty() {
        return behind;
    }
    for (docs, (field, count)) in behind {
        uses.entry(docs).or_insert((field, 0)).1 += count;
    }
    uses
}

/// Whether there is more than one paragraph.
fn is_long(docs: &Docs) -> bool {
    docs.paragraphs.len() > 1
}

#[cfg(test)]
mod tests {
    use super::MANY;
    use crate::emit::test_fixtures;

    fn names(times: usize) -> Vec<String> {
        let operation = |place: usize| {
            format!(
                "  /a{place}: {{get: {{responses: {{}}, parameters: [{{$ref: '#/components/parameters/Page'}}, \
                 {{name: other, in: query, description: 'Of {place}.', schema: {{type: string}}}}]}}}}\n"
            )
        };
        let paths: String = (0..times).map(operation).collect();
        let krate = test_fixtures::krate(&format!(
            "paths:\n{paths}components: {{parameters: {{Page: {{name: page, in: query, description: The page., schema: {{type: integer}}}}}}}}\n"
        ));
        krate.shared_docs.into_iter().map(|shared| shared.name).collect()
    }

    #[test]
    fn what_many_parameters_have_is_shared() {
        assert_eq!(names(MANY), ["page"]);
        assert!(names(MANY - 1).is_empty());
    }
}
