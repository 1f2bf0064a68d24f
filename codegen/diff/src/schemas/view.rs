//! A schema with all that the references in front of it say.

use std::collections::HashMap;

use specie_codegen::api::{
    Branch, Combination, Constraints, Enumeration, Key, Schema, SchemaId, Schemas, Sensitivity, Shape, Untyped, Value,
    Xml,
};
use specie_codegen::pointer;
use specie_codegen::source::{EntrySpan, Span};

/// One schema as its values see it.
pub(crate) struct View<'a> {
    pub(crate) schemas: &'a Schemas,
    pub(crate) id: SchemaId,
    pub(crate) shape: &'a Shape,
    pub(crate) nullable: bool,
    pub(crate) constraints: Constraints,
    pub(crate) default: Option<&'a Value>,
    pub(crate) deprecated: bool,
    pub(crate) unchecked: Vec<&'static str>,
    pub(crate) xml: Option<&'a Xml>,
    pub(crate) span: Span,
    chain: Vec<&'a Schema>,
}

/// The schema at the end of references that say nothing themselves. A union of one branch is a reference as well, and may say something: the
/// value of its discriminator, or that null is allowed. So may the parts of an `allOf` beside the one that it refers to.
pub(crate) fn settled(schemas: &Schemas, mut id: SchemaId) -> SchemaId {
    for _ in 0..schemas.len() {
        let Some(schema) = schemas.get(id) else { return id };
        let Shape::Reference(target) = schema.shape else { return id };
        let says_nothing = !schema.nullable
            && schema.constraints == Constraints::default()
            && schema.default.is_none()
            && schema.omitted.is_empty()
            && schema.xml.is_none()
            && schema.sensitivity == Sensitivity::Unstated
            && !schema.docs.deprecated;
        if !says_nothing || is_put_together(schemas, (id, schema), target) {
            return id;
        }
        id = target;
    }
    id
}

/// Whether a reference stands for a union of one branch, or for parts that say more than what it refers to.
fn is_put_together(schemas: &Schemas, (id, schema): (SchemaId, &Schema), target: SchemaId) -> bool {
    if !has_parts(schemas, id, schema) {
        return false;
    }
    let pointer = pointer(schema);
    let part = |keyword: &str, at: usize| schemas.find(&Key::Pointer(format!("{pointer}/{keyword}/{at}")));
    let says_more = |id: SchemaId| {
        let is_silent = schemas.get(id).is_some_and(|part: &Schema| {
            matches!(part.shape, Shape::Any(Untyped::NoType)) && part.constraints == Constraints::default()
        });
        !is_silent && schemas.resolve(id) != schemas.resolve(target)
    };
    ["oneOf", "anyOf"].into_iter().any(|keyword| part(keyword, 0).is_some())
        || (0..).map_while(|at| part("allOf", at)).any(says_more)
}

/// Whether the next schema of the document stands within a schema, as nothing does within a plain reference.
fn has_parts(schemas: &Schemas, id: SchemaId, schema: &Schema) -> bool {
    let Some(Key::Pointer(next)) = schemas.get(SchemaId(id.0 + 1)).map(|next| &next.key) else { return false };
    let rest = match &schema.key {
        Key::Component(name) => {
            next.strip_prefix(COMPONENTS).and_then(|rest| rest.strip_prefix(&*pointer::escape(name)))
        }
        Key::Pointer(pointer) => next.strip_prefix(pointer.as_str()),
    };
    rest.is_some_and(|rest| rest.starts_with('/'))
}

/// How deep null is looked for in unions within unions.
const NULL_DEPTH: usize = 8;

/// Where components stand in a document.
pub(crate) const COMPONENTS: &str = "/components/schemas/";

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
        let mut spans = self.chain.iter().flat_map(|one| &one.keyword_spans);
        spans.find(|(name, _)| keywords.contains(name)).map_or(self.span, |(_, at): &(_, EntrySpan)| at.key)
    }

    /// The schema that one of its keywords holds.
    pub(crate) fn below(&self, keyword: &str) -> Option<SchemaId> {
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
        self.takes_null_within(NULL_DEPTH, &mut HashMap::new())
    }

    /// The same, so many unions within unions deep. What is known is not asked again: unions may hold the same ones in many ways.
    fn takes_null_within(&self, depth: usize, known: &mut HashMap<(SchemaId, usize), bool>) -> bool {
        let is_silent = || self.constraints.asserted.iter().all(|one| one.assertion.allows_null());
        if self.nullable || matches!(self.shape, Shape::Null) || self.takes_anything() && is_silent() {
            return true;
        }
        let branches = self.branches().filter(|_| depth > 0).unwrap_or_default();
        let mut taken = branches.iter().map(|branch| {
            let key = (branch.schema, depth);
            if let Some(takes) = known.get(&key) {
                return *takes;
            }
            let takes = Self::of(self.schemas, branch.schema).takes_null_within(depth - 1, known);
            known.insert(key, takes);
            takes
        });
        // A null that two branches allow fits no `oneOf`.
        let is_exclusive = matches!(self.shape, Shape::Union(union) if union.combination == Combination::One);
        if is_exclusive { taken.filter(|takes| *takes).count() == 1 } else { taken.any(|takes| takes) }
    }

    /// Whether its shape allows any JSON.
    pub(crate) fn takes_anything(&self) -> bool {
        matches!(self.shape, Shape::Any(untyped) if *untyped != Untyped::Never)
    }

    /// Whether it has no value.
    pub(crate) fn is_never(&self) -> bool {
        matches!(self.shape, Shape::Any(Untyped::Never)) && !self.takes_null()
    }

    /// Whether any JSON at all is one of its values.
    pub(crate) fn is_free(&self) -> bool {
        self.takes_anything() && self.constraints == Constraints::default()
    }

    /// Whether it is read as any JSON though it says more.
    pub(crate) const fn has_too_many_shapes(&self) -> bool {
        matches!(self.shape, Shape::Any(Untyped::TooManyShapes))
    }

    /// The type as a person calls it.
    pub(crate) fn type_name(&self) -> &'static str {
        type_name(self.shape)
    }
}

/// Keywords that are not compared.
fn unchecked(chain: &[&Schema]) -> Vec<&'static str> {
    let all = chain.iter().flat_map(|one| &one.omitted).map(|(keyword, _)| *keyword);
    // The schemas of properties by regular expressions are compared one by one, also where they cannot be asserted together.
    all.filter(|keyword| *keyword != "patternProperties").collect()
}

/// Where a schema stands in its document.
fn pointer(schema: &Schema) -> String {
    match &schema.key {
        Key::Component(name) => format!("{COMPONENTS}{}", pointer::escape(name)),
        Key::Pointer(pointer) => pointer.clone(),
    }
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
