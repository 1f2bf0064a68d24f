//! How bodies are written: which values are JSON, and what the parameters of a media type say.

use specie_codegen::source::Source;
use specie_diff::{Audience, Verdict};

use crate::documents::{ID, NOTHING, document, findings};
use crate::verdicts::expect;

const JSON: &[&str] = &["type-changed breaks breaks"];
const TEXT: &[&str] = &["type-widened fine breaks"];

/// A request with one media type.
fn sent(name: &str, media: &str) -> Source {
    let body = format!("      requestBody: {{content: {{'{name}': {{{media}}}}}}}");
    document(&format!("      parameters: [{ID}]\n{body}\n{NOTHING}"), "")
}

/// A schema of an object with one property of a type.
fn object(kind: &str) -> String {
    format!("{{type: object, properties: {{n: {{type: {kind}}}}}}}")
}

#[test]
fn json_has_types_under_all_its_names() {
    let json = ["application/json", "application/jsonl", "application/x-ndjson", "application/json-seq"];
    for name in json.into_iter().chain(["text/event-stream", "application/cbor", "application/*"]) {
        let of = |kind: &str| sent(name, &format!("schema: {}", object(kind)));
        expect(&of("integer"), &of("string"), JSON);
    }
    for name in ["application/xml", "text/csv", "text/*"] {
        let of = |kind: &str| sent(name, &format!("schema: {}", object(kind)));
        expect(&of("integer"), &of("string"), TEXT);
    }
}

#[test]
fn items_of_a_sequence_are_json_and_so_is_the_data_of_events() {
    let of = |name: &str, schema: &str| {
        let text = format!(
            "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    post:\n      requestBody: {{content: {{'{name}': {{itemSchema: {schema}}}}}}}\n{NOTHING}\n"
        );
        Source::new("t.yaml", text)
    };
    let line = |kind: &str| of("application/jsonl", &object(kind));
    expect(&line("integer"), &line("string"), JSON);
    let event = |kind: &str| {
        let data = format!("{{type: string, contentMediaType: application/json, contentSchema: {}}}", object(kind));
        of("text/event-stream", &format!("{{type: object, required: [data], properties: {{data: {data}}}}}"))
    };
    expect(&event("integer"), &event("string"), JSON);
}

#[test]
fn one_value_of_a_form_is_a_list_of_one() {
    for name in ["application/x-www-form-urlencoded", "multipart/form-data"] {
        let of = |part: &str, encoding: &str| {
            sent(name, &format!("schema: {{type: object, properties: {{p: {part}}}}}{encoding}"))
        };
        let (one, several) = ("{type: string}", "{type: array, items: {type: string}}");
        expect(&of(one, ""), &of(several, ""), &["type-widened fine breaks"]);
        expect(&of(several, ""), &of(one, ""), &["type-narrowed breaks fine"]);
        let least = "{type: array, minItems: 2, items: {type: string}}";
        expect(&of(one, ""), &of(least, ""), &["type-widened breaks breaks"]);
        let flags = "{type: array, items: {type: boolean}}";
        expect(&of("{type: integer}", ""), &of(flags, ""), &["type-widened fine breaks", "type-changed breaks breaks"]);
    }
    let of = |part: &str, encoding: &str| {
        sent(
            "application/x-www-form-urlencoded",
            &format!("schema: {{type: object, properties: {{p: {part}}}}}{encoding}"),
        )
    };
    let joined = ", encoding: {p: {style: form, explode: false}}";
    let found = findings(&of("{type: string}", joined), &of("{type: array, items: {type: string}}", joined));
    assert!(found.iter().any(|one| one.verdict(Audience::OldClients) == Verdict::Breaks), "{found:?}");
}

#[test]
fn a_part_without_a_schema_is_bytes() {
    let of = |part: &str| sent("multipart/form-data", &format!("schema: {{type: object, properties: {{p: {part}}}}}"));
    expect(&of("{type: string, format: binary}"), &of("{}"), &[]);
    expect(&of("{}"), &of("{type: string, format: binary}"), &[]);
    expect(&of("{}"), &of("{type: string}"), &["type-narrowed breaks fine"]);
}

