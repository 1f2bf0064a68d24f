//! What schemas state and the comparison does not read: where it differs and nothing shows that the values are the same, that is not said.

use super::super::forms;
use super::super::judge::Judges;
use super::answer;
use super::changed_texts::ChangedPairs;
use super::reported_relations::Said;
use super::unread_statements::{Statement, Statements, may_be_in};
use crate::schemas::{Comparer, Pair, View};
use crate::{Answer, Edit, Relation, Rule};

/// Says of pairs that nothing is said of and that state something else beyond what is compared that they are to be looked at.
pub(super) fn say(
    comparer: &mut Comparer<'_>,
    pairs: &[Pair],
    (changed, said): (&ChangedPairs, &mut Said),
    judges: &Judges<'_>,
) {
    if !judges.sides().iter().any(|side| may_be_in(side.document)) {
        return;
    }
    // Parts come before what they are parts of, which has nothing more to say of the same values.
    for pair in pairs.iter().rev().filter(|pair| changed.has(**pair)) {
        let known = said.at(*pair);
        if known.old_in_new != Answer::Yes && known.new_in_old != Answer::Yes {
            continue;
        }
        let Some(differing) = Differing::at(judges, *pair) else { continue };
        let open = unsaid(differing.relation(known == Relation::SAME), known);
        if open == Relation::SAME {
            continue;
        }
        let shown = judges.whole_texts(*pair).map(|[one, other]| forms::compare(&one, &other).relation);
        let open = shown.map_or(open, |shown| open.limited_to(shown));
        if open != Relation::SAME {
            let (old, new) = (View::of(comparer.old, pair.old).span, View::of(comparer.new, pair.new).span);
            let edit = Edit::new(Rule::UncheckedChanged, open, Some(old), Some(new));
            let [before, after] = differing.keywords();
            comparer.amend(*pair, |local| local.push(edit.values(before, after)));
            said.raise(*pair, open, changed);
        }
    }
}

/// Of answers that are open, those of which yes was said.
fn unsaid(open: Relation, said: Relation) -> Relation {
    let of = |is_old| if answer(said, is_old) == Answer::Yes { answer(open, is_old) } else { Answer::Yes };
    Relation::new(of(true), of(false))
}

/// What only one of two schemas states.
struct Differing {
    gone: Vec<Statement>,
    added: Vec<Statement>,
}

impl Differing {
    /// Of the schemas of a pair; `None` where one has no text.
    fn at(judges: &Judges<'_>, pair: Pair) -> Option<Self> {
        let old = Statements::of(&judges.old, pair.old, pair.sender)?;
        let new = Statements::of(&judges.new, pair.new, pair.sender)?;
        Some(Self { gone: old.beyond(&new), added: new.beyond(&old) })
    }

    /// What may follow from it. Where all else is the same, a statement refuses values; what a branch of a union states may do either.
    fn relation(&self, is_all: bool) -> Relation {
        let mut both = self.gone.iter().chain(&self.added);
        let is_either = both.clone().next().is_some() && (!is_all || both.any(|one| one.is_of_branch));
        let of = |stated: &[Statement]| if is_either || !stated.is_empty() { Answer::Unknown } else { Answer::Yes };
        Relation::new(of(&self.added), of(&self.gone))
    }

    /// The first keyword of each schema that the other one does not have so.
    fn keywords(&self) -> [Option<String>; 2] {
        [&self.gone, &self.added].map(|stated| stated.first().map(|one| one.keyword.to_owned()))
    }
}
