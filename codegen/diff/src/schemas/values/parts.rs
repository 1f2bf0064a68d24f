//! What a schema allows, in parts that each have one type and one range.

pub(super) mod loose;

use std::cell::Cell;

use specie_codegen::api::{
    Assertion, Bound, Constraints, Direction, RangeEnd, SchemaId, Schemas, Shape, Union, Value, order,
};
use specie_codegen::instance::{Exact, integer_range};

use super::super::view::type_name;
use super::super::{View, constraints, enumerations, multiples, scalars, types};
use crate::json_value;

/// How many parts a schema comes apart into; one of more is not computed.
const MOST: usize = 64;

/// How deep unions within unions come apart.
const DEPTH: usize = 12;

/// How many schemas are looked at to find the parts of one.
const LOOKS: usize = 1_000;

/// How many numbers of a range are listed one by one.
const LISTED: i128 = 64;

/// Some of the values of a schema.
pub(super) struct Part {
    /// The schema that allows them; `None`: the only value of a property.
    pub(super) schema: Option<SchemaId>,
    pub(super) kind: PartKind,
    /// What else they fulfil, of which it is not computed which values do.
    pub(super) marks: Vec<Mark>,
    /// The values of the kind that are none of them (`not`).
    pub(super) except: Vec<Value>,
}

/// Which values they are.
pub(super) enum PartKind {
    /// These.
    Listed(Vec<Value>),
    /// Texts of some lengths.
    Texts { least: u64, most: u64 },
    /// Numbers of a range: all of them, or the multiples of one.
    Numbers { step: Option<Exact>, lower: Option<Bound>, upper: Option<Bound> },
    /// Objects or lists, by the name of their type.
    Structure(&'static str),
    /// All objects or lists that fulfil assertions, by the name of their type.
    Loose(&'static str, Vec<Assertion>),
}

/// What is demanded of values and only compared as a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mark {
    Format(String),
    Content(String),
    Pattern(String),
    Asserted(Assertion),
    Unchecked(String),
}

impl Part {
    /// One value.
    pub(super) fn of_value(value: Value) -> Self {
        Self { schema: None, kind: PartKind::Listed(vec![value]), marks: Vec::new(), except: Vec::new() }
    }

    /// Some values of a schema; what it refuses one by one is no mark.
    fn new(schema: SchemaId, kind: PartKind, marks: Vec<Mark>) -> Self {
        let mut except = Vec::new();
        let marks = marks.into_iter().filter(|mark| match refused(mark) {
            Some(values) => {
                except.extend(values);
                false
            }
            None => true,
        });
        let marks = marks.collect();
        let kind = match kind {
            PartKind::Listed(mut values) => {
                values.retain(|value| !except.iter().any(|one| enumerations::equal(one, value)));
                PartKind::Listed(values)
            }
            other => other,
        };
        Self { schema: Some(schema), kind, marks, except }
    }

    /// Whether a value may be one of them, by its type and its range.
    pub(super) fn may_hold(&self, value: &Value) -> bool {
        may_hold(&self.kind, value) && !self.except.iter().any(|one| enumerations::equal(one, value))
    }

    /// All values, where they are listed.
    pub(super) fn listed(&self) -> Option<&[Value]> {
        match &self.kind {
            PartKind::Listed(values) if self.marks.is_empty() => Some(values),
            _ => None,
        }
    }

    /// Whether they are objects or lists.
    pub(super) const fn is_structure(&self) -> bool {
        matches!(self.kind, PartKind::Structure(_) | PartKind::Loose(..))
    }
}

/// The values that a mark refuses one by one; `None` where it does not.
fn refused(mark: &Mark) -> Option<Vec<Value>> {
    let Mark::Asserted(Assertion::Not(schema)) = mark else { return None };
    let [Assertion::Enum(values)] = schema.as_slice() else { return None };
    values.iter().map(|text| json_value::of_json(text)).collect()
}

/// The parts of a schema, null aside; `None` where they are not computed.
pub(super) fn of(schemas: &Schemas, id: SchemaId, sender: Direction) -> Option<Vec<Part>> {
    let mut found = Vec::new();
    let gatherer = Gatherer { schemas, sender, looks: Cell::new(LOOKS) };
    gatherer.schema(id, &Constraints::default(), DEPTH, &mut found)?;
    Some(found)
}

struct Gatherer<'a> {
    schemas: &'a Schemas,
    sender: Direction,
    /// How many schemas may still be looked at.
    looks: Cell<usize>,
}

