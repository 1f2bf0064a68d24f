//! References by URI. A schema of OpenAPI 3.1 can give itself one (`$id`), and so can a document of 3.2 (`$self`); a reference is relative
//! to the closest of them. Those that name something in the files become references by file and pointer, which later stages follow.
//!
//! In a file that is neither an OpenAPI document nor one schema, nothing has a URI.
//!
//! JSON Schema 2020-12 Core, 8.2 "Base URI, Anchors, and Dereferencing"; OpenAPI 3.2.0, "Establishing the Base URI".

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;

use fluent_uri::pct_enc::EString;
use fluent_uri::pct_enc::encoder::{Fragment, Path};
use fluent_uri::{Uri, UriRef};

use crate::diagnostic::{Code, Diagnostics};
use crate::grammar::{Kind, Shape, Version, visit, visit_located};
use crate::pointer;
use crate::source::{FileId, Source, Span, Target};
use crate::syntax::reference_lookup::{Location, Trees, reference};
use crate::syntax::{Documents, Node};

/// How many bytes the places of schemas with names, and the new texts of references, may take: a document with long keys can ask for
/// its own length with each of them.
const BYTES: usize = 16 << 20;

/// Writes references by URI as references by place, and removes the URIs of schemas: a reference by place would start at the schema.
///
/// Documents of OpenAPI 3.0 have no URIs, and those without names of this kind need no change.
pub(super) fn refer_by_place(
    source: &Source,
    documents: &mut Documents,
    version: Version,
    diagnostics: &mut Diagnostics,
) {
    let names = ["$id", "$self", "$anchor", "$dynamicAnchor"];
    let has_uris = |text: &String| names.iter().any(|name| text.contains(name));
    let mut texts = source.files.values().filter_map(|text| text.as_ref().ok());
    if version == Version::V30 || !texts.any(has_uris) {
        return;
    }
    let texts = match texts_by_place(Trees { source, files: &documents.trees }, version) {
        Ok(texts) => texts,
        Err(fault) => return fault.report(diagnostics),
    };
    for (index, tree) in documents.trees.iter_mut().enumerate() {
        if let Some(tree) = tree {
            rewrite(tree, FileId::from_index(index), version, &texts);
        }
    }
}

/// The new texts of references, by where the old ones stand; `None` where the text stays.
type Texts = HashMap<Span, Option<String>>;

/// Why references cannot be written by place, and where.
enum Fault {
    /// There is more to hold than [`BYTES`].
    TooLong(Span),
    /// A YAML alias repeats a reference under another URI, where it leads somewhere else. Later stages know a reference by where its text
    /// stands.
    Repeated(Span),
}

impl Fault {
    fn report(self, diagnostics: &mut Diagnostics) {
        match self {
            Self::TooLong(span) => {
                let message = format!("names and references by URI take more than {} MiB", BYTES >> 20);
                diagnostics.error(Code::TooLarge, message, span).help("use shorter keys, or references to components");
            }
            Self::Repeated(span) => {
                let message = "an alias repeats this reference under another `$id`, where it names something else";
                diagnostics.error(Code::YamlTrap, message, span).help("write the schema out in both places");
            }
        }
    }
}

fn texts_by_place(trees: Trees<'_>, version: Version) -> Result<Texts, Fault> {
    let mut resources = Resources { left: BYTES, ..Resources::default() };
    let mut fault = None;
    walk_files(trees, version, &mut |node, shape, at| {
        if let Some(uri) = uri_of_file(trees.source.name(at.file)).filter(|_| at.tokens.is_empty()) {
            resources.files.insert(uri.normalize().as_str().to_owned(), (at.file, at.base.holder.clone()));
        }
        if fault.is_none() && resources.add(node, shape, at).is_none() {
            fault = Some(Fault::TooLong(node.span));
        }
    });
    let (mut texts, mut left) = (Texts::new(), BYTES);
    walk_files(trees, version, &mut |node, shape, at| {
        let Some((text, span)) = reference_text(node, shape).filter(|_| fault.is_none()) else { return };
        let new = resources.find(trees, text, at).and_then(|location| written(trees.source, &location, at.file));
        let new = new.filter(|new| new != text);
        match left.checked_sub(new.as_ref().map_or(0, String::len)) {
            Some(rest) => left = rest,
            None => fault = Some(Fault::TooLong(span)),
        }
        match texts.entry(span) {
            Entry::Vacant(free) => {
                free.insert(new);
            }
            Entry::Occupied(known) if *known.get() != new => fault = Some(Fault::Repeated(span)),
            Entry::Occupied(_) => {}
        }
    });
    fault.map_or(Ok(texts), Err)
}

/// Writes the new texts of a file's references, and removes `$id` from its schemas.
fn rewrite(tree: &mut Node, file: FileId, version: Version, texts: &Texts) {
    let shape = shape_of_file(file, tree);
    visit(tree, shape, version, &mut |node, shape| {
        let new = reference_text(node, shape).and_then(|(_, span)| texts.get(&span)?.as_deref());
        if let Some(new) = new {
            let text = if matches!(shape, Shape::SchemaName) { Some(&mut *node) } else { node.get_mut("$ref") };
            if let Some(scalar) = text.and_then(Node::as_scalar_mut) {
                scalar.text = new.into();
            }
        }
        if shape.kind() == Some(Kind::Schema)
            && let Some(mapping) = node.as_mapping_mut()
        {
            mapping.retain(|(key, _)| key.text() != "$id");
        }
        true
    });
}

/// The shape of a whole file: an OpenAPI document, or a schema.
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

