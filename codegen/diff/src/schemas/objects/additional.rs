//! What may stand in an object beside its properties.

use specie_codegen::api::{Additional, Object, SchemaId};
use specie_codegen::instance;

use super::super::{ANY_OTHER, Comparer, Local, Pair, View};
use crate::{Answer, Edit, Relation, Rule};

/// Whether an object may hold properties that are not listed.
pub(super) fn is_open(object: &Object) -> bool {
    object.additional != Additional::None
}

/// Compares `additionalProperties` and `patternProperties`.
pub(super) fn compare(
    comparer: &mut Comparer<'_>,
    pair: Pair,
    views: (&View<'_>, &View<'_>),
    objects: (&Object, &Object),
    local: &mut Local,
) {
    let (one, other) = objects;
    let is_free = |view: &View<'_>, id: SchemaId| View::of(view.schemas, id).is_free();
    // Names that are said nothing of matter where all others are restricted.
    let stated = |view: &View<'_>, object: &Object| -> Vec<(String, SchemaId)> {
        let is_any = matches!(object.additional, Additional::Unstated | Additional::Any);
        object.patterns.iter().filter(|(_, id)| !is_any || !is_free(view, *id)).cloned().collect()
    };
    let sides = (&ObjectSide { view: views.0, object: one }, &ObjectSide { view: views.1, object: other });
    patterns(comparer, pair, sides, (&stated(views.0, one), &stated(views.1, other)), local);
    let (rule, relation) = match (one.additional, other.additional) {
        (Additional::Schema(one), Additional::Schema(other)) => {
            local.part(".*", comparer.property_of(pair, ANY_OTHER, one, other));
            return;
        }
        (Additional::None, Additional::None) => return,
        (Additional::None, _) => (Rule::AdditionalOpened, Relation::WIDENS),
        (_, Additional::None) => (Rule::AdditionalClosed, Relation::NARROWS),
        (Additional::Schema(id), _) if !is_free(views.0, id) => (Rule::AdditionalUntyped, Relation::WIDENS),
        (_, Additional::Schema(id)) if !is_free(views.1, id) => (Rule::AdditionalTyped, Relation::NARROWS),
        _ => return,
    };
    let at = |view: &View<'_>| Some(view.at(&["additionalProperties", "unevaluatedProperties"]));
    local.push(Edit::new(rule, relation, at(views.0), at(views.1)));
}

type Patterns = [(String, SchemaId)];

fn patterns(
    comparer: &mut Comparer<'_>,
    pair: Pair,
    (one, other): (&ObjectSide<'_>, &ObjectSide<'_>),
    (old, new): (&Patterns, &Patterns),
    local: &mut Local,
) {
    let find = |all: &Patterns, text: &str| all.iter().find(|(pattern, _)| pattern == text).map(|(_, id)| *id);
    for (text, id) in old {
        if let Some(now) = find(new, text) {
            local.part(format!(".{{{text}}}"), comparer.property_of(pair, ANY_OTHER, *id, now));
        } else {
            alone(comparer, pair, (one, other), (text, *id), true, local);
        }
    }
    for (text, id) in new.iter().filter(|(text, _)| find(old, text).is_none()) {
        alone(comparer, pair, (other, one), (text, *id), false, local);
    }
}

/// One of two objects.
struct ObjectSide<'a> {
    view: &'a View<'a>,
    object: &'a Object,
}

