//! Methods that set one field each: [`setters!`](crate::setters!).

/// Gives a struct a method for each field of the table, which sets the field and hands the struct on.
///
/// The word before the type says what the method takes and how it is kept: `plain` a value, `into` what becomes one, both kept in an
/// `Option`; `maybe` and `patch` the states of [`Maybe`](crate::Maybe) and [`Patch`](crate::Patch). With `boxed_` before the word, the
/// field is behind a `Box`. A method that is not called like its field and its name on the wire says both: `with_clone(clone, "clone")`.
///
/// ```
/// use specie_runtime::Maybe;
///
/// #[derive(Debug, Default)]
/// struct Payout {
///     note: Option<String>,
///     limit: Maybe<i64>,
///     clone: Option<bool>,
/// }
///
/// specie_runtime::setters!(Payout { note: into String, limit: maybe i64, with_clone(clone, "clone"): plain bool });
///
/// let payout = Payout::default().note("rent").limit(Maybe::Null).with_clone(true);
/// assert_eq!(payout.note.as_deref(), Some("rent"));
/// assert!(payout.limit.is_null() && payout.clone == Some(true));
/// ```
#[macro_export]
macro_rules! setters {
    ($name:ident { $($method:ident $(($field:ident, $wire:literal))?: $kind:ident $ty:ty),* $(,)? }) => {
        impl $name {
            $($crate::__setter!($kind $method [$($field $wire)?] $ty);)*
        }
    };
}

/// One method of [`setters!`](crate::setters!).
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    // Nearly all are one of these four, which take one step.
    (plain $method:ident [] $ty:ty) => {
        #[doc = concat!("Sets `", stringify!($method), "`.")]
        #[must_use]
        pub fn $method(mut self, value: $ty) -> Self {
            self.$method = $crate::Some(value);
            self
        }
    };
    (into $method:ident [] $ty:ty) => {
        #[doc = concat!("Sets `", stringify!($method), "`.")]
        #[must_use]
        pub fn $method(mut self, value: impl $crate::Into<$ty>) -> Self {
            $crate::__set(&mut self.$method, value);
            self
        }
    };
    (plain $method:ident [$field:ident $wire:literal] $ty:ty) => {
        #[doc = concat!("Sets `", $wire, "`.")]
        #[must_use]
        pub fn $method(mut self, value: $ty) -> Self {
            self.$field = $crate::Some(value);
            self
        }
    };
    (into $method:ident [$field:ident $wire:literal] $ty:ty) => {
        #[doc = concat!("Sets `", $wire, "`.")]
        #[must_use]
        pub fn $method(mut self, value: impl $crate::Into<$ty>) -> Self {
            $crate::__set(&mut self.$field, value);
            self
        }
    };
    ($kind:ident $method:ident [] $ty:ty) => {
        $crate::__setter!($method [$method (stringify!($method))] $kind $ty);
    };
    ($kind:ident $method:ident [$field:ident $wire:literal] $ty:ty) => {
        $crate::__setter!($method [$field ($wire)] $kind $ty);
    };
    ($method:ident [$field:ident ($wire:expr)] maybe $ty:ty) => {
        $crate::__setter!(
            $method $field ($wire, "; `Maybe::Null` writes null.") value (impl $crate::Into<$crate::Maybe<$ty>>) value.into()
        );
    };
    ($method:ident [$field:ident ($wire:expr)] patch $ty:ty) => {
        $crate::__setter!(
            $method $field ($wire, "; `Patch::Clear` writes null.") value (impl $crate::Into<$crate::Patch<$ty>>) value.into()
        );
    };
    ($method:ident [$field:ident ($wire:expr)] boxed_plain $ty:ty) => {
        $crate::__setter!(
            $method $field ($wire, ".") value ($ty) $crate::Some(::std::boxed::Box::new(value))
        );
    };
    ($method:ident [$field:ident ($wire:expr)] boxed_into $ty:ty) => {
        $crate::__setter!(
            $method $field ($wire, ".") value (impl $crate::Into<$ty>)
            $crate::Some(::std::boxed::Box::new(value.into()))
        );
    };
    ($method:ident [$field:ident ($wire:expr)] boxed_maybe $ty:ty) => {
        $crate::__setter!(
            $method $field ($wire, "; `Maybe::Null` writes null.") value (impl $crate::Into<$crate::Maybe<$ty>>)
            value.into().map(::std::boxed::Box::new)
        );
    };
    ($method:ident [$field:ident ($wire:expr)] boxed_patch $ty:ty) => {
        $crate::__setter!(
            $method $field ($wire, "; `Patch::Clear` writes null.") value (impl $crate::Into<$crate::Patch<$ty>>)
            value.into().map(::std::boxed::Box::new)
        );
    };
    ($method:ident $field:ident ($wire:expr, $states:literal) $value:ident ($($ty:tt)*) $stored:expr) => {
        #[doc = concat!("Sets `", $wire, "`", $states)]
        #[must_use]
        pub fn $method(mut self, $value: $($ty)*) -> Self {
            self.$field = $stored;
            self
        }
    };
}

/// Sets a field to what a value becomes.
///
/// In the place of an assignment in each method: there the compiler would have to look at how the old value is dropped.
#[doc(hidden)]
pub fn set<T>(field: &mut Option<T>, value: impl Into<T>) {
    *field = Some(value.into());
}

#[cfg(test)]
mod tests {
    use crate::{Maybe, Patch};

    #[derive(Debug, PartialEq)]
    struct Text(String);

    impl From<&str> for Text {
        fn from(text: &str) -> Self {
            Self(text.to_owned())
        }
    }

    #[derive(Debug, Default, PartialEq)]
    struct Every {
        plain: Option<u8>,
        into: Option<String>,
        maybe: Maybe<u8>,
        patch: Patch<String>,
        one: Option<Box<u8>>,
        two: Option<Box<Text>>,
        three: Maybe<Box<u8>>,
        four: Patch<Box<u8>>,
        r#type: Option<u8>,
    }

    crate::setters!(Every {
        plain: plain u8, into: into String, maybe: maybe u8, patch: patch String, one: boxed_plain u8, two: boxed_into Text,
        three: boxed_maybe u8, four: boxed_patch u8, r#type(r#type, "type"): plain u8
    });

    #[test]
    fn every_kind_of_field_is_set() {
        let set = Every::default()
            .plain(1)
            .into("a")
            .maybe(2)
            .patch("b")
            .one(3)
            .two("c")
            .three(Maybe::Null)
            .four(4)
            .r#type(5);
        assert_eq!((set.plain, set.into.as_deref(), set.maybe), (Some(1), Some("a"), Maybe::Value(2)));
        assert_eq!(
            (set.patch.get().map(String::as_str), set.one, set.two),
            (Some("b"), Some(3.into()), Some(Box::new(Text("c".to_owned()))))
        );
        assert_eq!((set.three, set.four, set.r#type), (Maybe::Null, Patch::Set(4.into()), Some(5)));
    }
}