#[test]
fn a_part_is_json_where_it_is_an_object_or_says_so() {
    let form = |name: &str, part: &str, encoding: &str| {
        let schema = format!("{{type: object, properties: {{p: {part}}}}}");
        sent(name, &format!("schema: {schema}{encoding}"))
    };
    let list = |kind: &str| format!("{{type: array, items: {}}}", object(kind));
    let flat = |kind: &str| format!("{{type: {kind}}}");
    let union = |kind: &str| format!("{{oneOf: [{}, {{type: boolean}}]}}", object(kind));
    let json = ", encoding: {p: {contentType: application/json}}";
    let styled = ", encoding: {p: {style: deepObject}}";
    for name in ["multipart/form-data", "application/x-www-form-urlencoded"] {
        let pair = |of: &dyn Fn(&str) -> String, encoding: &str, expected: &[&str]| {
            expect(&form(name, &of("integer"), encoding), &form(name, &of("string"), encoding), expected);
        };
        pair(&object, "", JSON);
        pair(&list, "", JSON);
        pair(&union, "", JSON);
        pair(&flat, "", TEXT);
        pair(&flat, json, JSON);
        pair(&object, styled, TEXT);
        // Properties that are not listed are parts as well.
        let others = |kind: &str| {
            let schema = format!("{{type: object, additionalProperties: {}}}", object(kind));
            sent(name, &format!("schema: {schema}"))
        };
        expect(&others("integer"), &others("string"), JSON);
    }
}

#[test]
fn parameters_of_a_media_type_are_for_a_person_to_judge() {
    let of = |name: &str| sent(name, "schema: {type: string}");
    let review = &["media-type-parameters-changed review review"];
    expect(&of("text/plain; charset=utf-8"), &of("text/plain; charset=iso-8859-1"), review);
    expect(&of("application/json; version=1"), &of("application/json; version=2"), review);
    expect(&of("application/json"), &of("application/json; profile=a"), review);
    for (one, same) in [
        ("text/plain", "text/plain; charset=utf-8"),
        ("text/plain; charset=ISO-8859-1", "Text/Plain;charset=\"iso-8859-1\""),
        ("application/json", "application/json; charset=iso-8859-1"),
        ("multipart/form-data", "multipart/form-data; boundary=a"),
    ] {
        expect(&of(one), &of(same), &[]);
    }
}

#[test]
fn media_types_are_known_by_their_parameters_where_several_have_one_name() {
    let version =
        |number: u8, kind: &str| format!("'application/json; version={number}': {{schema: {{type: {kind}}}}}");
    let of = |content: &[String]| {
        let body = format!("      requestBody: {{content: {{{}}}}}", content.join(", "));
        document(&format!("      parameters: [{ID}]\n{body}\n{NOTHING}"), "")
    };
    let both = of(&[version(1, "integer"), version(2, "string")]);
    expect(&both, &of(&[version(2, "string"), version(1, "integer")]), &[]);
    expect(&both, &of(&[version(2, "string")]), &["media-type-removed breaks fine"]);
    expect(&of(&[version(1, "integer")]), &both, &["media-type-added fine breaks"]);
}

#[test]
fn xml_says_how_values_are_written_in_xml_alone() {
    let of = |media: &str, list: &str, item: &str| {
        let items = format!("{{type: array, xml: {{{list}}}, items: {{type: string, xml: {{{item}}}}}}}");
        sent(media, &format!("schema: {{type: object, properties: {{l: {items}}}}}"))
    };
    let pairs: &[(&str, &str, &[&str])] = &[
        ("", "wrapped: true", &["xml-changed breaks breaks"]),
        ("namespace: urn:a", "namespace: urn:b", &["xml-changed breaks breaks"]),
        ("name: a", "name: b", &["xml-changed breaks breaks"]),
        ("prefix: a", "prefix: b", &["xml-changed review review"]),
        // What holds without being stated.
        ("", "name: l, wrapped: false", &[]),
    ];
    for (before, after, expected) in pairs {
        for media in ["application/xml", "text/xml", "application/atom+xml"] {
            expect(&of(media, before, ""), &of(media, after, ""), expected);
        }
        expect(&of("application/json", before, ""), &of("application/json", after, ""), &[]);
    }
    expect(&of("text/xml", "", ""), &of("text/xml", "", "attribute: true"), &["xml-changed breaks breaks"]);
    // Items have no name of their own, so that one may be the one that holds.
    expect(&of("text/xml", "", ""), &of("text/xml", "", "name: i"), &["xml-changed review review"]);
    expect(&of("text/xml", "", ""), &of("text/xml", "", "name: l"), &[]);
}

