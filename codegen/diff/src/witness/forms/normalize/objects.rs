//! Atoms of objects that hold together.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use specie_codegen::instance::matches;

use super::super::atom::{Atom, Conjunction, Formula, JsonType, NormalForm};
use super::super::numbers::Sizes;
use super::Normalizer;

/// The atoms of objects in one form; `None` where the normalizer gives up.
pub(super) fn of_objects(atoms: BTreeSet<Atom>, normalizer: &mut Normalizer) -> Option<Conjunction> {
    let (sizes, atoms) = Sizes::of(atoms);
    let mut object = Object { sizes, ..Object::default() };
    object.read(atoms);
    object.distribute()?;
    object.normalize(normalizer)?;
    object.restrict_names(normalizer)?;
    // As many properties as are allowed are required already.
    if object.sizes.most == Some(object.required.len() as u64) {
        let required = object.required.clone();
        object.leave_only(required, normalizer)?;
    }
    object.leave_out(normalizer)?;
    Some(object.atoms())
}

/// Whether an object of which atoms hold may have a property.
pub(super) fn may_be_there(name: &str, known: &BTreeSet<Atom>) -> bool {
    let mut is_closed = false;
    for atom in known {
        match atom {
            Atom::Required(other) if other == name => return true,
            Atom::Property(other, form) if other == name => return *form != NormalForm::never(),
            Atom::Others(names, patterns, form) => {
                is_closed |= *form == NormalForm::never() && !names.contains(name) && patterns.is_empty();
            }
            _ => {}
        }
    }
    !is_closed
}

/// What atoms say of the properties of an object.
struct Object {
    named: BTreeMap<String, NormalForm>,
    patterns: BTreeMap<String, NormalForm>,
    /// What all others are, apart from those that match some regular expressions.
    others: NormalForm,
    except_patterns: BTreeSet<String>,
    /// The atoms of others as they are stated, with the names that they are not about.
    stated: Vec<(BTreeSet<String>, BTreeSet<String>, NormalForm)>,
    required: BTreeSet<String>,
    names: Vec<Formula>,
    sizes: Sizes,
    rest: BTreeSet<Atom>,
}

impl Default for Object {
    fn default() -> Self {
        Self {
            named: BTreeMap::new(),
            patterns: BTreeMap::new(),
            others: NormalForm::any(),
            except_patterns: BTreeSet::new(),
            stated: Vec::new(),
            required: BTreeSet::new(),
            names: Vec::new(),
            sizes: Sizes::default(),
            rest: BTreeSet::new(),
        }
    }
}

impl Object {
    fn read(&mut self, atoms: BTreeSet<Atom>) {
        let add = |all: &mut BTreeMap<String, NormalForm>, name, form: NormalForm| {
            let known = all.remove(&name);
            all.insert(name, known.map_or(form.clone(), |known| known.and(form)));
        };
        for atom in atoms {
            match atom {
                Atom::Property(name, form) => add(&mut self.named, name, form),
                Atom::Pattern(pattern, form) => add(&mut self.patterns, pattern, form),
                Atom::Others(names, patterns, form) => self.stated.push((names, patterns, form)),
                Atom::Required(name) => drop(self.required.insert(name)),
                Atom::Names(formula) => self.names.push(*formula),
                other => drop(self.rest.insert(other)),
            }
        }
    }

    /// Says of each name all that is said of it: by itself, by regular expressions and as one of all others.
    fn distribute(&mut self) -> Option<()> {
        let except_patterns: BTreeSet<_> = self.stated.iter().map(|(_, patterns, _)| patterns).collect();
        if except_patterns.len() > 1 {
            return None;
        }
        self.except_patterns = except_patterns.into_iter().next().cloned().unwrap_or_default();
        let names: BTreeSet<String> =
            self.named.keys().chain(self.stated.iter().flat_map(|(names, ..)| names)).cloned().collect();
        for name in names {
            let mut form = self.named.remove(&name).unwrap_or_else(NormalForm::any);
            for (_, of_pattern) in self.matching(&name)? {
                form = form.and(of_pattern);
            }
            if !self.is_excepted(&name)? {
                let of_others = self.stated.iter().filter(|(names, ..)| !names.contains(&name));
                form = NormalForm::all(of_others.map(|(.., form)| form.clone()).chain([form]));
            }
            self.named.insert(name, form);
        }
        self.others = NormalForm::all(std::mem::take(&mut self.stated).into_iter().map(|(.., form)| form));
        Some(())
    }

    fn normalize(&mut self, normalizer: &mut Normalizer) -> Option<()> {
        for form in self.named.values_mut().chain(self.patterns.values_mut()).chain([&mut self.others]) {
            *form = normalizer.form(std::mem::replace(form, NormalForm::any()))?;
        }
        Some(())
    }

    /// The regular expressions that a name matches, with what they say; `None` where one cannot be read.
    fn matching(&self, name: &str) -> Option<Vec<(String, NormalForm)>> {
        let mut found = Vec::new();
        for (pattern, form) in &self.patterns {
            if matches(pattern, name)? {
                found.push((pattern.clone(), form.clone()));
            }
        }
        Some(found)
    }

    fn is_excepted(&self, name: &str) -> Option<bool> {
        let found: Option<Vec<bool>> = self.except_patterns.iter().map(|pattern| matches(pattern, name)).collect();
        found.map(|found| found.contains(&true))
    }

