//! Schemas to types: which kind of type a schema becomes.

use super::context::{Hint, Lowered, Lowering};
use super::located::{Additional, Facets, Link, SchemaAt};
use super::{objects, scalars, texts, unions, values};
use crate::ir::{Constraints, TypeId, TypeKind, TypeRef};
use crate::names::type_name;
use crate::syntax::{DEPTH, Node};

/// Gives every component schema that becomes a type its name, then fills them in.
pub fn components(lowering: &mut Lowering<'_>) {
    // By name, so that moving a schema in the document changes nothing.
    let mut names: Vec<&str> = lowering.resolved.document.schemas.components().keys().map(|name| &**name).collect();
    names.sort_unstable();
    for &name in &names {
        let Some(at) = lowering.component_schema(name) else {
            continue;
        };
        let Link::Inline(id) = at.link else { continue };
        let facets = lowering.facets_of(id, at.node);
        if becomes_a_type(lowering, &facets) && lowering.affords(1, 1, at.node) {
            let type_name = lowering.claim_type(&type_name(name), at.node);
            let id = lowering.push_type(type_name, texts::schema_docs(at.node));
            lowering.components.insert(name, id);
        }
    }
    for name in names {
        fill(lowering, name);
    }
}

/// Whether a schema is a struct, an enum or a union, rather than a name for something simpler.
fn becomes_a_type<'a>(lowering: &Lowering<'a>, facets: &Facets<'a>) -> bool {
    if values::are_strings(facets) || !facets.properties.is_empty() || unions::is_union(facets) {
        return true;
    }
    facets.all_of.len() > 1
        || facets
            .all_of
            .iter()
            .any(|part| lowering.facets(*part).is_some_and(|part| part.is_object()) && !facets.required.is_empty())
}

fn fill(lowering: &mut Lowering<'_>, name: &str) {
    let Some(&id) = lowering.components.get(name) else {
        return;
    };
    let Some(at) = lowering.component_schema(name) else {
        return;
    };
    let Link::Inline(schema) = at.link else { return };
    let facets = lowering.facets_of(schema, at.node);
    let hint = Hint::root(&lowering.types[id.0].name.clone());
    unchecked(lowering, &facets);
    if is_secret(&facets) {
        lowering.report.sensitive_composite(sensitive_place(facets.node));
    }
    let kind = kind_of(lowering, &facets, &hint, Some(id));
    lowering.types[id.0].kind = kind;
}

/// The kind of a schema that [`becomes_a_type`].
fn kind_of<'a>(lowering: &mut Lowering<'a>, facets: &Facets<'a>, hint: &Hint, id: Option<TypeId>) -> TypeKind {
    if values::are_strings(facets) {
        return TypeKind::Enum(values::string_enum(lowering, facets, id));
    }
    if !facets.all_of.is_empty() {
        return objects::merged(lowering, facets, hint, id);
    }
    if unions::is_union(facets) {
        return unions::union(lowering, facets, hint);
    }
    TypeKind::Struct(objects::object(lowering, facets, hint, id))
}

/// A schema where it stands, and every type without a name of its own that it leads to.
pub fn schema<'a>(lowering: &mut Lowering<'a>, at: SchemaAt<'a>, hint: &Hint) -> Lowered {
    let lowered = in_place(lowering, at, hint);
    if !std::mem::replace(&mut lowering.filling, true) {
        let depth = std::mem::take(&mut lowering.depth);
        while let Some((id, facets, hint)) = lowering.waiting.pop_front() {
            lowering.types[id.0].kind = kind_of(lowering, &facets, &hint, Some(id));
        }
        lowering.filling = false;
        lowering.depth = depth;
    }
    lowered
}

fn in_place<'a>(lowering: &mut Lowering<'a>, at: SchemaAt<'a>, hint: &Hint) -> Lowered {
    // Whatever has a name ends this; lists of lists of lists, by references, go on as long as the document.
    if lowering.depth == DEPTH {
        lowering.report.nested_too_deep(DEPTH, at.node);
        return Lowered::plain(TypeRef::Json);
    }
    lowering.depth += 1;
    let lowered = match at.link {
        Link::Component(name) => component(lowering, name, hint),
        Link::Inline(id) => {
            let facets = lowering.facets_of(id, at.node);
            let lowered = inline(lowering, &facets, hint);
            secret(lowering, &facets, lowered)
        }
    };
    lowering.depth -= 1;
    lowered
}

/// A reference: the component's type, or what it stands for.
fn component<'a>(lowering: &mut Lowering<'a>, name: &'a str, hint: &Hint) -> Lowered {
    let Some(at) = lowering.component_schema(name) else {
        // The resolver has refused dangling references; the type no longer matters.
        return Lowered::plain(TypeRef::Json);
    };
    if let Some(&id) = lowering.components.get(name) {
        let nullable =
            lowering.facets(at).is_some_and(|facets| facets.is_nullable() || unions::has_null_branch(&facets));
        return Lowered { ty: TypeRef::Named(id), nullable, constraints: Constraints::default() };
    }
    if lowering.unfolding.contains(&name) {
        lowering.report.recursive_alias(name, at.node);
        return Lowered::plain(TypeRef::Json);
    }
    lowering.unfolding.push(name);
    let lowered = schema(lowering, at, hint);
    lowering.unfolding.pop();
    lowered
}

