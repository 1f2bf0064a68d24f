//! The table by which the fields of a generated struct are checked, [`checks!`](crate::checks!), and what tables demand of one value, as
//! calls of [`Checker`](crate::Checker).

/// Implements [`Check`](crate::Check) for a struct: each field of the table is checked by its type, or else as the words behind it say.
///
/// The words are the methods of [`Checker`](crate::Checker) with their bounds, `each { … }` for what a list or map holds, and `valid` for
/// what the type itself demands. A name on the wire that is not the field's stands behind `=`. What the table does not list holds anything.
///
/// ```
/// use specie_runtime::{DateTime, check};
///
/// struct Payout {
///     description: String,
///     r#type: Option<String>,
///     tags: Vec<String>,
///     due: Option<DateTime>,
/// }
///
/// specie_runtime::checks!(Payout {
///     description: length(1, 3), r#type = "type": max_length(4), tags: min_length(1) each { max_length(3) }, due,
/// });
///
/// let payout = Payout { description: "rent".into(), r#type: Some("other".into()), tags: vec!["second-hand".into()], due: None };
/// let violations: Vec<String> = check::violations(&payout).iter().map(ToString::to_string).collect();
/// assert_eq!(violations, [
///     "/description: must have at most 3 characters",
///     "/type: must have at most 4 characters",
///     "/tags/0: must have at most 3 characters",
/// ]);
/// ```
#[macro_export]
macro_rules! checks {
    ($name:ident {}) => {
        impl $crate::Check for $name {
            fn check(&self, _: &mut $crate::Checker<'_>) {}
        }
    };
    ($name:ident { $($field:ident $(= $wire:literal)? $(: $($word:ident $(($($bound:expr),*))? $({ $($each:tt)* })?)+)?),+ $(,)? }) => {
        impl $crate::Check for $name {
            fn check(&self, checker: &mut $crate::Checker<'_>) {
                $($crate::__checked!(checker (&self.$field) $field [$($wire)?] $($($word $(($($bound),*))? $({ $($each)* })?)+)?);)+
            }
        }
    };
}

/// One field of [`checks!`](crate::checks!).
#[doc(hidden)]
#[macro_export]
macro_rules! __checked {
    ($checker:ident $value:tt $field:ident []) => {
        $crate::Check::check($value, &mut $checker.of_key(stringify!($field)))
    };
    ($checker:ident $value:tt $field:ident [$wire:literal]) => {
        $crate::Check::check($value, &mut $checker.of_key($wire))
    };
    ($checker:ident $value:tt $field:ident [] $method:ident($($bound:expr),*)) => {
        $checker.of_key(stringify!($field)).$method($value $(, $bound)*)
    };
    ($checker:ident $value:tt $field:ident [$wire:literal] $method:ident($($bound:expr),*)) => {
        $checker.of_key($wire).$method($value $(, $bound)*)
    };
    ($checker:ident $value:tt $field:ident [$($wire:literal)?] $($words:tt)+) => {
        let mut field = $checker.of_key($crate::__wire_name!($field ($($wire)?)));
        let field = &mut field;
        $crate::__check!(field $value $($words)+);
    };
}

/// Carries out the demands behind `where` in [`operation!`](crate::operation!).
#[doc(hidden)]
#[macro_export]
macro_rules! __check {
    ($checker:ident $value:tt) => {};
    // The items of a stream are checked as they are read.
    ($checker:ident $value:tt items($item:ty) $each:tt) => {};
    ($checker:ident $value:tt valid $($rest:tt)*) => {
        $crate::Check::check($value, $checker);
        $crate::__check!($checker $value $($rest)*);
    };
    ($checker:ident $value:tt each { $($each:tt)* } $($rest:tt)*) => {
        $checker.each($value, |checker, each| { $crate::__check!(checker each $($each)*); });
        $crate::__check!($checker $value $($rest)*);
    };
    ($checker:ident $value:tt $method:ident($($bound:expr),*) $($rest:tt)*) => {
        $checker.$method($value $(, $bound)*);
        $crate::__check!($checker $value $($rest)*);
    };
}
