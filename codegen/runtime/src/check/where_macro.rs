//! What a table demands of a value, as calls of [`Checker`](crate::Checker).

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
