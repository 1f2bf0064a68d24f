//! How deep rustc goes into the types of a crate when it asks whether they can be sent to another thread.
//!
//! `Send` and `Sync` hold for a type if they hold for whatever is in it, one step for each type and each `Vec` or `Box` around
//! it. Types that contain each other are walked along the longest way between them. rustc gives up after 128 steps (E0275),
//! unless `#![recursion_limit]` says otherwise (The Rust Reference, "Limits").

use crate::rust::{Item, Type};
use crate::strongly_connected::{components, finish_order};

/// The steps that rustc takes by itself, and those left for what is around a type: futures, results, references.
const USUAL: usize = 128;
const AROUND: usize = 48;

/// The limit that a crate needs; `None`: rustc's own is enough.
pub(in crate::plan) fn recursion_limit(types: &[Item]) -> Option<usize> {
    let needed = depth(types) + AROUND;
    (needed > USUAL).then(|| needed.next_power_of_two())
}

/// The most steps from a type to the last one that it holds.
fn depth(types: &[Item]) -> usize {
    let held: Vec<Vec<HeldType>> =
        types.iter().map(|item| item.held_types().iter().filter_map(step).collect()).collect();
    let forward: Vec<Vec<usize>> = held.iter().map(|steps| steps.iter().map(|step| step.to).collect()).collect();
    let walk = TypeGraph { held: &held, component: components(&forward) };
    let order = finish_order(&forward);
    // By component, in the order in which a walk leaves its types.
    let mut together: Vec<Vec<usize>> = vec![Vec::new(); types.len()];
    for &index in &order {
        if let Some(members) = together.get_mut(walk.component_of(index)) {
            members.push(index);
        }
    }
    // A walk leaves what a component holds before the last type of the component.
    let mut depths = vec![0; types.len()];
    for &index in &order {
        let own = walk.component_of(index);
        let members = together.get(own).filter(|members| members.last() == Some(&index));
        let found = members.map(|members| walk.depth(members, &depths));
        if let (Some(found), Some(depth)) = (found, depths.get_mut(own)) {
            *depth = found;
        }
    }
    depths.into_iter().max().unwrap_or_default()
}

/// What a type holds.
struct HeldType {
    /// The other type.
    to: usize,
    /// The steps between the two: `Vec`, `Option`.
    between: usize,
}

/// The types in components, in each of which every type contains every other.
struct TypeGraph<'a> {
    held: &'a [Vec<HeldType>],
    component: Vec<usize>,
}

impl TypeGraph<'_> {
    fn component_of(&self, index: usize) -> usize {
        self.component.get(index).copied().unwrap_or(index)
    }

    /// The depth of a component, from those of the components that it holds: all of its types, one after the other, and the
    /// deepest of what is below.
    fn depth(&self, members: &[usize], depths: &[usize]) -> usize {
        let (mut inside, mut below) = (0, 0);
        for &member in members {
            let own = self.component_of(member);
            let (within, without): (Vec<&HeldType>, Vec<&HeldType>) =
                self.held.get(member).into_iter().flatten().partition(|step| self.component_of(step.to) == own);
            let depth =
                |step: &HeldType| step.between + depths.get(self.component_of(step.to)).copied().unwrap_or_default();
            inside += 1 + within.iter().map(|step| step.between).max().unwrap_or_default();
            below = without.iter().map(|step| depth(step)).max().unwrap_or_default().max(below);
        }
        inside + below
    }
}

/// `Vec`, `RawVec`, `PhantomData`.
const LIST: usize = 3;
/// `BTreeMap`, `Option`, `NodeRef`, `PhantomData`.
const MAP: usize = 4;
/// `Box`, `Unique`, `PhantomData`.
const BOX: usize = 3;

/// The way to the type of the document inside of a type, if there is one.
fn step(ty: &Type) -> Option<HeldType> {
    let (mut ty, mut between) = (ty, 0);
    loop {
        between += match ty {
            Type::Named(id) => return Some(HeldType { to: id.0, between }),
            Type::List(_) => LIST,
            Type::Map(_) => MAP,
            Type::Boxed(_) => BOX,
            _ => 1,
        };
        ty = ty.inner()?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::test_fixtures;

    /// Objects that hold lists of each other in a ring.
    fn ring(length: usize) -> Vec<Item> {
        let lines = (0..length).map(|place| {
            let next = (place + 1) % length;
            format!(
                "T{place:03}: {{type: object, properties: {{next: {{type: array, items: {{$ref: '#/components/schemas/T{next:03}'}}}}}}}}\n"
            )
        });
        test_fixtures::schemas(&lines.collect::<String>()).types
    }

    #[test]
    fn types_that_contain_each_other_are_counted_all() {
        // `Option`, `Vec`, `RawVec`, `PhantomData` and the type itself.
        assert_eq!(depth(&ring(10)), 50);
        assert_eq!(recursion_limit(&ring(10)), None);
        assert_eq!(recursion_limit(&ring(70)), Some(512));
        assert_eq!(recursion_limit(&[]), None);
    }
}
