//! The layout of tables that are handed to macros of the runtime: as many entries on a line as there is room for, and an entry that is
//! a table itself and too long for a line on lines of its own.

use proc_macro2::Delimiter;

use super::token_trees::{Tree, parts, print};

/// The width of generated code.
const WIDTH: usize = 100;

/// A call such as `specie_runtime::object!(Name { … });`; `None` for other items.
pub(super) fn layout(item: &[Tree]) -> Option<String> {
    let (path, tokens) = call(item)?;
    let path = join(path);
    let Some(at) = tokens.iter().position(|tree| tree.braced().is_some()) else {
        // What has no table is a line of its own: `specie_runtime::from_one!(GetPayout: into String);`.
        return path.starts_with("specie_runtime::").then(|| format!("{path}!({});\n", join(tokens)));
    };
    let (before, behind) = tokens.split_at_checked(at)?;
    let (braces, after) = behind.split_first()?;
    let entries = entries(braces.braced()?);
    let (head, tail) = (format!("{path}!({} {{", join(before)), join(after));
    let close = if tail.is_empty() { "});\n".to_owned() } else { format!("}} {tail});\n") };
    // Two characters stand between each two entries, and a space before and after them all; the line break does not count.
    let length: usize = entries.iter().map(|entry| entry.text.len() + 2).sum();
    if head.len() + length.max(2) + close.trim_end().len() <= WIDTH {
        let texts: Vec<&str> = entries.iter().map(|entry| entry.text.as_str()).collect();
        return Some(if texts.is_empty() {
            format!("{head}{close}")
        } else {
            format!("{head} {} {close}", texts.join(", "))
        });
    }
    Some(format!("{head}\n{}{close}", filled(entries, "    ")))
}

/// The path of the macro that an item calls, and what is handed to it.
fn call(item: &[Tree]) -> Option<(&[Tree], &[Tree])> {
    let (path, behind) = item.split_at_checked(item.iter().position(|tree| tree.is_mark('!'))?)?;
    let is_path = path.iter().all(|tree| matches!(tree, Tree::Word(_)) || tree.is_mark(':'));
    match behind {
        [_, Tree::Group(_, handed), end] if is_path && end.is_mark(';') => Some((path, handed)),
        [_, Tree::Group(Delimiter::Brace, handed)] if is_path => Some((path, handed)),
        _ => None,
    }
}

/// What stands between commas, and how it is written on one line.
struct Entry<'a> {
    tokens: &'a [Tree],
    text: String,
}

/// The entries between commas.
fn entries(tokens: &[Tree]) -> Vec<Entry<'_>> {
    parts(tokens).into_iter().map(|tokens| Entry { tokens, text: join(tokens) }).collect()
}

/// Lines of entries; the last one has no comma behind it where it begins with dots.
fn filled(entries: Vec<Entry<'_>>, indent: &str) -> String {
    let mut text = String::new();
    let mut width = 0;
    let last = entries.len().saturating_sub(1);
    for (place, Entry { tokens, text: mut written }) in entries.into_iter().enumerate() {
        let comma = if place == last && written.starts_with("..") { "" } else { "," };
        if indent.len() + written.len() + comma.len() > WIDTH {
            written = divided(tokens, indent).unwrap_or(written);
        }
        let first = written.lines().next().map_or(0, str::len);
        let has_lines = written.contains('\n');
        if width > 0 && (width + 1 + first + comma.len() > WIDTH || has_lines) {
            text.push('\n');
            width = 0;
        }
        let before = if width == 0 { indent } else { " " };
        text.push_str(before);
        text.push_str(&written);
        text.push_str(comma);
        // Nothing stands behind an entry of several lines.
        width = if has_lines { WIDTH } else { width + before.len() + written.len() + comma.len() };
    }
    text.push('\n');
    text
}

/// Whether a token is the word before what is demanded of a value, of what it holds, or of the number of properties.
fn is_where(tree: &Tree) -> bool {
    matches!(tree, Tree::Word(word) if word == "where" || word == "each" || word == "counted")
}

