//! Objects: properties to fields.

use super::context::{Hint, Typing};
use super::{docs, scalars, schemas};
use crate::api::{Additional, Object, Presence, Property, SchemaId, Shape};
use crate::ir::{Field, StructDef, TypeId, TypeRef};
use crate::names::{Disambiguated, disambiguate, type_name, value_name};
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
    stated.additional == Additional::None && stated.patterns.is_empty()
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
    let api = typing.api;
    let properties = &stated.properties;
    typing.named.extend(properties.iter().filter_map(|property| Some(property.given_name.as_ref()?.span)));
    let names = names(properties, reserved);
    let mut fields = Vec::new();
    for (property, found) in properties.iter().zip(names) {
        let word = word(property);
        let wish = value_name(word);
        // A name of the document's own choice should not be changed in silence, not even where it is reserved.
        if found.holder.is_some() || property.given_name.is_some() && found.name != wish {
            let holder = found.holder.and_then(|holder| properties.get(holder));
            let holder = holder.map(|holder| typing.span(holder.schema));
            let span = typing.span(property.schema);
            typing.report.name_collision(&wish, &found.name, holder, span);
        }
        let hint = owned(typing, hint, property.owner).property(&type_name(word), &found.name);
        let is_one_way = api.schemas.chain(property.schema).any(|schema| schema.read_only || schema.write_only);
        fields.push(field(typing, property, found.name, is_one_way, &hint));
    }
    fields
}

/// The names of properties, in their order. One that the wire has so comes before one that the document states.
fn names(properties: &[Property], reserved: &[&str]) -> Vec<Disambiguated> {
    let mut order: Vec<usize> = (0..properties.len()).collect();
    order.sort_by_key(|&at| (properties[at].given_name.is_some(), &properties[at].name));
    let words: Vec<&str> = order.iter().map(|&at| word(&properties[at])).collect();
    let found = disambiguate(&words, value_name, reserved);
    let mut names: Vec<(usize, Disambiguated)> = order.iter().copied().zip(found).collect();
    for (_, found) in &mut names {
        found.holder = found.holder.and_then(|holder| order.get(holder).copied());
    }
    names.sort_by_key(|(at, _)| *at);
    names.into_iter().map(|(_, found)| found).collect()
}

/// What a property is called: as the document says, or else as on the wire.
fn word(property: &Property) -> &str {
    property.given_name.as_ref().map_or(&property.name, |name| &name.text)
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
    match schemas::further(typing, stated) {
        Additional::Schema(values) => Some(schemas::schema(typing, values, &hint).element()),
        Additional::Any => {
            typing.untyped(&hint, "further properties with any value");
            Some(TypeRef::Json)
        }
        Additional::None | Additional::Unstated => None,
    }
}
