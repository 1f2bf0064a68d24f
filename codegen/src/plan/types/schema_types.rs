//! The Rust type of every schema, where it stands.

use std::collections::HashMap;

use rayon::prelude::*;

use super::names::TypeNames;
use crate::api::{Asserted, Assertion, Constraints, Schema, SchemaId, Schemas, Sensitivity, Shape, ValueType};
use crate::diagnostic::Diagnostics;
use crate::plan::diagnostics::Report;
use crate::plan::schemas::adapted::AdaptedSchemas;
use crate::plan::schemas::kinds::component_name;
use crate::plan::schemas::resolution::{End, InPlace, LeadsOn, ResolutionStep, follow};
use crate::plan::schemas::value_constraints::{self, ValueConstraints};
use crate::plan::schemas::{integers, scalars};
use crate::rust::Type;
use crate::size_limits::DEPTH;
use crate::source::Span;

/// The types of schemas.
pub(in crate::plan) struct Types {
    all: Vec<Typed>,
    /// Where the type of each schema stands among them.
    places: HashMap<SchemaId, usize>,
}

/// A schema, typed where it stands.
#[derive(Clone, Debug)]
pub(in crate::plan) struct Typed {
    /// The type of a present, non-null value.
    pub(in crate::plan) ty: Type,
    /// Whether null may stand there.
    pub(in crate::plan) nullable: bool,
    /// What a valid value fulfils beyond the type.
    pub(in crate::plan) value_constraints: ValueConstraints,
}

impl Typed {
    /// A type that is not nullable and has no constraints.
    pub(in crate::plan) fn plain(ty: Type) -> Self {
        Self { ty, nullable: false, value_constraints: ValueConstraints::default() }
    }

    /// The type of an element of a list or map.
    pub(in crate::plan) fn element(self) -> Type {
        if self.nullable { Type::Option(Box::new(self.ty)) } else { self.ty }
    }
}

impl Types {
    /// The type of a schema that something holds.
    ///
    /// A schema behind the limits of [`part_limit`](crate::plan::part_limit) has none and stands as JSON here: that the document is
    /// too large is an error by then, and there is no crate.
    pub(in crate::plan) fn of(&self, id: SchemaId) -> Typed {
        let known = self.places.get(&id).and_then(|place| self.all.get(*place));
        known.cloned().unwrap_or_else(|| Typed::plain(Type::Json))
    }
}

/// Gives each schema that something holds its type.
pub(in crate::plan) fn types(adapted: &AdaptedSchemas<'_>, names: &TypeNames<'_>) -> (Types, Diagnostics) {
    let (mut report, schemas) = (Report::default(), &*adapted.schemas);
    let mut places = HashMap::new();
    let mut held: Vec<SchemaId> = Vec::new();
    for id in &names.held {
        places.entry(*id).or_insert_with(|| {
            held.push(*id);
            held.len() - 1
        });
    }
    let typed = held.into_par_iter().map(|id| {
        let (in_place, mut report) = (follow(schemas, id), Report::default());
        say(schemas, &in_place, &mut report);
        let found = Some(report.diagnostics).filter(|found| !found.is_empty()).map(Box::new);
        (typed(adapted, names, in_place), found)
    });
    let (all, found): (Vec<Typed>, Vec<Option<Box<Diagnostics>>>) = typed.unzip();
    for found in found.into_iter().flatten() {
        report.diagnostics.extend(*found);
    }
    for named in &names.types {
        if let Some(schema) = schemas.get(named.schema).filter(|schema| component_name(schema).is_some()) {
            own(schema, &mut report);
        }
    }
    (Types { all, places }, report.diagnostics)
}

/// Reports `x-specie-sensitive` on a schema that becomes a type of its own.
fn own(schema: &Schema, report: &mut Report) {
    if let Sensitivity::Secret(span) | Sensitivity::Plain(span) = schema.sensitivity {
        report.sensitive_composite(span);
    }
}

/// Reports what the Rust type cannot express.
fn say(schemas: &Schemas, in_place: &InPlace<'_>, report: &mut Report) {
    match in_place.end {
        End::TooDeep(id) => report.nested_too_deep(DEPTH, schemas[id].span),
        End::Own(..) | End::Scalar(..) | End::Untyped(..) | End::Missing => {}
    }
    let is_own = matches!(in_place.end, End::Own(..));
    for step in &in_place.steps {
        if let Shape::Integer { format } = step.schema.shape.base() {
            let format = format.as_deref().unwrap_or_default();
            let ty = integers::integer(format, &step.schema.constraints);
            for (side, stated, limit) in integers::beyond(&ty, &step.schema.constraints) {
                report.bound_beyond_type(side, (stated, limit), step.schema.span);
            }
            let is_chosen = !matches!(format, "int64" | "uint64");
            let own = scalars::of_schema(step.schema, &step.schema.shape).filter(|_| is_chosen);
            if let Some((stated, limit)) = own.and_then(|(ty, _)| scalars::stated_beyond(step.schema, &ty)) {
                report.value_beyond_type((stated, limit), step.schema.span);
            }
        }
        let is_structure = matches!(step.schema.shape.base(), Shape::Object(_) | Shape::List(_));
        if let Shape::Enumeration(listed) = &step.schema.shape
            && (is_structure || !(is_own && step.leads_on == LeadsOn::Last))
            && !listed.open
            && !value_constraints::are_checked(listed)
            && !is_asserted(step.schema, listed.span)
        {
            let word = match &*listed.base {
                Shape::List(_) => "list",
                Shape::Object(_) => "object",
                base => scalars::scalar(base, &step.schema.constraints).map_or("value", |(_, word)| word),
            };
            report.values_not_checked(word, listed.span);
        }
    }
    let mut is_composite = is_own;
    for step in in_place.steps.iter().rev() {
        is_composite |= matches!(step.leads_on, LeadsOn::Item | LeadsOn::Value);
        if let (true, Sensitivity::Secret(span) | Sensitivity::Plain(span)) = (is_composite, step.schema.sensitivity) {
            report.sensitive_composite(span);
        }
    }
}

