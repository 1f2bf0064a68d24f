//! Schemas that apply to one value, and that no value satisfies at once: above all the parts of an `allOf`.

use std::collections::{HashMap, HashSet};

use super::bounds::pairs;
use super::index::Index;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, quoted};
use crate::document::schema::{Keyword, Keywords, ObjectKeywords, SchemaId, Type, TypeSet};
use crate::grammar::Version;
use crate::patterns::Pattern;
use crate::source::Span;

/// Properties within properties that are compared.
const DEPTH: usize = 8;

/// Comparisons for one schema; those that refer to each other would go on for ever.
const FUEL: usize = 1_000;

/// Types, values, limits and names that rule each other out.
pub(super) fn in_all_of(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (id, _) in index.all_schemas() {
        let parts = index.parts_of(id);
        if parts.len() < 2 {
            continue;
        }
        closed_parts(index, &parts, diagnostics);
        Comparison { index, diagnostics, depth: 0, fuel: FUEL }.compare(&parts, None);
    }
}

struct Comparison<'c, 's, 'a> {
    index: &'s Index<'a>,
    diagnostics: &'c mut Diagnostics,
    depth: usize,
    fuel: usize,
}

/// Schemas of one property that are compared.
const SCHEMAS: usize = 64;

/// Two spans that contradict each other.
type Pair = (Span, Span);

impl<'a> Comparison<'_, '_, 'a> {
    /// Compares what describes one value: the parts of one schema, or what they say about the property `name`.
    fn compare(&mut self, parts: &[SchemaId], name: Option<&str>) {
        if self.fuel == 0 {
            return;
        }
        self.fuel -= 1;
        let whose = |what: &str| {
            name.map_or_else(
                || format!("schemas that apply to the same value {what}"),
                |name| format!("schemas that apply to the same value {what} for {}", quoted(name)),
            )
        };
        let keywords: Vec<&'a Keywords> = parts.iter().map(|part| self.index.keywords(*part)).collect();
        let severity = self.index.strictness.severity();
        if let Some(pair) = two_types(&keywords) {
            self.report(severity, whose("have different types"), pair);
            return;
        }
        if let Some(pair) = no_common_value(&keywords) {
            self.report(severity, whose("list no common value"), pair);
        }
        if let Some(pair) = no_room(&keywords, self.index.version) {
            self.report(severity, whose("leave nothing between their limits"), pair);
        }
        if self.depth < DEPTH {
            self.depth += 1;
            self.compare_properties(&keywords);
            self.depth -= 1;
        }
    }

