//! What an operation declares under our own extension keys, read once: the rules hold it against the rest of the document, and lowering
//! turns it into facts.

use std::sync::LazyLock;

use super::schema::{Keyword, Text};
use crate::extension_keys;
use crate::syntax::{Key, Node};

/// A key with a text or another scalar as it is written.
pub type Word = Option<Keyword<Box<str>>>;

/// The extensions of an operation that are ours, each with where it stands. What the grammar does not accept is absent.
#[derive(Clone, Debug, Default)]
pub struct OperationExtensions {
    /// `x-specie-name`.
    pub name: Word,
    /// `x-specie-outcome`; `none` is the only word.
    pub outcome: Word,
    /// `x-specie-idempotency`.
    pub idempotency: Option<Keyword<StatedIdempotency>>,
    /// `x-specie-reconcile`.
    pub reconcile: Option<Keyword<StatedReconcile>>,
    /// `x-specie-pagination`.
    pub pagination: Option<Keyword<StatedPagination>>,
    /// `x-specie-signature`, which belongs to webhooks and callbacks.
    pub signature: Option<Keyword<StatedSignature>>,
}

/// `x-specie-idempotency`.
#[derive(Clone, Debug)]
pub enum StatedIdempotency {
    /// `natural`: a repetition changes nothing.
    Natural,
    /// `none`: a repetition happens again.
    None,
    /// What tells a repetition from a new request.
    By {
        /// The name of a header.
        header: Word,
        /// The JSON pointer to a field of the request body.
        field: Word,
        /// The status that answers a repetition; it belongs to a field.
        duplicate: Word,
    },
}

/// `x-specie-reconcile`.
#[derive(Clone, Debug)]
pub struct StatedReconcile {
    /// The `operationId` of the operation that asks.
    pub operation: Text,
    /// The parameter of that operation that takes the reference.
    pub parameter: Text,
    /// The JSON pointer to the reference in the request body.
    pub value: Text,
    /// Where the resource stands in the response of that operation.
    pub find: Keyword<StatedFind>,
    /// Pairs of JSON pointers to what has to be equal.
    pub agree: Vec<Agreement>,
    /// The JSON pointer to the resource in the success of this operation.
    pub resource: Option<Text>,
    /// The JSON pointer to what identifies the resource.
    pub identity: Option<Text>,
    /// The seconds after which a resource that is not found does not exist.
    pub settling: Option<Text>,
}

/// `find` of `x-specie-reconcile`.
#[derive(Clone, Debug)]
pub enum StatedFind {
    /// A JSON pointer to the resource.
    One(Text),
    /// The item of a list that repeats the reference.
    Among {
        /// The JSON pointer to the list.
        items: Text,
        /// The JSON pointer to the reference in an item.
        matches: Text,
    },
}

/// An entry of `agree` of `x-specie-reconcile`.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// The JSON pointer into the request body.
    pub request: Text,
    /// The JSON pointer into what is found.
    pub answer: Text,
}

/// `x-specie-pagination`. Which keys belong to which style is a rule of validation.
#[derive(Clone, Debug)]
pub struct StatedPagination {
    /// `page`, `link` or `cursor`.
    pub style: Text,
    /// The JSON pointer to the list of items in the response.
    pub items: Text,
    /// The further keys, in the order of the document: `number`, `size`, `total`, `next` and `parameter`.
    pub further: Vec<(Box<str>, Keyword<Box<str>>)>,
}

impl StatedPagination {
    /// A further key.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Keyword<Box<str>>> {
        self.further.iter().find(|(key, _)| &**key == name).map(|(_, stated)| stated)
    }
}

/// `x-specie-signature`. Which keys belong to which algorithm is a rule of validation.
#[derive(Clone, Debug)]
pub struct StatedSignature {
    /// The header with the signature.
    pub header: Text,
    /// The name of the algorithm.
    pub algorithm: Text,
    /// What stands before the signature in the header.
    pub prefix: Word,
    /// The header with the time.
    pub timestamp: Word,
    /// The seconds by which the time may be off.
    pub tolerance: Word,
}

