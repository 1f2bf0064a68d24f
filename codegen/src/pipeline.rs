//! The stages in order, from a source to a tree of files.

use crate::Program;
use crate::api::Api;
use crate::diagnostic::Diagnostics;
use crate::document::{self, Resolved};
use crate::emit::{self, Manifest, Tree};
use crate::plan::Settings;
use crate::resolve::Bundled;
use crate::rust::{Crate, GeneratedModule};
use crate::selection::{OnlyHint, Selection, Selector};
use crate::source::Source;
use crate::strictness::Strictness;
use crate::syntax::{self, Documents, Input};
use crate::{lower, not_openapi, overlay, plan, resolve, selection, surface, validate, value_mismatches};

/// What a run needs to know beside the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The crate's name; [`names::is_crate_name`](crate::names::is_crate_name) says which are possible.
    pub crate_name: String,
    /// How strictly the document is read.
    pub strictness: Strictness,
    /// Where the crate will stand.
    pub manifest: Manifest,
    /// The operations that it has; all of the document where nothing is named.
    pub only: Vec<Selector>,
    /// The program that the files and messages name.
    pub program: Program,
}

/// What is generated from a document, and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The crate's files; `None` where the document has an error.
    pub tree: Option<Tree>,
    /// The public API in plain lines; `None` where the document has an error.
    pub surface: Option<String>,
    /// Everything there is to say about the document.
    pub diagnostics: Diagnostics,
}

/// Generates a crate from a document, or says why not.
#[must_use]
pub fn generate<'a>(input: impl Into<Input<'a>>, options: &Options) -> Generated {
    let (krate, diagnostics) = planned(input, options);
    let (tree, surface) = rayon::join(
        || krate.as_ref().map(|krate| emit::tree(krate, &options.manifest)),
        || krate.as_ref().map(surface::surface),
    );
    Generated { tree, surface, diagnostics }
}

/// Plans the crate of a document, or says why not.
#[must_use]
pub fn planned<'a>(input: impl Into<Input<'a>>, options: &Options) -> (Option<Crate>, Diagnostics) {
    let Options { crate_name, strictness, only, program, manifest } = options;
    let run = Run { strictness: *strictness, only };
    let named = Naming { crate_name, module: manifest.module(), strictness: *strictness, program: *program };
    let input = input.into();
    let (krate, diagnostics) =
        read(input, &run, |bundled, found| planned_as(input.source, bundled, &named, found, plan::krate));
    (krate.flatten(), diagnostics)
}

/// Says what is wrong with a document.
#[must_use]
pub fn check<'a>(input: impl Into<Input<'a>>, strictness: Strictness) -> Diagnostics {
    let run = Run { strictness, only: &[] };
    let named = Naming { crate_name: "checked", module: None, strictness, program: Program::Specie };
    let check = |api: &Api, settings: &Settings<'_>| ((), plan::check(api, settings));
    let input = input.into();
    read(input, &run, |bundled, found| planned_as(input.source, bundled, &named, found, check)).1
}

/// What a document means.
#[derive(Clone, Debug)]
pub struct ApiAndDocument {
    /// Its operations, schemas and servers.
    pub api: Api,
    /// The document as JSON, in one piece: with what overlays change, without what is not selected, and with the parts that stand in other
    /// files among its components.
    pub document: String,
}

/// Reads what a document means, or says why it means nothing.
#[must_use]
pub fn api_and_document<'a>(
    input: impl Into<Input<'a>>,
    strictness: Strictness,
    only: &[Selector],
) -> (Option<ApiAndDocument>, Diagnostics) {
    read(input.into(), &Run { strictness, only }, |bundled, found| {
        let document = bundled.root.to_json_text();
        let api = understood(bundled, found)?;
        Some(ApiAndDocument { api, document })
    })
}

/// What a document means, and the crate that is planned for it.
#[derive(Clone, Debug)]
pub struct ApiAndCrate {
    /// Its operations, schemas and servers.
    pub api: Api,
    /// The document as JSON, in one piece, as [`ApiAndDocument::document`] has it.
    pub document: String,
    /// The crate; `None` where the document means something and no crate can be made of it, which the diagnostics say.
    pub krate: Option<Crate>,
}

/// Reads what a document means and plans its crate, or says why it means nothing.
#[must_use]
pub fn api_and_crate<'a>(input: impl Into<Input<'a>>, options: &Options) -> (Option<ApiAndCrate>, Diagnostics) {
    let Options { crate_name, strictness, only, program, manifest } = options;
    let input = input.into();
    read(input, &Run { strictness: *strictness, only }, |bundled, found| {
        let document = bundled.root.to_json_text();
        let api = understood(bundled, found)?;
        let (spec_path, module) = (shown(&input.source.root), manifest.module());
        let settings = Settings { crate_name, module, spec_path, program: *program, strictness: *strictness };
        let krate = sound(plan::krate(&api, &settings), found).flatten();
        Some(ApiAndCrate { api, document, krate })
    })
}

