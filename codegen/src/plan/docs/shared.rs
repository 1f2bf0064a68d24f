//! The documentation that many parameters have alike: `namespace`, `pageSize`. It is written once, and their fields refer to it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::names::numbered;
use crate::rust::{Callback, Docs, Field, Operation, SharedDocs};

/// From so many parameters on, looking up a text in another place is less work than reading it again and again.
const MANY: usize = 10;

/// The texts, ordered by name: that of the first field with the text, numbered where several texts have it.
pub(in crate::plan) fn shared_docs(operations: &[Operation], callbacks: &[Callback]) -> Vec<SharedDocs> {
    let mut uses: BTreeMap<String, (&Field, usize)> = BTreeMap::new();
    for (field, times) in told_apart(operations) {
        uses.entry(format!("{:?}", field.docs)).or_insert((field, 0)).1 += times;
    }
    // Callbacks stand in files of their own, which do not refer to the texts of others.
    let of_callbacks = callbacks.iter().map(|callback| &callback.operation);
    let headers = of_callbacks.clone().flat_map(|of| &of.response_headers).map(|headers| &headers.structure);
    for field in of_callbacks.map(|of| &of.request).chain(headers).flat_map(|structure| &structure.fields) {
        uses.remove(&format!("{:?}", field.docs));
    }
    let many = uses.into_values().filter(|(_, uses)| *uses >= MANY).map(|(field, _)| field);
    let mut taken = BTreeSet::new();
    let mut found: Vec<SharedDocs> =
        many.map(|field| SharedDocs { name: numbered(&field.name, &mut taken), docs: field.docs.clone() }).collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

/// The first parameter of each name with a text, and how many of that name have it.
fn told_apart(operations: &[Operation]) -> Vec<(&Field, usize)> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut found: Vec<(&Field, usize)> = Vec::new();
    for (field, _) in operations.iter().flat_map(Operation::parameters).filter(|(field, _)| is_long(&field.docs)) {
        let of_name = places.entry(&field.name).or_default();
        let has_text = |place: &&usize| found.get(**place).is_some_and(|(first, _)| first.docs == field.docs);
        let known = of_name.iter().find(has_text).copied();
        if let Some((_, times)) = known.and_then(|place| found.get_mut(place)) {
            *times += 1;
        } else {
            of_name.push(found.len());
            found.push((field, 1));
        }
    }
    found
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
