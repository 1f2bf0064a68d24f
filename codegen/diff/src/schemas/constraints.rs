//! Bounds, lengths, patterns and counts.

use specie_codegen::api::{Additional, Bound, RangeEnd, Shape, order};
use specie_codegen::instance::Exact;

use super::{Local, View, lengths, lists, types};
use crate::{Answer, Edit, Relation, Rule};

/// Compares what two schemas demand beyond their shapes.
pub(super) fn compare(old: &View<'_>, new: &View<'_>, local: &mut Local) {
    let (one, other) = (&old.constraints, &new.constraints);
    let at =
        |rule, relation, keywords: &[&str]| Edit::new(rule, relation, Some(old.at(keywords)), Some(new.at(keywords)));
    let are_integers = [old, new].iter().all(|view| matches!(view.shape, Shape::Integer { .. }));
    let lower = (one.minimum.as_ref(), other.minimum.as_ref());
    bounds(lower, RangeEnd::Lower, are_integers, local, |relation| {
        at(Rule::MinimumChanged, relation, &["minimum", "exclusiveMinimum"])
    });
    let upper = (one.maximum.as_ref(), other.maximum.as_ref());
    bounds(upper, RangeEnd::Upper, are_integers, local, |relation| {
        at(Rule::MaximumChanged, relation, &["maximum", "exclusiveMaximum"])
    });
    let sizes = [
        (Rule::MinLengthChanged, "minLength", one.min_length, other.min_length, RangeEnd::Lower),
        (Rule::MaxLengthChanged, "maxLength", one.max_length, other.max_length, RangeEnd::Upper),
        (Rule::MinItemsChanged, "minItems", one.min_items, other.min_items, RangeEnd::Lower),
        (Rule::MaxItemsChanged, "maxItems", one.max_items, other.max_items, RangeEnd::Upper),
        (Rule::MinPropertiesChanged, "minProperties", one.min_properties, other.min_properties, RangeEnd::Lower),
        (Rule::MaxPropertiesChanged, "maxProperties", one.max_properties, other.max_properties, RangeEnd::Upper),
    ];
    for (rule, keyword, before, after, side) in sizes {
        let relation = size(before, after, side).filter(|relation| {
            let (stricter, view) = if *relation == Relation::NARROWS { (after, old) } else { (before, new) };
            stricter.is_none_or(|stated| !is_implied(view, rule, stated))
        });
        if let Some(relation) = relation {
            let text = |size: Option<u64>| size.map(|size| size.to_string());
            local.push(at(rule, relation, &[keyword]).values(text(before), text(after)));
        }
    }
    if let Some(relation) = multiple(one.multiple_of.as_deref(), other.multiple_of.as_deref()) {
        let edit = at(Rule::MultipleOfChanged, relation, &["multipleOf"]);
        local.push(edit.values(one.multiple_of.clone(), other.multiple_of.clone()));
    }
    let [before, after] = [one, other].map(|stated| stated.unique_items);
    let is_unique = |view: &View<'_>| lists::most_items(view).is_some_and(|most| most <= 1);
    if before != after && !is_unique(if after { old } else { new }) {
        let relation = if after { Relation::NARROWS } else { Relation::WIDENS };
        let edit = at(Rule::UniqueItemsChanged, relation, &["uniqueItems"]);
        local.push(edit.values(Some(before.to_string()), Some(after.to_string())));
    }
    if let Some((rule, relation)) = patterns(one.pattern.as_deref(), other.pattern.as_deref()) {
        local.push(at(rule, relation, &["pattern"]).values(one.pattern.clone(), other.pattern.clone()));
    }
}

