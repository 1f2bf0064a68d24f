//! What is said about one change, with every place that it reaches.

use specie_codegen::source::Span;

use crate::{Audience, Relation, Rule, Verdict};

/// One change between two documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of change it is.
    pub rule: Rule,
    /// How what both documents allow at this place stands to each other.
    pub relation: Relation,
    /// The component whose schema was changed.
    pub schema: Option<String>,
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
    pub(crate) old_clients: Verdict,
    pub(crate) old_servers: Verdict,
}

/// Where a change reaches the wire.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Use {
    /// The operation, by its method and path, or the name of the webhook: `POST /payouts`.
    pub operation: String,
    /// Where in it: `request body .amount`.
    pub place: String,
}

impl Finding {
    /// What it means for an audience; the worst of all its uses.
    #[must_use]
    pub const fn verdict(&self, audience: Audience) -> Verdict {
        match audience {
            Audience::OldClients => self.old_clients,
            Audience::OldServers => self.old_servers,
        }
    }

    /// The worst of its verdicts.
    #[must_use]
    pub fn worst(&self) -> Verdict {
        self.old_clients.max(self.old_servers)
    }

    /// What was changed, in a few words: `Payout.amount`, `POST /payouts`.
    #[must_use]
    pub fn subject(&self) -> String {
        let first = self.uses.first();
        match (&self.schema, first) {
            (Some(schema), _) if self.about.is_empty() => format!("schema {schema}"),
            (Some(schema), _) => format!("schema {schema}, {}", self.about),
            (None, Some(place)) => {
                let parts = [&place.operation, &place.place, &self.about];
                parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
            }
            (None, None) => self.about.clone(),
        }
    }
}
