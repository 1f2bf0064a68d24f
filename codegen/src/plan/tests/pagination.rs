//! Operations that page.

use super::found;

/// A document whose one operation returns pages as `x-specie-pagination` says.
fn paged(pagination: &str, parameters: &str, status: &str) -> Vec<String> {
    let schema = "{type: object, properties: {id: {type: string}, \
                  result: {type: object, properties: {data: {type: array, items: {type: number}}}}, \
                  odd: {oneOf: [{type: string}, {type: array, items: {type: number}}]}}}";
    found(&format!(
        "paths:\n  /x:\n    get:\n      operationId: List\n      x-specie-pagination: {pagination}\n\
         \x20     parameters: [{parameters}]\n\
         \x20     responses: {{'{status}': {{description: '', content: {{application/json: {{schema: {schema}}}}}}}}}\n"
    ))
    .1
}

#[test]
fn what_leads_to_no_list_is_no_page() {
    let at = |items: &str| paged(&format!("{{style: link, next: /next, items: {items}}}"), "", "200");
    assert_eq!(at("/result/data"), [""; 0]);
    for items in ["/id", "/result", "/result/data/0", "/odd"] {
        assert_eq!(at(items), ["this leads to no list"], "{items}");
    }
    let no_answer = paged("{style: link, next: /next, items: /result/data}", "", "400");
    assert_eq!(no_answer, ["pages are read from one documented success with a JSON body"]);
}

#[test]
fn what_names_a_page_is_a_single_value_in_the_query() {
    let after = |parameters: &str| {
        paged("{style: cursor, parameter: after, next: /next, items: /result/data}", parameters, "200")
    };
    assert_eq!(after("{name: after, in: query, schema: {type: string}}"), [""; 0]);
    let elsewhere = [
        "{name: after, in: header, schema: {type: string}}",
        "",
        "{name: after, in: query, schema: {type: array, items: {type: string}}}",
    ];
    for parameters in elsewhere {
        assert_eq!(
            after(parameters),
            ["the parameter that names the page is not a single value in the query"],
            "{parameters}"
        );
    }
}
