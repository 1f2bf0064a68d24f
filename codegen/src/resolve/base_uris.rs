//! References by URI. A schema of OpenAPI 3.1 can give itself one (`$id`), and so can a document of 3.2 (`$self`); a reference is relative
//! to the closest of them. Those that name something in the files become references by file and pointer, which later stages follow.
//!
//! JSON Schema 2020-12 Core, 8.2 "Base URI, Anchors, and Dereferencing"; OpenAPI 3.2.0, "Establishing the Base URI".

use std::collections::{HashMap, HashSet};

use fluent_uri::pct_enc::EString;
use fluent_uri::pct_enc::encoder::{Fragment, Path};
use fluent_uri::{Uri, UriRef};

use super::bundle::rewrite;
use crate::grammar::{Kind, Shape, Version, shape_under, visit};
use crate::source::{FileId, Source, Span, Target};
use crate::syntax::reference_lookup::{Location, Trees, reference};
use crate::syntax::{Documents, Node, pointer};

/// Writes references by URI as references by place, and removes the URIs of schemas: a reference by place would start at the schema.
///
/// Documents of OpenAPI 3.0 have no URIs, and those without `$id` and `$self` need no change.
pub(super) fn refer_by_place(source: &Source, documents: &mut Documents, version: Version) {
    let has_uris = |text: &String| text.contains("$id") || text.contains("$self");
    let mut texts = source.files.values().filter_map(|text| text.as_ref().ok());
    if version == Version::V30 || !texts.any(has_uris) {
        return;
    }
    let texts = texts_by_place(Trees { source, files: &documents.trees }, version);
    for (index, tree) in documents.trees.iter_mut().enumerate() {
        if let Some(tree) = tree {
            let shape = shape_of_file(FileId::from_index(index), tree);
            rewrite(tree, (shape, version), &texts, &HashSet::new());
            visit(tree, shape, version, &mut |node, shape| {
                if shape.kind() == Some(Kind::Schema)
                    && let Some(mapping) = node.as_mapping_mut()
                {
                    mapping.retain(|(key, _)| key.text() != "$id");
                }
                true
            });
        }
    }
}

/// The new texts of references, by where the old ones stand.
fn texts_by_place(trees: Trees<'_>, version: Version) -> HashMap<Span, String> {
    let mut resources = Resources::default();
    walk_files(trees, version, &mut |node, shape, at| resources.add(node, shape, at));
    let mut texts = HashMap::new();
    walk_files(trees, version, &mut |node, shape, at| {
        if let Some((text, span)) = reference_text(node, shape)
            && let Some(location) = resources.find(trees, text, at.base)
            && let Some(new) = written(trees.source, &location, at.file)
            && new != text
        {
            texts.insert(span, new);
        }
    });
    texts
}

/// The shape of a whole file: an OpenAPI document, or a schema. In a file that is neither, nothing has a URI.
fn shape_of_file(file: FileId, tree: &Node) -> Shape {
    let is_document = file == FileId::ROOT || tree.get("openapi").is_some() || tree.get("components").is_some();
    if is_document { Shape::Object(Kind::OpenApi) } else { Shape::Ref(Kind::Schema) }
}

/// The text of a reference, or of a discriminator's value that is one.
fn reference_text(node: &Node, shape: Shape) -> Option<(&str, Span)> {
    match shape {
        Shape::SchemaName => node.as_str().map(|text| (text, node.span)),
        _ => reference(node).filter(|_| shape.kind().is_some()),
    }
}

/// Where a node stands.
struct At<'a> {
    file: FileId,
    tokens: &'a [String],
    /// The URI of the closest schema or document that has one, the node itself included.
    base: &'a Uri<String>,
}

fn walk_files(trees: Trees<'_>, version: Version, visitor: &mut dyn FnMut(&Node, Shape, &At<'_>)) {
    for (index, tree) in trees.files.iter().enumerate() {
        let file = FileId::from_index(index);
        if let Some(tree) = tree
            && let Some(base) = uri_of_file(trees.source.name(file))
        {
            Walk { version, file, tokens: Vec::new(), visitor: &mut *visitor }.node(
                tree,
                shape_of_file(file, tree),
                &base,
            );
        }
    }
}

struct Walk<'v> {
    version: Version,
    file: FileId,
    tokens: Vec<String>,
    visitor: &'v mut dyn FnMut(&Node, Shape, &At<'_>),
}