/// Whether what else a schema says keeps a limit of its sizes.
fn is_implied(view: &View<'_>, rule: Rule, stated: u64) -> bool {
    match (rule, view.shape) {
        (Rule::MinLengthChanged, Shape::String { .. }) => lengths::shortest(view) >= stated,
        (Rule::MaxLengthChanged, Shape::String { .. }) => lengths::longest(view).is_some_and(|most| most <= stated),
        (Rule::MaxItemsChanged, Shape::List(_)) => lists::most(view).is_some_and(|most| most <= stated),
        (Rule::MinPropertiesChanged, Shape::Object(object)) => {
            // A property that only travels one way is not always there.
            let is_there = |id| view.schemas.chain(id).all(|one| !one.read_only && !one.write_only);
            let required = object.properties.iter().filter(|property| property.required && is_there(property.schema));
            (required.count() + object.constants.len() + object.required_beside.len()) as u64 >= stated
        }
        (Rule::MaxPropertiesChanged, Shape::Object(object)) => {
            let listed =
                object.properties.iter().filter(|property| !View::of(view.schemas, property.schema).is_never());
            let is_closed = object.additional == Additional::None && object.patterns.is_empty();
            is_closed && (listed.count() + object.constants.len()) as u64 <= stated
        }
        _ => false,
    }
}

/// Whether a change is one for the values of two schemas. A keyword says nothing of values of a type that it does not speak of (JSON Schema
/// 2020-12, Core, 7.6.1). Where both documents state it of a schema that is no branch, it is taken for a limit that is meant, as other tools
/// take it.
pub(super) fn counts(edit: &Edit, (old, new): (&View<'_>, &View<'_>), is_branch: bool) -> bool {
    let is_stated_twice = edit.before.is_some() && edit.after.is_some() && edit.rule != Rule::UniqueItemsChanged;
    let speaks = |view: &View<'_>| speaks_of(edit.rule, view.shape.base());
    speaks(old) || speaks(new) || is_stated_twice && !is_branch
}

/// Whether a limit speaks of values of a shape: of a number no length does.
pub(crate) fn speaks_of(rule: Rule, shape: &Shape) -> bool {
    let is_open = !matches!(shape, Shape::List(_) | Shape::Object(_) | Shape::Null) && !types::is_scalar(shape);
    is_open
        || match rule {
            Rule::MinLengthChanged
            | Rule::MaxLengthChanged
            | Rule::PatternAdded
            | Rule::PatternRemoved
            | Rule::PatternChanged => matches!(shape, Shape::String { .. }),
            Rule::MinimumChanged | Rule::MaximumChanged | Rule::MultipleOfChanged => {
                matches!(shape, Shape::Integer { .. } | Shape::Number { .. })
            }
            Rule::MinItemsChanged | Rule::MaxItemsChanged | Rule::UniqueItemsChanged => matches!(shape, Shape::List(_)),
            Rule::MinPropertiesChanged | Rule::MaxPropertiesChanged => matches!(shape, Shape::Object(_)),
            _ => true,
        }
}

/// Whether a change says only that texts are not empty, where the other ones are numbers or flags: no such value is written as nothing.
pub(super) fn is_kept_by_all(edit: &Edit, old: &View<'_>, new: &View<'_>) -> bool {
    let is_text = |view: &View<'_>| matches!(view.shape.base(), Shape::String { .. });
    let is_of_both = types::is_scalar(old.shape.base()) && types::is_scalar(new.shape.base());
    is_of_both && is_text(old) != is_text(new) && edit.rule == Rule::MinLengthChanged && refuses_nothing_alone(edit)
}

/// Whether a change says only that a text or a list is not empty, or may be.
pub(super) fn refuses_nothing_alone(edit: &Edit) -> bool {
    let is_least = |text: &Option<String>| text.as_deref().is_none_or(|size| matches!(size, "0" | "1"));
    matches!(edit.rule, Rule::MinLengthChanged | Rule::MinItemsChanged)
        && is_least(&edit.before)
        && is_least(&edit.after)
}

/// Compares two bounds of numbers.
fn bounds(
    (old, new): (Option<&Bound>, Option<&Bound>),
    side: RangeEnd,
    are_integers: bool,
    local: &mut Local,
    edit: impl FnOnce(Relation) -> Edit,
) {
    let effective = |bound: Option<&Bound>| {
        let last = bound.filter(|_| are_integers).and_then(|bound| last_integer(bound, side));
        last.or_else(|| bound.cloned())
    };
    let relation = match (effective(old), effective(new)) {
        (None, None) => return,
        (None, Some(_)) => Relation::NARROWS,
        (Some(_), None) => Relation::WIDENS,
        (Some(one), Some(other)) if order(&one.value, &other.value).is_eq() && one.exclusive == other.exclusive => {
            return;
        }
        (Some(one), Some(other)) => {
            let tighter = Bound::tighter(Some(one.clone()), Some(other), side);
            if tighter.as_ref() == Some(&one) { Relation::WIDENS } else { Relation::NARROWS }
        }
    };
    let text = |bound: Option<&Bound>| {
        let bound = bound?;
        Some(if bound.exclusive { format!("{} (exclusive)", bound.value) } else { bound.value.clone() })
    };
    local.push(edit(relation).values(text(old), text(new)));
}