/// Whether what stands at a place is checked as an assertion.
fn is_asserted(schema: &Schema, span: Span) -> bool {
    schema.constraints.asserted.iter().any(|one| one.span == span)
}

/// The type at the end, with what each schema on the way makes of it.
fn typed(adapted: &AdaptedSchemas<'_>, names: &TypeNames<'_>, in_place: InPlace<'_>) -> Typed {
    let schemas = &adapted.schemas;
    let is_own = matches!(in_place.end, End::Own(..));
    let end = match in_place.end {
        End::Own(id, _) => {
            let ty = names.id(id).map_or(Type::Json, Type::Named);
            let own = schemas.get(id).filter(|end| says_nothing_itself(&end.shape));
            let own = own.map(|end| asserted(&end.constraints)).unwrap_or_default();
            let value_constraints = ValueConstraints::default().and(own);
            Typed { ty, nullable: schemas.is_nullable(id), value_constraints }
        }
        End::Scalar(ty) | End::Untyped(ty, _) => Typed::plain(ty),
        End::TooDeep(_) | End::Missing => Typed::plain(Type::Json),
    };
    in_place.steps.iter().rev().fold(end, |typed, step| {
        let Typed { ty, nullable, value_constraints } = secret(step.schema, around(step, is_own, typed));
        let value_constraints = value_constraints.of_items(adapted.incomparable.contains(&step.id));
        Typed { ty, nullable, value_constraints }
    })
}

/// The type of one step, from the type of the next step: a list or a map of it, or the same type for a reference. `is_own`: the schema of
/// the last step has a type of its own.
fn around(step: &ResolutionStep<'_>, is_own: bool, inner: Typed) -> Typed {
    let schema = step.schema;
    let own = |ty: &Type| ValueConstraints::stated(&schema.constraints, schema.shape.base(), ty);
    let holder = |ty: Type, each: ValueConstraints| {
        let value_constraints = own(&ty).of_each(each);
        Typed { ty, nullable: schema.nullable, value_constraints }
    };
    match step.leads_on {
        LeadsOn::Component | LeadsOn::Reference => {
            let value_constraints = match inner.ty {
                // The type has what its own schema says.
                Type::Named(_) => inner.value_constraints.and(asserted(&schema.constraints)),
                _ => inner.value_constraints.and(own(&inner.ty).own),
            };
            Typed { ty: inner.ty, nullable: schema.nullable || inner.nullable, value_constraints }
        }
        LeadsOn::Item => holder(Type::List(Box::new(inner.clone().element())), inner.value_constraints),
        LeadsOn::Value => holder(Type::Map(Box::new(inner.clone().element())), inner.value_constraints),
        LeadsOn::Last if is_own => inner,
        LeadsOn::Last => {
            let whole = whole_number(schema, &inner.ty);
            let typed = holder(inner.ty, ValueConstraints::default());
            let value_constraints = typed.value_constraints.of_listed(&schema.shape).and(whole);
            Typed { value_constraints, ..typed }
        }
    }
}

/// Whether the type of a shape holds its values to nothing: whatever is asserted is checked where they stand.
fn says_nothing_itself(shape: &Shape) -> bool {
    match shape {
        Shape::Any(_) => true,
        Shape::Enumeration(listed) => listed.open,
        _ => false,
    }
}

/// That a value is an integer, where the type of its schema holds fractions as well.
fn whole_number(schema: &Schema, ty: &Type) -> Constraints {
    let is_open = matches!(schema.shape.base(), Shape::Integer { .. }) && *ty == Type::LongDecimal;
    let asserted = is_open.then(|| Asserted {
        keyword: "type",
        span: schema.span,
        assertion: Assertion::Type(vec![ValueType::Integer]),
    });
    Constraints { asserted: asserted.into_iter().collect(), ..Constraints::default() }
}

/// What is asserted of a value beside what its type says itself.
fn asserted(stated: &Constraints) -> Constraints {
    Constraints { asserted: stated.asserted.clone(), ..Constraints::default() }
}

/// Makes a value a secret, where that can be.
fn secret(schema: &Schema, typed: Typed) -> Typed {
    let stays = matches!(typed.ty, Type::Named(_) | Type::List(_) | Type::Map(_) | Type::Secret(_));
    match schema.sensitivity {
        Sensitivity::Secret(_) if !stays => Typed { ty: Type::Secret(Box::new(typed.ty)), ..typed },
        Sensitivity::Secret(_) | Sensitivity::Plain(_) | Sensitivity::Unstated => typed,
    }
}