/// What references at a node are relative to.
struct Base {
    uri: Uri<String>,
    /// The schema or document that gives itself the URI; `None` for that of a file.
    holder: Option<Rc<Location>>,
}

/// Where a node stands.
struct At<'a> {
    file: FileId,
    tokens: &'a [String],
    /// Of the closest schema or document that has one, the node itself included.
    base: &'a Base,
    /// Whether it is the node itself that has it.
    is_holder: bool,
}

fn walk_files(trees: Trees<'_>, version: Version, visitor: &mut dyn FnMut(&Node, Shape, &At<'_>)) {
    for (index, tree) in trees.files.iter().enumerate() {
        let file = FileId::from_index(index);
        let Some(tree) = tree else { continue };
        let Some(uri) = uri_of_file(trees.source.name(file)) else { continue };
        let of_file = Rc::new(Base { uri, holder: None });
        visit_located(tree, shape_of_file(file, tree), version, &of_file, &mut |node, shape, tokens, around| {
            let own = own_uri(node, shape, &around.uri).map(|uri| {
                let holder = Location { file, tokens: tokens.to_vec() };
                Rc::new(Base { uri, holder: Some(Rc::new(holder)) })
            });
            let is_holder = own.is_some();
            let base = own.unwrap_or_else(|| Rc::clone(around));
            visitor(node, shape, &At { file, tokens, base: &base, is_holder });
            base
        });
    }
}

/// The URI that an object gives itself; `None` where it gives none of its own, as by a fragment alone.
fn own_uri(node: &Node, shape: Shape, outer: &Uri<String>) -> Option<Uri<String>> {
    let key = match shape.kind()? {
        Kind::OpenApi => "$self",
        Kind::Schema => "$id",
        _ => return None,
    };
    let stated = resolved(node.get(key)?.as_str()?, outer)?;
    Some(stated.strip_fragment().normalize()).filter(|own| own != outer)
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

/// What an anchor belongs to: a file, and the schema or document around it that has a URI of its own, if there is one.
type Owner = (FileId, Option<Rc<Location>>);

/// What references by URI can name.
#[derive(Default)]
struct Resources {
    /// By URI, without a fragment; `None` for one that several have, so that it names nothing.
    by_uri: HashMap<String, Option<Rc<Location>>>,
    /// By what they belong to, and their names; `None` for one that several have.
    anchors: HashMap<Owner, HashMap<String, Option<Location>>>,
    /// What the anchors of a file belong to, by the URI of the file.
    files: HashMap<String, Owner>,
    /// How many bytes may still be held.
    left: usize,
}

impl Resources {
    /// Adds the names that an object has; `None` where they are too long.
    fn add(&mut self, node: &Node, shape: Shape, at: &At<'_>) -> Option<()> {
        let length: usize = at.tokens.iter().map(String::len).sum();
        if let Some(holder) = at.base.holder.as_ref().filter(|_| at.is_holder) {
            self.left = self.left.checked_sub(length + at.base.uri.as_str().len())?;
            once(self.by_uri.entry(at.base.uri.as_str().to_owned()), Rc::clone(holder));
        }
        if shape.kind() == Some(Kind::Schema) {
            for anchor in ["$anchor", "$dynamicAnchor"].iter().filter_map(|key| node.get(key)?.as_str()) {
                self.left = self.left.checked_sub(length + anchor.len())?;
                let location = Location { file: at.file, tokens: at.tokens.to_vec() };
                let owner = (at.file, at.base.holder.clone());
                once(self.anchors.entry(owner).or_default().entry(anchor.to_owned()), location);
            }
        }
        Some(())
    }

    /// Where a reference leads. `None` where no URI is meant that one schema or document has, and no anchor of a file, so that it names a
    /// place in a file.
    fn find(&self, trees: Trees<'_>, text: &str, at: &At<'_>) -> Option<Location> {
        let target = resolved(text, &at.base.uri)?;
        let (file, holder) = self.owner(&target, text, at)?;
        let Some(fragment) = target.fragment().map(|fragment| fragment.decode().to_string_lossy().into_owned()) else {
            return holder.as_deref().cloned();
        };
        let Some(tokens) = pointer::tokens(&fragment) else {
            return self.anchors.get(&(file, holder))?.get(&fragment)?.clone();
        };
        let mut location = holder.as_deref()?.clone();
        location.tokens.extend(tokens.into_iter().map(std::borrow::Cow::into_owned));
        trees.node(&location).is_some().then_some(location)
    }

    /// What a reference means without its fragment.
    fn owner(&self, target: &Uri<String>, text: &str, at: &At<'_>) -> Option<Owner> {
        if text.starts_with('#') {
            // An anchor of the first file is found by its name later.
            let is_by_uri = at.base.holder.is_some() || at.file != FileId::ROOT;
            return is_by_uri.then(|| (at.file, at.base.holder.clone()));
        }
        let uri = target.strip_fragment().normalize();
        match self.by_uri.get(uri.as_str()) {
            Some(holder) => holder.as_ref().map(|holder| (holder.file, Some(Rc::clone(holder)))),
            None => self.files.get(uri.as_str()).cloned(),
        }
    }
}

/// Puts a value in its place, where nothing was; where something was, the name means neither.
fn once<K, V: PartialEq>(entry: Entry<'_, K, Option<V>>, value: V) {
    match entry {
        Entry::Vacant(free) => {
            free.insert(Some(value));
        }
        Entry::Occupied(mut taken) => {
            if taken.get().as_ref() != Some(&value) {
                taken.insert(None);
            }
        }
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
mod tests;