impl Gatherer<'_> {
    /// Adds the parts of a schema, of which the unions around it demand more.
    fn schema(&self, id: SchemaId, around: &Constraints, depth: usize, found: &mut Vec<Part>) -> Option<()> {
        self.looks.set(self.looks.get().checked_sub(1)?);
        let view = View::of(self.schemas, id);
        let demanded = view.constraints.clone().and(around.clone());
        let mut push = |kind, marks| found.push(Part::new(id, kind, marks));
        match view.shape {
            Shape::Union(union) => return self.union(union, &demanded, depth.checked_sub(1)?, found),
            Shape::Enumeration(listed) if listed.open && demanded != Constraints::default() => return None,
            Shape::Enumeration(listed) if !listed.open => {
                if *around != Constraints::default() {
                    return None;
                }
                let values = enumerations::allowed(listed, &view, self.sender);
                push(PartKind::Listed(values.into_iter().map(|one| one.value.clone()).collect()), Vec::new());
            }
            Shape::Reference(_) => return None,
            shape => {
                let marks = marks(&view, &demanded);
                match shape.base() {
                    Shape::Null => {}
                    Shape::Boolean => {
                        let is_one = |value: &Value| enumerations::takes(self.schemas, id, value, self.sender);
                        let flags = [true, false].map(Value::Bool).into_iter().filter(is_one);
                        push(PartKind::Listed(flags.collect()), Vec::new());
                    }
                    Shape::String { .. } => push(texts(&demanded), marks),
                    Shape::Integer { .. } | Shape::Number { .. } => push(numbers(shape.base(), &demanded)?, marks),
                    Shape::List(_) | Shape::Object(_) if *around == Constraints::default() => {
                        let name = type_name(shape.base());
                        let kind = loose::assertions(&view, shape.base(), &demanded);
                        push(
                            kind.map_or(PartKind::Structure(name), |asserted| PartKind::Loose(name, asserted)),
                            Vec::new(),
                        );
                    }
                    Shape::Any(_) if !view.takes_anything() => {}
                    Shape::Any(_) if view.unchecked.is_empty() => {
                        found.extend(loose::of_any(id, &demanded, |value| {
                            enumerations::takes(self.schemas, id, value, self.sender)
                        })?);
                    }
                    _ => return None,
                }
            }
        }
        (found.len() <= MOST).then_some(())
    }

    /// Whether two parts have no value in common.
    fn are_apart(&self, one: &Part, other: &Part) -> bool {
        match (&one.kind, &other.kind, one.schema, other.schema) {
            (PartKind::Loose(kind, _), PartKind::Loose(other, _) | PartKind::Structure(other), ..)
            | (PartKind::Structure(kind), PartKind::Loose(other, _), ..) => kind != other,
            (PartKind::Structure(kind), PartKind::Structure(other_kind), Some(id), Some(other_id)) => {
                kind != other_kind || self.are_told_apart(id, other_id) || self.are_told_apart(other_id, id)
            }
            _ => are_disjoint(one, other),
        }
    }

    /// Whether an object requires what the other one does not have, as people mean them: a property that it does not list, or one with
    /// another value.
    fn are_told_apart(&self, id: SchemaId, other: SchemaId) -> bool {
        let (one, other) = (View::of(self.schemas, id), View::of(self.schemas, other));
        let (Shape::Object(one), Shape::Object(other)) = (one.shape, other.shape) else { return false };
        let is_listed = |name: &str| other.properties.iter().any(|property| property.name == name);
        let value = |name: &str| other.constants.iter().find(|constant| constant.name == name);
        let mut required = one.properties.iter().filter(|property| property.required);
        required.any(|property| !is_listed(&property.name) && value(&property.name).is_none())
            || one.constants.iter().any(|constant| match value(&constant.name) {
                Some(other) => constant.value != other.value,
                None => !is_listed(&constant.name),
            })
    }

    fn union(&self, union: &Union, demanded: &Constraints, depth: usize, found: &mut Vec<Part>) -> Option<()> {
        // A value that names a branch is not seen here, unless the branch has it as a constant.
        let is_named = |property: &str| {
            let mut branches = union.branches.iter().map(|branch| View::of(self.schemas, branch.schema));
            !branches.all(|view| types::has_constant(&view, property))
        };
        if union.discriminator.as_ref().is_some_and(|stated| is_named(&stated.property)) {
            return None;
        }
        let start = found.len();
        for branch in &union.branches {
            let first = found.len();
            self.schema(branch.schema, demanded, depth, found)?;
            let (before, own) = found.split_at(first);
            let shares = |one: &Part| before.iter().skip(start).any(|other| !self.are_apart(one, other));
            // A value of two branches is none of a `oneOf`.
            if types::is_exclusive_union(union) && own.iter().any(shares) {
                return None;
            }
        }
        Some(())
    }
}

/// Whether two parts that are no objects or lists have no value in common.
fn are_disjoint(one: &Part, other: &Part) -> bool {
    match (&one.kind, &other.kind) {
        (PartKind::Listed(values), PartKind::Listed(others)) => !enumerations::share(values.iter(), others.iter()),
        (PartKind::Listed(values), _) => !values.iter().any(|value| other.may_hold(value)),
        (_, PartKind::Listed(values)) => !values.iter().any(|value| one.may_hold(value)),
        (PartKind::Texts { least, most }, PartKind::Texts { least: other_least, most: other_most }) => {
            most < other_least || other_most < least
        }
        (PartKind::Numbers { lower, upper, .. }, PartKind::Numbers { lower: other_lower, upper: other_upper, .. }) => {
            is_below(upper.as_ref(), other_lower.as_ref()) || is_below(other_upper.as_ref(), lower.as_ref())
        }
        _ => true,
    }
}

