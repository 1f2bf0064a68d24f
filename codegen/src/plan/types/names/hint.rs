//! The name of a schema that the document gives none: it is made of the names on the path to it.

/// What a type would be called where the document gives it no name, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Hint {
    /// The wished type name, `PascalCase`.
    pub(super) name: String,
    /// The place in the generated crate's terms: `Payout.data.items`.
    pub(super) place: String,
    /// The item whose name starts the path.
    pub(super) owner: Owner,
    /// Whether it is a property's schema: `x-specie-name` there names the field and not a type.
    pub(super) is_property: bool,
}

/// The item whose name starts the path: a type, an operation or a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// A component, by the index of its type.
    Type(usize),
    /// An operation.
    Operation,
    /// A webhook.
    Webhook,
}

impl Hint {
    /// That of a component, or of the request of an operation.
    pub(super) fn root(name: &str, owner: Owner) -> Self {
        Self { name: name.to_owned(), place: name.to_owned(), owner, is_property: false }
    }

    /// That of what stands below it.
    pub(super) fn part(&self, type_suffix: &str, place_suffix: &str) -> Self {
        let (name, place) = (format!("{}{type_suffix}", self.name), format!("{}.{place_suffix}", self.place));
        Self { name, place, owner: self.owner, is_property: false }
    }

    /// That of a property below it.
    pub(super) fn property(&self, type_suffix: &str, place_suffix: &str) -> Self {
        Self { is_property: true, ..self.part(type_suffix, place_suffix) }
    }

    /// The same place under another name.
    pub(super) fn called(&self, name: &str) -> Self {
        Self { name: name.to_owned(), is_property: false, ..self.clone() }
    }
}