impl Walk<'_> {
    fn node(&mut self, node: &Node, shape: Shape, outer: &Uri<String>) {
        let own = own_uri(node, shape, outer);
        let base = own.as_ref().unwrap_or(outer);
        (self.visitor)(node, shape, &At { file: self.file, tokens: &self.tokens, base });
        match shape {
            Shape::List(inner) => {
                for (index, item) in node.items().iter().enumerate() {
                    self.step(index.to_string(), item, *inner, base);
                }
            }
            Shape::Map(inner) | Shape::Named(inner) => {
                for (key, value) in node.entries() {
                    self.step(key.text().to_owned(), value, *inner, base);
                }
            }
            _ => {
                let Some(kind) = shape.kind() else { return };
                for (key, value) in node.entries() {
                    if let Some(shape) = shape_under(kind, key.text(), self.version) {
                        self.step(key.text().to_owned(), value, shape, base);
                    }
                }
            }
        }
    }

    fn step(&mut self, token: String, node: &Node, shape: Shape, base: &Uri<String>) {
        self.tokens.push(token);
        self.node(node, shape, base);
        self.tokens.pop();
    }
}

/// The URI that an object gives itself.
fn own_uri(node: &Node, shape: Shape, outer: &Uri<String>) -> Option<Uri<String>> {
    let key = match shape.kind()? {
        Kind::OpenApi => "$self",
        Kind::Schema => "$id",
        _ => return None,
    };
    // A fragment alone names no resource of its own.
    let stated = node.get(key)?.as_str().filter(|text| !text.starts_with('#'))?;
    Some(resolved(stated, outer)?.strip_fragment().normalize())
}

/// A reference as a URI.
fn resolved(text: &str, base: &Uri<String>) -> Option<Uri<String>> {
    UriRef::parse(text).ok()?.resolve_against(base).ok()
}

/// What a file is called, as a URI that references in it are relative to.
fn uri_of_file(name: &str) -> Option<Uri<String>> {
    let mut path = EString::<Path>::new();
    path.encode_str::<Path>(name.trim_start_matches('/'));
    Uri::parse(format!("file:///{}", path.as_str())).ok()
}

/// What references by URI can name.
#[derive(Default)]
struct Resources {
    /// By URI, without a fragment.
    by_uri: HashMap<String, Location>,
    /// By the URI of the resource around it, and its name.
    anchors: HashMap<(String, String), Location>,
}

impl Resources {
    /// Adds the names that an object has. Of two with one name the first counts.
    fn add(&mut self, node: &Node, shape: Shape, at: &At<'_>) {
        let Some(kind @ (Kind::OpenApi | Kind::Schema)) = shape.kind() else { return };
        let location = || Location { file: at.file, tokens: at.tokens.to_vec() };
        let is_named = node.get(if kind == Kind::Schema { "$id" } else { "$self" }).is_some();
        if is_named {
            self.by_uri.entry(at.base.as_str().to_owned()).or_insert_with(location);
        }
        for anchor in ["$anchor", "$dynamicAnchor"].iter().filter_map(|key| node.get(key)?.as_str()) {
            self.anchors.entry((at.base.as_str().to_owned(), anchor.to_owned())).or_insert_with(location);
        }
    }

    /// Where a reference leads. `None` where no URI is meant that anything has, so that it names a file.
    fn find(&self, trees: Trees<'_>, text: &str, base: &Uri<String>) -> Option<Location> {
        let target = resolved(text, base)?;
        let uri = target.strip_fragment().normalize().as_str().to_owned();
        let mut location = self.by_uri.get(&uri)?.clone();
        let Some(fragment) = target.fragment().map(|fragment| fragment.decode().to_string_lossy().into_owned()) else {
            return Some(location);
        };
        let Some(tokens) = pointer::tokens(&fragment) else {
            return self.anchors.get(&(uri, fragment)).cloned();
        };
        location.tokens.extend(tokens.into_iter().map(std::borrow::Cow::into_owned));
        trees.node(&location).is_some().then_some(location)
    }
}

/// A location as a reference that stands in a file.
fn written(source: &Source, location: &Location, from: FileId) -> Option<String> {
    let mut text = EString::<Fragment>::new();
    for token in &location.tokens {
        text.encode_str::<Fragment>("/");
        text.encode_str::<Fragment>(&pointer::escape(token));
    }
    let (from, to) = (source.name(from), source.name(location.file));
    let file = if from == to { String::new() } else { relative(from, to) };
    let text = format!("{file}#{}", text.as_str());
    // A name out of the ordinary, such as one with a drive letter, is left to who wrote it.
    Target::parse(&text, from, &source.base).is_ok_and(|target| target.file == to).then_some(text)
}

/// The way from one file to another.
fn relative(from: &str, to: &str) -> String {
    let shared = from.bytes().zip(to.bytes()).take_while(|(one, other)| one == other).count();
    let shared = from.get(..shared).and_then(|start| start.rfind('/')).map_or(0, |slash| slash + 1);
    let up = from.get(shared..).unwrap_or_default().matches('/').count();
    let mut path = EString::<Path>::new();
    path.encode_str::<Path>(to.get(shared..).unwrap_or_default());
    format!("./{}{}", "../".repeat(up), path.as_str())
}

#[cfg(test)]
mod tests {
    use crate::grammar::Strictness;
    use crate::source::Source;
    use crate::syntax::{self, Node};

