//! Names of the constants of operations.

use crate::names::{Scope, constant_names};

/// The names of the constants that an operation may have.
#[derive(Clone, Debug)]
pub(in crate::plan) struct ConstantNames {
    /// The description of a callback: `PAID`
    pub(in crate::plan) description: String,
    /// The envelope of its body: `CREATE_PAYOUT_ENVELOPE`
    pub(in crate::plan) envelope: String,
    /// The styles of a form: `CREATE_ACCOUNT_STYLES`
    pub(in crate::plan) styles: String,
    /// What is asserted of its body: `CREATE_PAYOUT_ASSERTIONS`
    pub(in crate::plan) assertions: String,
}

/// The names of the constants of operations with these methods, of which each has a description or none has. A name that is wished for a
/// description is given to it, whatever else would have it.
pub(super) fn of(methods: &[&str], are_described: bool) -> Vec<ConstantNames> {
    let mut described = Scope::default();
    let descriptions = constant_names(methods, &mut described);
    let mut scope = if are_described { described } else { Scope::default() };
    let names = descriptions.into_iter().map(|description| {
        let mut beside = |suffix: &str| scope.claim(&format!("{description}_{suffix}")).name;
        let (envelope, styles, assertions) = (beside("ENVELOPE"), beside("STYLES"), beside("ASSERTIONS"));
        ConstantNames { description, envelope, styles, assertions }
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn what_is_beside_an_operation_leaves_descriptions_their_names() {
        let methods = ["pay", "pay_envelope"];
        let envelopes =
            |are_described| of(&methods, are_described).into_iter().map(|of| of.envelope).collect::<Vec<_>>();
        assert_eq!(envelopes(true), ["PAY_ENVELOPE2", "PAY_ENVELOPE_ENVELOPE"]);
        assert_eq!(envelopes(false), ["PAY_ENVELOPE", "PAY_ENVELOPE_ENVELOPE"]);
        assert_eq!(of(&methods, true)[1].description, "PAY_ENVELOPE");
    }
}