/// The last integer that a bound allows; `None` where it has an exponent or more digits than are computed with.
pub(super) fn last_integer(bound: &Bound, side: RangeEnd) -> Option<Bound> {
    let (whole, fraction) = bound.value.split_once('.').unwrap_or((&bound.value, ""));
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let towards_zero: i128 = whole.parse().ok()?;
    let is_whole = fraction.bytes().all(|byte| byte == b'0');
    let is_negative = whole.starts_with('-');
    let last = match side {
        _ if is_whole && !bound.exclusive => towards_zero,
        RangeEnd::Lower if is_whole || !is_negative => towards_zero.checked_add(1)?,
        RangeEnd::Upper if is_whole || is_negative => towards_zero.checked_sub(1)?,
        RangeEnd::Lower | RangeEnd::Upper => towards_zero,
    };
    Some(Bound { value: last.to_string(), exclusive: false })
}

/// Compares two limits of sizes; a least size of 0 is none.
fn size(old: Option<u64>, new: Option<u64>, side: RangeEnd) -> Option<Relation> {
    let (old, new) = match side {
        RangeEnd::Lower => (old.unwrap_or(0), new.unwrap_or(0)),
        RangeEnd::Upper => (new.unwrap_or(u64::MAX), old.unwrap_or(u64::MAX)),
    };
    match old.cmp(&new) {
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Less => Some(Relation::NARROWS),
        std::cmp::Ordering::Greater => Some(Relation::WIDENS),
    }
}

/// Compares two `multipleOf`.
fn multiple(old: Option<&str>, new: Option<&str>) -> Option<Relation> {
    let (old, new) = match (old, new) {
        (None, None) => return None,
        (None, Some(_)) => return Some(Relation::NARROWS),
        (Some(_), None) => return Some(Relation::WIDENS),
        (Some(one), Some(other)) if order(one, other).is_eq() => return None,
        (Some(one), Some(other)) => (Exact::parse(one), Exact::parse(other)),
    };
    let (Some(old), Some(new)) = (old, new) else { return Some(Relation::UNKNOWN) };
    let within = |inner: Exact, outer: Exact| match inner.is_multiple_of(outer) {
        Some(true) => Answer::Yes,
        Some(false) => Answer::No,
        None => Answer::Unknown,
    };
    Some(Relation::new(within(old, new), within(new, old)))
}

/// Regular expressions that every text matches.
const EVERY_TEXT: &[&str] = &["", "^", "$", "^$|.*", ".*", "^.*", ".*$", "[\\s\\S]*", "^[\\s\\S]*$"];

/// The regular expression that every text of one line matches: `.` is no line end (ECMA-262, 22.2.2.7).
const EVERY_LINE: &str = "^.*$";

/// A regular expression, unless every text matches it.
pub(crate) fn restricting(pattern: Option<&str>) -> Option<&str> {
    pattern.filter(|text| !EVERY_TEXT.contains(text))
}

fn patterns(old: Option<&str>, new: Option<&str>) -> Option<(Rule, Relation)> {
    match (restricting(old), restricting(new)) {
        (None, None) => None,
        (None, Some(_)) => Some((Rule::PatternAdded, Relation::NARROWS)),
        (Some(_), None) => Some((Rule::PatternRemoved, Relation::WIDENS)),
        (Some(one), Some(other)) if one == other => None,
        (Some(one), Some(EVERY_LINE)) if is_of_one_line(one) => Some((Rule::PatternChanged, Relation::WIDENS)),
        (Some(EVERY_LINE), Some(other)) if is_of_one_line(other) => Some((Rule::PatternChanged, Relation::NARROWS)),
        (Some(_), Some(_)) => Some((Rule::PatternChanged, Relation::UNKNOWN)),
    }
}