/// Keywords that no type and no check speaks for.
fn unchecked(lowering: &mut Lowering<'_>, facets: &Facets<'_>) {
    for keyword in ["not", "pattern"] {
        if let Some((key, _)) = facets.node.entry(keyword) {
            lowering.report.unchecked_keyword(keyword, key.span);
        }
    }
    // Where both are there, the type is that of `oneOf`.
    let composition = &facets.keywords.composition;
    if let Some(any_of) = composition.any_of.as_ref().filter(|_| composition.one_of.is_some()) {
        lowering.report.unchecked_keyword("anyOf", any_of.key);
    }
}

/// A schema without a name of its own.
fn inline<'a>(lowering: &mut Lowering<'a>, facets: &Facets<'a>, hint: &Hint) -> Lowered {
    unchecked(lowering, facets);
    let nullable = facets.is_nullable();
    // `allOf` around one schema is how OpenAPI 3.0 writes a description beside a reference.
    if let ([only], true, true) = (facets.all_of.as_slice(), facets.properties.is_empty(), facets.required.is_empty()) {
        let inner = schema(lowering, *only, hint);
        return Lowered { nullable: nullable || inner.nullable, ..inner };
    }
    if let Some(only) = unions::only_branch(facets) {
        let inner = schema(lowering, only, hint);
        let nullable = nullable || inner.nullable || unions::has_null_branch(facets);
        return Lowered { nullable, ..inner };
    }
    if becomes_a_type(lowering, facets) {
        let id = nameless(lowering, facets, hint);
        let nullable = nullable || unions::has_null_branch(facets);
        return Lowered { ty: TypeRef::Named(id), nullable, constraints: Constraints::default() };
    }
    let ty = unnamed(lowering, facets, hint);
    Lowered { ty, nullable, constraints: scalars::constraints(facets) }
}

/// The type of a schema without a name: the one that it has already, or else a new one, which is filled in later.
fn nameless<'a>(lowering: &mut Lowering<'a>, facets: &Facets<'a>, hint: &Hint) -> TypeId {
    if let Some(&id) = lowering.inline.get(&facets.id) {
        return id;
    }
    let id = lowering.add_type(hint, texts::schema_docs(facets.node), facets.node);
    let hint = Hint { name: lowering.types[id.0].name.clone(), place: hint.place.clone() };
    lowering.inline.insert(facets.id, id);
    if lowering.affords(1, 1, facets.node) {
        lowering.waiting.push_back((id, facets.clone(), hint));
    }
    id
}

/// Lists, maps, scalars and free JSON.
fn unnamed<'a>(lowering: &mut Lowering<'a>, facets: &Facets<'a>, hint: &Hint) -> TypeRef {
    if facets.is_object() {
        return map(lowering, facets, hint);
    }
    match facets.kind {
        Some("array") => list(lowering, facets, hint),
        Some(kind) => scalars::scalar(lowering, facets, kind, hint),
        None if facets.items.is_some() => list(lowering, facets, hint),
        None => {
            lowering.untyped(hint, "the schema states no type");
            TypeRef::Json
        }
    }
}

fn list<'a>(lowering: &mut Lowering<'a>, facets: &Facets<'a>, hint: &Hint) -> TypeRef {
    let hint = hint.part("Item", "items");
    let element = if let Some(items) = facets.items {
        schema(lowering, items, &hint).element()
    } else {
        lowering.untyped(&hint, "the list's items have no schema");
        TypeRef::Json
    };
    TypeRef::List(Box::new(element))
}

fn map<'a>(lowering: &mut Lowering<'a>, facets: &Facets<'a>, hint: &Hint) -> TypeRef {
    match facets.additional {
        Additional::Typed(values) => {
            let element = schema(lowering, values, &hint.part("Value", "values")).element();
            TypeRef::Map(Box::new(element))
        }
        Additional::Unstated | Additional::Free | Additional::None => {
            lowering.untyped(hint, "an object without stated properties");
            TypeRef::JsonObject
        }
    }
}

/// `x-specie-sensitive` and `format: password`.
fn secret(lowering: &mut Lowering<'_>, facets: &Facets<'_>, lowered: Lowered) -> Lowered {
    if !is_secret(facets) || matches!(lowered.ty, TypeRef::Secret(_)) {
        return lowered;
    }
    if matches!(lowered.ty, TypeRef::Named(_) | TypeRef::List(_) | TypeRef::Map(_)) {
        lowering.report.sensitive_composite(sensitive_place(facets.node));
        return lowered;
    }
    Lowered { ty: TypeRef::Secret(Box::new(lowered.ty)), ..lowered }
}

fn is_secret(facets: &Facets<'_>) -> bool {
    facets.flag("x-specie-sensitive") || facets.format == Some("password")
}

fn sensitive_place(node: &Node) -> &Node {
    node.get("x-specie-sensitive").or_else(|| node.get("format")).unwrap_or(node)
}
