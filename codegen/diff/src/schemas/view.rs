//! A schema with all that the references in front of it say.

use specie_codegen::api::{
    Branch, Combination, Constraints, Enumeration, Key, Schema, SchemaId, Schemas, Shape, Untyped, Value, Xml,
};
use specie_codegen::source::{EntrySpan, Span};
use specie_codegen::syntax::pointer;

/// One schema as its values see it.
pub(crate) struct View<'a> {
    pub(crate) schemas: &'a Schemas,
    pub(crate) id: SchemaId,
    pub(crate) shape: &'a Shape,
    pub(crate) nullable: bool,
    pub(crate) constraints: Constraints,
    pub(crate) default: Option<&'a Value>,
    pub(crate) deprecated: bool,
    pub(crate) unchecked: Vec<&'a str>,
    pub(crate) xml: Option<&'a Xml>,
    pub(crate) span: Span,
    chain: Vec<&'a Schema>,
}

/// The schema at the end of references that say nothing themselves.
pub(crate) fn settled(schemas: &Schemas, mut id: SchemaId) -> SchemaId {
    for _ in 0..schemas.len() {
        let Some(schema) = schemas.get(id) else { return id };
        let Shape::Reference(target) = schema.shape else { return id };
        let says_nothing = !schema.nullable
            && schema.constraints == Constraints::default()
            && schema.default.is_none()
            && schema.unchecked.is_empty()
            && schema.xml.is_none()
            && !schema.docs.deprecated;
        if !says_nothing {
            return id;
        }
        id = target;
    }
    id
}

const ANYTHING: &Shape = &Shape::Any(Untyped::NoType);

impl<'a> View<'a> {
    pub(crate) fn of(schemas: &'a Schemas, id: SchemaId) -> Self {
        let chain: Vec<&Schema> = schemas.chain(id).collect();
        let constraints = chain.iter().rev().map(|one| one.constraints.clone());
        Self {
            schemas,
            id,
            shape: chain.last().map_or(ANYTHING, |last| &last.shape),
            nullable: chain.iter().any(|one| one.nullable),
            constraints: constraints.fold(Constraints::default(), Constraints::and),
            default: chain.iter().find_map(|one| one.default.as_ref()),
            deprecated: chain.iter().any(|one| one.docs.deprecated),
            unchecked: unchecked(&chain),
            xml: chain.iter().find_map(|one| one.xml.as_deref()),
            span: chain.first().map_or(Span::START, |one| one.span),
            chain,
        }
    }

    /// What the schema is known by.
    pub(crate) fn key(&self) -> Option<&'a Key> {
        self.chain.first().map(|one| &one.key)
    }

    /// Where a keyword of the schema stands, or else the schema.
    pub(crate) fn at(&self, keywords: &[&str]) -> Span {
        let mut spans = self.chain.iter().flat_map(|one| &one.constraint_spans);
        spans.find(|(name, _)| keywords.contains(name)).map_or(self.span, |(_, at): &(_, EntrySpan)| at.key)
    }

    /// The schema that one of its keywords holds.
    pub(crate) fn below(&self, keyword: &str) -> Option<SchemaId> {
        let pointer = |schema: &Schema| match &schema.key {
            Key::Component(name) => format!("/components/schemas/{}", pointer::escape(name)),
            Key::Pointer(pointer) => pointer.clone(),
        };
        let mut all = self.chain.iter().map(|schema| Key::Pointer(format!("{}/{keyword}", pointer(schema))));
        all.find_map(|key| self.schemas.find(&key))
    }

    /// The values, where it allows no others.
    pub(crate) fn closed_list(&self) -> Option<&'a Enumeration> {
        match self.shape {
            Shape::Enumeration(listed) if !listed.open => Some(listed),
            _ => None,
        }
    }

    /// The branches of a union.
    pub(crate) fn branches(&self) -> Option<&'a [Branch]> {
        match self.shape {
            Shape::Union(union) => Some(&union.branches),
            _ => None,
        }
    }

    /// Whether null is one of its values.
    pub(crate) fn takes_null(&self) -> bool {
        self.takes_null_within(8)
    }

    fn takes_null_within(&self, depth: usize) -> bool {
        let own = self.nullable || matches!(self.shape, Shape::Null) || self.takes_anything();
        let branches = self.branches().filter(|_| !own && depth > 0).unwrap_or_default();
        let mut taken =
            branches.iter().map(|branch| Self::of(self.schemas, branch.schema).takes_null_within(depth - 1));
        // A null that two branches allow fits no `oneOf`.
        let is_exclusive = matches!(self.shape, Shape::Union(union) if union.combination == Combination::One);
        own || if is_exclusive { taken.filter(|takes| *takes).count() == 1 } else { taken.any(|takes| takes) }
    }

    /// Whether its shape allows any JSON.
    pub(crate) fn takes_anything(&self) -> bool {
        matches!(self.shape, Shape::Any(untyped) if *untyped != Untyped::Never)
    }

    /// Whether any JSON at all is one of its values.
    pub(crate) fn is_free(&self) -> bool {
        self.takes_anything() && self.constraints == Constraints::default()
    }

    /// The type as a person calls it.
    pub(crate) fn type_name(&self) -> &'static str {
        type_name(self.shape)
    }
}

/// Keywords that are not compared. A regular expression is, as a text, also where it cannot be checked, and so are counts of properties.
fn unchecked<'a>(chain: &[&'a Schema]) -> Vec<&'a str> {
    let all = chain.iter().flat_map(|one| &one.unchecked).map(|(keyword, _)| keyword.as_str());
    let is_compared =
        |keyword: &str| matches!(keyword, "pattern" | "patternProperties" | "minProperties" | "maxProperties");
    all.filter(|keyword| !is_compared(keyword)).collect()
}

/// What a person calls a shape.
pub(super) fn type_name(shape: &Shape) -> &'static str {
    match shape {
        Shape::String { .. } => "string",
        Shape::Integer { .. } => "integer",
        Shape::Number { .. } => "number",
        Shape::Boolean => "boolean",
        Shape::Null => "null",
        Shape::Enumeration(listed) => type_name(&listed.base),
        Shape::List(_) => "array",
        Shape::Object(_) => "object",
        Shape::Union(_) => "union",
        Shape::Any(Untyped::Never) => "no value",
        Shape::Any(_) => "any value",
        Shape::Reference(_) => "a reference to itself",
    }
}
