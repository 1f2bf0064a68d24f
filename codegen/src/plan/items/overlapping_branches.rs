//! `anyOf` of objects that a value may be of at once (JSON Schema 2020-12, Core, 10.2.1.2): it is read as one variant, which keeps its own properties.

use std::collections::HashSet;

use super::unions;
use crate::api::{Branch, Combination, Object, Union};
use crate::diagnostic::Diagnostics;
use crate::plan::diagnostics::Report;
use crate::plan::schemas::elements;
use crate::plan::schemas::kinds::Kind;
use crate::plan::types::analysis::TypeAnalysis;
use crate::plan::types::type_contents::Part;
use crate::rust::{Type, TypeId};

/// Reports the first such two branches of each union that the crate has.
pub(in crate::plan) fn diagnostics(analysis: &TypeAnalysis<'_>) -> Diagnostics {
    let mut report = Report::default();
    for id in (0..analysis.names.kept).map(TypeId) {
        let Some(contents) = analysis.contents(id) else { continue };
        let Kind::Union(union) = contents.kind else { continue };
        // Of two objects that fit together, a value is both at once, or one of them alone.
        let is_exact = union.together && union.branches.len() == 3;
        if union.combination == Combination::Any
            && !is_exact
            && unions::discriminator(union).is_none()
            && let Some((one, other)) = overlapping(analysis, &contents.parts, union)
        {
            let span = |branch: &Branch| analysis.schemas[branch.schema].span;
            report.overlapping_branches(union.span, span(one), span(other));
        }
    }
    report.diagnostics
}

fn overlapping<'u>(analysis: &TypeAnalysis<'_>, parts: &[Part], union: &'u Union) -> Option<(&'u Branch, &'u Branch)> {
    let objects: Vec<(&Branch, DroppingObject<'_>)> = parts
        .iter()
        .zip(&union.branches)
        .filter_map(|(part, branch)| Some((branch, DroppingObject::of(analysis, &part.ty)?)))
        .collect();
    objects.iter().enumerate().find_map(|(at, (branch, one))| {
        let mut later = objects.iter().skip(at + 1);
        later.find(|(_, other)| one.may_be_beside(other)).map(|(other, _)| (*branch, *other))
    })
}

/// An object whose type drops properties that it does not name.
struct DroppingObject<'a> {
    object: &'a Object,
    names: HashSet<&'a str>,
}

impl<'a> DroppingObject<'a> {
    fn of(analysis: &'a TypeAnalysis<'_>, ty: &Type) -> Option<Self> {
        let Type::Named(id) = analysis.resolved(ty) else { return None };
        let contents = analysis.contents(*id)?;
        let Kind::Struct(object) = contents.kind else { return None };
        let properties = object.properties.iter().map(|property| property.name.as_str());
        let names = properties.chain(object.constants.iter().map(|constant| constant.name.as_str())).collect();
        let drops = contents.rest.is_none() && !elements::is_closed(object);
        drops.then_some(Self { object, names })
    }

    /// Whether a value may be of both, and each of them names a property that the other one drops.
    fn may_be_beside(&self, other: &Self) -> bool {
        let differs = |constant: &crate::api::Constant| {
            let same = other.object.constants.iter().find(|same| same.name == constant.name);
            same.is_some_and(|same| same.value != constant.value)
        };
        !self.object.constants.iter().any(differs)
            && !self.names.is_subset(&other.names)
            && !other.names.is_subset(&self.names)
    }
}
