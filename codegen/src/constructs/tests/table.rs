//! The table as it stands in the documentation.

const DOCUMENT: &str = include_str!("../../../docs/constructs.md");

/// A key of an object, and what becomes of it.
pub(super) struct Row {
    /// The object as the grammar calls it: `a schema`.
    pub(super) object: String,
    /// `None` for the keys that a document chooses.
    pub(super) key: Option<String>,
    pub(super) since: String,
    pub(super) text: String,
    pub(super) codes: Vec<String>,
}

/// A format, and its Rust type.
pub(super) struct FormatRow {
    pub(super) stated_type: String,
    /// `None` where there is no format.
    pub(super) format: Option<String>,
    pub(super) rust: String,
}

/// The cells of each row of the tables, with the heading above them.
fn cells() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let sections = DOCUMENT.split("\n## ").skip(1).filter_map(|section| section.split_once('\n'));
    sections.flat_map(|(heading, text)| {
        let lines = text.lines().filter(|line| line.starts_with("| "));
        let rows = lines.map(|line| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>());
        rows.filter(|cells| !matches!(cells.first(), Some(&("key" | "type")))).map(move |cells| (heading, cells))
    })
}

fn code(cell: &str) -> Option<String> {
    Some(cell.strip_prefix('`')?.strip_suffix('`')?.to_owned()).filter(|text| !text.contains('`'))
}

/// `A schema` as the grammar has it; what is no word at the start of a sentence keeps its letters.
fn object(heading: &str) -> String {
    let (article, rest) = heading.split_once(' ').unwrap_or((heading, ""));
    format!("{} {rest}", article.to_lowercase())
}

/// The rows of all objects.
pub(super) fn rows() -> Vec<Row> {
    let of_objects = cells().filter(|(heading, _)| *heading != "Formats");
    let row = |(heading, cells): (&str, Vec<&str>)| {
        let [key, since, text, codes] = cells.as_slice() else { panic!("four cells: {cells:?}") };
        assert!(!text.is_empty(), "{heading}, {key} is empty");
        Row {
            object: object(heading),
            key: code(key),
            since: (*since).to_owned(),
            text: (*text).to_owned(),
            codes: codes.split(", ").filter_map(code).collect(),
        }
    };
    of_objects.map(row).collect()
}

/// The rows of formats.
pub(super) fn formats() -> Vec<FormatRow> {
    let of_formats = cells().filter(|(heading, _)| *heading == "Formats");
    let row = |(_, cells): (&str, Vec<&str>)| {
        let [stated, format, rust] = cells.as_slice() else { panic!("three cells: {cells:?}") };
        let rust = code(rust).expect("a Rust type");
        FormatRow { stated_type: (*stated).to_owned(), format: code(format), rust }
    };
    of_formats.map(row).collect()
}