/// What is asked for of a document.
struct Run<'a> {
    strictness: Strictness,
    only: &'a [Selector],
}

/// How a crate is called, where it stands, and who writes it.
struct Naming<'a> {
    crate_name: &'a str,
    module: Option<&'a GeneratedModule>,
    strictness: Strictness,
    program: Program,
}

/// Reads the documents into one tree and hands it to `make`, where no stage has found an error.
fn read<T>(
    input: Input<'_>,
    run: &Run<'_>,
    make: impl FnOnce(Bundled, &mut Diagnostics) -> Option<T>,
) -> (Option<T>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let source = input.source;
    let documents = documents(input, run.only, &mut diagnostics);
    // A document of one's own is corrected; of one by others, a part may do.
    let advice =
        documents.as_ref().filter(|_| run.strictness.is_lenient()).map(|documents| OnlyHint::of(source, documents));
    let bundled = documents
        .and_then(|documents| sound(resolve::bundled(source, documents, run.strictness), &mut diagnostics).flatten());
    let found = bundled.and_then(|bundled| make(bundled, &mut diagnostics));
    diagnostics.settle();
    if let Some(advice) = advice {
        advice.give(&mut diagnostics);
    }
    (found, diagnostics)
}

/// The documents as they are to be understood: with what overlays change, and without what is not selected.
fn documents(input: Input<'_>, only: &[Selector], diagnostics: &mut Diagnostics) -> Option<Documents> {
    let source = input.source;
    let (documents, found) = syntax::read(input);
    // What else is wrong with a document in another format does not matter.
    if let Some(other) = not_openapi::recognised(source, documents.root()) {
        diagnostics.push(other);
        return None;
    }
    diagnostics.extend(found);
    let (documents, found) = overlay::apply(source, documents);
    diagnostics.extend(found);
    let (selection, found) = selection::apply(source, documents?, only);
    diagnostics.extend(found);
    let Selection { documents, left_out } = selection?;
    // What the text of a part is wrong about does not matter where the part is left out.
    diagnostics.forget(|span| left_out.iter().any(|part| part.contains(span)));
    Some(documents)
}

/// What a document means, and the document. Each stage reports all problems that it finds; the next one runs where there is no error.
fn lowered(bundled: Bundled, diagnostics: &mut Diagnostics) -> Option<(Api, Resolved)> {
    let resolved = sound(document::of(bundled), diagnostics)??;
    sound(((), validate::validate(&resolved)), diagnostics)?;
    let api = sound(lower::api(&resolved), diagnostics)?;
    Some((api, resolved))
}

/// What a document means.
fn understood(bundled: Bundled, diagnostics: &mut Diagnostics) -> Option<Api> {
    let (api, resolved) = lowered(bundled, diagnostics)?;
    diagnostics.extend(value_mismatches::value_mismatches(&resolved.document, &api.schemas));
    Some(api)
}

/// What `plan` makes of a document that is to be called so.
fn planned_as<T>(
    source: &Source,
    bundled: Bundled,
    naming: &Naming<'_>,
    diagnostics: &mut Diagnostics,
    plan: impl FnOnce(&Api, &Settings<'_>) -> (T, Diagnostics) + Send,
) -> Option<T>
where
    T: Send,
{
    let Naming { crate_name, module, strictness, program } = *naming;
    let (api, resolved) = lowered(bundled, diagnostics)?;
    let settings = Settings { crate_name, module, spec_path: shown(&source.root), program, strictness };
    // Few passes of the plan run on several cores. Beside them the values are compared and the document is freed, by the thread that read
    // it: what that thread allocates later takes the same memory.
    let document = resolved.document;
    let mut planned = None;
    let found = rayon::in_place_scope(|scope| {
        scope.spawn(|_| planned = Some(plan(&api, &settings)));
        let found = value_mismatches::value_mismatches(&document, &api.schemas);
        drop(document);
        found
    });
    diagnostics.extend(found);
    sound(planned?, diagnostics)
}

/// What a stage made, where neither it nor an earlier one found an error.
fn sound<T>((made, found): (T, Diagnostics), diagnostics: &mut Diagnostics) -> Option<T> {
    diagnostics.extend(found);
    (!diagnostics.has_errors()).then_some(made)
}

/// How generated files call the document: never by a path that only one machine has.
fn shown(root: &str) -> &str {
    let inside = !root.starts_with(['/', '\\', '.']) && !root.contains(':');
    if inside { root } else { root.rsplit(['/', '\\']).next().unwrap_or(root) }
}
