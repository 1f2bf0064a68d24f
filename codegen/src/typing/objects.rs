//! Objects: properties to fields.

use super::context::{Hint, Typing};
use super::{docs, scalars, schemas};
use crate::api::{Additional, Object, Presence, Property, SchemaId, Shape};
use crate::ir::{Field, StructDef, TypeId, TypeRef};
use crate::names::{Scope, type_name, value_name};
use crate::source::Span;
use crate::syntax::PARTS_OF_ONE;

/// Names that methods of every struct have.
pub const METHODS: &[&str] = &["new", "clone"];

/// An object with known properties.
pub fn object(typing: &mut Typing<'_>, stated: &Object, span: Span, hint: &Hint, id: TypeId) -> StructDef {
    if !typing.affords(parts(typing, stated), PARTS_OF_ONE, span) {
        return StructDef { fields: Vec::new(), rest: None, closed: false };
    }
    let mut fields = fields(typing, stated, hint, METHODS);
    let docs = &mut typing.types[id.0].docs;
    docs::distribute(docs, fields.iter_mut().map(|field| (field.wire.as_str(), &mut field.docs)));
    StructDef { fields, rest: rest(typing, stated, hint), closed: is_closed(stated) }
}

/// Whether nothing but the properties may be there (`additionalProperties: false`).
pub fn is_closed(stated: &Object) -> bool {
    stated.additional == Additional::None
}

/// How many parts an object has, with the texts that each of them repeats.
pub fn parts(typing: &Typing<'_>, stated: &Object) -> usize {
    stated.properties.iter().map(|property| 1 + bulk(typing, property.schema)).sum()
}

/// What a property's texts count, its own ones and those of what it only refers to.
fn bulk(typing: &Typing<'_>, id: SchemaId) -> usize {
    let own = typing.schema(id).map_or(0, |schema| schema.docs.size());
    let is_named = typing.component_type(id).is_some();
    let behind = typing.api.schemas.chain(id).skip(1).last().filter(|_| !is_named);
    own + behind.map_or(0, |schema| schema.docs.size())
}

/// The properties as fields, in the document's order.
pub fn fields(typing: &mut Typing<'_>, stated: &Object, hint: &Hint, reserved: &[&str]) -> Vec<Field> {
    let mut scope = Scope::reserving(reserved);
    let mut fields = Vec::new();
    let api = typing.api;
    for property in &stated.properties {
        let given = property.given_name.as_ref();
        typing.named.extend(given.map(|name| name.span));
        let word = given.map_or(property.name.as_str(), |name| name.text.as_str());
        let wish = value_name(word);
        let span = typing.span(property.schema);
        let claimed = scope.claim_for(&wish, Some(span));
        if claimed.collided && (given.is_some() || !reserved.contains(&wish.as_str())) {
            typing.report.name_collision(&wish, &claimed, span);
        }
        let hint = owned(typing, hint, property.owner).property(&type_name(word), &claimed.name);
        let is_one_way = api.schemas.chain(property.schema).any(|schema| schema.read_only || schema.write_only);
        fields.push(field(typing, property, claimed.name, is_one_way, &hint));
    }
    fields
}

/// What a part taken over from a component leads to is called after that component, whoever comes to it first.
fn owned(typing: &Typing<'_>, hint: &Hint, owner: Option<SchemaId>) -> Hint {
    let owner = owner.and_then(|owner| typing.component_type(owner));
    hint.called(owner.map_or(&hint.name, |owner| &typing.types[owner.0].name))
}

/// `readOnly` and `writeOnly` properties are absent in one direction, so the one type for both cannot require them.
fn field(typing: &mut Typing<'_>, property: &Property, name: String, is_one_way: bool, hint: &Hint) -> Field {
    let typed = schemas::schema(typing, property.schema, hint);
    let shape = typing.resolved(property.schema).map_or(&Shape::Null, |schema| schema.shape.base());
    Field {
        wire: property.name.clone(),
        docs: docs::of_property(&typing.api.schemas, property.schema),
        presence: Presence { required: property.required && !is_one_way, nullable: typed.nullable },
        constraints: scalars::constraints(&typed.constraints, shape),
        ty: typed.ty,
        name,
    }
}

fn rest(typing: &mut Typing<'_>, stated: &Object, hint: &Hint) -> Option<TypeRef> {
    let hint = owned(typing, hint, stated.additional_owner).part("Value", "rest");
    match stated.additional {
        Additional::Schema(values) => Some(schemas::schema(typing, values, &hint).element()),
        Additional::Any => {
            typing.untyped(&hint, "further properties with any value");
            Some(TypeRef::Json)
        }
        Additional::None | Additional::Unstated => None,
    }
}
