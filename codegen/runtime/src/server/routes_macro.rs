//! The table of the handlers of a server trait: [`routes!`](crate::routes!).

/// The routes of a server trait (`ROUTES`), and the function that hands a request to its handler (`dispatch`), from a table of the methods
/// and the operations that they handle.
///
/// ```text
/// specie_runtime::routes!(Payouts { create_payout: CreatePayout, get_payout: GetPayout });
/// ```
#[macro_export]
macro_rules! routes {
    ($api:ident { $($method:ident: $operation:ty),* $(,)? }) => {
        /// The routes of these operations.
        pub(super) const ROUTES: &[$crate::server::Route] = &[$($crate::server::Route::of::<$operation>()),*];

        /// Hands a request to its handler; `first` is the position of the first of these routes among all.
        pub(super) fn dispatch<'a, T: $api>(
            api: &'a T,
            incoming: $crate::server::Incoming,
            first: usize,
        ) -> $crate::server::HandlerFuture<'a> {
            let handlers: &[fn(&'a T, $crate::server::Incoming) -> $crate::server::HandlerFuture<'a>] =
                &[$(|api, incoming| incoming.hand_to::<_, $operation, _>(api, T::$method)),*];
            match handlers.get(incoming.route().wrapping_sub(first)) {
                $crate::Some(handler) => handler(api, incoming),
                $crate::None => incoming.unrouted(),
            }
        }
    };
}
