//! How generated types are made: [`new!`](crate::new!), [`from_text!`](crate::from_text!) and [`variants!`](crate::variants!).

/// Gives a struct its function `new`.
///
/// Without a table nothing is required, and `new` is `Default`. With one required field, the table says what `new` takes for it:
/// `plain` a value, `into` what becomes one. With several, `from` names the struct that holds them. Behind the semicolon stand the
/// fields that are absent. `boxed` and `mapped` say that a field is, or may hold, a `Box`.
///
/// ```
/// #[derive(Debug, Default, PartialEq)]
/// struct Note {
///     text: Option<String>,
/// }
///
/// specie_runtime::new!(Note);
///
/// struct Customer {
///     id: String,
///     note: Option<Note>,
/// }
///
/// specie_runtime::new!(Customer { id: into String; note });
///
/// struct Payout {
///     id: String,
///     customer: Box<Customer>,
///     note: Option<Note>,
/// }
///
/// struct PayoutRequired {
///     id: String,
///     customer: Customer,
/// }
///
/// specie_runtime::new!(Payout from PayoutRequired { id, customer: boxed; note });
///
/// assert_eq!(Note::new().text, None);
/// let payout = Payout::new(PayoutRequired { id: "p_1".into(), customer: Customer::new("c_1") });
/// assert_eq!((payout.id.as_str(), payout.customer.id.as_str()), ("p_1", "c_1"));
/// assert!(payout.note.is_none() && payout.customer.note.is_none());
/// ```
#[macro_export]
macro_rules! new {
    ($name:ident) => {
        impl $name {
            /// Creates a value without any field.
            #[must_use]
            pub fn new() -> Self {
                <Self as ::core::default::Default>::default()
            }
        }
    };
    ($name:ident { $field:ident: $kind:ident $ty:ty $(,)? $(; $($absent:ident),* $(,)?)? }) => {
        $crate::new!($name { $field($field): $kind $ty $(; $($absent),*)? });
    };
    ($name:ident { $field:ident($argument:ident): $kind:ident $ty:ty $(,)? $(; $($absent:ident),* $(,)?)? }) => {
        $crate::__new!($name $field $argument $kind ($ty) [$($($absent)*)?]);
    };
    ($name:ident from $required:ident { $($field:ident $(: $kind:ident)?),+ $(,)? $(; $($absent:ident),* $(,)?)? }) => {
        impl $name {
            /// Creates a value from its required fields; all others are absent.
            #[must_use]
            pub fn new(required: $required) -> Self {
                Self {
                    $($field: $crate::__kept!([$($kind)?] required.$field),)+
                    $($($absent: ::core::default::Default::default(),)*)?
                }
            }
        }
    };
}

/// Converts the one value that the function `new` of a struct takes into the struct; behind `into`, all that becomes that value.
///
/// ```
/// struct GetPayout {
///     id: String,
/// }
///
/// specie_runtime::new!(GetPayout { id: into String });
/// specie_runtime::from_one!(GetPayout: into String);
///
/// assert_eq!(GetPayout::from("p_1").id, "p_1");
/// ```
#[macro_export]
macro_rules! from_one {
    // No type of a document is called like the parameter.
    ($name:ident: into $of:ty) => {
        impl<__Value: $crate::Into<$of>> $crate::From<__Value> for $name {
            fn from(value: __Value) -> Self {
                Self::new(value)
            }
        }
    };
    ($name:ident: $of:ty) => {
        impl $crate::From<$of> for $name {
            fn from(value: $of) -> Self {
                Self::new(value)
            }
        }
    };
}

/// The function `new` of [`new!`](crate::new!) with one required field.
#[doc(hidden)]
#[macro_export]
macro_rules! __new {
    ($name:ident $field:ident $argument:ident plain ($ty:ty) $absent:tt) => {
        $crate::__new!($name $field $argument ($ty) ($argument) $absent);
    };
    ($name:ident $field:ident $argument:ident into ($ty:ty) $absent:tt) => {
        $crate::__new!($name $field $argument (impl $crate::Into<$ty>) ($argument.into()) $absent);
    };
    ($name:ident $field:ident $argument:ident boxed_plain ($ty:ty) $absent:tt) => {
        $crate::__new!($name $field $argument ($ty) (::std::boxed::Box::new($argument)) $absent);
    };
    ($name:ident $field:ident $argument:ident boxed_into ($ty:ty) $absent:tt) => {
        $crate::__new!(
            $name $field $argument (impl $crate::Into<$ty>) (::std::boxed::Box::new($argument.into())) $absent
        );
    };
    ($name:ident $field:ident $argument:ident mapped_into ($ty:ty) $absent:tt) => {
        $crate::__new!(
            $name $field $argument (impl $crate::Into<$ty>)
            (::core::convert::Into::<$ty>::into($argument).map(::std::boxed::Box::new)) $absent
        );
    };
    ($name:ident $field:ident $argument:ident ($($ty:tt)*) ($value:expr) [$($absent:ident)*]) => {
        impl $name {
            /// Creates a value from its required field; all others are absent.
            #[must_use]
            pub fn new($argument: $($ty)*) -> Self {
                Self { $field: $value, $($absent: ::core::default::Default::default(),)* }
            }
        }
    };
}

