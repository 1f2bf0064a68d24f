//! The choices where the APIs' documents are silent. A merchant who knows better sets them.

/// How the sandbox behaves where the documents do not say.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Profile {
    /// Cublox and Paymega: whether the response to processing shows the state after it (`processing`), instead of the one before, which the
    /// documented sample shows. On by default.
    pub process_shows_processing: bool,
    /// Cublox and Paymega: whether empty maps in callbacks are written as `[]`, as the platform's samples have them. On by default.
    pub empty_maps_as_lists: bool,
    /// Cublox and Paymega: whether reading over the public API needs the public key. Off by default.
    pub public_reads_need_key: bool,
    /// OMNO: whether a payout waits for its confirmation. On by default.
    pub payouts_need_approval: bool,
    /// OMNO: whether confirming a payout that is already being processed is answered with 200 instead of 409. Off by default.
    pub repeated_confirmation_is_ok: bool,
    /// OMNO: whether an `orderId` may be used again, instead of being answered with 409. Off by default.
    pub orders_may_repeat: bool,
    /// Gormic: whether an order that nobody has made is open and has no total, instead of being unknown. On by default.
    pub unknown_orders_are_open: bool,
    /// Gormic: how many requests a merchant has on a day (UTC, by the clock of the sandbox); those beyond are answered with 429. No limit by
    /// default.
    pub gormic_requests_per_day: Option<u64>,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            process_shows_processing: true,
            empty_maps_as_lists: true,
            public_reads_need_key: false,
            payouts_need_approval: true,
            repeated_confirmation_is_ok: false,
            orders_may_repeat: false,
            unknown_orders_are_open: true,
            gormic_requests_per_day: None,
        }
    }
}
