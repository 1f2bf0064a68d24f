//! The properties of an object, however the document gives them.

use std::collections::HashMap;

use specie_codegen::api::{Direction, Object, SchemaId, Value};
use specie_codegen::source::Span;

use super::View;

/// The properties of an object in one direction.
pub(super) struct Members<'a> {
    /// Those that are there.
    pub(super) present: Vec<Member<'a>>,
    by_name: HashMap<&'a str, usize>,
    /// Those that only travel in the other direction, with where they stand.
    absent: HashMap<&'a str, Span>,
}

/// One property.
pub(super) struct Member<'a> {
    pub(super) name: &'a str,
    pub(super) what: What,
    pub(super) required: bool,
    pub(super) span: Span,
    pub(super) required_span: Option<Span>,
}

/// What a property holds.
pub(super) enum What {
    /// A value of a schema.
    Schema(SchemaId),
    /// One value.
    Value(Value),
    /// Any value.
    Anything,
}

impl<'a> Members<'a> {
    pub(super) fn of(view: &View<'a>, object: &'a Object, sender: Direction) -> Self {
        let mut found = Self { present: Vec::new(), by_name: HashMap::new(), absent: HashMap::new() };
        for property in &object.properties {
            let Some(presence) = view.schemas.presence(property, sender) else {
                found.absent.insert(&property.name, property.span.key);
                continue;
            };
            found.add(Member {
                name: &property.name,
                what: What::Schema(property.schema),
                required: presence.required,
                span: property.span.key,
                required_span: property.required_span,
            });
        }
        for constant in &object.constants {
            let (what, span) = (What::Value(constant.value.value()), constant.span.key);
            found.add(Member { name: &constant.name, what, required: true, span, required_span: None });
        }
        for (name, span) in &object.required_beside {
            found.add(Member { name, what: What::Anything, required: true, span: *span, required_span: None });
        }
        found
    }

    fn add(&mut self, member: Member<'a>) {
        self.by_name.insert(member.name, self.present.len());
        self.present.push(member);
    }

    pub(super) fn find(&self, name: &str) -> Option<&Member<'a>> {
        self.by_name.get(name).and_then(|at| self.present.get(*at))
    }

    /// Where a property stands that only travels in the other direction.
    pub(super) fn absent_at(&self, name: &str) -> Option<Span> {
        self.absent.get(name).copied()
    }
}

impl Member<'_> {
    /// Its only value, as JSON.
    pub(super) fn value_text(&self) -> Option<String> {
        match &self.what {
            What::Value(value) => Some(value.to_string()),
            What::Schema(_) | What::Anything => None,
        }
    }
}