/// How a required field is kept.
#[doc(hidden)]
#[macro_export]
macro_rules! __kept {
    ([] $value:expr) => {
        $value
    };
    ([boxed] $value:expr) => {
        ::std::boxed::Box::new($value)
    };
    ([mapped] $value:expr) => {
        $value.map(::std::boxed::Box::new)
    };
}

/// Gives an enum a method for each variant of the table, which answers what the variant holds.
///
/// The word before the variant says what becomes that variant by `From`: `only` nothing, `from` what it holds, `from_text` a
/// `String` and a `&str`, `from_boxed` what its `Box` holds.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// enum Metadata {
///     Text(String),
///     Number(Box<i64>),
/// }
///
/// specie_runtime::variants!(Metadata { text: from_text Text(String), number: from_boxed Number(i64) });
///
/// assert_eq!(Metadata::from("rent").text().map(String::as_str), Some("rent"));
/// assert_eq!(Metadata::from(5).number(), Some(&5));
/// assert_eq!(Metadata::from(5).text(), None);
/// ```
#[macro_export]
macro_rules! variants {
    ($name:ident { $($method:ident: $kind:ident $variant:ident($ty:ty)),* $(,)? }) => {
        impl $name {
            $(
                #[doc = concat!("The value, if the variant is `", stringify!($variant), "`.")]
                #[must_use]
                pub fn $method(&self) -> $crate::Option<&$ty> {
                    match self {
                        Self::$variant(value) => $crate::Some(value),
                        _ => $crate::None,
                    }
                }
            )*
        }

        $($crate::__from!($name $kind $variant ($ty));)*
    };
}

/// The conversions of one variant of [`variants!`](crate::variants!).
#[doc(hidden)]
#[macro_export]
macro_rules! __from {
    ($name:ident only $variant:ident ($ty:ty)) => {};
    ($name:ident from $variant:ident ($ty:ty)) => {
        $crate::__from!($name $variant ($ty) value value);
    };
    ($name:ident from_boxed $variant:ident ($ty:ty)) => {
        $crate::__from!($name $variant ($ty) value ::std::boxed::Box::new(value));
    };
    ($name:ident from_text $variant:ident ($ty:ty)) => {
        $crate::__from!($name $variant ($ty) value value);
        $crate::__from!($name $variant (&str) value value.to_owned());
    };
    ($name:ident $variant:ident ($ty:ty) $value:ident $kept:expr) => {
        impl $crate::From<$ty> for $name {
            fn from($value: $ty) -> Self {
                Self::$variant($kept)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    struct Plain {
        foo: u8,
    }

    crate::new!(Plain { foo(value): plain u8 });

    struct Boxed {
        one: Box<u8>,
        many: Vec<u8>,
    }

    crate::new!(Boxed { one: boxed_plain u8; many });

    struct Taken {
        one: Box<char>,
    }

    crate::new!(Taken { one: boxed_into char, });

    struct Nullable {
        one: Option<Box<u8>>,
    }

    crate::new!(Nullable { one: mapped_into Option<u8> });

    struct Several {
        one: Option<Box<u8>>,
        two: Box<u8>,
        three: u8,
    }

    struct SeveralRequired {
        one: Option<u8>,
        two: u8,
        three: u8,
    }

    crate::new!(Several from SeveralRequired { one: mapped, two: boxed, three, });

    #[test]
    fn what_is_required_is_kept_as_the_table_says() {
        assert_eq!(Plain::new(1).foo, 1);
        let boxed = Boxed::new(2);
        assert_eq!((*boxed.one, boxed.many.len()), (2, 0));
        assert_eq!(*Taken::new(b'a').one, 'a');
        assert_eq!((Nullable::new(3).one, Nullable::new(None).one), (Some(Box::new(3)), None));
        let several = Several::new(SeveralRequired { one: None, two: 4, three: 5 });
        assert_eq!((several.one, *several.two, several.three), (None, 4, 5));
    }

    #[derive(Debug, PartialEq)]
    enum Held {
        One(u8),
        Other(u8),
        Text(String),
    }

    crate::variants!(Held { one: from One(u8), other: only Other(u8), text: from_text Text(String) });

    #[test]
    fn variants_are_told_apart() {
        assert_eq!((Held::from(1).one(), Held::from(1).other()), (Some(&1), None));
        assert_eq!((Held::Other(2).one(), Held::Other(2).other()), (None, Some(&2)));
        assert_eq!(Held::from("a"), Held::from("a".to_owned()));
        assert_eq!(Held::from("a").text().map(String::as_str), Some("a"));
    }
}