/// Whether a value may be one of a part, by its type and its range.
fn may_hold(kind: &PartKind, value: &Value) -> bool {
    match (kind, value) {
        (PartKind::Texts { least, most }, Value::String(text)) => {
            let size = text.chars().count() as u64;
            *least <= size && size <= *most
        }
        (PartKind::Numbers { lower, upper, .. }, Value::Number(number)) => {
            let point = Some(Bound { value: number.clone(), exclusive: false });
            !is_below(upper.as_ref(), point.as_ref()) && !is_below(point.as_ref(), lower.as_ref())
        }
        (PartKind::Listed(values), value) => values.iter().any(|one| enumerations::equal(one, value)),
        (PartKind::Structure(name) | PartKind::Loose(name, _), Value::Object(_)) => *name == "object",
        (PartKind::Structure(name) | PartKind::Loose(name, _), Value::List(_)) => *name == "array",
        _ => false,
    }
}

/// Whether all numbers up to one bound are less than those from another bound on.
fn is_below(upper: Option<&Bound>, lower: Option<&Bound>) -> bool {
    let (Some(upper), Some(lower)) = (upper, lower) else { return false };
    let order = order(&upper.value, &lower.value);
    order.is_lt() || order.is_eq() && (upper.exclusive || lower.exclusive)
}

pub(super) fn texts(demanded: &Constraints) -> PartKind {
    let (least, most) = (demanded.min_length.unwrap_or(0), demanded.max_length.unwrap_or(u64::MAX));
    match (least, most) {
        (0, 0) => PartKind::Listed(vec![Value::String(String::new())]),
        (least, most) if least > most => PartKind::Listed(Vec::new()),
        (least, most) => PartKind::Texts { least, most },
    }
}

/// The numbers of a shape; `None` where they have more digits than are computed with.
pub(super) fn numbers(shape: &Shape, demanded: &Constraints) -> Option<PartKind> {
    let stated = match demanded.multiple_of.as_deref() {
        Some(text) => Some(Exact::parse(text)?),
        None => None,
    };
    let (mut lower, mut upper) = (demanded.minimum.clone(), demanded.maximum.clone());
    let Shape::Integer { format } = shape else { return ranged(stated, lower, upper) };
    if let Some((least, most)) = format.as_deref().and_then(integer_range) {
        let bound = |value: i128| Some(Bound { value: value.to_string(), exclusive: false });
        lower = Bound::tighter(lower, bound(least), RangeEnd::Lower);
        upper = Bound::tighter(upper, bound(most), RangeEnd::Upper);
    }
    let step = stated.map_or(Some(Exact::of(1, 0)), |stated| multiples::common_multiple(stated, Exact::of(1, 0)))?;
    ranged(Some(step), lower, upper)
}

/// A range of numbers; of multiples the bounds are the first and the last one, and few of them are listed.
fn ranged(step: Option<Exact>, lower: Option<Bound>, upper: Option<Bound>) -> Option<PartKind> {
    let Some(step) = step else { return Some(PartKind::Numbers { step: None, lower, upper }) };
    let (first, last) = multiples::times_within(step, lower.as_ref(), upper.as_ref())?;
    let at = |count: i128| multiples::times(step, count).map(|number| number.to_string());
    if lower.is_some() && upper.is_some() && last.saturating_sub(first) < LISTED {
        let values = (first..=last).map(|count| at(count).map(Value::Number));
        return values.collect::<Option<Vec<Value>>>().map(PartKind::Listed);
    }
    let bound = |stated: Option<Bound>, count: i128| match stated {
        Some(_) => Some(Some(Bound { value: at(count)?, exclusive: false })),
        None => Some(None),
    };
    Some(PartKind::Numbers { step: Some(step), lower: bound(lower, first)?, upper: bound(upper, last)? })
}

/// What is demanded beside type, length and range.
fn marks(view: &View<'_>, demanded: &Constraints) -> Vec<Mark> {
    let mut found = Vec::new();
    match view.shape.base() {
        Shape::String { format, encoding, media_type } => {
            let (format, encoding) = scalars::bytes(format.as_deref(), encoding.as_deref());
            found.extend(scalars::restricting(format).map(|format| Mark::Format(format.to_owned())));
            let content = encoding.into_iter().chain(media_type.as_deref());
            found.extend(content.map(|text| Mark::Content(text.to_owned())));
            found.extend(
                constraints::restricting(demanded.pattern.as_deref()).map(|text| Mark::Pattern(text.to_owned())),
            );
        }
        Shape::Integer { format } => {
            let format = scalars::restricting_numbers(format.as_deref());
            let format = format.filter(|format| integer_range(format).is_none());
            found.extend(format.map(|format| Mark::Format(format.to_owned())));
        }
        Shape::Number { format } => {
            let format = scalars::restricting_numbers(format.as_deref());
            found.extend(format.map(|format| Mark::Format(format.to_owned())));
        }
        _ => {}
    }
    found.extend(super::super::assertions::of(view, demanded).into_iter().map(|one| Mark::Asserted(one.assertion)));
    found.extend(view.unchecked.iter().map(|keyword| Mark::Unchecked((*keyword).to_owned())));
    found
}
