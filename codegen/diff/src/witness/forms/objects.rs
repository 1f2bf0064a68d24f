//! Facts of objects that hold together.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use specie_codegen::instance::matches;

use super::fact::{Fact, Form, Kind, Together};
use super::logic::Logic;
use super::numbers::Sizes;
use super::settle::Settler;

/// The facts of objects in one form; `None` where the settler gives up.
pub(super) fn of_objects(facts: BTreeSet<Fact>, settler: &mut Settler) -> Option<Together> {
    let (sizes, facts) = Sizes::of(facts);
    let mut object = Object { sizes, ..Object::default() };
    object.read(facts);
    object.spread()?;
    object.settle(settler)?;
    object.name(settler)?;
    if object.sizes.most == Some(0) {
        object.close();
    }
    object.leave_out(settler)?;
    Some(object.facts())
}

/// Whether objects of which a formula holds have only listed properties, or further ones of some kind.
pub(super) fn are_closed(logic: &Logic) -> bool {
    let mut parts = logic.clone().into_parts().into_iter();
    *logic == Logic::NEVER || parts.any(|part| matches!(part, Logic::Is(Fact::Others(..))))
}

/// Whether an object of which facts hold may have a property.
pub(super) fn may_be_there(name: &str, known: &BTreeSet<Fact>) -> bool {
    let mut is_closed = false;
    for fact in known {
        match fact {
            Fact::Required(other) if other == name => return true,
            Fact::Property(other, form) if other == name => return *form != Form::never(),
            Fact::Others(names, patterns, form) => {
                is_closed |= *form == Form::never() && !names.contains(name) && patterns.is_empty();
            }
            _ => {}
        }
    }
    !is_closed
}

/// What facts say of the properties of an object.
struct Object {
    named: BTreeMap<String, Form>,
    patterns: BTreeMap<String, Form>,
    /// What all others are, apart from those that match some regular expressions.
    others: Form,
    apart: BTreeSet<String>,
    /// The facts of others as they are stated, with the names that they are not about.
    stated: Vec<(BTreeSet<String>, BTreeSet<String>, Form)>,
    required: BTreeSet<String>,
    names: Vec<Logic>,
    sizes: Sizes,
    rest: BTreeSet<Fact>,
}

impl Default for Object {
    fn default() -> Self {
        Self {
            named: BTreeMap::new(),
            patterns: BTreeMap::new(),
            others: Form::any(),
            apart: BTreeSet::new(),
            stated: Vec::new(),
            required: BTreeSet::new(),
            names: Vec::new(),
            sizes: Sizes::default(),
            rest: BTreeSet::new(),
        }
    }
}

impl Object {
    fn read(&mut self, facts: BTreeSet<Fact>) {
        let add = |all: &mut BTreeMap<String, Form>, name, form: Form| {
            let known = all.remove(&name);
            all.insert(name, known.map_or(form.clone(), |known| known.and(form)));
        };
        for fact in facts {
            match fact {
                Fact::Property(name, form) => add(&mut self.named, name, form),
                Fact::Pattern(pattern, form) => add(&mut self.patterns, pattern, form),
                Fact::Others(names, patterns, form) => self.stated.push((names, patterns, form)),
                Fact::Required(name) => drop(self.required.insert(name)),
                Fact::Names(logic) => self.names.push(*logic),
                other => drop(self.rest.insert(other)),
            }
        }
    }

    /// Says of each name all that is said of it: by itself, by regular expressions and as one of all others.
    fn spread(&mut self) -> Option<()> {
        let apart: BTreeSet<_> = self.stated.iter().map(|(_, patterns, _)| patterns).collect();
        if apart.len() > 1 {
            return None;
        }
        self.apart = apart.into_iter().next().cloned().unwrap_or_default();
        let names: BTreeSet<String> =
            self.named.keys().chain(self.stated.iter().flat_map(|(names, ..)| names)).cloned().collect();
        for name in names {
            let mut form = self.named.remove(&name).unwrap_or_else(Form::any);
            for (_, of_pattern) in self.matching(&name)? {
                form = form.and(of_pattern);
            }
            if !self.is_apart(&name)? {
                let of_others = self.stated.iter().filter(|(names, ..)| !names.contains(&name));
                form = Form::all(of_others.map(|(.., form)| form.clone()).chain([form]));
            }
            self.named.insert(name, form);
        }
        self.others = Form::all(std::mem::take(&mut self.stated).into_iter().map(|(.., form)| form));
        Some(())
    }

    fn settle(&mut self, settler: &mut Settler) -> Option<()> {
        for form in self.named.values_mut().chain(self.patterns.values_mut()).chain([&mut self.others]) {
            *form = settler.form(std::mem::replace(form, Form::any()))?;
        }
        Some(())
    }

    /// The regular expressions that a name matches, with what they say; `None` where one cannot be read.
    fn matching(&self, name: &str) -> Option<Vec<(String, Form)>> {
        let mut found = Vec::new();
        for (pattern, form) in &self.patterns {
            if matches(pattern, name)? {
                found.push((pattern.clone(), form.clone()));
            }
        }
        Some(found)
    }

