//! Types that are made of schemas.

use specie_codegen::rust::{self, Conversion, Decoding, Enum, ItemKind, Key, Object, Tuple, Union};

use super::structs::{self, Stated};
use super::{Item, ItemCollector, Origin, Users};
use crate::code::item::ApiItemKind;

/// Every type that is another one than that in its place of another crate.
pub(super) fn add(found: &mut ItemCollector<'_>, others: &[rust::Item]) {
    let all = found.krate.types.iter().enumerate();
    for (id, item) in all.filter(|(id, item)| others.get(*id) != Some(*item)) {
        let path = format!("types::{}", item.name);
        let senders = found.senders(id);
        match &item.kind {
            ItemKind::Object(object) => self::object(found, &path, item, object, senders),
            ItemKind::Enum(listed) => self::listed(found, &path, item, listed, senders),
            ItemKind::Union(union) => self::union(found, &path, item, union, senders),
            ItemKind::Tuple(tuple) => self::tuple(found, &path, item, tuple),
            ItemKind::Nested(nested) => {
                let code = format!("struct({})", found.text(&nested.value));
                self::whole(found, &path, item, code);
                structs::derives(found, &path, &nested.derives, &origin(item));
            }
            ItemKind::Alias { target, .. } => {
                let code = found.text(target);
                self::whole(found, &path, item, code);
            }
        }
    }
}

fn origin(item: &rust::Item) -> Origin {
    Origin::Schema(item.schema.clone())
}

fn property(schema: &Key, name: &str) -> Origin {
    Origin::Property(schema.clone(), name.to_owned())
}

fn whole(found: &mut ItemCollector<'_>, path: &str, item: &rust::Item, code: impl Into<String>) {
    found.add(path, Item::new(ApiItemKind::Type, code, origin(item), Users::BOTH));
}

fn object(found: &mut ItemCollector<'_>, path: &str, item: &rust::Item, object: &Object, senders: Users) {
    whole(found, path, item, "struct");
    let stated = Stated { path, makers: senders.or_both(), from_one: false, meaning: &structs::wire_name };
    structs::add(found, &stated, &object.structure, &origin(item), |field| property(&item.schema, &field.wire));
    if let Some(rest) = &object.rest {
        let code = format!("BTreeMap<String, {}>", found.text(&rest.value));
        let field = Item::new(ApiItemKind::Field, code, property(&item.schema, "*"), Users::BOTH).of(path);
        found.add(format!("{path}.{}", rest.name), field);
    }
}

/// Who has to name every variant: those that receive values, where no variant stands for all others.
fn exhaustive(senders: Users, is_open: bool) -> Users {
    if is_open {
        Users::default()
    } else {
        senders.others().or(if senders == Users::BOTH { senders } else { Users::default() })
    }
}

fn listed(found: &mut ItemCollector<'_>, path: &str, item: &rust::Item, listed: &Enum, senders: Users) {
    let is_open = listed.unknown.is_some();
    whole(found, path, item, if is_open { "non_exhaustive enum" } else { "enum" });
    structs::derives(found, path, &listed.derives, &origin(item));
    for variant in &listed.variants {
        let one = Item::new(ApiItemKind::Variant, "unit", property(&item.schema, &variant.wire), Users::BOTH).of(path);
        let one = one.meaning(&*variant.wire).exhaustive(exhaustive(senders, is_open));
        found.add(format!("{path}::{}", variant.name), one);
    }
    if let Some(unknown) = &listed.unknown {
        found.add(
            format!("{path}::{unknown}"),
            Item::new(ApiItemKind::Variant, "other", origin(item), Users::BOTH).of(path),
        );
    }
}

fn union(found: &mut ItemCollector<'_>, path: &str, item: &rust::Item, union: &Union, senders: Users) {
    let is_open = union.unknown().is_some();
    let code = if is_open { "non_exhaustive enum" } else { "enum" };
    let declared = Item::new(ApiItemKind::Type, code, origin(item), Users::BOTH).meaning(order(union));
    found.add(path, declared);
    structs::derives(found, path, &union.derives, &origin(item));
    for branch in &union.branches {
        let held = found.text(&branch.value);
        let code = if branch.boxed { format!("Box<{held}>") } else { held.clone() };
        let one = Item::new(ApiItemKind::Variant, code, property(&item.schema, &branch.name), Users::BOTH).of(path);
        let one = one.meaning(branch.tags.join(", ")).exhaustive(exhaustive(senders, is_open));
        found.add(format!("{path}::{}", branch.name), one);
        if branch.conversion != Conversion::None {
            let from =
                Item::new(ApiItemKind::Implementation, "impl", property(&item.schema, &branch.name), senders.or_both());
            found.add(format!("{path}: From<{held}>"), from.of(path).meaning(&*branch.name));
        }
    }
    if let Some(unknown) = union.unknown() {
        found.add(
            format!("{path}::{}", unknown.name),
            Item::new(ApiItemKind::Variant, "other", origin(item), Users::BOTH).of(path),
        );
    }
}

/// How the branch of a value is found, as far as the order of branches matters for it.
fn order(union: &Union) -> String {
    match &union.decoding {
        Decoding::Tag { property, otherwise, .. } => {
            let otherwise = otherwise.and_then(|place| union.branches.get(place));
            let otherwise = otherwise.map(|branch| format!(" else {}", branch.name)).unwrap_or_default();
            format!("by {property}{otherwise}")
        }
        Decoding::Shape(kinds) => {
            let tried = union.branches.iter().zip(kinds).filter(|(_, kind)| kind.is_none());
            tried.map(|(branch, _)| branch.name.as_str()).collect::<Vec<_>>().join(", then ")
        }
    }
}

fn tuple(found: &mut ItemCollector<'_>, path: &str, item: &rust::Item, tuple: &Tuple) {
    let places = tuple.places.iter().map(|place| found.text(&place.stored()));
    let rest = tuple.rest.iter().map(|rest| format!("Vec<{}>", found.text(&rest.value)));
    let code = format!("struct({})", places.chain(rest).collect::<Vec<_>>().join(", "));
    whole(found, path, item, code);
    structs::derives(found, path, &tuple.derives, &origin(item));
}
