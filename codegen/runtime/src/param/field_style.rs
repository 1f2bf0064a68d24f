//! How the properties of a form are written.

/// How a property of a form is written, where the document says so (Encoding Object, `style` and `explode`). One without is written as
/// text, a list as the name once per item, and an object as JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldStyle {
    /// The name of the property.
    pub name: &'static str,
    /// How it is written.
    pub style: FormStyle,
}

/// The styles of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FormStyle {
    /// A list, as in a query.
    List(ListStyle),
    /// Lists and objects, nested as they are, with keys and indices in brackets: `card[number]=…`, `items[0][price]=…` (`deepObject`).
    ///
    /// What is read may also leave indices out (`ids[]=1&ids[]=2`). OpenAPI does not define how such a form is nested; this is how the
    /// common servers read it.
    Brackets,
}

/// How a property that is a list is written, as the styles of a query have it (OpenAPI 3.2.0, Style Values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListStyle {
    /// One value, separated by commas: `form` without `explode`.
    Commas,
    /// One value, separated by spaces: `spaceDelimited`.
    Spaces,
    /// One value, separated by pipes: `pipeDelimited`.
    Pipes,
    /// The name once per item: `form` with `explode`.
    Repeated,
}

impl FieldStyle {
    /// A property that is a list, written as in a query.
    #[must_use]
    pub const fn list(name: &'static str, style: ListStyle) -> Self {
        Self { name, style: FormStyle::List(style) }
    }

    /// A property whose keys and indices stand in brackets.
    #[must_use]
    pub const fn brackets(name: &'static str) -> Self {
        Self { name, style: FormStyle::Brackets }
    }
}

/// The style of a property.
pub(crate) fn style_of(styles: &[FieldStyle], name: &str) -> Option<FormStyle> {
    styles.iter().find(|field| field.name == name).map(|field| field.style)
}