    fn is_apart(&self, name: &str) -> Option<bool> {
        let found: Option<Vec<bool>> = self.apart.iter().map(|pattern| matches(pattern, name)).collect();
        found.map(|found| found.contains(&true))
    }

    /// What is said of a property that is not listed.
    fn unlisted(&self, name: &str, settler: &mut Settler) -> Option<Form> {
        let mut all: Vec<Form> = self.matching(name)?.into_iter().map(|(_, form)| form).collect();
        if !self.is_apart(name)? {
            all.push(self.others.clone());
        }
        settler.form(Form::all(all))
    }

    /// Where the names of properties are listed, the object is closed.
    fn name(&mut self, settler: &mut Settler) -> Option<()> {
        let said = settler.logic(Kind::String, Logic::all(std::mem::take(&mut self.names)))?;
        match said {
            _ if said == Logic::ALWAYS => {}
            _ if said == Logic::NEVER => self.close(),
            Logic::Is(Fact::Values(values)) => {
                let mut named = BTreeMap::new();
                for name in values.iter().filter_map(|json| serde_json::from_str::<Value>(json).ok()) {
                    let name = name.as_str()?.to_owned();
                    let form = match self.named.remove(&name) {
                        Some(form) => form,
                        None => self.unlisted(&name, settler)?,
                    };
                    named.insert(name, form);
                }
                self.close();
                self.named = named;
            }
            Logic::Is(Fact::Stated(keyword, pattern)) if keyword == "pattern" => {
                self.match_all(&serde_json::from_str::<String>(&pattern).ok()?, settler)?;
            }
            other => drop(self.rest.insert(Fact::Names(Box::new(other)))),
        }
        Some(())
    }

    /// Leaves the properties whose names match a regular expression. With another one beside it, it stays as it is stated.
    fn match_all(&mut self, pattern: &str, settler: &mut Settler) -> Option<()> {
        if self.patterns.keys().chain(&self.apart).any(|other| other != pattern) {
            let fact = Fact::Stated("pattern".to_owned(), Value::from(pattern).to_string());
            self.rest.insert(Fact::Names(Box::new(Logic::Is(fact))));
            return Some(());
        }
        let names: Vec<String> = self.named.keys().cloned().collect();
        for name in names {
            if !matches(pattern, &name)? {
                self.named.remove(&name);
            }
        }
        let others = std::mem::replace(&mut self.others, Form::never());
        let of_others = if self.apart.is_empty() { others } else { Form::any() };
        let of_names = self.patterns.remove(pattern).unwrap_or_else(Form::any);
        self.patterns.insert(pattern.to_owned(), settler.form(of_names.and(of_others))?);
        self.apart.insert(pattern.to_owned());
        Some(())
    }

    /// Leaves no property.
    fn close(&mut self) {
        self.named.clear();
        self.patterns.clear();
        self.apart.clear();
        self.others = Form::never();
    }

    /// Leaves out what says nothing, or what is said of all others. A property that an open object lists is meant, whatever its values are.
    fn leave_out(&mut self, settler: &mut Settler) -> Option<()> {
        let is_free = self.others == Form::any();
        if is_free {
            self.apart.clear();
            self.patterns.retain(|_, form| *form != Form::any());
        } else if self.apart.len() == 1 && self.apart.iter().all(|one| self.patterns.get(one) == Some(&self.others)) {
            for pattern in std::mem::take(&mut self.apart) {
                self.patterns.remove(&pattern);
            }
        }
        let names: Vec<String> = self.named.keys().cloned().collect();
        for name in names {
            let unlisted = self.unlisted(&name, settler)?;
            if unlisted != Form::any() && self.named.get(&name) == Some(&unlisted) {
                self.named.remove(&name);
            }
        }
        Some(())
    }

    /// Whether no object has a property.
    fn lacks(&self, name: &str) -> bool {
        let is_closed = self.others == Form::never() && self.patterns.is_empty();
        self.named.get(name).map_or(is_closed, |form| *form == Form::never())
    }

    /// The facts.
    fn facts(self) -> Together {
        let required = self.required.len() as u64;
        let mut sizes = self.sizes;
        if self.required.iter().any(|name| self.lacks(name)) || sizes.most.is_some_and(|most| most < required) {
            return Together::None;
        }
        if sizes.least <= required {
            sizes.least = 0;
        }
        let is_closed = self.others == Form::never() && self.patterns.is_empty();
        let listed = self.named.values().filter(|form| **form != Form::never()).count() as u64;
        if is_closed && sizes.most.is_some_and(|most| most >= listed) {
            sizes.most = None;
        }
        if sizes.are_none() || is_closed && sizes.least > listed {
            return Together::None;
        }
        let mut found = self.rest;
        sizes.put(&mut found);
        if self.others != Form::any() {
            found.insert(Fact::Others(self.named.keys().cloned().collect(), self.apart, self.others));
        }
        found.extend(self.named.into_iter().map(|(name, form)| Fact::Property(name, form)));
        found.extend(self.patterns.into_iter().map(|(pattern, form)| Fact::Pattern(pattern, form)));
        found.extend(self.required.into_iter().map(Fact::Required));
        Together::These(found)
    }
}