#[test]
fn the_name_of_a_component_is_that_of_its_element_where_it_has_no_other_name() {
    let of = |xml: &str, property: &str| {
        let coin = format!("    Coin: {{type: object, {xml} properties: {{a: {{type: string}}}}}}");
        let purse = format!("    Purse: {{type: object, properties: {{{property}}}}}");
        let body = "      requestBody: {content: {application/xml: {schema: {$ref: '#/components/schemas/Coin'}}}}\n      responses: {'200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Purse'}}}}}";
        document(&format!("      parameters: [{ID}]\n{body}"), &format!("components:\n  schemas:\n{coin}\n{purse}\n"))
    };
    expect(&of("", ""), &of("xml: {name: Coin},", ""), &[]);
    expect(&of("", ""), &of("xml: {name: coin},", ""), &["xml-changed review review"]);
    let property = "coin: {$ref: '#/components/schemas/Coin'}";
    expect(&of("", property), &of("xml: {name: Coin},", property), &["xml-changed review review"]);
}

#[test]
fn a_range_beside_one_of_its_types_is_a_media_type_of_its_own() {
    let of = |names: &[&str]| {
        let content: Vec<String> = names.iter().map(|name| format!("'{name}': {{schema: {{type: string}}}}")).collect();
        let body = format!("      requestBody: {{content: {{{}}}}}", content.join(", "));
        document(&format!("      parameters: [{ID}]\n{body}\n{NOTHING}"), "")
    };
    let (alone, both) = (of(&["application/json"]), of(&["application/json", "*/*"]));
    expect(&both, &alone, &["media-type-removed breaks fine"]);
    expect(&alone, &both, &["media-type-added fine breaks"]);
    expect(&of(&["*/*"]), &alone, &["media-type-narrowed breaks fine"]);
    expect(&alone, &of(&["*/*"]), &["media-type-widened fine breaks"]);
}

#[test]
fn the_media_types_of_a_part_are_a_list() {
    let part = |types: &str| {
        let schema = "{type: object, properties: {p: {type: string, format: binary}}}";
        sent("multipart/form-data", &format!("schema: {schema}, encoding: {{p: {{contentType: '{types}'}}}}"))
    };
    expect(&part("image/png, image/jpeg"), &part("image/jpeg,image/png"), &[]);
    expect(&part("text/plain"), &part("text/plain; charset=utf-8"), &[]);
    expect(&part("image/png"), &part("image/png, image/jpeg"), &["encoding-changed fine breaks"]);
    expect(&part("image/*"), &part("image/png"), &["encoding-changed breaks fine"]);
    expect(&part("image/gif"), &part("image/png"), &["encoding-changed breaks breaks"]);
}

#[test]
fn a_schema_that_says_nothing_is_none() {
    let json = |media: &str| sent("application/json", media);
    expect(&json(""), &json("schema: {}"), &[]);
    expect(&json("schema: true"), &json(""), &[]);
    expect(&json(""), &json("schema: {type: string}"), &["media-type-schema-added breaks fine"]);
    // Bytes are described in another way since OpenAPI 3.1.
    let bytes = |media: &str| sent("application/octet-stream", media);
    let earlier = bytes("schema: {type: string, format: binary}");
    expect(&earlier, &bytes(""), &[]);
    expect(&earlier, &bytes("schema: {}"), &[]);
    expect(
        &bytes("schema: {}"),
        &bytes("schema: {type: string, maxLength: 3}"),
        &["type-narrowed breaks fine", "max-length-changed breaks fine"],
    );
}

#[test]
fn the_media_type_of_a_part_follows_from_its_schema() {
    let part =
        |schema: &str| sent("multipart/form-data", &format!("schema: {{type: object, properties: {{f: {schema}}}}}"));
    let (bytes, text) = ("{type: string, format: binary}", "{type: string}");
    let said = |old: &str, new: &str| {
        let mut all = crate::verdicts::verdicts(&crate::documents::findings(&part(old), &part(new)));
        all.sort();
        all
    };
    assert_eq!(said(bytes, text), ["encoding-changed breaks breaks", "format-removed fine breaks"]);
    // In a form there are no parts.
    let form = |schema: &str| {
        sent("application/x-www-form-urlencoded", &format!("schema: {{type: object, properties: {{f: {schema}}}}}"))
    };
    expect(&form(bytes), &form(text), &["format-removed fine breaks"]);
}

#[test]
fn an_encoding_means_nothing_in_json_and_of_no_property() {
    let schema = "schema: {type: object, properties: {f: {type: string}}}";
    let of = |name: &str, property: &str| {
        sent(name, &format!("{schema}, encoding: {{{property}: {{contentType: text/csv}}}}"))
    };
    expect(&sent("application/json", schema), &of("application/json", "f"), &[]);
    expect(&sent("multipart/form-data", schema), &of("multipart/form-data", "z"), &[]);
    let changed = ["encoding-changed breaks breaks"];
    expect(&sent("multipart/form-data", schema), &of("multipart/form-data", "f"), &changed);
}

