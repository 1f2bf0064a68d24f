//! Whether two schemas may have values in common. They have none only where something proves it: another type, other constants, or a
//! property that one requires and the other one does not allow.

use specie_codegen::api::{Direction, Object, SchemaId, Schemas, Shape, Untyped};

use super::super::view::type_name;
use super::super::{enumerations, types};
use super::{Member, Members, View, What, additional, unlisted};

/// How deep schemas within schemas are looked at.
const DEPTH: usize = 4;

/// Whether two schemas of one document may have a value in common that is not null.
pub(crate) fn may_share(schemas: &Schemas, ids: [SchemaId; 2], sender: Direction) -> bool {
    Shared { schemas, sender }.may(ids, DEPTH)
}

#[derive(Clone, Copy)]
struct Shared<'a> {
    schemas: &'a Schemas,
    sender: Direction,
}

impl<'a> Shared<'a> {
    fn may(self, ids: [SchemaId; 2], depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return true };
        let [one, other] = ids.map(|id| View::of(self.schemas, id));
        for (listing, id) in [(&one, ids[1]), (&other, ids[0])] {
            if let Some(listed) = listing.closed_list() {
                let mut values = listed.values.iter();
                return values.any(|value| enumerations::takes(self.schemas, id, &value.value, self.sender));
            }
        }
        if let Some((branches, id)) = one.branches().zip(Some(ids[1])).or(other.branches().zip(Some(ids[0]))) {
            return branches.iter().any(|branch| self.may([branch.schema, id], depth));
        }
        match (one.shape.base(), other.shape.base()) {
            (Shape::Any(Untyped::Never), _) | (_, Shape::Any(Untyped::Never)) => false,
            (Shape::Any(_) | Shape::Reference(_), _) | (_, Shape::Any(_) | Shape::Reference(_)) => true,
            (Shape::Object(own), Shape::Object(others)) => !self.are_told_apart([(&one, own), (&other, others)], depth),
            (Shape::List(own), Shape::List(others)) => {
                let has_items =
                    one.constraints.min_items.max(other.constraints.min_items).is_some_and(|least| least > 0);
                let items = own.items.zip(others.items).filter(|_| own.prefix.is_empty() && others.prefix.is_empty());
                !has_items || items.is_none_or(|(one, other)| self.may_or_null([one, other], depth))
            }
            (own, others) => type_name(own) == type_name(others) || types::are_numbers(own, others),
        }
    }

    /// The same where null counts.
    fn may_or_null(self, ids: [SchemaId; 2], depth: usize) -> bool {
        let take_null = || ids.iter().all(|id| View::of(self.schemas, *id).takes_null());
        self.may(ids, depth) || take_null()
    }

    /// Whether one of two objects requires a property that the other one does not allow, or only with other values.
    fn are_told_apart(self, [one, other]: [(&View<'a>, &'a Object); 2], depth: usize) -> bool {
        let tells = |(view, own): (&View<'a>, &'a Object), (other_view, others): (&View<'a>, &'a Object)| {
            let members = Members::of(view, own, self.sender);
            let other_members = Members::of(other_view, others, self.sender);
            let mut required = members.present.iter().filter(|member| member.required);
            required.any(|member| match other_members.find(member.name) {
                Some(stated) => !self.may_hold_both(member, stated, depth),
                None if other_members.absent_at(member.name).is_some() => false,
                None => match unlisted(other_view, others, member.name) {
                    Some(stated) => !self.may_hold_both(member, &stated, depth),
                    None => !additional::is_open(others),
                },
            })
        };
        tells(one, other) || tells(other, one)
    }

    /// Whether a property may have a value that two objects allow for it.
    fn may_hold_both(self, one: &Member<'_>, other: &Member<'_>, depth: usize) -> bool {
        match (&one.what, &other.what) {
            (What::Anything, _) | (_, What::Anything) => true,
            (What::Value(value), What::Value(other)) => enumerations::equal(value, other),
            (What::Value(value), What::Schema(id)) | (What::Schema(id), What::Value(value)) => {
                enumerations::takes(self.schemas, *id, value, self.sender)
            }
            (What::Schema(one), What::Schema(other)) => self.may_or_null([*one, *other], depth),
        }
    }
}
