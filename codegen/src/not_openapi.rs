//! Documents that describe an API in another format than OpenAPI: recognised, so that they can be named.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{FileId, Source, Span};
use crate::syntax::Node;

/// A format, and what to do with a document in it.
struct Format {
    /// With its article.
    name: &'static str,
    help: &'static str,
}

const CONVERT: &str = "convert it to OpenAPI 3 with a converter, and generate from the result";

/// The line that every RAML document begins with (RAML 1.0, section "Markup Language").
const RAML: &str = "#%RAML";

/// What is said about a root document that is plainly in another format.
pub(crate) fn recognised(source: &Source, root: Option<&Node>) -> Option<Diagnostic> {
    let text = source.text(FileId::ROOT);
    let start = Span { end: u32::try_from(text.lines().next().unwrap_or_default().len()).unwrap_or(0), ..Span::START };
    let (format, span) = if text.trim_start_matches('\u{feff}').starts_with(RAML) {
        Some((Format { name: "a RAML document", help: CONVERT }, start))
    } else {
        root.and_then(format)
    }?;
    let mut found = Diagnostic::new(Code::NotOpenApi, Severity::Error, format!("this is {}", format.name), span);
    found.help(format.help);
    Some(found)
}

/// The format that the keys of a document say it is in.
fn format(root: &Node) -> Option<(Format, Span)> {
    let marker = |key: &str| root.entry(key).map(|(key, value)| key.span.to(value.span));
    if root.get("openapi").is_some() || root.get("swagger").is_some() {
        return None;
    }
    if let Some(span) = marker("asyncapi") {
        let help = "it describes messages, not HTTP: bring the OpenAPI document of the API";
        return Some((Format { name: "an AsyncAPI document", help }, span));
    }
    if let Some(span) = marker("overlay") {
        let help = "give the document that it changes, and this one by `--overlay`";
        return Some((Format { name: "an overlay", help }, span));
    }
    if let Some(span) = marker("arazzo") {
        let help = "it describes sequences of calls: bring the OpenAPI document that it names";
        return Some((Format { name: "an Arazzo document", help }, span));
    }
    let info = root.get("info")?;
    let schema =
        info.entry("schema").filter(|(_, value)| value.as_str().is_some_and(|text| text.contains("getpostman.com")));
    let postman = schema.or_else(|| info.entry("_postman_id"));
    postman.map(|(key, value)| (Format { name: "a Postman collection", help: CONVERT }, key.span.to(value.span)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Strictness, check};

    /// What is said about a document: the codes, and the messages.
    fn said(text: &str) -> Vec<(Code, String)> {
        let source = Source::new("a.yaml", text);
        check(&source, Strictness::Lenient).iter().map(|one| (one.code, one.message.clone())).collect()
    }

    #[test]
    fn other_formats_are_named_and_nothing_else_is_said() {
        for (text, name) in [
            ("asyncapi: 3.0.0\ninfo: {title: T, version: '1'}\n", "an AsyncAPI document"),
            ("overlay: 1.0.0\nactions: []\n", "an overlay"),
            ("arazzo: 1.0.1\nworkflows: []\n", "an Arazzo document"),
            (r#"{"info": {"_postman_id": "1", "name": "T"}, "item": []}"#, "a Postman collection"),
            (
                r#"{"info": {"schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}}"#,
                "a Postman collection",
            ),
            ("#%RAML 1.0\ntitle: T\ntypes: !include types.raml\n/a:\n  get:\n", "a RAML document"),
            ("#%RAML 0.8\n  title: [\n", "a RAML document"),
        ] {
            assert_eq!(said(text), [(Code::NotOpenApi, format!("this is {name}"))], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_left_to_others() {
        let plain = "openapi: 3.0.3\nasyncapi: 2.0.0\ninfo: {title: T, version: '1'}\npaths: {}\n";
        assert!(said(plain).iter().all(|(code, _)| *code != Code::NotOpenApi));
        assert!(said("a: 1\n").iter().all(|(code, _)| *code == Code::UnsupportedVersion));
        assert!(
            said("swagger: '2.0'\n")
                .iter()
                .all(|(code, message)| *code == Code::UnsupportedVersion && message.contains("Swagger 2.0"))
        );
    }
}