#[test]
fn the_element_of_a_body_may_be_called_like_its_component() {
    let of = |name: &str, media: &str, rest: &str| {
        let body = format!(
            "      requestBody: {{content: {{'{media}': {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}}}"
        );
        document(
            &format!("      parameters: [{ID}]\n{body}\n{NOTHING}"),
            &format!(
                "components: {{schemas: {{{name}: {{type: object, {rest} properties: {{a: {{type: string}}}}}}}}}}"
            ),
        )
    };
    let (xml, named) = ("application/xml", "xml: {name: c},");
    expect(&of("A", xml, ""), &of("B", xml, ""), &["xml-changed review review"]);
    expect(&of("A", xml, named), &of("B", xml, named), &[]);
    expect(&of("A", "application/json", ""), &of("B", "application/json", ""), &[]);
}

#[test]
fn bytes_are_said_in_two_ways() {
    let (format, media) =
        ("{type: string, format: binary}", "{type: string, contentMediaType: application/octet-stream}");
    let names = ["application/json", "application/octet-stream", "multipart/form-data"];
    for name in names {
        let of = |schema: &str| match name {
            "multipart/form-data" => sent(name, &format!("schema: {{type: object, properties: {{f: {schema}}}}}")),
            _ => sent(name, &format!("schema: {schema}")),
        };
        expect(&of(format), &of(media), &[]);
    }
    let of = |schema: &str| sent("application/json", &format!("schema: {schema}"));
    let other = "{type: string, contentMediaType: image/png}";
    expect(&of(format), &of(other), &["format-removed breaks breaks"]);
}

#[test]
fn nobody_says_whether_the_body_of_a_get_is_read() {
    let of = |method: &str, body: &str| {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    {method}:\n{body}\n{NOTHING}\n"
        );
        Source::new("t.yaml", text)
    };
    let body = |required: &str| format!("      requestBody: {{{required} content: {{text/plain: {{}}}}}}");
    let (optional, required) = (body(""), body("required: true,"));
    expect(&of("get", ""), &of("get", &required), &["request-body-added review review"]);
    expect(&of("get", &optional), &of("get", &required), &["request-body-became-required review fine"]);
    expect(&of("get", &optional), &of("get", ""), &["request-body-removed review fine"]);
    // That of a POST is, and a server that knows none drops what it says.
    expect(&of("post", ""), &of("post", &optional), &["request-body-added fine breaks"]);
    expect(&of("post", &optional), &of("post", ""), &["request-body-removed breaks fine"]);
}

#[test]
fn headers_of_a_part_are_sent_with_it() {
    let part = |headers: &str| {
        let encoding = format!("encoding: {{file: {{headers: {{{headers}}}}}}}");
        let form = format!(
            "multipart/form-data: {{schema: {{type: object, properties: {{file: {{type: string}}}}}}, {encoding}}}"
        );
        document(&format!("      parameters: [{ID}]\n      requestBody: {{content: {{{form}}}}}\n{NOTHING}"), "")
    };
    let (may, must) = ("X-Kind: {schema: {type: string}}", "X-Kind: {required: true, schema: {type: string}}");
    expect(&part(""), &part(may), &["header-added fine fine"]);
    expect(&part(""), &part(must), &["header-added breaks fine"]);
    expect(&part(may), &part(must), &["header-became-required breaks fine"]);
    expect(&part(must), &part(""), &["header-removed fine breaks"]);
}

#[test]
fn an_encoding_that_holds_without_being_stated_is_no_change() {
    let body = |name: &str, schema: &str, encoding: &str| {
        let form =
            format!("{name}: {{schema: {{type: object, properties: {{a: {schema}}}}}, encoding: {{{encoding}}}}}");
        document(&format!("      parameters: [{ID}]\n      requestBody: {{content: {{{form}}}}}\n{NOTHING}"), "")
    };
    let list =
        |encoding: &str| body("application/x-www-form-urlencoded", "{type: array, items: {type: string}}", encoding);
    expect(&list(""), &list("a: {style: form, explode: true}"), &[]);
    expect(&list(""), &list("a: {style: form, explode: false}"), &["encoding-changed breaks breaks"]);
    let part = |encoding: &str| body("multipart/form-data", "{type: string}", encoding);
    expect(&part(""), &part("a: {contentType: text/plain}"), &[]);
    expect(&part(""), &part("a: {contentType: text/csv}"), &["encoding-changed breaks breaks"]);
}
