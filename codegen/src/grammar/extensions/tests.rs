use super::{EXTENSIONS, Shape};
use crate::grammar::{Field, Kind, Need};

const DOCUMENTATION: &str = include_str!("../../../../specs/README.md");

/// A row of the table in the documentation: the key, its place, its shape.
type Row = (String, String, String);

fn documented() -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let lines = DOCUMENTATION.lines().skip_while(|line| !line.starts_with("| key | place | shape |")).skip(2);
    for line in lines.take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let [key, place, shape, meaning] = cells[..] else { panic!("four cells: {line}") };
        assert!(!meaning.is_empty(), "{line}");
        // A key with several rows is named in the first.
        let key = if key.is_empty() { rows.last().expect("a row before it").0.clone() } else { key.to_owned() };
        rows.push((key, place.to_owned(), shape.to_owned()));
    }
    rows
}

#[test]
fn the_documentation_has_each_key_with_its_place_and_its_shape() {
    let grammar = EXTENSIONS.iter().map(|row| (row.key.to_owned(), row.home.to_owned(), written(row.shape)));
    assert_eq!(documented(), grammar.collect::<Vec<_>>());
}

/// A shape as the documentation writes it.
fn written(shape: Shape) -> String {
    match shape {
        Shape::String => "text".to_owned(),
        Shape::Name => "name".to_owned(),
        Shape::Status => "status".to_owned(),
        Shape::Count => "whole number".to_owned(),
        Shape::Flag => "true or false".to_owned(),
        Shape::Word(words) => one_of(words),
        Shape::List(inner) => format!("[{}]", written(*inner)),
        Shape::Map(Shape::Object(Kind::PathItem)) => "map of path items".to_owned(),
        Shape::Object(kind) => object(kind),
        Shape::OneOrMore(kind) => format!("{}, or a list of them", object(kind)),
        Shape::WordOr(words, kind) => format!("{}, or {}", one_of(words), object(kind)),
        Shape::TextOr(kind) => format!("text or {}", object(kind)),
        other => panic!("no extension has had the shape {other:?}; say here how the documentation writes it"),
    }
}

fn one_of(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn object(kind: Kind) -> String {
    let field = |field: &Field| {
        let mark = if field.need == Need::Required { "" } else { "?" };
        format!("{}{mark}: {}", field.name, written(field.shape))
    };
    format!("{{{}}}", kind.object().fields.iter().map(field).collect::<Vec<_>>().join(", "))
}