/// A regular expression of one object that the other one does not have: there its names are other properties, or listed ones.
fn alone(
    comparer: &mut Comparer<'_>,
    pair: Pair,
    (own, other): (&ObjectSide<'_>, &ObjectSide<'_>),
    (text, id): (&str, SchemaId),
    is_old: bool,
    local: &mut Local,
) {
    let part = |comparer: &Comparer<'_>, one: SchemaId| {
        let (old, new) = if is_old { (id, one) } else { (one, id) };
        comparer.part_of(pair, old, new)
    };
    let is_never = View::of(own.view.schemas, id).is_never();
    // How the values under its names stand to those under the same names in the other object.
    let mut relation = match other.object.additional {
        Additional::None if is_never => Relation::SAME,
        Additional::None => Relation::NARROWS,
        Additional::Schema(one) => oriented(comparer.relation(part(comparer, one)), is_old),
        Additional::Any | Additional::Unstated if View::of(own.view.schemas, id).is_free() => Relation::SAME,
        Additional::Any | Additional::Unstated => Relation::WIDENS,
    };
    // A name that the other object lists, or another expression of it speaks of, is not one of its other properties.
    for (one, is_shared) in spoken_of(text, own.object, other.object) {
        let of_named = oriented(comparer.relation(part(comparer, one)), is_old);
        let kept = |answer: Answer| if answer == Answer::Yes { Answer::Yes } else { Answer::Unknown };
        // What both say of a name is compared where they say it.
        let own_in_other = if is_shared { Answer::Yes } else { kept(of_named.old_in_new) };
        relation = relation.and(Relation::new(own_in_other, kept(of_named.new_in_old)));
    }
    let relation = oriented(relation, is_old);
    if relation != Relation::SAME {
        let rule = if is_old { Rule::PatternPropertyRemoved } else { Rule::PatternPropertyAdded };
        let spans = if is_old { (own.view.span, other.view.span) } else { (other.view.span, own.view.span) };
        local.push(Edit::new(rule, relation, Some(spans.0), Some(spans.1)).about(text));
    }
}

/// What another object says of names that a regular expression matches, and whether the object with the expression says it as well.
fn spoken_of(text: &str, own: &Object, other: &Object) -> Vec<(SchemaId, bool)> {
    let is_listed = |name: &str| own.properties.iter().any(|property| property.name == name);
    let is_stated = |pattern: &str| own.patterns.iter().any(|(one, _)| one == pattern);
    let listed = other.properties.iter().filter(|one| instance::matches(text, &one.name) != Some(false));
    let listed = listed.filter(|one| is_listed(&one.name)).map(|one| (one.schema, true));
    let matched = other.patterns.iter().filter(|(one, _)| !are_apart(one, text));
    listed.chain(matched.map(|(one, id)| (*id, is_stated(one)))).collect()
}

/// A relation as it is from the object that has the expression to the other one, or back.
const fn oriented(relation: Relation, is_old: bool) -> Relation {
    if is_old { relation } else { relation.swapped() }
}

/// The regular expressions of an object that a name matches.
pub(super) fn matched<'a>(object: &'a Object, name: &'a str) -> impl Iterator<Item = (&'a str, SchemaId)> {
    let all = object.patterns.iter().filter(move |(pattern, _)| instance::matches(pattern, name) == Some(true));
    all.map(|(pattern, id)| (pattern.as_str(), *id))
}

/// Whether no name matches two regular expressions, because they begin with other letters.
fn are_apart(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> Option<Vec<char>> {
        let rest = text.strip_prefix('^').filter(|rest| !rest.contains('|'))?;
        let is_plain = |sign: &char| sign.is_alphanumeric() || matches!(sign, '-' | '_');
        let mut found: Vec<char> = rest.chars().take_while(is_plain).collect();
        // What follows the last one may say that it need not be there.
        if rest.chars().nth(found.len()).is_some_and(|sign| matches!(sign, '?' | '*' | '{')) {
            found.pop();
        }
        Some(found)
    };
    let (Some(one), Some(other)) = (letters(one), letters(other)) else { return false };
    one.iter().zip(&other).any(|(one, other)| one != other)
}

#[cfg(test)]
mod tests {
    use super::are_apart;

    #[test]
    fn expressions_that_begin_with_other_letters_have_no_name_in_common() {
        for (one, other, expected) in [
            ("^x-", "^y-", true),
            ("^x-", "^x-a", false),
            ("^ab?", "^ac", false),
            ("^ab?d", "^b", true),
            ("x-", "^y-", false),
            ("^x|^y", "^y", false),
            ("^a*", "^b", false),
        ] {
            assert_eq!(are_apart(one, other), expected, "{one} {other}");
        }
    }
}