    /// What is said of a property that is not listed.
    fn unlisted(&self, name: &str, normalizer: &mut Normalizer) -> Option<NormalForm> {
        let mut all: Vec<NormalForm> = self.matching(name)?.into_iter().map(|(_, form)| form).collect();
        if !self.is_excepted(name)? {
            all.push(self.others.clone());
        }
        normalizer.form(NormalForm::all(all))
    }

    /// Where the names of properties are listed, the object is closed.
    fn restrict_names(&mut self, normalizer: &mut Normalizer) -> Option<()> {
        let said = normalizer.formula(JsonType::String, Formula::all(std::mem::take(&mut self.names)))?;
        match said {
            _ if said == Formula::ALWAYS => {}
            _ if said == Formula::NEVER => self.close(),
            Formula::Is(Atom::Values(values)) => {
                let names = values.iter().map(|json| serde_json::from_str::<String>(json).ok());
                self.leave_only(names.collect::<Option<_>>()?, normalizer)?;
            }
            Formula::Is(Atom::Stated(keyword, pattern)) if keyword == "pattern" => {
                self.match_all(&serde_json::from_str::<String>(&pattern).ok()?, normalizer)?;
            }
            other => drop(self.rest.insert(Atom::Names(Box::new(other)))),
        }
        Some(())
    }

    /// Leaves the properties whose names match a regular expression. It stays as it is stated with another one beside it, and with properties
    /// that are listed beside limited others: what matches is not limited as the others are where it is listed.
    fn match_all(&mut self, pattern: &str, normalizer: &mut Normalizer) -> Option<()> {
        let has_others = self.others != NormalForm::any();
        let is_limited = has_others && !self.named.is_empty();
        if is_limited || self.patterns.keys().chain(&self.except_patterns).any(|other| other != pattern) {
            let atom = Atom::Stated("pattern".to_owned(), Value::from(pattern).to_string());
            self.rest.insert(Atom::Names(Box::new(Formula::Is(atom))));
            return Some(());
        }
        let names: Vec<String> = self.named.keys().cloned().collect();
        for name in names {
            if !matches(pattern, &name)? {
                self.named.remove(&name);
            }
        }
        let others = std::mem::replace(&mut self.others, NormalForm::never());
        let of_others = if self.except_patterns.is_empty() { others } else { NormalForm::any() };
        let of_names = self.patterns.remove(pattern).unwrap_or_else(NormalForm::any);
        self.patterns.insert(pattern.to_owned(), normalizer.form(of_names.and(of_others))?);
        self.except_patterns.insert(pattern.to_owned());
        Some(())
    }

    /// Leaves the properties of some names.
    fn leave_only(&mut self, names: BTreeSet<String>, normalizer: &mut Normalizer) -> Option<()> {
        let mut kept = BTreeMap::new();
        for name in names {
            let form = match self.named.remove(&name) {
                Some(form) => form,
                None => self.unlisted(&name, normalizer)?,
            };
            kept.insert(name, form);
        }
        self.close();
        self.named = kept;
        Some(())
    }

    /// Leaves no property.
    fn close(&mut self) {
        self.named.clear();
        self.patterns.clear();
        self.except_patterns.clear();
        self.others = NormalForm::never();
    }

    /// Leaves out what says nothing, or what is said of all others. A property that an open object lists is meant, whatever its values are.
    fn leave_out(&mut self, normalizer: &mut Normalizer) -> Option<()> {
        let is_free = self.others == NormalForm::any();
        if is_free {
            self.except_patterns.clear();
            self.patterns.retain(|_, form| *form != NormalForm::any());
        } else if self.except_patterns.len() == 1
            && self.except_patterns.iter().all(|one| self.patterns.get(one) == Some(&self.others))
        {
            for pattern in std::mem::take(&mut self.except_patterns) {
                self.patterns.remove(&pattern);
            }
        }
        let names: Vec<String> = self.named.keys().cloned().collect();
        for name in names {
            let unlisted = self.unlisted(&name, normalizer)?;
            if unlisted != NormalForm::any() && self.named.get(&name) == Some(&unlisted) {
                self.named.remove(&name);
            }
        }
        Some(())
    }

    /// Whether no object has a property.
    fn lacks(&self, name: &str) -> bool {
        let is_closed = self.others == NormalForm::never() && self.patterns.is_empty();
        self.named.get(name).map_or(is_closed, |form| *form == NormalForm::never())
    }

    /// The atoms.
    fn atoms(self) -> Conjunction {
        let required = self.required.len() as u64;
        let mut sizes = self.sizes;
        if self.required.iter().any(|name| self.lacks(name)) || sizes.most.is_some_and(|most| most < required) {
            return Conjunction::None;
        }
        if sizes.least <= required {
            sizes.least = 0;
        }
        let is_closed = self.others == NormalForm::never() && self.patterns.is_empty();
        let listed = self.named.values().filter(|form| **form != NormalForm::never()).count() as u64;
        if is_closed && sizes.most.is_some_and(|most| most >= listed) {
            sizes.most = None;
        }
        if sizes.are_none() || is_closed && sizes.least > listed {
            return Conjunction::None;
        }
        let mut found = self.rest;
        sizes.put(&mut found);
        if self.others != NormalForm::any() {
            found.insert(Atom::Others(self.named.keys().cloned().collect(), self.except_patterns, self.others));
        }
        found.extend(self.named.into_iter().map(|(name, form)| Atom::Property(name, form)));
        found.extend(self.patterns.into_iter().map(|(pattern, form)| Atom::Pattern(pattern, form)));
        found.extend(self.required.into_iter().map(Atom::Required));
        Conjunction::These(found)
    }
}
