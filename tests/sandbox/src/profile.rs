//! The choices where the APIs' documents are silent. A merchant who knows better sets them.

/// How the sandbox behaves where the documents do not say; the first of each choice is the default.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Profile {
    /// Cublox and Paymega: which state the response to processing shows.
    pub processed_state: ProcessedState,
    /// Cublox and Paymega: how empty maps are written in callbacks.
    pub empty_maps: EmptyMaps,
    /// Cublox and Paymega: whether reading over the public API needs the public key.
    pub public_reads: PublicReads,
    /// OMNO: whether a payout waits for its confirmation.
    pub payout_approval: PayoutApproval,
    /// OMNO: what confirming a payout is answered with that is being processed already.
    pub repeated_confirmation: Repeated,
    /// OMNO: what becomes of a second transaction with an `orderId`.
    pub repeated_order: Repeated,
    /// Gormic: what an order is that nobody has made.
    pub unknown_orders: UnknownOrders,
    /// Gormic: how many requests a merchant has on a day (UTC, by the clock of the sandbox); those beyond are answered with 429. No limit by
    /// default.
    pub gormic_requests_per_day: Option<u64>,
}

/// Which state the response to processing shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProcessedState {
    /// The one after it, `processing`.
    #[default]
    After,
    /// The one before, as in the documented sample.
    Before,
}

/// How empty maps are written in callbacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EmptyMaps {
    /// As `[]`, as in the platform's samples.
    #[default]
    Lists,
    /// As `{}`.
    Objects,
}

/// Whether reading over the public API needs the public key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PublicReads {
    /// It does not.
    #[default]
    Open,
    /// It does.
    WithKey,
}

/// Whether a payout waits for its confirmation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PayoutApproval {
    /// It does.
    #[default]
    Needed,
    /// It is processed at once.
    NotNeeded,
}

/// What becomes of a request that repeats an earlier one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repeated {
    /// It is refused with 409.
    #[default]
    Conflict,
    /// It is answered as if it were the first.
    Accepted,
}

/// What an order is that nobody has made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownOrders {
    /// Open, without a total.
    #[default]
    Open,
    /// An invalid parameter.
    Refused,
}