impl OperationExtensions {
    /// Those of an operation that has none.
    pub(super) fn absent() -> &'static Self {
        static ABSENT: LazyLock<OperationExtensions> = LazyLock::new(OperationExtensions::default);
        &ABSENT
    }

    /// Those among the extensions of an operation; `None` where it has none.
    pub(super) fn read(extensions: &[(Key, Node)]) -> Option<Self> {
        let mut read = Self::default();
        let mut is_any = false;
        for (key, node) in extensions {
            match key.text() {
                extension_keys::NAME => read.name = scalar(key, node),
                extension_keys::OUTCOME => read.outcome = scalar(key, node),
                extension_keys::IDEMPOTENCY => read.idempotency = keyword(key, node, idempotency),
                extension_keys::RECONCILE => read.reconcile = keyword(key, node, reconcile),
                extension_keys::PAGINATION => read.pagination = keyword(key, node, pagination),
                extension_keys::SIGNATURE => read.signature = keyword(key, node, signature),
                _ => continue,
            }
            is_any = true;
        }
        is_any.then_some(read)
    }
}

fn keyword<T>(key: &Key, node: &Node, read: impl FnOnce(&Node) -> Option<T>) -> Option<Keyword<T>> {
    read(node).map(|value| Keyword::new(key, node, value))
}

fn scalar(key: &Key, node: &Node) -> Word {
    keyword(key, node, |node| node.text().map(Into::into))
}

fn word(node: &Node, key: &str) -> Word {
    node.entry(key).and_then(|(key, node)| scalar(key, node))
}

fn text_of(node: &Node) -> Option<Text> {
    Some(Text { text: node.text()?.into(), span: node.span })
}

fn text(node: &Node, key: &str) -> Option<Text> {
    node.get(key).and_then(text_of)
}

fn idempotency(node: &Node) -> Option<StatedIdempotency> {
    match node.text() {
        Some("natural") => Some(StatedIdempotency::Natural),
        Some("none") => Some(StatedIdempotency::None),
        Some(_) => None,
        None => Some(StatedIdempotency::By {
            header: word(node, "header"),
            field: word(node, "field"),
            duplicate: word(node, "duplicate"),
        }),
    }
}

fn reconcile(node: &Node) -> Option<StatedReconcile> {
    let agreement = |entry: &Node| Some(Agreement { request: text(entry, "request")?, answer: text(entry, "answer")? });
    let agree = node.get("agree").map(Node::items).unwrap_or_default();
    Some(StatedReconcile {
        operation: text(node, "operation")?,
        parameter: text(node, "parameter")?,
        value: text(node, "value")?,
        find: node.entry("find").and_then(|(key, node)| keyword(key, node, find))?,
        agree: agree.iter().filter_map(agreement).collect(),
        resource: text(node, "resource"),
        identity: text(node, "identity"),
        settling: text(node, "settling"),
    })
}

fn find(node: &Node) -> Option<StatedFind> {
    match text_of(node) {
        Some(pointer) => Some(StatedFind::One(pointer)),
        None => Some(StatedFind::Among { items: text(node, "items")?, matches: text(node, "match")? }),
    }
}

fn pagination(node: &Node) -> Option<StatedPagination> {
    let further = node.entries().filter(|(key, _)| !matches!(key.text(), "style" | "items"));
    Some(StatedPagination {
        style: text(node, "style")?,
        items: text(node, "items")?,
        further: further.filter_map(|(key, node)| Some((key.text().into(), scalar(key, node)?))).collect(),
    })
}

fn signature(node: &Node) -> Option<StatedSignature> {
    Some(StatedSignature {
        header: text(node, "header")?,
        algorithm: text(node, "algorithm")?,
        prefix: word(node, "prefix"),
        timestamp: word(node, "timestamp"),
        tolerance: word(node, "tolerance"),
    })
}