    fn compare_properties(&mut self, parts: &[&'a Keywords]) {
        let mut declared: HashMap<&str, Vec<SchemaId>> = HashMap::new();
        for part in parts {
            for (name, property) in part.object.properties() {
                declared.entry(name).or_default().extend(self.index.parts_of(property));
            }
        }
        for part in parts {
            self.add_further(&part.object, &mut declared);
        }
        let mut repeated: Vec<_> = declared.into_iter().filter(|(_, list)| list.len() > 1).collect();
        repeated.sort_unstable_by_key(|(name, _)| *name);
        for (name, list) in repeated {
            self.compare(&list, Some(name));
        }
    }

    /// Adds what `additionalProperties` of one part says of properties that others list. Where the types differ, lowering tells.
    fn add_further(&self, object: &ObjectKeywords, declared: &mut HashMap<&str, Vec<SchemaId>>) {
        let Some(further) = object.additional_properties.as_ref().filter(|_| object.pattern_properties.is_none())
        else {
            return;
        };
        let further = self.index.parts_of(further.value);
        for (_, list) in
            declared.iter_mut().filter(|(name, list)| object.property(name).is_none() && list.len() < SCHEMAS)
        {
            let both: Vec<&Keywords> = list.iter().chain(&further).map(|part| self.index.keywords(*part)).collect();
            if two_types(&both).is_none() {
                list.extend(&further);
            }
        }
    }

    fn report(&mut self, severity: Severity, message: String, (first, second): Pair) {
        self.diagnostics
            .push(Diagnostic::new(Code::ContradictingAllOf, severity, message, second))
            .label(first, "the other one")
            .help("no value is both; let them agree, or list them as branches of one `oneOf`");
    }
}

/// Two parts whose types have none in common; that both allow null is no type of a value.
fn two_types(parts: &[&Keywords]) -> Option<Pair> {
    let mut types = parts.iter().filter_map(|part| part.types.as_ref());
    let first = types.next()?;
    let present = |types: &Keyword<TypeSet>| types.value.without(Type::Null);
    let differs = |other: &&Keyword<TypeSet>| {
        let (left, right) = (present(first), present(other));
        left != right && !left.overlaps(right)
    };
    types.find(differs).map(|second| (first.span, second.span))
}

/// Two lists of values of which none is in both.
fn no_common_value(parts: &[&Keywords]) -> Option<Pair> {
    let mut lists = parts.iter().filter_map(|part| Some((part, part.enumeration.as_ref()?.span)));
    let (first, first_span) = lists.next()?;
    let mut others = lists.peekable();
    others.peek()?;
    let known: HashSet<String> = first.listed_values().map(|value| value.canonical).collect();
    let is_apart = |other: &Keywords| !other.listed_values().any(|value| known.contains(&value.canonical));
    others.find(|(other, _)| is_apart(other)).map(|(_, second)| (first_span, second))
}

/// A lower limit in one part above the upper limit in another.
fn no_room(parts: &[&Keywords], version: Version) -> Option<Pair> {
    let limits: Vec<_> = parts.iter().map(|part| pairs(part, version)).collect();
    (0..4).find_map(|kind| {
        let stated = |at: usize| limits.get(at).and_then(|pairs| pairs.get(kind)).cloned().unwrap_or_default();
        let mut lows = (0..limits.len()).filter_map(|at| Some((at, stated(at).0?)));
        lows.find_map(|(at, low)| {
            // `bounds` compares the limits of one part.
            let mut highs = (0..limits.len()).filter(|other| *other != at).filter_map(|other| stated(other).1);
            highs.find(|high| low.is_above(high)).map(|high| (low.span, high.span))
        })
    })
}

/// Parts that forbid further properties beside parts that have some: the properties of all parts are meant, but the document forbids them.
fn closed_parts(index: &Index<'_>, parts: &[SchemaId], diagnostics: &mut Diagnostics) {
    for part in parts {
        let Some(closed) = Closed::of(index, *part) else { continue };
        let others = parts.iter().filter(|other| !closed.beside.contains(other));
        let mut properties = others.flat_map(|other| index.keywords(*other).object.properties());
        if let Some((name, shut_out)) = properties.find(|(name, _)| closed.shuts_out(index, name)) {
            let message = format!(
                "this schema allows no further properties, and another one of the same value has {}",
                quoted(name)
            );
            diagnostics
                .warning(Code::ContradictingAllOf, message, closed.whole)
                .label(index.schemas[shut_out].name, "which no value may have")
                .help(format!("remove `{}: false` here", closed.keyword));
        }
    }
}

/// A part with `additionalProperties: false` or `unevaluatedProperties: false`.
struct Closed {
    keyword: &'static str,
    whole: Span,
    /// The schemas whose properties it allows.
    beside: Vec<SchemaId>,
    /// The patterns that names may match as well; `None` for one that cannot be tried.
    patterns: Vec<Option<Pattern>>,
}

impl Closed {
    /// `None` where the part allows further properties, or some that depend on the value.
    fn of(index: &Index<'_>, part: SchemaId) -> Option<Self> {
        let object = &index.keywords(part).object;
        let (keyword, stated, beside) = match (&object.additional_properties, &object.unevaluated_properties) {
            (Some(stated), _) => ("additionalProperties", stated, vec![part]),
            (None, Some(stated)) => ("unevaluatedProperties", stated, index.parts_of(part)),
            (None, None) => return None,
        };
        let is_closed = index.schemas[stated.value].as_bool() == Some(false);
        let is_known =
            object.additional_properties.is_some() || beside.iter().all(|one| evaluates_listed(index.keywords(*one)));
        let patterns = beside.iter().flat_map(|one| patterns(&index.keywords(*one).object)).collect();
        (is_closed && is_known).then(|| Self { keyword, whole: stated.whole(), beside, patterns })
    }

    fn shuts_out(&self, index: &Index<'_>, name: &str) -> bool {
        let is_listed = |one: &SchemaId| index.keywords(*one).object.property(name).is_some();
        let may_match = |pattern: &Option<Pattern>| pattern.as_ref().is_none_or(|pattern| pattern.matches(name));
        !self.beside.iter().any(is_listed) && !self.patterns.iter().any(may_match)
    }
}

/// Whether a schema evaluates the properties that it lists and no others (JSON Schema 2020-12, Core, 11.3).
fn evaluates_listed(keywords: &Keywords) -> bool {
    let (object, composition) = (&keywords.object, &keywords.composition);
    object.additional_properties.is_none()
        && object.dependent_schemas.is_none()
        && composition.one_of.is_none()
        && composition.any_of.is_none()
        && composition.condition.is_none()
}

fn patterns(object: &ObjectKeywords) -> Vec<Option<Pattern>> {
    let patterns = object.pattern_properties.iter().flat_map(|patterns| patterns.value.keys());
    patterns.map(|pattern| Pattern::read(pattern)).collect()
}
