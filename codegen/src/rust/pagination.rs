//! Lists that are returned page by page.

use super::{PaginationStyle, Type};

/// How a list is returned page by page.
#[derive(Clone, Debug, PartialEq)]
pub struct PagedList {
    /// How one page leads to the next.
    pub style: PaginationStyle,
    /// Where the items of a page stand, as a JSON pointer.
    pub pointer: String,
    /// The fields that lead there from the response's own type.
    pub steps: Vec<PageStep>,
    /// Whether they end at an `Option`, because something on the way may be absent.
    pub is_optional: bool,
    /// The type of an item.
    pub item: Type,
    /// The union at the end of the way, where a single item may stand in the place of a list of one.
    pub alone: Option<OneOrList>,
}

/// A union of an item and a list of such items.
#[derive(Clone, Debug, PartialEq)]
pub struct OneOrList {
    /// The union.
    pub union: Type,
    /// The variant of one item.
    pub one: String,
    /// Whether that item is behind a `Box`.
    pub boxed: bool,
    /// The variant of a list.
    pub list: String,
}

/// A field on the way to the items of a page, as an expression reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageStep {
    /// Its name.
    pub field: String,
    /// Whether it is a `Patch` or a `Maybe`, which becomes an `Option`.
    pub becomes_option: bool,
    /// How what leads to the field is asked for it.
    pub access: PageAccess,
}

/// How an expression is asked for a field of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageAccess {
    /// `value.field`
    Direct,
    /// `value.map(…)`: the value may be absent, the field is always there.
    Map,
    /// `value.and_then(…)`: either may be absent.
    AndThen,
}
