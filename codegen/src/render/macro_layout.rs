//! The layout of tables that are handed to macros of the runtime: as many entries on a line as there is room for, and an entry that is
//! a table itself and too long for a line on lines of its own.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// The width of generated code.
const WIDTH: usize = 100;

/// A call such as `specie_runtime::object!(Name { … });`; `None` for other items.
pub(super) fn layout(item: &syn::Item) -> Option<String> {
    let syn::Item::Macro(call) = item else { return None };
    if !call.attrs.is_empty() || call.ident.is_some() {
        return None;
    }
    let tokens: Vec<TokenTree> = call.mac.tokens.clone().into_iter().collect();
    let path = print(call.mac.path.to_token_stream());
    let Some(at) = tokens.iter().position(|tree| group(tree).is_some()) else {
        // What has no table is a line of its own: `specie_runtime::from_one!(GetPayout: into String);`.
        return path.starts_with("specie_runtime::").then(|| format!("{path}!({});\n", join(&tokens)));
    };
    let (before, behind) = tokens.split_at_checked(at)?;
    let (braces, after) = behind.split_first()?;
    let entries = entries(group(braces)?);
    let (head, tail) = (format!("{path}!({} {{", join(before)), join(after));
    let close = if tail.is_empty() { "});\n".to_owned() } else { format!("}} {tail});\n") };
    let texts: Vec<String> = entries.iter().map(|entry| join(entry)).collect();
    let one_line = format!("{head} {} {close}", texts.join(", "));
    if one_line.trim_end().len() <= WIDTH {
        return Some(if entries.is_empty() { format!("{head}{close}") } else { one_line });
    }
    Some(format!("{head}\n{}{close}", filled(&entries, "    ")))
}

/// The content of braces.
fn group(tree: &TokenTree) -> Option<TokenStream> {
    match tree {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    }
}

/// The entries between commas.
fn entries(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut entries = Vec::new();
    let mut entry = Vec::new();
    let mut angles = 0_usize;
    for tree in tokens {
        match &tree {
            TokenTree::Punct(punct) if punct.as_char() == ',' && angles == 0 => {
                entries.push(std::mem::take(&mut entry));
                continue;
            }
            TokenTree::Punct(punct) if punct.as_char() == '<' => angles += 1,
            TokenTree::Punct(punct) if punct.as_char() == '>' => angles = angles.saturating_sub(1),
            _ => {}
        }
        entry.push(tree);
    }
    if !entry.is_empty() {
        entries.push(entry);
    }
    entries
}

/// Lines of entries; the last one has no comma behind it where it begins with dots.
fn filled(entries: &[Vec<TokenTree>], indent: &str) -> String {
    let mut text = String::new();
    let mut width = 0;
    for (place, entry) in entries.iter().enumerate() {
        let mut written = join(entry);
        let comma = if place + 1 == entries.len() && written.starts_with("..") { "" } else { "," };
        if indent.len() + written.len() + comma.len() > WIDTH {
            written = divided(entry, indent).unwrap_or(written);
        }
        let first = written.lines().next().map_or(0, str::len);
        if width > 0 && (width + 1 + first + comma.len() > WIDTH || written.contains('\n')) {
            text.push('\n');
            width = 0;
        }
        let before = if width == 0 { indent } else { " " };
        text.push_str(before);
        text.push_str(&written);
        text.push_str(comma);
        // Nothing stands behind an entry of several lines.
        width = if written.contains('\n') { WIDTH } else { width + before.len() + written.len() + comma.len() };
    }
    text.push('\n');
    text
}

/// Whether a token is the word before what is demanded of a value, of what it holds, or of the number of properties.
fn is_where(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Ident(word) if word == "where" || word == "each" || word == "counted")
}

/// An entry that holds a table, as the lines of that table, or else one with alternatives, a line for each.
fn divided(entry: &[TokenTree], indent: &str) -> Option<String> {
    let inner = format!("{indent}    ");
    let Some(at) = entry.iter().position(|tree| group(tree).is_some_and(|inside| !inside.is_empty())) else {
        let is_bar = |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == '|');
        let alternatives: Vec<String> = entry.split(is_bar).map(join).collect();
        return (alternatives.len() > 1).then(|| alternatives.join(&format!("\n{inner}| ")));
    };
    let (before, behind) = entry.split_at_checked(at)?;
    let (braces, after) = behind.split_first()?;
    // What is demanded of a value is no table: no comma stands behind it.
    let rows = if before.last().is_some_and(is_where) {
        format!("{inner}{}\n", print(group(braces)?))
    } else {
        filled(&entries(group(braces)?), &inner)
    };
    let after = join(after);
    let space = if after.is_empty() { "" } else { " " };
    Some(format!("{} {{\n{rows}{indent}}}{space}{after}", join(before)))
}

fn join(tokens: &[TokenTree]) -> String {
    print(tokens.iter().cloned().collect())
}

/// Tokens in the usual spacing.
fn print(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut glued = true;
    for tree in tokens {
        let (token, before, after) = match &tree {
            TokenTree::Group(group) => (grouped(group), is_apart(group, &text), true),
            TokenTree::Punct(punct) => {
                let (before, after) = spaces(punct.as_char(), text.chars().last());
                (punct.to_string(), before, after && punct.spacing() == Spacing::Alone)
            }
            other => (other.to_string(), true, true),
        };
        if before && !glued {
            text.push(' ');
        }
        text.push_str(&token);
        glued = !after;
    }
    text
}

fn grouped(group: &proc_macro2::Group) -> String {
    let inner = print(group.stream());
    match group.delimiter() {
        Delimiter::Parenthesis => format!("({inner})"),
        Delimiter::Brace if inner.is_empty() => "{}".to_owned(),
        Delimiter::Brace => format!("{{ {inner} }}"),
        Delimiter::Bracket => format!("[{inner}]"),
        Delimiter::None => inner,
    }
}

/// Whether a space stands before a group.
fn is_apart(group: &proc_macro2::Group, before: &str) -> bool {
    match group.delimiter() {
        Delimiter::Brace | Delimiter::Bracket => true,
        Delimiter::Parenthesis | Delimiter::None => before.ends_with([':', ',']) && !before.ends_with("::"),
    }
}

/// Whether a space stands before and after a punctuation mark, by what comes before it.
fn spaces(mark: char, before: Option<char>) -> (bool, bool) {
    match mark {
        ':' if before == Some(':') => (false, false),
        ':' | ',' | ';' | '>' => (false, true),
        '<' | '&' | '.' => (false, false),
        '-' | '!' => (true, false),
        _ => (true, true),
    }
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