    const HEAD: &str = "openapi: 3.1.1\ninfo: {title: T, version: '1'}\n";

    /// The document in one tree.
    fn resolved(root: &str, others: &[(&str, &str)]) -> Result<Node, Vec<String>> {
        let mut source = Source::new("specs/root.yaml", root);
        source.base = "specs".to_owned();
        for (name, text) in others {
            source.files.insert((*name).to_owned(), Ok((*text).to_owned()));
        }
        let (documents, mut diagnostics) = syntax::read(&source);
        let (bundled, found) = super::super::bundled(&source, documents, Strictness::Lenient);
        diagnostics.extend(found);
        bundled.map(|bundled| bundled.root).ok_or_else(|| {
            diagnostics.iter().map(|found| format!("{}: {}", found.code.as_str(), found.message)).collect()
        })
    }

    fn reference_at(root: &Node, pointer: &str) -> String {
        root.at(pointer).and_then(|node| node.get("$ref")?.as_str()).unwrap_or("nothing").to_owned()
    }

    #[test]
    fn schemas_are_found_by_their_own_uri() {
        let root = resolved(
            &format!(
                "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    Money:\n      $id: https://pay.example/schemas/money\n      type: object\n      $defs: {{code: {{$anchor: currency, type: string}}}}\n      properties:\n        code: {{$ref: '#/$defs/code'}}\n        other: {{$ref: '#currency'}}\n        parts: {{type: array, items: {{$ref: '#'}}}}\n        owner: {{$ref: owner}}\n        plain: {{$ref: '#/components/schemas/Plain'}}\n    Owner: {{$id: 'https://pay.example/schemas/owner', type: object}}\n    Plain:\n      type: object\n      properties:\n        a: {{$ref: 'https://pay.example/schemas/money'}}\n        b: {{$ref: 'HTTPS://pay.example/schemas/./money#/$defs/code'}}\n"
            ),
            &[],
        )
        .expect("a document");
        let money = "/components/schemas/Money/properties";
        assert_eq!(reference_at(&root, &format!("{money}/code")), "#/components/schemas/code");
        assert_eq!(reference_at(&root, &format!("{money}/other")), "#/components/schemas/code");
        assert_eq!(reference_at(&root, &format!("{money}/parts/items")), "#/components/schemas/Money");
        assert_eq!(reference_at(&root, &format!("{money}/owner")), "#/components/schemas/Owner");
        // What the schema does not have is looked up in the file, as most people mean it.
        assert_eq!(reference_at(&root, &format!("{money}/plain")), "#/components/schemas/Plain");
        let plain = "/components/schemas/Plain/properties";
        assert_eq!(reference_at(&root, &format!("{plain}/a")), "#/components/schemas/Money");
        assert_eq!(reference_at(&root, &format!("{plain}/b")), "#/components/schemas/code");
        assert!(root.at("/components/schemas/Money/$id").is_none());
    }

    #[test]
    fn a_document_is_found_by_its_own_uri() {
        let root = resolved(
            "openapi: 3.2.0\n$self: https://pay.example/api/openapi.yaml\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    A: {type: string}\n    B: {type: object, properties: {a: {$ref: 'openapi.yaml#/components/schemas/A'}, c: {$ref: ../shared/c}}}\n",
            &[("specs/parts/c.yaml", "$id: https://pay.example/shared/c\ntype: object\nproperties: {a: {$ref: '../api/openapi.yaml#/components/schemas/A'}}\n")],
        )
        .expect("a document");
        assert_eq!(reference_at(&root, "/components/schemas/B/properties/a"), "#/components/schemas/A");
        assert_eq!(reference_at(&root, "/components/schemas/B/properties/c"), "#/components/schemas/c");
        assert_eq!(reference_at(&root, "/components/schemas/c/properties/a"), "#/components/schemas/A");
    }

    #[test]
    fn a_uri_that_nothing_has_is_refused_and_nothing_is_fetched() {
        let text = format!(
            "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    A: {{$id: 'https://pay.example/a', type: object, properties: {{b: {{$ref: 'https://pay.example/b'}}}}}}\n"
        );
        let codes = resolved(&text, &[]).expect_err("a refusal");
        assert_eq!(codes.len(), 1, "{codes:?}");
        assert!(codes[0].starts_with("foreign-reference"), "{codes:?}");
    }

    #[test]
    fn data_has_no_uri() {
        let root = resolved(
            &format!(
                "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    A:\n      type: object\n      properties: {{$id: {{type: string}}, a: {{$ref: '#/components/schemas/B'}}}}\n      example: {{$id: 'https://pay.example/x', $ref: '#/y'}}\n    B: {{type: string}}\n"
            ),
            &[],
        )
        .expect("a document");
        assert_eq!(reference_at(&root, "/components/schemas/A/properties/a"), "#/components/schemas/B");
        assert_eq!(reference_at(&root, "/components/schemas/A/example"), "#/y");
    }
}
