//! Structs: fields, and how a value is made.

use specie_codegen::rust::{Argument, Constructor, Derives, Field, Struct};

use super::{Item, ItemCollector, Origin, Users};
use crate::code::item::ApiItemKind;

/// What is said of a struct as a whole.
pub(super) struct Stated<'a> {
    /// Its path.
    pub(super) path: &'a str,
    /// Who makes values of it.
    pub(super) makers: Users,
    /// Whether its one required value becomes it by `From`.
    pub(super) from_one: bool,
    /// What each field stands for on the wire.
    pub(super) meaning: &'a dyn Fn(&Field) -> String,
}

/// The name of a field on the wire.
pub(super) fn wire_name(field: &Field) -> String {
    field.wire.clone()
}

/// The fields of a struct, and what makes and sets them; `origin` says of each field what it is made of.
pub(super) fn add(
    found: &mut ItemCollector<'_>,
    stated: &Stated<'_>,
    structure: &Struct,
    whole: &Origin,
    origin: impl Fn(&Field) -> Origin,
) {
    let path = stated.path;
    derives(found, path, &structure.derives, whole);
    for field in &structure.fields {
        let item = Item::new(ApiItemKind::Field, found.text(&field.stored()), origin(field), Users::BOTH).of(path);
        found.add(format!("{path}.{}", field.name), item.meaning((stated.meaning)(field)));
        if let Some(setter) = &field.setter {
            let item = Item::new(ApiItemKind::Setter, argument(found, &setter.argument), origin(field), stated.makers)
                .of(path);
            found.add(format!("{path}::{}()", setter.name), item.meaning((stated.meaning)(field)));
        }
    }
    constructor(found, stated, structure, whole, origin);
}

fn constructor(
    found: &mut ItemCollector<'_>,
    stated: &Stated<'_>,
    structure: &Struct,
    whole: &Origin,
    origin: impl Fn(&Field) -> Origin,
) {
    let (path, makers) = (stated.path, stated.makers);
    let new = format!("{path}::new()");
    match &structure.constructor {
        Constructor::Empty => {
            found.add(new, Item::new(ApiItemKind::Constructor, "fn()", whole.clone(), makers).of(path));
        }
        Constructor::One { field, argument: taken } => {
            let field = structure.field(*field);
            let (origin, meaning) =
                field.map_or_else(|| (whole.clone(), String::new()), |field| (origin(field), (stated.meaning)(field)));
            let code = argument(found, taken);
            let item = Item::new(ApiItemKind::Constructor, format!("fn({code})"), origin.clone(), makers).of(path);
            found.add(new, item.meaning(&*meaning));
            if stated.from_one {
                let item = Item::new(ApiItemKind::Implementation, "impl", origin, makers).of(path).meaning(meaning);
                found.add(format!("{path}: From<{code}>"), item);
            }
        }
        Constructor::Several(companion) => {
            let item =
                Item::new(ApiItemKind::Constructor, format!("fn({})", companion.name), whole.clone(), makers).of(path);
            found.add(new, item);
        }
    }
    let Some(companion) = structure.companion() else { return };
    let path = path
        .rsplit_once("::")
        .map_or_else(|| companion.name.clone(), |(place, _)| format!("{place}::{}", companion.name));
    let item = Item::new(ApiItemKind::Type, "struct", whole.clone(), makers).of(stated.path);
    found.add(path.clone(), item);
    // A literal of it names all of its fields.
    for field in structure.required() {
        let item = Item::new(ApiItemKind::Field, found.text(&field.given()), origin(field), makers).of(&path);
        found.add(format!("{path}.{}", field.name), item.meaning((stated.meaning)(field)).exhaustive(makers));
    }
}

/// What a function takes. Its name is no part of what callers write.
fn argument(found: &ItemCollector<'_>, argument: &Argument) -> String {
    let ty = found.text(&argument.ty);
    if argument.into { format!("impl Into<{ty}>") } else { ty }
}

/// The traits that a type derives.
pub(super) fn derives(found: &mut ItemCollector<'_>, path: &str, derives: &Derives, origin: &Origin) {
    for derived in derives.iter() {
        let item = Item::new(ApiItemKind::Implementation, "impl", origin.clone(), Users::BOTH).of(path);
        found.add(format!("{path}: {}", derived.name()), item);
    }
}