/// Whether all texts that match a regular expression are of one line, as far as its characters say so: it is of whole texts, and neither what
/// a class leaves out nor an escape can be a line end.
fn is_of_one_line(pattern: &str) -> bool {
    let Some(inner) = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$')) else { return false };
    let is_plain = |one: char| one == ' ' || one.is_ascii_graphic() && one != '|';
    let mut characters = inner.chars();
    while let Some(one) = characters.next() {
        let is_safe = match one {
            '\\' => {
                characters.next().is_some_and(|escaped| matches!(escaped, 'd' | 'w') || escaped.is_ascii_punctuation())
            }
            other => is_plain(other),
        };
        if !is_safe {
            return false;
        }
    }
    !inner.contains("[^") && !inner.contains("(?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_one_line_match_an_expression_of_any_line() {
        for pattern in ["^a$", "^[a-z0-9_]+$", "^\\d{3}\\.\\w*$", "^.+$"] {
            assert_eq!(
                patterns(Some(pattern), Some("^.*$")),
                Some((Rule::PatternChanged, Relation::WIDENS)),
                "{pattern}"
            );
        }
        for pattern in ["a", "^a", "^a$|b$", "^[^a]$", "^\\s$", "^(?s:.)$", "^a\\$", "^[!-\u{3000}]$"] {
            assert_eq!(
                patterns(Some(pattern), Some("^.*$")),
                Some((Rule::PatternChanged, Relation::UNKNOWN)),
                "{pattern}"
            );
        }
        assert_eq!(patterns(Some(".*"), None), None);
        assert_eq!(patterns(Some("^.*$"), Some(".*")), Some((Rule::PatternRemoved, Relation::WIDENS)));
    }

    #[test]
    fn a_larger_least_size_narrows_and_a_larger_largest_one_widens() {
        assert_eq!(size(None, Some(0), RangeEnd::Lower), None);
        assert_eq!(size(Some(1), Some(2), RangeEnd::Lower), Some(Relation::NARROWS));
        assert_eq!(size(Some(1), Some(2), RangeEnd::Upper), Some(Relation::WIDENS));
        assert_eq!(size(None, Some(2), RangeEnd::Upper), Some(Relation::NARROWS));
        assert_eq!(size(Some(2), None, RangeEnd::Upper), Some(Relation::WIDENS));
    }

    #[test]
    fn the_last_integer_of_a_bound() {
        let last = |value: &str, exclusive, side| {
            let bound = Bound { value: value.to_owned(), exclusive };
            last_integer(&bound, side).map(|bound| bound.value)
        };
        for (value, exclusive, lower, upper) in [
            ("0", true, "1", "-1"),
            ("1.0", false, "1", "1"),
            ("1.5", false, "2", "1"),
            ("1.5", true, "2", "1"),
            ("-1.5", false, "-1", "-2"),
            ("-0.5", true, "0", "-1"),
        ] {
            assert_eq!(last(value, exclusive, RangeEnd::Lower).as_deref(), Some(lower), "{value}");
            assert_eq!(last(value, exclusive, RangeEnd::Upper).as_deref(), Some(upper), "{value}");
        }
        assert_eq!(last("1e3", false, RangeEnd::Lower), None);
    }

    #[test]
    fn multiples_of_a_multiple_are_fewer() {
        assert_eq!(multiple(Some("2"), Some("4")), Some(Relation::NARROWS));
        assert_eq!(multiple(Some("4"), Some("2")), Some(Relation::WIDENS));
        assert_eq!(multiple(Some("4"), Some("6")), Some(Relation::INCOMPARABLE));
        assert_eq!(multiple(Some("0.1"), Some("0.01")), Some(Relation::WIDENS));
        assert_eq!(multiple(Some("2.5e1"), Some("0.3")), Some(Relation::INCOMPARABLE));
        assert_eq!(multiple(Some("1e400"), Some("2")), Some(Relation::UNKNOWN));
        assert_eq!(multiple(Some("1.0"), Some("1")), None);
    }
}
