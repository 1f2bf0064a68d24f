//! What is said about one change, with every place that it reaches.

use std::collections::BTreeSet;

use specie_codegen::api::Direction;
use specie_codegen::source::Span;

use crate::{Audience, CodeChange, Needs, Relation, Rule, Verdict};

/// One change between two documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of change it is.
    pub rule: Rule,
    /// How what both documents allow at this place stands to each other.
    pub relation: Relation,
    /// The component whose schema was changed.
    pub schema: Option<String>,
    /// Where in the component: `.amount`; empty: the component itself.
    pub within: String,
    /// What was changed, such as the name of a property; empty: the place itself.
    pub about: String,
    /// What the old document says, in short.
    pub before: Option<String>,
    /// What the new document says, in short.
    pub after: Option<String>,
    /// Where it stands in the old document.
    pub old: Option<Span>,
    /// Where it stands in the new document.
    pub new: Option<Span>,
    /// Where values travel that it changes, each place once; in the order of the new document.
    pub uses: Vec<Use>,
    /// What changes in the generated crate on account of it.
    pub code: Vec<CodeChange>,
    /// What shows that it breaks the wire; `None` where it does not.
    pub witness: Option<Witness>,
    /// The reason for which it is let pass, for all audiences that it is not fine for or for some.
    pub allowed: Option<Allowed>,
    /// By audience, as far as they are judged by the wire; what code says is in `code`.
    pub(crate) verdicts: [Verdict; 2],
}

/// What a file of suppressions says of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// For whom it is let pass.
    pub audiences: Vec<Audience>,
    /// Why.
    pub reason: String,
}

/// Which of the wire and the compiler a change shows on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// It breaks the wire and code.
    OnBoth,
    /// It breaks the wire, and all code compiles: nothing but this report says so.
    OnTheWireAlone,
    /// It breaks code, and nobody on the wire for certain.
    InCodeAlone,
    /// It breaks neither.
    Nowhere,
}

/// Where a change reaches the wire.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Use {
    /// The operation, by its method and path, or the name of the webhook: `POST /payouts`.
    pub operation: String,
    /// Where in it: `request body .amount`.
    pub place: String,
}

/// What shows that a change breaks the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Witness {
    /// A value at the place of the change that one document allows and the other one does not.
    Value {
        /// The value as JSON.
        json: String,
        /// Whether it is the old document that allows it.
        is_old: bool,
    },
    /// The change is none of a value, such as of a status or of credentials: what both documents state is the proof.
    Stated,
    /// No value was found.
    NotProven,
}

impl Finding {
    /// What it means for an audience; the worst of all its uses and of all changes of code.
    #[must_use]
    pub fn verdict(&self, audience: Audience) -> Verdict {
        let [clients, servers] = self.verdicts;
        match audience {
            Audience::OldClients => clients,
            Audience::OldServers => servers,
            Audience::RustClients | Audience::RustServers => self.needs(audience).verdict(),
        }
    }

    /// What its changes of code ask of an audience that compiles them; nothing of others.
    #[must_use]
    pub fn needs(&self, audience: Audience) -> Needs {
        let of = |one: &CodeChange| match audience {
            Audience::RustClients => one.client,
            Audience::RustServers => one.server,
            Audience::OldClients | Audience::OldServers => Needs::Nothing,
        };
        self.code.iter().map(of).max().unwrap_or_default()
    }

    /// Whether it breaks an audience and is not let pass.
    #[must_use]
    pub fn breaks(&self, audience: Audience) -> bool {
        self.verdict(audience) == Verdict::Breaks && !self.is_let_pass(audience)
    }

    /// Whether a person has to judge what it means for an audience, and did not let it pass.
    #[must_use]
    pub fn is_to_review(&self, audience: Audience) -> bool {
        self.verdict(audience) == Verdict::Review && !self.is_let_pass(audience)
    }

    /// Whether a file of suppressions lets it pass for an audience.
    #[must_use]
    pub fn is_let_pass(&self, audience: Audience) -> bool {
        self.allowed.as_ref().is_some_and(|allowed| allowed.audiences.contains(&audience))
    }

    /// The worst of its verdicts.
    #[must_use]
    pub fn worst(&self) -> Verdict {
        Audience::ALL.into_iter().map(|audience| self.verdict(audience)).max().unwrap_or_default()
    }

    /// Which of the wire and the compiler it shows on.
    #[must_use]
    pub fn shows(&self) -> Shows {
        let breaks = |audiences: [Audience; 2]| audiences.into_iter().any(|one| self.verdict(one) == Verdict::Breaks);
        match (breaks(Audience::WIRE), breaks(Audience::CODE)) {
            (true, true) => Shows::OnBoth,
            (true, false) => Shows::OnTheWireAlone,
            (false, true) => Shows::InCodeAlone,
            (false, false) => Shows::Nowhere,
        }
    }

    pub(crate) fn judge_wire(&mut self, relation: Relation, sender: Direction) {
        for (known, verdict) in self.verdicts.iter_mut().zip(relation.verdicts(sender)) {
            *known = verdict.max(*known);
        }
    }

    /// What was changed, in a few words: `Payout.amount`, `POST /payouts`.
    #[must_use]
    pub fn subject(&self) -> String {
        let first = self.uses.first();
        match (&self.schema, first) {
            (Some(schema), _) if self.about.is_empty() => format!("schema {schema}{}", self.within),
            (Some(schema), _) => format!("schema {schema}{}, {}", self.within, self.about),
            (None, Some(place)) => {
                let others = self.uses.iter().map(|one| &one.operation).collect::<BTreeSet<_>>().len() - 1;
                let operations = match others {
                    0 => place.operation.clone(),
                    others => format!("{} and {others} more", place.operation),
                };
                let parts = [&operations, &place.place, &self.about];
                parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
            }
            (None, None) => self.about.clone(),
        }
    }
}
