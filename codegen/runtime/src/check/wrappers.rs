//! The wrappers that the value of a field can have.

/// Hands the wrappers to a macro that implements a trait for each: the bounds of `T` beside the trait, the wrapper, and what leads to
/// the value inside.
macro_rules! for_each_wrapper {
    ($implement:ident) => {
        $implement! {
            [] Option<T>, Self::as_ref;
            [] $crate::Maybe<T>, Self::get;
            [] $crate::Patch<T>, Self::get;
            [+ ?Sized] Box<T>, |value| Some(value);
            [+ ?Sized] &T, |value| Some(value);
            [+ zeroize::Zeroize] $crate::Secret<T>, |value| Some(value.expose());
        }
    };
}

pub(super) use for_each_wrapper;
