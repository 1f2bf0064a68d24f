//! The open entries of a journal, and which calls hold them.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::Entry;
use super::claim::{Claimed, Holder};
use super::settlement::{Settled, Settlement};
use crate::outcome::Outcome;

/// The open entries of a journal, with their holders.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: HashMap<String, Row>,
    /// The ids of each group's open entries, oldest first.
    groups: HashMap<String, Vec<String>>,
    holdings: HashMap<Holder, Holding>,
    next: u64,
}

#[derive(Debug)]
struct Row {
    order: u64,
    entry: Entry,
    /// Who took it last; it may have let go since.
    holder: Option<Holder>,
}

/// What one holder has.
#[derive(Debug, Default)]
struct Holding {
    ids: Vec<String>,
    /// `None` if the claim does not end by itself.
    until: Option<Instant>,
    /// What others settled of it.
    closed: HashMap<String, Outcome>,
}

/// The time of a claim, and how long it lasts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lease {
    pub(super) now: Instant,
    /// `None` for one that does not end by itself.
    pub(super) length: Option<Duration>,
}

/// What is to be done to settle an entry.
#[derive(Debug, PartialEq)]
pub(super) enum Plan {
    Close(Vec<String>),
    Nothing(Settled),
}

impl Table {
    /// Adds an entry without a holder; `false` if there is one of that id.
    pub(super) fn add(&mut self, entry: Entry) -> bool {
        if self.rows.contains_key(&entry.id) {
            return false;
        }
        self.groups.entry(entry.group.clone()).or_default().push(entry.id.clone());
        self.rows.insert(entry.id.clone(), Row { order: self.next, entry, holder: None });
        self.next += 1;
        true
    }

    /// Adds an entry for a holder, who also gets the entries of the group that have no holder; gives the entries of the group that were open
    /// before. `None` if there is one of that id.
    pub(super) fn open(&mut self, entry: &Entry, holder: &Holder, lease: Lease) -> Option<Vec<Entry>> {
        let others = self.find(&entry.group);
        self.add(entry.clone()).then(|| self.take(&entry.group, holder, lease))?;
        Some(others)
    }

    /// Takes an entry for a holder, with the entries of its group that have no holder.
    pub(super) fn claim(&mut self, entry: &Entry, holder: &Holder, lease: Lease) -> Claimed {
        let Some(row) = self.rows.get(&entry.id) else { return Claimed::NotOpen };
        if !self.is_free(row, holder, lease.now) {
            return Claimed::Held;
        }
        self.take(&entry.group, holder, lease);
        Claimed::Taken
    }

    /// Whether the holder still has all that it took; if so, its claim goes on.
    pub(super) fn renew(&mut self, holder: &Holder, lease: Lease) -> bool {
        let Self { rows, holdings, .. } = self;
        let Some(holding) = holdings.get_mut(holder) else { return false };
        let has = |id: &String| rows.get(id).is_some_and(|row| row.holder.as_ref() == Some(holder));
        let has_all = holding.closed.is_empty() && holding.ids.iter().all(has);
        if has_all {
            holding.until = lease.until();
        }
        has_all
    }

    /// The holder lets go of everything.
    pub(super) fn release(&mut self, holder: &Holder) {
        self.holdings.remove(holder);
    }

    /// What settling an entry would do.
    pub(super) fn plan(&self, entry: &Entry, holder: &Holder, settlement: &Settlement) -> Plan {
        if !self.rows.contains_key(&entry.id) {
            let closed = self.holdings.get(holder).and_then(|holding| holding.closed.get(&entry.id));
            return Plan::Nothing(closed.map_or(Settled::NotOpen, |outcome| Settled::Earlier(*outcome)));
        }
        let ids = self.groups.get(&entry.group).cloned().unwrap_or_default();
        let is_own = |id: &String| self.rows.get(id).is_some_and(|row| row.holder.as_ref() == Some(holder));
        // Somebody else's request may be under way: it will be carried out yet, or its own call knows better than a hand.
        let is_for_all = settlement.outcome.is_not_executed() || settlement.reason.is_some();
        if is_for_all && !ids.iter().all(is_own) {
            return Plan::Nothing(Settled::OthersOpen);
        }
        Plan::Close(ids)
    }

    /// Settles entries; their other holders learn of it when they settle them, too.
    pub(super) fn close(&mut self, ids: &[String], by: &Holder, outcome: Outcome) {
        for id in ids {
            let Some(row) = self.remove(id) else { continue };
            let others = row.holder.filter(|holder| holder != by);
            if let Some(holding) = others.and_then(|holder| self.holdings.get_mut(&holder)) {
                holding.closed.insert(id.clone(), outcome);
            }
        }
    }

    /// Takes back an entry that was never written.
    pub(super) fn withdraw(&mut self, id: &str) {
        let holder = self.remove(id).and_then(|row| row.holder);
        if let Some(holding) = holder.and_then(|holder| self.holdings.get_mut(&holder)) {
            holding.ids.retain(|other| other != id);
        }
    }

    /// Whether an entry is open.
    pub(super) fn contains(&self, id: &str) -> bool {
        self.rows.contains_key(id)
    }

    /// The open entries of a group, oldest first.
    pub(super) fn find(&self, group: &str) -> Vec<Entry> {
        let ids = self.groups.get(group).into_iter().flatten();
        ids.filter_map(|id| self.rows.get(id)).map(|row| row.entry.clone()).collect()
    }

    /// All open entries, oldest first.
    pub(super) fn list(&self) -> Vec<Entry> {
        let mut rows: Vec<_> = self.rows.values().collect();
        rows.sort_by_key(|row| row.order);
        rows.into_iter().map(|row| row.entry.clone()).collect()
    }

    fn take(&mut self, group: &str, holder: &Holder, lease: Lease) {
        let ids = self.groups.get(group).cloned().unwrap_or_default();
        for id in ids {
            let is_free = self.rows.get(&id).is_some_and(|row| self.is_free(row, holder, lease.now));
            if let Some(row) = self.rows.get_mut(&id).filter(|_| is_free) {
                row.holder = Some(holder.clone());
                let holding = self.holdings.entry(holder.clone()).or_default();
                holding.until = lease.until();
                if !holding.ids.contains(&id) {
                    holding.ids.push(id);
                }
            }
        }
    }

    fn is_free(&self, row: &Row, holder: &Holder, now: Instant) -> bool {
        let Some(other) = row.holder.as_ref().filter(|other| *other != holder) else { return true };
        self.holdings.get(other).is_none_or(|holding| holding.until.is_some_and(|until| until <= now))
    }

    fn remove(&mut self, id: &str) -> Option<Row> {
        let row = self.rows.remove(id)?;
        if let Some(ids) = self.groups.get_mut(&row.entry.group) {
            ids.retain(|other| other != id);
            if ids.is_empty() {
                self.groups.remove(&row.entry.group);
            }
        }
        Some(row)
    }
}

impl Lease {
    /// One that does not end by itself.
    pub(super) fn endless() -> Self {
        Self { now: Instant::now(), length: None }
    }

    fn until(self) -> Option<Instant> {
        self.length.and_then(|length| self.now.checked_add(length))
    }
}
