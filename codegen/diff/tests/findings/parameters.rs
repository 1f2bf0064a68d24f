//! What changes of parameters mean: which of them there are, and how their values are written.

use crate::documents::parameters;
use crate::verdicts::expect;

#[test]
fn parameters_are_judged_by_what_clients_send() {
    let query = |rest: &str| parameters(&format!("{{name: q, in: query, {rest} schema: {{type: string}}}}"));
    let none = parameters("{name: other, in: query, schema: {type: string}}");
    let with = |rest: &str| {
        let other = "{name: other, in: query, schema: {type: string}}";
        parameters(&format!("{other}, {{name: q, in: query, {rest} schema: {{type: string}}}}"))
    };
    expect(&none, &with(""), &["parameter-added fine review"]);
    expect(&none, &with("required: true,"), &["parameter-added breaks review"]);
    expect(&with(""), &none, &["parameter-removed review fine"]);
    expect(&query(""), &query("required: true,"), &["parameter-became-required breaks fine"]);
    let header = parameters("{name: q, in: header, schema: {type: string}}");
    expect(&query(""), &header, &["parameter-moved breaks breaks"]);
}

#[test]
fn styles_matter_for_lists_only() {
    let list = |rest: &str| {
        parameters(&format!("{{name: q, in: query, {rest} schema: {{type: array, items: {{type: string}}}}}}"))
    };
    expect(&list(""), &list("style: form, explode: true,"), &[]);
    expect(&list(""), &list("explode: false,"), &["parameter-style-changed breaks breaks"]);
    let text = |rest: &str| parameters(&format!("{{name: q, in: query, {rest} schema: {{type: string}}}}"));
    expect(&text(""), &text("explode: false,"), &[]);
}

#[test]
fn what_is_written_the_same_way_is_no_change_of_style() {
    let query = |name: &str, rest: &str, schema: &str| {
        parameters(&format!("{{name: {name}, in: query, {rest} schema: {schema}}}"))
    };
    let changed = &["parameter-style-changed breaks breaks"];
    for (most, expected) in [(1, &[] as &[&str]), (2, changed)] {
        let list = format!("{{type: array, items: {{type: string}}, maxItems: {most}}}");
        expect(&query("q", "", &list), &query("q", "explode: false,", &list), expected);
        expect(&query("q", "", &list), &query("q", "style: pipeDelimited,", &list), expected);
    }
    // Of an exploded object only the names of its properties travel.
    let object = "{type: object, properties: {a: {type: string}}}";
    expect(&query("q", "", object), &query("r", "", object), &[]);
    let other = "{type: object, properties: {a: {type: integer}}}";
    expect(&query("q", "", object), &query("r", "", other), &["type-narrowed breaks fine"]);
    let renamed = &["parameter-removed review fine", "parameter-added fine review"];
    expect(&query("q", "style: deepObject,", object), &query("r", "style: deepObject,", object), renamed);
}

#[test]
fn a_value_may_be_left_out_behind_its_name() {
    let query = |rest: &str, schema: &str| parameters(&format!("{{name: q, in: query, {rest} schema: {schema}}}"));
    let (number, text) = ("{type: integer}", "{type: string}");
    let may = "allowEmptyValue: true,";
    expect(&query(may, number), &query("", number), &["parameter-empty-changed breaks fine"]);
    // The empty text is a text.
    expect(&query(may, text), &query("", text), &[]);
    let list = |items: &str| format!("{{type: array, items: {items}}}");
    expect(&query(may, &list(text)), &query("", &list(text)), &[]);
    expect(&query(may, &list(number)), &query("", &list(number)), &["parameter-empty-changed breaks fine"]);
}

#[test]
fn a_value_in_the_query_is_a_list_of_one() {
    let query = |schema: &str| parameters(&format!("{{name: q, in: query, schema: {schema}}}"));
    let list = |rest: &str| query(&format!("{{type: array, items: {{type: integer}}{rest}}}"));
    expect(&query("{type: integer}"), &list(""), &["type-widened fine breaks"]);
    expect(&query("{type: integer}"), &list(", maxItems: 1"), &["type-widened fine fine"]);
    expect(&query("{type: integer}"), &list(", minItems: 2"), &["type-widened breaks breaks"]);
    expect(&query("{type: string}"), &list(""), &["type-widened fine breaks", "type-narrowed breaks fine"]);
    // In a header, the text is divided at its commas.
    let header = |schema: &str| parameters(&format!("{{name: q, in: header, schema: {schema}}}"));
    let texts = "{type: array, items: {type: string}}";
    expect(&header("{type: string}"), &header(texts), &["type-changed breaks breaks"]);
}

#[test]
fn reserved_characters_matter_where_values_hold_them() {
    let query = |rest: &str, schema: &str| parameters(&format!("{{name: q, in: query, {rest} schema: {schema}}}"));
    let changed = |schema: &str, expected: &[&str]| {
        expect(&query("allowReserved: true,", schema), &query("", schema), expected);
    };
    for schema in [
        "{type: integer}",
        "{type: boolean}",
        "{enum: [eu, us-1]}",
        "{type: string, format: uuid}",
        "{type: string, pattern: '^[a-z]+$'}",
        "{type: array, items: {type: integer}}",
    ] {
        changed(schema, &[]);
    }
    for schema in [
        "{type: string}",
        "{enum: ['a/b', c]}",
        "{type: string, pattern: '[a-z]'}",
        "{type: string, format: date-time}",
    ] {
        changed(schema, &["parameter-reserved-changed breaks fine"]);
    }
}

#[test]
fn another_type_in_the_query_is_judged_by_its_texts() {
    let query = |schema: &str| parameters(&format!("{{name: q, in: query, schema: {schema}}}"));
    let narrowed = "type-narrowed breaks fine";
    let pairs: &[(&str, &str, &[&str])] = &[
        // One change has one entry.
        ("{type: string}", "{type: integer, minimum: 0, maximum: 10}", &[narrowed]),
        ("{type: string, enum: ['1', '2']}", "{type: integer, minimum: 1, maximum: 2}", &[]),
        ("{type: string, enum: ['1', '2']}", "{type: integer, minimum: 1, maximum: 3}", &["enum-removed fine breaks"]),
        ("{type: string, pattern: '^[12]$'}", "{type: integer, minimum: 1, maximum: 2}", &[narrowed]),
        ("{type: string, maxLength: 3}", "{type: integer, minimum: 0, maximum: 999}", &[narrowed]),
        ("{type: string, maxLength: 3}", "{type: integer}", &[narrowed, "max-length-changed fine breaks"]),
        ("{type: string, maxLength: 5}", "{type: boolean}", &[narrowed]),
        // Whether `007` is a number, nobody says.
        ("{type: string, pattern: '^[0-9]+$'}", "{type: integer, minimum: 0}", &["type-narrowed review fine"]),
        ("{type: string, pattern: '^[0-9]+$'}", "{type: integer, minimum: 5}", &[narrowed]),
    ];
    for (old, new, expected) in pairs {
        expect(&query(old), &query(new), expected);
    }
}