/// An entry that holds a table, as the lines of that table, or else one with alternatives, a line for each.
fn divided(entry: &[Tree], indent: &str) -> Option<String> {
    let inner = format!("{indent}    ");
    let Some(at) = entry.iter().position(|tree| tree.braced().is_some_and(|inside| !inside.is_empty())) else {
        let alternatives: Vec<String> = entry.split(|tree| tree.is_mark('|')).map(join).collect();
        return (alternatives.len() > 1).then(|| alternatives.join(&format!("\n{inner}| ")));
    };
    let (before, behind) = entry.split_at_checked(at)?;
    let (braces, after) = behind.split_first()?;
    let inside = braces.braced()?;
    // What is demanded of a value is no table: no comma stands behind it.
    let rows = if before.last().is_some_and(is_where) {
        format!("{inner}{}\n", join(inside))
    } else {
        filled(entries(inside), &inner)
    };
    let after = join(after);
    let space = if after.is_empty() { "" } else { " " };
    Some(format!("{} {{\n{rows}{indent}}}{space}{after}", join(before)))
}

fn join(tokens: &[Tree]) -> String {
    let mut text = String::new();
    print(tokens, &mut text);
    text
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::super::items;

    #[test]
    fn tables_within_tables_have_lines_of_their_own() {
        let bounds = "x".repeat(60);
        let text = items(quote!(specie_runtime::operation!(A {
            id: "a", parameters: { a: path, b: query.list() where { one_of(&[#bounds, #bounds]) valid } },
            errors: E { 400: json(#bounds) B | text(#bounds) C, default: empty D },
        });));
        let expected = format!(
            "specie_runtime::operation!(A {{\n    id: \"a\",\n    parameters: {{\n        a: path,\n        b: query.list() where {{\n            \
             one_of(&[\"{bounds}\", \"{bounds}\"]) valid\n        }},\n    }},\n    errors: E {{\n        400: json(\"{bounds}\") B\n            \
             | text(\"{bounds}\") C,\n        default: empty D,\n    }},\n}});\n"
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn short_tables_take_one_line() {
        assert_eq!(
            items(quote!(specie_runtime::object!(A { a: required, r#type: optional = "type", ..rest });)),
            "specie_runtime::object!(A { a: required, r#type: optional = \"type\", ..rest });\n"
        );
        assert_eq!(
            items(quote!(specie_runtime::new!(A { b(value): into types::B; c, d });)),
            "specie_runtime::new!(A { b(value): into types::B; c, d });\n"
        );
        assert_eq!(items(quote!(specie_runtime::new!(A);)), "specie_runtime::new!(A);\n");
        assert_eq!(items(quote!(specie_runtime::object!(A {} !);)), "specie_runtime::object!(A {} !);\n");
        assert_eq!(items(quote!(specie_runtime::object!(A {} !server);)), "specie_runtime::object!(A {} !server);\n");
        assert_eq!(
            items(
                quote!(specie_runtime::setters!(A { b(c, "d"): into Vec<BTreeMap<String, types::B>>, e: plain bool });)
            ),
            "specie_runtime::setters!(A { b(c, \"d\"): into Vec<BTreeMap<String, types::B>>, e: plain bool });\n"
        );
        assert_eq!(
            items(quote!(specie_runtime::union!(A by "type" { B: "b" | "c", ..Unknown });)),
            "specie_runtime::union!(A by \"type\" { B: \"b\" | \"c\", ..Unknown });\n"
        );
    }

    #[test]
    fn long_tables_fill_lines() {
        let entries: Vec<_> = (0..12).map(|i| quote::format_ident!("a_name_of_some_length_{i}")).collect();
        let text = items(quote!(specie_runtime::object!(A { #(#entries: optional,)* ..rest } !);));
        assert!(
            text.starts_with("specie_runtime::object!(A {\n    a_name_of_some_length_0: optional, a_name"),
            "{text}"
        );
        assert!(text.ends_with(" ..rest\n} !);\n") && text.lines().all(|line| line.len() <= 100), "{text}");
        assert!(syn::parse_file(&text).is_ok());
    }
}
